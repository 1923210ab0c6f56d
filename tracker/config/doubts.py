"""What a configuration may well mean, but is worth a look: warnings, never refusals. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tracker.config.problem import Problem
from tracker.config.reading import Document, dotted
from tracker.config.vocabulary import shipped

# Names reserved for examples: RFC 2606 section 3, https://www.rfc-editor.org/rfc/rfc2606
PLACEHOLDER = re.compile(r"(?:[@.]example\.(?:org|com|net)|\.(?:example|invalid|test))\Z", re.IGNORECASE)


def of_sources(document: Document) -> Iterator[Problem]:
    """A file whose sources are all switched off; stand-ins for one that is."""
    if document.values is None or not isinstance(document.values.get("sources"), dict):
        return
    if all(entry.get("enabled") is False for _, entry in _entries(document, "sources")):
        yield _doubt(document, "no source is enabled: nothing is read", "sources")
    off = [key for key, entry in _entries(document, "sources") if entry.get("enabled") is False]
    for key, entry in _entries(document, "sources"):
        if entry.get("stands_in_for") in off and key not in off:
            words = "that source is switched off, so this one is never read; without this line it is read for itself"
            yield _doubt(document, words, "sources", key, "stands_in_for")


def of_profile(document: Document) -> Iterator[Problem]:
    """Placeholders left from `init`, topics that match nothing, readers who get everything twice."""
    contact = (document.values or {}).get("contact")
    if isinstance(contact, str) and PLACEHOLDER.search(contact):
        yield _doubt(document, "is a placeholder: portals could not reach you; write your own address", "contact")
    if document.mapping("digest").get("hour") == 2:
        yield _doubt(document, "comes twice in one night a year and never in another: choose another", "digest", "hour")
    for key, topic in _entries(document, "topics"):
        if not topic.get("keywords") and not topic.get("also") and key not in shipped().keywords:
            words = "has no keywords, and none come with tracker for this key: no call will match it"
            yield _doubt(document, words, "topics", key)
    yield from _of_readers(document)


def _of_readers(document: Document) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for key, reader in _entries(document, "readers"):
        email = reader.get("email")
        if not isinstance(email, str) or not email:
            continue
        if PLACEHOLDER.search(email):
            yield _doubt(document, "is a placeholder: no mail will arrive there", "readers", key, "email")
        elif email.lower() in seen:
            words = f"is also the address of {seen[email.lower()]}: two digests go there"
            yield _doubt(document, words, "readers", key, "email")
        seen.setdefault(email.lower(), key)


def _entries(document: Document, name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    return ((key, entry) for key, entry in document.mapping(name).items() if isinstance(entry, dict))


def _doubt(document: Document, message: str, *path: str) -> Problem:
    return Problem(document.file, document.line(path), dotted(path), message, warning=True)
