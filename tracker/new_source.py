"""The beginning of a source: one page is read, a way to read it guessed and tried, entry and recording written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tracker import connectors, recordings
from tracker.config import append_source, entry_text
from tracker.config.fields import address, source_id
from tracker.errors import ConfigError, ParseError, SourceError
from tracker.fetch import usual_pause
from tracker.guess import Proposal, configured, first_request, guess, name_and_language, tried
from tracker.home import Home
from tracker.model import RawDocument, Request, Source

Get = Callable[[Source, Request], RawDocument]
MOST_BYTES = 20_000_000  # a page of calls has one or two million at most
MOST_ASKED = 4  # requests for one guess
LONGEST_NAME = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """A source as it begins: the proposal that works, the answer it was tried on, and what to tell about it."""

    source: Source
    proposal: Proposal
    document: RawDocument
    values: Mapping[str, Any]
    comment: tuple[str, ...]
    told: tuple[str, ...]

    @property
    def text(self) -> str:
        """The entry as it stands in sources.yaml."""
        return entry_text(self.source.id, self.values, self.comment)


def begin(home: Home, name: str, url: str, *, get: Get, now: datetime, wanted: str = "") -> Begun:
    """Read the page and find a connector that works on it; `wanted` names the only one to take.

    Raises ConfigError for an id or address that cannot be used, SourceError where the page cannot be read or no
    connector reads it: the message says which were tried, and why they do not work.
    """
    _check(home, name, url, wanted)
    source = Source(id=name, connector="", url=url, pause=usual_pause(url), max_bytes=MOST_BYTES)
    document = get(source, Request(url))
    proposals = guess(document, source, today=now.date())
    failed: list[str] = []
    asked = 1
    for number, proposal in enumerate(proposals):
        if wanted and proposal.connector != wanted:
            continue
        attempt = _attempt(proposal, source, document, get, today=now.date(), may_ask=asked < MOST_ASKED)
        asked += attempt.asked
        if not attempt.error:
            others = _names(proposals[number + 1 :], without=proposal.connector)
            return _begun(source, attempt, document, failed, others, now)
        failed.append(f"{proposal.connector}: {attempt.error}")
    tries = "; ".join(failed) or f"{wanted} does not read such a page; likely: {_names(proposals)}"
    raise ParseError(document.final_url, f"no connector reads it as it stands: {tries}", source=name)


def write(home: Home, begun: Begun, folder: Path) -> tuple[Path, ...]:
    """The entry at the end of sources.yaml and the recording in `folder`. Raises ConfigError or StoreError."""
    recorded = recordings.find(folder)
    if recorded is not None:
        raise ConfigError(f"{folder} holds a recording already: remove it first")
    path = home.path / "sources.yaml"
    append_source(
        path,
        begun.source.id,
        begun.values,
        begun.comment,
        connectors=connectors.KNOWN,
        start=lambda source: list(connectors.load(source.connector).start(source)),
    )
    return (path, *recordings.write(folder, [begun.document]))


def _check(home: Home, name: str, url: str, wanted: str) -> None:
    try:
        source_id(name)
    except ValueError as error:
        raise ConfigError(f"ID: {error}") from None
    try:
        address(url)
    except ValueError as error:
        raise ConfigError(f"URL: {error}") from None
    if name in home.order:
        raise ConfigError(f"there is a source {name!r} already: `tracker check {name}` shows what it reads")
    if wanted:
        connectors.load(wanted)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Attempt:
    """What became of one proposal: it works on the document, or `error` says why not. `asked`: requests it took."""

    proposal: Proposal
    document: RawDocument
    asked: int = 0
    error: str = ""


def _attempt(
    proposal: Proposal, source: Source, page: RawDocument, get: Get, *, today: date, may_ask: bool
) -> _Attempt:
    """The proposal tried on what its connector would ask for: the page at hand, or another one that is then fetched."""
    request, asked = first_request(proposal, source), 0
    document = replace(page, request=request)
    if request.key != page.request.key:
        if not may_ask:
            return _Attempt(proposal=proposal, document=page, error="the site has been asked often enough")
        asked = 1
        try:
            document = get(configured(proposal, source), request)
            proposal = _refined(proposal, document, source, today)
        except SourceError as error:
            return _Attempt(proposal=proposal, document=page, asked=asked, error=error.message)
    result = tried(proposal, source, document)
    many = f"{len(result.calls)} calls, {result.skipped} rows that cannot be read, {result.repeated} that came twice"
    return _Attempt(
        proposal=proposal, document=document, asked=asked, error="" if result.works else result.error or many
    )


def _refined(proposal: Proposal, document: RawDocument, source: Source, today: date) -> Proposal:
    """The proposal with what only its own answer can tell: the fields of the posts, the deadlines in a feed."""
    better = (one for one in guess(document, source, today=today) if one.connector == proposal.connector)
    found = next(better, proposal)
    why = f"{proposal.why}: {found.why}" if found.why != proposal.why else proposal.why
    return replace(found, url=proposal.url, why=why)


def _names(proposals: Iterable[Proposal], *, without: str = "") -> str:
    return ", ".join(dict.fromkeys(one.connector for one in proposals if one.connector != without))


def _begun(
    source: Source, attempt: _Attempt, page: RawDocument, failed: Sequence[str], others: str, now: datetime
) -> Begun:
    proposal, found = attempt.proposal, attempt.document
    result = tried(proposal, source, found)
    told = [f"guessed: {proposal.connector}, because of {proposal.why}", f"  it reads {len(result.calls)} calls"]
    if result.skipped:
        told.append(f"  {result.skipped} rows cannot be read so")
    told += [f"  to look at: {doubt}" for doubt in proposal.doubts]
    told += [f"  tried before: {line}" for line in failed]
    if others:
        told.append(f"  also possible: {others} (--connector)")
    name, language = _named(found, page, source)
    comment = (
        "What is it good for (partner city, topic)? What is odd about it?",
        f"Guessed on {now:%Y-%m-%d} from one answer: {proposal.why}.",
        *(f"To look at: {doubt}" for doubt in proposal.doubts),
        "Missing: publisher, country, licence, attribution, zone; then expect (tracker check … --live proposes it).",
    )
    values: dict[str, Any] = {"connector": proposal.connector, "url": proposal.url, "name": name}
    values |= {"language": language} if language else {}
    values |= {"evidence": "recorded", "rhythm": "daily"}
    values |= {"options": dict(proposal.options)} if proposal.options else {}
    values |= {"pause": 0} if source.pause == 0 else {}
    return Begun(
        source=configured(proposal, source),
        proposal=proposal,
        document=found,
        values=values,
        comment=comment,
        told=tuple(told),
    )


def _named(found: RawDocument, page: RawDocument, source: Source) -> tuple[str, str]:
    """Name and language: as the answer has them, else the page that led to it, else its host."""
    names = [name_and_language(one, source) for one in (found, page)]
    name = next((name for name, _ in names if name), urlsplit(page.final_url).netloc)
    return name[:LONGEST_NAME].strip() or source.id, next((language for _, language in names if language), "")
