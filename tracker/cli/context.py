"""What every command shares: the home, the moment, the log, and how answers are printed."""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import typer

from tracker.errors import ConfigError, TrackerError

if TYPE_CHECKING:  # imported when a command runs, for the sake of `tracker --help`
    from tracker.home import Home
    from tracker.store import Store

LOG_NAME = "tracker.log"
LOG_BYTES = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What stood before the command's name."""

    home_given: str | None = None
    now_given: str | None = None

    def home(self) -> Home:
        """The home with its configuration; from here on the log is written there."""
        from tracker.config import find_home, settings
        from tracker.home import open_home

        path = find_home(self.home_given, os.environ, Path.cwd())
        _log_to(path / LOG_NAME, settings(os.environ).log)
        return open_home(path)

    def now(self, home: Home) -> datetime:
        """The moment: `--now`, in the city's zone where it names none, or the clock."""
        if self.now_given is None:
            return datetime.now(UTC)
        return moment(self.now_given, home.profile.city.zone, "--now")

    @contextmanager
    def open(self) -> Iterator[tuple[Home, Store, datetime]]:
        """Home, store and moment, for commands that read or write it."""
        home = self.home()
        now = self.now(home)
        store = home.store()
        try:
            yield home, store, now
        finally:
            store.close()


def given(context: typer.Context) -> Context:
    """The options that stood before the command's name."""
    found: Context = context.find_root().obj
    return found


def moment(words: str, zone: str, name: str) -> datetime:
    """An ISO date or time as an aware moment; without a zone that of the city. ConfigError for anything else."""
    try:
        parsed = datetime.fromisoformat(words)
    except ValueError:
        raise ConfigError(f"{name}: {words!r} is no ISO date or time, such as 2026-11-23T06:00") from None
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=ZoneInfo(zone))


def explain(error: TrackerError) -> str:
    """An error for the terminal: what is wrong, one line per mistake."""
    return f"tracker: {error}" if not isinstance(error, ConfigError) else "\n".join(error.problems)


def log_bug(error: Exception) -> str:
    """Write the traceback to the log; returns the one line for the terminal."""
    logger = logging.getLogger("tracker")
    if not logger.handlers:  # it happened before a home was found
        _log_to(Path.cwd() / LOG_NAME, "INFO")
    logger.error("a bug of ours", exc_info=error)
    place = next(handler.baseFilename for handler in logger.handlers if isinstance(handler, logging.FileHandler))
    return f"tracker: a bug of ours ({type(error).__name__}: {error}); please report it with {place}"


def _log_to(path: Path, level: str) -> None:
    """One file, turned over at a megabyte; tracebacks go here and never to the terminal."""
    from logging.handlers import RotatingFileHandler

    logger = logging.getLogger("tracker")
    for old in list(logger.handlers):
        logger.removeHandler(old)
        old.close()
    handler = RotatingFileHandler(path, maxBytes=LOG_BYTES, backupCount=3, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logger.addHandler(handler)
    logger.setLevel(level)
    logger.propagate = False


def say(line: str = "") -> None:
    """A line for people. Characters that the terminal cannot show are replaced, never an error."""
    encoding = sys.stdout.encoding or "utf-8"
    typer.echo(line.encode(encoding, "replace").decode(encoding))


def print_json(value: Any) -> None:
    """One JSON value."""
    say(json.dumps(value, ensure_ascii=False, indent=2))


def print_json_line(value: Mapping[str, Any]) -> None:
    """One JSON value on a line of its own."""
    say(json.dumps(value, ensure_ascii=False))


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table: framed on a terminal, plain columns separated by tabs in a pipe or under cron."""
    if not sys.stdout.isatty():
        for row in rows:
            say("\t".join(_one_line(cell) for cell in row))
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    shown = Table(*headings, header_style="bold")
    for row in rows:
        shown.add_row(*(Text(_one_line(cell)) for cell in row))  # Text: what a portal wrote is never markup
    Console().print(shown)


def _one_line(words: str) -> str:
    return "".join(c if c.isprintable() else " " for c in words)


def iso(at: datetime | date | None) -> str | None:
    """As told to programs: moments in UTC with seconds, days as days."""
    if at is None:
        return None
    if isinstance(at, datetime):
        return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return at.isoformat()
