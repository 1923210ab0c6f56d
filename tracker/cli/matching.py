"""Commands around the matcher: match, explain."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from tracker.cli.asking import CallId, entries, known
from tracker.cli.context import given, print_json, say, shown
from tracker.errors import ConfigError, LineError

if TYPE_CHECKING:
    from tracker.model import Call, Match, Profile

T = TypeVar("T")
UNREAD = 2  # the exit code where a line could not be read
ProfileFile = Annotated[
    Path | None,
    typer.Option(
        "--profile", metavar="FILE", help="The profile.yaml to judge by; without it the one that tracker ships."
    ),
]


def match(
    source: Annotated[
        str, typer.Argument(metavar="IN.jsonl", help="One call a line, as JSON; - is the standard input.")
    ],
    out: Annotated[
        str, typer.Option("--out", metavar="OUT.jsonl", help="Where the answers go; - is the standard output.")
    ] = "-",
    profile: ProfileFile = None,
    semantic: Annotated[
        bool,
        typer.Option("--semantic", help="Add what the texts mean; needs the extra tracker[semantic], 0.2 s a call."),
    ] = False,
) -> None:
    """Judge calls from a file, one a line: topics, relevance, reasons. Needs no home.

    Every line with an id gets an answer. A line that cannot be read is named on the error output with its number, the
    others are answered, and the exit code is 2.
    """
    from tracker import labelled
    from tracker.cli import lines

    judged = _judging(profile_of(profile), semantic=semantic)
    reading = Reading(source)
    with lines.writer(out) as write:
        for line in reading.each(labelled.read):
            write(answer(line.id, judged(line.call)))
    reading.end()


def explain(
    context: typer.Context,
    call: CallId,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of lines for people.")] = False,
) -> None:
    """Why a call was judged so: each word that counted and where it stands, programme, cities, reasons, cuts."""
    from tracker.cli import explaining

    with given(context).open() as (home, store, now):
        entry = entries(home, store, now)[known(store, call).no]
        found = explaining.explanation(entry, home.profile)
    if as_json:
        print_json(found)
        return
    for line in explaining.page(found):
        say(line)


def answer(key: str, found: Match) -> dict[str, Any]:
    """What `match` says of one call: assigned topics and those that came near, the highest score first."""
    scores = {topic.topic: topic.score for topic in found.topics} | dict(found.near)
    return {
        "id": key,
        "topics": dict(sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))),
        "assigned": [topic.topic for topic in found.topics],
        "relevance": found.relevance,
        "why": list(found.why),
    }


class Reading:
    """A file of calls being read: names the lines that cannot be, and counts them."""

    def __init__(self, place: str) -> None:
        self.place = place
        self.unread = 0

    def each(self, read: Callable[[str], T]) -> Iterator[T]:
        """What `read` makes of each line that it can make something of."""
        from tracker.cli import lines

        for number, words in lines.read(self.place):
            try:
                if words is None:
                    raise LineError(f"is longer than {lines.LONGEST:,} bytes")
                found = read(words)
            except LineError as error:
                self.unread += 1
                typer.echo(shown(f"{self.place}:{number}: {error}"), err=True)
                continue
            yield found

    def end(self) -> None:
        """Ends the program with UNREAD where a line could not be read."""
        if self.unread:
            typer.echo(f"tracker: {self.unread} line{'' if self.unread == 1 else 's'} could not be read", err=True)
            raise typer.Exit(UNREAD)


def _judging(profile: Profile, *, semantic: bool) -> Callable[[Call], Match]:
    """How a call is judged, with its meaning or without. Raises ConfigError where the meaning is asked for in vain."""
    from tracker import embedding, vectors
    from tracker.match import decide, features, prepare
    from tracker.match.semantic import with_meaning

    matcher = prepare(profile)
    if not semantic:
        return lambda call: decide(features(call, matcher.reader), matcher)
    embedder = embedding.open_embedder()
    if isinstance(embedder, embedding.Absent):
        raise ConfigError(f"--semantic: {embedder.reason}")
    added = vectors.live(profile, embedder)
    return lambda call: decide(with_meaning(features(call, matcher.reader), added(call)), matcher)


def profile_of(path: Path | None) -> Profile:
    """The profile of that file, or the one that the package carries."""
    from tracker.config import load_profile, packaged

    return load_profile(path or Path(str(packaged("profile.yaml"))))
