"""Every stored call judged for a profile, once: again only where the call, the profile or the matcher has changed."""

from __future__ import annotations

from collections.abc import Iterator

from tracker import __version__
from tracker.match import Matcher, decide, features, prepare
from tracker.match.learned import shipped
from tracker.match.semantic import with_meaning
from tracker.model import Call, Match, Profile
from tracker.store import Store
from tracker.values import fingerprint
from tracker.vectors import Understanding, understanding

Judged = tuple[int, str, Match]  # number of the call, what it was judged from, what it means
BATCH = 500  # calls that are held in memory at a time, and committed together: who is interrupted goes on from there


def judge(store: Store, profile: Profile) -> int:
    """Bring the stored matches up to date; returns how many calls were judged."""
    count = 0
    for judged in _judged(store, profile):
        with store.atomic():
            store.telling.save_matches(profile.key, judged)
        count += len(judged)
    return count


def matches(store: Store, profile: Profile) -> dict[int, Match]:
    """All matches as they are now, by the number of the call. For those who only ask: stores nothing."""
    fresh = {number: found for judged in _judged(store, profile) for number, _mark, found in judged}
    return store.telling.matches(profile.key) | fresh


def _judged(store: Store, profile: Profile) -> Iterator[list[Judged]]:
    """Calls whose match is out of date; one that got a vector has lost its match (see `vectors.fill`)."""
    known = understanding(store, profile)
    mark = fingerprint(profile) + __version__ + shipped().mark + (known.mark if known else "")
    stale = store.telling.to_match(profile.key, mark)
    if not stale:
        return
    matcher = prepare(profile)
    for start in range(0, len(stale), BATCH):
        calls = store.crawl.calls_by_number(stale[start : start + BATCH])
        yield [(no, stored.fingerprint + mark, _match(stored.call, matcher, known)) for no, stored in calls.items()]


def _match(call: Call, matcher: Matcher, known: Understanding | None) -> Match:
    """By words, fields and rules, and by its meaning where a vector is stored."""
    said = features(call, matcher.reader)
    return decide(with_meaning(said, known.added(call)) if known else said, matcher)
