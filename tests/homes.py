"""Homes for tests of the whole job: the demo's portal behind them, a small profile, a clock that is told."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tracker import job
from tracker.archive import Archive
from tracker.collect import Collector, Outcome
from tracker.fetch import Fetcher
from tracker.home import Home, open_home
from tracker.store import Store

ZONE = ZoneInfo("Europe/Berlin")
PROFILE = """\
key: ludwigsburg
city: {name: Ludwigsburg, country: DE, state: Baden-Württemberg, zone: Europe/Berlin}
contact: europa@ludwigsburg.example
partners:
  montbeliard: {name: Montbéliard, country: FR, topics: [food-waste, twinning], focus: [2026]}
  ambato: {name: Ambato, country: EC, status: climate, topics: [climate]}
topics:
  food-waste:
    label: {de: Lebensmittelverschwendung, en: Food waste}
    keywords: {de: [Lebensmittelverschwendung], en: [food waste]}
  twinning:
    label: {de: Städtepartnerschaft, en: Town twinning}
    keywords: {de: [Partnerstädte, Städtepartnerschaft], en: [town twinning, twin towns]}
  climate:
    label: {de: Klima, en: Climate}
    keywords: {de: [Klimaschutz], en: [climate change adaptation, climate neutrality]}
readers:
  europabuero: {name: Europabüro}
digest: {day: monday, hour: 6}
"""
TWO_READERS = PROFILE.replace(
    "digest:",
    "  klima: {name: Climate team, language: en, topics: [climate], cities: [ambato]}\ndigest:",
)


def at(words: str) -> datetime:
    """That moment by the clock of Ludwigsburg."""
    return datetime.fromisoformat(words).replace(tzinfo=ZONE)


def portal_sources(address: str) -> str:
    """The demo's four sources, at that address."""
    return files("tracker.demo").joinpath("sources.yaml").read_text(encoding="utf-8").replace("PORTAL", address)


def make_home(folder: Path, sources: str, profile: str = PROFILE) -> Home:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "sources.yaml").write_text(sources, encoding="utf-8")
    (folder / "profile.yaml").write_text(profile, encoding="utf-8")
    return open_home(folder)


def copied(home: Home, target: Path) -> Home:
    """The same home elsewhere, with its database, for a test that writes."""
    shutil.copytree(home.path, target)
    return open_home(target)


@contextmanager
def opened(home: Home) -> Iterator[Store]:
    store = home.store()
    try:
        yield store
    finally:
        store.close()


def read(home: Home, now: str, *names: str) -> list[Outcome]:
    """What `tracker collect` does."""
    wanted = [source for source in home.enabled if not names or source.id in names]
    with opened(home) as store:
        return job.read(home, store, wanted, now=at(now), environ={}, say=_nobody, shown=_bare)


def run(home: Home, now: str) -> tuple[list[Outcome], list[str]]:
    """What `tracker run` does, and what it says."""
    said: list[str] = []
    with opened(home) as store:
        return job.run(home, store, now=at(now), environ={}, say=said.append, shown=_bare), said


@contextmanager
def collecting(
    home: Home, store: Store, now: datetime, *, environ: Mapping[str, str] | None = None, **fetching: Any
) -> Iterator[Collector]:
    """A collector that does not wait between two tries; `fetching` is for the Fetcher."""
    archive, environ = fetching.pop("archive", None) or Archive(home.archive), environ or {}
    given = {"contact": "a@b.example", "archive": archive, "clock": lambda: now, "environ": environ}
    with Fetcher(**{**given, "sleep": lambda _seconds: None, **fetching}) as fetcher:
        yield Collector(
            store=store,
            fetcher=fetcher,
            archive=archive,
            order=home.order,
            now=now,
            zone="Europe/Berlin",
            environ=environ,
        )


@contextmanager
def own_log() -> Iterator[None]:
    """The program sets up its log for good; a test gives it back."""
    logger = logging.getLogger("tracker")
    before = logger.handlers[:], logger.level, logger.propagate, logging.raiseExceptions
    try:
        yield
    finally:
        for handler in logger.handlers:
            if handler not in before[0]:
                handler.close()
        logger.handlers[:], logger.level, logger.propagate, logging.raiseExceptions = before


def _nobody(_line: str) -> None:
    """Nobody listens."""


def _bare(outcomes: Iterable[Outcome], _total: int) -> Iterable[Outcome]:
    return outcomes
