"""Programmes of the Union that are no research: who may take part, and how near a city stands. Pure."""

from __future__ import annotations

from tracker.match.programmes.rule import FAR, JOIN, RESEARCH, TOWNS, rule

EUROPEAN_UNION = (
    # Citizens, Equality, Rights and Values
    rule("CERV Städtepartnerschaften und Städtenetze", r"CERV-\d{4}-CITIZENS-TOWN", 3.0, 3.0, "twinning", TOWNS),
    rule("CERV, nur für Behörden des Bundes", r"CERV-\d{4}-(?:DATA|NRCP|NCP)", 0.2, 0.6),
    rule("CERV", r"CERV-\d{4}-CITIZENS|CERV-\d{4}-(?:CIV|REM|CHAR)", 2.2, 2.7, "twinning"),
    rule("CERV", r"\bCERV\b|Equality, Rights and Values|Gleichstellung, Rechte und Werte", 2.2, 2.7),
    # LIFE
    rule("LIFE, Betriebskosten von Verbänden", r"LIFE-\d{4}-NGO", 0.5, 0.8, "environment climate"),
    rule("LIFE Klima", r"LIFE-\d{4}-SAP-CLIMA", 2.6, 2.9, "climate", JOIN),
    rule("LIFE Energiewende", r"LIFE-\d{4}-CET", 2.0, 2.8, "energy", JOIN),
    rule("LIFE Umwelt und Natur", r"LIFE-\d{4}-SAP", 2.4, 2.8, "environment", JOIN),
    rule("LIFE, strategische Projekte", r"LIFE-\d{4}-STRAT", 1.9, 2.2),
    rule("LIFE", r"\bLIFE-\d{4}|Environment and Climate Action", 1.4, 2.2),
    # Single Market: food
    rule("SMP Lebensmittelverschwendung", r"SMP-FOOD-\d{4}-FW", 2.7, 3.0, "food-waste"),
    rule("SMP Lebensmittel", r"SMP-FOOD", 0.2, 0.8, "", FAR),
    # Creative Europe, Erasmus+, Solidarity Corps
    rule(
        "Kreatives Europa, Zusammenarbeit",
        r"CREA-CULT-\d{4}-COOP-\d",
        2.5,
        2.9,
        "culture",
        "Städte und Kultureinrichtungen können teilnehmen",
    ),
    rule("Kreatives Europa, Kultur", r"CREA-(?:CULT|CROSS)", 1.6, 2.2, "culture"),
    rule("Kreatives Europa, Medien", r"CREA-MEDIA", 0.3, 0.9, "culture", "für Film- und Medienunternehmen"),
    rule("Kreatives Europa", r"Creative Europe", 1.5, 2.1, "culture"),
    rule(
        "Erasmus+, Hochschulen",
        r"ERASMUS-EDU-\d{4}-(?:EUR-UNIV|EMJM|ECHE|PCOOP-ENGO)|Erasmus Charter",
        0.1,
        0.6,
        "",
        "für Hochschulen",
    ),
    rule("Erasmus+", r"\bERASMUS", 1.2, 1.9, "youth"),
    rule("Europäisches Solidaritätskorps", r"\bESC-|Solidarity Corps", 1.6, 2.1, "youth"),
    # Infrastructure, cohesion, pilots
    rule("CEF Ladepunkte", r"CEF-T-\d{4}-AFIF", 1.8, 2.1, "transport"),
    rule(
        "CEF Verkehr",
        r"CEF-T|Connecting Europe Facility for Transport",
        0.4,
        1.0,
        "transport",
        "für große Verkehrsachsen",
    ),
    rule("CEF", r"\bCEF-|Connecting Europe Facility", 0.1, 0.8, "", FAR),
    rule("ESF+, europaweit", r"\bESF-\d{4}", 1.0, 1.8, "integration"),
    rule("AMIF", r"\bAMIF-", 1.5, 2.5, "integration"),
    rule("Katastrophenschutz der Union", r"\bUCPM-", 1.0, 1.5, "climate"),
    rule("Pilotprojekte der Union", r"\bPPPA-", 0.7, 1.6),
    rule(
        "Innovation zwischen Regionen",
        r"\bI3-\d{4}|Interregional Innovation Investments",
        0.3,
        0.8,
        "",
        "für Unternehmen in Regionen",
    ),
    rule("Innovationsfonds", r"\bINNOVFUND|\bRENEWFM", 0.4, 0.8, "energy climate", "für große Industrievorhaben"),
    rule("Unternehmensförderung", r"SMP-", 0.5, 1.2),
    rule("Digitales Europa", r"\bDIGITAL-|Digital Europe", 0.1, 1.3, "", RESEARCH),
    rule("Justiz", r"\bJUST-", 0.4, 0.9),
    rule("Gesundheit", r"\bEU4H|EU4Health", 0.1, 0.5, "", FAR),
    rule(
        "Verteidigung, Kernforschung, Stahl, Agrarwerbung, Behörden",
        r"\b(?:EDF|EURATOM|RFCS|AGRIP|EUBA|PERI|ISF|BMVI|SOCPL|EMFAF|EDIP|EUAF)-|\bEP-LINC|European Defence|Euratom",
        0.0,
        0.3,
        "",
        FAR,
    ),
    # Neighbourhood and the wider world: by country, see places
    rule(
        "EU-Außenhilfe",
        r"EuropeAid/|External Action|RELEX-PROSPECT|\bNDICI\b",
        0.5,
        0.9,
        "development",
        never="twinning urban",
    ),
    rule("Heranführungshilfe", r"Instrument for Pre-accession", 0.1, 0.3, "", "für Beitrittsländer"),
)
