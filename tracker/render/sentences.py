"""What happened, as sentences: the news of the week, a change, how a source stands. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tracker.digest_model import ChangeLine, Coverage, Digest, SourceLine
from tracker.model import ChangeKind, Status, Verdict
from tracker.page_text import over
from tracker.render.clean import clean
from tracker.render.wording import Wording

AMOUNT = re.compile(r"(\d+(?:\.\d+)?)(?: ([A-Z]{3}))?")


def week_number(digest: Digest) -> int:
    """2026-W07 → 7."""
    return int(digest.week.rsplit("W", 1)[-1])


# ---------------------------------------------------------------- the news


def headline(digest: Digest, wording: Wording) -> list[str]:
    """What the subject says: the weightiest news, what is blind, the next deadline. A phone shows some 40 letters."""
    parts = _state(digest, wording) + _calls(digest, wording)[:1] + _changes(digest, wording)[:2]
    parts = parts or _others(digest, wording) or [wording.gettext("nothing new")]
    blind = len(digest.coverage.blind)
    if blind:
        parts.append(wording.ngettext("%(count)s source blind", "%(count)s sources blind", blind))
    ahead = digest.next_deadline.next_deadline if digest.next_deadline else None
    if ahead and ahead.day:
        parts.append(wording.gettext("next deadline %(date)s", date=wording.short_day(ahead.day)))
    return parts


def news(digest: Digest, wording: Wording) -> list[str]:
    """Every kind of news with its count, the most important first; a week without any says so."""
    parts = _state(digest, wording) + _calls(digest, wording) + _changes(digest, wording) + _others(digest, wording)
    return parts or [wording.gettext("nothing new")]


def _state(digest: Digest, wording: Wording) -> list[str]:
    """What the reader must know before any number."""
    parts = [wording.gettext("first overview")] if digest.first else []
    return parts if digest.coverage.read else [*parts, wording.gettext("no source read")]


def _others(digest: Digest, wording: Wording) -> list[str]:
    if not digest.other:
        return []
    return [wording.ngettext("%(count)s other new call", "%(count)s other new calls", len(digest.other))]


def for_us_count(digest: Digest) -> int:
    """How many calls stand under For us; a call stands under one topic only."""
    return sum(len(block.cards) for block in digest.for_us)


def _calls(digest: Digest, wording: Wording) -> list[str]:
    count, parts = for_us_count(digest), []
    if count:
        parts.append(wording.ngettext("%(count)s call for us", "%(count)s calls for us", count))
    elif digest.coverage.read and not digest.first and (digest.changed or digest.other):
        parts.append(wording.gettext("no call for us"))
    if digest.pass_on:
        parts.append(wording.ngettext("%(count)s to pass on", "%(count)s to pass on", len(digest.pass_on)))
    if digest.already_open:
        count = len(digest.already_open)
        parts.append(wording.ngettext("%(count)s open call on our topics", "%(count)s open calls on our topics", count))
    return parts


def _changes(digest: Digest, wording: Wording) -> list[str]:
    moved = sum(_moved(line) for line in digest.changed)
    gone = sum(line.kind == ChangeKind.WITHDRAWN for line in digest.changed)
    pages = sum(line.kind == ChangeKind.PAGE for line in digest.changed)
    rest = len(digest.changed) - moved - gone - pages
    parts = []
    if moved:
        parts.append(wording.ngettext("%(count)s deadline moved", "%(count)s deadlines moved", moved))
    if gone:
        parts.append(wording.ngettext("%(count)s call no longer listed", "%(count)s calls no longer listed", gone))
    if pages:
        parts.append(wording.ngettext("%(count)s page changed", "%(count)s pages changed", pages))
    if rest:
        parts.append(wording.ngettext("%(count)s other change", "%(count)s other changes", rest))
    return parts


def _moved(line: ChangeLine) -> bool:
    """A date went and another came. A date that is only added is no move, and must not be told as one."""
    return line.kind == ChangeKind.DEADLINE and bool(set(line.old) - set(line.new) and set(line.new) - set(line.old))


# ---------------------------------------------------------------- a change


def change(line: ChangeLine, wording: Wording) -> str:
    """Old → new in words. A kind that we do not know raises ValueError: it is our own bug."""
    match ChangeKind(line.kind):
        case ChangeKind.TITLE:
            return wording.gettext("Title changed; until now: %(old)s", old=wording.quoted(" ".join(line.old)))
        case ChangeKind.DEADLINE:
            return _deadline(line, wording)
        case ChangeKind.BUDGET:
            return _budget(line, wording)
        case ChangeKind.STATUS:
            return _status(line, wording)
        case ChangeKind.WITHDRAWN:
            return _withdrawn(line, wording)
        case kind:
            return _plain_change(kind, wording)


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of a changed page with what became of it; `words` is "" where it is only counted."""

    label: str
    words: str = ""


def page_sentences(line: ChangeLine, wording: Wording) -> tuple[Said, ...]:
    """What a watched page says now and no longer says; () for every other kind of change."""
    if line.kind != ChangeKind.PAGE:
        return ()
    added, removed = wording.gettext("New:"), wording.gettext("No longer there:")
    return tuple(
        _said(label, words, wording) for label, side in ((added, line.new), (removed, line.old)) for words in side
    )


def _said(label: str, words: str, wording: Wording) -> Said:
    count = over(words)
    if not count:
        return Said(label, wording.quoted(words))
    more = wording.ngettext("and %(count)s further sentence", "and %(count)s further sentences", count)
    return Said(f"{label} {more}")


def _plain_change(kind: ChangeKind, wording: Wording) -> str:
    """Those without an old and a new value."""
    return {
        ChangeKind.CLOSED: wording.gettext("No longer listed, its deadline has passed"),
        ChangeKind.RETURNED: wording.gettext("Listed again"),
        ChangeKind.PAGE: wording.gettext("The page has changed"),
        ChangeKind.NEW: wording.gettext("New"),
    }[kind]


def _deadline(line: ChangeLine, wording: Wording) -> str:
    old, new = _days(line.old), _days(line.new)
    gone, come = sorted(set(old) - set(new)), sorted(set(new) - set(old))
    if len(gone) == 1 and len(come) == 1:
        return _one_move(gone[0], come[0], wording)
    listed = {"old": _dates(old, wording), "new": _dates(new, wording)}
    if not old:
        return wording.gettext("Deadline now stated: %(new)s", **listed)
    if not new:
        return wording.gettext("No deadline stated any more; until now: %(old)s", **listed)
    if not gone:
        return wording.ngettext("New deadline: %(new)s", "New deadlines: %(new)s", len(come), new=_dates(come, wording))
    return wording.gettext("Deadlines changed from %(old)s to %(new)s", **listed)


def _one_move(old: date, new: date, wording: Wording) -> str:
    days = abs((new - old).days)
    later = wording.ngettext("%(count)s day later", "%(count)s days later", days)
    sooner = wording.ngettext("%(count)s day earlier", "%(count)s days earlier", days)
    return wording.gettext(
        "Deadline moved from %(old)s to %(new)s (%(difference)s)",
        old=wording.day(old, "same year" if old.year == new.year else "plain"),
        new=wording.day(new, "plain"),
        difference=later if new > old else sooner,
    )


def _days(words: tuple[str, ...]) -> list[date]:
    return sorted({date.fromisoformat(day) for day in words})


def _dates(days: list[date], wording: Wording) -> str:
    return wording.listed([wording.day(day, "plain") for day in days])


def _withdrawn(line: ChangeLine, wording: Wording) -> str:
    days = _days(line.old)
    if not days:
        return wording.gettext("No longer listed by its source")
    return wording.gettext("No longer listed by its source; deadline was %(old)s", old=_dates(days, wording))


def _budget(line: ChangeLine, wording: Wording) -> str:
    values = {"old": _amount(line.old, wording), "new": _amount(line.new, wording)}
    if line.field == "grant":
        return wording.gettext("Amount per project changed from %(old)s to %(new)s", **values)
    return wording.gettext("Budget changed from %(old)s to %(new)s", **values)


def _amount(words: tuple[str, ...], wording: Wording) -> str:
    """One amount ("6000000 EUR"), or the two ends of a range, as `digest` hands them on; other words as they are."""
    found = [AMOUNT.fullmatch(word) for word in words]
    said = [wording.amount(Decimal(amount[1]), amount[2] or "") for amount in found if amount]
    if not said or len(said) != len(words):
        return clean(" ".join(words)) or wording.gettext("not stated")
    return said[0] if len(said) == 1 else wording.gettext("%(low)s to %(high)s", low=said[0], high=said[-1])


def _status(line: ChangeLine, wording: Wording) -> str:
    old, new = Status("".join(line.old) or "unknown"), Status("".join(line.new) or "unknown")
    return wording.gettext("Now %(new)s (until now: %(old)s)", new=status(new, wording), old=status(old, wording))


def status(state: Status, wording: Wording) -> str:
    """Whether one can apply, in one word."""
    match state:
        case Status.FORTHCOMING:
            return wording.gettext("announced")
        case Status.OPEN:
            return wording.gettext("open")
        case Status.CLOSED:
            return wording.gettext("closed")
        case Status.UNKNOWN:
            return wording.gettext("unclear")


def verdict(value: Verdict, wording: Wording) -> str:
    """What the call means for us, or "" where it means nothing."""
    match value:
        case Verdict.FOR_US:
            return wording.gettext("for us")
        case Verdict.PASS_ON:
            return wording.gettext("to pass on")
        case Verdict.MARGINAL:
            return wording.gettext("marginal")
        case Verdict.NONE:
            return ""


# ---------------------------------------------------------------- sources


def read_line(coverage: Coverage, wording: Wording) -> str:
    """How many sources were read, and how many open calls that gave."""
    if not coverage.total:
        return wording.gettext("No source is set up.")
    if not coverage.read:
        return wording.ngettext(
            "The only source was not read.", "None of the %(count)s sources was read.", coverage.total
        )
    values = {"read": wording.number(coverage.read), "total": wording.number(coverage.total)}
    if coverage.read == coverage.total:
        text = wording.ngettext("Read: the only source", "Read: all %(count)s sources", coverage.total)
    else:
        text = wording.gettext("Read: %(read)s of %(total)s sources", **values)
    if not coverage.searched:
        return f"{text}."
    searched = wording.ngettext("%(count)s open call searched", "%(count)s open calls searched", coverage.searched)
    return f"{text}; {searched}."


def source_lines(lines: Iterable[SourceLine], wording: Wording) -> list[str]:
    """The sources that were not read: names, since when, why. Those of which the same is to be said stand together."""
    together: dict[str, list[str]] = {}
    for line in lines:
        together.setdefault(_why_blind(line, wording), []).append(clean(line.name) or clean(line.id))
    return [f"{wording.listed(names)} ({why})" for why, names in together.items()]


def _why_blind(line: SourceLine, wording: Wording) -> str:
    reason = clean(line.reason).rstrip(".")
    if line.last_success:
        day = wording.local_day(line.last_success)
        since = wording.gettext(
            "last read %(date)s, %(ago)s", date=wording.day(day, "same year"), ago=wording.since(day)
        )
    else:
        since = wording.gettext("never read so far")
    return "; ".join(part for part in (since, reason) if part)


def named_line(line: SourceLine, wording: Wording) -> str:
    """A source with what there is to say of it: its calls, if counted, or the reason."""
    name = clean(line.name) or clean(line.id)
    parts = [clean(line.reason).rstrip(".")] if line.reason else []
    if line.calls is not None:
        parts.append(wording.ngettext("%(count)s call", "%(count)s calls", line.calls))
    return f"{name} ({'; '.join(parts)})" if parts else name
