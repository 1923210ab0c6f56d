"""Finds the first of many rules whose pattern stands in a text, without trying them all. Pure.

A rule is tried only where the plain letters stand in the text with which one of its alternatives begins, whatever
their case. A rule with an alternative that begins otherwise is always tried. The answer is that of a search rule by
rule (but for a dotless i that stands for an i where a pattern ignores case).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from tracker.match.programmes.rule import Rule, compiled

GRAM = 3  # letters by which beginnings are found
PARTED = " | "  # between two names in a text that is searched; no rule reaches across
SHORT, REMEMBERED = 200, 5_000  # letters of a name that is remembered, and how many names
Gram = tuple[str, str, str]
Place = tuple[int, int]  # the number of a rule, and of an alternative of its pattern
# One letter that must stand: plain, escaped, or a class of its two cases.
LETTERS = re.compile(r"[^\\.^$*+?{}\[\]|()]+(?![*?{])")
LETTER = re.compile(r"(?:[^\\.^$*+?{}\[\]|()]|\\[^\w\s]|\[(\w)(\w)\])(?![*?{])")
EDGE = re.compile(r"(?:\\b|\^)+")
GROUP = "(?:"
MAY_LACK = ("?", "*", "{")
# What tells where alternatives and groups end: an escaped sign, a class, a bracket or a bar.
SIGNS = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()|]", re.DOTALL)


class Lookup:
    """An ordered table of rules with an index of how their alternatives begin, by each beginning's rarest letters."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = tuple(rules)
        self._parts = [alternatives(rule.words) for rule in self.rules]
        begun = [
            (start.casefold(), (number, place))
            for number, parts in enumerate(self._parts)
            for place, part in enumerate(parts)
            for start in starts_of(part)
        ]
        self._always = {number for start, (number, _) in begun if len(start) < GRAM}
        often = Counter(gram for start in {start for start, _ in begun} for gram in grams_of(start))
        self._index: dict[Gram, list[tuple[str, Place]]] = {}
        for start, (number, place) in begun:
            if number not in self._always:
                rarest = min(sorted(grams_of(start)), key=often.__getitem__)
                self._index.setdefault(rarest, []).append((start, (number, place)))
        self._grams = frozenset(self._index)
        self._known: dict[str, frozenset[Place]] = {}

    def first(self, text: str) -> tuple[Rule, str] | None:
        """The first rule that stands in the text, with the words found. Only alternatives that begin there are tried.

        So hardly any of the patterns is ever made as a whole, which takes longer than to search many texts.
        """
        met = self._met(text)
        for number in self._numbers(met):
            if number in self._always:
                pattern = self.rules[number].pattern
            else:
                parts = self._parts[number]
                pattern = compiled("|".join([parts[place] for rule, place in met if rule == number]))
            if found := pattern.search(text):
                return self.rules[number], found.group()
        return None

    def candidates(self, text: str) -> list[int]:
        """Numbers of the rules that may stand in the text, in their order."""
        return self._numbers(self._met(text))

    def _numbers(self, met: list[Place]) -> list[int]:
        """The rules of these places and those that are always tried, each once and in order."""
        return sorted(self._always.union([number for number, _ in met]))

    def _met(self, text: str) -> list[Place]:
        """The alternatives that begin in a text, in their order. Names that many calls share are remembered."""
        found: set[Place] = set()
        for part in text.split(PARTED):
            known = self._known.get(part)
            if known is None:
                known = self._begun(f" {part} ".casefold())
                if len(part) <= SHORT:
                    self._known = self._known if len(self._known) < REMEMBERED else {}
                    self._known[part] = known
            found |= known
        return sorted(found)

    def _begun(self, plain: str) -> frozenset[Place]:
        """The alternatives of which a beginning stands in a text in small letters."""
        return frozenset(
            place
            for gram in self._grams & grams_of(plain)
            for beginning, place in self._index[gram]
            if beginning in plain
        )


def grams_of(text: str) -> set[Gram]:
    """Every three letters that stand side by side in a text."""
    return set(zip(text, text[1:], text[2:], strict=False))


def starts(pattern: str) -> list[str]:
    """The plain letters with which each alternative of a pattern begins; "" where it begins otherwise."""
    return [start for part in alternatives(pattern) for start in starts_of(part)]


def starts_of(part: str) -> Iterator[str]:
    """The beginnings of one alternative, through a group that follows its first letters."""
    edge = EDGE.match(part)
    place = edge.end() if edge else 0
    letters = ""
    while found := LETTERS.match(part, place) or LETTER.match(part, place):
        more = found.group() if found.re is LETTERS else letter_of(found)
        if not more:
            break
        letters += more
        place = found.end()
    if not part.startswith(GROUP, place):
        yield letters
        return
    inner, rest = grouped(part[place:])
    yield from (letters + start for start in starts(inner))
    if rest.startswith("?"):
        yield from (letters + start for start in starts_of(rest[1:]))
    elif rest.startswith(MAY_LACK):
        yield letters


def letter_of(found: re.Match[str]) -> str:
    """The letter that must stand; "" for a class of two letters that differ in more than case."""
    one, other = found.groups()
    if not one:
        return found.group()[-1]
    return str(one) if one.casefold() == other.casefold() else ""


def alternatives(pattern: str) -> list[str]:
    """The parts of a pattern between the bars that stand in no group and no class."""
    bars = [place for place, sign, depth in signs(pattern) if sign == "|" and not depth]
    edges = zip([0, *(bar + 1 for bar in bars)], [*bars, len(pattern)], strict=True)
    return [pattern[begin:end] for begin, end in edges]


def grouped(part: str) -> tuple[str, str]:
    """What stands in the leading group of a part, and what stands behind it."""
    end = next(place for place, sign, depth in signs(part) if sign == ")" and not depth)
    return part[len(GROUP) : end], part[end + 1 :]


def signs(pattern: str) -> Iterator[tuple[int, str, int]]:
    """Brackets and bars with their places, and how many groups stay open behind each."""
    depth = 0
    for found in SIGNS.finditer(pattern):
        sign = found.group()
        depth += (sign == "(") - (sign == ")")
        if len(sign) == 1:
            yield found.start(), sign, depth
