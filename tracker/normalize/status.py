"""Whether one can apply on a day: what the source says and what its dates say, together. Pure."""

from __future__ import annotations

from datetime import date

from tracker import rules
from tracker.model import Call, Deadline, DeadlineKind, Status


def status_on(call: Call, today: date) -> Status:
    """The status of `call` on `today`; a deadline's own day still counts.

    Portals keep calls "open" for years after their deadline (EU portal, 2026-06: 242 of 725 rows), so dates win over
    words; where there are none, an "open" without a rolling deadline is not believed. We invent no opening: a call
    said to be forthcoming stays so though its opening day has passed. A rule without rounds is open all year.
    """
    if call.said is Status.CLOSED:
        return Status.CLOSED
    if _all_past(call, today):
        return Status.CLOSED
    if call.said is Status.FORTHCOMING:
        return Status.FORTHCOMING
    if not (days_ahead(call, today) or any(_is_endless(deadline) for deadline in call.deadlines)):
        return Status.UNKNOWN
    if call.said is not Status.OPEN and _between_rounds(call, today):
        return Status.FORTHCOMING
    if call.said is Status.OPEN or call.opens is None or call.opens <= today:
        return Status.OPEN
    return Status.FORTHCOMING


def next_deadline(call: Call, today: date) -> Deadline | None:
    """The deadline with the smallest day from `today` on, or None. One by rule comes with the day that it gives."""
    ahead = [deadline for deadline in rules.deadlines_on(call, today) if deadline.day and deadline.day >= today]
    return min(ahead, key=lambda deadline: deadline.day or today, default=None)


def days_ahead(call: Call, today: date) -> frozenset[date]:
    """All deadline days from `today` on; of a rule those of the next twelve months."""
    return frozenset(day for day in rules.days_on(call, today) if day >= today)


def _between_rounds(call: Call, today: date) -> bool:
    """All its rounds come by rule, and none is open."""
    return rules.next_round(call, today) is not None and not any(day >= today for day in call.days)


def _is_endless(deadline: Deadline) -> bool:
    return deadline.kind is DeadlineKind.ROLLING and deadline.day is None


def _all_past(call: Call, today: date) -> bool:
    """True only where every deadline has a day: one that we could not read may still be ahead."""
    return bool(call.deadlines) and all(deadline.day and deadline.day < today for deadline in call.deadlines)
