"""What is stored of a digest is the digest."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from tests.builders_digest import SIX, a_card, a_digest, a_full_week, euros
from tracker.digest_json import from_json, to_json
from tracker.errors import StoreError
from tracker.model import Budget


@pytest.mark.parametrize("digest", [a_digest(), a_full_week(), a_full_week(first=True, next_deadline=None)])
def test_a_stored_digest_comes_back_as_it_was(digest):
    assert from_json(json.loads(json.dumps(to_json(digest)))) == digest


def test_amounts_keep_every_cent_and_every_zero():
    digest = a_digest(pass_on=(a_card(budget=Budget(total=euros("1234567.80"))),))
    stored = to_json(digest)
    assert stored["pass_on"][0]["budget"]["total"]["minimum"] == "1234567.80"
    assert str(from_json(stored).pass_on[0].budget.total.minimum) == "1234567.80"


def test_unknown_is_null_and_tuples_are_lists():
    stored = to_json(a_digest(pass_on=(a_card(day=None),)))
    assert stored["pass_on"][0]["next_deadline"] is None
    assert stored["for_us"] == []


def test_moments_are_stored_in_utc_whatever_their_zone():
    there = datetime(2026, 6, 15, 6, 0, tzinfo=timezone(timedelta(hours=2)))
    assert to_json(a_digest(moment=there)) == to_json(a_digest(moment=SIX))
    assert to_json(a_digest())["moment"] == "2026-06-15T04:00:00+00:00"


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(StoreError, match="without a zone"):
        to_json(a_digest(moment=SIX.replace(tzinfo=None)))


def test_a_digest_stored_before_a_field_existed_can_still_be_read():
    stored = to_json(a_digest())
    del stored["closed"], stored["coverage"]["searched"]
    assert from_json(stored) == replace(a_digest(), coverage=replace(a_digest().coverage, searched=0))


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"surprise": 1}, "surprise"),
        ({"today": "yesterday"}, "digest.today"),
        ({"closed": "3"}, "digest.closed"),
        ({"closed": True}, "digest.closed"),
        ({"today": None}, "digest.today"),
        ({"recipients": "abc"}, "digest.recipients"),
        ({"pass_on": [{"id": "a"}]}, "pass_on"),
        ({"coverage": []}, "digest.coverage"),
    ],
)
def test_a_damaged_digest_is_refused_by_the_place_of_the_damage(change, named):
    with pytest.raises(StoreError, match=named.replace(".", r"\.")):
        from_json(to_json(a_digest()) | change)
