"""Whatever strangers write: nothing raises, no date and no amount is made up."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import a_raw_call, a_source
from tracker.days.months import NUMBER
from tracker.errors import ParseError
from tracker.model import RawBudget, RawDeadline
from tracker.normalize import (
    clean_link,
    normalize,
    one_title,
    plain_text,
    read_date,
    read_deadlines,
    read_money,
    safe_html,
    summary,
)

pytestmark = pytest.mark.fuzz

LANGUAGES = st.sampled_from(["", "de", "en", "en-US", "en-GB", "fr", "it", "cs", "uk", "es", "xx"])
ZONES = st.sampled_from(["", "Europe/Berlin", "Europe/Brussels", "America/New_York", "Asia/Tokyo", "nowhere"])
ANY_TEXT = st.text(st.characters(), max_size=200)  # lone surrogates included
PIECES = st.sampled_from(
    [
        *("15.03.2027", "31.02.2027", "02/03/2027", "2027-03-15", "T22:00:00.000+0000", "T00:00Z", "1.", "15.", "31"),
        *(
            "2027",
            "99",
            "0",
            "00",
            "bis",
            "vom",
            "und",
            "-",
            "–",
            "/",
            ".",
            ",",
            ":",
            "\n",
            "*",
            "befristet",
            "laufend",
        ),
        *(
            "00:00",
            "14:00 Uhr",
            "midnight",
            "5pm",
            "CET",
            "€",
            "EUR",
            "Kč",
            "£",
            "Mio.",
            "k€",
            "million",
            "%",
            "zwischen",
        ),
        *("10.000", "1.500", "2,5", "1 000 000", "max.", "ab", "bis zu", "Phase 1", "Stichtag", "<p>", "</p>", "&amp;"),
        *list(NUMBER)[::7],
    ]
)
SENTENCES = st.lists(PIECES, max_size=25).flatmap(
    lambda words: st.sampled_from([" ", "", "\u00a0"]).map(lambda blank: blank.join(words))
)
WORDS = st.one_of(ANY_TEXT, SENTENCES)
many = settings(max_examples=400, deadline=None)


def named_by(day: date, words: str) -> bool:
    """True where year, day and month of `day` stand in `words`, as numbers or as a month's name."""
    numbers = {int(number) for number in re.findall(r"[0-9]+", words) if len(number) <= 4}
    # Day and month of a date may touch in joined pieces: "31.12.2027" beside "15" is still four runs of digits.
    month = day.month in numbers or any(
        number == day.month and name in words.lower() for name, number in NUMBER.items()
    )
    return day.year in numbers and day.day in numbers and month


@many
@given(words=WORDS, language=LANGUAGES, zone=ZONES)
def test_no_deadline_is_made_up(words, language, zone):
    read = read_deadlines(RawDeadline(words=words), language, zone)
    assert read
    for deadline in read:
        day = deadline.day
        if day is None:
            assert deadline.time is None
            continue
        assert date(1999, 12, 31) <= day <= date(2101, 1, 1)
        # Midnight ends the day before; a UTC moment at local midnight begins the day after.
        assert any(named_by(day + timedelta(days=shift), words) for shift in (0, 1, -1))
        if not re.search(r"00|12|midnight|T[0-9]", words):
            assert named_by(day, words)


@many
@given(words=WORDS, language=LANGUAGES, zone=ZONES)
def test_no_opening_date_is_made_up(words, language, zone):
    day = read_date(words, language, zone)
    assert day is None or any(named_by(day - timedelta(days=shift), words) for shift in (0, 1))


@many
@given(day=st.dates(date(2000, 1, 1), date(2100, 12, 31)), name=st.sampled_from(sorted(NUMBER)))
def test_every_day_of_the_century_is_read_back(day, name):
    day = day.replace(day=min(day.day, 28), month=NUMBER[name])
    for words in (f"{day.day}. {name} {day.year}", f"{day.day:02}.{day.month:02}.{day.year}", day.isoformat()):
        assert [one.day for one in read_deadlines(RawDeadline(words=words))] == [day]


@many
@given(words=WORDS, language=LANGUAGES, currency=st.sampled_from(["", "EUR", "CZK"]))
def test_no_amount_is_zero_negative_or_without_digits(words, language, currency):
    money = read_money(words, language, currency)
    if money is None:
        return
    ends = [end for end in (money.minimum, money.maximum) if end is not None]
    assert ends
    assert all(end > 0 for end in ends)
    assert money.minimum is None or money.maximum is None or money.minimum <= money.maximum
    assert re.search(r"[1-9]", money.words)
    assert re.fullmatch(r"[A-Z]{3}|", money.currency)


@many
@given(amount=st.integers(1, 10**9))
def test_every_amount_is_read_back_in_each_notation(amount):
    for words, language in (
        (f"{amount:,} €".replace(",", "."), "de"),
        (f"€{amount:,}", "en"),
        (f"{amount:,} €".replace(",", "\u202f"), "fr"),
        (f"{amount} EUR", ""),
    ):
        assert read_money(words, language).maximum == amount


@many
@given(words=WORDS)
def test_shown_html_holds_nothing_that_acts(words):
    shown = safe_html(words)
    assert not re.search(r"<(?!/?(?:p|br|ul|ol|li|d[ldt]|b|strong|i|em|u|su[bp]|blockquote|h[1-6]|t\w+|a)[ >])", shown)
    shown.encode("utf-8")
    plain_text(shown).encode("utf-8")


@many
@given(inner=ANY_TEXT, tag=st.sampled_from(["p", "script", "a", "svg", "table", "style", "li", "math"]))
def test_tags_around_any_words_stay_harmless(inner, tag):
    shown = safe_html(f"<{tag} href='{inner}' onload='{inner}'>{inner}</{tag}><p>ok</p>")
    assert not re.search(r"<(?:script|svg|style|math)", shown)
    for address in re.findall(r'href="([^"]*)"', shown):
        assert address.startswith(("http://", "https://", "mailto:"))


@many
@given(words=WORDS)
def test_titles_links_and_summaries_never_raise(words):
    title = one_title(words)
    assert "\n" not in title
    link = clean_link(words)
    assert link == "" or link.startswith(("http://", "https://"))
    assert clean_link(link) == link


@many
@given(title=WORDS, words=WORDS, url=st.one_of(ANY_TEXT, st.just("https://a.example/x")), money=WORDS)
def test_a_row_becomes_a_call_or_is_refused_by_name(title, words, url, money):
    raw = a_raw_call(
        title=title,
        url=url,
        description=words,
        opens=words,
        language=title[:2],
        deadlines=(RawDeadline(words=words),),
        budget=RawBudget(total=money, minimum=money, expected_grants=words, currency=title[:3]),
        areas=(words, title),
    )
    if not one_title(title) or not clean_link(url):
        with pytest.raises(ParseError, match="'a'"):
            normalize(raw, a_source())
        return
    call = normalize(raw, a_source())
    assert call.title
    json.dumps(asdict(call), default=str, ensure_ascii=False).encode("utf-8")
    assert len(summary(call, 100)) <= 100
