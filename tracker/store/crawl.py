"""What was read: runs, calls with their origins, changes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlite_utils import Database

from tracker.changes import GONE_AFTER, Known, Plan
from tracker.model import BY_HAND, Call, Change, ChangeKind, Deadline, Finding
from tracker.records import Run, StoredCall, StoredChange
from tracker.store import twins
from tracker.values import dumps, fingerprint, load, moment, plain


class CrawlTables:
    """Runs, calls, origins, changes."""

    def __init__(self, db: Database) -> None:
        self.db = db

    # ------------------------------------------------------------ runs

    def add_run(self, run: Run) -> int:
        """Store a run; returns its number."""
        row = {
            **plain(run),
            "started_at": moment(run.started_at),
            "healthy": int(run.healthy),
            "unchanged": int(run.unchanged),
            "pages": json.dumps(run.pages),
            "findings": json.dumps([plain(finding) for finding in run.findings], ensure_ascii=False),
        }
        names = ", ".join(row)
        marks = ", ".join(f":{name}" for name in row)
        cursor = self.db.execute(f"insert into runs ({names}) values ({marks})", row)  # noqa: S608 - our own names
        return int(cursor.lastrowid or 0)

    def last_run(self, source_id: str, *, healthy: bool = False) -> Run | None:
        """The newest run of a source, or its newest healthy one."""
        sql = "select * from runs where source_id = ? and healthy >= ? order by started_at desc, no desc limit 1"
        return next((_run(row) for row in self.db.query(sql, [source_id, int(healthy)])), None)

    def healthy_counts(self, source_id: str, since: datetime) -> list[int]:
        """How many calls each healthy run since then brought."""
        sql = "select calls from runs where source_id = ? and healthy and started_at >= ? order by started_at"
        return [row["calls"] for row in self.db.query(sql, [source_id, moment(since)])]

    def first_attempt(self) -> datetime | None:
        """When any portal was first tried."""
        (at,) = self.db.execute("select min(started_at) from runs where source_id != ?", [BY_HAND.id]).fetchone()
        return datetime.fromisoformat(at) if at else None

    def first_healthy(self) -> dict[str, datetime]:
        """When each portal was first read."""
        sql = "select source_id, min(started_at) as at from runs where healthy and source_id != ? group by source_id"
        return {row["source_id"]: datetime.fromisoformat(row["at"]) for row in self.db.query(sql, [BY_HAND.id])}

    # ------------------------------------------------------------ what a source's calls were

    def known(self, source_id: str, *, missing_only: bool = False) -> dict[str, Known]:
        """What we hold of a source's calls, by external id; `missing_only`: those that the last runs did not find."""
        sql = """
            select o.*, c.source_id = o.source_id and c.external_id = o.external_id as leads,
                   exists (select 1 from origins e where e.call_no = o.call_no and e.gone is null
                           and json_array_length(e.absent) < ?
                           and e.source_id not in (o.source_id, ?)) as elsewhere
            from origins o join calls c on c.no = o.call_no where o.source_id = ?"""
        if missing_only:
            sql += " and o.gone is null and o.absent != '[]'"
        return {row["external_id"]: _known(row) for row in self.db.query(sql, [GONE_AFTER, BY_HAND.id, source_id])}

    def texts(self, source_id: str, external_ids: Iterable[str]) -> dict[str, int]:
        """How long the texts of these calls are as we hold them, in characters of their safe HTML."""
        sql = """select external_id, length(html) as length from origins
                 where source_id = ? and external_id in (select value from json_each(?))"""
        rows = self.db.query(sql, [source_id, json.dumps(list(external_ids))])
        return {row["external_id"]: row["length"] for row in rows}

    def twins(self, source_id: str, calls: Iterable[Call]) -> dict[str, int]:
        """Which of these calls another source holds already: external id → number of the call (see store.twins)."""
        return twins.find(self.db, source_id, list(calls))

    def gone_everywhere(self, known: Mapping[str, int]) -> set[str]:
        """Those among `known` (external id → number of the call) that no source lists any more."""
        sql = "select call_no from origins where source_id != ? group by call_no having count(*) = count(gone)"
        gone = {row["call_no"] for row in self.db.query(sql, [BY_HAND.id])} if known else set()
        return {external_id for external_id, number in known.items() if number in gone}

    # ------------------------------------------------------------ applying a run

    def apply(
        self,
        run: Run,
        plan: Plan,
        *,
        order: Sequence[str],
        twins: Mapping[str, int],
        stock: bool,
        at: datetime | None = None,
    ) -> int:
        """Write one healthy run. The caller holds the transaction. Returns the number of changes written.

        `at`: when its changes were seen, if that is not when it was run.
        """
        return self._apply(run, plan, order, twins, stock, moment(at or run.started_at))

    def _apply(self, run: Run, plan: Plan, order: Sequence[str], twins: Mapping[str, int], stock: bool, at: str) -> int:
        run_no = self.add_run(run)
        touched: set[int] = set()
        for call in plan.new:
            touched.add(self._insert(call, at, twins.get(call.external_id), stock))
        for call in plan.updated:
            self._update(call, at)
        self._presence(run.source_id, plan, at)
        for change in plan.changes:
            self._add_change(change, run.source_id, run_no, at)
        faded = (key for key, absence in plan.absences.items() if absence.gone or len(absence.days) >= GONE_AFTER)
        moved = [*plan.back, *faded]
        touched |= {self._number(run.source_id, key) for key in moved}
        for number in touched:
            self._lead(number, order)
        return len(plan.changes)

    def replace_calls(self, source_id: str, calls: Iterable[Call], at: datetime) -> int:
        """Rewrite values after a parser fix, silently: the portal has changed nothing. Returns how many differ."""
        known = self.known(source_id)
        changed = [call for call in calls if call.external_id in known and known[call.external_id].call != call]
        for call in changed:
            self._update(call, moment(at))
        return len(changed)

    def stand_down(self, source_id: str, *, today: date, order: Sequence[str]) -> None:
        """What this source lists says nothing any more: neither that a call is there nor that it is gone.

        As if a list of the newest had not shown it for days. The caller holds the transaction.
        """
        days = [(today - timedelta(days=back)).isoformat() for back in reversed(range(GONE_AFTER))]
        listed = "source_id = ? and gone is null and json_array_length(absent) < ?"
        rows = self.db.query(f"select call_no from origins where {listed}", [source_id, GONE_AFTER])  # noqa: S608 - ours
        touched = {row["call_no"] for row in rows}
        sql = f"update origins set absent = ? where {listed}"  # noqa: S608 - our own words
        self.db.execute(sql, [json.dumps(days), source_id, GONE_AFTER])
        for number in touched:
            self._lead(number, order)

    def _insert(self, call: Call, at: str, call_no: int | None, stock: bool) -> int:
        if call_no is None:
            cursor = self.db.execute(
                "insert into calls (id, source_id, external_id, first_seen, stock) values (?, ?, ?, ?, ?)",
                [call.id, call.source_id, call.external_id, at, int(stock or call.page)],
            )
            call_no = int(cursor.lastrowid or 0)
        row = {**_columns(call), "call_no": call_no, "first_seen": at, "changed_at": at}
        names = ", ".join(row)
        marks = ", ".join(f":{name}" for name in row)
        self.db.execute(f"insert into origins ({names}) values ({marks})", row)  # noqa: S608 - our own names
        self._identities(call)
        return call_no

    def _update(self, call: Call, at: str) -> None:
        row = {**_columns(call), "changed_at": at}
        sets = ", ".join(f"{name} = :{name}" for name in row if name not in ("source_id", "external_id"))
        sql = f"update origins set {sets} where source_id = :source_id and external_id = :external_id"  # noqa: S608 - our own names
        self.db.execute(sql, row)
        self._identities(call)

    def _identities(self, call: Call) -> None:
        origin = [call.source_id, call.external_id]
        self.db.execute("delete from identities where source_id = ? and external_id = ?", origin)
        for key in twins.identity_keys(call):
            self.db.execute("insert or ignore into identities values (?, ?, ?)", [key, *origin])

    def _presence(self, source_id: str, plan: Plan, at: str) -> None:
        for key in plan.back:
            sql = (
                "update origins set gone = null, gone_at = null, absent = '[]' where source_id = ? and external_id = ?"
            )
            self.db.execute(sql, [source_id, key])
        for key, absence in plan.absences.items():
            sql = "update origins set absent = ?, gone = ?, gone_at = ? where source_id = ? and external_id = ?"
            days = json.dumps([day.isoformat() for day in absence.days])
            self.db.execute(sql, [days, absence.gone, at if absence.gone else None, source_id, key])

    def _add_change(self, change: Change, source_id: str, run_no: int, at: str) -> None:
        self.db.execute(
            "insert into changes (at, run_no, source_id, call_no, kind, field, old, new, title, url)"
            " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                at,
                run_no,
                source_id,
                self._number(source_id, change.external_id),
                change.kind,
                change.field,
                json.dumps(change.old, ensure_ascii=False),
                json.dumps(change.new, ensure_ascii=False),
                change.title,
                change.url,
            ],
        )

    def _number(self, source_id: str, external_id: str) -> int:
        sql = "select call_no from origins where source_id = ? and external_id = ?"
        return int(self.db.execute(sql, [source_id, external_id]).fetchone()[0])

    def _lead(self, call_no: int, order: Sequence[str]) -> None:
        """Readers see the values of the first listed origin; the id is that of the first one, listed or not.

        A list of the newest that has not shown the call for three days says neither that it is there nor that it is
        gone: what another origin says of its end counts. The same holds for what was entered by hand.
        """
        rank = {source_id: place for place, source_id in enumerate(order)}
        sql = """select source_id, external_id, gone, json_array_length(absent) as away
                 from origins where call_no = ?"""
        origins = sorted(
            self.db.query(sql, [call_no]),
            key=lambda row: (rank.get(row["source_id"], len(rank)), row["source_id"], row["external_id"]),
        )
        first = origins[0]
        vouched = (row for row in origins if row["source_id"] != BY_HAND.id)
        listed = (row for row in vouched if not row["gone"] and row["away"] < GONE_AFTER)
        lead = next(listed, None) or next((row for row in origins if row["gone"]), first)
        self.db.execute(
            "update calls set id = ?, source_id = ?, external_id = ? where no = ?",
            [f"{first['source_id']}:{first['external_id']}", lead["source_id"], lead["external_id"], call_no],
        )

    # ------------------------------------------------------------ reading

    def calls(self) -> list[StoredCall]:
        """All calls, oldest first."""
        return list(self._stored("1", []))

    def call(self, name: str) -> StoredCall | None:
        """The call of that id; the id of any of its origins will do, and letter case does not matter."""
        sql = "select call_no from origins where source_id || ':' || external_id = ? collate nocase limit 1"
        row = self.db.execute(sql, [name]).fetchone()
        return next(self._stored("c.no = ?", [row[0]]), None) if row else None

    def at_address(self, url: str) -> list[StoredCall]:
        """The calls that have this address, however it is spelt, with any of their origins; watched pages too."""
        wanted = twins.link_key(url)
        rows = self.db.query("select call_no, url from origins")
        return list(
            self.calls_by_number(row["call_no"] for row in rows if twins.link_key(row["url"]) == wanted).values()
        )

    def calls_by_number(self, numbers: Iterable[int]) -> dict[int, StoredCall]:
        """The calls of these numbers."""
        wanted = json.dumps(sorted(set(numbers)))
        return {stored.no: stored for stored in self._stored("c.no in (select value from json_each(?))", [wanted])}

    def _stored(self, where: str, parameters: list[Any]) -> Iterator[StoredCall]:
        origins: dict[int, list[tuple[str, str]]] = {}
        says: dict[int, list[tuple[str, tuple[Deadline, ...]]]] = {}
        sql = f"""select o.call_no, o.source_id, o.url,
                         case when o.gone is null and json_array_length(o.absent) < {GONE_AFTER}
                               and count(*) over (partition by o.call_no) > 1
                              then json_extract(o.call, '$.deadlines') end as deadlines
                  from origins o join calls c on c.no = o.call_no where {where}
                  order by o.source_id"""  # noqa: S608 - a number, and `where` is one of our own three
        for row in self.db.query(sql, parameters):
            origins.setdefault(row["call_no"], []).append((row["source_id"], row["url"]))
            if row["deadlines"]:
                deadlines = tuple(load(Deadline, one) for one in json.loads(row["deadlines"]))
                says.setdefault(row["call_no"], []).append((row["source_id"], deadlines))
        sql = f"""select c.no, c.id as call_id, c.first_seen as call_seen, c.stock, o.*
                  from calls c join origins o on o.source_id = c.source_id and o.external_id = c.external_id
                  where {where} order by c.no"""  # noqa: S608 - `where` is one of our own three
        for row in self.db.query(sql, parameters):
            yield replace(_stored(row, tuple(origins[row["no"]])), says=tuple(says.get(row["no"], ())))

    def changes(self, since: datetime | None = None, call_no: int | None = None) -> list[StoredChange]:
        """Every change told since then (inclusive), oldest first."""
        sql = """select h.*, c.id as call_id from changes h join calls c on c.no = h.call_no
                 where h.at >= ? and (? is null or h.call_no = ?) order by h.at, h.no"""
        start = moment(since) if since else ""
        return [_stored_change(row) for row in self.db.query(sql, [start, call_no, call_no])]


def _columns(call: Call) -> dict[str, Any]:
    days = call.days
    return {
        "source_id": call.source_id,
        "external_id": call.external_id,
        "title": call.title,
        "url": call.url,
        "language": call.language,
        "programme": call.programme,
        "said": call.said.value,
        "opens": call.opens.isoformat() if call.opens else None,
        "first_day": days[0].isoformat() if days else None,
        "last_day": days[-1].isoformat() if days else None,
        "fingerprint": fingerprint(call),
        "call": dumps(replace(call, description="", html="")),
        "description": call.description,
        "html": call.html,
    }


def _call(row: Mapping[str, Any]) -> Call:
    call = load(Call, json.loads(row["call"]))
    return replace(call, description=row["description"], html=row["html"])


def _known(row: Mapping[str, Any]) -> Known:
    return Known(
        call=_call(row),
        first_seen=datetime.fromisoformat(row["first_seen"]).date(),
        gone=ChangeKind(row["gone"]) if row["gone"] else None,
        absent=tuple(date.fromisoformat(day) for day in json.loads(row["absent"])),
        elsewhere=bool(row["elsewhere"]),
        leads=bool(row["leads"]),
    )


def _run(row: Mapping[str, Any]) -> Run:
    findings = tuple(load(Finding, finding) for finding in json.loads(row["findings"]))
    named = {name: row[name] for name in ("source_id", "state", "calls", "rows", "repeated", "requests")}
    return Run(
        **named,
        started_at=datetime.fromisoformat(row["started_at"]),
        healthy=bool(row["healthy"]),
        unchanged=bool(row["unchanged"]),
        findings=findings,
        error=row["error"] or "",
        mark=row["mark"] or "",
        pages=json.loads(row["pages"]),
    )


def _stored(row: Mapping[str, Any], origins: tuple[tuple[str, str], ...]) -> StoredCall:
    return StoredCall(
        no=row["no"],
        id=row["call_id"],
        call=_call(row),
        first_seen=datetime.fromisoformat(row["call_seen"]),
        stock=bool(row["stock"]),
        gone=ChangeKind(row["gone"]) if row["gone"] else None,
        gone_at=datetime.fromisoformat(row["gone_at"]) if row["gone_at"] else None,
        changed_at=datetime.fromisoformat(row["changed_at"]),
        fingerprint=row["fingerprint"],
        origins=origins,
    )


def _stored_change(row: Mapping[str, Any]) -> StoredChange:
    change = Change(
        kind=ChangeKind(row["kind"]),
        external_id=row["call_id"],
        field=row["field"],
        old=json.loads(row["old"]),
        new=json.loads(row["new"]),
        title=row["title"],
        url=row["url"],
    )
    return StoredChange(
        no=row["no"],
        at=datetime.fromisoformat(row["at"]),
        source_id=row["source_id"],
        call_no=row["call_no"],
        call_id=row["call_id"],
        change=change,
    )
