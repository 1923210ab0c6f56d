"""The only module that puts keys into headers: which header carries one, who may see it, and that nobody repeats it.

The key comes from the environment variable that `needs_env` names. It goes to the server of the source's own address
and to no other: neither a redirect nor a link in an answer can carry it away. What a login gives for it (login.py) is
guarded in the same way. Pure.
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
NAME = re.compile(r"[Xx]-[A-Za-z0-9-]{1,60}")
SHORTEST = 6  # fewer letters than that occur in answers by chance
VEIL = b"***"


def carries_key(request: Request, url: httpx.URL, source: Source) -> bool:
    """Whether key or token of the source go with this request."""
    return bool(request.key_header) and _origin(url) == _origin(httpx.URL(source.url))


def key_for(request: Request, url: httpx.URL, source: Source, environ: Mapping[str, str]) -> str:
    """The key to send to `url`, "" where none belongs there. Raises FetchError, which never holds the key."""
    if not carries_key(request, url, source):
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


def lent_header(request: Request, url: httpx.URL, source: Source) -> dict[str, str]:
    """The headers that an earlier answer lent, for the server they are meant for. Raises FetchError.

    They come from a page, so what no header can carry is refused, and none of our own can be replaced by them.
    """
    if not request.lent or _origin(url) != _origin(httpx.URL(request.url)):
        return {}
    for name, words in request.lent:
        if not NAME.fullmatch(name) or not SENDABLE.fullmatch(words):
            message = f"what the page hands out for {name[:40]!r} is nothing that a header can carry"
            raise FetchError(str(url), message, permanent=True, source=source.id)
    return {name.lower(): words for name, words in request.lent}


def hushed(answer: Answer, *keys: str) -> Answer:
    """The answer without our keys: some servers repeat what they were sent, and answers are kept and quoted."""
    for key in keys:
        if len(key) >= SHORTEST:
            told = [(name, words.replace(key.encode(), VEIL)) for name, words in answer.headers.raw]
            body = answer.body.replace(key.encode(), VEIL)
            answer = replace(answer, headers=httpx.Headers(told), body=body)
    return answer


def same_origin(one: str, other: str) -> bool:
    """Whether two addresses lie on the same server: scheme, host and port. False for what is no address."""
    try:
        return _origin(httpx.URL(one)) == _origin(httpx.URL(other))
    except (httpx.InvalidURL, ValueError):
        return False


def _origin(url: httpx.URL) -> tuple[str, str, int]:
    return (url.scheme, *place_of(url))
