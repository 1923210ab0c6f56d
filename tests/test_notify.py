"""From what was not told yet to the files: told once, drawn again byte for byte, caught up, never lost."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import a_call
from tests.homes import PROFILE, TWO_READERS, at, make_home, opened
from tracker import judge, notify
from tracker.changes import plan
from tracker.errors import StoreError, UnknownError
from tracker.home import open_home
from tracker.model import Schedule
from tracker.normalize import status_on
from tracker.records import Run, Tag

SOURCES = """\
sources:
  stadtnetz: {connector: listing, url: https://stadtnetz.example/, name: Stadtnetz, options: {item: li}}
  zweitnetz: {connector: listing, url: https://zweitnetz.example/, name: Zweitnetz, options: {item: li}}
"""
ENDINGS = ("eml", "html", "ics", "json", "txt")
W24, W25, W26 = "2026-W24", "2026-W25", "2026-W26"


@pytest.fixture
def home(tmp_path):
    return make_home(tmp_path / "home", SOURCES)


@pytest.fixture
def store(home):
    with opened(home) as store:
        yield store


def twinning(key, *days, **given):
    """A call that the small profile holds to be for us."""
    title = f"Town twinning {key}: grants for municipalities and their twin towns"
    words = "Municipalities may apply. Town twinning between twin towns and local authorities."
    return a_call(key, *(days or ("2026-09-23",)), **{"title": title, "description": words, "language": "en", **given})


def dull(key, *days):
    return a_call(key, *(days or ("2026-09-23",)), title=f"Batteries {key}", description="Cells", language="en")


def seed(home, store, calls, now, source="stadtnetz"):
    """One healthy run of a source, applied as collect does."""
    calls = [replace(call, source_id=source) for call in calls]
    first = store.crawl.last_run(source, healthy=True) is None
    planned = plan(
        store.crawl.known(source),
        calls,
        today=at(now).date(),
        first_run=first,
        proves_absence=True,
        status_on=status_on,
    )
    run = Run(source_id=source, started_at=at(now), state="ok", healthy=True, calls=len(calls), rows=len(calls))
    with store.atomic():
        store.crawl.apply(run, planned, order=home.order, twins={}, stock=first)
    judge.judge(store, home.profile)


def tell(home, store, now, reader=0, week=None):
    week = week or notify.week_of(at(now).date())
    return notify.tell(home, store, home.profile.readers[reader], week=week, now=at(now))


def for_us(digest):
    return sorted(card.id for block in digest.for_us for card in block.cards)


def files(home):
    return {path.name: path.read_bytes() for path in home.digests.iterdir()}


def rows(home):
    with closing(sqlite3.connect(home.path / "tracker.db")) as connection:
        return list(connection.iterdump())


# ---------------------------------------------------------------- once, and byte for byte


def test_the_first_digest_stores_its_moment_and_its_list(home, store):
    seed(home, store, [twinning("a")], "2026-06-08T05:00")
    telling = tell(home, store, "2026-06-08T06:00")
    stored = store.telling.digest("ludwigsburg", "europabuero", W24)
    assert telling.fresh and stored.moment == at("2026-06-08T06:00")
    assert json.loads(stored.data)["already_open"][0]["id"] == "stadtnetz:a"
    assert store.telling.told("ludwigsburg", "europabuero") == {("stock", 1), ("card", 1)}


@pytest.mark.parametrize("now", ["2026-06-08T06:00", "2026-06-14T23:59:59.999999"])
def test_a_second_rendering_is_equal_byte_for_byte_in_all_five_forms(home, store, now):
    seed(home, store, [twinning("a", "2026-06-20")], "2026-06-01T05:00")
    seed(home, store, [twinning("a", "2026-06-20"), twinning("b", "2026-06-30")], "2026-06-08T05:00")
    first = tell(home, store, now)
    told = files(home)
    assert sorted(told) == [f"{W24}.{ending}" for ending in ENDINGS]
    seed(home, store, [twinning("c"), dull("d")], "2026-06-16T05:00")
    with store.atomic():
        store.people.add_tag("ludwigsburg", Tag(call_no=1, key="not-relevant", at=at("2026-06-16T05:00")))
    again = tell(home, store, "2026-08-01T12:00", week=W24)
    assert not again.fresh and again.rendered == first.rendered and files(home) == told
    for path in home.digests.iterdir():
        path.unlink()
    notify.retell(home, store, home.profile.readers[0], week=W24)
    assert files(home) == told


def test_days_left_and_the_date_of_the_mail_are_those_of_the_first_telling(home, store):
    seed(home, store, [twinning("a", "2026-06-20")], "2026-06-08T05:00")
    tell(home, store, "2026-06-08T06:00")
    tell(home, store, "2026-06-14T18:00", week=W24)
    assert re.search(r"noch\s12\sTage", files(home)[f"{W24}.txt"].decode())
    mail = message_from_bytes(files(home)[f"{W24}.eml"], policy=default)
    assert mail["Date"].datetime == at("2026-06-08T06:00")


def test_what_comes_after_the_digest_belongs_to_the_next_week(home, store):
    seed(home, store, [twinning("a")], "2026-06-08T05:00")
    tell(home, store, "2026-06-08T06:00")
    seed(home, store, [twinning("a"), twinning("b")], "2026-06-08T07:00")
    assert for_us(tell(home, store, "2026-06-08T08:00").digest) == []
    assert for_us(tell(home, store, "2026-06-15T06:00").digest) == ["stadtnetz:b"]
    assert for_us(tell(home, store, "2026-06-22T06:00").digest) == []


def test_a_file_half_written_is_never_seen_and_a_foreign_one_is_put_right(home, store):
    seed(home, store, [twinning("a")], "2026-06-08T05:00")
    tell(home, store, "2026-06-08T06:00")
    told = files(home)
    (home.digests / f"{W24}.html").write_bytes(told[f"{W24}.html"][:100])
    tell(home, store, "2026-06-09T06:00", week=W24)
    assert files(home) == told


def test_where_a_file_cannot_be_written_the_week_is_told_and_its_files_come_later(home, store):
    seed(home, store, [twinning("a")], "2026-06-08T05:00")
    (home.digests / f"{W24}.html").mkdir(parents=True)
    with pytest.raises(StoreError, match="could not be written"):
        tell(home, store, "2026-06-08T06:00")
    (home.digests / f"{W24}.html").rmdir()
    assert [week for _reader, week in notify.readers_due(home, store, now=at("2026-06-08T07:00"))] == [W24]
    assert tell(home, store, "2026-06-08T07:00").digest.moment == at("2026-06-08T06:00").astimezone(UTC)
    assert list(notify.readers_due(home, store, now=at("2026-06-08T08:00"))) == []


def test_a_week_that_was_never_told_is_unknown(home, store):
    with pytest.raises(UnknownError, match=W24):
        notify.retell(home, store, home.profile.readers[0], week=W24)


def test_two_who_tell_at_the_same_time_tell_the_same(home, store):
    seed(home, store, [twinning("a")], "2026-06-08T05:00")
    with opened(home) as other:
        digest, told = notify.prepare(
            home, store, home.profile.readers[0], week=W24, now=at("2026-06-08T06:00")
        )  # the one …
        first = tell(home, other, "2026-06-08T06:00:01")  # … and the other, who is faster
        assert told and digest.moment != first.digest.moment
        assert tell(home, store, "2026-06-08T06:00:02").rendered == first.rendered


# ---------------------------------------------------------------- preview


def test_a_preview_stores_nothing_writes_nothing_and_shows_what_will_be_told(home, store):
    seed(home, store, [twinning("a")], "2026-06-08T05:00")
    held = rows(home)
    shown = notify.preview(
        home,
        store,
        home.profile.readers[0],
        week=W24,
        now=at("2026-06-08T06:00"),
        matches=judge.matches(store, home.profile),
    )
    assert rows(home) == held and not home.digests.exists() and shown.files == ()
    assert tell(home, store, "2026-06-08T06:00").rendered == shown.rendered


def test_a_preview_knows_matches_that_nobody_has_stored_yet(home, store):
    calls = [replace(twinning("a"), source_id="stadtnetz")]
    planned = plan({}, calls, today=at("2026-06-08").date(), first_run=True, proves_absence=True, status_on=status_on)
    run = Run(source_id="stadtnetz", started_at=at("2026-06-08"), state="ok", healthy=True, calls=1, rows=1)
    with store.atomic():
        store.crawl.apply(run, planned, order=home.order, twins={}, stock=True)
    assert store.telling.matches("ludwigsburg") == {}
    found = judge.matches(store, home.profile)
    assert found[1].verdict.value == "for-us" and store.telling.matches("ludwigsburg") == {}
    judge.judge(store, home.profile)
    assert store.telling.matches("ludwigsburg") == found == judge.matches(store, home.profile)


# ---------------------------------------------------------------- stock, sources, weeks


def test_the_stock_is_told_in_the_first_digest_and_no_more(home, store):
    seed(home, store, [twinning("a"), dull("b"), dull("c")], "2026-06-08T05:00")
    first = tell(home, store, "2026-06-08T06:00").digest
    assert first.first and [card.id for card in first.already_open] == ["stadtnetz:a"]
    assert first.already_open_more == 2 and for_us(first) == [] == list(first.other)
    second = tell(home, store, "2026-06-15T06:00").digest
    assert not second.first and second.already_open == () and second.already_open_more == 0


def test_a_source_added_later_is_named_and_brings_its_stock(home, store):
    seed(home, store, [twinning("a")], "2026-06-08T05:00")
    assert tell(home, store, "2026-06-08T06:00").digest.coverage.added == ()
    seed(home, store, [twinning("z"), dull("y")], "2026-06-10T05:00", source="zweitnetz")
    second = tell(home, store, "2026-06-15T06:00")
    assert [line.id for line in second.digest.coverage.added] == ["zweitnetz"]
    assert [card.id for card in second.digest.already_open] == ["zweitnetz:z"]
    assert second.digest.already_open_more == 1 and "Zweitnetz" in second.rendered.text
    assert tell(home, store, "2026-06-22T06:00").digest.coverage.added == ()


def test_a_source_read_for_the_first_time_at_the_moment_of_a_digest_is_named_in_it(home, store):
    seed(home, store, [twinning("a")], "2026-06-08T06:00")
    tell(home, store, "2026-06-08T06:00")
    seed(home, store, [twinning("z")], "2026-06-15T06:00", source="zweitnetz")
    assert [line.id for line in tell(home, store, "2026-06-15T06:00").digest.coverage.added] == ["zweitnetz"]


def test_a_quiet_week_is_told_too(home, store):
    seed(home, store, [dull("a")], "2026-06-08T05:00")
    tell(home, store, "2026-06-08T06:00")
    seed(home, store, [dull("a")], "2026-06-15T05:00")
    telling = tell(home, store, "2026-06-15T06:00")
    assert telling.fresh and len(files(home)) == 2 * len(ENDINGS)
    assert "nichts" in telling.rendered.text.lower() or "keine" in telling.rendered.text.lower()


def test_missed_weeks_are_caught_up_in_one_digest(home, store):
    seed(home, store, [dull("a")], "2026-06-01T05:00")
    tell(home, store, "2026-06-01T06:00")
    seed(home, store, [dull("a"), twinning("b")], "2026-06-03T05:00")
    seed(home, store, [dull("a"), twinning("b"), twinning("c")], "2026-06-17T05:00")
    ((reader, week),) = notify.readers_due(home, store, now=at("2026-06-22T06:00"))
    found = notify.tell(home, store, reader, week=week, now=at("2026-06-22T06:00")).digest
    assert week == W26 and for_us(found) == ["stadtnetz:b", "stadtnetz:c"]
    assert [digest.week for digest in store.telling.digests("ludwigsburg", "europabuero")] == ["2026-W23", W26]


@pytest.mark.parametrize(
    ("now", "week"),
    [
        ("2026-11-23T06:00", "2026-W48"),
        ("2026-11-23T05:59:59", "2026-W47"),
        ("2026-11-22T23:59", "2026-W47"),
        # the turn of the year: 2026 has 53 weeks
        ("2026-12-28T06:00", "2026-W53"),
        ("2027-01-01T12:00", "2026-W53"),
        ("2027-01-04T05:59", "2026-W53"),
        ("2027-01-04T06:00", "2027-W01"),
        ("2024-12-30T06:00", "2025-W01"),
        ("2027-12-31T12:00", "2027-W52"),
        # the clock goes forward on 29 March and back on 25 October
        ("2026-03-29T23:59", "2026-W13"),
        ("2026-03-30T05:59", "2026-W13"),
        ("2026-03-30T06:00", "2026-W14"),
        ("2026-10-25T23:59", "2026-W43"),
        ("2026-10-26T05:59", "2026-W43"),
        ("2026-10-26T06:00", "2026-W44"),
    ],
)
def test_the_digest_is_due_on_monday_at_six_by_the_clock_of_the_city(home, now, week):
    assert notify.due_week(home.profile, at(now)) == week
    assert notify.due_week(home.profile, at(now).astimezone(UTC)) == week


@pytest.mark.parametrize(
    ("now", "week"),
    [
        ("2026-10-25T01:59", "2026-W42"),
        ("2026-10-25T02:00", "2026-W43"),  # this hour comes twice
        ("2026-03-29T01:59", "2026-W12"),
        ("2026-03-29T03:00", "2026-W13"),  # and this one does not come at all
    ],
)
def test_a_digest_due_in_an_hour_that_comes_twice_or_never_is_due_once(home, now, week):
    profile = replace(home.profile, schedule=Schedule(day=6, hour=2))
    assert notify.due_week(profile, at(now)) == week


def test_the_weeks_of_a_year_with_53_follow_each_other(home, store):
    seed(home, store, [dull("a")], "2026-12-21T05:00")
    for count in range(3):
        moment = at("2026-12-21T06:00") + timedelta(weeks=count)
        ((reader, week),) = notify.readers_due(home, store, now=moment)
        notify.tell(home, store, reader, week=week, now=moment)
        assert list(notify.readers_due(home, store, now=moment)) == []
    weeks = [digest.week for digest in store.telling.digests("ludwigsburg", "europabuero")]
    assert weeks == ["2026-W52", "2026-W53", "2027-W01"]


# ---------------------------------------------------------------- coverage


def test_blind_sources_are_named_with_a_reason_in_the_readers_language(home, store):
    seed(home, store, [dull("a")], "2026-06-08T05:00")
    failed = Run(source_id="zweitnetz", started_at=at("2026-06-08T05:00"), state="walled", healthy=False, error="Wall")
    with store.atomic():
        store.crawl.add_run(failed)
    telling = tell(home, store, "2026-06-08T06:00")
    (blind,) = telling.digest.coverage.blind
    assert (blind.id, blind.state, blind.last_success, blind.calls) == ("zweitnetz", "walled", None, None)
    assert blind.reason == "die Seite weist automatische Abfragen ab" and "Wall" not in telling.rendered.text
    assert (telling.digest.coverage.read, telling.digest.coverage.total) == (1, 2)


def test_a_source_that_was_never_read_is_blind_and_one_that_is_off_is_not_counted(tmp_path):
    text = SOURCES.replace("name: Zweitnetz,", "name: Zweitnetz, enabled: false,")
    home = make_home(tmp_path / "off", text)
    with opened(home) as store:
        found = notify.coverage(home, store, now=at("2026-06-08"), language="de", since=None, searched=0)
    assert [(line.state, line.reason) for line in found.blind] == [("never read", "")]
    assert (found.read, found.total) == (0, 1)


# ---------------------------------------------------------------- readers


def test_a_further_reader_has_files_of_its_own_name_language_and_choice(tmp_path):
    home = make_home(tmp_path / "two", SOURCES, TWO_READERS)
    with opened(home) as store:
        seed(home, store, [dull("a")], "2026-06-08T05:00")
        for reader in (0, 1):
            tell(home, store, "2026-06-08T06:00", reader)
        seed(home, store, [dull("a"), twinning("b")], "2026-06-10T05:00")
        first, second = (tell(home, store, "2026-06-15T06:00", reader) for reader in (0, 1))
    assert for_us(first.digest) == ["stadtnetz:b"] and first.digest.language == "de"
    assert for_us(second.digest) == [] and second.digest.language == "en"
    assert [line.id for line in second.digest.other] == ["stadtnetz:b"]  # outside the choice, but not hidden
    assert {path.name for path in second.files} == {f"{W25}.klima.{ending}" for ending in ENDINGS}
    assert {path.name for path in first.files} == {f"{W25}.{ending}" for ending in ENDINGS}
    assert 'lang="en"' in second.rendered.html and 'lang="de"' in first.rendered.html


def test_each_reader_has_a_ledger_of_its_own(tmp_path):
    home = make_home(tmp_path / "late", SOURCES)
    with opened(home) as store:
        seed(home, store, [dull("a")], "2026-06-08T05:00")
        tell(home, store, "2026-06-08T06:00")
        seed(home, store, [dull("a"), twinning("b")], "2026-06-10T05:00")
        tell(home, store, "2026-06-15T06:00")
    (home.path / "profile.yaml").write_text(TWO_READERS.replace("topics: [climate], cities: [ambato]", "topics: []"))
    both = open_home(home.path)
    with opened(both) as store:
        due = list(notify.readers_due(both, store, now=at("2026-06-15T07:00")))
        assert [(reader.key, week) for reader, week in due] == [("klima", W25)]
        late = tell(both, store, "2026-06-15T07:00", reader=1).digest
    assert late.first and for_us(late) == ["stadtnetz:b"]


def test_a_mail_names_its_reader_only_where_an_address_is_set(tmp_path):
    text = PROFILE.replace("{name: Europabüro}", "{name: Europabüro, email: europa@ludwigsburg.example}")
    home = make_home(tmp_path / "mail", SOURCES, text)
    with opened(home) as store:
        seed(home, store, [dull("a")], "2026-06-08T05:00")
        telling = tell(home, store, "2026-06-08T06:00")
    mail = message_from_bytes(telling.rendered.eml, policy=default)
    assert mail["To"].addresses[0].addr_spec == "europa@ludwigsburg.example"


# ---------------------------------------------------------------- nothing is lost between weeks

keys = st.sampled_from("abcdef")
days = st.lists(st.tuples(st.booleans(), st.dictionaries(keys, st.sampled_from([0, 7, 90]), min_size=1)), max_size=7)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days=days)
def test_whatever_is_recorded_is_told_in_exactly_one_digest(tmp_path_factory, days):
    """Each day some calls are listed with some deadline, and a digest is told or not."""
    home = make_home(tmp_path_factory.mktemp("weeks"), SOURCES)
    with opened(home) as store:
        moment = datetime(2026, 6, 1, 6, tzinfo=UTC)
        for count, (tells, listed) in enumerate([*days, (True, {"a": 0})]):
            moment += timedelta(days=7)
            now = moment.strftime("%Y-%m-%dT%H:%M")
            shown = [twinning(key, f"2027-0{1 + later // 30}-0{1 + later % 7}") for key, later in listed.items()]
            seed(home, store, shown, now, source=home.order[count % 2])
            if tells:
                tell(home, store, now)
        told = store.telling.told("ludwigsburg", "europabuero")
        lists = [json.loads(stored.data) for stored in store.telling.digests("ludwigsburg", "europabuero")]
        assert {entry for entry in told if entry[0] != "card"} == {
            ("change", change.no) for change in store.crawl.changes()
        } | {("stock", call.no) for call in store.crawl.calls() if call.stock}
        cards = [card["id"] for found in lists for block in found["for_us"] for card in block["cards"]]
        cards += [
            card["id"] for found in lists for card in (*found["already_open"], *found["other"], *found["pass_on"])
        ]
        calls = store.crawl.calls()
        assert len(set(cards)) == len(cards)
        assert set(cards) >= {call.id for call in calls if not call.gone or not call.stock}
        # A call of the stock that was gone before the first digest is told as that.
        changed = {line["id"] for found in lists for line in found["changed"]}
        assert {call.id for call in calls} <= {*cards, *changed}


# ---------------------------------------------------------------- one call on two portals


def listed_twice(home, store, one, other, now="2026-06-08"):
    """The call as two sources list it, the second joined to the first."""
    seed(home, store, [twinning("TT", *one)], now)
    call = replace(twinning("TT-2", *other), source_id="rundbrief")
    planned = plan({}, [call], today=at(now).date(), first_run=True, proves_absence=True, status_on=status_on)
    run = Run(source_id="rundbrief", started_at=at(now), state="ok", healthy=True, calls=1, rows=1)
    number = store.crawl.call("stadtnetz:TT").no
    with store.atomic():
        store.crawl.apply(run, planned, order=home.order, twins={"TT-2": number}, stock=True)
    judge.judge(store, home.profile)
    return notify.entries(home, store, today=at(now).date())[number]


def test_sources_that_disagree_are_both_named_and_the_earlier_day_counts(home, store):
    entry = listed_twice(home, store, ["2026-12-22"], ["2026-10-22"])
    named = {said.source: said.deadline.day.isoformat() for said in entry.conflict}
    assert sorted(named.values()) == ["2026-10-22", "2026-12-22"]
    assert entry.next_deadline.day.isoformat() == "2026-10-22"
    card = next(card for card in tell(home, store, "2026-06-08").digest.already_open if card.id == entry.stored.id)
    assert len(card.conflict) == 2
    assert [deadline.day.isoformat() for deadline in card.later_deadlines] == ["2026-12-22"]


def test_a_call_that_is_over_on_one_portal_and_open_on_another_stays_alive(home, store):
    entry = listed_twice(home, store, ["2026-06-01"], ["2026-10-22"])
    assert entry.alive and entry.next_deadline.day.isoformat() == "2026-10-22" and len(entry.conflict) == 2


def test_sources_that_agree_are_no_conflict(home, store):
    assert listed_twice(home, store, ["2026-10-22"], ["2026-10-22"]).conflict == ()
