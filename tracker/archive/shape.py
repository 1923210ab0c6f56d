"""What the archive keeps of one scan, and its JSON form. Pure."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tracker.model import Login, Part, RawDocument, Request

FORMAT = 1
SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One answer of a scan, without its body, which lies under `sha256`. `fetched_at` is UTC."""

    request: Request
    status: int
    content_type: str
    headers: Mapping[str, str]
    sha256: str
    fetched_at: datetime
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """Everything one run got from one source. `mark` is the caller's name for this reading."""

    source_id: str
    at: datetime
    healthy: bool
    mark: str
    entries: tuple[Entry, ...]


def fingerprint(content: bytes) -> str:
    """The sha256 of some bytes, in hexadecimal: the name of a body."""
    return hashlib.sha256(content).hexdigest()


def entry_of(document: RawDocument) -> Entry:
    """The answer without its body."""
    return Entry(
        request=document.request,
        status=200 if document.status == 304 else document.status,  # the bytes are those of the 200 before
        content_type=document.content_type,
        headers=dict(document.headers),
        sha256=fingerprint(document.body),
        fetched_at=document.fetched_at.astimezone(UTC),
        url=document.url,
    )


def document_of(entry: Entry, body: bytes) -> RawDocument:
    """The answer as it came."""
    return RawDocument(
        request=entry.request,
        body=body,
        content_type=entry.content_type,
        fetched_at=entry.fetched_at,
        status=entry.status,
        url=entry.url,
        headers=entry.headers,
    )


def to_json(scan: Scan) -> bytes:
    """The scan as JSON, in ASCII."""
    entries = [
        {
            "url": entry.request.url,
            "kind": entry.request.kind,
            "parts": [[part.name, part.text, part.media_type] for part in entry.request.parts],
            "note": [list(pair) for pair in entry.request.note],
            "once": entry.request.once,
            "optional": entry.request.optional,
            "json": entry.request.json,
            "key_header": entry.request.key_header,
            "form": [list(pair) for pair in entry.request.form],
            "lent": [name for name, _ in entry.request.lent],
            "login": _login_words(entry.request.login),
            "status": entry.status,
            "content_type": entry.content_type,
            "headers": dict(entry.headers),
            "sha256": entry.sha256,
            "fetched_at": entry.fetched_at.isoformat(),
            "final_url": entry.url,
        }
        for entry in scan.entries
    ]
    whole = {
        "format": FORMAT,
        "at": scan.at.isoformat(),
        "healthy": scan.healthy,
        "mark": scan.mark,
        "entries": entries,
    }
    return json.dumps(whole).encode("ascii")


def from_json(content: bytes, source_id: str) -> Scan:
    """The scan again. Raises ValueError, KeyError, TypeError or AttributeError where that is no scan of ours."""
    whole = json.loads(content)
    if whole["format"] != FORMAT:
        raise ValueError(f"format {whole['format']!r}")
    return Scan(
        source_id=source_id,
        at=datetime.fromisoformat(whole["at"]),
        healthy=whole["healthy"],
        mark=whole["mark"],
        entries=tuple(_read_entry(entry) for entry in whole["entries"]),
    )


def _login_words(login: Login | None) -> list[str]:
    """Where the source gives out its tokens; the token itself is never kept."""
    return [login.url, login.header, login.token] if login else []


def _read_entry(entry: Mapping[str, Any]) -> Entry:
    if not SHA256.fullmatch(entry["sha256"]):
        raise ValueError("an answer without a proper fingerprint")
    request = Request(
        entry["url"],
        kind=entry["kind"],
        parts=tuple(Part(*part) for part in entry["parts"]),
        note=tuple((name, words) for name, words in entry["note"]),
        once=entry["once"],
        optional=entry["optional"],
        json=entry.get("json", ""),  # scans of before 2026-11-23 hold none of these four
        key_header=entry.get("key_header", ""),
        form=tuple((name, words) for name, words in entry.get("form", ())),
        lent=tuple((name, "") for name in entry.get("lent", ())),
        login=Login(*entry["login"]) if entry.get("login") else None,  # since 2026-11-24
    )
    return Entry(
        request=request,
        status=entry["status"],
        content_type=entry["content_type"],
        headers=entry["headers"],
        sha256=entry["sha256"],
        fetched_at=datetime.fromisoformat(entry["fetched_at"]),
        url=entry["final_url"],
    )
