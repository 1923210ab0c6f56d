"""What labelled calls taught: how much a word, a finding and a programme weigh. Pure.

The figures stand in data/match_model.json, made by .ci/train_match.py from calls that people labelled one by one; the
file says how many calls, of which sources, and what the cross-validation gave. Two things are learned:

- the chance that a call funds a topic: one set of weights for all topics, over the findings of the vocabulary
  (`topics.signals`) and, for topics that the labelled calls know by key, over the beginnings of the call's words;
- how near a call stands to a city: three steps (at least 1, 2, 3), over what `relevance.signals` says.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from itertools import pairwise, repeat
from struct import unpack
from typing import Any
from zlib import crc32

from tracker.match.words import fold, is_mark

READ = 1_400  # letters of the description that were labelled, and so the only ones that the words were learned from
BEGINNING = 7  # letters of a word: in six languages a good enough stem
SHORTEST = 3
REMEMBERED = 200_000  # a year of calls has fewer words; hostile text has more
HEARD = 0.3  # share of a call's words that must have been learned for them to say anything
IN_TITLE = "^"  # the same word in a title is a word of its own
STEPS = ("1", "2", "3")
BITS = 64  # of a sum of weights, whose unit is a 10,000th: no text has words enough to fill them
HALF, UNIT = 1 << BITS - 1, 10_000
LIMIT = 12.0  # no chance is nearer to 0 or 1 than this many logits

Signals = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Line:
    """A weighted sum: what it starts from and what each signal adds."""

    start: float
    weights: Signals

    def at(self, signals: Signals) -> float:
        """The sum for these signals, in logits; signals without a weight add nothing."""
        weights = self.weights
        return self.start + sum([weights[name] * value for name, value in signals.items() if value and name in weights])


@dataclass(frozen=True, slots=True)
class Learned:
    """All that was learned. `words` maps a word's beginning to (number of the label, weight) pairs.

    `usual` is what words usually say of each step of relevance: taken where the words of a call say nothing.
    """

    labels: tuple[str, ...]
    starts: tuple[float, ...]
    usual: tuple[float, ...]
    words: Mapping[str, tuple[tuple[int, float], ...]]
    topic: Line
    topic_unknown: Line  # the same without words: for topics that no labelled call knows
    steps: tuple[Line, ...]
    knots: tuple[tuple[float, float], ...]  # expected relevance → relevance whose cuts the digest uses
    mark: str = ""  # tells one model file from another
    packed: dict[str, int] = field(default_factory=dict, compare=False, repr=False)  # `words`, see `packed_words`


def learned_from(said: Mapping[str, Any]) -> Learned:
    """What a model file says; KeyError or ValueError for a file that is none."""
    labels = tuple(said["labels"])
    number = {label: place for place, label in enumerate(labels)}
    words: dict[str, list[tuple[int, float]]] = {}
    for label, weights in said["words"].items():
        for word, weight in weights.items():
            words.setdefault(word, []).append((number[label], weight))
    return Learned(
        labels=labels,
        starts=tuple(said["starts"][label] for label in labels),
        usual=tuple(said["usual"]),
        words={word: tuple(pairs) for word, pairs in words.items()},
        topic=line(said["topic"]),
        topic_unknown=line(said["topic_unknown"]),
        steps=tuple(line(said["relevance"][step]) for step in STEPS),
        knots=tuple((float(given), float(meant)) for given, meant in said["knots"]),
    )


def line(said: Mapping[str, Any]) -> Line:
    """One weighted sum of a model file."""
    return Line(float(said["start"]), {str(name): float(weight) for name, weight in said["weights"].items()})


@cache
def shipped() -> Learned:
    """What comes with the program."""
    text = (files("tracker") / "data" / "match_model.json").read_text(encoding="utf-8")
    return replace(learned_from(json.loads(text)), mark=f"{crc32(text.encode()):08x}")


class Beginnings(dict[str, str]):
    """Words and their beginnings without accents; "" for what says nothing. It remembers for speed alone."""

    def __missing__(self, word: str) -> str:
        if len(self) > REMEMBERED:
            self.clear()
        found = fold(word)[:BEGINNING] if len(word) >= SHORTEST and not is_mark(word) else ""
        self[word] = found
        return found


BEGINNINGS = Beginnings()


def beginnings(title: Iterable[str], text: Iterable[str]) -> Set[str]:
    """The words of a call as they were learned: their beginnings, those of the title once more and marked as such."""
    beginning = BEGINNINGS.__getitem__
    above = set(map(beginning, title))
    found = set(map(beginning, text))
    found |= above
    found.update([IN_TITLE + word for word in above])
    found -= {"", IN_TITLE}
    return found


def heard(words: Set[str], learned: Learned) -> tuple[float, ...] | None:
    """What the words of a call say for each label, in logits: the mean weight, so that long texts shout no louder.

    None where too few of the words were ever learned: a call in a language in which none was labelled.
    """
    if not learned.packed:
        learned.packed.update(packed_words(learned))
    count = len(learned.labels)
    said = sum(map(learned.packed.get, words, repeat(0)), sum(HALF << BITS * place for place in range(count)))
    *sums, known = unpack(f"<{count + 1}Q", said.to_bytes((count + 1) * BITS // 8, "little"))
    if known < len(words) * HEARD:
        return None
    scale = 1.0 / (UNIT * math.sqrt(max(len(words), 1)))
    return tuple([start + scale * (one - HALF) for start, one in zip(learned.starts, sums, strict=True)])


def packed_words(learned: Learned) -> dict[str, int]:
    """Each word with its weights for all labels in one whole number, and a 1 above them: so they are added at once.

    A sum of whole numbers is the same in whatever order a set gives its words; one of fractions is not.
    """
    known = 1 << BITS * len(learned.labels)
    return {
        word: known + sum(round(weight * UNIT) << BITS * label for label, weight in pairs)
        for word, pairs in learned.words.items()
    }


def chance(logit: float) -> float:
    """Logits as a chance between 0 and 1."""
    return 1.0 / (1.0 + math.exp(-min(max(logit, -LIMIT), LIMIT)))


def bent(value: float, knots: tuple[tuple[float, float], ...]) -> float:
    """A figure read off a line through the knots: it keeps the order and moves the cuts to where they belong."""
    for (x0, y0), (x1, y1) in pairwise(knots):
        if value <= x1:
            return y0 + (y1 - y0) * (value - x0) / (x1 - x0)
    return knots[-1][1]
