"""Vectors are made bit by bit, each text once, and change a stored match only where they exist."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

import pytest

from tests.builders import a_call
from tests.embedders import Hashing
from tests.homes import at, make_home, opened, portal_sources, run
from tests.test_store import read
from tracker import job, vectors
from tracker.demo.portal import portal as demo_portal
from tracker.embedding import MODEL, NO_EXTRA, Absent
from tracker.judge import judge, matches
from tracker.match import decide, features, match, prepare
from tracker.match.meaning import queries_of
from tracker.match.semantic import with_meaning
from tracker.model import City, PartnerCity, Profile, Topic
from tracker.store import open_store
from tracker.vectors import BATCH, Filled, fill, live, understanding

FOOD = Topic(key="food-waste", label={"de": "Lebensmittelverschwendung"}, keywords={"en": ("food waste", "canteen")})
CITY = City(name="Ludwigsburg", country="DE", zone="Europe/Berlin", language="de")
PARTNER = PartnerCity(key="montbeliard", name="Montbéliard", country="FR", topics=("food-waste",))
PROFILE = Profile(key="k", city=CITY, partners=(PARTNER,), topics=(FOOD,), readers=())
QUERIES = len(queries_of(FOOD))
CALLS = [a_call(str(number), title=f"Meals number {number}", language="en") for number in range(40)]
CLOSE = a_call("close", title="Better meals", description="In every canteen, too.", language="en")


@pytest.fixture
def store():
    opened_store = open_store(None)
    yield opened_store
    opened_store.close()


@pytest.fixture
def home(tmp_path):
    with demo_portal() as stage:
        yield make_home(tmp_path / "home", portal_sources(stage.address))


def marks(store):
    """What each stored match was judged from, by the number of the call."""
    return {row["call_no"]: row["fingerprint"] for row in store.db.query("select call_no, fingerprint from matches")}


def test_each_text_is_embedded_once(store):
    read(store, [*CALLS, replace(CALLS[0], external_id="twin", url="https://stadtnetz.example/other")])
    embedder = Hashing()
    assert fill(store, PROFILE, lambda: embedder) == Filled(QUERIES + 40, 0)
    assert len(embedder.asked) == len(set(embedder.asked)) == QUERIES + 40
    assert fill(store, PROFILE, lambda: pytest.fail("nothing waits")) == Filled(0, 0)


def test_a_run_embeds_no_longer_than_its_seconds_and_the_next_one_goes_on(store):
    read(store, CALLS)
    embedder, ticks = Hashing(), count()
    first = fill(store, PROFILE, lambda: embedder, seconds=2, monotonic=lambda: float(next(ticks)))
    assert first == Filled(BATCH, QUERIES + 40 - BATCH)
    assert fill(store, PROFILE, lambda: embedder) == Filled(first.waiting, 0)
    assert len(embedder.asked) == len(set(embedder.asked))


def test_topics_come_first_then_the_newest_calls(store):
    read(store, CALLS[:20])
    read(store, CALLS, day=1)
    embedder = Hashing()
    fill(store, PROFILE, lambda: embedder)
    assert tuple(embedder.asked[:QUERIES]) == queries_of(FOOD)
    assert embedder.asked[QUERIES] == "Meals number 39" and embedder.asked[-1] == "Meals number 0"


def test_a_changed_text_is_embedded_anew_and_the_old_vector_forgotten(store):
    read(store, [CALLS[0]])
    fill(store, PROFILE, Hashing)
    before = store.vectors.names(MODEL)
    read(store, [replace(CALLS[0], title="Quite another title")], day=1)
    judged = matches(store, PROFILE)
    assert understanding(store, PROFILE).added(store.crawl.calls()[0].call) == {}  # not the old text's meaning
    assert judged[1] == match(store.crawl.calls()[0].call, prepare(PROFILE))
    assert fill(store, PROFILE, Hashing) == Filled(1, 0)
    after = store.vectors.names(MODEL)
    assert len(after) == len(before) and len(after & before) == QUERIES


def test_vectors_of_another_model_are_neither_used_nor_kept(store):
    read(store, CALLS[:3])
    fill(store, PROFILE, Hashing)
    store.db.execute("update vectors set model = 'older'")
    assert understanding(store, PROFILE) is None
    assert fill(store, PROFILE, Hashing) == Filled(QUERIES + 3, 0)
    assert store.vectors.names("older") == set()


def test_an_engine_that_fails_keeps_what_was_made_and_stops_no_run(store):
    read(store, CALLS)
    embedder, ticks = Hashing(), count()
    fill(store, PROFILE, lambda: embedder, seconds=2, monotonic=lambda: float(next(ticks)))
    embedder.broken = RuntimeError("out of order")
    assert fill(store, PROFILE, lambda: embedder) == Absent("the embedding engine failed: out of order", installed=True)
    assert len(store.vectors.names(MODEL)) == BATCH


# ---------------------------------------------------------------- judging


def test_without_vectors_a_stored_match_and_its_mark_are_those_without_the_extra(store):
    read(store, [CLOSE])
    judge(store, PROFILE)
    before = marks(store)
    assert matches(store, PROFILE) == {1: match(CLOSE, prepare(PROFILE))}
    assert fill(store, PROFILE, lambda: Absent(NO_EXTRA)) == Absent(NO_EXTRA)
    assert judge(store, PROFILE) == 0
    assert marks(store) == before and len(before) == 1


def test_a_call_that_got_its_vector_is_judged_again_once(store):
    read(store, [CLOSE, *CALLS[:2]])
    assert judge(store, PROFILE) == 3
    fill(store, PROFILE, Hashing)
    assert judge(store, PROFILE) == 3
    assert judge(store, PROFILE) == 0


def test_later_vectors_only_bring_their_own_calls_back_and_for_every_profile(store):
    read(store, [CLOSE, *CALLS[:2]])
    fill(store, PROFILE, Hashing)
    read(store, [CLOSE, *CALLS[:3]], day=1)
    other = replace(PROFILE, key="other")
    assert judge(store, PROFILE) == judge(store, other) == 4
    assert fill(store, PROFILE, Hashing) == Filled(1, 0)
    assert judge(store, PROFILE) == judge(store, other) == 1


def test_a_vector_changes_the_stored_match_as_it_changes_what_the_call_says(store):
    read(store, [CLOSE])
    before = matches(store, PROFILE)[1]
    fill(store, PROFILE, Hashing)
    said = features(CLOSE, prepare(PROFILE).reader)
    added = understanding(store, PROFILE).added(CLOSE)
    after = matches(store, PROFILE)[1]
    assert after == decide(with_meaning(said, added), prepare(PROFILE)) != before


def test_as_long_as_a_topic_waits_for_its_vectors_no_meaning_counts(store):
    read(store, [CLOSE])
    fill(store, PROFILE, Hashing)
    more = replace(PROFILE, topics=(FOOD, Topic(key="mills", label={"de": "Mühlen"}, keywords={"en": ("mill",)})))
    assert understanding(store, PROFILE) is not None and understanding(store, more) is None
    assert matches(store, more) == {1: match(CLOSE, prepare(more))}


def test_the_meaning_of_a_stored_call_is_the_same_alone_and_in_company(store):
    read(store, [CLOSE])
    fill(store, PROFILE, Hashing)
    alone = understanding(store, PROFILE).added(CLOSE)
    read(store, [*CALLS, CLOSE], day=1)
    fill(store, PROFILE, Hashing)
    assert understanding(store, PROFILE).added(CLOSE) == alone and alone


def test_a_call_that_is_not_stored_means_the_same_as_a_stored_one(store):
    read(store, [CLOSE, *CALLS])
    fill(store, PROFILE, Hashing)
    kept, asked = understanding(store, PROFILE), live(PROFILE, Hashing())
    assert [kept.added(call) for call in (CLOSE, *CALLS)] == [asked(call) for call in (CLOSE, *CALLS)]


# ---------------------------------------------------------------- the whole job


def a_run(home, moment, embedder):
    said: list[str] = []
    with home.lock(), opened(home) as kept:
        job.run(
            home, kept, now=at(moment), environ={}, say=said.append, shown=lambda found, _n: found, embedder=embedder
        )
        return said, kept.vectors.names(MODEL)


def test_a_run_with_the_extra_says_how_many_texts_it_embedded_and_later_runs_are_silent(home):
    run(home, "2026-06-15T06:00")
    said, names = a_run(home, "2026-06-15T06:20", Hashing)
    assert said == [f"meaning: {len(names)} texts embedded, 0 wait for later runs"] and names
    assert a_run(home, "2026-06-15T06:40", Hashing) == ([], names)


def test_a_run_without_the_extra_says_nothing_of_it_and_one_on_an_old_processor_says_why(home):
    run(home, "2026-06-15T06:00")
    assert a_run(home, "2026-06-15T06:20", lambda: Absent(NO_EXTRA)) == ([], set())
    old = Absent("this processor lacks AVX2", installed=True)
    assert a_run(home, "2026-06-15T06:40", lambda: old) == (["meaning: this processor lacks AVX2"], set())


def test_the_budget_of_a_run_is_minutes_not_hours():
    assert 0 < vectors.BUDGET <= 300
