"""Solr searches: `response.docs`, paged by `start` and `rows`. Knows no site.

The address holds q, fl and sort; title, link, id, … are paths within a document (see places.py). A server that stopped
early says so (partialResults), and its answer is refused.
"""

from __future__ import annotations

from collections.abc import Iterable

from tracker.connectors.json_reading import read_json
from tracker.connectors.lists import ListOptions, listed, read_list, read_size
from tracker.model import RawDocument, Request, Source, Yielded

OK = "!error && !(responseHeader.partialResults) && type(response.numFound) == 'number'"


def start(source: Source) -> Iterable[Request]:
    """The first page. ConfigError names every mistake in the options, before the first request."""
    return (_options(source).paging.start(),)


def parse(document: RawDocument, source: Source) -> Iterable[Yielded]:
    """The calls of one page and the next page. ParseError for an answer that is not Solr's, or not a whole one."""
    yield from listed(read_json(document, source), _options(source), document, source)


def _options(source: Source) -> ListOptions:
    size, mistakes = read_size(source, 500, 5_000)
    total = "response.numFound"
    paging = {"style": "offset", "param": "start", "size_param": "rows", "size": size, "total": total}
    preset = {"rows": "response.docs", "ok": OK, "paging": paging}
    keys, query = ("query", "size", "key_header"), {"wt": "json"}
    return read_list(source, keys, preset=preset, query=query, mistakes=mistakes)
