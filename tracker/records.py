"""What the store keeps and hands out: runs, calls with their origins, changes with their numbers, tags, digests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from tracker.model import Call, Change, ChangeKind, Deadline, Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One reading of one source. `state`: ok, walled, shrunk, broken, not set up."""

    source_id: str
    started_at: datetime
    state: str
    healthy: bool
    calls: int | None = None
    rows: int | None = None
    repeated: int = 0
    requests: int = 0
    unchanged: bool = False
    findings: tuple[Finding, ...] = ()
    error: str = ""
    mark: str = ""
    pages: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A source that could not be read, from its first failed attempt on, or one that is oddly silent.

    `state` as in tracker.health; `told_at`: when the administrator was last told of it.
    """

    source_id: str
    since: datetime
    state: str
    error: str = ""
    told_at: datetime | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredCall:
    """A call as readers see it: the values of its leading origin, and all its origins as (source id, url).

    `says`: where several sources list it now, (source id, deadlines) of each that names any.
    """

    no: int
    id: str
    call: Call
    first_seen: datetime
    stock: bool
    gone: ChangeKind | None
    gone_at: datetime | None
    changed_at: datetime
    fingerprint: str
    origins: tuple[tuple[str, str], ...]
    says: tuple[tuple[str, tuple[Deadline, ...]], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredChange:
    """A change as it was told, with its number and its call's present id."""

    no: int
    at: datetime
    source_id: str
    call_no: int
    call_id: str
    change: Change


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """One word of the team on a call. `call_id` is filled when read."""

    call_no: int
    key: str
    at: datetime
    by: str | None = None
    reason: str | None = None
    note: str | None = None
    call_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleWord:
    """What somebody said of a rule: `word` is accepted or dropped. A call that has all of `keys` falls under it."""

    rule: str
    keys: tuple[str, ...]
    word: str
    at: datetime
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgetting:
    """From which moment on lessons begin anew: tags and words on rules up to these numbers do not count."""

    last_tag: int
    last_word: int
    at: datetime
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """Who entered a call by hand, and when. `unread`: why its page could not be read then; "" where it could."""

    call_no: int
    url: str
    at: datetime
    by: str | None = None
    note: str | None = None
    unread: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One entry of a reader's ledger: a change (changes.no), a call of the stock or one shown as a card (calls.no)."""

    kind: str
    ref: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDigest:
    """A digest as it was first told. `data` is its JSON."""

    reader: str
    week: str
    moment: datetime
    data: str
