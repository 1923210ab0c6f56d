"""Which words of a newsletter belong to which link: one hint for each link, and for each date that has none. Pure.

Precision first: a date is given to a link only where nothing else can be meant: it stands in the link's own paragraph,
before a bare "mehr", or under a heading with that one link.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tracker import prose_deadlines
from tracker.connectors.letter_lines import Line, Section
from tracker.connectors.letter_links import cleaned, identity, is_junk, is_telling, is_view
from tracker.connectors.page import ENTRY
from tracker.model import RawDeadline
from tracker.page_text import sentences, shorter

LONGEST_TITLE = 200  # characters
MOST_LINES = 40  # of one hint


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """A link and the paragraphs around it. `key` names it in every message that mentions it."""

    key: str
    url: str
    title: str
    lines: tuple[str, ...]
    deadlines: tuple[RawDeadline, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What the message says of itself. `home`: its own address on the web, "" where it has none."""

    sender: str
    subject: str
    home: str


def view_of(found: Sequence[Section], archive: str) -> str:
    """The message's own address on the web: its link "im Browser ansehen", else what its header List-Archive says."""
    links = (link for section in found for line in section.all_lines for link in line.links)
    named = (cleaned(href) for href, words in links if is_view(words))
    return next(filter(None, named), "") or cleaned(archive.strip(" <>"))


def hints(found: Sequence[Section], about: About) -> tuple[list[Hint], int]:
    """Each link once, in the order of the message; and how many dated passages lead nowhere."""
    best: dict[str, Hint] = {}
    lost = 0
    for section in found:
        for hint in _of_section(section, about):
            if not hint.url:
                lost += 1
            elif hint.key not in best or _worth(hint) > _worth(best[hint.key]):
                best[hint.key] = hint
    return list(best.values()), lost


def _worth(hint: Hint) -> tuple[bool, int]:
    return bool(hint.deadlines), sum(map(len, hint.lines))


def _of_section(section: Section, about: About) -> Iterator[Hint]:
    lines = [(line, links) for line, links in _lines(section, about.sender) if links or not _is_about_itself(line)]
    addresses = {identity(url): url for _, links in lines for url, _ in links}
    apart = [line for line, links in lines if not links and line.words.startswith(ENTRY) and _dated([line])]
    if len(addresses) == 1 and not apart:
        ((key, url),) = addresses.items()
        words = [words for _, links in lines for _, words in links]
        yield _hint(key, url, _title(section, words, section.lines, about), [line for line, _ in lines])
        return
    used: set[int] = set()
    for number, (line, links) in enumerate(lines):
        around = [line]
        if links and not any(is_telling(words) for _, words in links) and _is_bare(line):
            around = [*_before(lines, number, used), line]
        if links:
            used.update(id(each) for each in around)
        for url, said in links:
            yield _hint(identity(url), url, _title(section, [said], around, about), around, first=said)
    rest = [line for line, links in lines if not links and not line.heading and id(line) not in used]
    yield from _without_link(section, rest, about, alone=not addresses)


def _lines(section: Section, sender: str) -> Iterator[tuple[Line, list[tuple[str, str]]]]:
    """Each line with its links that may lead to a call: cleaned address and words."""
    for line in section.all_lines:
        found = ((cleaned(href), words) for href, words in line.links)
        yield line, [(url, words) for url, words in found if url and not is_junk(url, words, sender)]


def _is_about_itself(line: Line) -> bool:
    """Whether the line holds nothing but links that lead to no call ("Abmelden | Impressum")."""
    rest = line.words
    for _, words in line.links:
        rest = rest.replace(words, "", 1)
    return bool(line.links) and not any(map(str.isalnum, rest))


def _before(lines: Sequence[tuple[Line, list[tuple[str, str]]]], number: int, used: set[int]) -> list[Line]:
    """The paragraphs right before a bare link, up to the link or heading before them."""
    found: list[Line] = []
    for line, links in reversed(lines[:number]):
        if links or line.heading or id(line) in used:
            break
        found.insert(0, line)
    return found


def _is_bare(line: Line) -> bool:
    """Whether the line holds nothing but links like "mehr"."""
    return not is_telling(line.words.removeprefix(ENTRY))


def _without_link(section: Section, lines: Sequence[Line], about: About, *, alone: bool) -> Iterator[Hint]:
    """One hint for the paragraphs that name a deadline and have no link; its address is that of the message.

    `alone`: nothing under this heading has a link, so the heading is theirs.
    """
    dated = [line for line in lines if _dated([line])]
    if not dated:
        return
    title = _title(section, [] if alone else [""], dated, about)
    mark = hashlib.sha256(title.casefold().encode("utf-8", "replace")).hexdigest()[:12]
    key = f"{identity(about.home)}#{mark}" if about.home else ""
    yield _hint(key, about.home, title, lines if alone else dated)


def _title(section: Section, words: Sequence[str], lines: Sequence[Line], about: About) -> str:
    """The heading over the only link, else the link's words where they tell something, else the first sentence."""
    heading = section.heading.words if section.heading else ""
    own = heading if len(words) != 1 or lines is section.lines else ""
    own = "" if own.casefold() in about.subject.casefold() else own  # that is the newsletter's name
    telling = [said for said in words if is_telling(said)]
    text = [sentence for line in lines for sentence in sentences(line.words) if is_telling(sentence)]
    found = (words.strip(" .:") for words in (own, *telling, *text, heading, about.subject))
    return shorter(next(filter(None, found), about.sender), LONGEST_TITLE)


def _hint(key: str, url: str, title: str, lines: Sequence[Line], first: str = "") -> Hint:
    """The words without heading and without "mehr", unless there are no others."""
    text = [line.words for line in lines if not line.heading and not _is_bare(line)]
    words = text or [line.words for line in lines if line.words] or [first]
    return Hint(key=key, url=url, title=title, lines=tuple(words[:MOST_LINES]), deadlines=_dated(lines))


def _dated(lines: Sequence[Line]) -> tuple[RawDeadline, ...]:
    """Deadlines with a day; a rule or "laufend" of a newsletter says too little."""
    found = prose_deadlines.read("\n".join(line.words for line in lines))
    return tuple(deadline for deadline in found if deadline.day)
