"""Portals for the tests of fetch: one answers from a table, one has real sockets; and a clock that only sleep moves."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import Any

import httpx

from tests.builders import a_source
from tracker.fetch import Fetcher
from tracker.model import Source

NOW = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
PAGE = b"<html><title>Aufrufe</title><p>F\xf6rderung</p></html>"


class Time:
    """Seconds pass only while somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.now += seconds


class Portal(httpx.MockTransport):
    """Answers by address; several answers to one address come in turn, the last stays. Unknown addresses: 404."""

    def __init__(self, pages: dict[str, Any]) -> None:
        self.pages = {address: list(page) if isinstance(page, list) else [page] for address, page in pages.items()}
        self.asked: list[httpx.Request] = []
        super().__init__(self.answer)

    def answer(self, request: httpx.Request) -> httpx.Response:
        request.read()
        self.asked.append(request)
        pages = self.pages.get(str(request.url), [httpx.Response(404)])
        page = pages.pop(0) if len(pages) > 1 else pages[0]
        if isinstance(page, Exception):
            raise page
        return page

    @property
    def addresses(self) -> list[str]:
        return [str(request.url) for request in self.asked]


def page(body: bytes = PAGE, status: int = 200, **headers: str) -> httpx.Response:
    named = {name.replace("_", "-"): words for name, words in headers.items()}
    values = {"content-type": "text/html", **named}
    encoded = [(name.encode(), words.encode()) for name, words in values.items()]
    return httpx.Response(status, content=body, headers=encoded)


def a_fetcher(transport: httpx.BaseTransport | None = None, time: Time | None = None, **given: Any) -> Fetcher:
    time = time or Time()
    values = {
        "contact": "mailto:europa@stadt.example",
        "archive": None,
        "clock": lambda: NOW,
        "sleep": time.sleep,
        "monotonic": time.monotonic,
        "jitter": lambda: 0.0,
        "wall": NOW.timestamp,
        "environ": {},
        "transport": transport,
    }
    return Fetcher(**{**values, **given})


def quiet_source(url: str, **given: Any) -> Source:
    """Asks no robots.txt and makes no pause, so that a test sees its own requests only."""
    return a_source(**{"url": url, "robots": False, "pause": 0.0, **given})


def http(body: bytes = b"", status: str = "200 OK", length: int | None = None, **headers: str) -> bytes:
    """An answer as it goes over the wire."""
    named = {"content-length": str(len(body) if length is None else length), "connection": "close", **headers}
    head = "".join(f"{name.replace('_', '-')}: {words}\r\n" for name, words in named.items())
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body


class Server:
    """One request per connection: `answer` gets it and the socket, and writes what it likes."""

    def __init__(self, answer: Callable[[bytes, socket.socket], None], context: ssl.SSLContext | None) -> None:
        self.answer = answer
        self.context = context
        self.requests: list[bytes] = []
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.url = f"{'https' if context else 'http'}://127.0.0.1:{self.port}/"
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self) -> None:
        with suppress(OSError):
            while True:
                plug, _ = self.socket.accept()
                threading.Thread(target=self.talk, args=(plug,), daemon=True).start()

    def talk(self, plug: socket.socket) -> None:
        with suppress(OSError), plug:
            secure = self.context.wrap_socket(plug, server_side=True) if self.context else plug
            with secure:
                self.requests.append(read_request(secure))
                self.answer(self.requests[-1], secure)


def read_request(plug: socket.socket) -> bytes:
    words = b""
    while b"\r\n\r\n" not in words:
        more = plug.recv(65_536)
        if not more:
            return words
        words += more
    head, _, body = words.partition(b"\r\n\r\n")
    lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    missing = int(lengths[0].split(b":")[1]) - len(body) if lengths else 0
    while missing > 0 and (more := plug.recv(65_536)):
        words, missing = words + more, missing - len(more)
    return words


@contextmanager
def serving(
    answer: bytes | Callable[[bytes, socket.socket], None], context: ssl.SSLContext | None = None
) -> Iterator[Server]:
    """A server on loopback that says `answer`, or does what the function does."""
    speak = answer if callable(answer) else lambda _request, plug: plug.sendall(answer)
    server = Server(speak, context)
    try:
        yield server
    finally:
        with suppress(OSError):
            server.socket.shutdown(socket.SHUT_RDWR)  # wakes the thread that waits for the next connection
        server.socket.close()
