"""What people said: tags, and who entered a call by hand. No scrape writes here."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlite_utils import Database

from tracker.records import Addition, Tag
from tracker.values import moment


class PeopleTables:
    """Tags and additions, kept for ever; the newest tag of a key counts."""

    def __init__(self, db: Database) -> None:
        self.db = db

    def add_tag(self, profile: str, tag: Tag) -> None:
        """Store a tag beside the older ones."""
        self.db.execute(
            "insert into tags (profile, call_no, key, by, reason, note, at) values (?, ?, ?, ?, ?, ?, ?)",
            [profile, tag.call_no, tag.key, tag.by, tag.reason, tag.note, moment(tag.at)],
        )

    def tags(self, profile: str, call_no: int | None = None, *, after: int = 0) -> list[Tag]:
        """All tags, oldest first; of one call where `call_no` is given, only those with a number above `after`."""
        sql = """select t.*, c.id as call_id from tags t join calls c on c.no = t.call_no
                 where t.profile = ? and (? is null or t.call_no = ?) and t.no > ? order by t.at, t.no"""
        return [_tag(row) for row in self.db.query(sql, [profile, call_no, call_no, after])]

    def keys(self, profile: str) -> dict[int, tuple[str, ...]]:
        """The tags of each call, each key once, in the order in which they were last given."""
        found: dict[int, dict[str, None]] = {}
        for tag in self.tags(profile):
            of_call = found.setdefault(tag.call_no, {})
            of_call.pop(tag.key, None)
            of_call[tag.key] = None
        return {number: tuple(keys) for number, keys in found.items()}

    def add_addition(self, profile: str, given: Addition) -> None:
        """Store who entered a call, and when."""
        self.db.execute(
            "insert into additions (profile, call_no, url, by, note, unread, at) values (?, ?, ?, ?, ?, ?, ?)",
            [profile, given.call_no, given.url, given.by, given.note, given.unread, moment(given.at)],
        )

    def additions(self, profile: str, call_no: int | None = None) -> list[Addition]:
        """What was entered by hand, oldest first; of one call where `call_no` is given."""
        sql = """select call_no, url, by, note, unread, at from additions
                 where profile = ? and (? is null or call_no = ?) order by at, no"""
        rows = self.db.query(sql, [profile, call_no, call_no])
        return [Addition(**{**row, "at": datetime.fromisoformat(row["at"])}) for row in rows]


def _tag(row: dict[str, Any]) -> Tag:
    return Tag(
        call_no=row["call_no"],
        key=row["key"],
        at=datetime.fromisoformat(row["at"]),
        by=row["by"],
        reason=row["reason"],
        note=row["note"],
        call_id=row["call_id"],
    )
