"""Newsletters in a mailbox: what links and dates in them hint at. The messages come from fetch, already without names.

url: imaps://imap.example.org/INBOX/Newsletter    the folder as the server spells it; imap:// asks for STARTTLS
needs_env: TRACKER_MAILBOX                         the variable that holds name:password
from: [europabuero-bw.de, info@rgre.de]            whose messages are read: addresses, or domains with all below them
days: 60                                           how far back; what arrived earlier is not looked at
most: 50                                           messages a run, the newest
keep / drop: patterns                              on title, link and paragraph of a hint
after: leave                                       or seen, or "move: Gelesen": once the run is stored and archived

A hint has the link, the words around it and the dates in them; funder and programme it does not know. The same link in
two messages is one hint. A dated passage without a link gets the message's own address on the web; where it has none,
the passage is counted, and told to the administrator.
Anybody can write any sender on a message: what is read here is a hint with its origin named, never more.
A mailbox is no list: what is no longer in it is not gone (COMPLETE), and none today is no fault (HINTS).
Never seen: an issue of any newsletter. Tried on messages of our own making and on Dovecot, 2026-11.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tracker import letters
from tracker.connectors.fields import read_pattern
from tracker.connectors.letter_hints import About, Hint, hints, view_of
from tracker.connectors.letter_lines import LONGEST, sections
from tracker.connectors.page import as_html, text_problems
from tracker.errors import ConfigError
from tracker.model import Finding, RawCall, RawDocument, Request, Source, Yielded
from tracker.parsing import broken, unknown_keys

COMPLETE = False
HINTS = True
KNOWN = ("from", "days", "most", "keep", "drop", "after", "language")
DAYS, MOST = 60, 50
MOST_HINTS = 300  # of one message
SENDER = re.compile(r"(?:[^\s@<>\"]+@)?[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.IGNORECASE)
AFTER = re.compile(r"leave|seen|move:\s*[^\s\x00-\x1f][^\x00-\x1f]*")


def start(source: Source) -> Iterable[Request]:
    """The folder. ConfigError names every mistake in the options, before the first request."""
    problems = tuple(_problems(source))
    if problems:
        raise ConfigError(problems)
    options = source.options
    asked = {"from": list(options["from"]), "days": options.get("days", DAYS), "most": options.get("most", MOST)}
    return (Request(source.url, json=json.dumps(asked, ensure_ascii=True)),)


def parse(document: RawDocument, source: Source) -> Iterable[Yielded]:
    """Of the folder, its messages; of a message, its hints. ParseError where either is not what it should be."""
    return _message(document, source) if document.request.kind == "message" else _folder(document, source)


# ---------------------------------------------------------------- the folder


def _folder(document: RawDocument, source: Source) -> Iterator[Yielded]:
    try:
        told = json.loads(document.body)
        age, uids = int(told["uidvalidity"]), [int(uid) for uid in told["messages"]]
        more, others, unseen = (int(told.get(name, 0)) for name in ("more", "others", "not_looked_at"))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise broken(document, source, f"no list of messages: {error}") from error
    after = source.options.get("after", "leave")
    note = () if after == "leave" else (("after", after),)
    for uid in uids:
        url = f"{source.url};UIDVALIDITY={age}/;UID={uid}"
        yield Request(url, kind="message", note=note, once=True, optional=True)
    if others:
        yield Finding(message=f"messages of other senders, not read: {others}")
    if more or unseen:
        yield Finding(message=f"older messages, not read (most): {more + unseen}")
    if not uids and not str(after).startswith("move:"):
        days = source.options.get("days", DAYS)
        yield Finding(message=f"no message of these senders in {days} days: has the subscription ended?")


# ---------------------------------------------------------------- a message


def _message(document: RawDocument, source: Source) -> Iterator[Yielded]:
    try:
        letter = letters.read(document.body)
    except ValueError as error:
        raise broken(document, source, f"the message cannot be read: {error}") from error
    sender = letters.sender(letter)
    if not letters.is_from(sender, source.options["from"]):
        yield Finding(message="a message of another sender was not read", url=document.request.url)
        return
    texts = letters.texts(letter)
    if sum(len(words) for _, words in texts) > LONGEST:
        raise broken(document, source, f"the text of the message has more than {LONGEST} characters")
    found = sections(texts)
    home = view_of(found, letters.header(letter, "List-Archive"))
    about = About(sender=sender, subject=letters.header(letter, "Subject"), home=home)
    all_hints, lost = hints(found, about)
    wanted = [hint for hint in all_hints if _is_wanted(hint, source.options)]
    if lost:
        yield Finding(message=f"dated passages without a link, not told: {lost}", url=document.request.url)
    if len(wanted) > MOST_HINTS:
        yield Finding(message=f"{len(wanted)} links in one message, {MOST_HINTS} read", url=document.request.url)
    yield from (_call(hint, letter, document, source) for hint in wanted[:MOST_HINTS])


def _is_wanted(hint: Hint, options: Mapping[str, Any]) -> bool:
    words = "\n".join((hint.title, hint.url, *hint.lines))
    if options.get("drop") and re.search(options["drop"], words, re.IGNORECASE):
        return False
    return not options.get("keep") or bool(re.search(options["keep"], words, re.IGNORECASE))


def _call(hint: Hint, letter: letters.Letter, document: RawDocument, source: Source) -> RawCall:
    sent = letters.sent(letter)
    origin = source.attribution or source.name
    return RawCall(
        external_id=hint.key,
        title=hint.title,
        url=hint.url,
        language=source.options.get("language") or source.language,
        deadlines=hint.deadlines,
        published=sent.date().isoformat() if sent else "",
        description=as_html(hint.lines),
        attribution=f"{origin}, {sent:%d.%m.%Y}" if sent else origin,
        row=f"{document.request.url} {hint.key}",  # the same link in another message is no repeat of a list
    )


# ---------------------------------------------------------------- mistakes in sources.yaml


def _problems(source: Source) -> Iterator[str]:
    options, where = source.options, f"{source.id}.options"
    yield from unknown_keys(options, KNOWN, where)
    senders = options.get("from")
    if not isinstance(senders, list | tuple) or not senders:
        yield f"{where}.from: missing: the senders whose messages are read, addresses or domains"
    else:
        wrong = [one for one in senders if not isinstance(one, str) or not SENDER.fullmatch(one)]
        yield from (f"{where}.from: {one!r} is neither an address nor a domain" for one in wrong)
    for name, default, highest in (("days", DAYS, 3_650), ("most", MOST, 1_000)):
        value = options.get(name, default)
        if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= highest:
            yield f"{where}.{name}: expected a number from 1 to {highest}, not {value!r}"
        elif name == "most" and value >= source.max_requests:
            yield f"{where}.most: {value} messages and the folder are more than max_requests ({source.max_requests})"
    for name in ("keep", "drop"):
        yield from read_pattern(options.get(name, ""), f"{where}.{name}")[1]
    after = options.get("after", "leave")
    if not isinstance(after, str) or not AFTER.fullmatch(after):
        yield f'{where}.after: expected leave, seen or "move: Folder", not {after!r}'
    yield from text_problems(options, ("language",), where)
    if not source.needs_env:
        yield f"{where}: needs_env of the source must name the variable that holds name:password"
