"""Values to JSON and back: nothing is lost, nothing is made up, equal values have equal names."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import a_call, a_deadline
from tests.builders_digest import euros
from tracker.model import (
    Budget,
    Call,
    Certainty,
    Deadline,
    DeadlineKind,
    Evidence,
    Finding,
    Match,
    Money,
    Status,
    TopicMatch,
    Verdict,
)
from tracker.records import Run
from tracker.values import dumps, fingerprint, full, load, moment, plain

words = st.text(max_size=20)
unknown_or_words = st.none() | st.text(min_size=1, max_size=20)  # where None says unknown, "" never stands
amounts = st.none() | st.decimals(min_value=0, max_value=10**12, places=2)
dates = st.none() | st.dates()
money = st.builds(Money, minimum=amounts, maximum=amounts, currency=words, words=words)
deadlines = st.builds(
    Deadline,
    words=words,
    day=dates,
    time=st.none() | st.times(),
    zone=unknown_or_words,
    kind=st.sampled_from(DeadlineKind),
    stage=st.none() | st.integers(1, 9),
    certainty=st.sampled_from(Certainty),
)
budgets = st.builds(
    Budget,
    total=st.none() | money,
    grant=st.none() | money,
    scope=words,
    expected_grants=st.none() | st.integers(0, 999),
    rate=words,
)
tuples = st.lists(words, max_size=3).map(tuple)
calls = st.builds(
    Call,
    source_id=words,
    external_id=words,
    title=words,
    url=words,
    language=unknown_or_words,
    said=st.sampled_from(Status),
    deadlines=st.lists(deadlines, max_size=3).map(tuple),
    opens=dates,
    description=words,
    eligible=tuples,
    identifiers=tuples,
    budget=st.none() | budgets,
)
evidence = st.builds(Evidence, words=words, where=words, term=words)
topics = st.builds(TopicMatch, topic=words, score=st.floats(0, 1), cities=tuples, evidence=st.tuples(evidence))
matches = st.builds(
    Match,
    topics=st.lists(topics, max_size=2).map(tuple),
    relevance=st.floats(0, 3),
    verdict=st.sampled_from(Verdict),
    cities=tuples,
    why=tuples,
)
seconds = timedelta(days=70_000).total_seconds()
moments = st.floats(0, seconds).map(lambda after: datetime(1970, 1, 2, tzinfo=UTC) + timedelta(seconds=after))
runs = st.builds(
    Run,
    source_id=words,
    started_at=moments,
    state=words,
    healthy=st.booleans(),
    calls=st.none() | st.integers(0),
    findings=st.lists(st.builds(Finding, message=words, fatal=st.booleans(), url=words), max_size=2).map(tuple),
    pages=st.dictionaries(words, words, max_size=3),
)


@pytest.mark.parametrize(("kind", "values"), [(Call, calls), (Match, matches), (Run, runs), (Budget, budgets)])
def test_a_value_comes_back_as_it_was(kind, values):
    @given(value=values)
    def comes_back(value):
        assert load(kind, json.loads(dumps(value))) == value
        assert fingerprint(load(kind, plain(value))) == fingerprint(value)

    comes_back()


@given(one=calls, other=calls)
def test_two_values_have_one_fingerprint_only_if_they_are_equal(one, other):
    assert (fingerprint(one) == fingerprint(other)) is (one == other)


@given(at=moments, other=moments)
def test_moments_as_text_are_in_the_order_of_time(at, other):
    whole, another = at.replace(microsecond=0), other.replace(microsecond=0)
    assert (moment(at) < moment(other)) is (whole < another)
    assert datetime.fromisoformat(moment(at)) == whole


def test_a_moment_is_told_in_utc_with_whole_seconds():
    summer = timezone(timedelta(hours=2))
    assert moment(datetime(2026, 6, 15, 6, 0, 0, 999999, tzinfo=summer)) == "2026-06-15T04:00:00+00:00"


def test_what_is_empty_is_left_out_so_that_a_new_field_changes_no_fingerprint():
    @dataclass(frozen=True)
    class Before:
        title: str
        language: str | None = None

    @dataclass(frozen=True)
    class After:
        title: str
        language: str | None = None
        areas: tuple[str, ...] = ()
        note: str = ""

    assert plain(Before("a")) == plain(After("a")) == {"title": "a"}
    assert fingerprint(Before("a")) == fingerprint(After("a")) != fingerprint(After("a", note="b"))


def test_zero_and_false_are_not_empty():
    assert plain(Money(minimum=Decimal(0), maximum=None, currency="", words="0")) == {"minimum": "0", "words": "0"}
    assert plain(Finding(message="m", fatal=False))["fatal"] is False


@pytest.mark.parametrize("amount", ["0", "0.00", "8455", "50745.50", "1E+6", "12345678901234567890.01"])
def test_amounts_keep_every_digit_and_are_never_floats(amount):
    value = Money(minimum=Decimal(amount), maximum=None, currency="EUR", words=amount)
    assert "E" not in plain(value)["minimum"] and load(Money, plain(value)) == value


def test_for_programs_unknown_is_null_and_nothing_is_left_out():
    told = full(Budget(total=euros("6000000")))
    assert told["grant"] is None and told["expected_grants"] is None and told["rate"] == ""
    assert told["total"]["minimum"] == "6000000"
    assert full((a_deadline("2026-09-23"),))[0]["day"] == "2026-09-23"


def test_a_field_without_a_default_may_be_empty():
    silent = Deadline(words="")
    assert plain(silent) == {"kind": "unknown", "certainty": "unknown"} and load(Deadline, plain(silent)) == silent


def test_times_and_letters_stay_as_they_are():
    call = a_call(title="Förderung für Україна – \N{SNOWMAN}", deadlines=(Deadline(words="12 Uhr", time=time(12)),))
    assert "Україна" in dumps(call) and load(Call, json.loads(dumps(call))) == call


def test_half_a_character_has_a_fingerprint_too():
    assert fingerprint(a_call(title="halb \ud83d")) != fingerprint(a_call(title="halb"))


@pytest.mark.parametrize(
    "data", [{"words": "x", "day": "gestern"}, {"words": "x", "kind": "sometimes"}, {"words": "x", "colour": "red"}]
)
def test_data_of_another_shape_is_refused(data):
    with pytest.raises((ValueError, TypeError, KeyError)):
        load(Deadline, data)


def test_dates_are_iso_text():
    assert plain(date(2026, 6, 15)) == "2026-06-15"
