"""What the team's tags teach about calls like those tagged: a weight for each key, and the tags behind it. Pure.

A logistic regression on the keys of a call that starts from our own relevance and holds every weight near zero: one tag
moves a like call by 0.3 at most, ten that agree by more than one. The prior of a key grows weaker with the tags that
agree on it. No key ever speaks against what its own tags say on balance, so every weight can be read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import exp, log, sqrt

from tracker.match.lessons.keys import Keys, keys_of
from tracker.match.lessons.meaning import AGAINST, FOR_US, POINTS_AT, RELEVANT, WRONG_TOPIC, Tagged, target
from tracker.model import Match, Thresholds

# How much of two calls' likeness each kind can make up: the sum is 1, the likeness of a call to itself at most.
SHARE = {
    "programme": 0.27,
    "topic": 0.22,
    "word": 0.18,
    "applicants": 0.08,
    "division": 0.07,
    "action": 0.06,
    "area": 0.05,
    "funder": 0.05,
    "source": 0.02,
}
# How strict the team is with all calls alike is fitted as one more key of every tag, and then left out: it moves every
# call and so no place in the ranking, and without it the first refusals speak against every topic they happen to bear.
STRICTNESS = "strictness"
STRICT = 0.4
PRIOR = 1.2  # the strength of the shipped knowledge; chosen with bench_lessons.py, where less of it did harm
STEEPEST = 0.25  # no logistic curve is steeper: a step of this size never goes too far
SWEEPS = 60
EXACT = 1e-3  # a step in log-odds that nobody can see
SURE = 0.02  # no relevance is nearer to 0 or 3 than this share
GREATEST = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """What was learned of one key: its weight in log-odds, and which tags speak how (one bit for each tag)."""

    weight: float
    for_us: int = 0
    middle: int = 0
    against: int = 0

    @property
    def tags(self) -> int:
        """How many tags share this key."""
        return (self.for_us | self.middle | self.against).bit_count()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lessons:
    """All that was learned, by key. `doubts`: (topic, term) → tags that call it wrong, less those that confirm it.

    `labels`: what keys are called by readers, where it is known. `tags`: how many taught.
    """

    thresholds: Thresholds
    by_key: Mapping[str, Lesson] = field(default_factory=dict)
    doubts: Mapping[tuple[str, str], int] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    tags: int = 0


@dataclass(frozen=True, slots=True)
class _Row:
    """One tag: its keys with their values, the log-odds of our relevance, the share of 3 that the team wants."""

    values: tuple[tuple[str, float], ...]
    at: float
    wanted: float
    tag: str


_Columns = dict[str, list[tuple[int, float]]]


def learn(tagged: Iterable[Tagged], thresholds: Thresholds, labels: Mapping[str, str] | None = None) -> Lessons:
    """Lessons of one tag per call, whatever their order."""
    ordered = sorted(tagged, key=lambda one: one.call.id)
    rows = [row for one in ordered if (row := _row(one)) is not None]
    columns: _Columns = {}
    for number, row in enumerate(rows):
        for key, value in row.values:
            columns.setdefault(key, []).append((number, value))
    weights = _solve(columns, rows)
    doubts = _doubts(ordered)
    return Lessons(
        thresholds=thresholds,
        by_key={
            key: _lesson(weight, columns[key], rows) for key, weight in weights.items() if weight and key != STRICTNESS
        },
        doubts=doubts,
        labels=labels or {},
        tags=len(rows) + sum(1 for one in ordered if one.tag == WRONG_TOPIC),
    )


def terms_of(match: Match) -> list[tuple[str, str]]:
    """(topic, vocabulary entry) of all that assigned a topic, each once."""
    return list(dict.fromkeys((one.topic, found.term) for one in match.topics for found in one.evidence))


def share_of(odds: float) -> float:
    """The relevance as a share of 3, from its log-odds."""
    return 1.0 / (1.0 + exp(-odds))


def odds_of(relevance: float) -> float:
    """The log-odds of a relevance; nothing is quite sure."""
    share = min(max(relevance / GREATEST, SURE), 1.0 - SURE)
    return log(share / (1.0 - share))


def _row(tagged: Tagged) -> _Row | None:
    wanted = target(tagged)
    if wanted is None:
        return None
    keys = keys_of(tagged.call, tagged.match)
    pointed = POINTS_AT.get(tagged.reason) if tagged.tag == AGAINST else None
    values = tuple((key, share) for kind, share in _shares(keys, pointed) for key in keys[kind])
    return _Row((*values, (STRICTNESS, STRICT)), odds_of(tagged.match.relevance), wanted / GREATEST, tagged.tag)


def _shares(keys: Keys, pointed: frozenset[str] | None) -> list[tuple[str, float]]:
    """What each key of a kind counts. Where a reason points at some kinds, these hold the share of all."""
    told = [kind for kind in keys if pointed is None or kind in pointed]
    whole = sum(SHARE[kind] for kind in keys)
    part = sum(SHARE[kind] for kind in told)
    return [(kind, sqrt(SHARE[kind] * whole / part / len(keys[kind]))) for kind in told]


def _solve(columns: _Columns, rows: list[_Row]) -> dict[str, float]:
    """The weights that explain the tags best, key by key in a fixed order, until nothing moves any more."""
    at = [row.at for row in rows]
    errors = [row.wanted - share_of(row.at) for row in rows]
    order = sorted(columns)
    said = {key: [value * errors[row] for row, value in columns[key]] for key in order}
    signs = {key: sum(said[key]) for key in order}
    prior = {key: PRIOR / agreement(said[key]) for key in order}
    size = {key: prior[key] + STEEPEST * sum(value * value for _, value in columns[key]) for key in order}
    weights = dict.fromkeys(order, 0.0)
    for _ in range(SWEEPS):
        moved = 0.0
        for key in order:
            old = weights[key]
            slope = sum(value * errors[row] for row, value in columns[key]) - prior[key] * old
            new = old + slope / size[key]
            new = max(new, 0.0) if signs[key] > 0 else min(new, 0.0)
            if abs(new - old) < EXACT:
                continue
            weights[key] = new
            moved = max(moved, abs(new - old))
            for row, value in columns[key]:
                at[row] += (new - old) * value
                errors[row] = rows[row].wanted - share_of(at[row])
        if moved < EXACT:
            break
    return weights


def agreement(said: list[float]) -> float:
    """How many tags agree: n where n say the same, 1 where they contradict each other."""
    whole = sum(one * one for one in said)
    return max(sum(said) ** 2 / whole, 1.0) if whole else 1.0


def _lesson(weight: float, column: list[tuple[int, float]], rows: list[_Row]) -> Lesson:
    bits = {"for_us": 0, "middle": 0, "against": 0}
    for number, _ in column:
        tag = rows[number].tag
        bits["for_us" if tag in FOR_US else "against" if tag == AGAINST else "middle"] |= 1 << number
    return Lesson(weight=round(weight, 6), **bits)


def _doubts(tagged: list[Tagged]) -> dict[tuple[str, str], int]:
    """What assigned topics that the team calls wrong, and more often wrong than right."""
    balance: Counter[tuple[str, str]] = Counter()
    for one in tagged:
        step = 1 if one.tag == WRONG_TOPIC else -1 if one.tag in RELEVANT else 0
        for pair in terms_of(one.match) if step else ():
            balance[pair] += step
    return {pair: count for pair, count in sorted(balance.items()) if count > 0}
