"""What the README says is what the program does: commands, options, environment, sources, habits."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import typer.main
from ruamel.yaml import YAML

from tests import catalogue
from tracker.cli import app
from tracker.config import ENVIRONMENT
from tracker.connectors import KNOWN, load
from tracker.model import Source

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
COMMANDS = typer.main.get_command(app).commands
HABITS = re.findall(r"^## (\w+): ", MAKEFILE, re.MULTILINE)
SOURCES = tuple(catalogue.SOURCES.values())


def section(title):
    found = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", README, re.MULTILINE | re.DOTALL)
    assert found, f"README.md has no section {title!r}"
    return found.group(1)


def row_of(title, first):
    """The table row of a section whose first cell begins with `first`."""
    rows = [line for line in section(title).splitlines() if re.match(rf"\| `{re.escape(first)}(?:[ `])", line)]
    assert len(rows) == 1, f"{title}: {len(rows)} rows for {first!r}"
    return rows[0]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_and_stands_in_the_readme(name):
    command = COMMANDS[name]
    assert command.help and command.help.splitlines()[0].endswith(".")
    assert row_of("Commands", f"tracker {name}")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_has_help_and_stands_in_the_readme(name):
    row = row_of("Commands", f"tracker {name}")
    for parameter in COMMANDS[name].params:
        longest = max(parameter.opts, key=len)
        if longest == "--help":
            continue
        assert getattr(parameter, "help", None), f"{name} {longest} has no help"
        if longest.startswith("--"):
            assert longest in row, f"README: {name} has an option {longest}"


def test_the_readme_names_no_command_that_does_not_exist():
    named = set(re.findall(r"^\| `tracker ([a-z-]+)", section("Commands"), re.MULTILINE))
    assert named == set(COMMANDS)


@pytest.mark.parametrize("code", ["0", "1", "2", "3", "4", "70"])
def test_every_exit_code_is_explained(code):
    assert re.search(rf"^\| {code} \| .+ \|$", section("Commands"), re.MULTILINE)


@pytest.mark.parametrize(("name", "default", "meaning"), ENVIRONMENT)
def test_every_variable_stands_in_the_readme_with_its_default(name, default, meaning):
    assert row_of("Environment", name) == f"| `{name}` | {default} | {meaning} |"


def test_every_key_of_a_source_stands_in_the_readme_beside_its_source_and_no_other_does():
    named = re.findall(r"^\| `([A-Z][A-Z0-9_]+)` \| `([a-z0-9-]+)` \| .+ \|$", section("Environment"), re.MULTILINE)
    assert sorted(named) == sorted((source.needs_env, source.id) for source in SOURCES if source.needs_env)


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.id)
def test_every_source_stands_in_the_readme_with_its_evidence(source):
    cells = [cell.strip() for cell in row_of("Sources", source.id).strip("|").split("|")]
    assert f"`{source.connector}`" in cells and source.evidence in cells


def test_the_readme_names_no_source_that_is_not_read():
    named = set(re.findall(r"^\| `([a-z0-9-]+)` \|", section("Sources"), re.MULTILINE))
    assert named == {source.id for source in SOURCES}


@pytest.mark.parametrize("connector", KNOWN)
def test_every_connector_stands_in_the_readme(connector):
    assert f"`{connector}`" in section("Sources")


def test_the_example_of_a_source_in_the_readme_is_one():
    ((key, entry),) = YAML(typ="safe").load(re.search(r"```yaml\n(.+?)```", section("Sources"), re.DOTALL)[1]).items()
    source = Source(id=key, **entry)
    assert [request.url for request in load(source.connector).start(source)] == [f"{source.url}?page=1"]


@pytest.mark.parametrize("block", re.findall(r"```yaml\n(.+?)```", section("Sources"), re.DOTALL))
def test_every_entry_that_the_readme_shows_is_one_without_mistakes(block):
    for key, entry in YAML(typ="safe").load(block).items():
        assert list(load(entry["connector"]).start(Source(id=key, **entry)))


@pytest.mark.parametrize("habit", HABITS)
def test_every_habit_is_written_out_for_machines_without_make(habit):
    assert f"`make {habit}`" in README
    assert re.search(rf"^# make {habit}\b", section("Without make"), re.MULTILINE)


def recipe(target):
    """The commands that make would run for a target, as the README writes them."""
    found = re.search(rf"^{re.escape(target)}:.*\n((?:\t.*\n)+)", MAKEFILE, re.MULTILINE)
    assert found, target
    for line in found.group(1).splitlines():
        yield (
            line.strip()
            .removeprefix("@")
            .replace("$(BIN)", ".venv/bin")
            .replace("$(PYTEST)", ".venv/bin/python -m pytest")
            .replace("$(PYTHON)", "python3")
        )


@pytest.mark.parametrize("habit", ["demo", "test", "check", "lint", "bench", "fuzz", "audit"])
def test_the_readme_and_the_makefile_run_the_same_commands(habit):
    commands = [line for line in recipe(habit) if not line.startswith(".ci/needs")]
    assert commands
    for command in commands:
        assert command in section("Without make").splitlines()


def test_the_cron_line_is_in_the_quick_start():
    assert re.search(r"^\s+\d+ \* \* \* \*  .*tracker --home home run --quiet$", section("Schnellstart"), re.MULTILINE)


def test_every_package_limit_of_the_readme_is_that_of_the_project():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["requires-python"] == ">=3.11" and "Python 3.11 oder neuer" in README
    assert project["license"] in README


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\(#([^)]+)\)", README))))
def test_links_within_the_readme_lead_somewhere(link):
    titles = {
        re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")
        for title in re.findall(r"^## (.+)$", README, re.MULTILINE)
    }
    assert link in titles
