"""The archived answers read again after a parser fix. Needs no network.

The portal has changed nothing, so a value that is read differently now is rewritten silently; a call that the old
parser did not find is new to us and told.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from tracker import connectors
from tracker.changes import keep_known, plan
from tracker.collect import Collector, normalized
from tracker.crawl import crawl
from tracker.errors import ParseError, TrackerError
from tracker.model import RawDocument, Request, Source
from tracker.normalize import status_on
from tracker.values import fingerprint


@dataclass(frozen=True, slots=True, kw_only=True)
class Reparsed:
    """What became of one source: calls read, values rewritten, calls that are new to us; or why not."""

    source_id: str
    calls: int = 0
    rewritten: int = 0
    new: int = 0
    error: str = ""


def reparse(collector: Collector, source: Source) -> Reparsed:
    """Read the last healthy answers of a source again and rewrite its calls. One source's failure is its own."""
    try:
        return _reparse(collector, source)
    except TrackerError as error:
        return Reparsed(source_id=source.id, error=str(error))


def _reparse(collector: Collector, source: Source) -> Reparsed:
    scan = collector.archive.last(source.id)
    last = collector.store.crawl.last_run(source.id, healthy=True)
    if scan is None or last is None:
        return Reparsed(source_id=source.id, error="nothing is archived yet")
    if scan.mark != fingerprint(last.pages):
        said = "the last reading is not in the archive (it was interrupted, or the disk was full)"
        return Reparsed(source_id=source.id, error=f"{said}; run `tracker collect {source.id}`")
    documents = {document.request.key: document for document in collector.archive.documents(scan)}
    crawled = crawl(source, connectors.load(source.connector), lambda request: _from(documents, request, source))
    calls, _skipped = normalized(source, crawled.harvest)
    store = collector.store
    known = store.crawl.known(source.id)
    calls = tuple(
        keep_known(call, known[call.external_id].call)
        if call.external_id in crawled.half_read and call.external_id in known
        else call
        for call in calls
    )
    unknown = [call for call in calls if call.external_id not in known]
    twins = store.crawl.twins(source.id, unknown)
    planned = plan(
        known,
        unknown,
        today=collector.today,
        first_run=False,
        proves_absence=False,
        status_on=status_on,
        joins=twins,
    )
    harvest = crawled.harvest
    run = replace(last, calls=len(calls), rows=harvest.rows, repeated=harvest.repeated, unchanged=False)
    with store.atomic():
        rewritten = store.crawl.replace_calls(source.id, calls, collector.now)
        if planned.new:
            store.crawl.apply(run, planned, order=collector.order, twins=twins, stock=False, at=collector.now)
    return Reparsed(source_id=source.id, calls=len(calls), rewritten=rewritten, new=len(planned.changes))


def _from(documents: dict[str, RawDocument], request: Request, source: Source) -> RawDocument:
    if request.key not in documents:
        raise ParseError(request.url, "this page is not in the archive", source=source.id, hint="run `tracker collect`")
    return documents[request.key]
