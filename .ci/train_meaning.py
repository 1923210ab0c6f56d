"""Writes tracker/data/meaning.json and says how much it helps: train_meaning.py LABELLED.jsonl [VECTORS.json].

Needs the extra (`tracker[semantic]`). LABELLED.jsonl holds calls labelled by hand; the second file keeps their vectors,
so that a second run takes seconds (the first: 0.2 s a call). Nothing of the calls' texts is shipped, only means and
weights. Run it again after every change of the matcher: the weights rest on its scores.

Families of calls are never torn apart: calls of one `call_title` of the EU portal, else of one stem of the identifier,
are on the same side of every split. The figures come from eight such splits, in each of which everything (means, heads,
weights) is learned without the side that is judged.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.benchmarks.bench_match import ranking_lines, the_call, topic_lines  # noqa: E402 - the repository's own
from tracker.config.loading import load_profile  # noqa: E402 - the same
from tracker.embedding import MODEL, Absent, floats, open_embedder  # noqa: E402 - the same
from tracker.match import match, prepare  # noqa: E402 - the same
from tracker.match.meaning import (  # noqa: E402 - the same
    Shipped,
    Weights,
    centred,
    mean,
    odds,
    passage_of,
    prepare_meaning,
    queries_of,
)
from tracker.match.semantic import SURE, with_meaning  # noqa: E402 - the same
from tracker.match.topics import ASSIGNED  # noqa: E402 - the same

TARGET = ROOT / "tracker" / "data" / "meaning.json"
SPLITS, INNER = 8, 5
ENOUGH = 30  # main calls of a topic: of fewer nothing is learned that its words do not know better
STRICT = 0.1  # how hard heads are held back: of 0.3, 0.1, 0.03 and 0.01 all do equally well
# A topic is taken from here on, not from a half: side topics (label 1) are left out of the fit, and right to take.
TAKEN = 0.4
ABOUT = {
    "about": "What vectors of texts say about topics: means that are taken off, learned heads, weights. Log-odds.",
    "made by": ".ci/train_meaning.py from hand-labelled calls; holds numbers only, none of their texts.",
}


def family(row: dict[str, Any]) -> str:
    """By what calls belong together."""
    call = row["call"]
    if call["source"] == "eu-portal" and call.get("call_title") and "competitive-calls-cs" not in call.get("url", ""):
        return str(call["call_title"])
    return re.sub(r"(-\d+)+$", "", call["id"])


def splits(families: list[str], parts: int, salt: str) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """(learn, judge) as indexes, families whole; the same ones every time."""
    part = np.array([crc32(f"{salt}{name}".encode()) % parts for name in families])
    for number in range(parts):
        yield np.flatnonzero(part != number), np.flatnonzero(part == number)


def logistic(x: np.ndarray, y: np.ndarray, strict: float, offset: np.ndarray | float = 0.0) -> np.ndarray:
    """Bias and weights by Newton's method, the weights held back by `strict`."""
    x = np.hstack([np.ones((len(x), 1)), x])
    held = np.eye(x.shape[1]) * strict
    held[0, 0] = 1e-6
    found = np.zeros(x.shape[1])
    for _ in range(12):
        p = 1 / (1 + np.exp(-np.clip(x @ found + offset, -30, 30)))
        step = np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + held, x.T @ (p - y) + held @ found)
        found -= step
        if np.abs(step).max() < 1e-4:
            break
    return found


class Labelled:
    """The labelled calls with what the matcher says of them and their vectors."""

    def __init__(self, rows: list[dict[str, Any]], vectors: dict[str, list[float]]) -> None:
        self.rows = rows
        self.profile = load_profile(ROOT / "profile.yaml")
        self.matcher = prepare(self.profile)
        self.keys = [topic.key for topic in self.profile.topics]
        self.calls = [the_call(row["call"]) for row in rows]
        self.plain = [match(call, self.matcher) for call in self.calls]
        self.vectors = vectors
        self.passages = np.array([vectors[passage_of(call)] for call in self.calls])
        self.labels = np.array([[row["topics"].get(key, 0) for key in self.keys] for row in rows])
        self.families = [family(row) for row in rows]
        said = [dict(m.near) | {t.topic: t.score for t in m.topics} for m in self.plain]
        scores = np.array([[some.get(key, 0.0) for key in self.keys] for some in said])
        self.spoken = scores > 0
        held = np.clip(scores, SURE, 1 - SURE)
        self.words = np.log(held / (1 - held))

    def seen(self, learn: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Calls centred, the centre, and their likeness to the topics."""
        centre = self.passages[learn].mean(0)
        moved = self.passages - centre
        moved /= np.linalg.norm(moved, axis=1, keepdims=True)
        topics = [mean([self.vectors[text] for text in queries_of(topic)]) for topic in self.profile.topics]
        middle = mean(topics)
        return moved, centre, moved @ np.array([centred(topic, middle) for topic in topics]).T

    def heads(self, moved: np.ndarray, learn: np.ndarray) -> np.ndarray:
        """One row of bias and weights for each topic; side topics (label 1) are left out."""
        found = []
        for number in range(len(self.keys)):
            sure = learn[self.labels[learn, number] != 1]
            found.append(logistic(moved[sure], self.labels[sure, number] == 2, STRICT))
        return np.array(found)

    def learned(self, learn: np.ndarray) -> Shipped:
        """Everything that is shipped, learned from these calls alone."""
        moved, centre, likeness = self.seen(learn)
        heads = self.heads(moved, learn)
        unseen = np.zeros_like(likeness)  # what heads say of calls that they were not learned from
        for some, others in splits([self.families[n] for n in learn], INNER, "inner"):
            inner = self.heads(moved, learn[some])
            unseen[learn[others]] = inner[:, 0] + moved[learn[others]] @ inner[:, 1:].T
        topics = [mean([self.vectors[text] for text in queries_of(topic)]) for topic in self.profile.topics]
        return Shipped(
            model=MODEL,
            passages=rounded(centre, 4),
            queries=rounded(mean(topics), 4),
            learned=self.weights(learn, unseen, likeness),
            plain=self.weights(learn, np.zeros_like(unseen), likeness),
            heads={
                key: (round(float(head[0]), 3), rounded(head[1:], 3))
                for key, head, mains in zip(self.keys, heads, (self.labels == 2).sum(0), strict=True)
                if mains >= ENOUGH
            },
            mark="",
        )

    def weights(self, learn: np.ndarray, unseen: np.ndarray, likeness: np.ndarray) -> Weights:
        """How head and likeness are added to what the words say."""
        sure = (self.labels[learn] != 1) & self.spoken[learn]
        x = np.stack([unseen[learn][sure], likeness[learn][sure]], 1)
        bias, head, alike = logistic(x, self.labels[learn][sure] == 2, 0.01, self.words[learn][sure])
        shift = np.log(ASSIGNED / (1 - ASSIGNED)) - np.log(TAKEN / (1 - TAKEN))
        return Weights(*(round(float(number), 3) for number in (head, alike, bias + shift)))

    def judged(self, shipped: Shipped, some: np.ndarray, *, heads: bool) -> dict[int, Any]:
        """What the product answers with these numbers."""
        shipped = shipped if heads else replace(shipped, heads={})
        meaning = prepare_meaning(self.profile, self.vectors, shipped)
        return {
            n: with_meaning(self.plain[n], odds(meaning, self.passages[n].tolist()), self.calls[n], self.matcher)
            for n in some
        }


def rounded(vector: Any, digits: int) -> list[float]:
    return [round(float(number), digits) for number in vector]


def report(data: Labelled) -> None:
    """The figures without, with likeness alone, and with everything; each call judged by numbers that never saw it."""
    alone: dict[int, Any] = {}
    whole: dict[int, Any] = {}
    for learn, judge in splits(data.families, SPLITS, "outer"):
        numbers = data.learned(learn)
        alone |= data.judged(numbers, judge, heads=False)
        whole |= data.judged(numbers, judge, heads=True)
    every = range(len(data.rows))
    for name, answers in (
        ("words alone", data.plain),
        ("with likeness to the topic's words", [alone[n] for n in every]),
        ("with learned heads too", [whole[n] for n in every]),
    ):
        print(f"== {name}", *topic_lines(data.rows, answers), *ranking_lines(data.rows, answers), sep="\n")
        for language in sorted({row["call"]["language"] for row in data.rows}):
            some = [n for n in every if data.rows[n]["call"]["language"] == language]
            print(language, next(topic_lines([data.rows[n] for n in some], [answers[n] for n in some])))


def embedded(rows: list[dict[str, Any]], cache: Path | None) -> dict[str, list[float]]:
    """The vectors of all texts, from the file where it has them."""
    embedder = open_embedder()
    if isinstance(embedder, Absent):
        raise SystemExit(embedder.reason)
    known: dict[str, list[float]] = {}
    if cache and cache.is_file():
        known = json.loads(cache.read_text(encoding="utf-8"))
    texts = [(passage_of(the_call(row["call"])), False) for row in rows]
    texts += [(text, True) for topic in load_profile(ROOT / "profile.yaml").topics for text in queries_of(topic)]
    for number, (text, query) in enumerate(texts):
        if text not in known:
            (blob,) = embedder.queries([text]) if query else embedder.passages([text])
            known[text] = floats(blob)
        if number % 200 == 0:
            print(f"{number} of {len(texts)} texts", file=sys.stderr)
    if cache:
        cache.write_text(json.dumps(known), encoding="utf-8")
    return known


def written(shipped: Shipped) -> str:
    """The file: one line a vector."""
    data = {
        **ABOUT,
        "model": shipped.model,
        "passages": shipped.passages,
        "queries": shipped.queries,
        "weights": {
            name: {"head": w.head, "likeness": w.likeness, "bias": w.bias}
            for name, w in (("learned", shipped.learned), ("plain", shipped.plain))
        },
        "heads": {key: [bias, *head] for key, (bias, head) in shipped.heads.items()},
    }
    text = json.dumps(data, ensure_ascii=False, indent=1)
    return re.sub(r"\[[^\[\]]*\]", lambda found: re.sub(r"\s+", " ", found.group()), text) + "\n"


if __name__ == "__main__":
    lines = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
    labelled = [json.loads(line) for line in lines]
    given = Labelled(labelled, embedded(labelled, Path(sys.argv[2]) if len(sys.argv) > 2 else None))
    report(given)
    final = given.learned(np.arange(len(labelled)))
    print(final.learned, final.plain)
    TARGET.write_text(written(final), encoding="utf-8")
    print(TARGET)
