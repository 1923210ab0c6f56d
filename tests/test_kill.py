"""A run that is killed, doubled, or meets a full disk or a damaged file loses nothing and tells nothing twice."""

from __future__ import annotations

import os
import shutil
import sqlite3
from dataclasses import replace

import pytest

from tests.killing import Driver
from tests.portals import FACES, Shown, a_home, entries, held, serving, some
from tracker.archive import Archive
from tracker.errors import LockedError, StoreError

pytestmark = pytest.mark.faults

FIRST, SIXTH, SEVENTH, LAST, TUESDAY, NEXT = (f"2026-11-{day:02}T06:00" for day in (2, 7, 8, 9, 10, 16))
TABLES = ("calls", "origins", "identities", "changes", "matches", "ledger", "digests")
LASTING = {"begin", "insert", "update", "delete", "commit", "open", "os.rename", "os.remove", "create"}
NOBODY = 65_534
ALL = "TRACKER_KILL_ALL" in os.environ


@pytest.fixture(scope="module")
def portal():
    with serving() as portal:
        portal.reset(6)
        yield portal


@pytest.fixture(scope="module")
def driver(tmp_path_factory):
    with Driver(tmp_path_factory.mktemp("said")) as driver:
        yield driver


@pytest.fixture(scope="module")
def known(portal, driver, tmp_path_factory):
    """A home in which the first digest is told and a call has been missing for two days."""
    home = a_home(tmp_path_factory.mktemp("kill") / "home", entries(portal.address))
    driver.here("--home", str(home.path), "--now", FIRST, "run")
    portal.shown["list"] = some(6)[1:]
    for now in (SIXTH, SEVENTH):
        assert driver.run("--home", str(home.path), "--now", now, "run")[0] == 0
    portal.shown["eu"].append(Shown(key="UU-NEW", title="Städtepartnerschaft und Klimaschutz"))
    portal.shown["feed"][0] = replace(portal.shown["feed"][0], deadlines=("2027-05-01",))
    return home


@pytest.fixture
def home(known, tmp_path):
    shutil.copytree(known.path, tmp_path / "home")
    return replace(known, path=tmp_path / "home")


def tracker(driver, home, *command, now=LAST, **given):
    return driver.run("--home", str(home.path), "--now", now, *command, **given)


def kept(home):
    """Every row that matters and every file that was told."""
    store = home.store()
    try:
        found = {
            table: sorted(store.db.query(f"select * from {table}"), key=str)  # noqa: S608 - our own names
            for table in TABLES
        }
    finally:
        store.close()
    files = {path.name: path.read_bytes() for path in home.digests.iterdir() if not path.name.startswith(".")}
    return {**found, "files": files}


def archived(home):
    """How many scans of each source can be read, with all their answers."""
    archive = Archive(home.archive)
    scans = {face: archive.scans(face) for face in FACES}
    assert all(archive.documents(scan) for found in scans.values() for scan in found)
    return {face: len(found) for face, found in scans.items()}


def chosen(names, count):
    """So many of the moments that write, evenly over the run, half of them just before a commit or the move of a file.

    TRACKER_KILL_ALL=1 takes all of them, which takes minutes.
    """
    writing = [number for number, name in enumerate(names) if name in LASTING]
    turning = [number for number in writing if names[number] in {"commit", "os.rename"}]
    if ALL:
        return writing
    return sorted({some[place * len(some) // count] for some in (writing, turning) for place in range(count)})


# ---------------------------------------------------------------- kill -9


def test_a_weekly_run_killed_at_any_moment_loses_nothing_and_tells_nothing_twice(known, driver, tmp_path):
    whole = replace(known, path=tmp_path / "whole")
    shutil.copytree(known.path, whole.path)
    assert tracker(driver, whole, "run", watch=True)[0] == 0
    wanted, names = kept(whole), driver.moments()
    assert {change["kind"] for change in wanted["changes"]} == {"new", "deadline", "withdrawn"}
    for moment in chosen(names, 6):
        killed = replace(known, path=tmp_path / str(moment))
        shutil.copytree(known.path, killed.path)
        assert tracker(driver, killed, "run", kill=moment)[0] == -9
        code, said = tracker(driver, killed, "run")
        assert code == 0, (moment, names[moment], said)
        assert kept(killed) == wanted, (moment, names[moment])
        archived(killed)
        if names[moment] == "os.rename":  # between store and archive: the next reading brings them together
            assert tracker(driver, killed, "collect", now=TUESDAY)[0] == 0
            code, said = tracker(driver, killed, "reparse", now=TUESDAY)
            assert code == 0 and said.count("0 rewritten, 0 new") == 4, (moment, said)


def test_a_first_run_killed_at_any_moment_begins_anew(portal, known, driver, tmp_path):
    def fresh(name):
        home = replace(known, path=tmp_path / name)
        home.path.mkdir()
        for file in ("sources.yaml", "profile.yaml"):
            shutil.copy(known.path / file, home.path)
        return home

    whole = fresh("whole")
    assert tracker(driver, whole, "run", watch=True)[0] == 0
    wanted, names = kept(whole), driver.moments()
    for moment in chosen(names, 3):
        killed = fresh(str(moment))
        assert tracker(driver, killed, "run", kill=moment)[0] == -9
        code, said = tracker(driver, killed, "run")
        assert code == 0, (moment, names[moment], said)
        assert kept(killed) == wanted, (moment, names[moment])


def test_a_reading_that_was_killed_and_repeated_tells_the_same(known, driver, tmp_path):
    whole = replace(known, path=tmp_path / "whole")
    shutil.copytree(known.path, whole.path)
    assert tracker(driver, whole, "collect", watch=True)[0] == 0
    wanted, names = kept(whole), driver.moments()
    for moment in chosen(names, 3):
        killed = replace(known, path=tmp_path / str(moment))
        shutil.copytree(known.path, killed.path)
        assert tracker(driver, killed, "collect", kill=moment)[0] == -9
        for _ in range(2):
            assert tracker(driver, killed, "collect")[0] == 0
        assert without_runs(kept(killed)) == without_runs(wanted), (moment, names[moment])


def without_runs(found):
    """Which run noted a change differs where runs were repeated."""
    return {**found, "changes": [{**change, "run_no": 0} for change in found["changes"]]}


# ---------------------------------------------------------------- two at once


def test_a_second_run_at_the_same_time_ends_at_once_with_3(home, driver):
    with home.lock():
        for command in ("run", "collect", "reparse", "digest"):
            code, said = tracker(driver, home, command)
            assert code == 3 and "another run" in said and str(home.path) in said
        with pytest.raises(LockedError), home.lock():
            pass
    assert tracker(driver, home, "run")[0] == 0


def test_runs_that_start_together_in_a_new_home_do_the_work_once(known, driver, tmp_path):
    home = replace(known, path=tmp_path / "home")
    home.path.mkdir()
    for file in ("sources.yaml", "profile.yaml"):
        shutil.copy(known.path / file, home.path)
    options = ("--home", str(home.path), "--now", LAST)
    ended = driver.together([(*options, "run")] * 3 + [(*options, "calls")] * 3)
    assert {code for code, _said in ended[:3]} <= {0, 3}, ended
    assert {code for code, _said in ended[3:]} == {0}, ended
    assert sum("digest 2026-W46" in said for _code, said in ended) == 1


def test_who_only_asks_need_not_wait(home, driver):
    with home.lock():
        for command in ("calls", "changes", "sources", "tags"):
            assert tracker(driver, home, command)[0] == 0


# ---------------------------------------------------------------- a file that is not what it was


def test_a_database_of_a_newer_version_is_refused_and_left_alone(home, driver):
    path = home.path / "tracker.db"
    with sqlite3.connect(path) as db:
        db.execute("insert into _sqlite_migrations (migration_set, name, applied_at) values ('tracker', 'm999_x', '')")
    db.close()
    before = path.read_bytes()
    code, said = tracker(driver, home, "run")
    assert code == 1 and "newer version of tracker (m999_x)" in said and str(path) in said
    assert path.read_bytes() == before


def garbage(path):
    path.write_bytes(b"Das war einmal eine Datenbank. " * 1_000)


def cut_off(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def scratched(path):
    body = bytearray(path.read_bytes())
    body[4_096:] = b"\xff" * (len(body) - 4_096)
    path.write_bytes(body)


def one_page(path):
    """A page in the middle: the tables can be listed, and some rows can be read."""
    body = bytearray(path.read_bytes())
    place = body.index(b"Foerderprogramm") // 4_096 * 4_096
    body[place : place + 4_096] = b"\xff" * 4_096
    path.write_bytes(body)


@pytest.mark.parametrize("damage", [garbage, cut_off, scratched, one_page])
@pytest.mark.parametrize("command", ["run", "calls"])
def test_a_damaged_database_is_named_in_plain_words(home, driver, damage, command):
    path = home.path / "tracker.db"
    damage(path)
    before = path.read_bytes()
    code, said = tracker(driver, home, command)
    assert code == 1, said
    assert "no intact database" in said and "backup" in said and "bug" not in said and "Traceback" not in said
    assert damage is one_page or path.read_bytes() == before


def test_reading_again_from_an_archive_that_is_behind_is_refused(home, driver):
    """As after a kill between store and archive, or on a full disk: older answers would bring older values back."""
    older = home.path / "older"
    shutil.copytree(home.archive, older)
    assert tracker(driver, home, "run")[0] == 0
    wanted = kept(home)
    shutil.rmtree(home.archive)
    older.rename(home.archive)
    code, said = tracker(driver, home, "reparse")
    assert code == 1 and "eu: the last reading is not in the archive" in said and "tracker collect eu" in said
    assert kept(home) == wanted
    assert tracker(driver, home, "collect")[0] == 0
    assert tracker(driver, home, "reparse")[0] == 0
    assert without_runs(kept(home)) == without_runs(wanted)


def test_a_damaged_archive_costs_a_reading_and_nothing_else(home, driver):
    for path in home.archive.rglob("*.gz"):
        path.write_bytes(path.read_bytes()[:20])
    code, said = tracker(driver, home, "run")
    assert code == 0 and "eu: 7 calls; 1 new" in said
    assert set(archived(home).values()) == {1}


# ---------------------------------------------------------------- a disk that refuses


@pytest.mark.parametrize("kilobytes", [1, 20, 40, 60])
def test_a_full_disk_is_named_and_leaves_nothing_half_written(home, driver, kilobytes):
    """A quota of the process stands for the disk: each file may grow to some kilobytes only."""
    code, said = tracker(driver, home, "run", largest=kilobytes * 1_000)
    assert code == 1, said
    assert "disk" in said and "bug" not in said and "Traceback" not in said, said
    archived(home)
    for now in (LAST, NEXT):
        assert tracker(driver, home, "run", now=now)[0] == 0
    found = kept(home)
    assert {change["kind"] for change in found["changes"]} == {"new", "deadline", "withdrawn"}
    told = [entry["ref"] for entry in found["ledger"] if entry["kind"] == "change"]
    assert sorted(told) == [change["no"] for change in found["changes"]] == [1, 2, 3]


def write_much(store):
    with store.atomic():
        store.db.execute("update origins set title = 'x'")
        store.db.execute("update origins set description = ?", ["x" * 1_000_000])


def test_a_disk_that_fills_up_within_a_run_keeps_what_was_known(home):
    """SQLite's own word for a full disk, from a limit of its own."""
    store = home.store()
    before = held(store)
    pages = store.db.execute("pragma page_count").fetchone()[0]
    store.db.execute(f"pragma max_page_count = {pages}")
    with pytest.raises(StoreError, match="the disk is full; nothing was written"):
        write_much(store)
    assert held(store) == before
    store.close()


@pytest.mark.parametrize("command", ["run", "collect", "digest"])
def test_a_home_without_permission_is_named(known, driver, command, tmp_path_factory):
    home = replace(known, path=tmp_path_factory.mktemp("barred") / "home")
    shutil.copytree(known.path, home.path)
    for folder in (home.path, *home.path.parents):
        if folder.owner() == home.path.owner() and folder.stat().st_mode & 0o777 == 0o700:
            folder.chmod(0o755)
    for path in (home.path, *home.path.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    code, said = tracker(driver, home, command, user=NOBODY)
    home.path.chmod(0o755)
    assert code == 1 and "bug" not in said and "Traceback" not in said, said
    assert "permission" in said or "read-only" in said or "cannot be" in said, said
