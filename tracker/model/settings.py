"""What sources.yaml and profile.yaml say: sources, the city, its partner cities, topics and readers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What a healthy run of a source looks like. Shares are 0..1; `filled` maps a RawCall field to its share.

    `min_share_of_text`: how much of a watched page's last text must be there at least.
    `complete`: whether what is not listed is gone; False for lists of the newest only, None: as the connector knows.
    """

    min_calls: int | None = None
    max_calls: int | None = None
    min_share_of_last: float = 0.8
    min_share_of_median: float = 0.6
    guard_above: int = 20
    max_missing: float = 0.05
    filled: Mapping[str, float] = field(default_factory=dict)
    empty_is_fine: bool = False
    min_share_of_text: float = 0.2
    complete: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One entry of sources.yaml. `pause` is seconds between two requests to one host; `options` are the connector's.

    `stands_in_for` is the id of another source: this one is read only while that one is blind. `without`: what it
    lacks beside it, in the readers' words.
    """

    id: str
    connector: str
    url: str
    name: str = ""
    publisher: str = ""
    country: str = ""
    language: str = ""
    evidence: str = "documented"
    rhythm: str = "daily"
    enabled: bool = True
    options: Mapping[str, Any] = field(default_factory=dict)
    fixes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    expect: Expectation = field(default_factory=Expectation)
    pause: float = 1.0
    timeout: float = 90.0
    max_requests: int = 500
    max_bytes: int = 50_000_000
    robots: bool = True
    licence: str = ""
    attribution: str = ""
    needs_env: str = ""
    zone: str = "Europe/Berlin"
    stands_in_for: str = ""
    without: str = ""


BY_HAND = Source(
    id="added", connector="by hand", url="", name="Von Hand eingetragen", evidence="", rhythm=""
)  # the built-in source of `tracker add`: no portal, never read and never blind


@dataclass(frozen=True, slots=True, kw_only=True)
class City:
    """Whose radar this is. `language` is that of readers who set none."""

    name: str
    country: str
    zone: str
    language: str = "de"
    state: str = ""
    nuts: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerCity:
    """A city we are tied to. `status` is active, dormant or climate; `focus` lists the years in the focus."""

    key: str
    name: str
    country: str
    status: str = "active"
    nuts: str = ""
    since: int | None = None
    topics: tuple[str, ...] = ()
    focus: tuple[int, ...] = ()
    label: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """What the city looks for. `keywords` and `exclude` map a language code to words and phrases."""

    key: str
    label: Mapping[str, str]
    description: str = ""
    keywords: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    exclude: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Somebody (or a group) who gets the digest. Empty `topics` or `cities`: all of them."""

    key: str
    name: str = ""
    email: str = ""
    language: str = ""
    topics: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """When the digest is due, in the city's zone: `day` 0 is Monday."""

    day: int = 0
    hour: int = 6
    retry_hours: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """Cuts on relevance (0..3) and how many days ahead counts as soon."""

    for_us: float = 2.5
    pass_on: float = 1.5
    marginal: float = 0.5
    closing_days: int = 42


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """profile.yaml: the city, its ties, its topics, its readers. `key` marks all that is derived for it."""

    key: str
    city: City
    partners: tuple[PartnerCity, ...]
    topics: tuple[Topic, ...]
    readers: tuple[Reader, ...]
    schedule: Schedule = field(default_factory=Schedule)
    thresholds: Thresholds = field(default_factory=Thresholds)
    contact: str = ""
    exclude: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    archive_scans: int = 8
