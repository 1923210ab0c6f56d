"""The EU portal's bulk file: what of it is a call, how its dates are meant, and that it is never in memory twice."""

from __future__ import annotations

import json
import tracemalloc
from dataclasses import replace

import pytest

from tests.catalogue import SOURCES
from tests.grants_file import grant, one_file
from tests.shared import RECORDED, needs_recorded
from tests.structured import answer
from tracker.connectors import grants_tenders, lists_all
from tracker.errors import ConfigError, ParseError
from tracker.model import DeadlineKind, Finding, RawCall, Skipped
from tracker.normalize import normalize
from tracker.store.twins import identity_keys

SOURCE = SOURCES["eu-portal-file"]


def read(value):
    """What the file says: a list of grants, or any bytes."""
    body = value if isinstance(value, bytes) else json.dumps({"fundingData": {"GrantTenderObj": value}}).encode()
    (request,) = grants_tenders.start(SOURCE)
    return list(grants_tenders.parse(answer(request, body), SOURCE))


def one(**given):
    (found,) = (thing for thing in read([grant(**given)]) if isinstance(thing, RawCall))
    return found


def days(**given):
    return [deadline.day.isoformat() for deadline in one(**given).deadlines]


# ---------------------------------------------------------------- what is a call


def test_eu_portal_file_type_0_are_tenders_and_no_calls():
    tender = {key: value for key, value in grant(type=0).items() if key != "frameworkProgramme"}
    assert read([tender]) == []


@pytest.mark.parametrize("kind", [2, 6, 8, None, True, "grant"])
def test_eu_portal_file_of_other_types_nothing_is_taken(kind):
    assert read([grant(type=kind)]) == []


def test_eu_portal_file_holds_every_grant_since_2014_so_the_filter_is_ours():
    found = read([grant("A", status="Closed"), grant("B", status="Forthcoming"), grant("C", status="Open")])
    assert [(call.external_id, call.status) for call in found] == [("B", "forthcoming"), ("C", "open")]


@pytest.mark.parametrize(
    "status",
    [
        {},
        None,
        {"id": 31094599, "abbreviation": "Postponed"},
        {"id": 31094501, "abbreviation": "Open"},  # two codes swapped, as public code has had it
    ],
)
def test_eu_portal_file_an_unknown_or_contradictory_status_is_counted_and_named(status):
    (found,) = read([{**grant("A"), "status": status}])
    assert isinstance(found, Skipped) and found.where == "A" and "unknown status" in found.reason


@pytest.mark.parametrize("status", [{"id": 31094502}, {"abbreviation": "Open"}, {"id": "31094502"}])
def test_eu_portal_file_half_a_status_is_enough(status):
    (found,) = read([{**grant("A"), "status": status}])
    assert found.status == "open"


def test_eu_portal_file_names_no_cascade_and_no_prospect_calls_so_absence_proves_nothing():
    assert not lists_all(SOURCE)
    assert "Kaskaden" in SOURCE.without and "PROSPECT" in SOURCE.without and SOURCE.stands_in_for == "eu-portal"


def test_eu_portal_file_has_no_text_and_no_budget():
    assert (one().description, one().budget) == ("", None)


def test_eu_portal_file_is_joined_with_the_search_by_identifier_and_by_link():
    call = normalize(one(identifier="CERV-2026-CITIZENS-TOWN-TT"), SOURCE)
    assert identity_keys(call) == {
        "id:cerv-2026-citizens-town-tt",
        (
            "url:ec.europa.eu/info/funding-tenders/opportunities/portal/screen/opportunities/topic-details/"
            "cerv-2026-citizens-town-tt"
        ),
    }


def test_eu_portal_file_order_of_keys_and_objects_means_nothing():
    grants = [grant("B"), grant("A")]
    turned = [dict(reversed(one.items())) for one in reversed(grants)]
    assert sorted(read(grants), key=lambda call: call.external_id) == read(turned)


# ---------------------------------------------------------------- dates


def test_eu_portal_file_a_moment_at_0000_utc_is_a_day_and_no_hour():
    call = normalize(one(deadlineDatesLong=[1790121600000]), SOURCE)
    (deadline,) = call.deadlines
    assert (deadline.day.isoformat(), deadline.time, deadline.certainty) == ("2026-09-23", None, "date-only")


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (1790121600000, "2026-09-23"),
        ("1790121600000", "2026-09-23"),  # the same object has its dates as text elsewhere
        (1790121600000 - 2 * 3_600_000, "2026-09-23"),  # midnight in Brussels, as the search writes it
        (1790121600000 - 3_600_001, "2026-09-23"),
        (1790121600000 + 17 * 3_600_000, "2026-09-23"),
        (0, "1970-01-01"),
    ],
)
def test_eu_portal_file_the_hour_of_a_moment_is_no_hour(moment, day):
    assert days(deadlineDatesLong=[moment]) == [day]


@pytest.mark.parametrize("moment", [-1, 1.5, True, "soon", 10**15 - 1, 10**40, {}, [1]])
def test_eu_portal_file_a_date_that_is_none_costs_its_row_and_no_other(moment):
    skipped, other = read([grant("A", deadlineDatesLong=[moment]), grant("B")])
    assert isinstance(skipped, Skipped) and skipped.where == "A" and "a date" in skipped.reason
    assert other.external_id == "B"


def test_eu_portal_file_all_cut_offs_are_kept_in_order_each_once():
    assert days(deadlineDatesLong=[1790035200000, 1758585600000, 1790035200000]) == ["2025-09-23", "2026-09-22"]


@pytest.mark.parametrize(
    ("model", "count", "kinds"),
    [
        ({}, 1, [DeadlineKind.SINGLE]),
        ({}, 2, [DeadlineKind.UNKNOWN] * 2),
        ({"abbreviation": "two-stage"}, 2, [DeadlineKind.STAGE] * 2),
        ({"description": "multiple cut-off"}, 2, [DeadlineKind.CUT_OFF] * 2),
        ("single-stage", 0, []),
    ],
)
def test_eu_portal_file_what_a_date_is_is_said_only_where_the_file_says_it(model, count, kinds):
    found = one(deadlineModel=model, deadlineDatesLong=[1790035200000 + n * 86_400_000 for n in range(count)])
    assert [deadline.kind for deadline in found.deadlines] == kinds


# ---------------------------------------------------------------- odd values


def test_eu_portal_file_an_unknown_programme_is_a_finding_and_named_in_the_file_s_words():
    finding, call = read([grant("A", frameworkProgramme={"id": 1, "description": "New  Programme"})])
    assert isinstance(finding, Finding) and not finding.fatal and "unknown programme code 1" in finding.message
    assert call.programme == "New Programme"


@pytest.mark.parametrize(("name", "reason"), [("identifier", "no identifier"), ("title", "no title")])
def test_eu_portal_file_a_row_without_a_name_is_counted(name, reason):
    for value in ("", None, [], " "):
        (found,) = read([{**grant("A"), name: value}])
        assert isinstance(found, Skipped) and found.reason == reason


@pytest.mark.parametrize("member", [7, "A", None, [1]])
def test_eu_portal_file_a_member_that_is_no_object_is_counted(member):
    skipped, call = read([member, grant("A")])
    assert isinstance(skipped, Skipped) and call.external_id == "A"


def test_eu_portal_file_half_a_surrogate_pair_is_no_character():
    assert one(title="Town \ud83c twinning").title == "Town \ufffd twinning"


def test_eu_portal_file_takes_no_options():
    with pytest.raises(ConfigError, match="has none"):
        list(grants_tenders.start(replace(SOURCE, options={"types": ["1"]})))


# ---------------------------------------------------------------- the file as bytes


@pytest.mark.parametrize("piece", [1, 7, 100, 4096])
def test_eu_portal_file_is_the_same_whatever_pieces_it_is_read_in(monkeypatch, piece):
    grants = [grant(f"TT-{n}", title=f"Bürger für Nový Jičín ☕ {n}") for n in range(20)]
    whole = read(grants)
    spaced = json.dumps({"x": '"GrantTenderObj": [', "GrantTenderObj": grants}, ensure_ascii=False, indent=2).encode()
    monkeypatch.setattr(grants_tenders, "PIECE", piece)
    assert read(grants) == read(spaced) == whole and len(whole) == 20


@pytest.mark.parametrize("cut", [20, 45, 400, 1000, -3])
def test_eu_portal_file_cut_off_is_an_error_and_no_short_list(cut):
    body = json.dumps({"fundingData": {"GrantTenderObj": [grant(f"TT-{n}") for n in range(4)]}}).encode()
    with pytest.raises(ParseError):
        read(body[:cut])


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b'{"fundingData": {}}',
        b"<!DOCTYPE html><html><head><title>Just a moment</title></head></html>",
        b'{"fundingData": {"GrantTenderObj": [{"a": 1} oops ]}}',
        b'{"fundingData": {"GrantTenderObj": [' + b"[" * 100_000,
        b'{"fundingData": {"GrantTenderObj": [{"title": "\xff"}]}}',
        json.dumps({"fundingData": {"GrantTenderObj": [grant()]}}).encode("utf-16"),
    ],
)
def test_eu_portal_file_anything_else_is_an_error(body):
    with pytest.raises(ParseError) as caught:
        read(body)
    assert caught.value.source == "eu-portal-file"


def test_eu_portal_file_an_object_without_end_is_given_up(monkeypatch):
    monkeypatch.setattr(grants_tenders, "PIECE", 1000)
    monkeypatch.setattr(grants_tenders, "LARGEST", 5000)
    grants = [grant("A", title="x" * 10_000), grant("B")]
    with pytest.raises(ParseError, match="broken or was cut off"):
        read(grants)


def test_eu_portal_file_an_empty_list_is_no_error_of_the_parser_but_of_the_run():
    assert read([]) == [] and SOURCE.expect.min_calls


def test_eu_portal_file_is_parsed_in_a_few_megabytes_beside_its_bytes():
    body = one_file(objects=1700)
    assert len(body) > 18_000_000
    (request,) = grants_tenders.start(SOURCE)
    document = answer(request, body)
    tracemalloc.start()
    try:
        calls = sum(isinstance(thing, RawCall) for thing in grants_tenders.parse(document, SOURCE))
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert calls > 50 and peak < 14_000_000  # 9 MB, whatever the size of the file (2026-11)


# ---------------------------------------------------------------- what was really seen


@needs_recorded
def test_the_six_objects_seen_in_spring_2026_are_two_calls_and_four_tenders():
    body = (RECORDED / "eu" / "grantsTenders" / "eu_grants.json").read_bytes()
    charter, label = read(body)
    assert (charter.external_id, charter.programme) == ("ERASMUS-EDU-2022-ECHE-CERT-FP", "Erasmus+")
    assert [deadline.day.isoformat() for deadline in charter.deadlines][-1] == "2026-03-24"
    # The search has this cut-off as 22:00 UTC of the day before: the same day in Brussels.
    assert label.external_id == "ESC-HUMAID-2021-QUAL-LABEL-FP" and label.deadlines[-1].day.isoformat() == "2026-09-22"
    assert (label.opens, label.published) == ("2021-06-10", "2021-06-10")
