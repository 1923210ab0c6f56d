"""Does a programme's area hold the city, only some of its partner cities, or neither? Pure.

Areas are country codes and beginnings of NUTS codes (https://ec.europa.eu/eurostat/web/nuts, edition 2021).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from tracker.match.places import DORMANT, LAND_PAYS, named_lands
from tracker.match.programmes.rule import Rule
from tracker.model import Call, City, PartnerCity

# NUTS has letters of its own for two countries.
NUTS_COUNTRY = {"GR": "EL", "GB": "UK"}
LAND_CODES = {
    "Baden-Württemberg": "DE1",
    "Bayern": "DE2",
    "Berlin": "DE3",
    "Brandenburg": "DE4",
    "Bremen": "DE5",
    "Hamburg": "DE6",
    "Hessen": "DE7",
    "Mecklenburg-Vorpommern": "DE8",
    "Niedersachsen": "DE9",
    "Nordrhein-Westfalen": "DEA",
    "Rheinland-Pfalz": "DEB",
    "Saarland": "DEC",
    "Sachsen": "DED",
    "Sachsen-Anhalt": "DEE",
    "Schleswig-Holstein": "DEF",
    "Thüringen": "DEG",
}
AREA_NAMES = {
    **{code: name for name, code in LAND_CODES.items()},
    "AT": "Österreich",
    "CH": "die Schweiz",
    "CZ": "Tschechien",
    "DE": "Deutschland",
    "FR": "Frankreich",
    "IT": "Italien",
    "PL": "Polen",
    "UA": "die Ukraine",
    "UK": "das Vereinigte Königreich",
    "US": "die USA",
}
MEMBERS = frozenset(  # of the Union, 2026-11
    re.findall(r"\w\w", "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK")
)
NAMED = 3  # areas that a sentence names; more of them tell a reader nothing
# A call in one of these languages that belongs to no programme we know is a national one. German and English are
# spoken in too many countries, and translated calls come in both.
SPOKEN = {"fr": "FR", "it": "IT", "cs": "CZ", "uk": "UA"}
GERMANY = ("DE",)
OPENING = 600  # letters of a description in which a Land is named as the one that pays


class Where(StrEnum):
    """Whom an area holds: the city itself, only partner cities, neither, or nobody can say."""

    OWN = "own"
    PARTNERS = "partners"
    OUTSIDE = "outside"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Standing:
    """Whom an area holds. `partners` are the living partner cities in it, whatever `where` says."""

    where: Where
    partners: tuple[PartnerCity, ...] = ()


def standing(area: tuple[str, ...], city: City, partners: Iterable[PartnerCity]) -> Standing:
    """How a city and its partner cities stand to an area.

    OPEN where the area is not known, or where it holds a part of the city's country and the city's own code is
    missing or too short to tell. A partner city is counted only where its code proves it; a dormant one never.
    """
    if not area:
        return Standing(Where.OPEN)
    inside = tuple(p for p in partners if p.status != DORMANT and holds(area, p.country, p.nuts))
    own = holds(area, city.country, city.nuts)
    if own:
        return Standing(Where.OWN, inside)
    if own is None:
        return Standing(Where.OPEN, inside)
    return Standing(Where.PARTNERS if inside else Where.OUTSIDE, inside)


def holds(area: Iterable[str], country: str, nuts: str) -> bool | None:
    """Whether an area holds a place; None where its codes are too short to tell."""
    code = nuts or NUTS_COUNTRY.get(country, country)
    unsure = False
    for part in area:
        if code.startswith(part) or part == country:
            return True
        unsure = unsure or part.startswith(code)
    return None if unsure else False


def area_of(call: Call, rule: Rule) -> tuple[str, ...]:
    """Where applicants must be: the programme's area, else what the call says of Länder, else its language.

    A Land says more than a federal rule: "Das Land Hessen fördert" holds there, whatever ministry has lent its name.

    Empty where nothing is known. A call of a named programme without an area is open to the whole Union.
    """
    if rule.area != GERMANY and (rule.area or rule.name):
        return rule.area
    areas = " ; ".join(call.areas)
    if "bundesweit" in areas.lower() or "Deutschland" in areas:
        return GERMANY
    said = areas if named_lands(areas) else " ; ".join([call.title, *LAND_PAYS.findall(call.description[:OPENING])])
    if found := named_lands(said):
        return tuple(LAND_CODES[name] for name in found)
    return rule.area or ((SPOKEN[call.language],) if call.language in SPOKEN else ())


def reason(found: Standing, city: City, area: tuple[str, ...] = ()) -> str:
    """The standing in German; "" where there is nothing to say. `area` is named where it has a name."""
    if found.where is Where.OWN:
        return f"{city.name} liegt im Fördergebiet"
    if found.where is Where.PARTNERS:
        return f"im Fördergebiet liegt {' und '.join(label_of(p) for p in found.partners)}, nicht {city.name}"
    if found.where is Where.OPEN:
        return ""
    names = [AREA_NAMES[code] for code in area if code in AREA_NAMES]
    known = len(names) == len(area) and len(names) <= NAMED
    return f"gilt für {' und '.join(names)}" if known and names else f"{city.name} liegt nicht im Fördergebiet"


def label_of(partner: PartnerCity) -> str:
    """A partner city's name for German readers."""
    return partner.label.get("de") or partner.name
