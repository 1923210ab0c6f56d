"""HTML lists that a page's script asks for by posting a form, page after page. Knows no site.

form: {titolo: "", "stato[0]": APERTO}        what is posted, as the page's own form names it
page: pageNum                                 the field with the number of the page, from 1
pages: nav a.page-num@data-page-num           where the numbers of further pages stand; no such place: one page
Everything else as in listing: item, link, title, id, deadline, detail, …
An answer may be a whole page or a piece of one. A page that holds the rows of the page before is an error: a misspelt
`page` would serve the first one for ever.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from tracker.connectors import listing
from tracker.connectors.fields import Field, read_field
from tracker.connectors.paging import mark_of
from tracker.errors import ConfigError
from tracker.model import RawDocument, Request, Source, Yielded
from tracker.parsing import broken, html

OWN = ("form", "page", "pages")


def start(source: Source) -> Iterable[Request]:
    """The first page. ConfigError names every mistake in the options, before the first request."""
    problems = list(_problems(source))
    try:
        list(listing.start(_as_list(source)))
    except ConfigError as error:
        problems += error.problems
    if "next" in source.options:
        problems.append(f"{source.id}.options.next: pages of a posted form have numbers and no links")
    if problems:
        raise ConfigError(tuple(problems))
    return (_request(source, 1, ""),)


def parse(document: RawDocument, source: Source) -> Iterable[Yielded]:
    """The calls of one page and the page after it. ParseError as in listing, and for a page that comes twice."""
    found = list(listing.parse(_as_page(document), _as_list(source)))
    yield from found
    if document.request.kind != "detail":
        yield from _next(found, document, source)


def _as_page(document: RawDocument) -> RawDocument:
    """A script gets the piece of the page that it asked for. Whether one came whole, only its transfer can tell."""
    if b"<html" in document.body[:4_000].lower() or b"\0" in document.body:
        return document
    return replace(document, body=b"<html><body>" + document.body + b"</body></html>")


def _as_list(source: Source) -> Source:
    return replace(source, options={key: value for key, value in source.options.items() if key not in OWN})


def _next(found: Iterable[Yielded], document: RawDocument, source: Source) -> Iterator[Request]:
    note = dict(document.request.note)
    here, mark = int(note["page"]), mark_of(found)
    if here > 1 and mark == note["mark"]:
        name = source.options["page"]
        raise broken(document, source, f"page {here} holds the rows of the page before: is {name!r} still right?")
    pager, _ = read_field(source.options["pages"], "")
    if here < max(_numbers(pager, document, source), default=1):
        yield _request(source, here + 1, mark)


def _numbers(pager: Field, document: RawDocument, source: Source) -> Iterator[int]:
    for words in pager.words(html(document)):
        if not (words.isascii() and words.isdigit() and len(words) < 6):
            raise broken(document, source, f"expected the number of a page at {pager.css!r}, found {words[:80]!r}")
        yield int(words)


def _request(source: Source, page: int, mark: str) -> Request:
    told = {**source.options["form"], source.options["page"]: page}
    form = tuple((name, str(value)) for name, value in told.items())
    return Request(source.url, form=form, note=(("page", str(page)), ("mark", mark)))


def _problems(source: Source) -> Iterator[str]:
    options, where = source.options, f"{source.id}.options"
    yield from (f"{where}.{key}: missing" for key in OWN if key not in options)
    form = options.get("form", {"-": ""})
    if not isinstance(form, Mapping) or not form or not all(_is_pair(pair) for pair in form.items()):
        yield f"{where}.form: expected a mapping of names to words, not {form!r}"
    if not isinstance(options.get("page", "-"), str) or not options.get("page", "-"):
        yield f"{where}.page: expected the name of a field, not {options['page']!r}"
    if "pages" in options:
        yield from read_field(options["pages"], f"{where}.pages")[1]


def _is_pair(pair: tuple[Any, Any]) -> bool:
    name, value = pair
    return isinstance(name, str) and isinstance(value, str | int) and not isinstance(value, bool)
