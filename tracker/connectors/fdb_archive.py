"""Reads XML members of an untrusted ZIP in memory, under limits, and never writes one to disk. Pure.

The export of 2026-07 has 28 to 50 MB and 10,352 members, the largest far below 1 MB.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from io import BytesIO

from lxml import etree

from tracker.errors import ParseError
from tracker.parsing import looks_like_wall

MAX_MEMBERS = 60_000
MAX_MEMBER = 8_000_000  # bytes, unpacked
MAX_TOTAL = 800_000_000
MAX_RATIO = 80  # unpacked : packed, over the whole file; real XML of this kind packs about 1 : 8
SMALL = 50_000_000  # below this no ratio is dangerous
CONTROL = bytes(code for code in range(32) if code not in b"\t\n\r")
CONTROL_REFERENCE = re.compile(rb"&#(?:0*(?:[0-8]|1[124-9]|2[0-9]|3[01])|x0*(?:[0-8bcef]|1[0-9a-f]));", re.IGNORECASE)
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
)


class MemberError(Exception):
    """One member cannot be used; its message says why."""


class Export:
    """The members of one ZIP by their path from "BMWI/" on, with an eye on how much has been unpacked."""

    def __init__(self, body: bytes, *, source: str, url: str) -> None:
        """ParseError where `body` is no whole ZIP or holds more members than any export could."""
        self._source, self._url, self._size = source, url, len(body)
        self._read = 0
        if not body.startswith(b"PK"):
            raise self._error(_what_instead(body))
        if body.count(b"PK\x01\x02") > MAX_MEMBERS:
            raise self._error(f"the ZIP holds more than {MAX_MEMBERS} members: a ZIP bomb?")
        try:
            self._archive = zipfile.ZipFile(BytesIO(body))
        except BROKEN as error:
            raise self._error(f"the ZIP is cut off or damaged: {error}") from None
        self.members: dict[str, list[zipfile.ZipInfo]] = {}
        for info in self._archive.infolist():
            start = info.filename.find("BMWI/")
            if start >= 0 and ".." not in info.filename and info.filename.endswith(".xml"):
                self.members.setdefault(info.filename[start:], []).append(info)

    def read(self, info: zipfile.ZipInfo) -> bytes:
        """The bytes of a member; MemberError where it is damaged, ParseError where the ZIP unpacks without end."""
        if info.flag_bits & 1:
            raise MemberError("encrypted")
        if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise MemberError(f"unusual compression {info.compress_type}")
        try:
            with self._archive.open(info) as stream:
                body = stream.read(MAX_MEMBER + 1)  # the size in the header is only a claim
        except BROKEN as error:
            raise MemberError(f"damaged: {error}") from None
        self._read += len(body)
        if len(body) > MAX_MEMBER or self._read > MAX_TOTAL or self._read > max(SMALL, MAX_RATIO * self._size):
            raise self._error(f"a ZIP bomb? {info.filename} brings the unpacked size to {self._read} bytes and more")
        return body

    def tree(self, info: zipfile.ZipInfo) -> etree._Element:
        """The root of a member's XML; MemberError where it is damaged or brings entities of its own."""
        return parse_xml(self.read(info))

    def _error(self, message: str) -> ParseError:
        hint = "Open the address in a browser; the calls of the last good run are kept."
        return ParseError(self._url, message, source=self._source, hint=hint)


def fingerprint(body: bytes) -> bytes:
    """What a ZIP holds, by name, size and checksum of its members, whatever their order and times; else `body`."""
    if not body.startswith(b"PK") or body.count(b"PK\x01\x02") > MAX_MEMBERS:
        return body
    try:
        with zipfile.ZipFile(BytesIO(body)) as archive:
            members = sorted((info.filename, info.file_size, info.CRC) for info in archive.infolist())
    except BROKEN:
        return body
    return "\n".join(f"{name}\t{size}\t{checksum}" for name, size, checksum in members).encode("utf-8", "replace")


def parse_xml(body: bytes) -> etree._Element:
    """XML that may claim a wrong charset or hold stray control bytes (a \\x02 in 2026-07); MemberError otherwise."""
    body = _utf8(body).translate(None, CONTROL)
    if b"<!DOCTYPE" in body:
        raise MemberError("declares entities or a DTD of its own")
    try:
        return etree.fromstring(body, _parser())
    except etree.XMLSyntaxError:
        try:
            return etree.fromstring(CONTROL_REFERENCE.sub(b"", body), _parser())
        except etree.XMLSyntaxError as error:
            raise MemberError(f"no well-formed XML: {error}") from None


def _parser() -> etree.XMLParser:
    # The encoding given here outranks the one that the document claims.
    return etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False
    )


def _utf8(body: bytes) -> bytes:
    """What reads as UTF-8 is UTF-8, whatever it declares: German in another charset never does."""
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return body.decode("utf-16", "replace").encode()
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return body.decode("cp1252", "replace").encode()
    return body


def _what_instead(body: bytes) -> str:
    wall = looks_like_wall(body)
    if wall:
        return f"source blocked: expected a ZIP, got a page that says {wall!r}"
    kind = "a web page" if b"<html" in body[:2000].lower() else f"{len(body)} bytes of something else"
    return f"source blocked? Expected a ZIP, got {kind}"
