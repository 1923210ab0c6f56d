"""Ask one source, in a worker thread: its calls, or why there are none. Touches no store."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from tracker import __version__, connectors
from tracker.archive import Archive
from tracker.connectors import Connector
from tracker.crawl import Crawled, Get, crawl, page_hash, short, signature
from tracker.errors import BotWallError, SourceError, TrackerError
from tracker.model import Call, RawDocument, Request, Source
from tracker.reading import normalized
from tracker.records import Run
from tracker.values import fingerprint

log = logging.getLogger(__name__)

AGAIN = "?"  # behind the mark of a run that missed something: the next one parses anew, even if nothing has changed


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What the last healthy run left behind, for a worker that may not ask the store.

    `mark` names the version and the configuration that read it; `pages` are its requests with the short form of
    their answers.
    """

    mark: str
    pages: tuple[tuple[Request, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One source as read in a worker: its calls, or why there are none. `bug`: the fault is ours."""

    source: Source
    memory: Memory
    documents: tuple[RawDocument, ...] = ()
    crawled: Crawled | None = None
    calls: tuple[Call, ...] = ()
    pages: Mapping[str, str] = field(default_factory=dict)
    unchanged: bool = False
    state: str = "ok"
    error: str = ""
    bug: bool = False


def remembered(source: Source, last: Run | None, archive: Archive) -> Memory:
    """`last` is the newest healthy run.

    Its pages count only where store and archive hold the same reading; after a kill -9 or a full disk they may not.
    """
    mark = fingerprint(source) + __version__
    scan = archive.last(source.id) if last and last.pages else None
    if last is None or scan is None or last.mark != mark:
        return Memory(mark=mark)
    if scan.mark != fingerprint(last.pages):
        return Memory(mark=mark)
    pages = ((entry.request, last.pages[short(entry.request.key)]) for entry in scan.entries)
    return Memory(mark=mark, pages=tuple(pages))


def visit(source: Source, get: Get, memory: Memory) -> Reading:
    """The reading, or why there is none. The project's only broad handlers are here and in `collect`."""
    try:
        return _read(source, get, memory)
    except TrackerError as error:
        state = "walled" if isinstance(error, BotWallError) else "broken"
        return Reading(source=source, memory=memory, state=state, error=str(error).removeprefix(f"{source.id}: "))
    except Exception as error:
        log.exception("a bug of ours while reading %s", source.id)
        return Reading(source=source, memory=memory, state="broken", error=bug_of_ours(error), bug=True)


def _read(source: Source, get: Get, memory: Memory) -> Reading:
    connector = connectors.load(source.connector)
    fetched = _read_again(connector, get, memory)
    documents = tuple(fetched.values())
    if memory.pages and signature(connector, documents) == {short(page.key): known for page, known in memory.pages}:
        return Reading(source=source, memory=memory, unchanged=True, documents=documents)
    # What was fetched for the comparison is not fetched twice; a list that moves is.
    crawled = crawl(source, connector, lambda request: fetched.pop(request.key, None) or get(request))
    calls, skipped = normalized(source, crawled.harvest)
    harvest = replace(crawled.harvest, skipped=(*crawled.harvest.skipped, *skipped))
    return Reading(
        source=source,
        memory=memory,
        documents=crawled.documents,
        crawled=replace(crawled, harvest=harvest),
        calls=calls,
        pages=signature(connector, crawled.documents),
    )


def _read_again(connector: Connector, get: Get, memory: Memory) -> dict[str, RawDocument]:
    """The pages of the last healthy run once more, up to the first that differs: nothing is parsed for this."""
    fetched: dict[str, RawDocument] = {}
    for request, known in memory.pages:
        if request.is_bare:
            break  # what it was lent stands on a page before it, and may have changed
        try:
            document = get(request)
        except SourceError:
            if request.optional:
                break
            raise
        fetched[request.key] = document
        if page_hash(connector, document.body) != known:
            break
    return fetched


def bug_of_ours(error: Exception) -> str:
    """What is said of a fault that is none of the source's."""
    return f"a bug of ours ({type(error).__name__}: {error}); the log has the details"
