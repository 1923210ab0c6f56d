"""One page of a JSON list: its rows become calls, and it leads to the next. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from tracker.connectors import asking, row_options
from tracker.connectors.asking import read_ask
from tracker.connectors.json_reading import json_path
from tracker.connectors.paging import Paging, read_paging
from tracker.connectors.places import Find, read_path
from tracker.connectors.row_options import RowOptions, read_rows
from tracker.connectors.rows import calls_of
from tracker.errors import ConfigError
from tracker.model import RawDocument, Source, Yielded
from tracker.parsing import broken, unknown_keys

KEYS = ("rows", "paging", "ok", *asking.KEYS)
MISSING = "%s.rows: missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListOptions:
    """Where the rows of an answer stand, what they say, and how the next ones are asked for.

    `ok` is what every answer has to fulfil, `paths` are the words of the paths for messages.
    """

    rows: Find
    ok: Find | None
    row: RowOptions
    paging: Paging
    paths: Mapping[str, str]


def read_list(
    source: Source,
    keys: tuple[str, ...],
    *,
    preset: Mapping[str, Any] = MappingProxyType({}),
    query: Mapping[str, Any] = MappingProxyType({}),
    short_is_last: bool = False,
    mistakes: tuple[str, ...] = (),
) -> ListOptions:
    """The options of a source over what its connector presets; ConfigError holds one line for each mistake.

    `keys` are those that sources.yaml may hold beside the fields; `query` is asked unless the source says otherwise;
    `mistakes` are those that the connector has found itself.
    """
    given, where = {**preset, **source.options}, f"{source.id}.options"
    if isinstance(given.get("query", {}), Mapping):
        given["query"] = {**query, **given.get("query", {})}
    problems = [*mistakes, *unknown_keys(source.options, (*row_options.KEYS, *keys), where)]
    row, lines = read_rows(given, source, json_path)
    problems += lines
    ask, told = read_ask(given, source)
    paging, further = read_paging(given.get("paging", {"style": "none"}), ask, f"{where}.paging", json_path)
    problems += (*told, *further)
    rows, told = read_path(given["rows"], f"{where}.rows", json_path) if "rows" in given else (None, (MISSING % where,))
    ok, further = read_path(given["ok"], f"{where}.ok", json_path) if "ok" in given else (None, ())
    problems += (*told, *further)
    if problems or rows is None:
        raise ConfigError(tuple(problems))
    paths = {key: str(given.get(key, "")) for key in ("rows", "ok")}
    return ListOptions(rows=rows, ok=ok, row=row, paging=replace(paging, short_is_last=short_is_last), paths=paths)


def read_size(source: Source, usual: int, most: int) -> tuple[int, tuple[str, ...]]:
    """How many rows a page is asked for, and one line where sources.yaml gives no such number."""
    size = source.options.get("size", usual)
    if type(size) is int and 1 <= size <= most:  # not isinstance: true is an int
        return size, ()
    return usual, (f"{source.id}.options.size: {size!r} is not a number from 1 to {most}",)


def listed(answer: Any, options: ListOptions, document: RawDocument, source: Source) -> Iterator[Yielded]:
    """The calls of one page, the number of all rows, the next page.

    Raises ParseError for an answer that is not `ok`, one of another shape, a first page without rows, and one whose
    rows hold no call.
    """
    if options.ok is not None and not _at("ok", options.ok, answer, options, document, source):
        raise broken(document, source, f"the answer is not as it must be: {options.paths['ok']}")
    rows = _at("rows", options.rows, answer, options, document, source)
    if not isinstance(rows, list):
        what = "nothing" if rows is None else type(rows).__name__
        raise broken(document, source, f"expected a list at {options.paths['rows']!r}, found {what}: has it changed?")
    is_first = "mark" not in dict(document.request.note)
    if not rows and is_first and not options.row.allow_empty:
        raise broken(document, source, f"the list at {options.paths['rows']!r} is empty")
    found = calls_of(rows, options.row, document, source, is_first=is_first)
    yield from (thing for thing in found if thing is not None)
    yield from options.paging.follow(answer, found, document, source)


def _at(name: str, find: Find, answer: Any, options: ListOptions, document: RawDocument, source: Source) -> Any:
    try:
        return find(answer)
    except ValueError as error:
        raise broken(document, source, f"{options.paths[name]}: {error}") from None
