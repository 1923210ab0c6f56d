"""How a source stands, by its newest run and its newest healthy one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.builders import a_source
from tracker.health import health
from tracker.records import Run

NOW = datetime(2026, 6, 15, 4, tzinfo=UTC)
DAY, WEEK, HOUR = timedelta(days=1), timedelta(weeks=1), timedelta(hours=1)


def a_run(ago, state="ok", **given):
    values = {"calls": 7 if state == "ok" else None, "error": "" if state == "ok" else "why", **given}
    return Run(source_id="stadtnetz", started_at=NOW - ago, state=state, healthy=state == "ok", **values)


def stands(last, good=None, *, every=DAY, **source):
    return health(a_source(**source), last, good, now=NOW, every=every)


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
