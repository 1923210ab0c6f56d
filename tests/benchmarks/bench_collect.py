"""Collecting one recorded day of the EU portal, whole processes: tracker against a Scrapy spider with default settings.

Prints medians and ratios of one run; asserts that both stored the same calls, never a time.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress
from dataclasses import astuple, dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryFile

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
    """One process: seconds from start to end, seconds from first request to committed rows, MiB at its peak."""

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


def counted(database: Path, table: str) -> int:
    """Committed rows; 0 while there is no such table yet."""
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as opened:
            return int(opened.execute(f"select count(*) from {table}").fetchone()[0])  # noqa: S608 - our own words
    except sqlite3.OperationalError:
        return 0


def peak_of(pid: int) -> float:
    """MiB at its peak so far. Not what wait4 tells: that counts the moment before exec, when it was a copy of us."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return 0.0


def measure(*command: str | Path, portal: Portal, database: Path, table: str) -> Measured:
    """Runs a process to its end, looking a hundred times a second whether `table` has grown."""
    seen, before, committed = len(portal.times()), counted(database, table), 0.0
    peak = 0.0
    with TemporaryFile() as said:
        started = time.time()
        with subprocess.Popen([*map(str, command)], stdout=said, stderr=subprocess.STDOUT) as process:
            done = 0
            while not done:
                time.sleep(0.01)
                peak = max(peak, peak_of(process.pid))
                done, status, _used = os.wait4(process.pid, os.WNOHANG)
                if not committed and counted(database, table) > before:
                    committed = time.time()
            ended, process.returncode = time.time(), os.waitstatus_to_exitcode(status)
        said.seek(0)
        assert process.returncode == 0, said.read().decode()
    assert committed, "nothing was committed"
    return Measured(ended - started, committed - portal.times()[seen], peak)


def tracker(folder: Path, now: str, portal: Portal) -> Measured:
    command = [sys.executable, "-m", "tracker", "--home", folder, "--now", now, "collect", "eu-portal"]
    return measure(*command, portal=portal, database=folder / "tracker.db", table="runs")


def spider(database: Path, portal: Portal) -> Measured:
    options = ["-a", f"base={portal.base}", "-a", f"database={database}"]
    command = [sys.executable, "-m", "scrapy", "runspider", HERE / "portal_spider.py", *options]
    return measure(*command, portal=portal, database=database, table="calls")


def middle(runs: list[Measured]) -> Measured:
    return Measured(*(median(values) for values in zip(*map(astuple, runs), strict=True)))


def show(name: str, run: Measured) -> None:
    print(f"  {name:32} {run.seconds:6.2f} s, of them {run.reading:5.2f} s to committed rows, {run.peak:5.0f} MiB")


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
    with closing(sqlite3.connect(database)) as opened:
        rows = opened.execute(f"select external_id from {table}").fetchall()  # noqa: S608 - our own words
    return {key for (key,) in rows}


@pytest.fixture
def home(tmp_path, portal):
    def make(name: str) -> Path:
        folder = tmp_path / name
        subprocess.run([sys.executable, "-m", "tracker", "init", folder], check=True, capture_output=True)
        (folder / "sources.yaml").write_text(SOURCES.format(base=portal.base), encoding="utf-8")
        return folder

    return make


def test_collecting_a_day_stores_what_a_spider_stores(home, portal, tmp_path):
    ours, theirs, again = [], [], []
    for number in range(ROUNDS):  # turn and turn about, so that a busy minute of the machine meets both
        folder, spiders = home(f"home{number}"), tmp_path / f"spider{number}.db"
        before = len(portal.times())
        ours.append(tracker(folder, NOW, portal))
        between = len(portal.times())
        theirs.append(spider(spiders, portal))
        after = len(portal.times())
        again.append(tracker(folder, LATER, portal))
        assert stored(folder / "tracker.db", "origins") == stored(spiders, "calls")
        assert between - before == after - between  # the same requests, or the comparison is none
    mine, spiders_run, second = middle(ours), middle(theirs), middle(again)
    print(f"\nOne recorded day ({DAY}), medians of {ROUNDS}:")
    show("tracker collect, first run", mine)
    show("tracker collect, nothing changed", second)
    show("Scrapy with default settings", spiders_run)
    print(f"  time   tracker / Scrapy            {mine.reading / spiders_run.reading:6.2f} to committed rows")
    print(f"  time   tracker / Scrapy            {mine.seconds / spiders_run.seconds:6.2f} whole process")
    print(f"  memory tracker / Scrapy            {mine.peak / spiders_run.peak:6.2f}")
    print(f"  time   second run / first run      {second.reading / mine.reading:6.2f} to committed rows")


def seconds_of(*words: str) -> float:
    taken = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        subprocess.run([sys.executable, *words], check=True, capture_output=True)
        taken.append(time.perf_counter() - started)
    return median(taken)


def test_help_comes_without_loading_the_house():
    helped, empty = seconds_of("-m", "tracker", "--help"), seconds_of("-c", "pass")
    print(f"\nStart, medians of {ROUNDS}: tracker --help {helped * 1000:.0f} ms, python -c pass {empty * 1000:.0f} ms")
    print(f"  tracker --help / python -c pass    {helped / empty:6.1f}")
    said = subprocess.run([sys.executable, "-m", "tracker", "--help"], capture_output=True, text=True, check=True)
    assert "collect" in said.stdout
