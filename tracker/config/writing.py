"""The only module that writes YAML: an entry of sources.yaml as text, put at the end of the file once it was validated.

Nothing that stands in the file is touched: people's comments are why it is YAML.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from tracker.config.loading import SOURCES, sources_in, try_options
from tracker.config.reading import UnreadableError, bare, read, understand
from tracker.errors import ConfigError
from tracker.model import Source

PLAIN = re.compile(r"[^\W\d_][\w.>/@-]*(?: [\w.>/@-]+)*|https?://[\w.~/?=&%+:@-]*[\w/=-]")
WIDTH = 120


def entry_text(key: str, values: Mapping[str, Any], comment: Sequence[str] = (), *, indent: int = 2) -> str:
    """The entry as it stands in sources.yaml, with the lines of `comment` above it. `options` has a line for each."""
    pad = " " * indent
    lines = [f"{pad}# {_printable(line)}" for line in comment]
    lines.append(f"{pad}{key}:")
    for name, value in values.items():
        if isinstance(value, Mapping) and name == "options":
            lines.append(f"{pad}{pad}{name}:")
            lines += [f"{pad}{pad}{pad}{_flow(inner)}: {_flow(given)}" for inner, given in value.items()]
        else:
            lines.append(f"{pad}{pad}{name}: {_flow(value)}")
    return "\n".join(lines) + "\n"


def append_source(
    path: Path,
    key: str,
    values: Mapping[str, Any],
    comment: Sequence[str],
    *,
    connectors: Collection[str],
    start: Callable[[Source], Iterable[object] | None],
) -> Source:
    """Put the entry at the end of the file; returns it as it is read there. Raises ConfigError, the file untouched.

    Refused: an id that stands there, options that make no sense, a file whose end takes no entry ({ } around all).
    """
    before = path.read_bytes()
    held = read(path)
    if key in held.mapping("sources"):
        raise ConfigError(f"{path}: there is a source {key!r} already")
    text = before.decode("utf-8-sig")
    entry = entry_text(key, values, comment, indent=_indent(text, held.lines))
    gap = "\n" if text.endswith("\n") else "\n\n"
    whole = text + gap + entry
    source = _validated(whole, key, connectors, start, held_before=tuple(held.mapping("sources")))
    if source is None:
        advice = f"{path}: no entry can be put at its end; put this under `sources:` yourself:"
        raise ConfigError((advice, *entry.splitlines()))
    mark, newline = before[:3] if before.startswith(b"\xef\xbb\xbf") else b"", "\r\n" if b"\r\n" in before else "\n"
    added = (gap + entry).replace("\n", newline).encode("utf-8")
    _replace(path, mark + before[len(mark) :] + added)
    return source


def _indent(text: str, lines: Mapping[tuple[str | int, ...], int]) -> int:
    """By how many blanks the entries of the file are indented."""
    numbers = [line for path, line in lines.items() if len(path) == 2 and path[0] == "sources"]
    if not numbers:
        return 2
    first = text.splitlines()[min(numbers) - 1]
    return len(first) - len(first.lstrip(" ")) or 2


def _validated(
    text: str,
    key: str,
    connectors: Collection[str],
    start: Callable[[Source], Iterable[object] | None],
    *,
    held_before: tuple[str, ...],
) -> Source | None:
    """The new entry, if the whole file is sound with it; None where it would not stand among the others."""
    try:
        document = understand(text, SOURCES)
    except UnreadableError:
        return None
    if tuple(document.mapping("sources")) != (*held_before, key):
        return None
    sources, problems = sources_in(document, connectors)
    if not problems:
        problems = tuple(try_options(document, sources[-1:], start))
    if problems:
        raise ConfigError(tuple(map(str, problems)))
    return sources[-1]


def _replace(path: Path, content: bytes) -> None:
    half = path.with_name(f".{path.name}.half")
    try:
        half.write_bytes(content)
        shutil.copymode(path, half)
        half.replace(path)
    except OSError as error:
        raise ConfigError(f"{path} cannot be written: {error.strerror or error}") from None


def _flow(value: Any) -> str:
    """A value on one line."""
    match value:
        case bool():
            return "true" if value else "false"
        case int() | float():
            return str(value)
        case Mapping():
            return f"{{{', '.join(f'{_flow(key)}: {_flow(inner)}' for key, inner in value.items())}}}"
        case list() | tuple():
            return f"[{', '.join(map(_flow, value))}]"
    words = _printable(str(value))
    is_text = PLAIN.fullmatch(words) and bare(words) == words and len(words) < WIDTH
    return words if is_text else json.dumps(words, ensure_ascii=False)


def _printable(words: str) -> str:
    """What strangers wrote, without what no line of YAML may hold."""
    return "".join(c if c.isprintable() else " " for c in words).encode("utf-8", "ignore").decode()


def expect_lines(bounds: Mapping[str, Any], remark: str) -> Iterator[str]:
    """`expect:` as it is pasted into an entry; `remark` stands behind the first bound and says from what."""
    yield "expect:"
    for number, (name, value) in enumerate(bounds.items()):
        yield f"  {name}: {_flow(value)}{f' # {_printable(remark)}' if not number else ''}"
