"""What somebody heard on the phone: tracker add."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date

import pytest

from tests import sites
from tests.cli.said import BRIDGE, MONDAY, rows
from tests.homes import at, make_home, opened, portal_sources, read
from tests.portals import Answer
from tracker import adding
from tracker.errors import FetchError, LockedError
from tracker.model import RawDeadline

pytestmark = pytest.mark.faults

FIRST = "2026-06-08T06:00"
TITLE = "Städtepartnerschaft: Kommunen gegen Lebensmittelverschwendung"
PAGE = sites.page(
    "<nav>Start</nav><main><h1>Begegnungen 2027</h1><p>Die Stiftung fördert Begegnungen von Partnerstädten gegen "
    "Lebensmittelverschwendung. Gefördert werden Fahrten, Unterkunft und Honorare.</p>"
    "<p>Anträge können bis zum 15. März 2027 eingereicht werden. Die Auftaktveranstaltung ist am 20. Januar 2027.</p>"
    "</main>",
    f'<title>Begegnungen 2027 | Stiftung Neckar</title><meta property="og:title" content="{TITLE}">',
)


@pytest.fixture
def site():
    with sites.serving() as found:
        yield found


@pytest.fixture
def url(site):
    return site.put("/begegnungen", PAGE)


def unreachable(_source, request):
    raise FetchError(request.url, "no connection: refused", source="added", hint="Is the site down?")


def heard(home, url, now=FIRST, get=unreachable, **given):
    with opened(home) as store:
        return adding.add(home, store, adding.Wish(url=url, **given), get=get, now=at(now))


# ---------------------------------------------------------------- a page that can be read


def test_a_page_becomes_a_call_with_its_title_language_text_and_only_its_certain_date(tracker, fresh, url):
    answer = tracker("add", url, "--json", home=fresh, now=FIRST)
    assert answer.code == 0 and answer.json["added"] and answer.json["unread"] is None
    (call,) = answer.json["calls"]
    assert call["id"] == f"added:{url.removeprefix('http://')}" and call["source"] == "added"
    assert call["title"] == TITLE and call["language"] == "de"
    assert call["deadlines"] == ["2027-03-15"] and answer.json["candidates"] == ["2027-01-20"]
    assert "food-waste" in call["topics"] and call["verdict"] == "for-us" and call["stock"] is False
    shown = tracker("show", call["id"], "--json", home=fresh, now=FIRST).json
    assert "Honorare" in shown["description"] and "Start" not in shown["description"]


def test_what_the_caller_says_counts_more_than_the_page(tracker, fresh, url):
    given = ("--title", "Begegnungsfonds", "--deadline", "1. Mai 2027", "--programme", "Neckarprogramm")
    (call,) = tracker("add", url, *given, "--json", home=fresh, now=FIRST).json["calls"]
    assert (call["title"], call["deadlines"], call["programme"]) == (
        "Begegnungsfonds",
        ["2027-05-01"],
        "Neckarprogramm",
    )


def test_it_is_told_in_the_next_digest_as_new_under_its_own_name(tracker, home, url):
    tracker("digest", home=home, now=MONDAY)
    tracker("add", url, home=home, now="2026-06-17T10:00")
    digest = tracker("digest", "--json", home=home, now="2026-06-22T06:00").json
    titles = [card["title"] for block in digest["for_us"] for card in block["cards"]]
    assert TITLE in titles
    text = (home.digests / "2026-W26.txt").read_text(encoding="utf-8")
    assert "Von Hand eingetragen" in text
    again = tracker("digest", "--json", home=home, now="2026-06-29T06:00").json
    assert TITLE not in str(again["for_us"])


def test_it_works_with_calls_show_and_tag(tracker, fresh, url):
    tracker("add", url, "--by", "Eva", "--note", "Anruf von Frau Beispiel", home=fresh, now=FIRST)
    (call,) = tracker("calls", "--json", home=fresh, now=FIRST).json
    assert tracker("tag", call["id"], "planned", home=fresh, now=FIRST).code == 0
    said = tracker("show", call["id"], home=fresh, now=FIRST).out.splitlines()
    assert "  2026-06-08T04:00:00Z  by Eva  Anruf von Frau Beispiel" in said
    assert tracker("show", call["id"], "--json", home=fresh).json["entered"] == [
        {"url": url, "by": "Eva", "note": "Anruf von Frau Beispiel", "unread": None, "at": "2026-06-08T04:00:00Z"}
    ]


def test_a_name_stands_in_the_table_of_people_only(tracker, fresh, url):
    tracker("add", url, "--by", "Eva Muster", "--note", "mit Eva gesprochen", home=fresh, now=FIRST)
    named = [line for line in rows(fresh) if "Eva" in line]
    assert len(named) == 1 and 'INTO "additions"' in named[0]


def test_who_hears_of_it_again_is_told_so_and_nothing_changes(tracker, fresh, site, url):
    first = tracker("add", url, "--by", "Eva", "--json", home=fresh, now=FIRST).json["calls"][0]
    held, asked = rows(fresh), len(site.asked)
    for again in (url, f"{url}/", f"{url}?utm_source=mail", url.replace("http:", "https:")):
        answer = tracker("add", again, "--title", "Anders", "--by", "Udo", home=fresh, now="2026-06-09T06:00")
        assert (
            answer.code == 0 and f"known already: {first['id']}" in answer.out and "Nothing was changed" in answer.out
        )
    assert rows(fresh) == held and len(site.asked) == asked


def test_an_address_without_its_scheme_will_do(home):
    added = heard(home, "stiftung.example/fonds", title="Fonds")
    assert added.calls[0].call.url == "https://stiftung.example/fonds"


# ---------------------------------------------------------------- what other sources know


def test_an_address_that_a_source_holds_is_named_as_its_call(tracker, home):
    known = tracker("show", BRIDGE, "--json", home=home, now=MONDAY).json
    held = rows(home)
    answer = tracker("add", known["url"], "--json", home=home, now=MONDAY).json
    assert answer["added"] is False and [call["id"] for call in answer["calls"]] == [BRIDGE]
    assert rows(home) == held


def test_a_page_about_a_call_of_the_portal_joins_it_and_is_not_told_as_new(tracker, home, site):
    text = PAGE.replace("Die Stiftung", "Der Aufruf PPPA-2026-BRIDGEFOREU2")
    before = tracker("changes", "--json", home=home).lines
    answer = tracker("add", site.put("/blog", text), "--json", home=home, now=MONDAY).json
    assert answer["joined"] is True and answer["calls"][0]["id"] == BRIDGE
    assert {origin["source"] for origin in answer["calls"][0]["origins"]} == {"eu-portal", "added"}
    assert answer["calls"][0]["title"] == "Setting up of Cross-Border Coordination Points"
    assert tracker("changes", "--json", home=home).lines == before


def test_a_portal_that_lists_it_later_takes_over_and_tells_no_second_news(tracker, portal, site, tmp_path):
    text = PAGE.replace("Die Stiftung", "Der Aufruf SMP-FOOD-2026-FW-STAKEHOLDERS-PJ")
    portal.second = False
    home = make_home(tmp_path / "home", portal_sources(portal.address))
    read(home, FIRST, "eu-portal")
    tracker("add", site.put("/blog", text), home=home, now="2026-06-09T06:00")
    portal.second = True
    read(home, "2026-06-13T06:00", "eu-portal")
    (call,) = [call for call in tracker("calls", "--json", home=home, now=MONDAY).json if len(call["origins"]) == 2]
    assert call["id"] == "eu-portal:SMP-FOOD-2026-FW-STAKEHOLDERS-PJ" and call["deadlines"] == ["2026-10-15"]
    told = [line["kind"] for line in tracker("changes", "--json", home=home).lines if line["call"] == call["id"]]
    assert told == ["new"]


def test_a_call_that_its_portal_withdraws_is_gone_although_somebody_entered_it(tracker, portal, site, tmp_path):
    portal.second = False
    home = make_home(tmp_path / "home", portal_sources(portal.address))
    read(home, FIRST)
    with closing(sqlite3.connect(home.path / "tracker.db")) as db:
        keys = {call: key for key, call in db.execute("select key, source_id || ':' || external_id from identities")}
    portal.second = True
    for day in ("2026-06-13", "2026-06-14"):
        read(home, f"{day}T06:00")
    (gone,) = [
        call["id"]
        for call in tracker("calls", "--json", home=home, now="2026-06-14").json
        if call["id"].startswith("stiftung") and _absent(home, call["id"])
    ]
    with closing(sqlite3.connect(home.path / "tracker.db")) as db, db:  # as if both named one official id
        db.execute("insert into identities values ('id:cerv-2026-x', ?, ?)", gone.split(":", 1))
    text = PAGE.replace("Die Stiftung", "Der Aufruf CERV-2026-X")
    joined = tracker("add", site.put("/blog", text), "--json", home=home, now="2026-06-14T10:00").json
    assert keys and joined["joined"] and joined["calls"][0]["gone"] is None
    read(home, "2026-06-15T06:00")
    call = tracker("show", gone, "--json", home=home, now=MONDAY).json
    assert call["gone"] == "withdrawn" and [change["kind"] for change in call["changes"]] == ["withdrawn"]


def _absent(home, call):
    with closing(sqlite3.connect(home.path / "tracker.db")) as db:
        sql = "select absent from origins where source_id || ':' || external_id = ?"
        return db.execute(sql, [call]).fetchone()[0] != "[]"


def test_scrapes_of_weeks_leave_it_as_it_is(tracker, home, url):
    tracker("add", url, home=home, now=MONDAY)
    name = f"added:{url.removeprefix('http://')}"
    before = tracker("show", name, "--json", home=home, now="2026-07-10").json
    for day in ("2026-07-06", "2026-07-07", "2026-07-08", "2026-07-09"):
        read(home, f"{day}T06:00")
    assert tracker("show", name, "--json", home=home, now="2026-07-10").json == before


# ---------------------------------------------------------------- no portal


def test_it_is_no_portal_so_it_is_neither_read_nor_blind(tracker, home, url):
    assert [source["id"] for source in tracker("sources", "--json", home=home).json] == list(home.order)
    before = tracker("digest", "--preview", "--json", home=home, now=MONDAY).json["coverage"]
    tracker("add", url, home=home, now=MONDAY)
    after = tracker("digest", "--preview", "--json", home=home, now=MONDAY).json["coverage"]
    assert (after["read"], after["total"], after["blind"]) == (before["read"], before["total"], before["blind"])
    last = tracker("sources", "--json", home=home, now=MONDAY).json[-1]
    assert (last["id"], last["state"], last["calls"]) == ("added", "by hand", 1)
    assert tracker("collect", "added", home=home).code == 4


def test_its_id_is_taken_in_sources_yaml(tracker, tmp_path, home):
    (home.path / "sources.yaml").write_text("sources:\n  added: {connector: feed, url: 'http://127.0.0.1:9/'}\n")
    answer = tracker("check-config", home=home)
    assert answer.code == 2 and "sources.yaml:2" in answer.out and "tracker add" in answer.out


def test_a_home_that_never_read_a_portal_still_waits_with_its_first_digest(tracker, tmp_path, url):
    home = make_home(
        tmp_path / "home", "sources:\n  a: {connector: feed, url: 'http://127.0.0.1:9/', enabled: false}\n"
    )
    tracker("add", url, home=home, now=FIRST)
    assert "no digest yet" in tracker("run", home=home, now="2026-06-08T07:00").out


# ---------------------------------------------------------------- pages that cannot be read


FAULTS = {
    "a wall": Answer(body=b"<html><head><title>Radware Captcha Page</title></head><body>Human?</body></html>"),
    "not there": Answer(status=404),
    "a PDF": Answer(body=b"%PDF-1.7 \x00", media_type="application/pdf"),
    "nothing": Answer(body=b""),
    "a page made by script": Answer(body=sites.page("<div id=root></div>").encode()),
    "a login": Answer(body=sites.page("<main><h1>Anmelden</h1><form><input type=password></form></main>").encode()),
    "too large": Answer(body=b"<html>", length=6_000_000),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_page_that_cannot_be_read_needs_a_title_and_then_says_so_everywhere(tracker, fresh, site, fault):
    site.pages["/x"] = FAULTS[fault]
    refused = tracker("add", f"{site.address}/x", home=fresh, now=FIRST)
    assert refused.code == 1 and "With --title it is entered all the same." in refused.err
    assert tracker("calls", "--json", home=fresh).json == []
    answer = tracker("add", f"{site.address}/x", "--title", "Fonds für Begegnungen", home=fresh, now=FIRST)
    assert answer.code == 0 and "the page could not be read: " in answer.out
    (call,) = tracker("calls", "--json", home=fresh, now=FIRST).json
    shown = tracker("show", call["id"], "--json", home=fresh, now=FIRST).json
    assert shown["title"] == "Fonds für Begegnungen" and shown["description"] == adding.UNREAD
    assert shown["entered"][0]["unread"] and [change["kind"] for change in shown["changes"]] == ["new"]


def test_without_a_network_the_title_will_do(home):
    added = heard(home, "https://stiftung.example/fonds", title="Fonds", deadline="2027-05-01", by="Eva")
    assert added.fresh and "no connection" in added.unread and added.calls[0].call.days == (date(2027, 5, 1),)
    with pytest.raises(Exception, match="With --title"):
        heard(home, "https://stiftung.example/anderer")


def test_while_another_run_writes_the_caller_is_told_to_try_again(home):
    with home.lock(), pytest.raises(LockedError):
        heard(home, "https://stiftung.example/fonds", title="Fonds")
    assert heard(home, "https://stiftung.example/fonds", title="Fonds").fresh


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("gopher://x.example/",), "URL"),
        (("https://eva:geheim@x.example/a",), "URL"),
        (("",), "URL"),
        (("https://x.example/a", "--title", "x", "--deadline", "bald"), "--deadline"),
        (("https://x.example/a", "--title", "x", "--deadline", "31.02.2027"), "--deadline"),
    ],
)
def test_what_is_no_address_or_no_date_ends_with_2(tracker, fresh, arguments, words):
    answer = tracker("add", *arguments, home=fresh, now=FIRST)
    assert answer.code == 2 and words in answer.err and tracker("calls", "--json", home=fresh).json == []


def test_a_date_gone_by_is_taken_from_the_caller_only_and_then_told_as_past(tracker, fresh, site):
    url = site.put("/alt", PAGE.replace("15. März 2027", "15. März 2026").replace("20. Januar 2027", "20. Januar 2026"))
    assert tracker("add", url, "--json", home=fresh, now=FIRST).json["calls"][0]["deadlines"] == []
    other = site.put("/neu", PAGE)
    answer = tracker("add", other, "--deadline", "2026-01-31", home=fresh, now=FIRST)
    assert "told: not as new, since its deadline is past" in answer.out


def test_of_several_dates_none_is_taken_and_all_are_named(tracker, fresh, site):
    two = PAGE.replace("</main>", "<p>Anträge für Reisen sind bis zum 30. September 2027 einzureichen.</p></main>")
    answer = tracker("add", site.put("/zwei", two), "--json", home=fresh, now=FIRST).json
    assert answer["calls"][0]["deadlines"] == []
    assert answer["candidates"] == ["2027-03-15", "2027-09-30", "2027-01-20"]


def test_the_stages_of_one_call_are_taken_together():
    from tracker.guess.page import sure
    from tracker.model import DeadlineKind

    stages = [
        RawDeadline(words="Skizze", day=date(2027, 3, 1), kind=DeadlineKind.STAGE, stage=1),
        RawDeadline(words="Antrag", day=date(2027, 9, 1), kind=DeadlineKind.STAGE, stage=2),
    ]
    assert sure(stages, date(2026, 11, 23)) == (tuple(stages), ())
    assert sure(stages, date(2028, 1, 1)) == ((), ())


def test_a_page_of_the_portal_that_is_made_by_script_is_joined_by_its_address(tracker, home, site):
    site.put("/portal/topic-details/pppa-2026-bridgeforeu2", sites.page("<div></div>", "<title>EU Funding</title>"))
    url = f"{site.address}/portal/topic-details/pppa-2026-bridgeforeu2"
    answer = tracker("add", url, "--json", home=home, now=MONDAY)
    assert answer.json["joined"] and answer.json["calls"][0]["id"] == BRIDGE


def test_a_hostile_page_stays_words(tracker, fresh, site):
    evil = PAGE.replace(TITLE, "&lt;script&gt;alert(1)&lt;/script&gt;\x1b[2J\u202eX")
    evil = evil.replace("<p>Die", "<p onclick=x><script>alert(2)</script><img src=x onerror=y>Die")
    answer = tracker("add", site.put("/evil", evil), home=fresh, now=FIRST)
    assert answer.code == 0 and not set(answer.out) & set("\x1b\u202e")
    digest = tracker("digest", home=fresh, now=FIRST)
    assert digest.code == 0
    html = (fresh.digests / "2026-W24.html").read_text(encoding="utf-8")
    assert "<script>alert" not in html and "onerror" not in html
