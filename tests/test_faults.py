"""Every connector meets every fault, through the whole job over real HTTP: what and where is said, its calls stay."""

from __future__ import annotations

import gzip
import json
import shutil
import tracemalloc
import zlib
from dataclasses import replace

import pytest

from tests.fdb_export import at, pack
from tests.portals import (
    FACES,
    GIGABYTE,
    ZIP,
    Answer,
    Shown,
    a_home,
    day,
    entries,
    held,
    programme,
    read,
    serving,
)

pytestmark = pytest.mark.faults

WALL = b"<!DOCTYPE html><html><head><title>Radware Captcha Page</title></head><body>Please wait</body></html>"
HTML = "<!DOCTYPE html><html><head><title>Willkommen</title></head><body>{}</body></html>"
REDESIGNED = HTML.format("<div class=teaser>Förderung</div>" * 300).encode()
BOMB = b'<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><rss version="2.0">'
BOMB += b"<channel><item><title>&b;</title><link>https://x.example/1</link></item></channel></rss>"


@pytest.fixture(scope="module")
def server():
    with serving() as portal:
        yield portal


@pytest.fixture(scope="module")
def first_day(server, tmp_path_factory):
    """A home that has read all four sources once; each test works on a copy."""
    server.reset()
    home = a_home(tmp_path_factory.mktemp("faults") / "home", entries(server.address))
    store = home.store()
    assert {outcome.run.calls for outcome in read(home, store, day(0)).values()} == {24}
    store.close()
    return home


@pytest.fixture
def portal(server):
    server.reset()
    return server


@pytest.fixture
def home(first_day, tmp_path):
    shutil.copytree(first_day.path, tmp_path / "home")
    return replace(first_day, path=tmp_path / "home")


@pytest.fixture
def store(home):
    store = home.store()
    yield store
    store.close()


def says(**given):
    return lambda _answer: Answer(**given)


def changed(**given):
    return lambda answer: replace(answer, **given)


def half_sent(answer):
    """The line broke: the header promised more."""
    return replace(answer, body=answer.body[: len(answer.body) // 2], length=len(answer.body))


def half_whole(answer):
    """A proxy broke: the header says that this is all."""
    return replace(answer, body=answer.body[: len(answer.body) // 2])


def a_gigabyte_packed():
    """A gigabyte of zeros as gzip: one packed megabyte over and over, made in no time."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(bytes(1_000_000)) + packer.flush(zlib.Z_FULL_FLUSH)
    return b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff" + block * 1_000 + packer.flush()


def a_zip_with(*members):
    return says(body=pack(members), media_type=ZIP)


def in_json(value):
    return says(body=json.dumps(value).encode(), media_type="application/json")


# ---------------------------------------------------------------- faults in what is sent

REFUSED = {  # fault → face → words that the error must hold; "*" for all faces
    "redesigned": (
        says(body=REDESIGNED),
        {"eu": "expected JSON", "fdb": "got a web page", "feed": "no RSS or Atom", "list": "found no 'article.call'"},
    ),
    "nothing at all": (
        changed(body=b""),
        {"eu": "expected JSON", "fdb": "0 bytes", "feed": "no RSS or Atom", "list": "cut off on its way"},
    ),
    "a bot wall with status 200": (says(body=WALL), {"*": "Radware"}),
    "a bot wall with status 403": (says(body=WALL, status=403), {"*": "Radware"}),
    "cut off on the line": (half_sent, {"*": "cut off or garbled"}),
    "cut off by a proxy": (
        half_whole,
        {"eu": "does not read", "fdb": "cut off or damaged", "feed": "no end", "list": "cut off on its way"},
    ),
    "gone": (says(status=404, body=b"weg"), {"*": "HTTP 404"}),
    "out of order": (says(status=500, body=b"oops"), {"*": "HTTP 500, 3 times"}),
    "overloaded": (says(status=503, headers={"Retry-After": "1"}), {"*": "HTTP 503, 3 times"}),
    "asked too often": (says(status=429, headers={"Retry-After": "7200"}), {"*": "wants us back at"}),
    "not changed, though we did not ask": (says(status=304), {"*": "HTTP 304"}),
    "redirected without end": (says(status=307, headers={"Location": "/loop"}), {"*": "more than 10 redirects"}),
    "redirected into the inner network": (
        says(status=307, headers={"Location": "http://10.0.0.1/admin"}),
        {"*": "inner network (10.0.0.1 is 10.0.0.1) (http://10.0.0.1/admin)"},
    ),
    "a gigabyte, announced": (changed(length=GIGABYTE), {"*": "1,000 MB announced"}),
    "a gigabyte, streamed": (changed(stream=GIGABYTE), {"*": "larger than 1.5 MB"}),
    "a gigabyte, packed": (
        says(body=a_gigabyte_packed(), headers={"Content-Encoding": "gzip"}),
        {"*": "1.5 MB once unpacked"},
    ),
    "packed in a way nobody knows": (changed(headers={"Content-Encoding": "br"}), {"*": "packed as 'br'"}),
    "packed and damaged": (
        says(body=gzip.compress(b"x" * 999)[:-30] + b"x" * 30, headers={"Content-Encoding": "gzip"}),
        {"*": "cannot be unpacked"},
    ),
    "hung up": (says(hang_up=True), {"*": "cut off or garbled"}),
    "an XML bomb": (
        says(body=BOMB, media_type="text/xml"),
        {"eu": "expected JSON", "fdb": "Expected a ZIP", "feed": "XML bomb", "list": "XML, not HTML"},
    ),
    "JSON of the wrong shape": (
        in_json({"hits": []}),
        {"eu": "no totalResults", "fdb": "Expected a ZIP", "feed": "no RSS or Atom", "list": "no HTML page"},
    ),
    "a ZIP": (
        a_zip_with(("liste.txt", b"leer")),
        {"eu": "expected JSON", "fdb": "holds no programme", "feed": "no RSS or Atom", "list": "no HTML page"},
    ),
}
WALLED = {"a bot wall with status 200", "a bot wall with status 403"}


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("fault", REFUSED)
def test_a_source_that_misbehaves_says_what_and_where_and_keeps_its_calls(portal, home, store, face, fault):
    make, words = REFUSED[fault]
    before = held(store)
    portal.faults[face] = make
    outcomes = read(home, store, day(1))
    run = outcomes[face].run
    assert not run.healthy and not outcomes[face].bug
    assert run.state == ("walled" if fault in WALLED else "broken")
    assert words.get("*", words.get(face)) in run.error
    assert portal.url(face) in run.error or fault == "redirected into the inner network"
    assert held(store) == before
    assert all(outcome.run.healthy for name, outcome in outcomes.items() if name != face)
    assert store.crawl.last_run(face).error == run.error
    portal.faults.clear()
    assert read(home, store, day(2), face)[face].run.healthy
    assert held(store) == before


@pytest.mark.parametrize("face", FACES)
def test_a_silent_server_is_given_up(portal, home, store, face):
    quick = tuple(replace(source, timeout=0.15) for source in home.sources)
    portal.faults[face] = changed(length=100_000, silent=True)
    outcomes = read(replace(home, sources=quick), store, day(1))
    assert "was silent for 0.15 s" in outcomes[face].run.error or "longer than 0.15 s" in outcomes[face].run.error
    assert sum(outcome.run.healthy for outcome in outcomes.values()) == 3


# ---------------------------------------------------------------- faults in what is shown


@pytest.mark.parametrize("face", FACES)
def test_a_source_that_lost_half_its_calls_changes_none(portal, home, store, face):
    before = held(store)
    portal.shown[face] = portal.shown[face][::2]
    outcome = read(home, store, day(1))[face]
    assert outcome.run.state == "shrunk"
    assert "12 calls, under 80% of the last healthy run (24)" in outcome.run.error
    assert held(store) == before


@pytest.mark.parametrize("face", FACES)
def test_an_emptied_source_changes_no_call(portal, home, store, face):
    before = held(store)
    portal.shown[face] = []
    run = read(home, store, day(1))[face].run
    words = {"eu": "no calls at all", "fdb": "no programme", "feed": "without entries", "list": "redesigned"}
    assert not run.healthy and words[face] in run.error
    assert held(store) == before


@pytest.mark.filterwarnings("ignore:Duplicate name")  # zipfile, about the portal's export
@pytest.mark.parametrize("face", FACES)
def test_a_doubled_source_is_read_and_proves_no_absence(portal, home, store, face):
    before = held(store)
    portal.shown[face] = [*portal.shown[face][:-1], *portal.shown[face][:5]]  # and the last one is missing
    for number in range(1, 5):
        outcome = read(home, store, day(number), face)[face]
        assert outcome.run.healthy and outcome.run.repeated == 5
        assert any("proves no absence" in finding.message for finding in outcome.run.findings)
    assert held(store) == before


@pytest.mark.parametrize("face", FACES)
def test_the_order_of_a_source_means_nothing(portal, home, store, face):
    before = held(store)
    portal.shown[face] = portal.shown[face][::-1]
    assert read(home, store, day(1))[face].run.healthy
    assert held(store) == before


@pytest.mark.parametrize("face", ["feed", "list", "fdb"])
@pytest.mark.parametrize("label", ["text/html; charset=iso-8859-1", "text/xml; charset=us-ascii", "", "x/y; charset=?"])
def test_a_wrong_label_damages_no_umlaut(portal, home, store, face, label):
    before = held(store)
    portal.faults[face] = lambda answer: replace(answer, media_type=label, body=answer.body + b"\n")
    assert read(home, store, day(1), face)[face].run.healthy
    assert held(store) == before


def test_json_in_another_charset_is_refused_and_not_guessed(portal, home, store):
    portal.shown["eu"] = [Shown(key="TT-00", title="Förderung")]
    portal.faults["eu"] = lambda answer: replace(answer, body=answer.body.decode().encode("latin-1"))
    assert "does not read" in read(home, store, day(1), "eu")["eu"].run.error


def test_a_list_in_latin_1_is_read_as_such(portal, home, store):
    portal.shown["list"] = [replace(one, title=f"Förderung {one.key}") for one in portal.shown["list"]]

    def latin(answer):
        body = answer.body.decode().replace('charset="utf-8"', 'charset="iso-8859-1"').encode("latin-1")
        return replace(answer, body=body, media_type="text/html")

    portal.faults["list"] = latin
    assert read(home, store, day(1), "list")["list"].run.healthy
    assert {call.call.title for call in store.crawl.calls() if call.call.source_id == "list"} == {
        f"Förderung TT-{n:02}" for n in range(24)
    }


@pytest.mark.parametrize("face", ["fdb", "feed", "list"])
def test_a_source_that_has_not_changed_answers_304_and_nothing_is_parsed(portal, home, store, face):
    portal.etags = True
    read(home, store, day(1), face)
    portal.shown[face][0] = replace(portal.shown[face][0], title="Ein anderer Titel")
    read(home, store, day(2), face)
    before = held(store)
    portal.asked.clear()
    run = read(home, store, day(3), face)[face].run
    assert run.healthy and run.unchanged and run.calls == 24 and len(portal.asked) == 2  # robots.txt and the page
    assert held(store) == before


@pytest.mark.parametrize("face", FACES)
def test_a_server_that_asks_for_patience_gets_it(portal, home, store, face):
    portal.faults[face] = [says(status=429, headers={"Retry-After": "7"}), says(status=503)]
    slept = []
    assert read(home, store, day(1), face, slept=slept)[face].run.healthy
    assert any(6 < seconds <= 7 for seconds in slept)


# ---------------------------------------------------------------- an export that bites


def test_a_member_that_unpacks_without_end_stops_the_export(portal, home, store):
    portal.faults["fdb"] = a_zip_with(*[programme("TT-00", "Titel")], (at("Bund/bombe"), bytes(9_000_000)))
    assert "ZIP bomb" in read(home, store, day(1), "fdb")["fdb"].run.error


def test_xml_bombs_inside_the_export_are_not_unfolded(portal, home, store):
    before = held(store)
    portal.faults["fdb"] = a_zip_with(*((at(f"Bund/{n}"), BOMB) for n in range(24)))
    assert "well-formed XML is missing in 24 of 24" in read(home, store, day(1), "fdb")["fdb"].run.error
    assert held(store) == before


def test_one_damaged_programme_is_named_and_the_others_are_read(portal, home, store):
    before = held(store)
    shown = [programme(one.key, one.title, one.deadlines) for one in portal.shown["fdb"]]
    portal.faults["fdb"] = a_zip_with(*shown[:-1], (shown[-1][0], BOMB))
    for number in range(1, 5):
        run = read(home, store, day(number), "fdb")["fdb"].run
        assert run.healthy and "tt-23.xml (declares entities" in run.findings[0].message
    assert held(store) == before  # what could not be read is not absent


# ---------------------------------------------------------------- answers in a shape nobody has seen

ROW = {"reference": "1TOPICSen", "language": "en"}
META = {"identifier": ["A"], "title": ["B"], "type": ["1"], "status": ["31094502"], "DATASOURCE": ["SEDIA"]}


def rows(*found, total=None):
    return {"totalResults": len(found) if total is None else total, "results": list(found)}


SHAPES = {
    "a list": [],
    "a word": "busy",
    "null": None,
    "words for numbers": {"totalResults": "24", "results": []},
    "true for a number": rows(total=True),
    "a total below nought": rows(total=-5),
    "a total without end": rows({**ROW, "metadata": META}, total=10**9),
    "a total beyond floating point": rows({**ROW, "metadata": META}, total=10**400),
    "a total that is infinite": rows(total=float("inf")),
    "an error with status 200": {"error": {"code": 500}, "totalResults": None, "results": None},
    "rows that are words": rows("a", "b"),
    "rows that are lists": rows([], []),
    "rows without metadata": rows(ROW),
    "metadata that is a list": rows({**ROW, "metadata": []}),
    "values without a list around them": rows({**ROW, "metadata": {k: v[0] for k, v in META.items()}}),
    "numbers without a list around them": rows({**ROW, "metadata": {**META, "deadlineDate": 1_780_000_000}}),
    "objects in the lists": rows({**ROW, "metadata": {**META, "identifier": [{"value": "A"}]}}),
    "divisions that are objects": rows({**ROW, "metadata": {**META, "programmeDivision": [{"id": 1}]}}),
    "language that is a list": rows({**ROW, "language": ["en"], "metadata": META}),
    "more rows than announced": rows(*[{**ROW, "metadata": META}] * 3, total=2),
    "fewer rows than announced": rows({**ROW, "metadata": META}, total=24),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_json_of_a_wrong_shape_is_a_broken_source_and_no_bug(portal, home, store, shape):
    before = held(store)
    portal.faults["eu"] = in_json(SHAPES[shape])
    outcomes = read(home, store, day(1))
    assert not outcomes["eu"].run.healthy, outcomes["eu"].run.error
    assert not outcomes["eu"].bug, outcomes["eu"].run.error
    assert held(store) == before
    assert all(outcomes[face].run.healthy for face in FACES if face != "eu")


@pytest.mark.parametrize("body", [b"[" * 100_000, b'{"a":' * 100_000, b"9" * 5_000, b"\xff\xfe{}", b"NaN"])
def test_json_that_breaks_parsers_is_a_broken_source_and_no_bug(portal, home, store, body):
    portal.faults["eu"] = says(body=body, media_type="application/json")
    outcome = read(home, store, day(1), "eu")["eu"]
    assert portal.url("eu") in outcome.run.error and not outcome.bug


HOSTILE = [
    "half a \ud800 pair",
    "nul \x00 byte",
    "escape \x1b[2J codes",
    "<script>alert(1)</script>",
    "x" * 100_000,
    "' or 1=1; drop table calls; --",
    "{{ 7 * 7 }} {% raise %}",
    "\u202eright to left",
]


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_are_stored_as_words(portal, home, store, face, words):
    if face != "eu":
        words = words.encode("utf-8", "replace").decode().replace("\x00", "").replace("\x1b", "")
    portal.shown[face][0] = Shown(key="TT-00", title=f"Titel {words}", text=words)
    if face == "eu":
        told_by_eu = {
            "identifier": [f"ID-{words}"],
            "callTitle": [words],
            "deadlineDate": [words],
            "typesOfAction": [words],
        }
        portal.shown[face][1] = Shown(key="TT-01", title="Titel", meta=told_by_eu)
    outcome = read(home, store, day(1), face)[face]
    assert outcome.run.healthy, outcome.run.error
    assert any(call.call.title.startswith("Titel") for call in store.crawl.calls())
    assert read(home, store, day(2), face)[face].run.unchanged


# ---------------------------------------------------------------- memory


@pytest.mark.parametrize("fault", ["a gigabyte, streamed", "a gigabyte, packed"])
def test_a_gigabyte_never_stands_in_memory(portal, home, store, fault):
    portal.faults["list"] = REFUSED[fault][0]
    tracemalloc.start()
    try:
        assert not read(home, store, day(1), "list")["list"].run.healthy
        assert tracemalloc.get_traced_memory()[1] < 12_000_000
    finally:
        tracemalloc.stop()
