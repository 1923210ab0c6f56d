"""Pure functions that connectors share: say how many you expect, or fail with source, selector and page."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Tag

from tracker.errors import ParseError
from tracker.model import RawDocument, Source

SPACE = re.compile(r"\s+")
# What a bot wall or an outage page calls itself. Seen: Radware 2026-05 (Förderdatenbank), the rest from public reports.
WALL = re.compile(
    r"radware|captcha|perfdrive|attention required|just a moment|are you a (?:human|robot)|access denied"
    r"|request rejected|account suspended|wartungsarbeiten|under maintenance|bot[- ]?(?:check|detection)",
    re.IGNORECASE,
)


def html(document: RawDocument) -> BeautifulSoup:
    """The page as a tree. Bytes go in: the parser reads the charset from the page when the header is silent."""
    match = re.search(r"charset=[\"']?([\w.-]+)", document.content_type, re.IGNORECASE)
    return BeautifulSoup(document.body, "lxml", from_encoding=match.group(1) if match else None)


def squash(words: str) -> str:
    """One line, single spaces, no soft hyphens, none of the control characters that portals leave behind."""
    printable = "".join(c for c in words if c >= " " or c in "\t\n\r")
    return SPACE.sub(" ", printable.replace("\u00ad", "")).strip()


def one(node: Tag, selector: str, source: Source, url: str) -> Tag:
    """The only element under `selector`; zero or two raise ParseError."""
    found = node.select(selector)
    if len(found) != 1:
        raise ParseError(url, f"expected one {selector!r}, found {len(found)}", source=source.id)
    return found[0]


def some(node: Tag, selector: str, source: Source, url: str) -> list[Tag]:
    """All elements under `selector`; none raises ParseError: an empty loop looks like a quiet week."""
    found = list(node.select(selector))
    if not found:
        raise ParseError(url, f"found no {selector!r}: has the page been redesigned?", source=source.id)
    return found


def text(node: Tag, selector: str) -> str:
    """The words under `selector`, or "" where it may be missing and we know it."""
    found = node.select_one(selector)
    return squash(found.get_text(" ")) if found else ""


def looks_like_wall(body: bytes) -> str:
    """The telling words of a bot wall or outage page, or "". Judges short pages and titles only."""
    head = body[:20_000].decode("utf-8", "replace")
    title = re.search(r"<title[^>]*>(.*?)</title>", head, re.IGNORECASE | re.DOTALL)
    judged = squash(title.group(1)) if title else ""
    if len(body) < 4_000:
        judged += " " + squash(re.sub(r"<[^>]+>", " ", head))
    found = WALL.search(judged)
    return found.group(0) if found else ""
