"""What an answer looks like: calls, changes, sources and tags as JSON, and one call as a page of text. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tracker.cli.context import iso

if TYPE_CHECKING:  # for the sake of `tracker --help`
    from tracker.digest import Entry
    from tracker.health import Health
    from tracker.model import Budget, Deadline, Money, TopicMatch
    from tracker.records import Addition, StoredChange, Tag

NONE = "–"


def call(entry: Entry) -> dict[str, Any]:
    """A call as `calls --json` prints it: ISO dates, unknown null."""
    from tracker.values import full

    stored, found = entry.stored, entry.stored.call
    return {
        "id": stored.id,
        "source": stored.id.split(":", 1)[0],
        "external_id": stored.id.split(":", 1)[1],
        "title": found.title,
        "url": found.url,
        "language": found.language,
        "status": status(entry),
        "deadlines": [known.isoformat() for known in sorted({*found.days, *entry.by_rule})],
        "next_deadline": day(entry),
        "opens": iso(found.opens),
        "published": iso(found.published),
        "programme": found.programme or None,
        "call_title": found.call_title or None,
        "action": found.action or None,
        "identifiers": list(found.identifiers),
        "funder": found.funder or None,
        "eligible": list(found.eligible),
        "areas": list(found.areas),
        "divisions": list(found.divisions),
        "budget": full(found.budget),
        "first_seen": iso(stored.first_seen),
        "stock": stored.stock,
        "gone": stored.gone.value if stored.gone else None,
        "gone_at": iso(stored.gone_at),
        "origins": [{"source": source, "url": url} for source, url in stored.origins],
        "conflict": [{"source": said.source, "deadline": iso(said.deadline.day)} for said in entry.conflict],
        "topics": {match.topic: round(match.score, 3) for match in entry.match.topics},
        "cities": list(entry.match.cities),
        "relevance": round(entry.match.relevance, 3),
        "verdict": entry.verdict.value,
        "hidden_by": entry.hidden_by or None,
        "tags": list(entry.tags),
    }


def details(entry: Entry) -> dict[str, Any]:
    """What `show --json` knows beyond `calls --json`."""
    from tracker.values import full

    found = entry.stored.call
    return {
        "deadline_details": full(found.deadlines),
        "said": found.said.value,
        "description": found.description or None,
        "attribution": found.attribution or None,
        "changed_at": iso(entry.stored.changed_at),
        "match": full(entry.match),
    }


def change(stored: StoredChange) -> dict[str, Any]:
    """A line of `changes --json`; deadlines are lists of ISO dates."""
    found = stored.change
    return {
        "at": iso(stored.at),
        "source": stored.source_id,
        "call": stored.call_id,
        "kind": found.kind.value,
        "field": found.field,
        "old": found.old,
        "new": found.new,
        "title": found.title,
        "url": found.url,
    }


def source(health: Health) -> dict[str, Any]:
    """A source of `sources --json`. `last_attempt` and `last_success` are two moments; null: never."""
    found = health.source
    return {
        "id": found.id,
        "name": found.name or found.id,
        "publisher": found.publisher or None,
        "connector": found.connector,
        "country": found.country or None,
        "language": found.language or None,
        "evidence": found.evidence or None,
        "rhythm": found.rhythm or None,
        "state": health.state,
        "last_attempt": iso(health.last_attempt),
        "last_success": iso(health.last_success),
        "last_change": iso(health.last_change),
        "calls": health.calls,
        "median": health.median,
        "usual_gap_days": health.usual_gap,
        "silent": health.silent,
        "enabled": found.enabled,
        "error": health.error or None,
    }


SOURCE_COLUMNS = (
    *("source", "state", "last attempt", "last success", "last change", "calls", "median", "rhythm", "connector"),
    *("evidence", "error"),
)


def source_row(health: Health) -> tuple[str, ...]:
    """A source of `sources`, by SOURCE_COLUMNS; a source that stands still says so beside its state."""
    found = health.source
    return (
        found.id,
        health.state if found.enabled else "off",
        _minute(health.last_attempt),
        _minute(health.last_success),
        f"{health.last_change or ''}{' (silent)' if health.silent else ''}",
        "" if health.calls is None else str(health.calls),
        "" if health.median is None else f"{health.median:g}",
        found.rhythm,
        found.connector,
        found.evidence,
        health.error,
    )


def _minute(at: datetime | None) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%MZ}" if at else "never"


def tag(given: Tag, title: str) -> dict[str, Any]:
    """A tag of `tags --json`, with its call's title."""
    return {
        "call": given.call_id,
        "key": given.key,
        "by": given.by,
        "reason": given.reason,
        "note": given.note,
        "at": iso(given.at),
        "title": title,
    }


def addition(given: Addition) -> dict[str, Any]:
    """Who entered a call by hand, as `show --json` prints it."""
    return {
        "url": given.url,
        "by": given.by,
        "note": given.note,
        "unread": given.unread or None,
        "at": iso(given.at),
    }


def status(entry: Entry) -> str:
    """Of a call that left its list: withdrawn or closed; else what its dates and its source say together."""
    return entry.stored.gone.value if entry.stored.gone else entry.status.value


def day(entry: Entry) -> str | None:
    """The next deadline; None where there is none ahead."""
    return iso(entry.next_deadline.day) if entry.next_deadline else None


# ---------------------------------------------------------------- text


def told(stored: StoredChange) -> str:
    """A change in words: its kind and, where a field moved, old → new."""
    found = stored.change
    return f"{found.kind}: {_short(found.old)} → {_short(found.new)}" if found.field else found.kind.value


def page(
    entry: Entry, history: Iterable[StoredChange], tags: Iterable[Tag], additions: Iterable[Addition] = ()
) -> Iterator[str]:
    """One call for a reader at the terminal. What the source does not say is left out."""
    found = entry.stored.call
    yield found.title
    yield found.url
    yield ""
    for name, value in _facts(entry):
        if value:
            yield f"{name + ':':<14}{value}"
    yield from _section("matched", (_topic(match) for match in entry.match.topics))
    yield from _section("listed at", (f"{origin}  {url}" for origin, url in entry.stored.origins))
    yield from _section("changes", (f"{iso(one.at)}  {told(one)}" for one in history))
    yield from _section("entered by hand", map(_entered, additions))
    yield from _section("tags", map(_tagged, tags))
    yield from _section("description", found.description.splitlines())


def _facts(entry: Entry) -> Iterator[tuple[str, str]]:
    stored, found = entry.stored, entry.stored.call
    yield "id", stored.id
    yield "status", status(entry)
    yield "deadlines", "; ".join(map(_deadline, found.deadlines))
    yield "conflict", "; ".join(f"{said.source}: {_deadline(said.deadline)}" for said in entry.conflict)
    yield "opens", iso(found.opens) or ""
    yield "published", iso(found.published) or ""
    yield "budget", _budget(found.budget) if found.budget else ""
    yield "programme", found.programme
    yield "call", found.call_title
    yield "action", found.action
    yield "funder", found.funder
    yield "for", ", ".join(found.eligible)
    yield "areas", ", ".join(found.areas)
    yield "language", found.language or ""
    yield "first seen", f"{iso(stored.first_seen)}{' (open when its source was first read)' if stored.stock else ''}"
    yield "gone", iso(stored.gone_at) or ""
    yield "for the city", f"{entry.verdict.value}, relevance {entry.match.relevance:.2f} of 3"
    yield "why", "; ".join(entry.match.why)
    yield "cities", ", ".join(entry.match.cities)
    yield "attribution", found.attribution


def _section(name: str, lines: Iterable[str]) -> Iterator[str]:
    found = list(lines)
    if found:
        yield ""
        yield f"{name}:"
        yield from (f"  {line}" for line in found)


def _deadline(deadline: Deadline) -> str:
    if not deadline.day:
        kind = " ".join((deadline.kind.value, *deadline.rule))
        return f"{kind} ({deadline.words!r})" if deadline.words else kind
    hour = f" {deadline.time:%H:%M} {deadline.zone}" if deadline.time else ""
    return f"{deadline.day}{hour} ({deadline.kind}{f' {deadline.stage}' if deadline.stage else ''})"


def _budget(budget: Budget) -> str:
    parts = [
        f"{_money(budget.total)} in all" if budget.total else "",
        f"{_money(budget.grant)} a grant" if budget.grant else "",
        f"{budget.expected_grants} grants" if budget.expected_grants else "",
        f"rate {budget.rate}" if budget.rate else "",
    ]
    return ", ".join(part for part in parts if part)


def _money(money: Money) -> str:
    amounts = dict.fromkeys(f"{amount:,f}" for amount in (money.minimum, money.maximum) if amount is not None)
    return f"{' to '.join(amounts) or money.words} {money.currency}".strip()


def _topic(match: TopicMatch) -> str:
    words = ", ".join(dict.fromkeys(f"{found.words!r} in the {found.where}" for found in match.evidence))
    return f"{match.topic} {match.score:.2f}: {words}"


def _tagged(given: Tag) -> str:
    words = (f"by {given.by}" if given.by else "", given.reason or "", given.note or "")
    return "  ".join((iso(given.at) or "", given.key, *filter(None, words)))


def _entered(given: Addition) -> str:
    words = (f"by {given.by}" if given.by else "", given.note or "", given.unread and f"page not read: {given.unread}")
    return "  ".join((iso(given.at) or "", *filter(None, words)))


def _short(value: Any) -> str:
    """A change's old or new value: dates of deadlines, the ends of a range of money, a title."""
    if isinstance(value, list):
        return ", ".join(map(str, value)) or NONE
    if isinstance(value, dict):
        amounts = dict.fromkeys(str(value[name]) for name in ("minimum", "maximum") if value.get(name))
        return f"{' to '.join(amounts) or NONE} {value.get('currency') or ''}".strip()
    return NONE if value is None else str(value)
