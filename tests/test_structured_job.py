"""A question in JSON with a key, through the whole job over real HTTP: read, read again, read from the archive."""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from tests.loopback import address_of, on_loopback
from tests.portals import a_home, day
from tracker.archive import Archive
from tracker.collect import Collector, Outcome, collect
from tracker.fetch import Fetcher
from tracker.home import Home
from tracker.reparse import reparse
from tracker.store import Store

KEY = "s3cret-0f-the-city"


class Portal:
    """An interface that wants a key and repeats it in every answer; five calls, two a page."""

    def __init__(self) -> None:
        self.address = ""
        self.asked: list[Any] = []
        self.more: dict[str, Any] = {}

    def answer(self, question: Any, key: str | None) -> tuple[int, Any]:
        self.asked.append(question)
        if key != KEY:
            return 401, {"message": f"wrong key {key}"}
        at = question["paging"]["at"]
        rows = [{"id": n, "name": f"Call {n}", "until": "2027-03-15"} for n in range(5)][at : at + 2]
        return 200, {"total": 5, "rows": rows, "you": key, **self.more}


@contextmanager
def serving() -> Iterator[Portal]:
    portal = Portal()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

        def do_POST(self) -> None:
            question = json.loads(self.rfile.read(int(self.headers["content-length"])))
            status, told = portal.answer(question, self.headers["x-api-key"])
            body = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.send_header("x-echo", str(self.headers["x-api-key"]))
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self) -> None:
            self.send_error(404)

    with on_loopback(Handler) as server:
        portal.address = address_of(server)
        yield portal


@pytest.fixture
def portal() -> Iterator[Portal]:
    with serving() as found:
        yield found


@pytest.fixture
def home(portal: Portal, tmp_path: Path) -> Home:
    options = {
        "rows": "rows",
        "id": "id",
        "title": "name",
        "link": {"path": "id", "template": "https://calls.example/{}"},
        "deadline": "until",
        "body": {"status": ["open"]},
        "paging": {"style": "offset", "param": "paging.at", "total": "total"},
        "key_header": "X-API-Key",
    }
    entry = {"connector": "json_api", "url": f"{portal.address}/search", "options": options, "pause": 0, "timeout": 5}
    return a_home(tmp_path / "home", {"simpler": {**entry, "needs_env": "SIMPLER_KEY"}})


@pytest.fixture
def store(home: Home) -> Iterator[Store]:
    store = home.store()
    yield store
    store.close()


@contextmanager
def a_collector(home: Home, store: Store, number: int, key: str) -> Iterator[Collector]:
    environ = {"SSL_CERT_DIR": str(home.path), "SIMPLER_KEY": key}
    archive = Archive(home.archive)
    given = {"archive": archive, "clock": lambda: day(number), "environ": environ, "sleep": lambda _: None}
    with Fetcher(contact="mailto:a@b.example", **given) as fetcher:
        yield Collector(
            store=store,
            fetcher=fetcher,
            archive=archive,
            order=home.order,
            now=day(number),
            zone="Europe/Berlin",
            environ=environ,
        )


def read(home: Home, store: Store, number: int, key: str = KEY) -> Outcome:
    with a_collector(home, store, number, key) as collector:
        (outcome,) = collect(collector, home.enabled)
    return outcome


def test_all_pages_are_read_and_read_again_and_the_key_is_nowhere(home, store, portal, caplog):
    caplog.set_level(logging.DEBUG)
    first = read(home, store, 0)
    assert (first.run.calls, first.run.healthy) == (5, True)
    again = read(home, store, 1)
    assert again.run.unchanged and again.run.healthy
    portal.more = {"took": 7}
    assert (read(home, store, 2).run.calls, read(home, store, 2).run.unchanged) == (5, True)
    assert portal.asked[:3] == [{"status": ["open"], "paging": {"at": at}} for at in (0, 2, 4)]
    with a_collector(home, store, 3, "") as collector:
        assert reparse(collector, home.enabled[0]).calls == 5
        kept = [collector.archive.documents(scan) for scan in collector.archive.scans("simpler")]
    assert KEY not in repr(kept) and "***" in repr(kept)
    dump = "\n".join(sqlite3.connect(next(home.path.glob("*.db"))).iterdump())
    assert "calls.example" in dump and KEY not in dump
    assert logging.getLogger().isEnabledFor(logging.DEBUG) and KEY not in caplog.text


def test_without_its_key_the_source_is_not_set_up_and_with_a_wrong_one_refused(home, store, portal):
    missing = read(home, store, 0, key="")
    assert (missing.run.state, missing.failed, portal.asked) == ("not set up", False, [])
    wrong = read(home, store, 1, key="another-key-1")
    assert wrong.failed and "HTTP 401" in wrong.run.error and "another-key-1" not in wrong.run.error
