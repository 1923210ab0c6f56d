"""How every source stands: what the store knows of it, judged; and what of it the administrator has not been told."""

from __future__ import annotations

from datetime import datetime

from tracker.config import interval
from tracker.faults import Notice, watch
from tracker.health import LOOK_BACK, MEDIAN_OVER, Health, Past, health
from tracker.home import Home
from tracker.model import BY_HAND, Source
from tracker.reserve import in_reserve
from tracker.store import Store


def healths(home: Home, store: Store, *, now: datetime) -> list[Health]:
    """How every configured source stands, in the order of sources.yaml."""
    waiting = in_reserve(home, store, now=now)
    return [
        health(
            source,
            _past(store, source, now),
            now=now,
            every=interval(source.rhythm),
            reserve=source.id in waiting,
        )
        for source in home.sources
    ]


def by_hand(store: Store) -> list[Health]:
    """What was entered by hand, once there is any: no portal, so coverage does not count it, nor can it be at fault."""
    last = store.crawl.last_run(BY_HAND.id)
    if last is None:
        return []
    at, calls = last.started_at, len(store.crawl.known(BY_HAND.id))
    return [Health(source=BY_HAND, state="by hand", last_attempt=at, last_success=at, calls=calls)]


def news_for_administrator(home: Home, store: Store, *, now: datetime) -> list[Notice]:
    """The faults that began, last for a week more, or are over. They count as told from here on."""
    changed, notices = watch(store.watching.open_faults(), healths(home, store, now=now), now=now)
    if changed:
        with store.atomic():
            for fault in changed:
                store.watching.save_fault(fault)
    return notices


def _past(store: Store, source: Source, now: datetime) -> Past:
    return Past(
        last=store.crawl.last_run(source.id),
        good=store.crawl.last_run(source.id, healthy=True),
        counts=store.crawl.healthy_counts(source.id, now - MEDIAN_OVER),
        change_days=store.watching.change_days(source.id, now - LOOK_BACK),
    )
