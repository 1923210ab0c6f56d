"""The names of the months in the languages our sources write. Pure."""

from __future__ import annotations

import re

# Nominative, genitive and the abbreviations that were seen; a full stop behind an abbreviation is read elsewhere.
# Abbreviations that are ordinary words of another language are left out: Czech "pro" (for), "led" (ice).
NAMES: dict[int, str] = {
    1: "januar jänner jan jän january janvier janv gennaio gen leden ledna січень січня enero ene",
    2: "februar feber febr feb february février fevrier févr fév fevr febbraio febb únor února unor unora лютий лютого"
    " febrero",
    3: "märz maerz mär mrz march mar mars marzo březen března brezen brezna березень березня",
    4: "april apr avril avr aprile duben dubna квітень квітня abril abr",
    5: "mai may maggio mag květen května kveten kvetna травень травня mayo",
    6: "juni jun june juin giugno giu červen června cerven cervna червень червня junio",
    7: "juli jul july juillet juil luglio lug červenec července cervenec cervence липень липня julio",
    8: "august aug août aout agosto ago srpen srpna серпень серпня",
    9: "september sept sep septembre settembre sett set září zari вересень вересня septiembre setiembre",
    10: "oktober okt october oct octobre ottobre ott říjen října rijen rijna жовтень жовтня octubre",
    11: "november nov novembre listopad listopadu листопад листопада noviembre",
    12: "dezember dez december dec décembre decembre déc dicembre dic prosinec prosince грудень грудня diciembre",
}
NUMBER: dict[str, int] = {name: number for number, names in NAMES.items() for name in names.split()}
# The longest first: "červenec" (July) begins with "červen" (June).
PATTERN = "(?:" + "|".join(sorted(map(re.escape, NUMBER), key=len, reverse=True)) + r")(?![^\W\d_])"
