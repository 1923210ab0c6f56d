"""A rule gives the same days to whoever looks at it, and rolling on is nothing that happens."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.builders import a_call, a_deadline, a_source
from tracker.changes import Known, all_past, compare, plan
from tracker.model import Certainty, ChangeKind, Deadline, DeadlineKind, RawCall, RawDeadline, Status
from tracker.normalize import days_ahead, next_deadline, normalize, read_deadlines, status_on
from tracker.rules import days_on, deadlines_on, is_rule, next_day, next_round

QUARTERS = ("03-31", "06-30", "09-30", "12-31")
TODAY = date(2026, 11, 22)


def by_rule(*rule, **given):
    """A call whose source says nothing of its status, as the connector `rule` makes it."""
    deadline = Deadline(words="Viermal im Jahr", kind=DeadlineKind.RULE, certainty=Certainty.RULE, rule=rule)
    return a_call(**{"said": Status.UNKNOWN, "deadlines": (deadline,), **given})


def told(old, new, today=TODAY):
    return list(compare(Known(call=old, first_seen=TODAY), new, today=today, status_on=status_on))


def iso(days):
    return [day.isoformat() for day in sorted(days)]


# ---------------------------------------------------------------- days


@pytest.mark.parametrize(
    ("month_day", "today", "day"),
    [
        ("12-31", "2026-11-22", "2026-12-31"),
        ("12-31", "2026-12-31", "2026-12-31"),  # its own day still counts
        ("12-31", "2027-01-01", "2027-12-31"),
        ("01-01", "2026-12-31", "2027-01-01"),
        ("03-31", "2026-11-22", "2027-03-31"),
        ("02-29", "2027-01-01", "2027-02-28"),  # the last day of February
        ("02-29", "2027-03-01", "2028-02-29"),
        ("02-29", "2028-02-29", "2028-02-29"),
        ("02-28", "2028-02-29", "2029-02-28"),
        ("02-29", "2100-01-01", "2100-02-28"),  # no leap year
    ],
)
def test_the_next_day_of_a_rule_is_the_first_from_today_on(month_day, today, day):
    assert next_day(month_day, date.fromisoformat(today)).isoformat() == day


@pytest.mark.parametrize(
    "part", ["3-31", "02-30", "13-01", "00-10", "31.3.", "", "03-31/", "01-01/02-02/03-03", "٠٣-٣١"]
)
def test_what_is_no_day_of_every_year_is_no_rule(part):
    assert not is_rule(part)


def test_a_day_or_a_round_is_a_rule():
    assert is_rule("02-29") and is_rule("03-01/05-15")


def test_four_quarters_are_four_days_of_the_next_twelve_months_whenever_one_looks():
    call = by_rule(*QUARTERS)
    for number in range(0, 800, 7):
        today = TODAY + timedelta(days=number)
        days = days_on(call, today)
        assert {f"{day:%m-%d}" for day in days} == set(QUARTERS)
        assert today <= days[0] and days[-1] < today.replace(year=today.year + 1)
        assert next_deadline(call, today).day == days[0] and days_ahead(call, today) == frozenset(days)


def test_the_next_deadline_of_a_rule_is_a_date_that_says_where_it_comes_from():
    found = next_deadline(by_rule(*QUARTERS), TODAY)
    assert (found.day, found.kind, found.certainty) == (date(2026, 12, 31), DeadlineKind.RULE, Certainty.RULE)
    assert found.words == "Viermal im Jahr" and found.time is None


def test_a_date_beside_a_rule_stays_a_date():
    call = by_rule("03-31", deadlines=(a_deadline("2026-12-15"), *by_rule("03-31").deadlines))
    assert [deadline.day for deadline in deadlines_on(call, TODAY)] == [date(2026, 12, 15), date(2027, 3, 31)]
    assert next_deadline(call, TODAY).kind is DeadlineKind.SINGLE


def test_a_rule_in_words_alone_gives_no_day():
    call = by_rule()
    assert days_on(call, TODAY) == () and next_deadline(call, TODAY) is None
    assert status_on(call, TODAY) is Status.UNKNOWN


# ---------------------------------------------------------------- status


def test_a_rule_without_rounds_is_open_all_year():
    assert all(status_on(by_rule(*QUARTERS), TODAY + timedelta(days=n)) is Status.OPEN for n in range(0, 400, 9))


@pytest.mark.parametrize(
    ("rule", "today", "status", "opens"),
    [
        ("03-01/05-15", "2027-02-28", Status.FORTHCOMING, "2027-03-01"),
        ("03-01/05-15", "2027-03-01", Status.OPEN, None),
        ("03-01/05-15", "2027-05-15", Status.OPEN, None),
        ("03-01/05-15", "2027-05-16", Status.FORTHCOMING, "2028-03-01"),
        ("11-15/01-31", "2026-12-31", Status.OPEN, None),  # over the turn of the year
        ("11-15/01-31", "2027-01-01", Status.OPEN, None),
        ("11-15/01-31", "2027-02-01", Status.FORTHCOMING, "2027-11-15"),
        ("11-15/01-31", "2027-11-14", Status.FORTHCOMING, "2027-11-15"),
    ],
)
def test_between_two_rounds_a_call_is_announced_with_the_day_on_which_the_next_one_opens(rule, today, status, opens):
    call, day = by_rule(rule), date.fromisoformat(today)
    assert status_on(call, day) is status
    assert next_round(call, day) == (date.fromisoformat(opens) if opens else None)


def test_one_open_round_of_several_is_enough():
    call = by_rule("01-15/03-15", "08-15/10-15")
    assert status_on(call, date(2027, 9, 1)) is Status.OPEN
    assert next_round(call, date(2027, 4, 1)) == date(2027, 8, 15)


def test_what_the_source_says_outweighs_its_rounds():
    assert status_on(by_rule("03-01/05-15", said=Status.OPEN), TODAY) is Status.OPEN
    assert status_on(by_rule("03-01/05-15", said=Status.CLOSED), TODAY) is Status.CLOSED


def test_a_date_ahead_opens_a_call_between_its_rounds():
    call = by_rule(deadlines=(a_deadline("2026-12-15"), *by_rule("03-01/05-15").deadlines))
    assert status_on(call, TODAY) is Status.OPEN


# ---------------------------------------------------------------- changes


def test_rolling_on_is_no_change_on_any_day_of_two_years():
    for call in (by_rule(*QUARTERS), by_rule("02-29"), by_rule("11-15/01-31")):
        for number in range(800):
            assert told(call, call, TODAY + timedelta(days=number)) == []


def test_a_changed_rule_is_one_event_with_the_dates_of_the_next_twelve_months():
    (change,) = told(by_rule(*QUARTERS), by_rule("04-15", *QUARTERS[1:]))
    assert (change.kind, change.field) == (ChangeKind.DEADLINE, "deadlines")
    assert change.old == ["2026-12-31", "2027-03-31", "2027-06-30", "2027-09-30"]
    assert change.new == ["2026-12-31", "2027-04-15", "2027-06-30", "2027-09-30"]


def test_other_words_for_the_same_rule_are_no_change():
    (deadline,) = by_rule(*QUARTERS).deadlines
    again = by_rule(deadlines=(Deadline(words="je zum Quartalsende", kind=deadline.kind, rule=deadline.rule[::-1]),))
    assert told(by_rule(*QUARTERS), again) == []


def test_a_date_in_place_of_a_rule_is_a_change():
    (change,) = told(by_rule("03-31"), a_call(said=Status.UNKNOWN, deadlines=(a_deadline("2027-04-30"),)))
    assert (change.kind, change.old, change.new) == (ChangeKind.DEADLINE, ["2027-03-31"], ["2027-04-30"])


def test_a_new_call_by_rule_is_told_with_its_next_dates():
    found = plan({}, [by_rule("03-31")], today=TODAY, first_run=False, proves_absence=True, status_on=status_on)
    assert [(change.kind, change.new) for change in found.changes] == [(ChangeKind.NEW, ["2027-03-31"])]


def test_a_rule_is_never_past():
    past = a_deadline("2026-03-01")
    assert not all_past(by_rule("03-31"), TODAY)
    assert not all_past(by_rule(deadlines=(past, *by_rule("03-31").deadlines)), TODAY)


# ---------------------------------------------------------------- understood


def test_a_rule_is_understood_with_its_words_and_what_else_must_be_kept():
    raw = RawDeadline(
        words="je zum  Quartalsende", kind=DeadlineKind.RULE, rule=("03-31", "06-30", "03-31"), lead="3 Monate  vorher"
    )
    (found,) = read_deadlines(raw, "de", "Europe/Berlin")
    assert found == Deadline(
        words="je zum Quartalsende",
        zone="Europe/Berlin",
        kind=DeadlineKind.RULE,
        certainty=Certainty.RULE,
        rule=("03-31", "06-30"),
        lead="3 Monate vorher",
    )


def test_what_cannot_be_a_rule_is_left_out_and_never_guessed():
    raw = RawDeadline(words="Ende Februar", kind=DeadlineKind.RULE, rule=("02-30",))
    (found,) = read_deadlines(raw, "de", "")
    assert (found.rule, found.certainty, found.day) == ((), Certainty.UNKNOWN, None)


def test_a_rule_survives_normalizing():
    raw = RawCall(
        external_id="rule",
        title="Fonds",
        url="https://fonds.example/",
        deadlines=(RawDeadline(words="jährlich", kind=DeadlineKind.RULE, rule=("03-01/05-15",)),),
    )
    assert iso(days_ahead(normalize(raw, a_source()), TODAY)) == ["2027-05-15"]
