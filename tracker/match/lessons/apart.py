"""Calls adjusted by lessons that know neither them nor their sisters, so that what lessons do can be measured. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tracker.match.lessons.applying import adjusted
from tracker.match.lessons.keys import family
from tracker.match.lessons.learning import Lessons, learn
from tracker.match.lessons.meaning import Tagged
from tracker.model import Call, Match, Thresholds

FOLDS = 10  # up to so many tagged families each is left out alone


def apart(tagged: Iterable[Tagged], calls: Sequence[tuple[Call, Match]], thresholds: Thresholds) -> list[Match]:
    """The match of each call, moved by all tags but those on its own family; a family is one publication."""
    heard = [(one, family(one.call)) for one in tagged]
    fold = {name: place % FOLDS for place, name in enumerate(sorted({name for _, name in heard}))}
    taught: dict[int | None, Lessons] = {}
    found = []
    for call, match in calls:
        own = fold.get(family(call))
        if own not in taught:
            taught[own] = learn([one for one, name in heard if fold[name] != own], thresholds)
        found.append(adjusted(match, call, taught[own]))
    return found
