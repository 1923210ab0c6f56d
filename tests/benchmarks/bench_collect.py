"""Collecting one recorded day of the EU portal, whole processes: tracker against a Scrapy spider with default settings.

Prints medians and ratios of one run; asserts that both stored the same calls, never a time.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from dataclasses import astuple, dataclass
from pathlib import Path
from statistics import median

import pytest

from tests.shared import PORTALS, RECORDED, needs_recorded

pytestmark = [pytest.mark.benchmark, needs_recorded]
ROUNDS = 5
DAY = "2026-04-21"
NOW, LATER = f"{DAY}T06:00:00+02:00", f"{DAY}T18:00:00+02:00"
HERE = Path(__file__).parent
SOURCES = """\
sources:
  eu-portal:
    connector: eu_portal
    url: {base}/search-api/prod/rest/search
    options:
      details: {base}/info/funding-tenders/opportunities/data/topicDetails/
    pause: 0
    robots: false
    max_requests: 400
    zone: Europe/Brussels
"""


# The recorded portal, writing down when each request came: the clock of "first request to committed rows".
STAMPING = """
import importlib.util, sys, time
spec = importlib.util.spec_from_file_location("portal", sys.argv[1])
portal = importlib.util.module_from_spec(spec)
spec.loader.exec_module(portal)
stamps = open(sys.argv[2], "a", buffering=1)
def stamped(answer):
    def do(self):
        if not self.path.startswith("/__"):
            print(time.time(), file=stamps)
        answer(self)
    return do
portal.Handler.do_GET = stamped(portal.Handler.do_GET)
portal.Handler.do_POST = stamped(portal.Handler.do_POST)
sys.argv = [sys.argv[1], *sys.argv[3:]]
portal.main()
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """One process: seconds of wall time from its start, seconds from its first request, MiB at its peak."""

    seconds: float
    reading: float
    peak: float


@dataclass(frozen=True, slots=True)
class Portal:
    """The recorded portal on this machine and the file of its request times."""

    base: str
    stamps: Path

    def times(self) -> list[float]:
        return [float(line) for line in self.stamps.read_text(encoding="utf-8").split()]


def measure(*command: str | Path, portal: Portal | None = None) -> Measured:
    seen = len(portal.times()) if portal else 0
    started = time.time()
    with subprocess.Popen([*map(str, command)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        said = process.stdout.read() if process.stdout else b""
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    ended = time.time()
    assert process.returncode == 0, said.decode()
    asked = portal.times()[seen:] if portal else []
    return Measured(ended - started, ended - asked[0] if asked else 0.0, used.ru_maxrss / 1024)


def tracker(*words: str | Path, portal: Portal | None = None) -> Measured:
    return measure(sys.executable, "-m", "tracker", *words, portal=portal)


def middle(runs: list[Measured]) -> Measured:
    return Measured(*(median(values) for values in zip(*map(astuple, runs), strict=True)))


def show(name: str, run: Measured) -> None:
    print(f"  {name:32} {run.seconds:7.2f} s, {run.reading:5.2f} s from the first request, {run.peak:5.0f} MiB")


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    stamps = tmp_path_factory.mktemp("portal") / "stamps"
    stamps.touch()
    days = RECORDED / "eu" / "sedia-days.json.gz"
    command = [sys.executable, "-c", STAMPING, PORTALS / "sedia_server.py", stamps, days, "--port", "0", "--date", DAY]
    with subprocess.Popen([*map(str, command)], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        yield Portal(base=server.stdout.readline().split()[-1], stamps=stamps)
        server.terminate()


def stored(database: Path, table: str) -> set[str]:
    with sqlite3.connect(database) as opened:
        rows = opened.execute(f"select external_id from {table}").fetchall()  # noqa: S608 - our own words
    opened.close()
    return {key for (key,) in rows}


@pytest.fixture
def home(tmp_path, portal):
    def make(name: str) -> Path:
        folder = tmp_path / name
        tracker("init", folder)
        (folder / "sources.yaml").write_text(SOURCES.format(base=portal.base), encoding="utf-8")
        return folder

    return make


def database_of(folder: Path) -> Path:
    (found,) = folder.glob("*.db")
    return found


def test_collecting_a_day_stores_what_a_spider_stores(home, portal, tmp_path):
    ours, theirs, again = [], [], []
    for number in range(ROUNDS):  # turn and turn about, so that a busy minute of the machine meets both
        folder, spiders = home(f"home{number}"), tmp_path / f"spider{number}.db"
        before = len(portal.times())
        ours.append(tracker("--home", folder, "--now", NOW, "collect", "eu-portal", portal=portal))
        between = len(portal.times())
        spider = [HERE / "portal_spider.py", "-a", f"base={portal.base}", "-a", f"database={spiders}"]
        theirs.append(measure(sys.executable, "-m", "scrapy", "runspider", *spider, portal=portal))
        after = len(portal.times())
        again.append(tracker("--home", folder, "--now", LATER, "collect", "eu-portal", portal=portal))
        assert stored(database_of(folder), "origins") == stored(spiders, "calls")
        assert between - before == after - between  # the same requests, or the comparison is none
    mine, spider_run, second = middle(ours), middle(theirs), middle(again)
    print(f"\nOne recorded day ({DAY}), medians of {ROUNDS}:")
    show("tracker collect, first run", mine)
    show("tracker collect, nothing changed", second)
    show("Scrapy with default settings", spider_run)
    print(f"  time   tracker / Scrapy            {mine.reading / spider_run.reading:7.2f} from the first request")
    print(f"  time   tracker / Scrapy            {mine.seconds / spider_run.seconds:7.2f} whole process")
    print(f"  memory tracker / Scrapy            {mine.peak / spider_run.peak:7.2f}")
    print(f"  time   second run / first run      {second.reading / mine.reading:7.2f} from the first request")


def test_help_comes_without_loading_the_house():
    runs = {"tracker --help": ["-m", "tracker", "--help"], "python -c pass": ["-c", "pass"]}
    taken = {name: middle([measure(sys.executable, *words) for _ in range(ROUNDS)]) for name, words in runs.items()}
    print(f"\nStart, medians of {ROUNDS}:")
    for name, run in taken.items():
        show(name, run)
    print(
        f"  tracker --help / python -c pass    {taken['tracker --help'].seconds / taken['python -c pass'].seconds:7.1f}"
    )
    said = subprocess.run([sys.executable, "-m", "tracker", "--help"], capture_output=True, text=True, check=True)
    assert "collect" in said.stdout
