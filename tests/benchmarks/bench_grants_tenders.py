"""The EU portal's bulk file of full size: seconds and memory of the whole job, over HTTP, new and changed.

Measures, asserts no time. A process of its own reads, so that its memory is that of one who only reads.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from tests.grants_file import one_file
from tests.loopback import address_of, on_loopback
from tests.portals import a_home

pytestmark = pytest.mark.benchmark
ROOT = Path(__file__).resolve().parents[2]
LIMIT = 500_000_000  # bytes: what a small server can spare
JOB = """
import re, sys
from pathlib import Path
from tests.homes import read
from tracker.home import open_home

def peak():  # of this program alone; getrusage counts what its parent had before it
    return int(re.search(r"VmHWM:\\s+([0-9]+) kB", Path("/proc/self/status").read_text())[1]) * 1024

before = peak()
(outcome,) = read(open_home(Path(sys.argv[1])), sys.argv[2], "file")
assert outcome.run.healthy, outcome.run.error
print(outcome.run.calls, before, peak())
"""


class Files(BaseHTTPRequestHandler):
    """Sends one body with its ETag."""

    protocol_version = "HTTP/1.1"
    body = b""
    tag = ""

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        if self.path == "/robots.txt":
            self.send_error(404)
            return
        same = self.headers.get("If-None-Match") == self.tag
        self.send_response(304 if same else 200)
        self.send_header("ETag", self.tag)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", "0" if same else str(len(self.body)))
        self.end_headers()
        if not same:
            self.wfile.write(self.body)


@pytest.fixture
def server():
    handler = type("Handler", (Files,), {})
    with on_loopback(handler) as server:
        yield handler, address_of(server)


def test_the_whole_file_is_read_with_less_than_half_a_gigabyte(server, tmp_path):
    handler, address = server
    eu = {"connector": "eu_portal", "url": f"{address}/search", "enabled": False}
    file = {
        "connector": "grants_tenders",
        "url": f"{address}/all.json",
        "stands_in_for": "eu",
        "max_bytes": 300_000_000,
    }
    home = a_home(tmp_path / "home", {"eu": eu, "file": {**file, "pause": 0, "timeout": 120}})
    handler.body, handler.tag = one_file(), '"1"'
    peaks = [_timed("new", home.path, "2026-11-02T06:00")]
    peaks.append(_timed("the same (304)", home.path, "2026-11-03T06:00"))
    handler.body, handler.tag = handler.body.replace(b"TOPIC-00023", b"TOPIC-99999"), '"2"'
    peaks.append(_timed("changed", home.path, "2026-11-04T06:00"))
    print(json.dumps({"bytes": len(handler.body), "peaks": peaks}))
    assert max(peaks) < LIMIT


def _timed(what: str, home: Path, moment: str) -> int:
    start = time.perf_counter()
    command = [sys.executable, "-c", JOB, str(home), moment]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    calls, before, peak = map(int, done.stdout.split())
    took = time.perf_counter() - start
    print(f"{what}: {calls} calls in {took:.1f} s, {before / 1e6:.0f} MB before, {peak / 1e6:.0f} MB at most")
    return peak
