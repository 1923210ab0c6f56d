"""Interreg between neighbours: programmes along one border, with their areas (2021-2027). Pure.

Areas are NUTS codes of 2021 after the programmes' documents and Implementing Decision (EU) 2022/75, as far as we know
them, 2026-11: where only a part of a region belongs to an area, the smaller codes stand, or the whole region.
A programme is known by its two countries in either order, in words of several languages or in codes.
"""

from __future__ import annotations

from itertools import permutations

from tracker.match.programmes.rule import JOIN, Rule, rule

WITHIN = r"(?:Interreg|INTERREG|InterReg)"
JOINT = r"(?:[\s\-–—/&.]{1,4}(?:and |und |et |a )?)"
SIDES = {
    "AL": r"Albania|Albanien|\bALB?\b",
    "AT": r"Austria|Österreich|Autriche|Rakousko|Oostenrijk|\bAT\b",
    "BA": r"Bosnia and Herzegovina|Bosnien und Herzegowina|\bBA\b|\bBIH\b",
    "BB": r"Brandenburg|\bBB\b",
    "BE": r"Belgium|Belgien|Belgique|België|\bBE\b",
    "BG": r"Bulgaria|Bulgarien|Bulgarie|\bBG\b",
    "BY": r"Bavaria|Bayern|\bBY\b",
    "CH": r"Switzerland|Schweiz|Suisse|Svizzera|\bCH\b",
    "CY": r"Cyprus|Zypern|\bCY\b",
    "CZ": r"Czechia|Czech Republic|Tschechien|Tschechische Republik|Tchéquie|République [Tt]chèque"
    r"|Česko|Česká republika|Czechy|\bCZ\b",
    "DE": r"Germany|Deutschland|Allemagne|Tyskland|\bDE\b",
    "DK": r"Denmark|Dänemark|Danmark|\bDK\b",
    "EE": r"Estonia|Estland|\bEST\b|\bEE\b",
    "ES": r"Spain|Spanien|Espagne|España|\bES\b",
    "FI": r"Finland|Finnland|\bFI\b",
    "FR": r"France|Frankreich|Francia|Frankrijk|\bFR\b",
    "GR": r"Greece|Griechenland|\bEL\b|\bGR\b",
    "HR": r"Croatia|Kroatien|Croazia|Hrvatska|\bHR\b",
    "HU": r"Hungary|Ungarn|Hongrie|Maďarsko|Magyarország|\bHU\b",
    "IT": r"Italy|Italien|Italie|Italia|\bIT\b",
    "LT": r"Lithuania|Litauen|\bLIT\b|\bLT\b",
    "LV": r"Latvia|Lettland|\bLAT\b|\bLV\b",
    "MD": r"Moldova|Moldau|\bMD\b",
    "ME": r"Montenegro|\bME\b|\bMNE\b",
    "MK": r"North Macedonia|Nordmazedonien|Republic of North Macedonia|\bMK\b",
    "MT": r"Malta|\bMT\b",
    "MV": r"Mecklenburg-Vorpommern|\bMV\b",
    "NL": r"Netherlands|Niederlande|Nederland|Pays-Bas|\bNL\b",
    "NO": r"Norway|Norwegen|Norge|\bNO\b",
    "PL": r"Poland|Polen|Pologne|Polsko|Polska|\bPL\b",
    "PT": r"Portugal|\bPT\b",
    "RO": r"Romania|Rumänien|Roumanie|\bRO\b",
    "RS": r"Serbia|Serbien|Serbie|\bRS\b|\bSRB\b",
    "SE": r"Sweden|Schweden|Sverige|\bSE\b",
    "SI": r"Slovenia|Slowenien|Slovénie|Slovenija|\bSI\b",
    "SK": r"Slovakia|Slovak Republic|Slowakei|Slovaquie|Slovensko|\bSK\b",
    "SN": r"Saxony|Sachsen|Sasko|Saksonia|\bSN\b",
    "TN": r"Tunisia|Tunesien|Tunisie|\bTN\b",
    "TR": r"Türkiye|Turkey|Türkei|\bTR\b",
    "UA": r"Ukraine|\bUA\b",
}


def within(pattern: str) -> str:
    """A pattern for words that stand shortly behind the name Interreg."""
    return rf"{WITHIN}.{{0,60}}?(?:{pattern})"


def sides(codes: str) -> str:
    """A pattern for neighbours in any order; four or more only as they are given."""
    given = codes.split()
    orders = permutations(given) if len(given) < 4 else [tuple(given)]
    return "|".join(JOINT.join(f"(?:{SIDES[code]})" for code in order) for order in orders)


def border(codes: str, area: str, also: str = "", alone: str = "", *, name: str = "") -> Rule:
    """The rule for the programme of some neighbours. `also` are other names, `alone` such that need no Interreg.

    `name` is what readers are told, where that is not the neighbours' codes.
    """
    words = "|".join(part for part in (sides(codes) if codes else "", also) if part)
    known = within(words) if words else ""
    title = f"Interreg {name or codes.replace(' ', '-')}"
    return rule(title, "|".join(part for part in (alone, known) if part), 2.7, 3.0, "twinning", JOIN, area=area)


BORDERS = (
    # Several neighbours, before pairs of them
    border(
        "HU SK RO UA",
        "HU311 HU312 HU323 SK041 SK042 RO114 RO115 RO215 UA21 UA26 UA73 UA",
        r"HUSKROUA",
        name="HU-SK-RO-UA",
    ),
    border(
        "FR DE CH",
        "FRF1 DE12 DE13 DEB33 DEB37 DEB3E DEB3H DEB3K CH03 CH023 CH025",
        r"Oberrhein|Upper Rhine|Rhin [Ss]up",
        name="Oberrhein",
    ),
    border(
        "",
        "DE138 DE137 DE136 DE13A DE147 DE148 DE149 DE27A DE27E DE273 DE27C DE274 AT34 LI CH04 CH05 CH03 CH012",
        r"Alpenrhein|\bABH\b",
        name="Alpenrhein-Bodensee-Hochrhein",
    ),
    border("MV BB PL", "DE80J DE80N DE40 PL42"),
    border("HR BA ME", "HR021 HR024 HR027 HR028 HR035 HR036 HR037 HR02 HR06 BA ME"),
    border("IT AL ME", "ITF2 ITF4 AL ME", r"South Adriatic|Südliche Adria", name="Südliche Adria"),
    border("SE FI NO", "SE32 SE33 FI1D FI194 FI195 NO06 NO07", r"Aurora", name="Aurora"),
    border(
        "FR BE DE",
        "LU BE33 BE34 BE35 DEB1 DEB2 DEB3 DEC FRF3",
        r"Gro(?:ß|ss)region|Grande R[ée]gion|Greater Region",
        name="Großregion",
    ),
    border(
        "",
        "SE21 SE22 SE23 DK01 DK02 DK04 DK05 NO08 NO09",
        r"[ÖØO]resund|Kattegat",
        name="Öresund-Kattegat-Skagerrak",
    ),
    border("", "EE LV FI1B FI1C FI196 FI20 SE11 SE12 SE214 SE313", r"Central Baltic", name="Mittlere Ostsee"),
    border(
        "",
        "DE80 DK014 LT023 LT02 PL424 PL426 PL428 PL62 PL63 SE212 SE213 SE22",
        r"South Baltic|Südliche Ostsee",
        name="Südliche Ostsee",
    ),
    border("", "IE041 IE05 IE04 IE06 UKN", "", r"PEACE ?PLUS|Peace ?Plus", name="PEACEPLUS"),
    border("", "FRY", r"Saint-Martin|Mayotte", name="Saint-Martin und Mayotte"),
    border(
        "",
        "BE22 BE33 BE242 NL42 DEA26 DEA28 DEA29 DEA2D DEB23 DEB24",
        r"Maa?s-Rh(?:ein|in)|Meuse-Rhin|Meuse-Rhine|\bEMR\b",
        name="Maas-Rhein",
    ),
    # Germany and its neighbours
    border("DE NL", "DE94 DEA1 DEA3 DEA4 NL11 NL12 NL13 NL21 NL22 NL23 NL41 NL42"),
    border("DE DK", "DEF0 DK02 DK03"),
    border("BB PL", "DE40 PL43", r"Brandenburg.{0,4}Pol"),
    border("PL SN", "DED2 PL515 PL432", r"Pol(?:en|and|ska).{0,4}Sa(?:chsen|xony)"),
    border("SN CZ", "DED2 DED4 DEG0K DEG0L CZ041 CZ042 CZ051", r"Sasko.{0,4}Česko"),
    border("BY CZ", "DE22 DE23 DE24 CZ031 CZ032 CZ041"),
    border(
        "BY AT",
        "DE22 DE213 DE214 DE215 DE216 DE21D DE21F DE21G DE21K DE21M DE21N DE272 DE273 DE274 DE27A DE27B DE27C DE27E"
        " AT31 AT32 AT33 AT34",
    ),
    border(
        "DE AT",
        "DE22 DE213 DE214 DE215 DE216 DE21D DE21F DE21G DE21K DE21M DE21N DE27A DE27B DE27E AT31 AT32 AT33 AT34",
    ),
    border("DE CZ", "DED2 DED4 DE22 DE23 DE24 CZ031 CZ032 CZ041 CZ042 CZ051"),
    border("DE PL", "DE40 DE80 DED2 PL42 PL43 PL515"),
    # France and its neighbours
    border("FR CH", "FRC21 FRC22 FRC24 FRK21 FRK28 CH011 CH012 CH013 CH021 CH022 CH024 CH025", r"Franco-Suisse"),
    border(
        "IT FR",
        "FRL03 FRL05 FRM0 ITC31 ITC32 ITC33 ITC34 ITG2 ITI11 ITI16 ITI17 ITI1A ITC3",
        r"Marittimo|Maritime",
        name="IT-FR Marittimo",
    ),
    border("", "FRK27 FRK28 FRL01 FRL02 FRL03 ITC11 ITC16 ITC20 ITC31", "", r"\bALCOTRA\b|\bAlcotra\b", name="ALCOTRA"),
    border("ES FR", "ES21 ES22 ES23 ES24 ES51 FRI15 FRJ15 FRJ21 FRJ23 FRJ26 AD", "", r"\bPOCTEFA\b", name="POCTEFA"),
    border("FR BE", "FRE1 FRE2 FRF21 FRF23 BE23 BE25 BE3", r"Wallon\w*[- ]Vlaanderen|France-Wallonie|\bFWVL?\b"),
    border("ES PT", "ES11 ES41 ES43 ES61 PT11 PT15 PT16 PT18", "", r"\bPOCTEP\b", name="POCTEP"),
    # Low Countries
    border(
        "BE NL", "BE2 NL34 NL41 NL42", r"Vlaanderen.{0,4}Nederland|Flanders.{0,4}Netherlands|Flandern.{0,4}Niederlande"
    ),
    # Alps and Adriatic
    border("IT CH", "ITC12 ITC13 ITC14 ITC15 ITC2 ITC41 ITC42 ITC43 ITC44 ITH10 CH012 CH056 CH07"),
    border("IT AT", "ITH1 ITH32 ITH33 ITH34 ITH4 AT21 AT32 AT33", r"Dolomiti Live"),
    border("IT SI", "ITH35 ITH4 SI"),
    border("IT HR", "ITF1 ITF2 ITF4 ITH35 ITH36 ITH37 ITH4 ITH56 ITH57 ITH59 ITI31 ITI32 ITI33 ITI34 ITI35 HR03"),
    border("SI AT", "SI03 SI041 SI042 SI043 AT11 AT21 AT22"),
    border("SI HR", "SI HR02 HR03 HR05 HR06"),
    border("SI HU", "SI031 SI032 HU222 HU223"),
    border("IT MT", "ITG1 MT"),
    border("IT TN", "ITG1 TN"),
    border("GR IT", "EL54 EL62 EL63 ITF4"),
    # Czechia, Austria, Slovakia, Hungary, Poland
    border("CZ PL", "CZ051 CZ052 CZ053 CZ071 CZ08 PL225 PL227 PL515 PL517 PL523 PL524"),
    border("SK CZ", "CZ064 CZ071 CZ072 CZ08 SK021 SK022 SK031"),
    border("AT CZ", "AT12 AT13 AT31 CZ031 CZ063 CZ064"),
    border("SK AT", "AT11 AT12 AT13 SK010 SK021"),
    border("AT HU", "AT11 AT12 AT13 AT22 HU221 HU222 HU223"),
    border("SK HU", "SK010 SK021 SK023 SK032 SK042 HU110 HU120 HU212 HU221 HU311 HU312 HU313 HU323"),
    border("PL SK", "PL214 PL218 PL219 PL225 PL82 SK031 SK041"),
    border("HU HR", "HU222 HU223 HU231 HU232 HR02 HR061 HR062"),
    border("RO HU", "RO111 RO115 RO421 RO424 HU323 HU332 HU333 HU321"),
    border("HU RS", "HU331 HU333 RS12"),
    # Baltic and Nordic
    border("EE LV", "EE LV"),
    border("LV LT", "LV LT"),
    border("LT PL", "LT PL84 PL62"),
    border("SE NO", "SE23 SE31 SE32 NO02 NO06 NO08 NO09"),
    # Balkans and the Aegean
    border(
        "RO BG", "RO312 RO313 RO314 RO315 RO317 RO223 RO411 RO413 RO414 BG311 BG312 BG313 BG314 BG321 BG323 BG325 BG332"
    ),
    border("GR BG", "EL51 EL52 BG413 BG422 BG424 BG425"),
    border("GR CY", "EL41 EL42 EL43 CY"),
    border("GR MK", "EL51 EL52 EL53 MK"),
    border("GR AL", "EL53 EL54 EL62 AL"),
    border("BG RS", "BG311 BG312 BG313 BG412 BG414 BG415 RS22"),
    border("BG MK", "BG413 BG415 MK"),
    border("BG TR", "BG341 BG343 BG422 TR21"),
    border("HR RS", "HR024 HR025 HR026 HR023 RS12 RS21"),
    border("RO RS", "RO413 RO422 RO424 RS12 RS22"),
    # With the eastern neighbourhood
    border("PL UA", "PL81 PL82 PL84 PL92 UA"),
    border("RO UA", "RO114 RO115 RO213 RO215 RO212 RO225 UA"),
    border("RO MD", "RO212 RO213 RO216 RO224 MD"),
)
