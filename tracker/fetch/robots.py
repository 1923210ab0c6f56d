"""What does a site allow? robots.txt, read once per host and kept for the life of a Fetcher (RFC 9309)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import httpx
from protego import Protego

from tracker.errors import BotWallError, FetchError
from tracker.model import RawDocument, Request, Source

AGENT = "tracker"
MAX_BYTES = 500 * 1024  # what RFC 9309 wants read; the rest of a longer file is left unread
LONGEST_DELAY = 30.0  # seconds; the Förderdatenbank asks for as many (2026-07)
RETRY_AFTER = 300.0  # seconds after which a robots.txt that could not be read is asked for again
OPEN = Protego.parse("")


@dataclass(slots=True)
class _Site:
    lock: threading.Lock = field(default_factory=threading.Lock)
    rules: Protego | None = None
    error: FetchError | None = None
    failed_at: float = 0.0


class Robots:
    """The rules of all hosts asked so far. `read` fetches a document, following redirects, without asking us."""

    def __init__(self, read: Callable[[Source, Request], RawDocument], monotonic: Callable[[], float]) -> None:
        self._read = read
        self._monotonic = monotonic
        self._sites: dict[str, _Site] = {}
        self._lock = threading.Lock()

    def pause(self, source: Source, url: httpx.URL) -> float:
        """Seconds between two requests: those of the source, or the site's Crawl-delay where that is longer.

        Raises FetchError: permanent where robots.txt forbids the page, passing where it could not be read.
        """
        if not source.robots:
            return source.pause
        rules = self._rules(source, url)
        if not rules.can_fetch(str(url), AGENT):
            raise FetchError(
                str(url),
                "robots.txt of the site forbids this page",
                permanent=True,
                source=source.id,
                hint="Look for a feed or an export, ask the publisher, and only with permission set `robots: false`.",
            )
        return max(source.pause, min(LONGEST_DELAY, rules.crawl_delay(AGENT) or 0.0))

    def _rules(self, source: Source, url: httpx.URL) -> Protego:
        address = str(url.copy_with(raw_path=b"/robots.txt", fragment=None, userinfo=b""))
        with self._lock:
            site = self._sites.setdefault(address, _Site())
        with site.lock:
            if site.error and self._monotonic() - site.failed_at > RETRY_AFTER:
                site.error = None
            if site.rules is None and site.error is None:
                self._load(site, source, address)
            if site.rules is not None:
                return site.rules
            raise _unknown(site.error, url, source)

    def _load(self, site: _Site, source: Source, address: str) -> None:
        try:
            document = self._read(source, Request(address, kind="robots"))
        except BotWallError:
            # A wall before robots.txt is a refusal like 403. The page itself will tell whether we are walled off.
            site.rules = OPEN
        except FetchError as error:
            if error.permanent:
                site.rules = OPEN  # there is none; other permanent troubles come again with the page itself
                return
            site.error, site.failed_at = error, self._monotonic()
        else:
            site.rules = Protego.parse(document.body.decode("utf-8-sig", "replace"))


def _unknown(error: FetchError | None, url: httpx.URL, source: Source) -> FetchError:
    """Why we may not ask: a site out of order is no site that forbids (RFC 9309, 2.3.1.4)."""
    if error is not None and error.status is None:
        return FetchError(str(url), error.message, source=source.id, hint=error.hint)
    said = f"HTTP {error.status}" if error else "nothing"
    return FetchError(
        str(url),
        f"robots.txt of the site cannot be read ({said}), so what it allows is unknown",
        status=error.status if error else None,
        source=source.id,
        hint="The next run tries again; if it stays so, ask the publisher and set `robots: false`.",
    )
