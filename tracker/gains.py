"""Do the team's lessons help? The same calls ranked as shipped and with lessons, before and after. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tracker.match.lessons import Tagged, apart, family, target, worth
from tracker.measure import ENOUGH, RELEVANT, Answered, Ranking, answered, of_ranking, of_verdicts
from tracker.model import Match, Thresholds

MANY = 30  # tags from which on a difference says something


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """One ranking, and which shares of the calls that the team wants and of the others stand in the digest's sections.

    Shares of for us and pass on together, 0..1.
    """

    ranking: Ranking
    wanted_kept: float | None
    others_kept: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gain:
    """Of so many tags, `wanted` on calls that the team wants: before and after. `few`: too few to say much."""

    tags: int
    wanted: int
    few: bool
    before: Figures
    after: Figures


def on_tags(tagged: Iterable[Tagged], thresholds: Thresholds) -> Gain | None:
    """The gain on the team's own tags; None while there is nothing to rank.

    It takes calls that are wanted and others, of two publications: a call is ranked by lessons in which neither it nor
    another call of its publication was heard. A tag counts 3 (for us), 2 (pass on, watch) or 0; reasons of the day and
    wrong topics are no word on a ranking.
    """
    heard = sorted((one for one in tagged if target(one) is not None), key=lambda one: one.call.id)
    wanted = sum(worth(one) >= RELEVANT for one in heard)
    others = len(heard) - wanted
    if not wanted or not others or len({family(one.call) for one in heard}) == 1:
        return None
    after = apart(heard, [(one.call, one.match) for one in heard], thresholds)
    return Gain(
        tags=len(heard),
        wanted=wanted,
        few=len(heard) < MANY or min(wanted, others) < ENOUGH,
        before=figures(heard, [one.match for one in heard]),
        after=figures(heard, after),
    )


def figures(heard: Sequence[Tagged], matches: Sequence[Match]) -> Figures:
    """How tagged calls stand by these matches."""
    calls = [_beside(one, match) for one, match in zip(heard, matches, strict=True)]
    return Figures(
        ranking=of_ranking(calls),
        wanted_kept=of_verdicts([call for call in calls if call.label >= RELEVANT]).kept,
        others_kept=of_verdicts([call for call in calls if call.label < RELEVANT]).kept,
    )


def _beside(one: Tagged, match: Match) -> Answered:
    return answered(one.call.id, one.call, match, topics={}, relevance=worth(one), language=one.call.language)
