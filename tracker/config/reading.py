"""The only module that speaks YAML: a file becomes plain values, each with the line where it stands.

We read the parser's events and decide ourselves what a bare word is, by the core schema of YAML 1.2
(https://yaml.org/spec/1.2.2/#103-core-schema): Norway's code NO stays text, 12:30 stays text, whatever a
%YAML line at the top says. Anchors and tags are refused: nobody needs them here, and they make a short file huge.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Any

from tracker.config.problem import Problem, quoted
from tracker.errors import ConfigError

DEPTH = 20  # our deepest value lies at 5; a file of brackets must not exhaust the stack
NULL = re.compile(r"(?:null|Null|NULL|~|)\Z")
BOOL = re.compile(r"(?:true|True|TRUE|(false|False|FALSE))\Z")
WHOLE = re.compile(r"[-+]?[0-9]{1,18}\Z")
NUMBER = re.compile(r"(?:[-+]?(?:\.[0-9]{1,18}|[0-9]{1,18}(?:\.[0-9]{0,18})?)(?:[eE][-+]?[0-9]{1,3})?)\Z")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
TEXT_TAGS = (None, "!", "tag:yaml.org,2002:str")

# What the parser says, and what it means for somebody who has never read the YAML specification.
PLAIN = (
    ("found character '\\t'", "a tab: indent with spaces"),
    ("mapping values are not allowed", "a colon too many or a wrong indentation; text with ': ' in it needs quotes"),
    ("could not find expected ':'", "a key without its colon"),
    ("while scanning a simple key", "a key without its colon"),
    ("while scanning a quoted scalar", "a quotation mark that is never closed"),
    ("while parsing a flow sequence", "a list in [ ] that is never closed, or a comma missing in it"),
    ("while parsing a flow mapping", "a mapping in { } that is never closed, or a comma missing in it"),
    ("while parsing a flow node", "a bracket that is never closed"),
    ("while parsing a block", "this line is not indented like its neighbours"),
    ("cannot start any token", "text that begins with a special character needs quotes"),
)

Steps = tuple[str | int, ...]


class UnreadableError(Exception):
    """The file cannot be understood from this line on."""

    def __init__(self, line: int | None, message: str) -> None:
        self.line = line
        self.message = message
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Document:
    """A file as plain values. `lines` maps the path of each key and list entry to its line, counted from 1.

    `problems` are what the reading alone noticed; `values` is None where nothing could be read.
    """

    file: str
    values: dict[str, Any] | None = None
    lines: Mapping[Steps, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def line(self, path: Steps) -> int:
        """The line of the path, or of the nearest thing around it that stands in the file."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def mapping(self, *path: str) -> dict[str, Any]:
        """The mapping at the path, empty where there is none: for looks across a file that may hold mistakes."""
        here: Any = self.values
        for step in path:
            here = here.get(step) if isinstance(here, dict) else None
        return here if isinstance(here, dict) else {}


def read(path: Path) -> Document:
    """The file as a document; whatever is wrong with it becomes a problem in it, never an exception."""
    try:
        return understand(_text(path), path.name)
    except UnreadableError as unreadable:
        return Document(path.name, problems=(Problem(path.name, unreadable.line, "", unreadable.message),))


def read_pages(path: Path) -> dict[str, str]:
    """A pages.yaml: key of a request → name of a file. Raises ConfigError for anything else in it."""
    document = read(path)
    if document.problems or document.values is None:
        raise ConfigError(tuple(map(str, document.problems)))
    wrong = next((key for key, name in document.values.items() if not isinstance(name, str)), None)
    if wrong is not None:
        raise ConfigError(f"{path}: {wrong}: expected the name of a file")
    return document.values


def understand(text: str, file: str) -> Document:
    """The YAML text as a document. Raises UnreadableError where the rest of it makes no sense."""
    reader = _Reader(file, _events(text))
    values = reader.document()
    if values is None:
        raise UnreadableError(1, "is empty: `tracker init` writes one to start from")
    if not isinstance(values, dict):
        raise UnreadableError(1, "must be a mapping (key: value) at the outermost level")
    return Document(file, values, reader.lines, tuple(reader.problems))


def _text(path: Path) -> str:
    try:
        body = path.read_bytes()
    except FileNotFoundError:
        raise UnreadableError(None, f"is missing: `tracker init {path.parent}` writes one") from None
    except OSError as error:
        raise UnreadableError(None, f"cannot be read: {error.strerror}") from None
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableError(body.count(b"\n", 0, error.start) + 1, "is not UTF-8: save the file as UTF-8") from None


def _events(text: str) -> Iterator[Any]:
    """The parser's events; its complaints in plain words."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError
    from ruamel.yaml.reader import ReaderError

    try:
        yield from YAML(typ="safe", pure=True).parse(StringIO(text))
    except MarkedYAMLError as error:
        raise UnreadableError(_line(error), _plain(error)) from None
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise UnreadableError(line, "holds a control character that is not allowed in YAML") from None
    except (YAMLError, ValueError, OverflowError) as error:
        # ValueError: the parser itself stumbles over "\U00110000". Seen with ruamel.yaml 0.19.1, 2026-11.
        raise UnreadableError(None, f"is not valid YAML: {quoted(str(error))}") from None


def _line(error: Any) -> int | None:
    # A quotation mark that is never closed: its beginning helps, the end of the file does not.
    opened = error.context in {"while scanning a quoted scalar", "while parsing a flow sequence"}
    mark = (error.context_mark if opened else None) or error.problem_mark or error.context_mark
    return mark.line + 1 if mark else None


def _plain(error: Any) -> str:
    said = f"{error.context or ''} {error.problem or ''}"
    for words, meaning in PLAIN:
        if words in said:
            return meaning
    return f"is not valid YAML: {quoted(' '.join(said.split()))}"


class _Reader:
    """Builds plain values from events, noting lines and what it had to leave out."""

    def __init__(self, file: str, events: Iterator[Any]) -> None:
        self.file = file
        self.events = events
        self.lines: dict[Steps, int] = {}
        self.problems: list[Problem] = []

    def document(self) -> Any:
        """The value of the only document, None for an empty file."""
        value: Any = None
        documents = 0
        for event in self.events:
            name = type(event).__name__
            if name == "DocumentStartEvent":
                documents += 1
                if documents > 1:
                    raise UnreadableError(
                        event.start_mark.line + 1, "a line of '---' begins a second document: only one"
                    )
            elif name not in {"StreamStartEvent", "DocumentEndEvent", "StreamEndEvent", "CommentEvent"}:
                value = self._value(event, ())
        return value

    def _value(self, event: Any, path: Steps) -> Any:
        line = event.start_mark.line + 1
        if len(path) > DEPTH:
            raise UnreadableError(line, "is nested too deeply")
        if getattr(event, "anchor", None):
            raise UnreadableError(line, "anchors and aliases (&name, *name) are not understood: write the value out")
        match type(event).__name__:
            case "MappingStartEvent":
                return self._mapping(event, path)
            case "SequenceStartEvent":
                return self._sequence(event, path)
            case _:
                return _scalar(event, line)

    def _mapping(self, event: Any, path: Steps) -> dict[str, Any]:
        _no_tag(event)
        found: dict[str, Any] = {}
        for key_event in self.events:
            line = key_event.start_mark.line + 1
            if type(key_event).__name__ == "MappingEndEvent":
                break
            if type(key_event).__name__ != "ScalarEvent":
                raise UnreadableError(line, "a key must be a word, not a list, a mapping or an alias")
            _scalar(key_event, line)  # refuses what no text may hold
            key = str(key_event.value)
            if key in found:
                self._twice(key, path, line)
                self._value(next(self.events), (*path, key, "twice"))
                continue
            self.lines[*path, key] = line
            found[key] = self._value(next(self.events), (*path, key))
        return found

    def _sequence(self, event: Any, path: Steps) -> list[Any]:
        _no_tag(event)
        found: list[Any] = []
        for entry in self.events:
            if type(entry).__name__ == "SequenceEndEvent":
                break
            here = (*path, len(found))
            self.lines[here] = entry.start_mark.line + 1
            found.append(self._value(entry, here))
        return found

    def _twice(self, key: str, path: Steps, line: int) -> None:
        words = f"stands twice; the first is in line {self.lines[*path, key]}"
        self.problems.append(Problem(self.file, line, dotted((*path, key)), words))


def _no_tag(event: Any) -> None:
    if event.tag not in {None, "!"}:
        raise UnreadableError(event.start_mark.line + 1, "tags (!name) are not understood: leave it out")


def _scalar(event: Any, line: int) -> Any:
    words = str(event.value)
    tag = str(event.tag) if event.tag is not None else None
    if tag not in TEXT_TAGS:
        raise UnreadableError(line, "tags (!name) are not understood: leave it out, or put the text in quotes")
    if CONTROL.search(words):
        raise UnreadableError(line, "holds a control character")
    if event.style or tag:
        return words
    return bare(words)


def bare(words: str) -> bool | int | float | str | None:
    """What an unquoted word means by the core schema of YAML 1.2: `NO`, `on` and `12:30` are text."""
    if NULL.match(words):
        return None
    if truth := BOOL.match(words):
        return truth.group(1) is None
    if WHOLE.match(words):
        return int(words)
    if NUMBER.match(words):
        return float(words)
    return words


def dotted(path: Steps) -> str:
    """The path as the administrator reads it; the file's outer `sources:` and places in lists are left out."""
    steps = path[1:] if path[:1] == ("sources",) and len(path) > 1 else path
    return ".".join(step for step in steps if isinstance(step, str) and step != "[key]")
