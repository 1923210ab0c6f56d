"""Every folder in tests/sources: the pages as a source would answer them, and the calls a person read from them.

pages.yaml maps the key of a request (its address) to a file beside it; expected.json was written before the
connector ran. A field that a call leaves empty is left out of it.
"""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from tracker.config import load_sources
from tracker.connectors import load
from tracker.model import RawCall, RawDocument, Request, Source, Supplement

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = sorted(path.parent for path in (ROOT / "tests" / "sources").glob("*/pages.yaml"))
TYPES = {".html": "text/html; charset=utf-8", ".xml": "application/xml", ".json": "application/json"}


@pytest.fixture(scope="module")
def sources() -> dict[str, Source]:
    return {source.id: source for source in load_sources(ROOT / "sources.yaml")}


def answer(folder: Path, request: Request) -> RawDocument:
    name = YAML(typ="safe").load((folder / "pages.yaml").read_text("utf-8"))[request.key]
    body = (folder / name).read_bytes()
    kind = TYPES[Path(name).suffix]
    return RawDocument(request=request, body=body, content_type=kind, fetched_at=datetime(2026, 11, 22, tzinfo=UTC))


def crawl(source: Source, folder: Path) -> list[RawCall]:
    """The calls of all pages in their order, with what detail pages add."""
    connector, calls = load(source.connector), []
    wanted, seen = list(connector.start(source)), set()
    while wanted:
        request = wanted.pop(0)
        if request.key in seen:
            continue
        seen.add(request.key)
        for thing in connector.parse(answer(folder, request), source):
            if isinstance(thing, RawCall):
                calls.append(thing)
            elif isinstance(thing, Request):
                wanted.append(thing)
            elif isinstance(thing, Supplement):
                calls = [replace(c, **thing.fields) if c.external_id == thing.external_id else c for c in calls]
    return calls


def said(value: object) -> object:
    """What of a raw value is said at all, as JSON has it."""
    if isinstance(value, dict):
        return {key: said(found) for key, found in value.items() if found not in ("", (), None, False, "unknown")}
    return [said(found) for found in value] if isinstance(value, tuple | list) else value


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_source_is_read_as_a_person_read_it(folder, sources):
    found = [said(asdict(call)) for call in crawl(sources[folder.name], folder)]
    assert found == json.loads((folder / "expected.json").read_text("utf-8"))


def test_there_are_pages_to_read():
    assert {"euroaccess", "eeas-grants", "fdb-rss"} <= {folder.name for folder in FOLDERS}


def test_no_pages_lie_here_for_a_source_that_is_gone(sources):
    assert {folder.name for folder in FOLDERS} <= set(sources)
