"""Which field of a row is which: by its name, in the languages of the portals, and by what stands in it. Pure.

Names as seen in public interfaces: EU portal, Find a grant, grants.gov, Aides-territoires, incentivi.gov.it, MS2021+,
WordPress (2025-10 to 2026-11).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tracker.days import find_days
from tracker.normalize.dates import prepared

TOKEN = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-zß-ÿ]+|[A-Z]+|\d+")
TITLE = "title titel titre titolo titulo nazev nazwa name nom nome bezeichnung heading headline subject label"
LINK = "url link href permalink weblink uri adresse odkaz"
ID = "id uuid guid slug identifier reference ref number nummer code kod key label path"
DEADLINE = (
    "deadline deadlines closing closes close closure until due expiry expires end ende frist einreichfrist"
    " einreichungsfrist bewerbungsfrist antragsfrist stichtag schluss scadenza chiusura fine cloture limite fin"
    " ukonceni uzaverka konec termin submission"
)
OPENS = "open opens opening start starts beginn begin apertura inizio debut ouverture zahajeni forthcoming"
PUBLISHED = "published publication posted created veroeffentlicht veröffentlicht publikation pubblicazione"
TEXT = (
    "description summary abstract teaser excerpt body text content beschreibung kurzbeschreibung zusammenfassung"
    " inhalt descriptif resume descrizione sommario popis anotace"
)
PROGRAMME = "programme program programm programma dispositif"
FUNDER = "funder agency organisation organization organiser department ministry publisher foerdergeber geldgeber"
BUDGET = "budget amount total funding award dotazione alokace montant volumen foerdersumme"
NAMES = {
    "title": TITLE,
    "link": LINK,
    "id": ID,
    "deadline": DEADLINE,
    "opens": OPENS,
    "published": PUBLISHED,
    "description": TEXT,
    "programme": PROGRAMME,
    "funder": FUNDER,
    "budget": BUDGET,
}
RANK = {field: {word: place for place, word in enumerate(words.split())} for field, words in NAMES.items()}
WEB = re.compile(r"https?://\S+|/[\w~%./?=&-]{2,}")
FILE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|css|js)(?:\?|$)", re.IGNORECASE)
EPOCH = {"epoch-ms": range(900_000_000_000, 4_200_000_000_000), "epoch-s": range(900_000_000, 4_200_000_000)}
COMPACT = re.compile(r"20\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
MOSTLY = 0.8
SOMETIMES = 0.2
SAMPLE = 100  # rows that are looked at


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """What stands at one path of the rows: its words by row, "" where there is none."""

    path: str
    names: tuple[str, ...]
    words: tuple[str, ...]

    @property
    def filled(self) -> float:
        """The share of rows that have it."""
        return sum(map(bool, self.words)) / max(1, len(self.words))

    @property
    def is_distinct(self) -> bool:
        """Whether it tells the rows apart."""
        return len(set(self.words)) == len(self.words) and all(self.words)

    @property
    def length(self) -> float:
        """How long its words are on average."""
        told = [len(words) for words in self.words if words]
        return sum(told) / max(1, len(told))

    def share(self, pattern: re.Pattern[str]) -> float:
        """The share of its words that are of that kind."""
        told = [words for words in self.words if words]
        return sum(1 for words in told if pattern.fullmatch(words)) / max(1, len(told))


def tokens(name: str) -> tuple[str, ...]:
    """The words of a name: grantApplicationCloseDate → grant, application, close, date."""
    return tuple(token.lower() for token in TOKEN.findall(name))


def rank(field: str, column: Column) -> float:
    """How well a column's name fits a field, the smaller the better; infinite where it does not.

    The innermost name counts most: of "title.rendered" rendered says nothing, of "agency.name" agency says more, and
    "url" says more than "image.url".
    """
    known, best = RANK[field], float("inf")
    for depth, name in enumerate(reversed(column.names)):
        parts = tokens(name)
        for part in parts:
            if part in known:
                best = min(best, known[part] + 20 * (len(parts) > 1) + 50 * depth)
    return best + 5 * (len(column.names) - 1)


def assign(columns: Sequence[Column]) -> Mapping[str, Any]:
    """Fields of a call and the options by which they are found; only what is likely."""
    found: dict[str, Any] = {}
    taken: set[str] = set()
    for field in (
        "link",
        "deadline",
        "opens",
        "published",
        "id",
        "title",
        "description",
        "programme",
        "funder",
        "budget",
    ):
        fitting = [one for one in columns if _fits(field, one) and (one.path not in taken or field == "id")]
        best = min(fitting, key=lambda one: (rank(field, one), -one.filled), default=None)
        if best is not None:
            found[field] = _place(field, best)
            taken.add(best.path)
    if "title" not in found and (longest := _longest(columns, taken)):
        found["title"] = longest
    return found


def _fits(field: str, column: Column) -> bool:
    if rank(field, column) == float("inf"):
        return False
    match field:
        case "link":
            return column.filled >= MOSTLY and column.share(WEB) >= MOSTLY and not FILE.search(column.words[0])
        case "deadline" | "opens" | "published":
            return column.filled >= SOMETIMES and is_dated(column)
        case "id":
            return column.is_distinct and column.length <= 80 and column.share(WEB) < MOSTLY
        case "title":
            return column.filled >= MOSTLY and 4 <= column.length <= 300 and not is_dated(column)
        case "description":
            return column.filled >= SOMETIMES and column.length >= 40
        case "budget":
            return (
                column.filled >= SOMETIMES
                and column.share(re.compile(r"[^\W\d]{0,3}\s?\d[\d.,\s]*\W?\w{0,3}")) >= MOSTLY
            )
    return column.filled >= SOMETIMES and column.length <= 120 and not is_dated(column)


def _longest(columns: Sequence[Column], taken: set[str]) -> str:
    """Where no name says what the title is: the text that tells the rows apart and is no description."""
    texts = [
        one
        for one in columns
        if one.path not in taken and one.filled == 1 and 10 <= one.length <= 200 and " " in one.words[0]
    ]
    return max(texts, key=lambda one: (one.is_distinct, one.length)).path if texts else ""


def _place(field: str, column: Column) -> Any:
    notation = notation_of(column) if field in {"deadline", "opens", "published"} else ""
    if notation:
        return {"path": column.path, "date": notation}
    if field == "title" and any("<" in words or "&" in words for words in column.words):
        return {"path": column.path, "html": True}
    return column.path


def is_dated(column: Column) -> bool:
    """Whether most of its words are days and little else."""
    told = [words for words in column.words if words][:20]
    dated = [words for words in told if len(words) <= 60 and find_days(prepared(words), "de")]
    return bool(told) and (len(dated) >= MOSTLY * len(told) or bool(notation_of(column)))


def notation_of(column: Column) -> str:
    """The notation of machines in which the days stand: epoch-ms, epoch-s, %Y%m%d; "" for any other."""
    told = [words for words in column.words if words]
    if not told or not all(words.isascii() and words.isdigit() for words in told):
        return ""
    if all(COMPACT.fullmatch(words) for words in told):
        return "%Y%m%d"
    return next((name for name, moments in EPOCH.items() if all(int(words) in moments for words in told)), "")
