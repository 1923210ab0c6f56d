"""One run: who is due, what is read, what is told; and that a second run does nothing twice."""

from __future__ import annotations

import logging
import signal
import threading
from datetime import UTC, datetime, timedelta

import pytest

from tests.builders import a_source
from tests.homes import PROFILE, TWO_READERS, at, make_home, opened, own_log, portal_sources, read, run
from tracker import job
from tracker.collect import Outcome
from tracker.demo.portal import portal as demo_portal
from tracker.errors import TrackerError
from tracker.model import Finding
from tracker.records import Run
from tracker.schedule import keep_running

NOW = datetime(2026, 6, 15, 4, tzinfo=UTC)
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
ENDINGS = ("eml", "html", "ics", "json", "txt")


@pytest.fixture(scope="module")
def portal():
    with demo_portal() as stage:
        yield stage


@pytest.fixture
def home(portal, tmp_path):
    portal.second = False
    return make_home(tmp_path / "home", portal_sources(portal.address))


def due(attempt=None, success=None, *, every=DAY, now=NOW):
    """Moments are how long ago."""
    return job.due(
        None if attempt is None else now - attempt,
        None if success is None else now - success,
        now=now,
        retry=HOUR,
        every=every,
        zone="Europe/Berlin",
    )


# ---------------------------------------------------------------- who is due


def test_a_source_that_was_never_read_is_due():
    assert due()


def test_a_daily_source_is_due_on_the_next_day_of_the_city_however_many_hours_that_is():
    assert not due(HOUR, HOUR)
    assert not due(6 * HOUR - timedelta(seconds=1), 6 * HOUR - timedelta(seconds=1))  # 00:00:01 in Ludwigsburg
    assert due(6 * HOUR + timedelta(seconds=1), 6 * HOUR + timedelta(seconds=1))  # 23:59:59 the day before
    assert due(DAY - 10 * timedelta(minutes=1), DAY - 10 * timedelta(minutes=1))  # 06:10 yesterday, 06:00 today


@pytest.mark.parametrize(("every", "ago", "wanted"), [(WEEK, 6 * DAY, False), (WEEK, 7 * DAY, True)])
def test_a_weekly_source_is_due_after_seven_days(every, ago, wanted):
    assert due(ago, ago, every=every) is wanted


def test_an_hourly_source_is_due_by_the_clock():
    assert not due(HOUR - timedelta(seconds=1), HOUR - timedelta(seconds=1), every=HOUR)
    assert due(HOUR, HOUR, every=HOUR)


def test_a_failed_attempt_is_repeated_after_the_hours_of_the_profile_and_not_before():
    assert not due(HOUR - timedelta(seconds=1), 3 * DAY)
    assert due(HOUR, 3 * DAY)
    assert not due(HOUR / 2) and due(HOUR)  # whether or not it ever succeeded


def test_a_success_after_a_failure_ends_the_waiting():
    assert not due(2 * HOUR, HOUR)


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
def test_the_day_on_which_the_clock_changes_is_one_day(day):
    last, now = at(f"{day}T00:30"), at(f"{day}T23:30")
    given = {"retry": HOUR, "every": DAY, "zone": "Europe/Berlin"}
    assert not job.due(last, last, now=now, **given)
    assert job.due(last, last, now=now + HOUR, **given)


# ---------------------------------------------------------------- runs


def test_a_second_run_asks_nobody_and_tells_nobody(home, portal):
    outcomes, said = run(home, "2026-06-15T06:00")
    assert len(outcomes) == 4 and any(line.startswith("digest 2026-W25") for line in said)
    asked = len(portal.asked)
    written = {path: path.stat().st_mtime_ns for path in home.digests.iterdir()}
    assert run(home, "2026-06-15T06:17") == ([], [])
    assert len(portal.asked) == asked
    assert {path: path.stat().st_mtime_ns for path in home.digests.iterdir()} == written


def test_every_day_reads_and_only_monday_tells(home):
    run(home, "2026-06-15T06:00")
    for day in range(16, 22):
        outcomes, said = run(home, f"2026-06-{day}T06:00")
        assert len(outcomes) == 4 and not any("digest" in line for line in said)
    assert any(line.startswith("digest 2026-W26") for line in run(home, "2026-06-22T06:00")[1])


def test_only_the_failed_source_is_tried_again_and_only_after_the_hour(home, portal):
    portal.second = True
    outcomes, _said = run(home, "2026-06-15T06:00")
    assert [outcome.source.id for outcome in outcomes if outcome.failed] == ["foerderdatenbank"]
    assert run(home, "2026-06-15T06:59")[0] == []
    assert [outcome.source.id for outcome in run(home, "2026-06-15T07:00")[0]] == ["foerderdatenbank"]
    portal.second = False
    (mended,), _said = run(home, "2026-06-15T08:00")
    assert mended.source.id == "foerderdatenbank" and mended.run.healthy
    assert run(home, "2026-06-15T09:00")[0] == []


def test_the_hours_until_the_next_try_stand_in_the_profile(portal, tmp_path):
    portal.second = True
    profile = PROFILE + "schedule: {retry_hours: 6}\n"
    home = make_home(tmp_path / "home", portal_sources(portal.address), profile)
    run(home, "2026-06-15T06:00")
    assert run(home, "2026-06-15T11:59")[0] == []
    assert len(run(home, "2026-06-15T12:00")[0]) == 1


def test_files_that_somebody_deleted_are_written_again_identically(home):
    run(home, "2026-06-15T06:00")
    told = {path.name: path.read_bytes() for path in home.digests.iterdir()}
    assert sorted(told) == [f"2026-W25.{ending}" for ending in ENDINGS]
    for name in ("2026-W25.html", "2026-W25.ics"):
        (home.digests / name).unlink()
    outcomes, said = run(home, "2026-06-15T18:00")
    assert outcomes == [] and "2026-W25" in said[0]
    assert {path.name: path.read_bytes() for path in home.digests.iterdir()} == told


def test_each_reader_is_told_once(portal, tmp_path):
    portal.second = False
    home = make_home(tmp_path / "home", portal_sources(portal.address), TWO_READERS)
    _outcomes, said = run(home, "2026-06-15T06:00")
    assert [line.split()[3].rstrip(":") for line in said if line.startswith("digest")] == ["europabuero", "klima"]
    names = {path.name for path in home.digests.iterdir()}
    assert names == {f"2026-W25{group}.{ending}" for group in ("", ".klima") for ending in ENDINGS}
    assert run(home, "2026-06-15T07:00") == ([], [])


def test_before_anything_was_ever_read_no_digest_is_told_and_the_first_success_makes_up_for_it(portal, tmp_path):
    portal.second = True
    only = portal_sources(portal.address)
    only = "sources:\n" + only[only.index("  foerderdatenbank:") : only.index("  # A foundation")]
    home = make_home(tmp_path / "home", only)
    outcomes, said = run(home, "2026-06-15T06:00")
    assert [outcome.run.state for outcome in outcomes] == ["walled"]
    assert said[1] == "For the administrator:" and said[2].startswith("  began: foerderdatenbank: walled: ")
    assert said[3:] == [
        "no digest yet: no source has been read so far",
        "No portal could be read; the lines above say why. `make demo` shows the whole job without a network.",
    ]
    assert not home.digests.exists()
    portal.second = False
    assert any(line.startswith("digest 2026-W25") for line in run(home, "2026-06-15T08:00")[1])


def test_one_source_that_answers_is_enough_for_a_digest_that_names_the_blind_one(home, portal):
    portal.second = True
    _outcomes, said = run(home, "2026-06-15T06:00")
    assert not any("make demo" in line for line in said)
    assert "Förderdatenbank" in (home.digests / "2026-W25.txt").read_text(encoding="utf-8").partition("Blind:")[2]


def test_reading_judges_what_it_brought(home):
    read(home, "2026-06-15T06:00", "eu-portal")
    with opened(home) as store:
        assert set(store.telling.matches("ludwigsburg")) == {stored.no for stored in store.crawl.calls()}


def test_a_source_switched_off_is_not_read(portal, tmp_path):
    portal.second = False
    text = portal_sources(portal.address).replace("  rundbrief:\n", "  rundbrief:\n    enabled: false\n")
    outcomes, _said = run(make_home(tmp_path / "home", text), "2026-06-15T06:00")
    assert [outcome.source.id for outcome in outcomes] == ["eu-portal", "foerderdatenbank", "stiftung-beispiel"]


# ---------------------------------------------------------------- what is said


def an_outcome(*, new=0, changes=0, first=False, **given):
    values = {"source_id": "stadtnetz", "started_at": NOW, "state": "ok", "healthy": True, "calls": 7, **given}
    return Outcome(source=a_source(), run=Run(**values), new=new, changes=changes, first=first)


@pytest.mark.parametrize(
    ("outcome", "line"),
    [
        (an_outcome(new=2, changes=1), "stadtnetz: 7 calls; 2 new, 1 changed"),
        (an_outcome(new=1, calls=1), "stadtnetz: 1 call; 1 new"),
        (an_outcome(), "stadtnetz: 7 calls"),
        (an_outcome(calls=0), "stadtnetz: 0 calls"),
        (an_outcome(first=True), "stadtnetz: 7 calls; read for the first time, so all of them are stock"),
        (an_outcome(unchanged=True), "stadtnetz: 7 calls; the same answer as last time"),
        (an_outcome(findings=(Finding(message="2 rows came twice"),)), "stadtnetz: 7 calls; 2 rows came twice"),
        (an_outcome(state="walled", healthy=False, calls=None, error="Wall"), "stadtnetz: walled: Wall"),
    ],
)
def test_a_line_says_what_became_of_a_source(outcome, line):
    assert job.line(outcome) == line


# ---------------------------------------------------------------- schedule


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (TrackerError("the disk is full"), "tracker: the disk is full"),
        (ZeroDivisionError("x"), "tracker: a bug of ours (ZeroDivisionError: x); the log has the details"),
    ],
)
def test_the_schedule_stays_after_a_failed_run_says_why_and_ends_when_told_to(error, line, capfd):
    said = []

    def fails():
        raise error

    def say(words):
        said.append(words)
        if len(said) == 1:
            signal.pthread_kill(threading.main_thread().ident, signal.SIGTERM)  # as `systemctl stop` does

    with own_log():
        logging.getLogger("tracker").propagate = False
        logging.getLogger("tracker").addHandler(logging.NullHandler())
        keep_running(fails, every=HOUR, say=say)
    assert said == [line, "stopped"]
    assert "Traceback" not in capfd.readouterr().err


# ---------------------------------------------------------------- what the administrator is told


def quietly(home, now):
    """What `tracker run --quiet` prints."""
    said: list[str] = []
    with opened(home) as store:
        job.run(
            home,
            store,
            now=at(now),
            environ={},
            say=lambda _line: None,
            shown=lambda outcomes, _total: outcomes,
            to_administrator=said.append,
        )
    return said


def test_a_fault_is_told_when_it_begins_once_a_week_and_when_it_is_over(portal, home):
    assert quietly(home, "2026-06-01T06:00") == []
    portal.second = True  # the Förderdatenbank is walled
    (_heading, began) = quietly(home, "2026-06-08T06:00")
    assert began.startswith("  began: foerderdatenbank: walled: ") and "Radware" in began
    assert quietly(home, "2026-06-08T08:00") == quietly(home, "2026-06-12T06:00") == []
    (_heading, lasts) = quietly(home, "2026-06-15T06:00")
    assert lasts.startswith("  lasts: foerderdatenbank: walled since 2026-06-08 (7 days): ")
    portal.second = False
    (_heading, over) = quietly(home, "2026-06-16T06:00")
    assert over == "  is over: foerderdatenbank: read again; it was walled since 2026-06-08 04:00 UTC"
    assert quietly(home, "2026-06-19T06:00") == []
