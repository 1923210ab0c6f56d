"""An embedder without a model, for tests: texts that share words have vectors that lie close."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from math import sqrt
from zlib import crc32

from tracker.embedding import MODEL, SIZE


class Hashing:
    """Each word pushes one of 384 numbers; `asked` are the texts in order, `broken` makes it fail from then on."""

    model = MODEL

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.broken: Exception | None = None

    def passages(self, texts: Sequence[str]) -> list[bytes]:
        if self.broken:
            raise self.broken
        self.asked += texts
        return [hashed(text) for text in texts]

    queries = passages


def hashed(text: str) -> bytes:
    """384 numbers of length 1 from the words of a text; as stored."""
    numbers = [0.01] * SIZE
    for word in text.lower().split():
        numbers[crc32(word.encode()) % SIZE] += 1.0
    length = sqrt(sum(number * number for number in numbers))
    return struct.pack(f"<{SIZE}e", *(number / length for number in numbers))
