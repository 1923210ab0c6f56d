"""Terms of the profile made ready, and where they stand in a text. Pure.

Syntax of a term (the same text stands in profile.yaml, above `topics:`):
    food waste     these words in this order, in any inflection, with up to two words between them
    =arts          this very form, no inflection
    klima*         every word that begins so
    ~citizen       a hint: it counts a third, and alone it is no reason
A German word is also found as a real part of a compound: "Verschwendung" in "Lebensmittelverschwendung".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from tracker.match.compounds import PARTS
from tracker.match.forms import Forms, Pair
from tracker.match.words import CYRILLIC, LANGUAGES, is_mark

GAP = 2  # words that may stand between two words of a term; in a trap there may be none
SENTENCE = 3  # how many words the end of a sentence puts between two others: no phrase reaches across
END = ((-1, -1),)  # what the end of a sentence is known as
LONGEST = 70  # letters of a word; the longest German one in a law had 63, what is longer was made to keep us busy
REMEMBERED = 100_000  # words; a year of calls has fewer, hostile text has more

Entry = tuple[str, str, str]  # whose term it is, its language, the term as written


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of a vocabulary: whose it is, its atoms (numbers) in order, whether it is only a hint, or a trap."""

    owner: str
    text: str
    atoms: tuple[int, ...]
    hint: bool = False
    trap: bool = False

    @property
    def reach(self) -> int:
        """How far behind one of its words the next one must begin at the latest, in parts of words."""
        return (2 if self.trap else GAP + 2) * PARTS


class Hit(NamedTuple):
    """A term found, and the indexes of its words in the list of words, in order."""

    term: Term
    words: tuple[int, ...]


class Place(NamedTuple):
    """Where an atom stands: in parts of words, which atom, and the index of the word."""

    slot: int
    number: int
    index: int


class Known(dict[str, tuple[Pair, ...]]):
    """The atoms of words as read in some languages, looked up when first asked for."""

    def __init__(self, forms: Iterable[Forms]) -> None:
        super().__init__()
        self.forms = tuple(forms)

    def __missing__(self, word: str) -> tuple[Pair, ...]:
        if len(word) > LONGEST:
            return ()  # not remembered either
        found = END if is_mark(word) else self.look_up(word.lower())
        self[word] = found
        return found

    def look_up(self, word: str) -> tuple[Pair, ...]:
        """The atoms that a word in small letters is, in the order of its parts."""
        pairs: set[Pair] = set()
        for forms in self.forms:
            pairs |= forms.atoms_of(word)
        return tuple(sorted(pairs))


class Lexicon:
    """All terms and traps of all languages, compiled once. What it remembers changes its speed, never an answer."""

    def __init__(self, terms: Iterable[Entry], traps: Iterable[Entry] = ()) -> None:
        """Words of a language that we cannot stem are matched as written."""
        self.forms = {language: Forms(language) for language in LANGUAGES}
        self.numbers: dict[tuple[str, str, bool], int] = {}
        self.single: dict[int, list[Term]] = {}
        self.phrases: dict[int, dict[int, list[Term]]] = {}  # by their first atom and their second
        self.known: dict[tuple[str, ...], Known] = {}
        for entry in terms:
            self.add(*entry, trap=False)
        for entry in traps:
            self.add(*entry, trap=True)

    def add(self, owner: str, language: str, text: str, *, trap: bool) -> None:
        """Compile one term."""
        plain = text.removeprefix("~").strip()
        atoms = tuple(self.atom(language, piece, trap=trap) for piece in re.split(r"[\s\-–/]+", plain) if piece)
        if not atoms:
            return
        term = Term(owner, text.strip(), atoms, text.startswith("~"), trap)
        if len(atoms) == 1:
            self.single.setdefault(atoms[0], []).append(term)
        else:
            self.phrases.setdefault(atoms[0], {}).setdefault(atoms[1], []).append(term)

    def atom(self, language: str, piece: str, *, trap: bool) -> int:
        """The number of one word of a term, or of a trap."""
        number = self.numbers.setdefault((language, piece.lower(), trap), len(self.numbers))
        self.forms["uk" if CYRILLIC.search(piece) else language].add(piece, number, trap=trap)
        return number

    def find(self, words: list[str], languages: tuple[str, ...]) -> tuple[list[Hit], list[Hit]]:
        """Every term in the text, in the order of its first word, and every trap."""
        places = self.places(words, languages)
        hits: list[Hit] = []
        traps: list[Hit] = []
        for position, (_, number, index) in enumerate(places):
            for term in self.single.get(number, ()):
                (traps if term.trap else hits).append(Hit(term, (index,)))
            if number in self.phrases:
                for hit in self.begun(self.phrases[number], places, position):
                    (traps if hit.term.trap else hits).append(hit)
        return hits, traps

    def places(self, words: list[str], languages: tuple[str, ...]) -> list[Place]:
        """Where atoms stand, in order."""
        if sum(map(len, self.known.values())) > REMEMBERED:
            self.known.clear()
        known = self.known.get(languages)
        if known is None:
            known = self.known[languages] = Known(self.forms[language] for language in languages)
        found, moved = [], 0
        for index, pairs in enumerate(map(known.__getitem__, words)):
            if not pairs:
                continue
            if pairs is END:
                moved += SENTENCE
                continue
            start = (index + moved) * PARTS
            for part, number in pairs:
                found.append(Place(start + part, number, index))
        return found

    def begun(self, phrases: Mapping[int, list[Term]], places: list[Place], position: int) -> Iterator[Hit]:
        """Phrases whose first atom stands at `position`: those whose second one follows soon, at its next place."""
        slot, _, index = places[position]
        start, limit = slot - slot % PARTS, slot - slot % PARTS + (GAP + 2) * PARTS
        done: set[int] = set()
        for later in range(position + 1, len(places)):
            where, number, _ = places[later]
            if where >= limit:
                return
            if where == slot or number not in phrases or number in done:
                continue
            done.add(number)
            for term in phrases[number]:
                if where < start + term.reach and (rest := follow(term, places, later)):
                    yield Hit(term, (index, *rest))


def follow(term: Term, places: list[Place], position: int) -> tuple[int, ...]:
    """The words of a phrase from its second on, which stands at `position`; none where it breaks off."""
    slot, _, index = places[position]
    found = [index]
    for wanted in term.atoms[2:]:
        position = next_of(wanted, places, position, slot, slot - slot % PARTS + term.reach)
        if position < 0:
            return ()
        slot, _, index = places[position]
        found.append(index)
    return tuple(found)


def next_of(wanted: int, places: list[Place], position: int, slot: int, limit: int) -> int:
    """Where the next atom of a phrase stands, after `slot` and before `limit`; -1 where it does not."""
    for later in range(position + 1, len(places)):
        if places[later].slot >= limit:
            return -1
        if places[later].number == wanted and places[later].slot > slot:
            return later
    return -1


def entries(owner: str, keywords: Mapping[str, Iterable[str]]) -> Iterator[Entry]:
    """The terms of one mapping of language to terms; other languages than ours are left to later."""
    for language, terms in keywords.items():
        if language in LANGUAGES:
            yield from ((owner, language, term) for term in terms)
