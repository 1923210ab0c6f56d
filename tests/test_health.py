"""How a source stands, by its newest run and its newest healthy one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.builders import a_source
from tracker.health import Past, health
from tracker.records import Run

NOW = datetime(2026, 6, 15, 4, tzinfo=UTC)
DAY, WEEK, HOUR = timedelta(days=1), timedelta(weeks=1), timedelta(hours=1)


def a_run(ago, state="ok", **given):
    values = {"calls": 7 if state == "ok" else None, "error": "" if state == "ok" else "why", **given}
    return Run(source_id="stadtnetz", started_at=NOW - ago, state=state, healthy=state == "ok", **values)


def stands(last, good=None, *, every=DAY, counts=(), change_days=(), **source):
    past = Past(last=last, good=good, counts=counts, change_days=change_days)
    return health(a_source(**source), past, now=NOW, every=every)


def test_a_source_without_a_run_was_never_read_and_nothing_is_known_of_it():
    found = stands(None)
    assert (found.state, found.blind) == ("never read", True)
    assert (found.last_attempt, found.last_success, found.calls, found.error) == (None, None, None, "")


def test_a_source_read_in_time_is_ok_with_its_two_moments_and_its_calls():
    good = a_run(HOUR)
    found = stands(good, good)
    assert (found.state, found.blind, found.calls) == ("ok", False, 7)
    assert found.last_attempt == found.last_success == NOW - HOUR


@pytest.mark.parametrize("state", ["walled", "shrunk", "broken"])
def test_a_failed_attempt_makes_it_blind_and_keeps_the_last_success(state):
    found = stands(a_run(HOUR, state), a_run(DAY))
    assert (found.state, found.blind, found.error, found.calls) == (state, True, "why", 7)
    assert (found.last_attempt, found.last_success) == (NOW - HOUR, NOW - DAY)


def test_a_source_that_always_failed_has_no_success():
    found = stands(a_run(HOUR, "broken"))
    assert found.last_attempt == NOW - HOUR and found.last_success is None and found.calls is None


def test_a_source_that_is_not_set_up_is_not_blind_and_was_not_tried():
    found = stands(a_run(HOUR, "not set up"))
    assert (found.state, found.blind, found.last_attempt) == ("not set up", False, None)


def test_a_source_that_is_off_is_never_blind_whatever_it_was():
    assert stands(a_run(HOUR, "broken"), enabled=False).state == "off"
    assert stands(None, enabled=False).state == "never read"
    assert not stands(None, enabled=False).blind and not stands(a_run(HOUR, "broken"), enabled=False).blind


@pytest.mark.parametrize(
    ("every", "ago", "state"),
    [
        (DAY, timedelta(days=2), "ok"),
        (DAY, timedelta(days=2, seconds=1), "late"),
        (HOUR, timedelta(days=2), "ok"),  # a weekend without the machine is not worth a word
        (HOUR, timedelta(days=2, seconds=1), "late"),
        (WEEK, timedelta(days=14), "ok"),
        (WEEK, timedelta(days=14, seconds=1), "late"),
    ],
)
def test_a_source_is_late_after_twice_its_rhythm_and_two_days(every, ago, state):
    good = a_run(ago)
    found = stands(good, good, every=every)
    assert found.state == state and found.blind is (state == "late")


def test_a_failure_of_long_ago_is_said_by_its_name_not_as_late():
    assert stands(a_run(WEEK, "walled"), a_run(2 * WEEK)).state == "walled"


# ---------------------------------------------------------------- against its own past


def days_with_changes(gap, last_ago, count=8):
    """That many days, `gap` days apart, the last one `last_ago` days before NOW."""
    last = NOW.date() - timedelta(days=last_ago)
    return [last - timedelta(days=gap * n) for n in range(count)][::-1]


def test_the_median_is_that_of_the_runs_of_eight_weeks():
    good = a_run(HOUR)
    assert stands(good, good, counts=(7, 9, 8)).median == 8
    assert stands(good, good).median is None


@pytest.mark.parametrize(
    ("gap", "ago", "silent"),
    [(2, 1, False), (2, 21, False), (2, 22, True), (7, 28, False), (7, 29, True), (30, 90, False)],
)
def test_a_source_is_silent_after_four_of_its_own_usual_gaps_and_three_weeks(gap, ago, silent):
    good = a_run(HOUR)
    found = stands(good, good, change_days=days_with_changes(gap, ago))
    assert (found.silent, found.usual_gap) == (silent, gap)
    assert found.last_change == NOW.date() - timedelta(days=ago)
    assert (found.state, found.blind, found.fault) == ("ok", False, "silent" if silent else "")


def test_a_source_with_few_changes_has_no_rhythm_that_it_could_break():
    good = a_run(HOUR)
    found = stands(good, good, change_days=days_with_changes(1, 100, count=5))
    assert found.usual_gap is None and not found.silent


def test_a_source_that_is_off_or_was_never_tried_has_no_fault():
    assert stands(a_run(HOUR, "broken"), enabled=False).fault == ""
    assert stands(None).fault == ""
    assert stands(a_run(HOUR, "not set up")).fault == ""
    assert stands(a_run(HOUR, "broken")).fault == "broken"
