"""RSS and Atom by feedparser. Knows no site.

An entry is a call; `keep` and `drop` are patterns on its title, link and categories. `deadline` is a pattern whose
group (?P<deadline>…) finds the deadline's words in title and summary. `id: link` where ids are not to be trusted.
`digest` is what stands between the calls of an entry that holds several: it stays one call, since its parts have no
address and no id of their own; its title says so by `digest_mark`, and no date in it is taken for a deadline of all.
A feed shows its newest entries: what is no longer in it is not gone (COMPLETE).
A feed that is damaged but whole (wrong charset, bare &) is mended; one cut off is refused: its end is missing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import partial
from html import escape
from typing import Any

from bs4 import BeautifulSoup

from tracker.connectors.feed_reading import read_feed
from tracker.connectors.fields import read_pattern
from tracker.errors import ConfigError
from tracker.model import RawCall, RawDeadline, RawDocument, Request, Skipped, Source, Yielded
from tracker.parsing import clean_link, squash, unknown_keys

COMPLETE = False
PATTERNS = ("keep", "drop", "deadline", "digest")
TYPES: dict[str, type] = {"id": str, "language": str, "allow_empty": bool, "strip_query": list, "digest_mark": str}
A_CALL = 4  # words; what is shorter ("weiter >>") is none of several calls

INLINE = re.compile(r"</?(?:a|abbr|b|em|font|i|mark|small|span|strong|su[bp]|u|wbr)\b[^<>]*>", re.IGNORECASE)


def start(source: Source) -> Iterable[Request]:
    """The feed. ConfigError names every mistake in the options, before the first request."""
    options, where = source.options, f"{source.id}.options"
    problems = list(unknown_keys(options, (*PATTERNS, *TYPES), where))
    for key in PATTERNS:
        problems += read_pattern(options.get(key, ""), f"{where}.{key}")[1]
    if options.get("deadline") and "(?P<deadline>" not in str(options["deadline"]):
        problems.append(f"{where}.deadline: has no group (?P<deadline>…) around the words of the deadline")
    if bool(options.get("digest")) != bool(options.get("digest_mark")):
        problems.append(f"{where}: digest and digest_mark belong together")
    for key, kind in TYPES.items():
        if not isinstance(options.get(key, kind()), kind):
            problems.append(f"{where}.{key}: expected {kind.__name__}, not {options[key]!r}")
    if options.get("id", "guid") not in ("guid", "link"):
        problems.append(f"{where}.id: expected guid or link, not {options['id']!r}")
    if problems:
        raise ConfigError(tuple(problems))
    return (Request(source.url),)


def parse(document: RawDocument, source: Source) -> Iterable[Yielded]:
    """One call for each entry that `keep` and `drop` leave. ParseError for what is no feed, or not a whole one."""
    options = source.options
    feed = read_feed(document, source, allow_empty=options.get("allow_empty", False))
    found = [_named(entry, document.final_url, options) for entry in feed.entries if _wanted(entry, options)]
    links_of: dict[str, set[str]] = defaultdict(set)
    titles_of: dict[str, set[str]] = defaultdict(set)
    for _, _, link, guid in found:
        links_of[guid].add(link)
    chosen = [
        link if options.get("id") == "link" or len(links_of[guid]) > 1 else guid or link for *_, link, guid in found
    ]
    for external_id, (_, title, _, _) in zip(chosen, found, strict=True):
        titles_of[external_id].update([title] if title else [])
    for external_id, (entry, title, link, guid) in zip(chosen, found, strict=True):
        if not title or not link:
            yield Skipped(guid or link or "entry", f"{title[:80]!r} has no {'web address' if title else 'title'}")
        elif len(titles_of[external_id]) > 1:
            yield Skipped(external_id, f"{title[:80]!r} shares its id and its link with another call")
        else:
            yield _call(entry, external_id, title, link, source)


def _named(entry: Any, url: str, options: Mapping[str, Any]) -> tuple[Any, str, str, str]:
    """The entry, its title, its link and its id; ids that are addresses are cleaned like links."""
    clean = partial(clean_link, base=url, strip=options.get("strip_query", ()))
    guid = squash(entry.get("id", ""))
    guid = clean(guid) if "://" in guid else guid
    return entry, _text(entry.get("title_detail", {})), clean(entry.get("link", "")), guid


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
        words = BeautifulSoup(f"<p>{INLINE.sub('', words)}</p>", "lxml").get_text(" ")  # "<b>Frist</b>:" is "Frist:"
    return squash(words)


def _call(entry: Mapping[str, Any], external_id: str, title: str, link: str, source: Source) -> RawCall:
    told = next(iter(entry.get("content", ())), entry.get("summary_detail", {}))
    words = told.get("value") or ""
    found: Iterable[str] = ()
    parts = _parts(told, source.options)
    if not parts and source.options.get("deadline"):
        text = f"{title}\n{_text(told)}"
        found = (squash(match["deadline"]) for match in re.finditer(source.options["deadline"], text, re.IGNORECASE))
    description = escape(words, quote=False) if told.get("type") == "text/plain" else words
    return RawCall(
        external_id=external_id,
        title=_marked(title, source.options["digest_mark"]) if parts else title,
        url=link,
        language=source.options.get("language") or source.language,
        deadlines=tuple(RawDeadline(words=words) for words in dict.fromkeys(found) if words),
        published=entry.get("published", ""),
        description=_as_list(parts) if parts else description,
        attribution=source.attribution,
    )


def _parts(told: Mapping[str, Any], options: Mapping[str, Any]) -> list[str]:
    """The calls that one entry holds, where it holds several."""
    if not options.get("digest"):
        return []
    parts = [squash(part or "") for part in re.split(options["digest"], _text(told), flags=re.IGNORECASE)]
    parts = [part for part in parts if len(part.split()) >= A_CALL]
    return parts if len(parts) > 1 else []


def _as_list(parts: Iterable[str]) -> str:
    return "<ul>" + "".join(f"<li>{escape(part, quote=False)}</li>" for part in parts) + "</ul>"


def _marked(title: str, mark: str) -> str:
    return title if mark.lower() in title.lower() else f"{title} ({mark})"
