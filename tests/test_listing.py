"""The listing connector against the pages it will meet: whole, redesigned, walled, cut off, hostile, recorded."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime

import pytest

from tests.shared import RECORDED, needs_recorded
from tracker.connectors import listing
from tracker.errors import ConfigError, ParseError
from tracker.model import Announced, RawCall, RawDeadline, RawDocument, Request, Skipped, Source
from tracker.parsing import clean_link

URL = "https://nordfonds.example/foerderung/aufrufe"
OPTIONS = {"item": "li.call", "link": "h3 a", "deadline": ".frist"}
WALL = b"<html><head><title>Radware Captcha Page</title></head><body>Are you human?</body></html>"
OUTAGE = b"<html><head><title>Wartungsarbeiten</title></head><body>Wir sind bald zur\xfcck.</body></html>"


def a_row(number, title="Klimaschutz in Städten", deadline="15.03.2027", href=""):
    link = href or f"/foerderung/aufruf-{number}"
    return f'<li class="call"><h3><a href="{link}">{title}</a></h3><p class="frist">{deadline}</p></li>'


def a_page(*rows, head="", tail=""):
    return f"<!DOCTYPE html><html><head>{head}</head><body><ul>{''.join(rows)}</ul>{tail}</body></html>"


def a_source(**options):
    return Source(id="nordfonds", connector="listing", url=URL, language="de", options={**OPTIONS, **options})


def read(page, source=None, *, content_type="text/html", request=None, final=""):
    body = page if isinstance(page, bytes) else page.encode()
    moment = datetime(2026, 11, 22, tzinfo=UTC)
    document = RawDocument(
        request=request or Request(URL), body=body, content_type=content_type, fetched_at=moment, url=final
    )
    return list(listing.parse(document, source or a_source()))


def calls(page, source=None, **how):
    return [thing for thing in read(page, source, **how) if isinstance(thing, RawCall)]


# ---------------------------------------------------------------- what a row says


def test_a_row_becomes_a_call_with_the_words_as_found():
    (call,) = read(a_page(a_row(1, "  Klimaschutz\n in Städten ", "Frist: 15. März 2027")))
    assert call == RawCall(
        external_id="https://nordfonds.example/foerderung/aufruf-1",
        title="Klimaschutz in Städten",
        url="https://nordfonds.example/foerderung/aufruf-1",
        language="de",
        deadlines=(RawDeadline(words="Frist: 15. März 2027"),),
    )


def test_a_missing_optional_field_stays_unsaid():
    (call,) = calls(a_page('<li class="call"><h3><a href="/a">Aufruf</a></h3></li>'), a_source(budget=".budget"))
    assert (call.deadlines, call.budget, call.description) == ((), None, "")


def test_patterns_cut_words_and_split_tells_two_deadlines_apart():
    row = a_row(1, deadline="Start: 1.1.2027 | Fristen: 16.04. und 23.09.2027")
    source = a_source(
        deadline={"css": ".frist", "pattern": r"Fristen: (.+)", "split": " und "},
        opens={"css": ".frist", "pattern": r"Start: ([\d.]+)"},
    )
    (call,) = calls(a_page(row), source)
    assert [deadline.words for deadline in call.deadlines] == ["16.04.", "23.09.2027"]
    assert call.opens == "1.1.2027"


def test_two_deadline_elements_are_two_deadlines_and_a_repeated_one_is_one():
    days = "".join(f"<i class=frist>{day}</i>" for day in ("1.2.2027", "1.9.2027", "1.2.2027"))
    row = f'<li class="call"><h3><a href="/a">A</a></h3>{days}</li>'
    assert [deadline.words for deadline in calls(a_page(row))[0].deadlines] == ["1.2.2027", "1.9.2027"]


def test_attributes_of_an_element_and_of_the_row_can_be_read():
    row = '<li class="call" data-id="A7"><h3><a href="/a">A</a></h3><time datetime="2027-02-01">Februar</time></li>'
    (call,) = calls(a_page(row), a_source(id="@data-id", deadline="time@datetime"))
    assert (call.external_id, call.deadlines[0].words) == ("A7", "2027-02-01")


def test_the_row_may_be_the_link_itself():
    page = a_page('<a class="call" href="/a">Aufruf A</a>')
    (call,) = calls(page, a_source(item="a.call", link="@href", title="@href"))
    assert call.url == "https://nordfonds.example/a"


def test_an_id_cut_out_of_the_link_survives_a_new_title():
    source = a_source(id={"pattern": r"/calls/(\d+)"})
    old, new = (calls(a_page(a_row(1, href=f"/en/calls/135/{slug}")), source)[0] for slug in ("Old", "New-title"))
    assert old.external_id == new.external_id == "135"


def test_money_and_markup_stay_in_the_words_of_the_source():
    said = '<p class="geld">2,5 Mio. €</p><div class="text"><b>Kurz</b> &lt;5</div>'
    row = f'<li class="call"><h3><a href="/a">A</a></h3>{said}</li>'
    (call,) = calls(a_page(row), a_source(budget=".geld", summary=".text"))
    assert call.budget is not None
    assert call.budget.total == "2,5 Mio. €"
    assert call.description == "<b>Kurz</b> &lt;5"


def test_text_cut_by_a_pattern_is_escaped_before_it_is_called_html():
    row = '<li class="call" title="Zuschuss &lt;script&gt;"><h3><a href="/a">A</a></h3></li>'
    assert calls(a_page(row), a_source(summary="@title"))[0].description == "Zuschuss &lt;script&gt;"


def test_hidden_comments_hold_no_calls():
    assert len(calls(a_page(a_row(1), f"<!-- {a_row(2)} -->"))) == 1


# ---------------------------------------------------------------- links


@pytest.mark.parametrize(
    ("href", "link"),
    [
        ("aufruf-1", "https://nordfonds.example/foerderung/aufruf-1"),
        ("//Nordfonds.example/a", "https://nordfonds.example/a"),
        ("/a;jsessionid=0A1B.live21323?x=1", "https://nordfonds.example/a?x=1"),
        ("/a;jid=1/b", "https://nordfonds.example/a/b"),
        ("/a?utm_source=rss&id=7&utm_medium=x&cHash=ab%2F1", "https://nordfonds.example/a?id=7&cHash=ab%2F1"),
        ("/a?etcc_cmp=RSS", "https://nordfonds.example/a"),
        ("/a#xtor=RSS-1", "https://nordfonds.example/a"),
        ("/a#runde-2", "https://nordfonds.example/a#runde-2"),
        ("/ein aufruf", "https://nordfonds.example/ein%20aufruf"),
    ],
)
def test_the_same_page_has_the_same_link(href, link):
    assert clean_link(href, URL) == link
    assert clean_link(link) == link


@pytest.mark.parametrize(
    "href",
    [
        *(
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "java\nscript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
        ),
        *(
            "mailto:a@b.example",
            "https://",
            "https:a",
            "https://[",
            "https://a.example:port/",
            "https://bund.de@evil.example/",
        ),
        *("", " "),
    ],
)
def test_what_is_no_web_address_is_no_link(href):
    assert clean_link(href, URL) == ""


def test_further_parameters_are_cut_where_the_source_names_them():
    assert clean_link("/a?s=229&page=1", URL, strip=["s", "sess*"]) == "https://nordfonds.example/a?page=1"


def test_a_row_that_leads_nowhere_is_skipped_and_named():
    page = a_page(a_row(1), a_row(2, href="javascript:alert(1)"))
    call, skipped = read(page)
    assert isinstance(call, RawCall)
    assert skipped.where == "row 2"
    assert "javascript" in skipped.reason


def test_the_base_of_the_page_is_respected_and_a_hostile_base_is_not():
    assert calls(a_page(a_row(1, href="a"), head='<base href="/neu/">'))[0].url == "https://nordfonds.example/neu/a"
    assert calls(a_page(a_row(1, href="/a"), head='<base href="javascript:x">'))[0].url == "https://nordfonds.example/a"


def test_links_are_relative_to_where_the_answer_came_from():
    (call,) = calls(a_page(a_row(1, href="a")), final="https://www.nordfonds.example/neu/")
    assert call.url == "https://www.nordfonds.example/neu/a"


# ---------------------------------------------------------------- pages that lead on


def test_two_pagers_to_one_next_page_are_one_request():
    pager = '<a class="next" href="?page=2#top">weiter</a>'
    requests = [t for t in read(a_page(a_row(1), tail=pager * 2), a_source(next="a.next")) if isinstance(t, Request)]
    assert requests == [Request("https://nordfonds.example/foerderung/aufrufe?page=2")]


def test_next_links_to_different_pages_are_an_error():
    pager = '<a class="next" href="?page=2">2</a><a class="next" href="?page=3">3</a>'
    with pytest.raises(ParseError, match="different next pages"):
        read(a_page(a_row(1), tail=pager), a_source(next="a.next"))


def test_the_last_page_wants_nothing_more():
    page = a_page(a_row(1), tail='<a class="next" href="javascript:void(0)">weiter</a>')
    assert not [thing for thing in read(page, a_source(next="a.next")) if isinstance(thing, Request)]


DETAIL = {"deadline": ".deadline", "description": "#text", "once": True}


def test_a_detail_page_adds_its_fields_to_the_call_that_asked():
    source = a_source(id={"pattern": r"aufruf-(\d+)"}, detail=DETAIL)
    call, request = read(a_page(a_row(7)), source)
    assert (request.url, request.kind, request.once, request.optional) == (call.url, "detail", True, False)
    page = '<html><body><p class="deadline">1. Februar 2027</p><div id="text"><p>Worum es geht</p></div></body></html>'
    (added,) = read(page, source, request=request)
    assert added.external_id == "7"
    assert added.fields == {
        "deadlines": (RawDeadline(words="1. Februar 2027"),),
        "description": "<p>Worum es geht</p>",
    }


def test_a_detail_page_leaves_alone_what_it_does_not_say():
    source = a_source(detail=DETAIL)
    _, request = read(a_page(a_row(7)), source)
    (added,) = read('<html><body><div id="text">Nur Text</div></body></html>', source, request=request)
    assert "deadlines" not in added.fields


@pytest.mark.parametrize(
    "page", [WALL, OUTAGE, b"<html><body>Neues Kleid</body></html>", b"<html><p class=deadline>1."]
)
def test_a_detail_page_that_was_redesigned_walled_or_cut_is_an_error(page):
    source = a_source(detail=DETAIL)
    _, request = read(a_page(a_row(7)), source)
    with pytest.raises(ParseError):
        read(page, source, request=request)


# ---------------------------------------------------------------- how many there are


def test_the_announced_number_is_read_with_its_thousands():
    page = a_page(a_row(1), tail='<p class="hits">1.234 Treffer</p>')
    assert read(page, a_source(announced=".hits"))[0] == Announced(1234)


@pytest.mark.parametrize(
    "tail", ["", '<p class="hits">viele Treffer</p>', '<p class="hits">1</p><p class="hits">2</p>']
)
def test_an_announced_number_that_cannot_be_read_is_an_error(tail):
    with pytest.raises(ParseError):
        read(a_page(a_row(1), tail=tail), a_source(announced=".hits"))


def test_an_empty_list_is_an_error_unless_the_page_says_that_it_is_empty():
    source, note = a_source(allow_empty="p.none"), '<p class="none">Derzeit keine Aufrufe</p>'
    assert read(a_page(tail=note), source) == []
    for page in (a_page(), a_page(tail=note)):
        with pytest.raises(ParseError, match="redesigned"):
            read(page, source if page == a_page() else a_source())


def test_half_the_calls_gone_is_still_a_page_for_the_checks_to_judge():
    assert len(calls(a_page(*map(a_row, range(10))))) == 10
    assert len(calls(a_page(*map(a_row, range(5))))) == 5


def test_doubled_rows_are_told_twice_so_that_they_can_be_counted():
    found = calls(a_page(a_row(1), a_row(1)))
    assert len(found) == 2
    assert found[0] == found[1]


def test_the_order_of_the_rows_means_nothing():
    rows = [a_row(number) for number in range(5)]
    assert set(calls(a_page(*rows))) == set(calls(a_page(*reversed(rows))))


# ---------------------------------------------------------------- pages that are not what we came for


def test_a_redesigned_page_names_source_selector_and_address():
    with pytest.raises(ParseError) as caught:
        read(a_page('<article><h3><a href="/a">Aufruf</a></h3></article>'))
    assert all(words in str(caught.value) for words in ("nordfonds", "li.call", URL))


@pytest.mark.parametrize("page", [WALL, OUTAGE])
def test_a_wall_with_status_200_is_called_by_its_name(page):
    with pytest.raises(ParseError, match="bot wall or an outage page"):
        read(page)


@pytest.mark.parametrize("inside", ["<h4><a href=/a>A</a></h4>", "<h3>A</h3>", "<h3><a href=/a></a></h3>"])
def test_rows_that_all_lost_title_or_link_are_an_error(inside):
    with pytest.raises(ParseError, match="none of 3 rows"):
        read(a_page(*[f'<li class="call">{inside}</li>'] * 3))


def test_one_row_with_two_titles_is_skipped_and_the_others_are_kept():
    broken = '<li class="call"><h3><a href="/a">A</a> <a href="/b">B</a></h3></li>'
    first, second, third = read(a_page(a_row(1), broken, a_row(3)))
    assert isinstance(first, RawCall)
    assert isinstance(third, RawCall)
    assert second == Skipped("row 2", "expected one 'h3 a', found 2")


@pytest.mark.parametrize("share", [0.3, 0.5, 0.99])
def test_a_page_cut_off_on_its_way_is_an_error(share):
    page = a_page(*map(a_row, range(100))).encode()
    with pytest.raises(ParseError, match="cut off"):
        read(page[: int(len(page) * share)])


@pytest.mark.parametrize(
    "body",
    [
        *(
            b"",
            b" ",
            b'{"calls": []}',
            b'[{"title": "<html></html>"}]',
            b"/etc/passwd",
            b"PK\x03\x04\0\0",
            b"\xff\xfe\0\0",
        ),
        b'<?xml version="1.0"?><rss><item><description><![CDATA[<html></html>]]></description></item></rss>',
    ],
)
def test_what_is_no_html_page_is_an_error(body):
    with pytest.raises(ParseError):
        read(body)


# ---------------------------------------------------------------- charsets


@pytest.mark.parametrize(
    ("charset", "meta", "header"),
    [
        ("utf-8", "utf-8", "text/html; charset=iso-8859-1"),  # the header is wrong
        ("utf-8", "iso-8859-1", "text/html"),  # the page is wrong
        ("utf-8", "", "text/html"),  # nobody says
        ("iso-8859-1", "iso-8859-1", "text/html"),  # only the page says
        ("iso-8859-1", "", "text/html; charset=ISO-8859-1"),  # only the header says
        ("iso-8859-1", "iso-8859-1", "text/html; charset=utf-8"),  # the header is wrong
        ("utf-16", "", "text/html; charset=utf-16"),
        ("utf-8", "no-such-charset", "text/html; charset=neither-this"),
    ],
)
def test_umlauts_survive_a_wrong_label(charset, meta, header):
    page = a_page(a_row(1, "Förderung für Städte"), head=f'<meta charset="{meta}">' if meta else "")
    (call,) = calls(page.encode(charset), content_type=header)
    assert call.title == "Förderung für Städte"


def test_one_damaged_byte_does_not_damage_the_other_umlauts():
    page = a_page(a_row(1, "Förderung für Städte"), a_row(2, "gr@n")).encode().replace(b"@", b"\xfc")
    assert calls(page, content_type="text/html")[0].title == "Förderung für Städte"


# ---------------------------------------------------------------- hostile pages


def test_control_bytes_do_not_hide_the_rows_behind_them():
    page = a_page(a_row(1, "Auf\x02ruf"), "\0\x1f", a_row(2)).encode()
    assert [call.title for call in calls(page)] == ["Aufruf", "Klimaschutz in Städten"]


@pytest.mark.parametrize("tag", ["div", "b", "table", "li"])
def test_markup_nested_by_the_thousand_does_not_hide_the_rows_behind_it(tag):
    assert len(calls(a_page(a_row(1), f"<{tag}>" * 5_000, a_row(2)))) == 2


def test_markup_in_a_title_is_text():
    (call,) = calls(a_page(a_row(1, "<script>alert(1)</script><b onclick=x>Auf</b> &lt;i&gt;ruf")))
    assert call.title == "Auf <i>ruf"


def test_five_megabytes_are_read_in_the_time_of_a_request():
    page = a_page(a_row(1), f"<p>{'x' * 5_000_000}</p>", a_row(2))
    began = time.perf_counter()
    assert len(calls(page)) == 2
    assert time.perf_counter() - began < 20  # 0.1 s when written; a quadratic step would take minutes


# ---------------------------------------------------------------- options


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"item": "li"}, "nordfonds.options.link: missing"),
        ({"link": "a"}, "nordfonds.options.item: missing"),
        ({**OPTIONS, "deadlin": "p"}, "nordfonds.options.deadlin: unknown key; did you mean 'deadline'?"),
        ({**OPTIONS, "title": {"csss": "p", "attr": "x"}}, "did you mean 'css'?"),
        ({**OPTIONS, "item": "li..call"}, "nordfonds.options.item: no selector"),
        ({**OPTIONS, "title": 7}, "nordfonds.options.title: neither a selector"),
        ({**OPTIONS, "opens": {"css": "p", "pattern": "("}}, "nordfonds.options.opens.pattern: no regular expression"),
        ({**OPTIONS, "opens": {"css": "p", "pattern": "x"}}, "has no group"),
        ({**OPTIONS, "opens": {"css": ["p"]}}, "nordfonds.options.opens.css: not text"),
        ({**OPTIONS, "detail": {"once": True}}, "names no field"),
        ({**OPTIONS, "detail": "p"}, "names no field"),
        ({**OPTIONS, "detail": {"deadline": "p", "ones": True}}, "did you mean 'once'?"),
        ({**OPTIONS, "detail": {"deadline": "p", "once": "yes"}}, "expected true or false"),
        ({**OPTIONS, "strip_query": "s"}, "expected a list"),
        ({**OPTIONS, "language": ["de"]}, "nordfonds.options.language: not text"),
        ({**OPTIONS, "deadline": {"css": ".frist", "date": "%d/%m"}}, "options.deadline.date: expected a notation"),
    ],
)
def test_a_mistake_in_the_options_is_named_before_the_first_request(options, words):
    with pytest.raises(ConfigError) as caught:
        listing.start(Source(id="nordfonds", connector="listing", url=URL, options=options))
    assert words in str(caught.value)


@pytest.mark.parametrize(("words", "day"), [("05/06/2027", date(2027, 6, 5)), ("sommer", None), ("31/02/2027", None)])
def test_the_notation_of_a_day_tells_day_from_month_and_makes_no_day_of_other_words(words, day):
    source = a_source(deadline={"css": ".frist", "date": "%d/%m/%Y"})
    (call,) = read(a_page(a_row(1, deadline=words)), source)
    assert call.deadlines == (RawDeadline(words=words, day=day),)


def test_all_mistakes_are_named_at_once():
    with pytest.raises(ConfigError) as caught:
        listing.start(Source(id="n", connector="listing", url=URL, options={"items": "li", "detail": {"fiscal": "p"}}))
    assert len(caught.value.problems) >= 4


def test_good_options_ask_for_the_address_of_the_source():
    assert list(listing.start(a_source())) == [Request(URL)]


# ---------------------------------------------------------------- recordings of real sites


def recorded(name, url, **options):
    source = Source(id="recorded", connector="listing", url=url, options=options)
    return read((RECORDED / name).read_bytes(), source, request=Request(url))


@needs_recorded
def test_euroaccess_of_2025_10_03_announces_and_holds_142_dated_calls():
    announced, *found = recorded(
        "partners/euroaccess/SearchForFunding.html",
        "https://www.euro-access.eu/en/calls?keyword=&submit=&sent=search",
        item="table#calls-overview tbody tr",
        link="td:nth-of-type(2) a",
        id={"pattern": r"/calls/(\d+)"},
        deadline="td:nth-of-type(3)",
        announced={"css": 'h3:-soup-contains("Calls found")', "pattern": r"(\d+) Calls found"},
    )
    assert announced == Announced(142)
    assert len({call.external_id for call in found}) == len(found) == 142
    moments = [datetime.strptime(call.deadlines[0].words, "%d.%m.%Y %H:%M").replace(tzinfo=UTC) for call in found]
    assert len({call.title for call in found}) == 140
    assert sum(moment.hour == 17 and moment.minute == 0 for moment in moments) == 116


@needs_recorded
def test_eeas_of_2025_10_holds_29_cards_24_of_them_dated():
    found = recorded(
        "partners/eeas/eu_delegation_grants.html",
        "https://www.eeas.europa.eu/eeas/grants_en?s=229",
        item="div.card:has(div.card-title)",
        link="div.card-title a",
        deadline="time",
        strip_query=["s"],
    )
    dated = [call.deadlines[0].words for call in found if call.deadlines]
    days = sorted(date(*map(int, reversed(words.split(".")))) for words in dated)
    assert (len(found), len(days), days[0], days[-1]) == (29, 24, date(2022, 5, 16), date(2025, 9, 18))
    assert not [call.url for call in found if "?" in call.url]


@needs_recorded
def test_engagement_global_of_2021_11_holds_ten_rows_and_the_way_to_page_two():
    *found, following = recorded(
        "de/engagement_global/listings__test_it_scrapes_events.html",
        "https://www.engagement-global.de/veranstaltungssuche.html",
        item="div.event",
        title="h3",
        link="a",
        next="li.next a",
        funder={"css": ".meta", "pattern": "Absender: (.+)"},
    )
    assert len(found) == 10
    assert (
        found[3].url
        == "https://www.engagement-global.de/veranstaltung-detail/bazaar-fair-social-berlin-2021-ralley.html"
    )
    assert found[0].funder == "SKEW - Servicestelle Kommunen in der Einen Welt"
    assert following == Request("https://www.engagement-global.de/veranstaltungssuche.html?page_e140=2")


@needs_recorded
@pytest.mark.parametrize("name", ["eit_food", "giz_tenders", "webalkans_opportunities", "euro_access"])
def test_a_real_page_of_another_site_is_never_a_quiet_week(name):
    with pytest.raises(ParseError, match="redesigned"):
        recorded(f"partners/lists/{name}.html", "https://other.example/", **OPTIONS)
