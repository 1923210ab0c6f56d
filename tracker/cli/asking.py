"""Commands that ask and tag: calls, changes, show, sources, tag, tags."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer

from tracker.cli.context import given, iso, moment, print_json, print_json_line, say, table
from tracker.errors import ConfigError, UnknownError

if TYPE_CHECKING:
    from tracker.digest import Entry
    from tracker.home import Home
    from tracker.records import StoredChange, Tag
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
        found = _entries(home, store, now)
        order = home.order
    if as_json:
        print_json([_call(entry) for entry in found.values()])
        return
    table(
        ("call", "status", "deadline", "for us", "title"),
        (
            (
                entry.stored.id,
                _status(entry),
                _day(entry) or "",
                entry.verdict.value,
                entry.stored.call.title,
            )
            for entry in sorted(found.values(), key=lambda entry: (_place(entry, order), _day(entry) or "9"))
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
        start = moment(since, home.profile.city.zone, "--since") if since else None
        found = store.crawl.changes(start)
    for stored in found:
        if as_json:
            print_json_line(_change(stored))
        else:
            told = stored.change
            moved = f": {_short(told.old)} → {_short(told.new)}" if told.field else ""
            say(f"{iso(stored.at)} {told.kind} {stored.call_id}{moved}  {told.title}")


def show(context: typer.Context, call: CallId, as_json: Json = False) -> None:
    """One call: all facts, where they come from, what changed, why it matched."""
    with given(context).open() as (home, store, now):
        stored = store.crawl.call(call)
        if stored is None:
            raise UnknownError(f"there is no call {call!r}; `tracker calls` lists them")
        entry = _entries(home, store, now)[stored.no]
        history = store.crawl.changes(call_no=stored.no)
        tags_of_call = store.people.tags(home.profile.key, stored.no)
    facts = {**_call(entry), **_details(entry), "changes": [_change(change) for change in history]}
    facts["tagged"] = [_tag(tag, entry.stored.call.title) for tag in tags_of_call]
    if as_json:
        print_json(facts)
        return
    for name, value in facts.items():
        if value not in (None, "", [], {}):
            say(f"{name}: {_short(value)}")


def sources(context: typer.Context, as_json: Json = False) -> None:
    """Every source, how it stands, and when it was last read."""
    from tracker import notify

    with given(context).open() as (home, store, now):
        found = notify.healths(home, store, now=now)
    if as_json:
        print_json(
            [
                {
                    "id": health.source.id,
                    "name": health.source.name or health.source.id,
                    "publisher": health.source.publisher or None,
                    "connector": health.source.connector,
                    "country": health.source.country or None,
                    "language": health.source.language or None,
                    "evidence": health.source.evidence,
                    "rhythm": health.source.rhythm,
                    "state": health.state,
                    "last_attempt": iso(health.last_attempt),
                    "last_success": iso(health.last_success),
                    "calls": health.calls,
                    "error": health.error or None,
                }
                for health in found
            ]
        )
        return
    table(
        ("source", "state", "last success", "calls", "connector", "evidence", "error"),
        (
            (
                health.source.id,
                health.state,
                iso(health.last_success) or "never",
                "" if health.calls is None else str(health.calls),
                health.source.connector,
                health.source.evidence,
                health.error,
            )
            for health in found
        ),
    )


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
        stored = store.crawl.call(call)
        if stored is None:
            raise UnknownError(f"there is no call {call!r}; `tracker calls` lists them")
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
    told = [_tag(tag, numbers[tag.call_no].call.title) for tag in found]
    if as_json:
        print_json(told)
        return
    table(
        ("call", "tag", "by", "reason", "note", "at"),
        (tuple(str(one[name] or "") for name in ("call", "key", "by", "reason", "note", "at")) for one in told),
    )


# ---------------------------------------------------------------- shapes


def _entries(home: Home, store: Store, now: datetime) -> dict[int, Entry]:
    from tracker import notify
    from tracker.judge import judge

    judge(store, home.profile)
    return notify.entries(home, store, today=now.astimezone(ZoneInfo(home.profile.city.zone)).date())


def _call(entry: Entry) -> dict[str, Any]:
    """A call as `calls --json` prints it: ISO dates, unknown null."""
    from tracker.values import full

    stored, call = entry.stored, entry.stored.call
    return {
        "id": stored.id,
        "source": stored.id.split(":", 1)[0],
        "external_id": stored.id.split(":", 1)[1],
        "title": call.title,
        "url": call.url,
        "language": call.language,
        "status": _status(entry),
        "deadlines": [day.isoformat() for day in call.days],
        "next_deadline": _day(entry),
        "opens": iso(call.opens),
        "published": iso(call.published),
        "programme": call.programme or None,
        "call_title": call.call_title or None,
        "action": call.action or None,
        "identifiers": list(call.identifiers),
        "funder": call.funder or None,
        "eligible": list(call.eligible),
        "areas": list(call.areas),
        "divisions": list(call.divisions),
        "budget": full(call.budget),
        "first_seen": iso(stored.first_seen),
        "stock": stored.stock,
        "gone": stored.gone.value if stored.gone else None,
        "gone_at": iso(stored.gone_at),
        "origins": [{"source": source, "url": url} for source, url in stored.origins],
        "topics": {match.topic: round(match.score, 3) for match in entry.match.topics},
        "cities": list(entry.match.cities),
        "relevance": round(entry.match.relevance, 2),
        "verdict": entry.verdict.value,
        "tags": list(entry.tags),
    }


def _details(entry: Entry) -> dict[str, Any]:
    from tracker.values import full

    call = entry.stored.call
    return {
        "deadline_details": full(call.deadlines),
        "said": call.said.value,
        "description": call.description or None,
        "attribution": call.attribution or None,
        "changed_at": iso(entry.stored.changed_at),
        "match": full(entry.match),
    }


def _status(entry: Entry) -> str:
    """Of a call that left its list: withdrawn or closed; else what its dates and its source say together."""
    return entry.stored.gone.value if entry.stored.gone else entry.status.value


def _day(entry: Entry) -> str | None:
    deadline = entry.next_deadline
    return iso(deadline.day) if deadline else None


def _place(entry: Entry, order: tuple[str, ...]) -> int:
    source = entry.stored.id.split(":", 1)[0]
    return order.index(source) if source in order else len(order)


def _change(stored: StoredChange) -> dict[str, Any]:
    told = stored.change
    return {
        "at": iso(stored.at),
        "source": stored.source_id,
        "call": stored.call_id,
        "kind": told.kind.value,
        "field": told.field,
        "old": told.old,
        "new": told.new,
        "title": told.title,
        "url": told.url,
    }


def _tag(tag: Tag, title: str) -> dict[str, Any]:
    return {
        "call": tag.call_id,
        "key": tag.key,
        "by": tag.by,
        "reason": tag.reason,
        "note": tag.note,
        "at": iso(tag.at),
        "title": title,
    }


def _short(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_short(one) for one in value) or "–"
    if isinstance(value, dict):
        return ", ".join(f"{name} {_short(inner)}" for name, inner in value.items() if inner not in (None, "", [], {}))
    if isinstance(value, date):
        return value.isoformat()
    return "–" if value is None else str(value)
