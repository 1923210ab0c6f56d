"""The only package that speaks SQL. Takes and returns model values; rows never leave it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from tracker.errors import StoreError
from tracker.store.crawl import CrawlTables
from tracker.store.people import PeopleTables
from tracker.store.schema import migrations
from tracker.store.telling import TellingTables


class Store:
    """The database of one home: `crawl` (what was read), `telling` (what was told), `people` (what was said)."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.crawl = CrawlTables(db)
        self.telling = TellingTables(db)
        self.people = PeopleTables(db)

    @contextmanager
    def atomic(self) -> Iterator[None]:
        """All or nothing; a crash inside leaves what was before. Raises StoreError in words about disk and file."""
        try:
            with self.db.atomic():
                yield
        except sqlite3.Error as error:
            raise StoreError(_in_words(error)) from error

    def close(self) -> None:
        """Release the file."""
        self.db.close()


def open_store(path: Path | None) -> Store:
    """The store in `path`, or one in memory. Raises StoreError for a file that is newer, damaged or not a database."""
    try:
        db = Database(memory=True) if path is None else Database(sqlite3.connect(path, timeout=30))
        if path is not None:
            db.execute("pragma journal_mode = wal")
        db.execute("pragma foreign_keys = on")
        newer = {migration.name for migration in migrations.applied(db)} - _ours()
        if newer:
            raise StoreError(
                f"{path} was written by a newer version of tracker ({', '.join(sorted(newer))}); install that version"
            )
        if migrations.pending(db):
            migrations.apply(db)
    except sqlite3.Error as error:
        raise StoreError(f"{path}: {_in_words(error)}") from error
    return Store(db)


def _ours() -> set[str]:
    with_nothing = Database(memory=True)
    try:
        return {migration.name for migration in migrations.pending(with_nothing)}
    finally:
        with_nothing.close()


def _in_words(error: sqlite3.Error) -> str:
    words = str(error)
    if "full" in words:
        return "the disk is full; nothing was written"
    if "locked" in words:
        return "the database is locked by another program"
    if "not a database" in words or "malformed" in words:
        return f"the file is no intact database ({words}); restore it from a backup"
    return words
