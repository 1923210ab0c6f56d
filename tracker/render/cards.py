"""One call as texts: as a full card, or in a line. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tracker.digest_model import Card, TitleLine, TopicLine
from tracker.model import Deadline, Status
from tracker.render.clean import TITLE_LIMIT, clean, language_tag, safe_link
from tracker.render.wording import Wording

# CERV-2026-CITIZENS-TOWN-TT, EuropeAid/186770/DD/ACT/UA
OFFICIAL = re.compile(r"[A-Z][A-Za-z0-9]*(?:[-/][A-Z0-9.]+)+")
EU_PORTAL = "://ec.europa.eu/info/funding-tenders/"
MOST_WORDS = 3  # as evidence; more of them convince nobody
WHY_LANGUAGE = "de"  # the reasons of `match` are German sentences


@dataclass(frozen=True, slots=True)
class Title:
    """A call's title with its language, if not the reader's. `href` is "" where no link may be made of `url`."""

    words: str
    identifier: str
    language: str
    mark: str
    href: str
    url: str


@dataclass(frozen=True, slots=True)
class Link:
    """A further page of the call."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One labelled fact of a card; `note` says how sure it is or why."""

    label: str
    text: str
    note: str = ""
    language: str = ""  # of the text, where it is the source's own
    note_language: str = ""
    strong: bool = False
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class CardView:
    """A call as the reader needs it to decide whether to read on."""

    number: int
    title: Title
    origin: str
    summary: str
    facts: tuple[Fact, ...]
    attribution: str


@dataclass(frozen=True, slots=True)
class LineView:
    """A call in one line: `date` and `left` stand apart where the section is ordered by them."""

    title: Title
    text: str = ""
    date: str = ""
    left: str = ""
    carded: bool = False  # the text links it already, further up


def title(words: str, url: str, language: str | None, wording: Wording, *, identifier: str = "") -> Title:
    """The official title stays as it is; a language other than the reader's is marked."""
    code = language_tag(language)
    foreign = code if code and code != wording.language else ""
    named = clean(words, TITLE_LIMIT)
    shown = clean(identifier, 80)
    return Title(
        words=named or shown or wording.gettext("without a title"),
        identifier="" if shown in named else shown,
        language=foreign,
        mark=foreign.upper(),
        href=safe_link(url),
        url=clean(url, limit=2_000),
    )


def reference(call_id: str) -> str:
    """The external id if it is one that people quote, else "": the path or number of a page helps nobody."""
    external = call_id.partition(":")[2]
    return external if OFFICIAL.fullmatch(external) and any(c.isdigit() for c in external) else ""


def _card_title(card: Card, wording: Wording) -> Title:
    return title(card.title, card.url, card.language, wording, identifier=card.identifier)


# ---------------------------------------------------------------- the full card


def full(card: Card, wording: Wording, number: int, city_names: Mapping[str, str]) -> CardView:
    """Everything known of the call, fact by fact; what the source does not say is said to be missing."""
    origin = dict.fromkeys(clean(part) for part in (card.programme, card.call_title, card.action, card.source))
    return CardView(
        number=number,
        title=_card_title(card, wording),
        origin=" · ".join(part for part in origin if part),
        summary=clean(card.summary),
        facts=tuple(_facts(card, wording, city_names)),
        attribution=clean(card.attribution),
    )


def _facts(card: Card, wording: Wording, city_names: Mapping[str, str]) -> Iterable[Fact]:
    yield Fact(
        wording.gettext("Deadline"),
        wording.deadline(card.next_deadline, card.days_left),
        wording.certainty(card.next_deadline, on_eu_portal=on_eu_portal(card)),
        strong=True,
    )
    if card.conflict:
        note = wording.gettext("the earliest day still ahead is taken here; please check")
        yield Fact(wording.gettext("Conflict"), _said(card, wording), note, strong=True)
    if card.later_deadlines:
        later = "; ".join(_later(deadline, wording, card.next_deadline) for deadline in card.later_deadlines)
        yield Fact(wording.gettext("Then"), later)
    start = _start(card, wording)
    if start:
        yield Fact(wording.gettext("Start"), start)
    money, silent = wording.budget(card.budget)
    yield Fact(wording.gettext("Money"), money, silent)
    yield _eligible(card, wording)
    if card.cities:
        yield Fact(
            wording.gettext("Topic with"), wording.listed([city_names.get(key, clean(key)) for key in card.cities])
        )
    why = _judged(card)
    if card.topics or why:
        reasons = _reason(card.topics, card, wording)
        foreign = "" if wording.language == WHY_LANGUAGE else WHY_LANGUAGE
        yield Fact(wording.gettext("Why"), reasons, why, note_language=foreign if why else "")
    if card.tags:
        yield Fact(wording.gettext("Tagged"), ", ".join(tag_names(card.tags, wording)))
    links = tuple(_origins(card))
    if links:
        yield Fact(wording.gettext("Also at"), "", links=links)


def on_eu_portal(card: Card) -> bool:
    """Whether the card's page is one of the EU's Funding & Tenders Portal, which names no hours."""
    return EU_PORTAL in card.url


def _said(card: Card, wording: Wording) -> str:
    """Each source with the day that it names."""
    return "; ".join(f"{clean(said.source)}: {wording.deadline(said.deadline)}" for said in card.conflict)


def disagreed(card: Card, wording: Wording) -> str:
    """The days on which the sources of a call disagree, as one remark, or ""."""
    return (
        wording.gettext("the sources name different days: %(days)s", days=_said(card, wording)) if card.conflict else ""
    )


def _eligible(card: Card, wording: Wording) -> Fact:
    words = clean(", ".join(card.eligible))
    if not words:
        return Fact(wording.gettext("For whom"), wording.gettext("not stated"))
    return Fact(wording.gettext("For whom"), words, language=_card_title(card, wording).language)


def _later(deadline: Deadline, wording: Wording, first: Deadline | None) -> str:
    """A later stage or cut-off. What is said with the `first` deadline already is not said again: hours, rules."""
    text, doubt = wording.deadline(deadline), wording.doubt(deadline)
    return f"{text} ({doubt})" if doubt and doubt != wording.doubt(first) else text


def _start(card: Card, wording: Wording) -> str:
    """When one can apply, where that is not simply now."""
    if card.opens and card.opens > wording.today:
        days = wording.ahead((card.opens - wording.today).days)
        return wording.gettext("opens on %(date)s (%(days)s)", date=wording.day(card.opens), days=days)
    match card.status:
        case Status.OPEN:
            return ""
        case Status.FORTHCOMING:
            return wording.gettext("announced, not open yet; opening day not stated")
        case Status.CLOSED:
            return wording.gettext("closed")
        case Status.UNKNOWN:
            return wording.gettext("unclear whether one can apply already")


def _reason(topics: tuple[TopicLine, ...], card: Card, wording: Wording) -> str:
    """The strongest topic with the words that speak for it, then the others by name: one line, not the whole record."""
    if not topics:
        return ""
    first, *others = (clean(topic.label) or clean(topic.key) for topic in topics)
    evidence = _evidence(topics[0], card, wording)
    reason = f"{first}: {evidence}" if evidence else first
    return reason + "; " + wording.gettext("also: %(topics)s", topics=", ".join(others)) if others else reason


def _in_short(card: Card, wording: Wording) -> str:
    """The strongest topic with its words, in a few words: "Warum: Kultur („Museen“ im Titel)"."""
    if not card.topics:
        return ""
    topic = card.topics[0]
    evidence = _evidence(topic, card, wording)
    label = clean(topic.label) or clean(topic.key)
    return f"{wording.gettext('Why')}: {label} ({evidence})" if evidence else f"{wording.gettext('Why')}: {label}"


def _evidence(topic: TopicLine, card: Card, wording: Wording) -> str:
    """The words, where they really stand; the title says most, an official identifier least."""
    words = list({word.casefold(): word for word in reversed(topic.words)}.values())[::-1]
    in_title = [word for word in words if topic.in_title and word.casefold() in card.title.casefold()]
    if in_title:
        return wording.gettext("%(words)s in the title", words=_quoted(in_title, wording))
    in_text = [word for word in words if word.casefold() not in card.identifier.casefold()]
    if in_text:
        return wording.gettext("%(words)s in the text", words=_quoted(in_text, wording))
    return wording.gettext("%(words)s in the identifier", words=_quoted(words, wording)) if words else ""


def _quoted(words: list[str], wording: Wording) -> str:
    return ", ".join(wording.quoted(word) for word in words[:MOST_WORDS])


def _judged(card: Card) -> str:
    """The reasons of the judgement, without those that only name a topic: it stands before them, with its words."""
    labels = tuple(f"{topic.label} (" for topic in card.topics)
    reasons = [reason.rstrip(".") for reason in map(clean, card.why) if reason and not reason.startswith(labels)]
    return clean("; ".join(reasons))


def _origins(card: Card) -> Iterable[Link]:
    """Where else the call is listed; the page that the card links to already is not told twice."""
    for origin in card.origins:
        href = safe_link(origin.url)
        if href and href != safe_link(card.url):
            yield Link(clean(origin.source) or href, href)


def tag_names(tags: Iterable[str], wording: Wording) -> list[str]:
    """The tags in the reader's words; one that we do not know stands as it is."""
    known = {
        "for-us": wording.gettext("for us"),
        "pass-on": wording.gettext("to pass on"),
        "watch": wording.gettext("watching"),
        "planned": wording.gettext("application planned"),
        "submitted": wording.gettext("submitted"),
        "granted": wording.gettext("granted"),
        "rejected": wording.gettext("rejected"),
        "not-relevant": wording.gettext("not relevant"),
        "wrong-topic": wording.gettext("wrong topic"),
    }
    return [known.get(tag) or clean(tag) for tag in tags]


# ---------------------------------------------------------------- one line


def tagged(tags: Iterable[str], wording: Wording) -> str:
    """The tags as one remark, or ""."""
    names = ", ".join(tag_names(tags, wording))
    return wording.gettext("tagged: %(tags)s", tags=names) if names else ""


def line(card: Card, wording: Wording, number: int | None) -> LineView:
    """A call for which there was no room as a card: title, deadline, opening, and why it is there."""
    deadline = wording.deadline(card.next_deadline, card.days_left)
    parts = [
        wording.gettext("deadline %(date)s", date=deadline),
        wording.doubt(card.next_deadline),
        disagreed(card, wording),
        _start(card, wording),
        "" if number else _in_short(card, wording),
    ]
    return LineView(
        _card_title(card, wording), text="; ".join(filter(None, [*parts, _see(number, wording)])), carded=bool(number)
    )


def dated_line(card: Card, wording: Wording, number: int | None, *, shown: bool = False) -> LineView:
    """A call where the deadline comes first: what closes soon, what is next for a city. `shown`: it stands above."""
    deadline = card.next_deadline
    left = wording.ahead(card.days_left) if card.days_left is not None and card.days_left >= 0 else ""
    parts = [
        wording.doubt(deadline),
        disagreed(card, wording),
        _start(card, wording),
        tagged(card.tags, wording),
    ]
    parts.append(_see(number, wording) or (wording.gettext("see above") if shown else ""))
    return LineView(
        _card_title(card, wording),
        text="; ".join(filter(None, parts)),
        date=wording.deadline(deadline),
        left=left,
        carded=bool(number) or shown,
    )


def title_line(line: TitleLine, wording: Wording) -> LineView:
    """A new call that matched nothing."""
    deadline = (
        wording.gettext("deadline %(date)s", date=wording.day(line.next_deadline, "plain"))
        if line.next_deadline
        else ""
    )
    hidden = wording.gettext("hidden by rule %(rule)s", rule=clean(line.hidden_by)) if line.hidden_by else ""
    parts = (clean(line.programme), deadline, hidden)
    return LineView(
        title(line.title, line.url, line.language, wording, identifier=reference(line.id)),
        text="; ".join(filter(None, parts)),
    )


def _see(number: int | None, wording: Wording) -> str:
    return wording.gettext("see no. %(number)s", number=number) if number else ""
