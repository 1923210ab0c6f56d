"""The digest as an e-mail message, the same bytes every time. Pure.

Date, Message-ID and boundaries come from the stored digest; nothing here asks a clock or a dice.
"""

from __future__ import annotations

import hashlib
import re
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from zoneinfo import ZoneInfo

from tracker.digest_model import Digest
from tracker.render.clean import clean
from tracker.render.ics import has_events
from tracker.render.wording import Wording

NOBODY = "tracker.invalid"  # reserved for this by RFC 2606: never anybody's host


def message(digest: Digest, *, subject: str, text: str, html: str, ics: str) -> bytes:
    """Plain text and HTML as alternatives, the calendar attached if it holds an event; CRLF, 7 bit, UTF-8."""
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = subject
    mail["From"] = _sender(digest)
    recipients = [address for address in map(_address, digest.recipients) if address]
    if recipients:
        mail["To"] = recipients
    mail["Date"] = digest.moment.astimezone(ZoneInfo(digest.zone)).replace(microsecond=0)
    mail["Message-ID"] = message_id(digest)
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(text, cte="quoted-printable")
    mail.add_alternative(html, subtype="html", cte="quoted-printable")
    if has_events(ics):
        name = f"{re.sub(r'[^A-Za-z0-9-]', '-', digest.week)}.ics"
        mail.add_attachment(
            ics, subtype="calendar", cte="quoted-printable", filename=name, params={"method": "PUBLISH"}
        )
    mail["Content-Language"] = digest.language  # last, or the attachment would take it along into its own part
    _set_boundaries(mail, digest)
    return mail.as_bytes()


def message_id(digest: Digest) -> str:
    """One per week, reader and city: a mail that arrives twice is recognised by every client."""
    parts = (re.sub(r"[^A-Za-z0-9_-]+", "-", part) or "-" for part in (digest.week, digest.reader, digest.profile))
    return f"<{'.'.join(parts)}@{_host(digest)}>"


def _host(digest: Digest) -> str:
    address = _address(digest.contact)
    domain = address.domain if address else ""
    return domain if re.fullmatch(r"[A-Za-z0-9.-]+\.[A-Za-z]{2,}", domain) else NOBODY


def _sender(digest: Digest) -> Address:
    """The contact under the radar's name; without one an address that nobody can answer to."""
    wording = Wording(digest.language, digest.zone, digest.today)
    name = wording.gettext("Funding radar %(city)s", city=clean(digest.city, 60))
    address = _address(digest.contact)
    return Address(name, addr_spec=address.addr_spec if address else f"tracker@{NOBODY}")


def _address(words: str) -> Address | None:
    """The address in `words`, which may be "Name <user@host>" or no address at all."""
    for token in re.split(r"[\s<>,;:\"()]+", clean(words, 254)):
        if not re.fullmatch(r"[!-?A-~]+@[!-?A-~]+", token):
            continue
        try:
            return Address(addr_spec=token)
        except (ValueError, IndexError, HeaderParseError):
            continue
    return None


def _set_boundaries(mail: EmailMessage, digest: Digest) -> None:
    """Quoted-printable never writes "=_", so no line of a body can be taken for a boundary."""
    seed = hashlib.sha256(message_id(digest).encode()).hexdigest()[:24]
    parts = [part for part in mail.walk() if part.is_multipart()]
    for place, part in enumerate(parts):
        part.set_boundary(f"=_{seed}_{place}")
