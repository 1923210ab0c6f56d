"""Text of the Förderdatenbank as a reader should see it: unwrapped, in lines, with the `?` damage repaired. Pure."""

from __future__ import annotations

import re
from html import unescape

from tracker.parsing import squash

OPEN, CLOSE = "<![CDATA[", "]]>"
WRAPPER = '<div xmlns:xlink="http://www.w3.org/1999/xlink">'
BULLET = re.compile(r"<li\b[^<>]*>", re.IGNORECASE)
BREAK = re.compile(r"<(?:br|/?p|/?li|/?h[1-6]|/?div|/?ul|/?ol|/?tr)\b[^<>]*>", re.IGNORECASE)
CELL = re.compile(r"</t[dh]\b[^<>]*>", re.IGNORECASE)
TAG = re.compile(r"<[^<>]*>")
# A dash outside Latin-1 arrives as "?". No real question mark stands between two spaces. Seen 2026-07.
DASH = re.compile(r"(?<=[\w)] )\?(?= [\w(])")
# Quotation marks too. Certain only as a pair around words that begin with a capital, and where no third one stands.
QUOTED = re.compile(r"(?<![^\s(])\?([A-ZÄÖÜ0-9][^?]*[\w.!])\?(?![\w?])")


def rich(found: str | None) -> str:
    """HTML out of a property: without the escaped CDATA, the outer div and soft hyphens; "" where nothing is said."""
    if not found:
        return ""
    html = found.strip().removeprefix(OPEN).removesuffix(CLOSE).strip()
    if html.startswith(WRAPPER) and html.endswith("</div>"):
        html = html[len(WRAPPER) : -len("</div>")]
    return _dashes(html.replace("\u00ad", "").replace("&#xad;", "").replace("&shy;", "").strip())


def plain(html: str) -> str:
    """One line of text. Tags inside a word leave no gap, paragraphs do."""
    return squash(unescape(TAG.sub("", CELL.sub(" ", BREAK.sub(" ", html))))) if html else ""


def lines(html: str) -> str:
    """Paragraphs as lines and list items as "* …", for a reader that needs to know where a sentence ends."""
    broken = BREAK.sub("\n", BULLET.sub("\n* ", html))
    return unescape(TAG.sub("", CELL.sub(" ", broken)))


def heading(html: str) -> str:
    """A title or a name for display: dashes and certain quotation marks are put back, real question marks stay."""
    words = _dashes(plain(html))
    if words.count("?") != 2:
        return words
    return QUOTED.sub(r"„\1“", words)


def shorten(html: str, limit: int) -> str:
    """The beginning of a long HTML text, cut behind a paragraph."""
    if len(html) <= limit:
        return html
    end = html.rfind("</p>", 0, limit)
    return html[: end + len("</p>")] if end > 0 else plain(html)[:limit]


def _dashes(words: str) -> str:
    return DASH.sub("–", words) if " ? " in words else words
