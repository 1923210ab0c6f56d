"""The words we speak: the values that travel between the steps. Imports nothing of ours.

Everything is frozen. A step that learns more makes a new value of another type.
Moments are aware datetimes in UTC; a deadline is a date in the zone of its source.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import Any

# ---------------------------------------------------------------- what a source says, as found


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a multipart body: its name, its text and the media type that the server insists on."""

    name: str
    text: str
    media_type: str = "application/json"


@dataclass(frozen=True, slots=True)
class Request:
    """One page that a connector wants. With `parts` it is a multipart POST, otherwise a GET.

    `note` travels with the request and is never sent: what the connector must know when the answer comes.
    `once` pages (details) are fetched once and then served from the archive.
    `optional` pages may fail without failing the source.
    """

    url: str
    kind: str = "list"
    parts: tuple[Part, ...] = ()
    note: tuple[tuple[str, str], ...] = ()
    once: bool = False
    optional: bool = False

    @property
    def key(self) -> str:
        """Names the request in the archive: equal requests have equal keys."""
        return "\n".join((self.url, *(f"{part.name}={part.text}" for part in self.parts)))


@dataclass(frozen=True, slots=True, kw_only=True)
class RawDocument:
    """One answer, as bytes, so that a parse can be repeated. `headers` has lower-case names."""

    request: Request
    body: bytes
    content_type: str
    fetched_at: datetime
    status: int = 200
    url: str = ""  # where redirects ended; empty: request.url
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def final_url(self) -> str:
        """The address the answer really came from."""
        return self.url or self.request.url


class DeadlineKind(StrEnum):
    """What a date on a call means."""

    SINGLE = "single"
    STAGE = "stage"
    CUT_OFF = "cut-off"
    ROLLING = "rolling"
    RULE = "rule"
    UNKNOWN = "unknown"


class Certainty(StrEnum):
    """How sure a deadline is."""

    STATED = "stated"  # date and time stated by the source
    DATE_ONLY = "date-only"  # the source names the day, no hour
    PROSE = "prose"  # read from running text, by a pattern that is known to be safe
    RULE = "rule"  # computed from a rule that the source states
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class RawDeadline:
    """A deadline in the source's words. A connector that knows the notation exactly also gives `day`."""

    words: str
    day: date | None = None
    time: time | None = None
    zone: str = ""
    kind: DeadlineKind = DeadlineKind.UNKNOWN
    stage: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RawBudget:
    """Amounts in the source's words. `scope` is "topic", "call" (a pot shared with siblings), "project" or ""."""

    total: str = ""
    minimum: str = ""
    maximum: str = ""
    currency: str = ""
    scope: str = ""
    expected_grants: str = ""
    rate: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawCall:
    """A call as found: connectors do not interpret. Empty string: the source is silent.

    `status` is one of the words of Status or "": each connector maps its own codes and raises on unknown ones.
    `identifiers` are official ids by which other portals name the same call (CERV-2026-…).
    `row` is the source's key of the row where one call may stand on several rows; a row met twice is a repeat.
    `description` may be HTML; `language` is an ISO 639-1 code or "".
    """

    external_id: str
    title: str
    url: str
    language: str = ""
    status: str = ""
    deadlines: tuple[RawDeadline, ...] = ()
    opens: str = ""
    published: str = ""
    description: str = ""
    programme: str = ""
    call_title: str = ""
    action: str = ""
    divisions: tuple[str, ...] = ()
    eligible: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    funder: str = ""
    budget: RawBudget | None = None
    identifiers: tuple[str, ...] = ()
    attribution: str = ""
    row: str = ""


# ---------------------------------------------------------------- what a connector yields beside calls


@dataclass(frozen=True, slots=True)
class Supplement:
    """What a detail page adds to the call `external_id`: names of RawCall fields and their values."""

    external_id: str
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that could not be read: left out, counted and named. `where` is its id or position."""

    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class Announced:
    """How many rows the source says it has."""

    total: int


@dataclass(frozen=True, slots=True)
class Restart:
    """The list moved while it was read: forget its rows and begin again."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something odd about a run. Fatal: the run changes no call."""

    message: str
    fatal: bool = False
    url: str = ""


Yielded = RawCall | Request | Supplement | Skipped | Announced | Restart | Finding


# ---------------------------------------------------------------- the same, understood


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
    """

    words: str
    day: date | None = None
    time: time | None = None
    zone: str | None = None
    kind: DeadlineKind = DeadlineKind.UNKNOWN
    stage: int | None = None
    certainty: Certainty = Certainty.UNKNOWN


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
    `description` is plain text; `html` is the same made safe for a page.
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

    @property
    def id(self) -> str:
        """`<source id>:<external id>`."""
        return f"{self.source_id}:{self.external_id}"

    @property
    def days(self) -> tuple[date, ...]:
        """All deadlines with a date, in order, each once."""
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


# ---------------------------------------------------------------- configuration


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What a healthy run of a source looks like. Shares are 0..1; `filled` maps a RawCall field to its share."""

    min_calls: int | None = None
    max_calls: int | None = None
    min_share_of_last: float = 0.8
    min_share_of_median: float = 0.6
    guard_above: int = 20
    max_missing: float = 0.05
    filled: Mapping[str, float] = field(default_factory=dict)
    empty_is_fine: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One entry of sources.yaml. `pause` is seconds between two requests to one host; `options` are the connector's."""

    id: str
    connector: str
    url: str
    name: str = ""
    publisher: str = ""
    country: str = ""
    language: str = ""
    evidence: str = "documented"
    rhythm: str = "daily"
    enabled: bool = True
    options: Mapping[str, Any] = field(default_factory=dict)
    fixes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    expect: Expectation = field(default_factory=Expectation)
    pause: float = 1.0
    timeout: float = 90.0
    max_requests: int = 500
    max_bytes: int = 50_000_000
    robots: bool = True
    licence: str = ""
    attribution: str = ""
    needs_env: str = ""
    zone: str = "Europe/Berlin"


@dataclass(frozen=True, slots=True, kw_only=True)
class City:
    """Whose radar this is. `language` is that of readers who set none."""

    name: str
    country: str
    zone: str
    language: str = "de"
    state: str = ""
    nuts: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerCity:
    """A city we are tied to. `status` is active, dormant or climate; `focus` lists the years in the focus."""

    key: str
    name: str
    country: str
    status: str = "active"
    nuts: str = ""
    since: int | None = None
    topics: tuple[str, ...] = ()
    focus: tuple[int, ...] = ()
    label: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """What the city looks for. `keywords` and `exclude` map a language code to words and phrases."""

    key: str
    label: Mapping[str, str]
    description: str = ""
    keywords: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    exclude: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Somebody (or a group) who gets the digest. Empty `topics` or `cities`: all of them."""

    key: str
    name: str = ""
    email: str = ""
    language: str = ""
    topics: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """When the digest is due, in the city's zone: `day` 0 is Monday."""

    day: int = 0
    hour: int = 6
    retry_hours: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """Cuts on relevance (0..3) and how many days ahead counts as soon."""

    for_us: float = 2.5
    pass_on: float = 1.5
    marginal: float = 0.5
    closing_days: int = 42


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """profile.yaml: the city, its ties, its topics, its readers. `key` marks all that is derived for it."""

    key: str
    city: City
    partners: tuple[PartnerCity, ...]
    topics: tuple[Topic, ...]
    readers: tuple[Reader, ...]
    schedule: Schedule = field(default_factory=Schedule)
    thresholds: Thresholds = field(default_factory=Thresholds)
    contact: str = ""
    exclude: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    archive_scans: int = 8


# ---------------------------------------------------------------- what a call means for the city


class Verdict(StrEnum):
    """Where the digest puts a call."""

    FOR_US = "for-us"
    PASS_ON = "pass-on"  # noqa: S105 - a verdict, no password
    MARGINAL = "marginal"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A word that matched: the words as they stand in the call, the field, the vocabulary entry behind them."""

    words: str
    where: str
    term: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicMatch:
    """A topic of a call: score 0..1, the partner cities tied to it, and why."""

    topic: str
    score: float
    cities: tuple[str, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A call judged for one profile. `relevance` is 0..3; `why` are reasons for and against, German sentences."""

    topics: tuple[TopicMatch, ...]
    relevance: float
    verdict: Verdict
    cities: tuple[str, ...]
    why: tuple[str, ...]
