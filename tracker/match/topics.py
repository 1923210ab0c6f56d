"""Which topics a call is about, with the words that say so. Pure.

Every finding has a weight for where it stands: one good word in the title says much, in the description it takes
several. How findings make a score was learned from labelled calls; without any finding a call is not about a topic.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from math import exp, inf, log
from typing import NamedTuple

from tracker.match.learned import SHORTEST, Learned, chance
from tracker.match.programmes import Known
from tracker.match.vocabulary import Hit, Lexicon
from tracker.match.words import ENOUGH as TELLING_WORDS
from tracker.match.words import JOINT, ends_of, languages_of, part_names, pieces_of
from tracker.model import Call, Evidence

WEIGHT = {"title": 0.62, "call_title": 0.3, "divisions": 0.4, "programme": 0.3, "description": 0.22}
HINT = 0.33
RULE = 0.52
AGAIN = 0.5  # each further mention of one term counts half of the one before
NEAR, FAR = 500, 1_500  # letters of a description that tell what it is about; after them come conditions and annexes
LATE, LATEST = 0.6, 0.25
LONGEST = 20_000  # letters that are read of one field: no real call says its topic later
ASSIGNED = 0.5
PROGRAMME = "programme"
FIRST, MANY = 0.1, 5  # a first mention within the first 1,500 letters weighs more; as many terms as ever counted
ENOUGH = 3.0
COMPOUND = 15  # letters
AGAINST, FOR = -1.0, 3.0  # logits
LEAST = exp(-ENOUGH)  # what is left open by findings that are enough
SHOWN = 6  # findings of one topic that are handed on as evidence

# Names of clusters and programmes that name three topics at once, and so none.
BOILERPLATE = re.compile(
    r"Climate, Energy and Mobility|Food, Bioeconomy,? Natural Resources, Agriculture and Environment"
    r"|Global Challenges and European Industrial Competitiveness|Digital, Industry and Space"
    r"|Industrial Competitiveness in Transport|Programme for the Environment and Climate Action"
    r"|Citizens, Equality, Rights and Values|BATTERIES and ENERGY"
)
HIDDEN = "\u00ad\u200b\u2060\ufeff"  # soft hyphens and spaces without width


class Finding(NamedTuple):
    """A term in a field: the words as they stand, how much they weigh, and which topic they speak for."""

    topic: str
    words: str
    where: str
    term: str
    weight: float
    hint: bool

    @property
    def evidence(self) -> Evidence:
        """What is shown of it."""
        return Evidence(words=self.words, where=self.where, term=self.term)


class Frame(NamedTuple):
    """What the findings of a call are measured by.

    `silence`: 1 without a description, so that a title is all that there can be; 0 from a few sentences on.
    `title`: how many words the title has that may say something.
    """

    silence: float
    title: int


class Field(NamedTuple):
    """One field of a call, ready to be searched: its words in order, and all its pieces (see `pieces_of`)."""

    name: str
    text: str
    words: list[str]
    pieces: list[str]


def fields_of(call: Call) -> tuple[Field, ...]:
    """What a call says about itself, the best first. A title that is only an identifier stays: its words may tell."""
    texts = {
        "title": call.title,
        "call_title": call.call_title if call.call_title != call.title else "",
        "divisions": "; ".join(call.divisions),
        "programme": call.programme,
        "description": call.description,
    }
    return tuple(field_of(name, text) for name, text in texts.items() if text)


def field_of(name: str, text: str) -> Field:
    """A field without what nobody sees and what names every topic. A lost letter ("Ji?ín") is left as it is."""
    plain = text[:LONGEST]
    if not plain.isascii():
        for letter in HIDDEN:
            plain = plain.replace(letter, "")
    plain = BOILERPLATE.sub(" . ", plain)
    plain = part_names(plain) if name in {"title", "call_title"} else plain
    pieces = pieces_of(plain)
    return Field(name, plain, pieces[1::2], pieces)


def first_words(field: Field, letters: int) -> list[str]:
    """The words of a field that begin within its first letters."""
    if len(field.text) <= letters:
        return field.words
    return field.words[: words_within(field.pieces, letters)]


def words_within(pieces: list[str], letters: int) -> int:
    """How many words begin within so many letters. Most pieces have more than two; a word has at least one."""
    ends = ends_of(pieces[: letters // 2 + 1])
    if ends[-1] < letters:
        ends = ends_of(pieces[: 2 * letters])
    return bisect_left(ends[::2], letters)


def read_in(fields: Iterable[Field], stated: str | None) -> tuple[str, ...]:
    """The languages in which the fields are read."""
    words: list[str] = []
    for field in fields:
        words += field.words[:TELLING_WORDS]
    return languages_of(words[:TELLING_WORDS], stated)


def find(fields: Iterable[Field], languages: tuple[str, ...], lexicon: Lexicon) -> list[Finding]:
    """All terms of all topics in the fields, without those that stand inside a trap or inside a longer term."""
    found: list[Finding] = []
    for field in fields:
        hits, traps = lexicon.find(field.words, languages)
        if hits:
            found += weigh(field, outside(hits, traps))
    return found


def outside(hits: list[Hit], traps: list[Hit]) -> list[Hit]:
    """The hits that share no word with a trap. A longer term may hold one: "local digital twin" is meant."""
    closed: dict[int, list[Hit]] = {}
    for trap in traps:
        for word in trap.words:
            closed.setdefault(word, []).append(trap)
    if not closed:
        return hits
    return [hit for hit in hits if not any(shuts(trap, hit) for word in hit.words for trap in closed.get(word, ()))]


def shuts(trap: Hit, hit: Hit) -> bool:
    """Whether a trap on the same words takes a hit away: one of the whole profile, or of the hit's own topic."""
    return trap.term.owner in {"", hit.term.owner} and not set(trap.words) < set(hit.words)


def weigh(field: Field, hits: list[Hit]) -> Iterator[Finding]:
    """Findings with their weights. Of two terms of one topic on the same word, the longer one counts."""
    name, _, _, pieces = field
    counted: dict[tuple[str, tuple[int, ...]], int] = {}
    taken: dict[str, set[int]] = {}
    near, far = edges(field)
    for term, words in sorted(hits, key=order):
        owner, hint = term.owner, term.hint
        mine = taken.setdefault(owner, set())
        if not mine.isdisjoint(words):
            continue
        mine.update(words)
        before = counted.get((owner, term.atoms), 0)
        counted[owner, term.atoms] = before + 1
        first = words[0]
        depth = 1.0 if first < near else LATE if first < far else LATEST
        weight = WEIGHT[name] * (HINT if hint else 1.0) * AGAIN**before * depth
        said = "".join(pieces[2 * first + 1 : 2 * words[-1] + 2])
        if len(words) > 1 or JOINT in said:
            said = " ".join(said.replace(JOINT, "").split())
        yield Finding(owner, said, name, term.text, weight, hint)


def order(hit: Hit) -> tuple[bool, int, tuple[int, ...], str]:
    """The longer terms first, hints last."""
    term, words = hit
    return term.hint, -len(words), words, term.text


def edges(field: Field) -> tuple[float, float]:
    """The first word of a description that counts less for where it stands, and the first that counts least."""
    if field.name != "description" or len(field.text) <= NEAR:
        return inf, inf
    near = words_within(field.pieces, NEAR)
    return near, words_within(field.pieces, FAR) if len(field.text) > FAR else inf


def gather(findings: Iterable[Finding], known: Known) -> dict[str, list[Finding]]:
    """The findings of every topic that anything speaks for; hints alone are no reason.

    What a programme is about counts as a finding; the words by which it was known are the evidence.
    """
    rule = known.rule
    said: dict[str, list[Finding]] = {}
    meant: set[str] = set(rule.topics)
    for finding in findings:
        topic = finding.topic
        if topic not in rule.never:
            said.setdefault(topic, []).append(finding)
            if not finding.hint:
                meant.add(topic)
    for topic in rule.topics:
        said.setdefault(topic, []).append(Finding(topic, known.words, PROGRAMME, rule.name, RULE, hint=False))
    return {topic: found for topic, found in said.items() if topic in meant}


def signals(findings: list[Finding], frame: Frame) -> dict[str, float]:
    """What speaks for one topic, as figures that were learned from: sums of findings and where they stand."""
    open_all = open_text = 1.0
    hints = 0.0
    terms: set[str] = set()
    where: set[str] = set()
    special: set[str] = set()  # where a term stands that can hardly mean anything else
    hint_in_title = False
    in_title = 0
    for _, words, place, term, weight, hint in findings:
        open_all *= 1.0 - weight
        if hint:
            hints += weight
            hint_in_title |= place == "title"
            continue
        where.add(place)
        if " " in term or len(term) >= COMPOUND:
            special.add(place)
        if place == "description":
            open_text *= 1.0 - weight
            if weight > FIRST:
                terms.add(term)
        elif place == "title":
            in_title += len(words.split())
    return {
        "all": weight_of(open_all),
        "text": weight_of(open_text),
        "terms": min(len(terms), MANY) / MANY,
        "title": float("title" in where),
        "phrase in title": float("title" in special),
        "phrases": float("description" in special),
        "call title": float("call_title" in where),
        "rule": float(PROGRAMME in where and any(f.weight == RULE for f in findings if not f.hint)),
        "hints in title": float(hint_in_title),
        "hints": min(hints, 1.0),
        "silent": frame.silence,
        "share of title": min(in_title / frame.title, 1.0),
    }


def weight_of(left: float) -> float:
    """Findings together, in logits, from what they leave open: the product of (1 - weight)."""
    return min(-log(max(left, LEAST)), ENOUGH)


def score(findings: list[Finding], words: float | None, learned: Learned, frame: Frame) -> float:
    """The chance 0..1 that a call funds a topic. `words`: what its words say of it; None for a topic never labelled."""
    said = signals(findings, frame)
    if words is None:
        return round(chance(learned.topic_unknown.at(said)), 3)
    said["words"] = told_by_words(words)
    return round(chance(learned.topic.at(said)), 3)


def frame_of(call: Call) -> Frame:
    """What findings are measured by."""
    title = sum(len(word) >= SHORTEST for word in call.title[:NEAR].split())
    return Frame(max(0.0, 1.0 - len(call.description) / NEAR), max(title, 1))


def told_by_words(words: float) -> float:
    """What words may say for or against a topic: a term of the vocabulary in a title is not talked down by them."""
    return min(max(words, AGAINST), FOR)


def shown(findings: list[Finding]) -> tuple[Evidence, ...]:
    """The evidence worth showing: the heaviest first, each wording once."""
    kept: dict[str, Finding] = {}
    for finding in sorted(findings, key=heaviest):
        words = finding.words.lower()
        # "food" says nothing beside "food waste", nor "Jugendbegegnung" beside "Jugendbegegnungen".
        if not any(words in known for known in kept):
            kept[words] = finding
            if len(kept) == SHOWN:
                break
    return tuple(finding.evidence for finding in kept.values())


def heaviest(finding: Finding) -> float:
    """The heaviest first."""
    return -finding.weight
