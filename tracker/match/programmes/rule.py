"""What a rule about a programme says. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

TOWNS = "Programm für Städte und Gemeinden"
JOIN = "Programm, an dem Städte teilnehmen"
FAR = "Programm ohne Rolle für eine Stadt"
RESEARCH = "vor allem für Forschung und Unternehmen"
FIRMS = "für Unternehmen"
STATES = "für Behörden der Mitgliedstaaten"
UNIVERSITIES = "für Hochschulen"
PRIZE = "Preis für Städte und Gemeinden"


@dataclass(frozen=True, slots=True)
class Rule:
    """One programme or family of calls, as a municipality sees it that lies in the programme's area.

    `pattern`, written in `words`, is searched in official identifiers, names of programme and funder, the type of
    action and the title; each of its alternatives should begin with three plain letters, by which `Lookup` finds it.
    `base` is the relevance (0..3) of a call on our topics in which no municipality is named, `city` the same where
    municipalities are clearly meant. `topics` are what the programme's very name says, `never` those whose words mean
    something else there; keys that a profile does not have are ignored. `area` says where applicants are (or what the
    programme covers) as country codes or beginnings of NUTS codes; empty: the whole Union, or not known.
    """

    name: str
    words: str
    base: float
    city: float
    topics: tuple[str, ...] = ()
    why: str = ""
    never: tuple[str, ...] = ()
    area: tuple[str, ...] = ()

    @property
    def pattern(self) -> re.Pattern[str]:
        """Made when first asked for: most runs meet few of some hundred rules, and all of them take 0.2 s."""
        return compiled(self.words)


@lru_cache(maxsize=4_000)
def compiled(words: str) -> re.Pattern[str]:
    """The pattern of a rule, or of some of its alternatives."""
    return re.compile(words)


def rule(
    name: str,
    pattern: str,
    base: float,
    city: float,
    topics: str = "",
    why: str = "",
    *,
    never: str = "",
    area: str = "",
) -> Rule:
    """A rule from plain words: topics, traps and area separated by blanks."""
    return Rule(
        name,
        pattern,
        base,
        city,
        tuple(topics.split()),
        why,
        tuple(never.split()),
        tuple(area.split()),
    )
