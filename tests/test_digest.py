"""What is told to one reader, where it stands, and that nothing is told twice or never."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import a_call, a_deadline
from tracker.digest import Entry, Material, build
from tracker.digest_model import Coverage
from tracker.model import (
    Certainty,
    Change,
    ChangeKind,
    City,
    Deadline,
    DeadlineKind,
    Evidence,
    Match,
    PartnerCity,
    Profile,
    Reader,
    Status,
    Topic,
    TopicMatch,
    Verdict,
)
from tracker.normalize import next_deadline
from tracker.records import StoredCall, StoredChange

MONDAY = date(2026, 6, 15)
SIX = datetime(2026, 6, 15, 4, tzinfo=UTC)
PROFILE = Profile(
    key="ludwigsburg",
    city=City(name="Ludwigsburg", country="DE", zone="Europe/Berlin"),
    partners=(
        PartnerCity(key="bergamo", name="Bergamo", country="IT"),
        PartnerCity(key="montbeliard", name="Montbéliard", country="FR", focus=(2026,), label={"en": "Montbeliard"}),
    ),
    topics=(
        Topic(key="twinning", label={"de": "Städtepartnerschaft", "en": "Town twinning"}),
        Topic(key="climate", label={"de": "Klima", "en": "Climate"}),
    ),
    readers=(Reader(key="europabuero"),),
    contact="europa@ludwigsburg.example",
)
FOR_US, PASS_ON, NONE = Verdict.FOR_US, Verdict.PASS_ON, Verdict.NONE


def an_entry(no=1, *days, verdict=FOR_US, topics=("twinning",), cities=("bergamo",), **values):
    """Call number `no`, open with a deadline in September, known since a week."""
    given = {"status": Status.OPEN, "gone": None, "stock": False, "tags": (), "relevance": 2.6, **values}
    call = a_call(str(no), *(days or ("2026-09-23",)))
    ahead = [deadline for deadline in call.deadlines if deadline.day >= MONDAY]
    stored = StoredCall(
        no=no,
        id=call.id,
        call=call,
        first_seen=SIX - timedelta(days=7),
        stock=given["stock"],
        gone=given["gone"],
        gone_at=SIX if given["gone"] else None,
        changed_at=SIX,
        fingerprint=str(no),
        origins=((call.source_id, call.url),),
    )
    found = tuple(
        TopicMatch(topic=key, score=0.9, cities=cities, evidence=(Evidence(words=key, where="title", term=key),))
        for key in topics
    )
    match = Match(topics=found, relevance=given["relevance"], verdict=verdict, cities=cities, why=())
    return Entry(
        stored=stored,
        match=match,
        status=given["status"],
        next_deadline=ahead[0] if ahead else None,
        tags=given["tags"],
    )


def a_change(no, entry, kind=ChangeKind.NEW, **values):
    moved = {"field": "deadlines", "old": ["2026-06-09"], "new": ["2026-06-16"]} if kind is ChangeKind.DEADLINE else {}
    change = Change(kind=kind, external_id=entry.stored.id, title=entry.stored.call.title, **{**moved, **values})
    return StoredChange(
        no=no, at=SIX, source_id="stadtnetz", call_no=entry.stored.no, call_id=entry.stored.id, change=change
    )


def material(*entries, changes=(), **given):
    values = {
        "profile": PROFILE,
        "reader": PROFILE.readers[0],
        "week": "2026-W25",
        "moment": SIX,
        "today": MONDAY,
        "coverage": Coverage(read=1, total=1),
        "entries": {entry.stored.no: entry for entry in entries},
        "changes": tuple(changes),
        "told": frozenset(),
        "first": False,
        **given,
    }
    return Material(**values)


def digest_of(*entries, changes=None, **given):
    """The digest in which each of these calls is new, unless told otherwise."""
    news = [a_change(entry.stored.no, entry) for entry in entries] if changes is None else changes
    return build(material(*entries, changes=news, **given))[0]


def ids(cards):
    return [card.id for card in cards]


def for_us(digest):
    return [card.id for block in digest.for_us for card in block.cards]


# ---------------------------------------------------------------- sections


def test_a_new_call_stands_where_its_verdict_says():
    found = digest_of(
        an_entry(1), an_entry(2, verdict=PASS_ON), an_entry(3, verdict=Verdict.MARGINAL), an_entry(4, verdict=NONE)
    )
    assert for_us(found) == ["stadtnetz:1"] and ids(found.pass_on) == ["stadtnetz:2"]
    assert ids(found.other) == ["stadtnetz:3", "stadtnetz:4"]


def test_cards_and_lines_name_the_programme_officially_in_the_reader_s_language():
    entries = [an_entry(1), an_entry(2, verdict=NONE)]
    for number, entry in enumerate(entries):
        said = {"programme": "Creative Europe (CREA)", "identifiers": (f"CREA-CULT-2026-COOP-{number}",)}
        entries[number] = replace(entry, stored=replace(entry.stored, call=replace(entry.stored.call, **said)))
    for language, name in (("de", "Kreatives Europa (CREA)"), ("en", "Creative Europe (CREA)")):
        found = digest_of(*entries, reader=Reader(key="europabuero", language=language))
        assert [found.for_us[0].cards[0].programme, found.other[0].programme] == [name, name]


def test_a_call_stands_under_its_strongest_topic_only():
    found = digest_of(an_entry(1, topics=("climate", "twinning")), an_entry(2, topics=("twinning",)))
    assert [(block.key, block.label, ids(block.cards)) for block in found.for_us] == [
        ("climate", "Klima", ["stadtnetz:1"]),
        ("twinning", "Städtepartnerschaft", ["stadtnetz:2"]),
    ]


def test_the_most_relevant_call_stands_first_then_the_city_in_focus_then_the_nearest_deadline():
    found = digest_of(
        an_entry(1, "2026-07-01"),
        an_entry(2, "2026-06-30"),
        an_entry(3, cities=("montbeliard",)),
        an_entry(4, relevance=2.9),
    )
    assert for_us(found) == ["stadtnetz:4", "stadtnetz:3", "stadtnetz:2", "stadtnetz:1"]


def test_a_change_is_told_with_old_and_new_relevant_calls_first():
    dull, ours = an_entry(1, verdict=NONE), an_entry(2)
    moved = [a_change(1, dull, ChangeKind.DEADLINE), a_change(2, ours, ChangeKind.DEADLINE)]
    found = digest_of(dull, ours, changes=moved, told=frozenset({("card", 2)}))
    assert [line.id for line in found.changed] == ["stadtnetz:2", "stadtnetz:1"]
    assert found.changed[0].old == ("2026-06-09",) and found.changed[0].new == ("2026-06-16",)
    assert for_us(found) == [] and found.other == ()


def test_what_changed_on_a_call_before_it_was_told_is_part_of_its_news():
    entry = an_entry(1)
    found = digest_of(entry, changes=[a_change(1, entry), a_change(2, entry, ChangeKind.DEADLINE)])
    assert for_us(found) == ["stadtnetz:1"] and found.changed == ()


def test_calls_that_closed_in_time_are_a_count():
    closed = an_entry(1, "2026-06-12", gone=ChangeKind.CLOSED, status=Status.CLOSED)
    found = digest_of(closed, changes=[a_change(1, closed, ChangeKind.CLOSED)])
    assert found.closed == 1 and found.changed == () and found.other == ()


def test_a_new_call_that_is_closed_already_is_a_title_among_the_rest():
    found = digest_of(an_entry(1, "2026-06-12", status=Status.CLOSED))
    assert for_us(found) == [] and ids(found.other) == ["stadtnetz:1"]


def test_a_quiet_week_is_a_digest_too():
    digest, told = build(material(an_entry(1), told=frozenset({("change", 1), ("card", 1)})))
    assert told == () and digest.week == "2026-W25" and digest.coverage.read == 1
    assert (digest.for_us, digest.pass_on, digest.changed, digest.other, digest.already_open) == ((),) * 5


# ---------------------------------------------------------------- closing, partner cities


@pytest.mark.parametrize(
    ("day", "told"),
    [("2026-06-15", True), ("2026-07-27", True), ("2026-07-28", False), ("2026-06-14", False)],
)
def test_closing_reaches_from_today_six_weeks_ahead(day, told):
    assert bool(digest_of(an_entry(1, day), changes=()).closing) is told


def test_closing_counts_the_days_from_the_day_of_the_digest():
    (card,) = digest_of(an_entry(1, "2026-06-20"), changes=()).closing
    assert card.days_left == 5


def test_the_next_deadline_is_that_of_a_call_for_us():
    found = digest_of(an_entry(1, "2026-06-20", verdict=PASS_ON), an_entry(2, "2026-06-25"), changes=())
    assert ids(found.closing) == ["stadtnetz:1", "stadtnetz:2"] and found.next_deadline.id == "stadtnetz:2"


def test_each_partner_city_has_its_open_calls_the_focus_first():
    found = digest_of(
        an_entry(1), an_entry(2, cities=("montbeliard", "bergamo")), an_entry(3, verdict=NONE), changes=()
    )
    assert [(block.name, block.focus, block.open_calls) for block in found.by_city] == [
        ("Montbéliard", True, 1),
        ("Bergamo", False, 2),
    ]


# ---------------------------------------------------------------- what the team said


@pytest.mark.parametrize("tag", ["for-us", "watch", "planned"])
def test_what_the_team_follows_is_for_us_and_always_among_the_closing(tag):
    dull = an_entry(1, "2026-07-01", verdict=NONE, topics=(), tags=(tag,))
    found = digest_of(dull)
    assert for_us(found) == ["stadtnetz:1"] == ids(found.closing)
    assert found.closing[0].tags == (tag,)


@pytest.mark.parametrize("tag", ["submitted", "granted"])
def test_who_has_applied_needs_no_reminder_but_hears_of_changes(tag):
    applied = an_entry(1, "2026-07-01", tags=("for-us", tag))
    found = digest_of(applied, changes=[a_change(1, applied, ChangeKind.DEADLINE)])
    assert found.closing == () and [line.id for line in found.changed] == ["stadtnetz:1"]


@pytest.mark.parametrize("tag", ["not-relevant", "wrong-topic", "rejected"])
def test_what_the_team_refused_is_in_no_section_and_counts_as_told(tag):
    refused = an_entry(1, "2026-07-01", tags=("for-us", tag))
    news = [a_change(1, refused), a_change(2, refused, ChangeKind.DEADLINE)]
    digest, told = build(material(refused, changes=news))
    assert "stadtnetz:1" not in repr(digest)
    assert {entry.ref for entry in told} == {1, 2}


def test_the_newest_word_of_the_team_counts():
    again = an_entry(1, verdict=NONE, tags=("not-relevant", "for-us"))
    assert for_us(digest_of(again)) == ["stadtnetz:1"]


def test_pass_on_said_by_the_team_stands_above_the_matcher():
    assert ids(digest_of(an_entry(1, tags=("pass-on",))).pass_on) == ["stadtnetz:1"]


# ---------------------------------------------------------------- stock


def test_the_stock_is_told_once_what_is_for_us_as_cards_the_rest_as_a_count():
    stock = [
        an_entry(1, stock=True),
        an_entry(2, stock=True, verdict=PASS_ON),
        an_entry(3, stock=True, verdict=NONE),
        an_entry(4, stock=True, verdict=Verdict.MARGINAL),
        an_entry(5, "2026-06-01", stock=True, status=Status.CLOSED),
    ]
    digest, told = build(material(*stock, first=True))
    assert ids(digest.already_open) == ["stadtnetz:1", "stadtnetz:2"] and digest.already_open_more == 2
    assert {(entry.kind, entry.ref) for entry in told} == {
        *(("stock", number) for number in range(1, 6)),
        ("card", 1),
        ("card", 2),
    }
    later, _ = build(material(*stock, told=frozenset((entry.kind, entry.ref) for entry in told)))
    assert later.already_open == () and later.already_open_more == 0


def test_the_stock_of_a_source_that_was_added_later_is_told_in_the_next_digest():
    old, added = an_entry(1, stock=True), an_entry(2, stock=True)
    found = digest_of(old, added, changes=(), told=frozenset({("stock", 1)}))
    assert ids(found.already_open) == ["stadtnetz:2"]


# ---------------------------------------------------------------- readers


def test_a_reader_of_some_topics_gets_the_others_as_titles():
    reader = Reader(key="klima", language="en", topics=("climate",))
    found = digest_of(an_entry(1, topics=("climate",)), an_entry(2), reader=reader)
    assert for_us(found) == ["stadtnetz:1"] and ids(found.other) == ["stadtnetz:2"]
    assert (found.language, found.for_us[0].label, found.reader) == ("en", "Climate", "klima")


def test_a_reader_of_some_cities_gets_the_others_as_titles_and_no_block_for_them():
    reader = Reader(key="frankreich", language="en", cities=("montbeliard",))
    found = digest_of(an_entry(1, cities=("montbeliard",)), an_entry(2), reader=reader)
    assert for_us(found) == ["stadtnetz:1"] and ids(found.other) == ["stadtnetz:2"]
    assert [block.name for block in found.by_city] == ["Montbeliard"]


def test_a_card_holds_what_the_call_says_and_nothing_that_it_does_not():
    entry = an_entry(1, "2026-09-23", "2027-01-12")
    (card,) = digest_of(entry).for_us[0].cards
    assert card.next_deadline == a_deadline("2026-09-23") and card.later_deadlines == (a_deadline("2027-01-12"),)
    assert (card.budget, card.opens, card.programme, card.identifier) == (None, None, "", "")
    assert card.topics[0].words == ("twinning",) and card.cities == ("Bergamo",)


# ---------------------------------------------------------------- nothing twice, nothing never

verdicts = st.sampled_from(list(Verdict))
kinds = st.sampled_from([ChangeKind.NEW, ChangeKind.DEADLINE, ChangeKind.WITHDRAWN, ChangeKind.CLOSED])
calls = st.lists(st.tuples(verdicts, st.booleans(), st.integers(0, 3)), min_size=1, max_size=8)
weekly = st.lists(st.lists(st.tuples(st.integers(0, 7), kinds), max_size=5), min_size=1, max_size=5)


@settings(max_examples=150, deadline=None)
@given(calls=calls, weekly=weekly)
def test_each_change_and_each_call_of_the_stock_is_told_in_exactly_one_week(calls, weekly):
    """A call (verdict, stock or not, the week in which it came); each week changes, by any chance."""
    known, recorded, ledger, seen = [], [], [], []
    for number, happened in enumerate(weekly):
        known += [
            an_entry(no, verdict=verdict, stock=stock)
            for no, (verdict, stock, came) in enumerate(calls)
            if came == number
        ]
        numbers = {entry.stored.no: entry for entry in known}
        fresh = {
            no: entry for no, entry in numbers.items() if not entry.stored.stock and calls[no][2] == number
        }  # whoever comes later is an event
        recorded += [a_change(len(recorded) + place, entry) for place, entry in enumerate(fresh.values())]
        for no, kind in happened:
            if no in numbers and kind is not ChangeKind.NEW:
                recorded.append(a_change(len(recorded), numbers[no], kind))
        told = frozenset((entry.kind, entry.ref) for entry in ledger)
        digest, now_told = build(material(*known, changes=recorded, told=told, first=number == 0))
        ledger += now_told
        seen += [*for_us(digest), *ids(digest.pass_on), *ids(digest.other), *ids(digest.already_open)]
        assert build(material(*known, changes=recorded, told=frozenset((e.kind, e.ref) for e in ledger)))[1] == ()
    refs = [(entry.kind, entry.ref) for entry in ledger if entry.kind != "card"]
    stock = [entry for entry in known if entry.stored.stock]
    assert sorted(refs) == sorted(
        [("change", change.no) for change in recorded] + [("stock", entry.stored.no) for entry in stock]
    )
    shown = [e for e in known if not e.stored.stock or e.match.verdict in (FOR_US, PASS_ON)]
    assert sorted(seen) == sorted(entry.stored.id for entry in shown)


def test_the_ledger_alone_decides_never_the_date():
    entry = an_entry(1)
    old = replace(a_change(1, entry), at=SIX - timedelta(days=90))
    assert for_us(digest_of(entry, changes=[old])) == ["stadtnetz:1"]


def test_a_call_known_by_its_title_becomes_a_card_when_its_text_shows_that_it_is_for_us():
    found = material(an_entry(1), changes=[a_change(1, an_entry(1))], told=frozenset({("change", 1)}))
    digest, told = build(found)
    (block,) = digest.for_us
    assert ids(block.cards) == ["stadtnetz:1"] and "bisher höchstens als Titel gemeldet" in block.cards[0].why
    again, _ = build(replace(found, told=found.told | {(entry.kind, entry.ref) for entry in told}))
    assert again.for_us == ()


def test_a_call_that_was_past_at_first_and_is_extended_becomes_a_card():
    moved = a_change(1, an_entry(1), ChangeKind.DEADLINE)
    digest = digest_of(an_entry(1), changes=[moved])
    assert for_us(digest) == ["stadtnetz:1"]


def test_what_the_team_has_tagged_needs_no_second_card():
    tagged = an_entry(1, tags=("watch",))
    found = material(tagged, changes=[a_change(1, tagged)], told=frozenset({("change", 1)}))
    assert build(found)[0].for_us == ()


def test_a_call_that_was_new_and_withdrawn_in_one_week_is_told_with_both():
    gone = an_entry(1, gone=ChangeKind.WITHDRAWN)
    digest = digest_of(gone, changes=[a_change(1, gone), a_change(2, gone, ChangeKind.WITHDRAWN)])
    assert ids(digest.other) == ["stadtnetz:1"]
    assert [line.kind for line in digest.changed] == ["withdrawn"]


# ---------------------------------------------------------------- rules and pages


def ruled(*rule, **given):
    """Call number 1 with a rule instead of a date."""
    deadline = Deadline(words="je zum Quartalsende", kind=DeadlineKind.RULE, certainty=Certainty.RULE, rule=rule)
    call = replace(a_call("1"), deadlines=(deadline,))
    entry = an_entry(1, **given)
    return replace(entry, stored=replace(entry.stored, call=call), next_deadline=next_deadline(call, MONDAY))


def test_a_rule_gives_a_card_its_next_date_and_those_after_it():
    (card,) = digest_of(ruled("06-30", "12-31", "03-31")).for_us[0].cards
    assert (card.next_deadline.day, card.days_left) == (date(2026, 6, 30), 15)
    assert [deadline.day for deadline in card.later_deadlines] == [date(2026, 12, 31), date(2027, 3, 31)]
    assert card.opens is None


def test_between_two_rounds_a_card_says_when_the_next_one_opens():
    (card,) = digest_of(ruled("03-01/05-15", status=Status.FORTHCOMING)).for_us[0].cards
    assert (card.opens, card.next_deadline.day) == (date(2027, 3, 1), date(2027, 5, 15))


def test_a_deadline_by_rule_is_reminded_of_before_it_comes():
    assert ids(digest_of(ruled("06-30"), changes=()).closing) == ["stadtnetz:1"]
    assert ids(digest_of(ruled("12-31"), changes=()).closing) == []


def test_a_changed_page_stands_among_the_changes_with_its_sentences():
    entry = an_entry(1)
    change = a_change(1, entry, ChangeKind.PAGE, field="text", old=["Alt."], new=["Neu.", "… +3"])
    (line,) = digest_of(entry, changes=[change]).changed
    assert (line.kind, line.old, line.new) == ("page", ("Alt.",), ("Neu.", "… +3"))
