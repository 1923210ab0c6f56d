"""One run of the job: the sources that are due are read, calls judged, the digest told if it is due."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from tracker import faults
from tracker.collect import Outcome, collect, open_collector
from tracker.config import interval
from tracker.embedding import Absent, Embedder
from tracker.home import Home
from tracker.judge import judge
from tracker.model import Source
from tracker.reserve import in_reserve
from tracker.standing import news_for_administrator
from tracker.store import Store
from tracker.vectors import fill

log = logging.getLogger(__name__)

Say = Callable[[str], None]
Shown = Callable[[Iterable[Outcome], int], Iterable[Outcome]]  # a progress bar around the outcomes, or nothing


def run(
    home: Home,
    store: Store,
    *,
    now: datetime,
    environ: Mapping[str, str],
    say: Say,
    shown: Shown,
    to_administrator: Say | None = None,
    embedder: Callable[[], Embedder | Absent] | None = None,
) -> list[Outcome]:
    """What cron calls. The caller holds the lock. Twice in a row does nothing twice.

    `to_administrator` takes what the administrator must know, each fault once and then weekly; else `say` does.
    `embedder` opens the optional extra; without it, matches rest on words, fields and rules alone.
    """
    read_now = partial(read, home, store, now=now, environ=environ, say=say, shown=shown)
    outcomes = read_now(due_sources(home, store, now))
    if helpers := due_stand_ins(home, store, now):  # asked after the others: one of them may have just gone blind
        outcomes += read_now(helpers)
    if embedder:
        _understand(home, store, embedder, say=say)
    _report(home, store, now=now, say=to_administrator or say)
    _tell(home, store, now=now, say=say)
    if outcomes and not any(outcome.run.healthy for outcome in outcomes):
        say("No portal could be read; the lines above say why. `make demo` shows the whole job without a network.")
    return outcomes


def _understand(home: Home, store: Store, embedder: Callable[[], Embedder | Absent], *, say: Say) -> None:
    """Some of the texts that wait get their vectors, their calls are judged again; the rest waits for later runs."""
    filled = fill(store, home.profile, embedder)
    if isinstance(filled, Absent):
        if filled.installed:  # nobody misses what nobody wanted
            log.warning("meaning: %s", filled.reason)
            say(f"meaning: {filled.reason}")
        return
    if filled.made:
        judge(store, home.profile)
        words = f"meaning: {filled.made} texts embedded, {filled.waiting} wait for later runs"
        log.info(words)
        say(words)


def _report(home: Home, store: Store, *, now: datetime, say: Say) -> None:
    notices = news_for_administrator(home, store, now=now)
    if notices:
        say("For the administrator:")
    for notice in notices:
        said = faults.line(notice)
        log.info("%s: %s", notice.what, said)
        say(f"  {notice.what}: {said}")


def _tell(home: Home, store: Store, *, now: datetime, say: Say) -> None:
    """The week to those who have not been told it.

    While nothing was ever read, a home that was made after the digest was due waits for its first answer; one that has
    been blind since before then tells its readers so.
    """
    from tracker import notify  # Jinja, Babel and the calendar: ten megabytes that reading does not need

    started = store.crawl.first_attempt()
    if not store.crawl.first_healthy() and (started is None or started >= notify.due_moment(home.profile, now)):
        say("no digest yet: no source has been read so far")
        return
    for reader, week in list(notify.readers_due(home, store, now=now)):
        telling = notify.tell(home, store, reader, week=week, now=now)
        say(f"digest {week} for {reader.key}: {telling.rendered.subject}")
        say(f"  {telling.files[0]}")


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
    """Read these sources now and judge what they brought; the outcomes come back in the order of `sources`."""
    outcomes = []
    if sources:
        with open_collector(home, store, now=now, environ=environ) as collector:
            for outcome in shown(collect(collector, sources), len(sources)):
                outcomes.append(outcome)
                say(line(outcome))
    judge(store, home.profile)
    place = {source.id: number for number, source in enumerate(sources)}
    return sorted(outcomes, key=lambda outcome: place[outcome.source.id])


def due_sources(home: Home, store: Store, now: datetime) -> list[Source]:
    """The enabled sources that `tracker run` should read now, without those that only stand in for another one."""
    return list(_due(home, store, now, (source for source in home.enabled if not source.stands_in_for)))


def due_stand_ins(home: Home, store: Store, now: datetime) -> list[Source]:
    """The stand-ins that `tracker run` should read now: their source is blind, and their own rhythm says so."""
    waiting = in_reserve(home, store, now=now)
    needed = (source for source in home.enabled if source.stands_in_for and source.id not in waiting)
    return list(_due(home, store, now, needed))


def _due(home: Home, store: Store, now: datetime, sources: Iterable[Source]) -> Iterator[Source]:
    retry = timedelta(hours=home.profile.schedule.retry_hours)
    for source in sources:
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
    news = [f"{outcome.new} new" if outcome.new else "", f"{outcome.changes} changed" if outcome.changes else ""]
    parts = [
        f"{run.calls} call{'' if run.calls == 1 else 's'}",
        "read for the first time, so all of them are stock" if outcome.first else ", ".join(filter(None, news)),
        "the same answer as last time" if run.unchanged else "",
        *(finding.message for finding in run.findings),
    ]
    return f"{run.source_id}: {'; '.join(filter(None, parts))}"
