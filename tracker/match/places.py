"""Partner cities named in a call, and where a call holds. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tracker.match.words import fold
from tracker.model import Call, PartnerCity

PROSPECT = re.compile(r"^EuropeAid/.*/([A-Z]{2})$")
DORMANT = "dormant"
READ = 20_000  # letters of a description in which a partner city is looked for
# Länder of Germany with their adjectives: what an other Land pays for, only that Land's towns get.
LAENDER = {
    "Baden-Württemberg": "baden-württemberg",
    "Bayern": "bayerisch",
    "Berlin": "berliner",
    "Brandenburg": "brandenburgisch",
    "Bremen": "bremisch",
    "Hamburg": "hamburgisch",
    "Hessen": "hessisch",
    "Mecklenburg-Vorpommern": "mecklenburg-vorpommersch",
    "Niedersachsen": "niedersächsisch",
    "Nordrhein-Westfalen": "nordrhein-westfälisch",
    "Rheinland-Pfalz": "rheinland-pfälzisch",
    "Saarland": "saarländisch",
    "Sachsen": "sächsisch",
    "Sachsen-Anhalt": "sachsen-anhaltisch",
    "Schleswig-Holstein": "schleswig-holsteinisch",
    "Thüringen": "thüringisch",
}
LAND = {
    name: re.compile(rf"\b(?:{name}(?!-\w)s?|{adjective}\w*)\b(?!-Anhalt)", re.IGNORECASE)
    for name, adjective in LAENDER.items()
}
IN_LAND = r"(?:\bLand(?:es)?|\bFreistaat(?:s|es)?|\bHansestadt|\bin|\bim)\s+(?:{names})\b(?!-Anhalt)"
LAND_PAYS = re.compile(IN_LAND.format(names="|".join(sorted(LAENDER, key=len, reverse=True))))


@dataclass(frozen=True, slots=True)
class Names:
    """A partner city and the pattern of its names."""

    city: PartnerCity
    pattern: re.Pattern[str]

    @property
    def name(self) -> str:
        """What tells this city from others of its name."""
        return full_name(self.city)


def full_name(city: PartnerCity) -> str:
    """A city with its country, which tells it from others of its name."""
    return f"{city.name}, {city.country}"


def names_of(city: PartnerCity) -> Names:
    """All spellings of a city: with and without accents, in capitals, and with letters lost ("Nový Ji?ín")."""
    spelled = {city.name, *(part for label in city.label.values() for part in re.split(r"[()]", label))}
    plain = sorted(name.strip() for name in spelled if len(name.strip()) > 2)
    wanted = [spelling(name) for name in (*plain, *(name.upper() for name in plain))]
    return Names(city, re.compile(rf"(?:{'|'.join(wanted)})(?!\w)"))


def spelling(name: str) -> str:
    """A pattern for one name: "St." may be written out, a blank be a hyphen, a letter with an accent be lost."""
    letters = []
    for letter in name:
        plain = fold(letter) if letter.islower() else fold(letter).upper()
        if letter in " -":
            letters.append(r"[\s\-]+")
        elif letter == ".":
            letters.append(r"\.?")
        elif plain != letter:
            letters.append(rf"(?:{re.escape(letter)}|{re.escape(plain)}|\?|\ufffd)")
        else:
            letters.append(re.escape(letter))
    return "".join(letters).replace(r"St\.?", r"(?:St\.?|Saint)")


def country_of(call: Call) -> str:
    """The country for which an external action call is, by its identifier's end; "" for several or other calls."""
    found = (PROSPECT.match(name) for name in (*call.identifiers, call.external_id))
    return next((match.group(1) for match in found if match), "")


def named_in(call: Call, partners: Iterable[Names]) -> tuple[Names, ...]:
    """The partner cities that the call names. "St. Charles Parish" is another place."""
    text = f"{call.title}\n{call.call_title}\n{call.description[:READ]}"
    return tuple(names for names in partners if is_named(names, text))


def is_named(names: Names, text: str) -> bool:
    """Whether a text names the city, as a word of its own. A pattern that begins with a letter is the fastest."""
    return any(not text[: found.start()][-1:].isalnum() for found in names.pattern.finditer(text))


def named_lands(text: str) -> list[str]:
    """The Länder named in a text."""
    return [name for name, pattern in LAND.items() if pattern.search(text)]
