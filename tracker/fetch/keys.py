"""The only module that sees the key of a source: which header carries it, who may see it, and that nobody repeats it.

The key comes from the environment variable that `needs_env` names. It goes to the server of the source's own address
and to no other: neither a redirect nor a link in an answer can carry it away. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import httpx

from tracker.errors import FetchError
from tracker.fetch.answers import Answer
from tracker.fetch.guard import place_of
from tracker.model import Request, Source

SENDABLE = re.compile(r"[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?")
SHORTEST = 6  # fewer letters than that occur in answers by chance
VEIL = b"***"


def key_for(request: Request, url: httpx.URL, source: Source, environ: Mapping[str, str]) -> str:
    """The key to send to `url`, "" where none belongs there. Raises FetchError, which never holds the key."""
    if not request.key_header or _origin(url) != _origin(httpx.URL(source.url)):
        return ""
    key = environ.get(source.needs_env, "").strip()
    if not SENDABLE.fullmatch(key):
        trouble = "holds characters that no header can carry" if key else "is not set"
        name = source.needs_env or "the variable with its key"
        raise FetchError(str(url), f"{name} {trouble}", permanent=True, source=source.id)
    return key


def header(request: Request, key: str) -> dict[str, str]:
    """The header with the key: "X-API-Key" is followed by it, "Authorization: Bearer" has a word before it."""
    if not key:
        return {}
    name, _, scheme = request.key_header.partition(":")
    return {name.strip().lower(): f"{scheme.strip()} {key}".strip()}


def hushed(answer: Answer, key: str) -> Answer:
    """The answer without our key: some servers repeat what they were sent, and answers are kept and quoted."""
    if len(key) < SHORTEST:
        return answer
    told = [(name, words.replace(key.encode(), VEIL)) for name, words in answer.headers.raw]
    return replace(answer, headers=httpx.Headers(told), body=answer.body.replace(key.encode(), VEIL))


def _origin(url: httpx.URL) -> tuple[str, str, int]:
    return (url.scheme, *place_of(url))
