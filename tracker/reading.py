"""From a source's pages to its calls as understood, whether the pages come from the network or from the archive."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from tracker import connectors
from tracker.archive import Archive
from tracker.changes import Known, keep_known
from tracker.checks import Harvest
from tracker.crawl import Crawled, crawl
from tracker.errors import ParseError, SourceError, StoreError
from tracker.model import Call, RawDocument, Request, Skipped, Source
from tracker.normalize import normalize
from tracker.records import Run
from tracker.values import fingerprint


def normalized(source: Source, harvest: Harvest) -> tuple[tuple[Call, ...], tuple[Skipped, ...]]:
    """The calls as understood, and those that cannot be: left out, counted and named."""
    calls, skipped = [], []
    for raw in harvest.calls:
        try:
            calls.append(normalize(raw, source))
        except SourceError as error:
            skipped.append(Skipped(raw.external_id, error.message))
    return tuple(calls), tuple(skipped)


def completed(
    calls: Iterable[Call], half_read: Collection[str], known: Mapping[str, Known], *, hints: bool = False
) -> tuple[Call, ...]:
    """The calls, those that could only be half read with what their details told before.

    A hint is half read by its nature, and keeps its first title: that a newsletter words it otherwise is no news.
    """
    return tuple(
        _completed(call, known[call.external_id].call, hints=hints)
        if call.external_id in known and (hints or call.external_id in half_read)
        else call
        for call in calls
    )


def _completed(call: Call, old: Call, *, hints: bool) -> Call:
    kept = keep_known(call, old)
    return replace(kept, title=old.title) if hints else kept


def reread(
    source: Source, archive: Archive, last: Run | None, known: Mapping[str, Known]
) -> tuple[tuple[Call, ...], Crawled]:
    """The answers of the `last` healthy run, read again by the parser and the configuration of today.

    Raises StoreError where the archive does not hold them, ParseError where today's parser wants other pages.
    """
    scan = archive.last(source.id)
    if scan is None or last is None:
        raise StoreError("nothing is archived yet")
    if scan.mark != fingerprint(last.pages):
        said = "the last reading is not in the archive (it was interrupted, or the disk was full)"
        raise StoreError(f"{said}; run `tracker collect {source.id}`")
    documents = {document.request.key: document for document in archive.documents(scan)}
    crawled = crawl(source, connectors.load(source.connector), lambda request: _from(documents, request, source))
    calls, _skipped = normalized(source, crawled.harvest)
    hints = connectors.gives_hints(source)  # here without `hints`: a title that is read better now is rewritten
    return completed(calls, {call.external_id for call in calls} if hints else crawled.half_read, known), crawled


def _from(documents: Mapping[str, RawDocument], request: Request, source: Source) -> RawDocument:
    if request.key not in documents:
        raise ParseError(request.url, "this page is not in the archive", source=source.id, hint="run `tracker collect`")
    return documents[request.key]
