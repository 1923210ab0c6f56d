"""One mistake in a configuration file, told in plain words with its place. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake. `line` counts from 1, None where the file is missing; `key` is "" where the whole file is meant.

    A warning leaves the file usable.
    """

    file: str
    line: int | None
    key: str
    message: str
    warning: bool = False

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return ": ".join(part for part in (place, self.key, self.message) if part)


def shown(value: Any) -> str:
    """The value as the administrator wrote it, shortened: "the text 'ja'", "the number 3", "a list"."""
    match value:
        case bool():
            return "true" if value else "false"
        case int() | float():
            return f"the number {value}"
        case str():
            return f"the text {quoted(value)}"
        case list():
            return "a list"
        case _:
            return "a mapping"


def quoted(words: str) -> str:
    """The words in quotes, on one line, at most 60 characters of them."""
    return repr(words if len(words) <= 60 else words[:59] + "…")


def nearest(word: str, known: Collection[str]) -> str:
    """What was probably meant: "did you mean 'climate'?", or all that is known where nothing is near."""
    near = get_close_matches(word, known, n=1)
    if near:
        return f"did you mean {near[0]!r}?"
    return f"known: {', '.join(sorted(known))}" if known else "none is known"
