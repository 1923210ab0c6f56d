"""Which words of one language are atoms of the vocabulary: by stem, by exact form, by beginning. Pure.

What a word costs does not depend on how many terms there are: each question is one look into a dictionary.
"""

from __future__ import annotations

from tracker.match.compounds import HEAD, REST, Compounds
from tracker.match.words import CYRILLIC, DAMAGE, bare, fold, keys

Pair = tuple[int, int]  # which part of a compound, counted from 0, and the number of the atom


class Forms:
    """What a word must look like to be an atom, in one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.stems: dict[str, set[int]] = {}
        self.exact: dict[str, set[int]] = {}
        self.starts: dict[str, set[int]] = {}
        self.lengths: tuple[int, ...] = ()  # letters of the beginnings, each once
        # As written, by length and outer letters: for words with a letter lost inside.
        self.surfaces: dict[tuple[int, str], dict[str, set[int]]] = {}
        self.undone: list[tuple[str, int]] = []  # Cyrillic words, until a text asks for their dictionary forms
        # Terms and traps are parted each on their own: a trap's word is no seam for a term.
        self.compounds = (Compounds(), Compounds()) if language == "de" else ()

    def add(self, piece: str, number: int, *, trap: bool) -> None:
        """One word of a term, written as in the profile, becomes the atom of that number."""
        word = piece.strip("=*").lower()
        if piece.startswith("="):
            self.exact.setdefault(fold(word), set()).add(number)
        elif piece.endswith("*"):
            self.starts.setdefault(fold(word), set()).add(number)
            self.lengths = tuple(sorted({len(start) for start in self.starts}))
        elif CYRILLIC.search(word):
            self.undone.append((word, number))
        else:
            plain = fold(word)
            self.surfaces.setdefault((len(plain), plain[:1] + plain[-1:]), {}).setdefault(plain, set()).add(number)
            for key in keys(word, self.language):
                self.stems.setdefault(key, set()).add(number)
                for compounds in self.compounds[trap : trap + 1]:
                    compounds.add(key, number)

    def atoms_of(self, word: str) -> set[Pair]:
        """The atoms that a word in small letters is, the parts of a German compound included."""
        if not word.isascii() and CYRILLIC.search(word):
            return {(0, number) for number in self.cyrillic(word)} if self.language == "uk" else set()
        if DAMAGE.search(word):
            return {(0, number) for number in self.damaged(fold(word))}
        plain = fold(bare(word, self.language))
        whole = self.whole(word, plain)
        found: set[Pair] = {(0, number) for number in whole} if whole else set()
        if self.compounds and len(word) >= HEAD + REST:
            for compounds in self.compounds:
                found |= compounds.parts(plain)
        return found

    def whole(self, word: str, plain: str) -> set[int]:
        """Atoms that the word is as a whole."""
        found = set(self.exact.get(plain, ()))
        for key in keys(word, self.language):
            if key in self.stems:
                found |= self.stems[key]
        return found | self.started(plain, least=2) if self.lengths else found

    def started(self, plain: str, *, least: int) -> set[int]:
        """Atoms that stand for every word that begins so."""
        found: set[int] = set()
        for length in self.lengths:
            if least <= length <= len(plain):
                found |= self.starts.get(plain[:length], set())
        return found

    def damaged(self, plain: str) -> set[int]:
        """Atoms that a folded word with lost letters inside can have been."""
        alike = self.surfaces.get((len(plain), plain[:1] + plain[-1:]), {})
        return {number for surface in alike if is_same(plain, surface) for number in alike[surface]}

    def cyrillic(self, word: str) -> set[int]:
        """Atoms of a Ukrainian word; the vocabulary's own dictionary forms are made when the first one asks."""
        for surface, number in self.undone:
            for key in keys(surface, "uk"):
                self.stems.setdefault(key, set()).add(number)
        self.undone.clear()
        plain = fold(word)
        found = set(self.exact.get(plain, ()))
        for key in keys(word, "uk"):
            found |= self.stems.get(key, set())
        return found | self.started(plain, least=3)


def is_same(damaged: str, surface: str) -> bool:
    """Whether two words of one length differ in lost letters only."""
    return all(here == there or DAMAGE.match(here) for here, there in zip(damaged, surface, strict=True))
