"""What a tag of the team says of a call and of calls like it. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.model import Call, Match

FOR_US = frozenset({"for-us", "planned", "submitted", "granted", "rejected"})  # a refused application was ours too
MIDDLE = frozenset({"pass-on", "watch"})
AGAINST = "not-relevant"
WRONG_TOPIC = "wrong-topic"
RELEVANT = FOR_US | MIDDLE
# Reasons that speak of us and of the day, and of no kind of call.
OF_THE_DAY = frozenset({"too-late", "no-funds", "no-staff", "already-funded"})
WATCHED = 2.0
# "Not relevant" says below the cut, not zero: where we said so too, nothing is learned. Taken as 0 or 0.5, tags on
# calls that we had put down already pushed down whole topics, and with them what was wanted (bench_lessons.py).
NOTHING_FOR_US = 1.0
LEAST_PASSED_ON, MOST_PASSED_ON = 1.5, 2.49
# Which kinds of keys a reason points at; any other reason, or none, points at all.
POINTS_AT = {
    "not-eligible": frozenset({"programme", "division", "funder", "applicants", "action"}),
    "off-topic": frozenset({"topic", "word", "division", "programme"}),
    "wrong-partner": frozenset({"area", "programme", "funder"}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagged:
    """A call with what the matcher said, and the newest word of the team on it."""

    call: Call
    match: Match
    tag: str
    reason: str = ""


def target(tagged: Tagged) -> float | None:
    """The relevance (0..3) that the team's word stands for; None where it says nothing of calls of that kind.

    A tag names a section, no number: where our figure lies in it already, it is right.
    """
    ours = tagged.match.relevance
    if tagged.tag in FOR_US:
        return 3.0
    if tagged.tag == "watch":  # somebody wants to follow it: never a word against it
        return max(WATCHED, ours)
    if tagged.tag == "pass-on":
        return min(max(ours, LEAST_PASSED_ON), MOST_PASSED_ON)
    if tagged.tag == AGAINST and tagged.reason not in OF_THE_DAY:
        return min(ours, NOTHING_FOR_US)
    return None


def worth(tagged: Tagged) -> int:
    """What a call is worth to the team, 0..3, for those who measure a ranking."""
    return 3 if tagged.tag in FOR_US else 2 if tagged.tag in MIDDLE else 0


def is_relevant(tagged: Tagged) -> bool:
    """Whether the team wants to have such a call; a lack of time or money says nothing against it."""
    return tagged.tag in RELEVANT
