"""German programmes that are made for others than towns, and what the name of a ministry alone tells. Pure.

As generally known in 2026-11. `city` is what such a call is worth where its text means municipalities all the same.
"""

from __future__ import annotations

from tracker.match.programmes.rule import FAR, RESEARCH, rule

FIRMS = "für Unternehmen"
PEOPLE = "für Privatpersonen"
FARMS = "für land- und forstwirtschaftliche Betriebe"
SW = "DE1"

OTHERS_DE = (
    rule(
        "Unternehmensförderung",
        r"KMU-innovativ|\bZIM\b|Innovationsprogramm Mittelstand|\bEXIST\b|EXIST-|go-digital|go-inno"
        r"|Digital Jetzt|\bERP\b"
        r"|ERP-|Gründ(?:ung|er)|Existenzgründ|Meister(?:gründung|prämie|bonus)|Start-?[Uu]p|START-"
        r"|Mittel(?:stand|ständisch)"
        r"|Beteiligung(?:en|sgesellschaft|skapital)|Bürgschaft|Unternehmens(?:förder|nachfolge|gründ|berat)|Eurostars"
        r"|Wagniskapital|Mikrokredit|Markterschließung|Messe(?:förder|programm|beteilig|n\b)|Einzelbetrieblich"
        r"|Handwerk|Betriebsberatung|Innovationsgutschein|Kreditprogramm|Investitionszuschuss|Exportkredit"
        r"|IT-Sicherheit in der Wirtschaft|in der Wirtschaft\b|Industrielle Gemeinschaftsforschung|Innovationscluster"
        r"|Innovationsförderung|Geschäftsmodelle|Dekarbonisierung (?:der|in der) Industrie|Klimaschutzverträge"
        r"|Schienengüterverkehr|Seeschiff|Binnenschiff|Hafentechnolog|Luftfahrt|Raumfahrt",
        0.1,
        0.9,
        "",
        FIRMS,
        area="DE",
    ),
    rule(
        "Ausfuhr grüner Technik",
        r"Exportinitiative|Förderung des Exports",
        0.5,
        1.6,
        "",
        FIRMS,
        area="DE",
    ),
    rule(
        "Zuschüsse an Arbeitgeber",
        r"Eingliederungszusch|Einstiegsqualifizierung|Ausbildungsprämie|Weiterbildungs(?:prämie|förder|scheck)"
        r"|Bildungsscheck|Arbeitgeber",
        0.5,
        1.1,
        "integration",
        FIRMS,
        area="DE",
    ),
    rule(
        "Nachwuchs, Hochschulen und Forschung",
        r"Forschung|forscht?\b|Nachwuchs|Hochschul|Wissenschaft|Professor|Promotion|Stipendi|Quanten|Photonik"
        r"|Mikroelektronik|Medizintechnik|Biotechnolog|Bioökonomie|Künstliche Intelligenz|Halbleiter"
        r"|Hochleistungsrechn"
        r"|EuroHPC|Fusions(?:kraft|talent)|Tierversuch|Batterie|Vom Material|Nukleare?\b|Kerntechni"
        r"|Technologietransfer|Wissenstransfer|Netztechnolog|Digitale[rn]? Technologien|Interaktive Technologien"
        r"|Mobilfunk|Cybersicherheit|Gemeinsames? Unternehmens?\b|Kraftstoffe|[Nn]achwachsende|Verbundvorhaben"
        r"|Verbundprojekt",
        0.1,
        2.0,
        "",
        RESEARCH,
        area="DE",
    ),
    rule(
        "Für Privatpersonen",
        r"Wohneigentum|Eigenheim|BAföG|Baukindergeld|Kindergeld|Elterngeld|Wohngeld|Bildungskredit|Aufstiegs"
        r"|Umweltbonus|Altersgerecht Umbauen|Jung kauft Alt|Privatpersonen|Wohnungsbauprämie|Arbeitslosengeld",
        0.0,
        0.6,
        "",
        PEOPLE,
        area="DE",
    ),
    rule(
        "Land- und Forstwirtschaft",
        r"Agrarinvestition|Agrarumwelt|Junglandwirt|Ökolandbau|[Öö]kologische[rn]? Landbau|Forstwirt|Tierhaltung"
        r"|Nutztier|Tierschutz|Weinbau|Steillagen|Fischerei|Imkerei|Dauergrünland|Direktzahlung|Ausgleichszulage"
        r"|Landwirtschaft|landwirtschaftlich|Pflanzenproduktion|Gartenbau|Waldbewirtschaftung",
        0.1,
        1.2,
        "",
        FARMS,
        area="DE",
    ),
    rule(
        "Gesundheit und Pflege",
        r"Krankenh[aä]us|Pflege|Versorgungsforschung|Versorgungsformen|Gesundheit",
        0.1,
        1.1,
        "",
        FAR,
        area="DE",
    ),
    rule("Spitzensport", r"Leistungssport|Spitzensport", 0.5, 1.2, "", "für Sportverbände", area="DE"),
)

# Whose money it is says less than the name, and more than nothing. Ministries change names; short forms stay.
GERMAN_FUNDERS = (
    rule(
        "Bundesforschungsministerium",
        r"Bundesministeriums? für (?:Bildung und Forschung|Forschung)|\bBMBF\b|\bBMFTR\b",
        0.1,
        1.9,
        "",
        RESEARCH,
        area="DE",
    ),
    rule(
        "Bundesbauministerium",
        r"Bundesministeriums? für Wohnen|\bBMWSB\b|\bBBSR\b",
        1.4,
        2.9,
        "",
        area="DE",
    ),
    rule(
        "Bundesumweltministerium",
        r"Bundesministeriums? für (?:Umwelt|die Umwelt)|\bBMUV\b|\bBMUKN\b|\bBMU\b",
        1.0,
        2.8,
        "",
        area="DE",
    ),
    rule(
        "Bundesverkehrsministerium",
        r"Bundesministeriums? für (?:Digitales und )?Verkehr|\bBMDV\b|\bBMVI\b|\bBMV\b",
        0.7,
        2.6,
        "",
        area="DE",
    ),
    rule(
        "Bundesfamilienministerium",
        r"Bundesministeriums? für (?:Bildung, )?Familie|\bBM(?:B)?FSFJ\b",
        1.3,
        2.8,
        "",
        area="DE",
    ),
    rule(
        "Bundeskulturbeauftragte",
        r"Beauftragten? der Bundesregierung für Kultur|\bBKM\b",
        1.4,
        2.7,
        "",
        area="DE",
    ),
    rule(
        "Bundeswirtschaftsministerium",
        r"Bundesministeriums? für Wirtschaft(?! und Entw|liche)|\bBMW[KEi]\b|\bBAFA\b",
        0.3,
        2.2,
        "",
        area="DE",
    ),
    rule(
        "Bundeslandwirtschaftsministerium",
        r"Bundesministeriums? für (?:Ernährung|Landwirtschaft)|\bBMEL\b|\bBMLEH\b|\bBLE\b",
        0.4,
        2.2,
        area="DE",
    ),
    rule("Bundesgesundheitsministerium", r"Bundesministeriums? für Gesundheit|\bBMG\b", 0.1, 1.2, area="DE"),
    rule("Bundesarbeitsministerium", r"Bundesministeriums? für Arbeit|\bBMAS\b", 0.8, 2.2, area="DE"),
    rule("Bundesinnenministerium", r"Bundesministeriums? des Innern|\bBMI\b|\bBAMF\b", 0.9, 2.5, area="DE"),
    rule(
        "Bundesentwicklungsministerium",
        r"Bundesministeriums? für wirtschaftliche Zusammenarbeit|\bBMZ\b|\bGIZ\b",
        1.0,
        2.4,
        area="DE",
    ),
    rule("Auswärtiges Amt", r"Auswärtige[sn] Amt", 0.7, 2.1, area="DE"),
    rule("KfW", r"\bKfW\b", 0.6, 2.6, area="DE"),
    rule("Baden-Württemberg", r"\bL-Bank\b|Baden-Württemberg", 0.9, 2.8, area=SW),
)
