"""What counts as a change, and what does not."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.builders import a_call
from tracker.changes import Known, absent, all_past, compare, keep_known, plan, plan_unchanged
from tracker.model import Budget, ChangeKind, DeadlineKind, Money, Status
from tracker.normalize import status_on

TODAY = date(2026, 5, 20)
LONG_AGO = date(2026, 4, 1)


def known(call, **given):
    return Known(**{"call": call, "first_seen": LONG_AGO, **given})


def told(old, call, today=TODAY):
    return [change.kind for change in compare(old, call, today=today, status_on=status_on)]


def run(known_calls, seen, today=TODAY, **given):
    values = {"first_run": False, "proves_absence": True, "status_on": status_on, **given}
    return plan({old.call.external_id: old for old in known_calls}, seen, today=today, **values)


# ---------------------------------------------------------------- new


def test_a_first_run_is_stock_and_tells_nothing():
    assert run([], [a_call("a", "2026-09-01")], first_run=True).changes == ()


def test_a_call_never_seen_is_new_whatever_its_opening_date():
    (change,) = run([], [a_call("a", "2026-09-01", opens=date(2020, 1, 1))]).changes
    assert (change.kind, change.new) == (ChangeKind.NEW, ["2026-09-01"])


def test_a_call_whose_deadlines_are_all_past_is_kept_but_not_told():
    found = run([], [a_call("a", "2026-05-19")])
    assert found.changes == () and len(found.new) == 1


def test_a_call_that_closes_today_is_still_news():
    assert [change.kind for change in run([], [a_call("a", "2026-05-20")]).changes] == [ChangeKind.NEW]


def test_a_call_without_a_date_is_news_unless_its_source_calls_it_closed():
    assert len(run([], [a_call("a")]).changes) == 1
    assert run([], [a_call("a", said=Status.CLOSED)]).changes == ()


def test_a_further_origin_is_no_event():
    assert run([], [a_call("a", "2026-09-01")], joins={"a": 7}).changes == ()


# ---------------------------------------------------------------- deadlines


def test_a_moved_deadline_is_one_event_with_old_and_new_dates():
    (change,) = run([known(a_call("a", "2026-05-28"))], [a_call("a", "2026-06-25")]).changes
    assert (change.kind, change.field) == (ChangeKind.DEADLINE, "deadlines")
    assert (change.old, change.new) == (["2026-05-28"], ["2026-06-25"])


def test_an_extension_seen_after_the_old_date_had_passed_is_one_event():
    old = known(a_call("a", "2026-05-18"))
    assert told(old, a_call("a", "2026-06-01")) == [ChangeKind.DEADLINE]


def test_the_passing_of_time_is_no_change():
    call = a_call("a", "2026-05-01", "2026-09-01", kind=DeadlineKind.CUT_OFF)
    for day in (date(2026, 4, 30), date(2026, 5, 1), date(2026, 5, 2), date(2026, 9, 2)):
        assert told(known(call), call, today=day) == []


def test_a_past_cut_off_that_leaves_the_list_is_no_change():
    before = a_call("a", "2026-05-01", "2026-09-01", kind=DeadlineKind.CUT_OFF)
    assert told(known(before), a_call("a", "2026-09-01", kind=DeadlineKind.CUT_OFF)) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (["2026-06-01"], ["2026-05-25"]),
        (["2026-06-01", "2026-09-01"], ["2026-09-01"]),
        (["2026-06-01"], ["2026-06-01", "2026-09-01"]),
        ([], ["2026-06-01"]),
        (["2026-06-01"], []),
    ],
    ids=["brought forward", "one taken away", "one added", "first date", "no date any more"],
)
def test_dates_ahead_that_differ_are_a_change(before, after):
    assert told(known(a_call("a", *before)), a_call("a", *after)) == [ChangeKind.DEADLINE]


def test_reordered_or_reworded_deadlines_are_no_change():
    before = a_call("a", "2026-06-01", "2026-09-01", kind=DeadlineKind.CUT_OFF)
    after = replace(before, deadlines=tuple(replace(d, words="other words") for d in reversed(before.deadlines)))
    assert told(known(before), after) == []


# ---------------------------------------------------------------- status, title, budget


def test_a_forthcoming_call_that_opens_is_told_once():
    before = a_call("a", "2026-09-01", said=Status.FORTHCOMING)
    after = a_call("a", "2026-09-01")
    assert told(known(before), after) == [ChangeKind.STATUS]
    assert told(known(after), after) == []


def test_a_call_that_its_source_closes_early_is_told():
    (change,) = run([known(a_call("a", "2026-09-01"))], [a_call("a", "2026-09-01", said=Status.CLOSED)]).changes
    assert (change.kind, change.old, change.new) == (ChangeKind.STATUS, "open", "closed")


def test_a_deadline_that_moves_and_thereby_reopens_a_call_is_one_event():
    assert told(known(a_call("a", "2026-05-01")), a_call("a", "2026-09-01")) == [ChangeKind.DEADLINE]


def test_a_status_that_nobody_knows_is_no_change():
    before = a_call("a", said=Status.UNKNOWN)
    assert told(known(before), a_call("a", said=Status.OPEN)) == []


def test_a_new_title_is_told_but_not_its_spaces_and_capitals():
    before = a_call("a", title="Call for Towns: 2026")
    assert told(known(before), replace(before, title="call for  towns 2026")) == []
    assert told(known(before), replace(before, title="Call for Cities: 2026")) == [ChangeKind.TITLE]


def money(amount):
    return Budget(total=Money(minimum=Decimal(amount), maximum=Decimal(amount), currency="EUR", words=str(amount)))


def test_a_budget_that_moves_is_told_with_both_figures():
    (change,) = run([known(a_call("a", budget=money(3)))], [a_call("a", budget=money(6))]).changes
    assert change.kind is ChangeKind.BUDGET and change.field == "total"
    assert (change.old["maximum"], change.new["maximum"]) == ("3", "6")


def test_a_source_that_falls_silent_about_money_has_not_changed_its_mind():
    assert told(known(a_call("a", budget=money(3))), a_call("a")) == []
    assert told(known(a_call("a")), a_call("a", budget=money(3))) == []


# ---------------------------------------------------------------- gone and back


def days_missing(call, first, count, step=1):
    """The kinds told while `call` is missing for `count` days."""
    old, kinds = known(call), []
    for number in range(count):
        today = first + timedelta(days=number * step)
        found = run([old], [], today=today)
        kinds += [change.kind for change in found.changes]
        absence = found.absences.get("a")
        if absence:
            old = replace(old, absent=absence.days, gone=absence.gone)
    return kinds


def test_a_gap_of_two_days_is_no_event():
    assert days_missing(a_call("a", "2026-09-01"), TODAY, 2) == []


def test_a_call_missing_on_three_days_before_its_deadline_is_withdrawn_once():
    assert days_missing(a_call("a", "2026-09-01"), TODAY, 6) == [ChangeKind.WITHDRAWN]


def test_a_call_missing_after_its_deadline_is_closed():
    assert days_missing(a_call("a", "2026-05-19"), TODAY, 6) == [ChangeKind.CLOSED]


def test_a_call_that_closes_while_it_is_missing_is_closed_and_not_withdrawn():
    assert days_missing(a_call("a", "2026-05-21"), TODAY, 6) == [ChangeKind.CLOSED]


def test_the_deadline_of_a_two_stage_call_is_its_first_stage():
    # HORIZON-JU-CHIPS-2026-1-RIA: first stage 2026-05-07, off the list from 2026-05-08, second stage in September.
    call = a_call("a", "2026-05-07", "2026-09-17", kind=DeadlineKind.STAGE)
    assert days_missing(call, date(2026, 5, 8), 6) == [ChangeKind.CLOSED]
    assert days_missing(call, date(2026, 5, 1), 3) == [ChangeKind.WITHDRAWN]


def test_days_before_and_after_a_cut_off_are_not_added_up():
    call = a_call("a", "2026-05-21", "2026-09-01", kind=DeadlineKind.CUT_OFF)
    old = known(call, absent=(date(2026, 5, 20), date(2026, 5, 21)))
    assert absent(old, date(2026, 5, 22)).gone is None
    assert days_missing(call, TODAY, 5) == [ChangeKind.WITHDRAWN]


def test_a_call_without_any_deadline_can_be_withdrawn():
    assert days_missing(a_call("a"), TODAY, 3) == [ChangeKind.WITHDRAWN]


def test_three_runs_on_one_day_count_as_one():
    assert days_missing(a_call("a", "2026-09-01"), TODAY, 5, step=0) == []


def test_a_scan_with_repeats_proves_no_absence():
    old = known(a_call("a", "2026-09-01"), absent=(date(2026, 5, 18), date(2026, 5, 19)))
    assert run([old], [], proves_absence=False).changes == ()
    assert run([old], [], proves_absence=False).absences == {}


def test_a_call_that_was_past_when_we_first_saw_it_leaves_without_a_word():
    old = known(a_call("a", "2026-03-01"), absent=(date(2026, 5, 18), date(2026, 5, 19)))
    found = run([old], [])
    assert found.changes == () and found.absences["a"].gone is ChangeKind.CLOSED


def test_a_call_that_another_source_still_lists_is_not_withdrawn():
    old = known(a_call("a", "2026-09-01"), absent=(date(2026, 5, 18), date(2026, 5, 19)), elsewhere=True)
    assert run([old], []).changes == ()


def test_a_call_that_comes_back_is_not_new():
    old = known(a_call("a", "2026-09-01"), gone=ChangeKind.WITHDRAWN)
    found = run([old], [a_call("a", "2026-09-01")])
    assert [change.kind for change in found.changes] == [ChangeKind.RETURNED] and found.back == ("a",)


def test_a_closed_call_that_comes_back_extended_is_one_event():
    old = known(a_call("a", "2026-05-01"), gone=ChangeKind.CLOSED)
    assert told(old, a_call("a", "2026-09-01")) == [ChangeKind.DEADLINE]


def test_a_closed_call_that_flickers_back_is_no_event():
    old = known(a_call("a", "2026-05-01"), gone=ChangeKind.CLOSED)
    found = run([old], [a_call("a", "2026-05-01")])
    assert found.changes == () and found.back == ()


def test_a_gap_ends_with_the_call():
    old = known(a_call("a", "2026-09-01"), absent=(date(2026, 5, 19),))
    assert run([old], [a_call("a", "2026-09-01")]).back == ("a",)


def test_the_same_bytes_again_count_one_more_day_for_what_was_missing():
    old = known(a_call("a", "2026-09-01"), absent=(date(2026, 5, 18), date(2026, 5, 19)))
    found = plan_unchanged({"a": old}, today=TODAY, proves_absence=True)
    assert [change.kind for change in found.changes] == [ChangeKind.WITHDRAWN]
    assert plan_unchanged({"a": old}, today=TODAY, proves_absence=False).absences == {}


def test_a_call_that_does_not_lead_tells_nothing():
    old = known(a_call("a", "2026-06-01"), leads=False)
    assert told(old, a_call("a", "2026-07-01")) == []


def test_an_origin_that_learns_more_is_rewritten_without_an_event():
    found = run([known(a_call("a", "2026-09-01"))], [a_call("a", "2026-09-01", description="Now with a text.")])
    assert len(found.updated) == 1 and found.changes == ()


def test_what_the_details_told_before_stays_when_they_cannot_be_read():
    old = a_call("a", "2026-09-01", description="Known text.", budget=money(3))
    kept = keep_known(a_call("a"), old)
    assert (kept.description, kept.deadlines, kept.budget) == (old.description, old.deadlines, old.budget)
    assert keep_known(a_call("a", "2026-10-01"), old).days == (date(2026, 10, 1),)


def test_a_rolling_call_is_never_past():
    call = a_call("a", "2026-05-01", kind=DeadlineKind.ROLLING)
    assert not all_past(call, TODAY)


# ---------------------------------------------------------------- watched pages

TEXT = "Kommunen können Anträge stellen.\nAnträge sind bis 31. Juli 2026 möglich.\n- Höhe: 50.000 Euro"


def a_page(text=TEXT, *days, **given):
    return a_call("nakopa", *(days or ("2026-07-31",)), **{"page": True, "description": text, **given})


def test_a_page_is_never_new_not_even_after_the_first_run():
    assert run([], [a_page()]).changes == () and len(run([], [a_page()]).new) == 1


def test_changed_sentences_of_a_page_are_one_event_with_both_sides():
    (change,) = run([known(a_page())], [a_page(TEXT.replace("50.000", "60.000"))]).changes
    assert (change.kind, change.field) == (ChangeKind.PAGE, "text")
    assert (change.old, change.new) == (["Höhe: 50.000 Euro"], ["Höhe: 60.000 Euro"])


def test_the_text_of_an_ordinary_call_may_change_in_silence():
    before = a_call("a", "2026-09-01", description=TEXT)
    assert told(known(before), replace(before, description="Ein anderer Text.")) == []


def test_a_date_that_moved_on_a_page_is_told_once():
    after = a_page(TEXT.replace("31. Juli", "30. September"), "2026-09-30")
    assert told(known(a_page()), after) == [ChangeKind.DEADLINE]


def test_a_date_that_moved_after_it_had_passed_is_told_once_too():
    after = a_page(TEXT.replace("31. Juli", "30. September"), "2026-09-30")
    assert told(known(a_page()), after, today=date(2026, 8, 15)) == [ChangeKind.DEADLINE]


def test_a_past_date_that_leaves_a_page_is_a_change_of_the_page_only():
    after = a_call("nakopa", page=True, description=TEXT.replace("Anträge sind bis 31. Juli 2026 möglich.\n", ""))
    assert told(known(a_page()), after, today=date(2026, 8, 15)) == [ChangeKind.PAGE]


def test_a_page_is_not_withdrawn_nor_does_it_return():
    old = known(a_page(), absent=(date(2026, 5, 18), date(2026, 5, 19)))
    assert run([old], []).changes == () and run([old], []).absences["nakopa"].gone is ChangeKind.WITHDRAWN
    assert told(known(a_page(), gone=ChangeKind.WITHDRAWN), a_page()) == []
