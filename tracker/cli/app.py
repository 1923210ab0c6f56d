"""The program `tracker`: its commands by name, and what an exit code says.

0 well · 1 a source failed · 2 configuration or usage · 3 another run holds the lock · 4 unknown call, source or week ·
70 a bug of ours
"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from tracker import __version__
from tracker.cli import asking, setting_up, working
from tracker.cli.context import Context, explain, log_bug
from tracker.errors import ConfigError, LockedError, TrackerError, UnknownError

EXIT = {ConfigError: 2, LockedError: 3, UnknownError: 4}
BUG = 70

app = typer.Typer(
    name="tracker",
    help="The funding radar of a city's Europe office.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"tracker {__version__}")
        raise typer.Exit


@app.callback()
def options(
    context: typer.Context,
    home: Annotated[
        str | None, typer.Option(metavar="DIR", help="The home; else TRACKER_HOME, else the current folder.")
    ] = None,
    now: Annotated[
        str | None, typer.Option(metavar="ISO-TIME", help="Work as if it were this moment (for tests and replays).")
    ] = None,
    _asked: Annotated[
        bool, typer.Option("--version", help="Say which version this is.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """The funding radar of a city's Europe office."""
    context.obj = Context(home_given=home, now_given=now)


app.command("init")(setting_up.init)
app.command("check-config")(setting_up.check_config)
app.command("collect")(working.collect)
app.command("run")(working.run)
app.command("schedule")(working.schedule)
app.command("reparse")(working.reparse)
app.command("digest")(working.digest)
app.command("demo")(setting_up.demo)
app.command("calls")(asking.calls)
app.command("changes")(asking.changes)
app.command("show")(asking.show)
app.command("sources")(asking.sources)
app.command("tag")(asking.tag)
app.command("tags")(asking.tags)


def main(arguments: list[str] | None = None) -> None:
    """Run a command; say what went wrong in words, and in the exit code. Always ends with SystemExit."""
    try:
        app(arguments)
    except TrackerError as error:
        typer.echo(explain(error), err=True)
        sys.exit(next((code for kind, code in EXIT.items() if isinstance(error, kind)), 1))
    except Exception as error:  # noqa: BLE001 - the last resort: log_bug writes the traceback to the log
        typer.echo(log_bug(error), err=True)
        sys.exit(BUG)
