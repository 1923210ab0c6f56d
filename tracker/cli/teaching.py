"""Commands about what the team's tags teach: lessons, rules, forget."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from tracker.cli import measuring
from tracker.cli.context import given, iso, print_json, say, table
from tracker.errors import ConfigError, UnknownError

if TYPE_CHECKING:
    from tracker.home import Home
    from tracker.match.lessons import Lessons, Preview
    from tracker.model import Match
    from tracker.records import StoredCall
    from tracker.store import Store
    from tracker.team import Team

Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
By = Annotated[str | None, typer.Option(metavar="NAME", help="Who says so.")]
SHOWN = 40  # lessons in the table; --json has all


def lessons(context: typer.Context, as_json: Json = False) -> None:
    """What the team's tags taught: each key with its weight and its tags, and the ranking before and after.

    The weight is in log-odds: above 0 calls of that kind rise, below they sink. Before and after are measured on the
    team's own tags, each call by lessons that know neither it nor its sisters of the same publication.
    """
    from tracker import gains, team
    from tracker.values import full

    with given(context).open() as (home, store, _now):
        _calls, _matches, said = heard(home, store)
        learned = team.lessons(said, home.profile)
        measured = gains.on_tags(said.teaching, home.profile.thresholds)
        forgotten = store.lessons.forgotten(home.profile.key)
    rows = _lesson_rows(learned)
    if as_json:
        print_json(
            {
                "tags": learned.tags,
                "forgotten_at": iso(forgotten.at) if forgotten else None,
                "lessons": rows,
                "before_and_after": full(measured),
            }
        )
        return
    say(f"{learned.tags} tags teach" + (f", given after {iso(forgotten.at)}" if forgotten else ""))
    if measured:
        for line in measuring.gain(measured):
            say(line)
    columns = ("weight", "key", "label", "tags", "for_us", "pass_on", "not_relevant")
    table(columns, (tuple(_cell(row[name]) for name in columns) for row in rows[:SHOWN]))


def rules(
    context: typer.Context,
    accept: Annotated[str | None, typer.Option(metavar="ID", help="Hide what this rule meets from now on.")] = None,
    drop: Annotated[
        str | None, typer.Option(metavar="ID", help="Hide nothing by this rule, propose it no more.")
    ] = None,
    by: By = None,
    as_json: Json = False,
) -> None:
    """Rules that the reasons of tags propose, and those accepted or dropped, each with what it hides.

    A rule hides no call that the team tagged as relevant, and no call is lost: `tracker calls` and `tracker show` say
    which rule hides it, and the digest still lists its title.
    """
    if accept is not None and drop is not None:
        raise ConfigError("--accept and --drop: one at a time")
    with given(context).open() as (home, store, now):
        from tracker import team
        from tracker.records import RuleWord

        calls, matches, said = heard(home, store)
        found = team.suggestions(said, calls, matches)
        wanted = accept if accept is not None else drop
        if wanted is not None:
            chosen = next((one for one in found if one.rule.id == wanted), None)
            if chosen is None:
                raise UnknownError(f"there is no rule {wanted!r}; `tracker rules` lists them")
            word = "dropped" if accept is None else "accepted"
            with store.atomic():
                store.lessons.add_word(
                    home.profile.key, RuleWord(rule=wanted, keys=chosen.rule.keys, word=word, at=now, by=by)
                )
            said = heard(home, store)[2]
            found = [chosen]
    rows = [_rule(one, said) for one in found]
    if as_json:
        print_json(rows)
        return
    table(("rule", "state", "hides", "does"), ((row["id"], row["state"], row["rule"], row["preview"]) for row in rows))


def forget(
    context: typer.Context,
    undo: Annotated[bool, typer.Option("--undo", help="Take the newest forgetting back.")] = False,
    by: By = None,
) -> None:
    """Begin anew: earlier tags teach nothing any more, no accepted rule hides anything.

    The tags themselves stay, and go on saying where their own calls stand in the digest. `--undo` takes it back.
    """
    with given(context).open() as (home, store, now):
        key = home.profile.key
        if undo:
            with store.atomic():
                done = store.lessons.remember(key, at=now)
            say("what was forgotten last counts again" if done else "nothing was forgotten")
            return
        said = heard(home, store)[2]
        with store.atomic():
            store.lessons.forget(key, by=by, at=now)
    say(
        f"{len(said.teaching)} tags teach nothing any more, {len(said.accepted)} accepted rules hide nothing any more;"
        " the tags stay. `tracker forget --undo` takes it back"
    )


# ---------------------------------------------------------------- parts


def heard(home: Home, store: Store) -> tuple[list[StoredCall], dict[int, Match], Team]:
    """All calls, what the shipped knowledge says of them, and what the team said."""
    from tracker import judge, team

    calls = store.crawl.calls()
    matches = judge.matches(store, home.profile)
    return calls, matches, team.listen(store, home.profile, calls, matches, home.names)


def _lesson_rows(learned: Lessons) -> list[dict[str, Any]]:
    from tracker.match.lessons import label_of

    ordered = sorted(learned.by_key.items(), key=lambda item: (-abs(item[1].weight), item[0]))
    return [
        {
            "key": key,
            "label": label_of(key, learned.labels),
            "weight": round(lesson.weight, 3),
            "tags": lesson.tags,
            "for_us": lesson.for_us.bit_count(),
            "pass_on": lesson.middle.bit_count(),
            "not_relevant": lesson.against.bit_count(),
        }
        for key, lesson in ordered
    ]


def _rule(one: Preview, said: Team) -> dict[str, Any]:
    word = said.words.get(one.rule.id)
    return {
        "id": one.rule.id,
        "state": word.word if word else "proposed",
        "rule": one.rule.words(said.labels),
        "keys": list(one.rule.keys),
        "preview": one.words(),
        "calls": list(one.calls),
        "wanted": list(one.wanted),
        "shown": list(one.shown),
        "by": word.by if word else None,
        "at": iso(word.at) if word else None,
    }


def _cell(value: Any) -> str:
    return f"{value:+.2f}" if isinstance(value, float) else str(value)
