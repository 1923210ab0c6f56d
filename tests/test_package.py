"""What is built holds what it needs, the locks hold what is declared, and every way of installing runs the demo."""

from __future__ import annotations

import re
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = sorted([ROOT / "requirements.lock", *(ROOT / ".ci").glob("*.lock")])
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", re.MULTILINE)
SHIPPED = ("sources.yaml", "profile.yaml")


def pins(lock: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, version in PIN.findall(lock.read_text(encoding="utf-8")):
        found.setdefault(canonicalize_name(name), []).append(version)
    return found


def unpinned(declared: list[str], pinned: dict[str, list[str]]) -> list[str]:
    wanted = [Requirement(words) for words in declared]
    return [
        str(one)
        for one in wanted
        if not any(one.specifier.contains(version) for version in pinned.get(canonicalize_name(one.name), ()))
    ]


# ---------------------------------------------------------------- locks


def test_the_lock_pins_every_dependency_within_its_bounds():
    declared = [*PROJECT["project"]["dependencies"], *PROJECT["build-system"]["requires"]]
    assert unpinned(declared, pins(ROOT / "requirements.lock")) == []


def test_a_dependency_outside_its_pin_is_noticed():
    assert unpinned(["httpx>=99"], {"httpx": ["0.28.1"]}) == ["httpx>=99"]
    assert unpinned(["unheard-of"], {}) == ["unheard-of"]


@pytest.mark.parametrize("group", ["semantic", "test", "check", "bench", "audit", "lock"])
def test_each_group_of_developers_has_a_lock(group):
    declared = [words for words in PROJECT["dependency-groups"][group] if isinstance(words, str)]
    assert declared and unpinned(declared, pins(ROOT / f".ci/requirements-{group}.lock")) == []


def test_two_locks_never_disagree():
    runtime = pins(ROOT / "requirements.lock")
    for lock in (ROOT / ".ci/requirements-test.lock", ROOT / ".ci/requirements-check.lock"):
        assert {name: found for name, found in pins(lock).items() if runtime.get(name, found) != found} == {}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_pin_has_hashes_and_no_lock_names_a_host(lock):
    words = lock.read_text(encoding="utf-8")
    assert not re.search(r"://|--(?:extra-)?index-url|--find-links|^-e |@ ", words, re.MULTILINE)
    blocks = re.split(r"\n(?=[A-Za-z0-9])", words)
    assert all("--hash=sha256:" in block for block in blocks if PIN.match(block))


def test_the_lock_of_the_validators_names_no_host():
    words = (ROOT / ".ci/package-lock.json").read_text(encoding="utf-8")
    assert "://" not in words and words.count('"integrity"') > 50


# ---------------------------------------------------------------- what is built


def python(*words: str | Path, cwd: Path, with_python: Path | None = None) -> str:
    command = [str(with_python or sys.executable), *map(str, words)]
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dist")
    python("-m", "hatchling", "build", "-d", folder, cwd=ROOT)
    return folder


def members(wheel: Path) -> set[str]:
    return {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}


@pytest.mark.install
def test_the_wheel_carries_templates_and_defaults(built):
    (wheel,) = built.glob("*.whl")
    held = members(wheel)
    assert {f"tracker/_data/{name}" for name in SHIPPED} <= held
    for folder, place in (("templates", "tracker/_data/templates"), ("tracker", "tracker")):
        ours = {path.relative_to(ROOT / folder) for path in (ROOT / folder).rglob("*") if path.is_file()}
        ours = {path for path in ours if "__pycache__" not in path.parts}
        assert {f"{place}/{path.as_posix()}" for path in ours} <= held
    assert not [name for name in held if not name.startswith("tracker/")]


@pytest.mark.install
def test_the_wheel_carries_the_licence(built):
    (wheel,) = built.glob("*.whl")
    held = zipfile.ZipFile(wheel)
    (licence,) = [name for name in held.namelist() if name.endswith("/licenses/LICENSE")]
    assert held.read(licence) == (ROOT / "LICENSE").read_bytes()


@pytest.mark.install
def test_the_source_package_holds_what_building_needs_and_nothing_else(built, tmp_path):
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        safely = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}  # Debian 12 has 3.11.2, without it
        archive.extractall(tmp_path, **safely)  # noqa: S202 - our own archive
    (unpacked,) = tmp_path.iterdir()
    assert {path.name for path in unpacked.iterdir()} == {
        "tracker", "templates", "sources.yaml", "profile.yaml", "pyproject.toml",
        "README.md", "CHANGELOG.md", "LICENSE", "PKG-INFO", ".gitignore",
    }  # fmt: skip
    python("-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path / "again", cwd=unpacked)
    (wheel,) = (tmp_path / "again").glob("*.whl")
    (first,) = built.glob("*.whl")
    assert members(wheel) == members(first)


# ---------------------------------------------------------------- three ways of installing


@pytest.fixture
def empty(tmp_path):
    """An environment that holds nothing but pip and, by a path file, the dependencies: no index is asked."""
    folder = tmp_path / "venv"
    venv.create(folder, with_pip=True)
    (site,) = folder.glob("lib/python*/site-packages")
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return folder


@pytest.mark.install
@pytest.mark.parametrize("way", ["pip install .", "pip install -e .", "the wheel"])
def test_every_way_of_installing_runs_the_demo(way, built, empty, tmp_path):
    what = {"pip install .": [ROOT], "pip install -e .": ["-e", ROOT], "the wheel": list(built.glob("*.whl"))}[way]
    interpreter = empty / "bin" / "python"
    quiet = ["--no-index", "--no-deps", "--no-build-isolation", "--force-reinstall", "--quiet"]
    python("-m", "pip", "install", *quiet, *what, cwd=tmp_path, with_python=interpreter)
    work = tmp_path / "work"
    work.mkdir()
    place = python("-c", "import tracker; print(tracker.__file__)", cwd=work, with_python=interpreter).strip()
    assert Path(place).is_relative_to(ROOT if "-e" in way else empty)
    said = python("-m", "tracker", "demo", cwd=work, with_python=interpreter)
    digests = sorted(work.rglob("digests/*.html"))
    assert digests, said
    assert "<h1" in digests[-1].read_text(encoding="utf-8")
