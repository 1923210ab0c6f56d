"""Which topics and partner cities a call is about, and how near it stands to the city. Pure.

`prepare` once per profile, `match` once per call. An answer depends on the call and the profile alone: never on other
calls, their order, the clock or the network.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tracker.match.places import DORMANT, Names, country_of, is_named, named_in, names_of
from tracker.match.programmes import known_of
from tracker.match.relevance import judge, verdict
from tracker.match.topics import assigned, fields_of, find, read_in, scores
from tracker.match.vocabulary import Lexicon, entries
from tracker.model import Call, Match, Profile, Topic, TopicMatch

__all__ = ["Matcher", "match", "prepare"]


@dataclass(frozen=True, slots=True)
class Matcher:
    """A profile made ready: its vocabularies with their traps, the names of its partner cities."""

    profile: Profile
    lexicon: Lexicon
    partners: tuple[Names, ...]


def prepare(profile: Profile) -> Matcher:
    """Compile a profile, once. The Ukrainian dictionary is left until a Cyrillic word asks for it."""
    terms = (entry for topic in profile.topics for entry in entries(topic.key, topic.keywords))
    lexicon = Lexicon(terms, (*traps_of(profile.topics), *entries("", profile.exclude)))
    return Matcher(profile, lexicon, tuple(names_of(city) for city in profile.partners))


def traps_of(topics: Iterable[Topic]) -> Iterable[tuple[str, str, str]]:
    """The traps of each topic; those of the whole profile have no owner."""
    for topic in topics:
        yield from entries(topic.key, topic.exclude)


def match(call: Call, matcher: Matcher) -> Match:
    """A call judged for one profile: topics with score 0..1 and evidence, cities, relevance 0..3, reasons in German."""
    fields = fields_of(call)
    findings = find(fields, read_in(fields, call.language), matcher.lexicon)
    known = known_of(call)
    wanted = {topic.key for topic in matcher.profile.topics}
    found = {key: said for key, said in scores(findings, known).items() if key in wanted}
    topics = assigned(found)
    judged = judge(call, topics, known.rule, matcher.profile)
    by_topic = cities_of(call, matcher, topics)
    resting = [names.city for names in matcher.partners if names.city.status == DORMANT and is_named(names, call.title)]
    why = judged.why + tuple(
        f"{city.label.get('de') or city.name}: Partnerschaft ruht, zählt nicht" for city in resting
    )
    return Match(
        topics=tuple(
            TopicMatch(topic=key, score=score, cities=by_topic[key], evidence=evidence)
            for key, (score, evidence) in topics.items()
        ),
        relevance=judged.relevance,
        verdict=verdict(judged.relevance, matcher.profile.thresholds),
        cities=tuple(dict.fromkeys(city for cities in by_topic.values() for city in cities)),
        why=why,
        near=tuple(sorted((key, score) for key, (score, _) in found.items() if key not in topics)),
    )


def cities_of(call: Call, matcher: Matcher, topics: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The partner cities of each topic: those tied to it, and those that the call itself names or is meant for.

    A dormant partnership is never counted. A call for one country of the world names the cities of that country only.
    """
    country = country_of(call)
    living = [names for names in matcher.partners if names.city.status != DORMANT]
    named = {city.key for city in named_in(call, living)}
    cities = [names.city for names in living if not country or names.city.country == country]
    return {
        key: tuple(
            city.key
            for city in cities
            if key in city.topics or city.key in named or (country and city.country == country)
        )
        for key in topics
    }
