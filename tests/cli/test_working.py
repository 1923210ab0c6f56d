"""Commands that work: collect, run, digest, reparse."""

from __future__ import annotations

import pytest

from tests.cli.said import BRIDGE, MONDAY, mtimes, rows
from tests.homes import make_home, portal_sources

# ---------------------------------------------------------------- collect


def test_collect_prints_one_object_with_a_line_of_facts_per_source(tracker, fresh):
    answer = tracker("collect", "--json", home=fresh, now="2026-06-08T06:00")
    assert answer.code == 0 and answer.err == ""
    assert set(answer.json) == {"at", "sources", "new", "changes", "failed"}
    assert answer.json["failed"] == 0 == answer.json["new"]
    assert [source["id"] for source in answer.json["sources"]] == list(fresh.order)
    first = answer.json["sources"][0]
    assert first["state"] == "ok" and first["healthy"] is True and first["calls"] == 8 and first["error"] is None


def test_a_source_that_fails_ends_with_1_is_named_and_the_others_are_read(tracker, fresh, portal):
    portal.second = True
    answer = tracker("collect", "--json", home=fresh, now=MONDAY)
    states = {source["id"]: source["state"] for source in answer.json["sources"]}
    assert answer.code == 1 and answer.json["failed"] == 1
    assert states == {"eu-portal": "ok", "foerderdatenbank": "walled", "stiftung-beispiel": "ok", "rundbrief": "ok"}
    said = tracker("collect", "foerderdatenbank", home=fresh, now=MONDAY)
    assert said.code == 1 and said.out.startswith("foerderdatenbank: walled: ") and "/FDB/WS/export" in said.out


def test_collect_reads_the_named_sources_whatever_their_rhythm(tracker, home, portal):
    before = len(portal.asked)
    for _ in range(2):
        answer = tracker("collect", "rundbrief", "rundbrief", home=home, now=MONDAY)
        assert answer.code == 0 and answer.out == "rundbrief: 2 calls; the same answer as last time\n"
    assert portal.asked[before:].count("/rundbrief.xml") == 2
    assert set(portal.asked[before:]) <= {"/rundbrief.xml", "/robots.txt"}


def test_a_source_in_reserve_is_read_by_its_name_only_and_is_nothing_to_reparse_before(tracker, portal, tmp_path):
    portal.second = False
    file = f"  file: {{connector: feed, url: '{portal.address}/rundbrief.xml', pause: 0, stands_in_for: eu-portal}}\n"
    home = make_home(tmp_path / "home", portal_sources(portal.address) + file)
    read = tracker("collect", "--json", home=home, now="2026-06-08T06:00").json["sources"]
    assert [source["id"] for source in read] == ["eu-portal", "foerderdatenbank", "stiftung-beispiel", "rundbrief"]
    states = {one["id"]: one["state"] for one in tracker("sources", "--json", home=home, now=MONDAY).json}
    assert states["file"] == "in reserve"
    assert tracker("reparse", home=home, now=MONDAY).code == 0
    assert tracker("collect", "file", home=home, now=MONDAY).out.startswith("file: 1 call")
    assert "file: 1 call" in tracker("reparse", home=home, now=MONDAY).out


def test_an_unknown_source_ends_with_4_and_nothing_is_read(tracker, fresh, portal):
    before = len(portal.asked)
    answer = tracker("collect", "rundbrief", "nix", home=fresh)
    assert answer.code == 4 and "'nix'" in answer.err and "rundbrief" in answer.err
    assert len(portal.asked) == before


def test_a_source_that_is_not_set_up_is_no_failure(tracker, portal, tmp_path):
    portal.second = False
    only = (
        f"sources:\n  news: {{connector: feed, url: '{portal.address}/rundbrief.xml', pause: 0, needs_env: NEWS_KEY}}\n"
    )
    home = make_home(tmp_path / "home", only)
    for command in (("collect",), ("run",)):
        answer = tracker(*command, home=home, now=MONDAY)
        assert answer.code == 0 and "news: not set up: needs NEWS_KEY" in answer.out
    assert tracker("sources", "--json", home=home, now=MONDAY).json[0]["state"] == "not set up"


def test_the_first_run_says_stock_and_later_ones_what_is_new(tracker, fresh, portal):
    first = tracker("collect", "eu-portal", home=fresh, now="2026-06-08T06:00").out
    portal.second = True
    later = tracker("collect", "eu-portal", home=fresh, now="2026-06-13T06:00").out
    assert first.startswith("eu-portal: 8 calls; read for the first time, so all of them are stock")
    assert later.startswith("eu-portal: 15 calls; 7 new, 1 changed")


# ---------------------------------------------------------------- run


def test_run_twice_and_nothing_happens_twice(tracker, fresh, portal):
    portal.second = True
    first = tracker("run", home=fresh, now=MONDAY)
    assert first.code == 1 and "digest 2026-W25 for europabuero" in first.out
    asked, held, written = len(portal.asked), rows(fresh), mtimes(fresh)
    again = tracker("run", home=fresh, now="2026-06-15T06:17")
    assert (again.code, again.out, again.err) == (0, "", "")
    assert len(portal.asked) == asked and rows(fresh) == held
    assert mtimes(fresh) == written


def test_where_no_portal_can_be_reached_each_is_named_and_make_demo_offered(tracker, portal, tmp_path):
    gone = portal_sources(f"{portal.address}/not-here").replace(
        "options: {page_size: 5, details: ", "options: {details: "
    )
    home = make_home(tmp_path / "home", gone)
    answer = tracker("run", home=home, now=MONDAY)
    assert answer.code == 1 and "make demo" in answer.out
    assert all(f"{source}: broken: " in answer.out for source in home.order)
    assert "no digest yet" in answer.out and list(home.digests.glob("*")) == []


def test_while_another_run_holds_the_lock_the_code_is_3_and_asking_still_works(tracker, home):
    with home.lock():
        for command in (("collect",), ("run",), ("reparse",), ("digest",)):
            answer = tracker(*command, home=home, now=MONDAY)
            assert answer.code == 3 and "another run" in answer.err and str(home.path) in answer.err
        assert tracker("calls", home=home, now=MONDAY).code == 0
        assert tracker("tag", BRIDGE, "watch", home=home, now=MONDAY).code == 0
    assert tracker("reparse", home=home, now=MONDAY).code == 0


# ---------------------------------------------------------------- digest, reparse


def test_the_digest_is_one_object_and_names_its_five_files(tracker, home):
    answer = tracker("digest", "--json", home=home, now=MONDAY)
    assert answer.json["week"] == "2026-W25" and answer.json["reader"] == "europabuero"
    assert sorted(path.rpartition(".")[2] for path in answer.json["files"]) == ["eml", "html", "ics", "json", "txt"]
    assert sorted(path.name for path in home.digests.iterdir()) == [
        f"2026-W25.{ending}" for ending in ("eml", "html", "ics", "json", "txt")
    ]
    again = tracker("digest", "--week", "2026-W25", "--json", home=home, now="2026-08-01")
    assert again.json == answer.json


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--week", "W25"), 2),
        (("--week", "2026-W00"), 2),
        (("--week", "2026-W54"), 2),
        (("--week", "2026-25"), 2),
        (("--week", "2026-W24"), 4),
        (("--week", "2026-W26"), 4),
        (("--week", "2026-W24", "--preview"), 4),
    ],
)
def test_a_week_that_is_none_ends_with_2_and_one_that_was_not_told_with_4(tracker, home, arguments, code):
    answer = tracker("digest", *arguments, home=home, now=MONDAY)
    assert answer.code == code and answer.err and not answer.out
    assert not home.digests.exists() or list(home.digests.iterdir()) == []


def test_a_preview_shows_what_would_be_told_and_the_week_stays_untold(tracker, home):
    held = rows(home)
    shown = tracker("digest", "--preview", home=home, now=MONDAY)
    assert shown.code == 0 and "FÜR UNS" in shown.out
    assert tracker("digest", "--preview", "--json", home=home, now=MONDAY).json["files"] == []
    assert rows(home) == held and not home.digests.exists()
    assert tracker("digest", home=home, now=MONDAY).out.splitlines()[0] in shown.out or rows(home) != held


def test_reparse_needs_what_was_archived(tracker, home, fresh, portal):
    before = len(portal.asked)
    answer = tracker("reparse", home=home, now=MONDAY)
    assert answer.code == 0 and "eu-portal: 15 calls, 0 rewritten, 0 new" in answer.out
    nothing = tracker("reparse", "rundbrief", "--json", home=fresh, now=MONDAY)
    assert nothing.code == 1 and nothing.json[0]["error"] == "nothing is archived yet"
    assert tracker("reparse", "nix", home=home).code == 4
    assert len(portal.asked) == before


def test_run_after_weeks_of_silence_catches_up_in_one_digest(tracker, home):
    said = tracker("run", home=home, now="2026-07-06T06:00").out.splitlines()
    assert [line.split()[1] for line in said if line.startswith("digest ")] == ["2026-W28"]
    assert tracker("digest", "--week", "2026-W27", home=home, now="2026-07-06").code == 4
