"""What a connector is, and how one is found by its name.

A connector is a module with two pure functions: where the calls are on a page. No network, no clock, no database.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from importlib import import_module
from typing import Protocol, cast

from tracker.errors import ConfigError
from tracker.model import Expectation, RawDocument, Request, Source, Yielded

KNOWN = (
    *("eu_portal", "feed", "foerderdatenbank", "form_list", "grants_tenders", "interreg_eu", "json_api", "listing"),
    *("mailbox", "next_data", "rule", "solr", "watch_page", "wordpress", "xml_records"),
)


class Connector(Protocol):
    """The two functions that every connector module has."""

    def start(self, source: Source) -> Iterable[Request]:
        """The first pages to read. Raises ConfigError where `source.options` make no sense."""
        ...

    def parse(self, document: RawDocument, source: Source) -> Iterable[Yielded]:
        """Calls on this page, and pages wanted next. Raises ParseError where the page is not as expected."""
        ...


def load(name: str) -> Connector:
    """The connector of that name; ConfigError for an unknown one."""
    if name not in KNOWN:
        raise ConfigError(f"unknown connector {name!r}; known: {', '.join(KNOWN)}")
    return cast("Connector", import_module(f"tracker.connectors.{name}"))


def lists_all(source: Source) -> bool:
    """Whether what is not on the list is gone. Not so for the newest entries of a feed, unless sources.yaml says so."""
    if source.expect.complete is not None:
        return source.expect.complete
    return bool(getattr(load(source.connector), "COMPLETE", True))


def gives_hints(source: Source) -> bool:
    """Whether it only mentions calls (a newsletter): what one mention leaves out, an earlier one may have said."""
    return bool(getattr(load(source.connector), "HINTS", False))


def expected(source: Source) -> Expectation:
    """What a healthy run looks like. Of hints there may be many today and none tomorrow: that is no fault."""
    if not gives_hints(source):
        return source.expect
    return replace(source.expect, empty_is_fine=True, min_share_of_last=0.0, min_share_of_median=0.0)


def essence(connector: Connector, body: bytes) -> bytes:
    """The body without what changes on every request (a response time), where the connector says what that is."""
    strip = getattr(connector, "essence", None)
    return cast("bytes", strip(body)) if strip else body
