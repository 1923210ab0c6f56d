"""One source tried without storing anything: its pages as calls, offline from a recording or live from the site."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from tracker import connectors, recordings
from tracker.archive import Archive
from tracker.checks import Harvest, History, check
from tracker.connectors import Connector
from tracker.crawl import Crawled, crawl
from tracker.errors import ParseError, StoreError
from tracker.model import Call, Deadline, DeadlineKind, Finding, Money, RawCall, RawDocument, Request, Source, Yielded
from tracker.reading import normalized

EMPTY = "·"
MEASURED = ("deadlines", "opens", "description", "programme", "funder", "budget", "status")  # fields of RawCall
OFTEN = 0.5  # a field that is filled less often is none to rely on
MARGIN = 0.8
WORDS = 40  # characters of words that were not understood


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What the pages of a source were read as. `origin` says in words where they came from, `at` when they did.

    `unread` are addresses of further pages that the recording does not hold.
    """

    source: Source
    origin: str
    at: datetime | None
    calls: tuple[Call, ...]
    harvest: Harvest
    findings: tuple[Finding, ...]
    unread: tuple[str, ...] = ()

    @property
    def healthy(self) -> bool:
        """Whether a run like this would be believed."""
        return not any(finding.fatal for finding in self.findings)


class _Recorded:
    """A connector that wants only what a recording holds, and notes the rest."""

    def __init__(self, connector: Connector, get: Callable[[Request], RawDocument | None]) -> None:
        self.connector = connector
        self.held = get
        self.missing: dict[str, None] = {}
        self.HINTS = getattr(connector, "HINTS", False)

    def start(self, source: Source) -> Iterable[Request]:
        return [request for request in self.connector.start(source) if self._is_held(request)]

    def parse(self, document: RawDocument, source: Source) -> Iterable[Yielded]:
        for found in self.connector.parse(document, source):
            if not isinstance(found, Request) or self._is_held(found):
                yield found

    def _is_held(self, request: Request) -> bool:
        if self.held(request) is None:
            self.missing.setdefault(request.url)
            return False
        return True

    def get(self, request: Request) -> RawDocument:
        """The answer; only asked for what is held."""
        document = self.held(request)
        assert document is not None  # noqa: S101 - for the type checker: what is not held was never wanted
        return document


def offline(source: Source, archive: Path | None, folders: Iterable[Path]) -> Trial:
    """From the newest scan in the archive, else from the first of `folders` that holds a recording.

    Raises StoreError where nothing is recorded, SourceError where the pages cannot be read.
    """
    kept = Archive(archive) if archive else None
    scan = kept.last(source.id, healthy=False) if kept else None
    if kept and scan:
        documents = {document.request.key: document for document in kept.documents(scan)}
        return _trial(source, lambda request: documents.get(request.key), "the archive", scan.at)
    for folder in folders:
        recording = recordings.find(folder)
        if recording is not None:
            return _trial(source, recording.get, f"the recording in {folder}", recording.at)
    said = f"nothing of {source.id} is recorded: `tracker check {source.id} --live` asks the site"
    raise StoreError(f"{said}, `tracker collect {source.id}` reads and archives it")


def live(source: Source, get: Callable[[Request], RawDocument], *, at: datetime) -> Trial:
    """From the site, now. Raises SourceError where it cannot be read."""
    crawled = crawl(source, connectors.load(source.connector), get)
    return _told(source, crawled, "the site itself", at)


def _trial(source: Source, get: Callable[[Request], RawDocument | None], origin: str, at: datetime | None) -> Trial:
    recorded = _Recorded(connectors.load(source.connector), get)
    crawled = crawl(source, recorded, recorded.get)
    if not crawled.documents:
        asked = ", ".join(recorded.missing)
        raise ParseError(source.url, f"{origin} holds other pages than those asked for now: {asked}", source=source.id)
    if recorded.missing:  # the total that a list announces cannot be reached with a part of it
        crawled = replace(crawled, harvest=replace(crawled.harvest, announced=None))
    return replace(_told(source, crawled, origin, at), unread=tuple(recorded.missing))


def _told(source: Source, crawled: Crawled, origin: str, at: datetime | None) -> Trial:
    calls, skipped = normalized(source, crawled.harvest)
    harvest = replace(crawled.harvest, skipped=(*crawled.harvest.skipped, *skipped))
    findings = (*crawled.findings, *check(harvest, connectors.expected(source), History()))
    return Trial(source=source, origin=origin, at=at, calls=calls, harvest=harvest, findings=findings)


# ---------------------------------------------------------------- the table


def cells(call: Call) -> dict[str, str]:
    """One line of the table: each column in a few words, "" where the source is silent or was not understood."""
    return {
        "title": call.title,
        "deadline": ", ".join(map(_deadline, call.deadlines)),
        "opens": call.opens.isoformat() if call.opens else "",
        "status": "" if call.said.value == "unknown" else call.said.value,
        "language": call.language or "",
        "programme": call.programme,
        "funder": call.funder,
        "budget": _amounts(call),
        "text": f"{len(call.description)} characters" if call.description else "",
        "link": call.url,
    }


COLUMNS = ("title", "deadline", "opens", "status", "language", "programme", "funder", "budget", "text", "link")


def shares(calls: Sequence[Call]) -> dict[str, int]:
    """How many calls have each column filled; a deadline counts where it was understood."""
    rows = [cells(call) for call in calls]
    counted = {name: sum(1 for row in rows if row[name]) for name in COLUMNS}
    return {**counted, "deadline": sum(1 for call in calls if any(map(_understood, call.deadlines)))}


def _understood(deadline: Deadline) -> bool:
    return bool(deadline.day or deadline.rule or deadline.kind is DeadlineKind.ROLLING)


def _deadline(deadline: Deadline) -> str:
    if not _understood(deadline):
        return f"? {deadline.words[:WORDS]!r}"
    when = deadline.day.isoformat() if deadline.day else " ".join(deadline.rule)
    hour = f"{deadline.time:%H:%M}" if deadline.time else ""
    return " ".join(
        filter(None, (when, hour, "" if deadline.kind.value in {"single", "unknown"} else deadline.kind.value))
    )


def _amounts(call: Call) -> str:
    budget = call.budget
    if budget is None:
        return ""
    money = [f"{_amount(one)}{said}" for one, said in ((budget.total, ""), (budget.grant, " a grant")) if one]
    return ", ".join([*money, *([budget.rate] if budget.rate else [])])


def _amount(money: Money) -> str:
    amounts = dict.fromkeys(f"{one:,f}" for one in (money.minimum, money.maximum) if one is not None)
    return f"{' to '.join(amounts) or f'? {money.words[:WORDS]!r}'} {money.currency}".strip()


# ---------------------------------------------------------------- what may be expected


def bounds(raws: Sequence[RawCall]) -> Mapping[str, Any]:
    """`expect` from what was just seen: 80 % and 200 % of the calls, 80 % of the share in which a field was filled.

    Of watched pages all must be there. {} where nothing was seen: nothing follows from that.
    """
    if not raws:
        return {}
    count = len(raws)
    pages = all(raw.page for raw in raws)
    found: dict[str, Any] = {"min_calls": count if pages else max(1, math.floor(MARGIN * count))}
    if not pages:
        found["max_calls"] = 2 * count
    seen = {name: sum(1 for raw in raws if getattr(raw, name)) / count for name in MEASURED}
    filled = {name: math.floor(MARGIN * share * 100) / 100 for name, share in seen.items() if share >= OFTEN}
    return {**found, "filled": filled} if filled else found
