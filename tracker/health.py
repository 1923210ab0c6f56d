"""How does a source stand today? Pure.

Last attempt and last success are two moments: a source that was tried an hour ago may be blind for weeks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from tracker.model import Source
from tracker.records import Run

BLIND = {"walled", "shrunk", "broken", "late", "never read"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """One source: `state` is ok, late, walled, shrunk, broken, not set up, never read, off or by hand."""

    source: Source
    state: str
    last_attempt: datetime | None = None
    last_success: datetime | None = None
    calls: int | None = None
    error: str = ""

    @property
    def blind(self) -> bool:
        """Whether calls may have been missed here: not where nobody wants to read."""
        return self.source.enabled and self.state in BLIND


def health(source: Source, last: Run | None, good: Run | None, *, now: datetime, every: timedelta) -> Health:
    """`last` is the newest run, `good` the newest healthy one. Late: silent for twice its rhythm, at least two days."""
    return Health(
        source=source,
        state=_state(source, last, good, now, every),
        last_attempt=last.started_at if last and last.state != "not set up" else None,
        last_success=good.started_at if good else None,
        calls=good.calls if good else None,
        error=last.error if last else "",
    )


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
