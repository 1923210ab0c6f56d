"""Reading a source to its end, over pages that a table holds: repeats, restarts, details, lists without end."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import pytest

from tests.builders import a_raw_call, a_source
from tests.portals import MONDAY
from tracker.crawl import MAX_RESTARTS, PATIENCE, crawl, signature
from tracker.errors import BotWallError, FetchError, ParseError, StoreError
from tracker.model import (
    Announced,
    Finding,
    Part,
    RawBudget,
    RawDeadline,
    RawDocument,
    Request,
    Restart,
    Skipped,
    Supplement,
    Yielded,
)

SOURCE = a_source(max_requests=50)
LIST = Request("https://stadtnetz.example/1")


@dataclass
class Table:
    """A connector and its network: what each page yields, and what was asked for. An error stands for its page."""

    pages: dict[str, Iterable[Yielded] | Exception | Callable[[int], Iterable[Yielded]]]
    asked: list[str] = field(default_factory=list)

    def start(self, _source):
        return [LIST]

    def get(self, request):
        self.asked.append(request.url)
        page = self.pages[request.url]
        if isinstance(page, FetchError | StoreError):
            raise page
        return RawDocument(request=request, body=request.url.encode(), content_type="text/html", fetched_at=MONDAY)

    def parse(self, document, _source):
        page = self.pages[document.request.url]
        if isinstance(page, Exception):
            raise page
        return page(self.asked.count(document.request.url)) if callable(page) else page

    def crawl(self, source=SOURCE):
        return crawl(source, self, self.get)


def page(number):
    return Request(f"https://stadtnetz.example/{number}")


def detail(key, **given):
    given = {"once": True, "optional": True, **given}
    return Request(f"https://stadtnetz.example/detail/{key}", kind="detail", note=(("id", key),), **given)


def calls(*keys):
    return [a_raw_call(external_id=key) for key in keys]


def keys(crawled):
    return [raw.external_id for raw in crawled.harvest.calls]


def test_pages_are_read_in_the_order_in_which_they_were_wanted_and_each_once():
    table = Table({LIST.url: [*calls("a"), page(2), page(3), page(2), LIST], page(2).url: calls("b"), page(3).url: []})
    crawled = table.crawl()
    assert table.asked == [LIST.url, page(2).url, page(3).url]
    assert keys(crawled) == ["a", "b"] and len(crawled.documents) == 3


def test_the_same_address_with_another_body_is_another_page():
    asked = [Request(LIST.url, parts=(Part("page", str(number)),)) for number in range(3)]
    table = Table({LIST.url: lambda times: asked if times == 1 else calls(f"c{times}")})
    assert keys(table.crawl()) == ["c2", "c3", "c4"]


def test_a_list_without_end_is_cut_and_unhealthy():
    class Endless(Table):
        def parse(self, document, _source):
            number = int(document.request.url.rpartition("/")[2])
            return [*calls(f"c{number}"), page(number + 1)]

        def get(self, request):
            self.pages[request.url] = []
            return super().get(request)

    table = Endless({})
    crawled = table.crawl(a_source(max_requests=7))
    assert len(table.asked) == 7
    (finding,) = crawled.findings
    assert finding.fatal and "more than 7 pages" in finding.message and finding.url == page(8).url


def test_a_page_that_must_be_read_stops_the_reading():
    table = Table({LIST.url: [*calls("a"), page(2)], page(2).url: FetchError("u", "HTTP 500")})
    with pytest.raises(FetchError, match="HTTP 500"):
        table.crawl()


# ---------------------------------------------------------------- rows


def test_a_row_that_comes_twice_is_one_call_and_a_repeat():
    harvest = Table({LIST.url: calls("a", "b", "a")}).crawl().harvest
    assert [raw.external_id for raw in harvest.calls] == ["a", "b"]
    assert (harvest.rows, harvest.repeated) == (3, 1)


def test_two_rows_of_one_call_are_no_repeat():
    rows = [a_raw_call(row="1"), a_raw_call(row="2")]
    harvest = Table({LIST.url: rows}).crawl().harvest
    assert (len(harvest.calls), harvest.rows, harvest.repeated) == (1, 2, 0)


RICH = (
    a_raw_call(row="1", description="Langer Text"),
    a_raw_call(row="2", deadlines=(RawDeadline(words="15.03.2027"),)),
    a_raw_call(row="3", budget=RawBudget(total="1")),
    a_raw_call(row="4"),
)


@pytest.mark.parametrize("turned", [RICH, RICH[::-1]])
@pytest.mark.parametrize("best", range(3))
def test_of_several_rows_the_richest_counts_whatever_their_order(turned, best):
    rows = [raw for raw in turned if raw in RICH[best:]]
    (call,) = Table({LIST.url: rows}).crawl().harvest.calls
    assert call.row == RICH[best].row


def test_what_was_skipped_and_announced_is_counted():
    table = Table(
        {
            LIST.url: [Announced(2), *calls("a"), page(2)],
            page(2).url: [Announced(1), Skipped("row 2", "no title"), *calls("c")],
        }
    )
    harvest = table.crawl().harvest
    assert (harvest.rows, harvest.announced, len(harvest.skipped)) == (3, 3, 1)


def test_a_finding_that_every_page_makes_is_said_once():
    finding = Finding(message="unknown programme code 7", url="u")
    table = Table({LIST.url: [finding, page(2)], page(2).url: [Finding(message=finding.message, url="v")]})
    assert table.crawl().findings == (finding,)


# ---------------------------------------------------------------- a list that moves


def test_a_list_that_moved_is_forgotten_and_read_again():
    table = Table(
        {
            LIST.url: lambda times: [Announced(2), *calls("old" if times == 1 else "a"), page(2)],
            page(2).url: lambda times: [Restart("one more row")] if times == 1 else calls("b"),
        }
    )
    crawled = table.crawl()
    assert keys(crawled) == ["a", "b"] and crawled.harvest.restarts == 1
    assert len(crawled.documents) == 2 and not crawled.findings


def test_a_list_that_never_rests_is_given_up_and_unhealthy():
    table = Table({LIST.url: [*calls("a"), Restart("it moved")]})
    crawled = table.crawl()
    assert len(table.asked) == MAX_RESTARTS + 1
    assert [(finding.message, finding.fatal) for finding in crawled.findings] == [("it moved, in 4 attempts", True)]


# ---------------------------------------------------------------- details


def test_details_fill_what_the_list_left_empty_and_nothing_else():
    listed = a_raw_call(external_id="a", title="Titel der Liste")
    told = Supplement("a", {"title": "Titel der Seite", "description": "Text"})
    table = Table({LIST.url: [listed, detail("a")], detail("a").url: [told, Supplement("nobody", {"title": "x"})]})
    (call,) = table.crawl().harvest.calls
    assert (call.title, call.description) == ("Titel der Liste", "Text")


@pytest.mark.parametrize(
    ("trouble", "again"),
    [
        (FetchError("u", "HTTP 404", status=404, permanent=True), False),
        (FetchError("u", "HTTP 410", status=410, permanent=True), False),
        (FetchError("u", "HTTP 500", status=500), True),
        (FetchError("u", "no connection"), True),
        (BotWallError("u", "a page for robots", status=200), True),
        (ParseError("u", "no TopicDetails"), True),
    ],
)
def test_details_that_cannot_be_read_leave_the_call_half_read(trouble, again):
    table = Table({LIST.url: [*calls("a", "b"), detail("a")], detail("a").url: trouble})
    crawled = table.crawl()
    assert keys(crawled) == ["a", "b"] and crawled.half_read == {"a"} and crawled.again is again
    assert [finding.fatal for finding in crawled.findings] == [False]


def test_details_that_must_be_read_fail_the_source():
    wanted = detail("a", optional=False)
    table = Table({LIST.url: [*calls("a"), wanted], wanted.url: ParseError("u", "the detail page holds none of title")})
    with pytest.raises(ParseError):
        table.crawl()


def test_a_disk_that_refuses_is_no_missing_page():
    table = Table({LIST.url: [*calls("a"), detail("a")], detail("a").url: StoreError("the disk is full")})
    with pytest.raises(StoreError):
        table.crawl()


def test_a_details_server_that_is_down_is_left_alone():
    names = [f"c{number}" for number in range(PATIENCE + 5)]
    down = {detail(name).url: FetchError("u", "HTTP 503", status=503) for name in names}
    table = Table({LIST.url: [*calls(*names), *map(detail, names)], **down})
    crawled = table.crawl()
    assert len(table.asked) == 1 + PATIENCE
    assert crawled.half_read == set(names) and len(crawled.findings) == 2


def test_details_that_do_not_exist_do_not_exhaust_our_patience():
    names = [f"c{number}" for number in range(PATIENCE + 5)]
    missing = {detail(name).url: FetchError("u", "HTTP 404", status=404) for name in names}
    table = Table({LIST.url: [*calls(*names), *map(detail, names)], **missing})
    table.crawl()
    assert len(table.asked) == 1 + len(names)


def test_one_good_page_renews_our_patience():
    names = [f"c{number}" for number in range(2 * PATIENCE)]
    pages = {detail(name).url: FetchError("u", "HTTP 503", status=503) for name in names}
    pages[detail("c5").url] = [Supplement("c5", {"description": "Text"})]
    table = Table({LIST.url: [*calls(*names), *map(detail, names)], **pages})
    table.crawl()
    assert len(table.asked) == 1 + 6 + PATIENCE


# ---------------------------------------------------------------- what makes a difference


def test_the_signature_knows_requests_and_answers():
    def answer(url, body):
        return RawDocument(request=Request(url), body=body, content_type="", fetched_at=MONDAY)

    table = Table({})
    first = signature(table, [answer("u", b"1"), answer("v", b"2")])
    assert first == signature(table, [answer("v", b"2"), answer("u", b"1")])
    assert first != signature(table, [answer("u", b"1"), answer("v", b"3")])
    assert first != signature(table, [answer("u", b"1")])


def test_all_pages_of_a_list_are_read_before_the_first_detail_for_lists_move_meanwhile():
    details = [Request(f"https://stadtnetz.example/d{n}", once=True, optional=True) for n in (1, 2)]
    table = Table(
        {
            LIST.url: [a_raw_call(external_id="1"), details[0], page(2)],
            page(2).url: [a_raw_call(external_id="2"), details[1]],
            **{detail.url: [] for detail in details},
        }
    )
    table.crawl()
    assert table.asked == [LIST.url, page(2).url, *(detail.url for detail in details)]
