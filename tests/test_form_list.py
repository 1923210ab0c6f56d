"""Lists behind a posted form: page after page, whole pages and pieces, and the ways in which they fail."""

from __future__ import annotations

import httpx
import pytest

from tests.structured import WALL, a_source, answer, crawled, faults, mistakes
from tracker.connectors import form_list
from tracker.crawl import crawl
from tracker.errors import ParseError
from tracker.fetch.messages import message
from tracker.model import RawCall, Request

OPTIONS = {
    "form": {"stato[0]": "APERTO", "max": 0},
    "page": "pageNum",
    "pages": "nav a@data-page",
    "item": "div.card",
    "link": "a",
    "deadline": "input@value",
}
SOURCE = a_source("form_list", OPTIONS)


def a_piece(*numbers, pages=(1, 2)):
    cards = "".join(
        f'<div class="card"><a href="/bandi/{n}">Bando {n}</a><input value="2027-03-{n:02} 12:00"></div>'
        for n in numbers
    )
    return f"<section>{cards}</section><nav>{''.join(f'<a data-page={n}>{n}</a>' for n in pages)}</nav>"


def read(body, source=SOURCE, page=1):
    (request,) = form_list.start(source)
    request = Request(request.url, form=request.form, note=(("page", str(page)), ("mark", "")))
    return list(form_list.parse(answer(request, body, content_type="text/html"), source))


def urls(found):
    return [call.url.rsplit("/", 1)[1] for call in found.harvest.calls]


# ---------------------------------------------------------------- from page to page


def test_the_first_page_is_asked_for_by_its_number():
    (request,) = form_list.start(SOURCE)
    assert request.url == SOURCE.url
    assert request.form == (("stato[0]", "APERTO"), ("max", "0"), ("pageNum", "1"))


def test_pages_are_read_to_the_last_number_that_the_pager_names():
    asked = []
    pages = [a_piece(1, 2, pages=(1, 2)), a_piece(3, pages=(1, 2, 3)), a_piece(4, pages=(2, 3))]
    found = crawled(SOURCE, *pages, asked=asked, content_type="text/html")
    assert urls(found) == ["1", "2", "3", "4"]
    assert [dict(request.form)["pageNum"] for request in asked] == ["1", "2", "3"]
    assert len({request.key for request in asked}) == 3  # the archive keeps each
    assert not faults(SOURCE, found)


def test_a_list_without_a_pager_is_one_page():
    assert urls(crawled(SOURCE, a_piece(1, pages=()), content_type="text/html")) == ["1"]


def test_a_page_may_come_whole_or_as_the_piece_that_a_script_wants():
    piece = a_piece(1, pages=())
    whole = f"<!DOCTYPE html><html><body>{piece}</body></html>"
    assert read(piece) == read(whole)


def test_details_are_read_as_in_a_list():
    source = a_source("form_list", {**OPTIONS, "detail": {"description": "main"}})
    pages = [a_piece(1, pages=()), "<html><body><main>Testo</main></body></html>"]
    (call,) = crawled(source, *pages, content_type="text/html").harvest.calls
    assert call.description == "Testo"


def test_the_form_is_sent_as_the_script_of_the_page_sends_it():
    (request,) = form_list.start(SOURCE)
    asked = message(request, httpx.URL(request.url), agent="t", timeout=httpx.Timeout(1), stored=None, key={})
    assert asked.method == "POST"
    assert asked.headers["content-type"] == "application/x-www-form-urlencoded"
    assert asked.headers["x-requested-with"] == "XMLHttpRequest"
    assert asked.content == b"stato%5B0%5D=APERTO&max=0&pageNum=1"


def test_no_other_request_pretends_to_come_from_a_script():
    for request in (Request(SOURCE.url), Request(SOURCE.url, json="{}")):
        asked = message(request, httpx.URL(request.url), agent="t", timeout=httpx.Timeout(1), stored=None, key={})
        assert "x-requested-with" not in asked.headers


# ---------------------------------------------------------------- what goes wrong


def test_a_pager_that_serves_one_page_for_ever_is_found_out():
    with pytest.raises(ParseError, match="page 2 holds the rows of the page before: is 'pageNum' still right"):
        crawl(SOURCE, form_list, lambda request: answer(request, a_piece(1, 2), content_type="text/html"))


@pytest.mark.parametrize("number", ["due", "1e9", "999999999", "-1", "²"])
def test_a_page_number_that_is_none_is_an_error(number):
    body = f'<div class="card"><a href="/1">A</a></div><nav><a data-page="{number}">x</a></nav>'
    with pytest.raises(ParseError, match="expected the number of a page"):
        read(body)


@pytest.mark.parametrize("body", [b"", WALL, b"{}", b"<p>Nessun risultato</p>", b"<html><body><div class='card'>"])
def test_an_answer_without_rows_and_a_whole_page_cut_off_are_errors(body):
    with pytest.raises(ParseError):
        read(body)


def test_a_later_page_without_rows_is_an_error_too():
    with pytest.raises(ParseError, match=r"found no 'div\.card'"):
        read("<section></section><nav><a data-page=3>3</a></nav>", page=2)


def test_a_row_that_cannot_be_read_is_skipped_and_the_others_stay():
    found = read('<div class="card">kaputt</div>' + a_piece(1, pages=()))
    assert [type(thing) is RawCall for thing in found] == [False, True]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"form": None}, "options.form: expected a mapping"),
        ({"form": {}}, "options.form: expected a mapping"),
        ({"form": {"a": [1]}}, "options.form: expected a mapping"),
        ({"form": {"a": True}}, "options.form: expected a mapping"),
        ({"page": 3}, "options.page: expected the name of a field"),
        ({"page": ""}, "options.page: expected the name of a field"),
        ({"pages": {"cs": "a"}}, "options.pages: neither a selector"),
        ({"next": "a[rel=next]"}, "options.next: pages of a posted form have numbers"),
        ({"itm": "li"}, "options.itm: unknown key; did you mean 'item'?"),
        ({"item": "["}, "options.item: no selector"),
    ],
)
def test_a_mistake_in_the_options_is_named_before_the_first_request(options, words):
    (line,) = mistakes("form_list", {**OPTIONS, **options})
    assert words in line


def test_every_missing_option_is_named():
    told = mistakes("form_list", {"item": "li", "link": "a"})
    assert [line.rpartition(".")[2] for line in told] == ["form: missing", "page: missing", "pages: missing"]
