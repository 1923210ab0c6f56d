"""A field of an HTML page as sources.yaml describes it: selector, attribute, pattern. Pure.

title: h3 a                                   the words of the element
deadline: time@datetime                       an attribute of it; "@data-id" is one of the row itself
deadline: {css: .meta, pattern: "Frist: (.+)", split: " und "}
deadline: {css: .date, date: "%d/%m/%Y"}      the notation of a day where the words alone leave it open (05/06/2027)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from typing import Any

import soupsieve
from bs4 import Tag

from tracker import prose_deadlines
from tracker.connectors.page import text_lines
from tracker.errors import ParseError
from tracker.model import RawBudget, RawDeadline, Source
from tracker.parsing import one, squash, unknown_keys

KEYS = ("css", "attr", "pattern", "split", "date")
ATTRIBUTE = re.compile(r"(.*)@([A-Za-z][\w:-]*)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """Where the words of a field stand. Without `css` it is the row itself. `notation` (`date`) is that of a day."""

    css: str = ""
    attr: str = ""
    pattern: re.Pattern[str] | None = None
    split: re.Pattern[str] | None = None
    notation: str = ""

    @property
    def is_pattern_only(self) -> bool:
        """For an id: it is then cut out of the link of the row."""
        return bool(self.pattern) and not self.css and not self.attr

    def nodes(self, node: Tag) -> list[Tag]:
        """The elements meant, in the order of the page."""
        return list(node.select(self.css)) if self.css else [node]

    def words(self, node: Tag) -> tuple[str, ...]:
        """The words of every element meant, each once: pages repeat themselves for narrow screens."""
        return self.cut(
            _attribute(found, self.attr) if self.attr else found.get_text(" ") for found in self.nodes(node)
        )

    def cut(self, texts: Iterable[str]) -> tuple[str, ...]:
        """The words that `pattern` and `split` leave of these texts."""
        found = [squash(text) for text in texts]
        if self.pattern:
            found = [match.group(1) or "" for text in found for match in self.pattern.finditer(text)]
        if self.split:
            found = [part or "" for text in found for part in self.split.split(text)]
        return tuple(dict.fromkeys(words for text in found if (words := squash(text))))

    def single(self, row: Tag, source: Source, url: str) -> str:
        """The words of the only element meant; ParseError for none, for two, and for an empty one."""
        node = one(row, self.css, source, url) if self.css else row
        words = self.cut([_attribute(node, self.attr) if self.attr else node.get_text(" ")])
        if len(words) != 1:
            raise ParseError(url, f"expected words at {self.css or 'the row'!r}, found {len(words)}", source=source.id)
        return words[0]

    def agreed(self, row: Tag, source: Source, url: str) -> str:
        """As `single`, but elements that say the same are one (picture and headline lead to one page)."""
        words = self.words(row)
        if len(words) == 1:
            return words[0]
        return self.single(row, source, url)

    def day(self, words: str) -> date | None:
        """The day in the notation of this field; None where it has none, or the words are not in it."""
        return day_in(self.notation, words)

    def html(self, node: Tag) -> str:
        """The words as HTML, with the markup of the page where nothing was cut out of it."""
        if self.attr or self.pattern or self.split:
            return escape(" ".join(self.words(node)), quote=False)
        return "\n".join(dict.fromkeys(found.decode_contents().strip() for found in self.nodes(node)))


def day_in(notation: str, words: str) -> date | None:
    """The day that the words name in a notation like %Y%m%d; None where there is none, or they are not in it."""
    try:
        # A day has no zone: it is meant in that of the source.
        return datetime.strptime(words, notation).date() if notation else None  # noqa: DTZ007
    except ValueError:
        return None


def _attribute(node: Tag, name: str) -> str:
    value = node.get(name, "")
    return " ".join(value) if isinstance(value, list) else str(value)


def read_field(value: Any, where: str) -> tuple[Field, tuple[str, ...]]:
    """The field that a value in sources.yaml means, and one line for each mistake in it."""
    if isinstance(value, str):
        match = ATTRIBUTE.fullmatch(value.strip())
        value = {"css": match.group(1).strip(), "attr": match.group(2)} if match else {"css": value}
    if not isinstance(value, Mapping) or not any(value.get(key) for key in ("css", "attr", "pattern")):
        return Field(), (f"{where}: neither a selector nor a mapping with css, attr or pattern",)
    problems = list(unknown_keys(value, KEYS, where))
    problems += [f"{where}.{key}: not text" for key in KEYS if not isinstance(value.get(key, ""), str)]
    if problems:
        return Field(), tuple(problems)
    notation = value.get("date", "")
    if notation and not all(part in notation for part in ("%d", "%m", "%Y")):
        problems.append(f"{where}.date: expected a notation like %d/%m/%Y, not {notation!r}")
    found: dict[str, Any] = {"css": value.get("css", "").strip(), "attr": value.get("attr", ""), "notation": notation}
    try:
        soupsieve.compile(found["css"] or "*")
    except soupsieve.SelectorSyntaxError as error:
        problems.append(f"{where}: no selector: {str(error).splitlines()[0]}")
    for key in ("pattern", "split"):
        if value.get(key):
            found[key], lines = read_pattern(value[key], f"{where}.{key}", groups=key == "pattern")
            problems += lines
    return Field(**found), tuple(problems)


def read_pattern(value: Any, where: str, *, groups: bool = False) -> tuple[re.Pattern[str], tuple[str, ...]]:
    """The compiled pattern, and one line for each mistake. `groups`: it must say what to cut out."""
    try:
        pattern = re.compile(value, re.IGNORECASE)
    except (re.error, TypeError) as error:
        return re.compile(""), (f"{where}: no regular expression: {error}",)
    if groups and not pattern.groups:
        return pattern, (f"{where}: has no group (…) that says which words to take",)
    return pattern, ()


def raw_values(node: Tag, fields: Mapping[str, Field], language: str = "") -> dict[str, Any]:
    """The RawCall fields found under `node`, as found; a field without words is left out.

    `language` is that of `prose`, whose deadlines are read by its wording.
    """
    values: dict[str, Any] = {}
    for name, spec in fields.items():
        words = spec.words(node)
        if not words:
            continue
        match name:
            case "prose":
                lines = (line for found in spec.nodes(node) for line in text_lines(found))
                certain = prose_deadlines.read("\n".join(dict.fromkeys(lines)), language)
                values |= {"deadlines": certain} if certain and "deadlines" not in values else {}
            case "deadline":
                values["deadlines"] = tuple(RawDeadline(words=text, day=spec.day(text)) for text in words)
            case "budget":
                values["budget"] = RawBudget(total=" ".join(words))
            case "eligible" | "areas" | "identifiers":
                values[name] = words
            case "summary" | "description":
                values["description"] = spec.html(node)
            case _:
                values[name] = " ".join(words)
    return values
