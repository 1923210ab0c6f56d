"""What a call says, read once and for whoever asks: topics with evidence, programme, applicants, area. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from itertools import islice

from tracker.match.applicant_reasons import INVITED_ONLY, reasons
from tracker.match.applicants import Applicants, applicants_of
from tracker.match.learned import READ, STEPS, Learned, beginnings, heard
from tracker.match.places import Names, country_of, is_named, named_in
from tracker.match.programmes import Known, Rule, is_invited_only, is_union, known_of
from tracker.match.programmes.areas import area_of
from tracker.match.relevance import signals
from tracker.match.topics import (
    Field,
    Finding,
    Frame,
    fields_of,
    find,
    first_words,
    frame_of,
    gather,
    read_in,
    score,
    shown,
)
from tracker.match.towns import municipal
from tracker.match.vocabulary import Lexicon
from tracker.model import Call, Evidence

TITLES = ("title", "call_title")
OTHERS = 2  # kinds of applicants that are told beside towns


@dataclass(frozen=True, slots=True)
class Reader:
    """How calls are read for one vocabulary: its terms and traps, the names of the partner cities of all who share it.

    `keys` are the topics of the vocabulary.
    """

    keys: frozenset[str]
    lexicon: Lexicon
    names: tuple[Names, ...]
    learned: Learned


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """What a call says, the same for every profile that shares a vocabulary.

    `topics` are all that anything speaks for, the strongest first: key, score 0..1, evidence. `steps` are what the call
    alone says of its nearness to a city, in logits. `area`: codes of where applicants are, empty where none are known;
    `guessed`: the programme and its area were reckoned from a word of the title; `country`: of an external action call;
    `union`: every member state takes part. `named` are the partner cities in the text, `titled` those in the title.
    `lifted` are topics that the meaning of the text brought up (`semantic`).
    """

    topics: tuple[tuple[str, float, tuple[Evidence, ...]], ...]
    rule: Rule
    towns: float
    between: float
    steps: tuple[float, ...]
    area: tuple[str, ...]
    country: str
    union: bool
    invited: bool
    guessed: bool
    named: frozenset[str]
    titled: frozenset[str]
    why: tuple[str, ...]
    lifted: frozenset[str] = frozenset()


def features(call: Call, reader: Reader) -> Features:
    """Read a call. The costly part of a match: done once per call and vocabulary."""
    learned = reader.learned
    fields = fields_of(call)
    known = known_of(call)
    findings = gather(find(fields, read_in(fields, call.language), reader.lexicon), known)
    words = words_say(fields, learned)
    applicants = applicants_of(call)
    sign = municipal(call, known.rule, applicants)
    steps = [words.get(f"relevance {step}", usual) for step, usual in zip(STEPS, learned.usual, strict=True)]
    said = signals(call, known.rule, sign, applicants, steps)
    country = country_of(call)
    named = named_in(call, reader.names)
    return Features(
        topics=ranked(findings, words, reader, frame_of(call)),
        rule=known.rule,
        towns=sign.share,
        between=said["between"],
        steps=tuple(line.at(said) for line in learned.steps),
        area=() if country else area_of(call, known.rule),
        country=country,
        union=is_union(known),
        invited=is_invited_only(call),
        named=frozenset(names.name for names in named),
        titled=frozenset(names.name for names in named if is_named(names, call.title)),
        guessed=known.guessed and not call.areas,
        why=tuple(reason for reason in (sign.why, *others(applicants), programme_says(known)) if reason),
    )


def others(applicants: Applicants) -> list[str]:
    """Who may apply beside towns, the first few: towns and invitations are told apart."""
    told = (reason for reason in reasons(applicants) if not reason.startswith("Städte") and reason != INVITED_ONLY)
    return list(islice(told, OTHERS))


def programme_says(known: Known) -> str:
    """What the programme is, as far as it is known: by a word of the title it is only likely."""
    why = known.rule.why
    return f"dem Titel nach: {why}" if why and known.guessed else why


def words_say(fields: Iterable[Field], learned: Learned) -> dict[str, float]:
    """What the words of a call say for each label; empty where none of the labelled calls had such words."""
    found = heard(words_of(fields), learned)
    return dict(zip(learned.labels, found, strict=True)) if found else {}


def words_of(fields: Iterable[Field]) -> Set[str]:
    """The words of a call as they were learned."""
    title: list[str] = []
    text: list[str] = []
    for field in fields:
        (title if field.name in TITLES else text).extend(first_words(field, READ))
    return beginnings(title, text)


def ranked(
    findings: Mapping[str, list[Finding]], words: Mapping[str, float], reader: Reader, frame: Frame
) -> tuple[tuple[str, float, tuple[Evidence, ...]], ...]:
    """Every topic of the vocabulary with score and evidence, the strongest first."""
    scored = (
        (key, score(found, words.get(key), reader.learned, frame), shown(found))
        for key, found in findings.items()
        if key in reader.keys
    )
    return tuple(sorted(scored, key=lambda topic: (-topic[1], topic[0])))
