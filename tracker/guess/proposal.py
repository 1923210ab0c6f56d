"""One way to read a page, and whether it works on the page at hand. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tracker import connectors
from tracker.errors import TrackerError
from tracker.model import RawCall, RawDocument, Request, Skipped, Source

MOST_LOST = 0.2  # of the rows; where more cannot be read or come twice, the guess is wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A connector with its options. `why` says what on the page speaks for it, `doubts` what a person must look at."""

    connector: str
    url: str
    why: str
    options: Mapping[str, Any] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What a proposal makes of a page: its calls, or why it does not work. `repeated`: ids that came before."""

    calls: tuple[RawCall, ...] = ()
    skipped: int = 0
    repeated: int = 0
    error: str = ""

    @property
    def works(self) -> bool:
        """Whether it finds calls, and has to leave out only a few."""
        rows = len(self.calls) + self.skipped
        return bool(self.calls) and self.skipped + self.repeated <= MOST_LOST * rows


def configured(proposal: Proposal, source: Source) -> Source:
    """The source as the proposal would have it."""
    return replace(source, connector=proposal.connector, url=proposal.url, options=proposal.options)


def first_request(proposal: Proposal, source: Source) -> Request:
    """What the connector would ask for first. Raises ConfigError for options that make no sense."""
    found = configured(proposal, source)
    return next(iter(connectors.load(found.connector).start(found)))


def tried(proposal: Proposal, source: Source, document: RawDocument) -> Tried:
    """The proposal's connector run on the page; whatever it finds wrong is told in words."""
    found = configured(proposal, source)
    try:
        things = list(connectors.load(found.connector).parse(document, found))
    except TrackerError as error:
        return Tried(error=str(getattr(error, "message", error)))
    calls = tuple(thing for thing in things if isinstance(thing, RawCall))
    names = {call.external_id for call in calls}
    skipped = sum(isinstance(thing, Skipped) for thing in things)
    return Tried(calls=calls, skipped=skipped, repeated=len(calls) - len(names))
