"""The program `tracker`: its commands by name, and what an exit code says.

0 well · 1 a source failed · 2 configuration, usage or a line that cannot be read · 3 another run holds the lock ·
4 unknown call, source or week · 70 a bug of ours
"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from tracker import __version__
from tracker.cli import adding, asking, evaluating, matching, setting_up, sourcing, teaching, working
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


# Name, function, and what the list of commands says of it.
for _name, _function, _says in (
    ("init", setting_up.init, "Make a home."),
    ("check-config", setting_up.check_config, "Name every mistake in the two YAML files."),
    ("collect", working.collect, "Read the sources now."),
    ("run", working.run, "Do whatever is due: what cron calls."),
    ("schedule", working.schedule, "Stay and do whatever is due, without cron."),
    ("reparse", working.reparse, "Read the archived answers again."),
    ("digest", working.digest, "Tell the week, or show it again."),
    ("demo", setting_up.demo, "Show the whole job without a network."),
    ("add", adding.add, "Enter a call that somebody heard of."),
    ("new-source", sourcing.new_source, "Begin an entry of sources.yaml."),
    ("check", sourcing.check, "Show what a source's pages are read as."),
    ("calls", asking.calls, "All calls that we know."),
    ("changes", asking.changes, "What was new, moved or gone."),
    ("show", asking.show, "One call with everything about it."),
    ("explain", matching.explain, "Why a call was judged so."),
    ("sources", asking.sources, "Every source, and how it stands."),
    ("tag", asking.tag, "Say what a call is to the team."),
    ("tags", asking.tags, "All tags, oldest first."),
    ("match", matching.match, "Judge calls from a file."),
    ("evaluate", evaluating.evaluate, "Measure the matcher."),
    ("lessons", teaching.lessons, "What the team's tags taught."),
    ("rules", teaching.rules, "Rules that hide calls, proposed and accepted."),
    ("forget", teaching.forget, "Begin anew with what the tags teach."),
):
    app.command(_name, short_help=_says)(_function)


def main(arguments: list[str] | None = None) -> None:
    """Run a command; say what went wrong in words, and in the exit code. Always ends with SystemExit."""
    try:
        app(arguments, prog_name="tracker")
    except TrackerError as error:
        typer.echo(explain(error), err=True)
        sys.exit(next((code for kind, code in EXIT.items() if isinstance(error, kind)), 1))
    except Exception as error:  # noqa: BLE001 - the last resort: log_bug writes the traceback to the log
        typer.echo(log_bug(error), err=True)
        sys.exit(BUG)
