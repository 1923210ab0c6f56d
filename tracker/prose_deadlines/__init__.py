"""Application deadlines in running text, only where the wording leaves no doubt: wrong is worse than none. Pure."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import cast

from tracker.model import RawDeadline
from tracker.prose_deadlines import german
from tracker.prose_deadlines.reading import Wording, read_by

MODULES = {"en": "english", "fr": "french", "it": "italian", "cs": "czech"}


def read(text: str, language: str = "de") -> tuple[RawDeadline, ...]:
    """Deadlines of a plain text whose paragraphs and bullets ("* …") are lines, in the order of the text.

    `language` (ISO 639-1, a country behind it does not count) is that of the text: de, en, fr, it or cs; "" is read as
    German, the language of most of our sources; of any other nothing is read.
    `day` is set for a full date only. "rolling" comes without one, and so does a day of every year (RULE). Deadlines
    gone by ("the call was open until …") come with theirs. A day without its year comes as UNKNOWN, with its words,
    where the text states no other deadline. Empty: none is certain, not: there is none.
    """
    code = language.lower().replace("_", "-").partition("-")[0] or "de"
    if code == "de":
        return german.read(text)
    return read_by(_wording(code), text) if code in MODULES else ()


@cache
def _wording(code: str) -> Wording:
    """Compiled on first use: most runs need one or two languages."""
    return cast("Wording", import_module(f"tracker.prose_deadlines.{MODULES[code]}").WORDING)
