"""A digest as a reader gets it: subject, plain text, HTML, mail, calendar file, JSON. Same digest, same bytes."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from tracker.digest_json import to_json
from tracker.digest_model import Digest
from tracker.render import pages
from tracker.render.catalog import languages
from tracker.render.ics import calendar
from tracker.render.message import message
from tracker.render.view import view


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """All forms of one digest. `text` has at most 78 columns, `eml` is a whole message with CRLF, `ics` is UTF-8."""

    subject: str
    text: str
    html: str
    eml: bytes
    ics: str
    json: str


def render(digest: Digest) -> Rendered:
    """Every form of the digest. A language without a catalogue raises ConfigError."""
    texts = view(digest)
    subject, text, html, ics = pages.subject(texts), pages.plain(texts), pages.page(texts), calendar(digest)
    return Rendered(
        subject=subject,
        text=text,
        html=html,
        eml=message(digest, subject=subject, text=text, html=html, ics=ics),
        ics=ics,
        json=_json(digest),
    )


def _json(digest: Digest) -> str:
    """Readable UTF-8. A lone surrogate, which some portal's JSON holds, stays an escape: it has no bytes in UTF-8."""
    text = json.dumps(to_json(digest), ensure_ascii=False, indent=2) + "\n"
    return re.sub("[\ud800-\udfff]", lambda found: f"\\u{ord(found.group()):04x}", text)


__all__ = ["Rendered", "languages", "render"]
