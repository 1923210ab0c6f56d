"""Bugs of ours, hostile words, poor terminals: never a traceback, never a lost answer."""

from __future__ import annotations

import json
import os
import pty
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from tests.cli.said import BRIDGE, MONDAY, rows

pytestmark = pytest.mark.faults

# ---------------------------------------------------------------- bugs of ours


def broken(*_arguments, **_named):
    raise ZeroDivisionError("not\nforeseen")


def test_a_bug_in_a_connector_ends_with_70_a_line_and_the_log_and_the_others_are_read(tracker, fresh, monkeypatch):
    monkeypatch.setattr("tracker.connectors.feed.parse", broken)
    answer = tracker("collect", "--json", home=fresh, now=MONDAY)
    states = {source["id"]: source["state"] for source in answer.json["sources"]}
    assert answer.code == 70 and states["rundbrief"] == "broken" and states["eu-portal"] == "ok"
    (line,) = answer.err.splitlines()
    assert "a bug of ours" in line and str(fresh.path / "tracker.log") in line
    log = (fresh.path / "tracker.log").read_text(encoding="utf-8")
    assert "rundbrief" in log and "ZeroDivisionError" in log and "Traceback" in log


@pytest.mark.parametrize(
    ("place", "command"),
    [
        ("tracker.standing.healths", ("sources",)),
        ("tracker.store.crawl.CrawlTables.calls", ("calls", "--json")),
        ("tracker.notify.render", ("digest",)),
    ],
)
def test_a_bug_anywhere_ends_with_70_one_line_and_the_log(tracker, home, monkeypatch, place, command):
    monkeypatch.setattr(place, broken)
    answer = tracker(*command, home=home, now=MONDAY)
    assert answer.code == 70 and answer.out == ""
    assert answer.err == (
        f"tracker: a bug of ours (ZeroDivisionError: not); please report it with {home.path / 'tracker.log'}\n"
    )
    assert "Traceback" in (home.path / "tracker.log").read_text(encoding="utf-8")


def test_a_digest_that_cannot_be_drawn_was_not_told(tracker, home, monkeypatch):
    held = rows(home)
    with monkeypatch.context() as patch:
        patch.setattr("tracker.notify.render", broken)
        assert tracker("digest", home=home, now=MONDAY).code == 70
    assert [row for row in rows(home) if 'INTO "ledger"' in row or 'INTO "digests"' in row] == []
    assert len(rows(home)) >= len(held)
    assert tracker("digest", home=home, now=MONDAY).code == 0


def test_a_bug_before_a_home_is_found_is_logged_in_the_folder(tracker, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("tracker.config.init", broken)
    answer = tracker("init", tmp_path / "new")
    assert answer.code == 70 and str(tmp_path / "tracker.log") in answer.err
    assert "ZeroDivisionError" in (tmp_path / "tracker.log").read_text(encoding="utf-8")


def test_a_log_that_cannot_be_written_is_no_second_mishap(tracker, home, monkeypatch):
    (home.path / "tracker.log").mkdir()
    monkeypatch.setattr("tracker.standing.healths", broken)
    answer = tracker("sources", home=home)
    assert answer.code == 70 and len(answer.err.splitlines()) == 1


def test_a_database_of_a_newer_version_is_refused_in_words(tracker, home):
    with closing(sqlite3.connect(home.path / "tracker.db")) as opened, opened:
        opened.execute("update _sqlite_migrations set name = 'm999_later' where name = 'm003_people'")
    answer = tracker("calls", home=home)
    assert answer.code == 1 and "newer version" in answer.err


# ---------------------------------------------------------------- hostile words


def test_what_a_terminal_would_obey_is_left_out_of_text_and_escaped_in_json(tracker, home):
    evil = "\x1b]0;owned\x07Rote\u202e Karte\x9b2J\x7f"
    with closing(sqlite3.connect(home.path / "tracker.db")) as opened, opened:
        opened.execute("update origins set title = ?, call = json_set(call, '$.title', ?)", [evil, evil])
        opened.execute("update changes set title = ?", [evil])
    for command in (("calls",), ("changes",), ("show", BRIDGE), ("tags",)):
        said = tracker(*command, home=home, now=MONDAY).out
        assert not set(said) & set("\x1b\x07\u202e\x9b\x7f"), command
    answer = tracker("show", BRIDGE, "--json", home=home, now=MONDAY)
    assert not set(answer.out) & set("\x1b\x07\u202e\x9b\x7f")
    assert answer.json["title"] == evil  # nothing is lost for programs


def test_a_note_with_half_a_character_is_printed(tracker, home):
    tracker("tag", BRIDGE, "watch", "--note", "halb \udcff", home=home, now=MONDAY)
    assert tracker("tags", home=home).code == 0 == tracker("tags", "--json", home=home).code


# ---------------------------------------------------------------- terminals


def program(home, *arguments, **environ):
    """The program in a process of its own."""
    command = [sys.executable, "-m", "tracker", "--home", str(home.path), "--now", MONDAY, *arguments]
    return {"args": command, "env": {**os.environ, "PYTHONIOENCODING": "utf-8", **environ}}


def test_a_reader_who_has_seen_enough_is_no_failure(week):
    for command in (("changes", "--json"), ("calls", "--json")):
        with subprocess.Popen(
            **program(week, *command), stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0
        ) as process:
            assert process.stdout and process.stderr
            process.stdout.close()
            assert (process.stderr.read(), process.wait()) == (b"", 0), command


def test_work_goes_on_where_nobody_listens_any_more(fresh, portal):
    portal.second = True
    with subprocess.Popen(**program(fresh, "run"), stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout and process.stderr
        process.stdout.close()
        assert (process.stderr.read(), process.wait()) == (b"", 1)  # a source is walled; that is what cron must learn
    assert (fresh.digests / "2026-W25.html").is_file()


def test_a_terminal_without_our_letters_shows_others_and_json_loses_nothing(tracker, week):
    ask = {"capture_output": True, "check": True}
    text = subprocess.run(**program(week, "digest", "--preview", PYTHONIOENCODING="ascii"), **ask).stdout
    assert text.startswith(b"F?rderradar")
    found = subprocess.run(**program(week, "calls", "--json", PYTHONIOENCODING="ascii"), **ask).stdout
    assert json.loads(found.decode("ascii")) == tracker("calls", "--json", home=week, now=MONDAY).json
    assert b"Partnerst\\u00e4dte" in found


def test_a_table_on_a_terminal_that_knows_ascii_only_is_drawn(week):
    try:
        leader, follower = pty.openpty()
    except OSError as error:
        pytest.skip(f"this machine has no terminals to give: {error}")
    with os.fdopen(leader, "rb", buffering=0) as screen:
        with subprocess.Popen(
            **program(week, "sources", PYTHONIOENCODING="ascii", COLUMNS="200", TERM="dumb"), stdout=follower
        ) as process:
            os.close(follower)
            shown = b"".join(_until_closed(screen))
        assert process.returncode == 0
    assert b"source" in shown and b"walled" in shown and shown.isascii()


def _until_closed(screen):
    while True:
        try:
            words = screen.read(4096)
        except OSError:  # the other end of a terminal was closed
            return
        if not words:
            return
        yield words


def test_schedule_works_at_once_and_ends_when_it_is_told_to(fresh, portal):
    portal.second = False
    with subprocess.Popen(**program(fresh, "schedule"), stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout and process.stderr
        for line in process.stdout:
            if b"2026-W25.html" in line:
                break
        process.terminate()
        assert process.stdout.read().endswith(b"stopped\n")
        assert (process.stderr.read(), process.wait()) == (b"", 0)
