"""56 recorded days of the EU portal, read day by day over HTTP. What must come out was counted by others, elsewhere.

Counted: 407 calls in the first run, 379 of them open; 290 new later; 21 moves of deadlines in 21 calls, 5 of them seen
only after the old date had passed; 91 gaps of one or two days in 66 calls; not one true withdrawal.
"""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise

import pytest

from tests.fetch_servers import Time
from tests.homes import PROFILE, at, make_home, opened, read, run
from tests.sedia import needs_sedia, sedia
from tracker.archive import Archive
from tracker.collect import Collector, collect
from tracker.fetch import Fetcher
from tracker.model import ChangeKind, Status
from tracker.normalize import status_on

pytestmark = [pytest.mark.replay, needs_sedia]

SOURCES = """\
sources:
  eu-portal:
    connector: eu_portal
    url: {address}/search-api/prod/rest/search
    options: {{details: {address}/info/funding-tenders/opportunities/data/topicDetails/}}
    pause: 0
    zone: Europe/Brussels
"""


@pytest.fixture(scope="module")
def portal():
    with sedia() as served:
        yield served


@pytest.fixture(scope="module")
def replayed(portal, tmp_path_factory):
    """A home in which `tracker run` was called at six on each of the 56 days, and what each run brought."""
    home = make_home(tmp_path_factory.mktemp("replay") / "home", SOURCES.format(address=portal.address))
    outcomes = []
    for day in portal.days:
        portal.show(day)
        (outcome,), _said = run(home, f"{day}T06:00")
        outcomes.append(outcome)
    return home, outcomes


@pytest.fixture(scope="module")
def changes(replayed):
    home, _outcomes = replayed
    with opened(home) as store:
        return store.crawl.changes()


def of(changes, kind):
    return [stored for stored in changes if stored.change.kind is kind]


def test_every_one_of_the_56_days_is_healthy(replayed, portal):
    _home, outcomes = replayed
    assert len(outcomes) == len(portal.days) == 56
    assert all(outcome.run.healthy for outcome in outcomes)


def test_the_first_run_holds_407_calls_379_of_them_open(portal, tmp_path):
    home = make_home(tmp_path / "home", SOURCES.format(address=portal.address))
    portal.show(portal.days[0])
    run(home, f"{portal.days[0]}T06:00")
    with opened(home) as store:
        calls = [stored.call for stored in store.crawl.calls()]
        assert store.crawl.changes() == []
    today = at(f"{portal.days[0]}T06:00").date()
    assert len(calls) == 407
    assert sum(status_on(call, today) is Status.OPEN for call in calls) == 379


def test_290_calls_are_new_later_and_each_once(changes):
    new = of(changes, ChangeKind.NEW)
    assert len(new) == len({stored.call_id for stored in new}) == 290


def test_21_deadlines_move_in_21_calls_each_once(changes):
    moved = of(changes, ChangeKind.DEADLINE)
    assert len(moved) == len({stored.call_id for stored in moved}) == 21
    assert all(stored.change.old and stored.change.new for stored in moved)


def test_five_moves_are_seen_only_after_the_old_date_had_passed(changes):
    late = [stored for stored in of(changes, ChangeKind.DEADLINE) if max(stored.change.old) < f"{stored.at:%Y-%m-%d}"]
    assert len(late) == 5


def test_nothing_is_withdrawn_and_nothing_returns(changes):
    assert of(changes, ChangeKind.WITHDRAWN) == [] == of(changes, ChangeKind.RETURNED)


def test_beside_calls_that_closed_only_two_new_titles_are_told(changes):
    told = Counter(stored.change.kind for stored in changes)
    assert set(told) == {ChangeKind.NEW, ChangeKind.DEADLINE, ChangeKind.TITLE, ChangeKind.CLOSED}
    assert {stored.call_id for stored in of(changes, ChangeKind.TITLE)} == {
        "eu-portal:186494PROSPECTSEN",
        "eu-portal:14002COMPETITIVE_CALLen",
    }


def test_a_call_is_said_to_have_closed_only_when_its_last_day_was_over(changes, replayed):
    home, _outcomes = replayed
    with opened(home) as store:
        calls = {stored.no: stored.call for stored in store.crawl.calls()}
    closed = of(changes, ChangeKind.CLOSED)
    assert closed and all(calls[stored.call_no].days[0] <= stored.at.date() for stored in closed)


def test_every_change_is_told_in_exactly_one_digest(replayed, changes):
    home, _outcomes = replayed
    with opened(home) as store:
        weeks = store.telling.digests(home.profile.key, "europabuero")
        told = store.telling.told(home.profile.key, "europabuero")
    # Tuesday, 21 April, tells its own week at once; then each Monday the next, the last on 15 June.
    assert [stored.week for stored in weeks] == [f"2026-W{week}" for week in range(17, 26)]
    assert all(earlier.moment < later.moment for earlier, later in pairwise(weeks))
    assert {ref for kind, ref in told if kind == "change"} == {stored.no for stored in changes}


def test_an_hour_after_the_last_run_nothing_is_due(replayed, changes, portal):
    home, _outcomes = replayed
    asked = portal.requests
    assert run(home, f"{portal.days[-1]}T07:00") == ([], [])
    with opened(home) as store:
        assert store.crawl.changes() == changes
    assert portal.requests == asked


def test_the_last_day_read_again_writes_no_call(replayed, changes, portal):
    home, _outcomes = replayed
    portal.show(portal.days[-1])
    with opened(home) as store:
        before = store.crawl.calls()
    (outcome,) = read(home, f"{portal.days[-1]}T08:00")
    with opened(home) as store:
        assert store.crawl.calls() == before and store.crawl.changes() == changes
    assert outcome.run.healthy and outcome.run.unchanged


# ---------------------------------------------------------------- faults of the same portal


@contextmanager
def impatient(home, store, now):
    """A collector that waits for nothing: its seconds pass only while it sleeps."""
    time, archive = Time(), Archive(home.archive, keep=8)
    with Fetcher(
        contact="", archive=archive, clock=lambda: at(now), environ={}, sleep=time.sleep, monotonic=time.monotonic
    ) as fetcher:
        yield Collector(
            store=store,
            fetcher=fetcher,
            archive=archive,
            order=home.order,
            now=at(now),
            zone="Europe/Berlin",
            environ={},
        )


def read_with(portal, folder, fault, **given):
    """A healthy day, then the next one with a fault: (outcome, calls before, calls after, changes)."""
    home = make_home(folder, SOURCES.format(address=portal.address), PROFILE)
    source = replace(home.sources[0], **given)
    first, second = portal.days[:2]
    with opened(home) as store:
        portal.show(first)
        with impatient(home, store, f"{first}T06:00") as collector:
            list(collect(collector, [source]))
        before = store.crawl.calls()
        portal.show(second, fault, slow=0.5)
        with impatient(home, store, f"{second}T06:00") as collector:
            (outcome,) = collect(collector, [source])
        return outcome, before, store.crawl.calls(), store.crawl.changes()


@pytest.mark.parametrize(
    ("fault", "state", "words"),
    [
        ("botwall", "walled", "Radware"),
        ("empty", "shrunk", "no calls at all"),
        ("error500", "broken", "HTTP 500"),
        ("truncated", "broken", "cut off"),
        ("half", "shrunk", "under 80% of the last healthy run"),
        ("restless", "shrunk", "in 4 attempts"),
    ],
)
def test_a_fault_is_named_and_changes_no_call(portal, tmp_path, fault, state, words):
    outcome, before, after, changes = read_with(portal, tmp_path / "home", fault)
    assert (outcome.run.state, outcome.failed, outcome.bug) == (state, True, False)
    assert words in outcome.run.error
    assert after == before and changes == []


def test_a_portal_that_answers_too_slowly_is_given_up_and_changes_no_call(portal, tmp_path):
    outcome, before, after, changes = read_with(portal, tmp_path / "home", "slow", timeout=0.1)
    assert outcome.run.state == "broken" and "0.1" in outcome.run.error
    assert after == before and changes == []


def test_a_list_that_moves_once_while_it_is_read_is_read_again(portal, tmp_path):
    outcome, before, after, changes = read_with(portal, tmp_path / "home", "moving")
    assert outcome.run.healthy and outcome.new == len(of(changes, ChangeKind.NEW)) == 12
    assert len(after) == len(before) + 12
