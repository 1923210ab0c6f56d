"""How near a call stands to the city, 0..3, with reasons for and against in German. Pure.

The programme gives two figures, one for calls that name no municipality and one for calls that clearly mean them;
the call's own words say where between the two it stands; what shuts a city out sets a limit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tracker.match.places import DORMANT, country_of, other_land
from tracker.match.programmes import CASCADE, DEFAULT, Rule, is_invited_only
from tracker.match.topics import Said
from tracker.match.words import SEAM
from tracker.model import Call, Profile, Thresholds, Verdict

# Words for municipalities in six languages. "Public Body (national, regional and local)" stands in nearly every row of
# EuroAccess and says nothing.
TOWN = re.compile(
    r"\b(?:municipalit\w+|municipal|local (?:and regional )?(?:public )?(?:authorit\w+|governments?)|cit(?:y|ies)"
    r"|towns?|regional and local authorities|public authorities|smart communities|local digital twins"
    r"|associated regions|urban (?:areas|authorit\w+)|cities and regions"
    r"|Kommunen?|kommunal\w*|Gemeinden?|Gemeindeverb[aä]nd\w*|St[aä]dten?|St[aä]dte|Gebietskörperschaft\w*|Landkreis\w*"
    r"|Zweckverb\w+"
    r"|öffentliche (?:Einrichtung|Träger|Verwaltung)\w*|communes?|intercommunalit\w+|collectivit[eé]s?|EPCI"
    r"|municipalit[eé]s?|mairies?|comuni|enti locali|amministrazioni locali|obcí|obce|obec|měst[aeoy]?m?|samospráv\w*"
    r"|громад\w*|міст\w*|муніципал\w*|місцев\w+ (?:самоврядування|органи\w*))\b",
    re.IGNORECASE,
)
# Words for partner towns in six languages: a call that bears them in its title means a town like ours, whatever its
# programme. Not "twinning" alone: ministries and universities twin too.
PARTNER_TOWN = re.compile(
    r"\b(?:Partnerst[aä]dt\w*|Städtepartner\w*|Partnerkommun\w*|Partnergemeinde\w*|kommunale\w* Partnerschaft\w*"
    r"|town[- ]twinning|twin(?:ned)? (?:towns?|cit(?:y|ies))|sister cit(?:y|ies)|partner (?:towns?|cit(?:y|ies))"
    r"|villes? (?:jumelées?|partenaires?)|jumelages?|comités? de jumelage|città (?:gemellat\w+|partner)|gemellagg\w+"
    r"|partnersk\w+ (?:měst\w*|obc\w*)|міст\w*[- ]побратим\w*|міст\w*[- ]партнер\w*)",
    re.IGNORECASE,
)
# In front of, or right behind, words for municipalities these say that they may apply.
MAY_APPLY = re.compile(
    r"antragsberechtigt|richtet sich an|Anträge|können .{0,60}(?:erhalten|bekommen)|wenn Sie als|applicants?|eligible|"
    r"beneficiar|apply|bénéficiaire|éligible|porteur|s'adresse|destiné|accompagne|beneficiari|žadatel|příjemc|заявник",
    re.IGNORECASE,
)
NO_TOWN = re.compile(r"Public Body \(national, regional and local")
ELIGIBLE = re.compile(
    r"\bKommun|\bMunicip|\bCommunes?\b|\bLocal \(|Öffentliche Einrichtung|\bcomuni\b|\bobec|\bobce", re.IGNORECASE
)
NO_FIRM = re.compile(
    r"\b(?:start-?ups?|SMEs?|KMU|mid-caps?|entreprises?|Unternehmen|companies|Existenzgründ\w+)\b", re.IGNORECASE
)
RESEARCH_ACTION = re.compile(r"Research and Innovation Actions", re.IGNORECASE)
NEAR_WORDS = 160  # letters between "applicants" and "municipalities"
OUR_COUNTRY = 1.4  # what an external action call gains where it is for a partner city's country
PARTNERS_MEANT = 0.4  # what a call for partner towns gains: it is what the office is there for
OFTEN = 3  # mentions of municipalities that make them a subject of the call


@dataclass(frozen=True, slots=True)
class Sign:
    """How clearly municipalities are meant: 0..1, and the reason in German."""

    share: float
    why: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """The relevance and its reasons."""

    relevance: float
    why: tuple[str, ...]


def municipal(call: Call, rule: Rule) -> Sign:
    """What a call says of towns and cities."""
    eligible = " ; ".join(call.eligible)
    eligible = "" if NO_TOWN.search(eligible) else eligible
    if ELIGIBLE.search(eligible):
        return Sign(1.0, "Städte und Gemeinden sind antragsberechtigt")
    if PARTNER_TOWN.search(SEAM.sub(" ", call.title)):
        return Sign(1.0, "Partnerstädte sind genannt (Titel)")
    if TOWN.search(SEAM.sub(" ", call.title)):
        return Sign(0.9, "Städte und Gemeinden sind genannt (Titel)")
    if not call.description and not eligible and rule in {DEFAULT, CASCADE}:
        return Sign(0.35, "wer Anträge stellen darf, ist nicht genannt")
    text = call.description[:8_000]
    places = [found.start() for found in TOWN.finditer(text)]
    if eligible and not places:
        return Sign(0.0, "Städte und Gemeinden sind unter den Antragsberechtigten nicht genannt")
    if any(MAY_APPLY.search(text, max(0, place - NEAR_WORDS), place + NEAR_WORDS) for place in places):
        return Sign(0.8, "Städte und Gemeinden sind als Antragstellende oder Begünstigte genannt")
    if len(places) >= OFTEN:
        return Sign(0.6, "Städte und Gemeinden sind mehrfach genannt")
    return Sign(0.35, "Städte und Gemeinden sind genannt") if places else Sign(0.0)


def judge(call: Call, topics: Mapping[str, Said], rule: Rule, profile: Profile) -> Judged:
    """Relevance and reasons of a call whose topics are known."""
    sign = municipal(call, rule)
    why = [*for_topics(topics, profile), *(reason for reason in (sign.why, rule.why) if reason)]
    figure = rule.base + (rule.city - rule.base) * sign.share
    figure += strength(topics)
    if RESEARCH_ACTION.search(call.action) and rule.city < 2.7:
        figure -= 0.2
        why.append("Forschungsvorhaben (RIA)")
    if country_of(call) in living_countries(profile):
        figure += OUR_COUNTRY
        why.append("für das Land einer Partnerstadt ausgeschrieben")
    if topics and PARTNER_TOWN.search(call.title):
        figure += PARTNERS_MEANT
    if not topics:
        figure = min(figure * 0.5, 1.2)
        why.append("kein Thema der Stadt erkannt")
    for limit, reason in limits(call, rule, sign, profile):
        figure = min(figure, limit)
        why.append(reason)
    return Judged(round(min(max(figure, 0.0), 3.0), 2), tuple(dict.fromkeys(why)))


def living_countries(profile: Profile) -> set[str]:
    """The countries of partner cities with which we are in touch."""
    return {partner.country for partner in profile.partners if partner.status != DORMANT}


def strength(topics: Mapping[str, Said]) -> float:
    """What the topics add: a topic in the title stands nearer than one put together from the text."""
    best = max((score for score, _ in topics.values()), default=0.0)
    return round((best - 0.75) * 0.8, 3) if topics else 0.0


def limits(call: Call, rule: Rule, sign: Sign, profile: Profile) -> Iterator[tuple[float, str]]:
    """What shuts a city out, and how far."""
    if is_invited_only(call):
        yield 0.4, "nur eingeladene Einrichtungen"
    if land := other_land(call, profile.city):
        yield 0.9, f"gilt für {land}"
    country = country_of(call)
    if country and country not in {partner.country for partner in profile.partners}:
        yield 0.9, "für ein anderes Land ausgeschrieben"
    if rule is DEFAULT and sign.share == 0 and NO_FIRM.search(call.description[:1_500]):
        yield 0.4, "für Unternehmen"
    if foreign(call, profile):
        yield 2.0, "nationales Programm eines anderen Landes"


def foreign(call: Call, profile: Profile) -> bool:
    """Whether a call is in a partner's language that is neither the city's own nor English: a national call there."""
    return call.language in {"fr", "it", "cs", "uk"} and call.language != profile.city.language


FIELDS = {
    "title": "Titel",
    "call_title": "Aufruf",
    "divisions": "Programmteil",
    "programme": "Programm",
    "description": "Text",
}


def for_topics(topics: Mapping[str, Said], profile: Profile) -> Iterator[str]:
    """The topics with the field that says so best: "Lebensmittelverschwendung (Titel)"."""
    labels = {topic.key: topic.label.get("de") or topic.key for topic in profile.topics}
    for key, (_, evidence) in topics.items():
        where = FIELDS.get(evidence[0].where, "Text") if evidence else "Text"
        yield f"{labels[key]} ({where})"


def verdict(relevance: float, thresholds: Thresholds) -> Verdict:
    """Where the digest puts a call of that relevance."""
    if relevance >= thresholds.for_us:
        return Verdict.FOR_US
    if relevance >= thresholds.pass_on:
        return Verdict.PASS_ON
    return Verdict.MARGINAL if relevance >= thresholds.marginal else Verdict.NONE
