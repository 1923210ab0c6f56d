"""robots.txt: what a site forbids is not read, and a site out of order is no site that forbids."""

from __future__ import annotations

import httpx
import pytest

from tests.builders import a_source
from tests.fetch_servers import PAGE, Portal, Time, a_fetcher, page
from tracker.errors import FetchError
from tracker.model import Part, Request

HOST = "https://stadtnetz.example"
ROBOTS = f"{HOST}/robots.txt"
URL = f"{HOST}/foerderung"
SOURCE = a_source(url=URL, pause=0.0)


def rules(words: str) -> httpx.Response:
    return page(words.encode(), content_type="text/plain")


def portal_with(words: str, *pages: str) -> Portal:
    return Portal({ROBOTS: rules(words), URL: page(), **{f"{HOST}{address}": page() for address in pages}})


def test_robots_txt_is_read_once_per_host_and_before_the_first_page():
    portal = portal_with("User-agent: *\nDisallow: /intern/", "/a")
    fetcher = a_fetcher(portal)
    for address in (URL, f"{HOST}/a", URL):
        assert fetcher.get(SOURCE, Request(address)).body == PAGE
    assert portal.addresses == [ROBOTS, URL, f"{HOST}/a", URL]


@pytest.mark.parametrize("path", ["/intern/a", "/a.pdf", "/FDB/SiteGlobals/x?y=1", "/m%C3%BCll"])
def test_a_forbidden_page_is_not_asked_for(path):
    words = "User-agent: *\nDisallow: /intern/\nDisallow: /*.pdf$\nDisallow: /FDB/SiteGlobals/\nDisallow: /müll\n"
    portal = portal_with(words, path)
    with pytest.raises(FetchError, match=r"robots\.txt of the site forbids") as caught:
        a_fetcher(portal).get(SOURCE, Request(f"{HOST}{path}"))
    assert caught.value.permanent
    assert "robots: false" in caught.value.hint
    assert portal.addresses == [ROBOTS]


@pytest.mark.parametrize("path", ["/a.pdf?x=1", "/SiteGlobals/FDB/Forms/Suche/", "/admin/calls"])
def test_wildcards_and_exceptions_are_understood(path):
    words = "User-agent: *\nDisallow: /*.pdf$\nDisallow: /FDB/SiteGlobals/\nDisallow: /admin/\nAllow: /admin/calls$\n"
    assert a_fetcher(portal_with(words, path)).get(SOURCE, Request(f"{HOST}{path}")).body == PAGE


def test_rules_for_us_by_name_come_before_those_for_all():
    portal = portal_with("User-agent: *\nDisallow:\n\nUser-agent: tracker\nDisallow: /\n")
    with pytest.raises(FetchError, match="forbids"):
        a_fetcher(portal).get(SOURCE, Request(URL))


def test_a_search_is_judged_by_the_same_rules():
    portal = portal_with("User-agent: *\nDisallow: /foerderung")
    with pytest.raises(FetchError, match="forbids"):
        a_fetcher(portal).get(SOURCE, Request(URL, parts=(Part("query", "{}"),)))
    assert portal.addresses == [ROBOTS]


def test_a_redirect_into_a_forbidden_part_is_not_followed():
    portal = Portal({ROBOTS: rules("User-agent: *\nDisallow: /intern"), URL: page(b"", 302, location="/intern/a")})
    with pytest.raises(FetchError, match="forbids") as caught:
        a_fetcher(portal).get(SOURCE, Request(URL))
    assert caught.value.url == f"{HOST}/intern/a"


def test_sources_yaml_can_set_robots_aside():
    portal = portal_with("User-agent: *\nDisallow: /")
    assert a_fetcher(portal).get(a_source(url=URL, robots=False), Request(URL)).body == PAGE
    assert portal.addresses == [URL]


@pytest.mark.parametrize(("delay", "pause"), [("5", 5.0), ("0.5", 1.0), ("30", 30.0), ("86400", 30.0), ("nan", 1.0)])
def test_a_crawl_delay_lengthens_the_pause_within_reason(delay, pause):
    time = Time()
    portal = portal_with(f"User-agent: *\nCrawl-delay: {delay}\nDisallow: /intern/")
    fetcher, source = a_fetcher(portal, time), a_source(url=URL, pause=1.0)
    fetcher.get(source, Request(URL))
    fetcher.get(source, Request(URL))
    assert time.slept == [pause, pause]


@pytest.mark.parametrize("answer", [page(b"", 404), page(b"", 403), page(b"", 401), page(b"", 410), page(b"", 451)])
def test_a_site_without_robots_txt_allows_everything(answer):
    portal = Portal({ROBOTS: answer, URL: page()})
    assert a_fetcher(portal).get(SOURCE, Request(URL)).body == PAGE


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_robots_txt_out_of_order_forbids_for_now_and_says_so(status):
    portal = Portal({ROBOTS: page(b"", status), URL: page()})
    with pytest.raises(FetchError, match=rf"robots\.txt of the site cannot be read \(HTTP {status}\)") as caught:
        a_fetcher(portal).get(SOURCE, Request(URL))
    assert not caught.value.permanent
    assert portal.addresses == [ROBOTS] * 3


def test_an_unreachable_host_is_called_unreachable_and_not_forbidden():
    portal = Portal({ROBOTS: httpx.ConnectError("[Errno 111] Connection refused")})
    with pytest.raises(FetchError, match="no connection") as caught:
        a_fetcher(portal).get(SOURCE, Request(URL))
    assert "robots" not in str(caught.value)
    assert (caught.value.url, caught.value.permanent) == (URL, False)


def test_a_host_out_of_order_is_not_asked_again_for_each_page_but_after_five_minutes():
    time, portal = Time(), Portal({ROBOTS: [page(b"", 500)] * 3 + [page(b"", 404)], URL: page()})
    fetcher = a_fetcher(portal, time)
    for _ in range(3):
        with pytest.raises(FetchError, match="robots"):
            fetcher.get(SOURCE, Request(URL))
    assert len(portal.asked) == 3
    time.now += 301
    assert fetcher.get(SOURCE, Request(URL)).body == PAGE


def test_a_robots_txt_that_stumbles_once_is_asked_again():
    portal = Portal({ROBOTS: [page(b"", 503), rules("User-agent: *\nDisallow: /x")], URL: page()})
    assert a_fetcher(portal).get(SOURCE, Request(URL)).body == PAGE


def test_a_wall_before_robots_txt_forbids_nothing():
    wall = page(b"<title>Radware Captcha Page</title>")
    assert a_fetcher(Portal({ROBOTS: wall, URL: page()})).get(SOURCE, Request(URL)).body == PAGE


def test_a_robots_txt_that_leads_in_circles_counts_as_none():
    portal = Portal({ROBOTS: page(b"", 302, location=ROBOTS), URL: page()})
    assert a_fetcher(portal).get(SOURCE, Request(URL)).body == PAGE


def test_of_a_huge_robots_txt_the_beginning_counts():
    words = "User-agent: *\nDisallow: /foerderung\n" + "# filler\n" * 200_000
    with pytest.raises(FetchError, match="forbids"):
        a_fetcher(portal_with(words)).get(SOURCE, Request(URL))


@pytest.mark.parametrize(
    "words", [b"\xff\xfe\x00", b"", b"<html>Seite nicht gefunden</html>", b"Disallow: /\n" * 9, b"\x00" * 99]
)
def test_rubbish_in_robots_txt_forbids_nothing_and_harms_nobody(words):
    portal = Portal({ROBOTS: page(words, content_type="text/plain"), URL: page()})
    assert a_fetcher(portal).get(SOURCE, Request(URL)).body == PAGE


def test_a_byte_order_mark_does_not_hide_the_first_rule():
    with pytest.raises(FetchError, match="forbids"):
        a_fetcher(portal_with("\ufeffUser-agent: *\nDisallow: /")).get(SOURCE, Request(URL))


def test_http_and_https_and_each_port_have_rules_of_their_own():
    other = "http://stadtnetz.example:8080"
    portal = Portal({ROBOTS: rules("User-agent: *\nDisallow: /"), f"{other}/a": page()})
    source = a_source(url=f"{other}/a", pause=0.0)
    assert a_fetcher(portal).get(source, Request(f"{other}/a")).body == PAGE
    assert portal.addresses == [f"{other}/robots.txt", f"{other}/a"]
