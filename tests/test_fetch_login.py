"""A key that is exchanged for a token: once per run, renewed when it expires, and neither is ever kept or told."""

from __future__ import annotations

import json
import logging
import threading
from dataclasses import replace
from datetime import UTC, datetime

import httpx
import pytest

from tests.fetch_servers import Portal, a_fetcher, page, quiet_source
from tracker.archive import Archive
from tracker.archive.shape import Scan, entry_of, from_json, to_json
from tracker.errors import BotWallError, FetchError
from tracker.fetch.keys import hushed, same_origin
from tracker.model import Login, Request

URL = "https://aides.example/api/aids/"
DOOR = "https://aides.example/api/connexion/"
KEY = "s3cret-0f-the-city"
TOKEN = "eyJhbGciOi.first-token"
SECOND = "eyJhbGciOi.second-token"
LOGIN = Login(url=DOOR, header="X-AUTH-TOKEN", token="token")
ASKED = Request(URL, key_header="Authorization: Bearer", login=LOGIN)
JSON = "application/json"


def a_token(token=TOKEN, **more):
    return page(json.dumps({"token": token, **more}).encode(), content_type=JSON)


def aids(body=b'{"results": []}', status=200, **headers):
    return page(body, status, content_type=JSON, **headers)


def a_source(**given):
    return quiet_source(URL, needs_env="AIDES_TERRITOIRES_TOKEN", **given)


def fetcher_of(portal, key=KEY, **given):
    return a_fetcher(portal, environ={"AIDES_TERRITOIRES_TOKEN": key}, **given)


def get(portal, request=ASKED, **given):
    with fetcher_of(portal, **given) as fetcher:
        return fetcher.get(a_source(), request)


def refused(portal, request=ASKED, **given):
    with pytest.raises(FetchError) as caught:
        get(portal, request, **given)
    error: BaseException | None = caught.value
    while error is not None:  # nothing of a secret in the whole chain
        assert KEY not in f"{error!r}{vars(error)}" and TOKEN not in f"{error!r}{vars(error)}"
        error = error.__cause__ or error.__context__
    return caught.value


# ---------------------------------------------------------------- the way it goes


def test_the_key_goes_to_the_login_and_the_token_to_the_source():
    portal = Portal({DOOR: a_token(), URL: aids()})
    assert get(portal).body == b'{"results": []}'
    login, asked = portal.asked
    assert (login.method, login.content, login.headers["x-auth-token"]) == ("POST", b"", KEY)
    assert asked.headers["authorization"] == f"Bearer {TOKEN}"
    assert KEY not in str(asked.headers.raw) and "authorization" not in login.headers


def test_one_login_serves_all_pages_of_a_run():
    portal = Portal({DOOR: a_token(), URL: aids(), f"{URL}?page=2": aids()})
    with fetcher_of(portal) as fetcher:
        for url in (URL, f"{URL}?page=2", URL):
            fetcher.get(a_source(), replace(ASKED, url=url))
    assert portal.addresses.count(DOOR) == 1


def test_several_threads_log_in_once():
    portal = Portal({DOOR: a_token(), URL: aids()})
    with fetcher_of(portal) as fetcher:
        threads = [threading.Thread(target=fetcher.get, args=(a_source(), ASKED)) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert (portal.addresses.count(DOOR), portal.addresses.count(URL)) == (1, 8)


def test_two_sources_with_keys_of_their_own_have_tokens_of_their_own():
    other = replace(a_source(), id="other", needs_env="OTHER_KEY")
    portal = Portal({DOOR: [a_token(TOKEN), a_token(SECOND)], URL: aids()})
    with a_fetcher(portal, environ={"AIDES_TERRITOIRES_TOKEN": KEY, "OTHER_KEY": "another-key"}) as fetcher:
        fetcher.get(a_source(), ASKED)
        fetcher.get(other, ASKED)
    shown = [asked.headers.get("authorization") for asked in portal.asked if str(asked.url) == URL]
    assert shown == [f"Bearer {TOKEN}", f"Bearer {SECOND}"]


def test_a_token_within_another_object_is_found():
    login = replace(LOGIN, token="data.access")
    portal = Portal({DOOR: aids(json.dumps({"data": {"access": TOKEN}}).encode()), URL: aids()})
    get(portal, replace(ASKED, login=login))
    assert portal.asked[1].headers["authorization"] == f"Bearer {TOKEN}"


def test_the_login_obeys_robots_txt():
    robots = page(b"User-agent: *\nDisallow: /api/connexion/", content_type="text/plain")
    portal = Portal({"https://aides.example/robots.txt": robots, DOOR: a_token(), URL: aids()})
    with fetcher_of(portal) as fetcher, pytest.raises(FetchError, match="the login failed: robots"):
        fetcher.get(replace(a_source(), robots=True), ASKED)
    assert DOOR not in portal.addresses


# ---------------------------------------------------------------- a token that expires


def test_a_token_that_expires_within_a_run_is_renewed_once():
    portal = Portal({DOOR: [a_token(TOKEN), a_token(SECOND)], URL: [aids(), aids(b"", 401), aids(b"[2]")]})
    with fetcher_of(portal) as fetcher:
        fetcher.get(a_source(), ASKED)
        assert fetcher.get(a_source(), ASKED).body == b"[2]"
    assert portal.addresses == [DOOR, URL, URL, DOOR, URL]
    assert portal.asked[-1].headers["authorization"] == f"Bearer {SECOND}"


def test_a_token_that_was_never_accepted_is_not_asked_for_again():
    portal = Portal({DOOR: a_token(), URL: aids(b"", 401)})
    error = refused(portal)
    assert portal.addresses == [DOOR, URL]
    assert (error.status, error.permanent) == (401, True) and "AIDES_TERRITOIRES_TOKEN" in str(error)


def test_a_site_that_refuses_every_token_is_not_asked_for_ever():
    portal = Portal({DOOR: a_token(), URL: [aids(), aids(b"", 401)]})
    with fetcher_of(portal) as fetcher:
        fetcher.get(a_source(), ASKED)
        for _ in range(3):
            with pytest.raises(FetchError, match="HTTP 401"):
                fetcher.get(a_source(), ASKED)
    assert portal.addresses.count(DOOR) == 2


# ---------------------------------------------------------------- logins that fail


@pytest.mark.parametrize("status", [401, 403])
def test_a_wrong_secret_is_said_with_the_name_of_its_variable(status):
    error = refused(Portal({DOOR: aids(f'{{"message": "wrong {KEY}"}}'.encode(), status), URL: aids()}))
    assert f"the login refuses the key in AIDES_TERRITOIRES_TOKEN (HTTP {status})" in str(error)
    assert (error.status, error.permanent, error.url) == (status, True, DOOR)


@pytest.mark.parametrize(
    "answer",
    [
        page(b"<html><title>Connexion</title><form></form></html>"),
        aids(b'{"token": null}'),
        aids(b'{"token": ""}'),
        aids(b'{"token": 7}'),
        aids(b'{"token": "ok"}'),
        aids(b'{"token": {"token": "abcdefgh"}}'),
        aids(b'{"token": "a\\r\\nX-Evil: 1"}'),
        aids(b'["abcdefgh"]'),
        aids(b'{"jwt": "abcdefgh"}'),
        aids(b"[" * 100_000),
        aids(b""),
    ],
)
def test_a_login_that_answers_without_a_token_is_an_error_and_the_source_is_not_asked(answer):
    portal = Portal({DOOR: answer, URL: aids()})
    error = refused(portal)
    assert "the login did not answer with a token at 'token'" in str(error) and error.permanent
    assert portal.addresses == [DOOR]


def test_a_wall_before_the_login_is_a_wall():
    wall = page(b"<html><title>Radware Captcha Page</title></html>")
    with pytest.raises(BotWallError):
        get(Portal({DOOR: wall, URL: aids()}))


def test_a_login_that_is_gone_does_not_make_the_page_behind_it_gone(tmp_path):
    archive = Archive(tmp_path)
    portal = Portal({DOOR: aids(b"", 404), URL: aids()})
    error = refused(portal, replace(ASKED, once=True), archive=archive)
    assert error.status is None and "the login failed: the server answered HTTP 404" in str(error)
    assert archive.missing("stadtnetz", ASKED.key, at=datetime(2026, 11, 23, tzinfo=UTC)) is None


def test_a_login_out_of_order_is_tried_again_and_is_no_permanent_failure():
    portal = Portal({DOOR: [aids(b"", 503), a_token()], URL: aids()})
    assert get(portal).status == 200
    error = refused(Portal({DOOR: aids(b"", 503), URL: aids()}))
    assert not error.permanent and "3 times" in str(error)


def test_a_key_that_is_missing_is_named_before_anybody_is_asked():
    portal = Portal({DOOR: a_token(), URL: aids()})
    assert "AIDES_TERRITOIRES_TOKEN is not set" in str(refused(portal, key=""))
    assert portal.asked == []


# ---------------------------------------------------------------- who may see it


@pytest.mark.parametrize("target", ["https://elsewhere.example/", "http://aides.example/api/aids/"])
def test_a_redirect_cannot_carry_the_token_away(target):
    portal = Portal({DOOR: a_token(), URL: page(b"", 307, location=target), target: aids()})
    get(portal)
    assert "authorization" not in portal.asked[-1].headers and str(portal.asked[-1].url) == target
    assert TOKEN not in str(portal.asked[-1].headers.raw)


def test_a_link_to_another_host_is_asked_without_token_and_without_login():
    portal = Portal({"https://elsewhere.example/": aids()})
    get(portal, replace(ASKED, url="https://elsewhere.example/"))
    assert portal.addresses == ["https://elsewhere.example/"] and "authorization" not in portal.asked[0].headers


@pytest.mark.parametrize("status", [302, 307])
def test_a_login_that_leads_elsewhere_gives_no_token(status):
    evil = "https://evil.example/connexion/"
    portal = Portal({DOOR: page(b"", status, location=evil), evil: a_token(), URL: aids()})
    error = refused(portal)
    assert "login" in str(error) and URL not in portal.addresses
    assert all(KEY not in str(asked.headers.raw) for asked in portal.asked[1:])


def test_a_login_on_another_host_never_gets_the_key():
    evil = replace(LOGIN, url="https://evil.example/connexion/")
    portal = Portal({evil.url: a_token(), URL: aids()})
    assert "the key stays at home" in str(refused(portal, replace(ASKED, login=evil)))
    assert portal.asked == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (URL, DOOR, True),
        ("https://aides.example:443/", URL, True),
        ("http://aides.example/", URL, False),
        ("https://aides.example.evil.example/", URL, False),
        ("https://[", URL, False),
    ],
)
def test_the_same_server_is_the_same_scheme_host_and_port(one, other, same):
    assert same_origin(one, other) is same


# ---------------------------------------------------------------- what is kept


def test_neither_key_nor_token_reach_archive_answer_or_log(tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    echo = aids(f'{{"key": "{KEY}", "token": "{TOKEN}"}}'.encode(), x_echo=f"Bearer {TOKEN}")
    portal = Portal({DOOR: a_token(hello=KEY), URL: echo})
    document = get(portal)
    assert document.body == b'{"key": "***", "token": "***"}' and document.headers["x-echo"] == "Bearer ***"
    archive = Archive(tmp_path)
    archive.save("aides", at=document.fetched_at, documents=[document], healthy=True, mark="1")
    (scan,) = archive.scans("aides")
    assert [entry.request for entry in scan.entries] == [ASKED]  # the login's own answer is no part of it
    told = f"{document}{scan}{archive.documents(scan)}{ASKED.key}{caplog.text}"
    assert KEY not in told and TOKEN not in told


def test_the_archive_keeps_how_a_page_was_asked_for_so_that_it_can_be_asked_for_again():
    portal = Portal({DOOR: a_token(), URL: aids()})
    document = get(portal)
    scan = Scan(source_id="a", at=document.fetched_at, healthy=True, mark="", entries=(entry_of(document),))
    kept = to_json(scan)
    assert from_json(kept, "a").entries[0].request.login == LOGIN
    old = kept.replace(f', "login": {json.dumps([LOGIN.url, LOGIN.header, LOGIN.token])}'.encode(), b"")
    assert b"login" not in old and from_json(old, "a").entries[0].request.login is None


def test_the_second_token_is_hushed_as_well():
    portal = Portal(
        {
            DOOR: [a_token(TOKEN), a_token(SECOND)],
            URL: [aids(), aids(b"", 401), aids(f'"{SECOND} {KEY}"'.encode())],
        }
    )
    with fetcher_of(portal) as fetcher:
        fetcher.get(a_source(), ASKED)
        assert fetcher.get(a_source(), ASKED).body == b'"*** ***"'


def test_an_answer_without_secrets_is_left_as_it_is():
    from tracker.fetch.answers import Answer

    answer = Answer(url=httpx.URL(URL), status=200, headers=httpx.Headers(), body=b"plain")
    assert hushed(answer, "", "abc") is answer
