"""JSON interfaces by JMESPath from sources.yaml, asked by GET or by a POST of JSON. Knows no site.

rows: data.oppHits                  where the list stands
title, link, id, deadline, …: paths within a row (see places.py)
ok: errorcode == `0`                what every answer must fulfil
echo: data.searchParams             where the server repeats the body; a parameter that it dropped is an error
only: contains(places, 'Wales')     which rows are calls: we filter; the others are not missed
must: contains(audiences, 'commune')   what every row fulfils, since the query filters; one that does not is an error
query, body, key_header, login, paging   how it is asked (see asking.py, paging.py)
details                             a second answer for each call, asked for once (see json_details.py)
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from tracker.connectors import json_details, lists
from tracker.connectors.json_details import Details, read_details
from tracker.connectors.json_reading import json_path, read_json
from tracker.connectors.lists import ListOptions, listed, read_list
from tracker.connectors.places import read_path
from tracker.model import RawCall, RawDocument, Request, Source, Yielded
from tracker.parsing import broken


def start(source: Source) -> Iterable[Request]:
    """The first page. ConfigError names every mistake in the options, before the first request."""
    options, _ = _options(source)
    return (options.paging.start(),)


def parse(document: RawDocument, source: Source) -> Iterable[Yielded]:
    """The calls of one page, the next page and their details. ParseError for an answer that is not as expected."""
    options, details = _options(source)
    if details and document.request.kind == json_details.KIND:
        yield details.supplement(document, source)
        return
    answer = read_json(document, source)
    if "echo" in source.options:
        _check_echo(answer, document, source)
    for found in listed(answer, options, document, source):
        yield found
        if details and isinstance(found, RawCall):
            yield details.request(found)


def _options(source: Source) -> tuple[ListOptions, Details | None]:
    _, mistakes = read_path(source.options.get("echo", "@"), f"{source.id}.options.echo", json_path)
    details, lines = read_details(source.options.get("details"), source)
    return read_list(source, (*lists.KEYS, "echo", "details"), mistakes=(*mistakes, *lines)), details


def _check_echo(answer: Any, document: RawDocument, source: Source) -> None:
    """grants.gov drops a parameter whose name it does not know, without a word: 942 rows for 690 (seen 2026-09)."""
    path = source.options["echo"]
    try:
        echo = json_path(path)(answer)
    except ValueError as error:
        raise broken(document, source, f"{path}: {error}") from None
    if not isinstance(echo, dict):
        raise broken(document, source, f"expected what was asked at {path!r}, found {type(echo).__name__}")
    asked = json.loads(document.request.json) if document.request.json else source.options.get("query", {})
    for name, value in asked.items():
        if str(echo.get(name)).lower() != str(value).lower():
            heard = f"as {str(echo[name])[:80]!r}" if name in echo else "not at all"
            raise broken(
                document, source, f"{name}={value!r} was understood {heard}: nothing on the page can be believed"
            )
