"""From a source's first request to all its calls as found. Knows no network: pages come from the `get` handed in.

    start → get → parse → (more requests) … → Crawled

One boundary for every connector: repeats are counted, details merged, moving lists read again, endless lists cut.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields, replace
from typing import Any

from tracker.checks import Harvest
from tracker.connectors import Connector, essence
from tracker.errors import FetchError, SourceError
from tracker.model import (
    Announced,
    Finding,
    RawCall,
    RawDocument,
    Request,
    Restart,
    Skipped,
    Source,
    Supplement,
)

Get = Callable[[Request], RawDocument]
MAX_RESTARTS = 3
PATIENCE = 10  # optional pages that fail in a row; each costs three tries, and a list may want hundreds


@dataclass(frozen=True, slots=True, kw_only=True)
class Crawled:
    """All that one reading of a source brought. `half_read`: calls whose details did not come this time.

    `again`: some of them may come next time, so the next reading must ask even if the list has not changed.
    """

    documents: tuple[RawDocument, ...]
    harvest: Harvest
    findings: tuple[Finding, ...] = ()
    half_read: frozenset[str] = frozenset()
    again: bool = False


class _Moved(Exception):  # noqa: N818 - no error: a signal between the two functions below
    """The list moved while it was read."""


@dataclass(slots=True)
class _Attempt:
    """What one pass over a list has gathered so far; lives only inside this module."""

    documents: list[RawDocument] = field(default_factory=list)
    rows: list[RawCall] = field(default_factory=list)
    supplements: list[Supplement] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    findings: dict[str, Finding] = field(default_factory=dict)  # by message: each is said once
    half_read: set[str] = field(default_factory=set)
    failures: int = 0  # of optional pages, in a row
    again: bool = False
    announced: int | None = None


def crawl(source: Source, connector: Connector, get: Get) -> Crawled:
    """Read a source to its end. Raises SourceError where a page that must be read cannot be."""
    for restarts in range(MAX_RESTARTS + 1):
        attempt = _Attempt()
        try:
            _pass(source, connector, get, attempt)
        except _Moved as moved:
            reason = str(moved)
            continue
        return _crawled(attempt, restarts, hints=getattr(connector, "HINTS", False))
    _find(attempt, Finding(message=f"{reason}, in {restarts + 1} attempts", fatal=True, url=source.url))
    return _crawled(attempt, restarts, hints=getattr(connector, "HINTS", False))


def signature(connector: Connector, documents: Iterable[RawDocument]) -> dict[str, str]:
    """What these answers were: request → what of its answer makes a difference, both in short."""
    return {short(document.request.key): page_hash(connector, document.body) for document in documents}


def page_hash(connector: Connector, body: bytes) -> str:
    """What of a page would make a difference, in short."""
    return hashlib.sha256(essence(connector, body)).hexdigest()


def short(key: str) -> str:
    """A request's key in short."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:20]


def _pass(source: Source, connector: Connector, get: Get, attempt: _Attempt) -> None:
    # Lists move while they are read, details do not: all pages of a list come first, whatever it wants beside them.
    queue, details, seen = deque(connector.start(source)), deque[Request](), set[str]()
    while queue or details:
        request = (queue or details).popleft()
        if request.key in seen:
            continue
        if len(seen) == source.max_requests:
            message = f"more than {source.max_requests} pages: the list was cut (max_requests)"
            _find(attempt, Finding(message=message, fatal=True, url=request.url))
            return
        seen.add(request.key)
        for found in _answer(source, connector, get, request, attempt):
            _sort_in(found, details if isinstance(found, Request) and found.optional else queue, attempt)


def _answer(source: Source, connector: Connector, get: Get, request: Request, attempt: _Attempt) -> list[Any]:
    if request.optional and attempt.failures == PATIENCE:
        message = f"{PATIENCE} details pages in a row could not be read; no others were asked for"
        _miss(attempt, request, Finding(message=message, url=request.url))
        return []
    try:
        document = get(request)
        found = list(connector.parse(document, source))
    except SourceError as error:
        if not request.optional:
            raise
        message = f"a details page could not be read: {error.message}"
        _miss(attempt, request, Finding(message=message, url=error.url))
        if not (request.once and isinstance(error, FetchError) and error.status in {404, 410}):
            attempt.failures, attempt.again = attempt.failures + 1, True
        return []
    attempt.failures = 0
    attempt.documents.append(document)
    return found


def _miss(attempt: _Attempt, request: Request, finding: Finding) -> None:
    _find(attempt, finding)
    attempt.half_read |= {value for name, value in request.note if name in {"id", "external_id"}}


def _sort_in(found: Any, queue: deque[Request], attempt: _Attempt) -> None:
    match found:
        case RawCall():
            attempt.rows.append(found)
        case Request():
            queue.append(found)
        case Supplement():
            attempt.supplements.append(found)
        case Skipped():
            attempt.skipped.append(found)
        case Finding():
            _find(attempt, found)
        case Announced():
            attempt.announced = (attempt.announced or 0) + found.total
        case Restart():
            raise _Moved(found.reason)


def _find(attempt: _Attempt, finding: Finding) -> None:
    attempt.findings.setdefault(finding.message, finding)


def _crawled(attempt: _Attempt, restarts: int, *, hints: bool) -> Crawled:
    names = [raw.row or raw.external_id for raw in attempt.rows]
    harvest = Harvest(
        calls=_mentions(attempt.rows) if hints else _calls(attempt.rows, attempt.supplements),
        rows=len(attempt.rows) + len(attempt.skipped),
        repeated=len(names) - len(set(names)),
        announced=attempt.announced,
        skipped=tuple(attempt.skipped),
        restarts=restarts,
    )
    return Crawled(
        documents=tuple(attempt.documents),
        harvest=harvest,
        findings=tuple(attempt.findings.values()),
        half_read=frozenset(attempt.half_read),
        again=attempt.again,
    )


def _calls(rows: Iterable[RawCall], supplements: Iterable[Supplement]) -> tuple[RawCall, ...]:
    """One call per external id: of several rows the richest, whatever their order; details fill what is empty."""
    best: dict[str, RawCall] = {}
    for raw in rows:
        other = best.get(raw.external_id)
        if other is None or _richness(raw) > _richness(other):
            best[raw.external_id] = raw
    for supplement in supplements:
        if supplement.external_id in best:
            listed = best[supplement.external_id]
            news = {name: value for name, value in supplement.fields.items() if not getattr(listed, name)}
            best[supplement.external_id] = replace(listed, **news)
    return tuple(best.values())


def _mentions(rows: Iterable[RawCall]) -> tuple[RawCall, ...]:
    """One hint per external id: of several mentions the last, with what only earlier ones say, and the first title."""
    found: dict[str, RawCall] = {}
    for raw in rows:
        earlier = found.get(raw.external_id, raw)
        said = {one.name: getattr(raw, one.name) or getattr(earlier, one.name) for one in fields(RawCall)}
        found[raw.external_id] = RawCall(**{**said, "title": earlier.title})
    return tuple(found.values())


def _richness(raw: RawCall) -> tuple[object, ...]:
    last = max((deadline.day.isoformat() for deadline in raw.deadlines if deadline.day), default="")
    return len(raw.description), len(raw.deadlines), raw.budget is not None, last, raw.row
