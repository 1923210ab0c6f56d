"""A call that somebody heard of: one page, read once, becomes a call of the built-in source. Nobody's list holds it.

Who said so, and in what words, goes to the tables of people; the call itself holds only what is known of the call.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from tracker.changes import all_past, plan
from tracker.config.fields import address
from tracker.connectors.page import as_html
from tracker.errors import ConfigError, SourceError
from tracker.fetch import usual_pause
from tracker.guess.page import Page, read_page
from tracker.home import Home
from tracker.judge import judge
from tracker.model import BY_HAND, Call, DeadlineKind, RawCall, RawDeadline, RawDocument, Request, Source
from tracker.normalize import clean_link, normalize, read_date, status_on
from tracker.records import Addition, Run, StoredCall
from tracker.store import Store
from tracker.store.twins import link_key

Get = Callable[[Source, Request], RawDocument]
LONGEST_ID = 100
MOST_BYTES = 5_000_000  # no page that somebody reads is as large
TIMEOUT = 30.0  # seconds; somebody is waiting
# For readers, in place of a text that we do not have: the source is our own, so the words are.
UNREAD = "Die Seite konnte beim Eintragen nicht gelesen werden. Bekannt ist nur, was von Hand angegeben wurde."


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody wants entered, in their words; "" and None: they did not say."""

    url: str
    title: str = ""
    deadline: str = ""
    programme: str = ""
    by: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What became of it. `calls` are those that had the address before, or the one that was entered.

    `joined`: another source holds the call already, by its official id. `unread`: why the page could not be read.
    """

    calls: tuple[StoredCall, ...]
    fresh: bool
    joined: bool = False
    past: bool = False
    unread: str = ""
    candidates: tuple[date, ...] = ()


def add(home: Home, store: Store, wish: Wish, *, get: Get, now: datetime) -> Added:
    """Enter a call; one whose address is known is left as it is. Takes the lock of the home for the writing only.

    Raises ConfigError for an address or date that is none, SourceError where neither page nor wish gives a title,
    LockedError while another run is at work.
    """
    url, zone = _address(wish.url), home.profile.city.zone
    today = now.astimezone(ZoneInfo(zone)).date()
    given = _deadline(wish.deadline, zone)
    if known := store.crawl.at_address(url):
        return Added(calls=tuple(known), fresh=False)
    source = _source(url, home)
    page, final, unread = _page(source, get, today, wish.title)
    if final != url and (known := store.crawl.at_address(final)):
        return Added(calls=tuple(known), fresh=False)
    call = normalize(_raw(url, wish, given, page, unread=bool(unread)), source)
    with home.lock():
        if known := store.crawl.at_address(url):  # somebody else was faster
            return Added(calls=tuple(known), fresh=False)
        joined = _enter(home, store, call, wish, unread=unread, now=now, today=today)
        judge(store, home.profile)
    (stored,) = store.crawl.at_address(url)
    candidates = () if given else page.candidates
    return Added(
        calls=(stored,), fresh=True, joined=joined, past=all_past(call, today), unread=unread, candidates=candidates
    )


def _address(words: str) -> str:
    """The address as we keep it. Over the phone nobody says "https"."""
    words = words.strip()
    words = words if re.match(r"[a-z][a-z0-9+.-]*:", words, re.IGNORECASE) else f"https://{words.removeprefix('//')}"
    try:
        url = clean_link(address(words))
    except ValueError as error:
        raise ConfigError(f"URL: {error}") from None
    if not url:
        raise ConfigError(f"URL: {words[:200]!r} is no web address")
    return url


def _deadline(words: str, zone: str) -> RawDeadline | None:
    if not words:
        return None
    day = read_date(words, "de", zone)
    if day is None:
        raise ConfigError(f"--deadline: {words!r} is no date such as 2027-03-15 or 15.03.2027")
    return RawDeadline(words=words, day=day, kind=DeadlineKind.SINGLE)


def _source(url: str, home: Home) -> Source:
    pause = usual_pause(url)
    zone = home.profile.city.zone
    return replace(BY_HAND, url=url, pause=pause, timeout=TIMEOUT, max_bytes=MOST_BYTES, zone=zone)


def _page(source: Source, get: Get, today: date, title: str) -> tuple[Page, str, str]:
    """The page, where it was found, and why it could not be read. Raises SourceError where nothing gives a title."""
    try:
        document = get(source, Request(source.url))
        page = read_page(document, source, today=today)
        if not (title or page.title):
            raise SourceError(source.url, "the page has no title", source=source.id)
    except SourceError as error:
        if title:
            return Page(), source.url, str(error).removeprefix(f"{source.id}: ")
        hint = f"{error.hint} With --title it is entered all the same.".strip()
        raise SourceError(error.url, error.message, hint=hint) from error
    return page, clean_link(document.final_url) or source.url, ""


def _raw(url: str, wish: Wish, given: RawDeadline | None, page: Page, *, unread: bool) -> RawCall:
    return RawCall(
        external_id=external_id(url),
        title=wish.title or page.title,
        url=url,
        language=page.language,
        deadlines=(given,) if given else page.deadlines,
        description=UNREAD if unread else as_html(page.lines),
        programme=wish.programme,
        identifiers=page.identifiers,
    )


def external_id(url: str) -> str:
    """The address in short, so that the same page is entered once."""
    key = link_key(url)
    if len(key) <= LONGEST_ID:
        return key
    return f"{key[: LONGEST_ID - 9]}-{hashlib.sha256(key.encode('utf-8', 'replace')).hexdigest()[:8]}"


def _enter(home: Home, store: Store, call: Call, wish: Wish, *, unread: str, now: datetime, today: date) -> bool:
    """Write the call and who entered it, in one transaction. Returns whether another source holds the call."""
    twins = store.crawl.twins(BY_HAND.id, [call])
    planned = plan({}, [call], today=today, first_run=False, proves_absence=False, status_on=status_on, joins=twins)
    run = Run(source_id=BY_HAND.id, started_at=now, state="ok", healthy=True, calls=1, rows=1)
    with store.atomic():
        store.crawl.apply(run, planned, order=home.order, twins=twins, stock=False)
        (stored,) = [one for one in store.crawl.at_address(call.url) if (BY_HAND.id, call.url) in one.origins]
        addition = Addition(call_no=stored.no, url=call.url, at=now, by=wish.by, note=wish.note, unread=unread)
        store.people.add_addition(home.profile.key, addition)
    return bool(twins)
