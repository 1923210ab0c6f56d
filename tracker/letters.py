"""A message that a stranger sent (RFC 5322): who sent it and when, its words, and what of it may be kept. Pure.

Structure is read by the standard library's parser with its old policy: the new one reads every header by a grammar of
its own, which fails on damaged ones and recurses on nested comments. So headers are read here, plainly.
"""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from collections.abc import Collection, Iterator
from datetime import datetime
from email import message_from_bytes, policy
from email.message import Message
from email.utils import parsedate_to_datetime
from itertools import islice
from typing import TypeAlias
from urllib.parse import quote

from tracker.parsing import squash

Letter: TypeAlias = "Message[str, str]"

KEPT = ("Subject", "Date", "Message-ID", "List-Id", "List-Archive")
# Who got it: these addresses are taken out of the text as well.
RECIPIENTS = ("To", "Cc", "Bcc", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "Apparently-To")
TEXTS = ("text/html", "text/plain")
MOST_PARTS = 200
SHORTEST = 4  # characters: a shorter address is none, and would be found everywhere
VEIL = "***"
BOUNDARY = "=-kept-="  # "-" is no letter of base64, so no part can hold it

WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=")
BETWEEN = re.compile(r"(?<=\?=)\s+(?==\?)")
MAIL = r"[^\s<>()\[\],;:\"@]+@[^\s<>()\[\],;:\"@]+"
NO_MAIL = re.compile(r"[\s<>()\[\],;:\"]+")
# One sender, in full or bare. A name in front may hold anything but brackets: `<a@rgre.de> <b@evil.example>` is none.
FROM = re.compile(rf"(?:[^<>]*<\s*({MAIL})\s*>|({MAIL}))\s*")


def read(raw: bytes) -> Letter:
    """The message. Raises ValueError where its parts are nested beyond reason."""
    try:
        return message_from_bytes(raw, policy=policy.compat32)
    except RecursionError as error:
        raise ValueError("parts within parts without end") from error


def headers(letter: Letter, name: str) -> list[str]:
    """All headers of that name, decoded, each on one line."""
    return [_decoded(str(words)) for key, words in letter.raw_items() if key.lower() == name.lower()]


def header(letter: Letter, name: str) -> str:
    """The first header of that name, "" where there is none."""
    return next(iter(headers(letter, name)), "")


def sender(letter: Letter) -> str:
    """The address of the only sender in lower case; "" where there is none, more than one, or a riddle."""
    found = [str(words) for key, words in letter.raw_items() if key.lower() == "from"]
    match = FROM.fullmatch(squash(found[0])) if len(found) == 1 else None
    return (match[1] or match[2]).lower() if match else ""


def is_from(address: str, allowed: Collection[str]) -> bool:
    """Whether the address is one of these, or lies under one of these domains."""
    domain = address.rpartition("@")[2]
    return "@" in address and any(
        address == one.lower() if "@" in one else f".{domain}".endswith(f".{one.lower()}") for one in allowed
    )


def sent(letter: Letter) -> datetime | None:
    """When it says that it was sent; None where it does not, or no calendar has that day."""
    try:
        return parsedate_to_datetime(header(letter, "Date"))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def texts(letter: Letter) -> list[tuple[str, str]]:
    """Its texts in their order: "text/html" or "text/plain", and the words. Attachments and their insides are none."""
    return [(part.get_content_type(), _words(part)) for part in islice(_parts(letter), MOST_PARTS)]


def kept(raw: bytes, hushed: Collection[str] = ()) -> bytes:
    """The message as it is kept: sender, subject, date, ids and texts. No attachment, and nobody who received it.

    `hushed`: further words that must not be kept (the name of the mailbox). Raises ValueError as `read` does.
    """
    letter = read(raw)
    found = {mail for name in RECIPIENTS for words in headers(letter, name) for mail in _addresses(words)}
    personal = _pattern({*found, *(word.lower() for word in hushed)} - {sender(letter)})
    lines = [f"From: <{sender(letter)}>"] if sender(letter) else []
    lines += [f"{name}: {personal.sub(VEIL, words)}" for name in KEPT if (words := header(letter, name))]
    lines += ["MIME-Version: 1.0", f'Content-Type: multipart/mixed; boundary="{BOUNDARY}"', ""]
    for kind, words in texts(letter):
        body = base64.encodebytes(personal.sub(VEIL, words).encode("utf-8", "replace")).decode("ascii")
        lines += [
            f"--{BOUNDARY}",
            f"Content-Type: {kind}; charset=utf-8",
            "Content-Transfer-Encoding: base64",
            "",
            body,
        ]
    return "\n".join([*lines, f"--{BOUNDARY}--", ""]).encode("utf-8", "replace")


def _addresses(words: str) -> Iterator[str]:
    return (one.lower() for one in NO_MAIL.split(words) if one.count("@") == 1)


def _pattern(personal: Collection[str]) -> re.Pattern[str]:
    """Finds these words however they are spelt: in capitals, or escaped in an address."""
    words = {spelt for word in personal if len(word) >= SHORTEST for spelt in (word, quote(word, safe=""))}
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))) or r"(?!)", re.IGNORECASE)


def _parts(letter: Letter) -> Iterator[Letter]:
    """The parts that are texts of the message itself: what a forwarded message holds is an attachment."""
    stack = [letter]
    while stack:
        part = stack.pop()
        payload = part.get_payload()
        if part.get_content_maintype() == "multipart":
            stack.extend(reversed([one for one in payload if isinstance(one, Message)]))
        elif part.get_content_type() in TEXTS and not _is_attached(part):
            yield part


def _is_attached(part: Letter) -> bool:
    said = " ".join(headers(part, "Content-Disposition") + headers(part, "Content-Type")).lower()
    return said.startswith("attachment") or bool(re.search(r"\b(?:file)?name\*?(?:0\*?)?\s*=", said))


def _words(part: Letter) -> str:
    """The text. What is valid UTF-8 is UTF-8, whatever the label says; what no label explains is Windows' charset."""
    payload = part.get_payload(decode=True)
    body = payload if isinstance(payload, bytes) else b""
    labels = re.findall(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", " ".join(headers(part, "Content-Type")), re.IGNORECASE)
    for label in ("utf-8", *labels):
        try:
            return body.decode(label)
        except (LookupError, ValueError):
            continue
    return body.decode("cp1252", "replace")


def _decoded(words: str) -> str:
    """A header in plain words: encoded ones read (RFC 2047), bytes of UTF-8 too, damaged ones left as they stand."""
    plain = words.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return squash(WORD.sub(_word, BETWEEN.sub("", squash(plain))))


def _word(match: re.Match[str]) -> str:
    charset, way, said = match[1].partition("*")[0], match[2].lower(), match[3].encode("ascii", "replace")
    try:
        body = quopri.decodestring(said, header=True) if way == "q" else base64.b64decode(said + b"==")
        return body.decode(charset, "replace")
    except (LookupError, ValueError, binascii.Error):
        return match[0]
