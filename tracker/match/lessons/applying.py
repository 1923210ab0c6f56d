"""How lessons move a match: its relevance within bounds, the scores of doubted topics, and a reason in German. Pure."""

from __future__ import annotations

from dataclasses import replace
from math import sqrt

from tracker.match.lessons.keys import Keys, keys_of
from tracker.match.lessons.labels import label_of
from tracker.match.lessons.learning import GREATEST, SHARE, STEEPEST, Lesson, Lessons, odds_of, share_of
from tracker.match.relevance import verdict
from tracker.model import Call, Match, Thresholds, TopicMatch

VISIBLE = 0.05  # less than this is no lesson: the call stays exactly as it was
AGREEING = 5  # tags against, before lessons may put below marginal what was for us or to be passed on
ROOM = 0.01  # below the cut
DOUBT = 0.15  # what one tag "wrong topic" takes from the score of a topic that rests on the same words alone
DOUBTERS = 3  # tags before a topic is given up
KEPT = 0.5  # the score of a topic that is just assigned
ROOT = {kind: sqrt(share) for kind, share in SHARE.items()}
Parts = list[tuple[float, str]]  # what each key adds, in log-odds


def adjusted(match: Match, call: Call, lessons: Lessons) -> Match:
    """The match as the team's tags move it; the same value where they say nothing of such a call."""
    if lessons.doubts and match.topics:
        match = _doubted(match, lessons)
    if not lessons.by_key:
        return match
    total, parts = moved(keys_of(call, match), lessons)
    if abs(total) * STEEPEST * GREATEST < VISIBLE:
        return match
    odds = odds_of(match.relevance)
    move = GREATEST * (share_of(odds + total) - share_of(odds))
    if abs(move) < VISIBLE:
        return match
    behind = [key for _, key in sorted((part for part in parts if part[0] * move > 0), key=_strongest)]
    relevance = _bounded(match, move, [lessons.by_key[key] for key in behind], lessons.thresholds)
    if relevance == match.relevance:
        return match
    return replace(
        match,
        relevance=relevance,
        verdict=verdict(relevance, lessons.thresholds),
        why=(*match.why, _why(move, behind, lessons)),
    )


def moved(keys: Keys, lessons: Lessons) -> tuple[float, Parts]:
    """How far lessons move a call of these keys, in log-odds, and what each key adds."""
    known = lessons.by_key
    parts: Parts = []
    for kind, of_kind in keys.items():
        heard = [key for key in of_kind if key in known]
        if heard:
            share = ROOT[kind] / sqrt(len(of_kind))
            parts += [(known[key].weight * share, key) for key in heard]
    return sum(change for change, _ in parts), parts


def _strongest(part: tuple[float, str]) -> tuple[float, str]:
    return (-abs(part[0]), part[1])


def _bounded(match: Match, move: float, behind: list[Lesson], cuts: Thresholds) -> float:
    """What is shipped as nothing for us is never raised to "for us"; what is for us is not hidden by a few tags."""
    wanted = min(max(match.relevance + move, 0.0), GREATEST)
    if match.relevance < cuts.marginal:
        wanted = min(wanted, cuts.for_us - ROOM)
    against = 0
    for lesson in behind:
        against |= lesson.against
    if match.relevance >= cuts.pass_on and against.bit_count() < AGREEING:
        wanted = max(wanted, cuts.marginal)
    return round(wanted, 2)


def _why(move: float, keys: list[str], lessons: Lessons) -> str:
    """As in "Das Team hat 3 von 4 ähnlichen Aufrufen als „für uns“ eingestuft (Programm LIFE, Thema Klima)".

    Counted are calls that bear all the keys named: at most two, of different kinds, for two steps of one programme
    would say the same twice.
    """
    speaking, words = _said(move, lessons.by_key[keys[0]])
    alike, named = _all(lessons.by_key[keys[0]]), keys[:1]
    for key in keys[1:]:
        both = alike & _all(lessons.by_key[key])
        if _kind(key) != _kind(keys[0]) and both & speaking:
            speaking, alike, named = both & speaking, both, [keys[0], key]
            break
    said, count = speaking.bit_count(), alike.bit_count()
    calls = f"{said} ähnliche Aufrufe" if said > 1 else "einen ähnlichen Aufruf"
    calls = calls if said == count else f"{said} von {count} ähnlichen Aufrufen"
    labels = ", ".join(label_of(_narrowest(key, keys, lessons), lessons.labels) for key in named)
    return f"Das Team hat {calls} als „{words}“ eingestuft ({labels})"


def _narrowest(key: str, keys: list[str], lessons: Lessons) -> str:
    """Of steps of a programme that the same tags speak of, the last."""
    same = (one for one in keys if one.startswith(key) and _all(lessons.by_key[one]) == _all(lessons.by_key[key]))
    return max(same, key=lambda one: (len(one), one))


def _said(move: float, lesson: Lesson) -> tuple[int, str]:
    """The tags of a key that speak the way a call moved, and what they say."""
    middle = (lesson.middle, "weitergeben“ oder „beobachten")
    said = (lesson.for_us, "für uns") if move > 0 else (lesson.against, "nicht relevant")
    return said if said[0] else middle


def _all(lesson: Lesson) -> int:
    return lesson.for_us | lesson.middle | lesson.against


def _kind(key: str) -> str:
    return key.partition(":")[0]


# ---------------------------------------------------------------- wrong topics


def _doubted(match: Match, lessons: Lessons) -> Match:
    """Topics that rest on words which led to wrong topics stand lower, and go once three tags agree; never the last."""
    doubts = {topic.topic: _doubt(topic, lessons) for topic in match.topics}
    if not any(doubts.values()):
        return match
    scored = [replace(topic, score=_lowered(topic.score, doubts[topic.topic])) for topic in match.topics]
    ordered = sorted(scored, key=lambda topic: (-topic.score, topic.topic))
    kept = [topic for topic in ordered if doubts[topic.topic] < DOUBTERS] or ordered[:1]
    gone = [topic for topic in ordered if topic.topic not in {one.topic for one in kept}]
    why = [
        f"Das Team hat das Thema {lessons.labels.get(f'topic:{topic.topic}', topic.topic)} bei ähnlichen Aufrufen"
        " als falsch bezeichnet"
        for topic in gone
    ]
    return replace(
        match,
        topics=tuple(replace(topic, score=max(topic.score, KEPT)) for topic in kept),
        cities=tuple(dict.fromkeys(city for topic in kept for city in topic.cities)),
        near=tuple(sorted((*match.near, *((topic.topic, topic.score) for topic in gone)))),
        why=(*match.why, *why),
    )


def _doubt(topic: TopicMatch, lessons: Lessons) -> float:
    """Tags that call this topic wrong, weighed by the part of its evidence that they speak of."""
    terms = {(topic.topic, found.term) for found in topic.evidence}
    return sum(lessons.doubts.get(term, 0) for term in terms) / len(terms) if terms else 0.0


def _lowered(score: float, doubt: float) -> float:
    return round(score / (1.0 + DOUBT * doubt), 3) if doubt else score
