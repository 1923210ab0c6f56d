"""Do the lessons help? The team's own tags ranked before and after, each by lessons from other publications. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log2

from tracker.match.lessons.applying import adjusted
from tracker.match.lessons.keys import family
from tracker.match.lessons.learning import learn
from tracker.match.lessons.meaning import Tagged, target, worth
from tracker.model import Thresholds

FOLDS = 10  # up to so many families each is left out alone
FIRST = 25
WANTED = 2.0  # the relevance from which on a call should stand above


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """How well an order puts wanted calls first, 0..1: average precision, and nDCG@25 with gain 2^relevance - 1."""

    average_precision: float
    ndcg: float


@dataclass(frozen=True, slots=True, kw_only=True)
class BeforeAndAfter:
    """Of so many tags, `wanted` on calls that the team wants: the ranking by the shipped knowledge and with lessons."""

    tags: int
    wanted: int
    before: Ranking
    after: Ranking


def before_and_after(tagged: Iterable[Tagged], thresholds: Thresholds) -> BeforeAndAfter | None:
    """None while there is nothing to rank: calls both wanted and not are needed.

    A call is ranked by lessons in which neither it nor another call of its family was heard.
    """
    heard = sorted((one for one in tagged if target(one) is not None), key=lambda one: one.call.id)
    gains = [worth(one) for one in heard]
    good = sum(gain >= WANTED for gain in gains)
    if not 0 < good < len(heard):
        return None
    before = [one.match.relevance for one in heard]
    return BeforeAndAfter(
        tags=len(heard),
        wanted=good,
        before=ranking(before, gains),
        after=ranking(_left_out(heard, thresholds), gains),
    )


def ranking(relevances: Sequence[float], gains: Sequence[float]) -> Ranking:
    """The order by relevance against what the team wants; equal ones keep their order."""
    order = sorted(range(len(gains)), key=lambda place: (-relevances[place], place))
    ranked = [gains[place] for place in order]
    hits = [place for place, gain in enumerate(ranked, 1) if gain >= WANTED]
    precision = sum(number / place for number, place in enumerate(hits, 1)) / max(len(hits), 1)
    best = _discounted(sorted(gains, reverse=True))
    return Ranking(average_precision=precision, ndcg=_discounted(ranked) / best if best else 0.0)


def _discounted(gains: Sequence[float]) -> float:
    return float(sum((2**gain - 1) / log2(place + 1) for place, gain in enumerate(gains[:FIRST], 1)))


def _left_out(heard: Sequence[Tagged], thresholds: Thresholds) -> list[float]:
    """The relevance of each call by lessons that know nothing of its family."""
    families = [family(one.call) for one in heard]
    places = {name: place % FOLDS for place, name in enumerate(sorted(set(families)))}
    folds = [places[name] for name in families]
    taught = {
        fold: learn([one for one, other in zip(heard, folds, strict=True) if other != fold], thresholds)
        for fold in sorted(set(folds))
    }
    return [adjusted(one.match, one.call, taught[fold]).relevance for one, fold in zip(heard, folds, strict=True)]
