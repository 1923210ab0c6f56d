"""What sources.yaml may say about an HTML list, read and checked before the first request. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tracker.connectors.fields import Field, read_field
from tracker.errors import ConfigError
from tracker.model import Source
from tracker.parsing import unknown_keys

ONES = ("item", "link", "title", "id", "next", "announced", "allow_empty")
ROW = ("deadline", "opens", "published", "summary", "programme", "funder", "budget", "eligible", "areas", "identifiers")
DETAIL = (*ROW, "description")
SWITCHES = ("once", "optional")
KNOWN = (*ONES, *ROW, "detail", "language", "strip_query")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How the calls stand on the pages of one source. None: not configured.

    `id` of a pattern alone cuts the id out of the link. `row` and `detail` map names of ROW and DETAIL to places.
    """

    item: Field
    link: Field
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
    if problems:
        raise ConfigError(tuple(problems))
    link = found["link"]
    ones = {key: found[key] for key in ("id", "announced", "allow_empty") if key in found}
    return Options(
        item=found["item"],
        link=replace(link, attr=link.attr or "href"),
        title=found.get("title", Field(css=link.css)),
        next=replace(found["next"], attr=found["next"].attr or "href") if "next" in found else None,
        row={key: place for key, place in found.items() if key in ROW},
        detail=details,
        once=detail.get("once", False),
        optional=detail.get("optional", False),
        language=given.get("language", source.language),
        strip_query=tuple(given.get("strip_query", ())),
        **ones,
    )


def _plain_problems(given: Mapping[str, Any], where: str) -> Iterator[str]:
    for key in ("item", "link"):
        if key not in given:
            yield f"{where}.{key}: missing"
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
