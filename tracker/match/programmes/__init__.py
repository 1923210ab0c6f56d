"""What we know of programmes: how near each stands to a city, and which topics its very name says. Pure.

A few hundred general rules; the first whose pattern fits the official identifier, the programme or the type of action
holds. Judged from the programmes' own documents, 2026-11; a call's text says more than this.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tracker.match.programmes.cascade import CASCADE, CASCADES
from tracker.match.programmes.cities import CITIES
from tracker.match.programmes.elsewhere import ELSEWHERE
from tracker.match.programmes.european_union import EUROPEAN_UNION, EUROPEAN_UNION_IN_WORDS
from tracker.match.programmes.france import FRANCE
from tracker.match.programmes.funders import funder_said, short_of
from tracker.match.programmes.germany import GERMANY
from tracker.match.programmes.germany_others import GERMAN_FUNDERS
from tracker.match.programmes.green_union import GREEN_UNION, GREEN_UNION_IN_WORDS
from tracker.match.programmes.horizon import HORIZON, HORIZON_IN_WORDS
from tracker.match.programmes.interreg import INTERREG
from tracker.match.programmes.laender import LAENDER_RULES
from tracker.match.programmes.lookup import Lookup
from tracker.match.programmes.partnerships import PARTNERSHIPS
from tracker.match.programmes.people_culture import PEOPLE_CULTURE, PEOPLE_CULTURE_IN_WORDS
from tracker.match.programmes.regions import REGIONS
from tracker.match.programmes.research_partnerships import RESEARCH_PARTNERSHIPS
from tracker.match.programmes.rule import Rule
from tracker.match.programmes.united_states import UNITED_STATES
from tracker.model import Call

__all__ = ["CASCADE", "DEFAULT", "RULES", "Known", "Rule", "is_cascade", "is_invited_only", "known_of"]

# In this order: an identifier of the Union says more than any name, and a name of its own more than its programme's.
BY_IDENTIFIER = (*HORIZON, *PEOPLE_CULTURE, *GREEN_UNION, *EUROPEAN_UNION)
BY_NAME = (
    *INTERREG,
    *CITIES,
    *RESEARCH_PARTNERSHIPS,
    *PARTNERSHIPS,
    *PEOPLE_CULTURE_IN_WORDS,
    *GREEN_UNION_IN_WORDS,
    *HORIZON_IN_WORDS,
    *EUROPEAN_UNION_IN_WORDS,
    *UNITED_STATES,
    *FRANCE,
    *GERMANY,
    *LAENDER_RULES,
    *REGIONS,
    *ELSEWHERE,
    *GERMAN_FUNDERS,
)
RULES = (*BY_IDENTIFIER, *BY_NAME)
LONGEST = 600  # letters of a name that are searched: titles of real calls are shorter
MOST = 20  # identifiers of a call


@dataclass(frozen=True, slots=True)
class Known:
    """The rule that holds for a call, and the words of the call by which it was known.

    `guessed`: a national programme known by a word of the title alone, which may as well be another's.
    """

    rule: Rule
    words: str
    guessed: bool = False


# Programmes of the Union: bodies of every member state may take part and be paid.
UNION = (
    *HORIZON,
    *HORIZON_IN_WORDS,
    *EUROPEAN_UNION,
    *EUROPEAN_UNION_IN_WORDS,
    *GREEN_UNION,
    *GREEN_UNION_IN_WORDS,
    *PEOPLE_CULTURE,
    *PEOPLE_CULTURE_IN_WORDS,
)
NATIONAL = (*UNITED_STATES, *FRANCE, *GERMANY, *LAENDER_RULES, *REGIONS, *ELSEWHERE, *GERMAN_FUNDERS)
IS_NATIONAL = frozenset(id(rule) for rule in NATIONAL)
IS_UNION = frozenset(id(rule) for rule in UNION if not rule.area)
DEFAULT = Rule("", "", 0.5, 2.7)
INVITED = re.compile(r"-IBA$")
LOOKUP = Lookup(RULES)
CASCADE_LOOKUP = Lookup(CASCADES)


def is_cascade(call: Call) -> bool:
    """Whether a running project passes on money: such a call is judged by its own title, not by its parent's id."""
    return "competitive-calls-cs" in call.url


def names_of(call: Call) -> str:
    """What the rules are searched in: official identifiers, programme, funder, type of action."""
    ids = (call.identifiers or (call.external_id,))[:MOST]
    funder = short_of(call.funder[:LONGEST] or ("" if call.programme else funder_said(call.description)))
    parts = (*ids, call.call_title, call.programme, funder, call.action, call.title)
    return " | ".join(part[:LONGEST] for part in parts if part)


def known_of(call: Call) -> Known:
    """The rule that holds for a call, and the words that say so."""
    if is_cascade(call):
        found = CASCADE_LOOKUP.first(call.title[:LONGEST])
        return Known(found[0], found[1]) if found else Known(CASCADE, "")
    names = names_of(call)
    found = LOOKUP.first(names)
    if not found:
        return Known(DEFAULT, "")
    rule, words = found[0], found[1].strip(" |")
    given = names.removesuffix(call.title[:LONGEST])
    return Known(rule, words, guessed=id(rule) in IS_NATIONAL and words not in given)


def is_union(known: Known) -> bool:
    """Whether this is a programme of the Union in which every member state takes part."""
    return id(known.rule) in IS_UNION


def is_invited_only(call: Call) -> bool:
    """Whether only invited bodies may apply. A cascade call may carry such an identifier of its parent and be open."""
    return not is_cascade(call) and any(INVITED.search(name) for name in (*call.identifiers, call.external_id))
