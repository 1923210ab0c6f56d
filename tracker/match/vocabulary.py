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
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from typing import NamedTuple

from tracker.match.forms import Forms, Pair
from tracker.match.words import CYRILLIC, LANGUAGES, is_mark

GAP = 2  # words that may stand between two words of a term; in a trap there may be none
LONGEST = 70  # letters of a word; the longest German one in a law had 63, what is longer was made to keep us busy
REMEMBERED = 50_000  # words; three months of calls have fewer, hostile text has more

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
    def gap(self) -> int:
        """How many other words may stand between two of its words."""
        return 0 if self.trap else GAP


class Hit(NamedTuple):
    """A term found, and the indexes of its words in the list of words, in order."""

    term: Term
    words: tuple[int, ...]


class Start(NamedTuple):
    """Where a word may begin phrases: in which of its parts, and the phrases by their second atom."""

    part: int
    phrases: dict[int, list[Term]]


class About(NamedTuple):
    """What is known of one word: its atoms with their parts, the same without, and what may begin with it.

    `single` are the terms that it is by itself, `seconds` the atoms that go on a phrase begun by it; `whole`: none of
    these stands in the word itself, as in a compound.
    """

    pairs: tuple[Pair, ...]
    numbers: frozenset[int]
    single: tuple[Term, ...] = ()
    starts: tuple[Start, ...] = ()
    seconds: Set[int] = frozenset()
    whole: bool = True


END = About((), frozenset())  # the end of a sentence: no phrase reaches across
Stand = tuple[int, About]  # the index of a word in a text, and what it means


class Lexicon:
    """All terms and traps of all languages, compiled once. What it remembers changes its speed, never an answer."""

    def __init__(self, terms: Iterable[Entry], traps: Iterable[Entry] = ()) -> None:
        """Words of a language that we cannot stem are matched as written."""
        self.forms = {language: Forms(language) for language in LANGUAGES}
        self.numbers: dict[tuple[str, str, bool], int] = {}
        self.single: dict[int, list[Term]] = {}
        self.phrases: dict[int, dict[int, list[Term]]] = {}  # by their first atom and their second
        self.abouts: dict[tuple[Pair, ...], About] = {}  # shared by the words that have the same atoms
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

    def about(self, word: str, languages: Iterable[str]) -> About | None:
        """What a word in small letters means in these languages; None where it means nothing."""
        found: set[Pair] = set()
        for language in languages:
            found |= self.forms[language].atoms_of(word)
        if not found:
            return None
        pairs = tuple(sorted(found))
        known = self.abouts.get(pairs)
        if known is None:
            known = self.abouts[pairs] = self.of_atoms(pairs)
        return known

    def of_atoms(self, pairs: tuple[Pair, ...]) -> About:
        """What a word means that has these atoms."""
        numbers = frozenset(number for _, number in pairs)
        single = tuple(term for _, number in pairs for term in self.single.get(number, ()))
        starts = tuple(Start(part, self.phrases[number]) for part, number in pairs if number in self.phrases)
        if len(starts) == 1:
            seconds: Set[int] = starts[0].phrases.keys()
        else:
            seconds = frozenset(number for start in starts for number in start.phrases)
        return About(pairs, numbers, single, starts, seconds, seconds.isdisjoint(numbers))

    def find(self, words: list[str], languages: tuple[str, ...]) -> tuple[list[Hit], list[Hit]]:
        """Every term in the text, in the order of its first word, and every trap."""
        about = map(self.known_in(languages).__getitem__, words)
        stands: list[Stand] = [(index, known) for index, known in enumerate(about) if known]
        hits: list[Hit] = []
        for position, (index, known) in enumerate(stands):
            _, _, single, starts, seconds, whole = known
            if single:
                hits += [Hit(term, (index,)) for term in single]
            if seconds:
                for later, near in stands[position + whole : position + GAP + 2]:
                    if later > index + GAP + 1:
                        break
                    if not seconds.isdisjoint(near.numbers):
                        for part, phrases in starts:
                            hits += begun(phrases, stands, position, part)
                        break
        traps = [hit for hit in hits if hit.term.trap]
        return [hit for hit in hits if not hit.term.trap] if traps else hits, traps

    def known_in(self, languages: tuple[str, ...]) -> Known:
        """What is remembered of words in these languages."""
        if sum(map(len, self.known.values())) > REMEMBERED:
            self.known.clear()
            self.abouts.clear()
        if languages not in self.known:
            self.known[languages] = Known(self, languages)
        return self.known[languages]


class Known(dict[str, About | None]):
    """What words mean in some languages, looked up when first asked for."""

    def __init__(self, lexicon: Lexicon, languages: tuple[str, ...]) -> None:
        super().__init__()
        self.lexicon = lexicon
        self.languages = languages

    def __missing__(self, word: str) -> About | None:
        if len(word) > LONGEST:
            return None  # and not remembered: words can be as long as texts
        found = self[word] = END if is_mark(word) else self.lexicon.about(word.lower(), self.languages)
        return found


def begun(phrases: Mapping[int, list[Term]], stands: list[Stand], position: int, part: int) -> list[Hit]:
    """Phrases that begin in a part of the word at `position`: each second atom counts at its next place only."""
    first = stands[position][0]
    found: list[Hit] = []
    done: set[int] = set()
    for later in range(position, min(position + GAP + 2, len(stands))):
        index, about = stands[later]
        if index > first + GAP + 1 or about is END:
            break
        for where, number in about.pairs:
            if number not in phrases or number in done or (later == position and where <= part):
                continue
            done.add(number)
            found += [
                Hit(term, (first, *rest))
                for term in phrases[number]
                if index <= first + term.gap + 1 and (rest := follow(term, stands, later, where))
            ]
    return found


def follow(term: Term, stands: list[Stand], position: int, part: int) -> tuple[int, ...]:
    """The words of a phrase from its second on, which stands at `position`; none where it breaks off."""
    found = [stands[position][0]]
    for wanted in term.atoms[2:]:
        position, part = next_of(wanted, stands, position, part, term.gap)
        if position < 0:
            return ()
        found.append(stands[position][0])
    return tuple(found)


def next_of(wanted: int, stands: list[Stand], position: int, part: int, gap: int) -> tuple[int, int]:
    """Where the next atom of a phrase stands, as position and part; -1 where it does not follow soon."""
    first = stands[position][0]
    for later in range(position, len(stands)):
        index, about = stands[later]
        if index > first + gap + 1 or about is END:
            break
        if wanted in about.numbers:
            for where, number in about.pairs:
                if number == wanted and (later > position or where > part):
                    return later, where
    return -1, 0


def entries(owner: str, keywords: Mapping[str, Iterable[str]]) -> Iterator[Entry]:
    """The terms of one mapping of language to terms; other languages than ours are left to later."""
    for language, terms in keywords.items():
        if language in LANGUAGES:
            yield from ((owner, language, term) for term in terms)
