"""What one value of a configuration file may be: each function returns it or says in a ValueError what is wrong. Pure.

The messages are for the administrator: they say what must stand there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from tracker.config.problem import nearest, quoted, shown
from tracker.model import BY_HAND

ID = re.compile(r"[a-z0-9-]+\Z")
COUNTRY = re.compile(r"[A-Z]{2}\Z")
LANGUAGE = re.compile(r"[a-z]{2}\Z")
NUTS = re.compile(r"[A-Z]{2}[A-Z0-9]{0,3}\Z")
VARIABLE = re.compile(r"[A-Z][A-Z0-9_]*\Z")
# Printable ASCII without what could end a header: the address goes into User-Agent and To.
MAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+\Z")
RHYTHM = re.compile(r"([1-9][0-9]{0,2}) (day|hour)s?\Z")
RHYTHMS = {
    "hourly": timedelta(hours=1),
    "daily": timedelta(days=1),
    "weekly": timedelta(days=7),
    "monthly": timedelta(days=30),
}
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            ("monday", "montag"),
            ("tuesday", "dienstag"),
            ("wednesday", "mittwoch"),
            ("thursday", "donnerstag"),
            ("friday", "freitag"),
            ("saturday", "samstag", "sonnabend"),
            ("sunday", "sonntag"),
        )
    )
    for name in names
}


def words(value: str) -> str:
    """Text that says something."""
    if not value.strip():
        raise ValueError("must not be empty")
    return value


def identifier(value: str) -> str:
    """A key that we use in file names, call ids and commands."""
    if not ID.match(value):
        raise ValueError(f"{quoted(value)} may hold only a-z, 0-9 and '-'")
    return value


def source_id(value: str) -> str:
    """The id of a source; one is ours."""
    if value == BY_HAND.id:
        raise ValueError(f"{quoted(value)} is the id of what `tracker add` enters: choose another")
    return identifier(value)


def address(value: str) -> str:
    """An http(s) address with a host and no password in it."""
    try:
        parts = urlsplit(value)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise ValueError(f"{quoted(value)} is no web address") from None
    if re.search(r"[\s\x00-\x20\\]", value) or parts.scheme not in {"http", "https"} or not host:
        raise ValueError(f"{quoted(value)} is no web address: it must begin with https:// or http:// and name a host")
    if parts.username is not None or parts.password is not None:
        raise ValueError("the address holds a user name or password: secrets belong into the environment (needs_env)")
    return value


def mailbox(value: str) -> str:
    """An IMAP address with a host and a folder, and no password in it."""
    try:
        parts = urlsplit(value)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise ValueError(f"{quoted(value)} is no address of a mailbox") from None
    wrong = re.search(r"[\s\x00-\x20\\;?#]", value) or parts.scheme not in {"imaps", "imap"}
    if wrong or not host or not parts.path.strip("/"):
        raise ValueError(f"{quoted(value)} is no address of a mailbox: write imaps://imap.example.org/INBOX")
    if parts.username is not None or parts.password is not None:
        raise ValueError("the address holds a user name or password: secrets belong into the environment (needs_env)")
    return value


def country(value: str) -> str:
    """A two-letter country code in capitals (ISO 3166-1; EU for the Union)."""
    if COUNTRY.match(value):
        return value
    if COUNTRY.match(value.upper()):
        raise ValueError(f"{quoted(value)}: write the country code in capitals, {value.upper()}")
    raise ValueError(f"{quoted(value)} is no country code of two capitals, like DE or NO")


def language(value: str) -> str:
    """A two-letter language code in small letters (ISO 639-1)."""
    if not LANGUAGE.match(value):
        raise ValueError(f"{quoted(value)} is no language code of two small letters, like de or fr")
    return value


def nuts(value: str) -> str:
    """A NUTS code (https://ec.europa.eu/eurostat/web/nuts), or "" where the place has none."""
    if value and not NUTS.match(value):
        raise ValueError(f"{quoted(value)} is no NUTS code, like DE115")
    return value


def zone(value: str) -> str:
    """A time zone that the machine knows, like Europe/Berlin."""
    try:
        ZoneInfo(value)
    except (LookupError, ValueError, OSError):
        # LookupError: no such zone; ValueError: a path that leads out; OSError: a folder such as "Europe"
        hint = nearest(value, available_timezones()) if len(value) < 60 else ""
        hint = hint if hint.startswith("did") else "write it like Europe/Berlin"
        raise ValueError(f"{quoted(value)} is no time zone; {hint}") from None
    return value


def mail(value: str) -> str:
    """A mail address in plain ASCII."""
    if not MAIL.match(value):
        raise ValueError(f"{quoted(value)} is no mail address")
    return value


def mail_or_none(value: str) -> str:
    """A mail address, or "" for a reader who gets files only."""
    return mail(value) if value else value


def variable(value: str) -> str:
    """The name of an environment variable, or "" where none is needed."""
    if value and not VARIABLE.match(value):
        raise ValueError(
            "must be the name of an environment variable in capitals, like EXAMPLE_KEY, never the key itself"
        )
    return value


def rhythm(value: str) -> str:
    """How often a source is read."""
    interval(value)
    return value


def interval(value: str) -> timedelta:
    """The time between two reads that a `rhythm` stands for; monthly is 30 days. ValueError for other words."""
    if value in RHYTHMS:
        return RHYTHMS[value]
    if found := RHYTHM.match(value):
        return timedelta(**{f"{found.group(2)}s": int(found.group(1))})
    raise ValueError(f"{quoted(value)} is no rhythm: write hourly, daily, weekly, monthly, '3 days' or '12 hours'")


def weekday(value: Any) -> int:
    """The day of the week, 0 is Monday, from its English or German name."""
    if isinstance(value, str) and value.strip().lower() in WEEKDAYS:
        return WEEKDAYS[value.strip().lower()]
    if isinstance(value, int) or (isinstance(value, str) and value.strip().isdigit()):
        raise ValueError("write the day's name (monday or Montag): 1 is Monday for cron and Tuesday for others")
    if value is None:
        raise ValueError("has no value: write the day's name, monday or Montag")
    hint = nearest(value.lower(), WEEKDAYS) if isinstance(value, str) else "write monday or Montag"
    raise ValueError(f"must be the name of a day, not {shown(value)}; {hint}")


def one_of(*known: str) -> Callable[[str], str]:
    """A validator for a word out of few."""

    def validate(value: str) -> str:
        if value not in known:
            raise ValueError(f"must be one of {', '.join(known)}, not {quoted(value)}")
        return value

    return validate


def known_in(value: str, known: Collection[str] | None, what: str) -> str:
    """The value if it is among the known names; where these are unknown, whatever it is."""
    if known is not None and value not in known:
        raise ValueError(f"unknown {what} {quoted(value)}; {nearest(value, known)}")
    return value
