"""One conversation with a mail server, by imaplib: encrypted, bounded in time and size, and reading marks nothing.

imaplib reads as much as a server sends and waits as long as it drips. So the five methods that its documentation says
may be overridden are: every byte passes `_more`, which knows what is left of time and size.
"""

from __future__ import annotations

import imaplib
import ipaddress
import re
import socket
import ssl
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, suppress
from datetime import date
from typing import Any

from tracker.errors import FetchError
from tracker.fetch.body import BodyError, in_megabytes
from tracker.fetch.imap_names import Place, day, quoted

CONNECT = 10.0  # seconds
LONGEST_LINE = 1_000_000  # bytes
GOODBYE = 3.0  # seconds that a server has to say it
AT_ONCE = 200  # messages named in one command
ATOM = re.compile(r"[!#$&'+,\-./0-9:;<=>?@A-Z\[^_`a-z|}~]+")  # what may stand in a command without quotation marks


class RefusedError(Exception):
    """The server said no, or cannot do what we need; nothing personal is in the words."""


class _Line(imaplib.IMAP4):
    """imaplib on a socket of our own. `ends` and `left` are set anew for each exchange."""

    def __init__(self, place: Place, context: ssl.SSLContext, monotonic: Callable[[], float], ends: float) -> None:
        self._place = place
        self._context = context
        self._monotonic = monotonic
        self._pending = bytearray()
        self.ends, self.left, self.limit = ends, LONGEST_LINE, LONGEST_LINE
        self.plug: socket.socket | None = None
        super().__init__(place.host, place.port)

    def exchange(self, ends: float, limit: int) -> None:
        """What comes now must come before `ends` and have at most `limit` bytes."""
        self.ends, self.left, self.limit = ends, limit + LONGEST_LINE, limit

    def encrypt(self) -> None:
        """STARTTLS. Raises RefusedError. What came before it is not believed: anybody may have sent it."""
        answer, _ = self.xatom("STARTTLS")
        if answer != "OK" or self._pending or self.plug is None:
            raise RefusedError("the server does not keep to STARTTLS")
        self.plug.settimeout(self._time())
        self.plug = self._context.wrap_socket(self.plug, server_hostname=self._place.host)
        self.untagged_responses.clear()

    # ------------------------------------------------------------ what imaplib lets us override

    def open(self, host: str = "", port: int = 0, timeout: float | None = None) -> None:
        with ExitStack() as undo:
            plug = socket.create_connection((host, port), min(timeout or CONNECT, self._time()))
            undo.callback(plug.close)
            plug.settimeout(self._time())
            self.plug = self._context.wrap_socket(plug, server_hostname=host) if self._place.tls else plug
            undo.pop_all()

    def read(self, size: int) -> bytes:
        if size > self.limit:
            raise BodyError(f"the answer is larger than {in_megabytes(self.limit)} ({in_megabytes(size)} announced)")
        while len(self._pending) < size and self._more():
            pass
        return self._taken(size)

    def readline(self) -> bytes:
        searched = 0
        while (end := self._pending.find(b"\n", searched)) < 0:
            searched = len(self._pending)
            if searched > LONGEST_LINE:
                raise self.error(f"a line of more than {LONGEST_LINE} bytes")
            if not self._more():
                return self._taken(searched)
        return self._taken(end + 1)

    def send(self, data: Any) -> None:
        if self.plug is None:
            raise self.abort("the line is closed")
        self.plug.settimeout(self._time())
        self.plug.sendall(data)

    def shutdown(self) -> None:
        if self.plug is not None:
            self.plug.close()
        self.plug = None

    # ------------------------------------------------------------ inside

    def _more(self) -> bool:
        if self.plug is None:
            return False
        self.plug.settimeout(self._time())
        chunk = self.plug.recv(65_536)
        self._pending += chunk
        self.left -= len(chunk)
        if self.left < 0:
            raise BodyError(f"the answer is larger than {in_megabytes(self.limit)}")
        return bool(chunk)

    def _taken(self, size: int) -> bytes:
        taken = bytes(self._pending[:size])
        del self._pending[:size]
        return taken

    def _time(self) -> float:
        left = self.ends - self._monotonic()
        if left <= 0:
            raise TimeoutError("the whole time is over")
        return left


class Session:
    """A mailbox, logged in, its folder open for reading. `validity` (UIDVALIDITY) names the age of the folder's UIDs.

    Raises what imaplib raises, OSError, BodyError or RefusedError; FetchError where name or password are refused.
    """

    def __init__(
        self,
        place: Place,
        secret: tuple[str, str],
        context: ssl.SSLContext,
        *,
        monotonic: Callable[[], float],
        ends: float,
    ) -> None:
        self._place = place
        self._line = _Line(place, context, monotonic, ends)
        with ExitStack() as undo:
            undo.callback(self._line.shutdown)
            if not place.tls:
                self._encrypt()
            self._log_in(*secret)
            self.validity = self._open(readonly=True)
            undo.pop_all()

    def exchange(self, ends: float, limit: int) -> None:
        """What is asked for next must come before `ends` (monotonic) and have at most `limit` bytes."""
        self._line.exchange(ends, limit)

    def since(self, first: date) -> list[int]:
        """The UIDs of what arrived on that day or later, in their order."""
        answer, found = self._line.uid("SEARCH", f"SINCE {day(first)}")
        _expect(answer, found, "the search was refused")
        return sorted(int(uid) for words in found if words for uid in words.split() if len(uid) < 11)

    def senders(self, uids: Sequence[int]) -> dict[int, bytes]:
        """The header From of each message, as it stands there."""
        wanted = "(UID BODY.PEEK[HEADER.FIELDS (FROM)])"
        return {uid: header for some in _lots(uids) for uid, header in self._fetched(some, wanted)}

    def size(self, uid: int) -> int | None:
        """How many bytes a message has; None where it is no longer there."""
        answer, found = self._line.uid("FETCH", str(uid), "(UID RFC822.SIZE)")
        _expect(answer, found, "the message was refused")
        sizes = (re.search(rb"RFC822\.SIZE (\d{1,18})", _flat(entry)) for entry in found if entry)
        return next((int(size[1]) for size in sizes if size), None)

    def message(self, uid: int) -> bytes | None:
        """The whole message, unread if it was so; None where it is no longer there."""
        return dict(self._fetched([uid], "(UID BODY.PEEK[])")).get(uid)

    def mark_seen(self, uids: Sequence[int]) -> None:
        """Marks these messages as read."""
        self._open(readonly=False)
        for some in _lots(uids):
            answer, said = self._line.uid("STORE", _set(some), "+FLAGS.SILENT", r"(\Seen)")
            _expect(answer, said, "the messages cannot be marked")

    def move(self, uids: Sequence[int], folder: str) -> None:
        """Moves these messages into another folder (RFC 6851); nothing is ever deleted by us."""
        if "MOVE" not in self._abilities():
            raise RefusedError("the server cannot move messages (it knows no MOVE)")
        self._open(readonly=False)
        for some in _lots(uids):
            answer, said = self._line.uid("MOVE", _set(some), quoted(folder))
            _expect(answer, said, f"the messages cannot be moved to {folder!r}")

    def close(self) -> None:
        """Says goodbye; a server that is gone already does not matter."""
        with suppress(OSError, imaplib.IMAP4.error, BodyError, ValueError):
            self._line.exchange(min(self._line.ends, self._line._monotonic() + GOODBYE), LONGEST_LINE)  # noqa: SLF001
            self._line.logout()
        self._line.shutdown()

    # ------------------------------------------------------------ inside

    def _encrypt(self) -> None:
        if "STARTTLS" in self._abilities():
            self._line.encrypt()
        elif not _is_here(self._place.host):
            raise RefusedError("the server offers no encryption, so the password was not sent")

    def _abilities(self) -> set[str]:
        _, said = self._line.capability()
        return {word.decode("ascii", "replace").upper() for words in said if words for word in words.split()}

    def _log_in(self, user: str, password: str) -> None:
        """By SASL PLAIN, whose name and password may hold anything, else by LOGIN. A refusal is not tried again."""
        try:
            if "AUTH=PLAIN" in self._abilities():
                self._line.authenticate("PLAIN", lambda _: f"\0{user}\0{password}".encode())
            elif ATOM.fullmatch(user) and password.isascii() and password.isprintable():
                self._line.login(user, password)
            else:
                raise RefusedError("the server takes no name or password with these characters")
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error as error:
            if re.search(r"\[(?:UNAVAILABLE|INUSE|LIMIT|SERVERBUG)\]", str(error), re.IGNORECASE):
                raise imaplib.IMAP4.abort("the server is out of order or busy") from None
            raise FetchError("", "the mail server refuses name and password", permanent=True) from None

    def _open(self, *, readonly: bool) -> int:
        """Opens the folder, and tells its UIDVALIDITY. Readonly: EXAMINE, which changes nothing whatever is read."""
        folder = self._place.folder
        answer, said = self._line.select(quoted(folder), readonly)
        _expect(answer, said, f"the folder {folder!r} cannot be opened (some servers spell it INBOX.Name)")
        _, (validity, *_) = self._line.response("UIDVALIDITY")
        if not validity or not re.fullmatch(rb"[1-9]\d{0,9}", validity):
            raise RefusedError("the server does not number its messages (UIDVALIDITY)")
        return int(validity)

    def _fetched(self, uids: Sequence[int], wanted: str) -> Iterator[tuple[int, bytes]]:
        """UID and literal of each answer. A server may put the UID behind the literal, and tell of other things too."""
        answer, found = self._line.uid("FETCH", _set(uids), wanted)
        _expect(answer, found, "the messages were refused")
        for number, entry in enumerate(found):
            if isinstance(entry, tuple):
                rest = found[number + 1] if number + 1 < len(found) else b""
                uid = re.search(rb"\bUID (\d{1,10})\b", entry[0] + (rest if isinstance(rest, bytes) else b""))
                if uid and int(uid[1]) in uids:
                    yield int(uid[1]), entry[1]


def _expect(answer: str, said: Iterable[Any], trouble: str) -> None:
    if answer != "OK":
        words = " ".join(_flat(one).decode("utf-8", "replace") for one in said if one)
        raise RefusedError(f"{trouble}: {words[:200]}")


def _flat(entry: Any) -> bytes:
    return b" ".join(entry) if isinstance(entry, tuple) else bytes(entry)


def _set(uids: Iterable[int]) -> str:
    return ",".join(map(str, uids))


def _lots(uids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (uids[begin : begin + AT_ONCE] for begin in range(0, len(uids), AT_ONCE))


def _is_here(host: str) -> bool:
    """Whether this is the machine itself, where nobody listens in."""
    if host == "localhost":
        return True
    with suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return False
