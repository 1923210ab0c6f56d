"""Names and measures that the tests of the commands share."""

from __future__ import annotations

import sqlite3
from contextlib import closing

MONDAY = "2026-06-15T06:00"
BRIDGE = "eu-portal:PPPA-2026-BRIDGEFOREU2"
FOOD = "eu-portal:SMP-FOOD-2026-FW-STAKEHOLDERS-PJ"


def rows(home):
    """Everything that the database holds, as text."""
    with closing(sqlite3.connect(home.path / "tracker.db")) as opened:
        return list(opened.iterdump())


def mtimes(home):
    return {path: path.stat().st_mtime_ns for path in home.path.rglob("*") if path.suffix not in {".db-shm", ".db-wal"}}
