"""A source's key goes to that source alone, in the header meant for it, and into nothing that is kept or told."""

from __future__ import annotations

import logging
from datetime import UTC, datetime

import httpx
import pytest

from tests.fetch_servers import Portal, a_fetcher, page, quiet_source
from tracker.archive import Archive
from tracker.errors import FetchError
from tracker.fetch.keys import key_for
from tracker.model import Request

URL = "https://aides.example/api/aids/"
KEY = "s3cret-0f-the-city"
ENVIRON = {"AIDES_KEY": KEY}
ASKED = Request(URL, key_header="Authorization: Bearer")


def a_source(url=URL):
    return quiet_source(url, needs_env="AIDES_KEY")


def get(portal, request=ASKED, source=None, environ=ENVIRON):
    with a_fetcher(portal, environ=environ) as fetcher:
        return fetcher.get(source or a_source(), request)


@pytest.mark.parametrize(
    ("header", "name", "words"),
    [("X-API-Key", "x-api-key", KEY), ("Authorization: Bearer", "authorization", f"Bearer {KEY}")],
)
def test_the_key_goes_into_the_header_that_the_source_wants(header, name, words):
    portal = Portal({URL: page(b"[]")})
    get(portal, Request(URL, key_header=header))
    assert portal.asked[0].headers[name] == words


def test_without_a_header_to_carry_it_the_key_stays_at_home():
    portal = Portal({URL: page(b"[]")})
    get(portal, Request(URL))
    assert KEY not in str(portal.asked[0].headers.raw)


@pytest.mark.parametrize(
    "target",
    [
        "https://elsewhere.example/api/aids/",
        "http://aides.example/api/aids/",
        "https://aides.example:8443/api/aids/",
        "https://aides.example.elsewhere.example/",
    ],
)
def test_a_redirect_cannot_carry_the_key_away(target):
    portal = Portal({URL: page(b"", 307, location=target), target: page(b"[]")})
    get(portal)
    assert [KEY in str(asked.headers.raw) for asked in portal.asked] == [True, False]


def test_a_redirect_within_the_source_keeps_the_key():
    target = f"{URL}?page=1"
    portal = Portal({URL: page(b"", 301, location=target), target: page(b"[]")})
    get(portal)
    assert portal.asked[1].headers["authorization"] == f"Bearer {KEY}"


def test_a_link_to_another_host_is_asked_without_the_key():
    portal = Portal({"https://elsewhere.example/": page(b"[]")})
    get(portal, Request("https://elsewhere.example/", key_header="X-API-Key"))
    assert "x-api-key" not in portal.asked[0].headers


def test_robots_are_read_without_the_key():
    robots = "https://aides.example/robots.txt"
    portal = Portal({URL: page(b"[]"), robots: page(b"", content_type="text/plain")})
    get(portal, source=quiet_source(URL, needs_env="AIDES_KEY", robots=True))
    assert portal.addresses == [robots, URL]
    assert "authorization" not in portal.asked[0].headers


@pytest.mark.parametrize(
    ("value", "words"), [("", "is not set"), ("a\r\nX-Evil: 1", "no header"), ("schlüssel-geheim", "no header")]
)
def test_a_key_that_cannot_be_sent_is_named_and_not_shown(value, words):
    portal = Portal({URL: page(b"[]")})
    with pytest.raises(FetchError, match=f"AIDES_KEY.*{words}") as caught:
        get(portal, environ={"AIDES_KEY": value})
    assert portal.asked == [] and caught.value.permanent
    assert not value or value not in str(caught.value)


def test_a_line_end_behind_a_key_that_came_from_a_file_is_none_of_it():
    assert key_for(ASKED, httpx.URL(URL), a_source(), {"AIDES_KEY": f"{KEY}\n"}) == KEY


def test_an_answer_that_repeats_the_key_is_kept_without_it(tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    echo = page(
        f'{{"you sent": "{KEY}", "ok": true}}'.encode(), x_echo=f"Bearer {KEY}", content_type="application/json"
    )
    document = get(Portal({URL: echo}))
    assert document.body == b'{"you sent": "***", "ok": true}'
    archive = Archive(tmp_path)
    archive.save("aides", at=datetime(2026, 11, 23, tzinfo=UTC), documents=[document], healthy=True, mark="1")
    kept = archive.answer("aides", ASKED.key)
    assert kept is not None and kept.request == ASKED
    assert KEY not in f"{document}{kept}{ASKED.key}{caplog.text}"


@pytest.mark.parametrize("status", [302, 401, 500])
def test_an_error_never_holds_the_key(status):
    portal = Portal({URL: page(f"<p>{KEY}</p>".encode(), status, location=f"https://elsewhere.example/{KEY}")})
    with pytest.raises(FetchError) as caught:
        get(portal, Request(URL, json="{}", key_header="X-API-Key"))
    assert KEY not in f"{caught.value}{caught.value.__cause__!r}{caught.value.__context__!r}"


# ---------------------------------------------------------------- a question in JSON, or in a form


def test_a_question_in_json_is_posted_as_such():
    portal = Portal({URL: page(b"{}")})
    get(portal, Request(URL, json='{"keyword": "jumelage à l’école"}'))
    (asked,) = portal.asked
    assert (asked.method, asked.headers["content-type"]) == ("POST", "application/json")
    assert asked.content.decode() == '{"keyword": "jumelage à l’école"}'


def test_a_form_is_posted_as_browsers_do():
    portal = Portal({URL: page(b"{}")})
    request = Request(URL, form=(("titolo", "città & comuni"), ("stato[0]", "APERTO")))
    get(portal, request)
    (asked,) = portal.asked
    assert (asked.method, asked.headers["content-type"]) == ("POST", "application/x-www-form-urlencoded")
    assert asked.content == b"titolo=citt%C3%A0+%26+comuni&stato%5B0%5D=APERTO"
    assert request.key != Request(URL, form=(("titolo", ""),)).key


def test_two_questions_to_one_address_are_two_requests():
    one, other = Request(URL, json='{"page": 1}'), Request(URL, json='{"page": 2}')
    assert len({one.key, other.key, Request(URL).key}) == 3
    assert Request(URL).key == URL


def test_a_question_is_never_asked_conditionally(tmp_path):
    archive = Archive(tmp_path)
    request = Request(URL, json="{}")
    portal = Portal({URL: page(b"{}", etag='"1"')})
    with a_fetcher(portal, archive=archive) as fetcher:
        document = fetcher.get(a_source(), request)
        archive.save("stadtnetz", at=document.fetched_at, documents=[document], healthy=True, mark="1")
        fetcher.get(a_source(), request)
    assert "if-none-match" not in portal.asked[1].headers


def test_a_question_that_has_moved_is_not_followed_as_a_get():
    portal = Portal({URL: page(b"", 302, location="/elsewhere")})
    with pytest.raises(FetchError, match="the search has moved"):
        get(portal, Request(URL, json="{}"))


def test_a_scan_of_before_there_were_questions_in_json_is_still_read(tmp_path):
    from tracker.archive.shape import Scan, entry_of, from_json, to_json

    document = get(Portal({URL: page(b"[]")}), Request(URL))
    scan = Scan(source_id="a", at=document.fetched_at, healthy=True, mark="", entries=(entry_of(document),))
    old = to_json(scan).replace(b'"json": "", "key_header": "", "form": [], "lent": [], "login": [], ', b"")
    assert b"key_header" not in old and from_json(old, "a").entries[0].request == Request(URL)
