"""How sources did over time, and what the administrator was told of their faults."""

from __future__ import annotations

from datetime import date, datetime

from sqlite_utils import Database

from tracker.records import Fault
from tracker.values import moment


class WatchingTables:
    """Faults, kept for ever; what is drawn from runs and changes is read only."""

    def __init__(self, db: Database) -> None:
        self.db = db

    def open_faults(self) -> dict[str, Fault]:
        """The faults that last, by source id."""
        rows = self.db.query("select * from faults where ended_at is null order by no")
        return {row["source_id"]: _fault(row) for row in rows}

    def save_fault(self, fault: Fault) -> None:
        """Store a new fault, or what has become of one."""
        self.db.execute(
            """insert into faults (source_id, since, state, error, told_at, ended_at) values (?, ?, ?, ?, ?, ?)
               on conflict (source_id, since) do update set state = excluded.state, error = excluded.error,
               told_at = excluded.told_at, ended_at = excluded.ended_at""",
            [
                fault.source_id,
                moment(fault.since),
                fault.state,
                fault.error,
                moment(fault.told_at) if fault.told_at else None,
                moment(fault.ended_at) if fault.ended_at else None,
            ],
        )

    def change_days(self, source_id: str, since: datetime) -> list[date]:
        """The days (UTC) on which a source brought something: a change of a call, or a call not seen before."""
        sql = """select substr(at, 1, 10) as day from changes where source_id = ?1 and at >= ?2
                 union
                 select substr(first_seen, 1, 10) from origins where source_id = ?1 and first_seen >= ?2
                 order by 1"""
        return [date.fromisoformat(row["day"]) for row in self.db.query(sql, [source_id, moment(since)])]


def _fault(row: dict[str, str]) -> Fault:
    return Fault(
        source_id=row["source_id"],
        since=datetime.fromisoformat(row["since"]),
        state=row["state"],
        error=row["error"],
        told_at=datetime.fromisoformat(row["told_at"]) if row["told_at"] else None,
        ended_at=datetime.fromisoformat(row["ended_at"]) if row["ended_at"] else None,
    )
