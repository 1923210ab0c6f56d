"""Programmes of the German Länder: a funder or title that bears a Land's name holds in that Land. Pure.

The Land of the city itself has its own rules in `germany`. NUTS 2021 codes (Eurostat).
"""

from __future__ import annotations

from tracker.match.programmes.rule import Rule, rule

# Names of city states stand in too many titles: there the state must be meant.
LAND_NAMES = {
    "DE2": r"\bBayern\b|\bbayerisch|\bBayerisch",
    "DE3": r"Land(?:es)? Berlin\b|Senatsverwaltung|Investitionsbank Berlin|\bIBB\b",
    "DE4": r"\bBrandenburg\b|\bbrandenburgisch|\bILB\b",
    "DE5": r"(?:Land(?:es)?|Hansestadt) Bremen\b|\bBAB Bremen\b|\bbremisch",
    "DE6": r"(?:Land(?:es)?|Hansestadt) Hamburg\b|\bIFB Hamburg\b|\bhamburgisch",
    "DE7": r"\bHessens?\b|\bHESSEN\b|\bhessisch|\bHessisch|\bWIBank\b|\bLOEWE\b|Distr@l",
    "DE8": r"Mecklenburg-Vorpommern|\bmecklenburg",
    "DE9": r"\bNiedersachsens?\b|\bniedersächsisch|\bNiedersächsisch|\bNBank\b",
    "DEA": r"Nordrhein-Westfalen|\bnordrhein-westf|\bNRW\b",
    "DEB": r"Rheinland-Pfalz|\brheinland-pfälz|\bISB\b",
    "DEC": r"\bSaarlands?\b|\bsaarländisch",
    "DED": r"\bSachsens?\b(?!-Anhalt)|\bsächsisch|\bSächsisch|\bSAB\b",
    "DEE": r"Sachsen-Anhalt|\bsachsen-anhalt",
    "DEF": r"Schleswig-Holstein|\bschleswig-holstein",
    "DEG": r"\bThüringens?\b|\bthüring|\bThüringer\b",
}

LAENDER_RULES: tuple[Rule, ...] = tuple(
    rule(f"Programm eines anderen Landes ({area})", names, 0.5, 2.6, "", "Programm eines Landes", area=area)
    for area, names in LAND_NAMES.items()
)
