"""XML that nobody has described: which element is a call, which part of it is what. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from tracker.connectors.xml_reading import read_xml
from tracker.guess.names import SAMPLE, Column, assign
from tracker.guess.proposal import Proposal
from tracker.model import RawDocument, Source

FEWEST = 2  # elements of one name that make a list
DEEP = 2  # how deep within an element its parts are looked for
MOST = 200_000  # elements that are counted


def of_xml(document: RawDocument, source: Source) -> list[Proposal]:
    """Proposals for a document, the likeliest first. Raises ParseError for what is no XML."""
    root = read_xml(document, source, strip=True)
    counted: Counter[str] = Counter()
    for number, node in enumerate(root.iter()):
        if isinstance(node.tag, str) and len(node) and node is not root:
            counted[node.tag] += 1
        if number > MOST:
            break
    names = [name for name, count in counted.most_common(8) if count >= FEWEST]
    found = [_proposal(name, root, source.url) for name in names]
    good = [one for one in found if "title" in one.options]
    return sorted(good, key=lambda one: -len(one.options))[:3]


def _proposal(name: str, root: Any, url: str) -> Proposal:
    rows = list(root.iter(name))
    told = _columns(rows)
    options, doubts = {"rows": f"//{name}", **assign(told)}, []
    if "link" not in options:
        parts, named = urlsplit(url), options.get("id")
        path = named if isinstance(named, str) else "@id"
        options["link"] = {"path": path, "template": f"{parts.scheme}://{parts.netloc}/{{}}"}
        doubts.append("link: no element holds an address; is this how the site builds them?")
    why = f"XML with {len(rows)} elements <{name}>, {len(options) - 1} fields told by their names"
    return Proposal(connector="xml_records", url=url, why=why, options=options, doubts=tuple(doubts))


def _columns(rows: list[Any]) -> list[Column]:
    words: dict[str, dict[int, str]] = {}
    names: dict[str, tuple[str, ...]] = {}
    for number, row in enumerate(rows[:SAMPLE]):
        for path, keys, value in _leaves(row):
            words.setdefault(path, {}).setdefault(number, value)
            names[path] = keys
    count = min(len(rows), SAMPLE)
    return [
        Column(path=path, names=names[path], words=tuple(told.get(n, "") for n in range(count)))
        for path, told in words.items()
    ]


def _leaves(row: Any) -> Iterator[tuple[str, tuple[str, ...], str]]:
    stack: list[tuple[str, tuple[str, ...], Any]] = [("", (), row)]
    while stack:
        path, keys, node = stack.pop()
        yield from ((f"{path}/@{name}".lstrip("/"), (*keys, name), value) for name, value in node.attrib.items())
        inner = [child for child in node if isinstance(child.tag, str)]
        if not inner and path:
            yield path, keys, " ".join((node.text or "").split())
        elif len(keys) < DEEP:
            stack.extend((f"{path}/{child.tag}".lstrip("/"), (*keys, child.tag), child) for child in inner)
