"""Which days a yearly rule gives, seen from a day: "03-31" is every 31 March, "03-01/05-15" a round that opens. Pure.

A rule rolls on by itself: nothing is stored for a year, so the turn of a year is no change. "02-29" is the last day of
February, whichever that is.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from tracker.model import Call, Certainty, Deadline

MONTH_DAY = re.compile(r"(\d\d)-(\d\d)", re.ASCII)
LEAP_YEAR = 2028


def is_month_day(words: str) -> bool:
    """Whether `words` are a month and a day of it: "02-29" is one, "02-30" and "3-31" are none."""
    found = MONTH_DAY.fullmatch(words)
    if not found:
        return False
    try:
        date(LEAP_YEAR, int(found[1]), int(found[2]))
    except ValueError:
        return False
    return True


def is_rule(part: str) -> bool:
    """Whether `part` is a day of every year, alone or behind the day on which its round opens and "/"."""
    return all(map(is_month_day, part.split("/"))) and part.count("/") < 2


def next_day(month_day: str, today: date) -> date:
    """The first such day from `today` on."""
    this_year = _in_year(month_day, today.year)
    return this_year if this_year >= today else _in_year(month_day, today.year + 1)


def deadlines_on(call: Call, today: date) -> tuple[Deadline, ...]:
    """The deadlines of a call seen on `today`: each by rule becomes one for every day of its next twelve months."""
    seen: list[Deadline] = []
    for deadline in call.deadlines:
        days = sorted({next_day(_end(part), today) for part in deadline.rule})
        seen += [replace(deadline, day=day, certainty=Certainty.RULE) for day in days] if days else [deadline]
    return tuple(seen)


def days_on(call: Call, today: date) -> tuple[date, ...]:
    """As `Call.days`, with those that a rule gives in the twelve months from `today` on."""
    return tuple(sorted({deadline.day for deadline in deadlines_on(call, today) if deadline.day}))


def next_round(call: Call, today: date) -> date | None:
    """The day on which the next round opens; None where a round is open on `today`, and where there are no rounds."""
    parts = [part for deadline in call.deadlines for part in deadline.rule]
    openings = [_opening(part, today) for part in parts]
    return None if any(day <= today for day in openings) else min(openings, default=None)


def _opening(part: str, today: date) -> date:
    """When the round opens that closes next; a rule that names no such day is always open."""
    if "/" not in part:
        return today
    begin, end = part.split("/")
    closes = next_day(end, today)
    opens = _in_year(begin, closes.year)
    return opens if opens <= closes else _in_year(begin, closes.year - 1)


def _end(part: str) -> str:
    return part.rsplit("/", 1)[-1]


def _in_year(month_day: str, year: int) -> date:
    if month_day == "02-29":
        return date(year, 3, 1) - timedelta(days=1)
    return date.fromisoformat(f"{year:04}-{month_day}")
