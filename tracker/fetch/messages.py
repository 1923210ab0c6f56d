"""What we say to a server. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlencode

import httpx

from tracker import __version__
from tracker.model import RawDocument, Request

VALIDATOR = re.compile(r"[\x20-\x7e]{1,1000}")  # what may go back into a header


def message(
    request: Request,
    url: httpx.URL,
    *,
    agent: str,
    timeout: httpx.Timeout,
    stored: RawDocument | None,
    key: Mapping[str, str],
) -> httpx.Request:
    """A GET, a POST of JSON or of a form, or with parts a multipart POST: the EU portal wants each part to look like a
    file with a media type. `key` is the header with the key of the source, or none."""
    files = [(part.name, ("blob", part.text.encode("utf-8", "replace"), part.media_type)) for part in request.parts]
    # Names and passwords never stand here: addresses lose theirs in redirects.address_of, and no cookie is kept.
    headers = {"user-agent": agent, "accept": "*/*", "accept-encoding": "gzip, deflate", **key}
    content = request.json
    if request.json:
        headers["content-type"] = "application/json"
    elif request.form:
        # As the script of a page posts its form. Public code of 2025 does so at Regione Lombardia, which may insist.
        headers |= {"content-type": "application/x-www-form-urlencoded", "x-requested-with": "XMLHttpRequest"}
        content = urlencode(request.form, errors="replace")
    return httpx.Request(
        "POST" if request.is_post else "GET",
        url,
        headers=headers | (conditions(stored) if stored else {}),
        files=files or None,
        content=content.encode("utf-8", "replace") if content else None,
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
