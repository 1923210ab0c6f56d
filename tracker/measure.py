"""How well answers agree with what people labelled: topics, ranking, verdicts. Pure.

What cannot be known is None, never 0: the precision of a topic that was never given, the recall of one that nobody
labelled, a precision at 25 of 24 calls. Nothing depends on the order of the calls: equal relevances are ranked by id.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log2

from tracker.model import Call, Match, Verdict

MAIN = 2  # the label of a topic that must be found; any other label is a side topic, which may be
RELEVANT = 2  # the relevance from which a call should come first
FIRST = 25  # the calls that a reader sees first
DEPTHS = (10, 25, 50)
ENOUGH = 8  # calls with a main topic from which on it counts for the average over topics
FEW = 16  # a topic of fewer main calls than this is also told call by call: a share of so few says little
UNKNOWN = "unknown"  # the language or source of a call that names none
KEPT = (Verdict.FOR_US, Verdict.PASS_ON)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A labelled call beside its answer. `labels` and `label` are the person's, everything else the matcher's.

    `scores` are those of all topics that anything speaks for, 0..1; `relevance` is 0..3. `twin` tells calls of one id
    apart (cascade calls bear that of their parent): their address.
    """

    id: str
    title: str
    language: str
    source: str
    labels: Mapping[str, int]
    label: int
    scores: Mapping[str, float]
    assigned: frozenset[str]
    relevance: float
    verdict: Verdict
    twin: str = ""


def answered(
    key: str, call: Call, found: Match, *, topics: Mapping[str, int], relevance: int, language: str | None
) -> Answered:
    """An answer beside the labels of its call. `language` is the one by which the call is counted."""
    return Answered(
        id=key,
        title=call.title,
        language=language or UNKNOWN,
        source=call.source_id or UNKNOWN,
        labels=topics,
        label=relevance,
        scores={topic.topic: topic.score for topic in found.topics} | dict(found.near),
        assigned=frozenset(topic.topic for topic in found.topics),
        relevance=found.relevance,
        verdict=found.verdict,
        twin=call.url,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Counts of one topic or of all: `right` are given and labelled (main or side), `found` are wanted and given."""

    given: int
    right: int
    wanted: int
    found: int
    precision: float | None
    recall: float | None
    f1: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Topics:
    """Agreement on topics. The `macro` figures are means over the topics in `counted`, those with `ENOUGH` calls."""

    micro: Tally
    macro_precision: float | None
    macro_recall: float | None
    macro_f1: float | None
    counted: tuple[str, ...]
    by_topic: Mapping[str, Tally]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """How early the relevant calls come. `ndcg` by depth; the gain of a call is 2 ** label - 1."""

    relevant: int
    average_precision: float | None
    precision_at_25: float | None
    ndcg: Mapping[int, float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """Where the calls of one labelled relevance land, as shares of them; `kept` is for us and pass on together."""

    calls: int
    verdicts: Mapping[str, float | None]
    kept: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The figures of the calls of one language or source."""

    calls: int
    topics: Topics
    ranking: Ranking


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One call of a rare topic: its label (None: not labelled), its score (None: nothing speaks for it)."""

    id: str
    title: str
    label: int | None
    score: float | None
    assigned: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """All figures of one set of labelled calls."""

    calls: int
    topics: Topics
    ranking: Ranking
    relevance: Mapping[int, Share]
    by_language: Mapping[str, Group]
    by_source: Mapping[str, Group]
    call_by_call: Mapping[str, tuple[Listed, ...]]


def measure(answered: Iterable[Answered]) -> Measures:
    """Everything measured. Of no calls all shares are None."""
    calls = sorted(answered, key=lambda call: (call.id, call.twin))
    topics = of_topics(calls)
    return Measures(
        calls=len(calls),
        topics=topics,
        ranking=of_ranking(calls),
        relevance={label: of_verdicts([call for call in calls if call.label == label]) for label in (3, 2, 1, 0)},
        by_language=by(calls, lambda call: call.language),
        by_source=by(calls, lambda call: call.source),
        call_by_call={topic: listed(calls, topic) for topic, tally in topics.by_topic.items() if tally.wanted < FEW},
    )


# ---------------------------------------------------------------- topics


def of_topics(calls: Iterable[Answered]) -> Topics:
    """Topics over all calls and one by one, in the order of their keys."""
    counts: dict[str, list[int]] = {}
    for call in calls:
        for topic in call.assigned | set(call.labels):
            given, labelled, main = topic in call.assigned, topic in call.labels, call.labels.get(topic) == MAIN
            count = counts.setdefault(topic, [0, 0, 0, 0])
            for place, holds in enumerate((given, given and labelled, main, main and given)):
                count[place] += holds
    by_topic = {topic: tally(*counts[topic]) for topic in sorted(counts)}
    counted = tuple(topic for topic, found in by_topic.items() if found.wanted >= ENOUGH)
    return Topics(
        micro=tally(*(sum(count[place] for count in counts.values()) for place in range(4))),
        macro_precision=mean([by_topic[topic].precision for topic in counted]),
        macro_recall=mean([by_topic[topic].recall for topic in counted]),
        macro_f1=mean([by_topic[topic].f1 for topic in counted]),
        counted=counted,
        by_topic=by_topic,
    )


def tally(given: int, right: int, wanted: int, found: int) -> Tally:
    """Counts with their shares. A topic that is wanted and never given has a recall and an F1 of 0, no precision."""
    precision, recall = share(right, given), share(found, wanted)
    return Tally(
        given=given,
        right=right,
        wanted=wanted,
        found=found,
        precision=precision,
        recall=recall,
        f1=f1(precision, recall),
    )


def f1(precision: float | None, recall: float | None) -> float | None:
    """The harmonic mean; None where nothing was to be found."""
    if recall is None:
        return None
    if not precision or not recall:
        return 0.0
    return 2 * precision * recall / (precision + recall)


def share(part: int, whole: int) -> float | None:
    """A share; None of nothing."""
    return part / whole if whole else None


def mean(values: Sequence[float | None]) -> float | None:
    """The mean of the values that are known; None where there are none."""
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def listed(calls: Iterable[Answered], topic: str) -> tuple[Listed, ...]:
    """The calls that bear a topic or were given it, the surest main ones first."""
    found = [
        Listed(
            id=call.id,
            title=call.title,
            label=call.labels.get(topic),
            score=call.scores.get(topic),
            assigned=topic in call.assigned,
        )
        for call in calls
        if topic in call.labels or topic in call.assigned
    ]
    return tuple(sorted(found, key=lambda one: (-(one.label or 0), -(one.score or 0.0), one.id)))


# ---------------------------------------------------------------- ranking and verdicts


def of_ranking(calls: Iterable[Answered]) -> Ranking:
    """The calls in the order of their relevance, seen from their labels."""
    ordered = sorted(calls, key=lambda call: (-call.relevance, call.id, call.twin))
    labels = [call.label for call in ordered]
    good = [label >= RELEVANT for label in labels]
    return Ranking(
        relevant=sum(good),
        average_precision=average_precision(good),
        precision_at_25=sum(good[:FIRST]) / FIRST if len(good) >= FIRST else None,
        ndcg={depth: ndcg(labels, depth) for depth in DEPTHS},
    )


def average_precision(good: Sequence[bool]) -> float | None:
    """The mean of the precisions at each relevant call; None where there is none."""
    hits, precisions = 0, []
    for place, relevant in enumerate(good, 1):
        if relevant:
            hits += 1
            precisions.append(hits / place)
    return mean(precisions)


def ndcg(labels: Sequence[int], depth: int) -> float | None:
    """What the first `depth` calls gain, as a share of the best order; None where no call could gain anything.

    Of fewer calls all are looked at.
    """
    best = gained(sorted(labels, reverse=True)[:depth])
    return gained(labels[:depth]) / best if best else None


def gained(labels: Sequence[int]) -> float:
    """The discounted gain of calls in this order."""
    return sum(((1 << label) - 1) / log2(place + 1) for place, label in enumerate(labels, 1))


def of_verdicts(calls: Sequence[Answered]) -> Share:
    """Where these calls land."""
    return Share(
        calls=len(calls),
        verdicts={
            verdict.value: share(sum(call.verdict is verdict for call in calls), len(calls)) for verdict in Verdict
        },
        kept=share(sum(call.verdict in KEPT for call in calls), len(calls)),
    )


def by(calls: Sequence[Answered], key: Callable[[Answered], str]) -> dict[str, Group]:
    """The figures of each language or source, in alphabetical order."""
    groups: dict[str, list[Answered]] = {}
    for call in calls:
        groups.setdefault(key(call), []).append(call)
    return {
        name: Group(calls=len(some), topics=of_topics(some), ranking=of_ranking(some))
        for name, some in sorted(groups.items())
    }
