"""The whole job on this machine: two recorded days a week apart, a fixed clock, no network. It never ages.

The portal shows its first day from Monday, 8 June 2026, and its second one from Saturday on; the job reads it daily.
A call counts as withdrawn only when three daily runs have missed it: on the Monday after, the digest says so.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from importlib.resources import files
from pathlib import Path
from zoneinfo import ZoneInfo

from tracker import job
from tracker.collect import Outcome
from tracker.config import init
from tracker.demo.portal import portal
from tracker.errors import ConfigError
from tracker.home import Home, open_home
from tracker.store import Store

MARK = ".made-by-tracker-demo"
MADE = ("archive", "digests", "tracker.*", "sources.yaml", "profile.yaml")
ZONE = ZoneInfo("Europe/Berlin")
FIRST = datetime(2026, 6, 8, 6, tzinfo=ZONE)
TURNED = datetime(2026, 6, 13, 6, tzinfo=ZONE)
LAST = datetime(2026, 6, 15, 6, tzinfo=ZONE)


def show(directory: Path, say: Callable[[str], None], *, program: str = "tracker") -> Path:
    """Make a home in `directory`, run the week, leave the digest. Returns its HTML file. Raises ConfigError.

    `program`: how tracker was called, for the line that says how to look around.
    """
    _make_room(directory)
    with portal() as stage:
        home = _home(directory, stage.address)
        store = home.store()
        try:
            for day in _days():
                stage.second = day >= TURNED
                say(f"{day:%A, %d %B %Y, %H:%M}: the portal shows its {'second' if stage.second else 'first'} day")
                _work(home, store, day, say)
        finally:
            store.close()
    page = max((directory / "digests").glob("*.html"))
    say("")
    say("That was the weekly job on recorded answers: a new call, a moved deadline, a call that left its list, and a")
    say("source that turned us away. The digest:")
    for form in ("html", "txt", "eml", "ics", "json"):
        say(f"  {page.with_suffix(f'.{form}').resolve()}")
    say(f"Look around: {program} --home {directory} --now {LAST:%Y-%m-%dT%H:%M} sources (or calls, changes, show CALL)")
    return page


def _days() -> Iterable[datetime]:
    return (FIRST + timedelta(days=count) for count in range((LAST - FIRST).days + 1))


def _work(home: Home, store: Store, day: datetime, say: Callable[[str], None]) -> None:
    """Every day reads; only the last one tells, so that the reader's first digest holds a week of news."""
    with home.lock():
        if day < LAST:
            job.read(home, store, list(home.enabled), now=day, environ={}, say=_indented(say), shown=_plain)
        else:
            job.run(home, store, now=day, environ={}, say=_indented(say), shown=_plain)


def _plain(outcomes: Iterable[Outcome], _total: int) -> Iterable[Outcome]:
    return outcomes


def _indented(say: Callable[[str], None]) -> Callable[[str], None]:
    return lambda line: say(f"  {line}")


def _make_room(directory: Path) -> None:
    """Only what an earlier demo made is removed. Raises ConfigError for a folder that is somebody else's."""
    foreign = directory.is_symlink() or (directory.exists() and not directory.is_dir())
    if foreign or (directory.is_dir() and any(directory.iterdir()) and not (directory / MARK).is_file()):
        raise ConfigError(f"{directory} exists and was not made by the demo: name another folder with --dir")
    try:
        for made in MADE:
            for path in directory.glob(made):
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        directory.mkdir(parents=True, exist_ok=True)
        (directory / MARK).touch()
    except OSError as error:
        raise ConfigError(f"{directory} cannot be written: {error.strerror}") from None


def _home(directory: Path, address: str) -> Home:
    init(directory)
    template = files("tracker.demo").joinpath("sources.yaml").read_text(encoding="utf-8")
    (directory / "sources.yaml").write_text(template.replace("PORTAL", address), encoding="utf-8")
    return open_home(directory)
