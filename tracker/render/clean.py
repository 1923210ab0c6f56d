"""Makes scraped words fit to be printed in a mail: one line, no tricks, bounded. Pure."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote, urlsplit

TITLE_LIMIT = 300  # longest real title of 683 topics: 234 characters (EU portal, 2026)
TEXT_LIMIT = 600
# Letters of category Cf that spelling needs: the joiners of Arabic and Indic scripts and of emoji.
SPELLING = "\u200c\u200d"
LANGUAGE = re.compile(r"[a-z]{2,3}")


def clean(words: str, limit: int = TEXT_LIMIT) -> str:
    """One line without control, direction and invisible characters, at most `limit` characters.

    Direction marks can make a title read as another one; a lone surrogate (JSON can hold one) cannot be sent at all.
    """
    # What isprintable passes holds none of these characters; nearly all words pass, ten times as fast.
    printable = words if words.isprintable() else "".join(map(_printable, words))
    line = re.sub(r"[ \t\n\r\f\v\u0085\u2028\u2029]+", " ", printable).strip()
    if len(line) <= limit:
        return line
    return _cut(line, limit)


def _printable(character: str) -> str:
    if character in SPELLING or character in "\t\n\r\f\v\u0085":
        return character
    category = unicodedata.category(character)
    if category == "Cs":
        return "\ufffd"
    return "" if category in ("Cc", "Cf") else character


def _cut(line: str, limit: int) -> str:
    """At the last space, if there is one near; the ellipsis tells that something is missing."""
    head = line[: limit - 2]
    space = head.rfind(" ")
    return (head[:space] if space > limit // 2 else head).rstrip(" ,;:.–-") + " …"


def safe_link(url: str) -> str:
    """The address if a reader may follow it, else "": http and https only, with a host, without a user name in it."""
    try:
        parts = urlsplit(clean(url, limit=10_000))
        host = parts.hostname
    except ValueError:
        return ""
    if (
        parts.scheme not in ("http", "https")
        or not host
        or "@" in parts.netloc
        or re.search(r"[\s\"'<>]", parts.netloc)
    ):
        return ""
    keep = "/%:=&?~#+!$,;@()*-._"  # what is quoted already stays quoted once
    rest = parts._replace(
        path=quote(parts.path, safe=keep),
        query=quote(parts.query, safe=keep),
        fragment=quote(parts.fragment, safe=keep),
    )
    return rest.geturl()


def language_tag(language: str | None) -> str:
    """An ISO 639 code that may stand in a lang attribute, or ""."""
    code = (language or "").lower()
    return code if LANGUAGE.fullmatch(code) else ""
