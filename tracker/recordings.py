"""The only module that owns folders of recordings: answers as files that people can read, and pages.yaml beside them.

    recordings/<source id>/pages.yaml    key of a request (its address, then its body): name of the file
    recordings/<source id>/page1.html    the answer, untouched

The fixtures in tests/sources are built the same way. What lies here is not ours to pass on.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tracker.config import read_pages
from tracker.errors import StoreError
from tracker.model import RawDocument, Request

PAGES = "pages.yaml"
TYPES = {
    ".html": "text/html",
    ".xml": "application/xml",
    ".json": "application/json",
    ".txt": "text/plain",
    ".eml": "message/rfc822",
}
NAME = re.compile(r"[\w-][\w.-]*\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """The answers of one folder, by the key of their request."""

    folder: Path
    files: Mapping[str, Path]

    @property
    def at(self) -> datetime:
        """When its newest file was written."""
        newest = max(path.stat().st_mtime for path in self.files.values())
        return datetime.fromtimestamp(newest, UTC)

    def get(self, request: Request) -> RawDocument | None:
        """The answer to a request; None where it was not recorded. Raises StoreError for a file that is lost."""
        path = self.files.get(request.key)
        if path is None:
            return None
        try:
            body = path.read_bytes()
        except OSError as error:
            raise StoreError(f"{path} cannot be read: {error.strerror or error}") from error
        kind = TYPES.get(path.suffix, "application/octet-stream")
        return RawDocument(request=request, body=body, content_type=kind, fetched_at=self.at)


def find(folder: Path) -> Recording | None:
    """The recording in a folder; None where there is none. Raises ConfigError for a pages.yaml that cannot be used."""
    if not (folder / PAGES).is_file():
        return None
    named = read_pages(folder / PAGES)
    files = {key: folder / name for key, name in named.items() if NAME.match(name) and (folder / name).is_file()}
    return Recording(folder=folder, files=files) if files else None


def write(folder: Path, documents: Sequence[RawDocument]) -> tuple[Path, ...]:
    """Keep answers as they came; returns the files. Raises StoreError where there is a recording already."""
    names = {document.request.key: f"page{n}{_suffix(document)}" for n, document in enumerate(documents, 1)}
    lines = ["# key of a request (its address, then its body): the file with its answer"]
    lines += [f"{json.dumps(key, ensure_ascii=False)}: {name}" for key, name in names.items()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if (folder / PAGES).exists():
            raise StoreError(f"{folder} holds a recording already: remove it first, or keep it")
        for document in documents:
            (folder / names[document.request.key]).write_bytes(document.body)
        (folder / PAGES).write_text("\n".join(lines) + "\n", encoding="utf-8", errors="replace")
    except OSError as error:
        raise StoreError(f"{folder} cannot be written: {error.strerror or error}") from error
    return (*(folder / name for name in names.values()), folder / PAGES)


def _suffix(document: RawDocument) -> str:
    """By the first bytes: servers call a feed text/html."""
    start = document.body[:500].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start[:1] in {b"{", b"["}:
        return ".json"
    if start.startswith(b"<?xml") and b"<html" not in start.lower():
        return ".xml"
    if start.startswith(b"<"):
        return ".xml" if start[:5].lower() in {b"<rss ", b"<feed"} else ".html"
    return ".txt"
