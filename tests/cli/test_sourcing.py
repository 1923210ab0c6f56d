"""A new source in ten minutes: new-source, check, check --live, collect; for each kind of page."""

from __future__ import annotations

import json

import pytest

from tests import sites
from tests.cli.said import MONDAY, mtimes
from tests.homes import make_home
from tests.portals import Answer
from tracker.config import load_sources

pytestmark = pytest.mark.faults  # the whole path, good sites and bad ones

NOW = "2026-11-23T06:00"
OLD = """\
# Where calls are published. This remark must stay.
sources:
  # the first of its kind
  old:
    connector: feed # a remark behind
    url: http://127.0.0.1:9/feed.xml
"""
WALL = b"<html><head><title>Radware Captcha Page</title></head><body>Are you human?</body></html>"


@pytest.fixture
def site():
    with sites.serving() as found:
        yield found


@pytest.fixture
def home(tmp_path):
    return make_home(tmp_path / "home", OLD)


def sourced(home):
    return (home.path / "sources.yaml").read_text(encoding="utf-8")


def set_up(site, kind):
    """The page of that kind; returns its address."""
    match kind:
        case "feed":
            return site.put("/feed.xml", sites.feed(site.address), sites.RSS)
        case "json":
            return site.put("/api/calls", sites.api(site.address))
        case "wordpress":
            return sites.wordpress(site)
        case "next":
            return site.put("/grants", sites.next_page(site.address))
        case "list":
            return site.put("/aufrufe", sites.listing())
        case "prose":
            return site.put("/kleinprojekte", sites.PROSE)


# kind, connector, calls, how many have a deadline that was understood
KINDS = [
    ("feed", "feed", 6, 6),
    ("json", "json_api", 5, 5),
    ("wordpress", "wordpress", 7, 7),
    ("next", "next_data", 4, 4),
    ("list", "listing", 5, 5),
    ("prose", "watch_page", 1, 1),
]


# ---------------------------------------------------------------- the whole way


@pytest.mark.parametrize(("kind", "connector", "calls", "dated"), KINDS)
def test_a_page_becomes_a_source_that_is_checked_and_collected(tracker, home, site, kind, connector, calls, dated):
    url = set_up(site, kind)
    begun = tracker("new-source", "neu", url, home=home, now=NOW)
    assert begun.code == 0, begun.err
    assert f"guessed: {connector}, because of " in begun.out and str(home.path / "recordings" / "neu") in begun.out
    assert sourced(home).startswith(OLD)
    source = load_sources(home.path / "sources.yaml")[-1]
    assert (source.id, source.connector, source.evidence) == ("neu", connector, "recorded")
    asked = len(site.asked)
    checked = tracker("check", "neu", "--json", home=home, now=NOW)
    assert (checked.code, len(checked.json["calls"]), checked.json["filled"]["deadline"]) == (0, calls, dated)
    assert "recording" in checked.json["origin"] and len(site.asked) == asked
    live = tracker("check", "neu", "--live", "--json", home=home, now=NOW).json
    assert live["origin"] == "the site itself" and len(live["calls"]) == calls
    assert live["expect"]["min_calls"] == max(1, calls * 8 // 10)
    assert tracker("check-config", home=home).code == 0
    collected = tracker("collect", "neu", "--json", home=home, now=NOW).json["sources"][0]
    assert (collected["state"], collected["calls"]) == ("ok", calls)
    assert "the archive" in tracker("check", "neu", "--json", home=home, now=NOW).json["origin"]


def test_the_fields_of_a_json_interface_are_told_by_their_names(tracker, home, site):
    url = set_up(site, "json")
    tracker("new-source", "neu", url, home=home, now=NOW)
    options = load_sources(home.path / "sources.yaml")[-1].options
    assert options == {
        "rows": "data.items",
        "link": "detailUrl",
        "deadline": "submissionDeadline",
        "published": "publishedOn",
        "id": "uuid",
        "title": "callTitle",
        "description": "summary",
    }


def test_a_link_that_the_data_lacks_is_put_together_as_the_page_does(tracker, home, site):
    tracker("new-source", "neu", set_up(site, "next"), home=home, now=NOW)
    options = load_sources(home.path / "sources.yaml")[-1].options
    assert options["link"] == {"path": "slug", "template": f"{site.address}/grants/{{}}"}


def test_a_list_is_read_by_its_own_classes_and_not_by_those_of_one_entry_or_of_a_menu(tracker, home, site):
    tracker("new-source", "neu", set_up(site, "list"), home=home, now=NOW)
    options = load_sources(home.path / "sources.yaml")[-1].options
    assert options == {"item": "article.teaser.call", "link": "h3 a", "deadline": "p.frist"}


def test_a_page_that_names_its_feed_is_read_by_it_and_the_other_way_is_offered(tracker, home, site):
    site.put("/feed.xml", sites.feed(site.address), sites.RSS)
    site.put("/comments.xml", sites.feed(site.address), sites.RSS)
    links = (
        '<link rel="alternate" type="application/rss+xml" title="Kommentare" href="/comments.xml">'
        '<link rel="alternate" type="application/rss+xml" href="/feed.xml">'
    )
    url = site.put("/aufrufe", sites.listing().replace("</head>", f"{links}</head>"))
    begun = tracker("new-source", "neu", url, home=home, now=NOW)
    assert "guessed: feed" in begun.out and "also possible: listing" in begun.out
    assert load_sources(home.path / "sources.yaml")[-1].url == f"{site.address}/feed.xml"
    chosen = tracker("new-source", "liste", url, "--connector", "listing", home=home, now=NOW)
    assert chosen.code == 0 and load_sources(home.path / "sources.yaml")[-1].connector == "listing"


def test_a_way_that_does_not_work_is_named_and_the_next_one_taken(tracker, home, site):
    url = sites.wordpress(site)
    del site.pages["posts"]
    begun = tracker("new-source", "neu", url, home=home, now=NOW)
    assert "tried before: wordpress: the server answered HTTP 404" in begun.out and "guessed: feed" in begun.out


def test_print_only_prints(tracker, home, site):
    url, before = set_up(site, "list"), mtimes(home)
    shown = tracker("new-source", "neu", url, "--print", home=home, now=NOW)
    assert shown.code == 0 and "  neu:\n    connector: listing\n" in shown.out
    assert mtimes(home) == before
    (home.path / "sources.yaml").write_text(f"{OLD}\n{shown.out}", encoding="utf-8")
    assert tracker("check-config", home=home).code == 0


def test_the_recording_is_the_untouched_answer_beside_its_pages(tracker, home, site, tmp_path):
    url = set_up(site, "list")
    assert tracker("new-source", "neu", url, "--dir", tmp_path / "else", home=home, now=NOW).code == 0
    folder = tmp_path / "else" / "neu"
    assert (folder / "page1.html").read_bytes() == site.pages["/aufrufe"].body
    assert f'"{url}": page1.html' in (folder / "pages.yaml").read_text(encoding="utf-8")
    assert tracker("check", "neu", home=home, now=NOW).code == 1
    assert tracker("check", "neu", "--dir", tmp_path / "else", home=home, now=NOW).code == 0


# ---------------------------------------------------------------- what stays as it is


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("old", "http://127.0.0.1:9/"), "already"),
        (("added", "http://127.0.0.1:9/"), "tracker add"),
        (("Groß", "http://127.0.0.1:9/"), "a-z"),
        (("neu", "gopher://nowhere"), "no web address"),
        (("neu", "http://127.0.0.1:9/", "--connector", "guess"), "unknown connector"),
    ],
)
def test_what_cannot_become_a_source_is_refused_before_anything_is_asked(tracker, home, arguments, words):
    before = mtimes(home)
    answer = tracker("new-source", *arguments, home=home, now=NOW)
    assert answer.code == 2 and words in answer.err and mtimes(home) == before


def test_a_file_whose_end_takes_no_entry_stays_and_the_entry_is_shown(tracker, tmp_path, site):
    held = json.dumps({"sources": {"old": {"connector": "feed", "url": "http://127.0.0.1:9/"}}})
    home = make_home(tmp_path / "home", held)
    answer = tracker("new-source", "neu", set_up(site, "feed"), home=home, now=NOW)
    assert answer.code == 2 and "under `sources:` yourself" in answer.err and "connector: feed" in answer.err
    assert sourced(home) == held and not (home.path / "recordings").exists()


def test_line_ends_and_indentation_of_the_file_are_kept(tracker, home, site):
    text = OLD.replace("\n  ", "\n    ").replace("\n        ", "\n      ").replace("\n", "\r\n").rstrip("\r\n")
    (home.path / "sources.yaml").write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert tracker("new-source", "neu", set_up(site, "feed"), home=home, now=NOW).code == 0
    after = (home.path / "sources.yaml").read_bytes()
    assert after.startswith(b"\xef\xbb\xbf" + text.encode()) and b"\r\n    neu:\r\n" in after
    assert after.count(b"\n") == after.count(b"\r\n")
    assert tracker("check-config", home=home).code == 0


def test_a_recording_that_is_there_is_not_overwritten(tracker, home, site):
    url = set_up(site, "feed")
    tracker("new-source", "neu", url, home=home, now=NOW)
    (home.path / "sources.yaml").write_text(OLD, encoding="utf-8")
    held = mtimes(home)
    again = tracker("new-source", "neu", url, home=home, now=NOW)
    assert again.code == 2 and "recording already" in again.err and mtimes(home) == held


# ---------------------------------------------------------------- pages that are none


FAULTS = {
    "a wall": (Answer(body=WALL), "robots"),
    "not there": (Answer(status=404), "HTTP 404"),
    "forbidden": (Answer(status=403, body=b"<html>no</html>"), "refuses us"),
    "a PDF": (Answer(body=b"%PDF-1.7 \x00\x01", media_type="application/pdf"), "a PDF"),
    "a picture called HTML": (Answer(body=b"\x89PNG\r\n\x1a\n\x00"), "a picture"),
    "a ZIP": (Answer(body=b"PK\x03\x04\x00\x00", media_type="application/zip"), "ZIP"),
    "bytes": (Answer(body=b"abc\x00\x01\x02", media_type="application/octet-stream"), "no text"),
    "nothing": (Answer(body=b""), "empty"),
    "plain text": (Answer(body=b"Call 1: ...", media_type="text/plain"), "plain text"),
    "a page made by script": (Answer(body=sites.page("<div id=root></div>").encode()), "looks like calls"),
    "JSON without rows": (Answer(body=b'{"error": "no"}', media_type=sites.JSON), "looks like calls"),
    "JSON that is cut off": (Answer(body=b'{"rows": [{"a": 1', media_type=sites.JSON), "does not read"),
    "JSON as deep as a well": (Answer(body=b"[" * 100_000, media_type=sites.JSON), "does not read"),
    "an XML bomb": (
        Answer(body=b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', media_type="text/xml"),
        "XML bomb",
    ),
    "too large": (Answer(body=b"<html>", length=50_000_000), "larger than"),
    "a feed without entries": (
        Answer(body=b'<rss version="2.0"><channel><title>x</title></channel></rss>', media_type=sites.RSS),
        "without entries",
    ),
    "an outage": (
        Answer(
            body=sites.page(f"<h1>Wartungsarbeiten</h1><main><p>{'Bitte kommen Sie wieder. ' * 9}</p></main>").encode()
        ),
        "outage",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_page_that_is_no_source_is_named_in_words_and_nothing_is_written(tracker, home, site, fault):
    site.pages["/x"], words = FAULTS[fault]
    before = mtimes(home)
    answer = tracker("new-source", "neu", f"{site.address}/x", home=home, now=NOW)
    assert answer.code == 1 and words in answer.err and "neu" in answer.err, answer.err
    assert mtimes(home) == before and not answer.out


def test_robots_txt_is_obeyed_for_a_page_that_is_tried(tracker, home, site):
    site.put("/robots.txt", "User-agent: *\nDisallow: /", "text/plain")
    answer = tracker("new-source", "neu", set_up(site, "list"), home=home, now=NOW)
    assert answer.code == 1 and "robots.txt" in answer.err and "/aufrufe" not in site.asked


def test_what_a_hostile_page_calls_itself_does_no_harm(tracker, home, site):
    evil = 'x"\n  evil: {connector: feed, url: "http://127.0.0.1:9/"}\x1b[2J\u202e # &amp; \u2028 {[ *a !b %c'
    listed = sites.listing().replace("Landesstiftung – Ausschreibungen", evil)
    listed = listed.replace("<head>", f'<head><meta property="og:title" content="{evil.replace(chr(34), "&quot;")}">')
    url = site.put("/aufrufe", listed)
    answer = tracker("new-source", "neu", url, home=home, now=NOW)
    assert answer.code == 0 and not set(answer.out) & set("\x1b\u202e")
    assert [source.id for source in load_sources(home.path / "sources.yaml")] == ["old", "neu"]
    assert "evil:" in load_sources(home.path / "sources.yaml")[-1].name


def test_a_page_of_many_nested_elements_is_judged_in_time(tracker, home, site):
    deep = "<div class=a><a href='/1'>eine Seite</a>" * 1_000 + "</div>" * 1_000
    wide = "".join(f"<li class=b{n % 40}><a href='/{n}'>Eintrag Nummer {n}</a></li>" for n in range(3_000))
    url = site.put("/x", sites.page(f"<h1>Viel</h1>{deep}<ul>{wide}</ul>"))
    answer = tracker("new-source", "neu", url, "--print", home=home, now=NOW)
    assert answer.code in {0, 1} and (answer.out or answer.err)


# ---------------------------------------------------------------- check


def test_check_marks_what_is_empty_and_ends_with_how_much_is_filled(tracker, home, site):
    tracker("new-source", "neu", set_up(site, "list"), home=home, now=NOW)
    rows = [line.split("\t") for line in tracker("check", "neu", home=home, now=NOW).out.splitlines()]
    assert rows[0][:3] == ["Aufruf 0: Jugend im Austausch", "2027-02-10", "·"]
    assert rows[0][-1] == f"{site.address}/aufruf/0"
    assert rows[5][:3] == ["5 of 5", "5 of 5", "0 of 5"]
    assert rows[6][0].startswith("neu: 5 calls from the recording in ")


def test_check_says_what_a_redesigned_page_lost_and_ends_with_1(tracker, home, site):
    tracker("new-source", "neu", set_up(site, "list"), home=home, now=NOW)
    text = sourced(home).replace("article.teaser.call", "article.gone")
    (home.path / "sources.yaml").write_text(text, encoding="utf-8")
    answer = tracker("check", "neu", home=home, now=NOW)
    assert answer.code == 1 and "found no 'article.gone'" in answer.err


def test_check_tells_a_finding_that_would_stop_a_run(tracker, home, site):
    tracker("new-source", "neu", set_up(site, "list"), home=home, now=NOW)
    with (home.path / "sources.yaml").open("a", encoding="utf-8") as file:
        file.write("    expect: {min_calls: 9}\n")
    answer = tracker("check", "neu", home=home, now=NOW)
    assert answer.code == 1 and "FAULT: 5 calls" in answer.out
    assert tracker("check", "neu", "--json", home=home, now=NOW).json["healthy"] is False


def test_words_that_are_no_deadline_to_us_are_shown_and_not_counted(tracker, home, site):
    shown = sites.listing().replace("Frist: 10. Februar 2027", "Frist: wird noch bekannt gegeben")
    tracker("new-source", "neu", site.put("/aufrufe", shown), home=home, now=NOW)
    rows = [line.split("\t") for line in tracker("check", "neu", home=home, now=NOW).out.splitlines()]
    assert rows[0][1] == "? 'Frist: wird noch bekannt gegeben'" and rows[5][1] == "4 of 5"


def test_live_proposes_bounds_that_can_be_pasted_and_stores_nothing(tracker, home, site):
    tracker("new-source", "neu", set_up(site, "list"), home=home, now=NOW)
    held = mtimes(home)
    answer = tracker("check", "neu", "--live", home=home, now=NOW)
    assert answer.code == 0 and mtimes(home) == held and not (home.path / "tracker.db").exists()
    said = answer.out.partition("To paste into the entry:\n")[2]
    assert said.splitlines() == [
        "    expect:",
        "      min_calls: 4 # 80 % of the 5 of 2026-11-23",
        "      max_calls: 10",
        "      filled: {deadlines: 0.8}",
    ]
    with (home.path / "sources.yaml").open("a", encoding="utf-8") as file:
        file.write(said)
    assert tracker("check-config", home=home).code == 0
    expect = load_sources(home.path / "sources.yaml")[-1].expect
    assert (expect.min_calls, expect.max_calls, dict(expect.filled)) == (4, 10, {"deadlines": 0.8})


def test_live_says_why_the_site_cannot_be_read(tracker, home, site):
    tracker("new-source", "neu", set_up(site, "list"), home=home, now=NOW)
    site.pages["/aufrufe"] = Answer(body=WALL)
    answer = tracker("check", "neu", "--live", home=home, now=NOW)
    assert answer.code == 1 and "robots" in answer.err
    assert tracker("check", "neu", home=home, now=NOW).code == 0  # the recording is as it was


def test_pages_that_were_not_recorded_are_counted_and_no_fault(tracker, home, site):
    rows = sites.api(site.address)
    rows["data"]["totalCount"] = 9
    rows["data"]["next"] = "/api/calls?page=2"
    tracker("new-source", "neu", site.put("/api/calls", rows), home=home, now=NOW)
    answer = tracker("check", "neu", "--json", home=home, now=NOW)
    assert answer.code == 0 and answer.json["unread"] == [f"{site.address}/api/calls?page=2"]


def test_what_is_unknown_or_not_recorded_or_has_no_key_is_said(tracker, home, site):
    assert tracker("check", "nix", home=home).code == 4
    nothing = tracker("check", "old", home=home)
    assert nothing.code == 1 and "--live" in nothing.err and not (home.path / "archive").exists()
    with (home.path / "sources.yaml").open("a", encoding="utf-8") as file:
        file.write("    needs_env: NEWS_KEY\n")
    missing = tracker("check", "old", "--live", home=home)
    assert missing.code == 0 and "not set up: needs NEWS_KEY" in missing.out


def test_a_scan_of_the_archive_is_shown_with_every_page(tracker, home, site):
    tracker("new-source", "neu", set_up(site, "wordpress"), home=home, now=MONDAY)
    tracker("collect", "neu", home=home, now=MONDAY)
    answer = tracker("check", "neu", "--json", home=home, now=NOW).json
    assert answer["at"] == "2026-06-15T04:00:00Z" and len(answer["calls"]) == 7
