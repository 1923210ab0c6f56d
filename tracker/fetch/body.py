"""Bytes out of a stream, unpacked, never more than allowed. Pure.

A small answer can unpack to gigabytes, so unpacking stops at the limit and not at the end.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterable, Iterator

CHUNK = 65_536
GZIP = 31  # zlib's name for: gzip with header and checksum
RAW = -15


class BodyError(Exception):
    """The body cannot be used. `again`: a second try may help."""

    def __init__(self, words: str, *, again: bool = False) -> None:
        self.again = again
        super().__init__(words)


def read(chunks: Iterable[bytes], encoding: str, limit: int) -> bytes:
    """The whole body, unpacked. Raises BodyError: too big, cut off, or packed in a way we did not ask for."""
    body = io.BytesIO()
    for piece in unpacked(bounded(chunks, limit), encoding):
        if body.tell() + len(piece) > limit:
            raise BodyError(f"the answer is larger than {in_megabytes(limit)} once unpacked")
        body.write(piece)
    return body.getvalue()


def read_start(chunks: Iterable[bytes], encoding: str, limit: int) -> bytes:
    """The first `limit` bytes of the body, unpacked; the rest is left unread. Raises BodyError as `read` does."""
    body = io.BytesIO()
    for piece in unpacked(chunks, encoding):
        body.write(piece)
        if body.tell() >= limit:
            break
    return body.getvalue()[:limit]


def bounded(chunks: Iterable[bytes], limit: int) -> Iterator[bytes]:
    """The chunks as they come over the wire; BodyError where they are more than `limit` bytes."""
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > limit:
            raise BodyError(f"the answer is larger than {in_megabytes(limit)}")
        yield chunk


def unpacked(chunks: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """The content in pieces of at most 64 KB. `encoding` is the header Content-Encoding."""
    name = encoding.strip().lower()
    if name in {"", "identity"}:
        return iter(chunks)
    if name in {"gzip", "x-gzip", "deflate"}:
        return _inflate(chunks, GZIP if name != "deflate" else zlib.MAX_WBITS)
    raise BodyError(f"the answer is packed as {encoding!r}, which we did not ask for")


def _inflate(chunks: Iterable[bytes], window: int) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(window)
    started = False
    for chunk in chunks:
        rest = chunk
        while rest:
            if unpacker.eof:
                # A gzip body may have several members; anything else behind the first is padding.
                if window != GZIP or not rest.startswith(b"\x1f"):
                    break
                unpacker = zlib.decompressobj(window)
            try:
                piece = unpacker.decompress(rest, CHUNK)
            except zlib.error as error:
                if started or window != zlib.MAX_WBITS:
                    raise BodyError(f"the answer cannot be unpacked ({error})", again=True) from error
                # "deflate" ought to have a zlib header; some servers send it bare.
                unpacker, window, started = zlib.decompressobj(RAW), RAW, True
                continue
            started = True
            rest = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
            if piece:
                yield piece
    yield from _finish(unpacker, started=started)


def _finish(unpacker: zlib._Decompress, *, started: bool) -> Iterator[bytes]:
    """What zlib still holds back; a packed body without its end was cut off on the way."""
    while started and not unpacker.eof:
        piece = unpacker.decompress(unpacker.unconsumed_tail, CHUNK)
        if not piece:
            raise BodyError("the answer was cut off in the middle", again=True)
        yield piece


def in_megabytes(size: int) -> str:
    """A size for people."""
    return f"{size / 1_000_000:,.1f} MB" if size < 10_000_000 else f"{size / 1_000_000:,.0f} MB"
