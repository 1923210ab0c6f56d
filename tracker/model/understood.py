"""The same, understood: calls, deadlines, money, changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from typing import Any

from tracker.model.found import Certainty, DeadlineKind


class Status(StrEnum):
    """Whether one can apply today."""

    FORTHCOMING = "forthcoming"
    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A deadline as we understand it, with the source's own words beside it.

    `day` is the date in the zone of the source; `time` is None where the source gives no reliable hour.
    `rule` are days of every year in place of `day`; tracker.rules says which dates they give. `lead` is what else
    must be kept, in words.
    """

    words: str
    day: date | None = None
    time: time | None = None
    zone: str | None = None
    kind: DeadlineKind = DeadlineKind.UNKNOWN
    stage: int | None = None
    certainty: Certainty = Certainty.UNKNOWN
    rule: tuple[str, ...] = ()
    lead: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """An amount or a range, in major units (euros, not cents). None: the source is silent. Never 0 for unknown."""

    minimum: Decimal | None
    maximum: Decimal | None
    currency: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """What a call pays: the pot, the size of one grant, how many grants, the co-financing rate in words."""

    total: Money | None = None
    grant: Money | None = None
    scope: str = ""
    expected_grants: int | None = None
    rate: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call as one source states it and as we understand it.

    `said` is the source's own word; the status of a day is derived from it and the dates (see normalize.status_on).
    `description` is plain text; `html` is the same made safe for a page. `page`: a watched page, no entry of a list.
    """

    source_id: str
    external_id: str
    title: str
    url: str
    language: str | None = None
    said: Status = Status.UNKNOWN
    deadlines: tuple[Deadline, ...] = ()
    opens: date | None = None
    published: date | None = None
    description: str = ""
    html: str = ""
    programme: str = ""
    call_title: str = ""
    action: str = ""
    divisions: tuple[str, ...] = ()
    eligible: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    funder: str = ""
    budget: Budget | None = None
    identifiers: tuple[str, ...] = ()
    attribution: str = ""
    page: bool = False

    @property
    def id(self) -> str:
        """`<source id>:<external id>`."""
        return f"{self.source_id}:{self.external_id}"

    @property
    def days(self) -> tuple[date, ...]:
        """All deadlines with a date, in order, each once. What a rule gives depends on today: see tracker.rules."""
        return tuple(sorted({deadline.day for deadline in self.deadlines if deadline.day}))


class ChangeKind(StrEnum):
    """What can be told about a call."""

    NEW = "new"
    DEADLINE = "deadline"
    BUDGET = "budget"
    STATUS = "status"
    TITLE = "title"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"
    RETURNED = "returned"
    PAGE = "page"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One event. `old` and `new` are plain JSON values: dates as ISO text, deadlines as lists of them."""

    kind: ChangeKind
    external_id: str
    field: str | None = None
    old: Any = None
    new: Any = None
    title: str = ""
    url: str = ""
