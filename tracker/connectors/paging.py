"""From one page of a structured list to the next, in the four styles that interfaces have. Pure.

paging: {style: page, param: page, size_param: itemsPerPage, size: 50, total: count}
paging: {style: offset, param: startRecordNum, size_param: rows, size: 500, total: data.hitCount}
paging: {style: next, path: next}                        a link in the answer
paging: {style: cursor, param: after, path: meta.next}   a word in the answer, sent back

Each page leads to the next only, so every page is compared with the one before: a misspelt pager serves the first
page for ever (grants.gov, 2026-09), and a total that moves means that rows were missed. Without a total the list is
over where a page is empty.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit, urlunsplit

from tracker.connectors.asking import Ask, Note
from tracker.connectors.places import Compile, Find, read_path
from tracker.model import Announced, RawCall, RawDocument, Request, Restart, Skipped, Source, Yielded
from tracker.parsing import broken, unknown_keys

STYLES = {"none": (), "page": ("param",), "offset": ("param",), "next": ("path",), "cursor": ("param", "path")}
KEYS = ("style", "param", "first", "size_param", "size", "path", "total")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paging:
    """How the pages of one list follow each other. `find` finds the next link or cursor, `total` the number of rows.

    `short_is_last`: a page with fewer rows than asked for is the last one, where no total is known.
    """

    ask: Ask
    style: str = "none"
    param: str = ""
    first: int = 0
    size_param: str = ""
    size: int = 0
    path: str = ""
    find: Find | None = None
    total_path: str = ""
    total: Find | None = None
    short_is_last: bool = False

    def start(self) -> Request:
        """The first page."""
        return self.ask.request(self._asked(self.first), (("at", str(self.first)),))

    def follow(
        self, answer: Any, found: Sequence[RawCall | Skipped | None], document: RawDocument, source: Source
    ) -> Iterator[Yielded]:
        """How many rows there are, and the page that follows, if any. `found`: one thing for each row of this page.

        Raises ParseError where the page is that before once more, or total or next page are none.
        """
        note = dict(document.request.note)
        total, left_out = self._count(answer, document, source), found.count(None)
        if total is not None and note.get("total", str(total)) != str(total):
            yield Restart(f"the number of rows moved from {note['total']} to {total} while they were read")
            return
        if total is not None:
            # The crawl adds these up: all rows are announced once, and those left out by name are not missed.
            yield Announced((0 if "total" in note else total) - left_out)
        mark = mark_of(found)
        if mark and mark == note.get("mark"):
            message = (
                f"page {note['at']} holds the rows of the page before: is {self.param or self.path!r} still right?"
            )
            raise broken(document, source, message)
        rows = int(note.get("rows", "0")) + len(found)
        if self._is_over(rows, len(found), total):
            return
        known = (("total", str(total)),) if total is not None else ()
        told = (("rows", str(rows)), ("mark", mark), *known)
        at = int(note["at"]) + (len(found) if self.style == "offset" else 1)  # servers give less than they are asked
        yield from self._next(answer, (("at", str(at)), *told), document, source)

    def _asked(self, at: Any) -> dict[str, Any]:
        size = {self.size_param: self.size} if self.size_param else {}
        return {self.param: at, **size} if self.style in {"page", "offset"} else size

    def _is_over(self, rows: int, here: int, total: int | None) -> bool:
        """Links and cursors say themselves where a list ends."""
        if not here or self.style not in {"page", "offset"}:
            return not here
        if total is None:
            return self.short_is_last and here < self.size
        return rows >= total

    def _next(self, answer: Any, note: Note, document: RawDocument, source: Source) -> Iterator[Request]:
        if self.style in {"page", "offset"}:
            yield self.ask.request(self._asked(int(dict(note)["at"])), note)
        word = _found(self.find, self.path, answer, document, source)
        if word is None or word == "" or word is False:
            return
        if isinstance(word, bool) or not isinstance(word, str | int):
            raise broken(document, source, f"{self.path}: expected the next page, found {str(word)[:80]!r}")
        if self.style == "cursor":
            yield self.ask.request({**self._asked(word), self.param: word}, note)
        else:
            yield self.ask.at(_same_place(str(word), self.path, document, source), note)

    def _count(self, answer: Any, document: RawDocument, source: Source) -> int | None:
        """The number of rows that the source announces; None where it is silent (Find a grant: null)."""
        found = _found(self.total, self.total_path, answer, document, source)
        if isinstance(found, str) and found.isascii() and found.isdigit() and len(found) < 10:
            found = int(found)
        if found is None or (type(found) is int and found >= 0):  # not isinstance: true is an int
            return found
        raise broken(document, source, f"{self.total_path}: expected a number of rows, found {str(found)[:80]!r}")


def _found(find: Find | None, path: str, answer: Any, document: RawDocument, source: Source) -> Any:
    try:
        return find(answer) if find else None
    except ValueError as error:
        raise broken(document, source, f"{path}: {error}") from None


def mark_of(found: Iterable[object]) -> str:
    """The rows of a page in short; "" where there are none to be told apart by."""
    names = [thing.external_id for thing in found if isinstance(thing, RawCall)]
    return hashlib.sha256("\n".join(names).encode("utf-8", "surrogatepass")).hexdigest()[:16] if names else ""


def _same_place(link: str, path: str, document: RawDocument, source: Source) -> str:
    """The next page as the source's own address begins: behind a proxy servers write http for https into links."""
    try:
        there, own = urlsplit(urljoin(document.final_url, link)), urlsplit(source.url)
        hosts = {there.hostname, urlsplit(document.final_url).hostname, own.hostname}
    except ValueError:
        raise broken(document, source, f"{path}: no web address: {link[:200]!r}") from None
    if hosts != {own.hostname}:
        raise broken(document, source, f"{path}: the next page lies on another host: {link[:200]!r}")
    return urlunsplit((own.scheme, own.netloc, there.path, there.query, ""))


# ---------------------------------------------------------------- what sources.yaml says


def read_paging(value: Any, ask: Ask, where: str, compiled: Compile) -> tuple[Paging, tuple[str, ...]]:
    """The paging that the options mean, and one line for each mistake in it."""
    if not isinstance(value, Mapping) or value.get("style") not in STYLES:
        return Paging(ask=ask), (f"{where}: expected a mapping with style: {', '.join(STYLES)}",)
    style, problems = value["style"], [*unknown_keys(value, KEYS, where)]
    problems += [f"{where}.{key}: missing for style {style}" for key in STYLES[style] if key not in value]
    problems += [
        f"{where}.{key}: not text" for key in ("param", "size_param") if not isinstance(value.get(key, ""), str)
    ]
    for key in ("first", "size"):
        number = value.get(key, 1)
        if type(number) is not int or number < (key == "size"):
            problems.append(f"{where}.{key}: expected a number, not {number!r}")
    if ("size" in value) != ("size_param" in value):
        problems.append(f"{where}: size and size_param belong together")
    finds: dict[str, Any] = {}
    for key, name in (("path", "find"), ("total", "total")):
        if key in value:
            finds[name], lines = read_path(value[key], f"{where}.{key}", compiled)
            problems += lines
    if problems:
        return Paging(ask=ask), tuple(problems)
    plain = {key: value[key] for key in ("style", "param", "size_param", "size", "path") if key in value}
    first = value.get("first", 1 if style == "page" else 0)
    return Paging(ask=ask, **plain, **finds, first=first, total_path=value.get("total", "")), ()
