"""The source aides-territoires with its login, through the whole job over real HTTP: both secrets stay in fetch."""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from tests.loopback import address_of, on_loopback
from tests.portals import a_home, day
from tracker.archive import Archive
from tracker.collect import Collector, Outcome, collect
from tracker.fetch import Fetcher
from tracker.home import Home
from tracker.store import Store

ROOT = Path(__file__).resolve().parents[1]
AIDS = json.loads((ROOT / "tests/sources/aides-territoires/aids.json").read_text("utf-8"))
SITE = "https://aides-territoires.beta.gouv.fr"
KEY = "token-0f-the-account"


class Portal:
    """Gives out numbered tokens; each is good for one run of ours, and one may expire early."""

    def __init__(self) -> None:
        self.address = ""
        self.logins: list[str] = []
        self.good = ""
        self.expires = False
        self.aids = AIDS

    def login(self, key: str | None) -> tuple[int, object]:
        self.logins.append(str(key))
        if key != KEY:
            return 401, {"code": 401, "message": f"Invalid token {key}"}
        self.good = f"eyJ0eXAiOiJKV1Qi.{len(self.logins)}"
        return 200, {"token": self.good}

    def answer(self, header: str | None) -> tuple[int, object]:
        if header != f"Bearer {self.good}":
            return 401, {"code": 401, "message": f"Expired JWT Token {header}"}
        self.good = "expired" if self.expires else self.good
        return 200, {**self.aids, "you": header}


@pytest.fixture
def portal() -> Iterator[Portal]:
    portal = Portal()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

        def reply(self, status: int, told: object) -> None:
            body = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            assert self.headers["content-length"] == "0"
            self.reply(*portal.login(self.headers["x-auth-token"]))

        def do_GET(self) -> None:
            if self.path == "/robots.txt":
                self.send_error(404)
                return
            self.reply(*portal.answer(self.headers["authorization"]))

    with on_loopback(Handler) as server:
        portal.address = address_of(server)
        yield portal


@pytest.fixture
def home(portal: Portal, tmp_path: Path) -> Home:
    """The entry of sources.yaml, with its addresses on loopback."""
    words = (ROOT / "sources.yaml").read_text("utf-8").replace(SITE, portal.address)
    entry = YAML(typ="safe").load(words)["sources"]["aides-territoires"]
    return a_home(tmp_path / "home", {"aides-territoires": {**entry, "pause": 0, "timeout": 5}})


@pytest.fixture
def store(home: Home) -> Iterator[Store]:
    store = home.store()
    yield store
    store.close()


def read(home: Home, store: Store, number: int, key: str = KEY) -> Outcome:
    environ = {"SSL_CERT_DIR": str(home.path), "AIDES_TERRITOIRES_TOKEN": key}
    archive = Archive(home.archive)
    given = {"archive": archive, "clock": lambda: day(number), "environ": environ, "sleep": lambda _: None}
    with Fetcher(contact="mailto:a@b.example", **given) as fetcher:
        collector = Collector(
            store=store,
            fetcher=fetcher,
            archive=archive,
            order=home.order,
            now=day(number),
            zone="Europe/Berlin",
            environ=environ,
        )
        (outcome,) = collect(collector, home.enabled)
    return outcome


def test_each_run_logs_in_once_and_neither_secret_is_kept_anywhere(home, store, portal, caplog):
    caplog.set_level(logging.DEBUG)
    first, again = read(home, store, 0), read(home, store, 1)
    assert (first.run.calls, first.run.healthy) == (4, True)
    # The token differs from day to day, and the portal repeats it: hushed, the answer is the same as yesterday.
    assert again.run.healthy and again.run.unchanged and portal.logins == [KEY, KEY]
    archive = Archive(home.archive)
    kept = [archive.documents(scan) for scan in archive.scans("aides-territoires")]
    told = repr(kept) + "\n".join(sqlite3.connect(next(home.path.glob("*.db"))).iterdump()) + caplog.text
    told += "".join(path.read_bytes().decode("latin-1") for path in home.path.rglob("*") if path.is_file())
    assert "***" in told and "162455" in told
    assert KEY not in told and "eyJ0eXAiOiJKV1Qi" not in told
    assert not any("connexion" in document.request.url for scan in kept for document in scan)


def test_a_token_that_expires_between_two_pages_costs_one_more_login(home, store, portal):
    portal.expires = True
    rows = [{**row, "id": f"{row['id']}-{n}"} for n in range(30) for row in AIDS["results"]]
    portal.aids = {**AIDS, "count": 300, "results": rows}
    outcome = read(home, store, 0)
    assert "holds the rows of the page before" in outcome.run.error  # page 2 was answered, with a new token
    assert len(portal.logins) == 2


def test_a_wrong_token_is_told_by_its_variable_and_without_one_the_source_is_not_set_up(home, store, portal):
    missing = read(home, store, 0, key="")
    assert (missing.run.state, missing.failed, portal.logins) == ("not set up", False, [])
    wrong = read(home, store, 1, key="another-secret")
    assert wrong.failed and "AIDES_TERRITOIRES_TOKEN (HTTP 401)" in wrong.run.error
    assert "another-secret" not in wrong.run.error
