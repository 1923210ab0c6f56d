"""Days in the life of sources, read over real HTTP: what is told, what is not, and what is asked for."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from threading import Event

import pytest

from tests.builders import a_call
from tests.portals import FACES, Shown, a_home, day, entries, held, read, serving, some, told
from tracker.changes import Plan
from tracker.collect import collect, open_collector
from tracker.model import Expectation
from tracker.records import Run
from tracker.reparse import reparse
from tracker.store import open_store

pytestmark = pytest.mark.faults


@pytest.fixture(scope="module")
def server():
    with serving() as portal:
        yield portal


@pytest.fixture
def portal(server):
    server.reset()
    return server


@pytest.fixture(scope="module")
def made(server, tmp_path_factory):
    home = a_home(tmp_path_factory.mktemp("collect") / "home", entries(server.address))
    home.store().close()
    return home


@pytest.fixture
def home(made, tmp_path):
    shutil.copytree(made.path, tmp_path / "home")
    return replace(made, path=tmp_path / "home")


@pytest.fixture
def store(home):
    store = home.store()
    yield store
    store.close()


def only(home, face, **given):
    """The home with this source alone, changed as given."""
    (source,) = (source for source in home.sources if source.id == face)
    return replace(home, sources=(replace(source, **given),))


def change(portal, key, face="eu", **given):
    """The portal shows this call differently from now on."""
    portal.shown[face] = [replace(one, **given) if one.key == key else one for one in portal.shown[face]]


def hide(portal, key, face="eu"):
    portal.shown[face] = [one for one in portal.shown[face] if one.key != key]


def show(portal, key, face="eu", **given):
    portal.shown[face] = [*portal.shown[face], Shown(key=key, title=f"Aufruf {key}", **given)]


def budget(*rows):
    """The overview of a call's budget: (identifier, euros) per topic."""
    actions = [
        {"action": f"{name} - CERV Lump Sum Grants", "budgetYearMap": {"2026": str(euros)}} for name, euros in rows
    ]
    return {"budgetOverview": [json.dumps({"budgetTopicActionMap": {"1": actions}})]}


# ---------------------------------------------------------------- a list that moves while it is read


def test_a_total_that_jumps_once_is_read_again_and_healthy(portal, home, store):
    portal.searching = lambda searches: int(searches == 2)
    run = read(home, store, day(0), "eu")["eu"].run
    assert run.healthy and run.calls == 24
    assert portal.searches == 2 + 3


def test_a_call_that_appears_between_two_pages_is_in(portal, home, store):
    read(home, store, day(0), "eu")

    def appears(searches):
        if searches == 5:
            portal.shown["eu"].insert(0, Shown(key="AA-NEW", title="Dazwischen"))
        return 0

    portal.searching = appears
    change(portal, "TT-00", title="Erste Seite neu")  # so that the pages are parsed at all
    assert read(home, store, day(1), "eu")["eu"].run.calls == 25
    assert ("11-03", "new", "eu:AA-NEW") in told(store)


def test_a_list_that_never_rests_is_unhealthy_after_three_restarts(portal, home, store):
    read(home, store, day(0), "eu")
    before = held(store)
    portal.searching = lambda searches: searches % 2
    portal.searches = 0
    run = read(home, store, day(1), "eu")["eu"].run
    assert not run.healthy and "moved" in run.error and "in 4 attempts" in run.error
    assert portal.searches <= 1 + 4 * 3  # the page that was compared, and four passes
    assert held(store) == before


# ---------------------------------------------------------------- rows that break the filter

ZOMBIES = {
    "the second index": {"meta": {"DATASOURCE": ["SEDIA_PRD_CENTRICITY"]}},
    "no index at all": {"meta": {"DATASOURCE": []}},
    "a tender": {"meta": {"type": ["0"]}},
    "a closed call": {"meta": {"status": ["31094503"]}},
    "an unknown status": {"meta": {"status": ["31099999"]}},
    "another language": {"row": {"language": "sv"}},
}


@pytest.mark.parametrize("zombie", ZOMBIES)
def test_one_row_that_breaks_the_filter_discredits_the_whole_answer(portal, home, store, zombie):
    read(home, store, day(0), "eu")
    before = held(store)
    show(portal, "ZZ-ZOMBIE", **ZOMBIES[zombie])
    outcomes = read(home, store, day(1))
    run = outcomes["eu"].run
    assert not run.healthy and "breaks the filter" in run.error and "ZZ-ZOMBIE" in run.error
    assert held(store)["changes"] == before["changes"]
    assert [row for row in held(store)["origins"] if row["source_id"] == "eu"] == before["origins"]


# ---------------------------------------------------------------- what happens to one call


def test_a_forthcoming_call_that_opens_is_told_once(portal, home, store):
    change(portal, "TT-03", meta={"status": ["31094501"]})
    read(home, store, day(0), "eu")
    change(portal, "TT-03", meta={"status": ["31094502"]})
    for number in range(1, 4):
        read(home, store, day(number), "eu")
    assert told(store) == [("11-03", "status", "eu:TT-03")]


def test_a_budget_of_ones_own_that_changes_is_told_and_that_of_a_sibling_is_not(portal, home, store):
    change(portal, "TT-03", meta=budget(("TT-03", 3_000_000), ("TT-04", 1_000_000)))
    read(home, store, day(0), "eu")
    change(portal, "TT-03", meta=budget(("TT-04", 9_000_000), ("TT-03", 3_000_000)))
    read(home, store, day(1), "eu")
    change(portal, "TT-03", meta=budget(("TT-03", 6_000_000), ("TT-04", 9_000_000)))
    read(home, store, day(2), "eu")
    (moved,) = store.crawl.changes()
    assert (moved.change.kind, moved.change.field) == ("budget", "total")
    assert (moved.change.old["maximum"], moved.change.new["maximum"]) == ("3000000", "6000000")


def test_a_budget_of_nought_is_silence_and_no_change(portal, home, store):
    change(portal, "TT-03", meta=budget(("TT-03", 3_000_000)))
    read(home, store, day(0), "eu")
    for number, euros in ((1, 0), (2, 3_000_000)):
        change(portal, "TT-03", meta=budget(("TT-03", euros)))
        read(home, store, day(number), "eu")
    assert told(store) == []


def test_a_moved_deadline_is_told_once_and_the_new_dates_are_kept(portal, home, store):
    read(home, store, day(0), "list")
    change(portal, "TT-03", face="list", deadlines=("2027-04-01",))
    for number in range(1, 4):
        read(home, store, day(number), "list")
    (moved,) = store.crawl.changes()
    assert (moved.change.kind, moved.change.old, moved.change.new) == ("deadline", ["2027-03-15"], ["2027-04-01"])


def test_seconds_and_hours_that_change_daily_are_no_change(portal, home, store):
    for number in range(4):
        change(portal, "TT-03", meta={"deadlineDate": [f"2027-03-15T10:00:{number:02}.000+0000"]})
        read(home, store, day(number), "eu")
    assert told(store) == []


# ---------------------------------------------------------------- absent


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("gap", [1, 2, 3, 4])
def test_a_gap_is_told_from_the_third_day_on_and_its_end_once(portal, home, store, face, gap):
    read(home, store, day(0), face)
    whole = list(portal.shown[face])
    for number in range(1, 7):
        portal.shown[face] = whole[1:] if number <= gap else whole
        read(home, store, day(number), face)
    kinds = [(when, kind) for when, kind, _call in told(store)]
    back = f"11-{3 + gap:02}"
    assert kinds == ([] if gap < 3 else [("11-05", "withdrawn"), (back, "returned")])


def test_several_runs_on_one_day_count_once(portal, home, store):
    read(home, store, day(0), "eu")
    hide(portal, "TT-03")
    for number in (1, 2):
        for hour in range(3):
            read(home, store, day(number, hour), "eu")
    assert told(store) == []
    read(home, store, day(3), "eu")
    read(home, store, day(3, 5), "eu")
    assert told(store) == [("11-05", "withdrawn", "eu:TT-03")]


def test_the_day_is_that_of_the_city(portal, home, store):
    """23:00 UTC is midnight in Ludwigsburg."""
    read(home, store, day(0), "eu")
    hide(portal, "TT-03")
    for hour in (18, 18.5):
        read(home, store, day(0, hour), "eu")
    absent = json.loads(next(row["absent"] for row in held(store)["origins"] if row["external_id"] == "TT-03"))
    assert absent == ["2026-11-03"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("face", FACES)
def test_a_run_with_repeats_counts_for_no_withdrawal(portal, home, store, face):
    read(home, store, day(0), face)
    hide(portal, "TT-03", face)
    gone = list(portal.shown[face])
    for number, doubled in enumerate((False, True, True, False), start=1):
        portal.shown[face] = [*gone, gone[0]] if doubled else gone
        assert read(home, store, day(number), face)[face].run.healthy
    assert told(store) == []
    read(home, store, day(5), face)
    assert [(when, kind) for when, kind, _call in told(store)] == [("11-07", "withdrawn")]


def test_a_run_with_skipped_rows_counts_for_no_withdrawal(portal, home, store):
    read(home, store, day(0), "eu")
    hide(portal, "TT-03")
    for number, untitled in enumerate((False, True, False), start=1):
        change(portal, "TT-05", meta={"title": []} if untitled else {}, row={"content": None, "summary": None})
        assert read(home, store, day(number), "eu")["eu"].run.healthy
    assert told(store) == []


def test_unhealthy_runs_count_for_no_withdrawal(portal, home, store):
    read(home, store, day(0), "eu")
    whole = list(portal.shown["eu"])
    hide(portal, "TT-03")
    gone = list(portal.shown["eu"])
    for number, shown in enumerate((gone, gone[:5], [], gone[:5], whole[:18], gone), start=1):
        portal.shown["eu"] = shown
        read(home, store, day(number), "eu")
    assert told(store) == []
    read(home, store, day(7), "eu")
    assert told(store) == [("11-09", "withdrawn", "eu:TT-03")]


def test_a_call_that_leaves_after_its_deadline_is_closed(portal, home, store):
    change(portal, "TT-03", deadlines=("2026-11-03",))
    read(home, store, day(0), "eu")
    for number in range(1, 6):
        if number == 2:
            hide(portal, "TT-03")
        read(home, store, day(number), "eu")
    assert told(store) == [("11-06", "closed", "eu:TT-03")]


def test_a_two_stage_call_that_leaves_after_its_first_stage_is_closed(portal, home, store):
    change(portal, "TT-03", deadlines=("2026-11-03", "2027-05-01"), meta={"deadlineModel": ["two-stage"]})
    read(home, store, day(0), "eu")
    read(home, store, day(1), "eu")
    hide(portal, "TT-03")
    for number in range(2, 7):
        read(home, store, day(number), "eu")
    assert told(store) == [("11-06", "closed", "eu:TT-03")]


def test_a_two_stage_call_that_leaves_before_its_first_stage_is_withdrawn(portal, home, store):
    change(portal, "TT-03", deadlines=("2026-12-01", "2027-05-01"), meta={"deadlineModel": ["two-stage"]})
    read(home, store, day(0), "eu")
    hide(portal, "TT-03")
    for number in range(1, 6):
        read(home, store, day(number), "eu")
    assert told(store) == [("11-05", "withdrawn", "eu:TT-03")]


def test_a_cut_off_that_passes_while_a_call_is_missing_starts_the_count_anew(portal, home, store):
    change(portal, "TT-03", deadlines=("2026-11-04", "2027-05-01"), meta={"deadlineModel": ["multiple cut-off"]})
    read(home, store, day(0), "eu")
    hide(portal, "TT-03")
    for number in range(1, 8):
        read(home, store, day(number), "eu")
    ((when, kind, _call),) = told(store)
    assert kind == "withdrawn" and when > "11-05"


def test_a_call_that_returns_again_and_again_is_never_new_twice(portal, home, store):
    read(home, store, day(0), "eu")
    show(portal, "UU-NEW")
    read(home, store, day(1), "eu")
    for start in (2, 6):
        hide(portal, "UU-NEW")
        for number in range(start, start + 3):
            read(home, store, day(number), "eu")
        show(portal, "UU-NEW")
        read(home, store, day(start + 3), "eu")
    kinds = [kind for _day, kind, call in told(store) if call == "eu:UU-NEW"]
    assert kinds == ["new", "withdrawn", "returned", "withdrawn", "returned"]


def test_a_call_without_a_deadline_that_goes_and_comes_is_told(portal, home, store):
    change(portal, "TT-03", face="list", deadlines=())
    read(home, store, day(0), "list")
    whole = list(portal.shown["list"])
    hide(portal, "TT-03", "list")
    for number in range(1, 4):
        read(home, store, day(number), "list")
    portal.shown["list"] = whole
    read(home, store, day(4), "list")
    assert [kind for _day, kind, _call in told(store)] == ["withdrawn", "returned"]


# ---------------------------------------------------------------- details


def details(portal):
    return portal.count("/details/")


def test_a_description_is_asked_for_once_and_kept(portal, home, store):
    change(portal, "TT-03", text="")
    portal.details["tt-03"] = "<p>Was die Liste verschweigt.</p>"
    for number in range(4):
        change(portal, "TT-05", title=f"Titel {'x' * number}")  # the list is parsed every day
        assert read(home, store, day(number), "eu")["eu"].run.healthy
    assert details(portal) == 1
    assert store.crawl.call("eu:TT-03").call.description == "Was die Liste verschweigt."


def test_details_that_do_not_exist_are_not_asked_for_every_day(portal, home, store):
    change(portal, "TT-03", text="")
    for number in range(4):
        change(portal, "TT-05", title=f"Titel {'x' * number}")
        assert read(home, store, day(number), "eu")["eu"].run.healthy
    assert details(portal) == 1
    portal.details["tt-03"] = "Endlich."
    change(portal, "TT-05", title="Titel nach Wochen")
    read(home, store, day(31), "eu")
    assert store.crawl.call("eu:TT-03").call.description == "Endlich."


@pytest.mark.parametrize("trouble", [500, 403, {"hits": 1}, ["?"], {"TopicDetails": {"description": ["a", 1]}}])
def test_details_that_fail_are_a_finding_and_asked_for_again(portal, home, store, trouble):
    change(portal, "TT-03", text="")
    portal.details["tt-03"] = trouble
    run = read(home, store, day(0), "eu")["eu"].run
    assert run.healthy and run.calls == 24
    portal.details["tt-03"] = "Jetzt aber."
    read(home, store, day(1), "eu")  # the list itself has not changed
    assert any("details" in finding.message for finding in run.findings)
    assert store.crawl.call("eu:TT-03").call.description == "Jetzt aber."
    assert told(store) == []


def test_details_that_fail_never_delete_what_they_told_before(portal, home, store):
    source = only(home, "eu", options={**home.sources[0].options, "page_size": 11})  # another mark: parsed anew
    change(portal, "TT-03", text="")
    portal.details["tt-03"] = "Das wissen wir schon."
    read(home, store, day(0), "eu")
    shutil.rmtree(home.archive)  # so that they are asked for again
    portal.details["tt-03"] = 500
    for number in (1, 2):
        assert read(source, store, day(number), "eu")["eu"].run.healthy
    assert store.crawl.call("eu:TT-03").call.description == "Das wissen wir schon."


def test_a_details_server_that_is_down_is_not_asked_for_every_call(portal, home, store):
    portal.shown["eu"] = [replace(one, text="") for one in portal.shown["eu"]]
    portal.details = {one.key.lower(): 503 for one in portal.shown["eu"]}
    run = read(home, store, day(0), "eu")["eu"].run
    assert run.healthy and run.calls == 24
    assert details(portal) == 10 * 3  # ten calls, three tries each
    assert any("no others were asked for" in finding.message for finding in run.findings)
    portal.details = dict.fromkeys(portal.details, "Wieder da.")
    read(home, store, day(1), "eu")
    assert {stored.call.description for stored in store.crawl.calls()} == {"Wieder da."}


# ---------------------------------------------------------------- one call, several sources

FAR = {"deadlines": ("2027-03-15",)}


def together(portal, *faces, link="https://fonds.example/aufruf/1", **given):
    """One call on several faces, under one link."""
    for face in faces:
        show(portal, f"ONE-{face.upper()}", face=face, link=link, **FAR, **given)


@pytest.mark.parametrize("order", [("feed", "list"), ("list", "feed")])
def test_a_call_of_two_sources_is_one_call_whoever_is_read_first(portal, home, store, order):
    for face in order:
        together(portal, face)
    for number, face in enumerate(order):
        read(home, store, day(number), face)
    (one,) = (stored for stored in store.crawl.calls() if len(stored.origins) > 1)
    assert one.id == "feed:ONE-FEED"  # feed stands before list in sources.yaml
    assert {source for source, _url in one.origins} == {"feed", "list"}
    assert store.crawl.call("list:https://fonds.example/aufruf/1").no == one.no
    assert told(store) == []


def newest_only(home):
    """The same home, whose feed shows its newest entries only, as feeds do."""
    feed = next(source for source in home.sources if source.id == "feed")
    sources = [replace(feed, expect=Expectation()) if s.id == "feed" else s for s in home.sources]
    return replace(home, sources=tuple(sources))


def test_what_has_left_a_feed_is_not_gone(portal, home, store):
    home = newest_only(home)
    together(portal, "feed")
    read(home, store, day(0), "feed")
    hide(portal, "ONE-FEED", "feed")
    for number in range(1, 8):
        read(home, store, day(number), "feed")
    assert told(store) == []
    assert store.crawl.call("feed:ONE-FEED").gone is None
    together(portal, "feed")
    read(home, store, day(8), "feed")
    assert told(store) == []


def test_a_feed_that_showed_a_call_long_ago_hides_no_withdrawal_by_its_list(portal, home, store):
    home = newest_only(home)
    together(portal, "feed", "list")
    read(home, store, day(0), "feed", "list")
    hide(portal, "ONE-FEED", "feed")
    for number in range(1, 5):
        read(home, store, day(number), "feed", "list")
    hide(portal, "ONE-LIST", "list")
    for number in range(5, 8):
        read(home, store, day(number), "feed", "list")
    assert [kind for _day, kind, _call in told(store)] == ["withdrawn"]
    assert store.crawl.call("feed:ONE-FEED").gone == "withdrawn"


def test_a_further_origin_is_no_event_and_neither_is_losing_one(portal, home, store):
    read(home, store, day(0), "feed", "list")
    together(portal, "list")
    read(home, store, day(1), "feed", "list")
    together(portal, "feed")
    read(home, store, day(2), "feed", "list")
    hide(portal, "ONE-LIST", "list")
    for number in range(3, 7):
        read(home, store, day(number), "feed", "list")
    assert [kind for _day, kind, _call in told(store)] == ["new"]
    hide(portal, "ONE-FEED", "feed")
    for number in range(7, 11):
        read(home, store, day(number), "feed", "list")
    assert [kind for _day, kind, _call in told(store)] == ["new", "withdrawn"]


@pytest.mark.parametrize("returning", ["feed", "list"])
def test_a_call_gone_from_all_its_sources_returns_from_whichever_lists_it_again(portal, home, store, returning):
    together(portal, "feed", "list")
    read(home, store, day(0), "feed", "list")
    for face in ("feed", "list"):
        hide(portal, f"ONE-{face.upper()}", face)
    for number in range(1, 4):
        read(home, store, day(number), "feed", "list")
    together(portal, returning)
    read(home, store, day(4), "feed", "list")
    together(portal, "list" if returning == "feed" else "feed")
    read(home, store, day(5), "feed", "list")
    assert [kind for _day, kind, _call in told(store)] == ["withdrawn", "returned"]


def test_a_withdrawn_call_that_turns_up_elsewhere_has_returned(portal, home, store):
    together(portal, "feed")
    read(home, store, day(0), "feed", "list")
    hide(portal, "ONE-FEED", "feed")
    for number in range(1, 4):
        read(home, store, day(number), "feed", "list")
    together(portal, "list")
    read(home, store, day(4), "feed", "list")
    read(home, store, day(5), "feed", "list")
    assert [kind for _day, kind, _call in told(store)] == ["withdrawn", "returned"]


def test_siblings_under_one_link_never_become_one_call(portal, home, store):
    link = "https://kaskade.example/parent"
    cascade = {"meta": {"type": ["8"], "caName": ["Mikroprojekt"], "url": [link]}}
    for number in range(3):
        show(portal, f"KID-{number}", **cascade)
    read(home, store, day(0), "eu", "list")
    together(portal, "list", link=link)
    read(home, store, day(1), "eu", "list")
    show(portal, "KID-3", **cascade)  # alone this time: it must not take the call of the list for itself
    read(home, store, day(2), "eu", "list")
    ours = [stored for stored in store.crawl.calls() if stored.call.url == link]
    assert [len(stored.origins) for stored in ours] == [1] * 5
    assert [kind for _day, kind, _call in told(store)] == ["new", "new"]


def test_two_calls_of_one_source_never_become_one_through_a_third():
    """The call of the other source answers to the identifier of one and to the link of the other."""
    store = open_store(None)
    run = Run(source_id="stadtnetz", started_at=day(0), state="ok", healthy=True)
    theirs = a_call(identifiers=("CERV-1",), url="https://fonds.example/1")
    store.crawl.apply(run, Plan(new=(theirs,)), order=(), twins={}, stock=True)
    first = a_call("p", source_id="andere", identifiers=("CERV-1",), url="https://andere.example/p")
    second = a_call("q", source_id="andere", url="https://fonds.example/1")
    assert store.crawl.twins("andere", [second, first]) == {"p": 1}
    store.close()


# ---------------------------------------------------------------- nothing new


def test_a_second_run_without_changes_parses_nothing_and_writes_no_row(portal, home, store):
    read(home, store, day(0))
    before = held(store)
    changes = store.db.conn.total_changes
    outcomes = read(home, store, day(1))
    assert all(outcome.run.unchanged for outcome in outcomes.values())
    assert held(store) == before
    assert store.db.conn.total_changes - changes == len(FACES)  # the four runs themselves


def test_a_list_in_another_order_writes_no_call(portal, home, store):
    read(home, store, day(0))
    changes = store.db.conn.total_changes
    for face in FACES:
        portal.shown[face] = portal.shown[face][::-1]
    read(home, store, day(1))
    assert store.db.conn.total_changes - changes == len(FACES)


@pytest.mark.parametrize("face", FACES)
def test_archived_answers_are_read_again_without_network_and_without_news(portal, home, store, face):
    if face == "eu":
        change(portal, "TT-03", text="")
        portal.details["tt-03"] = "Aus den Einzelheiten."
    read(home, store, day(0), face)
    before = held(store)
    store.db.execute("update origins set call = replace(call, 'Bürger', 'B?rger')")  # as an older parser read them
    portal.asked.clear()
    (source,) = only(home, face).sources
    with open_collector(home, store, now=day(1), environ={}) as collector:
        result = reparse(collector, source)
    assert (result.error, result.calls, result.rewritten, result.new) == ("", 24, 24, 0)
    assert portal.asked == []
    for row, old in zip(held(store)["origins"], before["origins"], strict=True):
        assert {**row, "changed_at": old["changed_at"]} == old
    assert told(store) == []


def test_reading_again_keeps_what_the_details_told_before(portal, home, store):
    change(portal, "TT-03", text="")
    portal.details["tt-03"] = "Das wissen wir schon."
    read(home, store, day(0), "eu")
    shutil.rmtree(home.archive)
    portal.details["tt-03"] = 500
    read(home, store, day(1), "eu")
    (source,) = only(home, "eu").sources
    with open_collector(home, store, now=day(1), environ={}) as collector:
        assert reparse(collector, source).rewritten == 0
    assert store.crawl.call("eu:TT-03").call.description == "Das wissen wir schon."


def test_reading_again_tells_only_what_the_old_parser_had_missed(portal, home, store):
    read(home, store, day(0), "eu")
    number = store.crawl.call("eu:TT-03").no
    for table in ("identities", "origins"):
        store.db.execute(f"delete from {table} where external_id = 'TT-03'")  # noqa: S608 - our own names
    store.db.execute("delete from calls where no = ?", [number])
    (source,) = only(home, "eu").sources
    with open_collector(home, store, now=day(1), environ={}) as collector:
        assert reparse(collector, source).new == 1
        assert reparse(collector, source).new == 0
    assert told(store) == [("11-03", "new", "eu:TT-03")]
    assert read(home, store, day(2), "eu")["eu"].run.unchanged


def test_a_source_without_an_archive_says_so(home, store):
    (source,) = only(home, "eu").sources
    with open_collector(home, store, now=day(1), environ={}) as collector:
        assert reparse(collector, source).error == "nothing is archived yet"


def test_a_changed_configuration_is_applied_to_an_unchanged_answer(portal, home, store):
    read(home, store, day(0), "list")
    fixed = only(home, "list", fixes={"deadline": {"15.03.2027": ""}})
    assert not read(fixed, store, day(1), "list")["list"].run.unchanged
    assert store.crawl.calls()[0].call.days == ()
    assert told(store) == []  # the foundation has moved nothing: we read it differently


@pytest.mark.parametrize("face", FACES)
def test_what_an_update_of_ours_reads_differently_is_no_event(portal, home, store, face):
    """As an older version read it; that the portal moves a date on the same day is told all the same."""
    read(home, store, day(0), face)
    store.db.execute("update runs set mark = 'an older version'")
    store.db.execute("update origins set call = replace(replace(call, '2027-03-15', '2027-03-14'), 'Bürger', 'B?rger')")
    change(portal, "TT-03", face=face, deadlines=("2027-04-01",))
    read(home, store, day(1), face)
    (moved,) = store.crawl.changes()
    assert (moved.change.kind, moved.change.old, moved.change.new) == ("deadline", ["2027-03-15"], ["2027-04-01"])


def test_an_update_that_wants_other_pages_is_read_all_the_same(portal, home, store):
    read(home, store, day(0), "eu")
    other = only(home, "eu", options={**home.sources[0].options, "page_size": 7})
    assert read(other, store, day(1))["eu"].run.calls == 24
    assert told(store) == []


def test_a_source_that_was_first_read_after_weeks_of_failure_begins_with_its_stock(portal, home, store):
    portal.shown["list"] = []
    for number in range(3):
        assert not read(home, store, day(number), "list")["list"].run.healthy
    portal.shown["list"] = some(24)
    read(home, store, day(3), "list")
    assert told(store) == [] and all(stored.stock for stored in store.crawl.calls())


def test_a_lost_archive_costs_a_parse_and_tells_nothing(portal, home, store):
    read(home, store, day(0))
    before = held(store)
    shutil.rmtree(home.archive)
    outcomes = read(home, store, day(1))
    assert all(outcome.run.healthy and not outcome.run.unchanged for outcome in outcomes.values())
    assert held(store) == before


def test_a_source_that_needs_a_key_is_not_set_up_and_no_failure(portal, home, store):
    keyed = only(home, "eu", needs_env="EU_KEY")
    for number in (0, 1):
        outcome = read(keyed, store, day(number))["eu"]
        assert outcome.run.state == "not set up" and not outcome.failed
    assert portal.asked == []


def test_a_run_that_is_ended_asks_for_nothing_more(portal, home, store):
    """Ctrl-C: thirty sources on one host must not be read to their end first."""
    left = Event()

    def slow(answer):
        left.wait(0.2)  # until somebody has ended the run
        return answer

    portal.faults["fdb"] = slow
    with open_collector(home, store, now=day(0), environ={}) as collector:
        outcomes = collect(collector, home.sources)
        assert next(outcomes).source.id == "eu"
        outcomes.close()
    left.set()
    assert portal.count("/export") == 1 and portal.count("/feed.xml") == portal.count("/aufrufe") == 0


def test_a_host_that_is_silent_does_not_hold_up_the_others(portal, home, store):
    with serving() as other:
        other.faults["list"] = lambda answer: replace(answer, length=10**6, silent=True)
        slow = replace(home.sources[3], url=other.url("list"), timeout=0.3)
        both = replace(home, sources=(slow, *home.sources[:3]))
        outcomes = read(both, store, day(0))
    assert list(outcomes)[-1] == "list" and not outcomes["list"].run.healthy
    assert [outcome.run.healthy for outcome in outcomes.values()] == [True, True, True, False]
