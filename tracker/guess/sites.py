"""An HTML page: what its head and its scripts say of better ways in, else its lists, else its text. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date

from bs4 import BeautifulSoup, Tag

from tracker.connectors.page import text_lines
from tracker.guess.blocks import of_blocks
from tracker.guess.page import ENOUGH, language_of, main_selector, title_of
from tracker.guess.proposal import Proposal
from tracker.guess.rows import of_json, wordpress
from tracker.model import RawDocument
from tracker.parsing import clean_link, html, squash

FEED = re.compile(r"application/(?:rss|atom)\+xml|text/xml", re.IGNORECASE)
COMMENTS = re.compile(r"comment|kommentar", re.IGNORECASE)
API = "https://api.w.org/"
HEADER = re.compile(r'<([^<>]+)>\s*;\s*rel="https://api\.w\.org/"')


def of_html(document: RawDocument, today: date) -> list[Proposal]:
    """Proposals for a page, the best first: an interface before a feed, a feed before selectors, text in the end."""
    page = html(document)
    language = language_of(page, document)
    lists, menus = of_blocks(page, document.final_url, language, today)
    ways_in = (*_next_data(page, document), *_wordpress(page, document), *_feeds(page, document))
    return [*ways_in, *lists, *_text(page, document), *menus]


def _next_data(page: BeautifulSoup, document: RawDocument) -> list[Proposal]:
    script = page.select_one("script#__NEXT_DATA__")
    if script is None:
        return []
    try:
        value = json.loads(script.get_text())
    except (ValueError, RecursionError):
        return []
    links = [clean_link(str(a["href"]), document.final_url) for a in page.select("a[href]")]
    return of_json(value, document.final_url, [link for link in links if link], "next_data")


def _wordpress(page: BeautifulSoup, document: RawDocument) -> Iterator[Proposal]:
    tag = page.select_one(f'link[rel="{API}"][href]')
    told = HEADER.search(document.headers.get("link", ""))
    href = str(tag["href"]) if tag else told[1] if told else ""
    root = clean_link(href, document.final_url)
    if root:
        yield wordpress(f"{root.rstrip('/')}/wp/v2/posts")


def _feeds(page: BeautifulSoup, document: RawDocument) -> Iterator[Proposal]:
    """Feeds that the page names as its own; those of comments are none."""
    seen = set()
    for tag in page.select("link[rel~=alternate][href]"):
        told = f"{tag.get('title') or ''} {tag['href']}"
        link = clean_link(str(tag["href"]), document.final_url)
        if not FEED.match(str(tag.get("type") or "")) or COMMENTS.search(told) or not link or link in seen:
            continue
        seen.add(link)
        if len(seen) <= 2:
            named = squash(str(tag.get("title") or ""))[:80]
            yield Proposal(connector="feed", url=link, why=f"the page names a feed{f' ({named!r})' if named else ''}")


def _text(page: BeautifulSoup, document: RawDocument) -> Iterator[Proposal]:
    main = main_selector(page)
    length = sum(len(line) for tag in page.select(main)[:20] for line in text_lines(tag))
    if length < ENOUGH:
        return
    options = {"main": main}
    if len({squash(h1.get_text(" ")) for h1 in page.select("h1") if isinstance(h1, Tag)}) != 1 and title_of(page):
        options["title"] = title_of(page)[:200]
    why = f"a text of {length} characters at {main!r}, and no list that speaks for itself"
    doubts = ("ignore: what on the page changes without news? states: what must it say to be the right one?",)
    yield Proposal(connector="watch_page", url=document.final_url, why=why, options=options, doubts=doubts)
