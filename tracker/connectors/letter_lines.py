"""A newsletter as its reader sees it: lines with their links, under headings. Pure.

Nothing in it is run, loaded or sent: what is not text is left out (connectors/page.py), links are kept as words.
Newsletters are built of tables within tables; a cell that holds more than one line is a part of the page and no value.
Bold lines are headings where nobody wrote one. A mail without HTML has paragraphs, and headings underlined or alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag

from tracker.connectors.page import ENTRY, text_lines
from tracker.parsing import squash

LONGEST = 2_000_000  # characters of a text; the longest newsletters have some 200,000 with all their styles
LONGEST_HEADING = 200
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
INNER = ("br", "div", "p", "ul", "ol", "table", *HEADINGS)  # a cell with one of these is no value
BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
# Marks of our own among the words; strangers' ones are taken out first.
LINK, WORDS, END, HEAD, STRONG, WEAK = "\ue000", "\ue001", "\ue002", "\ue003", "\ue004", "\ue005"
MARKS = re.compile("[\ue000-\ue005]")
LINKED = re.compile(f"{LINK}(\\d+){WORDS}([^{LINK}{END}]*){END}?")
ALL_BOLD = re.compile(f"{STRONG}[^{WEAK}]*{WEAK}")
DATED = re.compile(r"\d{1,2}\.\s?(?:\d{1,2}\.|[^\W\d]{3})")
# RFC 3986, appendix C: an address in brackets may be broken over lines.
BRACKETS = re.compile(r"<\s*(https?://[^<>]{1,4000}?)\s*>", re.IGNORECASE)
ADDRESS = re.compile(r"https?://[^\s<>\"\x00-\x20]{3,4000}", re.IGNORECASE)
UNDERLINE = re.compile(r"\s*([=\-_*~#])\1{2,}\s*")


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, entry or row: its words, and its links as (address, words of the link)."""

    words: str
    links: tuple[tuple[str, str], ...] = ()
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, or none at the beginning, and what stands under it until the next one."""

    heading: Line | None
    lines: tuple[Line, ...]

    @property
    def all_lines(self) -> tuple[Line, ...]:
        """The heading first."""
        return ((self.heading,) if self.heading else ()) + self.lines


def sections(texts: Sequence[tuple[str, str]]) -> list[Section]:
    """What the texts of a message hold ("text/html" or "text/plain", words): HTML where there is some."""
    pages = [words for kind, words in texts if kind == "text/html" and words.strip()]
    if pages:
        return _sections(line for page in pages for line in html_lines(page))
    return _sections(line for _, words in texts for line in plain_lines(words))


def _sections(lines: Iterable[Line]) -> list[Section]:
    found: list[tuple[Line | None, list[Line]]] = [(None, [])]
    for line in lines:
        if line.heading:
            found.append((line, []))
        else:
            found[-1][1].append(line)
    return [Section(heading, tuple(under)) for heading, under in found if heading or under]


# ---------------------------------------------------------------- HTML


def html_lines(words: str) -> Iterator[Line]:
    """The lines of an HTML text, whole page or not."""
    # Within an element of ours no beginning of the text can pass for XML or for the name of a file.
    page = BeautifulSoup(f"<html><body>{MARKS.sub('', words)}</body></html>", "lxml")
    addresses = list(_mark(page))
    for marked in text_lines(page):
        line = _line(marked, addresses)
        if line.words or line.links:
            yield line


def _mark(page: BeautifulSoup) -> Iterator[tuple[str, str]]:
    """Puts our marks around links and headings; gives the address of each link, and the words of its picture."""
    for cell in page.find_all(["td", "th"]):
        if cell.find(INNER):
            cell.name = "div"
    for number, link in enumerate(page.find_all("a", href=True)):
        pictures = (str(picture.get("alt") or "") for picture in link.find_all("img"))
        yield str(link["href"]), squash(" ".join(pictures))
        _wrap(link, f"{LINK}{number}{WORDS}", END)
    for heading in page.find_all(HEADINGS):
        _wrap(heading, HEAD, "")
    for bold in page.find_all(lambda tag: tag.name in {"b", "strong"} or bool(BOLD.search(str(tag.get("style", ""))))):
        if bold.name not in {"td", "div", "body", "table"}:
            _wrap(bold, STRONG, WEAK)


def _wrap(tag: Tag, before: str, after: str) -> None:
    tag.insert(0, before)
    tag.append(after)


def _line(marked: str, addresses: Sequence[tuple[str, str]]) -> Line:
    links = tuple(
        (addresses[int(found[1])][0], squash(MARKS.sub("", found[2])) or addresses[int(found[1])][1])
        for found in LINKED.finditer(marked)
    )
    bare = re.sub(f"{LINK}\\d+{WORDS}|{END}", "", marked)
    words = _without_addresses(MARKS.sub("", bare))
    outside = ALL_BOLD.sub("", bare.removeprefix(ENTRY))
    bold = STRONG in bare and not any(map(str.isalnum, outside)) and not DATED.search(words)
    return Line(words, links, heading=bool(words) and (HEAD in bare or (bold and len(words) <= LONGEST_HEADING)))


# ---------------------------------------------------------------- plain text


def plain_lines(words: str) -> Iterator[Line]:
    """The paragraphs of a plain text; one short line without an end is a heading."""
    words = BRACKETS.sub(lambda found: " " + "".join(found[1].split()) + " ", words.replace("\r\n", "\n"))
    for paragraph in re.split(r"\n[ \t>]*\n", words):
        yield from _paragraph([line for line in paragraph.split("\n") if line.strip()])


def _paragraph(lines: Sequence[str]) -> Iterator[Line]:
    """A heading above its underline stands for itself; of the rest, entries ("- …", "* …") begin lines of their own."""
    if len(lines) > 1 and UNDERLINE.fullmatch(lines[1]) and not UNDERLINE.fullmatch(lines[0]):
        yield Line(squash(lines[0]), (), heading=True)
        lines = lines[2:]
    gathered: list[str] = []
    for line in lines:
        if UNDERLINE.fullmatch(line):
            continue
        if re.match(r"\s*[*•\-–]\s", line) and gathered:
            yield _plain(gathered, alone=False)
            gathered = []
        gathered.append(line)
    if gathered:
        yield _plain(gathered, alone=len(lines) == 1)


def _plain(lines: Sequence[str], *, alone: bool) -> Line:
    words = squash(" ".join(lines))
    links = tuple((_trimmed(found[0]), "") for found in ADDRESS.finditer(words))
    text = re.sub(r"^[*•\-–]\s", ENTRY, _without_addresses(words))
    short = alone and len(text) <= 100 and not links and not text.startswith(ENTRY) and not DATED.search(text)
    return Line(text, links, heading=short and text[-1:] not in set(".:;,!?"))


def _without_addresses(words: str) -> str:
    """The words without web addresses that stand among them: those are links, and no reader's text."""
    bare = ADDRESS.sub(lambda found: found[0][len(_trimmed(found[0])) :], words)
    if bare != words:
        bare = re.sub(r"\s+([.,;!?])(?=\s|$)", r"\1", re.sub(r"\s*(?:\(\s*\)|\[\s*\]|<\s*>)", "", bare))
    return squash(bare)


def _trimmed(address: str) -> str:
    """The address without the punctuation of the sentence around it; a bracket that it opened itself stays."""
    while address and (
        address[-1] in ".,;:!?'\"*_" or (address[-1] == ")" and address.count("(") < address.count(")"))
    ):
        address = address[:-1]
    return address
