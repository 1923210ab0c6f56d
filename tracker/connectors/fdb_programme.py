"""What one document of the Förderdatenbank's export states: its path, texts, values and codes. Pure.

A document is a flat list of `<property name="gsb:…">`; the value stands as `<text>`, `<value>` or lists of links whose
classifier says what they are. The CMS names mislead: `procInfluence` holds the deadlines (fdb-scraper, 2026-07).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property

from lxml import etree

from tracker.connectors.fdb_codes import LISTS, plain
from tracker.connectors.fdb_text import heading, rich

HREF = "{http://www.w3.org/1999/xlink}href"
KEY = re.compile(r"/BMWI(/FDB/Content/DE/Foerderprogramm/[^\s\"'<>\\?#]+)")


class Programme:
    """What one document states. The elements live as long as this value, no longer."""

    def __init__(self, root: etree._Element) -> None:
        self.path = f"{root.get('path', '')}/{root.get('name', '')}"
        match = KEY.fullmatch(self.path)
        self.key = match.group(1) if match and ".." not in self.path else ""
        self.place = self.key.partition("/Foerderprogramm/")[2]
        self._properties = {str(each.get("name")): each for each in root.iterchildren("property")}

    def has(self, name: str) -> bool:
        """Is the property there, and does it hold anything?"""
        return bool(self.title) if name == "gsb:title" else name in self._properties

    def html(self, name: str) -> str:
        found = self._properties.get(name)
        return "" if found is None else rich(found.findtext("text"))

    def value(self, name: str) -> str:
        found = self._properties.get(name)
        return "" if found is None else (found.findtext("value") or "").strip()

    @cached_property
    def title(self) -> str:
        """The title as a reader should see it."""
        return heading(self.html("gsb:title"))

    @cached_property
    def _links(self) -> Mapping[str, tuple[str, ...]]:
        links: dict[str, tuple[str, ...]] = {}
        processes = self._properties.get("gsb:cl2Processes")
        for each in () if processes is None else processes.iter("classifiedLinkList"):
            classifier = each.find("classifierLinks/link")
            if classifier is not None:
                name = str(classifier.get(HREF, "")).rpartition("/")[2]
                links[name] = tuple(str(link.get(HREF, "")) for link in each.iterfind("links/link"))
        return links

    @cached_property
    def codes(self) -> Mapping[str, tuple[str, ...]]:
        """Classifier → codes in one spelling each, in the order of the document."""
        return {
            name: tuple(dict.fromkeys(plain(name, link.rpartition("/")[2]) for link in links))
            for name, links in self._links.items()
            if name in LISTS
        }

    @property
    def funders(self) -> tuple[str, ...]:
        """Paths of the organisations that pay, from "BMWI/" on."""
        return tuple(link.removeprefix("target:/") for link in self._links.get("Foerderorganisation", ()))
