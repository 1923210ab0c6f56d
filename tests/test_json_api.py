"""The json_api connector against the interfaces it will meet: whole, renamed, silent, doubled, hostile, recorded."""

from __future__ import annotations

import json
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.shared import RECORDED, needs_recorded
from tests.structured import FIXTURES, URL, a_source, answer, crawled, faults, mistakes, read
from tracker.connectors import json_api
from tracker.errors import ParseError
from tracker.model import Announced, RawBudget, RawCall, RawDeadline, Request, Restart, Skipped
from tracker.normalize import normalize

OPTIONS = {"rows": "calls", "id": "id", "title": "name", "link": "url", "deadline": "until"}
GRANTS = {
    "rows": "data.oppHits",
    "ok": "errorcode == `0`",
    "echo": "data.searchParams",
    "id": "id",
    "title": {"path": "title", "html": True},
    "link": {"path": "id", "template": "https://www.grants.gov/search-results-detail/{}"},
    "deadline": "closeDate",
    "opens": "openDate",
    "funder": "agency",
    "status": {"path": "oppStatus", "map": {"posted": "open", "forecasted": "forthcoming"}},
    "body": {"oppStatuses": "forecasted|posted", "eligibilities": "02", "sortBy": "openDate|desc"},
    "paging": {"style": "offset", "param": "startRecordNum", "size_param": "rows", "size": 2, "total": "data.hitCount"},
}
AIDES = {
    "rows": "results",
    "id": "id",
    "title": "name",
    "link": "url",
    "description": "[description, eligibility]",
    "deadline": "submission_deadline || recurrence",
    "opens": "start_date",
    "funder": {"path": "financers", "join": ", "},
    "eligible": "targeted_audiences",
    "divisions": "categories",
    "budget": {"rate": "subvention_rate_upper_bound"},
    "query": {"organization_type_slugs": ["commune", "epci"], "aid_type_group_slug": "financial-group"},
    "key_header": "Authorization: Bearer",
    "paging": {"style": "page", "param": "page", "size_param": "itemsPerPage", "size": 2, "total": "count"},
}


def grants_gov(**changed):
    url = "https://api.grants.gov/v1/api/search2"
    return a_source("json_api", {**GRANTS, **changed}, url=url, language="en", country="US", zone="America/New_York")


def aides_territoires(**changed):
    url = "https://aides-territoires.beta.gouv.fr/api/aids/"
    given = {"url": url, "language": "fr", "zone": "Europe/Paris", "needs_env": "AIDES_TERRITOIRES_TOKEN"}
    return a_source("json_api", {**AIDES, **changed}, **given)


def source(**options):
    return a_source("json_api", {**OPTIONS, **options}, language="en")


def a_row(number=1, **changed):
    return {"id": number, "name": f"Call {number}", "url": f"/calls/{number}", "until": "2027-03-15", **changed}


def rows(*found, **more):
    return {"calls": list(found), **more}


# ---------------------------------------------------------------- what a row says


def test_a_row_becomes_a_call_with_the_words_as_found():
    assert read(source(), rows(a_row())) == [
        RawCall(
            external_id="1",
            title="Call 1",
            url="https://nordfonds.example/calls/1",
            language="en",
            deadlines=(RawDeadline(words="2027-03-15"),),
        )
    ]


def test_what_a_row_does_not_say_stays_unsaid():
    row = {"id": 1, "name": "A", "url": "/a", "until": None, "money": "", "text": None, "state": None}
    told = source(budget="money", description="text", status={"path": "state", "map": {"x": "open"}}, funder="nowhere")
    (call,) = read(told, rows(row))
    assert (call.deadlines, call.budget, call.description, call.status, call.funder) == ((), None, "", "", "")


def test_without_an_id_the_clean_link_is_one():
    options = {key: value for key, value in OPTIONS.items() if key != "id"}
    (call,) = read(a_source("json_api", options), rows(a_row(url="/a;jsessionid=1?utm_source=x&q=2")))
    assert call.external_id == call.url == "https://nordfonds.example/a?q=2"


@pytest.mark.parametrize(
    ("place", "value", "words"),
    [
        ("v", " two \n lines ", "two lines"),
        ("v", 12, "12"),
        ("v", 2e7, "20000000"),
        ("v", 2.5, "2.5"),
        ("v", ["a", None, "b", "a"], "a b"),
        ({"path": "v", "join": ", "}, ["Doubs", "ADEME"], "Doubs, ADEME"),
        ({"path": "v[].title"}, [{"title": "a"}, {"title": "b"}], "a b"),
        ({"path": "v", "pattern": r"Fonds: (\w+)"}, "Fonds: EFRE (2027)", "EFRE"),
        ({"path": "v", "html": True}, "R&amp;D <b>now</b>", "R&D now"),
        ({"path": "v", "map": {"true": "yes"}}, True, "yes"),
        ({"const": "Nordfonds"}, None, "Nordfonds"),
    ],
)
def test_a_place_makes_words_of_what_it_finds(place, value, words):
    (call,) = read(source(funder=place), rows(a_row(v=value)))
    assert call.funder == words


@pytest.mark.parametrize("value", [True, False, None, "", [], [None]])
def test_yes_no_and_nothing_are_no_words(value):
    (call,) = read(source(funder="v"), rows(a_row(v=value)))
    assert call.funder == ""


@pytest.mark.parametrize("value", [{"name": "x"}, [{"name": "x"}], [[["x"]]], float("nan"), float("inf")])
def test_a_field_that_has_become_something_else_is_noticed(value):
    found = read(source(funder="v"), rows(a_row(1, v="as ever"), a_row(2, v=value)))
    assert isinstance(found[0], RawCall)
    assert isinstance(found[1], Skipped) and found[1].where == "2" and found[1].reason.startswith("v: ")


@pytest.mark.parametrize(
    "changed", [{"name": None}, {"url": ""}, {"id": None}, {"name": ["A", "B"]}, {"url": "mailto:x"}]
)
def test_a_row_without_its_one_title_link_and_id_is_skipped_and_named(changed):
    found = read(source(), rows(a_row(1), a_row(2, **changed)))
    assert isinstance(found[0], RawCall) and isinstance(found[1], Skipped)


@pytest.mark.parametrize("row", ["a word", 7, None, [], {}])
def test_a_row_that_is_no_object_is_skipped(row):
    assert isinstance(read(source(), rows(a_row(), row))[1], Skipped)


def test_an_identifier_from_outside_cannot_change_the_address_it_is_put_into():
    told = source(link={"path": "id", "template": "https://nordfonds.example/call/{}"})
    (call,) = read(told, rows(a_row("../../x?a=b#c @evil.example")))
    assert call.url == "https://nordfonds.example/call/..%2F..%2Fx%3Fa%3Db%23c%20%40evil.example"


@pytest.mark.parametrize("link", ["javascript:alert(1)", "https://a:b@evil.example/", "ftp://x.example/", "//["])
def test_a_hostile_link_is_no_call(link):
    with pytest.raises(ParseError, match="no web address"):
        read(source(), rows(a_row(url=link)))


def test_a_status_that_nobody_knows_is_no_status():
    told = source(status={"path": "state", "map": {"posted": "open"}})
    found = read(told, rows(a_row(1, state="posted"), a_row(2, state="archived")))
    assert found[0].status == "open"
    assert found[1] == Skipped("2", "state: nobody knows what 'archived' means")


def test_a_status_without_a_map_must_be_one_of_ours():
    found = read(source(status="state"), rows(a_row(1, state="forthcoming"), a_row(2, state="Open")))
    assert found[0].status == "forthcoming" and isinstance(found[1], Skipped)


def test_an_amount_without_a_number_is_no_budget():
    told = source(budget={"total": "sum", "maximum": "most", "currency": {"const": "EUR"}})
    with_sum, without = read(told, rows(a_row(1, sum=1_500_000), a_row(2)))
    assert with_sum.budget == RawBudget(total="1500000", currency="EUR")
    assert without.budget is None


# ---------------------------------------------------------------- days in the notations of machines


@pytest.mark.parametrize(
    ("notation", "value", "day", "words"),
    [
        ("%Y%m%d", "20230112", date(2023, 1, 12), "20230112"),
        ("%m%d%Y", "02282027", date(2027, 2, 28), "02282027"),
        ("epoch-ms", 1774310400000, date(2026, 3, 24), "2026-03-24"),
        ("epoch-s", "1774310400", date(2026, 3, 24), "2026-03-24"),
        ("%Y%m%d", "bald", None, "bald"),
        ("%Y%m%d", "20270230", None, "20270230"),
        ("epoch-ms", 10**40, None, str(10**40)),
    ],
)
def test_a_day_in_a_known_notation_is_that_day_and_in_another_none(notation, value, day, words):
    (call,) = read(source(deadline={"path": "v", "date": notation}), rows(a_row(v=value)))
    assert call.deadlines == (RawDeadline(words=words, day=day),)


def test_an_opening_day_in_a_known_notation_is_told_as_one():
    (call,) = read(source(opens={"path": "v", "date": "%Y%m%d"}), rows(a_row(v="20261001")))
    assert call.opens == "2026-10-01"


# ---------------------------------------------------------------- which rows count


def test_rows_left_out_by_name_are_neither_calls_nor_missed():
    told = source(drop=r"\btest\b|ancienne aide", paging={"style": "none", "total": "count"})
    page = rows(a_row(1), a_row(2, name="Test AB"), a_row(3, name="L'ancienne aide"), count=3)
    found = crawled(told, page)
    assert [call.external_id for call in found.harvest.calls] == ["1"]
    assert faults(told, found) == []


def test_only_those_that_we_filter_count_and_the_others_are_not_missed():
    told = source(only="contains(places, 'Wales')", paging={"style": "none", "total": "count"})
    found = crawled(told, rows(a_row(1, places=["Wales"]), a_row(2, places=["Scotland"]), count=2))
    assert [call.external_id for call in found.harvest.calls] == ["1"]
    assert faults(told, found) == []


def test_a_row_that_breaks_the_filter_of_the_query_discredits_the_page():
    told = source(must="contains(audiences, 'Commune')")
    with pytest.raises(ParseError, match=r"row 2 breaks the filter: contains\(audiences, 'Commune'\)"):
        read(told, rows(a_row(1, audiences=["Commune"]), a_row(2, audiences=["Entreprise"])))


# ---------------------------------------------------------------- pages


def asked_for(requests, name):
    return [parse_qs(urlsplit(request.url).query).get(name, [None])[0] for request in requests]


@pytest.mark.parametrize(
    ("paging", "name", "values"),
    [
        ({"style": "page", "param": "p"}, "p", ["1", "2", "3"]),
        ({"style": "page", "param": "p", "first": 0}, "p", ["0", "1", "2"]),
        ({"style": "offset", "param": "start"}, "start", ["0", "2", "4"]),
    ],
)
def test_pages_are_asked_for_until_all_announced_rows_are_there(paging, name, values):
    asked, told = [], source(paging={**paging, "size_param": "size", "size": 9, "total": "n"})
    pages = (rows(a_row(1), a_row(2), n=5), rows(a_row(3), a_row(4), n=5), rows(a_row(5), n=5))
    found = crawled(told, *pages, asked=asked)
    assert [call.external_id for call in found.harvest.calls] == ["1", "2", "3", "4", "5"]
    assert asked_for(asked, name) == values and set(asked_for(asked, "size")) == {"9"}
    assert faults(told, found) == []


def test_without_a_total_the_list_is_over_where_a_page_is_empty():
    told = source(paging={"style": "page", "param": "p", "total": "n"})
    found = crawled(told, rows(a_row(1), a_row(2), n=None), rows(a_row(3), n=None), rows(n=None))
    assert len(found.harvest.calls) == 3 and found.harvest.announced is None


def test_a_list_whose_last_pages_are_empty_too_early_is_incomplete():
    told = source(paging={"style": "page", "param": "p", "total": "n"})
    found = crawled(told, rows(a_row(1), a_row(2), n=5), rows(n=5))
    assert faults(told, found) == ["5 rows announced, 2 read: incomplete"]


def test_the_next_link_is_followed_on_the_host_of_the_source_only():
    asked, told = [], source(paging={"style": "next", "path": "links.next"})
    pages = [rows(a_row(1), links={"next": "http://nordfonds.example/api/calls?after=1"}), rows(a_row(2), links={})]
    assert len(crawled(told, *pages, asked=asked).harvest.calls) == 2
    assert [request.url for request in asked] == [URL, f"{URL}?after=1"]
    with pytest.raises(ParseError, match=r"links.next: the next page lies on another host"):
        read(told, rows(a_row(), links={"next": "https://evil.example/api/calls?after=1"}))


def test_a_cursor_is_sent_back():
    asked, told = [], source(paging={"style": "cursor", "param": "after", "path": "meta.next"})
    crawled(told, rows(a_row(1), meta={"next": "a=b&c"}), rows(a_row(2), meta={"next": None}), asked=asked)
    assert [request.url for request in asked] == [URL, f"{URL}?after=a%3Db%26c"]


@pytest.mark.parametrize("word", [{"page": 2}, ["x"], True])
def test_a_next_page_that_is_none_is_noticed(word):
    with pytest.raises(ParseError, match="next: expected the next page"):
        read(source(paging={"style": "next", "path": "next"}), rows(a_row(), next=word))


def test_a_number_within_the_body_pages_a_question():
    asked, body = [], {"filters": {"status": ["posted"]}, "pagination": {"sort": "id"}}
    paging = {"style": "page", "param": "pagination.page_offset", "total": "n"}
    crawled(source(body=body, paging=paging), rows(a_row(1), n=2), rows(a_row(2), n=2), asked=asked)
    assert [json.loads(request.json)["pagination"] for request in asked] == [
        {"sort": "id", "page_offset": 1},
        {"sort": "id", "page_offset": 2},
    ]
    assert {request.url for request in asked} == {URL} and body["pagination"] == {"sort": "id"}


def test_a_total_that_moves_begins_again():
    told = source(paging={"style": "page", "param": "p", "total": "n"})
    pages = (rows(a_row(1), n=2), rows(a_row(2), n=3), rows(a_row(1), n=2), rows(a_row(2), n=2))
    found = crawled(told, *pages)
    assert found.harvest.restarts == 1 and len(found.harvest.calls) == 2
    assert faults(told, found) == []


@pytest.mark.parametrize("total", ["many", True, -1, 1.5, {"value": 2}])
def test_a_total_that_is_no_number_is_noticed(total):
    with pytest.raises(ParseError, match="n: expected a number of rows"):
        read(source(paging={"style": "none", "total": "n"}), rows(a_row(), n=total))


def test_a_total_in_words_counts():
    assert Announced(1) in read(source(paging={"style": "none", "total": "n"}), rows(a_row(), n="1"))


def test_a_pager_that_serves_the_first_page_again_is_noticed():
    told = source(paging={"style": "page", "param": "pgae", "total": "n"})
    with pytest.raises(ParseError, match=r"page 2 holds the rows of the page before: is 'pgae' still right\?"):
        crawled(told, rows(a_row(1), a_row(2), n=4), rows(a_row(1), a_row(2), n=4))


def test_a_single_odd_row_on_the_last_page_leaves_the_others_alone():
    told = source(paging={"style": "page", "param": "p", "total": "n"})
    found = crawled(told, rows(a_row(1), a_row(2), n=3), rows(a_row(3, name=None), n=3))
    assert len(found.harvest.calls) == 2 and len(found.harvest.skipped) == 1


def test_reordered_rows_are_the_same_calls_and_doubled_ones_are_counted():
    one, two = crawled(source(), rows(a_row(1), a_row(2))), crawled(source(), rows(a_row(2), a_row(1), a_row(2)))
    assert set(one.harvest.calls) == set(two.harvest.calls)
    assert (one.harvest.repeated, two.harvest.repeated) == (0, 1)


# ---------------------------------------------------------------- answers that are none


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ({"results": []}, "expected a list at 'calls', found nothing"),
        ({"calls": {"1": {}}}, "expected a list at 'calls', found dict"),
        ({"calls": "none"}, "expected a list at 'calls', found str"),
        ([], "expected a list at 'calls', found nothing"),
        ({"calls": []}, "the list at 'calls' is empty"),
        (
            {"calls": [{"nom": "A"}, {"nom": "B"}]},
            "none of 2 rows is a call; the first: name: expected one value, found 0",
        ),
        (b"", "expected JSON"),
        (b'{"calls": [{"id": 1', "expected JSON"),
        ('{"calls": "Förderung"}'.encode("latin-1"), "expected JSON"),
        (b"[" * 100_000, "expected JSON"),
        (b"<html><title>Just a moment...</title></html>", "bot wall or an outage"),
    ],
)
def test_an_answer_of_another_shape_is_an_error_that_names_the_path(page, words):
    with pytest.raises(ParseError, match=words):
        read(source(), page)


def test_an_empty_list_is_fine_only_where_the_source_says_so():
    assert read(source(allow_empty=True), rows()) == []


def test_an_answer_that_says_it_has_failed_is_believed():
    with pytest.raises(ParseError, match="not as it must be: success"):
        read(source(ok="success"), rows(a_row(), success=False))


def test_half_a_character_does_not_reach_the_calls():
    (call,) = read(source(), b'{"calls": [{"id": 1, "name": "Klima \\ud83d", "url": "/1"}]}')
    call.title.encode()


def test_a_byte_order_mark_and_utf_16_are_read():
    page = json.dumps(rows(a_row(name="Příroda")), ensure_ascii=False)
    for encoding in ("utf-8-sig", "utf-16"):
        assert read(source(), page.encode(encoding))[0].title == "Příroda"


def test_a_function_that_got_something_else_names_its_path():
    with pytest.raises(ParseError, match=r"sort\(calls\): "):
        read(source(rows="sort(calls)"), {"calls": 7})


# ---------------------------------------------------------------- mistakes in sources.yaml


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"rows": "calls["}, "options.rows: no path"),
        ({"rows": 7}, "options.rows: not a path"),
        ({"tilte": "name"}, "options.tilte: unknown key; did you mean 'title'?"),
        ({"title": {"paht": "name"}}, "options.title: neither a path nor a mapping"),
        ({"title": {"path": "name", "patern": "x"}}, "options.title.patern: unknown key"),
        ({"title": {"path": "name", "pattern": "("}}, "options.title.pattern: no regular expression"),
        ({"title": {"path": "name", "pattern": "x"}}, "options.title.pattern: has no group"),
        ({"title": {"path": "name", "const": "x"}}, "options.title: path and const exclude each other"),
        ({"title": {"path": "name", "html": "yes"}}, "options.title.html: expected true or false"),
        ({"status": {"path": "s", "map": {"posted": "offen"}}}, "options.status.map: 'offen' is no status"),
        ({"status": {"path": "s", "map": {1: "open"}}}, "options.status.map: expected a mapping of words"),
        ({"link": {"path": "id", "template": "https://x.example/"}}, "options.link.template: expected a web address"),
        ({"link": {"path": "id", "template": "https://{}.example/"}}, "options.link.template: expected a web address"),
        ({"deadline": {"path": "d", "date": "ISO"}}, "options.deadline.date: expected epoch-s"),
        ({"budget": {"totl": "x"}}, "options.budget.totl: unknown key; did you mean 'total'?"),
        ({"paging": {"style": "pages"}}, "options.paging: expected a mapping with style"),
        ({"paging": {"style": "page"}}, "options.paging.param: missing for style page"),
        ({"paging": {"style": "next", "path": "["}}, "options.paging.path: no path"),
        ({"paging": {"style": "page", "param": "p", "size": 5}}, "size and size_param belong together"),
        ({"paging": {"style": "page", "param": "p", "size": 0, "size_param": "s"}}, "paging.size: expected a number"),
        ({"query": "a=b"}, "options.query: expected a mapping"),
        ({"query": {"a": {"b": 1}}}, "options.query.a: expected words"),
        ({"body": []}, "options.body: expected a mapping"),
        ({"key_header": "X-API-Key"}, "options.key_header: needs_env of the source must name"),
        ({"key_header": "X-API-Key: a secret value!"}, "options.key_header: expected a header"),
        ({"echo": "data["}, "options.echo: no path"),
        ({"must": ""}, "options.must: not a path"),
        ({"drop": "["}, "options.drop: no regular expression"),
        ({"allow_empty": "yes"}, "options.allow_empty: expected true or false"),
        ({"strip_query": "s"}, "options.strip_query: expected a list"),
    ],
)
def test_a_mistake_in_the_options_is_told_before_the_first_request(changed, words):
    assert any(words in line for line in mistakes("json_api", {**OPTIONS, **changed})), words


def test_all_mistakes_are_told_at_once():
    assert len(mistakes("json_api", {"rows": "a[", "paging": {"style": "x"}, "nonsense": 1})) == 5


# ---------------------------------------------------------------- quirks of sources, by name


def test_grants_gov_is_read_over_two_pages():
    asked, pages = [], (FIXTURES / "grants_gov_page_1.json", FIXTURES / "grants_gov_page_2.json")
    found = crawled(grants_gov(), *pages, asked=asked)
    first, second, third = found.harvest.calls
    assert first.title == "Hub for innovators: AI & digital skills"
    assert (first.status, second.status, second.deadlines) == ("open", "forthcoming", ())
    assert third.url == "https://www.grants.gov/search-results-detail/362001"
    assert normalize(third, grants_gov()).days == (date(2027, 2, 3),)  # 02/03/2027 in the USA
    assert [json.loads(request.json)["startRecordNum"] for request in asked] == [0, 2]
    assert faults(grants_gov(), found) == []


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"eligibility": "02"}, r"eligibility='02' was understood not at all"),
        ({"eligibilities": "99"}, r"eligibilities='99' was understood as '02'"),
    ],
)
def test_grants_gov_drops_a_parameter_without_a_word_and_we_notice(body, words):
    with pytest.raises(ParseError, match=words):
        read(grants_gov(body=body), FIXTURES / "grants_gov_page_1.json")


def test_grants_gov_without_its_echo_is_not_believed():
    page = json.loads((FIXTURES / "grants_gov_page_1.json").read_bytes())
    del page["data"]["searchParams"]
    with pytest.raises(ParseError, match=r"expected what was asked at 'data\.searchParams'"):
        read(grants_gov(), page)


def test_grants_gov_with_an_error_code_is_refused():
    page = json.loads((FIXTURES / "grants_gov_page_1.json").read_bytes())
    with pytest.raises(ParseError, match="errorcode"):
        read(grants_gov(), {**page, "errorcode": 3})


def test_aides_territoires_is_read_by_pages_of_our_own_not_by_its_next_link():
    (request,) = json_api.start(aides_territoires())
    first, ongoing, announced, following = json_api.parse(
        answer(request, FIXTURES / "aides_territoires.json"), aides_territoires()
    )
    assert announced == Announced(3)
    assert parse_qs(urlsplit(following.url).query) == {
        "organization_type_slugs": ["commune", "epci"],
        "aid_type_group_slug": ["financial-group"],
        "page": ["2"],
        "itemsPerPage": ["2"],
    }
    assert following.key_header == "Authorization: Bearer" and "AIDES" not in following.key
    assert first.url == "https://aides-territoires.beta.gouv.fr/aides/a001-biodechets/"
    assert first.divisions == ("Énergies / Déchets / Recyclage et valorisation des déchets",)
    assert first.funder == "Département du Doubs, ADEME"
    assert first.description.startswith('<p class="MsoNormal"') and first.description.endswith("habitants.</p>")
    assert first.budget == RawBudget(rate="80")
    assert normalize(ongoing, aides_territoires()).deadlines[0].kind == "rolling"


def test_aides_territoires_asks_for_its_own_page_again_as_often_as_it_must():
    page = json.loads((FIXTURES / "aides_territoires.json").read_bytes())
    last = {**page, "results": [{**page["results"][0], "id": 90003, "url": "/aides/a003/"}]}
    found = crawled(aides_territoires(), page, last)
    assert len(found.harvest.calls) == 3 and faults(aides_territoires(), found) == []


# ---------------------------------------------------------------- recorded answers


def recorded(path, **options):
    given = {"language": options.pop("language", "fr"), "zone": "Europe/Paris"}
    return read(a_source("json_api", options, **given), RECORDED / path)


@needs_recorded
def test_the_recorded_answer_of_grants_gov_is_read():
    options = {key: value for key, value in GRANTS.items() if key != "echo"}  # the recording is cut
    found = read(a_source("json_api", options, language="en", country="US"), RECORDED / "partners/us/search2.json")
    assert [call.external_id for call in found[:2]] == ["363293", "363107"]
    assert found[0].title == "American Innovation Hub: AI & Digital Skills" and found[2:] == [Announced(2)]


@needs_recorded
def test_the_recorded_answer_of_ile_de_france_is_a_bare_list():
    found = recorded(
        "partners/fr/ile_de_france_data.json",
        rows="@",
        id="reference",
        title="title",
        link={"path": "reference", "template": "https://www.iledefrance.fr/aides/{}"},
        description="[entete, objectif, modalite]",
        eligible="publicsBeneficiaire[].title",
    )
    assert len(found) == 3 and found[0].external_id == "Sy2cc9WqE"
    assert found[0].eligible == ("Associations",) and "<br>" in found[0].description


@needs_recorded
def test_the_recorded_answer_of_ademe_ends_days_at_23_59_59():
    found = recorded(
        "partners/fr/ademe_agir_data.json",
        rows="ListeDispositifs",
        ok="success",
        id="id",
        title="titre",
        link={"path": "id", "template": "https://agirpourlatransition.ademe.fr/{}"},
        deadline="date_fin",
        opens="date_debut",
        paging={"style": "none", "total": "NbDispositif"},
    )
    days = [normalize(call, a_source("json_api", {}, language="fr", zone="Europe/Paris")).days for call in found[:5]]
    assert days[0] == (date(2023, 12, 31),) and days[2] == (date(2023, 2, 27),) and found[5:] == [Announced(5)]


@needs_recorded
def test_the_recorded_answer_of_the_drome_shows_three_of_166_and_no_next_page():
    found = recorded(
        "partners/fr/departement_drome_data.json",
        rows="results",
        id="id",
        title="name",
        link="origin_url",
        deadline="submission_deadline || recurrence",
        paging={"style": "next", "path": "next", "total": "count"},
    )
    assert [call.external_id for call in found[:3]] == ["162", "338", "650"] and found[3:] == [Announced(166)]


@needs_recorded
def test_the_recorded_answer_of_the_manche_holds_test_rows_and_escaped_titles():
    found = recorded(
        "partners/fr/departement_manche_data.json",
        rows="aides",
        id="id",
        title={"path": "name", "html": True},
        link="origin_url",
        drop=r"\btest\b(?!\.)|ancienne aide",
        paging={"style": "none", "total": "count"},
    )
    calls = [thing for thing in found if isinstance(thing, RawCall)]
    assert calls[0].title.startswith("Appel à projets pour une mise en place d’un centre parental")
    assert not [call for call in calls if "test" in call.title.lower() or "ancienne" in call.title]
    assert found[-1] == Announced(110 - (10 - len(calls)))


@needs_recorded
def test_the_recorded_answer_of_the_ministry_of_culture_has_deadlines_in_french_prose():
    found = recorded(
        "partners/fr/ministere_de_la_culture_data.json",
        rows="@",
        id="id",
        title="title",
        link={"path": "id", "template": "https://www.culture.gouv.fr/demarches/{}"},
        deadline="deadline",
    )
    read_again = a_source("json_api", {}, language="fr")
    assert [normalize(call, read_again).days for call in found] == [(), (date(2022, 4, 15),), (date(2022, 8, 15),)]


@needs_recorded
def test_the_recorded_answer_of_welcome_europe_has_deadlines_in_numbered_fields():
    numbered = ", ".join(f'"dates_deadline-{number}"' for number in (2, 3, 4))
    found = recorded(
        "partners/fr/welcom_europe_data.json",
        rows="@",
        id="ID",
        title="post_title",
        link="permalink",
        deadline={"path": f"[deadline1, {numbered}]", "date": "%Y%m%d"},
        identifiers="info_references",
        eligible={"path": "filtres_beneficiaries", "html": True, "split": ";"},
    )
    assert [deadline.day for deadline in found[0].deadlines] == [date(2023, 1, 12)]
    assert found[0].identifiers == ("EuropeAid/175511/DD/ACT/UG",)
    assert "Collectivité Territoriale & Entité Affiliée" in found[0].eligible


@needs_recorded
def test_the_recorded_reference_file_of_the_eu_portal_has_days_as_milliseconds():
    found = recorded(
        "eu/grantsTenders/eu_grants.json",
        language="en",
        rows="fundingData.GrantTenderObj",
        only="type == `1`",
        id="identifier",
        title="title",
        link={"path": "identifier", "template": "https://ec.europa.eu/info/funding-tenders/topic-details/{}"},
        deadline={"path": "deadlineDatesLong", "date": "epoch-ms"},
        status={
            "path": "status.abbreviation",
            "map": {"Open": "open", "Forthcoming": "forthcoming", "Closed": "closed"},
        },
    )
    assert found[0].external_id == "ERASMUS-EDU-2022-ECHE-CERT-FP"
    assert [deadline.day for deadline in found[0].deadlines][-1] == date(2026, 3, 24)


def test_the_first_request_is_a_plain_get_where_nothing_else_is_said():
    assert list(json_api.start(source())) == [Request(URL, note=(("at", "0"),))]


def test_a_parameter_of_the_address_is_replaced_and_the_others_stay_as_spelt():
    told = a_source("json_api", {**OPTIONS, "query": {"page": 1}}, url=f"{URL}?q=a%20b&page=7&page=8&x")
    (request,) = json_api.start(told)
    assert request.url == f"{URL}?q=a%20b&x&page=1"


def test_a_total_that_moves_is_said_in_numbers():
    told = source(paging={"style": "page", "param": "p", "total": "n"})
    (first,) = json_api.start(told)
    *_, second = json_api.parse(answer(first, rows(a_row(1), n=2)), told)
    found = list(json_api.parse(answer(second, rows(a_row(2), n=3)), told))
    assert Restart("the number of rows moved from 2 to 3 while they were read") in found
