"""Stored calls judged in batches: each once, again where something changed, and on from where it was interrupted."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.builders import a_call
from tracker.changes import Plan
from tracker.judge import BATCH, judge, matches
from tracker.model import City, Profile, Topic
from tracker.records import Run
from tracker.store import Store, open_store

COUNT = 2 * BATCH + 3
NOW = datetime(2026, 11, 2, 6, tzinfo=UTC)
MILLS = Topic(key="mills", label={"de": "Mühlen"}, keywords={"en": ("water mill",)})
CITY = City(name="Kilkenny", country="IE", zone="Europe/Dublin", language="en")
PROFILE = Profile(key="k", city=CITY, partners=(), topics=(MILLS,), readers=())


@pytest.fixture
def store():
    held = open_store(None)
    calls = tuple(a_call(str(number), title=f"Water mill {number}") for number in range(COUNT))
    apply(held, Plan(new=calls))
    yield held
    held.close()


def apply(store: Store, plan: Plan) -> None:
    run = Run(source_id=a_call("0").source_id, started_at=NOW, state="ok", healthy=True)
    with store.atomic():
        store.crawl.apply(run, plan, order=(), twins={}, stock=True)


def test_more_calls_than_one_batch_are_all_judged_and_none_of_them_twice(store):
    assert judge(store, PROFILE) == COUNT
    assert judge(store, PROFILE) == 0
    assert {found.topics[0].topic for found in matches(store, PROFILE).values()} == {"mills"}
    assert len(matches(store, PROFILE)) == COUNT


def test_only_a_call_that_changed_is_judged_again(store):
    judge(store, PROFILE)
    apply(store, Plan(updated=(a_call("7", title="Something else"),)))
    number = next(stored.no for stored in store.crawl.calls() if stored.call.external_id == "7")
    assert matches(store, PROFILE)[number].topics == ()
    assert judge(store, PROFILE) == 1
    assert store.telling.matches(PROFILE.key)[number].topics == ()


def test_another_profile_judges_all_anew_and_leaves_the_first_ones_alone(store):
    judge(store, PROFILE)
    assert judge(store, replace(PROFILE, key="other", topics=())) == COUNT
    assert judge(store, PROFILE) == 0
    assert judge(store, replace(PROFILE, topics=())) == COUNT


def test_who_only_asks_stores_nothing(store):
    assert len(matches(store, PROFILE)) == COUNT
    assert store.telling.matches(PROFILE.key) == {}


def test_who_is_interrupted_goes_on_after_the_last_whole_batch(store):
    store.db.execute(f"create trigger halt before insert on matches when new.call_no = {BATCH + 5}"
                     " begin select raise(abort, 'halted'); end")  # fmt: skip
    with pytest.raises(sqlite3.IntegrityError, match="halted"):
        judge(store, PROFILE)
    assert len(store.telling.matches(PROFILE.key)) == BATCH
    store.db.execute("drop trigger halt")
    assert judge(store, PROFILE) == COUNT - BATCH
