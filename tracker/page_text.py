"""The text of a watched page: its sentences, and which of them are other ones now. Pure.

Order, spaces, letter case and punctuation are no change, nor is a sentence that comes twice. Figures are: the comma of
"1,5 Mio." stays.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date

MOST = 20  # sentences of one change, old and new together
LONGEST = 300  # characters of a sentence as told
REST = "… +{}"
BULLET = re.compile(r"^[*•\-–]\s+")
STOP = re.compile(r"[.!?…][)“”\"»]?\s+(?=[^\sa-zäöüß])")
# No sentence ends at "2.", "30.", "z. B." or "2,5 Mio."; one does at "an.", "2026." and "31.3.".
NO_END = re.compile(
    r"(?:(?<![\d.])\d{1,2}|\b(?:[^\W\d_]|abs|art|bsp|bspw|bzw|ca|dr|einschl|etc|evtl|ggf|inkl|insb|jan|febr?|mär|apr|jun"
    r"|jul|aug|sept?|okt|nov|dez|max|min|mind|mio|mrd|nr|prof|rd|sog|st|str|tel|tsd|usw|vgl|zzgl))\.[)“”\"»]?$",
    re.IGNORECASE,
)
BLANK = re.compile(r"\s+")
# Everything but letters, figures and units; between two digits a mark is part of the figure.
MARK = re.compile(r"(?<!\d)[^\w%€$£§&]+|[^\w%€$£§&]+(?!\d)")

MONTHS = ("jan", "feb", "mär", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez")
MONTH = rf"(?:{'|'.join(MONTHS)})[a-zä]{{0,6}}\.?"
DATE = re.compile(
    rf"(?<![\d.])\d{{1,2}}\.\s?(?:\d{{1,2}}\.\s?(?:20\d\d)?|{MONTH}(?:\s20\d\d)?)|(?<!\d)20\d\d-\d\d-\d\d|\b20\d\d\b",
    re.IGNORECASE,
)
WORD = re.compile(r"[^\W\d_]+|\d+(?:[.,:]\d+)*|[%€$£§&]")
# What stands beside a date and moves with it. Another word that comes or goes is news of its own.
BESIDE = frozenset(
    re.findall(
        r"\w+",
        """am ab bis zum zur den dem der die das des ist sind war wird werden wurde kann können konnte konnten noch nun
        jetzt antrag anträge antragstellung bewerbung bewerbungen einreichung skizze skizzen gestellt stellen
        eingereicht einreichen einzureichen beantragt beantragen neu neue neuer spätestens einschließlich inklusive
        endet endete ende frist fristen antragsfrist bewerbungsfrist einreichungsfrist einsendeschluss stichtag
        nächste nächster verlängert verschoben möglich montag dienstag mittwoch donnerstag freitag samstag sonnabend
        sonntag mo di mi do fr sa so""",
    )
)


def sentences(text: str) -> Iterator[str]:
    """The sentences of a plain text whose paragraphs and list entries are lines, in their order, without bullets."""
    for line in text.splitlines():
        words = BLANK.sub(" ", BULLET.sub("", line.strip(), count=1)).strip()
        begin = 0
        for stop in STOP.finditer(words):
            if not NO_END.search(words[max(begin, stop.end() - 12) : stop.end()].rstrip()):
                yield words[begin : stop.end()].rstrip()
                begin = stop.end()
        if words[begin:]:
            yield words[begin:]


def difference(old: str, new: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The sentences that only the old text holds and those that only the new one holds, each once, as they stand."""
    before, after = _by_letters(old), _by_letters(new)
    gone = tuple(words for letters, words in before.items() if letters not in after)
    return gone, tuple(words for letters, words in after.items() if letters not in before)


def _by_letters(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for words in sentences(text):
        letters = MARK.sub("", BLANK.sub("", words)).casefold()
        if letters:
            found.setdefault(letters, words)
    return found


def beyond_the_move(
    removed: Sequence[str], added: Sequence[str], *, gone: Collection[date], come: Collection[date]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What the two sides hold beside the sentences whose only news is a date that moved.

    `gone` and `come` are the deadlines that moved. Where one of those sentences also says something else now
    (another amount, another applicant), all of them stay.
    """
    before = [words for words in removed if any(names(words, day) for day in gone)]
    after = [words for words in added if any(names(words, day) for day in come)]
    if (_words(before) ^ _words(after)) - BESIDE:
        return tuple(removed), tuple(added)
    return (
        tuple(words for words in removed if words not in before),
        tuple(words for words in added if words not in after),
    )


def names(words: str, day: date) -> bool:
    """Whether the sentence names this day in German or ISO notation."""
    month = f"(?:0?{day.month}\\.|{MONTHS[day.month - 1]}[a-zä]{{0,6}}\\.?)"
    pattern = rf"(?<![\d.])0?{day.day}\.\s?{month}\s?{day.year}(?!\d)|(?<!\d){day.isoformat()}(?!\d)"
    return re.search(pattern, words, re.IGNORECASE) is not None


def _words(found: Iterable[str]) -> set[str]:
    """The words and figures of these sentences, without their dates."""
    return {word for words in found for word in WORD.findall(DATE.sub(" ", words).casefold())}


def told(removed: Sequence[str], added: Sequence[str]) -> tuple[list[str], list[str]]:
    """Both sides as they are told: `MOST` sentences of `LONGEST` characters in all, what is over as a count behind."""
    new = min(len(added), max(MOST // 2, MOST - len(removed)))
    return _cut(removed, MOST - new), _cut(added, new)


def over(words: str) -> int:
    """How many sentences this entry of a told list stands for; 0 for a sentence."""
    found = re.fullmatch(REST.replace("+", r"\+").format(r"(\d{1,6})"), words)
    return int(found[1]) if found else 0


def _cut(found: Sequence[str], most: int) -> list[str]:
    shown = [shorter(words) for words in found[:most]]
    return [*shown, REST.format(len(found) - most)] if len(found) > most else shown


def shorter(words: str, longest: int = LONGEST) -> str:
    """At most `longest` characters, cut at a space, with an ellipsis."""
    if len(words) <= longest:
        return words
    head = words[: longest - 2]
    space = head.rfind(" ")
    return (head[:space] if space > longest // 2 else head).rstrip() + " …"
