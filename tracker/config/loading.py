"""sources.yaml and profile.yaml become values, or all their mistakes at once. Reads files, nothing else."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tracker.config import doubts
from tracker.config.problem import Problem
from tracker.config.reading import Document, dotted, read
from tracker.config.vocabulary import with_shipped
from tracker.errors import ConfigError
from tracker.model import (
    City,
    Expectation,
    PartnerCity,
    Profile,
    Reader,
    Schedule,
    Source,
    Thresholds,
    Topic,
)

if TYPE_CHECKING:
    from tracker.config.schema import ProfileFile, SourceEntry

SOURCES = "sources.yaml"
PROFILE = "profile.yaml"
Start = Callable[[Source], Iterable[object] | None]


def load_sources(path: Path, connectors: Collection[str] | None = None) -> tuple[Source, ...]:
    """The entries in the order of the file. Raises ConfigError with every mistake in it.

    `connectors` are the names that exist; None takes any.
    """
    sources, problems = sources_in(read(path), connectors)
    if problems:
        raise ConfigError(_told(problems))
    return sources


def load_profile(path: Path) -> Profile:
    """The profile. Raises ConfigError with every mistake in it."""
    profile, problems = _profile(read(path))
    if profile is None or problems:
        raise ConfigError(_told(problems))
    return profile


def check(home: Path, connectors: Collection[str] | None = None, start: Start | None = None) -> tuple[Problem, ...]:
    """Every mistake and warning in both files of a home, in the order of the lines; empty: all is well.

    `start` tries the options of one source and raises ConfigError where they make no sense.
    """
    sources_document, profile_document = read(home / SOURCES), read(home / PROFILE)
    sources, problems = sources_in(sources_document, connectors)
    tried = tuple(try_options(sources_document, sources, start)) if start else ()
    _, profile_problems = _profile(profile_document)
    return (
        *_in_order((*problems, *tried, *doubts.of_sources(sources_document))),
        *_in_order((*profile_problems, *doubts.of_profile(profile_document))),
    )


def _told(problems: Iterable[Problem]) -> tuple[str, ...]:
    return tuple(str(problem) for problem in _in_order(problems))


def _in_order(problems: Iterable[Problem]) -> list[Problem]:
    return sorted(problems, key=lambda problem: problem.line or 0)


def sources_in(
    document: Document, connectors: Collection[str] | None
) -> tuple[tuple[Source, ...], tuple[Problem, ...]]:
    """The entries without a mistake, and the mistakes of the others."""
    if document.values is None:
        return (), document.problems
    from tracker.config.explaining import validate
    from tracker.config.schema import SourceEntry, SourcesFile

    context = {"connectors": connectors, "sources": document.mapping("sources")}
    _, problems = validate(SourcesFile, document.values, document, context)
    sound: list[Source] = []
    for key, values in document.mapping("sources").items():
        entry, _ = validate(SourceEntry, values, document, context)
        if entry:
            sound.append(_source(key, entry))
    return tuple(sound), (*document.problems, *problems, *_stand_ins(document, sound))


def _stand_ins(document: Document, sources: Iterable[Source]) -> Iterator[Problem]:
    """Entries that stand in for themselves, for another stand-in, or before the source whose values are the better."""
    place = {key: number for number, key in enumerate(document.mapping("sources"))}
    helpers = {source.id for source in sources if source.stands_in_for}
    for source in sources:
        named = source.stands_in_for
        words = ""
        if named == source.id:
            words = "a source cannot stand in for itself"
        elif named in helpers:
            words = f"{named} stands in for another one itself"
        elif named and place[named] > place[source.id]:
            words = f"must stand behind {named} in this file: of two sources the first one gives the values"
        if words:
            path = ("sources", source.id, "stands_in_for")
            yield Problem(document.file, document.line(path), dotted(path), words)


def _source(key: str, entry: SourceEntry) -> Source:
    given = entry.given()
    if "expect" in given:
        given["expect"] = Expectation(**given["expect"])
    return Source(**{"name": key, **given, "id": key})


def try_options(document: Document, sources: Iterable[Source], start: Start) -> Iterator[Problem]:
    """What the connectors say against the options of these sources."""
    for source in sources:
        try:
            for _ in start(source) or ():  # a generator notices its mistakes only when somebody asks it
                pass
        except ConfigError as error:
            yield from (_of_options(document, source, words) for words in error.problems)


def _of_options(document: Document, source: Source, words: str) -> Problem:
    """A connector's complaint, "<id>.options.page_size: is too large", at the line of the option that it names."""
    path: tuple[str, ...] = ("sources", source.id, "options")
    words = words.removeprefix(f"{document.file}: ").removeprefix(f"{source.id}: ")
    named, colon, message = words.partition(": ")
    if colon and named.startswith(f"{source.id}.options"):
        path = ("sources", source.id, *named.removeprefix(f"{source.id}.").split("."))
        words = message
    return Problem(document.file, document.line(path), dotted(path), words)


def _profile(document: Document) -> tuple[Profile | None, tuple[Problem, ...]]:
    if document.values is None:
        return None, document.problems
    from tracker.config.explaining import validate
    from tracker.config.schema import ProfileFile

    context = {"topics": document.mapping("topics"), "partners": document.mapping("partners")}
    found, problems = validate(ProfileFile, document.values, document, context)
    return _understood(found) if found else None, (*document.problems, *problems)


def _understood(found: ProfileFile) -> Profile:
    given = _tuples(found.given())
    archive = {"archive_scans": given["archive"]["scans"]} if given.get("archive") else {}
    also = {key: entry.pop("also") for key, entry in given["topics"].items() if "also" in entry}
    profile = Profile(
        key=found.key,
        city=City(**given["city"]),
        partners=tuple(PartnerCity(key=key, **entry) for key, entry in given["partners"].items()),
        topics=tuple(Topic(key=key, **entry) for key, entry in given["topics"].items()),
        readers=tuple(Reader(key=key, **entry) for key, entry in given["readers"].items()),
        schedule=Schedule(**given.get("digest", {}), **given.get("schedule", {})),
        thresholds=Thresholds(**given.get("thresholds", {})),
        contact=found.contact,
        exclude=given.get("exclude", {}),
        **archive,
    )
    return with_shipped(profile, also)


def _tuples(value: Any) -> Any:
    """The same with tuples for lists: a profile is frozen."""
    if isinstance(value, dict):
        return {key: _tuples(inner) for key, inner in value.items()}
    return tuple(_tuples(inner) for inner in value) if isinstance(value, list) else value
