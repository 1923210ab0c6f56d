"""A source that stands in for another: read only while that one is blind, nothing twice, nothing worse."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.builders import a_source
from tests.config_texts import TWO_LINES, problems, sources_of
from tests.homes import opened, run
from tests.portals import Answer, Shown, a_home, entries, serving, told
from tracker import config, notify
from tracker.connectors import KNOWN
from tracker.health import Past, health, needs_stand_in
from tracker.records import Run
from tracker.standing import healths

NOW = datetime(2026, 11, 3, 5, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


# ---------------------------------------------------------------- when it is needed


def a_run(ago, state="ok"):
    return Run(source_id="eu", started_at=NOW - ago, state=state, healthy=state == "ok", calls=7)


@pytest.mark.parametrize(
    ("last", "good", "needed"),
    [
        (None, None, False),  # nobody has tried yet
        (a_run(HOUR), a_run(HOUR), False),
        (a_run(3 * DAY), a_run(3 * DAY), False),  # nobody has tried since: late, not failing
        (a_run(HOUR, "broken"), a_run(DAY), False),  # exactly a day: the next try may mend it
        (a_run(HOUR, "broken"), a_run(DAY + HOUR), True),
        (a_run(HOUR, "walled"), None, True),
        (a_run(HOUR, "shrunk"), a_run(3 * DAY), True),
        (a_run(HOUR, "not set up"), a_run(3 * DAY), False),  # a key is missing: nothing has failed
    ],
)
def test_a_stand_in_is_needed_after_a_failure_once_the_last_success_is_older_than_the_rhythm(last, good, needed):
    assert needs_stand_in(a_source(), last, good, now=NOW, every=DAY) is needed
    assert not needs_stand_in(a_source(enabled=False), last, good, now=NOW, every=DAY)


@pytest.mark.parametrize("last", [None, a_run(30 * DAY), a_run(HOUR, "broken")])
def test_in_reserve_a_source_is_neither_late_nor_blind_whatever_it_was(last):
    found = health(a_source(), Past(last=last, good=a_run(30 * DAY)), now=NOW, every=DAY, reserve=True)
    assert (found.state, found.blind) == ("in reserve", False)
    off = health(a_source(enabled=False), Past(last=last), now=NOW, every=DAY, reserve=True)
    assert off.state != "in reserve"


# ---------------------------------------------------------------- how it is named


SECOND = "  file:\n    connector: grants_tenders\n    url: https://stadtnetz.example/all.json\n"


def test_a_stand_in_names_the_source_and_what_it_lacks(tmp_path):
    text = TWO_LINES + SECOND + "    stands_in_for: stadtnetz\n    without: Texte\n"
    assert [(s.stands_in_for, s.without) for s in sources_of(tmp_path, text)] == [("", ""), ("stadtnetz", "Texte")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (TWO_LINES + SECOND + "    stands_in_for: stadtnet\n", "8: file.stands_in_for: unknown source 'stadtnet'; did"),
        (
            TWO_LINES + SECOND + "    stands_in_for: file\n",
            "8: file.stands_in_for: a source cannot stand in for itself",
        ),
        (TWO_LINES + SECOND + "    without: Texte\n", "without says what a stand-in lacks: it needs stands_in_for"),
        (
            TWO_LINES + "    stands_in_for: file\n" + SECOND,
            "5: stadtnetz.stands_in_for: must stand behind file in this file",
        ),
        (
            TWO_LINES
            + SECOND
            + "    stands_in_for: stadtnetz\n"
            + SECOND.replace("file:", "third:")
            + "    stands_in_for: file\n",
            "12: third.stands_in_for: file stands in for another one itself",
        ),
    ],
)
def test_a_stand_in_that_makes_no_sense_is_refused(tmp_path, text, message):
    (problem,) = problems(sources_of, tmp_path, text)
    assert message in problem


def test_a_stand_in_for_a_source_that_is_off_is_doubted(tmp_path):
    text = TWO_LINES + "    enabled: false\n" + SECOND + "    stands_in_for: stadtnetz\n"
    (tmp_path / "sources.yaml").write_text(text, encoding="utf-8")
    warnings = [str(problem) for problem in config.check(tmp_path, KNOWN) if problem.warning]
    assert warnings == [
        (
            "sources.yaml:9: file.stands_in_for: that source is switched off, so this one is never read; "
            "without this line it is read for itself"
        )
    ]


# ---------------------------------------------------------------- the whole job


@pytest.fixture(scope="module")
def server():
    with serving() as portal:
        yield portal


@pytest.fixture
def portal(server):
    server.reset(3)
    file_of(server, "TT-00", "TT-01", "TT-02")
    return server


@pytest.fixture
def home(portal, tmp_path):
    eu = {**entries(portal.address)["eu"], "name": "EU-Portal"}
    mild = {name: eu[name] for name in ("pause", "zone", "language") if name in eu}
    file = {"connector": "grants_tenders", "url": f"{portal.address}/details/all.json", "name": "Gesamtdatei", **mild}
    file |= {"stands_in_for": "eu", "without": "Texte"}
    return a_home(tmp_path / "home", {"eu": eu, "file": file, "feed": entries(portal.address)["feed"]})


def grant(key, day="2027-03-15", title="", status="Open"):
    moment = int(datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC).timestamp() * 1000)
    return {
        "type": 1,
        "identifier": key,
        "title": title or key,
        "deadlineDatesLong": [moment],
        "status": {"abbreviation": status, "id": {"Open": 31094502, "Forthcoming": 31094501}[status]},
        "frameworkProgramme": {"id": 43251589},
    }


def file_of(portal, *grants):
    found = [grant(one) if isinstance(one, str) else one for one in grants]
    portal.details["all"] = {"fundingData": {"GrantTenderObj": found}}


def blind(portal):
    portal.faults["eu"] = lambda _answer: Answer(status=404)


def read_by(home, moment):
    return [outcome.source.id for outcome in run(home, moment)[0]]


def shown(home, now="2026-11-05T07:00"):
    """Each call with its deadlines, whether it has a text, and who lists it."""
    with opened(home) as store:
        return {
            stored.id: (
                [day.isoformat() for day in stored.call.days],
                bool(stored.call.description),
                [source for source, _url in stored.origins],
                stored.gone,
            )
            for stored in store.crawl.calls()
            if "feed" not in stored.id
        }


def covered(home, moment):
    with opened(home) as store:
        now = datetime.fromisoformat(moment).replace(tzinfo=UTC)
        return notify.coverage(home, store, now=now, language="de", since=None, searched=0)


def states(home, moment):
    with opened(home) as store:
        now = datetime.fromisoformat(moment).replace(tzinfo=UTC)
        return {found.source.id: found.state for found in healths(home, store, now=now)}


def test_while_its_source_answers_a_stand_in_is_never_asked(home, portal):
    for day in (2, 3, 4):
        assert read_by(home, f"2026-11-0{day}T06:00") == ["eu", "feed"]
    assert portal.count("all.json") == 0
    assert states(home, "2026-11-04T06:00")["file"] == "in reserve"
    found = covered(home, "2026-11-04T06:00")
    assert (found.read, found.total, found.blind, found.not_set_up) == (2, 2, (), ())


def test_it_is_read_in_the_run_in_which_its_source_has_been_blind_for_more_than_its_rhythm(home, portal):
    read_by(home, "2026-11-02T06:00")
    blind(portal)
    assert read_by(home, "2026-11-03T05:00") == ["eu", "feed"]  # a day has not passed since
    assert read_by(home, "2026-11-03T06:30") == ["eu", "file"]
    assert read_by(home, "2026-11-03T08:00") == ["eu"]  # the file has a rhythm of its own
    assert read_by(home, "2026-11-04T06:30") == ["eu", "feed", "file"]


def test_the_digest_says_what_is_read_in_place_of_the_blind_source_and_counts_it_nowhere(home, portal):
    read_by(home, "2026-11-02T06:00")
    blind(portal)
    read_by(home, "2026-11-03T06:30")
    found = covered(home, "2026-11-03T06:30")
    (line,) = found.blind
    assert (found.read, found.total, line.id) == (1, 2, "eu")
    assert line.reason == (
        "die Seite antwortet nicht oder wurde umgebaut; gelesen wird ersatzweise: Gesamtdatei, ohne Texte"
    )
    portal.details["all"] = 404
    read_by(home, "2026-11-04T06:30")
    assert states(home, "2026-11-04T06:30")["file"] == "broken"
    (line,) = covered(home, "2026-11-04T06:30").blind
    assert line.reason.endswith("; auch ersatzweise nicht lesbar: Gesamtdatei")


def test_what_both_list_is_told_once_and_keeps_the_richer_values(home, portal):
    read_by(home, "2026-11-02T06:00")
    before = shown(home)
    blind(portal)
    file_of(portal, grant("TT-00", "2027-04-01", title="POORER"), "TT-01", "TT-02")
    read_by(home, "2026-11-03T06:30")
    found = shown(home)
    assert set(found) == set(before) == {"eu:TT-00", "eu:TT-01", "eu:TT-02"}
    assert found["eu:TT-00"] == (["2027-03-15"], True, ["eu", "file"], None)
    with opened(home) as store:
        assert told(store) == []


def test_a_call_that_only_the_stand_in_has_seen_is_news_and_once_only(home, portal):
    read_by(home, "2026-11-02T06:00")
    blind(portal)
    file_of(portal, "TT-00", "TT-01", "NEW-1", grant("OLD-1", "2025-01-01"))
    read_by(home, "2026-11-03T06:30")
    with opened(home) as store:
        assert told(store) == [("11-03", "new", "file:NEW-1")]
        (found,) = (stored for stored in store.crawl.calls() if stored.id == "file:NEW-1")
        assert not found.stock
    portal.faults.clear()
    portal.shown["eu"].append(Shown(key="NEW-1", title="Now with a text"))
    read_by(home, "2026-11-04T06:30")
    with opened(home) as store:
        assert told(store) == [("11-03", "new", "eu:NEW-1")]
    assert shown(home)["eu:NEW-1"] == (["2027-03-15"], True, ["eu", "file"], None)


def test_where_the_source_was_never_read_the_first_file_is_stock(home, portal):
    blind(portal)
    assert read_by(home, "2026-11-02T06:00") == ["eu", "feed", "file"]
    with opened(home) as store:
        assert told(store) == []
        assert {stored.stock for stored in store.crawl.calls()} == {True}


def test_what_the_file_lacks_is_neither_withdrawn_nor_closed(home, portal):
    read_by(home, "2026-11-02T06:00")
    blind(portal)
    read_by(home, "2026-11-03T06:30")
    file_of(portal, "TT-00")
    for day in range(4, 9):
        assert "file" in read_by(home, f"2026-11-{day:02}T06:30")
    with opened(home) as store:
        assert told(store) == []
    assert all(gone is None for _days, _text, _origins, gone in shown(home).values())


def test_once_its_source_answers_again_the_file_of_then_keeps_no_call_alive(home, portal):
    read_by(home, "2026-11-02T06:00")
    blind(portal)
    read_by(home, "2026-11-03T06:30")
    portal.faults.clear()
    portal.shown["eu"] = [*portal.shown["eu"][1:], Shown(key="TT-09")]
    for day in (4, 5, 6):
        assert "file" not in read_by(home, f"2026-11-{day:02}T06:30")
    with opened(home) as store:
        assert told(store) == [("11-04", "new", "eu:TT-09"), ("11-06", "withdrawn", "eu:TT-00")]


def test_a_call_that_its_source_withdrew_has_not_returned_because_the_file_still_holds_it(home, portal):
    read_by(home, "2026-11-02T06:00")
    portal.shown["eu"] = [*portal.shown["eu"][1:], Shown(key="TT-09")]
    for day in (3, 4, 5):
        read_by(home, f"2026-11-{day:02}T06:00")
    blind(portal)
    read_by(home, "2026-11-06T06:30")
    with opened(home) as store:
        assert [kind for _day, kind, _call in told(store)] == ["new", "withdrawn"]


def test_a_stand_in_without_a_word_on_what_it_lacks_is_named_all_the_same(home, portal):
    blind(portal)
    read_by(home, "2026-11-02T06:00")
    sources = tuple(replace(source, without="") for source in home.sources)
    (line,) = covered(replace(home, sources=sources), "2026-11-02T06:00").blind
    assert line.reason.endswith("gelesen wird ersatzweise: Gesamtdatei")
