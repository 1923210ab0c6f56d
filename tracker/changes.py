"""What is new, moved or gone since last time? Pure.

A call is compared as it stood in the last healthy run, both seen today: the passing of time is never a change.
That holds for a rule too: it rolls on. A watched page is no news by itself; its changed sentences are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from tracker import page_text, rules
from tracker.model import Call, Change, ChangeKind, DeadlineKind, Money, Status

GONE_AFTER = 3  # healthy runs on different days; gaps of one or two days are normal. Counted: 91 in 56 days of 2026.


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What we hold of a call at one source. `gone` is None while it is listed, else WITHDRAWN or CLOSED.

    `absent` are the days on which healthy, repeat-free runs did not find it. `elsewhere`: another source lists it.
    `leads`: its values are those that readers see.
    """

    call: Call
    first_seen: date
    gone: ChangeKind | None = None
    absent: tuple[date, ...] = ()
    elsewhere: bool = False
    leads: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """What a run without the call means: the days that count so far and, at the third, why it is gone."""

    days: tuple[date, ...]
    gone: ChangeKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What one healthy run changes. Decided here, written by the store, in one transaction."""

    new: tuple[Call, ...] = ()
    updated: tuple[Call, ...] = ()
    back: tuple[str, ...] = ()  # external ids that are listed again
    absences: Mapping[str, Absence] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()


StatusOn = Callable[[Call, date], Status]


def plan(
    known: Mapping[str, Known],
    seen: Iterable[Call],
    *,
    today: date,
    first_run: bool,
    proves_absence: bool,
    status_on: StatusOn,
    joins: Collection[str] = (),
    revives: Collection[str] = (),
    lists_all: bool = True,
) -> Plan:
    """Compare what a healthy run has seen with what we knew of its source. A first run is stock: no events.

    `lists_all`: False where a list shows its newest entries only, so that none of them is ever gone.

    `joins`: external ids of new calls that another source has told already; a further origin is no event.
    `revives`: those among them that were gone from everywhere; they have returned.
    """
    calls = {call.external_id: call for call in seen}
    new = tuple(call for key, call in calls.items() if key not in known)
    again = [(known[key], call) for key, call in calls.items() if key in known]
    absences = _absences(known, calls, today, lists_all=lists_all) if proves_absence else {}
    changes: list[Change] = []
    if not first_run:
        for call in new:
            if call.page or all_past(call, today):
                continue
            if call.external_id not in joins or call.external_id in revives:
                kind = ChangeKind.RETURNED if call.external_id in revives else ChangeKind.NEW
                changes.append(_change(kind, call, new=_iso(call, today)))
    for old, call in again:
        changes += compare(old, call, today=today, status_on=status_on)
    changes += _partings(known, absences, today)
    return Plan(
        new=new,
        updated=tuple(call for old, call in again if old.call != call),
        back=tuple(call.external_id for old, call in again if old.absent or (old.gone and not all_past(call, today))),
        absences=absences,
        changes=tuple(changes),
    )


def plan_unchanged(missing: Mapping[str, Known], *, today: date, proves_absence: bool, lists_all: bool = True) -> Plan:
    """The plan of a run that brought the same bytes again: only the calls that were `missing` are missing once more."""
    absences = _absences(missing, {}, today, lists_all=lists_all) if proves_absence else {}
    return Plan(absences=absences, changes=tuple(_partings(missing, absences, today)))


def _partings(known: Mapping[str, Known], absences: Mapping[str, Absence], today: date) -> Iterator[Change]:
    for key, absence in absences.items():
        old = known[key]
        if absence.gone and _worth_telling(old):
            yield _change(absence.gone, old.call, old=_iso(old.call, today))


def _absences(
    known: Mapping[str, Known], calls: Mapping[str, Call], today: date, *, lists_all: bool
) -> dict[str, Absence]:
    away = absent if lists_all else unlisted
    return {key: away(old, today) for key, old in known.items() if key not in calls and not old.gone}


def compare(old: Known, call: Call, *, today: date, status_on: StatusOn) -> Iterator[Change]:
    """The events of one call that is listed now and was known before. One move, one event.

    Only the leading origin tells, or, where the call was gone from everywhere, whichever lists it again.
    """
    if not old.leads and (old.elsewhere or not old.gone):
        return
    moved = _ahead(old.call, today) != _ahead(call, today)
    if call.page:
        yield from _page(old.call, call, today, moved=moved)
        return
    if old.gone and not old.elsewhere and not all_past(call, today) and not (moved and old.gone is ChangeKind.CLOSED):
        yield _change(ChangeKind.RETURNED, call, new=_iso(call, today))
    if moved:
        yield _deadlines(old.call, call, today)
    elif not old.gone:
        yield from _status(old.call, call, today, status_on)
    if _letters(old.call.title) != _letters(call.title):
        yield _change(ChangeKind.TITLE, call, "title", old.call.title, call.title)
    yield from _budget(old.call, call)


def absent(old: Known, today: date) -> Absence:
    """Count a day on which the call was missing. Gone at the third: withdrawn if all were before its next deadline."""
    days = tuple(sorted({*old.absent, today}))
    limit = next_limit(old.call, days[0])
    if len(days) < GONE_AFTER:
        return Absence(days=days)
    if limit is None or days[-1] < limit:
        return Absence(days=days, gone=ChangeKind.WITHDRAWN if limit or not old.call.days else ChangeKind.CLOSED)
    if not _two_stage(old.call) and any(day > today for day in old.call.days):
        return Absence(days=tuple(day for day in days if day > limit))  # a cut-off passed; count anew for the next one
    return Absence(days=days, gone=ChangeKind.CLOSED)


def unlisted(old: Known, today: date) -> Absence:
    """Count a day on which a list of the newest did not show the call; from the third on it proves nothing at all."""
    return Absence(days=tuple(sorted({*old.absent, today}))[:GONE_AFTER])


def next_limit(call: Call, day: date) -> date | None:
    """The deadline that decides between withdrawn and closed: the first stage of two, else the next from `day` on.

    None: the call has no deadline with a date, or none ahead.
    """
    days = call.days[:1] if _two_stage(call) else call.days
    return next((deadline for deadline in days if deadline >= day), None)


def all_past(call: Call, today: date) -> bool:
    """Every date on it is past. A call without dates is not past, unless its source calls it closed."""
    if not call.days:
        return call.said is Status.CLOSED
    return call.days[-1] < today and not any(d.kind is DeadlineKind.ROLLING or d.rule for d in call.deadlines)


def keep_known(call: Call, old: Call) -> Call:
    """For a call whose details could not be read this time: what the details told before stays."""
    silent = {
        name: getattr(old, name)
        for name in ("deadlines", "description", "html", "budget", "opens", "eligible", "programme", "funder")
        if not getattr(call, name)
    }
    return replace(call, **silent)


def _ahead(call: Call, today: date) -> frozenset[date]:
    """Of a rule the days of the next twelve months: an equal rule gives equal days, whenever it is looked at."""
    return frozenset(day for day in rules.days_on(call, today) if day >= today)


def _two_stage(call: Call) -> bool:
    return any(deadline.kind is DeadlineKind.STAGE for deadline in call.deadlines)


def _worth_telling(old: Known) -> bool:
    """Not where another source still lists the call, nor for one that was past already when we first saw it.

    Nor for a page: a page that is gone cannot be read, and one that is no longer asked for was left out by us.
    """
    return not old.call.page and old.leads and not old.elsewhere and not all_past(old.call, old.first_seen)


def _deadlines(old: Call, call: Call, today: date) -> Change:
    return _change(ChangeKind.DEADLINE, call, "deadlines", _iso(old, today), _iso(call, today))


def _page(old: Call, call: Call, today: date, *, moved: bool) -> Iterator[Change]:
    """The sentences that came and went, heading and text; a date that moved is told as that and not once more."""
    removed, added = page_text.difference(f"{old.title}\n{old.description}", f"{call.title}\n{call.description}")
    if moved:
        yield _deadlines(old, call, today)
        gone, come = set(old.days) - set(call.days), set(call.days) - set(old.days)
        removed, added = page_text.beyond_the_move(removed, added, gone=gone, come=come)
    if removed or added:
        yield _change(ChangeKind.PAGE, call, "text", *page_text.told(removed, added))


def _status(old: Call, call: Call, today: date, status_on: StatusOn) -> Iterator[Change]:
    before, after = status_on(old, today), status_on(call, today)
    if before is after or Status.UNKNOWN in (before, after):
        return
    yield _change(ChangeKind.STATUS, call, "status", before.value, after.value)


def _budget(old: Call, call: Call) -> Iterator[Change]:
    """Only where both name a figure: a source that falls silent has not changed its mind."""
    if not old.budget or not call.budget:
        return
    for name in ("total", "grant"):
        before, after = getattr(old.budget, name), getattr(call.budget, name)
        if before and after and _figures(before) != _figures(after):
            yield _change(ChangeKind.BUDGET, call, name, money_json(before), money_json(after))
            return


def _figures(money: Money) -> tuple[object, ...]:
    return money.minimum, money.maximum, money.currency


def money_json(money: Money) -> dict[str, Any]:
    """As told: amounts in major units as text, so that no cent is lost."""
    return {
        "minimum": None if money.minimum is None else format(money.minimum, "f"),
        "maximum": None if money.maximum is None else format(money.maximum, "f"),
        "currency": money.currency or None,
    }


def _letters(words: str) -> str:
    """Case, spaces and punctuation are no change of a title."""
    return re.sub(r"\W+", "", words).casefold()


def _iso(call: Call, today: date) -> list[str]:
    return [day.isoformat() for day in rules.days_on(call, today)]


def _change(kind: ChangeKind | None, call: Call, field: str | None = None, old: Any = None, new: Any = None) -> Change:
    assert kind is not None  # noqa: S101 - for the type checker: callers pass a kind they have just tested
    return Change(
        kind=kind, external_id=call.external_id, field=field, old=old, new=new, title=call.title, url=call.url
    )
