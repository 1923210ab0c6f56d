"""Which topics and partner cities a call is about, and how near it stands to the city. Pure.

`prepare` once per profile; then `match` a call, or in two halves: `features` once per call, costly, and `decide` once
per profile, cheap. An answer depends on the call and the profile alone: never on other calls, their order, other
profiles, the clock or the network.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from tracker.match.applicant_reasons import INVITED_ONLY
from tracker.match.features import Features, Reader, features
from tracker.match.learned import Learned, shipped
from tracker.match.places import DORMANT, full_name, names_of
from tracker.match.programmes.areas import MEMBERS
from tracker.match.relevance import (
    FIELDS,
    HIGHEST,
    INVITED,
    OFF_TOPIC,
    Placed,
    nearness,
    on_topics,
    placed,
    verdict,
)
from tracker.match.topics import ASSIGNED
from tracker.match.vocabulary import Lexicon, entries
from tracker.model import Call, Evidence, Match, PartnerCity, Profile, Topic, TopicMatch

__all__ = ["Features", "Matcher", "decide", "features", "match", "prepare", "prepare_all"]


Terms = Mapping[str, tuple[str, ...]]  # by language


@dataclass(frozen=True, slots=True)
class Matcher:
    """A profile made ready: how its calls are read, and its topics and living partner cities at hand.

    `members` are the names of the partner cities in the Union.

    `known` remembers how the city stands to an area; it changes the speed and never an answer.
    """

    profile: Profile
    reader: Reader
    topics: Mapping[str, Topic]
    living: tuple[PartnerCity, ...]
    members: tuple[str, ...]
    known: dict[tuple[tuple[str, ...], str], Placed] = field(default_factory=dict, compare=False)


def prepare(profile: Profile) -> Matcher:
    """Compile a profile, once."""
    return prepare_all([profile])[0]


def prepare_all(profiles: Iterable[Profile], learned: Learned | None = None) -> list[Matcher]:
    """Compile several profiles; those with the same vocabulary share a reader, so that one reading serves them all."""
    given = list(profiles)
    readers: list[tuple[Profile, Reader]] = []
    for profile in given:
        if not any(same_vocabulary(profile, other) for other, _ in readers):
            sharing = [other for other in given if same_vocabulary(profile, other)]
            readers.append((profile, reader_of(sharing, learned or shipped())))
    return [
        matcher_of(profile, next(reader for other, reader in readers if same_vocabulary(profile, other)))
        for profile in given
    ]


def same_vocabulary(one: Profile, other: Profile) -> bool:
    """Whether two profiles look for the same words; labels and descriptions are for readers only."""
    return one.exclude == other.exclude and [(t.key, t.keywords, t.exclude) for t in one.topics] == [
        (t.key, t.keywords, t.exclude) for t in other.topics
    ]


def reader_of(profiles: list[Profile], learned: Learned) -> Reader:
    """How calls are read for profiles of one vocabulary."""
    profile = profiles[0]
    words = Words(tuple((topic.key, topic.keywords, topic.exclude) for topic in profile.topics), profile.exclude)
    lexicon = lexicon_of(words)
    names = {one.name: one for given in profiles for one in map(names_of, given.partners)}
    return Reader(frozenset(topic.key for topic in profile.topics), lexicon, tuple(names.values()), learned)


def matcher_of(profile: Profile, reader: Reader) -> Matcher:
    """A profile with its reader."""
    living = tuple(city for city in profile.partners if city.status != DORMANT)
    members = tuple(label_of(city) for city in living if city.country in MEMBERS)
    return Matcher(profile, reader, {topic.key: topic for topic in profile.topics}, living, members)


@dataclass(frozen=True, slots=True)
class Words:
    """All terms and traps of a profile: of each topic by its key, and of the whole profile."""

    topics: tuple[tuple[str, Terms, Terms], ...]
    exclude: Terms

    def __hash__(self) -> int:
        """Cheap, and the same for equal words; mappings have no hash of their own."""
        return hash(tuple((key, sum(map(len, keywords.values()))) for key, keywords, _ in self.topics))


@lru_cache(maxsize=2)
def lexicon_of(words: Words) -> Lexicon:
    """The words compiled; kept, because a scheduler asks again every hour. The traps of the profile have no owner."""
    terms = (entry for key, keywords, _ in words.topics for entry in entries(key, keywords))
    traps = (entry for key, _, exclude in words.topics for entry in entries(key, exclude))
    return Lexicon(terms, (*traps, *entries("", words.exclude)))


def match(call: Call, matcher: Matcher) -> Match:
    """A call judged for one profile: topics with score 0..1 and evidence, cities, relevance 0..3, reasons in German."""
    return decide(features(call, matcher.reader), matcher)


def decide(said: Features, matcher: Matcher) -> Match:
    """What a call that was read means for one profile. The cheap part of a match."""
    profile = matcher.profile
    where = (said.area, said.country)
    place = matcher.known.get(where)
    if place is None:
        place = matcher.known[where] = placed(said.area, said.country, profile)
    added = on_topics([score for _, score, _ in said.topics], said.between)
    joint = ((name, said.between) for name in place.joint)
    figure = nearness(said.steps, (*place.signals, *joint, *added), matcher.reader.learned)
    about = [topic for topic in said.topics if topic[1] >= ASSIGNED]
    # What only sounds like one of our topics is no reason for a mail.
    sure = any(key not in said.lifted for key, _, _ in about)
    figure = min(figure, place.limit, INVITED if said.invited else HIGHEST, HIGHEST if sure else OFF_TOPIC)
    relevance = round(max(figure, 0.0), 3)
    topics = tuple(
        TopicMatch(topic=key, score=score, cities=cities_of(key, said, matcher), evidence=evidence)
        for key, score, evidence in about
    )
    return Match(
        topics=topics,
        relevance=relevance,
        verdict=verdict(relevance, profile.thresholds),
        cities=tuple(dict.fromkeys(city for topic in topics for city in topic.cities)),
        why=reasons(said, place, matcher),
        near=tuple((key, score) for key, score, _ in said.topics if score < ASSIGNED),
    )


def cities_of(topic: str, said: Features, matcher: Matcher) -> tuple[str, ...]:
    """The partner cities of a topic: those tied to it, and those that the call itself names or is meant for.

    A dormant partnership is never counted. A call for one country of the world names the cities of that country only.
    """
    country = said.country
    return tuple(
        city.key
        for city in matcher.living
        if (not country or city.country == country)
        and (topic in city.topics or country or (said.named and full_name(city) in said.named))
    )


def reasons(said: Features, place: Placed, matcher: Matcher) -> tuple[str, ...]:
    """What speaks for and against, in German: topics with the place that says so best, applicants, programme, area."""
    found = [
        by_meaning(key, matcher) if key in said.lifted else by_words(key, evidence, matcher)
        for key, score, evidence in said.topics
        if score >= ASSIGNED
    ]
    found += said.why if found else ("kein Thema der Stadt erkannt", *said.why)
    found += () if said.guessed and said.area == said.rule.area else place.why
    if said.union and not said.invited and not said.country and matcher.members:
        found.append(f"Partner {', '.join(matcher.members)} teilnahmeberechtigt")
    if said.invited:
        found.append(INVITED_ONLY)
    if said.titled:
        found += [
            f"{label_of(city)}: Partnerschaft ruht, zählt nicht"
            for city in matcher.profile.partners
            if city.status == DORMANT and full_name(city) in said.titled
        ]
    return tuple(dict.fromkeys(found))


def by_words(topic: str, evidence: tuple[Evidence, ...], matcher: Matcher) -> str:
    """A topic with the place that says so best: "Lebensmittelverschwendung (Titel)"."""
    return f"{label_of(matcher.topics[topic])} ({FIELDS.get(evidence[0].where, 'Text') if evidence else 'Text'})"


def by_meaning(topic: str, matcher: Matcher) -> str:
    """A topic that the meaning of the text brought up."""
    return f"klingt ähnlich wie das Thema {label_of(matcher.topics[topic])}"


def label_of(named: Topic | PartnerCity) -> str:
    """What German readers call a topic or a city."""
    return named.label.get("de") or (named.name if isinstance(named, PartnerCity) else named.key)
