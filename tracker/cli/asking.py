"""Commands that ask and tag: calls, changes, show, sources, tag, tags."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from tracker.cli import shapes
from tracker.cli.context import given, iso, moment, print_json, print_json_line, say, table
from tracker.errors import ConfigError, UnknownError

if TYPE_CHECKING:
    from tracker.digest import Entry
    from tracker.home import Home
    from tracker.records import StoredCall
    from tracker.store import Store

TAGS = ("for-us", "pass-on", "watch", "planned", "submitted", "granted", "rejected", "not-relevant", "wrong-topic")
REASONS = (
    "not-eligible", "no-funds", "no-staff", "too-late", "wrong-partner", "off-topic", "already-funded", "other",
)  # fmt: skip
Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
CallId = Annotated[str, typer.Argument(metavar="CALL", help="The id of a call, as `tracker calls` prints it.")]


def calls(context: typer.Context, as_json: Json = False) -> None:
    """All calls that we know, with status, next deadline and what they mean for the city."""
    with given(context).open() as (home, store, now):
        found = entries(home, store, now)
        order = home.order
    if as_json:
        print_json([shapes.call(entry) for entry in found.values()])
        return
    table(
        ("call", "status", "deadline", "for us", "title"),
        (
            (
                entry.stored.id,
                shapes.status(entry),
                shapes.day(entry) or "",
                entry.verdict.value,
                entry.stored.call.title,
            )
            for entry in sorted(found.values(), key=lambda entry: (_place(entry, order), shapes.day(entry) or "9"))
        ),
    )


def changes(
    context: typer.Context,
    since: Annotated[
        str | None, typer.Option(metavar="DATE-OR-TIME", help="Only from then on, inclusive; without it everything.")
    ] = None,
    as_json: Json = False,
) -> None:
    """What was new, moved or gone, oldest first, one line each."""
    with given(context).open() as (home, store, _now):
        start = moment(since, home.profile.city.zone, "--since") if since is not None else None
        found = store.crawl.changes(start)
    for stored in found:
        if as_json:
            print_json_line(shapes.change(stored))
        else:
            say(f"{iso(stored.at)}  {shapes.told(stored)}  {stored.change.title}  ({stored.call_id})")


def show(context: typer.Context, call: CallId, as_json: Json = False) -> None:
    """One call: all facts, where they come from, what changed, why it matched."""
    with given(context).open() as (home, store, now):
        stored = known(store, call)
        entry = entries(home, store, now)[stored.no]
        history = store.crawl.changes(call_no=stored.no)
        tags_of_call = store.people.tags(home.profile.key, stored.no)
        additions = store.people.additions(home.profile.key, stored.no)
    if as_json:
        facts = {**shapes.call(entry), **shapes.details(entry)}
        facts["changes"] = [shapes.change(change) for change in history]
        facts["tagged"] = [shapes.tag(tag, entry.stored.call.title) for tag in tags_of_call]
        facts["entered"] = [shapes.addition(addition) for addition in additions]
        print_json(facts)
        return
    for line in shapes.page(entry, history, tags_of_call, additions):
        say(line)


def sources(context: typer.Context, as_json: Json = False) -> None:
    """Every source, how it stands, and when it was last read."""
    from tracker.standing import by_hand, healths

    with given(context).open() as (home, store, now):
        found = [*healths(home, store, now=now), *by_hand(store)]
    if as_json:
        print_json([shapes.source(health) for health in found])
        return
    table(shapes.SOURCE_COLUMNS, map(shapes.source_row, found))


def tag(
    context: typer.Context,
    call: CallId,
    key: Annotated[str, typer.Argument(metavar="KEY", help=f"One of: {', '.join(TAGS)}.")],
    by: Annotated[str | None, typer.Option(metavar="NAME", help="Who says so.")] = None,
    reason: Annotated[str | None, typer.Option(metavar="KEY", help=f"One of: {', '.join(REASONS)}.")] = None,
    note: Annotated[str | None, typer.Option(metavar="TEXT", help="A sentence for the colleagues.")] = None,
) -> None:
    """Say what a call is to the team. The newest tag counts; older ones are kept."""
    from tracker.records import Tag

    if key not in TAGS:
        raise ConfigError(f"unknown tag {key!r}; known: {', '.join(TAGS)}")
    if reason is not None and reason not in REASONS:
        raise ConfigError(f"unknown reason {reason!r}; known: {', '.join(REASONS)}")
    with given(context).open() as (home, store, now):
        stored = known(store, call)
        with store.atomic():
            store.people.add_tag(
                home.profile.key, Tag(call_no=stored.no, key=key, at=now, by=by, reason=reason, note=note)
            )
    say(f"{stored.id}: {key}")


def tags(context: typer.Context, as_json: Json = False) -> None:
    """All tags, oldest first."""
    with given(context).open() as (home, store, _now):
        found = store.people.tags(home.profile.key)
        numbers = store.crawl.calls_by_number(tag.call_no for tag in found)
    told = [shapes.tag(tag, numbers[tag.call_no].call.title) for tag in found]
    if as_json:
        print_json(told)
        return
    table(
        ("call", "tag", "by", "reason", "note", "at"),
        (tuple(str(one[name] or "") for name in ("call", "key", "by", "reason", "note", "at")) for one in told),
    )


def known(store: Store, call: str) -> StoredCall:
    """The stored call of this id. Raises UnknownError."""
    stored = store.crawl.call(call)
    if stored is None:
        raise UnknownError(f"there is no call {call!r}; `tracker calls` lists them")
    return stored


def entries(home: Home, store: Store, now: datetime) -> dict[int, Entry]:
    from tracker import judge, notify

    today = now.astimezone(ZoneInfo(home.profile.city.zone)).date()
    return notify.entries(home, store, today=today, matches=judge.matches(store, home.profile))


def _place(entry: Entry, order: tuple[str, ...]) -> int:
    source = entry.stored.id.split(":", 1)[0]
    return order.index(source) if source in order else len(order)
