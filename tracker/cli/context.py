"""What every command shares: the home, the moment, the log, and how answers are printed."""

from __future__ import annotations

import json
import logging
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
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
YEARS = range(1900, 3000)  # beyond them a change of zone may leave the calendar
# What a terminal obeys instead of showing it: control characters, and marks that turn the direction of writing.
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


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
    def open(self, *, lock: bool = False) -> Iterator[tuple[Home, Store, datetime]]:
        """Home, store and moment. With `lock` for the only run at work: it comes before the store is touched."""
        home = self.home()
        now = self.now(home)
        with home.lock() if lock else nullcontext():
            store = home.store()
            try:
                with store.explained():
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
    if parsed.year not in YEARS:
        raise ConfigError(f"{name}: the year of {words!r} is not between {YEARS.start} and {YEARS.stop - 1}")
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=ZoneInfo(zone))


def explain(error: TrackerError) -> str:
    """An error for the terminal: what is wrong, one line per mistake."""
    words = "\n".join(error.problems) if isinstance(error, ConfigError) else f"tracker: {error}"
    return OBEYED.sub("", words)


def log_bug(error: Exception) -> str:
    """Write the traceback to the log; returns the one line for the terminal."""
    logger = logging.getLogger("tracker")
    if not log_path():  # it happened before a home was found
        _log_to(Path.cwd() / LOG_NAME, "INFO")
    logger.error("a bug of ours", exc_info=error)
    said = OBEYED.sub("", str(error)).partition("\n")[0]
    return f"tracker: a bug of ours ({type(error).__name__}: {said}); please report it with {log_path()}"


def log_path() -> str:
    """The file that the log goes to; "" before a home was found."""
    handlers = logging.getLogger("tracker").handlers
    return next((handler.baseFilename for handler in handlers if isinstance(handler, logging.FileHandler)), "")


def _log_to(path: Path, level: str) -> None:
    """One file, turned over at a megabyte; tracebacks go here and never to the terminal."""
    from logging.handlers import RotatingFileHandler

    logging.raiseExceptions = False  # a log that cannot be written (a full disk) is no traceback on the terminal
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
    """Words for people. What the terminal cannot show is replaced, what it would obey is left out."""
    _out(shown(line))


def shown(words: str) -> str:
    """Words as this terminal can show them: most of them were written by strangers."""
    encoding = sys.stdout.encoding or "utf-8"
    return OBEYED.sub("", words).encode(encoding, "replace").decode(encoding)


def print_json(value: Any) -> None:
    """One JSON value."""
    _out(_json(value, indent=2))


def print_json_line(value: Mapping[str, Any]) -> None:
    """One JSON value on a line of its own."""
    _out(_json(value))


def _json(value: Any, indent: int | None = None) -> str:
    """Letters as they are where the terminal has them; nothing is lost where it has not."""
    unicode = (sys.stdout.encoding or "utf-8").lower().replace("-", "").startswith("utf")
    words = json.dumps(value, ensure_ascii=not unicode, indent=indent)
    return OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", words)


def _out(line: str) -> None:
    """Print. Where nobody listens any more (`tracker calls | head`) the work goes on in silence."""
    try:
        typer.echo(line)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table: framed on a terminal, plain columns separated by tabs in a pipe or under cron."""
    if not sys.stdout.isatty():
        for row in rows:
            say("\t".join(_one_line(cell) for cell in row))
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    framed = Table(header_style="bold")
    for heading in headings:
        framed.add_column(heading, overflow="fold")  # an id that is cut short is of no use
    for row in rows:
        framed.add_row(*(Text(shown(_one_line(cell))) for cell in row))  # Text: what a portal wrote is never markup
    Console().print(framed)


def _one_line(words: str) -> str:
    return "".join(c if c.isprintable() else " " for c in words)


def iso(at: datetime | date | None) -> str | None:
    """As told to programs: moments in UTC with seconds, days as days."""
    if at is None:
        return None
    if isinstance(at, datetime):
        return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return at.isoformat()
