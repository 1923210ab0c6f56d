"""What an answer is, by its bytes and by what its server calls it. Pure."""

from __future__ import annotations

import re

from tracker.model import RawDocument

# What files begin with. https://en.wikipedia.org/wiki/List_of_file_signatures (2026-11)
SIGNATURES = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a packed file"),
)
PAGE = re.compile(rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)
FEED = re.compile(rb"<(?:\w+:)?(?:rss|feed|RDF)[\s>]")
HEAD = 4_000  # bytes; what a document is stands at its beginning


def kind_of(document: RawDocument) -> str:
    """html, feed, xml, json, text, or in words what it is instead: "empty", "a PDF", "no text"."""
    body = document.body.replace(b"\0", b"") if document.body[:2] in {b"\xff\xfe", b"\xfe\xff"} else document.body
    start = body[:HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start:
        return "empty"
    for signature, name in SIGNATURES:
        if start.startswith(signature):
            return name
    if b"\0" in start:
        return "no text"
    if start[:1] in {b"{", b"["}:
        return "json"
    if not start.startswith(b"<"):
        return "html" if PAGE.search(start) else "text"
    if FEED.search(start):
        return "feed"
    return "xml" if start.startswith(b"<?xml") and not PAGE.search(start) else _of_markup(start, document)


def _of_markup(start: bytes, document: RawDocument) -> str:
    if PAGE.search(start) or "html" in document.content_type.lower():
        return "html"
    return "xml" if "xml" in document.content_type.lower() else "html"
