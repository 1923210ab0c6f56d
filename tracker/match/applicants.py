"""Who may apply for a call, read from its fields and its sentences in six languages. Pure.

A field of the source that lists applicants is believed first. In a text, a sentence that says who may apply makes its
parties applicants; "nicht", "other than", "hors", "esclusi" turn that round; parties elsewhere are only named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from tracker.match.applicant_words import CUES, PARTIES, alternation, pattern_of, terms_of
from tracker.model import Call

READ = 8_000  # letters of a description that are read: who may apply stands before the conditions
TERMS = [term for table in (PARTIES, CUES) for words in table.values() for term in terms_of(words)]
TOKEN = re.compile(rf"\b(?:{alternation(TERMS)})")
END = re.compile(r"[.!?](?=\s)(?<=[\w)]{4}.)|\n\s*\n")  # no sentence ends in "z. B." or "e. V."
BRACKETS = re.compile(r"\([^()]{0,400}(?:\)|$)|\bother than\b.*", re.DOTALL)


class Degree(StrEnum):
    """How a party stands in a call."""

    MAY = "may"  # said to be an applicant
    VIA = "via"  # gets money passed on by others, as by a state of the USA
    NAMED = "named"  # only spoken of
    NOT = "not"  # said to be none


@dataclass(frozen=True, slots=True)
class Party:
    """A kind of applicant, how it stands, and the words that say so; `where` is "eligible", "title" or "text"."""

    kind: str
    degree: Degree
    words: str
    where: str


@dataclass(frozen=True, slots=True)
class Applicants:
    """Each kind once, with its strongest standing. `only` names the one group that may apply, "" where none is known.

    `stated`: a field of the source lists applicants.
    """

    parties: tuple[Party, ...] = ()
    only: str = ""
    stated: bool = False

    def degree(self, kind: str) -> Degree | None:
        """How a kind stands; None where the call does not speak of it."""
        return next((party.degree for party in self.parties if party.kind == kind), None)

    def features(self) -> Mapping[str, float]:
        """The same as figures with names that stay: "may:municipality", "only:company", "stated"."""
        found = {f"{party.degree}:{party.kind}": 1.0 for party in self.parties}
        if self.only:
            found[f"only:{self.only}"] = 1.0
        if self.stated:
            found["stated"] = 1.0
        return found


# What a bare entry of a list means, where its words alone would mislead ("State", "Local", "Others").
ENTRIES = {
    "state": "state",
    "states": "state",
    "local": "municipality",
    "federal": "state",
    "u.s. territories and possessions": "state",
    "interstate": "state",
    "intrastate": "municipality",
    "government - general": "public-body",
    "sponsored organization": "nonprofit",
    "minority group": "nonprofit",
    "recherche": "research",
    "others": "",
    "other": "",
    "andere": "",
    "autre": "",
    "cittadino": "household",
    "régions": "region",
    "départements": "region",
    "commune": "municipality",
    "comune": "municipality",
}
# The first group that holds all who may apply. Whoever is in none of them leaves a call open.
GROUPS = (
    ("municipality", {"municipality", "region", "overseas"}),
    ("tribe", {"tribe"}),
    ("state", {"state", "tribe"}),
    ("university", {"university"}),
    ("research", {"research", "university"}),
    ("company", {"company", "sme", "startup"}),
    ("farmer", {"farmer"}),
    ("household", {"household"}),
    ("school", {"school"}),
    ("nonprofit", {"nonprofit"}),
    ("health", {"health"}),
    ("culture", {"culture"}),
    ("housing", {"housing"}),
    ("research-company", {"research", "university", "company", "sme", "startup"}),
    ("private", {"company", "sme", "startup", "farmer", "household", "housing"}),
)
RANK = {Degree.NOT: 0, Degree.MAY: 1, Degree.VIA: 2, Degree.NAMED: 3}  # what is said more firmly counts
AHEAD = frozenset({">may", ">but", ">not-here", ">not-next"})  # where "nicht" ends
INVITED = "invited"
ADJACENT = 30  # letters between "only" and the party that it means


class Mark(NamedTuple):
    """A word of a sentence: what it means, and where it stands."""

    kind: str
    start: int
    end: int


@lru_cache(maxsize=1)
def meanings() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Each term with what it means, the longest first; cues begin with ">"."""
    said = [(term, f">{cue}") for cue, words in CUES.items() for term in terms_of(words)]
    said += [(term, kind) for kind, words in PARTIES.items() for term in terms_of(words)]
    return tuple(
        (re.compile(pattern_of(term)), kind) for term, kind in sorted(said, key=lambda each: (-len(each[0]), each[0]))
    )


@lru_cache(maxsize=20_000)
def meaning(words: str) -> str:
    """What words that fit the pattern mean: a kind, a kind with "!" or "?", a cue ">may", or "" for a false friend."""
    return next((kind for pattern, kind in meanings() if pattern.fullmatch(words)), "")


def applicants_of(call: Call) -> Applicants:
    """Who may apply for a call. An answer for any text; nothing found is an empty answer, never a guess."""
    listed = {party.kind: party for party in read_list(call.eligible)}
    found: dict[str, Party] = {}
    for party in (*read_text(call.title, "title"), *read_text(call.description[:READ], "text")):
        known = found.get(party.kind)
        if known is None or RANK[party.degree] < RANK[known.degree]:
            found[party.kind] = party
    invited = found.pop(INVITED, None)
    parties = tuple(sorted((found | listed).values(), key=lambda party: (RANK[party.degree], party.kind)))
    return Applicants(parties, "invited" if invited else only_of(listed or found), bool(listed))


def only_of(parties: Mapping[str, Party]) -> str:
    """The one group that may apply, where all who may are of it."""
    kinds = {kind for kind, party in parties.items() if party.degree is Degree.MAY}
    if not kinds:
        return ""
    return next((name for name, group in GROUPS if kinds <= group), "")


def read_list(entries: tuple[str, ...]) -> Iterator[Party]:
    """The kinds that a source's own list of applicants names."""
    for entry in entries:
        plain = BRACKETS.sub(" ", entry.lower().replace("_", " ")).strip(" ,.;'\"[]")
        if plain in ENTRIES:
            if kind := ENTRIES[plain]:
                yield Party(kind, Degree.MAY, entry.strip(), "eligible")
            continue
        for token in TOKEN.finditer(plain):
            kind = meaning(token.group()).rstrip("!")
            if kind and kind[0] != ">" and kind[-1] != "?":
                yield Party(kind, Degree.MAY, entry.strip()[:80], "eligible")


def read_text(text: str, where: str) -> list[Party]:
    """The parties of a text, sentence by sentence. A question or heading without a party speaks for the next one."""
    small = text.lower()
    said = text if len(small) == len(text) else small
    parties: list[Party] = []
    sentence: list[Mark] = []
    asked, last = False, 0
    for token in TOKEN.finditer(small):
        if sentence and END.search(small, last, token.start()):
            parties += told(sentence, said, where, asked=asked)
            asked = is_question(sentence)
            sentence = []
        last = token.end()
        if kind := meaning(token.group()):
            sentence.append(Mark(kind, token.start(), last))
    return parties + told(sentence, said, where, asked=asked)


def is_question(sentence: list[Mark]) -> bool:
    """Whether a sentence asks who may apply, or is a heading that says so, and names nobody."""
    return any(mark.kind == ">may" for mark in sentence) and not any(is_party(mark.kind) for mark in sentence)


def is_party(kind: str) -> bool:
    """Whether a meaning is that of a party, and not of a cue or a stop."""
    return kind[0] != ">"


def told(sentence: list[Mark], text: str, where: str, *, asked: bool) -> list[Party]:
    """The parties of one sentence with their degrees."""
    if not any(is_party(mark.kind) or mark.kind == ">invited" for mark in sentence):
        return []
    cues = {mark.kind for mark in sentence if not is_party(mark.kind)}
    usual = Degree.NAMED
    if ">via" in cues:
        usual = Degree.VIA
    elif asked or cues & {">may", ">weak"} or cues >= {">not-here", ">but"} or is_only(sentence):
        usual = Degree.MAY
    shut = negated(sentence, text) if cues & {">not-here", ">not-next"} else frozenset()
    parties = [Party(INVITED, Degree.MAY, "", where)] if ">invited" in cues else []
    for place, mark in enumerate(sentence):
        if is_party(mark.kind):
            degree = Degree.NOT if place in shut else usual
            if (mark.kind[-1] == "!" and degree is Degree.NAMED) or (mark.kind == "state" and degree is Degree.VIA):
                degree = Degree.MAY  # who passes money on gets it first
            if mark.kind[-1] == "?":
                degree = Degree.NAMED
            parties.append(Party(mark.kind.rstrip("!?"), degree, text[mark.start : mark.end], where))
    return parties


def is_only(sentence: list[Mark]) -> bool:
    """Whether "only" stands right before a party: "nur Unternehmen"."""
    return any(
        mark.kind == ">only" and is_party(after.kind) and after.start - mark.end < ADJACENT
        for mark, after in pairwise(sentence)
    )


def negated(sentence: list[Mark], text: str) -> frozenset[int]:
    """The places of the parties that a sentence shuts out.

    "Ausgenommen sind Städte" shuts out what follows, "Städte sind ausgenommen" what stands before.
    """
    shut: set[int] = set()
    begun = 0
    for place, mark in enumerate(sentence):
        if mark.kind in {">may", ">but"}:
            begun = place
        if mark.kind not in {">not-here", ">not-next"}:
            continue
        ahead = parties_ahead(sentence, place, text, commas=False)
        if ahead and mark.kind == ">not-here":
            ahead = parties_ahead(sentence, place, text, commas=True)
        if ahead or mark.kind == ">not-next":
            shut.update(ahead)
        else:
            shut.update(index for index in range(begun, place) if is_party(sentence[index].kind))
        begun = place
    return frozenset(shut)


def parties_ahead(sentence: list[Mark], place: int, text: str, *, commas: bool) -> list[int]:
    """The places of the parties behind a mark, up to the first stop; a comma is one unless `commas` go on."""
    found = []
    for index in range(place + 1, len(sentence)):
        between = text[sentence[index - 1].end : sentence[index].start]
        if sentence[index].kind in AHEAD or ";" in between or ")" in between or ("," in between and not commas):
            break
        if is_party(sentence[index].kind):
            found.append(index)
    return found
