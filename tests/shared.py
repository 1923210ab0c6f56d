"""Where the recordings of real portals lie, for tests that read them; they are no part of the project."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("TRACKER_SHARED", Path(__file__).resolve().parents[2] / "shared"))
RECORDED = SHARED / "recorded"
PORTALS = SHARED / "portals"
needs_recorded = pytest.mark.skipif(
    not RECORDED.is_dir(), reason=f"the recordings of real portals are not at {RECORDED} (set TRACKER_SHARED)"
)
