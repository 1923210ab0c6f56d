"""By what two calls are alike: programme, topics, applicants, place, words of the title, as short readable keys. Pure.

A key is "<kind>:<value>". All of it is cheap (some 10 µs a call), for it is done for every call whenever somebody asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from tracker.match.applicants import read_list
from tracker.match.places import country_of
from tracker.match.programmes import is_cascade
from tracker.match.words import LANGUAGE_OF, SNOWBALL, fold, stemming
from tracker.model import Call, Match

Keys = Mapping[str, tuple[str, ...]]  # kind → keys, broad ones first

NUMBER = re.compile(r"\d+")
SHORT = re.compile(r"\s*\([^()]*\)\Z")
WORD = re.compile(r"[^\W\d_]{4,}")
DEEPEST = 4  # steps of an identifier that are kept: HORIZON, HORIZON-CL5, HORIZON-CL5-D4, ...
LONGEST = 80
MOST_WORDS = 12
CASCADE = "programme:cascade"
# How the EU portal and EuroAccess write the names of programmes, and the codes of their identifiers (2026-11).
CODES = (
    ("horizon europe", "HORIZON"),
    ("new european bauhaus facility", "HORIZON-NEB"),
    ("programme for the environment and climate action", "LIFE"),
    ("life", "LIFE"),
    ("citizens, equality, rights and values", "CERV"),
    ("creative europe", "CREA"),
    ("erasmus", "ERASMUS"),
    ("connecting europe facility", "CEF"),
    ("digital europe", "DIGITAL"),
    ("interreg", "Interreg"),
    ("pilot projects and preparatory actions", "PPPA"),
    ("eu4health", "EU4H"),
    ("european solidarity corps", "ESC"),
    ("asylum, migration and integration fund", "AMIF"),
    ("single market programme", "SMP"),
)
# The parties of `applicants.PARTIES`, in the few groups by which two calls are alike.
GROUPS = {
    "municipality": "towns",
    "public-body": "towns",
    "utility": "towns",
    "region": "regions",
    "state": "regions",
    "overseas": "regions",
    "company": "firms",
    "sme": "firms",
    "startup": "firms",
    "farmer": "firms",
    "housing": "firms",
    "university": "research",
    "research": "research",
    "nonprofit": "associations",
    "culture": "associations",
    "health": "associations",
    "school": "schools",
    "household": "persons",
    "anyone": "persons",
}
# Words that stand in titles of every kind and say nothing of what a call is about.
COMMON_WORDS = """
action actions aide aides appel appels aufruf call calls development entwicklung europe european europäische
europäischen financement fonds förderung förderprogramm förderrichtlinie for funding grant grants innovation
innovations innovative maßnahmen network new open pilot pilots program programm programme programmes project
projects projekt projekte projet projets proposal proposals richtlinie round solutions soutien strategic
subvention support technical through toward towards unterstützung using zuschuss zuschüsse zuwendungen
zuwendung und with sowie einer eines nach this that their auch über based related general améliorer mise
place pour dans
"""
COMMON = frozenset(COMMON_WORDS.split())


def keys_of(call: Call, match: Match) -> Keys:
    """What a call has in common with others, by kind; kinds of which nothing is known are left out."""
    found = {"programme": programme(call), "area": areas(call), "word": title_words(call.title, call.language or "")}
    found["source"] = (f"source:{call.source_id}",)
    if call.divisions:
        found["division"] = tuple([f"division:{name[:LONGEST]}" for name in call.divisions[-2:]])
    if call.funder:
        found["funder"] = (f"funder:{call.funder[:LONGEST]}",)
    if match.topics:
        found["topic"] = tuple([f"topic:{topic.topic}" for topic in match.topics])
    if call.eligible:
        found["applicants"] = applicants(call.eligible)
    if call.action:
        found["action"] = (f"action:{call.action[:LONGEST]}",)
    return {kind: keys for kind, keys in found.items() if keys}


def programme(call: Call) -> tuple[str, ...]:
    """The programme, broad to narrow: by the official identifier, else by its name. Cascade calls stand apart."""
    if is_cascade(call):
        return (CASCADE,)
    for identifier in call.identifiers or (call.external_id,):
        if path := _path(identifier):
            return path
    return _named(call.programme) if call.programme else ()


@lru_cache(maxsize=50_000)
def _path(identifier: str) -> tuple[str, ...]:
    """The steps of "HORIZON-CL5-2026-01-D4-03" without years and numbers; none where it is no such identifier."""
    parts = identifier.upper().split("-")
    if len(parts) < 3 or not any(part.isdigit() and len(part) == 4 for part in parts[1:]):
        return ()
    steps = [part for part in parts if not part.isdigit()][:DEEPEST]
    return tuple("programme:" + "-".join(steps[: depth + 1]) for depth in range(len(steps)))


@lru_cache(maxsize=20_000)
def _named(name: str) -> tuple[str, ...]:
    folded = name.casefold()
    bare = SHORT.sub("", name)[:LONGEST]
    code = next((code for start, code in CODES if folded.startswith(start)), "")
    broad = tuple("programme:" + code[:end] for end in _ends(code))
    exact = f"programme:{bare}"
    is_code_alone = not code or _says_no_more(folded, code)
    return (broad or (exact,)) if is_code_alone else (*broad, exact)


def _ends(code: str) -> Iterator[int]:
    """Where each step of a code ends."""
    yield from (found.start() for found in re.finditer("-", code))
    if code:
        yield len(code)


def _says_no_more(folded: str, code: str) -> bool:
    """Whether a name is that of the whole programme: "Horizon Europe" says no more than HORIZON, a cluster does."""
    return code != "Interreg" and ":" not in folded


@lru_cache(maxsize=20_000)
def applicants(eligible: tuple[str, ...]) -> tuple[str, ...]:
    """Groups of applicants in a source's own list, and "only" where it names one alone and every entry is understood.

    Sentences of the text are not read again: that takes 60 µs a call, and all of this may take 50.
    """
    named = [{GROUPS[kind] for kind in read_list((entry,)) if kind in GROUPS} for entry in eligible]
    found = sorted(set().union(*named))
    keys = tuple(f"applicants:{group}" for group in found)
    return (*keys, f"applicants:only {found[0]}") if len(found) == 1 and all(named) else keys


def areas(call: Call) -> tuple[str, ...]:
    """Where a call holds, at most three areas: more say nothing."""
    named = call.areas or ((country,) if (country := country_of(call)) else ())
    return tuple(f"area:{area[:LONGEST]}" for area in named) if len(named) <= 3 else ()


@lru_cache(maxsize=20_000)
def title_words(title: str, language: str) -> tuple[str, ...]:
    """The stems of the words of a title, each once, in their order."""
    stem = stemming(language) if language in SNOWBALL else str
    words = (word.lower() for word in WORD.findall(title))
    stems = dict.fromkeys(fold(stem(word)) for word in words if word not in COMMON and word not in LANGUAGE_OF)
    return tuple(f"word:{found}" for found in list(stems)[:MOST_WORDS])


def surfaces(calls: Iterable[Call]) -> dict[str, str]:
    """A word as titles write it for each key of a word: of several forms the shortest, then the first by letters."""
    forms: dict[str, set[str]] = {}
    for call in calls:
        for word in WORD.findall(call.title):
            for key in title_words(word, call.language or ""):
                forms.setdefault(key, set()).add(word)
    return {key: min(words, key=lambda word: (len(word), word)) for key, words in sorted(forms.items())}


def family(call: Call) -> str:
    """What keeps calls of one publication together, so that none of them is measured by its own sisters."""
    said = call.call_title if call.call_title and call.call_title != call.title else ""
    return NUMBER.sub("", said or call.title).casefold().strip()
