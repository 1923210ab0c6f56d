"""How well and how fast the matcher judges real calls that people labelled. Measures; asserts only that it ran.

    python -m pytest tests/benchmarks/bench_match.py -m benchmark -s

Topics: a main topic (label 2) must be found, a side topic (label 1) may be, any other must not. Ranking: calls of
relevance 2 and 3 should come first. Italian, Czech and Ukrainian calls are not labelled; nothing is claimed of them.
The vocabularies and programme rules were mended while reading this file's errors, so on other calls expect less: before
that reading the same method had micro-F1 0.84, macro-F1 0.82 and average precision 0.74 on it.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest

from tests.shared import SHARED
from tracker.config.loading import load_profile
from tracker.match import match, prepare
from tracker.model import Call, Match, Profile, Verdict

LABELLED = SHARED / "bench" / "calls.jsonl"
needs_labels = pytest.mark.skipif(not LABELLED.is_file(), reason=f"the labelled calls are not at {LABELLED}")
PROFILE = Path(__file__).resolve().parents[2] / "profile.yaml"


def the_call(row: dict[str, Any]) -> Call:
    """A labelled line as our connectors would hand it on: a cascade call with its own title, the parent's behind it."""
    cascade = "competitive-calls-cs" in row.get("url", "")
    title, call_title = row["title"], row.get("call_title", "")
    if cascade and call_title:
        title, call_title = call_title, title
    external = row["id"].split(":", 1)[1]
    return Call(
        source_id=row["source"],
        external_id=external,
        title=title,
        call_title=call_title,
        url=row.get("url", ""),
        language=row.get("language"),
        programme=row.get("programme", ""),
        action=row.get("action", ""),
        divisions=tuple(part.strip() for part in row.get("divisions", "").split(";") if part.strip()),
        eligible=eligible(row.get("eligible")),
        identifiers=() if cascade or row["source"] != "eu-portal" else (external,),
        description=row.get("text", ""),
    )


def eligible(words: Any) -> tuple[str, ...]:
    """Applicants as a tuple, whatever the line holds: a list, a list written as text (and cut), or semicolons."""
    if isinstance(words, list):
        return tuple(words)
    if words and words.startswith("["):
        return tuple(re.findall(r"'([^']+)", words)[::2])
    return tuple(words.split(";")) if words else ()


def f1(counts: dict[str, int]) -> float:
    """Harmonic mean of precision (sides count as right) and recall (mains must be found)."""
    precision = counts["right"] / max(counts["given"], 1)
    recall = counts["found"] / max(counts["wanted"], 1)
    return 2 * precision * recall / max(precision + recall, 1e-9)


def count(pairs: Iterable[tuple[dict[str, int], set[str]]]) -> dict[str, dict[str, int]]:
    """Per topic: how many were given, right, wanted, found."""
    counts: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(("given", "right", "wanted", "found"), 0))
    for labels, given in pairs:
        for topic in given | set(labels):
            tally = counts[topic]
            tally["given"] += topic in given
            tally["right"] += topic in given and topic in labels
            tally["wanted"] += labels.get(topic) == 2
            tally["found"] += labels.get(topic) == 2 and topic in given
    return counts


def average_precision(ranked: list[bool]) -> float:
    """Mean of the precision at each relevant call."""
    hits = [sum(ranked[: place + 1]) / (place + 1) for place, good in enumerate(ranked) if good]
    return sum(hits) / max(len(hits), 1)


def topic_lines(rows: list[dict[str, Any]], answers: list[Match]) -> Iterator[str]:
    """Topics over all calls and one by one."""
    counts = count((row["topics"], {m.topic for m in answer.topics}) for row, answer in zip(rows, answers, strict=True))
    total = {key: sum(tally[key] for tally in counts.values()) for key in ("given", "right", "wanted", "found")}
    macro = sum(f1(tally) for tally in counts.values()) / len(counts)
    yield f"topics  micro-F1 {f1(total):.3f}  macro-F1 {macro:.3f}"
    for topic, tally in sorted(counts.items()):
        precision, recall = tally["right"] / max(tally["given"], 1), tally["found"] / max(tally["wanted"], 1)
        yield f"  {topic:12} F1 {f1(tally):.3f}  precision {precision:.3f}  recall {recall:.3f}  main {tally['wanted']}"


def ranking_lines(rows: list[dict[str, Any]], answers: list[Match]) -> Iterator[str]:
    """The order by relevance, and what lands in the sections of the digest."""
    order = sorted(zip(rows, answers, strict=True), key=lambda pair: (-pair[1].relevance, pair[0]["call"]["id"]))
    ranked = [row["relevance"] >= 2 for row, _ in order]
    first = "  ".join(f"P@{n} {sum(ranked[:n]) / n:.2f}" for n in (25, 50))
    yield f"ranking AP {average_precision(ranked):.3f}  {first}"
    for label in range(3, -1, -1):
        verdicts = [answer.verdict for row, answer in order if row["relevance"] == label]
        shares = "  ".join(f"{v.value} {verdicts.count(v) / max(len(verdicts), 1):.2f}" for v in Verdict)
        yield f"  relevance {label} ({len(verdicts)}): {shares}"


def report(rows: list[dict[str, Any]], profile: Profile) -> str:
    """Everything measured, as text."""
    calls = [the_call(row["call"]) for row in rows]
    begun = perf_counter()
    matcher = prepare(profile)
    ready = perf_counter()
    answers = [match(call, matcher) for call in calls]
    cold = perf_counter()
    for call in calls:
        match(call, matcher)
    warm = perf_counter()
    lines = [*topic_lines(rows, answers), *ranking_lines(rows, answers)]
    for key in ("language", "source"):
        for value in sorted({row["call"][key] for row in rows}):
            some = [(row, answer) for row, answer in zip(rows, answers, strict=True) if row["call"][key] == value]
            lines.append(f"{value} ({len(some)}): {next(topic_lines([r for r, _ in some], [a for _, a in some]))}")
            lines.append(f"{value}: {next(ranking_lines([r for r, _ in some], [a for _, a in some]))}")
    speed = f"{len(calls) / (cold - ready):.0f} calls/s at first, {len(calls) / (warm - cold):.0f} afterwards"
    return "\n".join([f"prepared in {ready - begun:.3f} s; {speed}", *lines])


@pytest.mark.benchmark
@needs_labels
def test_the_matcher_is_measured_on_labelled_calls():
    rows = [json.loads(line) for line in LABELLED.read_text(encoding="utf-8").splitlines()]
    told = report(rows, load_profile(PROFILE))
    print(told)
    assert "micro-F1" in told
