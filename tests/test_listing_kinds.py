"""HTML lists of further kinds: rows that are links, rows without one, news lists, numbered pages, dates in prose."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tracker.connectors import listing
from tracker.errors import ConfigError, ParseError
from tracker.model import RawCall, RawDocument, Request, Skipped, Source, Supplement

URL = "https://nordfonds.example/aktuell/"
LINKS = {"item": 'a[href*="/meldung/"]', "link": "@href"}
TABLE = {"item": "tr:has(td)", "title": "td:first-child", "id": "td:first-child", "deadline": "td:nth-of-type(2)"}
DETAIL = Request("https://nordfonds.example/meldung/a", kind="detail", note=(("external_id", "a"),))


def read(body, request=None, **options):
    source = Source(id="nordfonds", connector="listing", url=URL, options=options, max_requests=9)
    page = f"<!DOCTYPE html><html><body>{body}</body></html>".encode()
    moment = datetime(2026, 11, 22, tzinfo=UTC)
    document = RawDocument(request=request or Request(URL), body=page, content_type="text/html", fetched_at=moment)
    return list(listing.parse(document, source))


def link(slug, words):
    return f'<a href="/meldung/{slug}">{words}</a>'


# ---------------------------------------------------------------- rows that are links


def test_picture_headline_and_more_are_one_call_with_the_longest_words():
    found = read(link("a", "<img>") + link("a", "Mehr") + link("a", "Aufruf für Städte") + link("b", "Preis"), **LINKS)
    assert [call.title for call in found] == ["Aufruf für Städte", "Preis"]


def test_a_jump_to_a_part_of_the_page_is_the_same_page():
    (call,) = read(link("a", "Aufruf für Städte") + link("a#kommentare", "3"), **LINKS)
    assert call.url == "https://nordfonds.example/meldung/a"


def test_a_link_without_words_anywhere_is_skipped_and_named():
    call, skipped = read(link("a", "Aufruf") + link("b", "<img>"), **LINKS)
    assert isinstance(call, RawCall)
    assert isinstance(skipped, Skipped)


def test_in_other_rows_links_that_agree_are_one_and_links_that_differ_are_none():
    options = {"item": "li", "link": "a", "title": "h3"}
    same = f"<li>{link('a', '<img>')}<h3>Aufruf</h3>{link('a', 'Mehr')}</li>"
    other = f"<li>{link('a', 'Aufruf')}<h3>Aufruf</h3>{link('b', 'Mehr')}</li>"
    call, skipped = read(same + other, **options)
    assert call.url == "https://nordfonds.example/meldung/a"
    assert skipped == Skipped("row 2", "expected one 'a', found 2")


# ---------------------------------------------------------------- rows without a link


def test_rows_of_a_table_have_the_address_of_the_page():
    rows = "".join(f"<tr><td>{name}</td><td>{day}</td></tr>" for name, day in (("Inland", "1.2.2027"), ("Ausland", "")))
    found = read(f"<table>{rows}</table>", **TABLE)
    assert [(call.external_id, call.url) for call in found] == [("Inland", URL), ("Ausland", URL)]
    assert found[0].deadlines[0].words == "1.2.2027" and not found[1].deadlines


def test_a_row_without_link_needs_title_and_id():
    with pytest.raises(ConfigError, match="link: missing"):
        read("<table></table>", item="tr", title="td")


# ---------------------------------------------------------------- news lists


def test_keep_and_drop_choose_among_the_rows_and_their_details_are_not_asked_for():
    rows = link("a", "Förderaufruf") + link("b", "Wolf gesichtet") + link("c", "Förderaufruf beendet")
    found = read(rows, **LINKS, keep="förder", drop="beendet", detail={"prose": "body"})
    assert [thing.title for thing in found if isinstance(thing, RawCall)] == ["Förderaufruf"]
    assert [thing.url for thing in found if isinstance(thing, Request)] == ["https://nordfonds.example/meldung/a"]


def test_a_week_without_a_call_among_the_news_is_no_redesign():
    assert read(link("b", "Wolf gesichtet"), **LINKS, keep="förder") == []
    with pytest.raises(ParseError, match="redesigned"):
        read('<a href="/neu/b">Wolf gesichtet</a>', **LINKS, keep="förder")


def test_the_teaser_is_searched_as_well():
    rows = '<li><a href="/meldung/a">Gute Nachricht</a><p>Anträge ab heute.</p></li>'
    assert read(rows, item="li", link="a", summary="p", keep="anträge")


def test_a_number_of_all_rows_cannot_be_held_against_a_part_of_them():
    with pytest.raises(ConfigError, match="announced"):
        read("", **LINKS, keep="förder", announced=".hits")


@pytest.mark.parametrize("key", ["keep", "drop"])
def test_a_broken_pattern_is_named(key):
    with pytest.raises(ConfigError, match=f"{key}: no regular expression"):
        read("", **LINKS, **{key: "("})


# ---------------------------------------------------------------- numbered pages

PAGES = {"url": URL + "p{}", "last": {"css": "body", "pattern": r"Seite \d+ von (\d+)"}}


def test_all_numbered_pages_are_asked_for_from_the_first_one():
    found = read(link("a", "Aufruf") + "<p>Seite 1 von 3</p>", **LINKS, pages=PAGES)
    assert found[1:] == [Request(URL + "p2"), Request(URL + "p3")]
    assert len(read(link("a", "A") + "<p>Seite 2 von 3</p>", Request(URL + "p2"), **LINKS, pages=PAGES)) == 1


def test_a_list_that_no_longer_says_how_many_pages_it_has_is_an_error():
    with pytest.raises(ParseError, match="number of pages"):
        read(link("a", "Aufruf"), **LINKS, pages=PAGES)


def test_a_list_of_a_million_pages_asks_for_one_more_than_it_may():
    found = read(link("a", "Aufruf") + "<p>Seite 1 von 1000000</p>", **LINKS, pages=PAGES)
    assert len([thing for thing in found if isinstance(thing, Request)]) == 9  # max_requests: the crawl says so


@pytest.mark.parametrize(
    ("pages", "words"),
    [
        ("p2", "expected url and last"),
        ({"url": URL + "p{}"}, "expected url and last"),
        ({**PAGES, "url": URL + "p2"}, "{} for the number"),
        ({**PAGES, "last": {"css": "body", "pattern": "Seite"}}, "no group"),
    ],
)
def test_mistakes_in_numbered_pages_are_named(pages, words):
    with pytest.raises(ConfigError) as caught:
        read("", **LINKS, pages=pages)
    assert words in str(caught.value)


# ---------------------------------------------------------------- details


def test_in_prose_only_certain_deadlines_count():
    text = "<p>Am 22. Januar 1963 gegründet.</p><p>Anträge sind bis zum 13. November 2026 zu stellen.</p>"
    (added,) = read(text, DETAIL, **LINKS, detail={"prose": "body"})
    assert [deadline.day for deadline in added.fields["deadlines"]] == [date(2026, 11, 13)]


def test_a_deadline_in_a_place_of_its_own_is_preferred_to_prose():
    text = "<i>1.2.2027</i><p>Anträge sind bis zum 13. November 2026 zu stellen.</p>"
    (added,) = read(text, DETAIL, **LINKS, detail={"prose": "body", "deadline": "i"})
    assert [deadline.words for deadline in added.fields["deadlines"]] == ["1.2.2027"]


def test_a_text_without_a_certain_deadline_is_no_broken_page():
    assert read("<p>Der Minister war da.</p>", DETAIL, **LINKS, detail={"prose": "body"}) == [Supplement("a", {})]


@pytest.mark.parametrize("text", ["", "<p>Wegen Wartung vorübergehend nicht erreichbar</p>", "<h1>Anmeldung</h1>"])
def test_an_outage_or_a_login_is_no_text(text):
    with pytest.raises(ParseError, match="holds none of prose"):
        read(text, DETAIL, **LINKS, detail={"prose": "body"})


def test_applicants_and_identifiers_are_lists_and_the_day_of_publication_is_said():
    text = "<i>Kommunen</i><i>Vereine</i><b>CERV-2026-TOWN</b><time datetime='2026-01-12'>heute</time>"
    places = {"eligible": "i", "identifiers": "b", "published": "time@datetime"}
    (added,) = read(text, DETAIL, **LINKS, detail=places)
    assert added.fields == {
        "eligible": ("Kommunen", "Vereine"),
        "identifiers": ("CERV-2026-TOWN",),
        "published": "2026-01-12",
    }
