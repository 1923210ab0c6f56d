"""The wordpress connector against the answers of WordPress: posts, counting headers, none of them, errors, damage."""

from __future__ import annotations

import json

import pytest

from tests.structured import FIXTURES, WALL, a_source, crawled, faults, mistakes, read
from tracker.errors import ParseError
from tracker.model import RawCall, RawDeadline, Skipped

URL = "https://interreg.example/wp-json/wp/v2/posts?categories=5"
POSTS = json.loads((FIXTURES / "interreg_posts.json").read_bytes())
DEADLINE = {"path": "content.rendered", "html": True, "pattern": r"Deadline:? *: *(.+?20\d\d(?:, [\d:]+)?)"}


def source(**options):
    return a_source("wordpress", options, url=URL, language="en")


def a_post(number, **changed):
    return {**POSTS[1], "id": number, "link": f"https://interreg.example/{number}/", **changed}


def test_a_post_becomes_a_call_without_its_markup_in_the_title():
    first, second = read(source(deadline=DEADLINE), POSTS)
    assert first == RawCall(
        external_id="23301",
        title="Fifth call – cities & climate",
        url="https://interreg.example/fifth-call/",
        language="en",
        deadlines=(RawDeadline(words="15 March 2027, 17:00"),),
        published="2026-10-05T09:00:00",
        description="<p>For towns on both sides.</p>\n<p><strong>Deadline</strong>: 15 March 2027, 17:00</p>",
    )
    assert second.description == "<p>Up to 30,000 EUR.</p>" and second.deadlines == ()


def test_fields_of_a_plugin_are_read_by_their_paths():
    post = a_post(1, acf={"closing": "20270315", "funder": "Interreg"})
    (call,) = read(source(deadline={"path": "acf.closing", "date": "%Y%m%d"}, funder="acf.funder"), [post])
    assert str(call.deadlines[0].day) == "2027-03-15" and call.funder == "Interreg"


def test_posts_are_asked_for_by_id_a_hundred_at_a_time_until_all_are_there():
    asked = []
    found = crawled(source(size=2), [a_post(1), a_post(2)], [a_post(3)], asked=asked, x_wp_total="3")
    assert [call.external_id for call in found.harvest.calls] == ["1", "2", "3"] and faults(source(), found) == []
    assert [request.url for request in asked] == [
        f"{URL}&orderby=id&order=asc&page={page}&per_page=2" for page in (1, 2)
    ]
    asked.clear()
    crawled(source(query={"orderby": "date", "lang": "de"}), [a_post(1)], asked=asked)
    assert asked[0].url == f"{URL}&orderby=date&order=asc&lang=de&page=1&per_page=100"


def test_fewer_posts_than_counted_are_incomplete():
    found = crawled(source(size=2), [a_post(1), a_post(2)], [], x_wp_total="9")
    assert faults(source(), found) == ["9 rows announced, 2 read: incomplete"]


def test_without_the_headers_a_short_page_is_the_last_one():
    found = crawled(source(size=2), [a_post(1), a_post(2)], [a_post(3)])
    assert len(found.harvest.calls) == 3 and found.harvest.announced is None


def test_a_post_without_a_title_is_skipped_and_posts_that_are_no_calls_are_dropped():
    posts = [a_post(1), a_post(2, title={"rendered": " &nbsp; "}), a_post(3, title={"rendered": "Team <b>news</b>"})]
    found = read(source(drop="team news"), posts)
    assert [type(thing) for thing in found] == [RawCall, Skipped] and found[1].reason.startswith("title.rendered")


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ({"code": "rest_no_route", "message": "No route was found"}, "found 'No route was found'"),
        ([], "the list at 'posts' is empty"),
        ({}, "found 'dict'"),
        (WALL, "bot wall"),
        (b'[{"id": 1, "ti', "does not read"),
        ([{"id": 1, "titel": "x"}], "none of 1 rows is a call"),
    ],
)
def test_what_is_no_list_of_posts_is_an_error(page, words):
    with pytest.raises(ParseError, match=words):
        read(source(), page)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"size": 101}, "options.size: 101 is not a number from 1 to 100"),
        ({"size": True}, "options.size: True is not a number"),
        ({"rows": "posts"}, "options.rows: unknown key"),
        ({"deadlin": "x"}, "options.deadlin: unknown key; did you mean 'deadline'?"),
        ({"query": 3}, "options.query: expected a mapping"),
    ],
)
def test_a_mistake_in_the_options_is_told_before_the_first_request(options, words):
    assert any(words in line for line in mistakes("wordpress", options))


def test_all_mistakes_are_told_at_once():
    assert len(mistakes("wordpress", {"size": 0, "rows": "x", "link": 1})) == 3


def test_nothing_needs_to_be_said_about_a_plain_site():
    assert mistakes("wordpress", {}) == ()
