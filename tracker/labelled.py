"""A line of JSON becomes a call, as a connector would hand it on, and its labels where somebody labelled it. Pure.

A line is `{"call": {…}, "topics": {key: 1|2}, "relevance": 0..3}`, or the call's object alone. Of the call only `id`
must be there ("<source>:<external id>"); `text` or `description` is its text. Everything else may be missing, null or
of another type: lists, lists written as text and cut short, and words parted by semicolons are all read as lists.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tracker.errors import LineError
from tracker.model import Call
from tracker.normalize.language import language_of
from tracker.normalize.text import ENTITY, clean, clean_link, one_line, one_title, plain_text, safe_html

CASCADE = "competitive-calls-cs"  # pages of the EU portal on which a running project passes money on (seen 2026-05)
OFFICIAL = "eu-portal"  # the source whose external ids are the official identifiers
LONGEST = (
    60_000  # characters of a field that are read: the matcher looks at the first 20,000 letters, markup takes room
)
TELLING = 500  # letters of a text that say in which language it is
LONGEST_NAME = 1_000  # characters of an id or an address
MOST = 200  # entries of a list
DEEPEST = 4  # lists within lists
QUOTED = re.compile(r"'((?:[^'\\]|\\.)*)(?:'|$)|\"((?:[^\"\\]|\\.)*)(?:\"|$)")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that was read: the id and the language as they stand there, the call, the object that may hold labels.

    The call's own language is what its words say where they clearly contradict the line.
    """

    id: str
    call: Call
    language: str | None
    row: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Labels:
    """What a person said of a call: 2 for a main topic, 1 for a side topic; relevance 0..3."""

    topics: Mapping[str, int]
    relevance: int


def read(line: str) -> Line:
    """One line. Raises LineError where it is no JSON object or has no id: nothing could be answered then."""
    try:
        row = json.loads(line)
    except ValueError as error:
        raise LineError(f"is no JSON ({_briefly(error)})") from None
    except RecursionError:
        raise LineError("is no JSON that anybody wrote: too many brackets within one another") from None
    if not isinstance(row, dict):
        raise LineError("is no JSON object")
    call = row.get("call")
    if not isinstance(call, dict):
        call = row
    key = call.get("id")
    if isinstance(key, int) and not isinstance(key, bool):
        key = str(key)
    if not isinstance(key, str) or not key.strip():
        raise LineError("its call has no id")
    return Line(key, call_of(key, call), _language(call.get("language")), row)


def labels_of(line: Line) -> Labels:
    """The labels of a line. Raises LineError where they are missing or none of ours."""
    topics, relevance = line.row.get("topics"), line.row.get("relevance")
    if not isinstance(topics, dict):
        raise LineError(f"{_name(line.id)} has no labelled topics")
    if not all(type(value) is int and value in {1, 2} for value in topics.values()):
        raise LineError(f"{_name(line.id)}: a topic is labelled 2 (main) or 1 (side)")
    if type(relevance) is not int or relevance not in range(4):
        raise LineError(f"{_name(line.id)}: relevance is labelled 0, 1, 2 or 3")
    return Labels(topics, relevance)


def call_of(key: str, row: Mapping[str, Any]) -> Call:
    """The call with this id: what is not said stays empty. A cascade call has its own title, the parent's behind it."""
    before, colon, after = one_line(key[:LONGEST_NAME]).partition(":")
    external = after if colon else before
    source = one_line(_words(row.get("source"))[:LONGEST_NAME]) or (before if colon else "")
    url = clean_link(_words(row.get("url"))[:LONGEST_NAME])
    cascade = CASCADE in url
    title, call_title = _title(row.get("title")), _title(row.get("call_title"))
    if cascade and call_title:
        title, call_title = call_title, title
    text = _text(_words(row.get("text")) or _words(row.get("description")))
    official = (external,) if source == OFFICIAL and not cascade else ()
    return Call(
        source_id=source,
        external_id=external,
        title=title,
        call_title=call_title,
        url=url,
        language=language_of(title, text[:TELLING], _language(row.get("language"))),
        programme=_title(row.get("programme")),
        action=_title(row.get("action")),
        funder=_title(row.get("funder")),
        divisions=several(row.get("divisions")),
        eligible=several(row.get("eligible")),
        areas=several(row.get("areas")),
        identifiers=() if cascade else several(row.get("identifiers")) or official,
        description=text,
    )


def several(value: Any) -> tuple[str, ...]:
    """A list, whatever the line holds: a list, one written as text (and cut), words with semicolons, nothing."""
    if not isinstance(value, str):
        parts = list(_strings(value))
    elif value.lstrip().startswith("["):
        words = value[:LONGEST].strip()
        quoted = [single or double for single, double in QUOTED.findall(words)]
        parts = quoted or words.strip("[]").split(",")
    else:
        parts = value[:LONGEST].split(";")
    return tuple(dict.fromkeys(line for part in parts[:MOST] if (line := one_title(part[:LONGEST]))))


# ---------------------------------------------------------------- parts


def _strings(value: Any, depth: int = 0) -> Iterator[str]:
    """Every word of a value that is no text: numbers as written, lists and objects opened up."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        yield str(value)
    elif isinstance(value, (list, dict)) and depth < DEEPEST:
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _strings(inner, depth + 1)


def _words(value: Any) -> str:
    return value if isinstance(value, str) else "; ".join(_strings(value))


def _title(value: Any) -> str:
    return one_title(_words(value)[:LONGEST])


def _text(words: str) -> str:
    """Plain text; the cleaner is asked only where something looks like markup."""
    words = words[:LONGEST]
    if "<" not in words and "&" in words and not ENTITY.search(words):
        squashed = (" ".join(line.split()) for line in clean(words).split("\n"))  # "R&D" is no markup
        return "\n".join(line for line in squashed if line.strip("- "))
    if "<" in words or "&" in words:
        return plain_text(safe_html(words))
    return "\n".join(map(str.strip, clean(words).split("\n"))).strip()


def _language(value: Any) -> str | None:
    """The two letters of a language; None for anything else."""
    code = value.strip().lower().replace("_", "-").partition("-")[0] if isinstance(value, str) else ""
    return code if len(code) == 2 and code.isascii() and code.isalpha() else None


def _briefly(error: ValueError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"column {error.colno}: {error.msg}"
    return "a number of too many digits"


def _name(key: str) -> str:
    return repr(one_line(key)[:80])
