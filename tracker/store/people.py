"""What people said: tags. No scrape writes here."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlite_utils import Database

from tracker.records import Tag
from tracker.values import moment


class PeopleTables:
    """Tags, kept for ever; the newest of a key counts."""

    def __init__(self, db: Database) -> None:
        self.db = db

    def add_tag(self, profile: str, tag: Tag) -> None:
        """Store a tag beside the older ones."""
        self.db.execute(
            "insert into tags (profile, call_no, key, by, reason, note, at) values (?, ?, ?, ?, ?, ?, ?)",
            [profile, tag.call_no, tag.key, tag.by, tag.reason, tag.note, moment(tag.at)],
        )

    def tags(self, profile: str, call_no: int | None = None) -> list[Tag]:
        """All tags, oldest first; of one call where `call_no` is given."""
        sql = """select t.*, c.id as call_id from tags t join calls c on c.no = t.call_no
                 where t.profile = ? and (? is null or t.call_no = ?) order by t.at, t.no"""
        return [_tag(row) for row in self.db.query(sql, [profile, call_no, call_no])]

    def keys(self, profile: str) -> dict[int, tuple[str, ...]]:
        """The tags of each call, each key once, in the order in which they were last given."""
        found: dict[int, dict[str, None]] = {}
        for tag in self.tags(profile):
            of_call = found.setdefault(tag.call_no, {})
            of_call.pop(tag.key, None)
            of_call[tag.key] = None
        return {number: tuple(keys) for number, keys in found.items()}


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
