"""Where a text names days, and which: own patterns and month tables, no guessing. Pure.

An impossible day ("31.02.2027", "00. November 2020") is found and unknown: never a neighbouring one.
Years outside 2000 to 2100 are unknown. `11/10/2027` is unknown where the language does not say which is the month.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from tracker.days.hours import Hour, hour_near
from tracker.days.months import NUMBER, PATTERN

FIRST_YEAR, LAST_YEAR = 2000, 2100
AND = re.compile(
    r"[\s,)]*(?:,|/|und|oder|sowie|bzw\.|and|or|et|ou|e|o|a|nebo|і|й|та|або|y)[\s,]*(?:(?:zum|am|bis|dem|den|le|il|the)\s+)*"
)
UNTIL = re.compile(
    r"[^\S\n]*,?[^\S\n]*(?:bis|[-–—]|to|until|till|through|au|jusqu['’]au|al|fino al|do|až do|до|по|hasta(?: el)?)"
    r"[^\S\n]*(?:(?:zum|einschließlich|spätestens|the|den|dem|le|il)[^\S\n]+)*"
)
BETWEEN = re.compile(r"(?:zwischen|between|entre|tra|fra|mezi|між)\s+(?:dem|the|le|il)?\s*$")
# Languages that put the day first; English is none of them: it needs a country.
DAY_FIRST = re.compile(
    "bg|bs|ca|cs|da|de|el|es|et|fi|fr|ga|gl|hr|hu|is|it|lb|lt|lv|mk|mt|nb|nl|nn|no|pl|pt|ro|ru|sk|sl|sq|sr|sv|tr|uk"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A day named in a text, from `start` to `end`. `day` None: no such day, or not to be told which.

    `begins`: the first day of a range. `moment`: the source wrote a machine's moment, so 00:00 is no midnight.
    """

    start: int
    end: int
    day: date | None
    hour: Hour | None = None
    begins: bool = False
    lacks_year: bool = False
    month_day: tuple[int, int] = (0, 0)

    @property
    def last(self) -> date | None:
        """The last day if this is an end: 00:00 and midnight mean that it was the day before."""
        return self.day - timedelta(days=1) if self.day and self.hour and self.hour.ends_day_before else self.day


def find_days(text: str, language: str = "", zone: str = "") -> list[Found]:
    """All days in a text in small letters and single blanks, in their order, each with the hour beside it.

    A year may stand at the end only ("1.3. und 1.9.2027", "17 March to 17 June 2026").
    """
    found = list(_matches(text, language, zone))
    for index in range(len(found) - 2, -1, -1):
        found[index] = _joined(text, found[index], found[index + 1])
    for index in range(1, len(found) - 1):
        # "- 1.3.2027 - 1.6.2027 - 1.9.2027" is a list with dashes, not two ranges.
        if found[index - 1].begins and found[index].begins:
            found[index - 1 : index + 1] = [replace(one, begins=False) for one in found[index - 1 : index + 1]]
    return found


def _joined(text: str, first: Found, second: Found) -> Found:
    """`first`, knowing what follows: "1.3. und 1.9.2027" share a year; of "1.3. bis 31.5.2027" it is the beginning."""
    between = text[first.end : second.start]
    if UNTIL.fullmatch(between):
        return replace(first, begins=True)
    if not AND.fullmatch(between):
        return first
    if BETWEEN.search(text[max(0, first.start - 40) : first.start]):
        return replace(first, begins=True)
    if first.lacks_year and second.day:
        month, day = first.month_day
        known = _day(second.day.year, month, day)
        return replace(first, day=known, lacks_year=False)
    return first


# ---------------------------------------------------------------- one day


ORDINAL = r"(?:\.º|\.|er|st|nd|rd|th|[º°]|-?го)?"
ISO = (
    r"(?<![0-9./-])(?P<iso_y>[0-9]{4})(?P<iso_s>[-/.])(?P<iso_m>[0-9]{1,2})(?P=iso_s)(?P<iso_d>[0-9]{1,2})"
    r"(?![0-9]|[-/.][0-9])"
    r"(?:(?:t| (?=[0-9]{2}:[0-9]{2}:))(?P<iso_t>[0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(?:[.,][0-9]+)?"
    r"(?P<iso_z>z|[+-][0-9]{2}:?[0-9]{2})?)?"
)
DOTS = (
    r"(?<![0-9.,/])(?P<dot_d>[0-9]{1,2}) ?\. ?(?P<dot_m>[0-9]{1,2}) ?\. ?(?P<dot_y>[0-9]{4})(?![0-9])"
    r"(?!\.[0-9])"
)
# "25.12.26" (Prostir): with two digits each, or section numbers would be days.
SHORT = r"(?<![0-9.,/:])(?P<yy_d>[0-9]{2})\.(?P<yy_m>[0-9]{2})\.(?P<yy_y>[0-9]{2})(?![0-9]|[.:/][0-9])"
SLASHES = (
    r"(?<![0-9.,/-])(?P<sl_a>[0-9]{1,2})(?P<sl_s>[/-])(?P<sl_b>[0-9]{1,2})(?P=sl_s)(?P<sl_y>[0-9]{4})(?![0-9])"
    r"(?![/-][0-9])"
)
DAY_MONTH = (
    rf"(?<![0-9.,:/])(?P<dm_d>[0-9]{{1,2}}){ORDINAL} ?(?:(?:of|de) )?(?P<dm_m>{PATTERN})\.?"
    rf"(?:,? ?(?:del? )?(?P<dm_y>[0-9]{{4}})(?![0-9]))?"
)
MONTH_DAY = (
    rf"(?<![^\W\d_])(?P<md_m>{PATTERN})\.? (?P<md_d>[0-9]{{1,2}})(?:st|nd|rd|th)?(?![0-9:])"
    rf"(?:(?:, ?| )(?P<md_y>[0-9]{{4}})(?![0-9]))?"
)
WITHOUT_YEAR = r"(?<![0-9.,/])(?P<nd_d>[0-9]{1,2})\. ?(?P<nd_m>[0-9]{1,2})\.(?! ?[0-9])"


@cache
def _pattern() -> re.Pattern[str]:
    """Compiled on first use: the month names make it long."""
    return re.compile(f"{ISO}|{DOTS}|{SHORT}|{SLASHES}|{DAY_MONTH}|{MONTH_DAY}|{WITHOUT_YEAR}")


def _matches(text: str, language: str, zone: str) -> Iterator[Found]:
    for match in _pattern().finditer(text):
        part = match.groupdict()
        if part["iso_y"]:
            yield _iso(text, match, zone)
        elif part["yy_y"]:
            yield _found(text, match, _day(2000 + int(part["yy_y"]), int(part["yy_m"]), int(part["yy_d"])))
        elif part["sl_y"]:
            order = _order(int(part["sl_a"]), int(part["sl_b"]), language, zone)
            yield _found(text, match, _day(int(part["sl_y"]), *order) if order else None)
        else:
            day = int(part["dot_d"] or part["dm_d"] or part["md_d"] or part["nd_d"])
            month = int(part["dot_m"] or part["nd_m"] or NUMBER[part["dm_m"] or part["md_m"] or "mai"])
            year = part["dot_y"] or part["dm_y"] or part["md_y"]
            if year:
                yield _found(text, match, _day(int(year), month, day))
            else:
                yield replace(_found(text, match, None), lacks_year=True, month_day=(month, day))


def _found(text: str, match: re.Match[str], day: date | None) -> Found:
    """With the hour that stands beside it."""
    hour = hour_near(text, match.start(), match.end())
    return Found(match.start(), max(match.end(), hour.end) if hour else match.end(), day, hour)


def _day(year: int, month: int, day: int) -> date | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _order(a: int, b: int, language: str, zone: str) -> tuple[int, int] | None:
    """(month, day) of `a/b/year`; None where both are possible, or where the numbers contradict the language."""
    tongue, _, country = language.lower().replace("_", "-").partition("-")
    english = tongue == "en"
    if country == "us" or (english and not country and zone.startswith(("America/", "US/"))):
        return (a, b)
    if (english and country) or DAY_FIRST.fullmatch(tongue) or (english and zone in {"Europe/London", "Europe/Dublin"}):
        return (b, a)
    if a > 12 or a == b:
        return (b, a)
    return (a, b) if b > 12 else None


def _iso(text: str, match: re.Match[str], zone: str) -> Found:
    """A machine's moment, or a day with an hour beside it ("2026-12-31 16:00", Regione Lombardia).

    The hour of a moment counts only where it is local: in UTC it mostly is a date in disguise.

    Seen: T00:00:00.000+0000 and T12:00:00Z for a bare date, T17:00+0000 for 17:00 in Brussels (EU portal, EEAS),
    T22:00:00.000Z for the midnight in Paris that begins the next day (Mission transition écologique).
    """
    day = _day(int(match["iso_y"]), int(match["iso_m"]), int(match["iso_d"]))
    if not match["iso_t"]:
        return _found(text, match, day)
    if day is None:
        return Found(match.start(), match.end(), day)
    try:
        clock = time.fromisoformat(match["iso_t"]).replace(second=0)  # seconds change daily (EU portal)
    except ValueError:  # 25:61: no hour at all, and the day is as doubtful
        return Found(match.start(), match.end(), None)
    offset = (match["iso_z"] or "").replace(":", "")
    if offset in {"z", "+0000", "-0000"}:
        local = _local(datetime.combine(day, clock, UTC), zone)
        begins_day = local is not None and local.time() == time(0) and clock != time(0)
        return Found(match.start(), match.end(), local.date() if begins_day and local else day)
    hour = Hour(match.end(), clock, None) if clock != time(0) else None
    return Found(match.start(), match.end(), day, hour)


def _local(moment: datetime, zone: str) -> datetime | None:
    known = known_zone(zone)
    return moment.astimezone(known) if known else None


@lru_cache(maxsize=64)
def known_zone(zone: str) -> ZoneInfo | None:
    """The zone of that IANA name; None for a name that nobody knows."""
    try:
        return ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        return None
