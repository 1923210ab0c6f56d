"""Connections: TLS with the city's own certificates, proxies, and a limit on the time one answer may take.

httpx limits how long a server may be silent, not how long it may drip: one byte every ten seconds would hold a run for
ever, in the headers as well as in the body. So each read is also bounded by what is left of the whole time.
"""

from __future__ import annotations

import logging
import socket
import ssl
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import certifi
import httpcore
import httpx

from tracker.errors import ConfigError

# At DEBUG httpcore writes every header of an answer into the log, and some servers repeat the key they were sent.
logging.getLogger("httpcore").setLevel(logging.INFO)

CONNECT = 10.0  # seconds
POOL = httpx.Limits(max_connections=100, max_keepalive_connections=20, keepalive_expiry=30.0)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One exchange under way: when it must end, and the addresses that were checked (none: any the resolver gives)."""

    ends: float
    monotonic: Callable[[], float]
    addresses: tuple[str, ...] = ()

    @property
    def left(self) -> float:
        """Seconds left; negative when the time is over."""
        return self.ends - self.monotonic()


_ATTEMPT: ContextVar[Attempt | None] = ContextVar("attempt", default=None)


@contextmanager
def within(attempt: Attempt) -> Iterator[None]:
    """What this thread does on the wire is bounded by `attempt`."""
    token = _ATTEMPT.set(attempt)
    try:
        yield
    finally:
        _ATTEMPT.reset(token)


class Lines:
    """The transports of one Fetcher: one without proxy, one per proxy, made when first needed.

    Raises ConfigError where SSL_CERT_FILE or SSL_CERT_DIR names nothing readable. `given` replaces them all in tests.
    """

    def __init__(self, environ: Mapping[str, str], given: httpx.BaseTransport | None) -> None:
        self.given = given
        self._context = tls_context(environ) if given is None else None
        self._open: dict[str, httpx.BaseTransport] = {}
        self._lock = threading.Lock()

    def through(self, proxy: str) -> httpx.BaseTransport:
        """The transport for a proxy's address, "" for none. Raises ConfigError for an address that cannot be used."""
        if self.given is not None:
            return self.given
        with self._lock:
            if proxy not in self._open:
                self._open[proxy] = _transport(proxy, self._context)
            return self._open[proxy]

    def close(self) -> None:
        """Closes what was opened here."""
        for transport in self._open.values():
            transport.close()


def tls_context(environ: Mapping[str, str]) -> ssl.SSLContext:
    """Trusts the certificates of SSL_CERT_FILE or SSL_CERT_DIR, and the public ones where neither is set."""
    file, folder = environ.get("SSL_CERT_FILE") or None, environ.get("SSL_CERT_DIR") or None
    try:
        return ssl.create_default_context(cafile=file or (None if folder else certifi.where()), capath=folder)
    except OSError as error:  # ssl.SSLError is one too
        raise ConfigError(f"SSL_CERT_FILE={file or ''} SSL_CERT_DIR={folder or ''} cannot be used: {error}") from error


def _transport(proxy: str, context: ssl.SSLContext | None) -> httpx.BaseTransport:
    try:
        secure = context if proxy.startswith("https://") else None
        way = httpx.Proxy(proxy, ssl_context=secure) if proxy else None
        transport = httpx.HTTPTransport(verify=context or True, trust_env=False, limits=POOL, proxy=way)
    except (ValueError, ImportError, httpx.InvalidURL) as error:
        # The address may hold a password, so it is not repeated here.
        raise ConfigError("HTTPS_PROXY, HTTP_PROXY or ALL_PROXY is no http:// or https:// address") from error
    pool = transport._pool  # noqa: SLF001 (httpx has no door for a network backend; test_fetch_wire fails if this moves)
    pool._network_backend = _Bounded(pool._network_backend)  # noqa: SLF001 (the same)
    return transport


def _bound(timeout: float | None) -> float | None:
    attempt = _ATTEMPT.get()
    if attempt is None:
        return timeout
    if attempt.left <= 0:
        raise httpcore.ReadTimeout("the whole time is over")
    return attempt.left if timeout is None else min(timeout, attempt.left)


class _Bounded(httpcore.NetworkBackend):
    """Opens connections to checked addresses only, so that a name cannot change its mind after the check."""

    def __init__(self, inner: httpcore.NetworkBackend) -> None:
        self._inner = inner

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        attempt = _ATTEMPT.get()
        *others, last = (attempt.addresses if attempt else ()) or (host,)
        for address in others:
            try:
                return self._connect(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return self._connect(last, port, timeout, local_address, socket_options)

    def _connect(self, address: str, port: int, timeout: float | None, *rest: Any) -> httpcore.NetworkStream:
        return _BoundedStream(self._inner.connect_tcp(address, port, _bound(timeout), *rest))


def _acknowledge_at_once(stream: httpcore.NetworkStream) -> None:
    """A server that writes head and body apart waits for our word after the head, and Linux withholds it for 40 ms.

    Measured 2026-11 on small answers: 44 ms each without this, 2 ms with it. The kernel forgets the wish, so it is
    said before every read; where there is no such option nothing is lost.
    """
    opened = stream.get_extra_info("socket")
    if opened is None or not hasattr(socket, "TCP_QUICKACK"):
        return
    with suppress(OSError):
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)


class _BoundedStream(httpcore.NetworkStream):
    def __init__(self, inner: httpcore.NetworkStream) -> None:
        self._inner = inner

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        _acknowledge_at_once(self._inner)
        return self._inner.read(max_bytes, _bound(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, _bound(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _BoundedStream(self._inner.start_tls(ssl_context, server_hostname, _bound(timeout)))

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)
