"""A plain text as sentences, each with the open line that its bullet hangs on, in any language. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

LONG = 2_000  # characters of a sentence; a longer one is no prose
# No sentence ends at "2." or "30." (an ordinal) nor at "z. B.", but one does at "31.3." and "2026.".
ENDED = re.compile(r"(?:[^\W\d]{3}|\d{4}|\d\.\d\d?|[)“\"%€])[.!?][)“\"]?$")
BULLET = re.compile(r"[*•\-–]\s+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and the open line ("… zu folgenden Terminen ein:") that its bullet hangs on."""

    words: str
    lead: str
    group: int

    @property
    def whole(self) -> str:
        return f"{self.lead} {self.words}".strip()


def split(text: str, stop: re.Pattern[str]) -> Iterator[Sentence]:
    """The sentences of a text whose paragraphs and bullets ("* …") are lines; `stop` is where one may end."""
    lead, group = "", 0
    for raw in text.splitlines():
        line = " ".join(raw.replace("\u00ad", "").split())
        if not line:
            continue
        words = BULLET.sub("", line, count=1) if BULLET.match(line) else line
        bullet = words is not line and words != line
        if not bullet:
            lead = ""
        parts = _parts(words, stop)
        for sentence in parts:
            group += 0 if bullet and lead else 1
            if len(sentence) + len(lead) <= LONG:
                yield Sentence(sentence, lead, group)
        if not bullet and not words.endswith((".", "!", "?")):
            # Only an open line governs its bullets; what ended with a full stop says nothing about them.
            lead = parts[-1]


def _parts(words: str, stop: re.Pattern[str]) -> list[str]:
    """The sentences of a paragraph."""
    parts, begin = [], 0
    for found in stop.finditer(words):
        end = found.end()
        if ENDED.search(words[max(begin, end - 12) : end].rstrip()):
            parts.append(words[begin:end].rstrip())
            begin = end
    return [*parts, words[begin:]]
