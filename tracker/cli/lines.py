"""Files of one JSON object a line: read without holding them, written whole or not at all."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from tracker.cli.context import print_json_line
from tracker.errors import ConfigError

STREAM = "-"  # standard input or output
LONGEST = 16_000_000  # bytes of a line: more is no call
BOM = b"\xef\xbb\xbf"
SURROGATE = re.compile("[\ud800-\udfff]")
Write = Callable[[Mapping[str, Any]], None]


def read(place: str) -> Iterator[tuple[int, str | None]]:
    """The lines with their numbers, from 1; empty ones are passed over. None: longer than LONGEST.

    Bytes that are no UTF-8 become lost letters, as in "Ji\ufffdín". Raises ConfigError where the file cannot be read.
    """
    try:
        if place == STREAM:
            yield from _lines(sys.stdin.buffer)
            return
        with Path(place).open("rb") as file:
            yield from _lines(file)
    except OSError as error:
        raise ConfigError(f"{place}: cannot be read: {error.strerror or error}") from None


def _lines(file: BinaryIO) -> Iterator[tuple[int, str | None]]:
    number = 0
    while line := file.readline(LONGEST):
        number += 1
        whole = line.endswith(b"\n") or len(line) < LONGEST
        while not whole:
            rest = file.readline(LONGEST)
            whole = rest.endswith(b"\n") or len(rest) < LONGEST
            line = b""
        if not line:
            yield number, None
            continue
        words = (line.removeprefix(BOM) if number == 1 else line).decode("utf-8", "replace").strip()
        if words:
            yield number, words


@contextmanager
def writer(place: str) -> Iterator[Write]:
    """Takes values, one a line. A file stands there when all are written, and is as it was where anything went wrong.

    Raises ConfigError where it cannot be written.
    """
    if place == STREAM:
        yield print_json_line
        return
    target = Path(place).resolve()
    try:
        if target.exists() and not target.is_file():  # a pipe: nothing to put a file in place of
            with target.open("w", encoding="utf-8") as file:
                yield _writing(file)
            return
        beside = target.with_name(f"{target.name}.{os.getpid()}.tmp")
        try:
            with beside.open("w", encoding="utf-8", newline="\n") as file:
                yield _writing(file)
            beside.replace(target)
        finally:
            with suppress(OSError):
                beside.unlink(missing_ok=True)
    except OSError as error:
        raise ConfigError(f"{place}: cannot be written: {error.strerror or error}") from None


def _writing(file: TextIO) -> Write:
    def write(value: Mapping[str, Any]) -> None:
        file.write(line_of(value) + "\n")

    return write


def line_of(value: Mapping[str, Any]) -> str:
    """A value as one line of JSON, letters as they are; half a letter, which UTF-8 cannot hold, is escaped."""
    return SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False))
