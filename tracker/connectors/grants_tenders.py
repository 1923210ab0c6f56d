"""EU Funding & Tenders Portal: the bulk file grantsTenders.json, some 130 MB in one answer, read object by object.

Known from public code (sizes measured 2026-09-23: 11,162 objects, 999 of them tenders, 486 grants open or forthcoming)
and from six objects of spring 2026. What is odd: it holds every grant since 2014, so the filter is ours; type 0 are
tenders; a moment is 00:00 UTC of a day and no hour; the status may be behind (a topic of which all cut-offs have passed
is still "Open"); texts, budgets, cascade calls and PROSPECT calls are not in it.

The objects stand in no order and one of them says nothing of another: so the bytes are decoded in small pieces, and of
an object that is no call nothing is kept.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import quote

from tracker.connectors.eu_codes import DIVISIONS, PROGRAMMES, STATUSES
from tracker.connectors.eu_portal import KINDS, TOPIC_PAGE
from tracker.errors import ConfigError, ParseError
from tracker.model import DeadlineKind, Finding, RawCall, RawDeadline, RawDocument, Request, Skipped, Source, Yielded
from tracker.parsing import broken, squash

COMPLETE = False  # what it lacks may well stand on the portal: cascade calls do
GRANT = "1"
WANTED = {"forthcoming", "open"}
PIECE = 1 << 20  # bytes decoded at once
LARGEST = 8 << 20  # characters of one object; the largest of the six seen has 140,000
LIST = re.compile(rb'(?<!\\)"GrantTenderObj"\s*:\s*\[')
HEAD = 1 << 16  # bytes in which the list must begin
BETWEEN = re.compile(r"[\s,]*")
READER = json.JSONDecoder()
HALF = re.compile("[\ud800-\udfff]")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def start(source: Source) -> Iterable[Request]:
    """The file. It has no options: ConfigError where some are given."""
    if source.options:
        raise ConfigError(f"{source.id}.options: unknown {sorted(source.options)}; grants_tenders has none")
    yield Request(source.url)


def parse(document: RawDocument, source: Source) -> Iterable[Yielded]:
    """The grants that are open or forthcoming. Raises ParseError where the list is missing, broken or cut off."""
    for number, found in enumerate(_objects(document, source), start=1):
        if not isinstance(found, dict):
            yield Skipped(f"object {number}", "no object")
        elif _words(found, "type") == GRANT:
            yield from _grant(found, number, source)


# ---------------------------------------------------------------- the file


def _objects(document: RawDocument, source: Source) -> Iterator[Any]:
    """The members of the list one by one, never more of them in memory than one."""
    begin = LIST.search(document.body, 0, HEAD)
    if not begin:
        raise broken(document, source, "the file has no list GrantTenderObj")
    pieces, words, at = _decoded(document, begin.end(), source), "", 0
    while True:
        words, at = _next_mark(words, at, pieces)
        if words[at : at + 1] == "]":
            return
        try:
            found, words, at = _member(words, at, pieces)
        except (ValueError, RecursionError) as error:
            raise broken(document, source, f"the list is broken or was cut off: {error}") from None
        yield found


def _next_mark(words: str, at: int, pieces: Iterator[str]) -> tuple[str, int]:
    """Past blanks and commas, to where the next member or the end of the list stands; ("", 0) where neither does."""
    while True:
        between = BETWEEN.match(words, at)
        at = between.end() if between else at
        if at < len(words):
            return words, at
        words, at = next(pieces, ""), 0
        if not words:
            return "", 0


def _member(words: str, at: int, pieces: Iterator[str]) -> tuple[Any, str, int]:
    """What stands at `at`, with as many more pieces as it takes; ValueError where no end of it comes."""
    while True:
        try:
            found, end = READER.raw_decode(words, at)
        except ValueError:
            more = next(pieces, "")
            if not more or len(words) - at > LARGEST:
                raise
            words, at = words[at:] + more, 0
            continue
        return found, words, end


def _decoded(document: RawDocument, begin: int, source: Source) -> Iterator[str]:
    decode, body = codecs.getincrementaldecoder("utf-8")().decode, memoryview(document.body)
    try:
        for place in range(begin, len(body), PIECE):
            if words := decode(bytes(body[place : place + PIECE]), place + PIECE >= len(body)):
                yield words
    except UnicodeDecodeError as error:
        raise broken(document, source, f"the file is not UTF-8: {error.reason}") from None


# ---------------------------------------------------------------- one grant


def _grant(found: Mapping[str, Any], number: int, source: Source) -> Iterator[Yielded]:
    identifier, title = _words(found, "identifier"), squash(_words(found, "title"))
    where = identifier or f"object {number}"
    status = _status(found.get("status"))
    if status is None:
        yield Skipped(where, f"unknown status {str(found.get('status'))[:80]}")
        return
    if status not in WANTED:
        return
    if not identifier or not title:
        yield Skipped(where, "no title" if identifier else "no identifier")
        return
    code = _code(found.get("frameworkProgramme"))
    if code and code not in PROGRAMMES:
        yield Finding(message=f"unknown programme code {code}")
    try:
        yield _call(found, identifier, title, status, source)
    except ParseError as error:
        yield Skipped(where, error.message)


def _call(found: Mapping[str, Any], identifier: str, title: str, status: str, source: Source) -> RawCall:
    programme = found.get("frameworkProgramme")
    divisions = [_code(division) for division in _list(found, "programmeDivision")]
    opens, published = (_day(found.get(name), source) for name in ("plannedOpeningDateLong", "publicationDateLong"))
    return RawCall(
        external_id=identifier,
        title=title,
        url=TOPIC_PAGE + quote(identifier),
        language="en",
        status=status,
        deadlines=tuple(_deadlines(found, source)),
        opens=opens.isoformat() if opens else "",
        published=published.isoformat() if published else "",
        programme=PROGRAMMES.get(_code(programme)) or squash(_words(programme, "description")),
        call_title=squash(_words(found, "callTitle")),
        action=", ".join(dict.fromkeys(squash(_words(one, "description")) for one in _list(found, "topicActions"))),
        divisions=tuple(DIVISIONS[division] for division in divisions if division in DIVISIONS),
        funder="Europäische Kommission",
        identifiers=(identifier,),
        attribution=source.attribution,
    )


def _status(found: Any) -> str | None:
    """The word of Status; None where code and name are unknown or say two different things."""
    said = {STATUSES.get(_code(found)), _words(found, "abbreviation").lower()} & set(STATUSES.values())
    return said.pop() if len(said) == 1 else None


def _deadlines(found: Mapping[str, Any], source: Source) -> Iterator[RawDeadline]:
    """All of them, past ones included, in order, each day once."""
    days = sorted({day for moment in _list(found, "deadlineDatesLong") if (day := _day(moment, source))})
    named = _words(found.get("deadlineModel"), "abbreviation"), _words(found.get("deadlineModel"), "description")
    kind = next((KINDS[name] for name in named if name in KINDS), DeadlineKind.UNKNOWN)
    if kind is DeadlineKind.UNKNOWN and len(days) == 1:
        kind = DeadlineKind.SINGLE
    for stage, day in enumerate(days, start=1):
        yield RawDeadline(
            words=day.isoformat(),
            day=day,
            zone="Europe/Brussels",
            kind=kind,
            stage=stage if kind is DeadlineKind.STAGE else None,
        )


def _day(moment: Any, source: Source) -> date | None:
    """The day of a number of milliseconds; its hour is no hour. None where nothing is said.

    22:00 and 23:00 UTC would be midnight in Brussels, the day after, as in the search (not seen in this file).
    """
    if moment is None or moment == "":
        return None
    digits = str(moment)
    if isinstance(moment, bool) or not re.fullmatch(r"\d{1,15}", digits):
        raise ParseError(source.url, f"a date that is no number of milliseconds: {digits[:40]!r}", source=source.id)
    try:
        at = EPOCH + timedelta(milliseconds=int(digits))
        return (at + timedelta(hours=2)).date()
    except OverflowError:
        raise ParseError(source.url, f"a date beyond the calendar: {digits[:40]!r}", source=source.id) from None


# ---------------------------------------------------------------- values of strangers


def _words(found: Any, name: str) -> str:
    """A word or number under that name; "" where there is none. Half a surrogate pair is no character."""
    value = found.get(name) if isinstance(found, dict) else None
    words = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
    return HALF.sub("\ufffd", words)


def _code(found: Any) -> str:
    return _words(found, "id")


def _list(found: Mapping[str, Any], name: str) -> list[Any]:
    value = found.get(name)
    return value if isinstance(value, list) else []
