"""What the database keeps, and how several origins are one call."""

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from tests.builders import a_call
from tracker.changes import plan
from tracker.errors import StoreError
from tracker.model import Budget, ChangeKind, Money
from tracker.normalize import status_on
from tracker.records import RuleWord, Run, StoredDigest, Tag, Told
from tracker.store import open_store

MONDAY = datetime(2026, 6, 8, 6, tzinfo=UTC)
ORDER = ("stadtnetz", "rundbrief")


@pytest.fixture
def store():
    opened = open_store(None)
    yield opened
    opened.close()


def read(store, calls, *, source="stadtnetz", day=0, order=ORDER, absence=True):
    """One healthy run of a source, as collect applies it."""
    at = MONDAY + timedelta(days=day)
    calls = [replace(call, source_id=source) for call in calls]
    known = store.crawl.known(source)
    twins = store.crawl.twins(source, [call for call in calls if call.external_id not in known])
    first = store.crawl.last_run(source, healthy=True) is None
    planned = plan(
        known, calls, today=at.date(), first_run=first, proves_absence=absence, status_on=status_on, joins=twins
    )
    run = Run(source_id=source, started_at=at, state="ok", healthy=True, calls=len(calls), rows=len(calls))
    with store.atomic():
        store.crawl.apply(run, planned, order=order, twins=twins, stock=first)


def kinds(store):
    return [change.change.kind.value for change in store.crawl.changes()]


def test_a_call_comes_out_as_it_went_in(store):
    euros = Money(minimum=Decimal(8455), maximum=Decimal("50745.50"), currency="EUR", words="8 455 to 50 745,50 €")
    budget = Budget(total=euros, scope="call")
    call = a_call("a", "2026-09-23", description="Text\nmore", html="<p>Text</p>", budget=budget, eligible=("Kommune",))
    read(store, [call])
    (stored,) = store.crawl.calls()
    assert stored.call == call and stored.id == "stadtnetz:a" and stored.stock and stored.first_seen == MONDAY


def test_a_call_is_found_by_any_spelling_of_its_id(store):
    read(store, [a_call("CERV-2026-TT", "2026-09-23")])
    assert store.crawl.call("Stadtnetz:cerv-2026-tt").id == "stadtnetz:CERV-2026-TT"
    assert store.crawl.call("stadtnetz:b") is None


@pytest.mark.parametrize(
    ("given", "calls"),
    [
        ({}, 1),
        ({"programme": "", "funder": "Deutsch-Französischer Bürgerfonds"}, 1),
        ({"programme": "", "funder": ""}, 2),
        ({"programme": "Zukunftsfonds"}, 2),
        ({"title": "Begegnungen der Partnerstädte 2028"}, 2),
        ({"identifiers": ("TT-2",)}, 2),
        ({"page": True}, 2),
    ],
)
def test_title_deadline_and_programme_together_make_two_entries_one_call(store, given, calls):
    bare = {"identifiers": (), "programme": "Bürgerfonds"}
    title = "Aufruf: Begegnungen der Partnerstädte 2027"
    read(
        store, [a_call("a", "2026-09-23", title=title, url="https://a.example/1", **{**bare, "identifiers": ("TT-1",)})]
    )
    other = {"title": "Begegnungen der Partnerstädte (2027)", "url": "https://b.example/9", **bare, **given}
    read(store, [a_call("b", "2026-09-23", **other)], source="rundbrief")
    assert len(store.crawl.calls()) == calls


def test_a_different_deadline_parts_two_calls_of_one_title_and_programme(store):
    given = {"title": "Begegnungen", "programme": "Bürgerfonds", "identifiers": ()}
    read(store, [a_call("a", "2026-09-23", url="https://a.example/1", **given)])
    read(store, [a_call("b", "2026-09-24", url="https://b.example/9", **given)], source="rundbrief")
    assert len(store.crawl.calls()) == 2


def test_siblings_that_resemble_one_call_are_joined_to_nothing(store):
    given = {"title": "Begegnungen", "programme": "Bürgerfonds", "identifiers": ()}
    read(store, [a_call("a", "2026-09-23", url="https://a.example/1", **given)])
    twice = [a_call(key, "2026-09-23", url=f"https://b.example/{key}", **given) for key in ("b", "c")]
    read(store, twice, source="rundbrief")
    assert len(store.crawl.calls()) == 3


def test_a_run_without_news_writes_no_call(store):
    read(store, [a_call("a", "2026-09-23")])
    before = store.db.execute("select * from origins").fetchall()
    read(store, [a_call("a", "2026-09-23")], day=1)
    assert store.db.execute("select * from origins").fetchall() == before and kinds(store) == []


def test_a_call_is_withdrawn_after_three_days_and_returns_once(store):
    a, b = a_call("a", "2026-09-23"), a_call("b", "2026-09-23")
    for day, calls in enumerate([[a, b], [b], [b], [b], [b], [a, b], [a, b]]):
        read(store, calls, day=day)
    assert kinds(store) == ["withdrawn", "returned"]
    assert store.crawl.call("stadtnetz:a").gone is None


def test_presence_ends_a_gap(store):
    a, b = a_call("a", "2026-09-23"), a_call("b", "2026-09-23")
    for day, calls in enumerate([[a, b], [b], [b], [a, b], [b], [b], [a, b]]):
        read(store, calls, day=day)
    assert kinds(store) == []


def test_changes_are_listed_oldest_first_from_a_moment_on(store):
    read(store, [a_call("a", "2026-09-23")])
    read(store, [a_call("a", "2026-09-24"), a_call("b", "2026-10-01")], day=1)
    read(store, [a_call("a", "2026-09-25"), a_call("b", "2026-10-01")], day=2)
    assert kinds(store) == ["new", "deadline", "deadline"]
    since = store.crawl.changes(MONDAY + timedelta(days=2))
    assert [(change.change.old, change.change.new) for change in since] == [(["2026-09-24"], ["2026-09-25"])]


# ---------------------------------------------------------------- origins


def twin(**given):
    return a_call("x", "2026-09-23", identifiers=("CERV-2026-TT",), url="https://rundbrief.example/x", **given)


def official(**given):
    return a_call("CERV-2026-TT", "2026-09-23", identifiers=("CERV-2026-TT",), **given)


@pytest.mark.parametrize("turns", [("stadtnetz", "rundbrief"), ("rundbrief", "stadtnetz")])
def test_the_same_call_from_two_sources_is_one_with_the_id_of_the_first_in_the_file(store, turns):
    calls = {"stadtnetz": [official()], "rundbrief": [twin()]}
    for source in turns:
        read(store, calls[source], source=source)
    (stored,) = store.crawl.calls()
    assert stored.id == "stadtnetz:CERV-2026-TT" and stored.call.source_id == "stadtnetz"
    assert [source for source, _url in stored.origins] == ["rundbrief", "stadtnetz"]
    assert store.crawl.call("rundbrief:x").no == stored.no


def test_a_further_origin_is_no_event_and_its_leaving_is_none_either(store):
    read(store, [official()])
    read(store, [a_call("other", "2026-09-23")], source="rundbrief")
    read(store, [a_call("other", "2026-09-23"), twin()], source="rundbrief", day=1)
    for day in range(2, 6):
        read(store, [a_call("other", "2026-09-23")], source="rundbrief", day=day)
    assert kinds(store) == []


def test_a_call_is_withdrawn_only_when_its_last_source_drops_it(store):
    other = a_call("other", "2026-12-01", url="https://rundbrief.example/other")
    for day in range(5):
        read(store, [official()] if day == 0 else [], day=day)
        read(store, [other, twin()], source="rundbrief", day=day)
    stored = store.crawl.call("stadtnetz:CERV-2026-TT")
    assert kinds(store) == [] and stored.call.source_id == "rundbrief" and stored.gone is None
    for day in range(5, 8):
        read(store, [other], source="rundbrief", day=day)
    assert kinds(store) == ["withdrawn"]


def test_only_the_leading_origin_tells_that_a_deadline_moved(store):
    read(store, [official()])
    read(store, [twin()], source="rundbrief")
    later = replace(twin(), deadlines=a_call("x", "2026-10-07").deadlines)
    read(store, [later], source="rundbrief", day=1)
    assert kinds(store) == []
    read(store, [replace(official(), deadlines=later.deadlines)], day=1)
    assert kinds(store) == ["deadline"]


def test_siblings_that_share_a_link_are_not_taken_for_one(store):
    link = "https://stadtnetz.example/competitive-calls-cs/44088443"
    read(store, [a_call("a", url=link), a_call("b", url=link)])
    read(store, [a_call("c", url=link)], source="rundbrief")
    read(store, [a_call("d", url=link), a_call("e", url=link)], source="amtsblatt")
    assert len(store.crawl.calls()) == 5


def test_one_link_with_and_without_www_is_one_call(store):
    read(store, [a_call("a", url="https://www.stadtnetz.example/fonds/")])
    read(store, [a_call("b", url="http://stadtnetz.example/fonds")], source="rundbrief")
    assert len(store.crawl.calls()) == 1


def test_a_home_page_is_no_ones_identity(store):
    read(store, [a_call("a", url="https://stadtnetz.example/")])
    read(store, [a_call("b", url="https://stadtnetz.example/")], source="rundbrief")
    assert len(store.crawl.calls()) == 2


# ---------------------------------------------------------------- telling and tagging


def test_a_week_is_told_once_and_its_ledger_with_it(store):
    digest = StoredDigest(reader="europabuero", week="2026-W24", moment=MONDAY, data="{}")
    with store.atomic():
        assert store.telling.tell("lb", digest, [Told(kind="stock", ref=1)])
    with store.atomic():
        assert not store.telling.tell("lb", replace(digest, data="other"), [Told(kind="stock", ref=2)])
    assert store.telling.digest("lb", "europabuero", "2026-W24").data == "{}"
    assert store.telling.told("lb", "europabuero") == {("stock", 1)}
    assert store.telling.told("other-city", "europabuero") == set()


def test_tags_are_kept_and_the_newest_of_a_key_counts(store):
    read(store, [a_call("a", "2026-09-23")])
    (stored,) = store.crawl.calls()
    for hour, key in enumerate(["watch", "for-us", "watch"]):
        store.people.add_tag("lb", Tag(call_no=stored.no, key=key, at=MONDAY + timedelta(hours=hour), by="eva"))
    assert [tag.key for tag in store.people.tags("lb")] == ["watch", "for-us", "watch"]
    assert store.people.keys("lb") == {stored.no: ("for-us", "watch")}
    assert store.people.tags("other-city") == []


def test_no_scrape_touches_what_people_said(store):
    read(store, [a_call("a", "2026-09-23")])
    (stored,) = store.crawl.calls()
    store.people.add_tag("lb", Tag(call_no=stored.no, key="planned", at=MONDAY))
    read(store, [a_call("a", "2026-10-01", title="Another title")], day=1)
    assert store.people.keys("lb") == {stored.no: ("planned",)}


# ---------------------------------------------------------------- the file


def test_a_crash_inside_a_run_leaves_what_was_before(store):
    read(store, [a_call("a", "2026-09-23")])

    def crash():
        with store.atomic():
            store.crawl.add_run(Run(source_id="stadtnetz", started_at=MONDAY, state="ok", healthy=True, calls=0))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        crash()
    assert store.crawl.last_run("stadtnetz").calls == 1


def test_a_database_from_a_newer_version_is_refused_in_words(tmp_path):
    path = tmp_path / "tracker.db"
    store = open_store(path)
    store.db.execute(
        "insert into _sqlite_migrations (migration_set, name, applied_at) values ('tracker', 'm999_later', 'x')"
    )
    store.close()
    with pytest.raises(StoreError, match=r"newer version of tracker \(m999_later\)"):
        open_store(path)


def test_a_file_that_is_no_database_is_refused_in_words(tmp_path):
    path = tmp_path / "tracker.db"
    path.write_bytes(b"no database at all " * 100)
    with pytest.raises(StoreError, match="no intact database"):
        open_store(path)


def test_the_database_is_written_ahead_and_opened_again(tmp_path):
    store = open_store(tmp_path / "tracker.db")
    read(store, [a_call("a", "2026-09-23")])
    store.close()
    again = open_store(tmp_path / "tracker.db")
    assert [stored.id for stored in again.crawl.calls()] == ["stadtnetz:a"]
    again.close()
    raw = sqlite3.connect(tmp_path / "tracker.db")
    assert raw.execute("pragma journal_mode").fetchone() == ("wal",)
    raw.close()


def test_gone_calls_are_told_as_such(store):
    for day, calls in enumerate([[a_call("a", "2026-09-23"), a_call("b")], *[[a_call("b")]] * 3]):
        read(store, calls, day=day)
    stored = store.crawl.call("stadtnetz:a")
    assert stored.gone is ChangeKind.WITHDRAWN and stored.gone_at == MONDAY + timedelta(days=3)


def test_a_watched_page_is_stock_whenever_it_comes_and_nobodys_twin(store):
    page = a_call("nakopa", url="https://skew.example/nakopa", identifiers=("NAKOPA",), page=True)
    read(store, [a_call("a", "2026-09-23")])
    read(store, [a_call("a", "2026-09-23"), page], day=1)
    read(store, [a_call("b", "2026-09-23")], source="rundbrief", day=1)
    read(store, [a_call("b", "2026-09-23"), replace(page, page=False)], source="rundbrief", day=2)
    assert [(stored.id, stored.stock) for stored in store.crawl.calls()] == [
        ("stadtnetz:a", True),
        ("stadtnetz:nakopa", True),
        ("rundbrief:b", True),
        ("rundbrief:nakopa", False),
    ]
    assert kinds(store) == ["new"] and store.crawl.calls()[1].call == page


def test_the_length_of_a_text_is_known_by_its_page(store):
    read(store, [a_call("a", html="<p>Größe</p>"), a_call("b", html="<p>b</p>")])
    assert store.crawl.texts("stadtnetz", ["a", "c"]) == {"a": 12}


# ---------------------------------------------------------------- what people said of rules


def a_word(word="accepted", rule="4d3f4f87", hours=0):
    return RuleWord(rule=rule, keys=("programme:LIFE",), word=word, at=MONDAY + timedelta(hours=hours), by="eva")


def test_the_newest_word_on_a_rule_counts_and_belongs_to_one_profile(store):
    for hour, word in enumerate(["accepted", "dropped", "accepted"]):
        store.lessons.add_word("lb", a_word(word, hours=hour))
    assert store.lessons.words("lb") == {"4d3f4f87": a_word("accepted", hours=2)}
    assert store.lessons.words("other-city") == {}


def test_what_was_forgotten_counts_again_once_that_is_taken_back(store):
    read(store, [a_call("a", "2026-09-23")])
    (stored,) = store.crawl.calls()
    store.people.add_tag("lb", Tag(call_no=stored.no, key="watch", at=MONDAY))
    store.lessons.add_word("lb", a_word())
    store.lessons.forget("lb", by="eva", at=MONDAY)
    forgotten = store.lessons.forgotten("lb")
    assert (forgotten.last_tag, forgotten.last_word, forgotten.by) == (1, 1, "eva")
    assert store.lessons.words("lb") == {} and store.people.tags("lb", after=forgotten.last_tag) == []
    assert store.lessons.forgotten("other-city") is None and len(store.people.tags("lb")) == 1
    assert store.lessons.remember("lb", at=MONDAY) and not store.lessons.remember("lb", at=MONDAY)
    assert list(store.lessons.words("lb")) == ["4d3f4f87"]


def test_a_database_without_lessons_learns_to_keep_them_and_keeps_its_tags(tmp_path):
    path = tmp_path / "tracker.db"
    store = open_store(path)
    read(store, [a_call("a", "2026-09-23")])
    store.people.add_tag("lb", Tag(call_no=1, key="watch", at=MONDAY))
    store.db.conn.executescript("drop table rule_words; drop table forgettings")  # as it was before that migration
    store.db.execute("delete from _sqlite_migrations where name = 'm006_lessons'")
    store.close()
    store = open_store(path)
    store.lessons.add_word("lb", a_word())
    assert store.people.keys("lb") == {1: ("watch",)} and store.lessons.forgotten("lb") is None
    store.close()
