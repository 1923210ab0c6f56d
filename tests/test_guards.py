"""The guards of the test suite have met their enemies."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import BeyondLoopbackError, stays_here


@pytest.mark.parametrize("address", ["192.0.2.1", "10.0.0.1", "8.8.8.8"])
def test_no_test_reaches_another_machine(address):
    with socket.socket() as plug, pytest.raises(BeyondLoopbackError, match="loopback only"):
        plug.connect((address, 443))


def test_no_test_reaches_another_machine_over_ipv6():
    with socket.socket(socket.AF_INET6) as plug, pytest.raises(BeyondLoopbackError):
        plug.connect(("2001:db8::1", 443))


def test_no_test_asks_a_name_server():
    with pytest.raises(BeyondLoopbackError):
        socket.getaddrinfo("portal.example", 443)


def test_loopback_is_open_to_tests():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as plug:
        plug.connect(server.getsockname())
        assert plug.getpeername() == server.getsockname()


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "127.8.8.8", "localhost", b"localhost", None, ""])
def test_this_machine_has_many_names(host):
    assert stays_here(host, resolving=False)


def test_a_literal_address_may_be_resolved_and_not_called():
    assert stays_here("10.0.0.1", resolving=True)
    assert not stays_here("10.0.0.1", resolving=False)


def test_nobodys_proxy_decides_a_test():
    assert not [name for name in os.environ if name.lower().endswith("_proxy")]


@pytest.mark.parametrize(("options", "code"), [([], 0), (["--no-skips"], 1)])
def test_a_skipped_test_passes_for_nothing_where_it_must_not(tmp_path, options, code):
    (tmp_path / "test_skip.py").write_text(
        "import pytest\n\ndef test_it(): pytest.skip('no browser')\n", encoding="utf-8"
    )
    shutil.copy(Path(__file__).with_name("conftest.py"), tmp_path)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", str(tmp_path), *options]
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode == code
