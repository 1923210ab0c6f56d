"""Which sources only stand in for another one, and which of these have nothing to do now?

A stand-in is read while its source is blind (see health.needs_stand_in) and otherwise kept in reserve.
"""

from __future__ import annotations

from datetime import datetime

from tracker.config import interval
from tracker.health import needs_stand_in
from tracker.home import Home
from tracker.store import Store


def in_reserve(home: Home, store: Store, *, now: datetime) -> frozenset[str]:
    """The ids of the stand-ins that are not needed now."""
    known = {source.id: source for source in home.sources}
    waiting = set()
    for source in home.sources:
        if not source.stands_in_for:
            continue
        named = known[source.stands_in_for]
        last, good = store.crawl.last_run(named.id), store.crawl.last_run(named.id, healthy=True)
        if not needs_stand_in(named, last, good, now=now, every=interval(named.rhythm)):
            waiting.add(source.id)
    return frozenset(waiting)


def stand_ins(home: Home) -> dict[str, tuple[str, ...]]:
    """The id of each source that has stand-ins, with theirs."""
    found: dict[str, tuple[str, ...]] = {}
    for source in home.sources:
        if source.stands_in_for:
            found[source.stands_in_for] = (*found.get(source.stands_in_for, ()), source.id)
    return found
