"""XML with one element per call, by XPath from sources.yaml. Knows no site.

rows: //VYZVA                       the elements that are calls
title, link, id, deadline, …: paths within such an element: NAZEV, @id, DATUM[1], TERMIN/KONEC (see places.py)
namespaces: {m: "http://…"}         prefixes for the paths; without it namespaces are ignored
Declarations of entities are refused (XML bombs), and a document that is cut off or not well-formed is an error.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

from tracker.connectors import row_options
from tracker.connectors.places import Find, read_path
from tracker.connectors.row_options import RowOptions, read_rows
from tracker.connectors.rows import calls_of
from tracker.connectors.xml_reading import read_xml, xml_path, xml_words
from tracker.errors import ConfigError
from tracker.model import RawDocument, Request, Source, Yielded
from tracker.parsing import broken, unknown_keys

OWN = ("rows", "namespaces")


def start(source: Source) -> Iterable[Request]:
    """The document. ConfigError names every mistake in the options, before the first request."""
    _options(source)
    return (Request(source.url),)


def parse(document: RawDocument, source: Source) -> Iterable[Yielded]:
    """One call for each element at `rows`. ParseError for what is no XML, not whole, or of another shape."""
    rows, options = _options(source)
    tree = read_xml(document, source, strip="namespaces" not in source.options)
    path = source.options["rows"]
    found = rows(tree)
    if not isinstance(found, list) or not all(hasattr(row, "tag") for row in found):
        raise broken(document, source, f"expected elements at {path!r}, found something else")
    if not found and not options.allow_empty:
        raise broken(document, source, f"found no {path!r}: has the document changed?")
    yield from (thing for thing in calls_of(found, options, document, source) if thing is not None)


def _options(source: Source) -> tuple[Find, RowOptions]:
    given, where = source.options, f"{source.id}.options"
    names = given.get("namespaces", {})
    if not isinstance(names, Mapping) or not all(
        isinstance(one, str) and one for pair in names.items() for one in pair
    ):
        raise ConfigError(f"{where}.namespaces: expected a mapping of prefixes to addresses, not {names!r}")
    prefixes = tuple(names.items())
    problems = [*unknown_keys(given, (*row_options.KEYS, *OWN), where)]
    options, lines = read_rows(given, source, partial(xml_words, namespaces=prefixes))
    rows, told = read_path(given.get("rows"), f"{where}.rows", partial(xml_path, namespaces=prefixes))
    problems += (*lines, *(told if "rows" in given else (f"{where}.rows: missing",)))
    if problems or rows is None:
        raise ConfigError(tuple(problems))
    return rows, options
