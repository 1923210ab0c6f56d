"""On real sockets: servers that drip, cut off, send too much, or show a certificate nobody knows."""

from __future__ import annotations

import gzip
import importlib.util
import socket
import ssl
import threading
import time
import tracemalloc
import zlib

import pytest
import trustme

from tests.fetch_servers import PAGE, a_fetcher, http, quiet_source, serving
from tests.shared import PORTALS, needs_recorded
from tracker.errors import ConfigError, FetchError
from tracker.model import Part, Request

AUTHORITY = trustme.CA()
MEGABYTE = 1_000_000


def get(server, **given):
    source = quiet_source(server.url, **given)
    with a_fetcher() as fetcher:
        return fetcher.get(source, Request(server.url))


def tls(name: str = "127.0.0.1"):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    AUTHORITY.issue_cert(name).configure_cert(context)
    return context


# ---------------------------------------------------------------- slow


def drip(start: bytes):
    def answer(_request: bytes, plug: socket.socket) -> None:
        plug.sendall(start)
        for _ in range(200):
            plug.sendall(b"x")
            time.sleep(0.02)

    return answer


@pytest.mark.parametrize(
    "start", [http(length=1000), b"HTTP/1.1 200 OK\r\nX-Slow: ", b"HTTP/1.1 404 Not Found\r\nX-Slow: "]
)
def test_a_server_that_drips_does_not_hold_us_in_body_or_headers(start):
    begun = time.monotonic()
    with (
        serving(drip(start)) as server,
        a_fetcher(monotonic=time.monotonic, sleep=lambda _: None) as fetcher,
        pytest.raises(FetchError, match=r"longer than 0\.15 s in all, 3 times") as caught,
    ):
        fetcher.get(quiet_source(server.url, timeout=0.15), Request(server.url))
    assert time.monotonic() - begun < 2
    assert not caught.value.permanent
    assert "timeout" in caught.value.hint


def test_a_server_that_is_silent_does_not_hold_us():
    with (
        serving(lambda _request, plug: plug.recv(1)) as server,
        a_fetcher(monotonic=time.monotonic, sleep=lambda _: None) as fetcher,
        pytest.raises(FetchError, match=r"silent for 0\.1 s|longer than 0\.1 s") as caught,
    ):
        fetcher.get(quiet_source(server.url, timeout=0.1), Request(server.url))
    assert not caught.value.permanent


def test_nobody_at_home_is_said():
    with serving(http()) as server:
        gone = server.url
    with a_fetcher() as fetcher, pytest.raises(FetchError, match=r"no connection.*refused, 3 times"):
        fetcher.get(quiet_source(gone), Request(gone))


# ---------------------------------------------------------------- cut off, garbled


@pytest.mark.parametrize(
    "answer",
    [
        http(PAGE, length=len(PAGE) + 1),
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhallo\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n" + gzip.compress(PAGE)[:-9],
        b"HTTP/1.1 200",
        b"",
        b"\x16\x03\x01\x02\x00",
        b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200_000,
    ],
    ids=["length", "chunked", "gzip", "half a line", "nothing", "tls on a plain port", "endless header"],
)
def test_an_answer_that_was_cut_off_is_no_answer_and_asked_for_again(answer):
    with serving(answer) as server, pytest.raises(FetchError, match="3 times") as caught:
        get(server)
    assert not caught.value.permanent
    assert len(server.requests) == 3


def test_a_second_try_gets_what_the_first_lost():
    answers = [http(PAGE, length=9999), http(PAGE)]
    with serving(lambda _request, plug: plug.sendall(answers.pop(0))) as server:
        assert get(server).body == PAGE


def test_a_refusal_stays_one_however_badly_it_is_written():
    with (
        serving(http(b"weg", "404 Not Found", length=9999)) as server,
        pytest.raises(FetchError, match="HTTP 404") as caught,
    ):
        get(server)
    assert (caught.value.status, len(server.requests)) == (404, 1)


# ---------------------------------------------------------------- too big


def pour(chunk: bytes, head: bytes, sent: list[int]):
    """Sends up to a gigabyte, as long as anybody takes it."""

    def answer(_request: bytes, plug: socket.socket) -> None:
        plug.sendall(head)
        for _ in range(1_000_000_000 // len(chunk)):
            plug.sendall(chunk)
            sent.append(len(chunk))

    return answer


def test_a_gigabyte_that_is_announced_is_refused_before_it_is_read():
    sent: list[int] = []
    chunk = bytes(100_000)
    with serving(pour(chunk, http(length=1_000_000_000), sent)) as server:
        with pytest.raises(FetchError, match=r"larger than 1\.0 MB \(1,000 MB announced\)") as caught:
            get(server, max_bytes=MEGABYTE)
        assert sum(sent) < 20 * MEGABYTE  # what the buffers of the two sockets took
    assert caught.value.permanent
    assert "max_bytes" in caught.value.hint
    assert len(server.requests) == 1


def test_a_gigabyte_that_is_not_announced_is_left_when_it_is_too_much():
    sent: list[int] = []
    head = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"
    with serving(pour(bytes(100_000), head, sent)) as server:
        with pytest.raises(FetchError, match=r"larger than 1\.0 MB"):
            get(server, max_bytes=MEGABYTE)
        assert sum(sent) < 20 * MEGABYTE


def gigabyte_of_zeros() -> bytes:
    """After a full flush the packer starts anew, so a packed block can be repeated. The checksum is never reached."""
    packer = zlib.compressobj(1, wbits=31)
    head = packer.compress(b"") + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(bytes(10 * MEGABYTE)) + packer.flush(zlib.Z_FULL_FLUSH)
    return head + block * 100


def test_a_zip_bomb_is_left_at_the_limit_and_not_at_its_end():
    bomb = gigabyte_of_zeros()
    assert len(bomb) < 6 * MEGABYTE
    with serving(http(bomb, content_encoding="gzip")) as server, a_fetcher() as fetcher:
        source = quiet_source(server.url, max_bytes=6 * MEGABYTE)
        tracemalloc.start()
        try:
            with pytest.raises(FetchError, match=r"larger than 6\.0 MB once unpacked") as caught:
                fetcher.get(source, Request(server.url))
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert peak < 20 * MEGABYTE
    assert caught.value.permanent


def test_a_packed_answer_arrives_unpacked():
    with serving(http(gzip.compress(PAGE), content_encoding="gzip", content_type="text/html")) as server:
        assert get(server).body == PAGE


# ---------------------------------------------------------------- TLS


@pytest.fixture
def authority_file(tmp_path):
    path = tmp_path / "stadt-ca.pem"
    AUTHORITY.cert_pem.write_to_path(str(path))
    return path


def test_the_citys_own_certificate_authority_is_trusted_where_it_is_named(authority_file):
    with serving(http(PAGE), tls()) as server, a_fetcher(environ={"SSL_CERT_FILE": str(authority_file)}) as fetcher:
        assert fetcher.get(quiet_source(server.url), Request(server.url)).body == PAGE


def test_without_it_the_error_names_the_certificate_and_the_way_out():
    with (
        serving(http(PAGE), tls()) as server,
        a_fetcher() as fetcher,
        pytest.raises(FetchError, match="certificate is not trusted") as caught,
    ):
        fetcher.get(quiet_source(server.url), Request(server.url))
    assert "SSL_CERT_FILE" in caught.value.hint
    assert caught.value.permanent
    assert not server.requests


def test_a_certificate_for_another_host_is_not_trusted(authority_file):
    with (
        serving(http(PAGE), tls("other.example")) as server,
        a_fetcher(environ={"SSL_CERT_FILE": str(authority_file)}) as fetcher,
        pytest.raises(FetchError, match="certificate is not trusted"),
    ):
        fetcher.get(quiet_source(server.url), Request(server.url))


def test_a_name_is_checked_against_the_certificate_though_we_connect_to_its_address(authority_file):
    with (
        serving(http(PAGE), tls("portal.example")) as server,
        a_fetcher(environ={"SSL_CERT_FILE": str(authority_file)}, resolver=lambda *_: ["127.0.0.1"]) as fetcher,
    ):
        source = quiet_source(f"https://portal.example:{server.port}/")
        assert fetcher.get(source, Request(source.url)).body == PAGE


@pytest.mark.parametrize("content", [None, b"no certificate"])
def test_a_certificate_file_that_is_none_is_said_at_once(tmp_path, content):
    path = tmp_path / "ca.pem"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ConfigError, match="SSL_CERT_FILE="):
        a_fetcher(environ={"SSL_CERT_FILE": str(path)})


def test_https_goes_through_the_proxy_by_connect_and_stays_secret(authority_file):
    def tunnel(request: bytes, plug: socket.socket) -> None:
        plug.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        with tls("portal.example").wrap_socket(plug, server_side=True) as inner:
            inner.recv(65_536)
            inner.sendall(http(PAGE))

    def nobody_knows(*_):
        raise OSError("no name service")

    with serving(tunnel) as proxy:
        environ = {"HTTPS_PROXY": proxy.url, "SSL_CERT_FILE": str(authority_file)}
        source = quiet_source("https://portal.example/calls")
        with a_fetcher(environ=environ, resolver=nobody_knows) as fetcher:
            assert fetcher.get(source, Request(source.url)).body == PAGE
    assert proxy.requests[0].startswith(b"CONNECT portal.example:443 HTTP/1.1\r\n")
    assert b"calls" not in proxy.requests[0]


# ---------------------------------------------------------------- connections


def test_connections_are_kept_and_a_closed_one_is_opened_again():
    def answer(_request: bytes, plug: socket.socket) -> None:
        plug.sendall(http(PAGE, connection="keep-alive"))  # and then closes, which the client sees only later

    with serving(answer) as server, a_fetcher() as fetcher:
        for _ in range(3):
            assert fetcher.get(quiet_source(server.url), Request(server.url)).body == PAGE


@needs_recorded
def test_the_stand_in_for_the_eu_portal_accepts_our_parts():
    spec = importlib.util.spec_from_file_location("sedia_server", PORTALS / "sedia_server.py")
    sedia = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(sedia)
    sedia.DATA.update({"rows": [], "days": {"2026-05-01": []}})
    sedia.STATE["date"] = "2026-05-01"
    server = sedia.ThreadingHTTPServer(("127.0.0.1", 0), sedia.Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/search-api/prod/rest/search?apiKey=SEDIA&text=***&pageSize=50"
    parts = (Part("query", '{"bool":{"must":[]}}'), Part("languages", '["en"]'))
    try:
        with a_fetcher() as fetcher:
            source = quiet_source(url, robots=True)
            assert b'"totalResults": 0' in fetcher.get(source, Request(url, parts=parts)).body
            with pytest.raises(FetchError, match="HTTP 500"):
                fetcher.get(source, Request(url, parts=(Part("query", "{}", "text/plain"),)))
    finally:
        server.shutdown()
        server.server_close()
