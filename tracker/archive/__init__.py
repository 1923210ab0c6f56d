"""The only module that owns the files under <home>/archive: what the sources answered, kept for a second reading.

    <root>/<source id>/scans/20261123T060000000000Z-000000.json.gz   one scan: which requests, which answers
    <root>/<source id>/bodies/<sha256>.gz                        one body, kept once however often it came
    <root>/<source id>/missing.jsonl                             pages of which the source said: there is none

A scan stands only when all its bodies do: its file is written last and moved into place, so a process killed at any
moment leaves the scans before it readable. A file that cannot be read is reported in the log and passed over.
One process writes at a time (the lock of the home); within it, one thread per source.
"""

from __future__ import annotations

import gzip
import re
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tracker.archive.files import (
    Absences,
    in_plain_words,
    missing_line,
    read_body,
    read_missing,
    read_scan,
    write,
)
from tracker.archive.shape import Entry, Scan, document_of, entry_of, fingerprint, to_json
from tracker.errors import StoreError
from tracker.model import RawDocument

__all__ = ["FORGET_MISSING", "Archive", "Entry", "Scan", "to_keep"]

# A page that was missing may appear later: a forthcoming topic gets its details. After this time we ask again.
FORGET_MISSING = timedelta(days=30)
SOURCE_ID = re.compile(r"[a-z0-9-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shelf:
    """The scans of one source, oldest first, and the files they were read from.

    `last` and `known` find an answer by the key of its request: in the last healthy scan, in all healthy ones.
    """

    paths: tuple[Path, ...]
    scans: tuple[Scan, ...]
    last: Mapping[str, Entry]
    known: Mapping[str, Entry]


class Archive:
    """The answers of all sources. Keeps the last `keep` scans of each, the last healthy one, and one a month."""

    def __init__(self, root: Path, *, keep: int = 8) -> None:
        self._root = root
        self._keep = max(1, keep)
        self._lock = threading.Lock()
        self._shelves: dict[str, _Shelf] = {}
        self._absent: dict[str, Absences] = {}

    # ------------------------------------------------------------ reading

    def scans(self, source_id: str) -> list[Scan]:
        """The kept scans of a source, oldest first."""
        return list(self._shelf(source_id).scans)

    def last(self, source_id: str, *, healthy: bool = True) -> Scan | None:
        """The newest scan, by default the newest healthy one; None before the first."""
        return next((scan for scan in reversed(self.scans(source_id)) if scan.healthy or not healthy), None)

    def documents(self, scan: Scan) -> list[RawDocument]:
        """The answers of a scan in their order. Raises StoreError where a body is lost or damaged."""
        return [self._document(scan.source_id, entry) for entry in scan.entries]

    def answer(self, source_id: str, key: str) -> RawDocument | None:
        """What the last healthy scan got for the request of that key; None where it or its body is gone."""
        return self._try_document(source_id, self._shelf(source_id).last.get(key))

    def find(self, source_id: str, key: str) -> RawDocument | None:
        """The newest answer for the request of that key in any kept healthy scan; None where there is none.

        Unhealthy scans do not count: a page that could not be read would be served again for ever.
        """
        return self._try_document(source_id, self._shelf(source_id).known.get(key))

    def missing(self, source_id: str, key: str, *, at: datetime) -> int | None:
        """The status (404, 410) by which the source said within the last 30 days that there is no such page."""
        absent = self._absences(source_id).get(_short(key))
        return absent[0] if absent and at - absent[1] < FORGET_MISSING else None

    # ------------------------------------------------------------ writing

    def save(self, source_id: str, *, at: datetime, documents: Sequence[RawDocument], healthy: bool, mark: str) -> Scan:
        """Keeps a scan and lets go of what is no longer to be kept. `at` is an aware moment.

        Raises StoreError, in plain words, where the disk refuses; what was kept before is still there then.
        """
        folder = self._folder(source_id)
        scan = Scan(
            source_id=source_id,
            at=at.astimezone(UTC),
            healthy=healthy,
            mark=mark,
            entries=tuple(entry_of(document) for document in documents),
        )
        try:
            for entry, document in zip(scan.entries, documents, strict=True):
                path = folder / "bodies" / f"{entry.sha256}.gz"
                if read_body(path, entry.sha256) is None:  # not there, or damaged
                    write(path, gzip.compress(document.body, 3, mtime=0))
            write(_free_name(folder / "scans", scan.at), gzip.compress(to_json(scan), 6, mtime=0))
            self._forget_shelf(source_id)
            self._prune(source_id)
        except OSError as error:
            self._forget_shelf(source_id)
            raise StoreError(
                f"the archive of {source_id} in {folder} cannot be written: {in_plain_words(error)}"
            ) from error
        return scan

    def remember_missing(self, source_id: str, key: str, *, status: int, at: datetime) -> None:
        """Notes that the source has no such page, so that it is not asked every day. Raises StoreError."""
        path = self._folder(source_id) / "missing.jsonl"
        self._absences(source_id)[_short(key)] = (status, at)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("a", encoding="ascii") as file:
                file.write(missing_line(_short(key), status, at.astimezone(UTC)))
        except OSError as error:
            raise StoreError(f"{path} cannot be written: {in_plain_words(error)}") from error

    # ------------------------------------------------------------ inside

    def _folder(self, source_id: str) -> Path:
        if not SOURCE_ID.fullmatch(source_id):
            raise StoreError(f"{source_id!r} is no id of a source: only a-z, 0-9 and - may stand in it")
        return self._root / source_id

    def _forget_shelf(self, source_id: str) -> None:
        with self._lock:
            self._shelves.pop(source_id, None)

    def _shelf(self, source_id: str) -> _Shelf:
        """Reads the scans of a source once; `save` makes it read again."""
        with self._lock:
            if source_id not in self._shelves:
                self._shelves[source_id] = _read_shelf(self._folder(source_id), source_id)
            return self._shelves[source_id]

    def _document(self, source_id: str, entry: Entry) -> RawDocument:
        path = self._folder(source_id) / "bodies" / f"{entry.sha256}.gz"
        body = read_body(path, entry.sha256)
        if body is None:
            raise StoreError(f"the archive lost the answer of {entry.request.url} ({path}); collect {source_id} again")
        return document_of(entry, body)

    def _try_document(self, source_id: str, entry: Entry | None) -> RawDocument | None:
        if entry is None:
            return None
        with suppress(StoreError):
            return self._document(source_id, entry)
        return None

    def _absences(self, source_id: str) -> Absences:
        with self._lock:
            if source_id not in self._absent:
                self._absent[source_id] = read_missing(self._folder(source_id) / "missing.jsonl")
            return self._absent[source_id]

    def _prune(self, source_id: str) -> None:
        """Deletes scans first, then the bodies that no kept scan names: a crash in between costs disk space only."""
        shelf, folder = self._shelf(source_id), self._folder(source_id)
        kept = to_keep(shelf.scans, self._keep)
        for index, path in enumerate(shelf.paths):
            if index not in kept:
                path.unlink(missing_ok=True)
        needed = {f"{entry.sha256}.gz" for index in kept for entry in shelf.scans[index].entries}
        for path in folder.glob("bodies/*"):
            if path.name not in needed:
                path.unlink(missing_ok=True)
        for path in folder.glob("scans/*.tmp"):
            path.unlink(missing_ok=True)
        self._forget_shelf(source_id)


def to_keep(scans: Sequence[Scan], keep: int) -> set[int]:
    """Which of the scans (oldest first) stay: the last `keep`, the last healthy one, the first of each month.

    The first of a month is its first healthy scan; only a month without any is remembered by an unhealthy one.
    """
    kept = set(range(max(0, len(scans) - keep), len(scans)))
    healthy = [index for index, scan in enumerate(scans) if scan.healthy]
    kept |= set(healthy[-1:])
    months: dict[tuple[int, int], int] = {}
    for index in (*healthy, *range(len(scans))):
        months.setdefault((scans[index].at.year, scans[index].at.month), index)
    return kept | set(months.values())


def _read_shelf(folder: Path, source_id: str) -> _Shelf:
    paths = sorted((folder / "scans").glob("*.json.gz"))
    read = [(path, scan) for path in paths if (scan := read_scan(path, source_id)) is not None]
    healthy = [scan for _, scan in read if scan.healthy]
    return _Shelf(
        paths=tuple(path for path, _ in read),
        scans=tuple(scan for _, scan in read),
        last={entry.request.key: entry for scan in healthy[-1:] for entry in scan.entries},
        known={entry.request.key: entry for scan in healthy for entry in scan.entries},
    )


def _short(key: str) -> str:
    """A key of fixed length. A scraped address may hold half a surrogate pair."""
    return fingerprint(key.encode("utf-8", "surrogatepass"))


def _free_name(folder: Path, at: datetime) -> Path:
    """Names sort by moment; scans of one moment (a fixed clock) are numbered, and no number is given twice."""
    stem = at.strftime("%Y%m%dT%H%M%S%fZ")
    taken = [path.name for path in folder.glob(f"{stem}-*.json.gz")]
    number = int(max(taken).removesuffix(".json.gz").rpartition("-")[2]) + 1 if taken else 0
    return folder / f"{stem}-{number:06}.json.gz"
