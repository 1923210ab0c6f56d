"""Who may apply for a call, read from its fields and its sentences in six languages. Pure.

A field of the source that lists applicants is believed first. In a text, a sentence that says who may apply makes its
parties applicants; "nicht", "other than", "hors", "esclusi" turn that round; parties elsewhere are only named.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from tracker.match.applicant_words import CUES, PARTIES, alternation, pattern_of, terms_of
from tracker.model import Call

LISTED = 20_000  # letters of a list of applicants that are read: real ones have some thousand
READ = 8_000  # letters of a description that are read: who may apply stands before the conditions
TERMS = [term for table in (PARTIES, CUES) for words in table.values() for term in terms_of(words)]
# What stands before a word is sought first, and faster than the edge of a word: so a text begins with a blank.
TOKEN = re.compile(rf"[\s\-\[(/.,;:>*_'’\"„“”«»–•]({alternation(TERMS)})")
END = re.compile(r"[.!?](?=\s)(?<=[\w)]{4}.)|\n\s*\n")  # no sentence ends in "z. B." or "e. V."
BLANK = re.compile(r"\s")
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
    "anyone/general public": "anyone",
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
RANKED = (Degree.NOT, Degree.MAY, Degree.VIA, Degree.NAMED)  # what is said more firmly counts
NOT, MAY, VIA, NAMED = range(4)
AHEAD = frozenset({">may", ">but", ">not-here", ">not-next"})  # where "nicht" ends
INVITED = "invited"
CUT = "cut"  # a text that breaks off while it says who may apply: others may have followed
ADJACENT = 30  # letters between "only" and the party that it means


Mark = tuple[str, int, int]  # what a word of a sentence means, and where it stands
Found = dict[str, tuple[int, str, str]]  # a kind with its rank, the words that say so, and the field


@lru_cache(maxsize=1)
def meanings() -> Mapping[str, list[tuple[str, str]]]:
    """Each term with what it means, by its first two letters, the longest first; cues begin with ">"."""
    said = [(term, f">{cue}") for cue, words in CUES.items() for term in terms_of(words)]
    said += [(term, kind) for kind, words in PARTIES.items() for term in terms_of(words)]
    found: dict[str, list[tuple[str, str]]] = {}
    for term, kind in sorted(said, key=lambda each: (-len(each[0]), each[0])):
        found.setdefault(term[:2], []).append((term.rstrip(), kind))
    return found


@lru_cache(maxsize=20_000)
def meaning(words: str) -> str:
    """What words that fit the pattern mean: a kind, a kind with "!" or "?", a cue ">may", or "" for a false friend."""
    plain = BLANK.sub(" ", words)
    return next((kind for term, kind in meanings().get(plain[:2], ()) if is_meant(term, plain)), "")


def is_meant(term: str, words: str) -> bool:
    """Whether words are those of a term. For most terms no pattern is made: some hundred of them take 0.1 s."""
    if "~" in term:
        return words.startswith(term.partition("~")[0]) and fitting(term).fullmatch(words) is not None
    if not term.endswith("*"):
        return words == term
    start = term[:-1]
    rest = words[len(start) :].replace("_", "a")
    return words.startswith(start) and (not rest or rest.isalnum())


@lru_cache(maxsize=1_000)
def fitting(term: str) -> re.Pattern[str]:
    """The pattern of one term; there are fewer than that."""
    return re.compile(pattern_of(term))


def applicants_of(call: Call) -> Applicants:
    """Who may apply for a call. An answer for any text; nothing found is an empty answer, never a guess."""
    listed = read_list(call.eligible)
    found: Found = {}
    read_text(call.title[:READ], "title", found)
    read_text(call.description[:READ], "text", found)
    invited, cut = found.pop(INVITED, None), found.pop(CUT, None)
    only = INVITED if invited else "" if cut and not listed else only_of(listed or found)
    parties = [Party(kind, RANKED[rank], words, where) for kind, (rank, words, where) in (found | listed).items()]
    return Applicants(
        tuple(sorted(parties, key=lambda party: (RANKED.index(party.degree), party.kind))), only, bool(listed)
    )


def only_of(found: Found) -> str:
    """The one group that may apply, where all who may are of it."""
    kinds = {kind for kind, (rank, _, _) in found.items() if rank == MAY}
    if not kinds:
        return ""
    return next((name for name, group in GROUPS if kinds <= group), "")


def read_list(entries: tuple[str, ...]) -> Found:
    """The kinds that a source's own list of applicants names."""
    found: Found = {}
    left = LISTED
    for whole_entry in entries:
        entry = whole_entry[:left]
        left -= len(entry)
        plain = BRACKETS.sub(" ", entry.lower().replace("_", " ")).strip(" ,.;'\"[]")
        whole = ENTRIES.get(plain)
        kinds = [meaning(words).rstrip("!") for words in TOKEN.findall(f" {plain}")] if whole is None else [whole]
        for kind in kinds:
            if kind and is_party(kind) and kind[-1] != "?":
                found.setdefault(kind, (MAY, entry.strip()[:80], "eligible"))
    return found


def read_text(text: str, where: str, found: Found) -> None:
    """Add the parties of a text, sentence by sentence. A question without a party speaks for the sentence after it."""
    small = f" {text.lower()}"
    said = f" {text}" if len(small) == len(text) + 1 else small
    sentence: list[Mark] = []
    asked, last = False, 0
    for token in TOKEN.finditer(small):
        if sentence and END.search(small, last, token.start() + 1):
            add_told(sentence, said, where, found, asked=asked)
            asked = is_question(sentence)
            sentence = []
        last = token.end()
        if kind := meaning(token[1]):
            sentence.append((kind, token.start(1), last))
    add_told(sentence, said, where, found, asked=asked)
    if any(kind == ">may" for kind, _, _ in sentence) and small.rstrip()[-1:].isalnum() and where == "text":
        found[CUT] = (NAMED, "", where)


def is_question(sentence: list[Mark]) -> bool:
    """Whether a sentence asks who may apply, or is a heading that says so, and names nobody."""
    kinds = [kind for kind, _, _ in sentence]
    return ">may" in kinds and not any(map(is_party, kinds))


def is_party(kind: str) -> bool:
    """Whether a meaning is that of a party, and not of a cue."""
    return kind[0] != ">"


def add_told(sentence: list[Mark], text: str, where: str, found: Found, *, asked: bool) -> None:
    """Add the parties of one sentence, each with what is said most firmly of it."""
    cues = {kind for kind, _, _ in sentence if kind[0] == ">"}
    if ">invited" in cues:
        found[INVITED] = (MAY, "", where)
    usual = MAY if asked else usual_rank(cues, sentence)
    shut = negated(sentence, text) if cues & {">not-here", ">not-next"} else frozenset()
    for place, (kind, start, end) in enumerate(sentence):
        if kind[0] == ">":
            continue
        rank = NOT if place in shut else usual
        if (kind[-1] == "!" and rank == NAMED) or (kind == "state" and rank == VIA):
            rank = MAY  # who passes money on gets it first
        if kind[-1] == "?":
            rank = NAMED
        bare = kind.rstrip("!?")
        if bare not in found or rank < found[bare][0]:
            found[bare] = (rank, text[start:end].rstrip(" ,"), where)


def usual_rank(cues: set[str], sentence: list[Mark]) -> int:
    """How the parties of a sentence stand, unless a word turns it round."""
    if ">via" in cues:
        return VIA
    told = cues & {">may", ">weak"} or cues >= {">not-here", ">but"} or (">only" in cues and is_only(sentence))
    return MAY if told else NAMED


def is_only(sentence: list[Mark]) -> bool:
    """Whether "only" stands right before a party: "nur Unternehmen"."""
    return any(
        kind == ">only" and is_party(after) and start - end < ADJACENT
        for (kind, _, end), (after, start, _) in pairwise(sentence)
    )


def negated(sentence: list[Mark], text: str) -> frozenset[int]:
    """The places of the parties that a sentence shuts out.

    "Ausgenommen sind Städte" shuts out what follows, "Städte sind ausgenommen" what stands before.
    """
    shut: set[int] = set()
    begun = 0
    for place, (kind, _, _) in enumerate(sentence):
        if kind in {">may", ">but"}:
            begun = place
        if kind not in {">not-here", ">not-next"}:
            continue
        ahead = parties_ahead(sentence, place, text, commas=False)
        if ahead and kind == ">not-here":
            ahead = parties_ahead(sentence, place, text, commas=True)
        if ahead or kind == ">not-next":
            shut.update(ahead)
        else:
            shut.update(index for index in range(begun, place) if is_party(sentence[index][0]))
        begun = place
    return frozenset(shut)


def parties_ahead(sentence: list[Mark], place: int, text: str, *, commas: bool) -> list[int]:
    """The places of the parties behind a mark, up to the first stop; a comma is one unless `commas` go on."""
    found = []
    for index in range(place + 1, len(sentence)):
        between = text[sentence[index - 1][2] : sentence[index][1]]
        kind = sentence[index][0]
        if kind in AHEAD or ";" in between or ")" in between or ("," in between and not commas):
            break
        if is_party(kind):
            found.append(index)
    return found
