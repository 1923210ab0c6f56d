"""Interreg by the area that a programme covers (programme documents 2021-2027). Pure."""

from __future__ import annotations

from tracker.match.programmes.rule import rule

# Interreg programmes whose area holds Ludwigsburg, and those whose area holds a partner city (documents 2021-2027).
INTERREG_HERE = (
    r"Interreg.{0,12}(?:Central Europe|Mitteleuropa|North-West Europe|Nordwesteuropa|Danube|Donau"
    r"|Alpine Space|Alpenraum|Europe\b)|Danube Region Programme"
)
INTERREG_THERE = (
    r"Interreg.{0,12}(?:SK-CZ|CZ-SK|CZ-PL|Slovakia-Czech|Czechia-Poland|Czech Republic-Poland|Poland-Czech"
    r"|France-Switzerland|France-Suisse)"
)

INTERREG = (
    # Interreg: by the area that a programme covers (programme documents 2021-2027)
    rule("Interreg, Raum mit Ludwigsburg", INTERREG_HERE, 2.7, 3.0, "twinning", "Ludwigsburg liegt im Programmgebiet"),
    rule(
        "Interreg, Raum einer Partnerstadt",
        INTERREG_THERE,
        2.3,
        2.7,
        "twinning",
        "eine Partnerstadt liegt im Programmgebiet",
    ),
    rule(
        "Interreg, anderer Raum",
        r"\bI(?:nterreg|NTERREG)\b|Europäische territoriale Zusammenarbeit",
        0.7,
        1.0,
        "twinning",
        "anderes Programmgebiet",
    ),
)
