"""A field of a structured row (JSON, XML) as sources.yaml describes it: a path, and what to make of the words. Pure.

title: name                                              the words at a path of the row: JMESPath, or XPath for XML
link: {path: slug, template: "https://x.example/call/{}"}   put into an address, encoded
status: {path: state, map: {posted: open, forecasted: forthcoming}}   a word that is not in the map is an error
deadline: {path: closing, date: "%Y%m%d"}                a notation of machines; also epoch-s and epoch-ms (UTC)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from html import unescape
from math import isfinite
from typing import Any
from urllib.parse import quote

from bs4 import BeautifulSoup

from tracker.connectors.fields import day_in, read_pattern
from tracker.model import RawDeadline
from tracker.parsing import squash, unknown_keys

Find = Callable[[Any], Any]  # what stands at a path of a row; raises ValueError where the path makes no sense there
Compile = Callable[[str], Find]  # raises ValueError for a path that is none

WORDS = ("path", "const", "pattern", "split", "join", "template", "date")
KEYS = (*WORDS, "map", "html", "midnight")
EPOCH = {"epoch-s": 1, "epoch-ms": 1000}
INLINE = re.compile(r"</?(?:a|abbr|b|em|font|i|mark|small|span|strong|su[bp]|u|wbr)\b[^<>]*>", re.IGNORECASE)
TEMPLATE = re.compile(r"https?://[^{}/?#]+/[^{}]*\{\}[^{}]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the words of a field stand in a row, and what to make of them, in this order.

    `html`: the words are HTML, of which the text counts. `pattern` cuts out, `split` tells values apart, `map`
    translates, `join` makes one value of all, `template` puts it into an address.
    `notation` (`date` in sources.yaml) is that of a day.
    `midnight`: an hour of 00:00 ends the day before (Find a grant).
    """

    path: str = ""
    find: Find | None = None
    const: str = ""
    html: bool | None = None
    pattern: re.Pattern[str] | None = None
    split: re.Pattern[str] | None = None
    map: Mapping[str, str] | None = None
    join: str | None = None
    template: str = ""
    notation: str = ""
    midnight: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether the words are taken as they stand, with their markup if they have any."""
        return not (self.pattern or self.split or self.map or self.const)

    def texts(self, row: Any) -> list[str]:
        """The values at the path as they stand. Raises ValueError where there is something else than words."""
        if self.find is None:
            return [self.const]
        try:
            return list(_texts(self.find(row), bools=self.map is not None))
        except ValueError as error:
            raise ValueError(f"{self.path}: {error}") from None

    def words(self, row: Any) -> tuple[str, ...]:
        """The values, each once. Raises ValueError for what is no words, or none that `map` knows."""
        found = [text_of(text) if self.html else squash(text) for text in self.texts(row)]
        if self.pattern:
            found = [match.group(1) or "" for text in found for match in self.pattern.finditer(text)]
        if self.split:
            found = [part or "" for text in found for part in self.split.split(text)]
        found = [words for text in found if (words := squash(text))]
        if self.map is not None:
            found = [self._meaning(words) for words in found]
        if self.join is not None and found:
            found = [self.join.join(found)]
        if self.template:
            found = [self.template.replace("{}", quote(words, safe="")) for words in found]
        return tuple(dict.fromkeys(words for words in found if words))

    def single(self, row: Any) -> str:
        """The only value. Raises ValueError for none and for two."""
        words = self.words(row)
        if len(words) != 1:
            raise ValueError(f"{self.path}: expected one value, found {len(words)}")
        return words[0]

    def deadline(self, words: str) -> RawDeadline:
        """The deadline that these words state, with its day where its notation is known."""
        day = self.day(words)
        if day is None and self.midnight:
            day = _day_before_midnight(words)
        # Nobody reads 1645488000000 as a day.
        return RawDeadline(words=day.isoformat() if day and self.notation in EPOCH else words, day=day)

    def day(self, words: str) -> date | None:
        """The day in this notation; None where there is none, or the words are not in it."""
        if self.notation not in EPOCH:
            return day_in(self.notation, words)
        try:
            return datetime.fromtimestamp(int(words) / EPOCH[self.notation], UTC).date()
        except (ValueError, OverflowError, OSError):
            return None

    def _meaning(self, words: str) -> str:
        if self.map is None or words not in self.map:
            raise ValueError(f"{self.path}: nobody knows what {words[:60]!r} means")
        return self.map[words]


def _texts(value: Any, *, bools: bool, depth: int = 2) -> Iterator[str]:
    """The words of a value: of a list each one's; whole floats as whole numbers; null and, without a map, yes and no
    are none."""
    if value is None or (isinstance(value, bool) and not bools):
        return
    if isinstance(value, bool):
        yield str(value).lower()
    elif isinstance(value, str):
        yield value
    elif isinstance(value, int | float):
        if isinstance(value, float) and not isfinite(value):
            raise ValueError(f"{value} is no number")
        yield str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    elif isinstance(value, list) and depth:
        for one in value:
            yield from _texts(one, bools=bools, depth=depth - 1)
    else:
        raise ValueError(f"expected words, found {'a list in a list' if isinstance(value, list) else 'an object'}")


def text_of(html: str) -> str:
    """The text of a piece of HTML on one line: tags gone, entities read once."""
    if "<" not in html:  # most titles: a tree for each would double the time that a list takes
        return squash(unescape(html))
    return squash(BeautifulSoup(f"<p>{INLINE.sub('', html)}</p>", "lxml").get_text(" "))


def _day_before_midnight(words: str) -> date | None:
    try:
        moment = datetime.fromisoformat(words)
        midnight = "T" in words and (moment.hour, moment.minute) == (0, 0)
        return moment.date() - timedelta(days=1) if midnight else None
    except (ValueError, OverflowError):
        return None


# ---------------------------------------------------------------- what sources.yaml says


def read_place(value: Any, where: str, compiled: Compile) -> tuple[Place, tuple[str, ...]]:
    """The place that a value in sources.yaml means, and one line for each mistake in it."""
    given = {"path": value} if isinstance(value, str) else value
    if not isinstance(given, Mapping) or not (given.get("path") or given.get("const")):
        return Place(), (f"{where}: neither a path nor a mapping with path or const",)
    problems = [*unknown_keys(given, KEYS, where), *_plain_problems(given, where)]
    if problems:
        return Place(), tuple(problems)
    found: dict[str, Any] = {"notation" if key == "date" else key: given[key] for key in KEYS if key in given}
    for key in ("pattern", "split"):
        if given.get(key):
            found[key], lines = read_pattern(given[key], f"{where}.{key}", groups=key == "pattern")
            problems += lines
    if given.get("path"):
        found["find"], lines = read_path(given["path"], f"{where}.path" if given is value else where, compiled)
        problems += lines
    return Place(**found), tuple(problems)


def read_path(value: Any, where: str, compiled: Compile) -> tuple[Find | None, tuple[str, ...]]:
    """The function that finds what stands at a path, and one line where it is no path."""
    if not isinstance(value, str) or not value.strip():
        return None, (f"{where}: not a path",)
    try:
        return compiled(value), ()
    except ValueError as error:
        return None, (f"{where}: no path: {error}",)


def _plain_problems(given: Mapping[str, Any], where: str) -> Iterator[str]:
    for key in WORDS:
        if not isinstance(given.get(key, ""), str):
            yield f"{where}.{key}: not text"
    for key in ("html", "midnight"):
        if not isinstance(given.get(key, False), bool):
            yield f"{where}.{key}: expected true or false, not {given[key]!r}"
    table = given.get("map", {})
    if not isinstance(table, Mapping) or not all(isinstance(one, str) for pair in table.items() for one in pair):
        yield f"{where}.map: expected a mapping of words to words, not {table!r}"
    if given.get("path") and given.get("const"):
        yield f"{where}: path and const exclude each other"
    yield from _form_problems(given, where)


def _form_problems(given: Mapping[str, Any], where: str) -> Iterator[str]:
    template, day = given.get("template", ""), given.get("date", "")
    if isinstance(template, str) and template and not TEMPLATE.fullmatch(template):
        yield f"{where}.template: expected a web address with one {{}} behind its host, not {template!r}"
    if isinstance(day, str) and day and day not in EPOCH and not ("%d" in day and "%m" in day):
        yield f"{where}.date: expected epoch-s, epoch-ms or a notation like %Y%m%d, not {day!r}"
