"""The program in this process, and homes to call it on: the demo's portal of two days behind them."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pytest

from tests.homes import copied, make_home, own_log, portal_sources, read
from tracker.cli import main
from tracker.demo.portal import portal as demo_portal


@dataclass(frozen=True)
class Answer:
    code: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)

    @property
    def lines(self):
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture(scope="session")
def portal():
    with demo_portal() as stage:
        yield stage


@pytest.fixture(scope="session")
def week(portal, tmp_path_factory):
    """Read on Monday, 8 June, and on Saturday, Sunday and Monday after the portal had changed; nothing told yet."""
    home = make_home(tmp_path_factory.mktemp("cli") / "home", portal_sources(portal.address))
    portal.second = False
    read(home, "2026-06-08T06:00")
    portal.second = True
    for day in ("2026-06-13T06:00", "2026-06-14T06:00", "2026-06-15T06:00"):
        read(home, day)
    return home


@pytest.fixture
def home(week, portal, tmp_path):
    """A copy of that home, to write to."""
    portal.second = True
    return copied(week, tmp_path / "home")


@pytest.fixture
def fresh(portal, tmp_path):
    """A home in which nothing was ever read; the portal shows its first day."""
    portal.second = False
    return make_home(tmp_path / "fresh", portal_sources(portal.address))


@pytest.fixture
def tracker(capsys):
    """The program, in this process. Options of a home: `home=`, `now=`."""

    def call(*arguments, home=None, now=None):
        given = [*(("--home", str(home.path)) if home else ()), *(("--now", now) if now else ())]
        with own_log(), pytest.raises(SystemExit) as ended:
            main([*given, *map(str, arguments)])
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        return Answer(ended.value.code or 0, said.out, said.err)

    return call
