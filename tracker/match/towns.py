"""How clearly a call means towns and cities, in its own words. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tracker.match.applicants import READ, Applicants, Degree, Party
from tracker.match.programmes import DEFAULT, Rule, is_cascade
from tracker.match.words import SEAM
from tracker.model import Call

# Words for partner towns in six languages: a call that bears them in its title means a town like ours, whatever its
# programme. Not "twinning" alone: ministries and universities twin too.
PARTNER_TOWN = re.compile(
    r"\b(?:Partnerst[aä]dt\w*|Städtepartner\w*|Partnerkommun\w*|Partnergemeinde\w*|kommunale\w* Partnerschaft\w*"
    r"|town[- ]twinning|twin(?:ned)? (?:towns?|cit(?:y|ies))|sister cit(?:y|ies)|partner (?:towns?|cit(?:y|ies))"
    r"|villes? (?:jumelées?|partenaires?)|jumelages?|comités? de jumelage|città (?:gemellat\w+|partner)|gemellagg\w+"
    r"|partnersk\w+ (?:měst\w*|obc\w*)|міст\w*[- ]побратим\w*|міст\w*[- ]партнер\w*)",
    re.IGNORECASE,
)
OUR_WORDS = re.compile(
    r"smart communities|local digital twins|associated regions|urban authorit|cities and regions", re.IGNORECASE
)
# One of these stands in all that the patterns find, and is found much faster.
PARTNER_HAS = ("partner", "partenaire", "kommunale", "twin", "sister", "jumel", "gemell", "побратим", "партнер")
OUR_HAS = ("smart comm", "local digital", "associated reg", "urban auth", "cities and")
LISTED = re.compile("öffentliche einrichtung", re.IGNORECASE)  # Förderdatenbank's word that holds municipalities too
MAY = 0.8  # from here on municipalities may apply, for all that we can read


@dataclass(frozen=True, slots=True)
class Sign:
    """How clearly municipalities are meant: 0..1, and the reason in German."""

    share: float
    why: str = ""


def municipal(call: Call, rule: Rule, applicants: Applicants) -> Sign:
    """What a call says of towns and cities: in its list of applicants, its title, its sentences."""
    title = SEAM.sub(" ", call.title[:READ])
    if names_partner_towns(title):
        return Sign(1.0, "Partnerstädte sind genannt (Titel)")
    town = next((party for party in applicants.parties if party.kind == "municipality"), None)
    if town is not None:
        return spoken_of(town)
    if applicants.stated and LISTED.search(" ; ".join(call.eligible)):
        return Sign(1.0, "öffentliche Einrichtungen sind antragsberechtigt")
    if has_our_words(title):
        return Sign(0.9, "Städte und Gemeinden sind genannt (Titel)")
    if applicants.stated:
        public = applicants.degree("public-body") is Degree.MAY  # towns are public bodies, where they are not meant too
        return Sign(0.0, "" if public else "Städte und Gemeinden sind unter den Antragsberechtigten nicht genannt")
    if not call.description and (rule is DEFAULT or is_cascade(call)):
        return Sign(0.35, "wer Anträge stellen darf, ist nicht genannt")
    return Sign(0.35, "Städte und Gemeinden sind genannt") if has_our_words(call.description[:READ]) else Sign(0.0)


def names_partner_towns(title: str) -> bool:
    """Whether a title bears a word for partner towns."""
    small = small_letters(title)
    return any(map(small.__contains__, PARTNER_HAS)) and PARTNER_TOWN.search(title) is not None


def has_our_words(text: str) -> bool:
    """Whether a text has words of the Union for towns and cities."""
    small = small_letters(text)
    return any(map(small.__contains__, OUR_HAS)) and OUR_WORDS.search(text) is not None


def small_letters(text: str) -> str:
    """A text as a pattern reads it that ignores case: to it, an i with its dot or without is an i."""
    if text.isascii():
        return text.lower()
    return text.casefold().replace("i\u0307", "i").replace("\u0131", "i")


def spoken_of(town: Party) -> Sign:
    """What a call that speaks of towns and cities says of them."""
    if town.degree is Degree.NOT:
        return Sign(0.0, "Städte und Gemeinden sind ausgeschlossen")
    if town.where == "eligible":
        return Sign(1.0, "Städte und Gemeinden sind antragsberechtigt")
    if town.where == "title":
        return Sign(0.9, "Städte und Gemeinden sind genannt (Titel)")
    if town.degree in {Degree.MAY, Degree.VIA}:
        return Sign(0.8, "Städte und Gemeinden sind als Antragstellende oder Begünstigte genannt")
    return Sign(0.45, "Städte und Gemeinden sind genannt")
