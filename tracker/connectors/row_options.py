"""What sources.yaml may say about structured rows (JSON, XML): where their fields stand, which rows count. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tracker.connectors.fields import read_pattern
from tracker.connectors.places import Compile, Find, Place, read_path, read_place
from tracker.model import Source, Status
from tracker.parsing import unknown_keys

MANDATORY = ("title", "link")
SINGLE = ("language", "status", "opens", "published", "programme", "call_title", "action", "funder")
SEVERAL = ("eligible", "areas", "divisions", "identifiers")
OPTIONAL = ("id", "deadline", "description", *SINGLE, *SEVERAL)
BUDGET = ("total", "minimum", "maximum", "currency", "scope", "expected_grants", "rate")
PATTERNS = ("keep", "drop")
PATHS = ("only", "must")
KEYS = (*MANDATORY, *OPTIONAL, "budget", *PATTERNS, *PATHS, "allow_empty", "strip_query")


@dataclass(frozen=True, slots=True, kw_only=True)
class RowOptions:
    """How the calls of one source stand in its rows. None: not configured.

    `fields` maps names of MANDATORY and OPTIONAL to places, `budget` those of BUDGET. `only` is what
    a row must fulfil to be a call, `keep` and `drop` judge title, link and id; what these leave out is not missed.
    `must` is what every row has to fulfil, or the source has ignored our filter.
    """

    fields: Mapping[str, Place]
    budget: Mapping[str, Place] = field(default_factory=dict)
    keep: re.Pattern[str] | None = None
    drop: re.Pattern[str] | None = None
    only: Find | None = None
    must: Find | None = None
    must_path: str = ""
    allow_empty: bool = False
    strip_query: tuple[str, ...] = ()


def read_rows(given: Mapping[str, Any], source: Source, compiled: Compile) -> tuple[RowOptions, list[str]]:
    """The options about rows among `given`, and one line for each mistake. Unknown keys are the connector's to find."""
    where = f"{source.id}.options"
    fields, budget, problems = read_fields(given, (*MANDATORY, *OPTIONAL), where, compiled)
    problems += [f"{where}.{key}: missing" for key in MANDATORY if key not in given]
    patterns: dict[str, Any] = {}
    for key in PATTERNS:
        if given.get(key):
            patterns[key], lines = read_pattern(given[key], f"{where}.{key}")
            problems += lines
    for key in PATHS:
        if key in given:
            patterns[key], lines = read_path(given[key], f"{where}.{key}", compiled)
            problems += lines
    names = given.get("strip_query", [])
    if not isinstance(names, list | tuple) or not all(isinstance(name, str) for name in names):
        problems.append(f"{where}.strip_query: expected a list of parameter names, not {names!r}")
        names = ()
    empty = given.get("allow_empty", False)
    if not isinstance(empty, bool):
        problems.append(f"{where}.allow_empty: expected true or false, not {empty!r}")
    options = RowOptions(
        fields=fields,
        budget=budget,
        **patterns,
        must_path=str(given.get("must", "")),
        allow_empty=empty is True,
        strip_query=tuple(names),
    )
    return options, problems


def read_fields(
    given: Mapping[str, Any], names: tuple[str, ...], where: str, compiled: Compile
) -> tuple[dict[str, Place], dict[str, Place], list[str]]:
    """The places of these fields and those of the budget, and one line for each mistake in them."""
    problems: list[str] = []
    fields = _places(given, names, where, compiled, problems)
    budget = _budget(given, where, compiled, problems)
    problems += _status_problems(fields.get("status"), f"{where}.status")
    return fields, budget, problems


def _places(
    given: Mapping[str, Any], keys: tuple[str, ...], where: str, compiled: Compile, problems: list[str]
) -> dict[str, Place]:
    """The places among `keys`; what is wrong with them is added to `problems`."""
    found = {}
    for key in keys:
        if key in given:
            found[key], lines = read_place(given[key], f"{where}.{key}", compiled)
            problems += lines
    return found


def _budget(given: Mapping[str, Any], where: str, compiled: Compile, problems: list[str]) -> dict[str, Place]:
    """`budget` is the place of the total, or a mapping of BUDGET to places."""
    value = given.get("budget", {})
    if not isinstance(value, Mapping) or "path" in value:
        value = {"total": value}
    problems += unknown_keys(value, BUDGET, f"{where}.budget")
    return _places(value, BUDGET, f"{where}.budget", compiled, problems)


def _status_problems(place: Place | None, where: str) -> list[str]:
    """Words of a source that we do not know would be read as nothing."""
    meanings = {} if place is None or place.map is None else place.map
    known = ", ".join(Status)
    return [
        f"{where}.map: {word!r} is no status; known: {known}" for word in meanings.values() if word not in set(Status)
    ]
