"""Which learned words of a call spoke for or against a topic, for those who ask why. Pure."""

from __future__ import annotations

import math

from tracker.match.features import words_of
from tracker.match.learned import Learned
from tracker.match.topics import fields_of
from tracker.model import Call

SHOWN = 6
LEAST = 0.01  # logits; less is no word that counted


def spoken(call: Call, topic: str, learned: Learned) -> tuple[tuple[str, float], ...]:
    """The beginnings of words that counted most, each with what it added to the topic's score, in logits.

    A "^" before a beginning marks a word of the title. Empty for a topic that no labelled call knows.
    """
    if topic not in learned.labels:
        return ()
    label = learned.labels.index(topic)
    words = words_of(fields_of(call))
    scale = learned.topic.weights.get("words", 0.0) / math.sqrt(max(len(words), 1))
    said = [
        (word, round(scale * weight, 3))
        for word in words & learned.words.keys()
        for number, weight in learned.words[word]
        if number == label
    ]
    counted = [one for one in said if abs(one[1]) >= LEAST]
    return tuple(sorted(counted, key=lambda one: (-abs(one[1]), one[0]))[:SHOWN])
