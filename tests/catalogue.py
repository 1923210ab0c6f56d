"""The sources of the project's own sources.yaml, read once for all tests."""

from __future__ import annotations

from pathlib import Path

from tracker.config import load_sources
from tracker.connectors import KNOWN

SOURCES = {source.id: source for source in load_sources(Path(__file__).resolve().parents[1] / "sources.yaml", KNOWN)}
