"""What a call means for the city: topics with their evidence, relevance, verdict."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """Where the digest puts a call."""

    FOR_US = "for-us"
    PASS_ON = "pass-on"  # noqa: S105 - a verdict, no password
    MARGINAL = "marginal"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A word that matched: the words as they stand in the call, the field, the vocabulary entry behind them."""

    words: str
    where: str
    term: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicMatch:
    """A topic of a call: score 0..1, the partner cities tied to it, and why."""

    topic: str
    score: float
    cities: tuple[str, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A call judged for one profile. `relevance` is 0..3; `why` are reasons for and against, German sentences.

    `near` are topics that something speaks for, but too little to say that the call is about them: key and score 0..1.
    """

    topics: tuple[TopicMatch, ...]
    relevance: float
    verdict: Verdict
    cities: tuple[str, ...]
    why: tuple[str, ...]
    near: tuple[tuple[str, float], ...] = ()
