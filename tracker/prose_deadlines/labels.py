"""A label on a line of its own ("Deadline") and the date on the next one, as one line. Pure.

Seen: EuroAccess (2025-10) shows "Opening", its day, "Deadline", its day, each on a line. Where days stand above their
labels, or one row of labels above one row of days, nothing tells which belongs to which: such lines stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from tracker.days import find_days
from tracker.prose_deadlines.sentences import BULLET

LONGEST_LABEL, LONGEST_DATE = 60, 50  # characters of such a line
WORD = re.compile(r"[^\W\d_]{2,}")
PLURAL = re.compile(r"\b(?:deadlines|dates|échéances|scadenze|termini|uzávěrky|termíny)\W*$")  # heads a list of them
OPENING = re.compile(r"open|start|launch|publi|ouvert|lancement|apertura|zahájení|vyhlášen")


def joined(text: str, language: str, is_label: Callable[[str], bool]) -> str:
    """The text, in which each such pair of lines has become one: "Deadline: 27.01.2026 17:00"."""
    lines = [words for line in text.splitlines() if (words := " ".join(BULLET.sub("", line.strip(), count=1).split()))]
    dated = [_is_date(line, language) for line in lines]
    pairs = {
        index
        for index in range(len(lines) - 1)
        if dated[index + 1] and len(lines[index]) <= LONGEST_LABEL and _heads_one(lines[index].lower(), is_label)
        if _stands_alone(lines, dated, index)
    }
    if not pairs:
        return text
    # The pairs stand at the end of the text, so that bullets and the lines above them stay together.
    return "\n".join((text, *(f"{lines[index].rstrip(' :')}: {lines[index + 1]}" for index in sorted(pairs))))


def _heads_one(line: str, is_label: Callable[[str], bool]) -> bool:
    return is_label(line) and PLURAL.search(line) is None


def _stands_alone(lines: list[str], dated: list[bool], index: int) -> bool:
    """Whether the day below the label is its own: neither one of a row of days nor that of the label below it."""
    if index + 2 < len(lines) and dated[index + 2]:
        return False
    if index == 0 or not dated[index - 1]:
        return True
    begins = index > 1 and OPENING.search(lines[index - 2].lower()) is not None
    return begins and not (index > 2 and dated[index - 3])


def _is_date(line: str, language: str) -> bool:
    """Whether the line is a day or a range of days, at most with a weekday beside it."""
    low = line.lower()
    if len(low) > LONGEST_DATE or not any(map(str.isdigit, low)):
        return False
    days = find_days(low, language)
    rest = low
    for one in reversed(days):
        rest = rest[: one.start] + " " + rest[one.end :]
    return bool(days) and not any(map(str.isdigit, rest)) and len(WORD.findall(rest)) <= 2
