"""Learns tracker/data/match_model.json from calls that people labelled, and cross-validates what it learned.

    .venv/bin/python .ci/train_match.py ../shared/bench/calls.jsonl            learn, validate, write
    .venv/bin/python .ci/train_match.py ../shared/bench/calls.jsonl --dry      learn and validate only

Three layers, each trained on what the one below says of calls that it has not seen: weights of word beginnings for
each label; the chance of a topic from findings and words; the steps of relevance from programme, applicants, area,
topics and words. Calls of one family (EU portal: one call title; a cascade: one parent) always stay on one side.

The vocabulary was written by people who had read these calls, so here it knows more than it will know of others. The
layers above are therefore also shown each call with a part of the terms left out (FORGOTTEN): they must not trust the
vocabulary more than it deserves.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import zlib
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tracker.cli import measuring  # noqa: E402 - the project is beside this script
from tracker.config.loading import load_profile  # noqa: E402
from tracker.labelled import CASCADE, labels_of, read  # noqa: E402
from tracker.match import Matcher, match, prepare_all  # noqa: E402
from tracker.match.applicants import applicants_of  # noqa: E402
from tracker.match.features import TITLES, Reader, country_of, known_of, municipal  # noqa: E402
from tracker.match.learned import READ, STEPS, Learned, Line, beginnings, chance, heard  # noqa: E402
from tracker.match.programmes.areas import area_of  # noqa: E402
from tracker.match.relevance import Placed, on_topics, placed, signals  # noqa: E402
from tracker.match.topics import fields_of, find, first_words, frame_of, gather, read_in, told_by_words  # noqa: E402
from tracker.match.topics import signals as topic_signals  # noqa: E402
from tracker.measure import Answered, answered, measure  # noqa: E402
from tracker.model import Call, Profile  # noqa: E402

MODEL = ROOT / "tracker" / "data" / "match_model.json"
RELEVANCE = tuple(f"relevance {step}" for step in STEPS)
OUTER, INNER = 10, 5
KEPT = 400  # weights of words per label
RARE = 4  # words in fewer calls say nothing
FORGOTTEN, COPIES = 0.3, 2  # share of the vocabulary's terms left out, and how often
SIDE = 0.5  # a side topic (label 1) counts half
# Words that say where, not what: a profile says that better, and for another city it is another place.
PLACES = re.compile(
    r"\^?(?:bayer|badenw|berlin|branden|bremen|bremis|hambur|hessen|hessis|mecklen|nieders|nordrhe|rheinla|saarlan"
    r"|sachsen|sachsis|sachsi|anhalt|schlesw|thuring|wurttem|france|francai|frankre|german|deutsch|bundesl|italia|italy"
    r"|czech|ukrain|united|states|america|wales|scotla|england|freista|savoie|ardenne|normand|bretagn|occitan|seine"
    r"|marne|yvelin|essonne|gironde|isere|rhone|alsace|moselle|bourgog|nouvell|aquitai|hauts|loire|paca|provenc|corse)\w*"
)


@dataclass(frozen=True)
class Row:
    """A labelled call, read once: all that the layers learn from."""

    call: Call
    id: str
    language: str | None
    family: str
    topics: dict[str, int]
    relevance: int
    words: frozenset[str]
    said: dict[str, Any]  # topic → findings
    near: dict[str, float]
    placed: Placed


def family(call: Call) -> str:
    """Calls that share a call title, or a parent, are one family."""
    if CASCADE in call.url:
        return "cascade:" + re.sub(r"[-_ ]?\d+$", "", call.external_id)
    if call.source_id == "eu-portal":
        return call.call_title or call.external_id
    return call.id


def row_of(words: str, reader: Reader, profile: Profile) -> Row:
    line = read(words)
    call, labels = line.call, labels_of(line)
    known, fields = known_of(call), fields_of(call)
    country, applicants = country_of(call), applicants_of(call)
    return Row(
        call=call,
        id=f"{line.id} {call.url}",
        language=line.language,
        family=family(call),
        topics=dict(labels.topics),
        relevance=labels.relevance,
        words=frozenset(word for word in all_words(fields) if not PLACES.fullmatch(word)),
        said=gather(find(fields, read_in(fields, call.language), reader.lexicon), known),
        near=signals(call, known.rule, municipal(call, known.rule, applicants), applicants, (0.0, 0.0, 0.0)),
        placed=placed(() if country else area_of(call, known.rule), country, profile),
    )


def all_words(fields: Any) -> frozenset[str]:
    """The words of a call as the program hears them."""
    title = [word for field in fields if field.name in TITLES for word in first_words(field, READ)]
    text = [word for field in fields if field.name not in TITLES for word in first_words(field, READ)]
    return beginnings(title, text)


# ---------------------------------------------------------------- the first layer: words


def learn_words(rows: list[Row], labels: list[str]) -> Learned:
    """Weights of word beginnings for every label; nothing else is set yet."""
    counts = Counter(word for row in rows for word in row.words)
    known = {word: place for place, word in enumerate(sorted(word for word, n in counts.items() if n >= RARE))}
    matrix = words_matrix(rows, known)
    names = list(known)
    words: dict[str, list[tuple[int, float]]] = {}
    starts = []
    for number, label in enumerate(labels):
        wanted, weight = target(rows, label)
        model = LogisticRegression(C=20, class_weight="balanced", solver="liblinear", random_state=0)
        weights = model.fit(matrix, wanted, sample_weight=weight).coef_[0]
        starts.append(float(model.intercept_[0]))
        for place in np.argsort(-np.abs(weights), kind="stable")[:KEPT]:
            words.setdefault(names[place], []).append((number, float(weights[place])))
    nothing = Line(0.0, {})
    packed = {word: tuple(pairs) for word, pairs in words.items()}
    return Learned(
        tuple(labels), tuple(starts), (0.0,) * 3, packed, nothing, nothing, (nothing,) * 3, ((0.0, 0.0), (3.0, 3.0))
    )


def words_matrix(rows: list[Row], known: dict[str, int]) -> csr_matrix:
    places = [(line, known[word]) for line, row in enumerate(rows) for word in sorted(row.words) if word in known]
    scale = [1 / np.sqrt(max(len(rows[line].words), 1)) for line, _ in places]
    lines, columns = zip(*places, strict=True)
    return csr_matrix((scale, (lines, columns)), shape=(len(rows), len(known)))


def target(rows: list[Row], label: str) -> tuple[np.ndarray, np.ndarray]:
    """What is to be said of each call, and how much it counts."""
    if label in RELEVANCE:
        step = int(label[-1])
        return np.array([row.relevance >= step for row in rows]), np.ones(len(rows))
    given = np.array([row.topics.get(label, 0) for row in rows])
    return given > 0, np.where(given == 1, SIDE, 1.0)


# ---------------------------------------------------------------- the second layer: topics


def topic_rows(rows: list[Row], heard_of: list[dict[str, float]], topics: list[str], copy: int) -> Any:
    """One line per call and topic that anything speaks for: signals, whether it is labelled, its weight."""
    for row, words in zip(rows, heard_of, strict=True):
        for topic in topics:
            found = [f for f in row.said.get(topic, ()) if not copy or not forgotten(f, copy)]
            if not found:
                continue
            label = row.topics.get(topic, 0)
            said = topic_signals(found, frame_of(row.call))
            yield row, topic, said | {"words": told_by_words(words[topic])}, label > 0, SIDE if label == 1 else 1.0


def forgotten(finding: Any, copy: int) -> bool:
    """Whether a term is left out in this copy: the same for every call."""
    if finding.where == "programme":
        return False
    return zlib.crc32(f"{copy} {finding.topic} {finding.term}".encode()) % 1000 < 1000 * FORGOTTEN


def learn_line(said: list[dict[str, float]], wanted: list[bool], weight: list[float], strength: float) -> Line:
    """A logistic regression on signals; weights are those of the signals as they come, not scaled."""
    names = sorted({name for one in said for name in one})
    matrix = np.array([[one.get(name, 0.0) for name in names] for one in said])
    mean, spread = matrix.mean(0), matrix.std(0)
    spread[spread == 0] = 1.0
    model = LogisticRegression(C=strength, max_iter=5000).fit((matrix - mean) / spread, wanted, sample_weight=weight)
    weights = model.coef_[0] / spread
    return Line(float(model.intercept_[0] - weights @ mean), dict(zip(names, map(float, weights), strict=True)))


def cut(rows: list[Row], topics: list[str], scored: dict[tuple[str, str], float]) -> float:
    """The score from which on a topic is best assigned, as logits to take off."""

    def measure(threshold: float) -> float:
        given = right = wanted = found = 0
        for row in rows:
            for topic in topics:
                label, assigned = row.topics.get(topic, 0), scored.get((row.id, topic), 0.0) >= threshold
                given, right = given + assigned, right + (assigned and label > 0)
                wanted, found = wanted + (label == 2), found + (assigned and label == 2)
        precision, recall = right / max(given, 1), found / max(wanted, 1)
        return 2 * precision * recall / max(precision + recall, 1e-9)

    # A flat top has no best point that means anything: the middle of all that are as good.
    thresholds = np.arange(0.2, 0.8, 0.01)
    measured = np.array([measure(threshold) for threshold in thresholds])
    best = thresholds[measured >= measured.max() - 0.002].mean()
    return float(np.log(best / (1 - best)))


# ---------------------------------------------------------------- all of it


def learn(rows: list[Row], topics: list[str]) -> Learned:
    """All layers from these calls."""
    labels = [*topics, *RELEVANCE]
    learned = learn_words(rows, labels)
    words: dict[str, dict[str, float]] = {}
    for kept, held in folds(rows, INNER):
        part = learn_words(kept, labels)
        for row in held:
            words[row.id] = dict(zip(labels, heard(row.words, part) or usual(part), strict=True))
    heard_of = [words[row.id] for row in rows]
    lines = [line for copy in range(COPIES + 1) for line in topic_rows(rows, heard_of, topics, copy)]
    scored: dict[tuple[str, str], float] = {}
    for kept, held in folds(rows, INNER):
        inside = {row.id for row in kept}
        topic = learn_topic([line for line in lines if line[0].id in inside])
        for row, key, said, _, _ in topic_rows(held, [words[row.id] for row in held], topics, 0):
            scored[row.id, key] = chance(topic.at(said))
    shift = cut(rows, topics, scored)
    topic, unknown = learn_topic(lines), learn_topic(lines, words=False)
    scored = {pair: chance(float(np.log(score / (1 - score))) - shift) for pair, score in scored.items()}
    steps, expected = learn_steps(rows, words, scored, topics)
    return replace(
        learned,
        usual=tuple(float(np.mean([words[row.id][label] for row in rows])) for label in RELEVANCE),
        topic=replace(topic, start=topic.start - shift),
        topic_unknown=replace(unknown, start=unknown.start - shift),
        steps=steps,
        knots=knots(rows, expected),
    )


def usual(part: Learned) -> tuple[float, ...]:
    """For the one call in a thousand whose words nobody knows."""
    return (0.0,) * len(part.labels)


def learn_topic(lines: list[Any], *, words: bool = True) -> Line:
    said = [line[2] if words else {name: value for name, value in line[2].items() if name != "words"} for line in lines]
    return learn_line(said, [line[3] for line in lines], [line[4] for line in lines], 0.5)


def learn_steps(
    rows: list[Row], words: dict[str, dict[str, float]], scored: dict[tuple[str, str], float], topics: list[str]
) -> tuple[tuple[Line, ...], dict[str, float]]:
    """The three steps of relevance, and what each call is expected to have, judged by lines that never saw it."""
    said = {row.id: near(row, words[row.id], [scored.get((row.id, topic), 0.0) for topic in topics]) for row in rows}
    expected = dict.fromkeys(said, 0.0)
    for kept, held in folds(rows, INNER):
        for line in steps_of(kept, said):
            for row in held:
                expected[row.id] += chance(line.at(said[row.id]))
    return steps_of(rows, said), expected


def steps_of(rows: list[Row], said: dict[str, dict[str, float]]) -> tuple[Line, ...]:
    return tuple(
        learn_line([said[row.id] for row in rows], [row.relevance >= step for row in rows], [1.0] * len(rows), 0.03)
        for step in (1, 2, 3)
    )


def near(row: Row, words: dict[str, float], scores: list[float]) -> dict[str, float]:
    """All signals of a call's nearness, as the program puts them together."""
    heard_of = {f"words {step}": words[f"relevance {step}"] for step in STEPS}
    between = row.near["between"]
    there = dict(row.placed.signals) | dict.fromkeys(row.placed.joint, between)
    return row.near | heard_of | there | dict(on_topics(scores, between))


def knots(rows: list[Row], expected: dict[str, float]) -> tuple[tuple[float, float], ...]:
    """Where the digest's cuts lie on the expected relevance.

    For us: where most of relevance 3 are above and most others below. Pass on: three in a hundred of relevance 0
    above it, before limits take most of them away.
    """

    def best(step: int, weight: float) -> float:
        values = sorted({round(value, 3) for value in expected.values()})

        def gain(threshold: float) -> float:
            above = [row.relevance for row in rows if expected[row.id] >= threshold]
            good = sum(label >= step for label in above)
            wanted = sum(row.relevance >= step for row in rows)
            return (1 + weight) * good / max(weight * wanted + len(above), 1)

        return max(values, key=gain)

    nothing = sorted((expected[row.id] for row in rows if row.relevance == 0), reverse=True)
    pass_on = nothing[int(0.03 * len(nothing))]
    marginal, for_us = best(1, 1.0), max(best(3, 1.0), pass_on + 0.1)
    marginal = min(marginal, pass_on - 0.1)
    return ((0.0, 0.0), (marginal, 0.5), (pass_on, 1.5), (for_us, 2.5), (3.0, 3.0))


def folds(rows: list[Row], number: int) -> Any:
    """Sides of a cross-validation; a family is never on both."""
    groups = [zlib.crc32(row.family.encode()) for row in rows]
    for kept, held in GroupKFold(number).split(rows, groups=groups):
        yield [rows[place] for place in kept], [rows[place] for place in held]


def answers(rows: list[Row], topics: list[str], profile: Profile) -> list[Answered]:
    """What the program says of every call when it learned from the other families only, beside the labels."""
    found = []
    for kept, held in folds(rows, OUTER):
        matcher = prepare_all([profile], learn(kept, topics))[0]
        found += [beside(row, matcher) for row in held]
    return found


def beside(row: Row, matcher: Matcher) -> Answered:
    said = match(row.call, matcher)
    return answered(row.id, row.call, said, topics=row.topics, relevance=row.relevance, language=row.language)


def told(learned: Learned, rows: list[Row]) -> dict[str, Any]:
    """The model as a file that people can read."""

    def line(one: Line) -> dict[str, Any]:
        return {
            "start": round(one.start, 3),
            "weights": {name: round(weight, 3) for name, weight in sorted(one.weights.items())},
        }

    words: dict[str, dict[str, float]] = {label: {} for label in learned.labels}
    for word, pairs in sorted(learned.words.items()):
        for number, weight in pairs:
            words[learned.labels[number]][word] = round(weight, 2)
    return {
        "about": "Made by .ci/train_match.py; see there. A word is its first seven letters without accents, ^ marks a "
        "word of the title.",
        "calls": len(rows),
        "labels": list(learned.labels),
        "topic": line(learned.topic),
        "topic_unknown": line(learned.topic_unknown),
        "relevance": {step: line(one) for step, one in zip(STEPS, learned.steps, strict=True)},
        "knots": [[round(given, 3), meant] for given, meant in learned.knots],
        "usual": [round(value, 3) for value in learned.usual],
        "starts": {label: round(start, 3) for label, start in zip(learned.labels, learned.starts, strict=True)},
        "words": words,
    }


def main() -> None:
    wanted = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    wanted.add_argument("labelled", type=Path)
    wanted.add_argument("--dry", action="store_true", help="write nothing")
    wanted.add_argument("--quick", action="store_true", help="no cross-validation")
    given = wanted.parse_args()
    profile = load_profile(ROOT / "profile.yaml")
    topics = [topic.key for topic in profile.topics]
    lines = given.labelled.read_text(encoding="utf-8").splitlines()
    nothing = Learned((), (), (0.0,) * 3, {}, Line(0, {}), Line(0, {}), (), ())
    reader = prepare_all([profile], nothing)[0].reader
    rows = [row_of(line, reader, profile) for line in lines]
    if not given.dry:
        MODEL.write_text(json.dumps(told(learn(rows, topics), rows), indent=1, ensure_ascii=False) + "\n", "utf-8")
    if not given.quick:
        begun = perf_counter()
        found = measure(answers(rows, topics, profile))
        speed = measuring.Speed(prepared=0.0, calls_per_second=len(rows) / (perf_counter() - begun))
        print("\n".join(measuring.page(found, speed)))


if __name__ == "__main__":
    main()
