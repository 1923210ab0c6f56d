"""HTML lists by CSS selectors from sources.yaml, with detail pages. Knows no site.

A row without its one title or its one link is skipped and named; a page without rows, or without its end, is an
error. Next pages and details are requests: the crawl skips repeats and stops at max_requests.

item: "a[href*='/aufrufe/']"    rows that are links themselves (link: "@href"): those that lead to one page are one call
link: h3 a                      without it (title and id given) a call has the address of the list: rows of a table
keep, drop: förder|aufruf       patterns on title and summary: which rows of a list of news are calls
pages: {url: "https://…/p{}", last: {css: body, pattern: 'von (\\d+)'}}      numbered pages, else next: a[rel=next]
detail: {prose: main, once: true, optional: true}     prose: running text, of whose dates only certain deadlines count
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bs4 import BeautifulSoup, Tag

from tracker.connectors.fields import Field, raw_values
from tracker.connectors.listing_options import Options, read_options
from tracker.connectors.notices import notice
from tracker.connectors.page import whole_page
from tracker.errors import ParseError
from tracker.model import Announced, RawCall, RawDocument, Request, Skipped, Source, Supplement, Yielded
from tracker.parsing import broken, clean_link, squash


def start(source: Source) -> Iterable[Request]:
    """The list page. ConfigError names every mistake in the options, before the first request."""
    read_options(source)
    return (Request(source.url),)


def parse(document: RawDocument, source: Source) -> Iterable[Yielded]:
    """The calls of a list page and the pages wanted next, or what a detail page adds to its call.

    Raises ParseError for a page that is no HTML, was cut off, has no rows, or whose rows hold no call.
    """
    options, page = read_options(source), whole_page(document, source)
    if document.request.kind == "detail":
        yield _supplement(page, options, document, source)
        return
    base = _base(page, document.final_url)
    rows = options.item.nodes(page)
    if options.rows_are_links:
        rows = _one_each(rows, options, base)
    if not rows and options.allow_empty and options.allow_empty.nodes(page):
        return
    if not rows:
        raise broken(document, source, f"found no {options.item.css!r}: has the page been redesigned?")
    if options.announced:
        yield _announced(page, options.announced, document, source)
    found = [_call(row, options, source, base, position) for position, row in enumerate(rows, 1)]
    calls = [thing for thing in found if isinstance(thing, RawCall)]
    if not calls:
        raise broken(document, source, f"none of {len(rows)} rows is a call; the first: {found[0]}")
    kept = [thing for thing in found if isinstance(thing, Skipped) or options.is_wanted(thing)]
    yield from kept
    if options.detail:
        yield from (_detail(thing, options) for thing in kept if isinstance(thing, RawCall))
    yield from _next(page, options, document, source)
    yield from _numbered(page, options, document, source)


def _base(page: BeautifulSoup, url: str) -> str:
    base = page.select_one("base[href]")
    return (clean_link(str(base["href"]), url) if base else "") or url


def _one_each(rows: list[Tag], options: Options, base: str) -> list[Tag]:
    """Of the links that lead to one page (picture, headline, "mehr") the one with the most words."""
    best: dict[str, Tag] = {}
    for row in rows:
        href = " ".join(options.link.words(row)) if options.link else ""
        link = clean_link(href, base, strip=options.strip_query).partition("#")[0] or href
        if link not in best or len(squash(row.get_text(" "))) > len(squash(best[link].get_text(" "))):
            best[link] = row
    return list(best.values())


def _announced(page: BeautifulSoup, place: Field, document: RawDocument, source: Source) -> Announced:
    words = place.single(page, source, document.final_url)
    digits = "".join(char for char in words if char in "0123456789")
    if not digits:
        raise broken(document, source, f"the number of calls is announced as {words!r}")
    return Announced(int(digits))


def _call(row: Tag, options: Options, source: Source, base: str, position: int) -> RawCall | Skipped:
    where = f"row {position}"
    try:
        title = options.title.agreed(row, source, base)
        href = options.link.agreed(row, source, base) if options.link else source.url
        link = clean_link(href, base, strip=options.strip_query)
        external_id = _id(row, link, options, source, base)
    except ParseError as error:
        return Skipped(where, error.message)
    if not link or not external_id:
        return Skipped(where, f"{title[:80]!r} leads to {href[:80]!r}: no address, or none with an id")
    said = {
        "language": options.language,
        "attribution": source.attribution,
        **raw_values(row, options.row, options.language),
    }
    return RawCall(external_id=external_id, title=title, url=link, **said)


def _id(row: Tag, link: str, options: Options, source: Source, url: str) -> str:
    if options.id is None:
        return link
    if options.id.is_pattern_only:
        return " ".join(options.id.cut([link]))
    return options.id.single(row, source, url)


def _detail(call: RawCall, options: Options) -> Request:
    note = (("external_id", call.external_id),)
    return Request(call.url, kind="detail", note=note, once=options.once, optional=options.optional)


def _supplement(page: BeautifulSoup, options: Options, document: RawDocument, source: Source) -> Supplement:
    values = raw_values(page, options.detail, options.language)
    if not values and not _is_prose(page, options.detail.get("prose"), document):
        raise broken(document, source, f"the detail page holds none of {', '.join(options.detail)}")
    return Supplement(dict(document.request.note)["external_id"], values)


def _is_prose(page: BeautifulSoup, prose: Field | None, document: RawDocument) -> bool:
    """Whether there is a text to read: one without a certain deadline is one, a login or an outage is none."""
    text = " ".join(prose.words(page)) if prose else ""
    return bool(text) and not notice(page, "body", text, document)


def _numbered(page: BeautifulSoup, options: Options, document: RawDocument, source: Source) -> Iterator[Request]:
    """All further pages, from the first one; a page that does not say how many there are is an error."""
    if options.last is None or document.request.url != source.url:
        return
    digits = "".join(options.last.words(page)[:1])
    if not (digits.isascii() and digits.isdigit()):
        raise broken(document, source, f"the number of pages is given as {digits!r}")
    last = min(int(digits), source.max_requests + 1)  # the crawl says so where a list is cut
    yield from (Request(options.page_url.replace("{}", str(number))) for number in range(2, last + 1))


def _next(page: BeautifulSoup, options: Options, document: RawDocument, source: Source) -> Iterator[Request]:
    """The next page. Two pagers on one page are one; two different next pages are none we could trust."""
    if not options.next:
        return
    base = _base(page, document.final_url)
    hrefs = (href.partition("#")[0] for href in options.next.words(page))
    links = {clean_link(href, base, strip=options.strip_query) for href in hrefs} - {""}
    if len(links) > 1:
        raise broken(document, source, f"{options.next.css!r} leads to different next pages: {sorted(links)}")
    yield from (Request(link) for link in links)
