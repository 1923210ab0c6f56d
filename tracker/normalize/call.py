"""RawCall to Call: every field read, nothing added that the source does not say. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from typing import Any

from tracker.errors import ParseError
from tracker.model import Call, Deadline, RawBudget, RawCall, RawDeadline, Source, Status
from tracker.normalize.budget import read_budget
from tracker.normalize.dates import read_date
from tracker.normalize.deadlines import read_deadlines
from tracker.normalize.language import language_of
from tracker.normalize.text import clean_link, one_line, one_title, plain_text, safe_html

ENGLISH_COUNTRIES = {"US": "en-US", "GB": "en-GB", "UK": "en-GB", "IE": "en-IE"}


def normalize(raw: RawCall, source: Source) -> Call:
    """The call as we understand it. `source.fixes` come first: {field: {odd value: replacement}}, "" silences a value.

    The language is the call's own, else that of its source, unless its words clearly say otherwise. Raises ParseError
    where the row has no id, no title, no http(s) link or an unknown status: it names source and external id, and the
    row is skipped and counted.
    """
    raw = _fixed(raw, source.fixes)
    external_id, title, url = one_line(raw.external_id), one_title(raw.title), clean_link(raw.url)
    if not external_id or not title:
        raise ParseError(source.url, f"row {external_id!r} has no {'title' if external_id else 'id'}", source=source.id)
    if not url:
        raise ParseError(source.url, f"row {external_id!r} has no web address: {raw.url[:200]!r}", source=source.id)
    notation = _notation(raw, source)
    html = safe_html(raw.description)
    text = plain_text(html)
    return Call(
        source_id=source.id,
        external_id=external_id,
        title=title,
        url=url,
        language=language_of(title, text, _language(raw.language) or _language(source.language)),
        said=_said(raw, source),
        deadlines=_deadlines(raw.deadlines, notation, source.zone),
        opens=read_date(raw.opens, notation, source.zone),
        published=read_date(raw.published, notation, source.zone),
        description=text,
        html=html,
        programme=one_title(raw.programme),
        call_title=one_title(raw.call_title),
        action=one_title(raw.action),
        divisions=_lines(raw.divisions),
        eligible=_lines(raw.eligible),
        areas=_lines(raw.areas),
        funder=one_title(raw.funder),
        budget=read_budget(raw.budget, notation),
        identifiers=_lines(raw.identifiers),
        attribution=one_line(raw.attribution),
        page=raw.page,
    )


def _language(words: str) -> str | None:
    code = words.strip().lower().replace("_", "-").partition("-")[0]
    return code if len(code) == 2 and code.isascii() and code.isalpha() else None


def _notation(raw: RawCall, source: Source) -> str:
    """The language that decides how a date is written; English needs the country for it."""
    language = (raw.language if _language(raw.language) else source.language).strip().lower()
    return ENGLISH_COUNTRIES.get(source.country.upper(), language) if language == "en" else language


def _said(raw: RawCall, source: Source) -> Status:
    if not raw.status:
        return Status.UNKNOWN
    try:
        return Status(raw.status)
    except ValueError:
        message = f"row {one_line(raw.external_id)!r} has the unknown status {raw.status[:60]!r}"
        raise ParseError(source.url, message, source=source.id) from None


def _deadlines(raws: Iterable[RawDeadline], notation: str, zone: str) -> tuple[Deadline, ...]:
    """In the order of the source, each once: portals repeat a date for every part of a form."""
    read: dict[tuple[Any, ...], Deadline] = {}
    for raw in raws:
        if raw.day is None and not raw.words.strip():
            continue
        for one in read_deadlines(raw, notation, zone):
            read.setdefault((one.day, one.time, one.kind, one.stage, one.day is None and one.words), one)
    return tuple(read.values())


def _lines(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line for one in words if (line := one_title(one))))


# ---------------------------------------------------------------- fixes


def _fixed(raw: RawCall, fixes: Mapping[str, Mapping[str, str]]) -> RawCall:
    """`raw` with the odd values of sources.yaml replaced; a field is named as in RawCall, `deadline` for deadlines."""
    changed: dict[str, Any] = {}
    for name, table in fixes.items():
        name = {"deadline": "deadlines"}.get(name, name)
        if name in FIELDS:
            changed[name] = _replaced(getattr(raw, name), table)
    return replace(raw, **changed) if changed else raw


FIELDS = frozenset(field.name for field in fields(RawCall))


def _replaced(value: Any, table: Mapping[str, str]) -> Any:
    match value:
        case str():
            return table.get(value, table.get(one_line(value), value))
        case tuple():
            return tuple(_replaced(one, table) for one in value)
        case RawDeadline():
            words = _replaced(value.words, table)
            return value if words == value.words else replace(value, words=words, day=None, time=None)
        case RawBudget():
            read = {field.name: getattr(value, field.name) for field in fields(value)}
            return RawBudget(**{name: _replaced(words, table) for name, words in read.items()})
    return value
