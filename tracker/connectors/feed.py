"""RSS and Atom by feedparser. Knows no site.

An entry is a call; `keep` and `drop` are patterns on its title, link and categories. `deadline` is a pattern whose
group (?P<deadline>…) finds the deadline's words in title and summary. `id: link` where ids are not to be trusted.
A feed that is damaged but whole (wrong charset, bare &) is mended; one cut off is refused: its end is missing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import partial
from html import escape
from io import BytesIO
from typing import Any

import feedparser
from bs4 import BeautifulSoup

from tracker.connectors.fields import read_pattern
from tracker.errors import ConfigError
from tracker.model import RawCall, RawDeadline, RawDocument, Request, Skipped, Source, Yielded
from tracker.parsing import broken, charset, clean_link, squash, unknown_keys

PATTERNS = ("keep", "drop", "deadline")
TYPES: dict[str, type] = {"id": str, "language": str, "allow_empty": bool, "strip_query": list}
BARE = re.compile(rb"&(?!#?\w+;)")
START = re.compile(rb"<(?:item|entry)[\s>]")
END = re.compile(rb"</(?:[\w.-]+:)?(?:rss|feed|rdf)\s*>", re.IGNORECASE)


def start(source: Source) -> Iterable[Request]:
    """The feed. ConfigError names every mistake in the options, before the first request."""
    options, where = source.options, f"{source.id}.options"
    problems = list(unknown_keys(options, (*PATTERNS, *TYPES), where))
    for key in PATTERNS:
        problems += read_pattern(options.get(key, ""), f"{where}.{key}")[1]
    if options.get("deadline") and "(?P<deadline>" not in str(options["deadline"]):
        problems.append(f"{where}.deadline: has no group (?P<deadline>…) around the words of the deadline")
    for key, kind in TYPES.items():
        if not isinstance(options.get(key, kind()), kind):
            problems.append(f"{where}.{key}: expected {kind.__name__}, not {options[key]!r}")
    if options.get("id", "guid") not in {"guid", "link"}:
        problems.append(f"{where}.id: expected guid or link, not {options['id']!r}")
    if problems:
        raise ConfigError(tuple(problems))
    return (Request(source.url),)


def parse(document: RawDocument, source: Source) -> Iterable[Yielded]:
    """One call for each entry that `keep` and `drop` leave. ParseError for what is no feed, or not a whole one."""
    options = source.options
    entries = [entry for entry in _read(document, source).entries if _wanted(entry, options)]
    clean = partial(clean_link, base=document.final_url, strip=options.get("strip_query", ()))
    links = [clean(entry.get("link", "")) for entry in entries]
    ids = [
        clean(entry.get("id", "")) if "://" in entry.get("id", "") else squash(entry.get("id", "")) for entry in entries
    ]
    meant = Counter(external_id for external_id, _ in set(zip(ids, links, strict=True)))
    for entry, link, external_id in zip(entries, links, ids, strict=True):
        title = _text(entry.get("title_detail", {}))
        if not title or not link:
            yield Skipped(
                external_id or link or "entry", f"{title[:80]!r} has no {'web address' if title else 'title'}"
            )
        elif external_id and meant[external_id] == 1 and options.get("id") != "link":
            yield _call(entry, external_id, title, link, source)
        else:
            yield _call(entry, link, title, link, source)


def _read(document: RawDocument, source: Source) -> Any:
    """The feed, whole, with as many entries as its bytes hold."""
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
    if not feed.entries and not source.options.get("allow_empty"):
        raise broken(document, source, "a feed without entries")
    return feed


def _feedparser(document: RawDocument, body: bytes) -> Any:
    label = charset(document)
    told = {} if label != "utf-8" and b"encoding=" in body[:100] else {"content-type": f"text/xml; charset={label}"}
    # As a stream: feedparser opens bytes that happen to be the name of a file.
    return feedparser.parse(BytesIO(body), response_headers=told if label else {})


def _wanted(entry: Mapping[str, Any], options: Mapping[str, Any]) -> bool:
    categories = (str(tag.get("term") or "") for tag in entry.get("tags", ()))
    words = "\n".join((_text(entry.get("title_detail", {})), entry.get("link", ""), *categories))
    if options.get("drop") and re.search(options["drop"], words, re.IGNORECASE):
        return False
    return not options.get("keep") or bool(re.search(options["keep"], words, re.IGNORECASE))


def _text(detail: Mapping[str, Any]) -> str:
    """One line of text: tags gone and entities resolved once where the feed says HTML."""
    words = detail.get("value") or ""
    if detail.get("type") != "text/plain":
        words = BeautifulSoup(f"<p>{words}</p>", "lxml").get_text(" ")
    return squash(words)


def _call(entry: Mapping[str, Any], external_id: str, title: str, link: str, source: Source) -> RawCall:
    told = next(iter(entry.get("content", ())), entry.get("summary_detail", {}))
    words = told.get("value") or ""
    found: Iterable[str] = ()
    if source.options.get("deadline"):
        text = f"{title}\n{_text(told)}"
        found = (squash(match["deadline"]) for match in re.finditer(source.options["deadline"], text, re.IGNORECASE))
    return RawCall(
        external_id=external_id,
        title=title,
        url=link,
        language=source.options.get("language") or source.language,
        deadlines=tuple(RawDeadline(words=words) for words in dict.fromkeys(found) if words),
        published=entry.get("published", ""),
        description=escape(words, quote=False) if told.get("type") == "text/plain" else words,
        attribution=source.attribution,
    )
