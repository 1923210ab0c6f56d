"""What holds for every test: no network beyond this machine, no setting of the person who runs it."""

from __future__ import annotations

import ipaddress
import os
import sys

import pytest

HOST_AT = {  # audit event → position of the address among its arguments; see the table in Python's audit_events docs
    "socket.connect": 1,
    "socket.sendto": 1,
    "socket.getaddrinfo": 0,
    "socket.gethostbyname": 0,
}
PERSONAL = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


class BeyondLoopbackError(AssertionError):
    """A test asked for another machine. Not an OSError, so that no retry swallows it."""


def stays_here(host: object, *, resolving: bool) -> bool:
    """True for loopback; resolving a literal address asks nobody and is fine too."""
    if host is None or host in ("", b"", "localhost", b"localhost"):
        return True
    words = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)
    try:
        address = ipaddress.ip_address(words.split("%")[0])
    except ValueError:
        return words.endswith(".localhost")
    return resolving or address.is_loopback or address.is_unspecified


def _guard(event: str, args: tuple[object, ...]) -> None:
    if event not in HOST_AT:
        return
    address = args[HOST_AT[event]]
    if event in {"socket.connect", "socket.sendto"}:
        if not isinstance(address, tuple):
            return  # a unix socket: a file of this machine
        address = address[0]
    if not stays_here(address, resolving=event not in {"socket.connect", "socket.sendto"}):
        raise BeyondLoopbackError(f"{event}: {address!r} is not this machine; tests talk to loopback only")


sys.addaudithook(_guard)  # an audit hook cannot be undone, which is the point


@pytest.fixture(autouse=True)
def nobodys_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Proxies and TRACKER_* of the machine must not decide a test. TRACKER_SHARED only names recordings."""
    for name in list(os.environ):
        if name.lower() in PERSONAL or (name.startswith("TRACKER_") and name != "TRACKER_SHARED"):
            monkeypatch.delenv(name)


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--no-skips`: for make check, where a test that could not run must not look like one that passed."""
    parser.addoption("--no-skips", action="store_true", help="a skipped test fails the run")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Skipped tests fail the run where `--no-skips` says so."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if session.config.getoption("--no-skips") and reporter and reporter.stats.get("skipped"):
        reporter.write_line("a test was skipped, and --no-skips was asked for", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
