"""Commands for whoever adds a source: new-source, check."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tracker.cli.context import given, iso, print_json, say, table
from tracker.errors import UnknownError

if TYPE_CHECKING:
    from tracker.home import Home
    from tracker.model import Source
    from tracker.trial import Trial

FAILED = 1
RECORDINGS = "recordings"
FIXTURES = Path("tests") / "sources"
SourceId = Annotated[str, typer.Argument(metavar="ID", help="The id of the source: a-z, 0-9 and -.")]


def new_source(
    context: typer.Context,
    name: SourceId,
    url: Annotated[str, typer.Argument(metavar="URL", help="Where its calls stand.")],
    directory: Annotated[
        Path | None,
        typer.Option("--dir", metavar="DIR", help="Where the recording goes; without it recordings/ in the home."),
    ] = None,
    connector: Annotated[
        str, typer.Option(metavar="NAME", help="Take this connector, if the page can be read with it.")
    ] = "",
    only_print: Annotated[bool, typer.Option("--print", help="Print the entry; write nothing.")] = False,
) -> None:
    """Read a page once, guess how it is read, and begin an entry of sources.yaml."""
    from tracker import new_source as beginning
    from tracker.fetch import Fetcher

    home, now = _home(context)
    contact = home.profile.contact
    with Fetcher(contact=contact, archive=None, clock=lambda: now, environ=os.environ) as fetcher:
        begun = beginning.begin(home, name, url, get=fetcher.get, now=now, wanted=connector)
    if only_print:
        say(begun.text.rstrip("\n"))
        return
    folder = (directory or home.path / RECORDINGS) / name
    written = beginning.write(home, begun, folder)
    for line in (*begun.told, *(f"written: {path}" for path in written)):
        say(line)
    again = f" --dir {directory}" if directory else ""
    say(f"Next: `tracker check {name}{again}` shows the calls; complete the entry; `tracker check {name} --live`.")


def check(
    context: typer.Context,
    name: SourceId,
    live: Annotated[bool, typer.Option("--live", help="Ask the site now; stores nothing; proposes bounds.")] = False,
    directory: Annotated[
        Path | None,
        typer.Option(
            "--dir", metavar="DIR", help="The folder of recordings; without it the archive, then recordings/."
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
) -> None:
    """Show the calls that a source's recorded pages are read as, with empty cells marked. Stores nothing."""
    from tracker import trial

    home, now = _home(context)
    source = next((one for one in home.sources if one.id == name), None)
    if source is None:
        known = ", ".join(home.order)
        raise UnknownError(f"there is no source {name!r} in sources.yaml; known: {known}")
    if live and source.needs_env and not os.environ.get(source.needs_env):
        say(f"{name}: not set up: needs {source.needs_env} in the environment")
        return
    if live:
        found = _live(home, source, now)
    else:
        places = [directory] if directory else [home.path / RECORDINGS, home.path / FIXTURES]
        found = trial.offline(source, None if directory else home.archive, [place / name for place in places])
    _print(found, live=live, as_json=as_json)
    if not found.healthy:
        raise typer.Exit(FAILED)


def _home(context: typer.Context) -> tuple[Home, datetime]:
    """The home and the moment. The store stays closed: nothing is asked of it."""
    home = given(context).home()
    return home, given(context).now(home)


def _live(home: Home, source: Source, now: datetime) -> Trial:
    from tracker import trial
    from tracker.fetch import Fetcher

    contact = home.profile.contact
    with Fetcher(contact=contact, archive=None, clock=lambda: now, environ=os.environ) as fetcher:
        return trial.live(source, lambda request: fetcher.get(source, request), at=now)


def _print(found: Trial, *, live: bool, as_json: bool) -> None:
    from tracker.trial import COLUMNS, EMPTY, cells, shares

    if as_json:
        print_json(_shape(found, live=live))
        return
    rows = [[cells(call)[name] or EMPTY for name in COLUMNS] for call in found.calls]
    total = len(found.calls)
    filled = [f"{count} of {total}" for count in shares(found.calls).values()]
    table(COLUMNS, [*rows, filled])
    for line in (*_remarks(found), *(_proposal(found) if live else ())):
        say(line)


def _remarks(found: Trial) -> Iterator[str]:
    count = f"{len(found.calls)} call{'' if len(found.calls) == 1 else 's'}"
    yield f"{found.source.id}: {count} from {found.origin}, {iso(found.at)}"
    for finding in found.findings:
        yield f"{'FAULT' if finding.fatal else 'note'}: {finding.message}"
    if found.unread:
        yield f"note: {len(found.unread)} further pages are not recorded, such as {found.unread[0]}"


def _proposal(found: Trial) -> Iterator[str]:
    from tracker.config import expect_lines
    from tracker.trial import bounds

    proposed = bounds(found.harvest.calls)
    if not proposed:
        yield "No calls, so no bounds are proposed."
        return
    yield "To paste into the entry:"
    seen = f"80 % of the {len(found.harvest.calls)} of {found.at:%Y-%m-%d}" if "max_calls" in proposed else "every page"
    yield from (f"    {line}" for line in expect_lines(proposed, seen))


def _shape(found: Trial, *, live: bool) -> dict[str, Any]:
    from tracker.trial import bounds, cells, shares
    from tracker.values import full

    return {
        "id": found.source.id,
        "origin": found.origin,
        "at": iso(found.at),
        "healthy": found.healthy,
        "calls": [
            {
                **{name: words or None for name, words in cells(call).items()},
                "id": call.id,
                "deadlines": full(call.deadlines),
            }
            for call in found.calls
        ],
        "filled": shares(found.calls),
        "skipped": [{"row": row.where, "reason": row.reason} for row in found.harvest.skipped],
        "findings": [{"message": one.message, "fatal": one.fatal} for one in found.findings],
        "unread": list(found.unread),
        "expect": bounds(found.harvest.calls) if live else None,
    }
