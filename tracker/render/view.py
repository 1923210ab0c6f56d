"""Turns a digest into the texts that its templates print, section by section. Pure.

Everything that a portal wrote is cleaned here; escaping is the templates' part.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain

from tracker.digest_model import Card, ChangeLine, CityBlock, Coverage, Digest, HiddenLine, TopicBlock
from tracker.render import cards, sentences
from tracker.render.cards import CardView, LineView, Title
from tracker.render.clean import clean
from tracker.render.wording import NBSP, Wording

SHOWN_RULES = 5
FULL_CARDS = 15  # further calls get one line each: nothing is left out, but the mail stays readable


@dataclass(frozen=True, slots=True)
class Block:
    """Calls under one heading: the first ones as cards, the others in a line each."""

    heading: str
    cities: str
    cards: tuple[CardView, ...]
    lines: tuple[LineView, ...]


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A change: which call, what happened, and what the call means for us; of a page the sentences that changed."""

    title: Title
    text: str
    note: str
    sentences: tuple[sentences.Said, ...] = ()


@dataclass(frozen=True, slots=True)
class CityView:
    """A partner city with what is open for it."""

    name: str
    text: str
    lines: tuple[LineView, ...]


@dataclass(frozen=True, slots=True)
class CoverageView:
    """How far the digest could see: sentences, the blind ones apart."""

    read: str
    blind: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HiddenView:
    """What the team's rules withhold: how many calls, the rules in German, and where they are listed."""

    text: str
    rules: str
    language: str  # of the rules, where it is not the reader's
    more: str


@dataclass(frozen=True, slots=True)
class DigestView:
    """All texts of a digest. Empty: the section is left out."""

    language: str
    subject: str
    name: str
    heading: str
    week: str
    news: str
    next_deadline: LineView | None
    coverage: CoverageView
    hidden: HiddenView | None
    nothing: str
    for_us: tuple[Block, ...]
    pass_on: Block | None
    changed: tuple[ChangeView, ...]
    closing: tuple[LineView, ...]
    cities: tuple[CityView, ...]
    quiet_cities: str
    already_open: Block | None
    already_open_more: str
    other: tuple[LineView, ...]
    footer: tuple[str, ...]


@dataclass(slots=True)
class _Numbers:
    """Hands out the numbers of full cards, first come, first served, and remembers which calls the text has linked."""

    given: dict[str, int] = field(default_factory=dict)
    linked: set[str] = field(default_factory=set)

    def give(self, card: Card) -> int | None:
        if card.id in self.given or len(self.given) >= FULL_CARDS:
            return None
        self.given[card.id] = len(self.given) + 1
        self.linked.add(card.id)
        return self.given[card.id]

    def dated(self, card: Card, wording: Wording) -> LineView:
        """A line that refers to where the call stands already, if it does."""
        shown = card.id in self.linked
        self.linked.add(card.id)
        return cards.dated_line(card, wording, self.given.get(card.id), shown=shown)


def view(digest: Digest) -> DigestView:
    """Every text of the digest, in its language."""
    wording = Wording(digest.language, digest.zone, digest.today)
    names = {block.key: clean(block.name) for block in digest.by_city}
    numbers = _Numbers()
    for_us = tuple(_topic(block, numbers, wording, names) for block in digest.for_us if block.cards)
    pass_on = _block(digest.pass_on, numbers, wording, names)
    already_open = _block(digest.already_open, numbers, wording, names)
    news = ", ".join(sentences.news(digest, wording))
    heading = wording.gettext("Funding radar %(city)s", city=clean(digest.city))
    return DigestView(
        language=digest.language,
        subject=_subject(digest, wording),
        name=f"{heading} {digest.week}",
        heading=heading,
        week=wording.gettext(
            "Week %(week)s · %(date)s", week=sentences.week_number(digest), date=wording.day(digest.today, "full")
        ),
        news=f"{news[:1].upper()}{news[1:]}.",
        next_deadline=_next(digest, numbers, wording),
        coverage=_coverage(digest.coverage, wording),
        hidden=_hidden(digest.hidden, wording),
        nothing="" if for_us else _nothing(digest, wording),
        for_us=for_us,
        pass_on=pass_on,
        changed=tuple(_change(line, wording) for line in digest.changed),
        closing=tuple(numbers.dated(card, wording) for card in digest.closing),
        cities=tuple(_city(block, numbers, wording) for block in digest.by_city if block.open_calls or block.next),
        quiet_cities=_quiet(digest.by_city, wording),
        already_open=already_open,
        already_open_more=_more(digest, wording),
        other=tuple(cards.title_line(line, wording) for line in digest.other),
        footer=_footer(digest, wording),
    )


def _subject(digest: Digest, wording: Wording) -> str:
    news = ", ".join(sentences.headline(digest, wording)).replace(NBSP, " ")  # searched for, not wrapped
    return wording.gettext("Funding radar week %(week)s: %(news)s", week=sentences.week_number(digest), news=news)


def _next(digest: Digest, numbers: _Numbers, wording: Wording) -> LineView | None:
    card = digest.next_deadline
    return cards.dated_line(card, wording, numbers.given.get(card.id)) if card else None


# ---------------------------------------------------------------- coverage


def _coverage(coverage: Coverage, wording: Wording) -> CoverageView:
    notes = []
    if coverage.warnings:
        names = ", ".join(sentences.named_line(line, wording) for line in coverage.warnings)
        notes.append(wording.gettext("Read, but conspicuous: %(names)s.", names=names))
    if coverage.added:
        names = ", ".join(sentences.named_line(line, wording) for line in coverage.added)
        notes.append(wording.gettext("Newly added: %(names)s.", names=names))
    if coverage.not_set_up:
        names = ", ".join(sentences.named_line(line, wording) for line in coverage.not_set_up)
        notes.append(wording.gettext("Not set up: %(names)s.", names=names))
    return CoverageView(
        read=sentences.read_line(coverage, wording),
        blind=tuple(sentences.source_lines(coverage.blind, wording)),
        notes=tuple(notes),
    )


def _hidden(lines: tuple[HiddenLine, ...], wording: Wording) -> HiddenView | None:
    """What the team's own rules keep out of the sections: the team must never forget that it hides something."""
    if not lines:
        return None
    rules = "; ".join(f"{clean(line.words)} ({wording.number(line.calls)})" for line in lines[:SHOWN_RULES])
    more = wording.gettext("The command %(command)s lists the rules.", command=wording.quoted("tracker rules"))
    rest = len(lines) - SHOWN_RULES
    if rest > 0:
        more = wording.ngettext("And %(count)s further rule.", "And %(count)s further rules.", rest) + f" {more}"
    return HiddenView(
        text=wording.ngettext(
            "%(count)s open call is hidden by your rules:",
            "%(count)s open calls are hidden by your rules:",
            sum(line.calls for line in lines),
        ),
        rules=f"{rules}.",
        language="" if wording.language == "de" else "de",
        more=more,
    )


def _nothing(digest: Digest, wording: Wording) -> str:
    """No call for us: said with the certainty that the coverage allows."""
    if digest.first and digest.already_open:
        return wording.gettext("This is your first overview. What is open already stands below.")
    if not digest.coverage.read:
        return wording.gettext("No source was read; whether there are new calls for us is unknown.")
    if digest.coverage.blind:
        return wording.gettext("No new call for us this week in the sources that were read.")
    return wording.gettext("No new call for us this week.")


# ---------------------------------------------------------------- calls


def _topic(block: TopicBlock, numbers: _Numbers, wording: Wording, names: dict[str, str]) -> Block:
    cities = wording.listed([names.get(key, clean(key)) for key in block.cities])
    cities = wording.gettext("with %(cities)s", cities=cities) if cities else ""
    return _shared_out(
        block.cards, numbers, wording, names, heading=clean(block.label) or clean(block.key), cities=cities
    )


def _block(found: tuple[Card, ...], numbers: _Numbers, wording: Wording, names: dict[str, str]) -> Block | None:
    return _shared_out(found, numbers, wording, names) if found else None


def _shared_out(
    found: Iterable[Card],
    numbers: _Numbers,
    wording: Wording,
    names: dict[str, str],
    *,
    heading: str = "",
    cities: str = "",
) -> Block:
    full, lines = [], []
    for card in found:
        number = numbers.give(card)
        if number is None:
            lines.append(cards.line(card, wording, numbers.given.get(card.id)))
            numbers.linked.add(card.id)
        else:
            full.append(cards.full(card, wording, number, names))
    return Block(heading=heading, cities=cities, cards=tuple(full), lines=tuple(lines))


def _change(line: ChangeLine, wording: Wording) -> ChangeView:
    # What a person has said of the call outweighs what we think of it.
    note = cards.tagged(line.tags, wording) or sentences.verdict(line.verdict, wording)
    title = cards.title(line.title, line.url, line.language, wording, identifier=cards.reference(line.id))
    said = sentences.page_sentences(line, wording)
    return ChangeView(title=title, text=sentences.change(line, wording), note=note, sentences=said)


def _more(digest: Digest, wording: Wording) -> str:
    """What stands behind the cards as counts only: further calls, and pages that are no calls."""
    said = []
    if digest.already_open_more:
        said.append(
            wording.ngettext(
                "And %(count)s further open call without a clear link to our topics.",
                "And %(count)s further open calls without a clear link to our topics.",
                digest.already_open_more,
            )
        )
    if digest.watched:
        said.append(
            wording.ngettext(
                "Watched from now on: %(count)s funding page without a list; what changes there will be told.",
                "Watched from now on: %(count)s funding pages without a list; what changes there will be told.",
                digest.watched,
            )
        )
    return " ".join(said)


# ---------------------------------------------------------------- cities, footer


def _city(block: CityBlock, numbers: _Numbers, wording: Wording) -> CityView:
    marks = {"dormant": wording.gettext("partnership dormant"), "climate": wording.gettext("climate partnership")}
    parts = [marks.get(block.status, ""), wording.gettext("focus city") if block.focus else ""]
    parts.append(wording.ngettext("%(count)s open call", "%(count)s open calls", block.open_calls))
    if block.next and len(block.next) < block.open_calls:
        parts[-1] += ", " + wording.gettext("the next deadlines:")
    lines = tuple(numbers.dated(card, wording) for card in block.next)
    return CityView(name=clean(block.name), text=", ".join(filter(None, parts)), lines=lines)


def _quiet(blocks: tuple[CityBlock, ...], wording: Wording) -> str:
    quiet = [clean(block.name) for block in blocks if not (block.open_calls or block.next)]
    return wording.gettext("No open call: %(cities)s.", cities=wording.listed(quiet)) if quiet else ""


def _footer(digest: Digest, wording: Wording) -> tuple[str, ...]:
    day = wording.local_day(digest.moment)
    parts = []
    if digest.closed:
        parts.append(
            wording.ngettext(
                "%(count)s call left its source's list after its deadline.",
                "%(count)s calls left their sources' lists after their deadlines.",
                digest.closed,
            )
        )
    parts.append(
        wording.gettext(
            "As of %(date)s, %(time)s. Only the funder's own text is binding.",
            date=wording.day(day),
            time=wording.clock(digest.moment),
        )
    )
    if clean(digest.contact):
        parts.append(wording.gettext("Questions and corrections: %(contact)s", contact=clean(digest.contact)))
    return tuple(parts)


def shown_cards(digest: Digest) -> Iterable[Card]:
    """The calls whose dates go into the calendar: for us, to pass on, closing soon; each once."""
    every = chain(*(block.cards for block in digest.for_us), digest.pass_on, digest.closing)
    return {card.id: card for card in every}.values()
