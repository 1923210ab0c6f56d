"""Funds for partnerships and for municipal work abroad (their own pages, 2021-2026). Pure."""

from __future__ import annotations

from tracker.match.programmes.rule import JOIN, TOWNS, rule

PARTNERSHIPS = (
    # Funds for partnerships and for municipal work abroad (their own pages, 2021-2026)
    rule(
        "Begegnungsfonds mit einem Partnerland",
        r"Deutsch-Französische[rn]? (?:Bürgerfonds|Tag)|Fonds citoyen franco-allemand|Nouveaux horizons"
        r"|Deutsch-Tschechische[rn]? Zukunftsfonds|Mikroprojektefonds Frankreich|Austausch mit Frankreich"
        r"|Baden-Württemberg und Frankreich",
        2.8,
        2.9,
        "twinning",
        "Fonds für Begegnungen mit einem Partnerland",
    ),
    rule(
        "Deutsch-Französisches Jugendwerk",
        r"Deutsch-Französisches Jugendwerk|\bDFJW\b|\bOFAJ\b",
        2.0,
        2.6,
        "youth twinning",
    ),
    rule("UK-German Connection", r"UK-German Connection", 1.8, 2.2, "youth twinning", "für Schulen und Jugendgruppen"),
    rule("EUKI", r"\bEUKI\b|Europäische Klimaschutzinitiative", 2.3, 2.6, "climate", JOIN),
    rule(
        "SKEW",
        r"\bSKEW\b|Servicestelle Kommunen in der Einen Welt|\bNakopa\b|Kleinprojektefonds kommunale Entwicklung",
        2.5,
        2.8,
        "development",
        TOWNS,
    ),
    rule("bwirkt!", r"\bbwirkt!", 1.8, 2.0, "development", "für gemeinnützige Träger"),
    rule("European City Facility", r"European City Facility|\bEUCF\b", 2.6, 2.8, "energy climate", TOWNS),
    rule("Zu gut für die Tonne", r"Zu gut für die Tonne", 2.5, 2.7, "food-waste"),
)
