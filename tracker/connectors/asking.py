"""How sources.yaml says that a structured source is asked: query, JSON body, key, login. Pure.

key_header: X-API-Key               which header carries the key; "Authorization: Bearer" has a word before it
login: {url: https://…, header: X-AUTH-TOKEN, token: token}   where the key is exchanged for a token of short life,
                                    which then goes into key_header; `token` is where it stands in the JSON answer
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, unquote_plus, urlencode, urlsplit, urlunsplit

from tracker.model import Login, Request, Source
from tracker.parsing import unknown_keys

KEYS = ("query", "body", "key_header", "login")
LOGIN = ("url", "header", "token")
HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]*(?:: ?[A-Za-z][A-Za-z0-9-]*)?")
Note = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """The question of one source. With a `body` it is a POST of JSON, else a GET; `query` goes into the address."""

    url: str
    query: Mapping[str, Any]
    body: Mapping[str, Any] | None = None
    key_header: str = ""
    login: Login | None = None

    def request(self, changes: Mapping[str, Any], note: Note) -> Request:
        """The request with these parameters changed: of the body ("pagination.page_offset") where there is one."""
        if self.body is None:
            return self.at(with_query(self.url, {**self.query, **changes}), note)
        body = copy.deepcopy(dict(self.body))
        for path, value in changes.items():
            *steps, last = path.split(".")
            inner = body
            for step in steps:
                inner = inner.setdefault(step, {})
            inner[last] = value
        return self.at(with_query(self.url, self.query), note, body)

    def at(self, url: str, note: Note, body: Mapping[str, Any] | None = None) -> Request:
        """The request for an address that is complete."""
        body = self.body if body is None else body
        text = "" if body is None else json.dumps(body, ensure_ascii=False)
        return Request(url, note=note, json=text, key_header=self.key_header, login=self.login)


def with_query(url: str, given: Mapping[str, Any]) -> str:
    """The address with these parameters, each of a list as one of its own; what it says of others stays as spelt."""
    scheme, host, path, query, _ = urlsplit(url)
    kept = [pair for pair in query.split("&") if pair and unquote_plus(pair.partition("=")[0]) not in given]
    told = urlencode({name: value for name, value in given.items() if value is not None}, doseq=True)
    return urlunsplit((scheme, host, path, "&".join((*kept, *([told] if told else ()))), ""))


def read_ask(given: Mapping[str, Any], source: Source) -> tuple[Ask, tuple[str, ...]]:
    """The question that the options mean, and one line for each mistake in it."""
    problems = tuple(_problems(given, source))
    if problems:
        return Ask(url=source.url, query={}), problems
    ask = Ask(
        url=source.url,
        query=given.get("query", {}),
        body=given.get("body"),
        key_header=given.get("key_header", ""),
        login=Login(**given["login"]) if "login" in given else None,
    )
    return ask, ()


def _problems(given: Mapping[str, Any], source: Source) -> Iterator[str]:
    where = f"{source.id}.options"
    for key in ("query", "body"):
        if not isinstance(given.get(key, {}), Mapping):
            yield f"{where}.{key}: expected a mapping, not {given[key]!r}"
    query = given.get("query")
    for name, value in query.items() if isinstance(query, Mapping) else ():
        if not all(isinstance(one, str | int | float) for one in (value if isinstance(value, list) else [value])):
            yield f"{where}.query.{name}: expected words, a number or a list of them, not {value!r}"
    header = given.get("key_header", "")
    if not isinstance(header, str) or (header and not HEADER.fullmatch(header)):
        yield f"{where}.key_header: expected a header like X-API-Key or 'Authorization: Bearer', not {header!r}"
    elif header and not source.needs_env:
        yield f"{where}.key_header: needs_env of the source must name the variable that holds the key"
    if "login" in given:
        yield from _login_problems(given["login"], bool(header), source)


def _login_problems(login: Any, has_header: bool, source: Source) -> Iterator[str]:
    where = f"{source.id}.options.login"
    if not isinstance(login, Mapping) or not all(isinstance(value, str) and value for value in login.values()):
        yield f"{where}: expected a mapping with url, header and token, not {login!r}"
        return
    yield from unknown_keys(login, LOGIN, where)
    yield from (f"{where}.{key}: missing" for key in LOGIN if key not in login)
    if not HEADER.fullmatch(login.get("header", "X")):
        yield f"{where}.header: expected a header like X-AUTH-TOKEN, not {login['header']!r}"
    if "url" in login and _server(login["url"]) != _server(source.url):
        yield f"{where}.url: must lie on the host of the source: the key goes nowhere else"
    if not has_header:
        yield f"{where}: key_header must say where the token goes"


def _server(url: str) -> tuple[str, str] | None:
    try:
        parts: SplitResult = urlsplit(url)
        return (parts.scheme, parts.netloc.lower()) if parts.hostname else None
    except ValueError:
        return None
