"""Amounts are read with their multipliers, limits and currencies; what is not stated is None, never 0."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tracker.model import RawBudget
from tracker.normalize import read_budget, read_money


def told(words: str, language: str = "", currency: str = "") -> tuple[int | None, int | None, str] | None:
    money = read_money(words, language, currency)
    if money is None:
        return None
    low, high = (None if end is None else float(end) for end in (money.minimum, money.maximum))
    return low, high, money.currency


@pytest.mark.parametrize(
    ("words", "amount", "currency"),
    [
        ("2,5 Mio. €", 2_500_000, "EUR"),
        ("2,5 Millionen Euro", 2_500_000, "EUR"),
        ("EUR 1.5 million", 1_500_000, "EUR"),
        ("1.5 million", 1_500_000, ""),
        ("€2m", 2_000_000, "EUR"),
        ("2 M€", 2_000_000, "EUR"),
        ("500 k€", 500_000, "EUR"),
        ("TEUR 500", 500_000, "EUR"),
        ("Mio. EUR 2,5", 2_500_000, "EUR"),
        ("1,2 Mrd. Euro", 1_200_000_000, "EUR"),
        ("10 Tsd. €", 10_000, "EUR"),
        ("3 milioni di euro", 3_000_000, "EUR"),
        ("50 mila euro", 50_000, "EUR"),
        ("2 millions d'euros", 2_000_000, "EUR"),
        ("2 mld. Kč", 2_000_000_000, "CZK"),
        ("1,5 mil. Kč", 1_500_000, "CZK"),
        ("500 tis. Kč", 500_000, "CZK"),
        ("Kč 1 500 000", 1_500_000, "CZK"),
        ("100 тис. грн", 100_000, "UAH"),
        ("2 млн грн", 2_000_000, "UAH"),
        ("200\u00a0000 €", 200_000, "EUR"),
        ("200\u202f000 €", 200_000, "EUR"),
        ("£25,000", 25_000, "GBP"),
        ("$ 1.2 million", 1_200_000, "USD"),
        ("US$500,000", 500_000, "USD"),
        ("1'000 CHF", 1_000, "CHF"),
        ("CHF 5’000", 5_000, "CHF"),
        ("30 000 FCFA", 30_000, "XOF"),
        ("1.000.000,00 €", 1_000_000, "EUR"),
        ("€1,000,000.00", 1_000_000, "EUR"),
        ("5.000,- €", 5_000, "EUR"),
        ("8.455,50 €", 8_455.5, "EUR"),
        ("Haushalt 2027: 2,5 Mio. €", 2_500_000, "EUR"),
        ("Funding support : 2,000,000 €", 2_000_000, "EUR"),
        ("mit 15 Millionen Euro pro Jahr ausgestattet", 15_000_000, "EUR"),
    ],
)
def test_a_single_amount_is_minimum_and_maximum(words, amount, currency):
    assert told(words) == (amount, amount, currency)


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("zwischen 10.000 und 50.000 €", 10_000, 50_000),
        ("liegt zwischen 100.000 € und 500.000 €.", 100_000, 500_000),
        ("between €10,000 and €50,000", 10_000, 50_000),
        ("von 5.000 bis zu 50.000 Euro", 5_000, 50_000),
        ("10.000 - 50.000 EUR", 10_000, 50_000),
        ("from €10,000 to €50,000", 10_000, 50_000),
        ("entre 2 et 5 millions d’euros", 2_000_000, 5_000_000),
        ("2 bis 5 Mio. €", 2_000_000, 5_000_000),
        ("500.000 bis 1 Mio. €", 500_000, 1_000_000),
        ("mindestens 5.000 €, höchstens 50.000 €", 5_000, 50_000),
        ("0 bis 5.000 €", None, 5_000),
        ("bis zu 5.000 €", None, 5_000),
        ("max. 80.000 Euro", None, 80_000),
        ("Maximale Förderung: 80.000 Euro", None, 80_000),
        ("up to EUR 1.5 million", None, 1_500_000),
        ("jusqu'à 10 000 €", None, 10_000),
        ("fino a 20.000 €", None, 20_000),
        ("až do 100 000 €", None, 100_000),
        ("höchstens 50.000 €", None, 50_000),
        ("bis zu 80 % der Kosten, max. 80.000 Euro", None, 80_000),
        ("ab 500 €", 500, None),
        ("mindestens 1.000 €", 1_000, None),
        ("at least €1,000", 1_000, None),
        ("almeno 1.000 euro", 1_000, None),
    ],
)
def test_limits_and_ranges_keep_their_side(words, low, high):
    assert told(words) == (low, high, "EUR")


@pytest.mark.parametrize(
    "words",
    [
        *("", "0", "0 €", "0,00 EUR", "none", "k. A.", "-500 €"),
        *("80 %", "50 Prozent", "2027", "2021 - 2027", "im Jahr 2026", "12 Projekte", "am 15.03.2027"),
        "10.000 € und 50.000 €",  # two amounts; which of them, the words do not say
        "4 Förderkategorien, die von bis zu 5.000 € bis über 50.000 € reichen",
        "£25,000 ($30,000)",
        "50.000 bis 10.000 €",
    ],
)
def test_what_states_no_amount_is_none(words):
    assert read_money(words) is None


@pytest.mark.parametrize(
    ("words", "language", "amount"),
    [
        ("1.500 €", "de", 1_500),
        ("1.500 €", "it", 1_500),
        ("1.500 €", "", 1_500),
        ("1,500 €", "en", 1_500),
        ("1.500 €", "en", None),
        ("1,500 €", "de", None),
        ("1.500 Mio. €", "de", 1_500_000_000),
        ("€1.500 million", "en", 1_500_000),
        ("€1,500 million", "en", 1_500_000_000),
        ("1.500 Mio. €", "", None),
        ("2 Billionen €", "de", 2_000_000_000_000),
        ("€2 billion", "en", 2_000_000_000),
        ("500 mil €", "es", 500_000),
    ],
)
def test_the_language_decides_what_a_separator_and_a_word_mean(words, language, amount):
    assert told(words, language) == (None if amount is None else (amount, amount, "EUR"))


def test_a_bare_number_is_an_amount_in_a_field_of_money_only():
    assert told("20000000", currency="EUR") == (20_000_000, 20_000_000, "EUR")
    assert told("2027", currency="EUR") == (2_027, 2_027, "EUR")
    assert told("5000") == (5_000, 5_000, "")
    assert told("bis 5000", currency="EUR") == (None, 5_000, "EUR")
    assert told("Programm 2021 - 2027", currency="EUR") is None
    assert told("Es gibt 12 Projekte in den Städten", currency="EUR") is None


def test_equal_amounts_are_stored_as_equal_texts():
    written = [str(read_money(words, "de").maximum) for words in ("2,5 Mio. €", "2.500.000,00 €", "2500000 €")]
    assert written == ["2500000"] * 3


# ---------------------------------------------------------------- budgets


def test_the_budget_of_an_eu_topic_is_read():
    raw = RawBudget(
        total="6000000", minimum="8455", maximum="50745", currency="EUR", scope="topic", expected_grants="120"
    )
    budget = read_budget(raw, "en")
    assert (budget.total.maximum, budget.grant.minimum, budget.grant.maximum) == (6_000_000, 8_455, 50_745)
    assert (budget.scope, budget.expected_grants, budget.grant.currency) == ("topic", 120, "EUR")


def test_a_zero_is_not_stated():
    assert read_budget(RawBudget(total="0", minimum="0", maximum="0", expected_grants="0", currency="EUR")) is None
    budget = read_budget(RawBudget(total="0", maximum="50000", expected_grants="0", currency="EUR"))
    assert (budget.total, budget.grant.minimum, budget.expected_grants) == (None, None, None)
    assert budget.grant.maximum == Decimal(50_000)


def test_a_range_in_one_field_is_read_as_a_range():
    budget = read_budget(RawBudget(maximum="zwischen 10.000 und 50.000 €"), "de")
    assert (budget.grant.minimum, budget.grant.maximum) == (10_000, 50_000)


def test_a_budget_that_contradicts_itself_says_nothing():
    assert read_budget(RawBudget(minimum="50000", maximum="10000", currency="EUR")) is None
    assert read_budget(RawBudget(minimum="10 €", maximum="20 £")) is None


@pytest.mark.parametrize(("words", "grants"), [("3", 3), ("3.0", 3), ("ca. 12", 12), ("10-15", None), ("-", None)])
def test_the_number_of_grants_is_whole_or_unknown(words, grants):
    budget = read_budget(RawBudget(rate="80 %", expected_grants=words))
    assert (budget.expected_grants, budget.rate) == (grants, "80 %")


def test_no_budget_is_no_budget():
    assert read_budget(None) is None
    assert read_budget(RawBudget(scope="topic", currency="EUR")) is None
