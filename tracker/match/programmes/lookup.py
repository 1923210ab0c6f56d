"""Finds the first of many rules whose pattern stands in a text, without trying them all. Pure.

Each alternative of a pattern begins with plain letters; a rule is tried only where such letters stand in the text.
A rule with an alternative that begins otherwise is always tried. The answer is that of a search rule by rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from tracker.match.programmes.rule import Rule

GRAM = 3  # letters by which beginnings are found
PLAIN = re.compile(r"(?:[^\\.^$*+?{}\[\]|()]|\\[^\w\s])(?![*?{])")
EDGE = re.compile(r"(?:\\b|\^)+")
GROUP = "(?:"
OPTIONAL = ("?", "*", "{")


class Lookup:
    """An ordered table of rules with an index of how their patterns begin."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = tuple(rules)
        self._by_gram: dict[str, list[tuple[str, int]]] = {}
        self._always: set[int] = set()
        for number, rule in enumerate(self.rules):
            self._enter(number, [start.casefold() for start in starts(rule.pattern.pattern)])
        self._grams = self._by_gram.keys()

    def _enter(self, number: int, literals: list[str]) -> None:
        if not literals or any(len(literal) < GRAM for literal in literals):
            self._always.add(number)
            return
        for literal in set(literals):
            self._by_gram.setdefault(literal[:GRAM], []).append((literal, number))

    def candidates(self, text: str) -> list[int]:
        """Numbers of the rules that may stand in the text, in their order."""
        plain = text.casefold()
        grams = {plain[place : place + GRAM] for place in range(len(plain) - GRAM + 1)}
        found = set(self._always)
        for gram in grams & self._grams:
            found.update(number for literal, number in self._by_gram[gram] if literal in plain)
        return sorted(found)

    def first(self, text: str) -> tuple[Rule, str] | None:
        """The first rule that stands in the text, with the words found."""
        for number in self.candidates(text):
            if found := self.rules[number].pattern.search(text):
                return self.rules[number], found.group()
        return None


def starts(pattern: str) -> list[str]:
    """The plain letters with which each alternative of a pattern begins; "" where it begins otherwise."""
    return [start for part in alternatives(pattern) for start in starts_of(part)]


def starts_of(part: str) -> Iterator[str]:
    """The beginnings of one alternative; those of its leading group, where that must occur."""
    edge = EDGE.match(part)
    part = part[edge.end() :] if edge else part
    if part.startswith(GROUP):
        inner, rest = grouped(part)
        if rest.startswith(OPTIONAL):
            yield ""
        else:
            yield from starts(inner)
        return
    letters = []
    place = 0
    while found := PLAIN.match(part, place):
        letters.append(found.group()[-1])
        place = found.end()
    yield "".join(letters)


def alternatives(pattern: str) -> list[str]:
    """The parts of a pattern between the bars that stand in no group and no class."""
    parts, begun = [], 0
    for place, sign in top_level(pattern):
        if sign == "|":
            parts.append(pattern[begun:place])
            begun = place + 1
    return [*parts, pattern[begun:]]


def grouped(part: str) -> tuple[str, str]:
    """What stands in the leading group of a part, and what stands behind it."""
    end = next(place for place, sign in top_level(part) if sign == ")")
    return part[len(GROUP) : end], part[end + 1 :]


def top_level(pattern: str) -> Iterable[tuple[int, str]]:
    """The bars outside groups, and the closing bracket of each outermost group, with their places."""
    depth, in_class, escaped = 0, False, False
    for place, sign in enumerate(pattern):
        if escaped:
            escaped = False
        elif sign == "\\":
            escaped = True
        elif in_class:
            in_class = sign != "]"
        elif sign == "[":
            in_class = True
        elif sign == "(":
            depth += 1
        elif sign == ")":
            depth -= 1
            if depth == 0:
                yield place, sign
        elif sign == "|" and depth == 0:
            yield place, sign
