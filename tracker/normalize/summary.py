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
# What is funded stands under these; "Expected Impact" and the like say what is hoped for. EU portal, 2026.
PURPOSE = re.compile(r"^\s*(?:(?:general |specific )?objectives?|scope)\s*:", re.IGNORECASE | re.MULTILINE)
# Sentences that stand in every call of a programme and tell the reader nothing of this one.
COMMONPLACE = re.compile(
    r"(?:proposals|applicants|projects?|project results|the successful proposals?|actions)"
    r" (?:should|must|shall|will|are expected to|is expected to|are requested to)(?: also)?"
    r" (?:present|define|demonstrate how|describe how|explain"
    r"|contribute to (?:all|one|some|at least|several|the following))"
    r"|in terms of (?:qualitative|quantitative) impact",
    re.IGNORECASE,
)
SENTENCE_END = re.compile(r"[.!?…][\"'”“’»)]*(?=\s|$)")
ABBREVIATION = re.compile(
    r"(?:\b(?:z\.|u\.|d\.|e\.|i\.|bzw|ca|etc|inkl|Nr|Art|Abs|No|no|e\.g|i\.e|vs|St|Dr|Mio|Mrd|\w)|[0-9])$"
)
SHORTEST = 20  # characters: shorter lines without a full stop are headings of the source's own


def summary(call: Call, limit: int = 300) -> str:
    """At most `limit` characters of the description; "" where the source is silent. A cut is marked with "…"."""
    words = " ".join(_sentences(_purpose(call.description), limit) or _sentences(call.description, limit))
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


def _purpose(description: str) -> str:
    """The text from the heading on under which the purpose stands; all of it where there is none."""
    found = PURPOSE.search(description)
    return description[found.start() :] if found else description


def _sentences(description: str, limit: int) -> list[str]:
    """The lines that say something, until there are enough."""
    lines: list[str] = []
    length = 0
    for line in description.split("\n"):
        said = _without_heading(line.strip().removeprefix("- ").strip())
        if not lines and (said.endswith(":") or COMMONPLACE.match(said)):
            continue
        if not said or (len(said) < SHORTEST and not SENTENCE_END.search(said)):
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
