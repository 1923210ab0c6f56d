"""What `explain` says of a call: JSON for programs, the same as lines for people. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # for the sake of `tracker --help`
    from tracker.digest import Entry
    from tracker.model import Call, Evidence, Match, Profile, TopicMatch

AROUND = 50  # letters of a text that are shown before and behind a word
KNOWN_BY = ("identifiers", "external_id", "funder", "action", "call_title", "title")
PROSE = {"title", "description"}  # every other field is structured: its source filled it in by a list of its own


def explanation(entry: Entry, profile: Profile) -> dict[str, Any]:
    """Everything that the answer rests on, as `explain --json` prints it; unknown is null."""
    call, found = entry.stored.call, entry.match
    cuts = profile.thresholds
    return {
        "id": entry.stored.id,
        "title": call.title,
        "url": call.url,
        "verdict": entry.verdict.value,
        "verdict_of_the_matcher": found.verdict.value,
        "tags": list(entry.tags),
        "relevance": found.relevance,
        "cuts": {"for-us": cuts.for_us, "pass-on": cuts.pass_on, "marginal": cuts.marginal},
        "why": list(found.why),
        "programme": _programme(call),
        "eligible": list(call.eligible),
        "applicants": _applicants(call),
        "area": _area(call, profile),
        "topics": [_topic(topic, call, profile) for topic in found.topics],
        "near": _near(found),
    }


def page(found: dict[str, Any]) -> Iterator[str]:
    """The explanation for a reader."""
    yield found["title"]
    yield found["url"]
    yield ""
    cuts = ", ".join(f"{name} from {cut:.2f}" for name, cut in found["cuts"].items())
    yield f"{found['verdict_of_the_matcher']}: relevance {found['relevance']:.3f} of 3 ({cuts})"
    if found["verdict"] != found["verdict_of_the_matcher"]:
        yield f"the team's word stands above it: {found['verdict']} ({', '.join(found['tags'])})"
    yield "reasons:"
    yield from (f"  {reason}" for reason in found["why"] or ["none"])
    yield from _of_programme(found)
    for topic in found["topics"]:
        yield ""
        yield from _of_topic(topic)
    yield ""
    if not found["topics"]:
        yield "no topic"
    for near in found["near"]:
        short = f"{near['missing']:.2f} below the {near['needed']:.2f} that it takes"
        yield f"near: {near['topic']} {near['score']:.2f}, {short}"


def around(text: str, words: str) -> str | None:
    """The first place of these words in a text, with what stands around them; None where they are not found.

    A word of its own is preferred to letters inside another one.
    """
    from tracker.normalize import one_line

    line, wanted = one_line(text), re.escape(one_line(words))
    if not wanted:
        return None
    found = re.search(rf"(?<!\w){wanted}(?!\w)", line, re.IGNORECASE) or re.search(wanted, line, re.IGNORECASE)
    if found is None:
        return None
    start, end = max(0, found.start() - AROUND), min(len(line), found.end() + AROUND)
    if start:  # no half words at the edges
        start = line.find(" ", start, found.start()) + 1 or found.start()
    if end < len(line):
        end = max(line.rfind(" ", found.end(), end), found.end())
    return f"{'… ' if start else ''}{line[start:end].strip()}{' …' if end < len(line) else ''}"


# ---------------------------------------------------------------- shapes


def _programme(call: Call) -> dict[str, Any] | None:
    """The rule that we have for its programme, and the words by which it was known; None where we have none."""
    from tracker.match.programmes import known_of

    known = known_of(call)
    if not known.rule.name:
        return None
    return {
        "rule": known.rule.name,
        "words": known.words or None,
        "topics": list(known.rule.topics),
        "relevance": known.rule.base,
        "relevance_where_towns_are_meant": known.rule.city,
        "why": known.rule.why or None,
    }


def _applicants(call: Call) -> dict[str, Any]:
    """Who may apply as we read it: each kind, how it stands, and the words that say so."""
    from tracker.match.applicants import applicants_of

    found = applicants_of(call)
    return {
        "listed": found.stated,
        "only": found.only or None,
        "parties": [
            {"kind": one.kind, "degree": one.degree.value, "words": one.words, "where": one.where}
            for one in found.parties
        ],
    }


def _area(call: Call, profile: Profile) -> dict[str, Any]:
    """Where applicants must be, how the city stands to it, and the highest relevance that this allows."""
    from tracker.match.places import country_of
    from tracker.match.programmes import known_of
    from tracker.match.programmes.areas import area_of
    from tracker.match.relevance import placed

    country = country_of(call)
    codes = () if country else area_of(call, known_of(call).rule)
    place = placed(codes, country, profile)
    return {"codes": [country] if country else list(codes), "why": list(place.why), "at_most": place.limit}


def _words(topic: str, call: Call) -> list[dict[str, Any]]:
    """The learned words that counted most for or against the topic, with what each added in logits."""
    from tracker.match.learned import IN_TITLE, shipped
    from tracker.match.spoken import spoken

    return [
        {"begins": word.removeprefix(IN_TITLE), "in_title": word.startswith(IN_TITLE), "adds": adds}
        for word, adds in spoken(call, topic, shipped())
    ]


def _topic(found: TopicMatch, call: Call, profile: Profile) -> dict[str, Any]:
    labels = {topic.key: topic.label for topic in profile.topics}
    return {
        "topic": found.topic,
        "label": dict(labels.get(found.topic, {})),
        "score": found.score,
        "evidence": [_evidence(one, call) for one in found.evidence],
        "learned_words": _words(found.topic, call),
        "cities": [_city(key, found.topic, call, profile) for key in found.cities],
    }


def _evidence(found: Evidence, call: Call) -> dict[str, Any]:
    """A word, the field it stands in, its surroundings, and the entry of the vocabulary or the rule behind it."""
    where, shown = _place(found, call)
    return {"words": found.words, "where": where, "structured": where not in PROSE, "term": found.term, "around": shown}


def _place(found: Evidence, call: Call) -> tuple[str, str | None]:
    """The field in which the words really stand, and what is around them.

    A programme is also known by its identifiers, its funder, its type of action or a title (tracker.match.programmes).
    """
    names = (found.where, *KNOWN_BY) if found.where == "programme" else (found.where,)
    places = ((name, around(_field(call, name), found.words)) for name in names)
    return next((place for place in places if place[1]), (found.where, None))


def _field(call: Call, name: str) -> str:
    """A field of the call as one text."""
    value = getattr(call, name, "")
    return value if isinstance(value, str) else "; ".join(map(str, value or ()))


def _city(key: str, topic: str, call: Call, profile: Profile) -> dict[str, Any]:
    """A partner city, and why it stands beside the topic."""
    from tracker.match.places import country_of, named_in, names_of

    city = next(city for city in profile.partners if city.key == key)
    country = country_of(call)
    why = [
        reason
        for reason, holds in (
            ("tied to this topic in the profile", topic in city.topics),
            ("named in the call", bool(named_in(call, [names_of(city)]))),
            (f"the call is for its country ({country})", bool(country) and city.country == country),
        )
        if holds
    ]
    return {"key": key, "name": city.name, "why": why}


def _near(found: Match) -> list[dict[str, Any]]:
    """Topics that something speaks for, but too little: the highest score first."""
    from tracker.match.topics import ASSIGNED

    ordered = sorted(found.near, key=lambda pair: (-pair[1], pair[0]))
    return [
        {"topic": topic, "score": score, "needed": ASSIGNED, "missing": round(max(ASSIGNED - score, 0.0), 3)}
        for topic, score in ordered
    ]


# ---------------------------------------------------------------- text


def _of_programme(found: dict[str, Any]) -> Iterator[str]:
    rule = found["programme"]
    if rule is None:
        yield "programme: no rule for it; judged by its own words"
    else:
        known = f", known by {rule['words']!r}" if rule["words"] else ""
        range_ = f"{rule['relevance']:g}, where towns are meant {rule['relevance_where_towns_are_meant']:g}"
        yield f"programme: {rule['rule']}{known}; relevance {range_}"
    if found["eligible"]:
        yield f"may apply: {'; '.join(found['eligible'])}"
    applicants = found["applicants"]
    if applicants["parties"]:
        told = [f"{one['kind']} {one['degree']} ({one['where']}: {one['words']!r})" for one in applicants["parties"]]
        only = f"; only {applicants['only']}" if applicants["only"] else ""
        yield f"applicants as read: {', '.join(told)}{only}"
    if found["area"]["codes"]:
        why = f": {', '.join(found['area']['why'])}" if found["area"]["why"] else ""
        yield f"area {', '.join(found['area']['codes'])}{why}; relevance at most {found['area']['at_most']:g}"


def _of_topic(topic: dict[str, Any]) -> Iterator[str]:
    yield f"{topic['topic']} {topic['score']:.2f}"
    for one in topic["evidence"]:
        where = f"in the field {one['where']}" if one["structured"] else f"in the {one['where']}"
        hint = one["term"].startswith("~")  # a word that alone is no reason
        behind = f"the hint {one['term'][1:]!r}" if hint else repr(one["term"])
        yield f"  {one['words']!r} {where}, by {behind}" + (f": {one['around']}" if one["around"] else "")
    if topic["learned_words"]:
        marks = (f"{one['adds']:+.2f} {one['begins']}…{' (title)' * one['in_title']}" for one in topic["learned_words"])
        yield f"  learned words: {', '.join(marks)}"
    for city in topic["cities"]:
        yield f"  {city['name']}: {'; '.join(city['why'])}"
