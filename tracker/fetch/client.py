"""One request, one answer: from the archive where that is enough, otherwise from the network, politely and bounded."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Protocol, Self

import httpx

from tracker.errors import ConfigError, FetchError
from tracker.fetch.answers import REDIRECT, AgainError, Answer, judge
from tracker.fetch.body import BodyError, in_megabytes, read, read_start
from tracker.fetch.guard import is_public, literal, own_places, place_of, resolve
from tracker.fetch.imap_names import is_mailbox
from tracker.fetch.keys import carries_key, header, hushed, key_for, lent_header
from tracker.fetch.login import Logins
from tracker.fetch.mailboxes import Mailboxes
from tracker.fetch.messages import conditions, message, user_agent
from tracker.fetch.proxies import proxy_for
from tracker.fetch.redirects import address_of, redirect_of
from tracker.fetch.robots import MAX_BYTES as ROBOTS_BYTES
from tracker.fetch.robots import Robots
from tracker.fetch.troubles import explain, silence
from tracker.fetch.turns import Turns
from tracker.fetch.wire import CONNECT, Attempt, Lines, within
from tracker.model import RawDocument, Request, Source

TRIES = 3
REDIRECTS = 10
REFUSAL_BYTES = 20_000  # of a refusal we read as much as tells a wall


class Memory(Protocol):
    """What fetch asks of the archive (see tracker.archive.Archive)."""

    def answer(self, source_id: str, key: str) -> RawDocument | None:
        """What the last healthy scan got, with a sound body."""
        ...

    def find(self, source_id: str, key: str) -> RawDocument | None:
        """The newest answer of any healthy scan, with a sound body."""
        ...

    def missing(self, source_id: str, key: str, *, at: datetime) -> int | None:
        """The status by which the source said that there is no such page."""
        ...

    def remember_missing(self, source_id: str, key: str, *, status: int, at: datetime) -> None:
        """Notes that there is no such page."""
        ...


class Fetcher:
    """Reads from the network; may be used by several threads at once.

    `clock` gives the moment written into documents and may stand still (`--now`); pauses, time-outs and waiting go by
    `monotonic`, a Retry-After date by `wall` (seconds since 1970). `transport` and `resolver` stand in for the network
    in tests. Raises ConfigError where SSL_CERT_FILE cannot be used.
    """

    def __init__(
        self,
        *,
        contact: str,
        archive: Memory | None,
        clock: Callable[[], datetime],
        sleep: Callable[[float], object] = time.sleep,
        transport: httpx.BaseTransport | None = None,
        environ: Mapping[str, str] = os.environ,
        monotonic: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
        jitter: Callable[[], float] = random.random,
        resolver: Callable[[str, int], Sequence[str]] | None = None,
    ) -> None:
        self._agent = user_agent(contact)
        self._archive = archive
        self._clock = clock
        self._environ = environ
        self._monotonic = monotonic
        self._wall = wall
        self._jitter = jitter
        self._resolver = resolver or (resolve if transport is None else literal)
        self._lines = Lines(environ, transport)
        self._turns = Turns(sleep, monotonic)
        self._robots = Robots(self._read_robots, monotonic)
        self._logins = Logins(lambda source, request: self._insist(source, request, None))
        self._mailboxes = Mailboxes(environ, clock, monotonic)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Closes all connections."""
        self._lines.close()
        self._mailboxes.close()

    def get(self, source: Source, request: Request) -> RawDocument:
        """The answer to `request`, with status 304 where it is one that we had already.

        Raises BotWallError for a page meant for robots and FetchError for everything else that is no good answer:
        `permanent` where trying again is no use, `status` where the server gave one.
        """
        if request.once and (known := self._known(source, request)) is not None:
            return known
        stored = self._validators(source, request)
        try:
            return self._insist(source, request, stored)
        except FetchError as error:
            if request.once and self._archive is not None and error.status in {404, 410}:
                self._archive.remember_missing(source.id, request.key, status=error.status, at=self._clock())
            raise

    def finish(self, source: Source, documents: Sequence[RawDocument]) -> None:
        """To be called once these answers are applied and archived: messages are marked or moved, where that is wanted.

        Raises FetchError; then they are as they were, or some of them are done, and the next run does the rest.
        """
        if is_mailbox(source.url):
            self._mailboxes.finish(source, documents)

    # ------------------------------------------------------------ what the archive knows

    def _known(self, source: Source, request: Request) -> RawDocument | None:
        if self._archive is None:
            return None
        found = self._archive.find(source.id, request.key)
        if found is not None:
            return replace(found, request=request, status=304)
        status = self._archive.missing(source.id, request.key, at=self._clock())
        if status is None:
            return None
        said = f"the server answered HTTP {status} when last asked"
        raise FetchError(request.url, said, permanent=True, status=status, source=source.id)

    def _validators(self, source: Source, request: Request) -> RawDocument | None:
        """The stored answer that a 304 would confirm; None where there is none to be sure of."""
        if self._archive is None or request.is_post:
            return None
        stored = self._archive.answer(source.id, request.key)
        return stored if stored is not None and conditions(stored) else None

    # ------------------------------------------------------------ the network

    def _insist(self, source: Source, request: Request, stored: RawDocument | None) -> RawDocument:
        """Tries up to three times where that may help, later and later."""
        for attempt in range(TRIES):
            try:
                return self._reach(source, request, stored)
            except AgainError as again:
                error = again.error
                wait = again.wait if again.wait is not None else 2.0**attempt * (1 + self._jitter())
                self._turns.block(place_of(httpx.URL(error.url)), wait)
        said = f"{error.message}, {TRIES} times"
        raise type(error)(error.url, said, status=error.status, source=error.source, hint=error.hint)

    def _reach(self, source: Source, request: Request, stored: RawDocument | None) -> RawDocument:
        if not is_mailbox(request.url):
            return self._follow(source, request, stored)
        with self._turns.turn(place_of(httpx.URL(source.url)), 0.0):
            return self._mailboxes.get(source, request)

    def _read_robots(self, source: Source, request: Request) -> RawDocument:
        lenient = replace(source, robots=False, max_bytes=ROBOTS_BYTES, timeout=min(30.0, source.timeout))
        return self._insist(lenient, request, None)

    def _follow(self, source: Source, request: Request, stored: RawDocument | None) -> RawDocument:
        """Goes where redirects lead, by hand: each address is judged before it is asked."""
        url = address_of(request.url, source)
        for _ in range(REDIRECTS + 1):
            asked = stored if stored is not None and str(url) == stored.final_url else None
            answer = self._hop(source, request, url, asked)
            if answer.status not in REDIRECT:
                keyed, lent = carries_key(request, url, source), bool(request.lent)
                judge(answer, source, revalidated=asked is not None, now=self._wall(), keyed=keyed, lent=lent)
                return self._document(request, answer, asked)
            url = redirect_of(answer, source, request)
        said = f"more than {REDIRECTS} redirects, the last to {url}"
        raise FetchError(request.url, said, permanent=True, source=source.id, hint="Open the page in a browser.")

    def _document(self, request: Request, answer: Answer, stored: RawDocument | None) -> RawDocument:
        if answer.status == 304 and stored is not None:
            return replace(stored, request=request, status=304, fetched_at=self._clock())
        return RawDocument(
            request=request,
            body=answer.body,
            content_type=answer.content_type,
            fetched_at=self._clock(),
            status=answer.status,
            url=str(answer.url),
            headers={name: words for name, words in answer.headers.items() if name != "set-cookie"},
        )

    def _hop(self, source: Source, request: Request, url: httpx.URL, stored: RawDocument | None) -> Answer:
        """One exchange with one server, and a second one where the token of the source has expired."""
        key = key_for(request, url, source, self._environ)
        if not key or request.login is None:
            lent = (words for _, words in request.lent)
            return hushed(self._ask(source, request, url, stored, key), key, *lent)
        token = self._logins.token(source, request.login)
        answer = self._ask(source, request, url, stored, token)
        if answer.status != 401:
            self._logins.accepted(source, request.login, token)
        elif renewed := self._logins.renewed(source, request.login, token):
            answer, token = self._ask(source, request, url, stored, renewed), renewed
        return hushed(answer, key, token)

    def _ask(self, source: Source, request: Request, url: httpx.URL, stored: RawDocument | None, key: str) -> Answer:
        """One exchange with one server, in its turn."""
        place = place_of(url)
        proxy = proxy_for(url.scheme, *place, self._environ)
        with self._explained(source, url, None):
            addresses = self._permitted(source, url, direct=not proxy and self._lines.given is None)
        pause = self._robots.pause(source, url)
        timeout = httpx.Timeout(silence(source), connect=min(CONNECT, source.timeout))
        told = {**lent_header(request, url, source), **header(request, key)}
        asked = message(request, url, agent=self._agent, timeout=timeout, stored=stored, key=told)
        with self._turns.turn(place, pause) as turn:
            attempt = Attempt(self._monotonic() + source.timeout, self._monotonic, addresses)
            with self._explained(source, url, attempt), within(attempt):
                try:
                    answer = self._exchange(self._lines.through(proxy), asked, source, clip=request.kind == "robots")
                except (httpx.ConnectError, httpx.ConnectTimeout):
                    turn.unheard()
                    raise
        return answer

    def _exchange(self, line: httpx.BaseTransport, asked: httpx.Request, source: Source, *, clip: bool) -> Answer:
        response = line.handle_request(asked)
        try:
            body = _body(response, source.max_bytes, clip=clip)
        finally:
            response.close()
        return Answer(url=asked.url, status=response.status_code, headers=response.headers, body=body)

    def _permitted(self, source: Source, url: httpx.URL, *, direct: bool) -> tuple[str, ...]:
        """The addresses of the host, checked; () where a proxy looks it up. Raises FetchError for the inner network."""
        own = place_of(url) in own_places(source)
        if own and not direct:
            return ()
        try:
            addresses = tuple(self._resolver(*place_of(url)))
        except (OSError, UnicodeError) as error:
            if not direct:
                return ()  # behind a proxy there is often no name service; the proxy decides
            raise httpx.ConnectError(f"the name {url.host} is not known ({error})") from error
        if own or all(is_public(address) for address in addresses):
            return addresses if direct else ()
        raise FetchError(
            str(url),
            f"the page lies in an inner network ({url.host} is {', '.join(addresses)})",
            permanent=True,
            source=source.id,
            hint="Only hosts named in sources.yaml may lie there; has the site been tampered with?",
        )

    @contextmanager
    def _explained(self, source: Source, url: httpx.URL, attempt: Attempt | None) -> Iterator[None]:
        """Turns what the libraries raise into our own errors."""
        try:
            yield
        except (httpx.HTTPError, httpx.InvalidURL, BodyError) as error:
            overtime = attempt is not None and attempt.left <= 0
            raise explain(error, str(url), source, overtime=overtime) from error
        except ConfigError as error:
            raise FetchError(str(url), str(error), permanent=True, source=source.id) from error


def _body(response: httpx.Response, limit: int, *, clip: bool) -> bytes:
    """The body of a good answer, the beginning of a refusal, nothing of a redirect. Raises BodyError."""
    chunks = response.stream
    if response.status_code in REDIRECT or not isinstance(chunks, httpx.SyncByteStream):
        return b""
    encoding = response.headers.get("content-encoding", "")
    if response.status_code != 200:
        return _start_of_refusal(chunks, encoding)
    if clip:
        return read_start(chunks, encoding, limit)
    length = response.headers.get("content-length", "")
    if length.isdecimal() and int(length[:20]) > limit:
        raise BodyError(f"the answer is larger than {in_megabytes(limit)} ({in_megabytes(int(length[:20]))} announced)")
    return read(chunks, encoding, limit)


def _start_of_refusal(chunks: Iterable[bytes], encoding: str) -> bytes:
    """Enough to tell a wall, or nothing: a refusal stays one, however badly it is written."""
    try:
        return read_start(chunks, encoding, REFUSAL_BYTES)
    except (BodyError, httpx.TransportError):
        return b""
