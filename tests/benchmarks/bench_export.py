"""A full Förderdatenbank export from the first request to committed rows, and once more answered by 304.

Prints medians; asserts that the rows are there and that the second run parsed nothing, never a time.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.benchmarks.bench_collect import Portal, counted, measure, middle, show
from tests.fdb_export import full

pytestmark = pytest.mark.benchmark
ROUNDS = 5
SOURCES = """\
sources:
  foerderdatenbank:
    connector: foerderdatenbank
    url: {base}/export
    pause: 0
    robots: false
    max_bytes: 200000000
"""


@contextmanager
def serve(body: bytes, stamps: Path):
    """The export on this machine, with an ETag; writes down when each request came."""

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_):
            pass

        def do_GET(self):
            with stamps.open("a", encoding="utf-8") as file:
                print(time.time(), file=file)
            known = self.headers.get("If-None-Match") == '"export"'
            self.send_response(304 if known else 200)
            self.send_header("ETag", '"export"')
            self.send_header("Content-Type", "application/zip")
            self.send_header("Content-Length", "0" if known else str(len(body)))
            self.end_headers()
            self.wfile.write(b"" if known else body)

    stamps.touch()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield Portal(base=f"http://127.0.0.1:{server.server_port}", stamps=stamps)
    server.shutdown()
    server.server_close()


def collect(folder: Path, now: str, portal: Portal):
    command = [sys.executable, "-m", "tracker", "--home", folder, "--now", now, "collect", "foerderdatenbank"]
    return measure(*command, portal=portal, database=folder / "tracker.db", table="runs")


def test_a_full_export_is_committed_and_not_parsed_twice(tmp_path):
    first, second = [], []
    body = full()
    with serve(body, tmp_path / "stamps") as portal:
        for number in range(ROUNDS):
            folder = tmp_path / f"home{number}"
            subprocess.run([sys.executable, "-m", "tracker", "init", folder], check=True, capture_output=True)
            (folder / "sources.yaml").write_text(SOURCES.format(base=portal.base), encoding="utf-8")
            first.append(collect(folder, "2026-08-03T06:00", portal))
            held = counted(folder / "tracker.db", "origins")
            second.append(collect(folder, "2026-08-04T06:00", portal))
            assert held > 300 and counted(folder / "tracker.db", "origins") == held
            asked = [sys.executable, "-m", "tracker", "--home", folder, "sources", "--json"]
            (source,) = json.loads(subprocess.run(asked, capture_output=True, check=True).stdout)
            assert source["calls"] == held and source["state"] in ("ok", "late")
    print(f"\nExport of 2,500 programmes in 10,000 files ({len(body) / 1e6:.0f} MB), medians of {ROUNDS}:")
    show("first run", middle(first))
    show("second run, answered by 304", middle(second))
    print(f"  second / first                   {middle(second).reading / middle(first).reading:6.3f} to committed rows")
