"""The first sentences of a call in its source's own words, cut but never rewritten. Pure."""

from __future__ import annotations

import re

from tracker.model import Call

# Headings that portals put before the text, alone on a line or run into it. Seen: EU portal 2026, Förderdatenbank 2026.
HEADING = re.compile(
    r"(?:expected\s?(?:outcomes?|impacts?|results?)|specific challenge|general objectives?|specific objectives?"
    r"|objectives?|scope|background|context|description|summary|abstract|call summary|overview"
    r"|kurztext|volltext|kurzzusammenfassung|zusammenfassung|beschreibung|ziele?|gegenstand der förderung"
    r"|objectifs?|contexte|descriptif|obiettiv[io]|finalità|descrizione|cíle?|popis)(?:\s*:\s*|$)",
    re.IGNORECASE,
)
# Without a colon such a word may begin a sentence: "Objective criteria apply".
SENTENCE_END = re.compile(r"[.!?…][\"'”“’»)]*(?=\s|$)")
ABBREVIATION = re.compile(
    r"(?:\b(?:z\.|u\.|d\.|e\.|i\.|bzw|ca|etc|inkl|Nr|Art|Abs|No|no|e\.g|i\.e|vs|St|Dr|Mio|Mrd|\w)|[0-9])$"
)
SHORTEST = 20  # characters: shorter lines without a full stop are headings of the source's own


def summary(call: Call, limit: int = 300) -> str:
    """At most `limit` characters of the description; "" where the source is silent. A cut is marked with "…"."""
    words = " ".join(_sentences(call.description, limit))
    if len(words) <= limit:
        return words
    if limit < 2:
        return ""
    head = words[: limit - 2]
    ends = [found.end() for found in SENTENCE_END.finditer(words, 0, limit - 2) if _is_end(words, found)]
    if ends and ends[-1] >= limit // 2:
        return words[: ends[-1]] + " …"
    cut = head.rsplit(" ", 1)[0] if " " in head and words[limit - 2] != " " else head
    return cut.rstrip(" ,;:–-") + " …"


def _sentences(description: str, limit: int) -> list[str]:
    """The lines that say something, until there are enough."""
    lines: list[str] = []
    length = 0
    for line in description.split("\n"):
        said = _without_heading(line.strip().removeprefix("- ").strip())
        if not said or (len(said) < SHORTEST and not SENTENCE_END.search(said)) or (not lines and said.endswith(":")):
            continue
        lines.append(said)
        length += len(said)
        if length > 2 * limit:
            break
    return lines


def _without_heading(line: str) -> str:
    while found := HEADING.match(line):
        line = line[found.end() :]
    return line


def _is_end(words: str, found: re.Match[str]) -> bool:
    """A full stop behind "z. B.", "Nr." or "31." ends no sentence."""
    return words[found.start()] != "." or not ABBREVIATION.search(words[: found.start()])
