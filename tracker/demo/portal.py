"""A small portal on this machine that answers as the real ones were seen to answer, for the demo and for tests.

Strict where the EU portal is: a part without its media type is answered with 500, a body without parts with rows that
no filter has touched. Loopback only.
"""

from __future__ import annotations

import email.parser
import email.policy
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tracker.demo import pages
from tracker.demo.rows import rows

SEARCH = "/search-api/prod/rest/search"
DETAILS = "/info/funding-tenders/opportunities/data/topicDetails/"


@dataclass(slots=True)
class Stage:
    """Which recorded day is shown, and where; the demo turns the page."""

    second: bool = False
    address: str = ""
    asked: list[str] = field(default_factory=list)


@contextmanager
def portal() -> Iterator[Stage]:
    """Serve on a free port of 127.0.0.1 until the block ends."""
    stage = Stage()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(stage))
    stage.address = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield stage
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(stage: Stage) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            """Say nothing: the demo's output is for a reader."""

        def do_GET(self) -> None:
            stage.asked.append(self.path)
            self._send(*_page(urlsplit(self.path).path, stage))

        def do_POST(self) -> None:
            stage.asked.append(self.path)
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if urlsplit(self.path).path != SEARCH:
                return self._send(404, "application/json", b"{}")
            return self._send(*_search(self.path, self.headers.get("Content-Type", ""), body, stage))

        def _send(self, status: int, media_type: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    return Handler


def _page(path: str, stage: Stage) -> tuple[int, str, bytes]:
    if path == "/FDB/WS/export":
        return (200, "text/html", pages.WALL) if stage.second else (200, "application/zip", pages.export())
    if path == "/foerderung":
        return 200, "text/html; charset=utf-8", pages.listing(second=stage.second)
    if path == "/rundbrief.xml":
        return 200, "application/rss+xml", pages.feed(second=stage.second)
    if path.startswith(DETAILS):
        return _details(path.removeprefix(DETAILS).removesuffix(".json"), stage)
    return 404, "text/plain", b"not found"


def _details(name: str, stage: Stage) -> tuple[int, str, bytes]:
    """Lower-case names only, as seen."""
    for row in rows(second=stage.second):
        if row["metadata"]["identifier"][0].lower() == name:
            details = {"TopicDetails": {"identifier": row["metadata"]["identifier"][0], "description": ""}}
            return 200, "application/json", json.dumps(details).encode()
    return 404, "application/json", b"{}"


def _search(path: str, media_type: str, body: bytes, stage: Stage) -> tuple[int, str, bytes]:
    parts = _parts(media_type, body)
    if parts is None:
        return 500, "application/json", b'{"message":"Internal Server Error"}'
    asked = {name: values[0] for name, values in parse_qs(urlsplit(path).query).items()}
    size, number = int(asked.get("pageSize", "50")), int(asked.get("pageNumber", "1"))
    found = [row for row in rows(second=stage.second) if _passes(row["metadata"], parts.get("query") or {})]
    found.sort(key=lambda row: str(row["metadata"]["identifier"][0]))
    answer = {
        "apiVersion": "2.146",
        "totalResults": len(found),
        "pageNumber": number,
        "pageSize": size,
        "results": found[(number - 1) * size : number * size],
    }
    return 200, "application/json", json.dumps(answer, ensure_ascii=False).encode()


def _parts(media_type: str, body: bytes) -> dict[str, Any] | None:
    """The multipart body by its parts' names; None where one lacks its media type."""
    if not media_type.startswith("multipart/form-data"):
        return {}
    head = b"Content-Type: " + media_type.encode() + b"\r\n\r\n"
    message = email.parser.BytesParser(policy=email.policy.HTTP).parsebytes(head + body)
    found = {}
    for part in message.iter_parts():
        if part.get_content_type() != "application/json":
            return None
        words = str(part.get_payload(decode=False))
        found[str(part.get_param("name", header="content-disposition"))] = json.loads(words)
    return found


def _passes(metadata: dict[str, list[str]], query: dict[str, Any]) -> bool:
    for clause in query.get("bool", {}).get("must", []):
        ((kind, body),) = clause.items()
        for name, wanted in body.items():
            values = {str(value) for value in (wanted if kind == "terms" else [wanted])}
            if not values & set(metadata.get(name, ())):
                return False
    return True
