"""Do two portals mean the same call, and where they do, do they agree on its deadline? Pure.

An official identifier or the same link settles it (tracker.store). Where neither is at hand, three things must agree:
the title, a deadline, and the programme. Never the title alone: a wrong join hides a call.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rapidfuzz.fuzz import token_sort_ratio

from tracker.model import Call, Deadline

ALIKE = 92.0  # of 100; titles of one call on two portals differ in dashes, articles and "call for proposals"
WORD = re.compile(r"[^\W_]+")
ROMAN = re.compile(r"(?=[ivx]+$)x{0,2}(?:ix|iv|v?i{0,3})")
# What stands in the title of any call, and tells none from another.
COMMON = frozenset(
    {
        *("a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "the", "to", "with", "open", "new"),
        *("call", "calls", "proposal", "proposals", "programme", "program", "programm", "programma"),
        *("der", "die", "das", "des", "den", "dem", "fur", "im", "und", "von", "zu", "zum", "zur"),
        *("aufruf", "ausschreibung", "bekanntmachung", "appel", "appels", "projet", "projets", "propositions"),
        *("le", "la", "les", "de", "du", "pour", "et", "bando", "avviso", "per", "il", "lo", "di", "e"),
        *("vyzva", "vyzvy", "pro", "na"),
    }
)
ORDINALS = {
    **dict.fromkeys(("first", "1st", "erster", "erste", "premier", "primo", "prvni"), "1"),
    **dict.fromkeys(("second", "2nd", "zweiter", "zweite", "deuxieme", "secondo", "druha"), "2"),
    **dict.fromkeys(("third", "3rd", "dritter", "dritte", "troisieme", "terzo", "treti"), "3"),
    **dict.fromkeys(("fourth", "4th", "vierter", "vierte", "quatrieme", "quarto", "ctvrta"), "4"),
    **dict.fromkeys(("fifth", "5th", "funfter", "funfte", "cinquieme", "quinto", "pata"), "5"),
}


@dataclass(frozen=True, slots=True)
class Likeness:
    """What of a call is compared: its telling words, its numbers, the words of its programme, its deadlines.

    `words` are those of title, programme and funder together; `identifiers` the official ones, in small letters.
    """

    title: str
    numbers: frozenset[str]
    words: frozenset[str]
    programme: frozenset[str]
    days: frozenset[date]
    identifiers: frozenset[str] = frozenset()


def likeness(
    title: str, programme: str, funder: str, days: Iterable[date], identifiers: Iterable[str] = ()
) -> Likeness:
    """The comparable side of a call."""
    words, numbers = _words(title)
    of_programme, its_numbers = _words(programme)
    of_funder, _ = _words(funder)
    return Likeness(
        title=" ".join(words),
        numbers=frozenset(numbers),
        words=frozenset({*words, *numbers, *of_programme, *its_numbers, *of_funder}),
        programme=frozenset({*of_programme, *its_numbers}),
        days=frozenset(days),
        identifiers=frozenset(map(str.casefold, identifiers)),
    )


def same(one: Likeness, other: Likeness) -> bool:
    """Whether both are one call: a common deadline, one programme, the same numbers, titles alike.

    Two that name official identifiers and none in common are siblings, however alike.
    """
    if one.identifiers and other.identifiers and not one.identifiers & other.identifiers:
        return False
    if not one.days & other.days or one.numbers != other.numbers or not _one_programme(one, other):
        return False
    return bool(one.title) and token_sort_ratio(one.title, other.title) >= ALIKE


def pairs(calls: Mapping[str, Likeness], others: Mapping[int, Likeness]) -> dict[str, int]:
    """Which of the calls (by external id) is which of the others (by number): only where each answers to one."""
    by_day: dict[date, list[int]] = {}
    for number, other in others.items():
        for day in other.days:
            by_day.setdefault(day, []).append(number)
    found: dict[str, set[int]] = {}
    for key, call in calls.items():
        near = {number for day in call.days for number in by_day.get(day, ())}
        found[key] = {number for number in near if same(call, others[number])}
    taken: dict[int, int] = {}
    for numbers in found.values():
        for number in numbers:
            taken[number] = taken.get(number, 0) + 1
    return {
        key: number for key, numbers in found.items() if len(numbers) == 1 and taken[number := next(iter(numbers))] == 1
    }


def conflict(says: Sequence[tuple[str, Sequence[Deadline]]], today: date) -> tuple[tuple[str, Deadline], ...]:
    """The deadline that each source names next, or last if all are past; empty where they agree.

    `says`: (source id, its deadlines) of every source that lists the call. Sources that name no day say nothing.
    A day that only some of them name later on is no conflict: portals differ in how far they look ahead.
    """
    named = [(source, _next(deadlines, today)) for source, deadlines in says]
    known = [(source, deadline) for source, deadline in named if deadline is not None]
    days = {deadline.day for _, deadline in known}
    if len(days) < 2 or all(day is not None and day < today for day in days):
        return ()
    return tuple(known)


def comparable(call: Call) -> Likeness | None:
    """The comparable side, or None for a call that can be compared by nothing: a page, or one without a dated day."""
    if call.page or not call.days:
        return None
    return likeness(call.title, call.programme, call.funder, call.days, call.identifiers)


def _next(deadlines: Iterable[Deadline], today: date) -> Deadline | None:
    dated = sorted(
        ((deadline.day, n, deadline) for n, deadline in enumerate(deadlines) if deadline.day), key=lambda d: d[:2]
    )
    ahead = [deadline for day, _, deadline in dated if day >= today]
    return ahead[0] if ahead else dated[-1][2] if dated else None


def _one_programme(one: Likeness, other: Likeness) -> bool:
    """The words of the one's programme stand in the other's programme, title or funder. Two silences prove nothing."""
    if one.programme and other.programme:
        return one.programme <= other.words or other.programme <= one.words
    if one.programme or other.programme:
        return (one.programme or other.programme) <= (other.words if one.programme else one.words)
    return False


def _words(text: str) -> tuple[list[str], list[str]]:
    """The telling words of a text without accents, and its numbers: digits, Roman numerals, "second"."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    words, numbers = [], []
    for word in WORD.findall(plain):
        number = ORDINALS.get(word) or (word.lstrip("0") or "0" if word.isdigit() else "")
        if number:
            numbers.append(number)
        elif ROMAN.fullmatch(word) or any(char.isdigit() for char in word):
            numbers.append(word)
        elif word not in COMMON:
            words.append(word)
    return words, numbers
