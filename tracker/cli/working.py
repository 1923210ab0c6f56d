"""Commands that do the work: collect, run, schedule, reparse, digest."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tracker.cli.context import Context, given, iso, log_path, print_json, say
from tracker.errors import ConfigError, UnknownError

if TYPE_CHECKING:
    from tracker.collect import Outcome
    from tracker.home import Home
    from tracker.model import Source
    from tracker.notify import Telling
    from tracker.store import Store

FAILED, BUG = 1, 70
Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of lines for people.")]


def collect(
    context: typer.Context,
    names: Annotated[list[str] | None, typer.Argument(metavar="SOURCE", help="Ids of sources; none: all.")] = None,
    as_json: Json = False,
) -> None:
    """Read the sources now, whatever their rhythm, and note what is new, moved or gone."""
    from tracker import job
    from tracker.reserve import in_reserve

    with given(context).open(lock=True) as (home, store, now):
        waiting = frozenset[str]() if names else in_reserve(home, store, now=now)
        wanted = [source for source in _named(home, names or []) if source.id not in waiting]
        speak, shown = (_silent, _bare) if as_json else (say, _with_progress)
        outcomes = job.read(home, store, wanted, now=now, environ=os.environ, say=speak, shown=shown)
    if as_json:
        print_json(_collected(outcomes, now))
    _exit(outcomes)


def run(
    context: typer.Context,
    quiet: Annotated[
        bool, typer.Option("--quiet", help="Say only what the administrator must know, as cron mails it.")
    ] = False,
) -> None:
    """What cron calls: read the sources that are due, then tell the digest if it is due."""
    _exit(_run_once(given(context), quiet=quiet))


def _run_once(context: Context, *, quiet: bool = False) -> list[Outcome]:
    from tracker import job
    from tracker.embedding import installed, open_embedder

    speak, shown = (_silent, _bare) if quiet else (say, _with_progress)
    with context.open(lock=True) as (home, store, now):
        return job.run(
            home,
            store,
            now=now,
            environ=os.environ,
            say=speak,
            shown=shown,
            to_administrator=say,
            embedder=open_embedder if installed() else None,
        )


def schedule(
    context: typer.Context,
    minutes: Annotated[int, typer.Option(help="How often to look what is due.", min=1)] = 60,
) -> None:
    """Stay in the foreground and run whatever is due, for machines without cron."""
    from tracker.schedule import keep_running

    keep_running(lambda: _run_once(given(context)), every=timedelta(minutes=minutes), say=say)


def reparse(
    context: typer.Context,
    names: Annotated[list[str] | None, typer.Argument(metavar="SOURCE", help="Ids of sources; none: all.")] = None,
    as_json: Json = False,
) -> None:
    """Read the archived answers again after a parser fix; needs no network and tells no false news."""
    from tracker.collect import open_collector
    from tracker.judge import judge
    from tracker.reparse import reparse as read_again

    with given(context).open(lock=True) as (home, store, now):
        wanted = _named(home, names or [])
        if not names:  # a stand-in that was never needed has nothing to be read again
            never = {one.id for one in wanted if one.stands_in_for and not store.crawl.last_run(one.id, healthy=True)}
            wanted = [source for source in wanted if source.id not in never]
        with open_collector(home, store, now=now, environ=os.environ) as collector:
            results = [read_again(collector, source) for source in wanted]
        judge(store, home.profile)
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
        if preview and wanted != present:
            raise UnknownError(f"only the present week ({present}) can be previewed")
        tellings = list(_tellings(home, store, wanted, now, present=wanted == present, preview=preview))
    first = tellings[0]
    if as_json:
        print_json(
            {**to_json(first.digest), "subject": first.rendered.subject, "files": [str(path) for path in first.files]}
        )
        return
    for telling in tellings:
        if preview:
            say(telling.rendered.text)
            continue
        say(telling.rendered.subject)
        for path in telling.files:
            say(f"  {path}")


def _tellings(home: Home, store: Store, week: str, now: datetime, *, present: bool, preview: bool) -> Iterator[Telling]:
    """One per reader. Of a week gone by: those who were told it; UnknownError where nobody was."""
    from tracker import judge, notify

    readers = home.profile.readers
    if preview:
        found = judge.matches(store, home.profile)
        for reader in readers:
            yield notify.preview(home, store, reader, week=week, now=now, matches=found)
    elif present:
        with home.lock():
            judge.judge(store, home.profile)
            for reader in readers:
                yield notify.tell(home, store, reader, week=week, now=now)
    else:
        told = [reader for reader in readers if store.telling.digest(home.profile.key, reader.key, week)]
        for reader in told or readers:
            yield notify.retell(home, store, reader, week=week)


# ---------------------------------------------------------------- parts


def _zone(home: Home) -> tzinfo:
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


def _with_progress(outcomes: Iterable[Outcome], total: int) -> Iterable[Outcome]:
    """A bar on a terminal; under cron nothing but the lines."""
    if not sys.stderr.isatty():
        yield from outcomes
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(outcomes, "reading", total=total, console=Console(stderr=True), transient=True)


def _bare(outcomes: Iterable[Outcome], _total: int) -> Iterable[Outcome]:
    return outcomes


def _silent(_line: str) -> None:
    """JSON is the only output."""


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
        typer.echo(f"tracker: a bug of ours, as said above; please report it with {log_path()}", err=True)
        raise typer.Exit(BUG)
    if any(outcome.failed for outcome in outcomes):
        raise typer.Exit(FAILED)
