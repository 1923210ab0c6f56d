"""Commands of the first day: init, check-config, demo."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from tracker.cli.context import given, say


def init(target: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to make a home of.")]) -> None:
    """Make a home: sources.yaml, profile.yaml and a folder for the digests. Overwrites nothing."""
    from tracker import config

    for path in config.init(target):
        say(f"written: {path}")
    say(f"Next: edit {target / 'profile.yaml'}, then `tracker --home {target} check-config` and `… run`.")


def check_config(context: typer.Context) -> None:
    """Read sources.yaml and profile.yaml and name every mistake with file, line and key."""
    from tracker import config, connectors
    from tracker.model import Source

    def start(source: Source) -> None:
        list(connectors.load(source.connector).start(source))

    home = config.find_home(given(context).home_given, os.environ, Path.cwd())
    problems = config.check(home, connectors.KNOWN, start)
    for problem in problems:
        say(str(problem))
    if any(not problem.warning for problem in problems):
        raise typer.Exit(2)
    say(f"{home}: sources.yaml and profile.yaml can be used.")


def demo(
    directory: Annotated[
        Path, typer.Option("--dir", metavar="DIR", help="Where the demo's home is made (anew each time).")
    ] = Path("demo"),
) -> None:
    """Run the real job against a small portal on this machine: two recorded days that never age. Needs no network."""
    from tracker.demo import show

    show(directory, say, program=sys.argv[0] if sys.argv[0].endswith("tracker") else "tracker")
