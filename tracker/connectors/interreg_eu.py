"""Interact's registry of all Interreg calls: a page whose search asks Algolia with a key that the page hands out.

The key rotates (a 403 then), so it is read from the page each time, else from the page's own scripts, and lent to the
question only: it stands in no address, no message and no request that is kept. What the search is asked for stands in
sources.yaml; what it must have answered is checked, since a filter that it does not know would let everything through.
Fields of a hit and the filter: an adapter in public code (2026-10); paging and headers: Algolia's reference,
https://www.algolia.com/doc/rest-api/search/ (read 2026-11). The page itself was never seen by us.

application, index, filters    what the page's own search sends
size                           hits a page, at most 1,000
key                            a pattern, where the key is written in another way than in KEYS
All other options as for json_api, with paths within a hit; those of FIELDS are known. What targetAudience means,
applicants or beneficiaries, nobody has said: it is left out, for a wrong guess would hide calls.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

from tracker.connectors.asking import Ask, Note
from tracker.connectors.fields import read_pattern
from tracker.connectors.json_reading import read_json
from tracker.connectors.lists import ListOptions, listed, read_list, read_size
from tracker.connectors.page import whole_page
from tracker.errors import ParseError
from tracker.model import RawDocument, Request, Source, Yielded
from tracker.parsing import broken, clean_link

TEXTS = ("application", "index", "filters")
FIELDS: Mapping[str, Any] = {
    "id": "objectID",
    "title": {"path": "title", "html": True},
    "link": "callExternalUrl || contentUrl",
    "status": {"path": "callStatus", "map": {"Open": "open", "Forthcoming": "forthcoming"}},
    "opens": "callOpenDate",
    "deadline": "callDeadlineDate",
    "description": "description || teaser",
    "programme": {"path": "associatedProgrammes", "join": ", "},
    "areas": "[callEligibleCountryNames, callEligibleCountryNuts][]",
    "divisions": "callThemes",
}
# apiKey: "…", data-search-key="…", "searchApiKey":"…"; 32 hexadecimal digits, or a longer, signed key in base64.
WORTH = r"([0-9a-f]{32}|[A-Za-z0-9+/]{60,}={0,2})"
KEYS = (r"APPLICATION\W{1,12}" + WORTH, r"(?:api|search)[\w-]{0,20}key\W{1,12}" + WORTH)
MOST_SCRIPTS = 8
HINT = (
    "Open the page in a browser: its search sends the key to algolia.net (x-algolia-api-key). If the page writes it in "
    "another way now, say how in options.key; meanwhile EuroAccess lists most of these calls."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Search(Ask):
    """The question of the page's own search: one of possibly several, with what the page lent us to ask it."""

    lent: tuple[tuple[str, str], ...] = ()

    def request(self, changes: Mapping[str, Any], note: Note) -> Request:
        body = {"requests": [{**(self.body or {}), **changes}]}
        return replace(self.at(self.url, note, body), kind="search", lent=self.lent)


def start(source: Source) -> Iterable[Request]:
    """The page. ConfigError names every mistake in the options, before the first request."""
    _options(source, ())
    return (Request(source.url),)


def parse(document: RawDocument, source: Source) -> Iterable[Yielded]:
    """The search that the page would ask, or the next script to look into; then calls and further pages.

    Raises ParseError where the key is nowhere, and for an answer that is not to the question.
    """
    if document.request.kind == "search":
        answer = read_json(document, source)
        _check(answer, document, source)
        # Links of hits are those of the site, not of the search.
        yield from listed(answer, _options(source, document.request.lent), replace(document, url=source.url), source)
        return
    key = _key(document, source)
    if key:
        lent = (("X-Algolia-Application-Id", source.options["application"]), ("X-Algolia-API-Key", key))
        yield _options(source, lent).paging.start()
        return
    yield from _look_further(document, source)


# ---------------------------------------------------------------- the key


def _key(document: RawDocument, source: Source) -> str:
    """The key that this page or script hands out; "" where it holds none. ParseError for several."""
    text = unescape(document.body.decode("utf-8", "replace"))
    application = source.options["application"]
    if application.lower() not in text.lower():
        return ""
    given = source.options.get("key")
    for pattern in (given,) if given else KEYS:
        found = set(re.findall(pattern.replace("APPLICATION", re.escape(application)), text, re.IGNORECASE))
        if len(found) > 1:
            message = f"{len(found)} different keys for {application}: which one is the search's?"
            raise ParseError(document.final_url, message, source=source.id, hint=HINT)
        if found:
            return str(found.pop())
    return ""


def _look_further(document: RawDocument, source: Source) -> Iterator[Request]:
    """The scripts of the page on its own host, one after the other; ParseError behind the last."""
    left = [address for name, address in document.request.note if name == "script"]
    if document.request.kind == "list":
        left = _scripts(document, source)
    if not left:
        message = f"neither the page nor its scripts hand out a search key for {source.options['application']}"
        raise ParseError(source.url, message, source=source.id, hint=HINT)
    yield Request(left[0], kind="script", note=tuple(("script", address) for address in left[1:]))


def _scripts(document: RawDocument, source: Source) -> list[str]:
    page = whole_page(document, source)
    host = urlsplit(document.final_url).hostname
    links = (clean_link(urljoin(document.final_url, str(tag["src"]))) for tag in page.select("script[src]"))
    return list(dict.fromkeys(link for link in links if link and urlsplit(link).hostname == host))[:MOST_SCRIPTS]


# ---------------------------------------------------------------- the answer


def _check(answer: Any, document: RawDocument, source: Source) -> None:
    """That there is one answer, and to our question: Algolia repeats index and parameters."""
    results = answer.get("results") if isinstance(answer, dict) else None
    if not isinstance(results, list) or len(results) != 1 or not isinstance(results[0], dict):
        said = answer.get("message") if isinstance(answer, dict) else None
        raise broken(document, source, f"expected one result, found {str(said or type(results).__name__)[:200]}")
    index, words = results[0].get("index"), results[0].get("params")
    if index is not None and index != source.options["index"]:
        raise broken(document, source, f"asked {source.options['index']!r}, answered {str(index)[:80]!r}")
    heard = parse_qs(words).get("filters") if isinstance(words, str) else None
    if isinstance(words, str) and heard != [source.options["filters"]]:
        raise broken(document, source, f"the filter was understood as {heard}: nothing in the answer can be believed")


# ---------------------------------------------------------------- what sources.yaml says


def _options(source: Source, lent: tuple[tuple[str, str], ...]) -> ListOptions:
    size, mistakes = read_size(source, 100, 1_000)
    paging = {"style": "page", "param": "page", "first": 0, "size_param": "hitsPerPage", "size": size}
    preset = {**FIELDS, "rows": "results[0].hits", "paging": {**paging, "total": "results[0].nbHits"}}
    mistakes = (*mistakes, *_problems(source))
    options = read_list(source, (*TEXTS, "size", "key", "ok"), preset=preset, mistakes=mistakes)
    body = {"indexName": source.options["index"], "query": "", "filters": source.options["filters"]}
    url = f"https://{source.options['application'].lower()}-dsn.algolia.net/1/indexes/*/queries"
    search = _Search(url=url, query={}, body=body, lent=lent)
    return replace(options, paging=replace(options.paging, ask=search))


def _problems(source: Source) -> Iterator[str]:
    given, where = source.options, f"{source.id}.options"
    for name in TEXTS:
        if not isinstance(given.get(name), str) or not given[name].strip():
            yield f"{where}.{name}: expected text, not {given.get(name)!r}"
    if isinstance(given.get("application"), str) and not re.fullmatch(r"[A-Za-z0-9]{4,20}", given["application"]):
        yield f"{where}.application: letters and digits only, not {given['application']!r}"
    if "key" in given:
        yield from read_pattern(given["key"], f"{where}.key", groups=True)[1]
