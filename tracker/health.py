"""How does a source stand today, and against its own past? Pure.

Last attempt, last success and last change are three moments: a source that was tried an hour ago may be blind for
weeks, and one that answers every day may have stood still for months.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from tracker.model import Source
from tracker.records import Run

BLIND = {"walled", "shrunk", "broken", "late", "never read"}
FAULTS = {"walled", "shrunk", "broken", "late", "silent"}
MEDIAN_OVER = timedelta(weeks=8)
LOOK_BACK = timedelta(weeks=26)  # for the usual gap between two changes
ENOUGH = 6  # days with changes: fewer make no rhythm
TIMES, AT_LEAST = 4, timedelta(days=21)  # silent: this many usual gaps without a change, and three weeks


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """One source: `state` is ok, late, walled, shrunk, broken, not set up, never read, in reserve, off or by hand.

    `median` is that of the calls of eight weeks; `usual_gap` the usual days between two days with changes, None where
    there were too few to tell. `silent`: it answers, but has changed nothing for far longer than that.
    """

    source: Source
    state: str
    last_attempt: datetime | None = None
    last_success: datetime | None = None
    last_change: date | None = None
    calls: int | None = None
    median: float | None = None
    usual_gap: float | None = None
    silent: bool = False
    error: str = ""

    @property
    def blind(self) -> bool:
        """Whether calls may have been missed here: not where nobody wants to read."""
        return self.source.enabled and self.state in BLIND

    @property
    def fault(self) -> str:
        """What the administrator should know of, or "": a source that failed, or one that stands still."""
        if not self.source.enabled or (self.last_attempt is None and self.state != "late"):
            return ""
        return self.state if self.state in FAULTS else "silent" if self.silent and self.state == "ok" else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What the store knows of a source: its newest run, its newest healthy one, the calls of the healthy runs of eight
    weeks, and the days with changes of LOOK_BACK, in order."""

    last: Run | None = None
    good: Run | None = None
    counts: Sequence[int] = ()
    change_days: Sequence[date] = ()


def health(source: Source, past: Past, *, now: datetime, every: timedelta, reserve: bool = False) -> Health:
    """How a source stands. Late: not read for twice its rhythm, at least two days.

    `reserve`: it stands in for a source that does not need it now, so nobody expects to hear from it.
    """
    last, good, days = past.last, past.good, past.change_days
    gap = usual_gap(days)
    return Health(
        source=source,
        state="in reserve" if reserve and source.enabled else _state(source, last, good, now, every),
        last_attempt=last.started_at if last and last.state != "not set up" else None,
        last_success=good.started_at if good else None,
        last_change=days[-1] if days else None,
        calls=good.calls if good else None,
        median=statistics.median(past.counts) if past.counts else None,
        usual_gap=gap,
        silent=gap is not None and now.date() - days[-1] > max(TIMES * timedelta(days=gap), AT_LEAST),
        error=last.error if last else "",
    )


def usual_gap(days: Sequence[date]) -> float | None:
    """The median of the days between two days with changes; None for fewer than ENOUGH of them."""
    if len(days) < ENOUGH:
        return None
    return statistics.median((later - earlier).days for earlier, later in pairwise(days))


def _state(source: Source, last: Run | None, good: Run | None, now: datetime, every: timedelta) -> str:
    if last is None:
        return "never read"
    if not source.enabled:
        return "off"
    if not last.healthy:
        return last.state
    if good and now - good.started_at > max(2 * every, timedelta(days=2)):
        return "late"
    return "ok"


def needs_stand_in(source: Source, last: Run | None, good: Run | None, *, now: datetime, every: timedelta) -> bool:
    """Whether another source must be read in place of this one.

    Its newest attempt failed, and what it brought last is older than its rhythm: one failure that the next attempt
    mends within the day is worth no download of everything.
    """
    if not source.enabled or last is None or last.healthy or last.state == "not set up":
        return False
    return good is None or now - good.started_at > every
