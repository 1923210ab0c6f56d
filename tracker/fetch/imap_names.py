"""Addresses of mailboxes and their messages, and how IMAP spells what stands in them. Pure.

imaps://imap.example.org/INBOX/Newsletter                          a folder, in the server's own spelling (RFC 5092)
imaps://imap.example.org/INBOX/Newsletter;UIDVALIDITY=17/;UID=5    a message in it
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import unquote, urlsplit

from tracker.errors import FetchError
from tracker.model import Request, Source

PORTS = {"imaps": 993, "imap": 143}
MESSAGE = re.compile(r";UIDVALIDITY=([1-9]\d{0,9})/;UID=([1-9]\d{0,9})")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
BEYOND_ASCII = re.compile(r"[^\x20-\x7e]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A folder on a server. `tls`: from the first byte on; else asked for before the password is sent."""

    host: str
    port: int
    tls: bool
    folder: str


def is_mailbox(url: str) -> bool:
    """Whether the address is one of IMAP."""
    return url.lower().startswith(("imaps://", "imap://"))


def place_in(source: Source) -> Place:
    """The folder that a source reads. Raises FetchError for what is no such address."""
    try:
        parts = urlsplit(source.url)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    folder = unquote(parts.path.removeprefix("/")) if host else ""
    if not host or not folder or parts.scheme not in PORTS or re.search(r"[\x00-\x1f\x7f]", folder):
        raise FetchError(source.url, "that is no address of a folder", permanent=True, source=source.id)
    return Place(host=host, port=port or PORTS[parts.scheme], tls=parts.scheme == "imaps", folder=folder)


def message_in(source: Source, request: Request) -> tuple[int, int] | None:
    """UIDVALIDITY and UID of the message that is asked for; None for the folder itself.

    Raises FetchError for any other address: what a source may read is its own folder.
    """
    if request.url == source.url:
        return None
    found = MESSAGE.fullmatch(request.url.removeprefix(source.url)) if request.url.startswith(source.url) else None
    if found is None:
        raise FetchError(request.url, "that is not in the folder of the source", permanent=True, source=source.id)
    return int(found[1]), int(found[2])


def quoted(folder: str) -> str:
    """A folder's name as IMAP writes it: modified UTF-7 (RFC 3501, 5.1.3), in quotation marks."""
    spelt = BEYOND_ASCII.sub(_in_utf7, folder.replace("&", "&-"))
    return '"' + spelt.replace("\\", "\\\\").replace('"', '\\"') + '"'


def day(value: date) -> str:
    """A day as IMAP writes it, whatever the machine's language: 2-Nov-2026."""
    return f"{value.day}-{MONTHS[value.month - 1]}-{value.year}"


def _in_utf7(found: re.Match[str]) -> str:
    words = base64.b64encode(found[0].encode("utf-16-be", "replace")).decode("ascii")
    return f"&{words.rstrip('=').replace('/', ',')}-"
