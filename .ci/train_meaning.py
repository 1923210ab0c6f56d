"""Writes tracker/data/meaning.json and says how much it helps: train_meaning.py LABELLED.jsonl [VECTORS.json].

Needs the extra (`tracker[semantic]`). LABELLED.jsonl holds calls labelled by hand; the second file keeps their vectors,
so that a second run embeds nothing (the first: 0.2 s a call). The rest takes five minutes on two busy cores.
Nothing of the calls' texts is shipped, only means and weights. Run it again after every change of the matcher and of
its learned model: the weights rest on what words say, said by a matcher that learned from other families of calls.

Families stay together as in train_match.py, in the same ten sides. The weights are learned from calls that neither the
matcher nor the heads have seen; the figures come from calls that the weights have not seen either: for every pair of
sides one matcher and one set of heads are learned without both, and serve each as the side that the other is judged by.

The vocabulary was written by people who had read these calls. So the weights, like those of the matcher, are also shown
each call with a part of the vocabulary's terms left out, and the figures are told for such calls too.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations_with_replacement
from pathlib import Path
from typing import Any

import numpy as np
import train_match as core
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tracker.config.loading import load_profile  # noqa: E402 - the project is beside this script
from tracker.embedding import MODEL, Absent, floats, open_embedder  # noqa: E402
from tracker.match import Features, Matcher, decide, features, prepare_all  # noqa: E402
from tracker.match.features import ranked, words_say  # noqa: E402
from tracker.match.learned import Learned, Line, chance  # noqa: E402
from tracker.match.meaning import MOST, Shipped, Weights, centred, mean, odds, passage_of, prepare_meaning, queries_of  # noqa: E402  # noqa: E402
from tracker.match.semantic import SURE, with_meaning  # noqa: E402
from tracker.match.topics import fields_of, frame_of  # noqa: E402
from tracker.measure import Measures, answered, measure  # noqa: E402
from tracker.measure import mean as mean_of  # noqa: E402
from tracker.model import Profile  # noqa: E402

TARGET = ROOT / "tracker" / "data" / "meaning.json"
ENOUGH = 30  # main calls of a topic: of fewer nothing is learned that its words do not know better
STRICT = 0.1  # how hard heads are held back: 0.3, 0.1 and 0.03 all do equally well
WHOLE, PART = (0,), tuple(range(1, core.COPIES + 1))  # copies of the calls: with all terms, with some left out
ABOUT = {
    "about": "What vectors of texts say about topics: means that are taken off, learned heads, weights. Log-odds.",
    "made by": ".ci/train_meaning.py from hand-labelled calls; holds numbers only, none of their texts.",
}
Pair = tuple[int, int]
NOBODY = -1  # as the side that is judged: everything may be learned from


# ---------------------------------------------------------------- what words say of calls not seen


@dataclass(frozen=True)
class Said:
    """What a matcher says that learned without two sides: of their calls, by number, in all copies."""

    learned: Learned
    calls: dict[int, tuple[Features, ...]]


def sides_of(rows: list[core.Row]) -> np.ndarray:
    """The side on which each call is; those of the figures in train_match.py."""
    number = {row.id: place for place, row in enumerate(rows)}
    side = np.zeros(len(rows), dtype=int)
    for place, (_, held) in enumerate(core.folds(rows, core.OUTER)):
        side[[number[row.id] for row in held]] = place
    return side


def said_without(pair: Pair, rows: list[core.Row], side: np.ndarray, profile: Profile) -> Said:
    """Learn without two sides, then read their calls."""
    left_out = np.isin(side, pair)
    learned = core.learn([row for row, out in zip(rows, left_out, strict=True) if not out], keys_of(profile))
    matcher = prepare_all([profile], learned)[0]
    return Said(learned, {int(number): copies(rows[number], matcher) for number in np.flatnonzero(left_out)})


def copies(row: core.Row, matcher: Matcher) -> tuple[Features, ...]:
    """A call as it is, and as it would be read by those who had not thought of some terms."""
    whole, words = features(row.call, matcher.reader), words_say(fields_of(row.call), matcher.reader.learned)
    found = [whole]
    for copy in PART:
        kept = {topic: [one for one in some if not core.forgotten(one, copy)] for topic, some in row.said.items()}
        kept = {topic: some for topic, some in kept.items() if not all(one.hint for one in some)}
        topics = ranked(kept, words, matcher.reader, frame_of(row.call))
        found.append(replace(whole, topics=topics))
    return tuple(found)


def keys_of(profile: Profile) -> list[str]:
    return [topic.key for topic in profile.topics]


# ---------------------------------------------------------------- learning


def logistic(x: np.ndarray, y: np.ndarray, offset: np.ndarray) -> np.ndarray:
    """Bias and weights that are added to what is known already, by Newton's method; hardly held back."""
    x = np.hstack([np.ones((len(x), 1)), x])
    held = np.eye(x.shape[1]) * 0.01  # a column of zeros (no heads) must not stop it
    held[0, 0] = 1e-6
    found = np.zeros(x.shape[1])
    for _ in range(12):
        p = 1 / (1 + np.exp(-np.clip(x @ found + offset, -30, 30)))
        step = np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + held, x.T @ (p - y) + held @ found)
        found -= step
        if np.abs(step).max() < 1e-4:
            break
    return found


@dataclass(frozen=True)
class Seen:
    """What vectors say where nothing was learned from two sides: a centre, a head for each topic, and of all calls."""

    centre: np.ndarray
    heads: np.ndarray  # one row of bias and weights for each topic
    head: np.ndarray  # what heads say, calls by topics
    likeness: np.ndarray  # the same shape


class Labelled:
    """The labelled calls with their vectors, and what the matcher says of them on whatever side they are."""

    def __init__(self, rows: list[core.Row], profile: Profile, vectors: dict[str, list[float]]) -> None:
        self.rows, self.profile, self.vectors = rows, profile, vectors
        self.keys = keys_of(profile)
        self.side = sides_of(rows)
        self.passages = np.array([vectors[passage_of(row.call)] for row in rows])
        self.topics = [mean([vectors[text] for text in queries_of(topic)]) for topic in profile.topics]
        self.labels = np.array([[row.topics.get(key, 0) for key in self.keys] for row in rows])
        pairs = list(combinations_with_replacement(range(core.OUTER), 2))
        with ProcessPoolExecutor() as pool:
            learn = partial(said_without, rows=rows, side=self.side, profile=profile)
            self.said: dict[Pair, Said] = dict(zip(pairs, pool.map(learn, pairs), strict=True))
        self.seen: dict[Pair, Seen] = {pair: self.seen_without(pair) for pair in pairs}

    def seen_without(self, pair: Pair) -> Seen:
        """Side topics (label 1) are left out: they teach heads neither yes nor no."""
        learn = ~np.isin(self.side, pair)
        centre = self.passages[learn].mean(0)
        moved = self.passages - centre
        moved /= np.linalg.norm(moved, axis=1, keepdims=True)
        heads = []
        for labels in self.labels.T:
            sure = learn & (labels != 1)
            model = LogisticRegression(C=1 / STRICT, max_iter=1000).fit(moved[sure], labels[sure] == 2)
            heads.append([*model.intercept_, *model.coef_[0]])
        middle = mean(self.topics)
        likeness = moved @ np.array([centred(topic, middle) for topic in self.topics]).T
        found = np.array(heads)
        return Seen(centre, found, found[:, 0] + moved @ found[:, 1:].T, likeness)

    def pair(self, number: int, judged: int) -> Pair:
        """The sides that nothing may have been learned from to say something of a call unseen."""
        own = int(self.side[number])
        return (own, own) if judged == NOBODY else (min(own, judged), max(own, judged))

    def shipped(self, judged: int) -> Shipped:
        """Everything that is shipped, learned without the side that is judged."""
        base = self.seen[judged, judged] if judged != NOBODY else self.seen_without((NOBODY, NOBODY))
        mains = (self.labels == 2).sum(0)
        return Shipped(
            model=MODEL,
            passages=rounded(base.centre, 4),
            queries=rounded(mean(self.topics), 4),
            learned=self.weights(judged, heads=True),
            plain=self.weights(judged, heads=False),
            heads={
                key: (round(float(head[0]), 3), rounded(head[1:], 3))
                for key, head, number in zip(self.keys, base.heads, mains, strict=True)
                if number >= ENOUGH
            },
            mark="",
        )

    def weights(self, judged: int, *, heads: bool) -> Weights:
        """How head and likeness are added to what the words say, and from where on a topic is best assigned."""
        learn = np.flatnonzero(self.side != judged)
        seen = [self.seen[self.pair(number, judged)] for number in learn]
        x = np.stack(
            [
                [one.head[number] * heads for one, number in zip(seen, learn, strict=True)],
                [one.likeness[number] for one, number in zip(seen, learn, strict=True)],
            ],
            -1,
        )
        signs, wanted, words = [], [], []
        for copy in (*WHOLE, *PART):
            said = self.words(learn, judged, copy)
            spoken = ~np.isnan(said) & (self.labels[learn] != 1)
            signs.append(x[spoken])
            wanted.append(self.labels[learn][spoken] == 2)
            words.append(said[spoken])
        bias, head, alike = logistic(*map(np.concatenate, (signs, wanted, words)))
        together = self.words(learn, judged, 0) + np.clip(bias + x @ np.array([head, alike]), -MOST, MOST)
        scored = {
            (self.rows[number].id, key): chance(float(value))
            for number, line in zip(learn, together, strict=True)
            for key, value in zip(self.keys, line, strict=True)
            if not np.isnan(value)
        }
        bias -= core.cut([self.rows[number] for number in learn], self.keys, scored)
        return Weights(*(round(float(number), 3) for number in (head, alike, bias)))

    def words(self, learn: np.ndarray, judged: int, copy: int) -> np.ndarray:
        """What words say of each topic, in logits; not a number where nothing speaks for it."""
        found = np.full((len(learn), len(self.keys)), np.nan)
        for place, number in enumerate(learn):
            for key, score, _ in self.said[self.pair(number, judged)].calls[number][copy].topics:
                held = min(max(score, SURE), 1 - SURE)
                found[place, self.keys.index(key)] = np.log(held / (1 - held))
        return found


def rounded(vector: Any, digits: int) -> list[float]:
    return [round(float(number), digits) for number in vector]


# ---------------------------------------------------------------- figures

HEADS = ("", "micro-F1", "macro-F1", "de", "en", "fr", "AP", "nDCG@25", "3 kept", "0 kept")


def report(data: Labelled) -> Iterator[str]:
    """The figures without, with likeness alone, and with everything; each call judged by what never saw its family."""
    numbers = [data.shipped(side) for side in range(core.OUTER)]
    without = [replace(one, heads={}) for one in numbers]
    matchers = [prepare_all([data.profile], data.said[side, side].learned)[0] for side in range(core.OUTER)]
    for vocabulary, some in (("whole vocabulary", WHOLE), ("a part of it left out", PART)):
        yield f"{vocabulary:<40}" + "".join(f"{head:>9}" for head in HEADS[1:])
        for name, used in (
            ("words alone", None),
            ("with likeness to the topic's words", without),
            ("with learned heads too", numbers),
        ):
            lines = [figures(measured(data, matchers, copy, used)) for copy in some]
            values = [mean_of(column) for column in zip(*lines, strict=True)]
            yield f"{name:<40}" + "".join("        –" if value is None else f"{value:>9.3f}" for value in values)


def measured(data: Labelled, matchers: list[Matcher], copy: int, used: list[Shipped] | None) -> Measures:
    """The product's answers to one copy of the calls, beside the labels; without numbers, those without the extra."""
    found = []
    for side, matcher in enumerate(matchers):
        meaning = prepare_meaning(data.profile, data.vectors, used[side]) if used else None
        for number, read in data.said[side, side].calls.items():
            row = data.rows[number]
            added = odds(meaning, data.passages[number].tolist()) if meaning else {}
            answer = decide(with_meaning(read[copy], added), matcher)
            found.append(
                answered(row.id, row.call, answer, topics=row.topics, relevance=row.relevance, language=row.language)
            )
    return measure(found)


def figures(found: Measures) -> tuple[float | None, ...]:
    """What `HEADS` names."""
    languages = [found.by_language[name].topics.micro.f1 if name in found.by_language else None for name in HEADS[3:6]]
    topics, ranking = found.topics, found.ranking
    kept = (found.relevance[3].kept, found.relevance[0].kept)
    return (topics.micro.f1, topics.macro_f1, *languages, ranking.average_precision, ranking.ndcg[25], *kept)


# ---------------------------------------------------------------- files


def embedded(rows: list[core.Row], profile: Profile, cache: Path | None) -> dict[str, list[float]]:
    """The vectors of all texts, from the file where it has them."""
    known: dict[str, list[float]] = {}
    if cache and cache.is_file():
        known = json.loads(cache.read_text(encoding="utf-8"))
    texts = [(passage_of(row.call), False) for row in rows]
    texts += [(text, True) for topic in profile.topics for text in queries_of(topic)]
    missing = dict(one for one in texts if one[0] not in known)
    if not missing:
        return known
    embedder = open_embedder()
    if isinstance(embedder, Absent):
        raise SystemExit(embedder.reason)
    for text, query in missing.items():
        (blob,) = embedder.queries([text]) if query else embedder.passages([text])
        known[text] = floats(blob)
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


def main() -> None:
    profile = load_profile(ROOT / "profile.yaml")
    nothing = Learned((), (), (0.0,) * 3, {}, Line(0, {}), Line(0, {}), (), ())
    reader = prepare_all([profile], nothing)[0].reader
    lines = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
    rows = [core.row_of(line, reader, profile) for line in lines]
    data = Labelled(rows, profile, embedded(rows, profile, Path(sys.argv[2]) if len(sys.argv) > 2 else None))
    print("\n".join(report(data)))
    final = data.shipped(NOBODY)
    print(final.learned, final.plain)
    TARGET.write_text(written(final), encoding="utf-8")


if __name__ == "__main__":
    main()
