"""Commands that ask and tag: shapes for programs, lines for people."""

from __future__ import annotations

import pytest

from tests.cli.said import BRIDGE, FOOD, MONDAY, mtimes, rows
from tests.homes import make_home, portal_sources
from tracker.cli.asking import REASONS, TAGS

ASKING = (
    ("calls",),
    ("calls", "--json"),
    ("show", BRIDGE),
    ("changes",),
    ("sources",),
    ("tags",),
    ("digest", "--preview"),
)


# ---------------------------------------------------------------- changes


def test_changes_are_lines_oldest_first_with_exactly_these_keys(tracker, week):
    lines = tracker("changes", "--json", home=week, now=MONDAY).lines
    assert all(list(line) == ["at", "source", "call", "kind", "field", "old", "new", "title", "url"] for line in lines)
    assert [line["at"] for line in lines] == sorted(line["at"] for line in lines)
    assert {line["kind"] for line in lines} == {"new", "deadline", "withdrawn"}


def test_a_moved_deadline_is_told_as_lists_of_dates(tracker, week):
    (moved,) = [line for line in tracker("changes", "--json", home=week).lines if line["kind"] == "deadline"]
    assert moved == {
        "at": "2026-06-13T04:00:00Z",
        "source": "eu-portal",
        "call": BRIDGE,
        "kind": "deadline",
        "field": "deadlines",
        "old": ["2026-06-09"],
        "new": ["2026-06-16"],
        "title": "Setting up of Cross-Border Coordination Points",
        "url": moved["url"],
    }
    assert moved["url"].startswith("https://")


def test_where_no_field_applies_it_is_null(tracker, week):
    new = [line for line in tracker("changes", "--json", home=week).lines if line["kind"] in {"new", "withdrawn"}]
    assert new and all(line["field"] is None for line in new)


@pytest.mark.parametrize(
    ("since", "kinds"),
    [
        ("2026-06-08", {"new", "deadline", "withdrawn"}),
        ("2026-06-13T06:00", {"new", "deadline", "withdrawn"}),  # inclusive, in the zone of the city
        ("2026-06-13T04:00:00Z", {"new", "deadline", "withdrawn"}),
        ("2026-06-13T06:00:01", {"withdrawn"}),
        ("2026-06-15", {"withdrawn"}),
        ("2026-06-15T06:00:00+02:00", {"withdrawn"}),
        ("2026-06-15T06:00+01:00", set()),
        ("2026-06-16", set()),
    ],
)
def test_since_is_inclusive_whether_date_or_time(tracker, week, since, kinds):
    answer = tracker("changes", "--since", since, "--json", home=week)
    assert answer.code == 0 and {line["kind"] for line in answer.lines} == kinds


def test_changes_for_people_name_old_and_new_title_and_call(tracker, week):
    said = tracker("changes", home=week).out
    assert (
        "2026-06-13T04:00:00Z  deadline: 2026-06-09 → 2026-06-16  "
        f"Setting up of Cross-Border Coordination Points  ({BRIDGE})" in said.splitlines()
    )


# ---------------------------------------------------------------- calls, show, sources


def test_sources_were_never_read_at_first_and_unknown_is_null(tracker, fresh):
    found = tracker("sources", "--json", home=fresh, now=MONDAY).json
    assert [source["id"] for source in found] == list(fresh.order)
    assert found[2] == {
        "id": "stiftung-beispiel",
        "name": "Stiftung Beispiel (erfunden)",
        "publisher": None,
        "connector": "listing",
        "country": "DE",
        "language": "de",
        "evidence": "documented",
        "rhythm": "daily",
        "state": "never read",
        "last_attempt": None,
        "last_success": None,
        "last_change": None,
        "calls": None,
        "median": None,
        "usual_gap_days": None,
        "silent": False,
        "enabled": True,
        "error": None,
    }


def test_a_source_that_is_off_is_shown_so(tracker, portal, tmp_path):
    text = portal_sources(portal.address).replace("  rundbrief:\n", "  rundbrief:\n    enabled: false\n")
    home = make_home(tmp_path / "home", text)
    assert tracker("sources", home=home).out.splitlines()[3].split("\t")[:3] == ["rundbrief", "off", "never"]
    assert {source["state"] for source in tracker("sources", "--json", home=home).json} == {"never read"}


def test_a_blind_source_keeps_its_last_success_beside_its_last_attempt(tracker, week):
    found = {source["id"]: source for source in tracker("sources", "--json", home=week, now=MONDAY).json}
    blind = found["foerderdatenbank"]
    assert blind["state"] == "walled" and blind["calls"] == 3
    assert blind["last_attempt"] == "2026-06-15T04:00:00Z" and blind["last_success"] == "2026-06-08T04:00:00Z"
    assert found["eu-portal"]["last_attempt"] == found["eu-portal"]["last_success"] == "2026-06-15T04:00:00Z"
    said = tracker("sources", home=week, now=MONDAY).out.splitlines()[1]
    cells = said.split("\t")
    assert cells[:4] == ["foerderdatenbank", "walled", "2026-06-15T04:00Z", "2026-06-08T04:00Z"]
    assert cells[4:10] == ["2026-06-08", "3", "3", "daily", "foerderdatenbank", "excerpt"]
    assert "Radware" in cells[10]


def test_calls_are_one_array_with_iso_dates_and_null_where_the_source_is_silent(tracker, week):
    found = {call["id"]: call for call in tracker("calls", "--json", home=week, now=MONDAY).json}
    food = found[FOOD]
    assert food["deadlines"] == ["2026-10-15"] and food["next_deadline"] == "2026-10-15"
    assert food["opens"] == "2026-06-16" and food["status"] == "forthcoming" and food["stock"] is False
    assert food["budget"] is None and food["gone"] is None and food["verdict"] == "for-us"
    assert "food-waste" in food["topics"] and food["cities"] == ["montbeliard"]
    letter = found["rundbrief:rundbrief-jugend"]
    assert letter["next_deadline"] is None and letter["status"] == "unknown" and letter["programme"] is None
    gone = [call for call in found.values() if call["status"] == "withdrawn"]
    assert len(gone) == 1 and gone[0]["gone_at"] == "2026-06-15T04:00:00Z"


def test_the_status_of_a_call_is_that_of_the_given_day(tracker, week):
    after = {call["id"]: call for call in tracker("calls", "--json", home=week, now="2026-06-17").json}
    assert after[BRIDGE]["status"] == "closed" and after[BRIDGE]["next_deadline"] is None


def test_calls_for_programs_without_json_are_lines_of_five_columns(tracker, week):
    lines = tracker("calls", home=week, now=MONDAY).out.splitlines()
    assert all(line.count("\t") == 4 for line in lines)
    assert f"{BRIDGE}\topen\t2026-06-16\tmarginal\tSetting up of Cross-Border Coordination Points" in lines


def test_show_prints_one_object_with_history_matches_and_tags(tracker, home):
    tracker("tag", BRIDGE, "watch", "--by", "Eva", home=home, now=MONDAY)
    answer = tracker("show", BRIDGE, "--json", home=home, now=MONDAY)
    assert answer.json["id"] == BRIDGE and answer.json["origins"][0]["source"] == "eu-portal"
    assert [change["kind"] for change in answer.json["changes"]] == ["deadline"]
    assert [tag["key"] for tag in answer.json["tagged"]] == ["watch"] == answer.json["tags"]
    assert answer.json["deadline_details"][0]["day"] == "2026-06-16"
    assert answer.json["deadline_details"][0]["time"] is None
    assert answer.json["description"].startswith("Public authorities")


def test_show_for_people_is_a_page_with_every_fact_on_a_line(tracker, home):
    tracker("tag", BRIDGE, "watch", "--by", "Eva", "--reason", "no-staff", home=home, now=MONDAY)
    said = tracker("show", BRIDGE.lower(), home=home, now=MONDAY).out.splitlines()
    assert said[0] == "Setting up of Cross-Border Coordination Points" and said[1].startswith("https://")
    for line in (
        f"id:           {BRIDGE}",
        "status:       open",
        "deadlines:    2026-06-16 (single)",
        "budget:       1,561,970 EUR in all, 120,000 EUR a grant, 15 grants",
        "  2026-06-13T04:00:00Z  deadline: 2026-06-09 → 2026-06-16",
        "  2026-06-15T04:00:00Z  watch  by Eva  no-staff",
    ):
        assert line in said
    assert not [line for line in said if line.endswith(("None", ": "))]


def test_an_unknown_call_ends_with_4(tracker, home):
    for command in (("show", "eu-portal:NIX"), ("show", "nix", "--json"), ("tag", "eu-portal:NIX", "watch")):
        answer = tracker(*command, home=home)
        assert answer.code == 4 and "tracker calls" in answer.err and not answer.out


@pytest.mark.parametrize("command", ASKING, ids=" ".join)
def test_asking_writes_nothing_even_where_the_profile_has_changed(tracker, home, command):
    profile = home.path / "profile.yaml"
    profile.write_text(profile.read_text(encoding="utf-8").replace("[food waste]", "[food]"), encoding="utf-8")
    held, written = rows(home), mtimes(home)
    assert tracker(*command, home=home, now=MONDAY).code == 0
    assert rows(home) == held and mtimes(home) == written


# ---------------------------------------------------------------- tags


def test_every_tag_and_every_reason_of_the_team_is_known(tracker, home):
    known = "for-us pass-on watch planned submitted granted rejected not-relevant wrong-topic"
    reasons = "not-eligible no-funds no-staff too-late wrong-partner off-topic already-funded other"
    assert " ".join(TAGS) == known and " ".join(REASONS) == reasons
    for key in TAGS:
        assert tracker("tag", BRIDGE, key, home=home, now=MONDAY).code == 0
    for reason in REASONS:
        assert tracker("tag", BRIDGE, "rejected", "--reason", reason, home=home, now=MONDAY).code == 0
    assert len(tracker("tags", "--json", home=home).json) == len(TAGS) + len(REASONS)


def test_tags_are_one_array_oldest_first_with_null_for_what_nobody_said(tracker, home):
    tracker("tag", FOOD, "planned", "--by", "Eva", "--note", "mit Montbéliard", home=home, now="2026-06-16T09:00")
    tracker("tag", BRIDGE, "not-relevant", "--reason", "off-topic", home=home, now="2026-06-15T09:00")
    first, second = tracker("tags", "--json", home=home).json
    assert first == {
        "call": BRIDGE,
        "key": "not-relevant",
        "by": None,
        "reason": "off-topic",
        "note": None,
        "at": "2026-06-15T07:00:00Z",
        "title": "Setting up of Cross-Border Coordination Points",
    }
    assert (second["call"], second["by"], second["note"]) == (FOOD, "Eva", "mit Montbéliard")


@pytest.mark.parametrize("words", [("wach",), ("watch", "--reason", "bored")])
def test_an_unknown_tag_or_reason_ends_with_2_and_is_not_stored(tracker, home, words):
    answer = tracker("tag", BRIDGE, *words, home=home)
    assert answer.code == 2 and repr(words[-1]) in answer.err and "known: " in answer.err
    assert tracker("tags", "--json", home=home).json == []
