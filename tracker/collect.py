"""fetch → parse → normalize → check → compare → store, per source. One source's failure never stops another's.

Sources on one host are read one after another, hosts side by side; what was read is applied here, in one thread,
one transaction per source.
"""

from __future__ import annotations

import logging
import statistics
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial
from queue import SimpleQueue
from threading import Event
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from tracker import connectors
from tracker.archive import Archive
from tracker.changes import Plan, plan, plan_unchanged
from tracker.checks import History, check
from tracker.errors import FetchError, TrackerError
from tracker.fetch import Fetcher
from tracker.health import MEDIAN_OVER
from tracker.home import Home
from tracker.model import ChangeKind, Finding, RawDocument, Request, Source
from tracker.normalize import status_on
from tracker.reading import completed, reread
from tracker.records import Run
from tracker.reserve import stand_ins
from tracker.store import Store
from tracker.values import fingerprint
from tracker.visit import AGAIN, Reading, bug_of_ours, remembered, visit

log = logging.getLogger(__name__)

WORKERS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one source in this run, as told to the administrator. `first`: it had never been read before."""

    source: Source
    run: Run
    new: int = 0
    changes: int = 0
    first: bool = False
    bug: bool = False

    @property
    def failed(self) -> bool:
        """`not set up` is no failure."""
        return not self.run.healthy and self.run.state != "not set up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Collector:
    """What collecting needs: where to read and write, and what time it is. `zone` is the city's.

    `stand_ins`: the ids of those that stand in for a source while it is blind.
    """

    store: Store
    fetcher: Fetcher
    archive: Archive
    order: Sequence[str]
    now: datetime
    zone: str
    environ: Mapping[str, str]
    stand_ins: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The date in the city."""
        return self.now.astimezone(ZoneInfo(self.zone)).date()


@contextmanager
def open_collector(home: Home, store: Store, *, now: datetime, environ: Mapping[str, str]) -> Iterator[Collector]:
    """A collector for a home. Its moments are `now`; pauses, time-outs and TLS go by the real clock."""
    archive = Archive(home.archive, keep=home.profile.archive_scans)
    contact = home.profile.contact
    with Fetcher(contact=contact, archive=archive, clock=lambda: now, environ=environ) as fetcher:
        yield Collector(
            store=store,
            fetcher=fetcher,
            archive=archive,
            order=home.order,
            now=now,
            zone=home.profile.city.zone,
            environ=environ,
            stand_ins=stand_ins(home),
        )


def collect(collector: Collector, sources: Iterable[Source]) -> Iterator[Outcome]:
    """Read these sources and apply what they brought; yields each outcome as soon as it stands."""
    ready = []
    for source in sources:
        if source.needs_env and not collector.environ.get(source.needs_env):
            yield _not_set_up(collector, source)
        else:
            ready.append(source)
    with closing(_readings(collector, ready)) as readings:
        for reading in readings:
            yield _apply_safely(collector, reading)


def _readings(collector: Collector, sources: Sequence[Source]) -> Generator[Reading, None, None]:
    """Each source as read, in the order in which they are done."""
    last = collector.store.crawl.last_run
    memories = {source.id: remembered(source, last(source.id, healthy=True), collector.archive) for source in sources}
    groups, done, ended = _by_host(sources), SimpleQueue[Reading](), Event()

    def get(source: Source, request: Request) -> RawDocument:
        if ended.is_set():
            raise FetchError(request.url, "the run was ended", source=source.id)
        return collector.fetcher.get(source, request)

    def read_host(group: Sequence[Source]) -> None:
        for source in group:
            done.put(visit(source, partial(get, source), memories[source.id]))

    with ThreadPoolExecutor(max_workers=max(1, min(WORKERS, len(groups)))) as pool:
        for group in groups:
            pool.submit(read_host, group)
        try:
            for _ in sources:
                yield done.get()
        finally:
            ended.set()  # Ctrl-C: what was asked for is waited for, nothing more is asked


def _apply_safely(collector: Collector, reading: Reading) -> Outcome:
    """The outcome, whatever happens. The only other broad handler is in `visit`."""
    try:
        with collector.store.explained():
            return _apply(collector, reading)
    except TrackerError as error:
        log.error("%s could not be applied: %s", reading.source.id, error)
        return Outcome(source=reading.source, run=_failed(collector, reading, str(error)))
    except Exception as error:
        log.exception("a bug of ours while applying %s", reading.source.id)
        return Outcome(source=reading.source, run=_failed(collector, reading, bug_of_ours(error)), bug=True)


def _apply(collector: Collector, reading: Reading) -> Outcome:
    source, store = reading.source, collector.store
    if reading.error:
        run = _failed(collector, reading, reading.error)
        with store.atomic():
            store.crawl.add_run(run)
        return Outcome(source=source, run=run, bug=reading.bug)
    if reading.crawled is None:
        return _apply_unchanged(collector, reading)
    findings = (*reading.crawled.findings, *_checked(collector, reading))
    fatal = [finding for finding in findings if finding.fatal]
    harvest = reading.crawled.harvest
    run = Run(
        source_id=source.id,
        started_at=collector.now,
        state="shrunk" if fatal else "ok",
        healthy=not fatal,
        calls=len(reading.calls),
        rows=harvest.rows,
        repeated=harvest.repeated,
        requests=len(reading.documents),
        findings=findings,
        error="; ".join(finding.message for finding in fatal),
        mark=reading.memory.mark + (AGAIN if reading.crawled.again else ""),
        pages=reading.pages,
    )
    if fatal:
        _archive(collector, reading, healthy=False)
        with store.atomic():
            store.crawl.add_run(run)
        return Outcome(source=source, run=run)
    outcome = _apply_healthy(collector, reading, run)
    if _archive(collector, reading, healthy=True):
        _finish(collector, reading)
    return outcome


def _apply_healthy(collector: Collector, reading: Reading, run: Run) -> Outcome:
    store, source_id = collector.store, reading.source.id
    _catch_up(collector, reading)
    known = store.crawl.known(source_id)
    half_read = reading.crawled.half_read if reading.crawled else ()
    calls = completed(reading.calls, half_read, known, hints=connectors.gives_hints(reading.source))
    untried = store.crawl.last_run(source_id, healthy=True) is None
    first_run = untried and not _steps_in(store, reading.source)
    twins = store.crawl.twins(source_id, (call for call in calls if call.external_id not in known))
    planned = plan(
        known,
        calls,
        today=collector.today,
        first_run=first_run,
        proves_absence=run.repeated == 0 and not run_skipped(reading),
        status_on=status_on,
        joins=twins,
        # What its source had taken off the list, a stand-in may have held all along: no return was seen.
        revives=() if untried else store.crawl.gone_everywhere(twins),
        lists_all=connectors.lists_all(reading.source),
    )
    with store.atomic():
        store.crawl.apply(run, planned, order=collector.order, twins=twins, stock=first_run)
        _relieve(collector, reading.source)
    return replace(_outcome(reading.source, run, planned), first=first_run)


def _steps_in(store: Store, source: Source) -> bool:
    """It continues what another source began: what only it has seen is news, not stock."""
    named = source.stands_in_for
    return bool(named) and store.crawl.last_run(named, healthy=True) is not None


def _relieve(collector: Collector, source: Source) -> None:
    """A source that answers again speaks for itself: what its stand-ins list counts no longer."""
    for helper in collector.stand_ins.get(source.id, ()):
        collector.store.crawl.stand_down(helper, today=collector.today, order=collector.order)


def _catch_up(collector: Collector, reading: Reading) -> None:
    """After an update of ours or a change of sources.yaml: what is only read differently now is rewritten first.

    So that what follows compares two answers of the portal, and not two ways of reading one.
    """
    store, source = collector.store, reading.source
    last = store.crawl.last_run(source.id, healthy=True)
    if last is None or last.mark.removesuffix(AGAIN) == reading.memory.mark:
        return
    try:
        calls, _crawled = reread(source, collector.archive, last, store.crawl.known(source.id))
    except TrackerError as error:
        log.info("%s was not read again from the archive: %s", source.id, error)
        return
    with store.atomic():
        store.crawl.replace_calls(source.id, calls, collector.now)


def run_skipped(reading: Reading) -> bool:
    """Rows that could not be read may be the very calls that seem absent."""
    return bool(reading.crawled and reading.crawled.harvest.skipped)


def _apply_unchanged(collector: Collector, reading: Reading) -> Outcome:
    """The same bytes as last time: nothing to parse; only what was missing is missing once more."""
    store, source_id = collector.store, reading.source.id
    last = store.crawl.last_run(source_id, healthy=True)
    assert last is not None  # noqa: S101 - without a healthy run there is no signature to be equal to
    missing = store.crawl.known(source_id, missing_only=True)
    planned = plan_unchanged(
        missing,
        today=collector.today,
        proves_absence=_proved_absence(last),
        lists_all=connectors.lists_all(reading.source),
    )
    run = replace(last, started_at=collector.now, requests=len(reading.documents), unchanged=True)
    with store.atomic():
        store.crawl.apply(run, planned, order=collector.order, twins={}, stock=False)
        _relieve(collector, reading.source)
    _finish(collector, reading)  # after a crash in between, what the last run left to do
    return _outcome(reading.source, run, planned)


def _proved_absence(last: Run) -> bool:
    return last.repeated == 0 and last.rows == last.calls


def _checked(collector: Collector, reading: Reading) -> tuple[Finding, ...]:
    if reading.crawled is None:
        return ()
    store, source = collector.store, reading.source
    counts = store.crawl.healthy_counts(source.id, collector.now - MEDIAN_OVER)
    last = store.crawl.last_run(source.id, healthy=True)
    pages = [call.external_id for call in reading.calls if call.page]
    if pages:
        _catch_up(collector, reading)  # a narrower selector is no shorter page
    median = statistics.median(counts) if counts else None
    history = History(last=last.calls if last else None, median=median, texts=store.crawl.texts(source.id, pages))
    return check(reading.crawled.harvest, connectors.expected(source), history)


def _archive(collector: Collector, reading: Reading, *, healthy: bool) -> bool:
    """After the store: what is archived as healthy has been applied. A full disk loses no call and gives False."""
    try:
        collector.archive.save(
            reading.source.id,
            at=collector.now,
            documents=reading.documents,
            healthy=healthy,
            mark=fingerprint(reading.pages),  # by this the store's last run and its answers find each other
        )
    except TrackerError as error:
        log.warning("the answers of %s could not be archived: %s", reading.source.id, error)
        return False
    return True


def _finish(collector: Collector, reading: Reading) -> None:
    """What a source wants done with answers that are safe now. Where that fails they are read again, as known ones."""
    wanted = [document for document in reading.documents if dict(document.request.note).get("after")]
    if not wanted:
        return
    try:
        collector.fetcher.finish(reading.source, wanted)
    except TrackerError as error:
        log.warning("what %s has read could not be marked or moved: %s", reading.source.id, error)


def _failed(collector: Collector, reading: Reading, error: str) -> Run:
    state = reading.state if reading.state != "ok" else "broken"
    return Run(source_id=reading.source.id, started_at=collector.now, state=state, healthy=False, error=error)


def _outcome(source: Source, run: Run, planned: Plan) -> Outcome:
    new = sum(1 for change in planned.changes if change.kind is ChangeKind.NEW)
    return Outcome(source=source, run=run, new=new, changes=len(planned.changes) - new)


def _not_set_up(collector: Collector, source: Source) -> Outcome:
    run = Run(
        source_id=source.id,
        started_at=collector.now,
        state="not set up",
        healthy=False,
        error=f"needs {source.needs_env} in the environment",
    )
    last = collector.store.crawl.last_run(source.id)
    if last is None or last.state != run.state:
        with collector.store.atomic():
            collector.store.crawl.add_run(run)
    return Outcome(source=source, run=run)


def _by_host(sources: Iterable[Source]) -> list[list[Source]]:
    groups: dict[str, list[Source]] = {}
    for source in sources:
        groups.setdefault(urlsplit(source.url).netloc.casefold(), []).append(source)
    return list(groups.values())
