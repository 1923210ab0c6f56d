"""The command evaluate: the matcher beside people's labels, and what the team's lessons change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tracker.cli.context import Context, given, print_json, say
from tracker.cli.matching import ProfileFile, Reading, profile_of
from tracker.cli.teaching import heard
from tracker.errors import ConfigError

if TYPE_CHECKING:
    from tracker.labelled import Labels, Line
    from tracker.match.lessons import Tagged
    from tracker.measure import Answered
    from tracker.model import Match, Profile

NOTHING_TO_RANK = (
    "too few tags to measure: it takes calls that the team wants (for-us, pass-on, watch, …) and calls that it does not"
    " (not-relevant), of two publications"
)
Judged = tuple["Line", "Labels", "Match"]


@dataclass(frozen=True, slots=True)
class Taught:
    """What a home adds: its profile, and the tags that teach."""

    profile: Profile
    teaching: tuple[Tagged, ...]


def evaluate(
    context: typer.Context,
    source: Annotated[
        str | None,
        typer.Argument(metavar="[LABELLED.jsonl]", help="One labelled call a line, as JSON; - is the standard input."),
    ] = None,
    tags: Annotated[
        bool, typer.Option("--tags", help="Before and after the team's lessons: on its own tags, or on the file.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of lines for people.")] = False,
    profile: ProfileFile = None,
) -> None:
    """Measure how well the matcher agrees with people: with labelled calls, or with the team's own tags.

    A file alone needs no home. With --tags, or with --home before the command, the home's profile judges, and what the
    team's tags taught is measured before and after: on the file, or without a file on the calls that the team tagged.
    No call is ranked by its own tag, nor by one on another call of the same publication. A line without labels, or one
    that cannot be read, is named on the error output, and the exit code is 2.
    """
    asked = given(context)
    if profile is not None and tags:
        raise ConfigError("--tags and --profile: one at a time; the home of the tags has a profile")
    at_home = tags or (asked.home_given is not None and profile is None)
    if source is None and not at_home:
        raise ConfigError("evaluate what? Name a file of labelled calls, or --tags for the tags of a home")
    taught = _taught(asked) if at_home else None
    if source is not None:
        _file(source, taught, taught.profile if taught else profile_of(profile), as_json=as_json)
    elif taught is not None:
        _tags(taught, as_json=as_json)


# ---------------------------------------------------------------- the team's own tags


def _taught(asked: Context) -> Taught:
    with asked.open() as (home, store, _now):
        return Taught(home.profile, heard(home, store)[2].teaching)


def _tags(taught: Taught, *, as_json: bool) -> None:
    from tracker import gains
    from tracker.cli import measuring
    from tracker.values import full

    found = gains.on_tags(taught.teaching, taught.profile.thresholds)
    if as_json:
        print_json({"tags": len(taught.teaching), "before_and_after": full(found)})
        return
    say(f"{len(taught.teaching)} tags teach")
    for line in measuring.gain(found) if found else (NOTHING_TO_RANK,):
        say(line)


# ---------------------------------------------------------------- a file


def _file(source: str, taught: Taught | None, profile: Profile, *, as_json: bool) -> None:
    from tracker.cli import measuring
    from tracker.match import match, prepare
    from tracker.measure import measure
    from tracker.values import full

    begun = perf_counter()
    matcher = prepare(profile)
    ready = perf_counter()
    reading = Reading(source)
    judged = [(line, labels, match(line.call, matcher)) for line, labels in reading.each(_with_labels)]
    if not judged:
        raise ConfigError(f"{source}: holds no labelled call, so there is nothing to measure")
    speed = measuring.Speed(prepared=ready - begun, calls_per_second=len(judged) / (perf_counter() - ready))
    found = measure(map(_beside, judged))
    after = _with_lessons(judged, taught) if taught else None
    if as_json:
        lessons = {**after, "after": full(after["after"])} if after else None
        print_json(measuring.shape(found, speed, unread=reading.unread, lessons=lessons))
    else:
        for said in measuring.page(found, speed):
            say(said)
        for said in measuring.moves(found, **after) if after else ():
            say(said)
    reading.end()


def _with_labels(words: str) -> tuple[Line, Labels]:
    from tracker.labelled import labels_of, read

    line = read(words)
    return line, labels_of(line)


def _with_lessons(judged: Sequence[Judged], taught: Taught) -> dict[str, Any]:
    """How many tags teach, how many of these calls they move, and all figures afterwards."""
    from tracker.match.lessons import apart
    from tracker.measure import measure

    calls = [(line.call, found) for line, _, found in judged]
    moved = apart(taught.teaching, calls, taught.profile.thresholds)
    after = [(line, labels, match) for (line, labels, _), match in zip(judged, moved, strict=True)]
    count = sum(new is not old for new, (_, old) in zip(moved, calls, strict=True))
    return {"tags": len(taught.teaching), "moved": count, "after": measure(map(_beside, after))}


def _beside(judged: Judged) -> Answered:
    """A labelled call beside its answer."""
    from tracker.measure import answered

    line, labels, found = judged
    return answered(line.id, line.call, found, topics=labels.topics, relevance=labels.relevance, language=line.language)
