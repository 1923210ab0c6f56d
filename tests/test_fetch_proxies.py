"""Which proxy an address goes through, as city networks write it."""

from __future__ import annotations

import pytest

from tests.fetch_servers import PAGE, a_fetcher, http, quiet_source, serving
from tracker.errors import FetchError
from tracker.fetch.proxies import proxy_for
from tracker.model import Request

PROXY = "http://proxy.stadt.example:8080"


@pytest.mark.parametrize(
    ("environ", "scheme", "proxy"),
    [
        ({}, "https", ""),
        ({"HTTPS_PROXY": PROXY}, "https", PROXY),
        ({"HTTPS_PROXY": PROXY}, "http", ""),
        ({"HTTP_PROXY": PROXY}, "http", PROXY),
        ({"http_proxy": "http://a:1", "HTTP_PROXY": PROXY}, "http", "http://a:1"),
        ({"ALL_PROXY": PROXY}, "https", PROXY),
        ({"ALL_PROXY": PROXY, "HTTPS_PROXY": "http://b:2"}, "https", "http://b:2"),
        ({"HTTPS_PROXY": "proxy.stadt.example:8080"}, "https", PROXY),
        ({"HTTPS_PROXY": "  "}, "https", ""),
        ({"HTTP_PROXY": PROXY, "REQUEST_METHOD": "GET"}, "http", ""),
    ],
)
def test_the_proxy_is_what_the_environment_says(environ, scheme, proxy):
    assert proxy_for(scheme, "portal.example", 443, environ) == proxy


@pytest.mark.parametrize(
    ("no_proxy", "host"),
    [
        ("*", "portal.example"),
        ("portal.example", "portal.example"),
        ("portal.example", "www.portal.example"),
        (".portal.example", "www.portal.example"),
        (".portal.example", "portal.example"),
        ("*.portal.example", "www.portal.example"),
        ("localhost, .stadt.example ,portal.example", "portal.example"),
        ("localhost .portal.example", "portal.example"),
        ("PORTAL.EXAMPLE", "portal.example"),
        ("portal.example:443", "portal.example"),
        ("10.1.2.3", "10.1.2.3"),
        ("10.0.0.0/8", "10.1.2.3"),
        ("10.1.2.3/8", "10.1.2.4"),
        ("fd00::/8", "fd00::1"),
        ("", "127.0.0.1"),
        ("", "127.0.0.9"),
        ("", "::1"),
        ("", "localhost"),
    ],
)
def test_these_are_reached_without_the_proxy(no_proxy, host):
    assert proxy_for("https", host, 443, {"HTTPS_PROXY": PROXY, "NO_PROXY": no_proxy}) == ""


@pytest.mark.parametrize(
    ("no_proxy", "host"),
    [
        ("", "portal.example"),
        (",", "portal.example"),
        ("portal.example", "otherportal.example"),
        ("portal.example:8443", "portal.example"),
        ("10.0.0.0/8", "11.1.2.3"),
        ("10.0.0.0/8", "portal.example"),
        (".", "portal.example"),
        ("al.example", "portal.example"),
    ],
)
def test_these_go_through_the_proxy(no_proxy, host):
    assert proxy_for("https", host, 443, {"HTTPS_PROXY": PROXY, "no_proxy": no_proxy}) == PROXY


# ---------------------------------------------------------------- on the wire


def nobody_knows(*_):
    raise OSError("there is no name service behind this proxy")


def test_a_plain_page_is_asked_from_the_proxy_with_its_name_and_password():
    source = quiet_source("http://portal.example/calls")
    with serving(http(PAGE)) as proxy:
        environ = {"HTTP_PROXY": f"http://stadt:geheim@127.0.0.1:{proxy.port}"}
        with a_fetcher(environ=environ, resolver=nobody_knows) as fetcher:
            assert fetcher.get(source, Request(source.url)).body == PAGE
    assert proxy.requests[0].startswith(b"GET http://portal.example/calls HTTP/1.1\r\n")
    assert b"Basic c3RhZHQ6Z2VoZWlt" in proxy.requests[0]


def test_a_scraped_page_on_another_host_goes_through_the_proxy_too():
    with serving(http(PAGE)) as proxy, a_fetcher(environ={"HTTP_PROXY": proxy.url}, resolver=nobody_knows) as fetcher:
        assert fetcher.get(quiet_source("http://portal.example/"), Request("http://other.example/")).body == PAGE
    assert proxy.requests[0].startswith(b"GET http://other.example/ ")


@pytest.mark.parametrize("address", ["http://10.0.0.1/", "http://intranet.stadt.example/"])
def test_no_proxy_lets_a_scraped_page_into_the_inner_network(address):
    source = quiet_source("http://portal.example/")
    with (
        serving(http(PAGE)) as proxy,
        a_fetcher(environ={"HTTP_PROXY": proxy.url}, resolver=lambda *_: ["10.0.0.1"]) as fetcher,
        pytest.raises(FetchError, match="inner network"),
    ):
        fetcher.get(source, Request(address))
    assert not proxy.requests


def test_no_proxy_goes_straight_to_the_portal():
    with serving(http(b"proxy")) as proxy, serving(http(PAGE)) as portal:
        environ = {"HTTP_PROXY": proxy.url, "NO_PROXY": ".portal.example"}
        source = quiet_source(f"http://www.portal.example:{portal.port}/")
        with a_fetcher(environ=environ, resolver=lambda *_: ["127.0.0.1"]) as fetcher:
            assert fetcher.get(source, Request(source.url)).body == PAGE
    assert not proxy.requests


def test_the_demos_own_server_is_never_asked_through_a_proxy():
    with serving(http(b"proxy")) as proxy, serving(http(PAGE)) as portal:
        with a_fetcher(environ={"HTTP_PROXY": proxy.url}) as fetcher:
            assert fetcher.get(quiet_source(portal.url), Request(portal.url)).body == PAGE
        assert not proxy.requests


def test_a_proxy_that_is_down_is_suspected():
    with serving(http()) as proxy:
        gone = proxy.url
    source = quiet_source("http://portal.example/")
    with (
        a_fetcher(environ={"HTTP_PROXY": gone}, resolver=nobody_knows) as fetcher,
        pytest.raises(FetchError, match=r"no connection.*HTTPS_PROXY") as caught,
    ):
        fetcher.get(source, Request(source.url))
    assert not caught.value.permanent


def test_a_proxy_that_wants_a_password_is_said_and_asked_once():
    with serving(http(b"", "407 Proxy Authentication Required")) as proxy:
        source = quiet_source("https://portal.example/")
        with (
            a_fetcher(environ={"HTTPS_PROXY": proxy.url}, resolver=nobody_knows) as fetcher,
            pytest.raises(FetchError, match="407"),
        ):
            fetcher.get(source, Request(source.url))
    assert [request.split(b"\r\n")[0] for request in proxy.requests] == [b"CONNECT portal.example:443 HTTP/1.1"]


@pytest.mark.parametrize("proxy", ["ftp://anna:geheim@proxy:1", "socks5://anna:geheim@proxy:1", "http://[::1"])
def test_a_proxy_that_is_none_is_said_without_its_password(proxy):
    source = quiet_source("https://portal.example/")
    with (
        a_fetcher(environ={"HTTPS_PROXY": proxy}, resolver=nobody_knows) as fetcher,
        pytest.raises(FetchError, match="HTTPS_PROXY") as caught,
    ):
        fetcher.get(source, Request(source.url))
    assert "geheim" not in str(caught.value)
    assert caught.value.permanent
