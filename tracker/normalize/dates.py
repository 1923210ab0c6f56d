"""The one day that some words name, for opening and publication dates (tracker.days finds the days). Pure."""

from __future__ import annotations

import re
from datetime import date

from tracker.days import find_days
from tracker.normalize.text import clean

BLANKS = re.compile(r"[^\S\n]+")
LONGEST = 20_000  # characters of one text in which days are sought


def read_date(words: str, language: str = "", zone: str = "") -> date | None:
    """The only day that `words` name, or the first of a range ("01.02. bis 31.03.2027" has no year there: None).

    For opening and publication dates. `language` is ISO 639-1 with or without a country ("en-US"), `zone` an IANA
    name. None where two days are named or the notation can mean two.
    """
    found = find_days(prepared(words), language, zone)
    if any(one.lacks_year for one in found):
        return None
    if len(found) == 2 and found[0].begins:
        return found[0].day
    days = {one.day for one in found}
    return days.pop() if len(days) == 1 else None


def prepared(words: str) -> str:
    """What `find_days` reads: lower case, single blanks, line ends; "30\\. April" (Markdown) without its escape."""
    return BLANKS.sub(" ", clean(words[:LONGEST]).replace("\\.", ".").lower())
