"""How a page that nobody has described may be read: what speaks for which connector, and what must not."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest

from tests import sites
from tests.shared import RECORDED, needs_recorded
from tracker.errors import ParseError
from tracker.guess import first_request, guess, tried
from tracker.guess.kinds import kind_of
from tracker.guess.names import Column, rank, tokens
from tracker.model import RawDocument, Request, Source

URL = "https://nordfonds.example/calls"
SOURCE = Source(id="neu", connector="", url=URL)
TODAY = date(2026, 11, 23)


def document(body, media_type="text/html", url=URL):
    told = body if isinstance(body, bytes) else body.encode() if isinstance(body, str) else json.dumps(body).encode()
    return RawDocument(
        request=Request(url), body=told, content_type=media_type, fetched_at=datetime(2026, 11, 23, tzinfo=UTC)
    )


def best(body, media_type="text/html", today=TODAY):
    return guess(document(body, media_type), SOURCE, today=today)[0]


def listed(rows, head="", tag="ul"):
    return sites.page(f"<main><h1>Aufrufe</h1><{tag}>{''.join(rows)}</{tag}></main>", head)


# ---------------------------------------------------------------- what an answer is


@pytest.mark.parametrize(
    ("body", "media_type", "kind"),
    [
        ("<!doctype html><p>x", "", "html"),
        ("\ufeff  <html>", "text/plain", "html"),
        ("<p>x</p>", "text/html", "html"),
        ('<?xml version="1.0"?><html xmlns="…"><body>', "application/xhtml+xml", "html"),
        ('<?xml version="1.0"?><rss version="2.0">', "text/html", "feed"),
        ('<feed xmlns="http://www.w3.org/2005/Atom">', "", "feed"),
        ('<?xml version="1.0"?><VYZVY>', "text/html", "xml"),
        (' {"a": 1}', "text/html", "json"),
        ("[1]", "", "json"),
        ("", "text/html", "empty"),
        ("   \n", "text/html", "empty"),
        (b"%PDF-1.4", "text/html", "a PDF"),
        (b"a\x00b", "text/html", "no text"),
        ("Liebe Leute", "text/html", "text"),
    ],
)
def test_what_an_answer_is_is_told_by_its_bytes_before_its_label(body, media_type, kind):
    assert kind_of(document(body, media_type)) == kind


# ---------------------------------------------------------------- names of fields


def test_names_are_taken_apart_into_words():
    assert tokens("grantApplicationCloseDate") == ("grant", "application", "close", "date")
    assert tokens("date_fin_campagne") == ("date", "fin", "campagne") and tokens("URLPath") == ("url", "path")


@pytest.mark.parametrize(
    ("field", "better", "worse"),
    [
        ("title", ("title",), ("subtitle_title",)),
        ("link", ("url",), ("image", "url")),
        ("deadline", ("closeDate",), ("name",)),
        ("funder", ("agency", "name"), ("name",)),
    ],
)
def test_the_nearer_name_wins(field, better, worse):
    assert rank(field, Column(path="a", names=better, words=())) < rank(field, Column(path="b", names=worse, words=()))


def test_days_of_machines_are_given_their_notation():
    rows = [
        {"name": f"Call for towns {n}", "url": f"https://x.example/{n}", "closing": 1_800_000_000_000 + n}
        for n in range(4)
    ]
    found = best(rows, "application/json")
    assert found.options["deadline"] == {"path": "closing", "date": "epoch-ms"} and found.options["rows"] == "@"
    compact = [{**row, "closing": f"2027031{n}"} for n, row in enumerate(rows)]
    assert best(compact, "application/json").options["deadline"] == {"path": "closing", "date": "%Y%m%d"}


def test_the_longest_list_is_not_taken_where_a_shorter_one_holds_the_calls():
    facets = [{"count": n, "value": f"v{n}"} for n in range(50)]
    rows = [{"title": f"Call number {n}", "url": f"https://x.example/{n}", "deadline": "2027-03-01"} for n in range(3)]
    assert best({"facets": facets, "result-list": rows}, "application/json").options["rows"] == '"result-list"'


def test_a_list_that_announces_more_than_it_shows_says_so():
    rows = [{"title": f"Call number {n}", "url": f"https://x.example/{n}"} for n in range(3)]
    found = best({"total": 40, "rows": rows}, "application/json")
    assert (
        found.options["paging"] == {"style": "none", "total": "total"}
        and "40 rows are announced, 3 came" in found.doubts[0]
    )


def test_the_page_in_the_address_is_the_one_that_is_counted_up():
    rows = [{"title": f"Call number {n}", "url": f"https://x.example/{n}"} for n in range(3)]
    shown = document({"count": 9, "rows": rows}, "application/json", f"{URL}?size=3&pageNumber=1")
    found = guess(shown, SOURCE, today=TODAY)[0]
    assert found.options["paging"] == {"style": "page", "param": "pageNumber", "first": 1, "total": "count"}


def test_a_solr_search_is_told_by_its_shape_and_asked_for_all_its_rows():
    docs = [
        {"id": f"{n}", "Titolo": f"Incentivo numero {n}", "Data_chiusura": "2027-03-01T00:00:00Z"} for n in range(3)
    ]
    shown = document(
        {"response": {"numFound": 3, "start": 0, "docs": docs}}, "application/json", f"{URL}/select?q=*:*&rows=3"
    )
    found = guess(shown, SOURCE, today=TODAY)[0]
    assert found.connector == "solr" and found.url == f"{URL}/select?q=*:*" and found.options["title"] == "Titolo"
    assert "rows=500" in first_request(found, SOURCE).url and "link: " in found.doubts[0]


def test_xml_is_read_by_its_repeated_element():
    rows = "".join(
        f'<VYZVA id="v{n}"><NAZEV>Výzva číslo {n} pro města</NAZEV><ODKAZ>https://x.example/v/{n}</ODKAZ>'
        f"<TERMIN><UKONCENI>2027-05-1{n}</UKONCENI></TERMIN></VYZVA>"
        for n in range(4)
    )
    found = best(f'<?xml version="1.0"?><DATA><STAV>ok</STAV>{rows}</DATA>', "text/xml")
    assert found.connector == "xml_records"
    assert dict(found.options) == {
        "rows": "//VYZVA",
        "link": "ODKAZ",
        "deadline": "TERMIN/UKONCENI",
        "id": "@id",
        "title": "NAZEV",
    }


# ---------------------------------------------------------------- lists in HTML


ROW = "<tr><td>{n}.</td><td><a href='/c/{n}'>Call for towns {n}</a></td><td>1{n}.03.2027</td></tr>"
CARD = "<a class='card' href='/c/{n}'><h3>Aufruf {n}: Jugend</h3><time datetime='2027-03-1{n}'>bald</time></a>"
PLAIN = "<li><a href='/c/{n}'>Aufruf {n} für Vereine</a> <span>Antragsfrist: 1{n}. März 2027</span></li>"
LOOSE = "<li><a href='/c/{n}'>Aufruf {n} für Vereine</a>, Antragsfrist: 1{n}. März 2027, Volumen groß</li>"


@pytest.mark.parametrize(
    ("row", "tag", "options"),
    [
        (ROW, "table", {"item": "main table > tr", "link": "td:nth-of-type(2) a", "deadline": "td:nth-of-type(3)"}),
        (CARD, "section", {"item": "a.card", "link": "@href", "title": "h3", "deadline": "time@datetime"}),
        (PLAIN, "ul", {"item": "main ul > li", "link": "a", "deadline": "span"}),
    ],
)
def test_lists_of_many_makes_are_found_with_their_dates(row, tag, options):
    page = listed([row.format(n=n) for n in range(5)], tag=tag)
    found = best(page)
    assert (found.connector, dict(found.options)) == ("listing", options)
    result = tried(found, SOURCE, document(page))
    assert len(result.calls) == 5 and all(call.deadlines for call in result.calls)


def test_a_date_in_running_words_is_cut_out_by_its_label():
    page = listed([LOOSE.format(n=n) for n in range(5)])
    found = best(page)
    calls = tried(found, SOURCE, document(page)).calls
    assert [call.deadlines[0].words for call in calls][:2] == ["10. März 2027", "11. März 2027"]


def test_days_of_publication_are_no_deadlines():
    rows = [
        f"<li><a href='/n/{n}'>Nachricht {n} aus dem Verband der Städte</a> <time>1{n}.10.2026</time></li>"
        for n in range(6)
    ]
    found = best(listed(rows))
    assert found.connector == "listing" and "deadline" not in found.options and "no date stands" in found.doubts[0]


def test_a_menu_of_a_few_words_is_no_list_where_there_is_a_text():
    menu = "".join(f"<div class=m><a href='/{n}'>Punkt {n}</a></div>" for n in range(5))
    text = "<p>Die Stiftung fördert Begegnungen von Vereinen mit ihren Partnerstädten in ganz Europa.</p>" * 3
    assert best(sites.page(f"<div>{menu}</div><main><h1>Förderung</h1>{text}</main>")).connector == "watch_page"


def test_the_next_page_is_followed_where_the_site_names_it():
    page = listed([PLAIN.format(n=n) for n in range(5)]).replace("</main>", "<a rel=next href='?p=2'>weiter</a></main>")
    assert best(page).options["next"] == "a[rel=next]"


def test_a_page_without_one_heading_is_watched_under_its_name():
    text = "<p>Die Stiftung fördert Begegnungen von Vereinen mit ihren Partnerstädten in ganz Europa. "
    text += "Gefördert werden Fahrt und Unterkunft.</p>"
    page = sites.page(f"<main>{text}</main>", "<title>Stiftung Neckar</title>")
    assert dict(best(page).options) == {"main": "main", "title": "Stiftung Neckar"}
    assert tried(best(page), SOURCE, document(page)).works


def test_damaged_data_of_a_script_is_passed_over():
    page = listed([PLAIN.format(n=n) for n in range(5)]).replace(
        "</main>", '</main><script id="__NEXT_DATA__">{"a": </script>'
    )
    assert best(page).connector == "listing"


@pytest.mark.faults
@pytest.mark.parametrize(
    "body", [b"\xff\xfe", b"<", b"{", b"[" * 50_000, b"<" * 50_000, b"<a>" * 20_000, b"\xef\xbb\xbf"]
)
def test_no_bytes_are_a_surprise(body):
    with pytest.raises(ParseError):
        guess(document(body), SOURCE, today=TODAY)


# ---------------------------------------------------------------- recordings of real portals


@needs_recorded
@pytest.mark.parametrize(
    ("file", "connector", "calls", "dated"),
    [
        ("partners/euroaccess/SearchForFunding.html", "listing", 142, 142),
        ("de/engagement_global/listings__test_it_scrapes_events.html", "listing", 10, 10),
        ("partners/lists/eit_food.html", "listing", 9, 9),
        ("partners/us/search2.json", "json_api", 2, 1),
        ("partners/fr/ademe_agir_data.json", "json_api", 4, 4),
        ("partners/it/incentivi_gov_it_sample.EXCERPT.json", "solr", 2, 2),
    ],
)
def test_real_portals_are_guessed_so_that_their_calls_are_read(file, connector, calls, dated):
    shown = document((RECORDED / file).read_bytes())
    for found in guess(shown, SOURCE, today=date(2021, 1, 1)):
        request = first_request(found, SOURCE)
        result = tried(found, SOURCE, RawDocument(**{**_fields(shown), "request": request}))
        if result.works:
            break
    assert (found.connector, len(result.calls)) == (connector, calls)
    assert sum(bool(call.deadlines) for call in result.calls) == dated


def _fields(shown):
    return {name: getattr(shown, name) for name in ("request", "body", "content_type", "fetched_at")}
