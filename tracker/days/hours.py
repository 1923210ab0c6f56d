"""The hour that stands beside a date, and its time zone. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

CLOCK = (
    r"(?:(?P<h>[0-9]{1,2})(?:(?P<sep>[:.]| ?h ?)(?P<m>[0-9]{2})(?![0-9])(?::(?P<s>[0-9]{2}))?)?"
    r" ?(?P<half>[ap]\.?m\b\.?)? ?(?P<unit>uhr\b|h\b|hrs?\b|hours?\b|hod\b\.?|год\b\.?)?"
    r"|(?P<noon>noon\b|midday\b|mittags\b|midi\b|mezzogiorno\b|poledne\b)"
    r"|(?P<midnight>midnight\b|mitternacht\b|minuit\b|mezzanotte\b|půlnoci?\b|опівночі\b))"
)
ZONES = {
    r"mesz|mez|cest|cet|brussels(?: local)?(?: time)?|brüsseler (?:orts)?zeit|heure de bruxelles"
    r"|ora di bruxelles|bruselského času": "Europe/Brussels",
    r"heure de paris|paris time": "Europe/Paris",
    r"uk time|gmt|bst": "Europe/London",
    r"utc": "UTC",
    r"eest|eet|kyiv time": "Europe/Kyiv",
    r"edt|eastern time": "America/New_York",
}
ZONE = r"(?:[\s(,]*(?P<zone>" + "|".join(ZONES) + r")\b\)?)?"
AFTER = re.compile(
    r"[ ,;(|/–-]*(?P<lead>(?:(?:um|at|bis|by|until|spätestens|alle|ore|à|v|ve|do|o|об|до) ){0,3})" + CLOCK + ZONE,
)
BEFORE = re.compile(
    r"(?P<lead>(?:ore )?)"
    + CLOCK
    + ZONE
    + r"[ ,(]*(?:(?:on|am|vom|des|den|le|du|del|dne|of|the) ){0,2}(?:\w{2,12}[.,]* )?$"
)
CENTRAL = re.compile(
    "Europe/(?:Amsterdam|Berlin|Bratislava|Brussels|Budapest|Luxembourg|Madrid|Paris|Prague|Rome|Vienna|Warsaw|Zurich)"
)


@dataclass(frozen=True, slots=True)
class Hour:
    """An hour beside a date: where its words end, the time (None: no hour one could hold on to) and its zone."""

    end: int
    time: time | None
    zone: str | None
    ends_day_before: bool = False


def hour_near(text: str, start: int, end: int) -> Hour | None:
    """The hour right behind or right before the date at `start` … `end` of a lower-case text."""
    after = AFTER.match(text, end, end + 60)
    if after and (hour := _hour(after, after.end())):
        return hour
    head = text[max(0, start - 45) : start].rsplit("\n", 1)[-1]
    for before in BEFORE.finditer(head):
        if (before.start() == 0 or not head[before.start() - 1].isalnum()) and (hour := _hour(before, end)):
            return hour
    return None


def same_zone(named: str | None, zone: str) -> str | None:
    """The zone of a deadline: the source's own where the words name its clock or none, else the named one."""
    if named is None or (CENTRAL.fullmatch(named) and CENTRAL.fullmatch(zone)):
        return zone or named
    return named


def _hour(found: re.Match[str], end: int) -> Hour | None:
    zone = _zone(found["zone"])
    if found["midnight"]:
        return Hour(end, None, zone, ends_day_before=True)
    if found["noon"]:
        return Hour(end, time(12), zone)
    # A bare number is no hour; "12.00" is one only with its unit, its zone or "ore": it may begin the next date.
    is_named = found["sep"] != "." or zone or found["lead"].endswith("ore ")
    if not (found["unit"] or found["half"] or (found["m"] and is_named)):
        return None
    clock = _clock(found)
    if clock is None:
        return Hour(end, None, zone) if (found["h"], found["m"] or "00") == ("24", "00") else None
    if clock == time(0):
        # With seconds it is a machine's bare date ("Feb 22, 2021 12:00:00 AM EST", grants.gov); without, people mean
        # the end of the day before (Find a grant shows "Midnight" of that day).
        return Hour(end, None, zone, ends_day_before=found["s"] is None)
    return Hour(end, clock, zone)


def _clock(found: re.Match[str]) -> time | None:
    """The hour and minute, on 24 hours; None where no clock shows them."""
    hour, minute = int(found["h"]), int(found["m"] or 0)
    if found["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found["half"].startswith("p") else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _zone(words: str | None) -> str | None:
    if not words:
        return None
    return next((zone for names, zone in ZONES.items() if re.fullmatch(names, words)), None)
