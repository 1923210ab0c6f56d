"""EU Funding & Tenders Portal: the search interface (SEDIA), a multipart POST per page of 50 rows.

How it behaves: public answers recorded 2025-10 to 2026-10 (apiVersion 2.143 to 2.155). What is odd:
a body without typed parts is answered as if no filter were set; status and hour of a row cannot be trusted;
a row holds the deadlines of all stages; cascade calls (type 8) share identifier, title and link with their siblings;
from 2026-06-27 a second data source (SEDIA_PRD_CENTRICITY) returned calls of years ago as open.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any, cast
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

from tracker.connectors.eu_codes import DIVISIONS, PROGRAMMES, STATUSES
from tracker.errors import ConfigError, ParseError
from tracker.model import (
    Announced,
    DeadlineKind,
    Finding,
    Part,
    RawBudget,
    RawCall,
    RawDeadline,
    RawDocument,
    Request,
    Restart,
    Skipped,
    Source,
    Supplement,
    Yielded,
)
from tracker.parsing import squash

TOPIC, PROSPECT, CASCADE = "1", "2", "8"
OPTIONS = {"key", "page_size", "details", "types", "statuses", "data_source", "languages"}
TOPIC_PAGE = "https://ec.europa.eu/info/funding-tenders/opportunities/portal/screen/opportunities/topic-details/"
PROSPECT_PAGE = "https://webgate.ec.europa.eu/prospect/external/publishedcalls.htm?callId="
READ = (
    *("identifier", "REFERENCE", "type", "status", "DATASOURCE", "language", "title", "caName", "callTitle", "url"),
    *("esST_URL", "frameworkProgramme", "programmeDivision", "typesOfAction", "startDate", "deadlineDate"),
    *("deadlineModel", "descriptionByte", "description", "budget", "budgetOverview", "currency"),
)
WORD = str | int | float | None
HALF_PAIR = re.compile(rb"\\u[dD][89a-fA-F]")
MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})(?:T(\d{2}):\d{2})?")
KINDS = {
    "single-stage": DeadlineKind.SINGLE,
    "two-stage": DeadlineKind.STAGE,
    "multiple cut-off": DeadlineKind.CUT_OFF,
}


def start(source: Source) -> Iterable[Request]:
    """The first page of the list; ConfigError for options we do not know."""
    unknown = set(source.options) - OPTIONS
    if unknown:
        raise ConfigError(f"{source.id}.options: unknown {sorted(unknown)}; known: {sorted(OPTIONS)}")
    size = source.options.get("page_size", 50)
    if not isinstance(size, int) or not 1 <= size <= 100:  # the server serves 100 whatever is asked
        raise ConfigError(f"{source.id}.options.page_size: {size!r} is not a number from 1 to 100")
    yield _page(source, 1)


def parse(document: RawDocument, source: Source) -> Iterable[Yielded]:
    """Rows of one page, the other pages, and a details page for each topic that the list does not describe."""
    if document.request.kind == "detail":
        yield from _details(document, source)
        return
    answer = _json(document, source)
    total, rows = answer.get("totalResults"), answer.get("results")
    if type(total) is not int or not isinstance(rows, list):  # not isinstance: true is an int
        raise ParseError(document.request.url, "the answer has no totalResults and results", source=source.id)
    note = dict(document.request.note)
    if note["page"] == "1":
        yield Announced(total)
        # One page more than allowed is enough for the crawl to say that the list was cut.
        for number in range(2, min(-(-total // _size(source)), source.max_requests + 1) + 1):
            yield _page(source, number, total=total)
    elif note["total"] != str(total):
        yield Restart(f"the number of rows moved from {note['total']} to {total} while they were read")
        return
    for row in rows:
        yield from _row(row, source, document.request.url)


def essence(body: bytes) -> bytes:
    """The answer without its own duration, the only part that differs when nothing has changed."""
    return re.sub(rb'"responseTime"\s*:\s*\d+\s*,?', b"", body, count=1)


# ---------------------------------------------------------------- requests


def _size(source: Source) -> int:
    return int(source.options.get("page_size", 50))


def _allowed(source: Source) -> dict[str, set[str]]:
    """What each row must say: the filter as sent, checked again on what comes back."""
    options = source.options
    return {
        "type": {str(value) for value in options.get("types", (TOPIC, PROSPECT, CASCADE))},
        "status": {str(value) for value in options.get("statuses", ("31094501", "31094502"))},
        "DATASOURCE": {str(options.get("data_source", "SEDIA"))},
    }


def _page(source: Source, number: int, total: int | None = None) -> Request:
    allowed = _allowed(source)
    query = {
        "bool": {
            "must": [
                {"terms": {"type": sorted(allowed["type"])}},
                {"terms": {"status": sorted(allowed["status"])}},
                *({"term": {"DATASOURCE": name}} for name in allowed["DATASOURCE"]),
            ]
        }
    }
    asked = {
        "apiKey": source.options.get("key", "SEDIA"),
        "text": "***",
        "pageSize": _size(source),
        "pageNumber": number,
    }
    parts = {
        "query": query,
        "languages": list(source.options.get("languages", ("en",))),
        # Sorting by a date with ties loses as many rows as it repeats: the identifier is unique enough. Seen 2026-04.
        "sort": {"field": "identifier", "order": "ASC"},
    }
    scheme, host, path, _, _ = urlsplit(source.url)
    return Request(
        urlunsplit((scheme, host, path, urlencode(asked, safe="*"), "")),
        parts=tuple(Part(name, json.dumps(value)) for name, value in parts.items()),
        note=(("page", str(number)), ("total", "" if total is None else str(total))),
    )


# ---------------------------------------------------------------- answers


def _json(document: RawDocument, source: Source) -> Mapping[str, Any]:
    try:
        answer = json.loads(document.body)
    except (ValueError, RecursionError) as error:
        raise ParseError(
            document.request.url,
            f"expected JSON, got {document.content_type or 'something else'} that does not read: {error}",
            source=source.id,
        ) from None
    if HALF_PAIR.search(document.body):  # half a surrogate pair is no character: no address, no database can hold it
        answer = json.loads(json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace"))
    if not isinstance(answer, dict):
        raise ParseError(document.request.url, "expected a JSON object", source=source.id)
    return answer


def _first(meta: Mapping[str, Any], *names: str) -> str:
    """The first filled value among `names`: every metadata value is a list of strings, possibly empty."""
    for name in names:
        for value in meta.get(name) or ():
            if value and str(value).strip():
                return str(value)
    return ""


def _metadata(row: Any, source: Source, url: str) -> Mapping[str, Any]:
    """What a row says. Each value is a list of words: of a bare word we would read the first letter."""
    meta = row.get("metadata") if isinstance(row, dict) else None
    if not isinstance(meta, dict):
        raise ParseError(url, "a row without metadata", source=source.id)
    for name in READ:
        value = meta.get(name)
        if value is not None and not (isinstance(value, list) and all(isinstance(word, WORD) for word in value)):
            raise ParseError(url, f"metadata.{name} is no list of words: {str(value)[:80]}", source=source.id)
    return meta


def _row(row: Any, source: Source, url: str) -> Iterator[Yielded]:
    meta = _metadata(row, source, url)
    reference = str(row.get("reference") or _first(meta, "REFERENCE"))
    _check_filter(row, meta, reference, source, url)
    kind, identifier = _first(meta, "type"), _first(meta, "identifier")
    key = identifier if kind == TOPIC else reference
    title = _title(row, meta, kind)
    if not key or not title:
        yield Skipped(reference or identifier or "a row without any id", "no title" if key else "no identifier")
        return
    code = _first(meta, "frameworkProgramme")
    if code and code not in PROGRAMMES:
        yield Finding(message=f"unknown programme code {code}", url=url)
    description = _first(meta, "description" if kind == CASCADE else "descriptionByte")
    yield RawCall(
        external_id=key,
        row=reference,
        title=title,
        url=_link(row, meta, kind, identifier, reference),
        language=str(row.get("language") or _first(meta, "language")),
        status=STATUSES[_first(meta, "status")],
        deadlines=tuple(_deadlines(meta, kind)),
        opens=_first(meta, "startDate")[:10],
        description=description,
        programme=PROGRAMMES.get(code, code),
        call_title=_first(meta, "title" if kind == CASCADE else "callTitle"),
        action=squash(_first(meta, "typesOfAction")),
        divisions=tuple(DIVISIONS[d] for d in meta.get("programmeDivision") or () if d in DIVISIONS),
        areas=(identifier.rsplit("/", 1)[-1],) if kind == PROSPECT and "/" in identifier else (),
        funder="Europäische Kommission" if kind == TOPIC else "",
        budget=_budget(meta, kind, identifier),
        identifiers=(identifier,) if kind != CASCADE and identifier else (),
        attribution=source.attribution,
    )
    details = source.options.get("details")
    if details and kind == TOPIC and not description:
        yield _details_request(str(details), identifier)


def _check_filter(row: Mapping[str, Any], meta: Mapping[str, Any], reference: str, source: Source, url: str) -> None:
    """A row that the filter excludes means that no filter was applied: then nothing on the page can be believed."""
    for name, allowed in _allowed(source).items():
        values = {str(value) for value in meta.get(name) or ()}
        if not values & allowed:
            raise ParseError(
                url,
                f"row {reference} breaks the filter: {name} is {sorted(values) or 'missing'}, not {sorted(allowed)}",
                source=source.id,
                hint="the portal has ignored the query; nothing was changed",
            )
    language = row.get("language") or _first(meta, "language")
    if language and language not in source.options.get("languages", ("en",)):
        raise ParseError(url, f"row {reference} breaks the filter: language is {language}", source=source.id)


def _title(row: Mapping[str, Any], meta: Mapping[str, Any], kind: str) -> str:
    """A topic's title; for a cascade call its own name, for `title` there is that of the parent topic."""
    if kind != CASCADE:
        return _first(meta, "title") or _plain(row.get("content") or row.get("summary"))
    return _first(meta, "caName", "callTitle") or _plain(row.get("content") or row.get("summary"))


def _plain(words: object) -> str:
    """Without the `<b>` highlights that the search puts into `content`."""
    return squash(re.sub(r"</?b>", "", str(words or "")))


def _link(row: Mapping[str, Any], meta: Mapping[str, Any], kind: str, identifier: str, reference: str) -> str:
    """The page for people: the row's own url sometimes is that of a JSON file."""
    if kind == TOPIC:
        return TOPIC_PAGE + quote(identifier)
    if kind == PROSPECT and (number := re.match(r"\d+", reference)):
        return PROSPECT_PAGE + number.group()
    return _first(meta, "url", "esST_URL") or str(row.get("url") or "")


def _deadlines(meta: Mapping[str, Any], kind: str) -> Iterator[RawDeadline]:
    """All deadlines, past ones included, in order of their days, each day once."""
    found = {(_day(words, kind), words) for words in map(str, meta.get("deadlineDate") or ())}
    known = sorted({day: words for day, words in sorted(found, key=str) if day}.items())
    model = KINDS.get(_first(meta, "deadlineModel"), DeadlineKind.UNKNOWN)
    if model is DeadlineKind.UNKNOWN and len(known) == 1:
        model = DeadlineKind.SINGLE
    for stage, (day, words) in enumerate(known, start=1):
        yield RawDeadline(
            words=words,
            day=day,
            zone="Europe/Brussels",
            kind=model,
            stage=stage if model is DeadlineKind.STAGE else None,
        )
    yield from (RawDeadline(words=words) for day, words in sorted(found, key=str) if day is None)


def _day(words: str, kind: str) -> date | None:
    """The day of a deadline; its hour is no hour (00:00 stands for 17:00 Brussels, seconds change daily).

    For a topic T22:00 and T23:00 UTC are midnight in Brussels: the day after. Seen: ESC-HUMAID-2021-QUAL-LABEL-FP.
    """
    found = MOMENT.match(words)
    if not found:
        return None
    late = kind == TOPIC and int(found.group(2) or 0) >= 22
    try:
        return date.fromisoformat(found.group(1)) + timedelta(days=int(late))
    except (ValueError, OverflowError):  # 9999-12-31 has no day after
        return None


# ---------------------------------------------------------------- money


def _budget(meta: Mapping[str, Any], kind: str, identifier: str) -> RawBudget | None:
    if kind == CASCADE:
        amount = _first(meta, "budget")
        return RawBudget(total=amount, currency=_first(meta, "currency"), scope="call") if amount else None
    try:
        overview = json.loads(_first(meta, "budgetOverview") or "{}")
    except (ValueError, RecursionError):
        return None
    return _own_budget(overview, identifier) if isinstance(overview, dict) else None


def _own_budget(overview: Mapping[str, Any], identifier: str) -> RawBudget | None:
    """The rows of the own topic: the overview holds those of all siblings, and their sum belongs to nobody.

    Siblings that all carry the same figure share the pot of the call (seen: CERV-2026-DAPHNE, INNOVFUND).
    0 is "not stated".
    """
    mapped = overview.get("budgetTopicActionMap")
    groups = mapped.values() if isinstance(mapped, dict) else ()
    rows = [row for group in groups if isinstance(group, list) for row in group if isinstance(row, dict)]
    own = [row for row in rows if str(row.get("action", "")).startswith(f"{identifier} ")]
    if not own:
        return None
    total = sum(map(_year_sum, own))
    others: dict[str, int] = {}
    for row in rows:
        name = str(row.get("action", "")).split(" ", 1)[0]
        if name != identifier:
            others[name] = others.get(name, 0) + _year_sum(row)
    shared = bool(others) and total > 0 and set(others.values()) == {total}
    smallest = [amount for row in own if (amount := _number(row.get("minContribution")))]
    largest = [amount for row in own if (amount := _number(row.get("maxContribution")))]
    grants = sum(_number(row.get("expectedGrants")) for row in own)
    if not (total or smallest or largest or grants):
        return None
    return RawBudget(
        total=str(total or ""),
        minimum=str(min(smallest, default="")),
        maximum=str(max(largest, default="")),
        currency="EUR",
        scope="call" if shared else "topic",
        expected_grants=str(grants or ""),
    )


def _year_sum(row: Mapping[str, Any]) -> int:
    years = row.get("budgetYearMap")
    return sum(map(_number, years.values())) if isinstance(years, dict) else 0


def _number(value: object) -> int:
    """A whole amount of euros, or 0 where there is none."""
    try:
        return max(0, int(float(cast("str", value))))
    except (TypeError, ValueError, OverflowError):
        return 0


# ---------------------------------------------------------------- details


def _details_request(base: str, identifier: str) -> Request:
    """Upper case is answered with 404 here."""
    return Request(
        f"{base.rstrip('/')}/{quote(identifier.lower())}.json",
        kind="detail",
        note=(("id", identifier),),
        once=True,
        optional=True,
    )


def _details(document: RawDocument, source: Source) -> Iterator[Yielded]:
    details = _json(document, source).get("TopicDetails")
    if not isinstance(details, dict):
        raise ParseError(document.request.url, "the details hold no TopicDetails", source=source.id)
    description = details.get("description") or ""
    if not isinstance(description, str):
        raise ParseError(document.request.url, "the description in the details is no text", source=source.id)
    identifier = dict(document.request.note)["id"]
    overview = details.get("budgetOverviewJSONItem")
    budget = _own_budget(overview, identifier) if isinstance(overview, dict) else None
    fields = {"description": description, "budget": budget}
    yield Supplement(identifier, {name: value for name, value in fields.items() if value})
