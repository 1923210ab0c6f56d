"""Programmes of the Union for market, cohesion, justice, security and the wider world, by identifier. Pure.

Who may take part, and how near a city stands (programme documents 2021-2027).
"""

from __future__ import annotations

from tracker.match.programmes.rule import FAR, FIRMS, JOIN, RESEARCH, STATES, TOWNS, rule

EUROPEAN_UNION = (
    # Single Market
    rule("SMP Lebensmittelverschwendung", r"SMP-FOOD-\d{4}-FW", 2.7, 3.0, "food-waste", JOIN),
    rule("SMP Lebensmittel", r"SMP-FOOD", 0.2, 0.8, "", FAR),
    rule("SMP Wohnen", r"SMP-\S*(?:HOUS|AHI)", 2.0, 2.7, "urban", JOIN),
    rule("SMP Sozialwirtschaft", r"SMP-COSME-\d{4}-(?:SEE|SOCEC|SE-|SEMISS|PROXI|RURAL)", 1.3, 2.1, "integration"),
    rule("SMP Einkauf der öffentlichen Hand", r"SMP-COSME-\d{4}-\S*(?:PROC|PPI|CBI|BIG-BUYERS)", 1.2, 2.1, "", TOWNS),
    rule("SMP Tourismus", r"SMP-COSME-\d{4}-\S*(?:TOUR|DEST|EDEN)", 0.9, 1.6, "culture", FIRMS),
    rule("SMP junge Unternehmen", r"SMP-COSME-\d{4}-EYE", 0.7, 1.2),
    rule("SMP Verbraucher", r"SMP-CONS", 0.4, 1.2, "", "für Verbraucherverbände"),
    rule("SMP Normen und Aufsicht", r"SMP-(?:STAND|IMA|MSURV|VAL|ESS|JTC|FIN)", 0.0, 0.4, "", FAR),
    rule("Unternehmensförderung", r"\bSMP-", 0.4, 1.1, "", FIRMS),
    # Digital Europe
    rule(
        "Digitale Städte",
        r"DIGITAL-\d{4}-\S*(?:DS-SMART|SMART-?COM|SSCC|LDT|CITIVERSE|(?<![A-Z])CIT(?:Y|IES)|COMMUNIT|MOBILITY)",
        2.1,
        2.8,
        "urban",
        TOWNS,
    ),
    rule(
        "Digitale Verwaltung",
        r"DIGITAL-\d{4}-\S*(?:GOVTECH|INTEROP|PUBLIC|EUDI|WALLET|OOTS|JUSTICE)",
        0.8,
        1.9,
        "urban",
    ),
    rule("Digitales Kulturerbe", r"DIGITAL-\d{4}-\S*(?:HERITAGE|CULTUR)", 0.7, 1.4, "culture"),
    rule("Digitale Beratung", r"DIGITAL-\d{4}-\S*EDIH", 0.3, 1.2, "", FIRMS),
    rule("Datensicherheit", r"DIGITAL-(?:ECCC|JU)|DIGITAL-\d{4}-\S*CYBER", 0.0, 0.6, "", RESEARCH),
    rule("Digitales Europa", r"\bDIGITAL-", 0.1, 1.2, "", RESEARCH),
    # Work, inclusion, migration
    rule("ESF+, Arbeitsvermittlung", r"ESF-\d{4}-EURES", 0.8, 1.3, "integration"),
    rule("ESF+, Entsendung und Sozialschutz", r"ESF-\d{4}-(?:POW|AG-TCS|UDW|SSC|EESSI)", 0.2, 0.6, "", STATES),
    rule("ESF+, Betriebskosten von Verbänden", r"ESF-\d{4}-(?:OG|EU-NET|NETWORK)", 0.2, 0.6, "", "für Verbände"),
    rule(
        "ESF+, Obdach und Inklusion",
        r"ESF-\d{4}-\S*(?:HOMELESS|HOUS|INCLU|SOC-INNO|SOCINNO|CHILD|ALMA|YOUTH|LTU|SKILL)",
        1.4,
        2.3,
        "integration",
    ),
    rule("ESF+, europaweit", r"\bESF-\d{4}", 1.0, 1.8, "integration"),
    rule(
        "AMIF Integration vor Ort",
        r"AMIF-\d{4}-\S*(?:INTE|LRA|LOCAL|CITIES|INCL|WOMEN)",
        2.1,
        2.8,
        "integration",
        TOWNS,
    ),
    rule("AMIF, nur für Staaten", r"AMIF-\d{4}-(?:SA|EMN|IBA|RETURN|TF2-AG-RETURN)", 0.2, 0.6, "integration", STATES),
    rule("AMIF", r"\bAMIF-", 1.5, 2.4, "integration"),
    rule(
        "Schutz öffentlicher Räume", r"ISF-\d{4}-\S*(?:PROTECT|PUBLIC-?SPACE|SPACES|WORSHIP)", 1.4, 2.3, "urban", JOIN
    ),
    rule("Vorbeugung gegen Extremismus", r"ISF-\d{4}-\S*(?:RAD|PREV|CSEP)", 0.8, 1.7, "integration"),
    rule("Innere Sicherheit", r"\bISF-|\bBMVI-|\bCCEI-", 0.0, 0.5, "", STATES),
    rule("Justiz, Drogen und Opfer", r"JUST-\d{4}-\S*(?:DRUG|VICT|JACC)", 0.6, 1.2),
    rule("Justiz", r"\bJUST-", 0.2, 0.7, "", "für Gerichte und Behörden"),
    # Cohesion, pilots
    rule("Werben für die Regionalpolitik", r"\bIMREG-", 0.8, 1.4, "", "für Medien, Hochschulen und Behörden"),
    rule("Werben für die Agrarpolitik", r"\bIMCAP-", 0.3, 0.9),
    rule(
        "Regionalpolitik, Jugend am Rand der Union",
        r"ERDFTA-\S*(?:YOUTH4OR|OR\d?\b)",
        0.7,
        1.0,
        "youth",
        area="FRY PT20 PT30 ES70",
    ),
    rule("Regionalpolitik, Hilfe der Kommission", r"\bERDF-?TA-", 0.9, 1.5, "urban"),
    rule(
        "Pilotprojekt für Städte", r"PPPA-\S*(?:CITY|CITIES|URBAN|TOWN|LOCAL|MUNICIP|BAUHAUS)", 1.8, 2.5, "urban", JOIN
    ),
    rule("Pilotprojekte der Union", r"\bPPPA-", 0.7, 1.6),
    rule("Innovation zwischen Regionen", r"\bI3-\d{4}", 0.3, 0.9, "", "für Unternehmen in Regionen"),
    rule("Hilfe bei Reformen", r"\bTSI-\d{4}", 0.3, 0.9, "", STATES),
    # Where a city has no part
    rule("Gesundheit", r"\bEU4H-", 0.1, 0.6, "", FAR),
    rule("Soziale Partner", r"\bSOCPL-", 0.1, 0.5, "", "für Gewerkschaften und Verbände"),
    rule("Agrarwerbung", r"\bAGRIP-", 0.0, 0.3, "", FIRMS),
    rule("Agenturen der Union", r"\bEUBA-", 0.0, 0.4, "", FAR),
    rule(
        "Verteidigung, Zoll, Steuern, Betrug",
        r"\b(?:EDF|EDIP|EDIRPA|ASAP|PERI|EUAF|CUST|FISC|EUSPA|SPACE|UAF)-",
        0.0,
        0.3,
        "",
        FAR,
    ),
    # Neighbourhood and the wider world: by country, see places
    rule(
        "EU-Außenhilfe für Städte",
        r"(?:EuropeAid/|NDICI-).{0,400}(?:[Ll]ocal [Aa]uthorit|collectivités [lt]|[Aa]utoridades [Ll]ocales)",
        1.2,
        1.8,
        "development",
        never="twinning urban",
    ),
    rule(
        "EU-Außenhilfe",
        r"EuropeAid/|External Action|RELEX-PROSPECT|NDICI-|INTPA/",
        0.5,
        0.9,
        "development",
        never="twinning urban",
    ),
)

# The same where a portal names the programme in words.
EUROPEAN_UNION_IN_WORDS = (
    rule(
        "SMP Lebensmittelverschwendung", r"(?:Single Market|SMP).{0,200}[Ff]ood [Ww]aste", 2.6, 3.0, "food-waste", JOIN
    ),
    rule("SMP Tourismus", r"(?:Single Market|SMP|COSME).{0,120}[Tt]ouris", 0.9, 1.6, "culture", FIRMS),
    rule("Unternehmensförderung", r"Single Market Programme|Binnenmarktprogramm|\bCOSME\b", 0.4, 1.1, "", FIRMS),
    rule(
        "Digitale Städte",
        r"Digital Europe.{0,120}(?:[Ss]mart [Cc]ommunit|[Dd]igital [Tt]wins|CitiVerse)",
        1.9,
        2.6,
        "urban",
        TOWNS,
    ),
    rule("Digitales Europa", r"Digital Europe|Digitales Europa|Europe numérique", 0.1, 1.2, "", RESEARCH),
    rule(
        "EaSI",
        r"Employment and Social Innovation|\bEaSI\b|Beschäftigung und soziale Innovation",
        1.2,
        2.0,
        "integration",
    ),
    rule("AMIF", r"Asylum,? (?:Migration|and).{0,25}Fund|Asyl-, Migrations- und|\bAMIF\b", 1.6, 2.4, "integration"),
    rule(
        "Innere Sicherheit",
        r"Internal Security Fund|Fonds für die innere Sicherheit|Border Management and Visa",
        0.2,
        0.9,
        "",
        STATES,
    ),
    rule("Justiz", r"Justice [Pp]rogramme|Programm „?Justiz", 0.2, 0.7, "", "für Gerichte und Behörden"),
    rule(
        "Innovation zwischen Regionen",
        r"Interregional Innovation Investments|\bI3 Instrument",
        0.3,
        0.9,
        "",
        "für Unternehmen in Regionen",
    ),
    rule("Pilotprojekte der Union", r"Pilot Projects? (?:and|&|%26) Prepar", 0.7, 1.6),
    rule(
        "Hilfe bei Reformen",
        r"Technical Support Instrument|Instrument für technische Unterstützung",
        0.3,
        0.9,
        "",
        STATES,
    ),
    rule("Gesundheit", r"EU4Health", 0.1, 0.6, "", FAR),
    rule(
        "Verteidigung, Zoll, Steuern, Betrug",
        r"European Defence|PERICLES|Pericles|Fiscalis|EU Anti-Fraud|EU Space Programme|Customs [Pp]rogramme",
        0.0,
        0.3,
        "",
        FAR,
    ),
    rule("Agrarwerbung", r"Promotion of Agricultural", 0.0, 0.3, "", FIRMS),
    rule("Agenturen der Union", r"EU Bodies and Agencies", 0.0, 0.4, "", FAR),
    rule("Soziale Partner", r"Social Prerogative", 0.1, 0.5, "", "für Gewerkschaften und Verbände"),
    rule("Regionalpolitik, Hilfe der Kommission", r"Technical assistance for ERDF", 0.9, 1.5, "urban"),
    rule(
        "Heranführungshilfe",
        r"Instrument for Pre-accession|\bIPA III\b|Western Balkans Info Hub",
        0.1,
        0.3,
        "",
        "für Beitrittsländer",
        area="AL BA ME MK RS XK TR",
    ),
    rule(
        "Twinning der Verwaltungen",
        r"[Tt]winning (?:Light|Fiche|[Ii]nstrument)|TAIEX",
        0.1,
        0.4,
        "",
        STATES,
        never="twinning",
    ),
    rule("EU-Außenhilfe", r"\bNDICI\b|Global Europe|EuropeAid", 0.5, 0.9, "development", never="twinning urban"),
)
