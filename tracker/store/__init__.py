"""The only package that speaks SQL. Takes and returns model values; rows never leave it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from tracker.errors import StoreError
from tracker.store.crawl import CrawlTables
from tracker.store.lessons import LessonTables
from tracker.store.people import PeopleTables
from tracker.store.schema import migrations
from tracker.store.telling import TellingTables
from tracker.store.vectors import VectorTables
from tracker.store.watching import WatchingTables


class Store:
    """The database of one home.

    `crawl` is what was read, `telling` what was told, `people` what was said, `lessons` what
    people said of rules and of forgetting, `watching` how the sources did, `vectors` what the texts mean.
    """

    def __init__(self, db: Database, path: Path | None = None) -> None:
        self.db = db
        self.path = path
        self.crawl = CrawlTables(db)
        self.telling = TellingTables(db)
        self.people = PeopleTables(db)
        self.lessons = LessonTables(db)
        self.watching = WatchingTables(db)
        self.vectors = VectorTables(db)

    @contextmanager
    def atomic(self) -> Iterator[None]:
        """All or nothing; a crash inside leaves what was before. Raises StoreError in words about disk and file."""
        with self.explained(), self.db.atomic():
            yield

    @contextmanager
    def explained(self) -> Iterator[None]:
        """Turns what SQLite says about disk and file into a StoreError; a mistake of ours stays what it is."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            words = _in_words(error)
            if not words:
                raise
            raise StoreError(f"{self.path}: {words}") from error

    def close(self) -> None:
        """Release the file."""
        self.db.close()


def open_store(path: Path | None) -> Store:
    """The store in `path`, or one in memory. Raises StoreError for a file that is newer, damaged or not a database."""
    try:
        db = Database(memory=True) if path is None else Database(sqlite3.connect(path, timeout=30))
        db.execute("pragma foreign_keys = on")
        newer = {migration.name for migration in migrations.applied(db)} - _ours()
        if newer:
            raise StoreError(
                f"{path} was written by a newer version of tracker ({', '.join(sorted(newer))}); install that version"
            )
        if migrations.pending(db):
            _migrate(db)
    except sqlite3.Error as error:
        raise StoreError(f"{path}: {_in_words(error) or error}") from error
    return Store(db, path)


def _migrate(db: Database) -> None:
    """Bring the tables up to date. Another command may be at it too: the second one waits and finds it done."""
    if db.conn.execute("pragma journal_mode").fetchone()[0] == "delete":
        db.conn.execute("pragma journal_mode = wal")
    db.conn.execute("begin immediate")
    migrations.apply(db)
    db.conn.commit()


def _ours() -> set[str]:
    with_nothing = Database(memory=True)
    try:
        return {migration.name for migration in migrations.pending(with_nothing)}
    finally:
        with_nothing.close()


def _in_words(error: sqlite3.Error) -> str:
    """What disk and file are up to; "" where it is not theirs."""
    words = str(error)
    if "full" in words:
        return "the disk is full; nothing was written"
    if "disk I/O" in words:
        return "the disk refuses: it is full, over quota or failing; nothing was written"
    if "readonly" in words or "unable to open" in words:
        return f"no permission to write there ({words})"
    if "locked" in words:
        return "the database is locked by another program"
    if "not a database" in words or "malformed" in words:
        return f"the file is no intact database ({words}); restore it from a backup"
    return ""
