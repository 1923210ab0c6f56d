"""What the tests of the structured connectors share: sources in sources.yaml's words, and answers to read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tracker.checks import History, check
from tracker.connectors import load
from tracker.crawl import Crawled, crawl
from tracker.errors import ConfigError
from tracker.model import RawDocument, Request, Source, Yielded

FIXTURES = Path(__file__).with_name("fixtures") / "structured"
URL = "https://nordfonds.example/api/calls"
NOW = datetime(2026, 11, 23, tzinfo=UTC)
WALL = b"<html><head><title>Radware Captcha Page</title></head><body>Are you human?</body></html>"


def a_source(connector: str, options: Mapping[str, Any], **given: Any) -> Source:
    return Source(**{"id": "nordfonds", "connector": connector, "url": URL, "options": options, **given})


def body(value: Any) -> bytes:
    """Bytes as they are, text as UTF-8, a file of ours by its path, everything else as JSON."""
    match value:
        case bytes():
            return value
        case str():
            return value.encode()
        case Path():
            return value.read_bytes()
    return json.dumps(value, ensure_ascii=False).encode()


def answer(request: Request, value: Any, **headers: str) -> RawDocument:
    named = {name.replace("_", "-"): words for name, words in headers.items()}
    kind = headers.get("content_type", "application/json")
    return RawDocument(request=request, body=body(value), content_type=kind, fetched_at=NOW, headers=named)


def read(source: Source, value: Any, **headers: str) -> list[Yielded]:
    """What the first page says."""
    connector = load(source.connector)
    (request,) = connector.start(source)
    return list(connector.parse(answer(request, value, **headers), source))


def crawled(source: Source, *pages: Any, asked: list[Request] | None = None, **headers: str) -> Crawled:
    """The whole list, whose pages come in this order whatever is asked; `asked` gathers the requests."""
    rest, seen = list(pages), asked if asked is not None else []

    def get(request: Request) -> RawDocument:
        seen.append(request)
        return answer(request, rest.pop(0), **headers)

    found = crawl(source, load(source.connector), get)
    assert not rest, f"{len(rest)} pages were not asked for"
    return found


def faults(source: Source, found: Crawled) -> list[str]:
    """Why this run would change no call."""
    told = (*found.findings, *check(found.harvest, source.expect, History()))
    return [finding.message for finding in told if finding.fatal]


def mistakes(connector: str, options: Mapping[str, Any], **given: Any) -> tuple[str, ...]:
    """The lines by which the options are refused; () where they are not."""
    source = a_source(connector, options, **given)
    try:
        list(load(connector).start(source))
    except ConfigError as error:
        return error.problems
    return ()
