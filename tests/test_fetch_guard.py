"""Redirects and scraped addresses: nothing leads into the city's inner network."""

from __future__ import annotations

import socket

import httpx
import pytest

from tests.builders import a_source
from tests.fetch_servers import PAGE, Portal, a_fetcher, http, page, quiet_source, serving
from tracker.archive import Archive
from tracker.errors import FetchError
from tracker.fetch.guard import is_public, literal, own_places, resolve, usual_pause
from tracker.model import Part, Request

URL = "https://stadtnetz.example/foerderung"
SOURCE = quiet_source(URL)
PUBLIC = "93.184.215.14"


def moved(to: str, status: int = 302) -> httpx.Response:
    return page(b"", status, location=to)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_followed_and_the_last_address_is_told(status):
    portal = Portal({URL: moved("/aufrufe?seite=1#liste", status), "https://stadtnetz.example/aufrufe?seite=1": page()})
    document = a_fetcher(portal).get(SOURCE, Request(URL))
    assert document.body == PAGE
    assert document.final_url == "https://stadtnetz.example/aufrufe?seite=1"
    assert document.request.url == URL


def test_a_redirect_to_another_public_host_is_followed():
    other = "https://www.stadtnetz.example/"
    portal = Portal({URL: moved(other), other: page()})
    assert a_fetcher(portal, resolver=lambda *_: [PUBLIC]).get(SOURCE, Request(URL)).final_url == other


def test_an_endless_redirect_ends():
    portal = Portal({URL: moved(URL)})
    with pytest.raises(FetchError, match="more than 10 redirects") as caught:
        a_fetcher(portal).get(SOURCE, Request(URL))
    assert caught.value.permanent
    assert len(portal.asked) == 11


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://a.example/", "gopher://a.example:70/", "data:text/html,x"]
)
def test_a_redirect_leads_to_http_or_nowhere(target):
    with pytest.raises(FetchError, match="only http and https") as caught:
        a_fetcher(Portal({URL: moved(target)})).get(SOURCE, Request(URL))
    assert caught.value.permanent


@pytest.mark.parametrize(("location", "words"), [("", "without an address"), ("http://[::1", "no address")])
def test_a_redirect_to_nothing_is_said(location, words):
    with pytest.raises(FetchError, match=words):
        a_fetcher(Portal({URL: moved(location)})).get(SOURCE, Request(URL))


INNER = [
    "http://10.0.0.1/",
    "http://127.0.0.1/",
    "http://127.0.0.1:6379/",
    "http://192.168.178.1/",
    "http://172.16.0.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://100.64.0.1/",
    "http://0.0.0.0/",
    "http://255.255.255.255/",
    "http://224.0.0.1/",
    "http://240.0.0.1/",
    "http://[::1]/",
    "http://[::]/",
    "http://[fe80::1]/",
    "http://[fd00::1]/",
    "http://[ff02::1]/",
    "http://[::ffff:10.0.0.1]/",
    "http://[2002:0a00:0001::]/",
    "http://[64:ff9b::a00:1]/",
    "http://localhost/",
]


@pytest.mark.parametrize("target", INNER)
def test_neither_redirect_nor_scraped_link_leads_into_the_inner_network(target):
    portal = Portal({URL: moved(target), target: page()})
    for address in (URL, target):
        with pytest.raises(FetchError, match="inner network") as caught:
            a_fetcher(portal).get(SOURCE, Request(address))
        assert caught.value.permanent
        assert caught.value.hint
    assert portal.addresses == [URL]


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "0177.0.0.1", "127.1"])
def test_an_odd_spelling_of_this_machine_is_this_machine(host):
    portal = Portal({})
    fetcher = a_fetcher(portal, resolver=lambda name, _port: [socket.inet_ntoa(socket.inet_aton(name))])
    with pytest.raises(FetchError, match=r"inner network|no address"):
        fetcher.get(SOURCE, Request(f"http://{host}/"))
    assert not portal.asked


def test_a_name_is_judged_by_all_its_addresses():
    with pytest.raises(FetchError, match=r"inner.example is 93\.184\.215\.14, 10\.1\.2\.3"):
        a_fetcher(Portal({}), resolver=lambda *_: [PUBLIC, "10.1.2.3"]).get(SOURCE, Request("https://inner.example/"))


def test_the_source_itself_may_live_in_the_inner_network_and_redirect_within_it():
    inner = quiet_source("http://10.1.2.3/foerderung", options={"pages": ["https://10.9.9.9:8443/x"], "item": "li"})
    portal = Portal(
        {
            inner.url: moved("https://10.1.2.3/foerderung"),
            "https://10.1.2.3/foerderung": moved("https://10.9.9.9:8443/x"),
            "https://10.9.9.9:8443/x": page(),
        }
    )
    assert a_fetcher(portal).get(inner, Request(inner.url)).body == PAGE


def test_another_port_of_the_sources_machine_is_another_service():
    local = quiet_source("http://127.0.0.1:8901/")
    with pytest.raises(FetchError, match="inner network"):
        a_fetcher(Portal({local.url: moved("http://127.0.0.1:6379/")})).get(local, Request(local.url))


def test_the_hosts_of_a_source_stand_in_its_address_and_its_options():
    source = a_source(
        url="https://a.example/x",
        options={
            "detail_url": "http://127.0.0.1:8901/{id}.json",
            "deep": {"er": ["http://c.example"]},
            "item": "li a",
            "n": 3,
        },
    )
    assert own_places(source) == {
        ("a.example", 80),
        ("a.example", 443),
        ("127.0.0.1", 8901),
        ("c.example", 80),
        ("c.example", 443),
    }


def test_a_search_that_moved_is_not_turned_into_a_page_without_its_query():
    portal = Portal({URL: moved("https://stadtnetz.example/neu", 301)})
    with pytest.raises(FetchError, match="the search has moved to") as caught:
        a_fetcher(portal).get(SOURCE, Request(URL, parts=(Part("query", "{}"),)))
    assert caught.value.permanent
    assert len(portal.asked) == 1


def test_a_search_may_be_sent_on_with_its_parts():
    portal = Portal({URL: moved("/neu", 307), "https://stadtnetz.example/neu": page(b"{}")})
    a_fetcher(portal).get(SOURCE, Request(URL, parts=(Part("query", '{"a":1}'),)))
    assert portal.asked[1].method == "POST"
    assert b'{"a":1}' in portal.asked[1].content


def test_a_redirect_is_stored_under_the_address_that_was_asked_and_confirmed_where_it_ended(tmp_path):
    archive, end = Archive(tmp_path), "https://stadtnetz.example/b"
    portal = Portal({URL: moved(end), end: [page(etag='"1"'), httpx.Response(304)]})
    document = a_fetcher(portal, archive=archive).get(SOURCE, Request(URL))
    archive.save(SOURCE.id, at=document.fetched_at, documents=[document], healthy=True, mark="1")
    assert a_fetcher(portal, archive=archive).get(SOURCE, Request(URL)).body == PAGE
    assert [request.headers.get("if-none-match") for request in portal.asked] == [None, None, None, '"1"']


# ---------------------------------------------------------------- on the wire


def test_a_name_is_looked_up_once_and_the_connection_goes_where_the_check_looked():
    """A name server that answers first with a public address and then with 127.0.0.1 (DNS rebinding) gains nothing."""
    said = [["127.0.0.2", "127.0.0.1"]]  # the first address is silent, the second answers
    with serving(http(PAGE)) as server, a_fetcher(resolver=lambda *_: said.pop()) as fetcher:
        source = quiet_source(f"http://stadtnetz.example:{server.port}/")
        assert fetcher.get(source, Request(source.url)).body == PAGE
    assert f"host: stadtnetz.example:{server.port}".encode() in server.requests[0].lower()
    assert not said


def test_a_name_nobody_knows_is_said_and_tried_again():
    def resolver(host, port):
        raise socket.gaierror(-2, "Name or service not known")

    with pytest.raises(FetchError, match=r"the name stadtnetz\.example is not known.*3 times") as caught:
        a_fetcher(resolver=resolver).get(SOURCE, Request(URL))
    assert not caught.value.permanent


# ---------------------------------------------------------------- pure


@pytest.mark.parametrize("address", [PUBLIC, "8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_the_open_internet_is_open(address):
    assert is_public(address)


@pytest.mark.parametrize("address", ["fe80::1%eth0", "192.0.2.1", "2001:db8::1", "::7f00:1", "2001:0:a00:1::f5ff:fffe"])
def test_what_nobody_may_reach_is_not_public(address):
    assert not is_public(address)


def test_names_are_looked_up_only_where_there_is_a_network():
    assert resolve("127.0.0.1", 80) == ("127.0.0.1",)
    assert literal("portal.example", 80) == ()
    assert literal("10.0.0.1", 80) == ("10.0.0.1",)


@pytest.mark.parametrize(
    ("url", "seconds"),
    [
        ("http://127.0.0.1:8000/a", 0),
        ("http://localhost/", 0),
        ("http://[::1]:1/", 0),
        ("https://stiftung.example/", 1),
        ("http://10.0.0.1/", 1),
        ("https://127.0.0.1.stiftung.example/", 1),
    ],
)
def test_only_this_machine_needs_no_pause(url, seconds):
    assert usual_pause(url) == seconds
