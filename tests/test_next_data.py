"""The next_data connector on Find a grant, in the shape of its public source code (2025-05), and on its faults."""

from __future__ import annotations

import json
from datetime import date, time

import pytest

from tests.structured import FIXTURES, WALL, a_source, crawled, faults, mistakes, read
from tracker.errors import ParseError
from tracker.model import RawBudget, Skipped
from tracker.normalize import normalize

PAGE = (FIXTURES / "find_a_grant.html").read_text(encoding="utf-8")
OPTIONS = {
    "rows": "props.pageProps.searchResult",
    "id": "label",
    "title": "grantName",
    "link": {"path": "label", "template": "https://www.find-government-grants.service.gov.uk/grants/{}"},
    "deadline": {"path": "grantApplicationCloseDate", "midnight": True},
    "opens": "grantApplicationOpenDate",
    "description": {"path": "grantShortDescription", "html": False},
    "funder": "grantFunder",
    "areas": "grantLocation",
    "eligible": "grantApplicantType",
    "budget": {
        "total": "grantTotalAwardAmount",
        "minimum": "grantMinimumAward",
        "maximum": "grantMaximumAward",
        "currency": {"const": "GBP"},
    },
    "paging": {"style": "page", "param": "page", "total": "props.pageProps.totalGrants"},
}


def find_a_grant(**changed):
    url = "https://www.find-government-grants.service.gov.uk/grants"
    given = {"url": url, "language": "en", "country": "GB", "zone": "Europe/London"}
    return a_source("next_data", {**OPTIONS, **changed}, **given)


def page(*rows, total=None):
    state = {"props": {"pageProps": {"searchResult": list(rows), "totalGrants": total}}}
    return f'<html><body><script id="__NEXT_DATA__" type="application/json">{json.dumps(state)}</script></body></html>'


def a_grant(number, **changed):
    return {"label": f"grant-{number}", "grantName": f"Grant {number}", "grantLocation": ["Wales"], **changed}


def test_find_a_grant_is_read_from_the_data_of_its_page():
    first, second, nameless, following = read(find_a_grant(), PAGE, content_type="text/html")
    assert first.url == "https://www.find-government-grants.service.gov.uk/grants/circular-town-centres-1"
    assert first.budget == RawBudget(total="20000000", minimum="5000", maximum="1000000", currency="GBP")
    assert (first.areas, first.funder, second.budget) == (("Wales",), "Welsh Government", None)
    assert nameless == Skipped("row 3", "grantName: expected one value, found 0")
    assert following.url.endswith("/grants?page=2")


def test_find_a_grant_closes_the_day_before_where_it_says_midnight():
    first, second, *_ = read(find_a_grant(), PAGE)
    last_minute, midnight = (normalize(call, find_a_grant()).deadlines[0] for call in (first, second))
    assert (last_minute.day, last_minute.time) == (date(2027, 6, 30), time(23, 59))
    assert (midnight.day, midnight.time) == (date(2027, 1, 30), None)


def test_find_a_grant_without_a_total_ends_where_a_page_is_empty():
    found = crawled(find_a_grant(), page(a_grant(1), a_grant(2)), page(a_grant(3)), page())
    assert len(found.harvest.calls) == 3 and faults(find_a_grant(), found) == []


def test_find_a_grant_that_serves_page_one_again_is_noticed():
    with pytest.raises(ParseError, match="page 2 holds the rows of the page before"):
        crawled(find_a_grant(), page(a_grant(1), total=9), page(a_grant(1), total=9))


def test_find_a_grant_for_wales_misses_no_other_place():
    welsh = find_a_grant(only="contains(grantLocation, 'Wales')")
    found = crawled(welsh, page(a_grant(1), a_grant(2, grantLocation=["Scotland"]), total=2))
    assert [call.external_id for call in found.harvest.calls] == ["grant-1"] and faults(welsh, found) == []


def test_plain_text_of_a_source_is_no_markup():
    (call, _) = read(find_a_grant(), page(a_grant(1, grantShortDescription="For awards < 5 & > 2")))
    assert call.description == "For awards &lt; 5 &amp; &gt; 2"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (PAGE.replace("__NEXT_DATA__", "__NUXT__"), "expected one <script id=__NEXT_DATA__>, found none"),
        (PAGE.replace("</body>", '<script id="__NEXT_DATA__">{}</script></body>'), "found 2"),
        (WALL, "bot wall"),
        (PAGE[: PAGE.index("grantMinimumAward")], "does not read"),
        (PAGE.replace("searchResult", "results"), "expected a list at 'props.pageProps.searchResult', found nothing"),
        (page(), "is empty"),
        (b"", "found none"),
        (b"{}", "found none"),
    ],
)
def test_a_page_that_was_rebuilt_is_an_error_and_not_an_empty_week(body, words):
    with pytest.raises(ParseError, match=words):
        read(find_a_grant(), body, content_type="text/html")


def test_a_page_is_never_asked_by_a_question_in_its_body():
    assert any("options.body: unknown key" in line for line in mistakes("next_data", {**OPTIONS, "body": {}}))
