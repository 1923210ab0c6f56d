"""Which sentences of a page are other ones now."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.page_text import beyond_the_move, difference, names, over, sentences, told

OLD = (
    "Nakopa\n"
    "Deutsche Kommunen können eine Förderung beantragen. Die Höhe liegt zwischen 50.000 und 250.000 Euro.\n"
    "Anträge sind bis 30. September 2026 möglich.\n"
    "- Kommunen\n- Landkreise"
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Eins ist da. Zwei auch! Drei?", ["Eins ist da.", "Zwei auch!", "Drei?"]),
        ("Die Frist endet am 30. September 2026. Danach nicht mehr.", None),
        ("Anträge bis 31. März. Später nicht.", ["Anträge bis 31. März.", "Später nicht."]),
        ("Das gilt z. B. Vereinen, d. h. Gruppen.", ["Das gilt z. B. Vereinen, d. h. Gruppen."]),
        ("* ein Eintrag\n- noch einer", ["ein Eintrag", "noch einer"]),
        ("  Viel\u00a0  Raum.  ", ["Viel Raum."]),
        ("", []),
    ],
)
def test_a_text_falls_into_sentences(text, found):
    expected = found or (["Die Frist endet am 30. September 2026.", "Danach nicht mehr."] if text else [])
    assert list(sentences(text)) == expected


@pytest.mark.parametrize(
    "new",
    [
        "\n".join(reversed(OLD.splitlines())),
        OLD.replace(" ", " \u00a0 "),
        OLD.replace(". Die", ".\nDie"),
        OLD + "\n" + OLD,
        OLD.replace("- Kommunen", "* KOMMUNEN"),
        OLD.replace("beantragen.", "beantragen!"),
    ],
    ids=["reordered", "spaces", "another paragraph", "doubled", "bullets and case", "punctuation"],
)
def test_what_is_no_other_sentence_is_no_change(new):
    assert difference(OLD, new) == ((), ())
    assert difference(new, OLD) == ((), ())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Es gibt 1,5 Mio. Euro.", "Es gibt 15 Mio. Euro."),
        ("Der Satz beträgt 50 %.", "Der Satz beträgt 50 €."),
        ("Bis 3.1.2027.", "Bis 31.2027."),
        ("Anträge sind möglich.", "Anträge sind nicht möglich."),
    ],
)
def test_a_figure_a_unit_and_a_word_make_another_sentence(old, new):
    assert difference(old, new) == ((old,), (new,))


def test_the_difference_is_told_in_the_order_of_the_page():
    new = OLD.replace("250.000", "300.000").replace("- Landkreise", "- Landkreise\n- Zweckverbände")
    assert difference(OLD, new) == (
        ("Die Höhe liegt zwischen 50.000 und 250.000 Euro.",),
        ("Die Höhe liegt zwischen 50.000 und 300.000 Euro.", "Zweckverbände"),
    )


# ---------------------------------------------------------------- a date that moved


JULY, SEPTEMBER = date(2026, 7, 31), date(2026, 9, 30)


@pytest.mark.parametrize(
    "words",
    [
        "bis 31. Juli 2026",
        "bis 31.7.2026",
        "bis 31.07.2026",
        "am 31. 07. 2026",
        "31. Jul. 2026",
        "2026-07-31",
        "31.\u00a0JULI 2026",
    ],
)
def test_a_day_is_known_by_its_german_names(words):
    assert names(words, JULY) and not names(words, SEPTEMBER)


@pytest.mark.parametrize(
    "words", ["131.7.2026", "31.7.20261", "1.7.2026", "31. Juni 2026", "31. Juli 2027", "3.31.7.2026"]
)
def test_another_day_is_not_that_day(words):
    assert not names(words, JULY)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Anträge sind bis 31. Juli 2026 möglich.", "Anträge sind bis 30. September 2026 möglich."),
        ("Anträge bis 31.07.2026.", "Anträge bis spätestens Mittwoch, den 30.09.2026."),
        ("Die Antragsfrist endet am 31. Juli 2026.", "Die Frist wurde bis zum 30. September 2026 verlängert."),
    ],
)
def test_a_sentence_whose_only_news_is_its_date_is_told_by_the_date(old, new):
    assert beyond_the_move([old], [new], gone={JULY}, come={SEPTEMBER}) == ((), ())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Bis 31. Juli 2026 gibt es 50.000 Euro.", "Bis 30. September 2026 gibt es 80.000 Euro."),
        ("Kommunen können bis 31. Juli 2026 beantragen.", "Vereine können bis 30. September 2026 beantragen."),
        ("Anträge bis 31. Juli 2026, 12 Uhr.", "Anträge bis 30. September 2026, 14 Uhr."),
    ],
    ids=["amount", "applicant", "hour"],
)
def test_a_sentence_that_says_something_else_too_is_told_in_full(old, new):
    assert beyond_the_move([old], [new], gone={JULY}, come={SEPTEMBER}) == ((old,), (new,))


def test_other_sentences_are_told_beside_a_moved_date():
    removed = ["Anträge sind bis 31. Juli 2026 möglich.", "Vereine auch."]
    added = ["Anträge sind bis 30. September 2026 möglich.", "Nur Kommunen."]
    assert beyond_the_move(removed, added, gone={JULY}, come={SEPTEMBER}) == (("Vereine auch.",), ("Nur Kommunen.",))


# ---------------------------------------------------------------- how much is told


def many(count, word):
    return [f"{word} {number}" for number in range(count)]


@pytest.mark.parametrize(
    ("removed", "added", "shown"),
    [(3, 4, (3, 4)), (0, 30, (0, 20)), (30, 0, (20, 0)), (30, 30, (10, 10)), (2, 30, (2, 18)), (30, 2, (18, 2))],
)
def test_twenty_sentences_are_told_and_the_rest_is_counted(removed, added, shown):
    old, new = told(many(removed, "alt"), many(added, "neu"))
    assert (sum(not over(words) for words in old), sum(not over(words) for words in new)) == shown
    assert sum(map(over, old)) == removed - shown[0] and sum(map(over, new)) == added - shown[1]


def test_a_long_sentence_is_cut_where_one_sees_it():
    ((words,), _) = told(["Wort " * 200], [])
    assert len(words) <= 300 and words.endswith(" …")


def test_a_sentence_is_no_count():
    assert over("… und +7 weitere") == 0 and over("+7") == 0 and over("… +7") == 7
