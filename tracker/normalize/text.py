"""Words of strangers made harmless: control characters, titles, HTML, links. Pure."""

from __future__ import annotations

import html
import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, parse_qs, parse_qsl, urlencode, urlsplit, urlunsplit

if TYPE_CHECKING:
    import nh3

# Control characters, lone surrogates, soft hyphens, zero-width spaces and marks that turn the writing direction.
INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u2060\u202a-\u202e\u2066-\u2069\ufeff"
    "\ufffe\uffff\ud800-\udfff]"
)
BREAK = re.compile(r"\r\n?|[\u0085\u2028\u2029]")
SPACE = re.compile(r"\s+")
TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--")
ENTITY = re.compile(r"&(?:#[0-9]+|#x[0-9a-f]+|[a-z]+[0-9]*);", re.IGNORECASE)
HIGHLIGHT = re.compile(r"</?(?:b|i|u|em|strong|span|sup|sub|mark|br|p)\b[^<>]*>", re.IGNORECASE)
# fmt: off
TAGS = frozenset({
    "p", "br", "ul", "ol", "li", "dl", "dt", "dd", "b", "strong", "i", "em", "u", "sub", "sup", "blockquote", "a",
    "h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td",
})
SILENT = frozenset({
    "script", "style", "iframe", "object", "svg", "math", "noscript", "template", "title", "textarea", "select",
})
# fmt: on
SCHEMES = frozenset({"http", "https", "mailto"})
HOLLOW = re.compile(r"<(p|li|h[1-6]|b|strong|em|i|u)>(?:\s|&nbsp;|<br>)*</\1>")
BREAKS = re.compile(r"(?:<br>\s*){3,}")
BLOCK_END = re.compile(r"<br>|</?(?:p|ul|ol|dl|dt|dd|blockquote|h[1-6]|table|thead|tbody|tr)>")
CELL_END = re.compile(r"</t[hd]>\s*(?=<t[hd]>)")
ANY_TAG = re.compile(r"<[^<>]*>")
# No real description comes near: the longest seen on the EU portal has some 40,000 characters (2026).
LONGEST = 400_000
# The cleaner needs half a minute for 50,000 nested lists; real descriptions have some hundred tags.
MOST_TAGS = 10_000
LONGEST_TITLE = 4_000
TRACKING = re.compile(r"\]?(?:utm_|etcc_|mtm_|pk_|mc_)\w+|fbclid|gclid|msclkid|phpsessid", re.IGNORECASE)
SESSION = re.compile(r";j\w*id(?:_\w+)?=[^/?#]*", re.IGNORECASE)
UNSAFE_IN_URL = re.compile(r"[\s\"<>\\^`{|}]")


def clean(words: str) -> str:
    """The same words without what cannot be seen or stored; line ends are "\\n", accents are composed."""
    if not words.replace("\n", "").isprintable():
        words = INVISIBLE.sub("", BREAK.sub("\n", words))
    return words if words.isascii() else unicodedata.normalize("NFC", words)


def one_line(words: str) -> str:
    """One line, single spaces."""
    return " ".join(clean(words).split())


def one_title(words: str) -> str:
    """A title on one line: entities read, highlights gone, a repeated title once.

    The EU portal gives the title of EuropeAid/185978 eight times on lines of its own, other lines between them,
    and on other days once (seen 2026-05): all that follows the first line's return is left out.
    """
    unfolded = clean(words)
    if "<" in unfolded or "&" in unfolded:
        unfolded = clean(html.unescape(HIGHLIGHT.sub(" ", unfolded)))
    lines = [line for part in unfolded.split("\n") if (line := " ".join(part.split()))]
    if lines[1:] and lines[0] in lines[1:]:
        lines = lines[: lines.index(lines[0], 1)]
    title = " ".join(lines)
    return title if len(title) <= LONGEST_TITLE else title[:LONGEST_TITLE].rsplit(" ", 1)[0] + "…"


# ---------------------------------------------------------------- HTML


def safe_html(words: str) -> str:
    """What a page or a mail may show: a few tags without attributes, links to http, https and mailto only.

    Plain text becomes paragraphs. Outlook's "safelinks" lead to where they point.
    """
    words = clean(words[:LONGEST])
    if not TAG.search(words) and ENTITY.search(words):
        words = clean(html.unescape(words))  # grants.gov escapes its markup a second time
    if words.count("<") > MOST_TAGS:
        words = ANY_TAG.sub("\n\n", words)
    if not TAG.search(words):
        return _paragraphs(words)
    cleaned = clean(_cleaner().clean(words))
    return BREAKS.sub("<br><br>", HOLLOW.sub("", HOLLOW.sub("", cleaned))).strip()


def plain_text(safe: str) -> str:
    """The words of `safe_html`, one line per paragraph, list entries with "- ". No tags, no entities."""
    # In HTML a line end is a space; an empty line is kept as the paragraph it was meant to be (EU portal).
    lines = SPACE.sub(lambda found: "\n" if found.group().count("\n") > 1 else " ", safe)
    lines = CELL_END.sub("  ", lines)
    lines = BLOCK_END.sub("\n", lines).replace("<li>", "\n- ").replace("</li>", "\n")
    lines = clean(html.unescape(ANY_TAG.sub("", lines)))
    squashed = (SPACE.sub(" ", line).strip() for line in lines.split("\n"))
    return "\n".join(line for line in squashed if line.strip("- "))


def _paragraphs(words: str) -> str:
    parts = (part.strip() for part in re.split(r"\n\s*\n", words))
    return "".join(
        "<p>" + "<br>".join(html.escape(line.strip(), quote=False) for line in part.split("\n")) + "</p>"
        for part in parts
        if part
    )


@cache
def _cleaner() -> nh3.Cleaner:
    import nh3  # here, because most commands never clean a page

    return nh3.Cleaner(
        tags=set(TAGS),
        clean_content_tags=set(SILENT),
        attributes={"a": {"href"}},
        attribute_filter=lambda _tag, _name, value: link_or_none(value),
        url_schemes=set(SCHEMES),
        url_relative="deny",
        link_rel="noopener noreferrer",
    )


# ---------------------------------------------------------------- links


def link_or_none(address: str) -> str | None:
    """An absolute http, https or mailto address, unwrapped and cleaned; None for any other."""
    address = unwrapped(one_line(address))
    parts = _split(address)
    if parts is None or parts.scheme not in SCHEMES:
        return None
    if parts.scheme == "mailto":
        return _escaped(address)
    return clean_link(address) or None


def unwrapped(address: str) -> str:
    """Where an Outlook "safelinks" address points; any other address as it is."""
    parts = _split(address)
    if parts is None or not (parts.hostname or "").endswith("safelinks.protection.outlook.com"):
        return address
    return next(iter(parse_qs(parts.query).get("url", [])), address)


def clean_link(address: str) -> str:
    """An http(s) address without visitor ids and tracking tails, so that the same page has the same address.

    "" for anything that is no such address. Seen: `?etcc_cmp=` (Förderdatenbank RSS), `;jsessionid=…` (GSB sites).
    """
    parts = _split(one_line(address))
    if parts is None or parts.scheme not in {"http", "https"} or not parts.hostname:
        return ""
    path, query = SESSION.sub("", parts.path), parts.query
    asked = parse_qsl(query, keep_blank_values=True)
    if any(TRACKING.fullmatch(name) for name, _ in asked):
        query = urlencode([(name, value) for name, value in asked if not TRACKING.fullmatch(name)])
    return _escaped(urlunsplit((parts.scheme, parts.netloc, path, query, parts.fragment)))


def _escaped(address: str) -> str:
    return UNSAFE_IN_URL.sub(lambda found: f"%{ord(found.group()):02X}" if found.group() < "\x80" else "", address)


def _split(address: str) -> SplitResult | None:
    try:
        return urlsplit(address)
    except ValueError:  # "http://[": no address at all
        return None
