"""Programmes of the regions of Italy and Czechia, by the funder's name: each holds in its region. Pure.

NUTS 2021 codes (Eurostat). Regions with rules of their own stand in `elsewhere`.
"""

from __future__ import annotations

from tracker.match.programmes.rule import Rule, rule

ITALY = {
    "ITC1": "Piemonte",
    "ITC2": "Valle d.Aosta",
    "ITC3": "Liguria",
    "ITF1": "Abruzzo",
    "ITF2": "Molise",
    "ITF3": "Campania",
    "ITF4": "Puglia",
    "ITF5": "Basilicata",
    "ITF6": "Calabria",
    "ITG1": "(?:Sicilia|Siciliana)",
    "ITG2": "Sardegna",
    "ITH1": "Trentino-Alto Adige",
    "ITH3": "(?:del )?Veneto",
    "ITH4": "Friuli",
    "ITH5": "Emilia",
    "ITI1": "Toscana",
    "ITI2": "Umbria",
    "ITI3": "Marche",
    "ITI4": "Lazio",
}
CZECHIA = {
    "CZ010": "Hlavní město Praha",
    "CZ020": "Středočesk(?:ý|ého) kraj",
    "CZ031": "Jihočesk(?:ý|ého) kraj",
    "CZ032": "Plzeňsk(?:ý|ého) kraj",
    "CZ041": "Karlovarsk(?:ý|ého) kraj",
    "CZ042": "Ústeck(?:ý|ého) kraj",
    "CZ051": "Libereck(?:ý|ého) kraj",
    "CZ052": "Královéhradeck(?:ý|ého) kraj",
    "CZ053": "Pardubick(?:ý|ého) kraj",
    "CZ063": "Kraje? Vysočina",
    "CZ064": "Jihomoravsk(?:ý|ého) kraj",
    "CZ071": "Olomouck(?:ý|ého) kraj",
    "CZ072": "Zlínsk(?:ý|ého) kraj",
}


def regional(area: str, pattern: str) -> Rule:
    """The rule for what a region pays, as its towns see it."""
    return rule(f"Programm einer Region ({area})", pattern, 0.9, 2.6, "", "Programm einer Region", area=area)


REGIONS = (
    *(regional(area, rf"Region(?:e|i|e autonoma|e Autonoma) {name}\b") for area, name in ITALY.items()),
    regional("ITH1", r"Provincia [Aa]utonoma di Bolzano|Autonome Provinz Bozen"),
    regional("ITH2", r"Provincia [Aa]utonoma di Trento"),
    *(regional(area, name) for area, name in CZECHIA.items()),
)
