"""How well and how fast the matcher judges real calls that people labelled. Measures; asserts only that it ran.

    python -m pytest tests/benchmarks/bench_match.py -m benchmark -s

Topics: a main topic (label 2) must be found, a side topic (label 1) may be, any other must not. Ranking: calls of
relevance 2 and 3 should come first. Italian, Czech and Ukrainian calls are not labelled; nothing is claimed of them.
The vocabularies and programme rules were mended while reading this file's errors, so on other calls expect less: before
that reading the same method had micro-F1 0.84, macro-F1 0.82 and average precision 0.74 on it.
`tracker evaluate` prints the same figures; here the calls are judged a second time, with every word known.
"""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

import pytest

from tests.shared import SHARED
from tracker.cli import measuring
from tracker.config.loading import load_profile
from tracker.labelled import labels_of, read
from tracker.match import match, prepare
from tracker.measure import answered, measure
from tracker.model import Profile

LABELLED = SHARED / "bench" / "calls.jsonl"
needs_labels = pytest.mark.skipif(not LABELLED.is_file(), reason=f"the labelled calls are not at {LABELLED}")
PROFILE = Path(__file__).resolve().parents[2] / "profile.yaml"


def report(texts: list[str], profile: Profile) -> str:
    """Everything measured, as text."""
    begun = perf_counter()
    matcher = prepare(profile)
    ready = perf_counter()
    lines = [read(text) for text in texts]
    known = perf_counter()
    answers = [match(line.call, matcher) for line in lines]
    cold = perf_counter()
    for line in lines:
        match(line.call, matcher)
    warm = perf_counter()
    beside = [
        answered(line.id, line.call, found, topics=labels.topics, relevance=labels.relevance, language=line.language)
        for line, found in zip(lines, answers, strict=True)
        for labels in (labels_of(line),)
    ]
    count = len(texts)
    speed = measuring.Speed(prepared=ready - begun, calls_per_second=count / (cold - known))
    steps = f"read at {count / (known - ready):.0f} lines a second, judged again at {count / (warm - cold):.0f} calls"
    return "\n".join([*measuring.page(measure(beside), speed), steps])


@pytest.mark.benchmark
@needs_labels
def test_the_matcher_is_measured_on_labelled_calls():
    told = report(LABELLED.read_text(encoding="utf-8").splitlines(), load_profile(PROFILE))
    print(told)
    assert "micro-F1" in told
