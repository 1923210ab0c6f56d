"""What we know of programmes: how near each stands to a city, and which topics its very name says. Pure.

A few general rules; the first whose pattern fits the official identifier, the programme or the type of action holds.
Judged from the programmes' own documents, 2026-11; a call's text says more than this.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tracker.match.programmes.elsewhere import ELSEWHERE
from tracker.match.programmes.european_union import EUROPEAN_UNION
from tracker.match.programmes.france import FRANCE
from tracker.match.programmes.funders import funder_said, short_of
from tracker.match.programmes.germany import GERMANY
from tracker.match.programmes.germany_others import GERMAN_FUNDERS
from tracker.match.programmes.horizon import HORIZON
from tracker.match.programmes.interreg import INTERREG
from tracker.match.programmes.laender import LAENDER_RULES
from tracker.match.programmes.partnerships import PARTNERSHIPS
from tracker.match.programmes.rule import Rule
from tracker.match.programmes.united_states import UNITED_STATES
from tracker.model import Call

__all__ = ["CASCADE", "DEFAULT", "RULES", "Known", "Rule", "is_cascade", "is_invited_only", "known_of"]

# In this order: an identifier of the Union says more than any name.
RULES = (
    *HORIZON,
    *EUROPEAN_UNION,
    *INTERREG,
    *PARTNERSHIPS,
    *UNITED_STATES,
    *FRANCE,
    *GERMANY,
    *LAENDER_RULES,
    *ELSEWHERE,
    *GERMAN_FUNDERS,
)


@dataclass(frozen=True, slots=True)
class Known:
    """The rule that holds for a call, and the words of the call by which it was known."""

    rule: Rule
    words: str


DEFAULT = Rule("", re.compile(""), 0.5, 2.7)
CASCADE = Rule("Kaskadenförderung", re.compile(""), 0.4, 2.0, (), "Weitergabe von Mitteln durch ein laufendes Projekt")
INVITED = re.compile(r"-IBA$")
LONGEST_NAME = 600  # letters of a name that are searched: titles of real calls are shorter


def is_cascade(call: Call) -> bool:
    """Whether a running project passes on money: such a call is judged by its own title, not by its parent's id."""
    return "competitive-calls-cs" in call.url


def names_of(call: Call) -> str:
    """What the rules are searched in: official identifiers, programme, funder, type of action."""
    ids = call.identifiers or (call.external_id,)
    funder = short_of(call.funder or ("" if call.programme else funder_said(call.description)))
    parts = (*ids, call.call_title, call.programme, funder, call.action, call.title)
    return " | ".join(part[:LONGEST_NAME] for part in parts if part)


def known_of(call: Call) -> Known:
    """The rule that holds for a call, and the words that say so."""
    if is_cascade(call):
        return Known(CASCADE, "")
    names = names_of(call)
    for candidate in RULES:
        if found := candidate.pattern.search(names):
            return Known(candidate, found.group().strip(" |"))
    return Known(DEFAULT, "")


def is_invited_only(call: Call) -> bool:
    """Whether only invited bodies may apply. A cascade call may carry such an identifier of its parent and be open."""
    return not is_cascade(call) and any(INVITED.search(name) for name in (*call.identifiers, call.external_id))
