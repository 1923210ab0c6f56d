"""What the vectors of texts say about a call's topics: log-odds for each. Pure, and without numpy.

A vector has 384 numbers. All of E5's vectors lie close together, so the mean of many calls is taken off first (for
topics: the mean of many topics). Means, heads and weights are shipped in data/meaning.json, never made from the calls
at hand: an answer must not depend on a call's company. `.ci/train_meaning.py` makes that file and says how good it is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import sqrt
from operator import mul

from tracker.model import Call, Profile, Topic
from tracker.values import fingerprint

LONGEST = 700  # letters of a call that are embedded: more costs seconds and says nothing new of its topic
QUERY = 400  # letters of a topic's keywords in one language
SIGNS = re.compile("[=*]")  # of the syntax of terms
MOST = 3.0  # log-odds: what the meaning can add or take at most
Vector = Sequence[float]


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each sign counts: what was learned of a topic, its likeness to the topic's words, and where zero is."""

    head: float
    likeness: float
    bias: float


@dataclass(frozen=True, slots=True)
class Shipped:
    """data/meaning.json: of which model, what is taken off calls and topics, what was learned. `mark` names it all."""

    model: str
    passages: Vector
    queries: Vector
    learned: Weights
    plain: Weights  # for topics that nothing was learned of
    heads: Mapping[str, tuple[float, Vector]]  # topic → bias, weights
    mark: str


@dataclass(frozen=True, slots=True)
class Meaning:
    """The topics of a profile made ready: one direction and one constant each."""

    centre: Vector
    length: float  # of the centre, squared
    topics: Mapping[str, tuple[Vector, float, float]]  # direction, its product with the centre, constant


@cache
def shipped() -> Shipped:
    """The shipped numbers, read once."""
    data = json.loads(files("tracker").joinpath("data", "meaning.json").read_text(encoding="utf-8"))
    return Shipped(
        model=data["model"],
        passages=data["passages"],
        queries=data["queries"],
        learned=Weights(**data["weights"]["learned"]),
        plain=Weights(**data["weights"]["plain"]),
        heads={key: (head[0], head[1:]) for key, head in data["heads"].items()},
        mark=fingerprint(data),
    )


# ---------------------------------------------------------------- texts


def passage_of(call: Call) -> str:
    """The text of a call that is embedded: its titles, then the beginning of its description; at most 700 letters."""
    title = call.call_title if call.call_title != call.title else ""
    return cut((call.title, title, call.description[: 4 * LONGEST]), LONGEST)


def queries_of(topic: Topic) -> tuple[str, ...]:
    """The texts of a topic that are embedded: its names, its description, its keywords in each language. No hints.

    One text per language: mixed ones are understood worse (mean average precision 0.46 instead of 0.57, 2026-11).
    """
    words = (
        cut((", ".join(SIGNS.sub("", term) for term in terms if not term.startswith("~")),), QUERY)
        for terms in topic.keywords.values()
    )
    label = topic.label.get("de") or topic.key
    texts = (*topic.label.values(), f"{label}: {topic.description}" if topic.description else "", *words)
    return tuple(dict.fromkeys(text for text in texts if text)) or (topic.key,)


def cut(parts: Iterable[str], longest: int) -> str:
    """Texts as one, with single spaces, without what cannot be written as UTF-8, not longer than that."""
    text = " . ".join(plain for part in parts if (plain := " ".join(part.split())))
    return text[:longest].encode("utf-8", "replace").decode("utf-8")


# ---------------------------------------------------------------- vectors


def prepare_meaning(profile: Profile, vectors: Mapping[str, Vector], numbers: Shipped | None = None) -> Meaning:
    """A profile's topics made ready from the vectors of their texts. Raises KeyError where one of them is missing."""
    numbers = numbers or shipped()
    centre = numbers.passages
    ready = {}
    for topic in profile.topics:
        likeness = centred(mean([vectors[text] for text in queries_of(topic)]), numbers.queries)
        weights = numbers.learned if topic.key in numbers.heads else numbers.plain
        bias, head = numbers.heads.get(topic.key, (0.0, [0.0] * len(centre)))
        direction = [weights.head * a + weights.likeness * b for a, b in zip(head, likeness, strict=True)]
        ready[topic.key] = (direction, product(direction, centre), weights.head * bias + weights.bias)
    return Meaning(centre, product(centre, centre), ready)


def odds(meaning: Meaning, vector: Vector) -> dict[str, float]:
    """What a call's vector adds to the log-odds of each topic, -3..3."""
    # (v - c)·d / |v - c| without making v - c: three products instead of a new list for each topic.
    length = sqrt(max(product(vector, vector) - 2 * product(vector, meaning.centre) + meaning.length, 1e-9))
    return {
        key: round(max(-MOST, min(MOST, (product(vector, direction) - off) / length + constant)), 3)
        for key, (direction, off, constant) in meaning.topics.items()
    }


def product(one: Vector, other: Vector) -> float:
    """The sum of the products."""
    return float(sum(map(mul, one, other)))


def mean(vectors: Sequence[Vector]) -> list[float]:
    """The mean of some vectors."""
    return [sum(column) / len(vectors) for column in zip(*vectors, strict=True)]


def centred(vector: Vector, centre: Vector) -> list[float]:
    """The vector seen from the centre, with length 1; one that lies there stays nothing."""
    moved = [a - b for a, b in zip(vector, centre, strict=True)]
    length = sqrt(product(moved, moved))
    return [number / length for number in moved] if length > 1e-9 else moved
