"""The parts of a German compound that are words of the vocabulary. Pure.

A part is a word at a seam, never letters inside: "Sport" is no part of "Transport", for a last part needs six letters
and a first part's rest three. Where the seams are, only stemming can say, and a word has many places for one. A stem
begins the word that it belongs to, so most places are out before anything is stemmed (`loose`).
"""

from __future__ import annotations

import re

from tracker.match.words import keys

HEAD, TAIL, REST = 4, 6, 3  # letters that a first part, a last part, and what remains beside it must have
LINKS = ("s", "n", "es", "en", "er", "e")
PARTS = 6  # first parts of one word; more are no word
# Snowball takes some "ae", "oe", "ue" for umlauts and drops the "e"; which ones depends on what stands around them.
SPELT_OUT = re.compile(r"(?<=[aou])e+")


def loose(word: str) -> str:
    """A folded word as far as stemming leaves it alone: `loose(stem(word))` is what `loose(word)` begins with."""
    return SPELT_OUT.sub("", word) if "e" in word else word


class Compounds:
    """The German stems of a vocabulary, made ready for looking inside words."""

    def __init__(self) -> None:
        self.stems: dict[str, set[int]] = {}
        self.begins: set[str] = set()
        self.lengths: tuple[int, ...] = ()  # letters of the stems, each once
        self.width = 3  # how many first letters are looked at before all others
        self.letters: set[str] = set()

    def add(self, stem: str, number: int) -> None:
        """The stem of a word becomes the atom of that number."""
        self.stems.setdefault(stem, set()).add(number)
        begin = loose(stem)
        self.begins.add(begin)
        if len(begin) not in self.lengths:
            self.lengths = tuple(sorted({*self.lengths, len(begin)}))
        if len(begin) < self.width:
            self.width = len(begin)
            self.letters = {known[: self.width] for known in self.begins}
        self.letters.add(begin[: self.width])

    def parts(self, word: str) -> set[tuple[int, int]]:
        """Atoms that are parts of a folded word: first parts one after the other, then what it ends with.

        As pairs of which part of the word it is, counted from 0, and the number of the atom.
        """
        found: set[tuple[int, int]] = set()
        offset, rest, before = 0, word, ""
        while len(rest) >= HEAD + REST:
            numbers, length = self.head(rest)
            if not length:
                break
            found |= {(offset, number) for number in numbers}
            before, rest, offset = rest, rest[length:], offset + 1
            if offset >= PARTS:
                break
        # What remains after a known first part may be short ("Klima-schutz"); alone an ending needs more letters.
        if before and (whole := self.stem_of(rest)):
            return found | {(offset, number) for number in whole}
        return found | {(offset, number) for number in self.tail(rest)}

    def head(self, word: str) -> tuple[set[int], int]:
        """The longest first part that is in the vocabulary, and how many letters it takes with its link."""
        if not self.may_begin(word):
            return set(), 0
        for cut in range(len(word) - REST, HEAD - 1, -1):
            numbers = self.stem_of(word[:cut])
            if numbers:
                return numbers, cut
            for link in LINKS:
                stripped = word[: cut - len(link)]
                if len(stripped) >= HEAD and word.endswith(link, 0, cut) and (numbers := self.stem_of(stripped)):
                    return numbers, cut
        return set(), 0

    def may_begin(self, word: str) -> bool:
        """Whether the word begins with a stem of the vocabulary."""
        plain = loose(word)
        if plain[: self.width] in self.letters:
            for length in self.lengths:
                if plain[:length] in self.begins:
                    return True
        return False

    def tail(self, word: str) -> set[int]:
        """The longest last part that is in the vocabulary."""
        letters, width, plain = self.letters, self.width, loose(word) == word
        for cut in range(REST, len(word) - TAIL + 1):
            first = word[cut : cut + width] if plain else loose(word[cut:])[:width]
            if first in letters and (numbers := self.stem_of(word[cut:])):
                return numbers
        return set()

    def stem_of(self, piece: str) -> set[int]:
        """Atoms whose stem the piece has."""
        if len(piece) < HEAD:
            return set()
        found: set[int] = set()
        for key in keys(piece, "de"):
            if key in self.stems:
                found |= self.stems[key]
        return found
