"""Folders of mailboxes as sources: which messages there are, each of them, and what is done with them afterwards.

A folder answers with JSON, a message with what of it may be kept (tracker.letters): attachments and the names of those
who received it stay on the server. The folder is asked in JSON too: {"from": [...], "days": 60, "most": 50}.
Messages of other senders are not read, only counted. Mail never goes through a proxy of the web.
"""

from __future__ import annotations

import imaplib
import json
import ssl
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

from tracker import letters
from tracker.errors import FetchError
from tracker.fetch.answers import AgainError
from tracker.fetch.body import BodyError, in_megabytes
from tracker.fetch.imap import RefusedError, Session
from tracker.fetch.imap_names import message_in, place_in
from tracker.fetch.troubles import CERTIFICATE_HINT
from tracker.fetch.wire import tls_context
from tracker.model import RawDocument, Request, Source

LOOKED_AT = 2_000  # messages whose sender is read, the newest; more in two months is no folder for newsletters
GONE = 404  # what a message that is no longer there is called, as elsewhere
NO_LINE = "Is the mail server down, or is its port (993) closed from here? Mail does not go through HTTPS_PROXY."


class Mailboxes:
    """The mailboxes of one Fetcher; each source has one session, kept until it is finished or all are closed."""

    def __init__(
        self, environ: Mapping[str, str], clock: Callable[[], datetime], monotonic: Callable[[], float]
    ) -> None:
        self._environ = environ
        self._clock = clock
        self._monotonic = monotonic
        self._open: dict[str, Session] = {}
        self._context: ssl.SSLContext | None = None

    def close(self) -> None:
        """Logs out everywhere."""
        while self._open:
            self._open.popitem()[1].close()

    def get(self, source: Source, request: Request) -> RawDocument:
        """The messages of a folder, or one of them. Raises FetchError, or AgainError where a second try may help."""
        message = message_in(source, request)
        with self._explained(source, request.url):
            session = self._session(source)
            if message is None:
                body, kind = self._listing(session, request), "application/json"
            else:
                body, kind = self._message(session, source, request.url, *message), "message/rfc822"
        return RawDocument(
            request=request, body=body, content_type=kind, fetched_at=self._clock(), url=request.url, headers={}
        )

    def finish(self, source: Source, documents: Sequence[RawDocument]) -> None:
        """Marks or moves the messages among these documents, as their requests say ("after"). Raises FetchError."""
        wanted: dict[str, list[tuple[int, int]]] = {}
        for document in documents:
            after = dict(document.request.note).get("after", "")
            message = message_in(source, document.request) if after else None
            if message:
                wanted.setdefault(after, []).append(message)
        try:
            for after, messages in wanted.items():
                self._do_insistently(source, after, messages)
        finally:
            self._drop(source)

    # ------------------------------------------------------------ what is asked

    def _listing(self, session: Session, request: Request) -> bytes:
        asked = json.loads(request.json)
        found = session.since((self._clock() - timedelta(days=asked["days"])).date())
        looked_at = found[-LOOKED_AT:]
        read = {uid: letters.sender(letters.read(head)) for uid, head in session.senders(looked_at).items()}
        ours = sorted(uid for uid, sender in read.items() if letters.is_from(sender, asked["from"]))
        listed = ours[-asked["most"] :]
        told = {
            "uidvalidity": session.validity,
            "messages": listed,
            "more": len(ours) - len(listed),
            "others": len(looked_at) - len(ours),
            "not_looked_at": len(found) - len(looked_at),
        }
        return json.dumps(told).encode("ascii")

    def _message(self, session: Session, source: Source, url: str, validity: int, uid: int) -> bytes:
        if validity != session.validity:
            raise FetchError(url, "the folder has been made anew meanwhile", source=source.id)
        size = session.size(uid)
        if size is not None and size > source.max_bytes:
            raise BodyError(f"the message is larger than {in_megabytes(source.max_bytes)} ({in_megabytes(size)})")
        raw = session.message(uid) if size is not None else None
        if raw is None:
            raise FetchError(url, "the message is no longer there", permanent=True, status=GONE, source=source.id)
        user, _ = self._secret(source)
        try:
            return letters.kept(raw, hushed=[user])
        except ValueError as error:
            raise FetchError(url, f"the message cannot be read: {error}", permanent=True, source=source.id) from error

    def _do_insistently(self, source: Source, after: str, messages: Sequence[tuple[int, int]]) -> None:
        """Twice where the line broke: since the folder was read, other sources may have taken their time."""
        try:
            self._do(source, after, messages)
        except AgainError:
            try:
                self._do(source, after, messages)
            except AgainError as again:
                raise again.error from again

    def _do(self, source: Source, after: str, messages: Sequence[tuple[int, int]]) -> None:
        with self._explained(source, source.url):
            session = self._session(source)
            uids = sorted({uid for validity, uid in messages if validity == session.validity})
            if after == "seen":
                session.mark_seen(uids)
            else:
                session.move(uids, after.removeprefix("move:").strip())

    # ------------------------------------------------------------ sessions

    def _session(self, source: Source) -> Session:
        ends = self._monotonic() + source.timeout
        if source.id not in self._open:
            place, secret = place_in(source), self._secret(source)
            if self._context is None:  # read once, and only where there is a mailbox at all
                self._context = tls_context(self._environ)
            self._open[source.id] = Session(place, secret, self._context, monotonic=self._monotonic, ends=ends)
        self._open[source.id].exchange(ends, source.max_bytes)
        return self._open[source.id]

    def _drop(self, source: Source) -> None:
        session = self._open.pop(source.id, None)
        if session:
            session.close()

    def _secret(self, source: Source) -> tuple[str, str]:
        """Name and password, parted by the first colon. Raises FetchError, which holds neither."""
        user, colon, password = self._environ.get(source.needs_env, "").strip().partition(":")
        if not source.needs_env or not colon or not user or not password or "\0" in user + password:
            name = source.needs_env or "needs_env"
            raise FetchError(source.url, f"{name} must hold name:password", permanent=True, source=source.id)
        return user, password

    @contextmanager
    def _explained(self, source: Source, url: str) -> Iterator[None]:
        """Turns what imaplib and sockets raise into our own errors; a session that failed is not used again."""
        try:
            yield
        except FetchError as error:
            if error.status != GONE:
                self._drop(source)
            hint = f"Check {source.needs_env} and whether IMAP is allowed." if not error.url else error.hint
            raise FetchError(
                error.url or url,
                error.message,
                permanent=error.permanent,
                status=error.status,
                source=source.id,
                hint=hint,
            ) from None
        except BodyError as error:
            self._drop(source)
            hint = "Delete the message, or raise `max_bytes` in sources.yaml."
            raise FetchError(url, str(error), permanent=True, source=source.id, hint=hint) from error
        except (RefusedError, imaplib.IMAP4.error, OSError, ValueError) as error:
            self._drop(source)
            raise self._in_words(error, url, source) from None  # what imaplib raises may quote what it was sent

    def _in_words(self, error: Exception, url: str, source: Source) -> Exception:
        words = str(error)[:300]
        for personal in self._secret(source)[::-1]:
            words = words.replace(personal, letters.VEIL)
        if isinstance(error, ssl.SSLCertVerificationError):
            said = f"the mail server's certificate is not trusted ({error.verify_message})"
            return FetchError(url, said, permanent=True, source=source.id, hint=CERTIFICATE_HINT)
        if isinstance(error, ssl.SSLError) and error.reason == "WRONG_VERSION_NUMBER":
            said = "the mail server speaks no TLS at this port; imap:// in place of imaps:// asks it for STARTTLS"
            return FetchError(url, said, permanent=True, source=source.id)
        if isinstance(error, RefusedError):
            return FetchError(url, words, permanent=True, source=source.id)
        if isinstance(error, TimeoutError):
            said = f"the mail server did not answer within {source.timeout:g} s"
            return AgainError(FetchError(url, said, source=source.id, hint=NO_LINE))
        if isinstance(error, OSError):
            return AgainError(FetchError(url, f"no connection: {words}", source=source.id, hint=NO_LINE))
        if isinstance(error, imaplib.IMAP4.abort):
            return AgainError(FetchError(url, f"the mail server broke off: {words}", source=source.id))
        return FetchError(url, f"the mail server refuses, or speaks no IMAP: {words}", permanent=True, source=source.id)
