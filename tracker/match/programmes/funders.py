"""The funder that a text names in its first sentences, where the source has no field for it. Pure.

The Förderdatenbank's texts begin "Das Bundesministerium für … unterstützt Sie" or "Das Land Hessen fördert".
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
