"""What we say to a server. Pure."""

from __future__ import annotations

import re

import httpx

from tracker import __version__
from tracker.model import RawDocument, Request

VALIDATOR = re.compile(r"[\x20-\x7e]{1,1000}")  # what may go back into a header


def message(
    request: Request, url: httpx.URL, *, agent: str, timeout: httpx.Timeout, stored: RawDocument | None
) -> httpx.Request:
    """A GET, or with parts a multipart POST: the EU portal wants each part to look like a file with a media type."""
    files = [(part.name, ("blob", part.text.encode("utf-8", "replace"), part.media_type)) for part in request.parts]
    # Names and passwords never stand here: addresses lose theirs in redirects.address_of, and no cookie is kept.
    headers = {"user-agent": agent, "accept": "*/*", "accept-encoding": "gzip, deflate"}
    return httpx.Request(
        "POST" if files else "GET",
        url,
        headers=headers | (conditions(stored) if stored else {}),
        files=files or None,
        extensions={"timeout": timeout.as_dict()},
    )


def user_agent(contact: str) -> str:
    """Who we are and whom to ask: `tracker/0.1.0 (+contact)`."""
    printable = re.sub(r"[^\x20-\x7e]", "", contact).strip()
    return f"tracker/{__version__} (+{printable})" if printable else f"tracker/{__version__}"


def conditions(stored: RawDocument) -> dict[str, str]:
    """The headers that ask: has it changed since?"""
    pairs = (("if-none-match", "etag"), ("if-modified-since", "last-modified"))
    return {ask: stored.headers[said] for ask, said in pairs if VALIDATOR.fullmatch(stored.headers.get(said, ""))}
