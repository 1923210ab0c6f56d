"""One run of the job: the sources that are due are read, calls judged, the digest told if it is due."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from tracker import notify
from tracker.collect import Outcome, collect, open_collector
from tracker.config import interval
from tracker.home import Home
from tracker.judge import judge
from tracker.model import Source
from tracker.store import Store

Say = Callable[[str], None]
Shown = Callable[[Iterable[Outcome], int], Iterable[Outcome]]  # a progress bar around the outcomes, or nothing


def run(
    home: Home, store: Store, *, now: datetime, environ: Mapping[str, str], say: Say, shown: Shown
) -> list[Outcome]:
    """What cron calls. The caller holds the lock. Twice in a row does nothing twice."""
    outcomes = read(home, store, due_sources(home, store, now), now=now, environ=environ, say=say, shown=shown)
    for reader, week in list(notify.readers_due(home, store, now=now)):
        telling = notify.tell(home, store, reader, week=week, now=now)
        say(f"digest {week} for {reader.key}: {telling.rendered.subject}")
        say(f"  {telling.files[0]}")
    if outcomes and not any(outcome.run.healthy for outcome in outcomes):
        say("No portal could be read; the lines above say why. `make demo` shows the whole job without a network.")
    return outcomes


def read(
    home: Home,
    store: Store,
    sources: list[Source],
    *,
    now: datetime,
    environ: Mapping[str, str],
    say: Say,
    shown: Shown,
) -> list[Outcome]:
    """Read these sources now and judge what they brought."""
    outcomes = []
    if sources:
        with open_collector(home, store, now=now, environ=environ) as collector:
            for outcome in shown(collect(collector, sources), len(sources)):
                outcomes.append(outcome)
                say(line(outcome))
    judge(store, home.profile)
    return outcomes


def due_sources(home: Home, store: Store, now: datetime) -> list[Source]:
    """The enabled sources that `tracker run` should read now."""
    return list(_due_sources(home, store, now))


def _due_sources(home: Home, store: Store, now: datetime) -> Iterator[Source]:
    retry = timedelta(hours=home.profile.schedule.retry_hours)
    for source in home.enabled:
        last, good = store.crawl.last_run(source.id), store.crawl.last_run(source.id, healthy=True)
        if due(
            last.started_at if last and last.state != "not set up" else None,
            good.started_at if good else None,
            now=now,
            retry=retry,
            every=interval(source.rhythm),
            zone=home.profile.city.zone,
        ):
            yield source


def due(
    last_attempt: datetime | None,
    last_success: datetime | None,
    *,
    now: datetime,
    retry: timedelta,
    every: timedelta,
    zone: str,
) -> bool:
    """Whether `tracker run` should read the source now.

    Rhythms of whole days count calendar days in the city's zone, so that a run at 06:14 follows one at 06:15.
    A failed attempt is repeated after `retry`.
    """
    if (
        last_attempt
        and last_attempt > (last_success or datetime.min.replace(tzinfo=UTC))
        and now - last_attempt < retry
    ):
        return False
    if last_success is None:
        return True
    if every < timedelta(days=1):
        return now - last_success >= every
    city = ZoneInfo(zone)
    return now.astimezone(city).date() - last_success.astimezone(city).date() >= every


def line(outcome: Outcome) -> str:
    """One source's outcome for the administrator."""
    run = outcome.run
    if not run.healthy:
        return f"{run.source_id}: {run.state}: {run.error}"
    parts = [f"{run.calls} calls", f"{outcome.new} new", f"{outcome.changes} changed"]
    if run.unchanged:
        parts.append("nothing has changed")
    parts += [finding.message for finding in run.findings]
    return f"{run.source_id}: {'; '.join(parts)}"
