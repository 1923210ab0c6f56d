"""What a match becomes when the meaning of the call's text is known too. Pure.

The meaning is a second opinion, never the only one: it can lift a topic for which words, fields or a rule speak
already (`Match.near`), and push one aside for which little else speaks. It adds no topic out of nothing, takes no call
away, and moves the relevance by 0.3 at most.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from math import exp, log

from tracker.match import Matcher, cities_of
from tracker.match.relevance import verdict
from tracker.match.topics import ASSIGNED
from tracker.model import Call, Match, TopicMatch

UNLIKELY = 0.3  # below it a topic is pushed aside, if another one stays
LIFT = 0.3  # what a call's relevance gains at most from its first topic
SURE = 0.02  # words alone are never taken for surer than this
NO_TOPIC = "kein Thema der Stadt erkannt"


def with_meaning(match: Match, added: Mapping[str, float], call: Call, matcher: Matcher) -> Match:
    """The match of a call with the log-odds that its meaning adds to each topic; {}: the match as it is."""
    if not added:
        return match
    before = {found.topic: found for found in match.topics}
    said = {found.topic: found.score for found in match.topics} | dict(match.near)
    scores = {key: together(score, added.get(key, 0.0)) for key, score in said.items()}
    lifted = [key for key in scores if key not in before and scores[key] >= ASSIGNED]
    kept = stays(before, scores, others=bool(lifted))
    assigned = {key: max(scores[key], ASSIGNED) for key in (*kept, *lifted)}
    cities = cities_of(call, matcher, assigned)
    topics = tuple(
        replace(before[key], score=score)
        if key in before
        else TopicMatch(topic=key, score=score, cities=cities[key], evidence=())
        for key, score in sorted(assigned.items(), key=lambda pair: (-pair[1], pair[0]))
    )
    relevance = match.relevance if before or not lifted else min(match.relevance * 2, match.relevance + LIFT)
    return replace(
        match,
        topics=topics,
        relevance=round(relevance, 2),
        verdict=verdict(relevance, matcher.profile.thresholds),
        cities=tuple(dict.fromkeys(city for topic in topics for city in topic.cities)),
        why=tuple(reasons(match.why, lifted, set(before) - set(kept), matcher)),
        near=tuple(sorted((key, score) for key, score in scores.items() if key not in assigned)),
    )


def together(score: float, added: float) -> float:
    """The score of words and meaning: their log-odds are added."""
    held = min(max(score, SURE), 1 - SURE)
    return round(1 / (1 + exp(-(log(held / (1 - held)) + added))), 3)


def stays(before: Iterable[str], scores: Mapping[str, float], *, others: bool) -> list[str]:
    """The assigned topics that stay: all that are likely enough, and the likeliest where none would be left."""
    kept = [key for key in before if scores[key] >= UNLIKELY]
    return kept if kept or others else sorted(before, key=lambda key: (-scores[key], key))[:1]


def reasons(why: Iterable[str], lifted: Iterable[str], aside: set[str], matcher: Matcher) -> Iterable[str]:
    """The reasons, without those that hold no longer, and what the meaning says."""
    labels = {topic.key: topic.label.get("de") or topic.key for topic in matcher.profile.topics}
    gone = tuple(f"{labels[key]} (" for key in aside)
    lifted = list(lifted)
    yield from (f"klingt ähnlich wie das Thema {labels[key]}" for key in lifted)
    yield from (line for line in why if not (gone and line.startswith(gone)) and not (lifted and line == NO_TOPIC))
