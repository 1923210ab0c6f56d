"""What reading a call may cost: a field is read to a limit, no letters cost much more than others, sums are exact."""

from __future__ import annotations

import string
import unicodedata
from dataclasses import replace
from itertools import permutations, product
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.builders import a_call
from tests.counting import steps
from tracker.config.loading import load_profile
from tracker.match import Matcher, features, prepare
from tracker.match.applicants import LISTED, applicants_of
from tracker.match.features import words_say
from tracker.match.learned import HALF, READ, Line, heard, shipped
from tracker.match.programmes import LOOKUP, RULES, known_of
from tracker.match.programmes.lookup import REMEMBERED, SHORT, Lookup
from tracker.match.programmes.rule import compiled, rule
from tracker.match.topics import (
    ENOUGH,
    LONGEST,
    Finding,
    Frame,
    field_of,
    fields_of,
    first_words,
    signals,
    words_within,
)
from tracker.match.towns import OUR_WORDS, PARTNER_TOWN, has_our_words, names_partner_towns
from tracker.match.vocabulary import Lexicon
from tracker.match.words import ends_of, pieces_of
from tracker.model import Call
from tracker.normalize.language import MOST, SHARES, TABLE, points
from tracker.normalize.language import REMEMBERED as WORDS_REMEMBERED
from tracker.normalize.text import BREAK, INVISIBLE, clean

HUGE = 500_000
FIELDS = ("title", "call_title", "programme", "action", "funder", "description", "divisions", "eligible", "areas")
LISTS = {"divisions", "eligible", "areas", "identifiers"}


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    made = prepare(load_profile(Path(__file__).resolve().parents[1] / "profile.yaml"))
    features(a_call("x", title="Місто", description="Громади"), made.reader)  # the dictionary is loaded once
    return made


def long_call(field: str, part: str, letters: int = HUGE) -> Call:
    text = part * (letters // len(part))
    return a_call("x", **{field: (text,) if field in LISTS else text})


# ---------------------------------------------------------------- a field is read to a limit


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("reading", [applicants_of, known_of, fields_of])
def test_half_a_megabyte_in_a_field_costs_what_its_readable_part_costs(reading, field):
    part = "nur Gemeinden und Städte in Hessen; "
    limit = max(LISTED, LONGEST)
    for _ in range(2):  # in the first round the words are new
        costs = [steps(lambda n=n: reading(long_call(field, part, n))) for n in (limit, HUGE)]
    assert costs[1] <= costs[0] + 10
    assert costs[0] > 10


def test_the_words_of_half_a_megabyte_cost_those_of_what_was_labelled():
    learned = shipped()
    text = "Gefördert werden Vorhaben der Gemeinden. " * 20_000
    short, long = (fields_of(a_call("x", description=words)) for words in (text[:LONGEST], text))
    words_say(short, learned)
    assert words_say(long, learned) == words_say(short, learned) != {}
    assert steps(lambda: words_say(long, learned)) == steps(lambda: words_say(short, learned))
    (field,) = (field for field in long if field.name == "description")
    assert 0 < sum(map(len, first_words(field, READ))) < READ + 20


@given(st.lists(st.sampled_from(["", " ", "a", "Wort", "w" * 300]), min_size=1, max_size=40), st.integers(1, 400))
@example(["", "a"] * 20, 39)
def test_words_within_the_first_letters_are_counted_as_by_the_whole_text(pieces, letters):
    pieces = [piece or ("" if place % 2 == 0 else "x") for place, piece in enumerate(pieces)]
    assert words_within(pieces, letters) == sum(start < letters for start in ends_of(pieces)[::2])


# ---------------------------------------------------------------- short cuts find what the long way finds


@pytest.mark.parametrize(
    "words",
    [
        "Partnerstädte",
        "PARTNERKOMMUNEN",
        "Städtepartnerschaft",
        "kommunale Partnerschaften",
        "Town-Twinning",
        "twinned cities",
        "Sister City",
        "partner towns",
        "villes jumelées",
        "ville partenaire",
        "Jumelage",
        "città gemellate",
        "gemellaggi",
        "città partner",
        "partnerská města",
        "місто-побратим",
        "міста-партнери",
        "TW\u0130NN\u0130NG: tw\u0130n towns",
        "\u017fister citie\u017f",
        "tw\u0131n towns",
    ],
)
def test_every_word_for_partner_towns_passes_the_quick_look(words):
    assert names_partner_towns(words) == (PARTNER_TOWN.search(words) is not None)
    assert names_partner_towns(words) or words.startswith("TW") or words == "Town-Twinning" or "citie" in words


@pytest.mark.parametrize("term", OUR_WORDS.pattern.split("|"))
def test_every_word_of_the_union_for_towns_passes_the_quick_look(term):
    for written in (term, term.upper(), term.replace("s", "\u017f"), term.replace("i", "\u0131"), f"x {term}ies"):
        assert has_our_words(written) and OUR_WORDS.search(written)
    assert not has_our_words(term[:-3])


@given(st.text(max_size=60) | st.text("a\r\n\u0085\u2028\u00ad\ud800\x1f\xa0\u0301e", max_size=12))
def test_a_text_is_as_clean_as_letter_by_letter(words):
    assert clean(words) == unicodedata.normalize("NFC", INVISIBLE.sub("", BREAK.sub("\n", words)))


# ---------------------------------------------------------------- what is remembered has a limit and changes nothing


def test_names_of_programmes_are_remembered_to_a_limit():
    table = Lookup([rule("a", "Bauernhof", 0, 0), rule("b", "Hofladen|Hof und", 0, 0)])
    for number in range(2 * REMEMBERED):
        table.candidates(f"Programm {number}")
    table.candidates("Hof" * SHORT)
    assert 0 < len(table._known) <= REMEMBERED
    assert max(map(len, table._known)) <= SHORT
    assert table.candidates("Programm 5 | BAUERNHOFLADEN | x") == [0, 1]
    assert table.candidates("Hof | und") == []


def test_words_that_tell_a_language_are_remembered_to_a_limit():
    before = points("Förderung der Gemeinden und Städte für Klimaschutz")
    letters = string.ascii_lowercase
    for first, second in product(letters, letters[:4]):
        points(" ".join(f"wort{first}{second}{third}{fourth}" for third, fourth in product(letters, letters)))
        assert len(SHARES) <= WORDS_REMEMBERED + 1
    assert points("Förderung der Gemeinden und Städte für Klimaschutz") == before


@pytest.mark.parametrize("count", range(1, MOST + 2))
def test_a_word_counts_to_a_limit_and_shares_its_points(count):
    word = next(word for word, codes in TABLE.items() if len(codes) == 3)
    assert points(f"{word} " * count) == {code: min(count, MOST) / 3 for code in TABLE[word]}


def test_every_rule_has_a_pattern_that_can_be_made():
    assert all(compiled(one.words).pattern == one.words for one in RULES)
    assert LOOKUP.rules == RULES


# ---------------------------------------------------------------- sums


def test_what_words_say_is_the_sum_of_their_weights_in_whatever_order_they_come():
    learned = replace(
        shipped(),
        labels=("a", "b", "c"),
        starts=(0.5, -1.0, 0.0),
        words={"waste": ((0, 1.25), (2, -3.07)), "food": ((0, -0.1), (1, 0.2)), "^food": ((1, 0.1),)},
        packed={},
    )
    said = {heard(frozenset(order), learned) for order in permutations(["waste", "food", "^food", "new"])}
    ((a, b, c),) = said
    assert (a, b, c) == pytest.approx((0.5 + 1.15 / 2, -1 + 0.3 / 2, -3.07 / 2))
    assert heard({"food", *(f"new{n}" for n in range(9))}, learned) is None
    assert heard(set(), learned) == (0.5, -1.0, 0.0)


def test_no_text_has_words_enough_to_fill_a_sum():
    learned = shipped()
    heaviest = max(abs(weight) for pairs in learned.words.values() for _, weight in pairs)
    assert heaviest * 10_000 * 2 * LONGEST < HALF


def test_findings_are_summed_as_the_product_of_what_they_leave_open():
    def finding(where: str, weight: float, *, hint: bool = False, term: str = "t") -> Finding:
        return Finding("topic", "words", where, term, weight, hint)

    found = [finding("title", 0.5), finding("description", 0.2), finding("description", 0.1, hint=True)]
    said = signals(found, Frame(silence=0.0, title=4))
    assert said["all"] == pytest.approx(1.0217, abs=1e-4) and said["text"] == pytest.approx(0.2231, abs=1e-4)
    assert (
        said["title"] == 1
        and said["hints"] == 0.1
        and said["terms"] == 0.2
        and said["silent"] == 0
        and said["share of title"] == 0.25
    )
    assert signals([finding("description", 0.6)] * 9_000, Frame(silence=1.0, title=1))["all"] == ENOUGH
    assert Line(1.0, {"all": 2.0, "silent": 5.0}).at({"all": 0.5, "silent": 0.0, "other": 7.0}) == 2.0


def test_a_field_keeps_the_text_between_the_words_of_a_finding():
    text = "Abfälle,  Lebens-\nmittel"
    assert "".join(field_of("description", text).pieces) == text == "".join(pieces_of(text))


def test_words_of_the_same_atoms_share_what_is_known_of_them():
    lexicon = Lexicon([("t", "de", "klima* plan"), ("t", "de", "klimaschutz konzept"), ("t", "de", "klimaschutz Amt")])
    for word in ("Klimaschutz", "klimaschutze", "Klimaschutzes"):
        assert len(lexicon.find([word, "Plan"], ("de",))[0]) == 1
    known = lexicon.known_in(("de",))
    assert known["Klimaschutz"] is known["klimaschutze"] is not known["Plan"]
    assert len(lexicon.find(["Klimaschutz", "und", "Konzept", "Plan"], ("de",))[0]) == 2
