"""When two portals mean one call, and when they disagree about it."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import a_call
from tracker.model import Deadline
from tracker.same import comparable, conflict, likeness, pairs, same

DAY = date(2027, 3, 15)


def like(title, programme="", funder="", days=(DAY,)):
    return likeness(title, programme, funder, days)


DANUBE, CENTRAL = "Interreg Danube", "Interreg Central Europe"
ONE = [
    (like("Interreg Danube: Third Call for Proposals", DANUBE), like("Interreg Danube – 3rd call", f"{DANUBE} Region")),
    (like("Strategic call for projects", CENTRAL), like("Strategic Call for Projects", "", "Interreg CENTRAL EUROPE")),
    (like("Town Twinning 2027", "CERV"), like("Call for proposals: town-twinning 2027", "CERV")),
    (like("Appel à projets: Jumelages durables", "Fonds vert"), like("Jumelages durables", "Fonds Vert")),
]
TWO = [
    (like("Town Twinning 2027", "CERV"), like("Town Twinning 2026", "CERV")),
    (like("Second call for small projects", DANUBE), like("Third call for small projects", DANUBE)),
    (like("Sustainable cities, part I", "LIFE"), like("Sustainable cities, part II", "LIFE")),
    (like("Town Twinning", "CERV"), like("Town Twinning", "Erasmus")),
    (like("Town Twinning", "CERV"), like("Networks of Towns", "CERV")),
    (like("Town Twinning"), like("Town Twinning")),
    (like("Town Twinning", "CERV"), like("Town Twinning", "CERV", days=[date(2027, 3, 16)])),
    (like("Town Twinning", "CERV", days=[]), like("Town Twinning", "CERV", days=[])),
    (like("Call for proposals", "CERV"), like("Open call", "CERV")),
    (
        likeness("Town Twinning", "CERV", "", [DAY], ["CERV-2027-TT-01"]),
        likeness("Town Twinning", "CERV", "", [DAY], ["CERV-2027-TT-02"]),
    ),
]


@pytest.mark.parametrize(("one", "other"), ONE)
def test_one_call_in_two_spellings_is_one_call(one, other):
    assert same(one, other) and same(other, one)


@pytest.mark.parametrize(("one", "other"), TWO)
def test_a_title_alone_makes_no_two_calls_one_nor_does_any_pair_out_of_three(one, other):
    assert not same(one, other) and not same(other, one)


def test_a_call_that_answers_to_two_others_is_joined_to_none():
    call = like("Town Twinning", "CERV")
    assert pairs({"a": call}, {1: call}) == {"a": 1}
    assert pairs({"a": call}, {1: call, 2: call}) == {}
    assert pairs({"a": call, "b": call}, {1: call}) == {}


def test_pages_and_calls_without_a_day_are_compared_by_nothing():
    assert comparable(a_call(page=True, deadlines=(Deadline(words="", day=DAY),))) is None
    assert comparable(a_call(deadlines=())) is None
    assert comparable(a_call(deadlines=(Deadline(words="", day=DAY),))) is not None


# ---------------------------------------------------------------- conflicts

TODAY = date(2026, 10, 1)


def by(*days):
    return tuple(Deadline(words=day, day=date.fromisoformat(day)) for day in days)


def test_two_next_deadlines_are_a_conflict_with_both_sources():
    """Interreg Romania-Bulgaria, 2025-10: 22 October on EuroAccess, 22 December on the programme's own page."""
    found = conflict([("euroaccess", by("2026-10-22")), ("programme", by("2026-12-22"))], TODAY)
    assert [(source, deadline.day.isoformat()) for source, deadline in found] == [
        ("euroaccess", "2026-10-22"),
        ("programme", "2026-12-22"),
    ]


def test_a_day_past_here_and_ahead_there_is_a_conflict():
    found = conflict([("a", by("2026-09-01")), ("b", by("2026-12-22"))], TODAY)
    assert [source for source, _ in found] == ["a", "b"]


@pytest.mark.parametrize(
    "says",
    [
        [("a", by("2026-10-22")), ("b", by("2026-10-22"))],
        [("a", by("2026-10-22", "2027-03-01")), ("b", by("2026-10-22"))],
        [("a", by("2026-09-01", "2026-10-22")), ("b", by("2026-10-22"))],
        [("a", by("2026-10-22")), ("b", ())],
        [("a", by("2026-08-01")), ("b", by("2026-09-01"))],
        [],
    ],
)
def test_the_same_next_day_a_silence_and_what_is_over_are_no_conflict(says):
    assert conflict(says, TODAY) == ()
