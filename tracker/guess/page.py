"""A page of the open web that nobody has configured: its main text, title, language, dates, official ids. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup, Tag

from tracker import prose_deadlines
from tracker.connectors.notices import notice
from tracker.connectors.page import text_lines
from tracker.days import find_days
from tracker.errors import ParseError
from tracker.guess.kinds import kind_of
from tracker.model import DeadlineKind, RawDeadline, RawDocument, Source
from tracker.normalize.dates import prepared
from tracker.parsing import broken, html, squash

# Where the text of a page stands, the surest first. No site is meant; "body" always fits.
MAINS = ("main", "[role=main]", "#main", "#content", "#main-content", "#inhalt", "article", ".content", "body")
ENOUGH = 100  # characters: less is no text
SHARE = 0.25  # of all the words of the page; a smaller part is not the main one
LONGEST = 20_000  # characters of a text that are kept
MOST_DATES = 5
# Official ids of the Funding & Tenders Portal: CERV-2026-CITIZENS-TOWN-TT, HORIZON-MISS-2026-CIT-01-01. Prefixes as
# seen there 2025-10 to 2026-10; other words with a year in them are no ids.
IDENTIFIER = re.compile(
    r"(?<![\w-])(?:AGRIP|CEF|CERV|COSME|CREA|DIGITAL|ECCC|EDF|EIC|EIT|EMFAF|ERASMUS|ESC|ESF|EU4H|EUAF|EUBA|EUROHPC"
    r"|EUSPA|HORIZON|I3|INNOVFUND|ISF|JTM|JUST|LIFE|PERI|PPPA|RENEWFM|RFCS|SMP|SOCPL|UCPM|UNION)"
    r"(?:-[A-Z0-9]+)*-20\d\d(?:-[A-Z0-9]+)+(?![\w-])"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a page says of itself. "" and (): it is silent.

    `deadlines` are certain; `candidates` are days ahead that it names in whatever connection.
    """

    title: str = ""
    language: str = ""
    lines: tuple[str, ...] = ()
    deadlines: tuple[RawDeadline, ...] = ()
    candidates: tuple[date, ...] = ()
    identifiers: tuple[str, ...] = ()


def read_page(document: RawDocument, source: Source, *, today: date) -> Page:
    """The page. Raises ParseError, in words, for what is no page of text or stands in for one (login, outage, 404)."""
    kind = kind_of(document)
    if kind != "html":
        raise ParseError(document.final_url, f"no web page but {in_words(kind)}", source=source.id)
    page = html(document)
    main = main_selector(page)
    lines = cut(lines_of(page, main))
    text = "\n".join(lines)
    if words := notice(page, main, text, document):
        raise broken(document, source, f"a notice in place of the page: {words!r}")
    title = title_of(page)
    if len(text) < ENOUGH and not title:
        raise broken(document, source, "the page holds no text: is it made by a script?")
    language = language_of(page, document)
    deadlines, uncertain = sure(prose_deadlines.read(text, language), today)
    named = sorted({one.last for one in find_days(prepared(text), language, source.zone) if one.last})
    ahead = [day for day in named if day >= today and day not in {one.day for one in deadlines}]
    return Page(
        title=title,
        language=language,
        lines=lines,
        deadlines=deadlines,
        candidates=tuple(dict.fromkeys((*uncertain, *ahead)))[:MOST_DATES],
        identifiers=identifiers(document.request.url, f"{title}\n{text}"),
    )


def in_words(kind: str) -> str:
    """A kind of answer as a part of a sentence."""
    names = {"feed": "a feed", "json": "JSON", "xml": "XML", "text": "plain text", "empty": "an empty answer"}
    return names.get(kind, kind)


def sure(found: Sequence[RawDeadline], today: date) -> tuple[tuple[RawDeadline, ...], tuple[date, ...]]:
    """The deadlines that can only be those of the call, and the days that may be: one date, all stages, all cut-offs.

    A page that names several dates may be about several calls; one whose date is past may not have been mended yet.
    """
    days = {one.day for one in found if one.day}
    kinds = {one.kind for one in found}
    clear = (
        len(found) == 1 or len(days) == 1 or (len(kinds) == 1 and kinds <= {DeadlineKind.STAGE, DeadlineKind.CUT_OFF})
    )
    if clear and not (days and max(days) < today):
        return tuple(one for one in found if one.day or not days), ()
    return (), tuple(sorted(day for day in days if day >= today))


def identifiers(url: str, text: str) -> tuple[str, ...]:
    """The only official id in the address, else the only one in the text; () where there are several."""
    for words in (unquote(urlsplit(url).path).upper().replace("/", " "), text):
        found = set(IDENTIFIER.findall(words))
        if found:
            return tuple(found) if len(found) == 1 else ()
    return ()


def main_selector(page: BeautifulSoup) -> str:
    """Where the text of the page stands: the first of MAINS that holds a good part of its words."""
    whole = _length(page, "body")
    return next((one for one in MAINS if _length(page, one) >= max(ENOUGH, SHARE * whole)), "body")


def _length(page: BeautifulSoup, selector: str) -> int:
    return sum(map(len, lines_of(page, selector)))


def lines_of(page: BeautifulSoup, selector: str) -> tuple[str, ...]:
    """The lines under a selector, each once, nothing twice where what it selects is nested."""
    found = page.select(selector)
    chosen = {id(tag) for tag in found}
    outer = [tag for tag in found if not any(id(parent) in chosen for parent in tag.parents)]
    return tuple(dict.fromkeys(line for tag in outer for line in text_lines(tag)))


def cut(lines: Sequence[str]) -> tuple[str, ...]:
    """As many whole lines as fit into LONGEST; of a single line that is longer its beginning."""
    kept, length = [], 0
    for line in lines:
        length += len(line) + 1
        if length > LONGEST:
            break
        kept.append(line)
    return tuple(kept) or tuple(line[:LONGEST] for line in lines[:1])


def title_of(page: BeautifulSoup) -> str:
    """og:title, else the only h1, else the title of the window; "" where there is none."""
    tag = page.select_one('meta[property="og:title"], meta[name="og:title"]')
    told = squash(str(tag.get("content") or "")) if tag else ""
    headings = dict.fromkeys(words for h1 in page.select("h1") if (words := squash(h1.get_text(" "))))
    window = page.title.get_text(" ") if isinstance(page.title, Tag) else ""
    return told or (next(iter(headings)) if len(headings) == 1 else "") or squash(window)


def language_of(page: BeautifulSoup, document: RawDocument) -> str:
    """The language that the page declares, ISO 639-1, or ""."""
    root = page.find("html")
    said = str(root.get("lang") or root.get("xml:lang") or "") if isinstance(root, Tag) else ""
    said = said or document.headers.get("content-language", "").partition(",")[0]
    code = re.split(r"[-_]", said.strip().lower())[0]
    return code if re.fullmatch(r"[a-z]{2}", code) else ""
