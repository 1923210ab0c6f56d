"""Exchanges the key of a source for a token of short life, once per run, and forgets both with it.

The login is asked like any other page, so robots.txt, pause, time-outs and walls count for it too. Its answer goes to
nobody: no archive, no log and no error ever holds it. Aides-territoires gives out tokens of 24 hours (2025-03).
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from tracker.errors import BotWallError, FetchError
from tracker.fetch.keys import SENDABLE, SHORTEST, same_origin
from tracker.model import Login, RawDocument, Request, Source

REFUSED = frozenset({401, 403})


@dataclass(slots=True)
class _Session:
    """`is_proven`: the token was accepted at least once, so a later refusal means that it has expired."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    token: str = ""
    is_proven: bool = False


class Logins:
    """The tokens of all sources that want one. `ask` fetches a document by a source's key, following redirects."""

    def __init__(self, ask: Callable[[Source, Request], RawDocument]) -> None:
        self._ask = ask
        self._sessions: dict[tuple[Login, str], _Session] = {}
        self._lock = threading.Lock()

    def token(self, source: Source, login: Login) -> str:
        """The token of this run; asked for once. Raises FetchError, BotWallError."""
        session = self._session(source, login)
        with session.lock:
            if not session.token:
                session.token = self._log_in(source, login)
            return session.token

    def accepted(self, source: Source, login: Login, token: str) -> None:
        """The source has answered to this token."""
        session = self._session(source, login)
        with session.lock:
            session.is_proven = session.is_proven or session.token == token

    def renewed(self, source: Source, login: Login, refused: str) -> str:
        """Another token for one that has expired; "" where a token was refused that had never been accepted.

        Raises FetchError, BotWallError.
        """
        session = self._session(source, login)
        with session.lock:
            if session.token == refused:
                if not session.is_proven:
                    return ""
                session.token, session.is_proven = "", False
                session.token = self._log_in(source, login)
            return session.token

    def _session(self, source: Source, login: Login) -> _Session:
        with self._lock:
            return self._sessions.setdefault((login, source.needs_env), _Session())

    def _log_in(self, source: Source, login: Login) -> str:
        if not same_origin(login.url, source.url):
            said = "the login lies on another host than the source, so the key stays at home"
            raise FetchError(login.url, said, permanent=True, source=source.id)
        try:
            document = self._ask(source, Request(login.url, kind="login", key_header=login.header))
        except BotWallError:
            raise
        except FetchError as error:
            told = _explained(error, source, login)
        else:
            token = _token_in(document, login)
            if token and same_origin(document.final_url, source.url):
                return token
            kind = document.content_type[:60] or "something without a type"
            said = f"the login did not answer with a token at {login.token!r}, but with {kind}"
            told = FetchError(login.url, said, permanent=True, source=source.id, hint="Has the interface changed?")
        raise told  # outside of the handler, so that no error carries the answer along


def _explained(error: FetchError, source: Source, login: Login) -> FetchError:
    """The error of the login as one of the page that wanted it: its 404 is not that page's."""
    if error.status not in REFUSED:
        said = f"the login failed: {error.message}"
        return FetchError(login.url, said, permanent=error.permanent, source=source.id, hint=error.hint)
    return FetchError(
        login.url,
        f"the login refuses the key in {source.needs_env} (HTTP {error.status})",
        permanent=True,
        status=error.status,
        source=source.id,
        hint="Is it complete and still valid? The account at the publisher shows it.",
    )


def _token_in(document: RawDocument, login: Login) -> str:
    """The token in the answer; "" where there is none that a header could carry."""
    value: object = None
    with suppress(ValueError, RecursionError):
        value = json.loads(document.body)
    for step in login.token.split("."):
        value = value.get(step) if isinstance(value, dict) else None
    is_token = isinstance(value, str) and len(value) >= SHORTEST and SENDABLE.fullmatch(value)
    return str(value) if is_token else ""
