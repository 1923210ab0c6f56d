"""What we know of programmes: how near each stands to a city, and which topics its very name says. Pure.

A few general rules; the first whose pattern fits the official identifier, the programme or the type of action holds.
`base` is the relevance (0..3) of a call on our topics in which no municipality is named, `city` the same where
municipalities are clearly meant. Judged from the programmes' own documents, 2026-11; a call's text says more than this.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tracker.model import Call


@dataclass(frozen=True, slots=True)
class Rule:
    """One programme or family of calls. `topics` are keys of the profile; unknown ones are ignored."""

    name: str
    pattern: re.Pattern[str]
    base: float
    city: float
    topics: tuple[str, ...] = ()
    why: str = ""
    never: tuple[str, ...] = ()  # topics whose words mean something else there


@dataclass(frozen=True, slots=True)
class Known:
    """The rule that holds for a call, and the words of the call by which it was known."""

    rule: Rule
    words: str


def rule(name: str, pattern: str, base: float, city: float, topics: str = "", why: str = "", never: str = "") -> Rule:
    """A rule from plain words; its pattern is searched in official identifiers and names."""
    return Rule(name, re.compile(pattern), base, city, tuple(topics.split()), why, tuple(never.split()))


TOWNS = "Programm für Städte und Gemeinden"
FAR = "Programm ohne Rolle für eine Stadt"
RESEARCH = "vor allem für Forschung und Unternehmen"

# Interreg programmes whose area holds Ludwigsburg, and those whose area holds a partner city (documents 2021-2027).
INTERREG_HERE = (
    r"Interreg.{0,12}(?:Central Europe|Mitteleuropa|North-West Europe|Nordwesteuropa|Danube|Donau"
    r"|Alpine Space|Alpenraum|Europe\b)|Danube Region Programme"
)
INTERREG_THERE = (
    r"Interreg.{0,12}(?:SK-CZ|CZ-SK|CZ-PL|Slovakia-Czech|Czechia-Poland|Czech Republic-Poland|Poland-Czech"
    r"|France-Switzerland|France-Suisse)"
)
US_FUNDER = (
    r"(?:^|\| )(?:U\.S\. )?(?:Department of (?:the )?[A-Z]|Environmental Protection Agency|National Science"
    r" Foundation|Federal Communications|Corporation for National|Small Business Administration)"
)
FRENCH_REGION = (
    r"Conseil d[ée]partemental|Conseil r[ée]gional|Agence technique d[ée]partementale|\bR[ée]gion [A-Z]|\bID77\b"
    r"|\bDDTM?\b|[ÉE]tablissement [Pp]ublic [Ff]oncier|CAUE\b|Agglom[ée]ration|Communauté (?:de communes|urbaine)"
    r"|Parc naturel|\(PETR\)|Syndicat|Ing[ée]nierie (?:des|territor)"
)

RULES = (
    # Citizens, Equality, Rights and Values
    rule("CERV Städtepartnerschaften und Städtenetze", r"CERV-\d{4}-CITIZENS-TOWN", 3.0, 3.0, "twinning", TOWNS),
    rule("CERV, nur für Behörden des Bundes", r"CERV-\d{4}-(?:DATA|NRCP|NCP)", 0.2, 0.6),
    rule("CERV", r"CERV-\d{4}-CITIZENS|CERV-\d{4}-(?:CIV|REM|CHAR)", 2.2, 2.7, "twinning"),
    rule("CERV", r"\bCERV\b|Equality, Rights and Values|Gleichstellung, Rechte und Werte", 2.2, 2.7),
    # LIFE
    rule("LIFE, Betriebskosten von Verbänden", r"LIFE-\d{4}-NGO", 0.5, 0.8, "environment climate"),
    rule("LIFE Klima", r"LIFE-\d{4}-SAP-CLIMA", 2.6, 2.9, "climate", "Programm, an dem Städte teilnehmen"),
    rule("LIFE Energiewende", r"LIFE-\d{4}-CET", 2.0, 2.8, "energy", "Programm, an dem Städte teilnehmen"),
    rule("LIFE Umwelt und Natur", r"LIFE-\d{4}-SAP", 2.4, 2.8, "environment", "Programm, an dem Städte teilnehmen"),
    rule("LIFE, strategische Projekte", r"LIFE-\d{4}-STRAT", 1.9, 2.2),
    rule("LIFE", r"\bLIFE-\d{4}|Environment and Climate Action", 1.4, 2.2),
    # Single Market: food
    rule("SMP Lebensmittelverschwendung", r"SMP-FOOD-\d{4}-FW", 2.7, 3.0, "food-waste"),
    rule("SMP Lebensmittel", r"SMP-FOOD", 0.2, 0.8, "", FAR),
    # Horizon Europe: what is made for cities
    rule(
        "Mission klimaneutrale Städte", r"HORIZON-MISS-\d{4}-\d\d-(?:CIT|CLIMA-CIT)", 2.7, 3.0, "urban climate", TOWNS
    ),
    rule("Mission Klimaanpassung", r"HORIZON-MISS-\d{4}-\d\d-CLIMA", 1.9, 2.7, "climate"),
    rule("Mission Krebs", r"HORIZON-MISS-\d{4}-\d\d-CANCER", 0.0, 0.3, "", FAR),
    rule("Mission Boden", r"HORIZON-MISS-\d{4}-\d\d-SOIL", 0.8, 1.6, "environment"),
    rule("Mission Gewässer", r"HORIZON-MISS-\d{4}-\d\d-OCEAN", 0.8, 1.9, "environment"),
    rule("Mission", r"HORIZON-MISS", 1.2, 2.0),
    rule("Neues Europäisches Bauhaus", r"HORIZON-NEB|New European Bauhaus Facility", 2.2, 2.8, "urban", TOWNS),
    rule("Preis Innovationshauptstadt", r"ICAPITAL", 2.4, 2.7, "urban", TOWNS),
    rule("Driving Urban Transitions", r"Driving Urban Transitions|\bDUT\b", 2.8, 3.0, "urban", TOWNS),
    rule("URBACT", r"\bURBACT\b", 2.8, 3.0, "urban twinning", TOWNS),
    rule("Europäische Stadtinitiative", r"European Urban Initiative|\bEUI\b", 2.8, 3.0, "urban", TOWNS),
    # Horizon Europe: where a city may be a partner or a place of trial
    rule("Horizont, Kreislaufwirtschaft", r"HORIZON-CL6-\d{4}-\d\d-CIRCBIO", 1.3, 2.6, "environment"),
    rule("Horizont, Artenvielfalt", r"HORIZON-CL6-\d{4}-\d\d-BIODIV", 1.2, 2.1, "environment"),
    rule("Horizont, Schadstoffe", r"HORIZON-CL6-\d{4}-\d\d-ZEROPOLLUTION", 0.8, 1.6, "environment"),
    rule("Horizont, Ernährung und Landwirtschaft", r"HORIZON-CL6", 0.3, 1.6),
    rule("Horizont, Gebäude", r"HORIZON-CL5-\d{4}-\d\d-D4", 0.9, 2.2, "energy"),
    rule("Horizont, Verkehr", r"HORIZON-CL5-\d{4}-\d\d-D6", 0.8, 2.1, "transport"),
    rule("Horizont, Fahrzeuge", r"HORIZON-CL5-\d{4}-\d\d-D5", 0.3, 0.9, "transport", RESEARCH),
    rule("Horizont, Energieerzeugung", r"HORIZON-CL5-\d{4}-\d\d-D3", 0.3, 1.6, "energy", RESEARCH),
    rule("Horizont, Batterien", r"HORIZON-CL5-\d{4}-\d\d-D2", 0.1, 0.7, "energy", RESEARCH),
    rule("Horizont, Klima und Energie", r"HORIZON-CL5|Cluster 5", 0.5, 1.7),
    rule("Horizont, Katastrophenvorsorge", r"HORIZON-CL3-\d{4}-\d\d-DRS", 1.5, 2.0),
    rule("Horizont, Schutz von Anlagen", r"HORIZON-CL3-\d{4}-\d\d-INFRA", 0.6, 1.7),
    rule("Horizont, Sicherheit", r"HORIZON-CL3|Cluster 3", 0.1, 1.0, "", RESEARCH),
    rule("Horizont, Kultur und Gesellschaft", r"HORIZON-CL2", 0.7, 1.8),
    # Horizon Europe: where it is not
    rule("Horizont, Wasserstoff", r"CLEANH2", 0.1, 1.2, "energy", RESEARCH),
    rule(
        "Horizont, Grundlagen und Industrie",
        r"HORIZON-(?:CL4|JU|EUROHPC|HLTH|ERC|INFRA|RAISE|CID)",
        0.0,
        0.7,
        "",
        RESEARCH,
    ),
    rule(
        "Horizont, Bürger und Wissenschaft", r"HORIZON-MSCA-\d{4}-CITIZENS|[Ss]cience comes to town", 1.7, 2.6, "youth"
    ),
    rule("Horizont, Köpfe und Start-ups", r"HORIZON-(?:MSCA|EIC|WIDERA|EIT)", 0.1, 0.9, "", RESEARCH),
    rule("Horizont", r"HORIZON", 0.3, 1.5),
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
    rule(
        "EUKI", r"\bEUKI\b|Europäische Klimaschutzinitiative", 2.3, 2.6, "climate", "Programm, an dem Städte teilnehmen"
    ),
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
    # National programmes of other countries
    rule("US-Bundesprogramm", US_FUNDER, 0.1, 1.6, "", "US-Bundesprogramm"),
    rule(
        "Programm einer französischen Region",
        FRENCH_REGION,
        0.4,
        1.1,
        "",
        "gilt nur in einer Region oder einem Département",
    ),
)
DEFAULT = Rule("", re.compile(""), 0.5, 2.7)
CASCADE = Rule("Kaskadenförderung", re.compile(""), 0.4, 2.0, (), "Weitergabe von Mitteln durch ein laufendes Projekt")
INVITED = re.compile(r"-IBA$")


def is_cascade(call: Call) -> bool:
    """Whether a running project passes on money: such a call is judged by its own title, not by its parent's id."""
    return "competitive-calls-cs" in call.url


def names_of(call: Call) -> str:
    """What the rules are searched in: official identifiers, programme, funder, type of action."""
    ids = call.identifiers or (call.external_id,)
    return " | ".join(
        part for part in (*ids, call.call_title, call.programme, call.funder, call.action, call.title) if part
    )


def known_of(call: Call) -> Known:
    """The rule that holds for a call, and the words that say so."""
    if is_cascade(call):
        return Known(CASCADE, "")
    names = names_of(call)
    for candidate in RULES:
        if found := candidate.pattern.search(names):
            return Known(candidate, found.group().strip(" |"))
    return Known(DEFAULT, "")


def is_invited_only(call: Call) -> bool:
    """Whether only invited bodies may apply. A cascade call may carry such an identifier of its parent and be open."""
    return not is_cascade(call) and any(INVITED.search(name) for name in (*call.identifiers, call.external_id))
