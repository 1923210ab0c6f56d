"""What sources.yaml and profile.yaml may hold: the only module that speaks pydantic. Import it inside functions.

Values of the defaults stand in tracker.model alone: what a file leaves out is left out here too (`given`).
The context of a validation holds what is known elsewhere: connectors, and the topics and partners of the same file.
"""

from __future__ import annotations

from dataclasses import fields as fields_of
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, model_validator

from tracker.config import fields
from tracker.model import Expectation, RawCall, Thresholds


def _known(name: str, what: str) -> AfterValidator:
    """Validates a name against those that the context knows under `name`."""

    def validate(value: str, info: ValidationInfo) -> str:
        return fields.known_in(value, (info.context or {}).get(name), what)

    return AfterValidator(validate)


def _raw_field(value: str) -> str:
    return fields.known_in(value, [field.name for field in fields_of(RawCall)], "field of a call")


def _address(value: str, info: ValidationInfo) -> str:
    """A web address; for the connector `mailbox` one of IMAP."""
    return fields.mailbox(value) if info.data.get("connector") == "mailbox" else fields.address(value)


Words = Annotated[str, AfterValidator(fields.words)]
Id = Annotated[str, AfterValidator(fields.identifier)]
SourceId = Annotated[str, AfterValidator(fields.source_id)]
Language = Annotated[str, AfterValidator(fields.language)]
Country = Annotated[str, AfterValidator(fields.country)]
Nuts = Annotated[str, AfterValidator(fields.nuts)]
Zone = Annotated[str, AfterValidator(fields.zone)]
Count = Annotated[int, Field(ge=0)]
Positive = Annotated[int, Field(ge=1)]
Share = Annotated[float, Field(ge=0, le=1)]
Relevance = Annotated[float, Field(ge=0, le=3)]
TopicKey = Annotated[str, _known("topics", "topic")]
CityKey = Annotated[str, _known("partners", "partner city")]
ByLanguage = dict[Language, Words]
Terms = dict[Language, list[Words]]


class Entry(BaseModel):
    """A mapping whose keys are all known; a text is never taken for a number, nor 1 for true."""

    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)

    def given(self) -> dict[str, Any]:
        """What the file says, without defaults."""
        return self.model_dump(exclude_unset=True)


class ExpectEntry(Entry):
    """`expect:` of a source."""

    min_calls: Count = 0
    max_calls: Count = 0
    min_share_of_last: Share = 0
    min_share_of_median: Share = 0
    guard_above: Count = 0
    max_missing: Share = 0
    filled: dict[Annotated[str, AfterValidator(_raw_field)], Share] = {}
    empty_is_fine: bool = False
    min_share_of_text: Share = 0
    complete: bool = True

    @model_validator(mode="after")
    def _in_order(self) -> ExpectEntry:
        expect = Expectation(**self.given())
        if expect.min_calls is not None and expect.max_calls is not None and expect.min_calls > expect.max_calls:
            raise ValueError("min_calls is larger than max_calls")
        return self


class SourceEntry(Entry):
    """One entry of sources.yaml; its key is the id."""

    connector: Annotated[str, _known("connectors", "connector")]
    url: Annotated[str, AfterValidator(_address)]
    name: Words = ""
    publisher: Words = ""
    country: Country = ""
    language: Language = ""
    evidence: Annotated[str, AfterValidator(fields.one_of("recorded", "excerpt", "documented"))] = ""
    rhythm: Annotated[str, AfterValidator(fields.rhythm)] = ""
    enabled: bool = True
    options: dict[str, Any] = {}
    fixes: dict[str, dict[str, str]] = {}
    expect: ExpectEntry = ExpectEntry()
    pause: Annotated[float, Field(ge=0)] = 0
    timeout: Annotated[float, Field(gt=0)] = 0
    max_requests: Positive = 1
    max_bytes: Positive = 1
    robots: bool = True
    licence: str = ""
    attribution: str = ""
    needs_env: Annotated[str, AfterValidator(fields.variable)] = ""
    zone: Zone = ""
    stands_in_for: Annotated[str, _known("sources", "source")] = ""
    without: Words = ""

    @model_validator(mode="after")
    def _lacks_only_beside_another(self) -> SourceEntry:
        if self.without and not self.stands_in_for:
            raise ValueError("without says what a stand-in lacks: it needs stands_in_for")
        return self


class SourcesFile(Entry):
    """sources.yaml."""

    sources: dict[SourceId, SourceEntry]


class CityEntry(Entry):
    """`city:` of the profile."""

    name: Words
    country: Country
    zone: Zone
    language: Annotated[str, AfterValidator(fields.one_of("de", "en"))] = ""
    state: str = ""
    nuts: Nuts = ""


class PartnerEntry(Entry):
    """One entry of `partners:`; its key is the partner city's."""

    name: Words
    country: Country
    status: Annotated[str, AfterValidator(fields.one_of("active", "dormant", "climate"))] = ""
    nuts: Nuts = ""
    since: Annotated[int, Field(ge=1800, le=2100)] = 1800
    topics: list[TopicKey] = []
    focus: list[Annotated[int, Field(ge=2000, le=2100)]] = []
    label: ByLanguage = {}


def _with_german(label: dict[str, str]) -> dict[str, str]:
    if "de" not in label:
        raise ValueError("has no German words (de:), and readers are told in German")
    return label


class TopicEntry(Entry):
    """One entry of `topics:`; its key is the topic's."""

    label: Annotated[ByLanguage, AfterValidator(_with_german)]
    description: str = ""
    keywords: Terms = {}
    also: Terms = {}
    exclude: Terms = {}


class ReaderEntry(Entry):
    """One entry of `readers:`; its key names the digest's files of that reader."""

    name: str = ""
    email: Annotated[str, AfterValidator(fields.mail_or_none)] = ""
    language: Annotated[str, AfterValidator(fields.one_of("de", "en"))] = ""
    topics: list[TopicKey] = []
    cities: list[CityKey] = []


class DigestEntry(Entry):
    """`digest:` of the profile: when it is due, in the city's zone."""

    day: Annotated[int, BeforeValidator(fields.weekday)] = 0
    hour: Annotated[int, Field(ge=0, le=23)] = 0


class ScheduleEntry(Entry):
    """`schedule:` of the profile."""

    retry_hours: Annotated[float, Field(gt=0)] = 1


class ThresholdsEntry(Entry):
    """`thresholds:` of the profile."""

    for_us: Relevance = 0
    pass_on: Relevance = 0
    marginal: Relevance = 0
    closing_days: Positive = 1

    @model_validator(mode="after")
    def _in_order(self) -> ThresholdsEntry:
        cuts = Thresholds(**self.given())
        if not cuts.for_us > cuts.pass_on > cuts.marginal:
            raise ValueError(
                "must fall from for_us over pass_on to marginal, "
                f"but they are {cuts.for_us}, {cuts.pass_on}, {cuts.marginal}"
            )
        return self


class ArchiveEntry(Entry):
    """`archive:` of the profile."""

    scans: Positive = 1


def _some(value: dict[str, Any]) -> dict[str, Any]:
    if not value:
        raise ValueError("is empty: at least one is needed")
    return value


class ProfileFile(Entry):
    """profile.yaml."""

    key: Id
    city: CityEntry
    contact: Annotated[str, AfterValidator(fields.mail)]
    partners: dict[Id, PartnerEntry]
    topics: Annotated[dict[Id, TopicEntry], AfterValidator(_some)]
    readers: Annotated[dict[Id, ReaderEntry], AfterValidator(_some)]
    digest: DigestEntry = DigestEntry()
    schedule: ScheduleEntry = ScheduleEntry()
    thresholds: ThresholdsEntry = ThresholdsEntry()
    exclude: Terms = {}
    archive: ArchiveEntry = ArchiveEntry()
