"""When a run may be believed."""

import pytest

from tests.builders import a_raw_call
from tracker.checks import Harvest, History, check
from tracker.model import Expectation, RawDeadline, Skipped


def calls(count, **given):
    return tuple(a_raw_call(external_id=str(number), **given) for number in range(count))


def a_harvest(count=100, **given):
    return Harvest(**{"calls": calls(count), "rows": count, **given})


def fatal(harvest, expect=None, history=None):
    findings = check(harvest, expect or Expectation(), history or History())
    return [finding.message for finding in findings if finding.fatal]


def test_a_run_like_the_last_one_is_healthy():
    assert check(a_harvest(), Expectation(), History(last=100, median=100)) == ()


def test_no_calls_at_all_is_no_quiet_week():
    assert fatal(a_harvest(0)) == ["no calls at all"]


def test_a_source_that_may_be_empty_says_so_in_sources_yaml():
    assert fatal(a_harvest(0), Expectation(empty_is_fine=True)) == []


@pytest.mark.parametrize(("count", "believed"), [(80, True), (79, False)])
def test_under_four_fifths_of_the_last_run_is_not_believed(count, believed):
    assert (fatal(a_harvest(count), history=History(last=100)) == []) is believed


@pytest.mark.parametrize(("count", "believed"), [(60, True), (59, False)])
def test_a_slow_decline_is_held_against_eight_weeks(count, believed):
    assert (fatal(a_harvest(count), history=History(last=count, median=100)) == []) is believed


def test_a_small_source_may_halve():
    assert fatal(a_harvest(5), history=History(last=20, median=20)) == []
    assert fatal(a_harvest(5), history=History(last=21)) != []


def test_the_guards_are_set_per_source():
    expect = Expectation(min_share_of_last=0.2, min_calls=50)
    assert fatal(a_harvest(40), expect, History(last=100)) == ["40 calls, at least 50 expected"]


def test_a_rise_only_warns():
    findings = check(a_harvest(275), Expectation(max_calls=200), History(last=100, median=100))
    assert len(findings) == 2 and not any(finding.fatal for finding in findings)


def test_rows_that_were_announced_and_not_read_make_the_run_incomplete():
    assert fatal(a_harvest(99, announced=100)) == ["100 rows announced, 99 read: incomplete"]


def test_one_bad_row_in_twenty_is_named_and_left_out():
    skipped = (Skipped("row 7", "no title"),)
    (finding,) = check(a_harvest(19, rows=20, skipped=skipped), Expectation(), History())
    assert not finding.fatal and "row 7 (no title)" in finding.message


def test_more_than_one_bad_row_in_twenty_is_not_believed():
    skipped = tuple(Skipped(f"row {number}", "no title") for number in range(6))
    (message,) = fatal(a_harvest(94, rows=100, skipped=skipped))
    assert "6 of 100 rows" in message and "and 3 more" in message


def test_repeats_are_told_and_not_fatal():
    (finding,) = check(a_harvest(99, rows=100, repeated=1), Expectation(), History())
    assert not finding.fatal and "proves no absence" in finding.message


def test_a_field_that_used_to_be_filled_is_missed():
    dated = calls(30, deadlines=(RawDeadline(words="1.1.2027"),))
    expect = Expectation(filled={"deadlines": 0.5})
    assert fatal(Harvest(calls=dated + calls(30), rows=60), expect) == []
    assert fatal(Harvest(calls=dated + calls(31), rows=61), expect) == [
        "deadlines is filled in 30 of 61 calls, at least 50% expected"
    ]


@pytest.mark.parametrize(("length", "believed"), [(200, True), (199, False), (0, False)])
def test_under_a_fifth_of_the_last_text_is_no_page(length, believed):
    page = a_raw_call(page=True, description="x" * length)
    history = History(texts={"a": 1000, "b": 9000})
    assert (fatal(Harvest(calls=(page,), rows=1), history=history) == []) is believed
    assert fatal(Harvest(calls=(page,), rows=1), Expectation(min_share_of_text=0), history) == []


def test_a_call_of_a_list_may_have_any_text():
    assert fatal(Harvest(calls=(a_raw_call(),), rows=1), history=History(texts={"a": 1000})) == []
