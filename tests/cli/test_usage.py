"""What may be typed, where the home is, what the moment is, and how a home begins."""

from __future__ import annotations

import pytest
import typer.main

from tests.cli.said import BRIDGE
from tests.homes import PROFILE, copied, make_home
from tracker.cli import app

COMMANDS = tuple(typer.main.get_command(app).commands)  # README and help are compared in test_docs.py


# ---------------------------------------------------------------- usage


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(tracker, name):
    answer = tracker(name, "--help")
    assert answer.code == 0 and answer.out.startswith(f"Usage: tracker {name}")


def test_without_a_command_the_help_is_shown_and_the_code_says_usage(tracker):
    answer = tracker()
    assert answer.code == 2 and all(name in answer.out + answer.err for name in COMMANDS)


def test_the_list_of_commands_is_not_cut_short(tracker):
    assert "..." not in tracker("--help").out.partition("Commands:")[2]


def test_the_version_is_the_one_of_the_package(tracker):
    from tracker import __version__

    assert tracker("--version").out == f"tracker {__version__}\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ("nonsense",),
        ("calls", "--frob"),
        ("calls", "superfluous"),
        ("show",),
        ("tag", BRIDGE),
        ("--home",),
        ("init",),
        ("schedule", "--minutes", "0"),
        ("changes", "--since"),
    ],
)
def test_what_is_no_usage_ends_with_2(tracker, week, arguments):
    answer = tracker(*arguments, home=week)
    assert answer.code == 2 and answer.err and not answer.out


# ---------------------------------------------------------------- where the home is


def test_without_a_home_tracker_init_is_named(tracker, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("calls", "run", "collect", "digest", "sources", "check-config", "tags", "changes", "reparse"):
        answer = tracker(name)
        assert answer.code == 2 and "tracker init" in answer.err
    assert list(tmp_path.iterdir()) == []


def test_the_home_is_the_option_then_the_variable_then_the_folder(tracker, tmp_path, monkeypatch):
    homes = {}
    for name in ("option", "variable", "folder"):
        homes[name] = make_home(tmp_path / name, f"sources:\n  {name}: {{connector: feed, url: http://127.0.0.1:9/}}\n")
    monkeypatch.chdir(homes["folder"].path)
    assert tracker("sources").out.split()[0] == "folder"
    monkeypatch.setenv("TRACKER_HOME", str(homes["variable"].path))
    assert tracker("sources").out.split()[0] == "variable"
    assert tracker("sources", home=homes["option"]).out.split()[0] == "option"


def test_a_variable_that_names_no_home_is_a_mistake_not_a_wish_for_the_folder(tracker, week, tmp_path, monkeypatch):
    monkeypatch.chdir(week.path)
    monkeypatch.setenv("TRACKER_HOME", str(tmp_path))
    answer = tracker("sources")
    assert answer.code == 2 and "TRACKER_HOME" in answer.err and "tracker init" in answer.err


# ---------------------------------------------------------------- the first day


def test_a_new_home_passes_check_config_untouched(tracker, tmp_path):
    made = tracker("init", tmp_path / "new")
    assert made.code == 0 and "check-config" in made.out
    checked = tracker("--home", tmp_path / "new", "check-config")
    assert checked.code == 0 and "can be used" in checked.out


def test_init_twice_changes_nothing_and_a_changed_file_stays(tracker, tmp_path):
    tracker("init", tmp_path)
    assert tracker("init", tmp_path).code == 0
    (tmp_path / "profile.yaml").write_text("key: ours\n", encoding="utf-8")
    answer = tracker("init", tmp_path)
    assert answer.code == 2 and "profile.yaml" in answer.err and "stays as it is" in answer.err
    assert (tmp_path / "profile.yaml").read_text(encoding="utf-8") == "key: ours\n"


def test_check_config_names_all_mistakes_at_once_with_file_line_and_key(tracker, week, tmp_path):
    home = copied(week, tmp_path / "home")
    (home.path / "sources.yaml").write_text(
        "sources:\n  a:\n    conector: feed\n    url: gopher://nowhere\n  B:\n    connector: feed\n", encoding="utf-8"
    )
    (home.path / "profile.yaml").write_text(PROFILE.replace("food-waste, twinning]", "fodd-waste]"), encoding="utf-8")
    answer = tracker("check-config", home=home)
    assert answer.code == 2
    assert "sources.yaml:3" in answer.out and "conector" in answer.out and "connector" in answer.out
    assert "gopher" in answer.out and "profile.yaml:" in answer.out and "fodd-waste" in answer.out


def test_a_broken_configuration_stops_every_command_with_2_and_the_place(tracker, week, tmp_path):
    home = copied(week, tmp_path / "home")
    (home.path / "sources.yaml").write_text(
        "sources:\n  a: {connector: none, url: http://a.example/}\n", encoding="utf-8"
    )
    for command in (("run",), ("sources",), ("calls", "--json"), ("digest",)):
        answer = tracker(*command, home=home)
        assert answer.code == 2 and "sources.yaml:2" in answer.err and not answer.out


def test_an_unknown_log_level_is_a_mistake_in_the_configuration(tracker, week, monkeypatch):
    monkeypatch.setenv("TRACKER_LOG", "LOUD")
    answer = tracker("sources", home=week)
    assert answer.code == 2 and "TRACKER_LOG" in answer.err


# ---------------------------------------------------------------- the moment


@pytest.mark.parametrize(
    "now", ["2026-06-08", "2026-06-08T00:00", "2026-06-08T00:00:00+02:00", "2026-06-07T22:00Z", "20260608T000000"]
)
def test_the_moment_may_be_a_day_a_time_of_the_city_or_one_with_a_zone(tracker, fresh, now):
    assert tracker("collect", "rundbrief", "--json", home=fresh, now=now).json["at"] == "2026-06-07T22:00:00Z"


@pytest.mark.parametrize("now", ["gestern", "2026-13-01", "", "2026-06-08T25:00", "0001-01-01", "9999-12-31T23:59Z"])
def test_what_is_no_moment_ends_with_2(tracker, week, now):
    for given in (("--now", now, "calls"), ("changes", "--since", now)):
        answer = tracker("--home", week.path, *given)
        assert answer.code == 2 and answer.err.startswith("--") and repr(now) in answer.err
