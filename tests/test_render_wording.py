"""How dates, deadlines and money are said; unknown is said in words."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import pytest

from tests.builders_digest import MONDAY, a_deadline, euros
from tracker.model import Budget, Certainty, Deadline, DeadlineKind, Money
from tracker.render.wording import NBSP, Wording

GERMAN = Wording("de", "Europe/Berlin", MONDAY)
ENGLISH = Wording("en", "Europe/Berlin", MONDAY)


def plain(text):
    return text.replace(NBSP, " ")


def test_a_date_never_breaks_in_the_middle():
    assert GERMAN.day(date(2026, 9, 23)) == "Mi, 23. September 2026".replace(" ", NBSP)


@pytest.mark.parametrize(
    ("days", "german", "english"),
    [
        (0, "heute", "today"),
        (1, "morgen", "tomorrow"),
        (2, "noch 2 Tage", "2 days left"),
        (1200, "noch 1.200 Tage", None),
    ],
)
def test_days_left_are_said_as_people_say_them(days, german, english):
    assert plain(GERMAN.ahead(days)) == german
    assert english is None or ENGLISH.ahead(days) == english


@pytest.mark.parametrize(("day", "words"), [(15, "heute"), (14, "gestern"), (9, "vor 6 Tagen"), (20, "heute")])
def test_days_past_are_said_as_people_say_them(day, words):
    assert plain(GERMAN.since(date(2026, 6, day))) == words


@pytest.mark.parametrize(
    ("deadline", "text", "certainty"),
    [
        (
            a_deadline(),
            "Mi, 23. September 2026 (noch 100 Tage)",
            "Uhrzeit nicht genannt; auf dem EU-Portal üblich: 17:00 Brüssel",
        ),
        (a_deadline(zone="Europe/Berlin"), "Mi, 23. September 2026 (noch 100 Tage)", "Uhrzeit nicht genannt"),
        (
            a_deadline(time=time(17), certainty=Certainty.STATED),
            "Mi, 23. September 2026, 17:00 Uhr Brüssel (noch 100 Tage)",
            "",
        ),
        (
            a_deadline(time=time(12), zone="Europe/Berlin", certainty=Certainty.STATED),
            "Mi, 23. September 2026, 12:00 Uhr (noch 100 Tage)",
            "",
        ),
        (
            a_deadline(time=time(12), zone=None, certainty=Certainty.STATED),
            "Mi, 23. September 2026, 12:00 Uhr (Zeitzone nicht genannt) (noch 100 Tage)",
            "",
        ),
        (
            a_deadline(time=time(18), zone="America/Guayaquil", certainty=Certainty.STATED),
            "Mi, 23. September 2026, 18:00 Uhr Guayaquil (noch 100 Tage)",
            "",
        ),
        (
            a_deadline(words="bis zum 23. September", certainty=Certainty.PROSE),
            "Mi, 23. September 2026 (noch 100 Tage)",
            "aus dem Fließtext gelesen: „bis zum 23. September“",
        ),
        (
            a_deadline(words="jährlich am 23.9.", certainty=Certainty.RULE),
            "Mi, 23. September 2026 (noch 100 Tage)",
            "aus einer Regel der Quelle errechnet: „jährlich am 23.9.“",
        ),
        (
            a_deadline(words="ca. 23.9.", certainty=Certainty.UNKNOWN),
            "Mi, 23. September 2026 (noch 100 Tage)",
            "unsicher; die Quelle schreibt: „ca. 23.9.“",
        ),
        (
            a_deadline(kind=DeadlineKind.STAGE, stage=1, time=time(17), certainty=Certainty.STATED),
            "Stufe 1: Mi, 23. September 2026, 17:00 Uhr Brüssel (noch 100 Tage)",
            "",
        ),
        (
            a_deadline(kind=DeadlineKind.CUT_OFF, time=time(17), certainty=Certainty.STATED),
            "Stichtag Mi, 23. September 2026, 17:00 Uhr Brüssel (noch 100 Tage)",
            "",
        ),
        (
            a_deadline(words="je zum Quartalsende", kind=DeadlineKind.RULE, certainty=Certainty.RULE, rule=("09-23",)),
            "Mi, 23. September 2026 (noch 100 Tage), nach Regel",
            "aus einer Regel der Quelle errechnet: „je zum Quartalsende“",
        ),
        (
            a_deadline(words="jährlich", kind=DeadlineKind.RULE, certainty=Certainty.RULE, lead="drei Monate\nvorher"),
            "Mi, 23. September 2026 (noch 100 Tage), nach Regel",
            "aus einer Regel der Quelle errechnet: „jährlich“; drei Monate vorher",
        ),
    ],
)
def test_a_deadline_says_how_sure_it_is(deadline, text, certainty):
    assert plain(GERMAN.deadline(deadline, 100)) == text
    assert plain(GERMAN.certainty(deadline, on_eu_portal=deadline.zone == "Europe/Brussels")) == certainty


def test_the_usual_hour_of_the_eu_portal_is_said_of_its_own_calls_only():
    assert plain(GERMAN.certainty(a_deadline())) == "Uhrzeit nicht genannt"


@pytest.mark.parametrize(
    ("deadline", "text"),
    [
        (None, "nicht genannt"),
        (Deadline(words=""), "nicht genannt"),
        (Deadline(words="laufend", kind=DeadlineKind.ROLLING), "laufend, kein fester Termin"),
        (Deadline(words="im Herbst"), "unklar; die Quelle schreibt: „im Herbst“"),
    ],
)
def test_a_deadline_without_a_day_is_never_a_date(deadline, text):
    assert GERMAN.deadline(deadline, None) == text
    assert GERMAN.certainty(deadline) == ""


@pytest.mark.parametrize(
    ("amount", "german", "english"),
    [
        ("6000000", "6 Mio. €", "€6M"),
        ("2500000", "2,5 Mio. €", "€2.5M"),
        ("1250000000", "1,25 Mrd. €", "€1.25B"),
        ("28345678", "28.345.678 €", "€28,345,678"),
        ("8455", "8.455 €", "€8,455"),
        ("8455.5", "8.455,50 €", "€8,455.50"),
        ("1000000", "1 Mio. €", "€1M"),
        ("999999", "999.999 €", "€999,999"),
    ],
)
def test_an_amount_is_short_but_never_rounded(amount, german, english):
    assert plain(GERMAN.amount(Decimal(amount), "EUR")) == german
    assert plain(ENGLISH.amount(Decimal(amount), "EUR")) == english
    assert " " not in GERMAN.amount(Decimal(amount), "EUR")


@pytest.mark.parametrize(
    ("currency", "text"),
    [
        ("CZK", "5.000 CZK"),
        ("UAH", "5.000 UAH"),
        ("", "5.000 (Währung nicht genannt)"),
        ("<b>", "5.000 (Währung nicht genannt)"),
    ],
)
def test_other_and_missing_currencies_are_named(currency, text):
    assert plain(GERMAN.amount(Decimal(5000), currency)) == text


@pytest.mark.parametrize(
    ("money", "text"),
    [
        (euros("8455", "50745"), "8.455 € bis 50.745 €"),
        (euros("300000"), "300.000 €"),
        (Money(minimum=None, maximum=Decimal(50000), currency="EUR", words=""), "bis zu 50.000 €"),
        (Money(minimum=Decimal(50000), maximum=None, currency="EUR", words=""), "mindestens 50.000 €"),
        (euros(None, words="nach Absprache"), "unklar; die Quelle schreibt: „nach Absprache“"),
        (euros(None), "nicht genannt"),
    ],
)
def test_a_range_keeps_the_end_that_is_unknown_open(money, text):
    assert plain(GERMAN.money(money)) == text


@pytest.mark.parametrize(
    ("budget", "text", "note"),
    [
        (None, "nicht genannt", ""),
        (Budget(), "nicht genannt", ""),
        (
            Budget(total=euros("28000000"), scope="call"),
            "Topf des gesamten Aufrufs 28 Mio. €",
            "Nicht genannt: Betrag je Projekt, Förderquote",
        ),
        (Budget(total=euros("300000"), scope="project", rate="50 %"), "300.000 € je Projekt; Förderquote 50 %", ""),
        (
            Budget(grant=euros("300000"), rate="50 %", expected_grants=1),
            "300.000 € je Projekt; Förderquote 50 %; etwa 1 Projekt erwartet",
            "Nicht genannt: Topf",
        ),
        (
            Budget(total=euros("6000000"), grant=euros("8455", "50745"), rate="100 %", expected_grants=120),
            "Topf 6 Mio. €; 8.455 € bis 50.745 € je Projekt; Förderquote 100 %; etwa 120 Projekte erwartet",
            "",
        ),
    ],
)
def test_a_budget_names_its_scope_and_what_is_missing(budget, text, note):
    said, silent = GERMAN.budget(budget)
    assert (plain(said), silent) == (text, note)


def test_lists_are_spoken():
    assert GERMAN.listed(()) == ""
    assert GERMAN.listed(["a"]) == "a"
    assert GERMAN.listed(["a", "b", "c"]) == "a, b und c"
