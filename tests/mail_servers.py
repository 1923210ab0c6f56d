"""A mail server on loopback that speaks as much IMAP as we ask for, remembers all, and misbehaves on demand."""

from __future__ import annotations

import base64
import re
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from io import BufferedReader

USER, PASSWORD = "europa@ludwigsburg.example", "geheim: mit Umlaut ü"
SECRET = f"{USER}:{PASSWORD}"

Fault = Callable[["Plug", str], None]


@dataclass(slots=True)
class Mail:
    """One message in a folder."""

    raw: bytes
    seen: bool = False


@dataclass(slots=True)
class Plug:
    """One connection."""

    socket: socket.socket
    file: BufferedReader | None = None
    folder: str = ""
    readonly: bool = True

    def open(self) -> None:
        self.file = self.socket.makefile("rb")

    def close(self) -> None:
        if self.file:
            self.file.close()
        self.socket.close()

    def say(self, words: bytes | str) -> None:
        self.socket.sendall(words if isinstance(words, bytes) else words.encode() + b"\r\n")


@dataclass(slots=True)
class MailServer:
    """`folders`: name → UID → message. `faults`: a command → what happens in place of its answer."""

    folders: dict[str, dict[int, Mail]] = field(default_factory=dict)
    faults: dict[str, Fault] = field(default_factory=dict)
    abilities: str = "IMAP4rev1 AUTH=PLAIN MOVE"
    validity: int = 17
    greeting: bytes = b"* OK here\r\n"
    tls: ssl.SSLContext | None = None  # from the first byte on
    start_tls: ssl.SSLContext | None = None
    told: list[str] = field(default_factory=list)
    logins: int = 0
    port: int = 0

    @property
    def url(self) -> str:
        return f"{'imaps' if self.tls else 'imap'}://127.0.0.1:{self.port}/INBOX"

    def fill(self, folder: str, messages: Mapping[int, bytes]) -> None:
        self.folders[folder] = {uid: Mail(raw) for uid, raw in messages.items()}

    def commands(self) -> list[str]:
        """What was asked, without tags and without what follows the command."""
        return [
            " ".join(line.split()[1:3]) if " UID " in line else line.split()[1] for line in self.told if " " in line
        ]

    # ------------------------------------------------------------ answering

    def talk(self, bare: socket.socket) -> None:
        with suppress(OSError), bare:
            plug = Plug(self.tls.wrap_socket(bare, server_side=True) if self.tls else bare)
            try:
                plug.open()
                plug.socket.sendall(self.greeting)
                self.converse(plug)
            finally:
                plug.close()

    def converse(self, plug: Plug) -> None:
        while line := plug.file.readline().decode("utf-8", "replace").strip():
            self.told.append(line)
            tag, _, rest = line.partition(" ")
            name = " ".join(rest.split()[: 2 if rest.upper().startswith("UID") else 1]).upper()
            if name in self.faults:
                self.faults[name](plug, tag)
                continue
            self.answer(plug, tag, name, rest[len(name) :].strip())
            if name == "LOGOUT":
                return

    def answer(self, plug: Plug, tag: str, name: str, rest: str) -> None:
        """Does what is asked by the method of that name; its words are the end of the answer, "" for none."""
        act = getattr(self, name.lower().replace(" ", "_"), None)
        ended = act(plug, tag, rest) if act else None
        if ended != "":
            plug.say(f"{tag} {ended or 'OK done'}")

    def capability(self, plug: Plug, _tag: str, _rest: str) -> None:
        plug.say(f"* CAPABILITY {self.abilities}")

    def starttls(self, plug: Plug, tag: str, _rest: str) -> str:
        plug.say(f"{tag} OK begin")
        plug.file.close()
        plug.socket = self.start_tls.wrap_socket(plug.socket, server_side=True)
        plug.open()
        return ""

    def authenticate(self, plug: Plug, _tag: str, _rest: str) -> str:
        plug.say("+ ")
        given = base64.b64decode(plug.file.readline()).decode().split("\0")[1:]
        self.logins += 1
        known = given == [USER, PASSWORD]
        return "OK done" if known else f"NO [AUTHENTICATIONFAILED] {' '.join(given)} is wrong"

    def login(self, _plug: Plug, _tag: str, _rest: str) -> None:
        self.logins += 1

    def examine(self, plug: Plug, _tag: str, rest: str) -> str:
        plug.folder, plug.readonly = rest.strip('"'), True
        if plug.folder not in self.folders:
            return "NO no such folder"
        plug.say(f"* {len(self.folders[plug.folder])} EXISTS\r\n* OK [UIDVALIDITY {self.validity}] valid")
        return "OK done"

    def select(self, plug: Plug, tag: str, rest: str) -> str:
        ended = self.examine(plug, tag, rest)
        plug.readonly = False
        return ended

    def uid_search(self, plug: Plug, _tag: str, _rest: str) -> None:
        plug.say("* SEARCH " + " ".join(map(str, self.folders[plug.folder])))

    def uid_fetch(self, plug: Plug, _tag: str, rest: str) -> None:
        uids, _, wanted = rest.partition(" ")
        folder = self.folders[plug.folder]
        for number, (uid, mail) in enumerate(folder.items(), 1):
            if str(uid) not in uids.split(","):
                continue
            if "RFC822.SIZE" in wanted:
                plug.say(f"* {number} FETCH (RFC822.SIZE {len(mail.raw)} UID {uid})")
                continue
            if "PEEK" not in wanted and not plug.readonly:
                mail.seen = True
            head = (
                b"".join(re.findall(rb"^From:.*(?:\n[ \t].*)*\n", mail.raw.split(b"\n\n")[0], re.MULTILINE)) + b"\r\n"
            )
            body = head if "HEADER.FIELDS" in wanted else mail.raw
            name = "BODY[HEADER.FIELDS (FROM)]" if "HEADER.FIELDS" in wanted else "BODY[]"
            plug.say(f"* {number} FETCH ({name} {{{len(body)}}}\r\n".encode() + body + f" UID {uid})\r\n".encode())

    def uid_store(self, plug: Plug, _tag: str, rest: str) -> None:
        assert not plug.readonly
        for uid in rest.split()[0].split(","):
            self.folders[plug.folder][int(uid)].seen = True

    def uid_move(self, plug: Plug, _tag: str, rest: str) -> None:
        assert not plug.readonly
        target = self.folders.setdefault(re.search(r'"([^"]*)"', rest)[1], {})
        here = self.folders[plug.folder]
        target.update({int(uid): here.pop(int(uid)) for uid in rest.split()[0].split(",") if int(uid) in here})


@contextmanager
def mail_server(**given: object) -> Iterator[MailServer]:
    """Serves on a free port of 127.0.0.1 until the block ends."""
    server = MailServer(**given)
    ear = socket.create_server(("127.0.0.1", 0))
    server.port = ear.getsockname()[1]
    talks: list[threading.Thread] = []

    def serve() -> None:
        with suppress(OSError):
            while True:
                plug, _ = ear.accept()
                talks.append(threading.Thread(target=server.talk, args=(plug,), daemon=True))
                talks[-1].start()

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield server
    finally:
        with suppress(OSError):
            ear.shutdown(socket.SHUT_RDWR)
        ear.close()
        for talk in talks:
            talk.join(2)


def broken_off(plug: Plug, _tag: str) -> None:
    """The line is cut in the middle of an answer."""
    plug.say(b"* 1 FETCH (UID 1 BODY[] {5000}\r\nFrom: a@b")
    plug.socket.shutdown(socket.SHUT_RDWR)


def silent(_plug: Plug, _tag: str) -> None:
    """Nothing comes, and the line stays open."""


def says(words: bytes) -> Fault:
    """These bytes in place of an answer; TAG stands for the tag."""
    return lambda plug, tag: plug.say(words.replace(b"TAG", tag.encode()))
