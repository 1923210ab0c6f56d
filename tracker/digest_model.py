"""What one digest holds: every value that its templates print, decided and frozen. Imports nothing but model.

A digest is stored as JSON the moment it is first told; every later rendering of that week starts from the stored
values, so two renderings are equal byte for byte. Templates compute nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from tracker.model import Budget, Deadline, Status, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    """How one source stands at the moment of the digest. `reason` is for a lay reader, without addresses."""

    id: str
    name: str
    state: str  # "ok", "blind", "not set up", "never read"
    last_success: datetime | None = None
    reason: str = ""
    calls: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Which sources were read for this digest."""

    read: int
    total: int
    blind: tuple[SourceLine, ...] = ()
    not_set_up: tuple[SourceLine, ...] = ()
    warnings: tuple[SourceLine, ...] = ()
    added: tuple[SourceLine, ...] = ()
    searched: int = 0  # calls known and open when the digest was made


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicLine:
    """A topic by its key and its label in the reader's language, with the words that matched and where."""

    key: str
    label: str
    words: tuple[str, ...] = ()
    in_title: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginLine:
    """A source that lists the call, with its page there."""

    source: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidDeadline:
    """The deadline that one source names for a call on which its sources disagree."""

    source: str
    deadline: Deadline


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One call as the reader needs it to decide whether to read on."""

    id: str
    title: str
    url: str
    identifier: str = ""
    language: str | None = None
    call_title: str = ""
    programme: str = ""
    action: str = ""
    source: str = ""
    summary: str = ""  # the source's own first sentences, never rewritten; "" where the source is silent
    eligible: tuple[str, ...] = ()
    status: Status = Status.UNKNOWN
    opens: date | None = None
    next_deadline: Deadline | None = None
    later_deadlines: tuple[Deadline, ...] = ()
    days_left: int | None = None
    budget: Budget | None = None
    topics: tuple[TopicLine, ...] = ()
    cities: tuple[str, ...] = ()
    relevance: float = 0.0
    verdict: Verdict = Verdict.NONE
    why: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    origins: tuple[OriginLine, ...] = ()
    conflict: tuple[SaidDeadline, ...] = ()  # where its sources name different days; next_deadline is the earliest
    attribution: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLine:
    """One change of a known call, old beside new. For deadlines both are tuples of dates, otherwise texts."""

    id: str
    title: str
    url: str
    kind: str
    at: datetime
    field: str | None = None
    old: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    verdict: Verdict = Verdict.NONE
    cities: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    language: str | None = None
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleLine:
    """A new call that matched nothing, by its title."""

    id: str
    title: str
    url: str
    language: str | None = None
    programme: str = ""
    next_deadline: date | None = None
    source: str = ""
    hidden_by: str = ""  # the id of the team's rule without which it would stand above


@dataclass(frozen=True, slots=True, kw_only=True)
class CityBlock:
    """What is open for one partner city, with its next deadlines."""

    key: str
    name: str
    status: str  # active, dormant, climate
    focus: bool
    open_calls: int
    next: tuple[Card, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hiding:
    """A rule of the team that hides a call: its id, its words in German, and what the call would be without it."""

    rule: str
    words: str
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class HiddenLine:
    """A rule of the team, in German, with the number of open calls that it keeps out of for us and to pass on."""

    rule: str
    words: str
    calls: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicBlock:
    """Cards of one topic; a call stands under its strongest topic only."""

    key: str
    label: str
    cities: tuple[str, ...]
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """The week as told to one reader. `moment` is the first telling; all day counts start from `today`."""

    week: str
    profile: str
    city: str
    reader: str
    language: str
    zone: str
    moment: datetime
    today: date
    coverage: Coverage
    for_us: tuple[TopicBlock, ...] = ()
    pass_on: tuple[Card, ...] = ()
    changed: tuple[ChangeLine, ...] = ()
    closing: tuple[Card, ...] = ()
    by_city: tuple[CityBlock, ...] = ()
    other: tuple[TitleLine, ...] = ()
    already_open: tuple[Card, ...] = ()
    already_open_more: int = 0  # further open calls that matched nothing, as a count
    watched: int = 0  # pages without a list that are watched from now on
    hidden: tuple[HiddenLine, ...] = ()
    closed: int = 0  # calls that left their source's list after their deadline
    contact: str = ""
    first: bool = False
    next_deadline: Card | None = None
    recipients: tuple[str, ...] = ()
