"""How clearly a call means towns and cities, in its own words. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tracker.match.programmes import CASCADE, DEFAULT, Rule
from tracker.match.words import SEAM
from tracker.model import Call

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
NEAR_WORDS = 160  # letters between "applicants" and "municipalities"
OFTEN = 3  # mentions of municipalities that make them a subject of the call
MAY = 0.8  # from here on municipalities may apply, for all that we can read


@dataclass(frozen=True, slots=True)
class Sign:
    """How clearly municipalities are meant: 0..1, and the reason in German."""

    share: float
    why: str = ""


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
