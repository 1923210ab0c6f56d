"""The archived answers read again after a parser fix. Needs no network.

The portal has changed nothing, so a value that is read differently now is rewritten silently; a call that the old
parser did not find is new to us and told.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from tracker.changes import plan
from tracker.collect import Collector
from tracker.errors import TrackerError
from tracker.model import Source
from tracker.normalize import status_on
from tracker.reading import reread


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
    store = collector.store
    last, known = store.crawl.last_run(source.id, healthy=True), store.crawl.known(source.id)
    calls, crawled = reread(source, collector.archive, last, known)
    assert last is not None  # noqa: S101 - for the type checker: reread has just refused that
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
