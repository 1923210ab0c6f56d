"""What is odd at the European sources, one test for each oddity that was ever noted, with the entries of sources.yaml.

Noted 2025-10 to 2026-11: recordings of EuroAccess, EEAS and three other lists, public code for the rest.
"""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from tests.catalogue import SOURCES
from tests.fetch_servers import Portal, a_fetcher, page
from tests.shared import RECORDED, needs_recorded
from tests.structured import answer, crawled, faults
from tracker.archive import Archive
from tracker.changes import Known, plan
from tracker.connectors import interreg_eu, lists_all, load
from tracker.crawl import crawl
from tracker.errors import ConfigError, FetchError, ParseError
from tracker.model import Deadline, RawCall, RawDocument, Request, Skipped, Source, Status
from tracker.normalize import normalize, status_on
from tracker.visit import Memory, visit

ROOT = Path(__file__).resolve().parents[1]
HERE = ROOT / "tests" / "sources"
HTML = "text/html; charset=utf-8"
TODAY = date(2026, 11, 23)


def own(source_id: str, name: str = "list.html") -> str:
    return (HERE / source_id / name).read_text("utf-8")


def read(source_id: str, body: str | bytes, **options: Any) -> list[Any]:
    """What the source's connector says of its first page."""
    source = SOURCES[source_id]
    source = replace(source, options={**source.options, **options})
    connector = load(source.connector)
    (request, *_) = connector.start(source)
    return list(connector.parse(answer(request, body, content_type=HTML), source))


def calls(source_id: str, body: str | bytes, **options: Any) -> list[RawCall]:
    return [thing for thing in read(source_id, body, **options) if isinstance(thing, RawCall)]


def deadlines(source_id: str, call: RawCall) -> tuple[Deadline, ...]:
    return normalize(call, SOURCES[source_id]).deadlines


# ---------------------------------------------------------------- EuroAccess


def test_euroaccess_rows_within_a_comment_are_none():
    body = own("euroaccess")
    assert "<!--table" in body
    assert "1" not in {call.external_id for call in calls("euroaccess", body)}


def test_euroaccess_hours_are_those_of_brussels_and_no_utc():
    (deadline,) = deadlines("euroaccess", calls("euroaccess", own("euroaccess"))[0])
    assert (deadline.time, deadline.zone) == (time(17), "Europe/Brussels")


def test_euroaccess_a_minute_before_midnight_is_the_same_day():
    body = own("euroaccess").replace("27.01.2026 17:00", "27.01.2026 23:59")
    (deadline,) = deadlines("euroaccess", calls("euroaccess", body)[0])
    assert (deadline.day, deadline.time) == (date(2026, 1, 27), time(23, 59))


@pytest.mark.parametrize(
    "address",
    [
        "/en/calls/135/Another-name-for-it",
        "https://www.euro-access.eu/en/calls/135/Erasmus-Charter?css=yellow",
        "https://euro-access.eu/en-us/calls/135/Erasmus-Charter?font=3",
        "https://www.euro-access.eu/calls/135",
    ],
)
def test_euroaccess_a_call_keeps_its_id_in_every_form_that_its_address_ever_had(address):
    old = "https://www.euro-access.eu/en/calls/135/Erasmus-Charter-for-Higher-Education-5th-cut-off-date"
    first = calls("euroaccess", own("euroaccess").replace(f'<a href="{old}"', f'<a href="{address}"'))[0]
    assert first.external_id == "135" and "?" not in first.url


def test_euroaccess_an_address_of_the_old_form_has_no_id_and_its_row_is_named():
    body = own("euroaccess").replace("/en/calls/2383/", "/calls/")
    (skipped,) = [thing for thing in read("euroaccess", body) if isinstance(thing, Skipped)]
    assert "Strategic call for capitalisation" in skipped.reason and "none with an id" in skipped.reason


def test_euroaccess_details_are_not_ours_so_their_ids_with_spaces_read_more_and_bundled_tags_are_never_met():
    found = read("euroaccess", own("euroaccess"))
    assert not [thing for thing in found if isinstance(thing, Request)]
    told = [thing for thing in found if isinstance(thing, RawCall)]
    assert told and not [call for call in told if call.description or call.divisions or call.programme]


def test_euroaccess_a_page_with_fewer_rows_than_it_announces_changes_no_call():
    body = own("euroaccess").replace("4 Calls found", "142 Calls found")
    source = replace(SOURCES["euroaccess"], expect=replace(SOURCES["euroaccess"].expect, min_calls=None))
    found = crawled(source, body, content_type=HTML)
    assert [message for message in faults(source, found) if "142" in message]


@needs_recorded
def test_euroaccess_of_2025_10_03_is_read_whole_with_the_entry_of_sources_yaml():
    source = SOURCES["euroaccess"]
    found = crawled(source, RECORDED / "partners/euroaccess/SearchForFunding.html", content_type=HTML)
    dated = {raw.external_id: normalize(raw, source).deadlines for raw in found.harvest.calls}
    assert faults(source, found) == [] and found.harvest.announced == len(dated) == 142
    assert all(len(one) == 1 and one[0].zone == "Europe/Brussels" for one in dated.values())
    hours = [one[0].time for one in dated.values()]
    assert (hours.count(time(17)), hours.count(time(23, 59))) == (116, 6)


@needs_recorded
def test_euroaccess_and_the_programme_contradict_each_other_and_we_say_what_euroaccess_says():
    """Interreg Romania-Bulgaria, call 6: 22 October here, 22 December on the programme's page (2025-10)."""
    body = (RECORDED / "partners/euroaccess/SearchForFunding.html").read_bytes()
    found = [call for call in calls("euroaccess", body) if "RO-BG: Call 6" in call.title]
    days = {deadline.day for call in found for deadline in deadlines("euroaccess", call)}
    assert date(2025, 10, 22) in days and date(2025, 12, 22) not in days


# ---------------------------------------------------------------- EEAS


def test_eeas_grants_noon_in_utc_is_a_day_and_no_hour():
    """With the words of the card, and with the attribute, should the words ever go."""
    for place in ("time", "time@datetime"):
        first = calls("eeas-grants", own("eeas-grants"), deadline=place)[0]
        (deadline,) = deadlines("eeas-grants", first)
        assert (deadline.day, deadline.time) == (date(2026, 9, 1), None)


def test_eeas_grants_a_call_is_the_same_from_every_delegation():
    here = own("eeas-grants")
    ids = [[call.external_id for call in calls("eeas-grants", body)] for body in (here, here.replace("s=161", "s=229"))]
    assert ids[0] == ids[1] and "?" not in "".join(ids[0])


def test_eeas_grants_is_an_archive_whose_old_calls_are_closed():
    first = calls("eeas-grants", own("eeas-grants").replace("01.09.2026", "16.05.2022"))[0]
    assert status_on(normalize(first, SOURCES["eeas-grants"]), TODAY) is Status.CLOSED


def test_eeas_grants_the_card_of_the_filter_is_no_call():
    body = own("eeas-grants")
    assert "FIND CONTENT" in body
    assert "FIND CONTENT" not in {call.title for call in calls("eeas-grants", body)}


@needs_recorded
def test_eeas_grants_of_2025_10_has_29_cards_24_dated_none_without_its_delegation_cut():
    source = SOURCES["eeas-grants"]
    found = crawled(source, RECORDED / "partners/eeas/eu_delegation_grants.html", content_type=HTML)
    read_as = [normalize(raw, source) for raw in found.harvest.calls]
    days = sorted(deadline.day for call in read_as for deadline in call.deadlines if deadline.day)
    assert (len(read_as), len(days), days[0], days[-1]) == (29, 24, date(2022, 5, 16), date(2025, 9, 18))
    assert not [call.url for call in read_as if "s=" in call.url]
    assert not [deadline for call in read_as for deadline in call.deadlines if deadline.time]


@needs_recorded
def test_eeas_grants_of_2025_10_names_ecuador_and_no_burkina_faso_among_its_countries():
    body = (RECORDED / "partners/eeas/eu_delegation_grants.html").read_text("utf-8")
    assert "grant_site%3AEcuador" in body and "Burkina" not in body
    assert "grant_site%3AEcuador" in SOURCES["eeas-grants"].url


# ---------------------------------------------------------------- interreg.eu

KEY = "0123456789abcdef0123456789abcdef"
REGISTRY = SOURCES["interreg-eu"]
SEARCH = "https://2e032drcns-dsn.algolia.net/1/indexes/*/queries"
PAGE = "<!DOCTYPE html><html lang=en><head><title>Calls</title></head><body><main>{}</main></body></html>"
TELLING = PAGE.format(f'<div data-app-id="2E032DRCNS" data-search-key="{KEY}"></div>')


def an_answer(number: int = 0, **changes: Any) -> dict[str, Any]:
    told = json.loads(own("interreg-eu", f"answer_{number}.json"))
    told["results"][0].update(changes)
    return told


def a_hit(**changes: Any) -> dict[str, Any]:
    return {**an_answer()["results"][0]["hits"][0], **changes}


def alone(*hits: dict[str, Any]) -> dict[str, Any]:
    return an_answer(hits=list(hits), nbHits=len(hits), nbPages=1)


def the_question(body: str = TELLING) -> Request:
    (found,) = read("interreg-eu", body)
    assert isinstance(found, Request)
    return found


@pytest.mark.parametrize(
    "words",
    [
        f'<div data-application-id="2E032DRCNS" data-search-api-key="{KEY}"></div>',
        f'<script>algoliasearch("2E032DRCNS", "{KEY}")</script>',
        f'<script>window.c = {{"appId":"2E032DRCNS","searchKey":"{KEY}"}}</script>',
        f"<div data-c='{{&quot;appId&quot;:&quot;2E032DRCNS&quot;,&quot;apiKey&quot;:&quot;{KEY}&quot;}}'></div>",
        f"<script>fetch(`https://2e032drcns-dsn.algolia.net/1/x?x-algolia-api-key={KEY}`)</script>",
    ],
)
def test_interreg_eu_the_key_is_read_from_the_page_however_it_is_written_there(words):
    question = the_question(PAGE.format(words))
    assert question.url == SEARCH and ("X-Algolia-API-Key", KEY) in question.lent


def test_interreg_eu_a_rotated_key_is_taken_from_the_page_of_today():
    other = KEY[::-1]
    assert dict(the_question(TELLING.replace(KEY, other)).lent)["X-Algolia-API-Key"] == other


def test_interreg_eu_a_key_written_in_a_new_way_needs_a_pattern_in_sources_yaml_and_no_code():
    body = PAGE.format(f"<p>2E032DRCNS|{KEY[:20]}</p>")
    (found,) = read("interreg-eu", body, key=r"2E032DRCNS\|(\w{20})")
    assert dict(found.lent)["X-Algolia-API-Key"] == KEY[:20]


def test_interreg_eu_without_a_key_on_page_and_scripts_the_error_says_what_to_do():
    asked: list[str] = []

    def get(request: Request) -> RawDocument:
        asked.append(request.url)
        told = (
            '<script src="/a.js"></script><script src="/b.js"></script><script src="https://cdn.example/c.js"></script>'
        )
        return answer(request, PAGE.format(told) if request.url == REGISTRY.url else "var x", content_type=HTML)

    with pytest.raises(ParseError, match="neither the page nor its scripts hand out a search key") as caught:
        crawl(REGISTRY, interreg_eu, get)
    assert asked == [REGISTRY.url, "https://interreg.eu/a.js", "https://interreg.eu/b.js"]
    assert "x-algolia-api-key" in caught.value.hint and "options.key" in caught.value.hint


def test_interreg_eu_a_page_of_another_application_is_an_error_and_asks_nobody():
    with pytest.raises(ParseError, match="2E032DRCNS"):
        read("interreg-eu", TELLING.replace("2E032DRCNS", "OTHERAPPID"))


def test_interreg_eu_several_keys_are_none():
    with pytest.raises(ParseError, match="2 different keys"):
        read("interreg-eu", TELLING + f"<script>{{apiKey:'{KEY[::-1]}'}}</script></html>")


def test_interreg_eu_a_bot_wall_in_place_of_the_page_is_an_error():
    body = "<html><head><title>Just a moment...</title></head><body>2E032</body></html>"
    with pytest.raises(ParseError, match="search key"):
        read("interreg-eu", body)


@pytest.mark.parametrize("status", [401, 403])
def test_interreg_eu_a_refused_key_is_an_error_that_says_what_to_do(status):
    portal = Portal({SEARCH: page(b'{"message":"Invalid Application-ID or API key"}', status)})
    with a_fetcher(portal) as fetcher, pytest.raises(FetchError) as caught:
        fetcher.get(replace(REGISTRY, robots=False), the_question())
    assert caught.value.permanent and caught.value.status == status
    assert "search key on the site's page was not accepted" in caught.value.hint and "sources.yaml" in caught.value.hint
    assert KEY not in str(caught.value)


def test_interreg_eu_the_key_goes_to_the_search_and_stands_in_nothing_that_is_kept():
    question = the_question()
    echo = json.dumps({**an_answer(), "you": KEY}).encode()
    portal = Portal({SEARCH: page(echo, content_type="application/json")})
    with a_fetcher(portal) as fetcher:
        document = fetcher.get(replace(REGISTRY, robots=False), question)
    (sent,) = portal.asked
    assert sent.headers["x-algolia-api-key"] == KEY and sent.headers["x-algolia-application-id"] == "2E032DRCNS"
    assert KEY not in f"{question.url}{question.key}{question.json}" and KEY.encode() not in document.body


def test_interreg_eu_a_redirect_cannot_carry_the_key_away():
    elsewhere = "https://elsewhere.example/1/indexes/*/queries"
    portal = Portal({SEARCH: page(b"", 307, location=elsewhere), elsewhere: page(b"{}")})
    with a_fetcher(portal) as fetcher:
        fetcher.get(replace(REGISTRY, robots=False), the_question())
    assert ["x-algolia-api-key" in asked.headers for asked in portal.asked] == [True, False]


@pytest.mark.parametrize(("name", "words"), [("X-Key", "a\r\nHost: b"), ("Authorization", "Bearer x"), ("X-Key", "")])
def test_interreg_eu_what_a_page_lends_cannot_forge_headers(name, words):
    portal = Portal({SEARCH: page(b"{}")})
    with a_fetcher(portal) as fetcher, pytest.raises(FetchError, match="nothing that a header can carry"):
        fetcher.get(replace(REGISTRY, robots=False), Request(SEARCH, json="{}", lent=((name, words),)))
    assert portal.asked == []


def a_day(portal: Portal, archive: Archive, memory: Memory) -> tuple[int, Memory]:
    """Reads the registry as the job does: how many calls, and what the next day remembers."""
    source = replace(REGISTRY, robots=False)
    with a_fetcher(portal, archive=archive) as fetcher:
        reading = visit(source, lambda request: fetcher.get(source, request), memory)
    archive.save(source.id, at=datetime(2026, 11, 23, tzinfo=UTC), documents=reading.documents, healthy=True, mark="")
    kept = [entry.request for entry in archive.scans(source.id)[-1].entries]
    return len(reading.calls), Memory(mark="", pages=tuple(zip(kept, reading.pages.values(), strict=True)))


def test_interreg_eu_is_asked_again_with_the_key_of_the_page_even_if_the_page_has_not_changed(tmp_path):
    found = json.dumps(alone(a_hit())).encode()
    pages = {REGISTRY.url: page(TELLING.encode()), SEARCH: page(found, content_type="application/json")}
    first, second = Portal(pages), Portal(pages)
    count, memory = a_day(first, Archive(tmp_path), Memory(mark=""))
    again, _ = a_day(second, Archive(tmp_path), memory)
    assert (count, again) == (1, 1)
    assert [asked.headers.get("x-algolia-api-key") for asked in second.asked] == [None, KEY]


def test_interreg_eu_the_archive_names_no_key_and_reads_its_own_answers_again(tmp_path):
    found = json.dumps(an_answer(hits=[a_hit()], nbHits=2)).encode(), json.dumps(an_answer(1, nbHits=2)).encode()
    told = [page(body, content_type="application/json") for body in found]
    archive = Archive(tmp_path)
    a_day(Portal({REGISTRY.url: page(TELLING.encode()), SEARCH: told}), archive, Memory(mark=""))
    scans = [gzip.decompress(file.read_bytes()) for file in tmp_path.rglob("scans/*.gz")]
    assert scans and not [scan for scan in scans if KEY.encode() in scan]
    kept = {document.request.key: document for document in archive.documents(archive.scans(REGISTRY.id)[-1])}
    assert len(crawl(REGISTRY, interreg_eu, lambda request: kept[request.key]).harvest.calls) == 2


def the_calls(*pages: dict[str, Any]) -> list[RawCall]:
    return list(crawled(REGISTRY, TELLING, *pages, content_type=HTML).harvest.calls)


def test_interreg_eu_a_call_said_to_be_open_is_closed_when_its_deadline_has_passed():
    (call,) = the_calls(alone(a_hit(callStatus="Open", callDeadlineDate="2025-06-30T00:00:00Z")))
    assert status_on(normalize(call, REGISTRY), TODAY) is Status.CLOSED


@pytest.mark.parametrize("hit", [a_hit(callStatus="Closed"), a_hit(contentType="newsPage"), a_hit(callStatus=None)])
def test_interreg_eu_a_hit_that_breaks_the_filter_makes_the_answer_unbelievable(hit):
    with pytest.raises(ParseError, match="breaks the filter"):
        the_calls(alone(a_hit(objectID="other"), hit))


def test_interreg_eu_a_filter_that_was_understood_otherwise_is_an_error():
    with pytest.raises(ParseError, match="the filter was understood as"):
        the_calls(an_answer(params="query=&hitsPerPage=100"))


def test_interreg_eu_an_answer_from_another_index_is_an_error():
    with pytest.raises(ParseError, match="answered 'prod_de-de_content'"):
        the_calls(an_answer(index="prod_de-de_content"))


@pytest.mark.parametrize("told", [{"results": []}, {"message": "Index does not exist"}, [], {"results": [[]]}])
def test_interreg_eu_what_is_no_result_is_an_error(told):
    with pytest.raises(ParseError, match="expected one result"):
        the_calls(told)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "expected JSON"),
        (json.dumps(an_answer()).encode()[:-40], "does not read"),
        (b"<html><head><title>Radware Captcha Page</title></head></html>", "expected JSON"),
        (json.dumps(an_answer(hits={"0": {}})).encode(), "expected a list at 'results[0].hits', found dict"),
        (json.dumps(an_answer(nbHits="many")).encode(), "expected a number of rows"),
        (json.dumps(an_answer(hits=[{"callStatus": "Open"}, {"callStatus": "Open"}])).encode(), "none of 2 rows"),
    ],
)
def test_interreg_eu_a_broken_answer_is_an_error_that_says_where(body, said):
    with pytest.raises(ParseError) as caught:
        the_calls(body)
    assert said in caught.value.message


def test_interreg_eu_a_registry_that_grows_while_it_is_read_is_read_again():
    grown = an_answer(1, nbHits=4)
    pages = [TELLING, an_answer(), grown, TELLING, alone(a_hit())]
    found = crawled(REGISTRY, *pages, content_type=HTML)
    assert found.harvest.restarts == 1 and len(found.harvest.calls) == 1


def test_interreg_eu_an_empty_registry_is_no_quiet_week():
    with pytest.raises(ParseError, match="is empty"):
        the_calls(alone())


def test_interreg_eu_a_page_that_comes_twice_is_an_error():
    with pytest.raises(ParseError, match="the rows of the page before"):
        the_calls(an_answer(), an_answer())


def test_interreg_eu_a_call_without_a_site_of_its_own_leads_to_the_registry_and_not_to_the_search():
    (call,) = the_calls(alone(a_hit(callExternalUrl=None)))
    assert call.url == "https://interreg.eu/calls-for-projects/strategic-call-for-capitalisation/"


def test_interreg_eu_a_call_without_a_deadline_is_a_call():
    (call,) = the_calls(alone(a_hit(callDeadlineDate=None)))
    assert call.deadlines == ()


def test_interreg_eu_a_new_state_is_named_and_not_guessed():
    source = replace(REGISTRY, options={key: words for key, words in REGISTRY.options.items() if key != "must"})
    found = crawled(source, TELLING, alone(a_hit(), a_hit(objectID="b", callStatus="Paused")), content_type=HTML)
    (skipped,) = found.harvest.skipped
    assert "Paused" in skipped.reason


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"application": "x.example/"}, "options.application: letters and digits only"),
        ({"index": ""}, "options.index: expected text"),
        ({"filters": None}, "options.filters: expected text"),
        ({"size": 5_000}, "options.size: 5000 is not a number from 1 to 1000"),
        ({"key": "no group"}, "options.key: has no group"),
        ({"key": "("}, "options.key: no regular expression"),
        ({"titel": "x"}, "options.titel: unknown key; did you mean 'title'?"),
    ],
)
def test_interreg_eu_mistakes_in_its_options_are_found_before_the_first_request(wrong, said):
    with pytest.raises(ConfigError) as caught:
        list(interreg_eu.start(replace(REGISTRY, options={**REGISTRY.options, **wrong})))
    assert [line for line in caught.value.problems if said in line]


def test_interreg_eu_holds_no_key_in_what_we_publish():
    """A search key of Algolia has 32 hexadecimal digits."""
    texts = [
        (ROOT / "sources.yaml").read_text("utf-8"),
        (ROOT / "tracker/connectors/interreg_eu.py").read_text("utf-8"),
    ]
    assert not [found for text in texts for found in re.findall(r"\b[0-9a-f]{32}\b", text)]


# ---------------------------------------------------------------- pages of programmes

WATCHED = (
    "interreg-central",
    "interreg-danube",
    "interreg-nwe",
    "interreg-alpine",
    "interreg-europe",
    "urbact",
    "eucf",
)


def watched(source_id: str, body: str | None = None) -> RawCall:
    (call,) = calls(source_id, body or own(source_id, "page.html"))
    return call


def events(source_id: str, before: str, after: str) -> list[Any]:
    source = SOURCES[source_id]
    old, new = (normalize(watched(source_id, body), source) for body in (before, after))
    known = {old.external_id: Known(call=old, first_seen=TODAY)}
    return list(plan(known, [new], today=TODAY, first_run=False, proves_absence=True, status_on=status_on).changes)


@pytest.mark.parametrize("source_id", WATCHED)
def test_a_programmes_page_without_a_main_part_is_read_without_its_frame(source_id):
    """interreg-central, -danube, -nwe, -alpine, -europe, urbact, eucf: nobody has seen how their pages are built."""
    body = own(source_id, "page.html")
    other = body.replace("<main>", "<div>").replace("</main>", "</div>")
    assert watched(source_id, other) == watched(source_id, body)
    assert "Newsletter" not in watched(source_id, other).description


@pytest.mark.parametrize("source_id", WATCHED)
def test_a_programmes_page_of_something_else_is_an_error(source_id):
    body = PAGE.format(
        "<h1>Wir sind umgezogen</h1>" + "<p>Bitte ändern Sie Ihre Lesezeichen auf unsere neue Seite.</p>" * 1
    )
    with pytest.raises(ParseError):
        watched(
            source_id, body.replace("neue Seite", "neue Seite, die Sie über die Suche sicher schnell finden werden")
        )


@pytest.mark.parametrize("source_id", ["interreg-central", "interreg-danube", "urbact"])
def test_a_programmes_page_that_still_says_open_does_not_make_a_call_open(source_id):
    """interreg-danube: "open until 15 December 2025" stood there in 2026."""
    call = normalize(watched(source_id), SOURCES[source_id])
    assert status_on(call, TODAY) is not Status.OPEN


def test_interreg_danube_a_new_call_on_its_page_is_told_in_its_sentences():
    before = own("interreg-danube", "page.html")
    after = before.replace("No call is open at the moment.", "The fourth call is open until 30 April 2027, 14:00 CET.")
    moved, changed = events("interreg-danube", before, after)
    assert (moved.old, moved.new) == (["2025-12-15"], ["2025-12-15", "2027-04-30"])
    assert "fourth call is open until 30 April 2027" in str(changed)


def test_interreg_danube_one_deadline_that_is_said_twice_is_told_once_with_its_hour():
    (deadline,) = watched("interreg-danube").deadlines
    assert (deadline.day, deadline.time) == (date(2025, 12, 15), time(14, 0))


def test_interreg_alpine_days_without_a_word_for_a_deadline_are_none():
    assert watched("interreg-alpine").deadlines == ()


def test_urbact_of_a_range_of_days_only_the_last_is_a_deadline():
    assert [deadline.day for deadline in watched("urbact").deadlines] == [date(2026, 6, 17)]


def test_interreg_alpine_calls_are_text_without_addresses_so_the_page_is_the_call_and_a_moved_date_is_told():
    before = own("interreg-alpine", "page.html")
    (change,) = events("interreg-alpine", before, before.replace("30.06.2026", "15.09.2026"))
    assert "Classic projects: 15.09.2026" in str(change) and watched("interreg-alpine").page


def test_interreg_central_names_another_day_than_euroaccess_and_both_are_kept_as_said():
    call = watched("interreg-central")
    assert "closed on 27 November 2025 at 16:00 CET" in call.description
    assert [(found.day, found.time) for found in call.deadlines] == [(date(2025, 11, 27), time(16, 0))]


def test_interreg_nwe_is_read_at_its_new_address():
    assert SOURCES["interreg-nwe"].url.startswith("https://nweurope.eu/")


def test_interreg_europe_is_kept_off_because_it_refuses_machines_and_has_no_money_left():
    source = SOURCES["interreg-europe"]
    portal = Portal({source.url: page(b"<html><title>403 Forbidden</title></html>", 403)})
    with a_fetcher(portal) as fetcher, pytest.raises(FetchError) as caught:
        fetcher.get(replace(source, robots=False), Request(source.url))
    assert not source.enabled and caught.value.permanent


def test_eucf_said_that_it_was_the_last_round_and_is_watched_all_the_same():
    call = watched("eucf")
    assert "last round" in call.description and call.status == "" and call.deadlines == ()
    assert status_on(normalize(call, SOURCES["eucf"]), TODAY) is not Status.CLOSED


# ---------------------------------------------------------------- European Urban Initiative


def cards(*found: str) -> str:
    return PAGE.format("".join(f"<article>{card}</article>" for card in found))


def a_card(
    title="5th EUI Call", state="Open", date_words="Deadline date : 15/06/2027", owner="European Urban Initiative"
):
    link = f'<a href="/o">By {owner}</a><a href="/{len(title)}">Find out more</a>'
    return f"<h3>{title}</h3><span>{state}</span><div>{date_words}</div>{link}"


def test_eui_a_deadline_in_an_element_apart_from_its_label_is_read():
    (call,) = calls("eui", cards(a_card(date_words="Deadline date :</div><div>17/11/2027")))
    assert deadlines("eui", call)[0].day == date(2027, 11, 17)


def test_eui_days_come_before_months():
    (call,) = calls("eui", cards(a_card(date_words="Deadline date : 05/06/2027")))
    assert deadlines("eui", call)[0].day == date(2027, 6, 5)


def test_eui_peer_reviewers_are_asked_for_and_not_paid():
    found = calls("eui", cards(a_card(), a_card("EUI ongoing Call for peer reviewers")))
    assert [call.title for call in found] == ["5th EUI Call"]


def test_eui_closed_cards_are_no_calls_and_a_page_of_them_is_no_fault():
    found = crawled(SOURCES["eui"], cards(a_card(state="Closed")), content_type=HTML)
    assert found.harvest.calls == () and found.harvest.skipped == ()


def test_eui_the_filter_above_the_cards_hides_none_of_them():
    body = cards(a_card()).replace("<main>", "<main><label>Open</label><label>Upcoming</label><label>Closed</label>")
    assert len(calls("eui", body)) == 1


def test_eui_cards_of_others_are_kept_and_say_whose_they_are():
    (call,) = calls("eui", cards(a_card(owner="NetZeroCities")))
    assert call.funder == "NetZeroCities"


def test_eui_an_upcoming_call_has_no_deadline_yet():
    (call,) = calls("eui", cards(a_card(state="Upcoming", date_words="")))
    assert call.deadlines == ()


@pytest.mark.parametrize(("words", "amount"), [("2,000,000 €", 2_000_000), ("5 million €", 5_000_000)])
def test_eui_commas_part_thousands(words, amount):
    body = cards(a_card(date_words=f"Support : grant</div><div>Funding support : {words}"))
    call = normalize(calls("eui", body)[0], SOURCES["eui"])
    assert call.budget and call.budget.total and call.budget.total.maximum == amount


def test_eui_a_page_without_cards_is_no_quiet_week():
    with pytest.raises(ParseError, match="redesigned"):
        calls("eui", PAGE.format("<p>Call for Proposals</p>"))


# ---------------------------------------------------------------- Covenant of Mayors


def test_covenant_of_mayors_a_day_at_noon_in_utc_is_that_of_publication_and_no_deadline():
    eucf, survey = calls("covenant-of-mayors", own("covenant-of-mayors"))
    assert [deadline.day for deadline in deadlines("covenant-of-mayors", eucf)] == [date(2026, 12, 18)]
    assert survey.deadlines == ()


def test_covenant_of_mayors_a_label_without_its_date_is_no_deadline():
    body = own("covenant-of-mayors").replace("Application Deadline: 18 December 2026", "Application Deadline")
    assert not [call for call in calls("covenant-of-mayors", body) if call.deadlines]


def test_covenant_of_mayors_a_call_that_left_its_first_page_is_not_gone():
    source = SOURCES["covenant-of-mayors"]
    assert not lists_all(source)


# ---------------------------------------------------------------- lists that are none of ours


def listing(url: str, **options: Any) -> Source:
    return Source(id="elsewhere", connector="listing", url=url, language="en", options=options)


@needs_recorded
def test_eit_food_of_2025_10_is_a_blog_and_holds_no_call():
    """Nine of 149 articles; its calls lie elsewhere, so there is no source eit-food."""
    source = listing("https://www.eitfood.eu/blog", item="div.card:has(a[href*='/blog/'])", link="a.link", title="h3")
    found = crawled(source, RECORDED / "partners/lists/eit_food.html", content_type=HTML)
    assert len(found.harvest.calls) == 9 and all("/blog/" in call.url for call in found.harvest.calls)
    assert "eit-food" not in SOURCES


@needs_recorded
def test_giz_tenders_of_2025_10_lead_to_scripts_so_not_one_row_is_a_call():
    source = listing("https://ausschreibungen.giz.de/", item="tr:has(td.word-break)", link="a", title="td.word-break")
    with pytest.raises(ParseError, match=r"none of 20 rows is a call.*javascript"):
        crawled(source, RECORDED / "partners/lists/giz_tenders.html", content_type=HTML)


@needs_recorded
def test_webalkans_of_2025_10_is_read_by_selectors_alone_and_one_card_without_a_link_is_named():
    """Calls for the Western Balkans: of no use to Ludwigsburg, a real list for the connector."""
    place = "div.opportunities-list__item"
    options = {
        "item": place,
        "title": "h3",
        "link": "a.desktop",
        "deadline": f"{place}__deadline small".removeprefix("div"),
    }
    source = replace(listing("https://webalkans.eu/en/opportunities", **options), zone="Europe/Brussels")
    found = crawled(source, RECORDED / "partners/lists/webalkans_opportunities.html", content_type=HTML)
    first = normalize(found.harvest.calls[0], source)
    assert (len(found.harvest.calls), len(found.harvest.skipped)) == (5, 1)
    assert [(deadline.day, deadline.time) for deadline in first.deadlines] == [(date(2026, 3, 31), time(17))]
