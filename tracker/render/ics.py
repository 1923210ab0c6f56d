"""The deadlines of a digest as an iCalendar file. Pure.

A date without an hour is an all-day event, a stated hour is a moment in UTC. No time zones: nothing to go stale.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from icalendar import Calendar, Event

from tracker.digest_model import Card, Digest
from tracker.model import Deadline, DeadlineKind
from tracker.render.cards import disagreed
from tracker.render.clean import TITLE_LIMIT, clean, safe_link
from tracker.render.view import shown_cards
from tracker.render.wording import Wording


def calendar(digest: Digest) -> str:
    """All deadlines ahead of the calls for us, to pass on and closing soon. Without one: a calendar without events."""
    wording = Wording(digest.language, digest.zone, digest.today)
    found = Calendar()
    found.add("prodid", "-//tracker//digest//DE")
    found.add("version", "2.0")
    found.add("method", "PUBLISH")
    found.add("x-wr-calname", wording.gettext("Funding radar %(city)s", city=clean(digest.city)))
    for event in _events(digest, wording):
        found.add_component(event)
    return str(found.to_ical(), "utf-8")


def has_events(ics: str) -> bool:
    """Whether the file is worth attaching; RFC 5545 wants at least one component."""
    return "BEGIN:VEVENT" in ics


def _events(digest: Digest, wording: Wording) -> Iterator[Event]:
    for card in shown_cards(digest):
        deadlines = [deadline for deadline in (card.next_deadline, *card.later_deadlines) if deadline]
        for deadline, uid in zip(deadlines, _uids(card, deadlines), strict=True):
            if deadline.day is not None and deadline.day >= digest.today:
                yield _event(card, deadline, uid, digest, wording)


def _uids(card: Card, deadlines: list[Deadline]) -> Iterable[str]:
    """Stable over the weeks, so that a moved deadline moves its event.

    Cut-offs, days of a rule, and others of which a call has several of one kind, can only be told apart by their day.
    """
    kinds = Counter((deadline.kind, deadline.stage) for deadline in deadlines)
    for deadline in deadlines:
        parts = [card.id, deadline.kind.value, str(deadline.stage or "")]
        recurs = deadline.kind in (DeadlineKind.CUT_OFF, DeadlineKind.RULE)
        if recurs or kinds[deadline.kind, deadline.stage] > 1:
            parts.append(str(deadline.day))
        yield hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()[:32] + "@tracker.invalid"


def _event(card: Card, deadline: Deadline, uid: str, digest: Digest, wording: Wording) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", digest.moment.astimezone(UTC))
    event.add("sequence", int(digest.moment.timestamp()) // 3600)  # grows with every digest: the later one counts
    event.add("summary", f"{_kind(deadline, wording)}: {clean(card.title, TITLE_LIMIT)}")
    event.add("description", _description(card, deadline, wording))
    moment = _moment(deadline)
    if moment:
        event.add("dtstart", moment)
    else:
        event.add("dtstart", deadline.day)
        event.add("dtend", deadline.day + timedelta(days=1))  # type: ignore[operator] # callers pass those with a day
    event.add("transp", "TRANSPARENT")
    if safe_link(card.url):
        event.add("url", safe_link(card.url))
    return event


def _kind(deadline: Deadline, wording: Wording) -> str:
    if deadline.kind is DeadlineKind.STAGE and deadline.stage is not None:
        return wording.gettext("Deadline of stage %(number)s", number=deadline.stage)
    if deadline.kind is DeadlineKind.CUT_OFF:
        return wording.gettext("Cut-off")
    return wording.gettext("Deadline")


def _description(card: Card, deadline: Deadline, wording: Wording) -> str:
    """The deadline as the digest says it, what is unsure about it, where the call stands."""
    money, _ = wording.budget(card.budget)
    lines = [
        wording.deadline(deadline),
        wording.certainty(deadline),
        disagreed(card, wording),
        clean(card.identifier, 80),
        clean(card.programme),
        wording.gettext("Money: %(money)s", money=money),
        safe_link(card.url),
    ]
    return "\n".join(filter(None, lines))


def _moment(deadline: Deadline) -> datetime | None:
    """The deadline in UTC, if the source states its hour and we know the zone."""
    if deadline.day is None or deadline.time is None or not deadline.zone:
        return None
    try:
        zone = ZoneInfo(deadline.zone)
    except (ZoneInfoNotFoundError, ValueError):
        return None
    return datetime.combine(deadline.day, deadline.time, zone).astimezone(UTC)
