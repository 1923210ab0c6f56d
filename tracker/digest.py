"""What is told to one reader this week, and what is thereby told. Pure.

New is what this reader's ledger does not hold, never a date window: whatever was not told stays to be told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from tracker import rules
from tracker.digest_model import (
    Card,
    ChangeLine,
    CityBlock,
    Coverage,
    Digest,
    HiddenLine,
    Hiding,
    OriginLine,
    SaidDeadline,
    TitleLine,
    TopicBlock,
    TopicLine,
)
from tracker.model import ChangeKind, Deadline, DeadlineKind, Match, Profile, Reader, Status, Verdict
from tracker.programme_names import programme_name
from tracker.records import StoredCall, StoredChange, Told

TAKEN = {"for-us", "watch", "planned", "submitted", "granted"}  # somebody of the team wants to follow it
APPLIED = {"submitted", "granted"}  # no deadline is left to be reminded of
REFUSED = {"not-relevant", "rejected", "wrong-topic"}
RANK = {Verdict.FOR_US: 0, Verdict.PASS_ON: 1, Verdict.MARGINAL: 2, Verdict.NONE: 3}
NEXT_PER_CITY = 3
SECTIONS = (Verdict.FOR_US, Verdict.PASS_ON)
KNOWN_BY_TITLE = "bisher höchstens als Titel gemeldet"  # a reason, as those of the matcher: a German sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A call with all that was found out about it for this profile, on the day of the digest."""

    stored: StoredCall
    match: Match
    status: Status
    next_deadline: Deadline | None
    summary: str = ""
    tags: tuple[str, ...] = ()
    origins: tuple[OriginLine, ...] = ()
    by_rule: tuple[date, ...] = ()  # the days of the next twelve months that a rule gives
    conflict: tuple[SaidDeadline, ...] = ()  # where its sources name different days
    hiding: Hiding | None = None

    @property
    def verdict(self) -> Verdict:
        """The team's word stands above the matcher's; the newest tag counts."""
        for tag in reversed(self.tags):
            if tag in TAKEN:
                return Verdict.FOR_US
            if tag == "pass-on":
                return Verdict.PASS_ON
            if tag in REFUSED:
                return Verdict.NONE
        return self.match.verdict

    @property
    def alive(self) -> bool:
        """Still listed, and not closed as far as anyone knows."""
        return self.stored.gone is None and self.status is not Status.CLOSED

    @property
    def is_offer(self) -> bool:
        """A call, or a watched page that names a deadline ahead or takes applications at any time."""
        rolling = any(deadline.kind is DeadlineKind.ROLLING for deadline in self.stored.call.deadlines)
        return not self.stored.call.page or self.next_deadline is not None or rolling

    @property
    def hidden_by(self) -> str:
        """The id of the team's rule that hides it, or ""."""
        return self.hiding.rule if self.hiding else ""

    @property
    def refused(self) -> bool:
        """The team has said no."""
        return bool(self.tags) and self.tags[-1] in REFUSED


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """All that a digest is made from. `changes` are all ever recorded; `told` is what the reader's ledger holds."""

    profile: Profile
    reader: Reader
    week: str
    moment: datetime
    today: date
    coverage: Coverage
    entries: Mapping[int, Entry]
    changes: tuple[StoredChange, ...]
    told: frozenset[tuple[str, int]]
    first: bool


def build(material: Material) -> tuple[Digest, tuple[Told, ...]]:
    """The digest, and what the ledger must hold once it is told."""
    untold = [change for change in material.changes if ("change", change.no) not in material.told]
    stock = [
        entry
        for entry in material.entries.values()
        if entry.stored.stock and ("stock", entry.stored.no) not in material.told
    ]
    new = [material.entries[change.call_no] for change in untold if change.change.kind is ChangeKind.NEW]
    show = _Show(material)
    for_us, pass_on, other = show.sorted_by_verdict([*new, *show.grown(new, stock)])
    fresh = {entry.stored.no for entry in new}
    changed = [change for change in untold if not _is_part_of_news(change, fresh)]
    offers = [entry for entry in stock if entry.alive and entry.is_offer]
    stock_for_us, stock_pass_on, stock_other = show.sorted_by_verdict(offers)
    closing = show.closing()
    digest = Digest(
        week=material.week,
        profile=material.profile.key,
        city=material.profile.city.name,
        reader=material.reader.key,
        language=show.language,
        zone=material.profile.city.zone,
        moment=material.moment,
        today=material.today,
        coverage=material.coverage,
        for_us=tuple(show.topic_blocks(for_us)),
        pass_on=tuple(map(show.card, pass_on)),
        changed=tuple(show.change_lines(changed)),
        closing=tuple(map(show.card, closing)),
        by_city=tuple(show.city_blocks()),
        other=tuple(map(show.title_line, other)),
        already_open=tuple(map(show.card, [*stock_for_us, *stock_pass_on])),
        already_open_more=sum(1 for entry in stock_other if not show.is_withheld(entry)),
        watched=sum(1 for entry in stock if entry.stored.call.page),
        hidden=tuple(show.hidden_lines()),
        closed=sum(1 for change in untold if change.change.kind is ChangeKind.CLOSED),
        contact=material.profile.contact,
        first=material.first,
        next_deadline=next((show.card(entry) for entry in closing if entry.verdict is Verdict.FOR_US), None),
        recipients=(material.reader.email,) if material.reader.email else (),
    )
    carded = (*for_us, *pass_on, *stock_for_us, *stock_pass_on)
    return digest, (
        *(Told(kind="change", ref=change.no) for change in untold),
        *(Told(kind="stock", ref=entry.stored.no) for entry in stock),
        *(Told(kind="card", ref=entry.stored.no) for entry in carded),
    )


def _is_part_of_news(change: StoredChange, fresh: set[int]) -> bool:
    """What happened to a call before it was told for the first time stands in its card; that it is gone does not."""
    kind = change.change.kind
    if kind in (ChangeKind.NEW, ChangeKind.CLOSED):
        return True
    return change.call_no in fresh and kind is not ChangeKind.WITHDRAWN


class _Show:
    """How entries look to this reader: labels in the reader's language, only the reader's topics and cities."""

    def __init__(self, material: Material) -> None:
        profile, reader = material.profile, material.reader
        self.material = material
        self.language = reader.language or profile.city.language
        self.topics = {
            topic.key: topic.label.get(self.language) or topic.label.get("en") or topic.key for topic in profile.topics
        }
        self.cities = {city.key: city.label.get(self.language) or city.name for city in profile.partners}
        self.year = material.today.year

    # -------------------------------------------------------- which entries

    def verdict(self, entry: Entry) -> Verdict:
        """What is for this reader: topics or cities outside the reader's choice make a call one of the rest."""
        return entry.verdict if self.concerns(entry) else Verdict.NONE

    def concerns(self, entry: Entry) -> bool:
        """Whether a call is about what the reader chose, if anything."""
        wanted, cities = set(self.material.reader.topics), set(self.material.reader.cities)
        on_topic = not wanted or any(match.topic in wanted for match in entry.match.topics)
        return on_topic and (not cities or not cities.isdisjoint(entry.match.cities))

    def is_withheld(self, entry: Entry) -> bool:
        """Whether a rule of the team alone keeps a call from being for us or worth passing on, to this reader."""
        return entry.hiding is not None and entry.hiding.verdict in SECTIONS and self.concerns(entry)

    def sorted_by_verdict(self, entries: Iterable[Entry]) -> tuple[list[Entry], list[Entry], list[Entry]]:
        """For us, to pass on, the rest: the most relevant first. What the team refused is in none of them."""
        lists: dict[Verdict, list[Entry]] = {verdict: [] for verdict in Verdict}
        for entry in sorted({entry.stored.no: entry for entry in entries}.values(), key=self._by_relevance):
            if not entry.refused:
                lists[self.verdict(entry) if entry.alive else Verdict.NONE].append(entry)
        rest = [*lists[Verdict.MARGINAL], *lists[Verdict.NONE]]
        return lists[Verdict.FOR_US], lists[Verdict.PASS_ON], rest

    def grown(self, new: Iterable[Entry], stock: Iterable[Entry]) -> list[Entry]:
        """Calls that the reader knows as a title at most and that turn out to be for us or worth passing on.

        A portal may publish the title first and the text weeks later; and a call that was past when we first saw it
        may be extended. Where the team has said its word it needs no second telling.
        """
        told_now = {entry.stored.no for entry in (*new, *stock)}
        return [
            replace(entry, match=replace(entry.match, why=(*entry.match.why, KNOWN_BY_TITLE)))
            for number, entry in self.material.entries.items()
            if number not in told_now
            and not entry.stored.call.page
            and ("card", number) not in self.material.told
            and entry.alive
            and not entry.tags
            and self.verdict(entry) in (Verdict.FOR_US, Verdict.PASS_ON)
        ]

    def _by_relevance(self, entry: Entry) -> tuple[object, ...]:
        focus = {city.key for city in self.material.profile.partners if self.year in city.focus}
        return (-entry.match.relevance, not focus & set(entry.match.cities), _day(entry), entry.stored.id)

    def closing(self) -> list[Entry]:
        """What is for us, to be passed on or followed by the team, and closes within the profile's days.

        Not where the team has applied: a moved deadline is still told, among the changes.
        """
        limit = self.material.profile.thresholds.closing_days
        found = [
            entry
            for entry in self.material.entries.values()
            if entry.alive
            and not entry.refused
            and not APPLIED & set(entry.tags[-1:])
            and self.verdict(entry) in (Verdict.FOR_US, Verdict.PASS_ON)
            and (days := self._days_left(entry)) is not None
            and 0 <= days <= limit
        ]
        return sorted(found, key=lambda entry: (_day(entry), RANK[self.verdict(entry)], entry.stored.id))

    def _days_left(self, entry: Entry) -> int | None:
        deadline = entry.next_deadline
        return (deadline.day - self.material.today).days if deadline and deadline.day else None

    # -------------------------------------------------------- how they look

    def card(self, entry: Entry) -> Card:
        """All that a reader needs to decide whether to read on."""
        call, today = entry.stored.call, self.material.today
        return Card(
            id=entry.stored.id,
            title=call.title,
            url=call.url,
            identifier=_identifier(entry),
            language=call.language,
            call_title=call.call_title,
            programme=programme_name(call.programme, call.identifiers, self.language),
            action=call.action,
            source=entry.origins[0].source if entry.origins else call.source_id,
            summary=entry.summary,
            eligible=call.eligible,
            status=entry.status,
            opens=call.opens or rules.next_round(call, today),
            next_deadline=entry.next_deadline,
            later_deadlines=tuple(
                deadline
                for deadline in rules.deadlines_on(call, today)
                if deadline.day and deadline.day >= today and deadline != entry.next_deadline
            ),
            days_left=self._days_left(entry),
            budget=call.budget,
            topics=tuple(self._topic_lines(entry)),
            cities=tuple(self.cities[key] for key in entry.match.cities if key in self.cities),
            relevance=entry.match.relevance,
            verdict=self.verdict(entry),
            why=entry.match.why,
            tags=entry.tags,
            origins=entry.origins,
            conflict=entry.conflict,
            attribution=call.attribution,
        )

    def _topic_lines(self, entry: Entry) -> Iterator[TopicLine]:
        for match in entry.match.topics:
            words = dict.fromkeys(evidence.words for evidence in match.evidence)
            yield TopicLine(
                key=match.topic,
                label=self.topics.get(match.topic, match.topic),
                words=tuple(words),
                in_title=any(evidence.where == "title" for evidence in match.evidence),
            )

    def topic_blocks(self, entries: Iterable[Entry]) -> Iterator[TopicBlock]:
        """Cards under their strongest topic, topics in the order of their best card."""
        blocks: dict[str, list[Entry]] = {}
        for entry in entries:
            topic = entry.match.topics[0].topic if entry.match.topics else ""
            blocks.setdefault(topic, []).append(entry)
        for topic, of_topic in blocks.items():
            cities = dict.fromkeys(key for entry in of_topic for key in entry.match.cities if key in self.cities)
            yield TopicBlock(
                key=topic,
                label=self.topics.get(topic, topic),
                cities=tuple(self.cities[key] for key in cities),
                cards=tuple(map(self.card, of_topic)),
            )

    def title_line(self, entry: Entry) -> TitleLine:
        """A call that matched nothing, so that the matcher can be audited."""
        call = entry.stored.call
        return TitleLine(
            id=entry.stored.id,
            title=call.title,
            url=call.url,
            language=call.language,
            programme=programme_name(call.programme, call.identifiers, self.language),
            next_deadline=entry.next_deadline.day if entry.next_deadline else None,
            source=entry.origins[0].source if entry.origins else call.source_id,
            hidden_by=entry.hidden_by if self.is_withheld(entry) else "",
        )

    def hidden_lines(self) -> Iterator[HiddenLine]:
        """The team's rules with the open calls that each withholds, so that none is lost in silence; most first."""
        counts = Counter(
            (entry.hiding.rule, entry.hiding.words)
            for entry in self.material.entries.values()
            if entry.hiding and entry.alive and entry.is_offer and self.is_withheld(entry)
        )
        for (rule, words), calls in sorted(counts.items(), key=lambda found: (-found[1], found[0])):
            yield HiddenLine(rule=rule, words=words, calls=calls)

    def change_lines(self, changes: Iterable[StoredChange]) -> Iterator[ChangeLine]:
        """Relevant calls first, then in the order of the days on which the changes were seen."""

        def place(stored: StoredChange) -> tuple[object, ...]:
            entry = self.material.entries[stored.call_no]
            return (RANK[self.verdict(entry)], stored.at, stored.no)

        for stored in sorted(changes, key=place):
            entry = self.material.entries[stored.call_no]
            if entry.refused:
                continue
            yield ChangeLine(
                id=stored.call_id,
                title=entry.stored.call.title,
                url=entry.stored.call.url,
                kind=stored.change.kind.value,
                at=stored.at,
                field=stored.change.field,
                old=_words(stored.change.old),
                new=_words(stored.change.new),
                verdict=self.verdict(entry),
                cities=tuple(self.cities[key] for key in entry.match.cities if key in self.cities),
                tags=entry.tags,
                language=entry.stored.call.language,
                source=entry.origins[0].source if entry.origins else stored.source_id,
            )

    def city_blocks(self) -> Iterator[CityBlock]:
        """One per partner city, the cities in focus first."""
        reader = self.material.reader
        entries = self.material.entries.values()
        alive = [entry for entry in entries if entry.alive and entry.is_offer and not entry.refused]
        wanted = [entry for entry in alive if self.verdict(entry) in (Verdict.FOR_US, Verdict.PASS_ON)]
        partners = [city for city in self.material.profile.partners if not reader.cities or city.key in reader.cities]
        for city in sorted(partners, key=lambda city: self.year not in city.focus):
            of_city = [entry for entry in wanted if city.key in entry.match.cities]
            dated = sorted((entry for entry in of_city if entry.next_deadline), key=_day)
            yield CityBlock(
                key=city.key,
                name=self.cities[city.key],
                status=city.status,
                focus=self.year in city.focus,
                open_calls=len(of_city),
                next=tuple(map(self.card, dated[:NEXT_PER_CITY])),
            )


def _day(entry: Entry) -> date:
    return entry.next_deadline.day if entry.next_deadline and entry.next_deadline.day else date.max


def _identifier(entry: Entry) -> str:
    call = entry.stored.call
    return call.identifiers[0] if call.identifiers else ""


def _words(value: Any) -> tuple[str, ...]:
    """A change's old or new value as texts: dates of deadlines, the ends of a range of money, a title."""
    if value is None:
        return ()
    if isinstance(value, dict):
        currency = value.get("currency") or ""
        amounts = dict.fromkeys(value[name] for name in ("minimum", "maximum") if value.get(name))
        return tuple(f"{amount} {currency}".strip() for amount in amounts)
    if isinstance(value, list):
        return tuple(map(str, value))
    return (str(value),)
