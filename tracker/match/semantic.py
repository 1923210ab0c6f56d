"""What a call says when the meaning of its text is known too. Pure.

The meaning is a second opinion, never the only one: it can lift a topic for which words, fields or a rule speak
already, and push one aside for which little else speaks. It adds no topic out of nothing, and a call whose topics were
all lifted stays marginal (see `decide`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import exp, log

from tracker.match.features import Features
from tracker.match.topics import ASSIGNED

UNLIKELY = 0.3  # below it a topic is pushed aside, if another one stays
SURE = 0.02  # words alone are never taken for surer than this


def with_meaning(said: Features, added: Mapping[str, float]) -> Features:
    """What a call says, with the log-odds that its meaning adds to each topic; {}: as it is."""
    if not added:
        return said
    before = {key for key, score, _ in said.topics if score >= ASSIGNED}
    scores = {key: together(score, added[key]) if key in added else score for key, score, _ in said.topics}
    lifted = frozenset(key for key, score in scores.items() if key not in before and score >= ASSIGNED)
    kept = {key for key in before if scores[key] >= UNLIKELY}
    if before and not kept:  # though others are lifted: they alone would keep the call out of the mail
        kept = {min(before, key=lambda key: (-scores[key], key))}
    for key in kept:
        scores[key] = max(scores[key], ASSIGNED)
    topics = sorted(
        ((key, scores[key], evidence) for key, _, evidence in said.topics), key=lambda topic: (-topic[1], topic[0])
    )
    return replace(said, topics=tuple(topics), lifted=lifted)


def together(score: float, added: float) -> float:
    """The score of words and meaning: their log-odds are added."""
    held = min(max(score, SURE), 1 - SURE)
    return round(1 / (1 + exp(-(log(held / (1 - held)) + added))), 3)
