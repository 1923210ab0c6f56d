"""Pure functions that connectors share: say how many you expect, or fail with source, selector and page."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from difflib import get_close_matches
from fnmatch import fnmatch
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit, urlunsplit

from tracker.errors import ParseError
from tracker.model import RawDocument, Source

if TYPE_CHECKING:  # imported when a page of HTML is read: the large sources have none
    from bs4 import BeautifulSoup, Tag

SPACE = re.compile(r"\s+")
# What a bot wall or an outage page calls itself. Seen: Radware 2026-05 (Förderdatenbank), the rest from public reports.
WALL = re.compile(
    r"radware|captcha|perfdrive|attention required|just a moment|are you a (?:human|robot)|access denied"
    r"|request rejected|account suspended|wartungsarbeiten|under maintenance|bot[- ]?(?:check|detection)",
    re.IGNORECASE,
)
# Where a reader came from, never what the address shows. etcc_*: Förderdatenbank's feed, public code 2026; pk_*: Matomo
# (interreg-oberrhein.eu, ?pk_vid=); %5dutm_*: damaged by a newsletter of the DFJW, 2022.
TRACKING = (
    *("utm_*", "%5dutm_*", "etcc_*", "mtm_*", "pk_*", "fbclid", "gclid", "msclkid", "mc_cid", "mc_eid", "xtor"),
    "phpsessid",
)
# Visitor ids as path parameters: ";jsessionid=…" of Java servers, ";j…id=….live21323" of German federal sites.
VISITOR = re.compile(r";(?:j[\w.-]*id|phpsessid|sid)=[^/;?#]*", re.IGNORECASE)


def html(document: RawDocument) -> BeautifulSoup:
    """The page as a tree. Bytes go in: the parser reads the charset from the page when the header is silent.

    Bytes that are valid UTF-8 are UTF-8 whatever header or page say: a wrong label would damage every umlaut.
    """
    from bs4 import BeautifulSoup

    return BeautifulSoup(document.body, "lxml", from_encoding=charset(document) or None)


def charset(document: RawDocument) -> str:
    """The charset of the body as far as it can be known without reading the page; "" where only the page can tell."""
    match = re.search(r"charset=[\"']?([\w.-]+)", document.content_type, re.IGNORECASE)
    label = match.group(1).lower() if match else ""
    if _is_utf8(document.body):
        return "utf-8"
    return "" if label in {"utf-8", "utf8"} and not document.body.isascii() else label


def _is_utf8(body: bytes) -> bool:
    """Other charsets are hardly ever valid UTF-8 by chance; a damaged byte or two do not make UTF-8 another charset."""
    if body.isascii() or b"\0" in body:
        return False
    words = body.decode("utf-8", "replace")
    beyond_ascii, damaged = len(words) - len(words.encode("ascii", "ignore")), words.count("\ufffd")
    return beyond_ascii > 2 * damaged


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


def broken(document: RawDocument, source: Source, message: str) -> ParseError:
    """The error for a page that is not as expected; says so where the page calls itself a bot wall or an outage."""
    wall = looks_like_wall(document.body)
    hint = f"It calls itself {wall!r}: a bot wall or an outage page." if wall else ""
    return ParseError(document.final_url, message, source=source.id, hint=hint)


def clean_link(href: str, base: str = "", *, strip: Iterable[str] = ()) -> str:
    """The absolute http(s) address without visitor ids and tracking parameters, or "" where `href` is none.

    `strip` names further query parameters to cut, `*` as a wildcard. What stays keeps its order and spelling: some
    servers sign their query (cHash). Names and passwords in the address are refused: they dress up a foreign host.
    """
    try:
        given, parts = urlsplit(href.strip()), urlsplit(urljoin(base, href.strip()))
        host, _ = parts.hostname, parts.port
    except ValueError:  # "http://[", a port that is no number
        return ""
    nowhere = not href.strip() or (given.scheme and not given.netloc)
    if nowhere or parts.scheme not in {"http", "https"} or not host or "@" in parts.netloc:
        return ""
    cut = (*TRACKING, *(name.lower() for name in strip))
    kept = [pair for pair in parts.query.split("&") if not _named(pair, cut)]
    fragment = "" if _named(parts.fragment, cut) or parts.fragment.startswith(":~:") else parts.fragment
    path = VISITOR.sub("", parts.path).replace(" ", "%20") or "/"
    return urlunsplit((parts.scheme, parts.netloc.lower(), path, "&".join(kept).replace(" ", "%20"), fragment))


def _named(pair: str, names: Collection[str]) -> bool:
    """Whether `name=value` goes by one of these names."""
    return any(fnmatch(pair.partition("=")[0].lower(), name) for name in names)


def unknown_keys(given: Iterable[object], known: Collection[str], where: str) -> tuple[str, ...]:
    """One line for each key that nobody reads, with the nearest one that somebody does."""
    lines = []
    for key in given:
        if key in known:
            continue
        near = get_close_matches(str(key), known, n=1, cutoff=0.5)
        advice = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(sorted(known))}"
        lines.append(f"{where}.{key}: unknown key; {advice}")
    return tuple(lines)
