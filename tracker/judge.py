"""Every stored call judged for a profile, once: again only where the call, the profile or the matcher has changed."""

from __future__ import annotations

from tracker import __version__
from tracker.match import match, prepare
from tracker.model import Profile
from tracker.store import Store
from tracker.values import fingerprint


def judge(store: Store, profile: Profile) -> int:
    """Bring the stored matches up to date; returns how many calls were judged."""
    mark = fingerprint(profile) + __version__
    held = store.telling.match_fingerprints(profile.key)
    stale = [stored for stored in store.crawl.calls() if held.get(stored.no) != stored.fingerprint + mark]
    if not stale:
        return 0
    matcher = prepare(profile)
    store.telling.save_matches(
        profile.key, [(stored.no, stored.fingerprint + mark, match(stored.call, matcher)) for stored in stale]
    )
    return len(stale)
