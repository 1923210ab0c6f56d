"""Which calls of a source does another source hold already? By identifier, else by link, else by all that they say."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from urllib.parse import urlsplit

from sqlite_utils import Database

from tracker.model import Call
from tracker.same import Likeness, comparable, likeness, pairs


def find(db: Database, source_id: str, calls: Sequence[Call]) -> dict[str, int]:
    """External id → number of the call, only where exactly one call answers on either side.

    By official identifier, else by canonical link, else where title, a deadline and the programme agree.
    """
    found = _by_identity(db, source_id, calls)
    rest = {call.external_id: like for call in calls if call.external_id not in found and (like := comparable(call))}
    if rest:
        others = {no: like for no, like in _others(db, source_id, rest).items() if no not in found.values()}
        found |= pairs(rest, others)
    return found


def identity_keys(call: Call) -> set[str]:
    """By what another portal would name the same call: its official identifiers and its canonical link.

    None for a watched page: what links to it elsewhere is news of its own, and must not become a silent origin.
    """
    if call.page:
        return set()
    keys = {f"id:{identifier.casefold()}" for identifier in call.identifiers}
    parts = urlsplit(call.url)
    if parts.netloc and len(parts.path.strip("/")) > 1:
        keys.add(f"url:{link_key(call.url)}")
    return keys


def link_key(url: str) -> str:
    """An address without what makes no difference: scheme, www, letter case, a slash at the end, the fragment."""
    parts = urlsplit(url)
    host = parts.netloc.casefold().removeprefix("www.")
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{re.sub('/+$', '', parts.path)}{query}".casefold()


def _by_identity(db: Database, source_id: str, calls: Sequence[Call]) -> dict[str, int]:
    wanted: dict[str, set[str]] = {}
    for call in calls:
        for key in identity_keys(call):
            wanted.setdefault(key, set()).add(call.external_id)
    found: dict[str, int] = {}
    for key in sorted(wanted, key=lambda key: (not key.startswith("id:"), key)):
        if len(wanted[key]) > 1:
            continue  # siblings share this link: it names none of them
        sql = """select distinct o.call_no from identities i
                 join origins o on o.source_id = i.source_id and o.external_id = i.external_id
                 where i.key = ?
                   and not exists (select 1 from identities s where s.key = i.key and s.source_id = ?)
                   and not exists (select 1 from origins s where s.call_no = o.call_no and s.source_id = ?)"""
        numbers = [row["call_no"] for row in db.query(sql, [key, source_id, source_id])]
        if len(numbers) == 1 and numbers[0] not in found.values():
            found.setdefault(next(iter(wanted[key])), numbers[0])
    return found


def _others(db: Database, source_id: str, calls: Mapping[str, Likeness]) -> dict[int, Likeness]:
    """The calls that only other sources list, as far as they may end when one of ours does."""
    days = sorted({day for like in calls.values() for day in like.days})
    sql = """select call_no, title, programme, first_day, last_day, json_extract(call, '$.funder') as funder,
                    json_extract(call, '$.identifiers') as identifiers
             from origins o
             where gone is null and last_day >= ? and first_day <= ? and json_extract(call, '$.page') is not 1
               and not exists (select 1 from origins s where s.call_no = o.call_no and s.source_id = ?)
             order by source_id"""
    found: dict[int, Likeness] = {}
    for row in db.query(sql, [days[0].isoformat(), days[-1].isoformat(), source_id]):
        ends = {date.fromisoformat(row["first_day"]), date.fromisoformat(row["last_day"])}
        known = json.loads(row["identifiers"] or "[]")
        like = likeness(row["title"], row["programme"] or "", row["funder"] or "", ends, known)
        found.setdefault(row["call_no"], like)
    return found
