"""Do tags of the team mend the ranking of calls that nobody tagged? Measures on labelled calls; asserts only bounds.

    python -m pytest tests/benchmarks/bench_lessons.py -m benchmark -s

Half of the call families may be tagged, the other half is ranked; so no call is ranked by lessons of its own sisters.
Two teams: one tags calls at random, one those that the digest shows first. Three tastes: that of the labels; a matcher
that lacks every second programme rule, so that there is something to learn; a team to which only one topic matters.
The shipped rules were mended while reading these very calls: on the labels' own taste there is little left to learn.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from time import process_time
from typing import Any

import pytest

from tests.benchmarks.bench_match import LABELLED, PROFILE, needs_labels, the_call
from tracker.config.loading import load_profile
from tracker.match import match, prepare
from tracker.match import programmes as known_programmes
from tracker.match.lessons import Tagged, adjusted, learn
from tracker.match.lessons.figures import Ranking, ranking
from tracker.match.lessons.keys import family
from tracker.model import Call, Match, Thresholds

COUNTS = (0, 1, 10, 30, 100, 300)
SEEDS = range(8)
TAG = {3: "for-us", 2: "pass-on", 1: "not-relevant", 0: "not-relevant"}
CUTS = Thresholds()
Row = tuple[Call, Match, int]


def one_run(rows: list[Row], seed: int, *, shown_first: bool) -> Iterator[Ranking]:
    """The ranking of the untagged half after each count of tags."""
    chance = random.Random(seed)
    families = sorted({family(call) for call, _, _ in rows})
    chance.shuffle(families)
    teaching = set(families[: len(families) // 2])
    rows = sorted(rows, key=lambda row: row[0].id)
    chance.shuffle(rows)
    heard = [row for row in rows if family(row[0]) in teaching]
    if shown_first:
        heard.sort(key=lambda row: -(row[1].relevance + chance.gauss(0, 0.5)))
    rest = sorted((row for row in rows if family(row[0]) not in teaching), key=lambda row: row[0].id)
    for count in COUNTS:
        said = [Tagged(call=call, match=found, tag=TAG[label]) for call, found, label in heard[:count]]
        lessons = learn(said, CUTS)
        yield ranking([adjusted(found, call, lessons).relevance for call, found, _ in rest], [row[2] for row in rest])


def lines(name: str, rows: list[Row]) -> Iterator[str]:
    """Means over the seeds, and how much the worst of them lost."""
    for shown_first in (False, True):
        runs = [list(one_run(rows, seed, shown_first=shown_first)) for seed in SEEDS]
        yield f"{name}, tags {'on what stands first' if shown_first else 'at random'}"
        for place, count in enumerate(COUNTS):
            precision = [run[place].average_precision for run in runs]
            gain = [run[place].average_precision - run[0].average_precision for run in runs]
            ndcg = sum(run[place].ndcg for run in runs) / len(runs)
            mean = sum(precision) / len(precision)
            more = f"{sum(gain) / len(gain):+.3f}, worst {min(gain):+.3f}"
            yield f"  {count:4} tags  AP {mean:.3f} ({more})  nDCG@25 {ndcg:.3f}"


def only(topic: str, row: dict[str, Any]) -> int:
    """The label of a team to which one topic matters: its calls unless they are nothing for a city at all."""
    if not row["relevance"]:
        return 0
    return {2: 3, 1: 2}.get(row["topics"].get(topic, 0), 0)


def speed(rows: list[Row]) -> Iterator[str]:
    """How long learning takes, and how many calls a second are adjusted, in seconds of one core."""
    said = [Tagged(call=call, match=found, tag=TAG[label]) for call, found, label in rows]
    twice = [*said, *(replace(one, call=replace(one.call, external_id=f"{one.call.external_id}+")) for one in said)]
    for count in (10, 100, 2_000):
        begun = process_time()
        lessons = learn(twice[:count], CUTS)
        ready = process_time()
        for call, found, _ in rows:
            adjusted(found, call, lessons)
        rate = len(rows) / (process_time() - ready)
        yield f"{count} tags: learned in {ready - begun:.3f} s, {rate:,.0f} calls/s adjusted"


def rows_of(labelled: list[dict[str, Any]], label: Callable[[dict[str, Any]], int]) -> list[Row]:
    """Calls, what the matcher says of them, and what the team thinks."""
    matcher = prepare(load_profile(PROFILE))
    calls = [the_call(row["call"]) for row in labelled]
    return [(call, match(call, matcher), label(row)) for call, row in zip(calls, labelled, strict=True)]


def told(labelled: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch) -> Iterable[str]:
    """All that is measured."""
    own = rows_of(labelled, lambda row: int(row["relevance"]))
    yield from speed(own)
    yield from lines("labels", own)
    for topic in ("culture", "climate"):
        yield from lines(f"only {topic} matters", rows_of(labelled, lambda row, topic=topic: only(topic, row)))
    for half in (0, 1):
        with monkeypatch.context() as patched:
            patched.setattr(known_programmes, "RULES", known_programmes.RULES[half::2])
            yield from lines(f"half of the programme rules ({half})", rows_of(labelled, lambda row: row["relevance"]))


@pytest.mark.benchmark
@needs_labels
def test_lessons_are_measured_on_calls_that_taught_nothing(monkeypatch):
    labelled = [json.loads(line) for line in LABELLED.read_text(encoding="utf-8").splitlines()]
    said = list(told(labelled, monkeypatch))
    print("\n".join(said))
    assert any("300 tags" in line for line in said)
