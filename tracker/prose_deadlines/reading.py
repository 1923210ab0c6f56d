"""Deadlines in prose by the wording of a language: what stands right before a date, what its clause speaks of. Pure.

A date counts when the words right before it say that something ends there, the clause speaks of applications (or those
words do by themselves), and nothing in it speaks of payment, results, events or work. Only a window of fixed length
before a date is looked at, and only so many dates of a sentence, so that no text can make the reader slow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tracker.days import AND, Found, find_days
from tracker.days import UNTIL as RANGE
from tracker.model import DeadlineKind, RawDeadline
from tracker.prose_deadlines.labels import OPENING, joined
from tracker.prose_deadlines.sentences import Sentence, split

LIMIT = 20_000  # characters of a text
WINDOW = 120  # characters before a date in which its label stands
BESIDE = 40  # characters before a label in which something may speak against it ("registration deadline")
MOST = 24  # dates of one sentence that are judged; more are a table, not prose
SHORT = 30  # characters of a text that says nothing but "rolling"
# Where a sentence may end: STOP of the German reader with the capitals of its neighbours.
STOP = re.compile(r"[.!?][)”“\"»]?\s+(?=[^\W\d_a-zß-ÿěščřžďťňů]|[„“\"«(•])")
ISO = re.compile(r"\d{4}-\d")
ORDINALS = {"first": 1, "second": 2, "première": 1, "deuxième": 2, "seconde": 2, "prima": 1, "seconda": 2}
SLASHED = re.compile(r"\d{1,2}[/-]\d{1,2}[/-]\d{4}")
NOTE = re.compile(r"\s?\([^()]{1,40}\)")
LETTER = re.compile(r"[^\W\d_]{3}")
# A clock before a date, and what else may stand between a label and its date. Each part ends where the next begins.
CLOCK = (
    r"\d{1,2}(?:[:.h]\d\d)?(?: ?[ap]\.?m\b\.?)?|noon|midday|midi|minuit|midnight|h\b|hod\b\.?|hours|hrs|cest"
    r"|cet|gmt|utc"
)


def tail(*fillers: str) -> str:
    """The end of a pattern: at most eight words (weekdays, prepositions, a clock) between a label and its date."""
    return rf"(?:[\s,:(–—-]{{1,3}}(?:{'|'.join((*fillers, CLOCK))})\b[.)]?){{0,8}}[\s:,(–—-]{{0,4}}$"


def behind(label: str, about: str) -> re.Pattern[str]:
    """A label right behind a date, alone or with what is handed in."""
    return re.compile(rf"\s?[:–—-]\s?(?:\w{{1,12}} ){{0,2}}{label}(?:\W*$|[^.;]{{0,60}}(?:{about}))")


def compiled(*parts: str) -> re.Pattern[str]:
    """One pattern of all the parts. The reader matches small letters only."""
    return re.compile("|".join(parts))


@dataclass(frozen=True, slots=True)
class Cue:
    """What stands right before a date that ends something, and what its clause must speak of besides.

    `label`: it says by itself what ends, so only the words since the date before it can speak against it; and only it
    goes with a machine's date (2026-06-17).
    """

    before: re.Pattern[str]
    about: re.Pattern[str] = re.compile("")
    label: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """How a language says it. `period`: as a cue, before the first of two days.

    `behind`: a label behind its date ("17 June 2026: deadline for applications"). `listed`: labels that govern the
    dates below them. `about`: what speaks of applications at all. `needs_name`: "3.1." is no day of the year but a
    section. `left` and `right`: where a clause begins and ends.
    """

    language: str
    cues: tuple[Cue, ...]
    period: Cue
    behind: re.Pattern[str]
    listed: re.Pattern[str]
    about: re.Pattern[str]
    veto: re.Pattern[str]
    past: re.Pattern[str]
    left: re.Pattern[str]
    right: re.Pattern[str]
    every_year: re.Pattern[str]
    rolling: re.Pattern[str]
    not_rolling: re.Pattern[str]
    cut_off: re.Pattern[str]
    stage: re.Pattern[str]
    first: re.Pattern[str]
    second: re.Pattern[str]
    needs_name: bool = True

    def staged(self, before: str) -> bool:
        """Whether the words before a date name a stage: "Stage 1: "."""
        found = list(self.stage.finditer(before))
        return bool(found) and len(before[found[-1].end() :].rstrip(" :–-")) < 30

    def is_label(self, line: str) -> bool:
        """Whether a line in small letters is a label of a deadline and nothing more ("application deadline:")."""
        words = f"{line.rstrip(' :')}: "
        found = [cue.before.search(words) for cue in self.cues if cue.label and not cue.about.pattern]
        return not self.veto.search(line) and any(match and len(words[: match.start()]) < 20 for match in found)


@dataclass(frozen=True, slots=True)
class Told:
    """A date of a sentence that ends an application period; `one.day` is None where its year is left to the reader."""

    sentence: Sentence
    one: Found
    stage: int | None
    clause: str


def read_by(wording: Wording, text: str) -> tuple[RawDeadline, ...]:
    """The deadlines of the text, in its order; see `tracker.prose_deadlines.read`."""
    text = joined(text[:LIMIT].replace("\\", ""), wording.language, wording.is_label)
    sentences = tuple(split(text, STOP))
    two_stages = wording.first.search(text.lower()) is not None or wording.stage.search(text.lower()) is not None
    told = [one for sentence in sentences for one in _told(wording, sentence, two_stages=two_stages)]
    dated = [one for one in told if one.one.last]
    found = [_deadline(wording, one, dated) for one in dated]
    doubtful = [one for one in told if not one.one.last and not wording.past.search(one.sentence.whole.lower())]
    yearly = [one for one in doubtful if wording.every_year.search(one.sentence.whole.lower())]
    found += [RawDeadline(words=one.clause, kind=DeadlineKind.RULE) for one in yearly if one.one.lacks_year]
    if not found:
        found = [RawDeadline(words=one.clause) for one in doubtful][:1]
    if not found:
        alone = len(text.strip()) < SHORT
        rolling = (one for one in sentences if _is_rolling(wording, one, alone=alone))
        found = [RawDeadline(words=one.whole, kind=DeadlineKind.ROLLING) for one in rolling][:1]
    return _once(found)


def _once(found: list[RawDeadline]) -> tuple[RawDeadline, ...]:
    """Each day once per kind and stage; of two tellings the one that knows the hour."""
    kept: dict[object, RawDeadline] = {}
    for each in found:
        key = (each.day, each.kind, each.stage, each.day or each.words)
        if key not in kept or (each.time and not kept[key].time):
            kept[key] = each
    return tuple(kept.values())


# ---------------------------------------------------------------- dates


def _told(wording: Wording, sentence: Sentence, *, two_stages: bool) -> Iterator[Told]:
    """The dates of a sentence that are deadlines, each with its stage."""
    low = sentence.words.lower()
    days = find_days(low, wording.language)[:MOST]
    counts = False  # is the date before this one a deadline, or the beginning of a range that is one?
    for index, one in enumerate(days):
        at = days[index - 1].end if index else 0
        gap = low[at : one.start]
        follows = index > 0 and _continues(wording, gap, begins=days[index - 1].begins)
        place = _place(wording, low, at, one, days[index + 1].start if index + 1 < len(days) else len(low))
        counts = (counts and follows) or _is_deadline(wording, sentence, one, place)
        if counts and not one.begins and _is_possible(wording, low, one):
            behind = NOTE.match(low, one.end)
            said = (behind.group() if behind else "", NOTE.sub(" ", gap), sentence.lead.lower())
            stage = _stage(wording, said, two_stages=two_stages)
            words = sentence.words if len(low) == len(sentence.words) else low  # "İ" has two small letters
            yield Told(sentence, one, stage, words[place.begin : one.end].strip())


def _continues(wording: Wording, gap: str, *, begins: bool) -> bool:
    """Whether only "to" or "and" stands between two dates, and at most which stage the first one was."""
    note = NOTE.match(gap)
    if note and wording.stage.search(note.group()):
        gap = gap[note.end() :]
    return (begins and RANGE.fullmatch(gap) is not None) or AND.fullmatch(gap) is not None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a date stands: the words before it, those of its clause (which begins at `begin`), those behind it."""

    begin: int
    before: str
    clause: str
    behind: str
    words: str
    runs_on: bool  # the words behind it lead to the next date, and are its label
    near: int  # so many characters of `before` belong to the clause and stand behind the date before this one

    def since(self, position: int) -> str:
        """What of the clause stands behind that position in `before`, and a little more."""
        first = max(position - BESIDE, len(self.before) - self.near, 0)
        return f"{self.before[first:]} … {self.behind}"


def _place(wording: Wording, low: str, at: int, one: Found, right: int) -> Place:
    """`at` is where the date before ends, `right` where the next one begins."""
    begin = max((match.end() for match in wording.left.finditer(low, 0, one.start)), default=0)
    before = low[max(0, one.start - WINDOW) : one.start]
    behind = wording.right.split(low[one.end : right], maxsplit=1)[0]
    clause = f"{low[begin : one.start]} … {behind}"
    runs_on = right < len(low) and len(behind) == right - one.end
    return Place(begin, before, clause, behind, low[one.start : one.end], runs_on, one.start - max(begin, at))


def _is_deadline(wording: Wording, sentence: Sentence, one: Found, place: Place) -> bool:
    """Whether a label behind the date, a cue before it or the line above its bullet makes it one."""
    if not place.runs_on and wording.behind.match(place.behind) and not wording.veto.search(place.behind):
        return True
    if wording.veto.search(sentence.lead.lower()):
        return False
    spoiled = wording.veto.search(place.clause) is not None
    cues = (*wording.cues, wording.period) if one.begins else wording.cues
    return any(_has(wording, cue, place, spoiled=spoiled) for cue in cues) or (
        not spoiled and _is_headed(wording, sentence, place)
    )


def _has(wording: Wording, cue: Cue, place: Place, *, spoiled: bool) -> bool:
    match = cue.before.search(place.before)
    if not match or not cue.about.search(place.clause):
        return False
    if cue.label:
        return not wording.veto.search(place.since(match.start()))
    return not spoiled and not ISO.match(place.words)


def _is_headed(wording: Wording, sentence: Sentence, place: Place) -> bool:
    """ "Cut-off dates:" above a bullet, or "Stage 1: 17 June 2026" in a sentence that speaks of deadlines."""
    if place.before.strip() and not place.before.rstrip().endswith(":"):
        return False
    if sentence.lead and wording.listed.search(sentence.lead.lower()):
        return OPENING.search(place.behind) is None  # "Dates and deadlines:", one of which is the opening
    return wording.staged(place.before) and wording.about.search(sentence.whole.lower()) is not None


def _is_possible(wording: Wording, low: str, one: Found) -> bool:
    """A day, or one whose year, or whose order of day and month, is left open. The rest is no day at all (31.2.)."""
    words = low[one.start : one.end]
    if one.lacks_year:
        return not wording.needs_name or LETTER.search(words) is not None
    if one.last is None:
        slashed = SLASHED.match(words)
        return slashed is not None and all(1 <= int(part) <= 12 for part in re.split(r"[/-]", words)[:2])
    return True


# ---------------------------------------------------------------- what a date means


def _stage(wording: Wording, said: tuple[str, ...], *, two_stages: bool) -> int | None:
    """By the words in brackets behind it, else since the date before, else in the line above its bullet.

    The number they give; 1 for a sketch, 2 for what follows one.
    """
    for words in said:
        numbered = [number for match in wording.stage.finditer(words) for number in match.groups() if number]
        if numbered:
            return int(numbered[-1]) if numbered[-1].isdigit() else ORDINALS.get(numbered[-1])
        if wording.second.search(words):
            return 2 if two_stages else None
        if wording.first.search(words):
            return 1
    return None


def _deadline(wording: Wording, told: Told, dated: list[Told]) -> RawDeadline:
    whole, one = told.sentence.whole, told.one
    days = {
        other.one.last for other in dated if other.sentence.group == told.sentence.group and other.stage == told.stage
    }
    kind, stage = DeadlineKind.SINGLE, None
    if not wording.past.search(whole.lower()):
        if len(days) > 1 or wording.cut_off.search(whole.lower()):
            kind = DeadlineKind.CUT_OFF
        elif told.stage:
            kind, stage = DeadlineKind.STAGE, told.stage
    found = RawDeadline(words=whole, day=one.last, kind=kind, stage=stage)
    return replace(found, time=one.hour.time, zone=one.hour.zone or "") if one.hour else found


def _is_rolling(wording: Wording, sentence: Sentence, *, alone: bool) -> bool:
    low = sentence.whole.lower()
    if not wording.rolling.search(low) or wording.not_rolling.search(low):
        return False
    if any(one.day for one in find_days(low, wording.language)):
        return False  # whatever ends there: who reads on must not take that day for the deadline
    if wording.veto.search(wording.rolling.sub(" ", low)):
        return False
    return alone or wording.about.search(low) is not None
