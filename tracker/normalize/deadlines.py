"""Which of the days in a text is a deadline, and of what kind. Pure. A wrong date is worse than none.

The traps were counted in the "Fristen" of the Förderdatenbank (fdb-scraper, deadline plan, 2026): validity of a
guideline ("befristet bis"), accounting and payment dates, section numbers, publication dates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from tracker.days import FIRST_YEAR, LAST_YEAR, Found, find_days
from tracker.days.hours import same_zone
from tracker.model import Certainty, Deadline, DeadlineKind, RawDeadline
from tracker.normalize.dates import prepared
from tracker.normalize.text import one_line
from tracker.rules import is_rule

ROLLING = re.compile(
    r"(?<!im )\b(?:(?:fort)?laufend|(?:fort)?laufende (?:antragstellung|einreichung|bewerbung)|jederzeit|ganzjährig"
    r"|rolling|open all year|no closing date|year-round|on an ongoing basis|continuous(?:ly)?|permanente?s?"
    r"|au fil de l['’]eau"
    r"|toute l['’]année|en continu|(?:a )?sportello|sempre aperto|průběžně|průběžná|průběžné|kontinuálně"
    r"|постійно|безстроково)\b"
)
# "laufend noch bis zum 15. Oktober": there is an end, and only its year is not said.
ENDING = re.compile(
    r"\b(?:laufend|jederzeit|ganzjährig)\b[^.;\n\d]{0,30}\bbis\b[^.;\n\d]{0,20}\d{1,2}\.\s?"
    r"(?:\d{1,2}\.(?!\s?\d)|(?:jan|feb|mär|apr|mai|jun|jul|aug|sep|okt|nov|dez)[a-zä]{0,6}\.?(?!\s?\d))"
)
NEGATED = re.compile(r"\b(?:nicht|not|non|no|kein\w*|ne|pas|není|не)\s+(?:\w+\s+)?$")
# What directly precedes a day that begins something.
BEGINNING = re.compile(
    r"(?:\b(?:vom|von|ab|ab dem|seit|seit dem|from|from the|as of|since|starting|starting on|opens?|opens? on"
    r"|dès|dès le|à partir du|à compter du|du|dal|a partire dal|od|від|з|desde|desde el|nach dem|after)"
    r"|\bstand|\bbeginn|\bstart)"
    r"\s*:?\s*(?:\w{2,10}[.,]+ ?)?$"
)
# What a day is about where it is no deadline for applications.
OTHER = re.compile(
    r"\bbefristet|abrechnung|mittelabruf|verwendungsnachweis|geltungsdauer|\bgültig|\bgilt\b|laufzeit"
    r"|bewilligungszeitraum|durchführungszeitraum|zeitraum de[sr] (?:projekt|maßnahme|vorhaben)|projektzeitraum"
    r"|projekt(?:beginn|start|ende)|umsetzung|bekanntmachung vom|bundesanzeiger|veröffentlich|\bfassung\b|in kraft"
    r"|außer kraft|verwaltungsvorschrift|\bbeginn|\bstart (?:der|des)|infoveranstaltung|informationsveranstaltung"
    r"|\bvalid\b|validity|published|publication|opening date|\bopening\b|project (?:start|end|period|duration)"
    r"|implementation|info(?:rmation)? (?:day|session)|webinar|publié|publication|ouverture|validité|valable"
    r"|pubblica|apertura|validità|rendicontazione|zahájení|vyhlášení|platnost|zveřejn"
)
OTHER_BEHIND = re.compile(
    r"[\s,.)]*(?:\w+ ){0,2}(?:befristet|gültig|in kraft|außer kraft|abgeschlossen|beendet|umgesetzt|abgerechnet)"
)
NUMBERED = re.compile(r"(?:\bnr\.|\bnummer|\bziffer|\babschnitt|\bsection|§)\s*$")
CLAUSE_END = re.compile(r"[\n;•*|]|(?<=[^\W\d_]{4})[.!?](?=\s|$)|(?<=\))\.(?=\s|$)")
STAGE = re.compile(r"\b(?:stufe|phase|stage|étape|fase|etapa)\s*([1-4])\b|\b([1-4])\.\s*(?:stufe|phase|stage|fase)\b")
CUT_OFF = re.compile(r"stichtag|cut-?off|relevé|auswahlrunde|einreichungsrunde|\bkolo\b")
WORD = re.compile(r"[^\W\d_]{2,}")
LONGEST_WORDS = 500
LABEL = 4  # so many words beside a date are a label; more are running text


def read_deadline(raw: RawDeadline, language: str = "", zone: str = "") -> Deadline:
    """The deadline that `raw` states; without a day where it states none, or several between which we cannot choose.

    `language` is ISO 639-1, with a country where that decides how a date is written ("en-US"); `zone` is the IANA zone
    of the source. Midnight and 00:00 end the day before, which is then the day given. Never raises.
    """
    found = read_deadlines(raw, language, zone)
    return found[0] if len(found) == 1 else _unknown(replace(raw, words=_short(raw.words)), zone)


def read_deadlines(raw: RawDeadline, language: str = "", zone: str = "") -> tuple[Deadline, ...]:
    """All deadlines in the words of `raw`, at least one: where no day can be told it has none and keeps the words.

    `certainty` is about the day: a rolling deadline without a day has UNKNOWN there.
    """
    text = prepared(raw.words)
    raw = replace(raw, words=_short(raw.words))
    days = find_days(text, language, raw.zone or zone)
    prose = _is_prose(text, days)
    if raw.day is not None:
        return (_given(raw, zone, prose=prose),)
    if raw.kind is DeadlineKind.RULE:
        return (_ruled(raw, zone),)  # "jährlich zum 31.3., erstmals 2024": a year in a rule is no deadline
    told: dict[date, Deadline] = {}
    for one, left, before, behind in _context(text, days):
        if one.last and not one.begins and not _is_other(before, behind):
            told.setdefault(one.last, _told(raw, one, text[left : one.start], zone, prose=prose))
    if told:
        return tuple(told.values())
    return (_rolling(raw, zone) if _is_rolling(raw, text) else _unknown(raw, zone),)


def _context(text: str, days: list[Found]) -> Iterator[tuple[Found, int, str, str]]:
    """Each day, where the one before it ended, and the words before and behind it within its clause."""
    for index, one in enumerate(days):
        left = days[index - 1].end if index else 0
        right = days[index + 1].start if index + 1 < len(days) else len(text)
        before = CLAUSE_END.split(text[left : one.start])[-1]
        yield one, left, before, CLAUSE_END.split(text[one.end : right])[0]


def _is_other(before: str, behind: str) -> bool:
    """True where the day is that of something else than the end of an application period."""
    return bool(
        BEGINNING.search(before) or NUMBERED.search(before) or OTHER.search(before) or OTHER_BEHIND.match(behind)
    )


def _is_rolling(raw: RawDeadline, text: str) -> bool:
    if raw.kind is DeadlineKind.ROLLING:
        return True
    if ENDING.search(text):
        return False
    return any(not NEGATED.search(text[max(0, found.start() - 40) : found.start()]) for found in ROLLING.finditer(text))


# ---------------------------------------------------------------- the answers


def _short(words: str) -> str:
    words = one_line(words[: 4 * LONGEST_WORDS])
    return words if len(words) <= LONGEST_WORDS else words[:LONGEST_WORDS].rsplit(" ", 1)[0] + "…"


def _unknown(raw: RawDeadline, zone: str) -> Deadline:
    return Deadline(words=raw.words, zone=raw.zone or zone or None, kind=raw.kind, stage=raw.stage)


def _ruled(raw: RawDeadline, zone: str) -> Deadline:
    """By the days of every year that the connector gives; by words alone nothing can be computed."""
    rule = tuple(dict.fromkeys(part for part in raw.rule if is_rule(part)))
    certainty = Certainty.RULE if rule else Certainty.UNKNOWN
    return replace(_unknown(raw, zone), certainty=certainty, rule=rule, lead=one_line(raw.lead))


def _rolling(raw: RawDeadline, zone: str) -> Deadline:
    return Deadline(words=raw.words, zone=raw.zone or zone or None, kind=DeadlineKind.ROLLING, stage=raw.stage)


def _given(raw: RawDeadline, zone: str, *, prose: bool) -> Deadline:
    """The connector knows the notation: its day counts, if it can be one."""
    if raw.day is None or not FIRST_YEAR <= raw.day.year <= LAST_YEAR:
        return _unknown(raw, zone)
    return Deadline(
        words=raw.words,
        day=raw.day,
        time=raw.time,
        zone=raw.zone or zone or None,
        kind=raw.kind,
        stage=raw.stage,
        certainty=_certainty(raw.kind, prose=prose, has_hour=raw.time is not None),
    )


def _told(raw: RawDeadline, one: Found, before: str, zone: str, *, prose: bool) -> Deadline:
    """`before` are the words since the day before, in which a stage is named."""
    clock = one.hour.time if one.hour else None
    kind, stage = _kind(raw, before)
    return Deadline(
        words=raw.words,
        day=one.last,
        time=clock,
        zone=same_zone(one.hour.zone if one.hour else None, raw.zone or zone),
        kind=kind,
        stage=stage,
        certainty=_certainty(kind, prose=prose, has_hour=clock is not None),
    )


def _kind(raw: RawDeadline, before: str) -> tuple[DeadlineKind, int | None]:
    """The connector's word, or what stands in the text."""
    if raw.kind is not DeadlineKind.UNKNOWN:
        return raw.kind, raw.stage
    if found := STAGE.search(before):
        return DeadlineKind.STAGE, int(found[1] or found[2])
    if CUT_OFF.search(raw.words.lower()):
        return DeadlineKind.CUT_OFF, None
    return DeadlineKind.UNKNOWN, raw.stage


def _certainty(kind: DeadlineKind, *, prose: bool, has_hour: bool) -> Certainty:
    if kind is DeadlineKind.RULE:
        return Certainty.RULE
    if prose:
        return Certainty.PROSE
    return Certainty.STATED if has_hour else Certainty.DATE_ONLY


def _is_prose(text: str, days: list[Found]) -> bool:
    """True where more than a label stands beside the days."""
    rest, at = [], 0
    for one in days:
        rest.append(text[at : one.start])
        at = one.end
    return len(WORD.findall(" ".join((*rest, text[at:])))) > LABEL
