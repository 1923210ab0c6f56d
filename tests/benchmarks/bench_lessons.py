"""Do tags of the team mend the ranking of calls that nobody tagged? Measures on labelled calls; asserts only bounds.

    python -m pytest tests/benchmarks/bench_lessons.py -m benchmark -s

The shipped model has learned from these very calls, so here every call is judged by a model that learned from other
families only (.ci/train_match.py, three folds). Half of the families may be tagged, the other half is ranked; no call
is ranked by lessons of its own sisters. Two teams: one tags calls at random, one those that the digest shows first.
Three tastes: that of the labels, on which there is little left to learn; two to which only one topic matters.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from time import process_time

import pytest

from tests.benchmarks.bench_match import LABELLED, PROFILE, needs_labels
from tracker.config.loading import load_profile
from tracker.match import match, prepare_all
from tracker.match.learned import Learned, Line
from tracker.match.lessons import Tagged, adjusted, learn
from tracker.measure import Ranking, answered, of_ranking
from tracker.model import Call, Match, Thresholds

FOLDS = 3
COUNTS = (0, 1, 10, 30, 100, 300)
SEEDS = range(8)
TAG = {3: "for-us", 2: "pass-on", 1: "not-relevant", 0: "not-relevant"}
CUTS = Thresholds()
NOISE = 0.01  # what another draw of tags moves the mean by


@dataclass(frozen=True, slots=True)
class Row:
    """A call, what a model says of it that never saw its family, and what the team thinks."""

    call: Call
    found: Match
    family: str
    label: int


def rows_of(texts: list[str]) -> Iterator[tuple[Row, dict[str, int]]]:
    """Every labelled call judged by a model of other families, with its labelled topics."""
    sys.path.insert(0, str(PROFILE.parent / ".ci"))
    import train_match as training

    profile = load_profile(PROFILE)
    topics = [topic.key for topic in profile.topics]
    nothing = Learned((), (), (0.0,) * 3, {}, Line(0.0, {}), Line(0.0, {}), (), ())
    reader = prepare_all([profile], nothing)[0].reader
    for kept, held in training.folds([training.row_of(text, reader, profile) for text in texts], FOLDS):
        (matcher,) = prepare_all([profile], training.learn(kept, topics))
        yield from ((Row(row.call, match(row.call, matcher), row.family, row.relevance), row.topics) for row in held)


def only(topic: str, row: Row, topics: dict[str, int]) -> Row:
    """A team to which one topic matters: it wants its calls unless they are nothing for a city at all."""
    return replace(row, label={2: 3, 1: 2}.get(topics.get(topic, 0), 0) if row.label else 0)


def one_run(rows: list[Row], seed: int, *, shown_first: bool) -> Iterator[Ranking]:
    """The ranking of the untagged half after each count of tags."""
    chance = random.Random(seed)
    families = sorted({row.family for row in rows})
    chance.shuffle(families)
    teaching = set(families[: len(families) // 2])
    rows = sorted(rows, key=lambda row: row.call.id)
    chance.shuffle(rows)
    heard = [row for row in rows if row.family in teaching]
    if shown_first:
        heard.sort(key=lambda row: -(row.found.relevance + chance.gauss(0, 0.5)))
    rest = [row for row in rows if row.family not in teaching]
    for count in COUNTS:
        lessons = learn([tagged(row) for row in heard[:count]], CUTS)
        yield of_ranking(
            answered(f"{row.call.id} {row.call.url}", row.call, found, topics={}, relevance=row.label, language=None)
            for row in rest
            for found in (adjusted(row.found, row.call, lessons),)
        )


def tagged(row: Row) -> Tagged:
    return Tagged(call=row.call, match=row.found, tag=TAG[row.label])


@dataclass(frozen=True, slots=True)
class Mean:
    """Over the seeds: average precision and nDCG@25, what they gained, and the most that one seed lost."""

    precision: float
    gain: float
    worst: float
    ndcg: float
    ndcg_gain: float


def means(rows: list[Row], *, shown_first: bool) -> dict[int, Mean]:
    """By the count of tags."""
    runs = [list(one_run(rows, seed, shown_first=shown_first)) for seed in SEEDS]

    def mean(values: list[float]) -> float:
        return sum(values) / len(values)

    found = {}
    for place, count in enumerate(COUNTS):
        precision = [run[place].average_precision or 0.0 for run in runs]
        gain = [run[place].average_precision - run[0].average_precision for run in runs]
        ndcg = [run[place].ndcg[25] for run in runs]
        ndcg_gain = [run[place].ndcg[25] - run[0].ndcg[25] for run in runs]
        found[count] = Mean(mean(precision), mean(gain), min(gain), mean(ndcg), mean(ndcg_gain))
    return found


def speed(rows: list[Row]) -> Iterator[str]:
    """How long learning takes, and how many calls a second are adjusted, in seconds of one core."""
    said = [tagged(row) for row in rows]
    twice = [*said, *(replace(one, call=replace(one.call, external_id=f"{one.call.external_id}+")) for one in said)]
    for count in (10, 100, 2_000):
        begun = process_time()
        lessons = learn(twice[:count], CUTS)
        ready = process_time()
        for row in rows:
            adjusted(row.found, row.call, lessons)
        rate = len(rows) / (process_time() - ready)
        yield f"{count} tags: learned in {ready - begun:.3f} s, {rate:,.0f} calls/s adjusted"


@pytest.mark.benchmark
@needs_labels
def test_lessons_are_measured_on_calls_that_taught_nothing():
    pytest.importorskip("sklearn", reason="models for the folds are learned with scikit-learn")
    judged = list(rows_of(LABELLED.read_text(encoding="utf-8").splitlines()))
    own = [row for row, _ in judged]
    tastes = {"labels": own}
    for topic in ("culture", "climate"):
        tastes[f"only {topic} matters"] = [only(topic, row, topics) for row, topics in judged]
    print(*speed(own), sep="\n")
    for name, rows in tastes.items():
        for shown_first in (False, True):
            found = means(rows, shown_first=shown_first)
            print(f"{name}, tags {'on what stands first' if shown_first else 'at random'}")
            for count, one in found.items():
                print(
                    f"  {count:4} tags  AP {one.precision:.3f} ({one.gain:+.3f}, worst {one.worst:+.3f})"
                    f"  nDCG@25 {one.ndcg:.3f} ({one.ndcg_gain:+.3f})"
                )
            assert all(one.gain >= -NOISE for one in found.values()), f"{name}: lessons do harm"
            if rows is not own:
                assert found[300].gain > found[100].gain > found[30].gain - NOISE, f"{name}: more tags teach no more"
