"""Commands that do the work: collect, run, schedule, reparse, digest."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tracker.cli.context import Context, given, iso, print_json, say
from tracker.errors import ConfigError, UnknownError

if TYPE_CHECKING:
    from tracker.collect import Collector, Outcome
    from tracker.home import Home
    from tracker.model import Source
    from tracker.store import Store

FAILED, BUG = 1, 70
Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of lines for people.")]


def collect(
    context: typer.Context,
    names: Annotated[list[str] | None, typer.Argument(metavar="[SOURCE]...", help="Ids of sources; none: all.")] = None,
    as_json: Json = False,
) -> None:
    """Read the sources now, whatever their rhythm, and note what is new, moved or gone."""
    with given(context).open() as (home, store, now), home.lock():
        outcomes = _collect(home, store, _named(home, names or []), now, quiet=as_json)
        _judge(home, store)
    if as_json:
        print_json(_collected(outcomes, now))
    _exit(outcomes)


def run(context: typer.Context) -> None:
    """What cron calls: read the sources that are due, then tell the digest if it is due."""
    outcomes = run_once(given(context))
    _exit(outcomes)


def run_once(context: Context) -> list[Outcome]:
    """One run of the weekly job."""
    from tracker import notify

    with context.open() as (home, store, now), home.lock():
        outcomes = _collect(home, store, _due(home, store, now), now)
        _judge(home, store)
        for reader, week in list(notify.readers_due(home, store, now=now)):
            telling = notify.tell(home, store, reader, week=week, now=now)
            say(f"digest {week} for {reader.key}: {telling.rendered.subject}")
            say(f"  {telling.files[0]}")
        if outcomes and not any(outcome.run.healthy for outcome in outcomes):
            say("No portal could be read; the lines above say why. `make demo` shows the whole job without a network.")
    return outcomes


def schedule(
    context: typer.Context,
    minutes: Annotated[int, typer.Option(help="How often to look what is due.", min=1)] = 60,
) -> None:
    """Stay in the foreground and run whatever is due, for machines without cron."""
    from tracker.schedule import keep_running

    keep_running(lambda: run_once(given(context)), every=timedelta(minutes=minutes), say=say)


def reparse(
    context: typer.Context,
    names: Annotated[list[str] | None, typer.Argument(metavar="[SOURCE]...", help="Ids of sources; none: all.")] = None,
    as_json: Json = False,
) -> None:
    """Read the archived answers again after a parser fix; needs no network and tells no false news."""
    from tracker.reparse import reparse as read_again

    with given(context).open() as (home, store, now), home.lock(), _collector(home, store, now) as collector:
        results = [read_again(collector, source) for source in _named(home, names or [])]
        _judge(home, store)
    if as_json:
        print_json(
            [
                {"id": r.source_id, "calls": r.calls, "rewritten": r.rewritten, "new": r.new, "error": r.error or None}
                for r in results
            ]
        )
    else:
        for r in results:
            say(
                f"{r.source_id}: {r.error}"
                if r.error
                else f"{r.source_id}: {r.calls} calls, {r.rewritten} rewritten, {r.new} new"
            )
    if any(result.error for result in results):
        raise typer.Exit(FAILED)


def digest(
    context: typer.Context,
    week: Annotated[str | None, typer.Option(metavar="2026-W47", help="A week; without it the present one.")] = None,
    preview: Annotated[bool, typer.Option("--preview", help="Show what would be told; store nothing.")] = False,
    as_json: Json = False,
) -> None:
    """Tell the week's digest: the first time it is stored, later renderings are the same byte for byte."""
    from tracker import notify
    from tracker.digest_json import to_json

    with given(context).open() as (home, store, now):
        present = notify.week_of(now.astimezone(_zone(home)).date())
        wanted = _week(week) if week else present
        readers = home.profile.readers
        if preview:
            if wanted != present:
                raise UnknownError(f"only the present week ({present}) can be previewed")
            _judge(home, store)
            tellings = [notify.preview(home, store, reader, week=wanted, now=now) for reader in readers[:1]]
        elif wanted != present:
            tellings = [notify.retell(home, store, reader, week=wanted) for reader in readers]
        else:
            with home.lock():
                _judge(home, store)
                tellings = [notify.tell(home, store, reader, week=wanted, now=now) for reader in readers]
    first = tellings[0]
    if as_json:
        print_json(
            {**to_json(first.digest), "subject": first.rendered.subject, "files": [str(path) for path in first.files]}
        )
    elif preview:
        say(first.rendered.text)
    else:
        for telling in tellings:
            say(telling.rendered.subject)
            for path in telling.files:
                say(f"  {path}")


# ---------------------------------------------------------------- parts


def _zone(home: Home) -> Any:
    from zoneinfo import ZoneInfo

    return ZoneInfo(home.profile.city.zone)


def _week(words: str) -> str:
    if not re.fullmatch(r"\d{4}-W(0[1-9]|[1-4]\d|5[0-3])", words):
        raise ConfigError(f"--week: {words!r} is no ISO week such as 2026-W47")
    return words


def _named(home: Home, names: Iterable[str]) -> list[Source]:
    wanted = list(names)
    if not wanted:
        return list(home.enabled)
    known = {source.id: source for source in home.sources}
    for name in wanted:
        if name not in known:
            raise UnknownError(f"there is no source {name!r} in sources.yaml; known: {', '.join(known)}")
    return [known[name] for name in dict.fromkeys(wanted)]


def _due(home: Home, store: Store, now: datetime) -> list[Source]:
    from tracker.collect import due
    from tracker.config import interval

    retry = timedelta(hours=home.profile.schedule.retry_hours)
    found = []
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
            found.append(source)
    return found


def _collector(home: Home, store: Store, now: datetime) -> Any:
    from tracker.collect import open_collector

    return open_collector(home, store, now=now, environ=os.environ)


def _collect(home: Home, store: Store, sources: list[Source], now: datetime, *, quiet: bool = False) -> list[Outcome]:
    from tracker.collect import collect as read_all

    if not sources:
        return []
    outcomes: list[Outcome] = []
    with _collector(home, store, now) as collector:
        if quiet:
            return list(read_all(collector, sources))
        for outcome in _with_progress(collector, sources, read_all):
            outcomes.append(outcome)
            say(_line(outcome))
    return outcomes


def _with_progress(collector: Collector, sources: list[Source], read_all: Any) -> Iterable[Outcome]:
    """A bar on a terminal; under cron nothing but the lines."""
    if not sys.stderr.isatty():
        yield from read_all(collector, sources)
        return
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    yield from track(read_all(collector, sources), "reading", total=len(sources), console=console, transient=True)


def _line(outcome: Outcome) -> str:
    run = outcome.run
    if not run.healthy:
        return f"{run.source_id}: {run.state}: {run.error}"
    parts = [f"{run.calls} calls", f"{outcome.new} new", f"{outcome.changes} changed"]
    if run.unchanged:
        parts.append("nothing has changed")
    parts += [finding.message for finding in run.findings]
    return f"{run.source_id}: {'; '.join(parts)}"


def _judge(home: Home, store: Store) -> None:
    from tracker.judge import judge

    judge(store, home.profile)


def _collected(outcomes: list[Outcome], now: datetime) -> dict[str, Any]:
    return {
        "at": iso(now),
        "sources": [_outcome(outcome) for outcome in outcomes],
        "new": sum(outcome.new for outcome in outcomes),
        "changes": sum(outcome.changes for outcome in outcomes),
        "failed": sum(outcome.failed for outcome in outcomes),
    }


def _outcome(outcome: Outcome) -> dict[str, Any]:
    run = outcome.run
    return {
        "id": run.source_id,
        "state": run.state,
        "healthy": run.healthy,
        "calls": run.calls,
        "rows": run.rows,
        "repeated": run.repeated,
        "requests": run.requests,
        "new": outcome.new,
        "changes": outcome.changes,
        "unchanged": run.unchanged,
        "findings": [{"message": f.message, "fatal": f.fatal, "url": f.url or None} for f in run.findings],
        "error": run.error or None,
    }


def _exit(outcomes: list[Outcome]) -> None:
    if any(outcome.bug for outcome in outcomes):
        raise typer.Exit(BUG)
    if any(outcome.failed for outcome in outcomes):
        raise typer.Exit(FAILED)
