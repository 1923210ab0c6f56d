"""The EU portal: what its answers mean, and which of them may not be believed."""

import copy
import json
from datetime import UTC, date, datetime

import pytest

from tests.builders import a_source
from tests.shared import RECORDED, needs_recorded
from tracker.connectors import eu_portal
from tracker.demo.rows import rows
from tracker.errors import ConfigError, ParseError
from tracker.model import (
    Announced,
    DeadlineKind,
    Finding,
    RawCall,
    RawDocument,
    Request,
    Restart,
    Skipped,
    Supplement,
)
from tracker.normalize import normalize

NOW = datetime(2026, 6, 15, 6, tzinfo=UTC)
URL = "https://portal.example/search-api/prod/rest/search"
DETAILS = "https://portal.example/data/topicDetails/"
SOURCE = a_source(id="eu-portal", connector="eu_portal", url=URL, options={"page_size": 5, "details": DETAILS})


def row(identifier="LIFE-2026-SAP-CLIMA-CCA", /, **metadata):
    """The demo's row of that identifier, with some metadata replaced (None: taken away)."""
    found = next(row for row in rows(second=True) if row["metadata"]["identifier"] == [identifier])
    found = copy.deepcopy(found)
    for name, value in metadata.items():
        found["metadata"][name] = [] if value is None else value if isinstance(value, list) else [value]
    return found


def answer(*found, total=None, page="1", noted="", kind="list", body=None):
    (first,) = eu_portal.start(SOURCE)
    request = Request(first.url, kind=kind, parts=first.parts, note=(("page", page), ("total", noted)))
    content = {"totalResults": len(found) if total is None else total, "results": list(found)}
    text = json.dumps(content).encode() if body is None else body
    return RawDocument(request=request, body=text, content_type="application/json", fetched_at=NOW)


def parse(*found, source=SOURCE, **given):
    return list(eu_portal.parse(answer(*found, **given), source))


def only_call(*found, **given):
    (call,) = [found for found in parse(*found, **given) if isinstance(found, RawCall)]
    return call


# ---------------------------------------------------------------- the request


def test_the_request_is_filtered_sorted_and_typed():
    (request,) = eu_portal.start(SOURCE)
    parts = {part.name: json.loads(part.text) for part in request.parts}
    assert request.url == f"{URL}?apiKey=SEDIA&text=***&pageSize=5&pageNumber=1"
    assert {part.media_type for part in request.parts} == {"application/json"}
    assert parts["sort"] == {"field": "identifier", "order": "ASC"} and parts["languages"] == ["en"]
    assert parts["query"]["bool"]["must"] == [
        {"terms": {"type": ["1", "2", "8"]}},
        {"terms": {"status": ["31094501", "31094502"]}},
        {"term": {"DATASOURCE": "SEDIA"}},
    ]
    assert "displayFields" not in parts  # the portal then drops the topic's conditions


@pytest.mark.parametrize("options", [{"page_size": 101}, {"page_size": 0}, {"pagesize": 50}])
def test_options_that_make_no_sense_fail_before_the_first_request(options):
    with pytest.raises(ConfigError):
        list(eu_portal.start(a_source(id="eu-portal", url=URL, options=options)))


def test_the_first_page_asks_for_all_others_and_announces_the_rows():
    found = parse(*(row() for _ in range(5)), total=12)
    pages = [dict(request.note) for request in found if isinstance(request, Request) and request.kind == "list"]
    assert pages == [{"page": "2", "total": "12"}, {"page": "3", "total": "12"}]
    assert Announced(12) in found


def test_a_total_that_moves_while_paging_starts_anew():
    (found,) = parse(row(), total=13, page="2", noted="12")
    assert isinstance(found, Restart) and "from 12 to 13" in found.reason


# ---------------------------------------------------------------- rows that break the filter


@pytest.mark.parametrize(
    ("metadata", "words"),
    [
        ({"DATASOURCE": "SEDIA_PRD_CENTRICITY"}, "DATASOURCE"),
        ({"DATASOURCE": None}, "DATASOURCE is missing"),
        ({"type": "6"}, "type"),
        ({"status": "31094503"}, "status"),
        ({"status": "99999998"}, "status"),
    ],
)
def test_a_row_that_the_filter_excludes_fails_the_run(metadata, words):
    with pytest.raises(ParseError, match=words):
        parse(row(), row("CERV-2026-DATA", **metadata))


def test_a_row_in_another_language_fails_the_run():
    with pytest.raises(ParseError, match="language is sv"):
        parse({**row(), "language": "sv"})


@pytest.mark.parametrize(
    "body",
    [b"<html><title>Captcha</title></html>", b'{"totalResults": 3, "resul', b"[]", b'{"results": []}', b""],
    ids=["html", "cut off", "a list", "no total", "empty"],
)
def test_an_answer_of_another_shape_is_no_empty_list(body):
    with pytest.raises(ParseError):
        parse(body=body)


# ---------------------------------------------------------------- identity, titles, links


def test_a_topic_is_known_by_its_identifier_and_shown_on_the_page_for_people():
    call = only_call({**row(), "url": "https://portal.example/data/topicDetails/X.json"})
    assert call.external_id == "LIFE-2026-SAP-CLIMA-CCA" and call.identifiers == (call.external_id,)
    assert call.url.endswith("/topic-details/LIFE-2026-SAP-CLIMA-CCA")


def test_cascade_calls_are_known_by_reference_and_bear_their_own_title():
    call = only_call(row("CREA-CULT-2025-COOP-UA-2"))
    assert call.external_id == "14624COMPETITIVE_CALLen" and call.identifiers == ()
    assert call.title == "Cultural Horizons: Innovative Cultural Products"
    assert call.call_title == "Fostering Ukrainians’ access to culture and cultural heritage"


def test_siblings_that_share_identifier_and_link_stay_apart():
    first = row("CREA-CULT-2025-COOP-UA-2")
    second = {**copy.deepcopy(first), "reference": "14625COMPETITIVE_CALLen"}
    assert len({call.external_id for call in parse(first, second) if isinstance(call, RawCall)}) == 2


def test_a_prospect_call_names_its_country_and_links_to_its_own_portal():
    call = only_call(row("EuropeAid/186152/DD/ACT/Multi", identifier="EuropeAid/186770/DD/ACT/UA"))
    assert call.areas == ("UA",) and call.external_id == "186152PROSPECTSEN"
    assert call.url == "https://webgate.ec.europa.eu/prospect/external/publishedcalls.htm?callId=186152"


def test_a_row_without_a_title_is_left_out_and_named():
    nameless = {**row(title=None), "content": None, "summary": ""}
    found = parse(nameless, row("CERV-2026-DATA"))
    assert [skipped.where for skipped in found if isinstance(skipped, Skipped)] == ["51106194TOPICSen"]


def test_an_unknown_programme_code_is_a_finding_and_no_error():
    found = parse(row(frameworkProgramme="12345678"))
    assert any(isinstance(finding, Finding) and not finding.fatal for finding in found)
    assert next(call for call in found if isinstance(call, RawCall)).programme == "12345678"


# ---------------------------------------------------------------- deadlines


@pytest.mark.parametrize(
    ("words", "identifier", "day"),
    [
        ("2026-09-22T00:00:00.000+0000", "LIFE-2026-SAP-CLIMA-CCA", date(2026, 9, 22)),
        ("2026-09-22T17:00:00+0000", "LIFE-2026-SAP-CLIMA-CCA", date(2026, 9, 22)),
        ("2026-09-22T22:00:00.000+0000", "LIFE-2026-SAP-CLIMA-CCA", date(2026, 9, 23)),
        ("2026-12-31T23:00:00.000+0000", "LIFE-2026-SAP-CLIMA-CCA", date(2027, 1, 1)),
        ("2026-08-17T23:59:00.000+0000", "CREA-CULT-2025-COOP-UA-2", date(2026, 8, 17)),
        ("2026-07-24T21:59:35.000+0000", "EuropeAid/186152/DD/ACT/Multi", date(2026, 7, 24)),
    ],
)
def test_the_hour_of_a_deadline_is_no_hour(words, identifier, day):
    (deadline,) = only_call(row(identifier, deadlineDate=words)).deadlines
    assert (deadline.day, deadline.time, deadline.words) == (day, None, words)


def test_seconds_that_change_daily_leave_the_call_as_it_is():
    source = SOURCE
    before = normalize(only_call(row("EuropeAid/186152/DD/ACT/Multi", deadlineDate="2026-07-24T09:00:04+0000")), source)
    after = normalize(only_call(row("EuropeAid/186152/DD/ACT/Multi", deadlineDate="2026-07-24T09:00:39+0000")), source)
    assert before.days == after.days == (date(2026, 7, 24),)


def test_all_stages_are_kept_in_order():
    days = ["2026-09-17T00:00:00.000+0000", "2026-05-07T00:00:00.000+0000"]
    call = only_call(row(deadlineDate=days, deadlineModel="two-stage"))
    assert [(d.day.isoformat(), d.kind, d.stage) for d in call.deadlines] == [
        ("2026-05-07", DeadlineKind.STAGE, 1),
        ("2026-09-17", DeadlineKind.STAGE, 2),
    ]


def test_eleven_cut_offs_are_eleven_deadlines():
    days = [f"2026-{month:02d}-03T00:00:00.000+0000" for month in range(1, 12)]
    call = only_call(row(deadlineDate=days, deadlineModel="multiple cut-off"))
    assert len(call.deadlines) == 11 and {d.kind for d in call.deadlines} == {DeadlineKind.CUT_OFF}


def test_a_date_that_is_none_keeps_its_words_and_gets_no_day():
    (deadline,) = only_call(row(deadlineDate="2026-02-31T00:00:00.000+0000")).deadlines
    assert deadline.day is None and deadline.words.startswith("2026-02-31")


# ---------------------------------------------------------------- money


def overview(*actions):
    return json.dumps({"budgetYearsColumns": ["2026"], "budgetTopicActionMap": {"1": list(actions)}})


def action(name, **given):
    row = {"action": f"{name} - LIFE Project Grants", "expectedGrants": 0, "minContribution": 0, "maxContribution": 0}
    return {**row, "budgetYearMap": {"2026": "28000000"}, **given}


OWN = "LIFE-2026-SAP-CLIMA-CCA"


def test_only_the_own_row_of_the_budget_counts():
    other = action(f"{OWN}-TWO", budgetYearMap={"2026": "80000000"})
    budget = only_call(row(budgetOverview=overview(action(OWN), other))).budget
    assert (budget.total, budget.scope, budget.currency) == ("28000000", "topic", "EUR")


def test_a_figure_that_all_siblings_carry_is_the_pot_of_the_call():
    siblings = [action(name) for name in (OWN, "LIFE-2026-SAP-CLIMA-CCM", "LIFE-2026-SAP-CLIMA-GOV")]
    assert only_call(row(budgetOverview=overview(*siblings))).budget.scope == "call"


def test_nought_is_not_stated():
    assert only_call(row(budgetOverview=overview(action(OWN, budgetYearMap={"2026": "0"})))).budget is None
    assert only_call(row(budgetOverview=None)).budget is None


def test_years_and_actions_of_one_topic_are_added_up():
    rows_of_topic = [
        action(OWN, budgetYearMap={"2026": "10", "2027": "20"}, minContribution=3, maxContribution=5, expectedGrants=2),
        action(OWN, budgetYearMap={"2026": "5"}, maxContribution=9),
    ]
    budget = only_call(row(budgetOverview=overview(*rows_of_topic))).budget
    assert (budget.total, budget.minimum, budget.maximum, budget.expected_grants) == ("35", "3", "9", "2")


@pytest.mark.parametrize("broken", ["{", "[]", '{"budgetTopicActionMap": []}', '{"budgetTopicActionMap": {"1": [3]}}'])
def test_a_budget_that_does_not_read_is_not_stated(broken):
    assert only_call(row(budgetOverview=broken)).budget is None


# ---------------------------------------------------------------- details


def test_a_topic_without_a_text_asks_for_its_details_once_and_in_lower_case():
    found = parse(row("SMP-FOOD-2026-FW-STAKEHOLDERS-PJ"))
    (request,) = [request for request in found if isinstance(request, Request)]
    assert request.url == f"{DETAILS}smp-food-2026-fw-stakeholders-pj.json"
    assert request.once and request.optional
    assert not [request for request in parse(row()) if isinstance(request, Request)]


def test_details_fill_text_and_budget():
    request = Request(f"{DETAILS}life.json", kind="detail", note=(("id", OWN),))
    details = {"description": "<p>Text</p>", "budgetOverviewJSONItem": json.loads(overview(action(OWN)))}
    body = json.dumps({"TopicDetails": details}).encode()
    document = RawDocument(request=request, body=body, content_type="application/json", fetched_at=NOW)
    (found,) = eu_portal.parse(document, SOURCE)
    assert isinstance(found, Supplement) and found.external_id == OWN
    assert found.fields["description"] == "<p>Text</p>" and found.fields["budget"].total == "28000000"


def test_the_duration_of_an_answer_makes_no_difference():
    one = b'{"apiVersion":"2.155","responseTime":84,"totalResults":1}'
    two = b'{"apiVersion":"2.155","responseTime": 1203 ,"totalResults":1}'
    assert eu_portal.essence(one) == eu_portal.essence(two) != eu_portal.essence(one.replace(b":1}", b":2}"))


# ---------------------------------------------------------------- real answers


@needs_recorded
@pytest.mark.parametrize("name", ["eu_api_response.json", "eu-api-topic-response.json", "api-debug-full.json"])
def test_real_answers_whose_filter_was_ignored_are_not_believed(name):
    with pytest.raises(ParseError, match="breaks the filter"):
        parse(body=(RECORDED / "eu" / "raw" / name).read_bytes())


@needs_recorded
def test_a_real_full_row_is_read():
    content = json.loads((RECORDED / "eu" / "raw" / "eu_api_response.json").read_bytes())
    (real,) = [found for found in content["results"] if found["reference"] == "48400948TOPICSen"]
    source = a_source(id="eu-portal", url=URL, options={"statuses": ["31094503"]})
    body = json.dumps({"totalResults": 1, "results": [real]}).encode()
    (call,) = [found for found in parse(body=body, source=source) if isinstance(found, RawCall)]
    assert call.external_id == "HORIZON-CL4-2025-04-DATA-03" and call.status == "closed"
    assert call.deadlines[0].day == date(2025, 10, 2) and len(call.description) > 1000
    assert call.budget and call.budget.total and call.call_title
