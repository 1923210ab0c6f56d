"""One request, one answer: what is sent, what comes back, what is asked for again."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest

from tests.builders import a_source
from tests.fetch_servers import NOW, PAGE, Portal, Time, a_fetcher, page, quiet_source
from tests.shared import RECORDED, needs_recorded
from tracker import __version__
from tracker.archive import Archive
from tracker.errors import BotWallError, FetchError
from tracker.model import Part, Request, Source

URL = "https://stadtnetz.example/foerderung"
DETAIL = "https://stadtnetz.example/a"
SOURCE = quiet_source(URL)
SEARCH = Request(URL, parts=(Part("query", '{"bool":{}}'), Part("languages", '["de"]', "application/json")))


def fetch_and_keep(fetcher, archive, source: Source = SOURCE, request: Request | None = None, *, healthy=True):
    document = fetcher.get(source, request or Request(URL))
    archive.save(source.id, at=NOW, documents=[document], healthy=healthy, mark="1")
    return document


# ---------------------------------------------------------------- what is sent, what comes back


def test_an_answer_is_the_bytes_that_came_whatever_its_charset_is_said_to_be():
    document = a_fetcher(Portal({URL: page(content_type="text/html; charset=utf-8")})).get(SOURCE, Request(URL))
    assert document.body == PAGE
    assert document.content_type == "text/html; charset=utf-8"
    assert (document.status, document.fetched_at, document.final_url) == (200, NOW, URL)


def test_we_say_who_we_are_and_ask_only_for_packings_that_we_can_bound():
    portal = Portal({URL: page()})
    a_fetcher(portal).get(SOURCE, Request(URL))
    sent = portal.asked[0].headers
    assert sent["user-agent"] == f"tracker/{__version__} (+mailto:europa@stadt.example)"
    assert sent["accept-encoding"] == "gzip, deflate"
    assert not {"cookie", "authorization", "referer"} & set(sent)


@pytest.mark.parametrize("contact", ["", "a\r\nCookie: x", "Büro"])
def test_no_contact_can_add_a_header(contact):
    portal = Portal({URL: page()})
    a_fetcher(portal, contact=contact).get(SOURCE, Request(URL))
    assert "cookie" not in portal.asked[0].headers
    assert portal.asked[0].headers["user-agent"].startswith("tracker/")


def test_a_cookie_is_neither_kept_nor_sent_back():
    portal = Portal({URL: page(set_cookie="session=1")})
    fetcher = a_fetcher(portal)
    document = fetcher.get(SOURCE, Request(URL))
    fetcher.get(SOURCE, Request(URL))
    assert "cookie" not in portal.asked[1].headers
    assert "set-cookie" not in document.headers


def test_parts_travel_as_files_named_blob_each_with_its_media_type():
    portal = Portal({URL: page(b"{}", content_type="application/json")})
    a_fetcher(portal).get(SOURCE, SEARCH)
    sent = portal.asked[0]
    boundary = sent.headers["content-type"].removeprefix("multipart/form-data; boundary=")
    assert sent.method == "POST"
    assert (
        sent.content
        == (
            f"--{boundary}\r\n"
            'Content-Disposition: form-data; name="query"; filename="blob"\r\n'
            "Content-Type: application/json\r\n\r\n"
            '{"bool":{}}\r\n'
            f"--{boundary}\r\n"
            'Content-Disposition: form-data; name="languages"; filename="blob"\r\n'
            "Content-Type: application/json\r\n\r\n"
            '["de"]\r\n'
            f"--{boundary}--\r\n"
        ).encode()
    )


def test_half_a_surrogate_pair_in_a_note_or_part_harms_nobody():
    portal = Portal({URL: page(b"{}", content_type="application/json")})
    a_fetcher(portal).get(SOURCE, Request(URL, parts=(Part("query", "\ud800"),), note=(("title", "\udfff"),)))
    assert b"?" in portal.asked[0].content


@pytest.mark.parametrize(
    "address",
    [
        "",
        "foerderung",
        "ftp://a.example/x",
        "file:///etc/passwd",
        "http://",
        "https:///x",
        "http://[::1",
        "javascript:1",
        "http://a.example:99999/",
        "http://a.example:0/",
        "http://a.example/\x00",
        "http://\ud800.example/",
        "http://" + "a" * 70_000,
    ],
)
def test_what_is_no_address_is_not_asked_for(address):
    portal = Portal({})
    with pytest.raises(FetchError) as caught:
        a_fetcher(portal).get(SOURCE, Request(address))
    assert caught.value.permanent
    assert caught.value.source == SOURCE.id
    assert not portal.asked


def test_a_name_and_password_in_an_address_are_not_sent():
    portal = Portal({URL: page()})
    a_fetcher(portal).get(SOURCE, Request("https://anna:geheim@stadtnetz.example/foerderung#oben"))
    assert portal.addresses == [URL]
    assert "authorization" not in portal.asked[0].headers


# ---------------------------------------------------------------- conditional requests, once


@pytest.fixture
def archive(tmp_path):
    return Archive(tmp_path)


@pytest.mark.parametrize(
    ("said", "asked", "words"),
    [("etag", "if-none-match", 'W/"7"'), ("last_modified", "if-modified-since", "Mon, 02 Nov 2026 08:00:00 GMT")],
)
def test_a_page_that_has_not_changed_comes_from_the_archive(archive, said, asked, words):
    portal = Portal({URL: [page(**{said: words}), httpx.Response(304)]})
    later = NOW + timedelta(days=1)
    first = fetch_and_keep(a_fetcher(portal, archive=archive), archive)
    again = a_fetcher(portal, archive=archive, clock=lambda: later).get(SOURCE, Request(URL, note=(("page", "1"),)))
    assert portal.asked[1].headers[asked] == words
    assert (again.status, again.body, again.content_type) == (304, PAGE, first.content_type)
    assert (again.headers, again.fetched_at, again.request.note) == (first.headers, later, (("page", "1"),))


def test_the_validator_survives_a_day_that_answered_304(archive):
    portal = Portal({URL: [page(etag='"7"'), httpx.Response(304)]})
    for _ in range(3):
        fetch_and_keep(a_fetcher(portal, archive=archive), archive)
    assert [request.headers.get("if-none-match") for request in portal.asked] == [None, '"7"', '"7"']


@pytest.mark.parametrize("etag", ["", '"\u00fc"', "x" * 2000])
def test_a_validator_that_cannot_stand_in_a_header_is_not_sent(archive, etag):
    portal = Portal({URL: page(etag=etag)})
    fetch_and_keep(a_fetcher(portal, archive=archive), archive)
    assert a_fetcher(portal, archive=archive).get(SOURCE, Request(URL)).status == 200
    assert "if-none-match" not in portal.asked[1].headers


def test_nothing_is_asked_conditionally_when_the_stored_body_is_damaged(archive, tmp_path):
    portal = Portal({URL: page(etag='"7"')})
    fetch_and_keep(a_fetcher(portal, archive=archive), archive)
    (body,) = tmp_path.glob("*/bodies/*")
    body.write_bytes(b"rubbish")
    assert fetch_and_keep(a_fetcher(portal, archive=archive), archive).body == PAGE
    assert "if-none-match" not in portal.asked[1].headers
    assert archive.answer(SOURCE.id, URL).body == PAGE


def test_an_unhealthy_scan_confirms_nothing(archive):
    portal = Portal({URL: page(etag='"7"')})
    fetch_and_keep(a_fetcher(portal, archive=archive), archive, healthy=False)
    a_fetcher(portal, archive=archive).get(SOURCE, Request(URL))
    assert "if-none-match" not in portal.asked[1].headers


def test_a_search_is_never_conditional(archive):
    portal = Portal({URL: page(b"{}", etag='"7"')})
    fetch_and_keep(a_fetcher(portal, archive=archive), archive, request=SEARCH)
    a_fetcher(portal, archive=archive).get(SOURCE, SEARCH)
    assert "if-none-match" not in portal.asked[1].headers


def test_a_304_that_nobody_asked_for_is_no_answer():
    with pytest.raises(FetchError, match="HTTP 304"):
        a_fetcher(Portal({URL: httpx.Response(304)})).get(SOURCE, Request(URL))


def test_a_page_wanted_once_is_asked_once(archive):
    portal = Portal({DETAIL: page()})
    wanted = Request(DETAIL, kind="detail", once=True)
    fetch_and_keep(a_fetcher(portal, archive=archive), archive, request=wanted)
    again = a_fetcher(portal, archive=archive).get(SOURCE, wanted)
    assert (again.status, again.body) == (304, PAGE)
    assert portal.addresses == [DETAIL]


@pytest.mark.parametrize("status", [404, 410])
def test_a_missing_detail_page_is_not_asked_every_day_but_again_after_a_month(archive, status):
    portal = Portal({DETAIL: page(b"", status)})
    for days, requests in [(0, 1), (1, 1), (29, 1), (31, 2)]:
        fetcher = a_fetcher(portal, archive=archive, clock=lambda days=days: NOW + timedelta(days=days))
        with pytest.raises(FetchError) as caught:
            fetcher.get(SOURCE, Request(DETAIL, once=True))
        assert (caught.value.status, caught.value.permanent) == (status, True)
        assert len(portal.asked) == requests


def test_a_detail_page_out_of_order_is_asked_again_tomorrow(archive):
    portal = Portal({DETAIL: [page(b"", 503), page(b"", 503), page(b"", 503), page()]})
    fetcher = a_fetcher(portal, archive=archive)
    with pytest.raises(FetchError, match="HTTP 503"):
        fetcher.get(SOURCE, Request(DETAIL, once=True))
    assert fetcher.get(SOURCE, Request(DETAIL, once=True)).body == PAGE


# ---------------------------------------------------------------- trying again


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_server_that_stumbles_twice_is_asked_three_times_later_and_later(status):
    time, portal = Time(), Portal({URL: [page(b"", status), page(b"", status), page()]})
    assert a_fetcher(portal, time).get(SOURCE, Request(URL)).body == PAGE
    assert time.slept == [1.0, 2.0]


def test_waiting_is_spread_so_that_not_everybody_comes_back_at_once():
    time, portal = Time(), Portal({URL: [page(b"", 503), page()]})
    a_fetcher(portal, time, jitter=lambda: 0.5).get(SOURCE, Request(URL))
    assert time.slept == [1.5]


def test_a_server_that_stumbles_three_times_is_left_alone():
    portal = Portal({URL: page(b"", 503)})
    with pytest.raises(FetchError, match=r"HTTP 503, 3 times") as caught:
        a_fetcher(portal).get(SOURCE, Request(URL))
    assert (caught.value.status, caught.value.permanent, caught.value.url) == (503, False, URL)
    assert caught.value.hint
    assert len(portal.asked) == 3


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 410, 451])
def test_a_refusal_is_final(status):
    portal = Portal({URL: page(b"no", status)})
    with pytest.raises(FetchError, match=f"HTTP {status}") as caught:
        a_fetcher(portal).get(SOURCE, Request(URL))
    assert caught.value.permanent
    assert caught.value.status == status
    assert len(portal.asked) == 1


@pytest.mark.parametrize("status", [201, 202, 204, 206, 300])
def test_only_200_is_an_answer(status):
    with pytest.raises(FetchError, match=f"HTTP {status}"):
        a_fetcher(Portal({URL: page(status=status)})).get(SOURCE, Request(URL))


@pytest.mark.parametrize("words", ["7", format_datetime(NOW + timedelta(seconds=7), usegmt=True)])
def test_the_server_says_when_to_come_back(words):
    time, portal = Time(), Portal({URL: [page(b"", 429, retry_after=words), page()]})
    assert a_fetcher(portal, time).get(SOURCE, Request(URL)).body == PAGE
    assert time.slept == [7.0]


def test_a_fixed_clock_does_not_shorten_a_retry_after_date():
    wall = datetime(2026, 12, 24, 12, 0, tzinfo=UTC)
    back = format_datetime(wall + timedelta(seconds=9), usegmt=True)
    time, portal = Time(), Portal({URL: [page(b"", 503, retry_after=back), page()]})
    a_fetcher(portal, time, wall=wall.timestamp).get(SOURCE, Request(URL))
    assert time.slept == [9.0]


@pytest.mark.parametrize("words", ["soon", "", "-5", "Mon, 99 Nov 2026", "1.5"])
def test_a_retry_after_that_makes_no_sense_is_passed_over(words):
    time, portal = Time(), Portal({URL: [page(b"", 503, retry_after=words), page()]})
    a_fetcher(portal, time).get(SOURCE, Request(URL))
    assert time.slept == [1.0]


def test_a_retry_after_in_the_past_means_now():
    time, portal = Time(), Portal({URL: [page(b"", 503, retry_after="Sun, 06 Nov 1994 08:49:37 GMT"), page()]})
    a_fetcher(portal, time).get(SOURCE, Request(URL))
    assert time.slept == []


@pytest.mark.parametrize("words", ["3600", "999999999", format_datetime(NOW + timedelta(hours=1), usegmt=True)])
def test_a_server_that_wants_us_back_much_later_is_left_alone_and_quoted(words):
    time, portal = Time(), Portal({URL: page(b"", 429, retry_after=words)})
    with pytest.raises(FetchError, match=r"wants us back at \d{4}-\d\d-\d\d \d\d:00|wants us back at") as caught:
        a_fetcher(portal, time).get(SOURCE, Request(URL))
    assert (time.slept, caught.value.permanent, caught.value.status) == ([], False, 429)


@pytest.mark.parametrize(
    "error",
    [
        httpx.ConnectError("refused"),
        httpx.ConnectTimeout("late"),
        httpx.ReadTimeout("late"),
        httpx.ReadError("reset"),
        httpx.RemoteProtocolError("cut"),
        httpx.WriteError("reset"),
        httpx.ProxyError("502 Bad Gateway"),
    ],
)
def test_a_line_that_breaks_once_is_tried_again(error):
    portal = Portal({URL: [error, page()]})
    assert a_fetcher(portal).get(SOURCE, SEARCH).body == PAGE


def test_a_proxy_that_wants_a_password_is_said_and_not_tried_again():
    portal = Portal({URL: httpx.ProxyError("407 Proxy Authentication Required")})
    with pytest.raises(FetchError, match=r"proxy refuses: 407.*HTTPS_PROXY"):
        a_fetcher(portal).get(SOURCE, Request(URL))
    assert len(portal.asked) == 1


# ---------------------------------------------------------------- walls

RADWARE = b"<html><head><title>Radware Captcha Page</title></head><body></body></html>"


@pytest.mark.parametrize("status", [200, 202, 403])
def test_a_bot_wall_is_no_quiet_week(status):
    portal = Portal({URL: page(RADWARE, status)})
    with pytest.raises(BotWallError, match="Radware") as caught:
        a_fetcher(portal).get(SOURCE, Request(URL))
    assert caught.value.hint
    assert len(portal.asked) == 1


@pytest.mark.parametrize("headers", [{"content_type": ""}, {"content_type": "application/xhtml+xml"}])
def test_a_wall_is_seen_whatever_its_header_says(headers):
    with pytest.raises(BotWallError):
        a_fetcher(Portal({URL: page(RADWARE, **headers)})).get(SOURCE, Request(URL))


def test_a_wall_that_calls_itself_busy_is_tried_again_and_then_called_a_wall():
    portal = Portal({URL: page(b"<html><title>Just a moment...</title></html>", 503)})
    with pytest.raises(BotWallError, match="3 times"):
        a_fetcher(portal).get(SOURCE, Request(URL))
    assert len(portal.asked) == 3


def test_a_redirect_to_the_house_of_radware_is_a_wall():
    target = "https://validate.perfdrive.com/?ssc=https%3A%2F%2Fstadtnetz.example"
    portal = Portal({URL: page(b"", 302, location=target)})
    with pytest.raises(BotWallError, match="perfdrive"):
        a_fetcher(portal).get(SOURCE, Request(URL))
    assert portal.addresses == [URL]


def test_a_call_may_speak_of_captchas_in_json_and_a_lost_page_may_say_what_it_likes():
    portal = Portal({URL: page(b'{"title": "captcha"}', content_type="application/json"), DETAIL: page(RADWARE, 404)})
    fetcher = a_fetcher(portal)
    assert fetcher.get(SOURCE, Request(URL)).status == 200
    with pytest.raises(FetchError, match="HTTP 404") as caught:
        fetcher.get(SOURCE, Request(DETAIL))
    assert not isinstance(caught.value, BotWallError)


# ---------------------------------------------------------------- pauses


def test_there_is_a_pause_between_two_requests_to_one_host_and_none_before_the_first():
    time, portal = Time(), Portal({URL: page(), DETAIL: page()})
    fetcher = a_fetcher(portal, time)
    for address in (URL, DETAIL, URL):
        fetcher.get(quiet_source(URL, pause=1.5), Request(address))
    assert time.slept == [1.5, 1.5]


def test_nobody_is_spared_where_nobody_answers():
    time, portal = Time(), Portal({URL: httpx.ConnectError("refused")})
    with pytest.raises(FetchError, match="3 times"):
        a_fetcher(portal, time).get(quiet_source(URL, pause=30), Request(URL))
    assert len(time.slept) == 2 and sum(time.slept) < 10


def test_the_pause_runs_from_the_end_of_the_request_before():
    time = Time()

    class Slow(Portal):
        def answer(self, request):
            time.now += 40
            return super().answer(request)

    fetcher = a_fetcher(Slow({URL: page()}), time)
    fetcher.get(quiet_source(URL, pause=1.5), Request(URL))
    time.now += 0.5
    fetcher.get(quiet_source(URL, pause=1.5), Request(URL))
    assert time.slept == [1.0]


def test_two_sources_of_one_host_share_its_pause_and_other_hosts_do_not_wait():
    other = "https://nordfonds.example/"
    time, portal = Time(), Portal({URL: page(), DETAIL: page(), other: page()})
    fetcher = a_fetcher(portal, time)
    fetcher.get(quiet_source(URL, pause=1.0), Request(URL))
    fetcher.get(quiet_source(other, id="nordfonds", pause=1.0), Request(other))
    assert time.slept == []
    fetcher.get(quiet_source(DETAIL, id="stadtnetz-2", pause=3.0), Request(DETAIL))
    assert time.slept == [3.0]


def test_no_pause_is_fine_where_sources_yaml_says_so():
    time, portal = Time(), Portal({URL: page()})
    fetcher = a_fetcher(portal, time)
    for _ in range(3):
        fetcher.get(SOURCE, Request(URL))
    assert time.slept == []


def test_a_host_that_is_busy_is_left_alone_by_its_other_sources_too():
    time, portal = Time(), Portal({URL: page(b"", 429, retry_after="60"), DETAIL: page()})
    fetcher = a_fetcher(portal, time)
    with pytest.raises(FetchError):
        fetcher.get(SOURCE, Request(URL))
    fetcher.get(quiet_source(DETAIL, id="stadtnetz-2"), Request(DETAIL))
    assert time.slept == [60.0, 60.0, 60.0]


def test_a_host_is_never_asked_by_two_threads_at_once():
    busy: list[int] = []
    most: list[int] = []

    class Counting(Portal):
        def answer(self, request):
            busy.append(1)
            most.append(len(busy))
            answer = super().answer(request)
            time.sleep(0.001)  # long enough for another thread to come in
            busy.pop()
            return answer

    fetcher = a_fetcher(Counting({URL: page()}))
    with ThreadPoolExecutor(8) as pool:
        sources = [quiet_source(URL, id=f"s-{n}") for n in range(40)]
        documents = list(pool.map(lambda source: fetcher.get(source, Request(URL)), sources))
    assert len(documents) == 40
    assert max(most) == 1


# ---------------------------------------------------------------- words


def test_every_error_names_source_address_trouble_and_what_to_do():
    with pytest.raises(FetchError) as caught:
        a_fetcher(Portal({})).get(a_source(url=URL, pause=0.0), Request(URL))
    assert str(caught.value) == (
        f"stadtnetz: the server answered HTTP 404 ({URL}) Has the page moved? Correct its address in sources.yaml."
    )


@needs_recorded
def test_recorded_pages_of_real_portals_are_no_walls():
    pages = sorted((RECORDED / "de" / "foerderdatenbank_html").glob("*.html"))
    assert pages
    for path in pages:
        portal = Portal({URL: page(path.read_bytes())})
        assert a_fetcher(portal).get(SOURCE, Request(URL)).body == path.read_bytes()


def test_headers_are_plain_enough_to_be_stored_as_json():
    portal = Portal({URL: httpx.Response(200, headers=[(b"X-Two", b"a"), (b"X-Two", b"b"), (b"X-Odd", b"\xfc")])})
    headers = a_fetcher(portal).get(SOURCE, Request(URL)).headers
    assert json.loads(json.dumps(headers))["x-two"] == "a, b"
