"""Interreg between many countries: transnational and interregional programmes with their areas (2021-2027). Pure.

Areas after the programmes' documents and Implementing Decision (EU) 2022/75, as far as we know them, 2026-11.
"""

from __future__ import annotations

from tracker.match.programmes.interreg_borders import BORDERS, WITHIN, within
from tracker.match.programmes.rule import JOIN, STATES, TOWNS, Rule, rule

UNION = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
ALPS = "AT CH LI SI DE1 DE21 DE27 FRC2 FRF1 FRK FRL0 ITC1 ITC2 ITC3 ITC4 ITH1 ITH2 ITH3 ITH4"
CENTRE = "AT HR CZ HU PL SK SI DE1 DE2 DE3 DE4 DE8 DE91 DED DEE DEG ITC1 ITC2 ITC3 ITC4 ITH"
DANUBE = "AT BG HR CZ HU RO SK SI DE1 DE2 BA ME RS MD UA"
NORTH_WEST = "BE LU NL IE CH DE1 DE24 DE25 DE26 DE27 DE5 DE7 DE92 DE94 DEA DEB DEC FR1 FRB FRC FRD FRE FRF FRG FRH"
NORTH_SEA = "DK NL NO BE21 BE23 BE25 DE5 DE6 DE9 DEF FRD FRE SE21 SE22 SE23 SE31"
BALTIC = "DE3 DE4 DE6 DE8 DE93 DEF DK EE FI LT LV NO PL SE"
ATLANTIC = "ES11 ES12 ES13 ES21 ES22 ES23 ES61 ES70 FRD FRG FRH FRI1 FRI3 IE PT"
MEDITERRANEAN = (
    "AL BA CY GR HR IT ME MK MT SI BG31 BG41 BG42 ES24 ES42 ES43 ES51 ES52 ES53 ES61 ES62 ES63 ES64 FRJ FRK FRL FRM"
    " PT15 PT17 PT18"
)
ADRION = "AL BA GR HR ME MK RS SI ITC4 ITF ITG1 ITH ITI2 ITI3"
ARCTIC = "FI1D FI19 FO GL IE04 IE05 IS NO06 NO07 NO0A SE32 SE33"


def across(name: str, pattern: str, area: str) -> Rule:
    """The rule for a transnational programme: partners from several countries, cities among them."""
    return rule(name, within(pattern), 2.7, 3.0, "twinning", JOIN, area=area)


INTERREG = (
    # Interregional: the whole Union and neighbours
    rule("ESPON", r"\bESPON\b", 0.9, 1.5, "urban", "für Raumforschung", area=f"{UNION} NO CH LI IS"),
    rule("Interact", within(r"Interact\b|INTERACT\b"), 0.2, 0.5, "", STATES),
    # Transnational
    across(
        "Interreg Mitteleuropa",
        r"Central Europe|CENTRAL EUROPE|Mitteleuropa|Europe [Cc]entrale|Europa [Cc]entrale|Střední Evropa",
        CENTRE,
    ),
    across(
        "Interreg Nordwesteuropa",
        r"North[- ]?West(?:ern)? Europe|Nordwesteuropa|Europe du Nord-Ouest|\bNWE\b",
        NORTH_WEST,
    ),
    across("Interreg Alpenraum", r"Alpine Space|ALPINE SPACE|Alpenraum|Espace [Aa]lpin|Spazio [Aa]lpino", ALPS),
    rule(
        "Interreg Donauraum",
        r"Danube (?:Region )?(?:Transnational )?Programme|" + within(r"Danube|Donauraum|Donau\b|Dunaj|Danubio"),
        2.7,
        3.0,
        "twinning",
        JOIN,
        area=DANUBE,
    ),
    across("Interreg Nordsee", r"North Sea|Nordsee|Mer du Nord", NORTH_SEA),
    across("Interreg Ostsee", r"Baltic Sea|Ostsee|Mer Baltique", BALTIC),
    across("Interreg Atlantik", r"Atlantic (?:Area|Space)|Atlantischer Raum|Espace Atlantique", ATLANTIC),
    across(
        "Interreg Südwesteuropa", r"SUDOE|Sudoe", "AD PT11 PT15 PT16 PT17 PT18 FRI FRJ FRK1 ES1 ES2 ES3 ES4 ES5 ES6"
    ),
    across("Interreg Mittelmeer", r"Euro-?MED\b|EURO MED\b|Mittelmeer", MEDITERRANEAN),
    across("Interreg Adria und Ionisches Meer", r"(?:IPA )?ADRION|Adriatic-Ionian", ADRION),
    across("Interreg Nördlicher Rand", r"Northern Periphery|\bNPA\b|Aurora", ARCTIC),
    across(
        "Interreg NEXT Schwarzes Meer", r"(?:NEXT )?Black Sea|Schwarzes Meer", "BG33 BG34 RO22 EL51 EL52 TR UA MD GE AM"
    ),
    across(
        "Interreg NEXT Mittelmeerbecken",
        r"NEXT MED|Mediterranean Sea Basin",
        "CY MT EL ES51 ES52 ES53 ES61 ES62 FRJ1 FRL FRM ITC3 ITF ITG ITI1 ITI4 PT15 EG IL JO LB PS TN DZ TR",
    ),
    # Regions far from the continent
    across("Interreg Atlantische Inseln", r"\bMAC\b|Madeira-A[çc]ores-Canar", "ES70 PT20 PT30 CV SN MR GM GH CI"),
    across("Interreg Indischer Ozean", r"Indian Ocean|Océan Indien", "FRY4 FRY5 MG MU SC KM MZ TZ ZA"),
    across("Interreg Karibik", r"Cara[ïi]bes|Caribbean", "FRY1 FRY2 FRY3"),
    across("Interreg Amazonien", r"Amazoni[ea]", "FRY3 SR BR GY"),
    *BORDERS,
    # After those whose names end so
    rule(
        "Interreg Europe",
        rf"{WITHIN} (?:VI-?C )?(?:Europe|EUROPE|Europa)\b",
        2.6,
        2.9,
        "twinning",
        JOIN,
        area=f"{UNION} NO CH AL BA MD ME MK RS UA",
    ),
    # Small funds that euroregions pass on
    rule(
        "Kleinprojekte einer Euroregion",
        r"(?:Euroregion|Euregio|Eurodistri[ck]t).{0,80}(?:[Kk]leinprojekt|[Ss]mall [Pp]roject|[Mm]i[ck]roproje)",
        1.8,
        2.4,
        "twinning",
        TOWNS,
    ),
    rule(
        "Interreg, Gebiet unbekannt",
        rf"{WITHIN}|European Territorial Cooperation|Europäische territoriale Zusammenarbeit",
        1.2,
        1.8,
        "twinning",
        "Programmgebiet nicht bekannt",
    ),
)
