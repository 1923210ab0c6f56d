"""JSON that nobody has described: where its rows stand, which field is which, how one gets to the next page. Pure."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tracker.guess.names import SAMPLE, Column, assign, tokens
from tracker.guess.proposal import Proposal

DEPTH = 6  # how deep rows are looked for; the deepest seen is props.pageProps.… of Next.js with 4
FIELDS = 3  # how deep within a row
MOST = 2_000  # objects looked at: an answer may be anything
PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
TOTAL = {"total", "count", "hits", "numfound", "totalresults", "totalcount", "hitcount", "nbhits", "nb", "totalgrants"}
NEXT = {"next", "nexturl", "nextpage", "nextlink"}
PAGES = {"page", "pagenumber", "currentpage", "p"}
OFFSETS = {"offset", "start", "from", "skip", "startrecordnum"}
NEEDED = ("title", "link")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """A list of objects, the path to it, and the object that it stands in."""

    path: str
    rows: Sequence[Mapping[str, Any]]
    around: Mapping[str, Any]


def of_json(value: Any, url: str, links: Sequence[str] = (), connector: str = "json_api") -> list[Proposal]:
    """Proposals for an answer, the likeliest first. `links`: addresses on the page that carries it."""
    if _is_wordpress(value):
        return [wordpress(urlsplit(url)._replace(query="", fragment="").geturl(), value)]
    if isinstance(value, dict) and isinstance(_inside(value, "response", "docs"), list):
        return [_solr(value, url)]
    found = [_proposal(rows, url, links, connector) for rows in _lists(value)]
    good = [one for one in found if all(name in one.options for name in NEEDED)]
    return sorted(good, key=lambda one: -len(one.options))[:3]


def _lists(value: Any) -> Iterator[Rows]:
    """Every list of objects, the longest first."""
    found: list[Rows] = []
    queue: deque[tuple[Any, str, int, Mapping[str, Any]]] = deque([(value, "", 0, {})])
    seen = 0
    while queue and seen < MOST:
        here, path, depth, around = queue.popleft()
        seen += 1
        if isinstance(here, list):
            rows = [row for row in here if isinstance(row, dict)]
            if rows and len(rows) >= len(here) / 2:
                found.append(Rows(path=path or "@", rows=rows, around=around))
        elif isinstance(here, dict) and depth < DEPTH:
            queue.extend((inner, joined(path, str(key)), depth + 1, here) for key, inner in here.items())
    return iter(sorted(found, key=lambda one: -len(one.rows))[:8])


def joined(path: str, key: str) -> str:
    """The path of a key; other keys than plain ones stand in quotes (JMESPath)."""
    name = key if PLAIN.fullmatch(key) else json.dumps(key, ensure_ascii=False)
    return f"{path}.{name}" if path else name


def columns(rows: Sequence[Mapping[str, Any]]) -> list[Column]:
    """What stands at each path of the rows."""
    words: dict[str, dict[int, str]] = {}
    names: dict[str, tuple[str, ...]] = {}
    for number, row in enumerate(rows[:SAMPLE]):
        for path, keys, value in _leaves(row):
            words.setdefault(path, {})[number] = value
            names[path] = keys
    count = min(len(rows), SAMPLE)
    return [
        Column(path=path, names=names[path], words=tuple(told.get(n, "") for n in range(count)))
        for path, told in words.items()
    ]


def _leaves(row: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, ...], str]]:
    stack: list[tuple[str, tuple[str, ...], Any]] = [("", (), row)]
    while stack:
        path, keys, value = stack.pop()
        if isinstance(value, dict) and len(keys) < FIELDS:
            stack.extend((joined(path, str(key)), (*keys, str(key)), inner) for key, inner in value.items())
        elif isinstance(value, list) and value and not isinstance(value[0], dict | list):
            yield path, keys, str(value[0])
        elif isinstance(value, str | int | float) and not isinstance(value, bool):
            yield path, keys, str(value).strip()


def _proposal(rows: Rows, url: str, links: Sequence[str], connector: str) -> Proposal:
    told = columns(rows.rows)
    options, doubts = {"rows": rows.path, **assign(told)}, []
    if "link" not in options:
        template = _template(told, links, url)
        options["link"] = template
        doubts.append("link: no field holds an address; is this how the site builds them?")
    paging, remarks = _paging(rows, url)
    options |= {"paging": paging} if paging else {}
    why = f"JSON with {len(rows.rows)} rows at {rows.path!r}, {len(options) - 1} fields told by their names"
    return Proposal(connector=connector, url=url, why=why, options=options, doubts=(*doubts, *remarks))


def _template(told: Sequence[Column], links: Sequence[str], url: str) -> dict[str, str]:
    """An address with an id in it: as a link on the page has it, else of the host alone."""
    ids = sorted((one for one in told if one.is_distinct and one.length <= 120), key=lambda one: -one.length)
    for column in ids:
        value = column.words[0]
        hit = next((link for link in links if len(value) > 2 and link.rstrip("/").endswith(f"/{value}")), "")
        if hit:
            return {"path": column.path, "template": hit.replace(f"/{value}", "/{}")}
    parts = urlsplit(url)
    named = assign(told).get("id")
    path = named if isinstance(named, str) else ids[0].path if ids else "id"
    return {"path": path, "template": f"{parts.scheme}://{parts.netloc}/{{}}"}


def _paging(rows: Rows, url: str) -> tuple[dict[str, Any], list[str]]:
    """How the next page is asked for, and what is in doubt about it. The parts stand beside the rows."""
    base = "" if "." not in rows.path else rows.path.rpartition(".")[0]
    beside = {"".join(tokens(str(key))): str(key) for key in rows.around}
    count = next((key for name, key in beside.items() if name in TOTAL and type(rows.around[key]) is int), "")
    total = {"total": joined(base, count)} if count else {}
    following = next((key for name, key in beside.items() if name in NEXT and _is_link(rows.around[key])), "")
    if following:
        return {"style": "next", "path": joined(base, following), **total}, []
    for name, value in parse_qsl(urlsplit(url).query):
        style = "page" if name.lower() in PAGES else "offset" if name.lower() in OFFSETS else ""
        if style and value.isdigit():
            return {"style": style, "param": name, "first": int(value), **total}, []
    if count and rows.around[count] > len(rows.rows):
        said = (
            f"paging: {rows.around[count]} rows are announced, {len(rows.rows)} came; how is the next page asked for?"
        )
        return {"style": "none", **total}, [said]
    return {}, []


def _is_link(value: Any) -> bool:
    return value is None or (isinstance(value, str) and value.startswith(("http", "/", "?")))


# ---------------------------------------------------------------- interfaces that are known by their shape


def _inside(value: Any, *keys: str) -> Any:
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _is_wordpress(value: Any) -> bool:
    posts = [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
    return bool(posts) and all("link" in one and isinstance(_inside(one, "title", "rendered"), str) for one in posts)


def wordpress(url: str, posts: Any = ()) -> Proposal:
    """The posts of a WordPress site; a deadline where a field of its own holds one."""
    found = assign([one for one in columns(posts) if one.names[:1] == ("acf",)]) if posts else {}
    options = {name: place for name, place in found.items() if name in {"deadline", "opens", "programme", "funder"}}
    why = "the site is made with WordPress, whose interface lists the posts"
    doubts = () if "deadline" in options else ("deadline: no field of its own holds one; does the text? (pattern)",)
    return Proposal(connector="wordpress", url=url, why=why, options=options, doubts=doubts)


def _solr(value: Mapping[str, Any], url: str) -> Proposal:
    docs = [doc for doc in value["response"]["docs"] if isinstance(doc, dict)]
    told = columns(docs)
    options, doubts = dict(assign(told)), []
    if "link" not in options:
        options["link"] = _template(told, (), url)
        doubts.append("link: no field holds an address; is this how the site builds them?")
    why = f"a Solr search with {len(docs)} documents"
    kept = "&".join(pair for pair in urlsplit(url).query.split("&") if pair.partition("=")[0] not in {"start", "rows"})
    plain = urlsplit(url)._replace(query=kept).geturl()
    return Proposal(connector="solr", url=plain, why=why, options=options, doubts=tuple(doubts))
