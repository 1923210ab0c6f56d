"""The only module that knows feedparser: the bytes of RSS or Atom become a whole feed, or an error. Pure."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import feedparser

from tracker.model import RawDocument, Source
from tracker.parsing import broken, charset

BARE = re.compile(rb"&(?!#?\w+;)")
START = re.compile(rb"<(?:item|entry)[\s>]")
END = re.compile(rb"</(?:[\w.-]+:)?(?:rss|feed|rdf)\s*>", re.IGNORECASE)


def read_feed(document: RawDocument, source: Source, *, allow_empty: bool = False) -> Any:
    """What feedparser makes of it. Raises ParseError for no feed, one cut off, one without entries, and an XML bomb."""
    body = document.body.replace(b"\0", b"")  # UTF-16 shows its tags
    if b"<!ENTITY" in body:
        raise broken(document, source, "declares entities of its own: an XML bomb")
    feed = _feedparser(document, document.body)
    if feed.bozo and body == document.body and BARE.search(body):
        feed = _feedparser(document, BARE.sub(b"&amp;", body))  # as it stands "R&D" would be read as "R&D;"
    if not feed.get("version"):
        raise broken(document, source, "no RSS or Atom feed")
    if not END.search(body, max(body.rfind(b"</item>"), body.rfind(b"</entry>"), 0)):
        raise broken(document, source, "the feed has no end: cut off on its way")
    held = len(START.findall(body))
    if feed.bozo and len(feed.entries) < held:
        raise broken(document, source, f"only {len(feed.entries)} of {held} entries can be read")
    if not feed.entries and not allow_empty:
        raise broken(document, source, "a feed without entries")
    return feed


def _feedparser(document: RawDocument, body: bytes) -> Any:
    label = charset(document)
    headers = {}
    if label == "utf-8":  # whatever the prolog says; without damaged bytes, for which feedparser tries other charsets
        body = body.decode("utf-8", "replace").encode()
    if label == "utf-8" or (label and b"encoding=" not in body[:100]):
        headers = {"content-type": f"text/xml; charset={label}"}
    # As a stream: feedparser opens bytes that happen to be the name of a file.
    return feedparser.parse(BytesIO(body), response_headers=headers)
