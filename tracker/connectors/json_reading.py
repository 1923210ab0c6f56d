"""The only module that knows JMESPath: the bytes of an answer become JSON values, and paths find things in them. Pure.

https://jmespath.org/specification.html, read by the package jmespath 1.1 (2026-01).
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import Any

import jmespath
from jmespath.exceptions import JMESPathError

from tracker.connectors.places import Find
from tracker.model import RawDocument, Source
from tracker.parsing import broken

HALF_PAIR = re.compile(rb"\\u[dD][89a-fA-F]")


def read_json(document: RawDocument, source: Source, body: bytes | None = None) -> Any:
    """The JSON value of `body`, else of the document. Raises ParseError for what is none, or not a whole one."""
    body = document.body if body is None else body
    try:
        value = json.loads(body)
        if HALF_PAIR.search(body):  # half a surrogate pair is no character: no address, no database can hold it
            value = json.loads(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))
    except (ValueError, RecursionError) as error:
        kind = document.content_type or "something else"
        raise broken(document, source, f"expected JSON, got {kind} that does not read: {error}") from None
    return value


@lru_cache(maxsize=512)
def json_path(words: str) -> Find:
    """The function that finds what stands at a path; None is nothing. ValueError for a path that is none."""
    try:
        compiled = jmespath.compile(words)
    except JMESPathError as error:
        raise ValueError(" ".join(str(error).split())) from None

    def find(value: Any) -> Any:
        try:
            return compiled.search(value)
        except (JMESPathError, RecursionError) as error:  # a function that got something else than it works on
            raise ValueError(" ".join(str(error).split())[:200]) from None

    return find
