"""Pages made by Next.js: the JSON that they carry for their own script, `<script id="__NEXT_DATA__">`. Knows no site.

Options as for json_api, without a body; paths begin at the outermost object: props.pageProps.searchResult.
A page without that script is an error: a site that was rebuilt would look like a quiet week.
"""

from __future__ import annotations

from collections.abc import Iterable

from tracker.connectors.json_reading import read_json
from tracker.connectors.lists import ListOptions, listed, read_list
from tracker.model import RawDocument, Request, Source, Yielded
from tracker.parsing import broken, html


def start(source: Source) -> Iterable[Request]:
    """The first page. ConfigError names every mistake in the options, before the first request."""
    return (_options(source).paging.start(),)


def parse(document: RawDocument, source: Source) -> Iterable[Yielded]:
    """The calls of one page and the next page. ParseError for a page without its script, or with another shape."""
    scripts = html(document).select("script#__NEXT_DATA__")
    if len(scripts) != 1:
        found = "none" if not scripts else f"{len(scripts)}"
        raise broken(document, source, f"expected one <script id=__NEXT_DATA__>, found {found}")
    answer = read_json(document, source, scripts[0].get_text().encode("utf-8", "replace"))
    yield from listed(answer, _options(source), document, source)


def _options(source: Source) -> ListOptions:
    return read_list(source, ("rows", "ok", "paging", "query"))
