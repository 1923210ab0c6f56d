"""What the administrator is told: a fault when it begins, once a week while it lasts, and when it is over. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from tracker.health import Health
from tracker.records import Fault

AGAIN_AFTER = timedelta(days=7)
BEGAN, LASTS, OVER = "began", "lasts", "is over"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One line for the administrator: a fault that `began`, `lasts` or `is over`."""

    what: str
    fault: Fault
    health: Health


def watch(known: Mapping[str, Fault], standing: Iterable[Health], *, now: datetime) -> tuple[list[Fault], list[Notice]]:
    """What has become of the faults, to be stored, and what is to be told.

    `known`: the faults that lasted until now. Those of sources that are off or gone from sources.yaml end in silence:
    the administrator did that.
    """
    kept: list[Fault] = []
    notices: list[Notice] = []
    read = {health.source.id: health for health in standing if health.source.enabled}
    for source_id, health in read.items():
        fault = known.get(source_id)
        if health.fault:
            fault = replace(fault or _begun(health, now), state=health.fault, error=health.error)
            if fault.told_at is None or now - fault.told_at >= AGAIN_AFTER:
                notices.append(Notice(what=LASTS if fault.told_at else BEGAN, fault=fault, health=health))
                fault = replace(fault, told_at=now)
            kept.append(fault)
        elif fault:
            over = replace(fault, ended_at=now)
            kept.append(over)
            notices.append(Notice(what=OVER, fault=over, health=health))
    kept += [replace(fault, ended_at=now) for source_id, fault in known.items() if source_id not in read]
    return [fault for fault in kept if fault != known.get(fault.source_id)], notices


def line(notice: Notice) -> str:
    """The notice in one line, with the day since when, the reason and what to do where the error says so."""
    fault, name = notice.fault, notice.fault.source_id
    days = ((notice.health.last_attempt or fault.since) - fault.since).days
    if notice.what == OVER:
        return f"{name}: read again; it was {fault.state} since {fault.since:%Y-%m-%d %H:%M} UTC"
    said = _silence(notice.health) if fault.state == "silent" else fault.error
    since = f" since {fault.since:%Y-%m-%d} ({days} days)" if notice.what == LASTS else ""
    return f"{name}: {fault.state}{since}: {said}" if said else f"{name}: {fault.state}{since}"


def _begun(health: Health, now: datetime) -> Fault:
    return Fault(source_id=health.source.id, since=health.last_attempt or now, state=health.fault)


def _silence(health: Health) -> str:
    """A site may have moved its calls elsewhere and left an old page behind."""
    if health.last_change is None or health.usual_gap is None:
        return ""
    still = f"it answers, but nothing has changed since {health.last_change}"
    return f"{still}, where every {health.usual_gap:g} days were usual; look at {health.source.url}"
