"""What sources.yaml may say about an HTML list, read and checked before the first request. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tracker.connectors.fields import Field, read_field, read_pattern
from tracker.errors import ConfigError
from tracker.model import RawCall, Source
from tracker.parsing import clean_link, unknown_keys

ONES = ("item", "link", "title", "id", "next", "announced", "allow_empty")
ROW = (
    *("deadline", "opens", "published", "summary", "programme", "funder", "budget", "eligible", "areas"),
    *("identifiers", "prose"),
)
DETAIL = (*ROW, "description")
SWITCHES = ("once", "optional")
PATTERNS = ("keep", "drop")
KNOWN = (*ONES, *ROW, *PATTERNS, "pages", "detail", "language", "strip_query")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How the calls stand on the pages of one source. None: not configured.

    `id` of a pattern alone cuts the id out of the link. `row` and `detail` map names of ROW and DETAIL to places.
    No `link`: every call has the address of the list. `last` is where the number of pages stands, `page_url` has "{}".
    """

    item: Field
    link: Field | None
    title: Field
    id: Field | None = None
    next: Field | None = None
    announced: Field | None = None
    allow_empty: Field | None = None
    row: Mapping[str, Field] = field(default_factory=dict)
    detail: Mapping[str, Field] = field(default_factory=dict)
    once: bool = False
    optional: bool = False
    language: str = ""
    strip_query: tuple[str, ...] = ()
    keep: re.Pattern[str] | None = None
    drop: re.Pattern[str] | None = None
    page_url: str = ""
    last: Field | None = None

    @property
    def rows_are_links(self) -> bool:
        """Whether each row is the link itself."""
        return self.link is not None and not self.link.css

    def is_wanted(self, call: RawCall) -> bool:
        """Whether `keep` and `drop` leave the call: patterns on title and summary."""
        words = f"{call.title}\n{call.description}"
        if self.drop and self.drop.search(words):
            return False
        return not self.keep or bool(self.keep.search(words))


def read_options(source: Source) -> Options:
    """The options of a source; ConfigError holds one line for each mistake."""
    given, where = source.options, f"{source.id}.options"
    problems = [*unknown_keys(given, KNOWN, where), *_plain_problems(given, where)]
    detail = given.get("detail", {})
    if not isinstance(detail, Mapping) or ("detail" in given and not any(key in DETAIL for key in detail)):
        problems.append(f"{where}.detail: names no field to take from the detail page")
        detail = {}
    problems += unknown_keys(detail, (*DETAIL, *SWITCHES), f"{where}.detail")
    problems += [
        f"{where}.detail.{key}: expected true or false, not {detail[key]!r}"
        for key in SWITCHES
        if not isinstance(detail.get(key, False), bool)
    ]
    found = _fields(given, (*ONES, *ROW), where, problems)
    details = _fields(detail, DETAIL, f"{where}.detail", problems)
    pages = _pages(given.get("pages"), f"{where}.pages", problems)
    patterns = _patterns(given, where, problems)
    if problems:
        raise ConfigError(tuple(problems))
    link = found.get("link")
    further: dict[str, Any] = {key: found[key] for key in ("id", "announced", "allow_empty") if key in found}
    return Options(
        item=found["item"],
        link=replace(link, attr=link.attr or "href") if link else None,
        title=found.get("title", Field(css=link.css if link else "")),
        next=replace(found["next"], attr=found["next"].attr or "href") if "next" in found else None,
        row={key: place for key, place in found.items() if key in ROW},
        detail=details,
        once=detail.get("once", False),
        optional=detail.get("optional", False),
        language=given.get("language", source.language),
        strip_query=tuple(given.get("strip_query", ())),
        **(further | patterns | pages),
    )


def _plain_problems(given: Mapping[str, Any], where: str) -> Iterator[str]:
    if "item" not in given:
        yield f"{where}.item: missing"
    if "link" not in given and not {"title", "id"} <= set(given):
        yield f"{where}.link: missing (rows without one need title and id)"
    if "announced" in given and any(key in given for key in PATTERNS):
        yield f"{where}.announced: counts rows that keep and drop leave out"
    if not isinstance(given.get("language", ""), str):
        yield f"{where}.language: not text"
    names = given.get("strip_query", [])
    if not isinstance(names, list | tuple) or not all(isinstance(name, str) for name in names):
        yield f"{where}.strip_query: expected a list of parameter names, not {names!r}"


def _fields(given: Mapping[str, Any], keys: tuple[str, ...], where: str, problems: list[str]) -> dict[str, Field]:
    """The fields among `keys`; what is wrong with them is added to `problems`."""
    found = {}
    for key in keys:
        if key in given:
            found[key], lines = read_field(given[key], f"{where}.{key}")
            problems += lines
    return found


def _patterns(given: Mapping[str, Any], where: str, problems: list[str]) -> dict[str, re.Pattern[str]]:
    found = {}
    for key in PATTERNS:
        if key in given:
            found[key], lines = read_pattern(given[key], f"{where}.{key}")
            problems += lines
    return found


def _pages(value: Any, where: str, problems: list[str]) -> dict[str, Any]:
    """The address of the numbered pages and where their number stands."""
    if value is None:
        return {}
    if not isinstance(value, Mapping) or set(value) != {"url", "last"}:
        problems.append(f"{where}: expected url and last, not {value!r}")
        return {}
    url = value["url"]
    if not isinstance(url, str) or "{}" not in url or not clean_link(url.replace("{}", "2")):
        problems.append(f"{where}.url: expected an address with {{}} for the number, not {url!r}")
    last, lines = read_field(value["last"], f"{where}.last")
    problems += lines
    return {"page_url": url, "last": last}
