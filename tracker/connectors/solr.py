"""Solr searches: `response.docs`, paged by `start` and `rows`. Knows no site.

The address holds q, fl and sort; title, link, id, … are paths within a document (see places.py). A server that stopped
early says so (partialResults), and its answer is refused.
"""

from __future__ import annotations

from collections.abc import Iterable

from tracker.connectors.json_reading import read_json
from tracker.connectors.lists import ListOptions, listed, read_list
from tracker.errors import ConfigError
from tracker.model import RawDocument, Request, Source, Yielded

OK = "!error && !(responseHeader.partialResults) && type(response.numFound) == 'number'"


def start(source: Source) -> Iterable[Request]:
    """The first page. ConfigError names every mistake in the options, before the first request."""
    return (_options(source).paging.start(),)


def parse(document: RawDocument, source: Source) -> Iterable[Yielded]:
    """The calls of one page and the next page. ParseError for an answer that is not Solr's, or not a whole one."""
    yield from listed(read_json(document, source), _options(source), document, source)


def _options(source: Source) -> ListOptions:
    size = source.options.get("size", 500)
    if type(size) is not int or not 1 <= size <= 5_000:
        raise ConfigError(f"{source.id}.options.size: {size!r} is not a number from 1 to 5000")
    total = "response.numFound"
    paging = {"style": "offset", "param": "start", "size_param": "rows", "size": size, "total": total}
    preset = {"rows": "response.docs", "ok": OK, "paging": paging}
    return read_list(source, ("query", "size", "key_header"), preset=preset, query={"wt": "json"})
