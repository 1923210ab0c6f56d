"""The house keeps its shape: who imports whom, one owner per outside thing, small files, one clock."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted((ROOT / "tracker").rglob("*.py"))
LONGEST_FILE = 400
LONGEST_FUNCTION = 50
LANDED = re.compile(r"m\d{3}_\w+")  # a migration is one list of columns, and is never edited once it has landed
# They turn the real time into an argument; fetch also reads Retry-After, which is a date of the real world.
CLOCKS = ("cli", "schedule", "fetch")
READS_THE_CLOCK = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time"}
SIDE_DOORS = {"urllib.request", "http.client", "asyncio", "xmlrpc.client", "ftplib"}


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    program = (
        "import sys; sys.path.insert(0, ''); from importlinter import cli; sys.exit(cli.lint_imports(no_cache=True))"
    )
    command = [sys.executable, "-P", "-c", program]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def copy(tmp_path):
    shutil.copytree(ROOT / "tracker", tmp_path / "tracker", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_packages_are_read_at_all():
    assert len(MODULES) > 10


def test_imports_point_downwards_and_outside_things_have_one_owner():
    done = lint_imports(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    assert " 0 broken" in done.stdout


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("model.py", "import tracker.parsing", "Imports point downwards"),
        ("connectors/eu_portal.py", "from tracker import checks", "Connectors know pages"),
        ("parsing.py", "import httpx", "Only fetch reads from the network"),
        ("checks.py", "def f():\n    import sqlite3", "Only store speaks SQL"),
        ("checks.py", "import jinja2", "Only render knows templates"),
        ("parsing.py", "import ruamel.yaml", "Only config reads YAML"),
        ("unheard_of.py", '"""A module nobody gave a place."""', "Imports point downwards"),
    ],
)
def test_an_import_across_the_layers_is_noticed(copy, module, line, contract):
    with (copy / "tracker" / module).open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")
    done = lint_imports(copy)
    assert done.returncode != 0
    assert any(contract in said and "BROKEN" in said for said in done.stdout.splitlines()), done.stdout


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_nobody_reaches_the_network_by_a_side_door(path):
    assert not SIDE_DOORS & set(imported(path))


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_says_in_one_line_what_it_alone_does(path):
    words = ast.get_docstring(tree(path))
    assert words and words.splitlines()[0].endswith((".", "?"))


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_files_and_functions_are_small(path):
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST_FILE, f"{name_of(path)} has {lines} lines"
    long = [
        f"{node.name}: {length} lines"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and not LANDED.fullmatch(node.name)
        and (length := (node.end_lineno or 0) - node.lineno + 1) > LONGEST_FUNCTION
    ]
    assert not long


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_time_is_an_argument(path):
    if path.relative_to(ROOT / "tracker").parts[0].removesuffix(".py") in CLOCKS:
        return
    asked = [
        f"line {node.lineno}: {ast.unparse(node.func)}"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and ".".join(ast.unparse(node.func).split(".")[-2:]) in READS_THE_CLOCK
    ]
    assert not asked


def test_the_only_broad_handlers_are_the_three_borders():
    """collect gives up one source, schedule one run, cli ends the program; everywhere else a surprise must surface."""
    broad = {
        name_of(path)
        for path in MODULES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in {"Exception", "BaseException"})
    }
    assert broad <= {"tracker/cli/app.py", "tracker/collect.py", "tracker/visit.py", "tracker/schedule.py"}
