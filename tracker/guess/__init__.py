"""How may a page that nobody has described be read? Proposals, the best first, each with its reason. Pure.

kinds.py     what an answer is at all
names.py     which field of a row is which
rows.py      JSON
records.py   XML
blocks.py    lists in HTML
sites.py     pages of HTML as a whole
page.py      a single page as a call
proposal.py  whether a proposal works on the page at hand
"""

from __future__ import annotations

import json
import re
from datetime import date

from tracker.connectors.feed_reading import read_feed
from tracker.errors import ParseError
from tracker.guess.kinds import kind_of
from tracker.guess.page import in_words, language_of, title_of
from tracker.guess.proposal import Proposal, Tried, configured, first_request, tried
from tracker.guess.records import of_xml
from tracker.guess.rows import of_json
from tracker.guess.sites import of_html
from tracker.model import RawDocument, Source
from tracker.parsing import html, squash

__all__ = ["Proposal", "Tried", "configured", "first_request", "guess", "name_and_language", "tried"]

# Where entries name their deadline in words that leave no doubt.
DEADLINE = (
    r"(?:Antragsfrist|Bewerbungsfrist|Einreich(?:ungs)?frist|Frist|Bewerbungsschluss|Einsendeschluss|Deadline"
    r"|Closing date|Date limite|Scadenza|Uzávěrka)\s?:?\s(?P<deadline>\d{1,2}[./]\s?(?:\d{1,2}[./]|\w+)\s?\d{4}"
    r"|\d{1,2} \w+ \d{4}|\d{4}-\d\d-\d\d)"
)
OFTEN = 0.3
LOOK = "Name a page that holds the list, its feed, or the address of its data."


def guess(document: RawDocument, source: Source, *, today: date) -> list[Proposal]:
    """Proposals for an answer. Raises ParseError, in words, for one that no connector reads (PDF, picture, nothing)."""
    match kind_of(document):
        case "html":
            found = of_html(document, today)
        case "json":
            found = _json(document, source)
        case "feed":
            found = [_feed(document, source)]
        case "xml":
            found = of_xml(document, source)
        case other:
            raise ParseError(document.final_url, f"no connector reads {in_words(other)}", source=source.id, hint=LOOK)
    if not found:
        raise ParseError(document.final_url, "nothing on it looks like calls or a text", source=source.id, hint=LOOK)
    return found


def _json(document: RawDocument, source: Source) -> list[Proposal]:
    try:
        value = json.loads(document.body)
    except (ValueError, RecursionError) as error:
        raise ParseError(document.final_url, f"JSON that does not read: {error}", source=source.id) from None
    return of_json(value, document.final_url)


def _feed(document: RawDocument, source: Source) -> Proposal:
    feed = read_feed(document, source)
    texts = [f"{entry.get('title', '')}\n{entry.get('summary', '')}" for entry in feed.entries]
    dated = sum(1 for text in texts if re.search(DEADLINE, text, re.IGNORECASE))
    options = {"deadline": DEADLINE} if dated >= max(1, OFTEN * len(texts)) else {}
    said = f", {dated} of them with a deadline in words" if options else ""
    doubts = () if options else ("deadline: do the entries name one? (a pattern with the group deadline)",)
    kind = str(feed.version)
    why = f"a feed ({kind}) with {len(texts)} entries{said}"
    return Proposal(connector="feed", url=document.final_url, why=why, options=options, doubts=doubts)


def name_and_language(document: RawDocument, source: Source) -> tuple[str, str]:
    """What a source calls itself and the language that it declares; "" where it is silent."""
    kind = kind_of(document)
    if kind == "html":
        page = html(document)
        return title_of(page), language_of(page, document)
    if kind == "feed":
        told = read_feed(document, source).feed
        code = str(told.get("language") or "").strip().lower()[:2]
        return squash(str(told.get("title") or "")), code if re.fullmatch(r"[a-z]{2}", code) else ""
    return "", ""
