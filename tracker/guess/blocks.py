"""An HTML page with a list: which element is a call, where its link and its date stand. Pure.

A list is elements of one make (same tag, same classes) that each lead somewhere else. Which make is meant is decided
by trying: the connector must find calls in it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bs4 import BeautifulSoup, Tag

from tracker.days import find_days
from tracker.guess.proposal import Proposal
from tracker.normalize.dates import prepared
from tracker.parsing import squash

ITEMS = ("article", "li", "tr", "div", "section", "a", "dd", "details")
ASIDE = ("nav", "header", "footer", "aside", "form")
CLASS = re.compile(r"[A-Za-z][A-Za-z_-]*[A-Za-z]")  # classes with numbers name one element (post-1234) or a grid
FEWEST, MOST_ITEMS, MOST_TAGS = 3, 500, 40_000
LONGEST = 4_000  # characters of one item; more is a page of its own
LINKS = ("h2 a", "h3 a", "h4 a", "h5 a", "h1 a", "h6 a")
HEADINGS = ("h2", "h3", "h4", "h5", "strong")
MOSTLY = 0.7
MANY, SAYING = 5, 30  # links that make a list without dates, and how many characters each has on average
FRIST = re.compile(
    r"frist|deadline|clos|until|\bbis\b|einreich|bewerb|schluss|stichtag|scad|chius|cl[oô]t|limite|jusqu|uz[aá]v|do:"
    r"|entro|due|end",
    re.IGNORECASE,
)
OTHER = re.compile(r"ver[oö]ffentlicht|published|posted|publi|erstellt|stand|updated|aktualisiert", re.IGNORECASE)
DAY = (
    r"(\d{1,2}\.\s?(?:\d{1,2}\.|\w+)\s?\d{4}|\d{4}-\d\d-\d\d|\d{1,2}(?:st|nd|rd|th|er)?\s\w+\s\d{4}"
    r"|\d{1,2}/\d{1,2}/\d{4})"
)
LABEL = (
    r"(?:frist|deadline|clos\w+(?:\sdate)?|schluss|stichtag|bis|until|scadenza|limite|entro\sil)\W{1,4}"
    r"(?:\w{2,5}\s){0,2}"
)


@dataclass(frozen=True, slots=True)
class _Group:
    """Elements of one make."""

    selector: str
    items: tuple[Tag, ...]


def of_blocks(page: BeautifulSoup, url: str, language: str, today: date) -> tuple[list[Proposal], list[Proposal]]:
    """Lists on a page, the likeliest first: those that speak for themselves, and those that may be a menu.

    For a list speak dates ahead, headings, and many links that say something.
    """
    found = []
    for group in _groups(page):
        link, title = _link(group.items)
        if link:
            options, dated = _options(group, link, title, page, language, today)
            headed, words = (title or link).startswith("h"), _words(group.items)
            is_list = dated > 0 or (len(group.items) >= MANY and (headed or words >= SAYING))
            score = (dated > 0, headed, min(len(group.items), 20) * words)
            found.append((is_list, score, _proposal(group, options, dated, url)))
    found.sort(key=lambda one: one[:2], reverse=True)
    sure = [proposal for is_list, _, proposal in found if is_list]
    return sure[:5], [proposal for is_list, _, proposal in found if not is_list][:3]


def _proposal(group: _Group, options: Mapping[str, Any], dated: int, url: str) -> Proposal:
    many = len(group.items)
    place = f"; {dated} of them have a date at {options['deadline']!r}" if "deadline" in options else ""
    why = f"{many} elements {group.selector!r}, each with a link at {options['link']!r}{place}"
    doubts = () if "deadline" in options else ("deadline: no date stands in the list; do the detail pages hold one?",)
    return Proposal(connector="listing", url=url, why=why, options=options, doubts=doubts)


def _groups(page: BeautifulSoup) -> Iterable[_Group]:
    """Makes of elements that occur several times outside of menus, each with links to different places."""
    made: dict[str, list[Tag]] = defaultdict(list)
    for tag in page.find_all(ITEMS, limit=MOST_TAGS):
        made[_make(tag)].append(tag)
    aside = _inside_of(page, ASIDE)
    for selector, tags in made.items():
        items = tags[:MOST_ITEMS]
        if len(items) >= FEWEST and not any(id(tag) in aside for tag in items) and _leads_apart(items):
            yield _Group(selector, tuple(items))


def _inside_of(page: BeautifulSoup, names: Sequence[str]) -> set[int]:
    """The `id()` of all tags within tags of these names, each looked at once however they are nested."""
    inside: set[int] = set()
    for outer in page.find_all(names):
        if id(outer) not in inside:
            inside.update(id(tag) for tag in outer.find_all(True))
    return inside


def _make(tag: Tag) -> str:
    """The selector of a tag: itself with its classes, and, where it has none, what it stands in."""
    own = _named(tag)
    for above, joint in zip(tag.parents, (" > ", " ", " ", " "), strict=False):
        if "." in own or "#" in own or above.name in {"body", "html", "[document]"}:
            break
        own = f"{_named(above)}{joint}{own}"
    return own


def _named(tag: Tag) -> str:
    """The tag with its first two plain classes, else with its id."""
    classes = tag.get("class")
    plain = [one for one in classes if CLASS.fullmatch(one)][:2] if isinstance(classes, list) else []
    key = tag.get("id")
    if not plain and isinstance(key, str) and CLASS.fullmatch(key):
        return f"{tag.name}#{key}"
    return ".".join((tag.name, *plain))


def _leads_apart(items: Sequence[Tag]) -> bool:
    """Whether most of the elements lead somewhere, each to a place of its own, and none holds another."""
    hrefs = [_first_href(item) for item in items]
    told = [href for href in hrefs if href]
    if len(told) < max(FEWEST, MOSTLY * len(items)) or len(set(told)) < MOSTLY * len(told):
        return False
    chosen = {id(item) for item in items}
    nested = any(id(parent) in chosen for item in items[:50] for parent in item.parents)
    return not nested and all(len(item.get_text()) <= LONGEST for item in items[:50])


def _first_href(item: Tag) -> str:
    link = item if item.name == "a" and item.get("href") else item.select_one("a[href]")
    href = str(link.get("href") or "") if link else ""
    return "" if href.startswith(("#", "mailto:", "tel:", "javascript:")) else href


def _link(items: Sequence[Tag]) -> tuple[str, str]:
    """Selectors of the link and, where it is another, of the title: each exactly once in most of the elements."""
    if items[0].name == "a":
        return "@href", next((one for one in HEADINGS if _is_single(items, one)), "")
    for selector in (*LINKS, *_cells(items), "a"):
        if _is_single(items, selector):
            heading = next((one for one in HEADINGS if selector == "a" and _is_single(items, one)), "")
            return selector, heading
    classes = {f"a.{one}" for item in items[:20] for a in item.select("a[class]") for one in _classes(a)}
    return next((one for one in sorted(classes) if _is_single(items, one)), ""), ""


def _classes(tag: Tag) -> list[str]:
    classes = tag.get("class")
    return [one for one in classes if CLASS.fullmatch(one)] if isinstance(classes, list) else []


def _cells(items: Sequence[Tag]) -> tuple[str, ...]:
    return tuple(f"td:nth-of-type({n}) a" for n in range(1, 7)) if items[0].name == "tr" else ()


def _is_single(items: Sequence[Tag], selector: str) -> bool:
    good = 0
    for item in items:
        found = item.select(selector)
        good += len(found) == 1 and len(squash(found[0].get_text(" "))) > 3
    return good >= MOSTLY * len(items)


def _words(items: Sequence[Tag]) -> int:
    return sum(min(400, len(squash(item.get_text(" ")))) for item in items[:20]) // max(1, len(items[:20]))


# ---------------------------------------------------------------- dates


def _options(
    group: _Group, link: str, title: str, page: BeautifulSoup, language: str, today: date
) -> tuple[dict[str, Any], int]:
    options: dict[str, Any] = {"item": group.selector, "link": link, **({"title": title} if title else {})}
    place, dated = _deadline(group.items, language, today)
    if place:
        options["deadline"] = place
    if page.select_one("a[rel=next][href]"):
        options["next"] = "a[rel=next]"
    return options, dated


def _deadline(items: Sequence[Tag], language: str, today: date) -> tuple[Any, int]:
    """Where the deadline stands, and in how many elements; ("", 0) where dates are missing, past or of publication."""
    if sum(item.select_one("time[datetime]") is not None for item in items) >= MOSTLY * len(items):
        words = [str(found.get("datetime")) for item in items if (found := item.select_one("time[datetime]"))]
        if _ahead(words, language, today):
            return "time@datetime", len(words)
    for selector in _dated_selectors(items, language):
        told = [squash(found.get_text(" ")) for item in items if (found := item.select_one(selector))]
        if _ahead(told, language, today):
            return selector, sum(bool(find_days(prepared(words), language)) for words in told)
    pattern = f"{LABEL}{DAY}"
    told = [match[1] for item in items if (match := re.search(pattern, squash(item.get_text(" ")), re.IGNORECASE))]
    return ({"pattern": pattern}, len(told)) if len(told) >= FEWEST - 1 else ("", 0)


def _dated_selectors(items: Sequence[Tag], language: str) -> list[str]:
    """Selectors of the smallest parts with a date in them, those that speak of a deadline first."""
    score: dict[str, int] = defaultdict(int)
    for item in items[:30]:
        for part in item.find_all(True):
            words = squash(part.get_text(" "))
            if part.find(True) or not words or len(words) > 200 or not find_days(prepared(words), language):
                continue
            around = squash(part.parent.get_text(" "))[:200] if part.parent and part.parent is not item else ""
            selector = _part(part, item)
            told = f"{words} {around} {selector}"
            score[selector] += 3 * bool(FRIST.search(told)) - 2 * bool(OTHER.search(told)) + 1
    good = [selector for selector, points in score.items() if points > 0]
    return sorted(good, key=lambda selector: -score[selector])


def _part(part: Tag, item: Tag) -> str:
    """The selector of a part within its element."""
    own = _classes(part)
    if own:
        return f"{part.name}.{own[0]}"
    if part.name == "td" and part.parent:
        cells = [one for one in part.parent.children if isinstance(one, Tag) and one.name == "td"]
        return f"td:nth-of-type({cells.index(part) + 1})"
    above = part.parent
    named = _classes(above) if above and above is not item else []
    return f"{above.name}.{named[0]} {part.name}" if above and named else part.name


def _ahead(texts: Sequence[str], language: str, today: date) -> bool:
    """Whether any of these dates lies ahead: days of publication never do, and archives hold many deadlines gone by."""
    return any(one.last and one.last > today for words in texts for one in find_days(prepared(words), language))
