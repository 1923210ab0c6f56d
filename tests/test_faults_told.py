"""What the administrator is told of a fault: its beginning, its weeks, its end; nothing twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.builders import a_source
from tracker.faults import line, watch
from tracker.health import Health
from tracker.records import Fault
from tracker.store import open_store

NOW = datetime(2026, 6, 15, 4, tzinfo=UTC)


def stands(state="ok", *, at=NOW, **given):
    return Health(source=a_source(), state=state, last_attempt=at, **given)


def told(known, health, now=NOW):
    """What has become of the faults, and the notices by what they say."""
    kept, notices = watch(known, [health], now=now)
    return {**known, **{fault.source_id: fault for fault in kept}}, [notice.what for notice in notices]


@pytest.mark.parametrize("state", ["walled", "shrunk", "broken", "late"])
def test_a_fault_is_told_once_then_weekly_then_when_it_is_over(state):
    faults: dict[str, Fault] = {}
    seen = []
    for number in range(16):
        now = NOW + timedelta(days=number)
        faults, said = told(faults, stands(state, at=now, error="why"), now)
        seen += [(number, what) for what in said]
    assert seen == [(0, "began"), (7, "lasts"), (14, "lasts")]
    faults, said = told(faults, stands(at=NOW + timedelta(days=16)), NOW + timedelta(days=16))
    assert said == ["is over"] and faults["stadtnetz"].ended_at == NOW + timedelta(days=16)


def test_one_fault_that_changes_its_face_stays_one_fault():
    faults, _ = told({}, stands("broken"))
    faults, said = told(faults, stands("walled"), NOW + timedelta(hours=1))
    assert said == [] and faults["stadtnetz"].state == "walled" and faults["stadtnetz"].since == NOW


@pytest.mark.parametrize("state", ["ok", "never read", "not set up", "off"])
def test_what_is_no_fault_is_not_told(state):
    assert told({}, stands(state)) == ({}, [])


def test_a_source_that_was_switched_off_or_removed_ends_its_fault_in_silence():
    faults, _ = told({}, stands("broken"))
    off = replace(stands("off"), source=a_source(enabled=False))
    for standing in ([off], []):
        kept, notices = watch(faults, standing, now=NOW)
        assert notices == [] and [fault.ended_at for fault in kept] == [NOW]


def test_a_silent_source_is_told_with_its_last_change_and_its_usual_rhythm():
    health = stands(silent=True, last_change=date(2026, 4, 1), usual_gap=3.0)
    _, notices = watch({}, [health], now=NOW)
    said = line(notices[0])
    assert "silent: it answers, but nothing has changed since 2026-04-01, where every 3 days were usual" in said
    assert health.source.url in said


def test_the_same_moment_twice_tells_nothing_twice():
    faults, _ = told({}, stands("broken"))
    assert told(faults, stands("broken")) == (faults, [])


def test_faults_come_out_of_the_store_as_they_went_in():
    store = open_store(None)
    fault = Fault(source_id="a", since=NOW, state="walled", error="why", told_at=NOW)
    store.watching.save_fault(fault)
    assert store.watching.open_faults() == {"a": fault}
    store.watching.save_fault(replace(fault, state="broken"))
    assert store.watching.open_faults()["a"].state == "broken"
    store.watching.save_fault(replace(fault, ended_at=NOW))
    assert store.watching.open_faults() == {}
    store.close()
