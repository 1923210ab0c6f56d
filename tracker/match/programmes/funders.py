"""Who pays: the funder that a text names in its first sentences, and ministries by their short names. Pure.

The Förderdatenbank's texts begin "Das Bundesministerium für … unterstützt Sie" or "Das Land Hessen fördert". A
ministry's full name lists subjects ("Ernährung und Landwirtschaft"), and a subject is not what a call is about.
"""

from __future__ import annotations

import re

BEGINNING = 700  # letters of a text in which its funder is named
FUNDER = re.compile(
    r"\b(?:Bundesministerium\w{0,2} (?:für|der|des) [^.;|()\n]{3,80}(?:\([^()\n]{2,12}\))?"
    r"|Beauftragten? der Bundesregierung für [^.;|()\n]{3,40}|Auswärtige[sn]? Amt|(?:Das|das|des|dem|vom) Land(?:es)?"
    r" [A-Z][\w-]{4,30}|Freistaat(?:es|s)? (?:Bayern|Sachsen|Thüringen)|KfW Bankengruppe"
    r"|Deutsche Bundesstiftung Umwelt"
    r"|Kulturstiftung de[rs] [A-Z]\w{3,12})"
)


def funder_said(text: str) -> str:
    """The funder's name as the text has it, "" where the beginning names none that we know."""
    found = FUNDER.search(text[:BEGINNING])
    return " ".join(found.group().split()) if found else ""


MINISTRY = re.compile(r"Bundesministeri\w+ (?:für|der|des)(?: die| Digitales und)? (\w+)([^|()]{0,100})")
SHORT = {
    "Bildung": "BMBF",
    "Forschung": "BMFTR",
    "Wohnen": "BMWSB",
    "Umwelt": "BMUV",
    "Verkehr": "BMDV",
    "Familie": "BMFSFJ",
    "Wirtschaft": "BMWK",
    "wirtschaftliche": "BMZ",
    "Ernährung": "BMEL",
    "Landwirtschaft": "BMEL",
    "Gesundheit": "BMG",
    "Arbeit": "BMAS",
    "Innern": "BMI",
    "Finanzen": "BMF",
}


def short_of(funder: str) -> str:
    """A funder with federal ministries by their short names; anything else as it is."""
    return MINISTRY.sub(short_name, funder)


def short_name(found: re.Match[str]) -> str:
    """The short name of one ministry. That for education has had family affairs since 2025."""
    if found[1] == "Bildung" and "Familie" in found[2]:
        return "BMBFSFJ"
    return SHORT.get(found[1], found.group())
