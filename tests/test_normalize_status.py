"""Whether one can apply follows from dates and words together, and nothing is invented."""

from __future__ import annotations

from datetime import date, time

import pytest

from tests.builders import a_call, a_deadline
from tracker.model import Deadline, DeadlineKind, Status
from tracker.normalize import days_ahead, next_deadline, status_on

TODAY = date(2026, 8, 22)
AHEAD, PAST = a_deadline("2026-09-23"), a_deadline("2026-08-21")
ROLLING = Deadline(words="laufend", kind=DeadlineKind.ROLLING)
UNREAD = Deadline(words="Herbst 2026")


@pytest.mark.parametrize(
    ("said", "deadlines", "status"),
    [
        (Status.OPEN, (AHEAD,), Status.OPEN),
        (Status.OPEN, (PAST, AHEAD), Status.OPEN),
        (Status.OPEN, (a_deadline("2026-08-22"),), Status.OPEN),  # its own day still counts
        (Status.OPEN, (PAST,), Status.CLOSED),  # the zombies of the EU portal
        (Status.OPEN, (), Status.UNKNOWN),
        (Status.OPEN, (UNREAD,), Status.UNKNOWN),
        (Status.OPEN, (PAST, UNREAD), Status.UNKNOWN),  # what we could not read may be ahead
        (Status.OPEN, (ROLLING,), Status.OPEN),
        (Status.OPEN, (PAST, ROLLING), Status.OPEN),
        (Status.OPEN, (a_deadline("2026-08-21", DeadlineKind.ROLLING),), Status.CLOSED),  # "fortlaufend bis gestern"
        (Status.FORTHCOMING, (), Status.FORTHCOMING),
        (Status.FORTHCOMING, (AHEAD,), Status.FORTHCOMING),
        (Status.FORTHCOMING, (PAST,), Status.CLOSED),
        (Status.FORTHCOMING, (PAST, AHEAD), Status.FORTHCOMING),
        (Status.CLOSED, (AHEAD,), Status.CLOSED),
        (Status.UNKNOWN, (AHEAD,), Status.OPEN),
        (Status.UNKNOWN, (PAST,), Status.CLOSED),
        (Status.UNKNOWN, (), Status.UNKNOWN),
        (Status.UNKNOWN, (UNREAD,), Status.UNKNOWN),
        (Status.UNKNOWN, (ROLLING,), Status.OPEN),
    ],
)
def test_the_status_follows_dates_before_words(said, deadlines, status):
    assert status_on(a_call(said=said, deadlines=deadlines), TODAY) is status


@pytest.mark.parametrize(
    ("said", "opens", "status"),
    [
        (Status.UNKNOWN, date(2026, 8, 23), Status.FORTHCOMING),
        (Status.UNKNOWN, date(2026, 8, 22), Status.OPEN),
        (Status.FORTHCOMING, date(2026, 8, 1), Status.FORTHCOMING),  # a stale word is not improved by us
        (Status.OPEN, date(2026, 8, 23), Status.OPEN),
    ],
)
def test_an_opening_day_decides_only_where_the_source_is_silent(said, opens, status):
    assert status_on(a_call(said=said, opens=opens, deadlines=(AHEAD,)), TODAY) is status


def test_the_next_deadline_is_the_smallest_one_ahead_whatever_the_order():
    call = a_call(deadlines=(a_deadline("2027-01-26"), AHEAD, UNREAD, PAST))
    assert next_deadline(call, TODAY) == AHEAD
    assert days_ahead(call, TODAY) == {date(2026, 9, 23), date(2027, 1, 26)}


def test_a_call_without_a_day_ahead_has_no_next_deadline():
    call = a_call(deadlines=(PAST, ROLLING, UNREAD))
    assert next_deadline(call, TODAY) is None
    assert days_ahead(call, TODAY) == frozenset()


def test_the_day_itself_is_ahead():
    today = a_deadline("2026-08-22", time=time(12))
    assert next_deadline(a_call(deadlines=(today,)), TODAY) == today
