"""What is derived for a profile and what its readers were told: matches, ledger, digests."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime

from sqlite_utils import Database

from tracker.model import Match
from tracker.records import StoredDigest, Told
from tracker.values import dumps, load, moment


class TellingTables:
    """Matches, ledger, digests; every row carries the profile's key."""

    def __init__(self, db: Database) -> None:
        self.db = db

    # ------------------------------------------------------------ matches

    def to_match(self, profile: str, mark: str) -> list[int]:
        """Numbers of the calls whose match is missing, or was not made from the call as it is now and this mark."""
        sql = """select c.no from calls c
                 join origins o on o.source_id = c.source_id and o.external_id = c.external_id
                 left join matches m on m.profile = ? and m.call_no = c.no
                 where m.fingerprint is not o.fingerprint || ? order by c.no"""
        return [row["no"] for row in self.db.query(sql, [profile, mark])]

    def save_matches(self, profile: str, matches: Iterable[tuple[int, str, Match]]) -> None:
        """Store (call number, fingerprint, match), replacing older ones."""
        rows = [(profile, no, mark, match.relevance, match.verdict, dumps(match)) for no, mark, match in matches]
        with self.db.atomic():
            self.db.conn.executemany("insert or replace into matches values (?, ?, ?, ?, ?, ?)", rows)

    def forget_matches(self, numbers: Iterable[int]) -> None:
        """Drop what was found of these calls, for every profile: something they were judged by has changed."""
        self.db.conn.executemany("delete from matches where call_no = ?", [(number,) for number in numbers])

    def matches(self, profile: str) -> dict[int, Match]:
        """All matches of a profile, by call number."""
        sql = "select call_no, match from matches where profile = ?"
        return {row["call_no"]: load(Match, json.loads(row["match"])) for row in self.db.query(sql, [profile])}

    # ------------------------------------------------------------ ledger and digests

    def told(self, profile: str, reader: str) -> set[tuple[str, int]]:
        """What this reader has been told: (kind, ref)."""
        sql = "select kind, ref from ledger where profile = ? and reader = ?"
        return {(row["kind"], row["ref"]) for row in self.db.query(sql, [profile, reader])}

    def tell(self, profile: str, stored: StoredDigest, told: Iterable[Told]) -> bool:
        """Store a digest with what it tells, in one transaction. False where this week was told already."""
        with self.db.atomic():
            cursor = self.db.execute(
                "insert or ignore into digests (profile, reader, week, moment, digest) values (?, ?, ?, ?, ?)",
                [profile, stored.reader, stored.week, moment(stored.moment), stored.data],
            )
            if cursor.rowcount != 1:
                return False
            self.db.conn.executemany(
                "insert or ignore into ledger (profile, reader, kind, ref, week) values (?, ?, ?, ?, ?)",
                [(profile, stored.reader, entry.kind, entry.ref, stored.week) for entry in told],
            )
        return True

    def digest(self, profile: str, reader: str, week: str) -> StoredDigest | None:
        """The digest of that week as first told."""
        sql = "select * from digests where profile = ? and reader = ? and week = ?"
        return next((_digest(row) for row in self.db.query(sql, [profile, reader, week])), None)

    def digests(self, profile: str, reader: str) -> list[StoredDigest]:
        """All digests of a reader, oldest first."""
        sql = "select * from digests where profile = ? and reader = ? order by week"
        return [_digest(row) for row in self.db.query(sql, [profile, reader])]


def _digest(row: dict[str, str]) -> StoredDigest:
    return StoredDigest(
        reader=row["reader"], week=row["week"], moment=datetime.fromisoformat(row["moment"]), data=row["digest"]
    )
