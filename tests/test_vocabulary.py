"""Finding terms fast: the same ones as found slowly, however much was read before, for a cost that has limits."""

from __future__ import annotations

import random
import re
import string
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.benchmarks.speed_calls import grown
from tests.builders import a_call
from tests.counting import steps
from tracker.config.loading import load_profile
from tracker.match import lexicon_of, match, prepare
from tracker.match.compounds import HEAD, LINKS, REST, TAIL, Compounds, loose
from tracker.match.forms import Forms
from tracker.match.topics import LONGEST as FIELD
from tracker.match.topics import field_of, fields_of, find, read_in
from tracker.match.vocabulary import LONGEST, REMEMBERED, Lexicon, entries
from tracker.match.words import DAMAGE, ends_of, fold, keys, pieces_of

PROFILE = load_profile(Path(__file__).resolve().parents[1] / "profile.yaml")
GERMAN = sorted({
    word
    for topic in PROFILE.topics
    for term in (*topic.keywords["de"], *topic.exclude.get("de", ()))
    for word in re.split(r"[\s\-]+", term.strip("~=*"))
    if len(word) > 3
})  # fmt: skip
SMALL = (
    ("food", "en", "food waste"),
    ("food", "en", "food"),
    ("town", "en", "town and town hall"),
    ("town", "en", "=towns"),
    ("town", "en", "=hall"),
    ("waste", "en", "wast*"),
    ("food", "fr", "food"),
)
TRAPS = (("", "en", "food town"), ("waste", "en", "waste hall"))
WORDS = ("food", "foods", "town", "Towns", "and", "waste", "wasting", "hall", "mill", "of", ".", "x")


def fresh(profile):
    """A vocabulary that has met no word yet."""
    lexicon_of.cache_clear()
    return prepare(profile).reader.lexicon


def words_of(text: str) -> list[str]:
    return pieces_of(text)[1::2]


# ---------------------------------------------------------------- the same as found slowly


def is_form(word: str, piece: str, language: str) -> bool:
    """Whether a word is what one word of a term means."""
    if piece.startswith("="):
        return fold(word) == fold(piece[1:])
    if piece.endswith("*"):
        return fold(word).startswith(fold(piece[:-1]))
    return bool(set(keys(word.lower(), language)) & set(keys(piece, language)))


def slowly(words: list[str], language: str, term: str, gap: int) -> Iterator[tuple[int, ...]]:
    """Every place of a term, by trying each word as its first: each next one at its nearest place in reach."""
    first, *others = term.split()
    for start, word in enumerate(words):
        if not is_form(word, first, language):
            continue
        found = [start]
        for piece in others:
            reach = words[found[-1] + 1 : found[-1] + 2 + gap]
            until = reach.index(".") if "." in reach else len(reach)
            near = [n for n, near in enumerate(reach[:until]) if is_form(near, piece, language)]
            if not near:
                break
            found.append(found[-1] + 1 + near[0])
        else:
            yield tuple(found)


@given(st.lists(st.sampled_from(WORDS), max_size=25))
@settings(max_examples=150, deadline=None)
@example(["town", "x", "and", "x", "town", "town", "hall", "hall"])
def test_terms_and_traps_are_found_where_trying_every_place_finds_them(words):
    for languages in (("en",), ("en", "fr")):
        for found, entered, gap in zip(
            Lexicon(SMALL, TRAPS).find(words, languages), (SMALL, TRAPS), (2, 0), strict=True
        ):
            expected = sorted(
                (owner, term, place)
                for owner, language, term in entered
                if language in languages
                for place in slowly(words, language, term, gap)
            )
            assert sorted((hit.term.owner, hit.term.text, hit.words) for hit in found) == expected


class Patient(Compounds):
    """Stems at every seam and knows no short cut."""

    def may_begin(self, word: str) -> bool:
        return bool(word)

    def tail(self, word: str) -> set[int]:
        ends = (word[cut:] for cut in range(REST, len(word) - TAIL + 1))
        return next((numbers for end in ends if (numbers := self.stem_of(end))), set())


def compounds(kind: type[Compounds]) -> Compounds:
    made = kind()
    for number, word in enumerate(GERMAN):
        for key in keys(word.lower(), "de"):
            made.add(key, number)
    return made


QUICK, PATIENT = compounds(Compounds), compounds(Patient)
LETTERS = st.text("aeioubdglmnrstkhqßäöü", max_size=6)


@given(
    st.lists(st.tuples(st.sampled_from(GERMAN), st.sampled_from(("", *LINKS)), LETTERS), min_size=1, max_size=3),
    LETTERS,
)
@settings(max_examples=250, deadline=None)
def test_the_parts_of_a_compound_are_those_that_stemming_at_every_seam_finds(pieces, before):
    word = fold((before + "".join(a + link + b for a, link, b in pieces)).lower())[:LONGEST]
    assert QUICK.parts(word) == PATIENT.parts(word)


@given(st.text("aeoubmnrstlniguyqßkhcdäöü", min_size=HEAD, max_size=20))
@settings(max_examples=500, deadline=None)
@example("steuerung")
@example("aeeuequelle")
def test_a_german_stem_begins_its_word(word):
    assert all(loose(fold(word)).startswith(loose(key)) for key in keys(fold(word), "de"))


FORMS = Forms("de")
for _number, _word in enumerate(GERMAN):
    FORMS.add(_word, _number, trap=False)


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_a_word_with_lost_letters_is_every_word_that_it_can_have_been(data):
    letters = list(fold(data.draw(st.sampled_from(GERMAN))))
    for place in data.draw(st.sets(st.integers(1, len(letters) - 2), min_size=1, max_size=3)):
        letters[place] = data.draw(st.sampled_from("?\ufffd"))
    pattern = re.compile(DAMAGE.sub(".", "".join(letters)))
    expected = {(0, number) for number, word in enumerate(GERMAN) if pattern.fullmatch(fold(word))}
    assert expected
    assert FORMS.atoms_of("".join(letters)) == expected


@given(st.text(max_size=80))
@settings(max_examples=150, deadline=None)
def test_the_pieces_of_a_text_are_the_text(text):
    pieces = pieces_of(text)
    ends = ends_of(pieces)
    assert "".join(pieces) == text
    assert all(text[ends[2 * n] : ends[2 * n + 1]] == word for n, word in enumerate(pieces[1::2]))


# ---------------------------------------------------------------- what was read before changes nothing


@pytest.mark.faults
def test_a_hundred_thousand_new_words_neither_fill_the_memory_nor_change_an_answer():
    matcher = prepare(PROFILE)
    call = a_call("x", title="Städte gegen Lebensmittelverschwendung", language="de")
    before = match(call, matcher)
    letters = string.ascii_lowercase
    for first in letters[:8]:
        new = [f"{first}{a}{b}{c}q" for a in letters for b in letters for c in letters[:15]]
        matcher.reader.lexicon.find(new, ("en",))
        held = sum(map(len, matcher.reader.lexicon.known.values()))
        assert held <= REMEMBERED + len(new)
    assert held < 8 * len(new)
    assert match(call, matcher) == before


def test_a_word_as_long_as_a_text_is_not_remembered():
    lexicon = fresh(PROFILE)
    lexicon.find(["Klima" * 4_000, "k" * (LONGEST + 1), "k" * LONGEST], ("de",))
    assert list(lexicon.known["de",]) == ["k" * LONGEST]


def test_what_is_read_in_one_language_is_not_taken_for_another():
    lexicon = Lexicon(entries("t", {"en": ["gift"], "de": ["=Gift"]}))
    (english,), _ = lexicon.find(["gifts"], ("en",))
    assert english.term.text == "gift"
    assert lexicon.find(["gifts"], ("de",)) == ([], [])
    assert len(lexicon.find(["gift"], ("de", "en"))[0]) == 2


# ---------------------------------------------------------------- what a text costs


def reading(text: str, lexicon: Lexicon) -> Callable[[], object]:
    call = a_call("x", title="Call", language=None, description=text)

    def work() -> object:
        fields = fields_of(call)
        return find(fields, read_in(fields, call.language), lexicon)

    return work


def some_text(count: int) -> str:
    """Words of the profile among others, in three languages."""
    dice = random.Random(5)
    terms = [
        term.strip("~=*") for topic in PROFILE.topics for code in ("de", "en", "fr") for term in topic.keywords[code]
    ]
    return " ".join(
        dice.choice(terms) if dice.random() < 0.2 else "".join(dice.choices("aeiourstnlmdgh", k=dice.randint(2, 12)))
        for _ in range(count)
    )


@pytest.mark.faults
def test_eight_times_the_keywords_cost_hardly_more():
    text = some_text(800)
    few, many = fresh(PROFILE), fresh(grown(PROFILE, 8))
    at_first = steps(reading(text, few)), steps(reading(text, many))
    later = steps(reading(text, few)), steps(reading(text, many))
    assert many.numbers and len(many.numbers) > 4 * len(few.numbers)
    assert at_first[1] < 1.3 * at_first[0]
    assert later[1] < 1.3 * later[0]


@pytest.mark.faults
def test_twice_the_text_costs_twice():
    costs = [steps(reading(some_text(count), fresh(PROFILE))) for count in (250, 500, 1_000)]
    assert all(more < 2.2 * less for less, more in pairwise(costs))


ODD: dict[str, str | Callable[[random.Random], str]] = {
    "terms": lambda dice: dice.choice(GERMAN).upper() + " ",
    "compounds": lambda dice: f"{dice.choice(GERMAN)}s{dice.choice(GERMAN).lower()} ",
    "chains": lambda dice: "".join(dice.choice(GERMAN).lower() for _ in range(4))[:LONGEST] + " ",
    "umlauts spelt out": lambda dice: "".join(dice.choices("aoue", k=60)) + " ",
    "damaged words": lambda dice: "".join(dice.choices("abcdefgh", k=3)) + "?" + dice.choice("abc") + " ",
    "damaged terms": lambda dice: re.sub(r"(?<=^..).", "?", dice.choice(GERMAN)) + " ",
    "Cyrillic": lambda dice: "".join(dice.choices("абвгдежзиклмн", k=9)) + " ",
    "sentences": "Ja. ",
    "question marks": "?",
    "lines": "\n",
    "one word": "a",
    "one damaged word": "a?",
    "first words": "food ",
    "phrases": "food waste local food system urban food ",
}


@pytest.mark.faults
@pytest.mark.parametrize("kind", ODD)
def test_no_letters_cost_much_more_than_others(kind):
    dice = random.Random(9)
    made = ODD[kind]
    text = "".join(made if isinstance(made, str) else made(dice) for _ in range(4_000))[:4_000]
    lexicon = fresh(PROFILE)
    lexicon.find(["місто"], ("uk",))  # the dictionary is loaded once
    assert steps(reading(text, lexicon)) < 60 * len(text)


def test_a_field_is_read_to_a_limit():
    assert field_of("description", "ab " * 200_000).words == ["ab"] * (FIELD // 3) + ["ab"]
