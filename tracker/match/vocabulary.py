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
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from tracker.match.words import CYRILLIC, DAMAGE, LANGUAGES, LINKS, bare, fold, is_mark, keys

GAP = 2
PARTS = 8  # room for the parts of one compound between two places
SENTENCE = 3  # how many words the end of a sentence puts between two others: no phrase reaches across
END = ((-1, -1),)  # what the end of a sentence is known as
LONGEST = 70  # letters of a word; the longest German one in a law had 63, what is longer was made to keep us busy
HEAD, TAIL, REST = 4, 6, 3  # letters that a first part, a last part, and what remains beside it must have


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of a vocabulary: whose it is, its atoms (numbers) in order, and whether it is only a hint."""

    owner: str
    text: str
    atoms: tuple[int, ...]
    hint: bool = False


class Hit(NamedTuple):
    """A term found, and the indexes of its words in the list of words, in order."""

    term: Term
    words: tuple[int, ...]


@dataclass(slots=True)
class Forms:
    """What a word must look like to be an atom, in one language: stems, exact forms and beginnings."""

    stems: dict[str, set[int]] = field(default_factory=dict)
    exact: dict[str, set[int]] = field(default_factory=dict)
    starts: dict[str, set[int]] = field(default_factory=dict)
    surfaces: dict[str, set[int]] = field(default_factory=dict)  # as written, folded: for words with a lost letter


class Lexicon:
    """All terms of all languages, compiled once. What it remembers of words changes its speed, never an answer."""

    def __init__(self, entries: Iterable[tuple[str, str, str]], *, gap: int = GAP) -> None:
        """`entries` are (owner, language, term); words of a language that we cannot stem are matched as written."""
        self.gap = gap
        self.forms: dict[str, Forms] = {language: Forms() for language in LANGUAGES}
        self.numbers: dict[tuple[str, str], int] = {}
        self.starting: dict[int, list[Term]] = {}
        self.known: dict[tuple[str, ...], dict[str, tuple[tuple[int, int], ...]]] = {}
        self.cyrillic: list[tuple[str, int]] = []
        self.cyrillic_stems: dict[str, set[int]] | None = None
        for owner, language, text in entries:
            self.add(owner, language, text)

    def add(self, owner: str, language: str, text: str) -> None:
        """Compile one term."""
        plain = text.removeprefix("~").strip()
        atoms = tuple(self.atom(language, piece) for piece in re.split(r"[\s\-–/]+", plain) if piece)
        if not atoms:
            return
        term = Term(owner, text.strip(), atoms, text.startswith("~"))
        self.starting.setdefault(atoms[0], []).append(term)

    def atom(self, language: str, piece: str) -> int:
        """The number of one word of a term."""
        number = self.numbers.setdefault((language, piece.lower()), len(self.numbers))
        forms, word = self.forms[language], piece.strip("=*").lower()
        if piece.startswith("="):
            forms.exact.setdefault(fold(word), set()).add(number)
        elif piece.endswith("*"):
            forms.starts.setdefault(fold(word), set()).add(number)
        elif CYRILLIC.search(word):
            self.cyrillic.append((word, number))
        else:
            forms.surfaces.setdefault(fold(word), set()).add(number)
            for key in keys(word, language):
                forms.stems.setdefault(key, set()).add(number)
        return number

    def atoms_of(self, word: str, languages: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
        """The atoms that a word is, as (part of the word, number); END for the end of a sentence."""
        if is_mark(word):
            return END
        if len(word) > LONGEST:
            return ()
        small = word.lower().replace("’", "'")
        return tuple(sorted({pair for language in languages for pair in self.look_up(small, language)}))

    def look_up(self, word: str, language: str) -> set[tuple[int, int]]:
        """The atoms of a word in one language, its German parts included."""
        if CYRILLIC.search(word):
            return {(0, number) for number in self.cyrillic_atoms(word)} if language == "uk" else set()
        if DAMAGE.search(word):
            return {(0, number) for number in self.damaged(word, language)}
        found = {(0, number) for number in self.whole(word, language)}
        if language == "de" and len(word) >= HEAD + REST:
            found |= self.parts(fold(word))
        return found

    def whole(self, word: str, language: str) -> set[int]:
        """Atoms that the word is as a whole."""
        forms, plain = self.forms[language], fold(bare(word, language))
        found = set(forms.exact.get(plain, ()))
        for key in keys(word, language):
            found |= forms.stems.get(key, set())
        for length in range(2, len(plain) + 1):
            found |= forms.starts.get(plain[:length], set())
        return found

    def damaged(self, word: str, language: str) -> set[int]:
        """Atoms that a word with a lost letter can have been."""
        pattern = re.compile(DAMAGE.sub(".", re.escape(fold(word)).replace(r"\?", "?")))
        surfaces = self.forms[language].surfaces
        return {number for surface in surfaces if pattern.fullmatch(surface) for number in surfaces[surface]}

    def cyrillic_atoms(self, word: str) -> set[int]:
        """Atoms of a Ukrainian word; the vocabulary's own dictionary forms are made when the first one asks."""
        if self.cyrillic_stems is None:
            stems: dict[str, set[int]] = {}
            for surface, number in self.cyrillic:
                for key in keys(surface, "uk"):
                    stems.setdefault(key, set()).add(number)
            self.cyrillic_stems = stems
        found: set[int] = set()
        for key in keys(word, "uk"):
            found |= self.cyrillic_stems.get(key, set())
        plain = fold(word)
        for length in range(3, len(plain) + 1):
            found |= self.forms["uk"].starts.get(plain[:length], set())
        return found

    def parts(self, word: str) -> set[tuple[int, int]]:
        """Atoms that are parts of a German compound: first parts one after the other, then what it ends with.

        A part is a word of the vocabulary at a seam, never letters inside: "Sport" is no part of "Transport",
        for a last part needs six letters and a first part's rest three.
        """
        found: set[tuple[int, int]] = set()
        offset, rest, before = 0, word, ""
        while len(rest) >= HEAD + REST:
            numbers, length = self.head(rest)
            if not length:
                break
            found |= {(offset, number) for number in numbers}
            before, rest, offset = rest, rest[length:], offset + 1
            if offset >= PARTS - 2:
                break
        # What remains after a known first part may be short ("Klima-schutz"); alone an ending needs more letters.
        if before and (whole := self.stem_of(rest)):
            return found | {(offset, number) for number in whole}
        return found | {(offset, number) for number in self.tail(rest)}

    def head(self, word: str) -> tuple[set[int], int]:
        """The longest first part that is in the vocabulary, and how many letters it takes with its link."""
        for cut in range(len(word) - REST, HEAD - 1, -1):
            numbers = self.stem_of(word[:cut])
            if numbers:
                return numbers, cut
            for link in LINKS[1:]:
                stripped = word[: cut - len(link)]
                if word[:cut].endswith(link) and len(stripped) >= HEAD and (numbers := self.stem_of(stripped)):
                    return numbers, cut
        return set(), 0

    def tail(self, word: str) -> set[int]:
        """The longest last part that is in the vocabulary."""
        for cut in range(REST, len(word) - TAIL + 1):
            if numbers := self.stem_of(word[cut:]):
                return numbers
        return set()

    def stem_of(self, piece: str) -> set[int]:
        """German atoms whose stem the piece has."""
        if len(piece) < HEAD:
            return set()
        stems = self.forms["de"].stems
        found: set[int] = set()
        for key in keys(piece, "de"):
            found |= stems.get(key, set())
        return found

    def find(self, words: list[str], languages: tuple[str, ...]) -> list[Hit]:
        """Every term in the text, in the order of its first word."""
        places = self.places(words, languages)
        return [
            Hit(term, found)
            for position, (_, number, _) in enumerate(places)
            for term in self.starting.get(number, ())
            if (found := self.follow(term, places, position))
        ]

    def places(self, words: list[str], languages: tuple[str, ...]) -> list[tuple[int, int, int]]:
        """Where atoms stand: (place in parts of words, number of the atom, index of the word)."""
        memory = self.known.setdefault(languages, {})
        if len(memory) > 200_000:  # a year of calls has fewer words; hostile text has more
            memory.clear()
        found, moved = [], 0
        for index, word in enumerate(words):
            pairs = memory.get(word)
            if pairs is None:
                pairs = memory[word] = self.atoms_of(word, languages)
            if pairs is END:
                moved += SENTENCE
                continue
            for part, number in pairs:
                found.append(((index + moved) * PARTS + part, number, index))
        return found

    def follow(self, term: Term, places: list[tuple[int, int, int]], position: int) -> tuple[int, ...]:
        """The words of a phrase that starts at `position`; none where it breaks off."""
        slot, _, index = places[position]
        found = [index]
        for wanted in term.atoms[1:]:
            reach = (slot // PARTS + self.gap + 2) * PARTS
            position = self.next_of(wanted, places, position, slot, reach)
            if position < 0:
                return ()
            slot, _, index = places[position]
            found.append(index)
        return tuple(found)

    @staticmethod
    def next_of(wanted: int, places: list[tuple[int, int, int]], position: int, slot: int, reach: int) -> int:
        """Where the next atom of a phrase stands, after `slot` and before `reach`; -1 where it does not."""
        for later in range(position + 1, len(places)):
            if places[later][0] >= reach:
                return -1
            if places[later][1] == wanted and places[later][0] > slot:
                return later
        return -1


def entries(owner: str, keywords: Mapping[str, Iterable[str]]) -> Iterable[tuple[str, str, str]]:
    """The terms of one mapping of language to terms; other languages than ours are left to later."""
    for language, terms in keywords.items():
        if language in LANGUAGES:
            yield from ((owner, language, term) for term in terms)
