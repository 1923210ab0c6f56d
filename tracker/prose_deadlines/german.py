"""Application deadlines in German running text, only where the wording leaves no doubt. Pure.

Precision first: a wrong date is worse than none. A date counts when its own clause (or the line above its bullet)
speaks of handing something in, a word for "until" stands before it, and nothing speaks of payment, validity or work.
Wordings: 30 sections "Fristen" of the Förderdatenbank (2024-05) and the traps that fdb-scraper lists (2026-07).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time

from tracker.model import DeadlineKind, RawDeadline
from tracker.prose_deadlines.sentences import Sentence, split

LIMIT = 20_000  # characters of a text; the longest real section has 700
MONTHS = ("jan", "feb", "mär", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez")
MONTH = r"(Jan|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)[a-zä]{0,6}\.?"
# Four digits of a year are what keeps section numbers ("3.1.", "5.1.10") out.
DATE = re.compile(rf"(?<![\d.])(\d{{1,2}})\.\s?(?:(\d{{1,2}})\.\s?|{MONTH}\s)(\d{{4}})(?!\d)", re.IGNORECASE)
YEARLESS = re.compile(rf"(?<![\d.])\d{{1,2}}\.\s?(?:\d{{1,2}}\.(?!\s?\d)|{MONTH}(?!\s?\d{{4}})\b)", re.IGNORECASE)
CLOCK = re.compile(r",?\s*(?:um\s)?(\d{1,2})(?:[:.](\d{2}))?\s?Uhr")

SUBMIT = re.compile(
    r"einreich|eingereicht|einzureichen|reichen sie|beantragen|zu stellen|gestellt werden|eingegangen sein|vorliegen"
    r"|antr(?:ag(?!sberecht|steller|stellende)|äge)|bewerb|skizze|projektvorschl|interessen\w{0,2}bekundung|anmeld"
    r"|anzumeld|einsende|einzusenden|vorzulegen|(?<!be)frist(?!ig|et|los)|einsendeschluss|antragsschluss|stichtag",
    re.IGNORECASE,
)
VETO = re.compile(
    r"befrist|gültig|\bgilt\b|\bgelten|geltungs|laufzeit|in kraft|außer kraft|abrechn|abgerechnet|abruf|abgerufen"
    r"|nachweis|auszahl|auszuzahlen|ausgezahlt|zahlungsantr|bewillig|abgeschlossen|abschluss|durchführ|durchgeführt"
    r"|fertig|in betrieb|umgesetzt|umsetzung|beendet|begonnen|verausgabt|verwendet|rechnung|bericht|veröffentlich"
    r"|bekanntmachung|zweckbindung|bindefrist|aufbewahr|widerspr|kündig|mitglied|gegründet|entscheid|jury|erstmals"
    r"|frühestens|beantragt (?:wurd|word|hab|hat)|(?:gestellt|eingereicht|eingegangen) (?:sind|wurden|worden|haben)"
    r"|(?:gestellte|eingereichte|eingegangene)[nrs]? |erteil|unverändert"
    r"|(?<!antrags)(?<!bewerbungs)(?<!einreichungs)zeitraum|gewähr|(?<!vor )\b\w*beginn\b"
    r"|\bstart|anmelde(?:schluss|frist)|voraussichtlich|geplant|änderungsantr|folgeantr|verlängerungsantr|vorzeitig|workshop|seminar|veranstaltung"
    r"|schulung|\bkeine[nrm]?\b|\bnicht\b|ausgesetzt|abgelehnt|(?:vorhaben|projekt|maßnahme|ausgabe|jahr)e?n? bis\b",
    re.IGNORECASE,
)
DAY_NAME = r"(?:(?:(?:Mon|Diens|Donners|Frei|Sams|Sonn)tag|Mittwoch|Sonnabend|Mo|Di|Mi|Do|Fr|Sa|So)\b\.?,?)"
UNTIL = re.compile(
    rf"(?:\b(?:bis|spätestens)(?:,?\s(?:jedoch|spätestens|bis|einschließlich|inklusive|zum|zu|am|den|dem|{DAY_NAME}))*"
    r"|(?:(?<!be)frist|schluss|stichtage?|(?:antrags|bewerbungs)termine?)n?(?:\s(?:ist|war|sind|waren|endet|endete|enden))?"
    rf":?(?:\s(?:der|den|am|zum))?(?:\s{DAY_NAME})?)\s*$",
    re.IGNORECASE,
)
ENDS = re.compile(
    r"(?<!be)(?:frist|schluss|stichtag)\b[^.;:]{0,80}(?:\b(?:endet|endete|ist|war)\s(?:am|der|zum)|:)"
    rf"(?:\s{DAY_NAME})?\s*$",
    re.IGNORECASE,
)
# What may stand between two dates of one list: the second inherits what is known of the first.
LISTED = re.compile(r"\s*(?:,|/|\boder\b|\bund\b|\bsowie\b|\bbzw\.)\s*(?:(?:bis )?(?:zum|der|dem|den|am)\s)?\s*")
# What stands behind the first day of a range: "Antragsfrist: 1.2.2025 – 31.12.2027". Its last day is the deadline.
RANGE = re.compile(r"\s*(?:,?\sbis(?:\s(?:zum|einschließlich|spätestens|den|dem))*\s|[-–—])\s*", re.IGNORECASE)
PAST = re.compile(r"\bkonnten?\b|\bwar(?:en)?\b|\bendeten?\b|abgelaufen", re.IGNORECASE)
EVERY_YEAR = re.compile(
    r"jährlich|jedes jahr|jeden jahres|\beines (?:jeden )?(?:kalender|haushalts)?jahre?s|\bjeweils\b"
    r"|(?:laufenden|betreffenden|jeweiligen|vor|folge)(?: ?kalender)? ?jahre?s",
    re.IGNORECASE,
)
ROLLING = re.compile(
    r"\b(?:fort)?laufend\b|\bjederzeit\b|\bganzjährig\b|\bdas ganze jahr (?:über|hindurch)\b"
    r"|\bkeine (?:\w+s)?frist|nicht (?:an \w+ ?)?fristgebunden"
    r"|nicht an (?:\w+ )?fristen gebunden",
    re.IGNORECASE,
)
NOT_ROLLING = re.compile(
    r"\bnicht (?:fort)?(?:laufend|jederzeit)|bekannt|website|internet|\bwer(?:den|te)\b.*\bgeprüft"
)
NUMBERED = re.compile(r"\b(?:nummern?|nrn?\.|ziffern?|abschnitte?|punkte?|kapitel|teil) \d|§", re.IGNORECASE)
CUT_OFF = re.compile(r"stichtag|runde", re.IGNORECASE)
STAGE = re.compile(
    r"(?:phase|stufe) ([1-3])\b|([1-3])\.? (?:\w+)?(?:phase|stufe)\b|(ersten|zweiten) \w*(?:phase|stufe)"
)
CLAUSE = re.compile(
    r"[;]\s|,\s(?!den\b|dem\b|spätestens|bis\b|zum\b|\d)|\sund\s(?=(?:die|der|das) [A-ZÄÖÜ]|(?:ist|sind|müssen|muss)\b)"
)
# A date in a condition ("Haben Sie Ihren Antrag bis zum … gestellt, …") is no deadline, whatever else the clause says.
CONDITION = re.compile(r"\s*(?:wenn|sofern|soweit|falls|wer|bevor|haben|hat|wurden?|bei) ", re.IGNORECASE)
RELATIVE = re.compile(r"\s*(?:für|von|zu|an|in|bei) (?:die|der|denen|deren|dem) ")  # only behind a comma
ADVERB = re.compile(r"\s*(?:(?:jedoch|aber|und|also) )?(?:bis|spätestens)\b", re.IGNORECASE)
STOP = re.compile(r"[.!?][)“\"]?\s+(?=[A-ZÄÖÜ„\"(])")
ORDINAL = re.compile(r"\d\.[^\S\n]?\w")  # cheap, and no date stands in a sentence without one
ENDLESS = ("aufend", "ederzeit", "anzj", "anze", "rist")  # the same for "laufend" and its like


@dataclass(frozen=True, slots=True)
class Found:
    """A date that is a deadline, and what the words around it say about its part in the procedure."""

    sentence: Sentence
    day: date
    hour: time | None
    stage: int | None


def read(text: str) -> tuple[RawDeadline, ...]:
    """Deadlines of a plain text whose paragraphs and bullets ("* …") are lines, in the order of the text.

    `day` is set for a full date only. A yearly rule ("jährlich zum 31. März") and "laufend" come without a day.
    Deadlines gone by ("konnten bis … eingereicht werden") come with theirs. A day without its year ("laufend bis 15.
    Oktober") comes as UNKNOWN where the text states no other deadline. Empty: none is certain, not: there is none.
    """
    text = text[:LIMIT].replace("\\", "")  # some copies of the texts escape the dot of "30\\."
    if not (ORDINAL.search(text) or any(sign in text for sign in ENDLESS)):
        return ()
    sentences = tuple(split(text, STOP))
    dated = [found for sentence in sentences for found in _dates(sentence, text)]
    deadlines = [_deadline(found, dated) for found in dated]
    told = {found.sentence for found in dated}
    deadlines += [
        RawDeadline(words=sentence.whole, kind=DeadlineKind.RULE)
        for sentence in sentences
        if sentence not in told and _is_rule(sentence)
    ]
    if not deadlines:
        deadlines = [RawDeadline(words=sentence.whole) for sentence in sentences if _lacks_year(sentence)][:1]
    if not deadlines:
        deadlines = [
            RawDeadline(words=sentence.whole, kind=DeadlineKind.ROLLING)
            for sentence in sentences
            if _is_rolling(sentence, alone=len(text.strip()) < 60)
        ][:1]
    return tuple({(each.day, each.kind, each.stage, each.day or each.words): each for each in deadlines}.values())


# ---------------------------------------------------------------- dates


def _clause(words: str, start: int, end: int) -> tuple[str, bool]:
    """The clause of a sentence in which the characters from `start` to `end` stand, and whether it is the first."""
    # Searched beyond `start`: what stands behind a comma ("Freitag, 29. Januar") says whether it parts two clauses.
    left = max((match.end() for match in CLAUSE.finditer(words) if match.end() <= start), default=0)
    right = CLAUSE.search(words, end)
    return words[left : right.start() if right else len(words)], left == 0


def _dates(sentence: Sentence, text: str) -> Iterator[Found]:
    words, before = sentence.words, 0
    if not ORDINAL.search(words):
        return
    listed = False  # is the date before this one a deadline, or the beginning of a range that is one?
    begins = False
    matches = list(DATE.finditer(words))
    for index, match in enumerate(matches):
        gap = words[before : match.start()]
        listed = (listed and (begins or LISTED.fullmatch(gap) is not None)) or _is_deadline(sentence, match)
        behind = words[match.end() : matches[index + 1].start() if index + 1 < len(matches) else len(words)]
        begins = index + 1 < len(matches) and RANGE.fullmatch(behind) is not None
        day = _day(match)
        if listed and day and not begins:
            yield Found(sentence, day, _hour(words, match.end()), _stage_of(sentence, match, gap, behind, text))
        before = match.end()


def _is_deadline(sentence: Sentence, match: re.Match[str]) -> bool:
    words = sentence.words
    before = words[: match.start()]
    clause, first = _clause(words, match.start(), match.end())
    if VETO.search(clause) or CONDITION.match(clause) or (RELATIVE.match(clause) and not first):
        return False
    if UNTIL.search(before) or ENDS.search(before):
        if SUBMIT.search(clause):
            return True
        # "…, spätestens jedoch bis zum 31.10.2026": an adverbial of its own, said of the sentence around it.
        return (ADVERB.match(clause) is not None or bool(sentence.lead)) and _asks(sentence)
    bare = not before.strip() or before.rstrip().endswith(":")
    return bare and bool(sentence.lead) and _asks(sentence) and _until_follows(sentence.lead)


def _asks(sentence: Sentence) -> bool:
    return SUBMIT.search(sentence.whole) is not None and not VETO.search(sentence.whole)


def _until_follows(lead: str) -> bool:
    return re.search(r"frist|termin|stichtag|\bbis\b|spätestens", lead, re.IGNORECASE) is not None


def _day(match: re.Match[str]) -> date | None:
    day, number, name, year = match.groups()
    month = int(number) if number else MONTHS.index(name.lower()) + 1
    try:
        found = date(int(year), month, int(day))
    except ValueError:  # "vom 00. November 2020" stands in a real text
        return None
    return found if 2000 <= found.year < 2100 else None


def _hour(words: str, position: int) -> time | None:
    match = CLOCK.match(words, position)
    if not match or int(match[1]) > 23 or int(match[2] or 0) > 59:
        return None
    return time(int(match[1]), int(match[2] or 0))


# ---------------------------------------------------------------- what a date means


def _stage_of(sentence: Sentence, match: re.Match[str], gap: str, behind: str, text: str) -> int | None:
    """By the words since the date before, else by all before it; where none of them speaks of it, by those behind."""
    before = sentence.words[: match.start()]
    named = SUBMIT.search(gap) or STAGE.search(gap.lower())
    stage = _stage(gap if named else before, sentence.lead, text)
    if stage or SUBMIT.search(before):
        return stage
    return _stage(CLAUSE.split(behind)[0], sentence.lead, text)


def _stage(segment: str, lead: str, text: str) -> int | None:
    """1 for a sketch, 2 for the application that follows a sketch, or the number that the text gives."""
    segment = segment.lower()
    numbered = STAGE.search(segment)
    if numbered:
        number = numbered[1] or numbered[2]
        return int(number) if number else (1 if numbered[3] == "ersten" else 2)
    if re.search(r"skizze|interessen\w{0,2}bekundung", segment):
        return 1
    if re.search(r"antr[aä]g", segment):
        return 2 if re.search(r"skizze|interessen\w{0,2}bekundung", text, re.IGNORECASE) else None
    return 1 if "skizze" in lead.lower() else None


def _deadline(found: Found, dated: list[Found]) -> RawDeadline:
    whole = found.sentence.whole
    days = {other.day for other in dated if other.sentence.group == found.sentence.group and other.stage == found.stage}
    kind, stage = DeadlineKind.SINGLE, None
    if not PAST.search(whole):
        if len(days) > 1 or CUT_OFF.search(whole):
            kind = DeadlineKind.CUT_OFF
        elif found.stage:
            kind, stage = DeadlineKind.STAGE, found.stage
    return RawDeadline(words=whole, day=found.day, time=found.hour, kind=kind, stage=stage)


def _is_rule(sentence: Sentence) -> bool:
    """A day of every year, to hand something in by."""
    if not ORDINAL.search(sentence.words):
        return False
    if not (EVERY_YEAR.search(sentence.whole) and _asks(sentence)) or PAST.search(sentence.whole):
        return False
    before = [sentence.words[: match.start()] for match in YEARLESS.finditer(sentence.words)]
    return any(re.search(r"\b(?:bis|zum|spätestens|am|der|den)\s*$|:\s*$|^$", words) for words in before)


def _lacks_year(sentence: Sentence) -> bool:
    """A day to hand something in by whose year the source leaves to the reader: its words are told, no date."""
    if not ORDINAL.search(sentence.words) or PAST.search(sentence.whole) or NUMBERED.search(sentence.words):
        return False
    return any(_is_deadline(sentence, match) for match in YEARLESS.finditer(sentence.words))


def _is_rolling(sentence: Sentence, *, alone: bool) -> bool:
    words = sentence.whole
    if not ROLLING.search(words) or NOT_ROLLING.search(words.lower()) or VETO.search(ROLLING.sub("", words)):
        return False
    return alone or SUBMIT.search(words) is not None
