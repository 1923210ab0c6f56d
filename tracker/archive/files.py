"""How the archive writes and reads one file, whatever happens to the process or the disk."""

from __future__ import annotations

import errno
import gzip
import json
import logging
import os
import threading
import zlib
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from tracker.archive.shape import Scan, fingerprint, from_json
from tracker.errors import StoreError

# What reading a damaged file raises: gzip.BadGzipFile is an OSError.
DAMAGE = (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError, AttributeError)
Absences = dict[str, tuple[int, datetime]]
log = logging.getLogger("tracker.archive")


def in_plain_words(error: OSError) -> str:
    """What a refused write means to an administrator."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return "the disk (or the quota) is full; make room and run again"
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return f"no permission to write there ({error.strerror})"
    return str(error.strerror or error)


def write(path: Path, content: bytes) -> None:
    """All of it or nothing: written beside, forced to disk, moved into place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{os.getpid()}-{threading.get_ident()}.tmp")
    try:
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise


def read_body(path: Path, sha256: str) -> bytes | None:
    """The body, or None where it is gone. A damaged file goes away, so that the next save writes it anew."""
    packed = _read(path)
    if packed is None:
        return None
    with suppress(*DAMAGE):
        body = gzip.decompress(packed)
        if fingerprint(body) == sha256:
            return body
    log.warning("%s is damaged and was removed", path)
    path.unlink(missing_ok=True)
    return None


def read_scan(path: Path, source_id: str) -> Scan | None:
    """The scan, or None, said in the log, where the file is damaged."""
    packed = _read(path)
    if packed is None:
        return None
    try:
        return from_json(gzip.decompress(packed), source_id)
    except DAMAGE as error:
        log.warning("%s cannot be read (%s) and is passed over", path, error)
        return None


def read_missing(path: Path) -> Absences:
    """Which pages are known to be missing. A line torn by a crash is passed over: it costs one request."""
    absences: Absences = {}
    for line in (_read(path) or b"").splitlines():
        with suppress(*DAMAGE):
            note = json.loads(line)
            absences[note["key"]] = (int(note["status"]), datetime.fromisoformat(note["at"]))
    return absences


def missing_line(key: str, status: int, at: datetime) -> str:
    """One line of missing.jsonl."""
    return json.dumps({"key": key, "status": status, "at": at.isoformat()}) + "\n"


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except PermissionError as error:
        raise StoreError(f"{path} cannot be read: {in_plain_words(error)}") from error
    except OSError as error:
        log.warning("%s cannot be read (%s) and is passed over", path, error)
        return None
