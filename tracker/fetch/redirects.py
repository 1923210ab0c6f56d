"""Which address is meant, and where does a redirect lead? Pure."""

from __future__ import annotations

import httpx

from tracker.errors import FetchError
from tracker.fetch.answers import Answer, check_redirect
from tracker.fetch.guard import place_of
from tracker.model import Request, Source


def address_of(words: str, source: Source) -> httpx.URL:
    """The address, if it is one that we may ask: http or https, with a host. Raises FetchError."""
    try:
        url = httpx.URL(words)
        place_of(url)
    except (httpx.InvalidURL, ValueError) as error:  # UnicodeError is a ValueError
        shown = words.encode("ascii", "backslashreplace").decode()[:200]
        raise FetchError(shown, f"that is no address: {error}", permanent=True, source=source.id) from error
    if url.scheme not in {"http", "https"} or not url.host:
        raise FetchError(str(url), "only http and https are read", permanent=True, source=source.id)
    if url.port is not None and not 0 < url.port < 65_536:
        raise FetchError(str(url), f"that is no address: port {url.port}", permanent=True, source=source.id)
    return url.copy_with(userinfo=b"", fragment=None)


def redirect_of(answer: Answer, source: Source, request: Request) -> httpx.URL:
    """Where a redirect leads. Raises FetchError, BotWallError."""
    location = answer.headers.get("location", "")
    url = str(answer.url)
    if not location:
        raise FetchError(url, f"HTTP {answer.status} without an address", permanent=True, source=source.id)
    if request.is_post and answer.status in {301, 302, 303}:
        # Followed as browsers do, the search would become a GET without its query: other rows, and no error.
        what = "login" if request.kind == "login" else "search"
        message = f"the {what} has moved to {location[:200]}"
        raise FetchError(url, message, permanent=True, source=source.id, hint="Correct its address in sources.yaml.")
    try:
        joined = str(answer.url.join(location))
    except (httpx.InvalidURL, ValueError) as error:
        message = f"redirect to something that is no address: {error}"
        raise FetchError(url, message, permanent=True, source=source.id) from error
    target = address_of(joined, source)
    check_redirect(answer, target, source)
    return target
