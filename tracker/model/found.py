"""What a source says, as found: requests, answers, raw calls, and what a connector yields beside calls."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a multipart body: its name, its text and the media type that the server insists on."""

    name: str
    text: str
    media_type: str = "application/json"


@dataclass(frozen=True, slots=True)
class Login:
    """Where the key of a source is exchanged for a token of short life: an empty POST to `url`, the key in `header`.

    The token stands at `token` in the JSON of the answer ("token", or "data.access" for one within another).
    """

    url: str
    header: str
    token: str


@dataclass(frozen=True, slots=True)
class Request:
    """One page that a connector wants: by POST with `parts` (multipart), `json` or `form` (pairs), else by GET.

    `kind` is the connector's own word; "robots" and "login" (an empty POST) belong to fetch.
    `note` travels with the request and is never sent: what the connector must know when the answer comes.
    `once` pages (details) are fetched once and then served from the archive.
    `optional` pages may fail without failing the source.
    `key_header` says where the key of the source goes ("X-API-Key", "Authorization: Bearer"); only fetch knows the key.
    With a `login` it is the token that goes there, and the key goes to the login alone.
    `lent`: headers with what an answer before this one hands to every visitor (a search key that changes). They go to
    the server of `url` only and name nothing: the archive keeps their names alone, so a request from it lacks them.
    """

    url: str
    kind: str = "list"
    parts: tuple[Part, ...] = ()
    note: tuple[tuple[str, str], ...] = ()
    once: bool = False
    optional: bool = False
    json: str = ""
    key_header: str = ""
    form: tuple[tuple[str, str], ...] = ()
    lent: tuple[tuple[str, str], ...] = ()
    login: Login | None = None

    @property
    def key(self) -> str:
        """Names the request in the archive: equal requests have equal keys."""
        body = (self.json,) if self.json else tuple(f"{name}={value}" for name, value in self.form)
        return "\n".join((self.url, *(f"{part.name}={part.text}" for part in self.parts), *body))

    @property
    def is_post(self) -> bool:
        """Whether it is a POST: such an answer is never asked for conditionally."""
        return bool(self.parts or self.json or self.form) or self.kind == "login"

    @property
    def is_bare(self) -> bool:
        """Whether it comes from the archive and lacks what it was lent: it cannot be asked again by itself."""
        return any(not words for _, words in self.lent)


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
    """A deadline in the source's words. A connector that knows the notation exactly also gives `day`.

    `rule`: days of every year instead of a date, "03-31" or, with the day on which the round opens, "03-01/05-15"
    (see tracker.rules). `lead`: what else must be kept, in words ("drei Monate vor Projektbeginn").
    """

    words: str
    day: date | None = None
    time: time | None = None
    zone: str = ""
    kind: DeadlineKind = DeadlineKind.UNKNOWN
    stage: int | None = None
    rule: tuple[str, ...] = ()
    lead: str = ""


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
    `page`: a watched page; it is never new, and a change of its description is told.
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
    page: bool = False


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
