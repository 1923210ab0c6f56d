"""A portal on loopback with four faces, one per connector, and faults to switch on; and a home that reads it."""

from __future__ import annotations

import json
import socket
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from hashlib import sha256
from html import escape
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.fdb_export import at, document, pack
from tests.homes import PROFILE
from tests.loopback import address_of, on_loopback
from tracker.archive import Archive
from tracker.collect import Collector, Outcome, collect
from tracker.fetch import Fetcher
from tracker.home import Home, open_home
from tracker.store import Store

MONDAY = datetime(2026, 11, 2, 5, tzinfo=UTC)  # six o'clock in Ludwigsburg
PATHS = {"eu": "/search", "fdb": "/export", "feed": "/feed.xml", "list": "/aufrufe"}
FACES = tuple(PATHS)
GIGABYTE = 1_000_000_000


def day(number: int, hour: int = 0) -> datetime:
    """The morning of that many days after MONDAY, `hour` hours later."""
    return MONDAY + timedelta(days=number, hours=hour)


# ---------------------------------------------------------------- what the portal holds


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A call as the portal shows it. `meta` and `row` replace parts of its row on the EU face only."""

    key: str
    title: str = ""
    deadlines: tuple[str, ...] = ("2027-03-15",)
    text: str = "Städte fördern Begegnungen mit ihren Partnerstädten."
    link: str = ""
    meta: Mapping[str, Any] = field(default_factory=dict)
    row: Mapping[str, Any] = field(default_factory=dict)


def some(count: int) -> list[Shown]:
    """That many calls whose titles no charset but the right one can read."""
    return [Shown(key=f"TT-{n:02}", title=f"Förderung {n:02}: Bürger für Nový Jičín") for n in range(count)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer. `length` is what its header claims; `stream` bytes are sent, unless the other side hangs up."""

    body: bytes = b""
    media_type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    length: int | None = None
    stream: int = 0
    hang_up: bool = False
    silent: bool = False  # after the body nothing comes, and the line stays open


Fault = Callable[[Answer], Answer]


@dataclass(slots=True)
class Portal:
    """What the portal shows and how it misbehaves. `faults` by face; a list of faults is used up one by one."""

    address: str = ""
    shown: dict[str, list[Shown]] = field(default_factory=dict)
    faults: dict[str, Fault | list[Fault]] = field(default_factory=dict)
    details: dict[str, Any] = field(default_factory=dict)  # identifier → text, status or anything for the JSON
    etags: bool = False
    searching: Callable[[int], int] = lambda _searches: 0  # what is added to the total of that search
    asked: list[str] = field(default_factory=list)
    searches: int = 0

    def reset(self, count: int = 24) -> None:
        """As on the first day."""
        self.shown = {face: some(count) for face in FACES}
        self.faults, self.details, self.etags = {}, {}, False
        self.searching, self.searches, self.asked = lambda _searches: 0, 0, []

    def url(self, face: str) -> str:
        return self.address + PATHS[face]

    def count(self, part: str) -> int:
        """How often an address with this in it was asked for."""
        return sum(part in path for path in self.asked)

    def answer(self, path: str, conditions: Mapping[str, str]) -> Answer:
        parts = urlsplit(path)
        if parts.path.startswith("/details/"):
            return self._faulty("details", self._detail(parts.path))
        if parts.path == "/loop":
            return Answer(status=307, headers={"Location": "/loop"})
        face = next((face for face, place in PATHS.items() if place == parts.path), "")
        if not face:
            return Answer(status=404)
        answer = self._faulty(face, self._face(face, parse_qs(parts.query)))
        if not self.etags or face == "eu" or answer.status != 200:
            return answer
        tag = f'"{sha256(answer.body).hexdigest()[:16]}"'
        if conditions.get("If-None-Match") == tag:
            return Answer(status=304, headers={"ETag": tag})
        return replace(answer, headers={**answer.headers, "ETag": tag})

    def _faulty(self, face: str, answer: Answer) -> Answer:
        fault = self.faults.get(face)
        if isinstance(fault, list):
            fault = fault.pop(0) if fault else None
        return fault(answer) if fault else answer

    def _face(self, face: str, asked: Mapping[str, list[str]]) -> Answer:
        shown = self.shown[face]
        match face:
            case "eu":
                self.searches += 1
                more = self.searching(self.searches)  # may change what is shown
                return Answer(body=_eu(self.shown[face], asked, more), media_type="application/json")
            case "fdb":
                return Answer(body=_fdb(tuple((one.key, one.title, one.deadlines) for one in shown)), media_type=ZIP)
            case "feed":
                return Answer(body=_feed(shown), media_type="application/rss+xml")
            case _:
                return Answer(body=_list(shown))

    def _detail(self, path: str) -> Answer:
        told = self.details.get(path.removeprefix("/details/").removesuffix(".json"), 404)
        if isinstance(told, int):
            return Answer(status=told, body=b"{}", media_type="application/json")
        told = {"TopicDetails": {"description": told}} if isinstance(told, str) else told
        return Answer(body=json.dumps(told).encode(), media_type="application/json")


ZIP = "application/zip"


def _eu(shown: list[Shown], asked: Mapping[str, list[str]], more: int) -> bytes:
    size, number = int(asked["pageSize"][0]), int(asked["pageNumber"][0])
    rows = [eu_row(one) for one in shown[(number - 1) * size : number * size]]
    answer = {"apiVersion": "2.155", "responseTime": number, "totalResults": len(shown) + more, "results": rows}
    try:
        return json.dumps(answer, ensure_ascii=False).encode()
    except UnicodeEncodeError:  # half a surrogate pair can only be escaped
        return json.dumps(answer).encode()


def eu_row(one: Shown) -> dict[str, Any]:
    """A row of the search, in the shape of 2026."""
    reference = f"{one.key}TOPICSen"
    meta = {
        "identifier": [one.key],
        "title": [one.title or one.key],
        "type": ["1"],
        "status": ["31094502"],
        "language": ["en"],
        "REFERENCE": [reference],
        "DATASOURCE": ["SEDIA"],
        "frameworkProgramme": ["43251589"],
        "startDate": ["2026-05-06T00:00:00.000+0000"],
        "deadlineDate": [f"{day}T00:00:00.000+0000" for day in one.deadlines],
        "deadlineModel": ["single-stage"],
        "descriptionByte": [f"<p>{escape(one.text)}</p>"] if one.text else [],
    }
    row = {"reference": reference, "url": one.link, "language": "en", "metadata": {**meta, **one.meta}}
    return {**row, **one.row}


@cache
def _fdb(shown: tuple[tuple[str, str, tuple[str, ...]], ...]) -> bytes:
    return pack(programme(key, title, deadlines) for key, title, deadlines in shown)


def programme(key: str, title: str, deadlines: tuple[str, ...] = ()) -> tuple[str, bytes]:
    """A member of the export: its name and its document."""
    place = f"Land/Baden-Wuerttemberg/{key.lower()}"
    days = " und ".join(f"{date.fromisoformat(day):%d.%m.%Y}" for day in deadlines)
    texts = {"title": f"<p>{escape(title)}</p>", "procInfluence": f"<p>Die Frist endet am {days}.</p>" if days else ""}
    return at(place), document(place, texts=texts)


def _feed(shown: list[Shown]) -> bytes:
    items = "".join(
        f"<item><title>{escape(one.title)}</title><link>{one.link or f'https://rundbrief.example/{one.key}'}</link>"
        f"<guid>{one.key}</guid><description>{escape(one.text)} {_due(one)}</description></item>"
        for one in shown
    )
    head = '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Rundbrief</title>'
    return f"{head}<link>https://rundbrief.example/</link><description/>{items}</channel></rss>".encode()


def _list(shown: list[Shown]) -> bytes:
    items = "".join(
        f'<article class="call"><h3><a href="{one.link or f"/aufrufe/{one.key}"}">{escape(one.title)}</a></h3>'
        f"<p>{_due(one)}</p></article>"
        for one in shown
    )
    head = '<!DOCTYPE html><html lang="de"><head><meta charset="utf-8"><title>Aufrufe</title></head>'
    return f"{head}<body>{items}</body></html>".encode()


def _due(one: Shown) -> str:
    return "".join(f"Frist: {date.fromisoformat(day):%d.%m.%Y}. " for day in one.deadlines)


# ---------------------------------------------------------------- the server


@contextmanager
def serving() -> Iterator[Portal]:
    """The portal on a free port of 127.0.0.1 until the block ends."""
    portal = Portal()
    portal.reset()
    troubles: list[BaseException | None] = []  # our own; a client that hangs up is no trouble
    with on_loopback(type("Handler", (_Handler,), {"portal": portal})) as server:
        server.handle_error = lambda *_: isinstance(sys.exception(), OSError) or troubles.append(sys.exception())
        portal.address = address_of(server)
        yield portal
    assert not troubles


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    portal: Portal

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        self.portal.asked.append(self.path)
        self._send(self.portal.answer(self.path, dict(self.headers)))

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.do_GET()

    def _send(self, answer: Answer) -> None:
        if answer.hang_up:
            self.close_connection = True
            return
        self.send_response(answer.status)
        length = len(answer.body) if answer.length is None else answer.length
        headers = {"Content-Type": answer.media_type, "Content-Length": str(length), **answer.headers}
        if answer.stream:
            del headers["Content-Length"]
        for name, words in headers.items():
            self.send_header(name, words)
        self.end_headers()
        with suppress(OSError):
            self._write(answer)
            if answer.silent:
                self.connection.recv(1)  # until the other side has had enough
        if answer.stream or length != len(answer.body):  # cut off: the other side must not wait for more
            self.close_connection = True
            with suppress(OSError):
                self.connection.shutdown(socket.SHUT_RDWR)

    def _write(self, answer: Answer) -> None:
        if answer.status != 304:
            self.wfile.write(answer.body)
        sent, chunk = len(answer.body), bytes(65_536)
        while sent < answer.stream:
            self.wfile.write(chunk)
            sent += len(chunk)


# ---------------------------------------------------------------- a home, and reading it


def entries(address: str) -> dict[str, dict[str, Any]]:
    """The four sources as sources.yaml holds them; a test changes what matters to it."""
    mild = {"pause": 0, "max_bytes": 1_500_000, "max_requests": 40, "timeout": 5}
    due = {"pattern": r"Frist: ([\d.]+\d)"}
    return {
        "eu": {
            "connector": "eu_portal",
            "url": f"{address}/search",
            "language": "en",
            "zone": "Europe/Brussels",
            "options": {"page_size": 10, "details": f"{address}/details/"},
            **mild,
        },
        "fdb": {"connector": "foerderdatenbank", "url": f"{address}/export", "language": "de", **mild},
        "feed": {
            "connector": "feed",
            "url": f"{address}/feed.xml",
            "language": "de",
            "options": {"deadline": r"Frist: (?P<deadline>[\d.]+\d)"},
            "expect": {"complete": True},
            **mild,
        },
        "list": {
            "connector": "listing",
            "url": f"{address}/aufrufe",
            "language": "de",
            "options": {"item": "article.call", "link": "h3 a", "deadline": {"css": "p", **due}},
            **mild,
        },
    }


def a_home(folder: Path, sources: Mapping[str, Mapping[str, Any]]) -> Home:
    """A home with a small profile and these sources."""
    folder.mkdir(parents=True)
    folder.joinpath("digests").mkdir()
    folder.joinpath("profile.yaml").write_text(PROFILE, encoding="utf-8")
    folder.joinpath("sources.yaml").write_text(json.dumps({"sources": sources}), encoding="utf-8")
    return open_home(folder)


def read(home: Home, store: Store, now: datetime, *names: str, slept: list[float] | None = None) -> dict[str, Outcome]:
    """What `tracker collect` does between lock and judgement, without waiting between two tries."""
    naps = slept if slept is not None else []
    archive = Archive(home.archive, keep=home.profile.archive_scans)
    sources = [source for source in home.enabled if not names or source.id in names]
    environ = {"SSL_CERT_DIR": str(home.path)}  # no certificate is needed here, and reading all of them takes time
    contact = home.profile.contact
    with Fetcher(contact=contact, archive=archive, clock=lambda: now, environ=environ, sleep=naps.append) as fetcher:
        collector = Collector(
            store=store,
            fetcher=fetcher,
            archive=archive,
            order=home.order,
            now=now,
            zone=home.profile.city.zone,
            environ={},
        )
        return {outcome.source.id: outcome for outcome in collect(collector, sources)}


TABLES = ("calls", "origins", "identities", "changes")


def held(store: Store) -> dict[str, list[dict[str, Any]]]:
    """Every row of what is known about calls."""
    return {table: list(store.db.query(f"select * from {table} order by 1, 2, 3")) for table in TABLES}  # noqa: S608 - our own names


def told(store: Store) -> list[tuple[str, str, str]]:
    """Every change, oldest first: (day, kind, call)."""
    return [(f"{change.at:%m-%d}", str(change.change.kind), change.call_id) for change in store.crawl.changes()]
