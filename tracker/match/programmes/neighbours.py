"""National and regional programmes of Italy, Czechia, the United Kingdom and Ukraine, by their funders. Pure.

How near one stands is said as a municipality there sees it; whether the city is there, its area says.
"""

from __future__ import annotations

from tracker.match.programmes.rule import FIRMS, Rule, rule

REGIONAL = "Programm einer Region"
ITALIAN_REGIONS = {
    "ITC1": "Piemonte",
    "ITC2": "Valle d'Aosta",
    "ITC3": "Liguria",
    "ITC4": "Lombardia",
    "ITF1": "Abruzzo",
    "ITF2": "Molise",
    "ITF3": "Campania",
    "ITF4": "Puglia",
    "ITF5": "Basilicata",
    "ITF6": "Calabria",
    "ITG1": "Sicilia(?:na)?",
    "ITG2": "Sardegna",
    "ITH3": "(?:del )?Veneto",
    "ITH4": "Friuli",
    "ITH5": "Emilia",
    "ITI1": "Toscana",
    "ITI2": "Umbria",
    "ITI3": "Marche",
    "ITI4": "Lazio",
}


def italian(code: str, name: str) -> Rule:
    """The rule for what an Italian region pays."""
    return rule(f"{REGIONAL} (Italien)", rf"Region(?:e|i|e autonoma) {name}\b", 0.9, 2.6, "", REGIONAL, area=code)


NEIGHBOURS = (
    *(italian(code, name) for code, name in ITALIAN_REGIONS.items()),
    rule(
        f"{REGIONAL} (Italien)",
        r"Provincia [Aa]utonoma di Bolzano|Autonome Provinz Bozen",
        0.9,
        2.6,
        "",
        REGIONAL,
        area="ITH1",
    ),
    rule(f"{REGIONAL} (Italien)", r"Provincia [Aa]utonoma di Trento", 0.9, 2.6, "", REGIONAL, area="ITH2"),
    rule(
        "Fondazione Cariplo",
        r"Fondazione Cariplo",
        1.8,
        2.4,
        "",
        "Stiftung für Nordwestitalien",
        area="ITC4 ITC15 ITC14",
    ),
    rule(
        "Italienische Förderung für Firmen",
        r"Invitalia|SIMEST|Ministero delle [Ii]mprese|\bMIMIT\b",
        0.2,
        1.2,
        "",
        FIRMS,
        area="IT",
    ),
    rule(
        "Programm des italienischen Staates",
        r"Ministero d\w+|Presidenza del Consiglio|Dipartimento per|\bPNRR\b|Agenzia per la [Cc]oesione|\bANCI\b"
        r"|Cassa [Dd]epositi",
        0.8,
        2.6,
        area="IT",
    ),
    rule(
        "Programm des tschechischen Staates",
        r"Ministerstvo|Státní fond|Operační program|\bIROP\b|\bOPŽP\b|Národní plán obnovy",
        0.8,
        2.6,
        area="CZ",
    ),
    rule(f"{REGIONAL} (Tschechien)", r"Moravskoslezsk\w+ kraj|Moravian-Silesian", 0.9, 2.6, "", REGIONAL, area="CZ080"),
    rule(
        f"{REGIONAL} (Tschechien)",
        r"(?:Středočesk|Jihočesk|Plzeňsk|Karlovarsk|Ústeck|Libereck|Královéhradeck|Pardubick|Jihomoravsk|Olomouck|Zlínsk)"
        r"(?:ý|ého) kraj|Kraj Vysočina|Hlavní město Praha",
        0.9,
        2.6,
        "",
        REGIONAL,
        area="CZ01 CZ02 CZ03 CZ04 CZ05 CZ06 CZ07",
    ),
    rule(
        "Programm in Wales",
        r"Welsh Government|Llywodraeth Cymru|Natural Resources Wales|Arts Council of Wales|Creative Wales|Sport Wales"
        r"|WCVA\b|\bCadw\b",
        1.0,
        2.6,
        area="UKL",
    ),
    rule("Programm in Schottland", r"Scottish Government|Creative Scotland|Transport Scotland", 1.0, 2.6, area="UKM"),
    rule(
        "Programm in Nordirland", r"Northern Ireland Executive|Department .{0,40}Northern Ireland", 1.0, 2.6, area="UKN"
    ),
    rule(
        "Britische Förderung für Firmen",
        r"Innovate UK|UK Research and Innovation|\bUKRI\b|\bEPSRC\b",
        0.1,
        1.0,
        "",
        FIRMS,
        area="GB",
    ),
    rule(
        "Britisches Programm",
        r"UK Shared Prosperity|Levelling Up|National Lottery|UK Government"
        r"|Department for (?:Transport|Education|Energy)|Ministry of Housing, Communities|\bDEFRA\b|British Council",
        0.9,
        2.4,
        area="GB",
    ),
    rule(
        "Programm in England",
        r"Arts Council England|Sport England|Historic England|Homes England",
        0.9,
        2.6,
        area=" ".join(f"UK{x}" for x in "CDEFGHIJK"),
    ),
    rule(
        "Ukrainisches Programm",
        r"Міністерств\w+|Український культурний фонд|Державн\w+ фонд|Ukrainian Cultural Foundation|House of Europe",
        0.9,
        2.2,
        area="UA",
    ),
    rule("Schweizer Programm", r"Innosuisse|Neue Regionalpolitik|Bundesamt für .{0,40}\bBern\b", 0.4, 1.6, area="CH"),
)
