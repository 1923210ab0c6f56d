"""Every stored call judged for a profile, once: again only where the call, the profile or the matcher has changed."""

from __future__ import annotations

from collections.abc import Iterator

from tracker import __version__
from tracker.match import match, prepare
from tracker.match.semantic import with_meaning
from tracker.model import Match, Profile
from tracker.store import Store
from tracker.values import fingerprint
from tracker.vectors import understanding

Judged = tuple[int, str, Match]  # number of the call, what it was judged from, what it means


def judge(store: Store, profile: Profile) -> int:
    """Bring the stored matches up to date; returns how many calls were judged."""
    judged = list(_judged(store, profile))
    if judged:
        with store.atomic():
            store.telling.save_matches(profile.key, judged)
    return len(judged)


def matches(store: Store, profile: Profile) -> dict[int, Match]:
    """All matches as they are now, by the number of the call. For those who only ask: stores nothing."""
    return store.telling.matches(profile.key) | {number: found for number, _mark, found in _judged(store, profile)}


def _judged(store: Store, profile: Profile) -> Iterator[Judged]:
    """Calls whose match is out of date. One that got a vector since is judged again, now by its meaning too."""
    mark = fingerprint(profile) + __version__
    known = understanding(store, profile)
    held = store.telling.match_fingerprints(profile.key)
    stale = [
        (stored, made_from)
        for stored in store.crawl.calls()
        if held.get(stored.no)
        != (made_from := stored.fingerprint + mark + (known.mark_of(stored.call) if known else ""))
    ]
    if not stale:
        return
    matcher = prepare(profile)
    for stored, made_from in stale:
        found = match(stored.call, matcher)
        added = known.added(stored.call) if known else {}
        yield stored.no, made_from, with_meaning(found, added, stored.call, matcher)
