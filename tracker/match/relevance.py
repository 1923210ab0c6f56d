"""How near a call stands to a city, 0..3, with reasons for and against in German. Pure.

What the call alone says (programme, applicants, words) becomes figures once; what a profile adds (does the area hold
the city, is the call on its topics) is added to them. How much each weighs was learned from labelled calls; what shuts
a city out for certain sets a limit on top.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tracker.match.applicants import READ, Applicants
from tracker.match.learned import STEPS, Learned, bent, chance
from tracker.match.places import DORMANT
from tracker.match.programmes import DEFAULT, Rule, is_cascade
from tracker.match.programmes.areas import NUTS_COUNTRY, Where, reason, standing
from tracker.match.topics import ASSIGNED
from tracker.match.towns import MAY, Sign, names_partner_towns
from tracker.model import Call, Profile, Thresholds, Verdict

RESEARCH_ACTION = re.compile(r"Research and Innovation Actions", re.IGNORECASE)
HIGHEST, THEIRS, ELSEWHERE = 3.0, 2.4, 1.2  # limits: no limit, only partner cities get it, neither they nor we
INVITED, OFF_TOPIC = 0.4, 1.2  # limits: only invited bodies may apply, none of the city's topics


def signals(call: Call, rule: Rule, sign: Sign, applicants: Applicants, words: Sequence[float]) -> dict[str, float]:
    """What a call says of those who may apply, as figures that were learned from. `words`: by the steps 1, 2, 3."""
    action = call.action
    only = {f"only {applicants.only}": 1.0} if applicants.only else {}
    return {
        "base": rule.base,
        "city": rule.city,
        "between": rule.base + (rule.city - rule.base) * sign.share,
        "towns": sign.share,
        "towns may apply": float(sign.share >= MAY),
        "partner towns": float(names_partner_towns(call.title[:READ])),
        "no programme known": float(rule is DEFAULT),
        "cascade": float(is_cascade(call)),
        "research action": float(action != "" and RESEARCH_ACTION.search(action) is not None),
        "innovation action": float("Innovation Actions" in action and "Research" not in action),
        "coordination": float("Coordination and Support" in action),
        **only,
        "applicants listed": float(applicants.stated),
        "silent": float(not call.description),
        **{f"words {step}": said for step, said in zip(STEPS, words, strict=True)},
    }


@dataclass(frozen=True, slots=True)
class Placed:
    """How a profile's city and partner cities stand to where a call holds: figures, a limit, and reasons in German.

    `joint` are names of figures that hold what a programme is worth to a town, as far as this place allows it.
    """

    signals: tuple[tuple[str, float], ...]
    joint: tuple[str, ...]
    limit: float
    why: tuple[str, ...]


def placed(area: tuple[str, ...], country: str, profile: Profile) -> Placed:
    """Where a call holds, seen by a profile. `country`: of an external action call, by its identifier; else ""."""
    if country:
        return abroad(country, profile)
    found = standing(area, profile.city, profile.partners)
    near = {code[:2] for code in area}
    home = NUTS_COUNTRY.get(profile.city.country, profile.city.country)
    partners = {NUTS_COUNTRY.get(country, country) for country in living_countries(profile)}
    said = [(f"area {found.where.value}", 1.0)]
    if found.where is Where.OUTSIDE:
        said += [("elsewhere in our country", 1.0)] if home in near else []
        said += [("elsewhere in a partner's country", 1.0)] if near & partners else []
    limits = {Where.OUTSIDE: ELSEWHERE, Where.PARTNERS: THEIRS}
    why = reason(found, profile.city, area)
    joint = tuple(f"between, {name}" for name, _ in said)
    return Placed(tuple(said), joint, limits.get(found.where, HIGHEST), (why,) if why else ())


def abroad(country: str, profile: Profile) -> Placed:
    """An external action call for one country of the world: near where a partner city of ours lies there."""
    if country in living_countries(profile):
        return Placed(
            (("for a partner's country", 1.0),), (), HIGHEST, ("für das Land einer Partnerstadt ausgeschrieben",)
        )
    return Placed((("for another country", 1.0),), (), ELSEWHERE, ("für ein anderes Land ausgeschrieben",))


def living_countries(profile: Profile) -> set[str]:
    """The countries of partner cities with which we are in touch."""
    return {partner.country for partner in profile.partners if partner.status != DORMANT}


def on_topics(scores: Sequence[float], between: float) -> tuple[tuple[str, float], ...]:
    """What the profile's topics add: the best two scores. Without a topic a call is hardly ever for the city."""
    ordered = sorted(scores, reverse=True)
    best, second = (*ordered, 0.0, 0.0)[:2]
    return (
        ("best topic", best),
        ("second topic", second),
        ("topic and towns", best * between),
        ("no topic", float(best < ASSIGNED)),
    )


def nearness(steps: Sequence[float], added: Iterable[tuple[str, float]], learned: Learned) -> float:
    """The expected relevance 0..3, bent so that the digest's cuts lie where they belong."""
    pairs = tuple(added)
    expected = 0.0
    for start, line in zip(steps, learned.steps, strict=True):
        weights = line.weights
        expected += chance(start + sum(weights[name] * value for name, value in pairs if name in weights))
    return bent(expected, learned.knots)


FIELDS = {
    "title": "Titel",
    "call_title": "Aufruf",
    "divisions": "Programmteil",
    "programme": "Programm",
    "description": "Text",
}


def verdict(relevance: float, thresholds: Thresholds) -> Verdict:
    """Where the digest puts a call of that relevance."""
    if relevance >= thresholds.for_us:
        return Verdict.FOR_US
    if relevance >= thresholds.pass_on:
        return Verdict.PASS_ON
    return Verdict.MARGINAL if relevance >= thresholds.marginal else Verdict.NONE
