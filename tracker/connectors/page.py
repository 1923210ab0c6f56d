"""A page of prose: whether it came whole, and its text as a reader sees it, one line per paragraph, row or entry. Pure.

What a browser does not show is left out (scripts, menus, hidden parts). A label and its value are one line
("Frist: 24. März 2022"), an entry of a list begins with "* ", cells of longer rows are parted by " | ".
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from html import escape
from itertools import groupby
from typing import Any

import soupsieve
from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PreformattedString

from tracker.model import RawDocument, Source
from tracker.parsing import broken, html, squash

# fmt: off
BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "caption", "details", "div", "dl", "fieldset", "figcaption", "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section",
    "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
})
SILENT = frozenset({
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "canvas", "audio", "video", "nav",
    "button", "select", "textarea", "head", "title",
})
# fmt: on
CELLS = frozenset({"td", "th", "dt", "dd"})
UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
NEXT_CELL = "\x1f"
ENTRY = "* "
LONGEST, MOST_LINES = 200_000, 4_000  # characters and lines; no page that somebody would watch has as many
LONGEST_WORDS = 300


def whole_page(document: RawDocument, source: Source) -> BeautifulSoup:
    """The page as a tree, if it is HTML and came whole: one cut off looks like a list, or a text, that has shrunk."""
    body = document.body.replace(b"\0", b"").lower()  # without NUL: UTF-16 too
    if b"<?xml" in body[:100] and b"<html" not in body[:4_000]:
        raise broken(document, source, "XML, not HTML")
    if b"</html" not in body:
        raise broken(document, source, "no closing </html>: cut off on its way, or no HTML page at all")
    return html(document)


def main_lines(
    page: BeautifulSoup, main: str, ignore: Iterable[str], document: RawDocument, source: Source
) -> list[str]:
    """The lines of what `main` selects, without what `ignore` selects.

    Each once: pages repeat themselves for narrow screens. Raises ParseError where there is nothing to select, and for
    a text that is too long to be watched.
    """
    found = page.select(main)
    if not found:
        raise broken(document, source, f"found no {main!r}: has the page been redesigned?")
    left_out = {id(tag) for selector in ignore for tag in page.select(selector)}
    chosen = {id(tag) for tag in found}
    outer = [tag for tag in found if not any(id(parent) in chosen for parent in tag.parents)]
    lines = list(dict.fromkeys(line for tag in outer for line in text_lines(tag, left_out)))
    length = sum(map(len, lines))
    if length > LONGEST or len(lines) > MOST_LINES:
        said = f"the text has {length} characters in {len(lines)} lines"
        raise broken(document, source, f"{said}: {main!r} selects more than a page of prose")
    return lines


def text_lines(node: Tag, left_out: Collection[int] = ()) -> Iterator[str]:
    """The lines under `node` that hold a letter or a digit. `left_out`: the `id()` of tags to pass over."""
    for line in "".join(_pieces(node, left_out)).split("\n"):
        cells = [words for cell in line.split(NEXT_CELL) if (words := squash(cell))]
        joined = f"{cells[0].rstrip(' :')}: {cells[1]}" if len(cells) == 2 else " | ".join(cells)
        if any(map(str.isalnum, joined)):
            yield joined


def _pieces(node: Tag, left_out: Collection[int]) -> Iterator[str]:
    """Words and the marks between them. By a stack of our own: pages may be nested deeper than Python may call."""
    stack: list[tuple[object, bool]] = [(node, False)]
    while stack:
        item, in_cell = stack.pop()
        if isinstance(item, Tag):
            if item.name in SILENT or id(item) in left_out or _is_unseen(item):
                continue
            before, after = _marks(item, in_cell=in_cell)
            inside = in_cell or (item.name in CELLS and not _is_layout(item))
            stack.append((after, inside))
            stack.extend((child, inside) for child in reversed(item.contents))
            yield before
        elif isinstance(item, NavigableString):
            if not isinstance(item, PreformattedString):  # comments and their like
                yield re.sub(r"[\s\x1f]+", " ", item)
        else:
            yield str(item)


def _marks(tag: Tag, *, in_cell: bool) -> tuple[str, str]:
    """What stands before and behind the words of a tag. Within a cell nothing breaks the line."""
    if in_cell:
        return (" ", " ") if tag.name in BLOCKS or tag.name in CELLS or tag.name == "br" else ("", "")
    match tag.name:
        case "br":
            return "\n", ""
        case "li":
            return f"\n{ENTRY}", "\n"
        case "dt":
            return "\n", NEXT_CELL
        case "dd":
            return "", "\n"
        case "td" | "th":
            return ("\n", "\n") if _is_layout(tag) else ("", NEXT_CELL)
    return ("\n", "\n") if tag.name in BLOCKS else ("", "")


def _is_layout(cell: Tag) -> bool:
    """A cell that holds several blocks is a part of the page and no value."""
    return len(cell.find_all(list(BLOCKS), limit=2)) > 1


def _is_unseen(tag: Tag) -> bool:
    hidden = tag.has_attr("hidden") or tag.get("aria-hidden") == "true"
    return hidden or bool(UNSEEN.search(str(tag.get("style", ""))))


def as_html(lines: Iterable[str]) -> str:
    """The lines as paragraphs and list entries, escaped: so that they come out of normalizing as they went in."""
    parts = []
    for listed, group in groupby(lines, key=lambda line: line.startswith(ENTRY)):
        tag = "li" if listed else "p"
        said = "".join(f"<{tag}>{escape(line.removeprefix(ENTRY), quote=False)}</{tag}>" for line in group)
        parts.append(f"<ul>{said}</ul>" if listed else said)
    return "".join(parts)


def foreign(page: BeautifulSoup, language: str) -> str:
    """The language that the page says it is in, where that is another one than `language`; else ""."""
    root = page.find("html")
    said = str(root.get("lang") or "") if isinstance(root, Tag) else ""
    code = said.strip().lower().replace("_", "-").partition("-")[0]
    return code if language and code and code != language.lower().partition("-")[0] else ""


# ---------------------------------------------------------------- options that several connectors have


def selector_problems(value: object, where: str) -> Iterator[str]:
    """One line where `value` is no CSS selector."""
    if not isinstance(value, str) or not value.strip():
        yield f"{where}: expected a CSS selector, not {value!r}"
        return
    try:
        soupsieve.compile(value)
    except soupsieve.SelectorSyntaxError as error:
        yield f"{where}: no selector: {str(error).splitlines()[0]}"


def text_problems(options: Mapping[str, Any], names: Iterable[str], where: str) -> Iterator[str]:
    """One line for each of these options that is given and is no text."""
    for name in names:
        if not isinstance(options.get(name, "-"), str) or not str(options.get(name, "-")).strip():
            yield f"{where}.{name}: expected text, not {options[name]!r}"


def list_problems(options: Mapping[str, Any], names: Iterable[str], where: str) -> Iterator[str]:
    """One line for each of these options that is given and is no list of texts."""
    for name in names:
        value = options.get(name, [])
        if not isinstance(value, list | tuple) or not all(isinstance(one, str) and one.strip() for one in value):
            yield f"{where}.{name}: expected a list of texts, not {value!r}"
