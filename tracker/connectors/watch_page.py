"""Pages without a list (programme pages of agencies and ministries): one call per page, its text, the dates in it.

The page is no call of its own and never told as new; what is told is which of its sentences changed (tracker.changes).
So what changes on every visit must go, and what is no page of prose at all must not pass for one.

main: .mod_article                          the text; everything else is left out
ignore: [.teaser, {pattern: '\\d+ Plätze frei'}]   parts of it that do not count: selectors, and patterns on a line
title: Nakopa                               else the page's only h1
states: [Nakopa]                            what the page must say to be the right one, patterns
pages: [kleinprojektefonds.html]            further pages of the same make, seen from `url`
closed: ['Antragsverfahren .* abgeschlossen']   words by which the page says that nobody may apply, patterns on a line;
                                            they count where no deadline is recognised: dates tell it by themselves
deadline: '\\d\\d\\. \\w+\\.? 20\\d\\d bis .+'  a line that is a deadline though no word on it says so, a pattern
Seen: Engagement Global (Contao, prose only, recorded 2021-11), ministries of Baden-Württemberg (TYPO3, "Berechne
Lesezeit" in the text), klimaschutz.de.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from bs4 import BeautifulSoup

from tracker import prose_deadlines
from tracker.connectors.fields import read_pattern
from tracker.connectors.notices import led_home, notice
from tracker.connectors.page import (
    as_html,
    foreign,
    list_problems,
    main_lines,
    selector_problems,
    text_lines,
    text_problems,
    whole_page,
)
from tracker.errors import ConfigError
from tracker.model import RawCall, RawDeadline, RawDocument, Request, Source, Yielded
from tracker.parsing import broken, clean_link, squash, unknown_keys

TEXTS = ("main", "title", "programme", "funder", "language", "deadline")
LISTS = ("states", "pages", "closed", "eligible", "identifiers")
KNOWN = (*TEXTS, *LISTS, "ignore")
SHORTEST = 100  # characters: less is no description of anything
DATE = (
    r"(?:\d{1,2}\.\s?(?:\d{1,2}\.\s?|[^\W\d_]{3,9}\.?\s)|[^\W\d_]{3,9}\.?\s)\d{4}"
    r"(?:,?\s(?:um\s)?\d{1,2}[:.]\d\d(?:\sUhr)?)?"
)
# What changes on every visit, or without any news. Seen: um.baden-wuerttemberg.de, L-Bank ("(Stand: 01.03.2023)").
RESTLESS = re.compile(
    rf"Berechne Lesezeit(?:\s•\sTeilen)?|\bLesezeit:?\s(?:ca\.\s)?\d+\sMin(?:uten?|\.)?"
    rf"|\(?\b(?:Stand(?::|(?=\s\d))|(?:Zuletzt|Letzte|Last)\s(?:aktualisiert|geändert|Änderung|Aktualisierung|updated)"
    rf"(?:\sam|\son)?:?|Aktualisiert\sam:?)\s?(?:vom\s|am\s)?{DATE}\)?"
    rf"|\b\d[\d.]*\s(?:Besucher(?:innen)?|Zugriffe|Seitenaufrufe|mal gelesen)\b",
    re.IGNORECASE,
)
AT_A_TIME = 15_000  # characters: prose_deadlines reads no more than 20,000 of a text


def start(source: Source) -> Iterable[Request]:
    """The pages. ConfigError names every mistake in the options, before the first request."""
    problems = tuple(_problems(source.options, f"{source.id}.options", source.url))
    if problems:
        raise ConfigError(problems)
    further = (clean_link(address, source.url) for address in source.options.get("pages", ()))
    return tuple(Request(url) for url in dict.fromkeys((source.url, *further)))


def parse(document: RawDocument, source: Source) -> Iterable[Yielded]:
    """The page as one call. ParseError for one that was emptied, walled, replaced by a notice or by the home page."""
    options = source.options
    page = whole_page(document, source)
    ignored = [entry for entry in options.get("ignore", ()) if isinstance(entry, str)]
    patterns = [
        re.compile(entry["pattern"], re.IGNORECASE) for entry in options.get("ignore", ()) if not isinstance(entry, str)
    ]
    found = main_lines(page, options["main"], ignored, document, source)
    lines = list(dict.fromkeys(filter(None, (_settled(line, patterns) for line in found))))
    language = options.get("language") or source.language
    wrong = _not_this_page(page, lines, document, source, language)
    if wrong:
        raise broken(document, source, wrong)
    deadlines = (*_deadlines(lines, language), *_marked(lines, options.get("deadline", "")))
    yield RawCall(
        external_id=_id(document.request.url),
        title=options.get("title") or _heading(page, document, source),
        url=document.request.url,
        language=language,
        status="" if deadlines or not _is_closed(lines, options.get("closed", ())) else "closed",
        deadlines=deadlines,
        description=as_html(lines),
        programme=options.get("programme", ""),
        funder=options.get("funder", ""),
        eligible=tuple(options.get("eligible", ())),
        identifiers=tuple(options.get("identifiers", ())),
        attribution=source.attribution,
        page=True,
    )


def _id(url: str) -> str:
    """The address without its host, so that the same page on another host (or behind a proxy) is the same."""
    parts = urlsplit(url)
    path = parts.path.strip("/") or "home"
    return f"{path}?{parts.query}" if parts.query else path


def _settled(line: str, patterns: Iterable[re.Pattern[str]]) -> str:
    """The line without what never rests; "" where nothing else stands in it."""
    for pattern in (RESTLESS, *patterns):
        line = pattern.sub(" ", line)
    words = squash(line).strip(" •·|").rstrip("-– ")
    return words if any(map(str.isalnum, words)) else ""


def _heading(page: BeautifulSoup, document: RawDocument, source: Source) -> str:
    """The only h1, preferably that of the text: site names are sometimes one too."""
    for headings in (page.select(f":is({source.options['main']}) h1"), page.select("h1")):
        words = [said for heading in headings if (said := " ".join(text_lines(heading)))]
        if len(set(words)) == 1:
            return words[0]
    raise broken(document, source, "expected one h1 as the title; title: in the options gives another")


def _deadlines(lines: Iterable[str], language: str) -> Iterator[RawDeadline]:
    """What is certain only, by the wording of the language. A long text in parts, cut between lines."""
    parts, length = [[""]], 0
    for line in lines:
        if length + len(line) > AT_A_TIME:
            parts, length = [*parts, [""]], 0
        parts[-1].append(line)
        length += len(line)
    for part in parts:
        yield from prose_deadlines.read("\n".join(part), language)


def _marked(lines: Iterable[str], pattern: str) -> Iterator[RawDeadline]:
    """The words on a line that the pattern of sources.yaml takes for a deadline."""
    if pattern:
        for line in lines:
            yield from (RawDeadline(words=found.group()) for found in re.finditer(pattern, line, re.IGNORECASE))


def _is_closed(lines: Iterable[str], patterns: Collection[str]) -> bool:
    return any(re.search(pattern, line, re.IGNORECASE) for line in lines for pattern in patterns)


# ---------------------------------------------------------------- is this the page at all?


def _not_this_page(page: BeautifulSoup, lines: list[str], document: RawDocument, source: Source, language: str) -> str:
    """Why the text is none to compare with, or ""."""
    text, states = "\n".join(lines), source.options.get("states", ())
    if led_home(document):
        return f"led to the home page ({document.final_url}): has the page been moved or taken down?"
    if len(text) < SHORTEST:
        return f"the text has {len(text)} characters: emptied, or redesigned"
    words = notice(page, source.options["main"], text, document)
    if words:
        return f"a notice in place of the page: {words!r}"
    missing = [pattern for pattern in states if not re.search(pattern, text, re.IGNORECASE)]
    if missing:
        return f"the page no longer says {missing[0]!r}"
    other = "" if states else foreign(page, language)  # some sites declare a wrong language; their words do not lie
    return f"came in another language ({other}), or calls it so: states: can say what must stand there" if other else ""


# ---------------------------------------------------------------- mistakes in sources.yaml


def _problems(options: Mapping[str, Any], where: str, url: str) -> Iterator[str]:
    yield from unknown_keys(options, KNOWN, where)
    if "main" not in options:
        yield f"{where}.main: missing: the selector of the text"
    else:
        yield from selector_problems(options["main"], f"{where}.main")
    yield from text_problems(options, TEXTS[1:], where)
    wrong_lists = list(list_problems(options, LISTS, where))
    yield from wrong_lists
    if not wrong_lists:
        for name in ("states", "closed"):
            for pattern in options.get(name, ()):
                yield from read_pattern(pattern, f"{where}.{name}")[1]
        pages = options.get("pages", ())
        yield from (f"{where}.pages: {page!r} is no address" for page in pages if not clean_link(page, url))
        if pages and "title" in options:
            yield f"{where}.title: one title for {len(pages) + 1} pages; without it each has its h1"
    if isinstance(options.get("deadline", ""), str):
        yield from read_pattern(options.get("deadline", ""), f"{where}.deadline")[1]
    yield from _ignore_problems(options.get("ignore", []), f"{where}.ignore")


def _ignore_problems(ignore: object, where: str) -> Iterator[str]:
    if not isinstance(ignore, list | tuple):
        yield f"{where}: expected a list of selectors and {{pattern: …}}, not {ignore!r}"
        return
    for entry in ignore:
        if isinstance(entry, Mapping):
            yield from unknown_keys(entry, ("pattern",), where)
            yield from read_pattern(entry.get("pattern"), f"{where}.pattern")[1]
        else:
            yield from selector_problems(entry, where)
