"""Watched pages and rules over weeks: what is told of them, what never is, and when they count as blind."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest

from tracker import notify
from tracker.archive import Archive
from tracker.cli import shapes
from tracker.collect import Collector, collect
from tracker.errors import FetchError
from tracker.model import RawDocument, Source
from tracker.reparse import reparse
from tracker.store import open_store

FIRST = datetime(2026, 11, 2, 5, tzinfo=UTC)
PAGE = "https://skew.example/nakopa.html"
FUND = "https://fonds.example/foerderung"
WATCHED = Source(
    id="skew-nakopa", connector="watch_page", url=PAGE, language="de", options={"main": "main", "ignore": [".teaser"]}
)
RULED = Source(
    id="fonds",
    connector="rule",
    url=FUND,
    language="de",
    options={"title": "Zukunftsfonds", "dates": ["03-31", "09-30"], "states": [r"31\. März und 30\. September"]},
)
TEXT = (
    "<h1>Nakopa</h1><p>Kommunen können eine Förderung beantragen. Sie liegt zwischen 50.000 und 250.000 Euro.</p>"
    "<p>Anträge sind bis 31. Januar 2027 möglich.</p><p>Die Projekte werden mit der Partnerkommune geplant.</p>"
)
RULE = "<p>Anträge nehmen wir jährlich zum 31. März und 30. September an.</p>"


def html(text, title="SKEW"):
    return f'<html lang="de"><head><title>{title}</title></head><body><main>{text}</main></body></html>'


class World:
    """Pages by address, a clock that is told, and the job that reads them."""

    def __init__(self, folder):
        self.pages = {PAGE: html(TEXT), FUND: html(RULE)}
        self.store, self.archive = open_store(None), Archive(folder)
        self.day = 0

    def get(self, source, request):
        if request.url not in self.pages:
            raise FetchError(request.url, "HTTP 404", status=404, permanent=True, source=source.id)
        body = self.pages[request.url].encode()
        return RawDocument(request=request, body=body, content_type="text/html", fetched_at=self.now)

    @property
    def now(self):
        return FIRST + timedelta(days=self.day)

    def collector(self):
        return Collector(
            store=self.store,
            fetcher=SimpleNamespace(get=self.get),
            archive=self.archive,
            order=("skew-nakopa", "fonds"),
            now=self.now,
            zone="Europe/Berlin",
            environ={},
        )

    def read(self, source=WATCHED, *, after=1):
        """A reading some days later; the outcome."""
        self.day += after
        (outcome,) = collect(self.collector(), [source])
        return outcome

    def told(self):
        return [(found.change.kind.value, found.change.old, found.change.new) for found in self.store.crawl.changes()]

    def held(self):
        return [(found.id, found.call.description, found.stock, found.gone) for found in self.store.crawl.calls()]


@pytest.fixture
def world(tmp_path):
    world = World(tmp_path / "archive")
    yield world
    world.store.close()


def says(world, text, title="SKEW"):
    world.pages[PAGE] = html(text, title)


# ---------------------------------------------------------------- what is told of a page


def test_a_page_is_stock_and_never_new(world):
    assert world.read().run.healthy
    assert world.told() == [] and [stock for _, _, stock, _ in world.held()] == [True]


def test_a_page_added_to_a_source_later_is_stock_too(world):
    world.read()
    world.pages["https://skew.example/kleinprojektefonds.html"] = html(TEXT.replace("Nakopa", "Kleinprojektefonds"))
    world.read(replace(WATCHED, options={**WATCHED.options, "pages": ["kleinprojektefonds.html"]}))
    assert world.told() == [] and [stock for _, _, stock, _ in world.held()] == [True, True]


def test_a_page_that_is_no_longer_asked_for_is_not_withdrawn(world):
    world.pages["https://skew.example/kleinprojektefonds.html"] = html(TEXT.replace("Nakopa", "Kleinprojektefonds"))
    world.read(replace(WATCHED, options={**WATCHED.options, "pages": ["kleinprojektefonds.html"]}))
    for _ in range(5):
        world.read()
    assert world.told() == []


def test_a_changed_page_is_told_with_its_changed_sentences_once(world):
    world.read()
    says(world, TEXT.replace("250.000", "300.000"))
    assert world.read().changes == 1
    world.read()
    (change,) = world.told()
    assert change == (
        "page",
        ["Sie liegt zwischen 50.000 und 250.000 Euro."],
        ["Sie liegt zwischen 50.000 und 300.000 Euro."],
    )


def test_a_moved_date_is_told_as_that_and_not_once_more(world):
    world.read()
    says(world, TEXT.replace("31. Januar", "28. Februar"))
    world.read()
    assert world.told() == [("deadline", ["2027-01-31"], ["2027-02-28"])]


def test_a_moved_date_beside_another_sentence_is_two_events_that_do_not_repeat_each_other(world):
    world.read()
    says(world, TEXT.replace("31. Januar", "28. Februar") + "<p>Vereine sind nicht antragsberechtigt.</p>")
    world.read()
    assert world.told() == [
        ("deadline", ["2027-01-31"], ["2027-02-28"]),
        ("page", [], ["Vereine sind nicht antragsberechtigt."]),
    ]


def test_a_deadline_that_passes_on_an_unchanged_page_is_no_event(world):
    for _ in range(5):
        world.read(after=30)
    assert world.told() == []


def test_a_new_heading_is_a_sentence_of_the_page_and_no_title_event(world):
    world.read()
    says(world, TEXT.replace("<h1>Nakopa</h1>", "<h1>Nakopa 2027</h1>"))
    world.read()
    assert world.told() == [("page", ["Nakopa"], ["Nakopa 2027"])]


@pytest.mark.parametrize(
    "text",
    [
        "".join(reversed(TEXT.replace("</p>", "</p>|").split("|"))),
        TEXT.replace(" ", "\n  "),
        TEXT + TEXT,
        TEXT + "<p>Stand: 3.11.2026</p><div class=teaser>Heute neu</div>",
        TEXT.replace("<p>", "<section><p class=x>").replace("</p>", "</p></section>"),
    ],
    ids=["reordered", "spaces", "doubled", "restless", "rebuilt"],
)
def test_the_same_sentences_are_no_event(world, text):
    world.read()
    says(world, text)
    assert world.read().run.healthy and world.told() == []


def test_a_call_of_a_list_that_links_to_the_page_is_news_of_its_own(world):
    world.read()
    listing = Source(
        id="rgre",
        connector="listing",
        url="https://rgre.example/meldungen",
        language="de",
        options={"item": "li", "link": "a"},
    )
    world.pages[listing.url] = html("<ul><li><a href='https://rgre.example/a'>Alt</a></li></ul>")
    world.read(listing)
    world.pages[listing.url] = html(
        f"<ul><li><a href='https://rgre.example/a'>Alt</a></li><li><a href='{PAGE}'>Aufruf Nakopa 2027</a></li></ul>"
    )
    world.read(listing)
    assert world.told() == [("new", None, [])]
    says(world, TEXT + "<p>Neu ist das Los zwei.</p>")
    world.read()
    assert [kind for kind, _, _ in world.told()] == ["new", "page"]


# ---------------------------------------------------------------- a page that is none


@pytest.mark.parametrize(
    "page",
    [
        html(""),
        html("<h1>Nakopa</h1>"),
        html(TEXT, title="Anmeldung"),
        html(TEXT, title="Cookie-Einstellungen"),
        html(TEXT, title="Wartungsarbeiten"),
        html(TEXT).replace("main>", "div>"),
        html(TEXT)[:200],
        "",
    ],
    ids=["emptied", "heading only", "login", "consent", "maintenance", "redesigned", "cut off", "nothing"],
)
def test_what_is_no_page_makes_the_source_unhealthy_and_changes_nothing(world, page):
    world.read()
    before = world.held()
    world.pages[PAGE] = page
    outcome = world.read()
    assert not outcome.run.healthy and outcome.run.error
    assert world.told() == [] and world.held() == before
    says(world, TEXT)
    assert world.read().run.healthy and world.told() == []


LONG = TEXT + "".join(f"<p>Absatz {number} erklärt, wie eine Partnerschaft gelingt.</p>" for number in range(40))


def test_a_page_with_less_than_a_fifth_of_its_text_is_not_believed(world):
    says(world, LONG)
    world.read()
    says(world, TEXT)
    outcome = world.read()
    assert (outcome.run.state, outcome.run.healthy) == ("shrunk", False)
    assert "under 20% of the last text" in outcome.run.error and world.told() == []


def test_whoever_looked_and_found_it_right_may_let_a_page_shrink(world):
    says(world, LONG)
    world.read()
    says(world, TEXT)
    world.read()
    patient = replace(WATCHED, expect=replace(WATCHED.expect, min_share_of_text=0.0))
    assert world.read(patient).run.healthy
    ((kind, old, new),) = world.told()
    assert (kind, len(old), old[-1], new) == ("page", 21, "… +20", [])


# ---------------------------------------------------------------- read differently, not said differently


def test_another_selector_is_no_change_of_the_page(world):
    says(world, TEXT + "<aside>Ein Kasten am Rand mit einem Satz.</aside>")
    world.read()
    narrower = replace(WATCHED, options={**WATCHED.options, "ignore": ["aside"]})
    assert world.read(narrower).run.healthy and world.told() == []
    says(world, TEXT.replace("250.000", "300.000") + "<aside>Ein anderer Kasten.</aside>")
    world.read(narrower)
    assert [kind for kind, _, _ in world.told()] == ["page"]


def test_a_much_narrower_selector_is_no_shrinking_page(world):
    says(world, f"<div class=text>{TEXT}</div>" + LONG)
    world.read()
    narrow = replace(WATCHED, options={"main": ".text"})
    assert world.read(narrow).run.healthy and world.told() == []


def test_reparsing_tells_nothing_of_a_page(world):
    world.read()
    found = reparse(world.collector(), WATCHED)
    assert (found.error, found.rewritten, found.new) == ("", 0, 0) and world.told() == []


# ---------------------------------------------------------------- rules


def test_a_rule_rolls_on_for_two_years_without_an_event(world):
    for _ in range(27):
        assert world.read(RULED, after=28).run.healthy
    assert world.told() == []


def test_a_page_that_no_longer_states_the_rule_makes_the_source_unhealthy_and_changes_nothing(world):
    world.read(RULED)
    before = world.held()
    world.pages[FUND] = html(RULE.replace("30. September", "15. Oktober"))
    outcome = world.read(RULED)
    assert not outcome.run.healthy and "the page no longer states the rule" in outcome.run.error
    assert world.told() == [] and world.held() == before


def test_a_changed_rule_is_one_event_once_it_stands_in_sources_yaml(world):
    world.read(RULED)
    world.pages[FUND] = html(RULE.replace("30. September", "15. Oktober"))
    world.read(RULED)
    changed = {**RULED.options, "dates": ["03-31", "10-15"], "states": [r"31\. März und 15\. Oktober"]}
    world.read(replace(RULED, options=changed))
    world.read(replace(RULED, options=changed))
    assert world.told() == [("deadline", ["2027-03-31", "2027-09-30"], ["2027-03-31", "2027-10-15"])]


def test_a_mistake_in_sources_yaml_that_is_mended_is_no_change_of_the_rule(world):
    mistaken = {**RULED.options, "dates": ["03-31", "09-03"]}
    world.read(replace(RULED, options=mistaken))
    world.read(RULED)
    assert world.told() == []
    (call,) = (found.call for found in world.store.crawl.calls())
    assert call.deadlines[0].rule == ("03-31", "09-30")


def test_whoever_asks_sees_the_dates_of_the_rule_as_of_the_day_of_asking(world):
    world.read(RULED)
    home = SimpleNamespace(profile=SimpleNamespace(key="ludwigsburg"), order=("fonds",), names={})
    for today, days in (("2026-11-22", ["2027-03-31", "2027-09-30"]), ("2027-04-01", ["2027-09-30", "2028-03-31"])):
        (entry,) = notify.entries(home, world.store, today=date.fromisoformat(today), matches={}).values()
        shown = shapes.call(entry)
        assert (shown["deadlines"], shown["next_deadline"], shown["status"]) == (days, days[0], "open")
    words = "rule 03-31 09-30 ('Anträge nehmen wir jährlich zum 31. März und 30. September an.')"
    assert any(words in line for line in shapes.page(entry, [], []))
