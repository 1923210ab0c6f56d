"""Every quirk known of Aides-territoires, grants.gov and simpler.grants.gov, met by their entries as they are."""

from __future__ import annotations

import csv
import json
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
from ruamel.yaml import YAML

from tests.catalogue import SOURCES
from tests.fetch_servers import Portal, a_fetcher, page
from tests.homes import collecting
from tests.portals import a_home
from tests.shared import RECORDED, needs_recorded
from tests.structured import a_source, answer, crawled, faults, mistakes, read
from tracker.archive import Archive
from tracker.collect import collect
from tracker.connectors import json_api
from tracker.errors import FetchError, ParseError
from tracker.model import Announced, DeadlineKind, RawCall, Request, Source, Supplement
from tracker.normalize import normalize

ROOT = Path(__file__).resolve().parents[1]
AIDES, GRANTS, SIMPLER = (SOURCES[name] for name in ("aides-territoires", "grants-gov", "simpler-grants-gov"))


def fixture(source: Source, name: str) -> Any:
    return json.loads((ROOT / "tests" / "sources" / source.id / name).read_text("utf-8"))


def calls(found: Any) -> list[RawCall]:
    return [thing for thing in found if isinstance(thing, RawCall)]


def options(source: Source, **changed: Any) -> Source:
    return replace(source, options={**source.options, **changed})


# ---------------------------------------------------------------- Aides-territoires


def an_aid(**changed: Any) -> dict[str, Any]:
    return {**fixture(AIDES, "aids.json")["results"][0], **changed}


def aids(*rows: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"count": len(rows), "previous": None, "next": None, "results": list(rows), **more}


def the_aid(**changed: Any) -> RawCall:
    (call,) = calls(read(AIDES, aids(an_aid(**changed))))
    return call


@pytest.mark.parametrize(
    "category",
    [
        "Énergies / Déchets / Recyclage et valorisation des déchets",
        "Nature / environnement, risques / Eau potable",
        "Énergies|Déchets",
    ],
)
def test_aides_territoires_1_a_category_is_one_whole_string_whatever_separators_it_holds(category):
    assert the_aid(categories=[category]).divisions == (category,)


def test_aides_territoires_2_asks_by_slugs_and_gets_labels_so_labels_are_not_checked_against_the_question():
    (request,) = json_api.start(AIDES)
    asked = parse_qsl(urlsplit(request.url).query)
    assert [value for name, value in asked if name == "organization_type_slugs"] == ["commune", "epci"]
    assert ("perimeter_codes[]", "25388") in asked
    assert the_aid(targeted_audiences=["Intercommunalité / Pays"]).eligible == ("Intercommunalité / Pays",)


def test_aides_territoires_3_the_id_of_a_call_is_the_aids_own_and_no_slug_of_a_code_list():
    assert the_aid(id=162455, slug="renamed").external_id == "162455"


@pytest.mark.parametrize(
    ("recurrence", "deadline", "kinds"),
    [
        ("Permanente", None, [("rolling", None)]),
        ("Récurrente", None, [("unknown", None)]),
        ("Ponctuelle", None, []),
        (None, None, []),
        ("Permanente", "2027-03-01", [("unknown", date(2027, 3, 1))]),
        ("Ponctuelle", "2027-03-01", [("unknown", date(2027, 3, 1))]),
    ],
)
def test_aides_territoires_4_a_permanent_aid_has_no_deadline_but_rolls(recurrence, deadline, kinds):
    call = normalize(the_aid(recurrence=recurrence, submission_deadline=deadline), AIDES)
    assert [(one.kind.value, one.day) for one in call.deadlines] == kinds


@needs_recorded
def test_aides_territoires_4_of_274_recorded_aids_those_without_a_date_roll_recur_or_say_nothing():
    with (RECORDED / "partners/fr/aides-territoires_periurbain.csv").open(encoding="utf-8-sig", newline="") as file:
        told = [(row["Date Clôture"], row["Récurrence"]) for row in csv.DictReader(file)]
    dates = ["-".join(reversed(words.split("/"))) if words else None for words, _ in told]
    rows = [
        an_aid(id=number, submission_deadline=dates[number], recurrence=recurrence)
        for number, (_, recurrence) in enumerate(told)
    ]
    read_again = [normalize(call, AIDES) for call in calls(read(AIDES, aids(*rows)))]
    dated = [call for call in read_again if call.days]
    kinds = Counter(one.kind for call in read_again if not call.days for one in call.deadlines)
    assert (len(read_again), len(dated)) == (274, 22)
    assert kinds[DeadlineKind.ROLLING] >= 232 and sum(kinds.values()) <= 252


def test_aides_territoires_5_residue_of_word_and_line_ends_do_not_reach_the_reader():
    residue = (
        "<!--[if gte mso 9]><xml><w:WordDocument></w:WordDocument></xml><![endif]-->"
        "<style>/* Style Definitions */ table.MsoNormalTable {mso-style-name:'Tableau Normal';}</style>"
        '<p class="MsoNormal" style="mso-fareast-language:FR">Pour les\r\ncommunes<o:p></o:p></p>\r\n\r\n<p>&nbsp;</p>'
    )
    call = normalize(the_aid(description=residue, eligibility=None), AIDES)
    assert call.description == "Pour les communes"
    assert "Mso" not in call.html and "mso" not in call.html and "\r" not in call.html


def test_aides_territoires_6_pages_are_counted_by_us_since_next_loses_repeated_parameters():
    lossy = "https://aides-territoires.beta.gouv.fr/api/aids/?page=2&organization_type_slugs=epci"
    asked: list[Request] = []
    pages = (aids(an_aid(id=1), count=2, next=lossy), aids(an_aid(id=2), count=2))
    found = crawled(AIDES, *pages, asked=asked)
    queries = [parse_qsl(urlsplit(request.url).query) for request in asked]
    assert [dict(query)["page"] for query in queries] == ["1", "2"]
    assert all(query.count(("organization_type_slugs", "commune")) == 1 for query in queries)
    assert len(found.harvest.calls) == 2 and faults(AIDES, found) == []


def test_aides_territoires_6_no_more_than_100_aids_are_asked_for_at_once():
    (request,) = json_api.start(AIDES)
    assert dict(parse_qsl(urlsplit(request.url).query))["itemsPerPage"] == "100"


def test_aides_territoires_7_a_missing_aid_is_a_404_in_json_and_no_call():
    missing = b'{"type": "about:blank", "title": "Not Found", "status": 404, "detail": "Cette aide n\'existe pas"}'
    url = "https://aides-territoires.beta.gouv.fr/api/aids/by-id/7/"
    portal = Portal({url: page(missing, 404, content_type="application/json")})
    with a_fetcher(portal) as fetcher, pytest.raises(FetchError, match="HTTP 404"):
        fetcher.get(replace(AIDES, robots=False, pause=0), Request(url))
    with pytest.raises(ParseError, match="expected a list at 'results', found nothing"):
        read(AIDES, missing)


@pytest.mark.parametrize("licence", ["unknown", "Unknown", "cc-by-nc"])
def test_aides_territoires_an_aid_of_unknown_licence_is_title_and_link_without_its_texts(licence):
    call = normalize(the_aid(import_share_licence=licence), AIDES)
    assert (call.description, call.html) == ("", "")
    assert call.title == "Réduire le gaspillage alimentaire des cantines" and call.url.startswith("https://")


@pytest.mark.parametrize("licence", ["openlicence20", None, ""])
def test_aides_territoires_an_aid_under_the_open_licence_or_the_sites_own_keeps_its_texts(licence):
    assert "tables de tri" in normalize(the_aid(import_share_licence=licence), AIDES).description


def test_aides_territoires_a_relative_url_is_made_absolute():
    assert the_aid(url="/aides/x/").url == "https://aides-territoires.beta.gouv.fr/aides/x/"


def test_aides_territoires_contacts_are_not_taken():
    assert "Jeanne Exemple" not in repr(the_aid())


@pytest.mark.parametrize(
    ("perimeter", "scale", "is_ours"),
    [
        ("France", "Pays", True),
        ("Europe", "Continent", True),
        ("France métropolitaine", "Métropole", True),
        ("Rhône-Méditerranée", "Bassin hydrographique", True),
        ("Communes du programme Action cœur de ville", "Ad-hoc", True),
        ("Bourgogne-Franche-Comté", "Région", True),
        ("Doubs", "Département", True),
        ("CA Pays de Montbéliard Agglomération", "EPCI", True),
        (None, None, True),
        ("Occitanie", "Région", False),
        ("Vaucluse", "Département", False),
        ("Martinique", "Outre-mer", False),
        ("Lyon", "Commune", False),
    ],
)
def test_aides_territoires_an_aid_of_another_place_is_left_out_and_not_missed(perimeter, scale, is_ours):
    rows = [an_aid(id=1), an_aid(id=2, perimeter=perimeter, perimeter_scale=scale)]
    found = crawled(AIDES, aids(*rows))
    assert len(found.harvest.calls) == 1 + is_ours and faults(AIDES, found) == []


# ---------------------------------------------------------------- other French interfaces, by json_api


FRENCH = {"rows": "@", "id": "id", "title": "title", "link": "url", "deadline": "deadline"}


def french(**changed: Any) -> Source:
    return a_source("json_api", {**FRENCH, **changed}, language="fr", country="FR", zone="Europe/Paris")


def days(source: Source, words: Any) -> tuple[date, ...]:
    row = {"id": 1, "title": "A", "url": "/1", "deadline": words}
    (call,) = calls(read(source, [row]))
    return normalize(call, source).days


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("15 avril 2022", date(2022, 4, 15)),
        ("1er mars 2027", date(2027, 3, 1)),
        ("31 déc. 2026", date(2026, 12, 31)),
        ("2027-12-31T23:59:59+01:00", date(2027, 12, 31)),
        ("2027-02-28T23:59:59+0100", date(2027, 2, 28)),
        ("2023-06-01T22:00:00.000Z", date(2023, 6, 2)),
        ("2023-01-01T23:00:00.000Z", date(2023, 1, 2)),
    ],
)
def test_french_interfaces_write_dates_in_all_these_ways(words, told):
    assert days(french(), words) == (told,)


def test_ademe_a_day_ends_at_23_59_59_and_stays_that_day_in_another_zone():
    assert days(replace(french(), zone="Europe/Berlin"), "2023-12-31T23:59:59+01:00") == (date(2023, 12, 31),)


def test_manche_test_rows_are_left_out_and_escaped_titles_are_read():
    source = french(title={"path": "title", "html": True}, drop=r"\btest\b(?!\.)|ancienne aide")
    rows = [
        {"id": 1, "title": "Cr&eacute;ation d&rsquo;un centre", "url": "/1"},
        {"id": 2, "title": "Test AB", "url": "/2"},
        {"id": 3, "title": "ancienne aide", "url": "/3"},
    ]
    assert [call.title for call in calls(read(source, rows))] == ["Création d’un centre"]


def test_welcome_europe_numbered_deadlines_are_all_read_in_their_order():
    place = {"path": '[deadline1, "dates_deadline-2", "dates_deadline-3"]', "date": "%Y%m%d"}
    row = {
        "id": 1,
        "title": "A",
        "url": "/1",
        "deadline1": "20270112",
        "dates_deadline-2": "",
        "dates_deadline-3": "20270612",
    }
    (call,) = calls(read(french(deadline=place), [row]))
    assert [one.day for one in call.deadlines] == [date(2027, 1, 12), date(2027, 6, 12)]


@needs_recorded
@pytest.mark.parametrize(
    ("file", "given", "count"),
    [
        (
            "ile_de_france_data.json",
            {"rows": "@", "id": "reference", "link": {"path": "reference", "template": "https://x.example/{}"}},
            3,
        ),
        (
            "ademe_agir_data.json",
            {
                "rows": "ListeDispositifs",
                "title": "titre",
                "link": {"path": "id", "template": "https://x.example/{}"},
                "deadline": "date_fin",
            },
            5,
        ),
        (
            "departement_drome_data.json",
            {"rows": "results", "title": "name", "link": "origin_url", "deadline": "submission_deadline"},
            3,
        ),
        (
            "departement_manche_data.json",
            {"rows": "aides", "title": {"path": "name", "html": True}, "link": "origin_url"},
            10,
        ),
        (
            "ministere_de_la_culture_data.json",
            {"rows": "@", "link": {"path": "id", "template": "https://x.example/{}"}},
            3,
        ),
        (
            "welcom_europe_data.json",
            {
                "rows": "@",
                "id": "ID",
                "title": "post_title",
                "link": "permalink",
                "deadline": {"path": "deadline1", "date": "%Y%m%d"},
            },
            2,
        ),
    ],
)
def test_every_recorded_french_interface_is_read_by_options_alone(file, given, count):
    source = french(**given)
    found = calls(read(source, RECORDED / "partners/fr" / file))
    assert len(found) == count and all(normalize(call, source).title for call in found)


# ---------------------------------------------------------------- grants.gov


def hits(**changed: Any) -> dict[str, Any]:
    found = fixture(GRANTS, "list.json")
    return {**found, "data": {**found["data"], **changed}}


def a_hit(**changed: Any) -> dict[str, Any]:
    return {**fixture(GRANTS, "list.json")["data"]["oppHits"][0], **changed}


def echoed(**changed: Any) -> dict[str, Any]:
    return hits(searchParams={**fixture(GRANTS, "list.json")["data"]["searchParams"], **changed})


def details(name: str, **changed: Any) -> Supplement:
    value = {**fixture(GRANTS, name), **changed}
    request = next(thing for thing in read(GRANTS, hits()) if isinstance(thing, Request) and name[:6] in thing.json)
    (found,) = json_api.parse(answer(request, value), GRANTS)
    assert isinstance(found, Supplement)
    return found


def test_grants_gov_1_a_parameter_name_that_is_dropped_is_noticed_by_the_echo():
    body = dict(GRANTS.options["body"])
    body["eligibility"] = body.pop("eligibilities")
    with pytest.raises(ParseError, match=r"eligibility='02\|99' was understood not at all"):
        read(options(GRANTS, body=body), hits())


@pytest.mark.parametrize(
    "changed", [{"eligibilities": ""}, {"oppStatuses": "posted"}, {"fundingCategories": "AG"}, {"rows": 10}]
)
def test_grants_gov_1_a_parameter_that_is_understood_otherwise_is_noticed_by_the_echo(changed):
    with pytest.raises(ParseError, match="was understood as"):
        read(GRANTS, echoed(**changed))


def test_grants_gov_2_a_wrong_value_gives_no_hits_and_that_is_an_error_and_no_quiet_week():
    with pytest.raises(ParseError, match=r"the list at 'data\.oppHits' is empty"):
        read(GRANTS, hits(hitCount=0, oppHits=[]))


def test_grants_gov_3_a_misspelt_pager_that_serves_page_1_again_is_noticed():
    paging = {**GRANTS.options["paging"], "param": "startRecordNumber", "size": 2}
    rows = [a_hit(id="1"), a_hit(id="2")]
    wrong = replace(
        GRANTS, options={k: v for k, v in GRANTS.options.items() if k not in {"echo", "details"}} | {"paging": paging}
    )
    first = hits(hitCount=4, oppHits=rows)
    with pytest.raises(ParseError, match="holds the rows of the page before: is 'startRecordNumber' still right"):
        crawled(wrong, first, first)
    with pytest.raises(ParseError, match="startRecordNumber=0 was understood not at all"):
        read(options(GRANTS, paging=paging), hits())


def test_grants_gov_4_the_statuses_are_asked_for_by_name_and_not_left_to_the_default():
    (request,) = json_api.start(GRANTS)
    body = json.loads(request.json)
    assert body["oppStatuses"] == "forecasted|posted" and "02" in body["eligibilities"].split("|")
    assert "HL" not in body["fundingCategories"].split("|")


def test_grants_gov_codes_asked_for_are_official_ones():
    official = "AG|AR|BC|CD|CP|DPR|ED|ELT|EN|ENV|FN|HL|HO|HU|IIJ|IS|ISS|LJL|NR|OZ|RD|ST|T|ACA|O|RA|EIC|RT"
    asked = GRANTS.options["body"]["fundingCategories"].split("|")
    assert set(asked) <= set(official.split("|")) and len(asked) == len(set(asked))


@pytest.mark.parametrize(
    ("words", "told"),
    [("08/30/2026", (date(2026, 8, 30),)), ("02/03/2027", (date(2027, 2, 3),)), ("", ()), (None, ())],
)
def test_grants_gov_days_are_written_month_first_and_forecasts_have_none(words, told):
    (call,) = calls(read(GRANTS, hits(hitCount=1, oppHits=[a_hit(closeDate=words)])))
    assert normalize(call, GRANTS).days == told


def test_grants_gov_midnight_in_the_morning_is_the_day_itself_as_responsedatestr_says():
    call = replace(calls(read(GRANTS, hits()))[2], **details("362001.json").fields)
    (deadline,) = normalize(call, GRANTS).deadlines
    assert call.deadlines[0].words == "Feb 22, 2027 12:00:00 AM EST"
    assert (deadline.day, deadline.time) == (date(2027, 2, 22), None)


def test_grants_gov_the_estimate_of_a_forecast_is_no_deadline():
    assert "deadlines" not in details("363107.json").fields


@pytest.mark.parametrize("words", ["none", "", None, "None", "N/A"])
def test_grants_gov_a_ceiling_of_none_is_no_amount(words):
    value = fixture(GRANTS, "363293.json")
    value["data"]["synopsis"]["awardCeiling"] = words
    budget = details("363293.json", data=value["data"]).fields["budget"]
    assert (budget.maximum, budget.minimum, budget.currency) == ("", "50000", "USD")


def test_grants_gov_titles_and_texts_are_escaped_once_more():
    call = calls(read(GRANTS, hits()))[0]
    assert call.title == "American Innovation Hub: AI & Digital Skills"
    told = normalize(replace(call, **details("363293.json").fields), GRANTS)
    assert told.description == "A place in Jakarta where people learn digital skills."


def test_grants_gov_details_are_asked_for_once_after_the_whole_list_and_fill_only_what_is_empty():
    asked: list[Request] = []
    first = hits(hitCount=2, oppHits=[a_hit(id="363293")])
    second = echoed(startRecordNum=1)
    second["data"] |= {"hitCount": 2, "oppHits": [a_hit(id="363107", number="B", closeDate="09/01/2026")]}
    found = crawled(GRANTS, first, second, fixture(GRANTS, "363293.json"), fixture(GRANTS, "362001.json"), asked=asked)
    assert [request.url.rpartition("/")[2] for request in asked] == [
        "search2",
        "search2",
        "fetchOpportunity",
        "fetchOpportunity",
    ]
    assert [(one.once, one.optional) for one in asked] == [(False, False)] * 2 + [(True, True)] * 2
    assert json.loads(asked[2].json) == {"opportunityId": 363293}
    assert (
        found.harvest.calls[1].deadlines[0].words == "09/01/2026"
        and "Exhibitions" in found.harvest.calls[1].description
    )


@pytest.mark.parametrize(
    "value",
    [
        {"errorcode": 1, "msg": "no such id"},
        {"errorcode": 0, "data": {}},
        {"errorcode": 0, "data": {"synopsis": []}},
        [],
    ],
)
def test_grants_gov_details_that_say_nothing_leave_the_call_as_listed(value):
    found = crawled(GRANTS, hits(hitCount=1, oppHits=[a_hit()]), value)
    (call,) = found.harvest.calls
    assert call.title and not call.description and found.half_read == {"363293"} and found.again
    assert faults(GRANTS, found) == []


@pytest.mark.parametrize("code", [1, 3, None, "0"])
def test_grants_gov_an_errorcode_is_believed(code):
    with pytest.raises(ParseError, match="errorcode"):
        read(GRANTS, {**hits(), "errorcode": code})


@needs_recorded
def test_grants_gov_is_read_from_its_recorded_answer():
    cut = replace(GRANTS, options={key: value for key, value in GRANTS.options.items() if key != "echo"})
    found = read(cut, RECORDED / "partners/us/search2.json")
    posted, forecast = calls(found)
    assert (posted.external_id, posted.title) == ("363293", "American Innovation Hub: AI & Digital Skills")
    assert (posted.identifiers, posted.funder) == (("PAS-JAKARTA-FY26-08",), "U.S. Mission to Indonesia")
    assert normalize(posted, GRANTS).days == (date(2026, 8, 30),)
    assert (forecast.status, forecast.deadlines) == ("forthcoming", ())
    assert Announced(2) in found and sum(isinstance(thing, Request) for thing in found) == 2


# ---------------------------------------------------------------- simpler.grants.gov


def grants(*rows: dict[str, Any]) -> dict[str, Any]:
    whole = fixture(SIMPLER, "page.json")
    info = {**whole["pagination_info"], "total_records": len(rows)}
    return {**whole, "data": list(rows), "pagination_info": info}


def a_grant(**changed: Any) -> dict[str, Any]:
    row = fixture(SIMPLER, "page.json")["data"][0]
    return {**row, **changed, "summary": {**row["summary"], **changed.get("summary", {})}}


def test_simpler_grants_gov_a_filter_that_was_ignored_discredits_the_page():
    other = {"applicant_types": ["small_businesses"]}
    with pytest.raises(ParseError, match="row 2 breaks the filter"):
        read(SIMPLER, grants(a_grant(), a_grant(summary=other)))
    with pytest.raises(ParseError, match="row 1 breaks the filter"):
        read(SIMPLER, grants(a_grant(opportunity_status="archived")))


def test_simpler_grants_gov_an_estimated_date_is_no_deadline():
    row = a_grant(opportunity_status="forecasted", summary={"close_date": None, "forecasted_close_date": "2027-02-28"})
    (call,) = calls(read(SIMPLER, grants(row)))
    assert (call.deadlines, call.status) == ((), "forthcoming")


def test_simpler_grants_gov_contacts_are_not_taken():
    assert "grants@agency.example" not in repr(read(SIMPLER, grants(a_grant())))


def test_simpler_grants_gov_asks_for_the_categories_that_grants_gov_is_asked_for():
    ours = set(SIMPLER.options["body"]["filters"]["funding_category"]["one_of"])
    assert len(ours) == len(GRANTS.options["body"]["fundingCategories"].split("|"))
    assert "health" not in ours and "science_technology_and_other_research_and_development" not in ours


@needs_recorded
def test_simpler_grants_gov_asks_only_for_what_its_openapi_knows():
    words = (RECORDED / "partners/us/simpler-openapi.yml").read_text("utf-8")
    filters = SIMPLER.options["body"]["filters"]
    values = [value for one in filters.values() for value in one["one_of"]]
    assert all(f"- {value}\n" in words for value in values) and all(f"        {name}:\n" in words for name in filters)
    assert "- opportunity_id\n" in words and "name: X-API-Key" in words


@pytest.mark.parametrize("status", [401, 403])
def test_simpler_grants_gov_a_key_that_was_disabled_after_30_days_is_said_with_its_variable(status):
    (request,) = json_api.start(SIMPLER)
    refusal = page(b'{"message": "Forbidden"}', status, content_type="application/json")
    portal = Portal({SIMPLER.url: refusal})
    with (
        a_fetcher(portal, environ={"SIMPLER_GRANTS_GOV_KEY": "an-old-key"}) as fetcher,
        pytest.raises(
            FetchError, match=rf"HTTP {status}.*refuses the key in SIMPLER_GRANTS_GOV_KEY.*make a new one"
        ) as caught,
    ):
        fetcher.get(replace(SIMPLER, robots=False, pause=0), request)
    assert portal.asked[0].headers["x-api-key"] == "an-old-key" and "an-old-key" not in str(caught.value)


# ---------------------------------------------------------------- both together, through the whole job


def both(request: httpx.Request) -> httpx.Response:
    """Both interfaces, answering from the fixtures; nothing else exists."""
    key = f"{request.url}\n{request.content.decode()}"
    for source in (GRANTS, SIMPLER):
        folder = ROOT / "tests" / "sources" / source.id
        name = YAML(typ="safe").load((folder / "pages.yaml").read_text("utf-8")).get(key)
        if name:
            return httpx.Response(
                200, content=(folder / name).read_bytes(), headers={"content-type": "application/json"}
            )
    return httpx.Response(404)


def collected(tmp_path: Path, environ: dict[str, str]) -> tuple[dict[str, str], list[tuple[str, tuple[str, ...]]]]:
    """The state of each source, and each call with the sources that list it."""
    sources = YAML(typ="safe").load((ROOT / "sources.yaml").read_text("utf-8"))["sources"]
    home = a_home(tmp_path, {name: {**sources[name], "pause": 0} for name in (GRANTS.id, SIMPLER.id)})
    store, archive = home.store(), Archive(home.archive)
    now = datetime(2026, 8, 1, 5, tzinfo=UTC)
    online = {"transport": httpx.MockTransport(both), "resolver": lambda _host, _port: ["93.184.215.14"]}
    with collecting(home, store, now, environ=environ, archive=archive, **online) as collector:
        states = {outcome.source.id: outcome.run.state for outcome in collect(collector, home.enabled)}
    found = [(each.call.title, tuple(source_id for source_id, _ in each.origins)) for each in store.crawl.calls()]
    store.close()
    return states, sorted(found)


def test_both_interfaces_of_grants_gov_show_one_call_by_its_number(tmp_path):
    states, found = collected(tmp_path / "home", {"SIMPLER_GRANTS_GOV_KEY": "a-good-key"})
    assert states == {"grants-gov": "ok", "simpler-grants-gov": "ok"}
    assert found == [
        ("American Innovation Hub: AI & Digital Skills", ("grants-gov", "simpler-grants-gov")),
        ("Bridge2AI Network for AI Health Science", ("grants-gov", "simpler-grants-gov")),
        ('Museums of "twin towns"', ("grants-gov",)),
    ]


def test_without_its_key_simpler_grants_gov_is_not_set_up_and_grants_gov_is_read(tmp_path):
    states, found = collected(tmp_path / "home", {})
    assert states == {"grants-gov": "ok", "simpler-grants-gov": "not set up"} and len(found) == 3


# ---------------------------------------------------------------- mistakes in the new options


DOOR = {"url": "https://nordfonds.example/login", "header": "X-AUTH-TOKEN", "token": "token"}
PLAIN = {"rows": "calls", "title": "name", "link": "url", "key_header": "Authorization: Bearer"}
MORE = {"url": "https://nordfonds.example/call/{}", "description": "text"}


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"login": "https://nordfonds.example/login"}, "options.login: expected a mapping"),
        ({"login": {**DOOR, "token": ""}}, "options.login: expected a mapping"),
        ({"login": {**DOOR, "tokn": "x"}}, "options.login.tokn: unknown key; did you mean 'token'?"),
        ({"login": {"url": DOOR["url"]}}, "options.login.header: missing"),
        ({"login": {**DOOR, "header": "X AUTH"}}, "options.login.header: expected a header"),
        ({"login": {**DOOR, "url": "https://elsewhere.example/login"}}, "options.login.url: must lie on the host"),
        ({"login": {**DOOR, "url": "http://nordfonds.example/login"}}, "options.login.url: must lie on the host"),
        ({"login": {**DOOR, "url": "https://["}}, "options.login.url: must lie on the host"),
        ({"login": DOOR, "key_header": ""}, "options.login: key_header must say where the token goes"),
        ({"details": "x"}, "options.details: expected a mapping"),
        ({"details": {"url": MORE["url"]}}, "options.details: names no field"),
        ({"details": {**MORE, "url": "call/{}"}}, "options.details.url: expected a web address"),
        ({"details": {**MORE, "url": "https://{}.example/"}}, "options.details.url: expected a web address"),
        ({"details": {**MORE, "url": "https://nordfonds.example/"}}, "options.details.url: {} must stand where"),
        ({"details": {**MORE, "body": {"id": "x"}}}, "options.details.body: expected a mapping in which {}"),
        ({"details": {**MORE, "numeric": "yes"}}, "options.details.numeric: expected true or false"),
        ({"details": {**MORE, "title": "x"}}, "options.details.title: unknown key"),
        ({"details": {**MORE, "row": "data["}}, "options.details.row: no path"),
        ({"details": {**MORE, "ok": "["}}, "options.details.ok: no path"),
        ({"details": {**MORE, "eligible": "["}}, "options.details.eligible: no path"),
    ],
)
def test_a_mistake_in_login_or_details_is_told_before_the_first_request(changed, words):
    assert any(words in line for line in mistakes("json_api", {**PLAIN, **changed}, needs_env="KEY")), words


def test_details_by_an_address_are_asked_for_with_the_id_encoded():
    source = a_source("json_api", {"rows": "calls", "id": "id", "title": "name", "link": "url", "details": MORE})
    found = read(source, {"calls": [{"id": "a/../b?c", "name": "A", "url": "/a"}]})
    (request,) = [thing for thing in found if isinstance(thing, Request)]
    assert (request.url, request.kind, request.json) == ("https://nordfonds.example/call/a%2F..%2Fb%3Fc", "detail", "")
