"""The feed connector against the feeds it will meet: RSS, Atom, damaged, cut off, hostile, recorded."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from tests.shared import RECORDED, needs_recorded
from tracker.connectors import feed
from tracker.errors import ConfigError, ParseError
from tracker.model import RawCall, RawDeadline, RawDocument, Request, Skipped, Source

URL = "https://nordfonds.example/aufrufe.rss"
PROLOG = '<?xml version="1.0" encoding="utf-8"?>'
WALL = b"<html><head><title>Just a moment...</title></head><body>Checking your browser</body></html>"
OUTAGE = b"<html><head><title>Wartungsarbeiten</title></head><body><p>Bald zur\xfcck</p></body></html>"
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Aufrufe</title><entry>
<title type="text">Städte &lt;2027&gt;</title><id>tag:nordfonds.example,2026:1</id>
<link rel="self" href="/selbst"/><link href="/aufruf-1;jsessionid=0A1B?utm_source=atom"/>
<published>2026-10-05T08:00:00Z</published><summary type="text">Frist: 1. Februar 2027, Summe &lt; 5</summary>
</entry></feed>"""


def an_item(number=1, title="Klimaschutz in Städten", link="", guid="", summary="", more=""):
    ids = f'<guid isPermaLink="false">{guid}</guid>' if guid else ""
    text = f"<description>{summary}</description>" if summary else ""
    return f"<item><title>{title}</title><link>{link or f'/aufruf-{number}'}</link>{ids}{text}{more}</item>"


def a_feed(*items, prolog=PROLOG):
    return f'{prolog}<rss version="2.0"><channel><title>Aufrufe</title>{"".join(items)}</channel></rss>'


def a_source(**options):
    return Source(id="nordfonds", connector="feed", url=URL, language="de", options=options)


def read(body, source=None, *, content_type="application/rss+xml"):
    document = RawDocument(
        request=Request(URL),
        body=body if isinstance(body, bytes) else body.encode(),
        content_type=content_type,
        fetched_at=datetime(2026, 11, 22, tzinfo=UTC),
    )
    return list(feed.parse(document, source or a_source()))


# ---------------------------------------------------------------- what an entry says


def test_an_rss_item_becomes_a_call_with_the_words_as_found():
    item = an_item(
        guid="n-1", summary="Bis &lt;b&gt;März&lt;/b&gt;", more="<pubDate>Mon, 05 Oct 2026 08:00:00</pubDate>"
    )
    assert read(a_feed(item)) == [
        RawCall(
            external_id="n-1",
            title="Klimaschutz in Städten",
            url="https://nordfonds.example/aufruf-1",
            language="de",
            published="Mon, 05 Oct 2026 08:00:00",
            description="Bis <b>März</b>",
        )
    ]


def test_an_atom_entry_becomes_a_call_and_its_plain_text_stays_plain():
    (call,) = read(ATOM, a_source(deadline=r"Frist: (?P<deadline>[^,]+)"))
    assert call.external_id == "tag:nordfonds.example,2026:1"
    assert call.url == "https://nordfonds.example/aufruf-1"
    assert call.title == "Städte <2027>"
    assert call.description == "Frist: 1. Februar 2027, Summe &lt; 5"
    assert call.published == "2026-10-05T08:00:00Z"
    assert call.deadlines == (RawDeadline(words="1. Februar 2027"),)


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Kultur &amp; Film", "Kultur & Film"),
        ("Kultur &amp;amp; Film", "Kultur & Film"),
        ("<![CDATA[F&ouml;rder &amp; <i>R&D</i>]]>", "Förder & R&D"),
        ("&lt;b&gt;Neu&lt;/b&gt; &lt; 2 Mio. €", "Neu < 2 Mio. €"),
        ("&amp;amp;amp;", "&amp;"),
        ("  Zwei\n Zeilen ", "Zwei Zeilen"),
    ],
)
def test_a_title_is_unescaped_once(title, words):
    assert read(a_feed(an_item(title=title)))[0].title == words


def test_several_deadlines_in_a_summary_are_all_read_and_no_deadline_is_none():
    source = a_source(deadline=r"(?:Frist|Stichtag): (?P<deadline>[\d.]+)")
    item = an_item(summary="Frist: 1.2.2027, &lt;i&gt;Stichtag&lt;/i&gt;: 1.9.2027. Frist: 1.2.2027")
    dated, silent = read(a_feed(item, an_item(2, summary="laufend")), source)
    assert [deadline.words for deadline in dated.deadlines] == ["1.2.2027", "1.9.2027."]
    assert silent.deadlines == ()


def test_keep_and_drop_look_at_title_link_and_categories():
    items = (
        an_item(1, "Aufruf A"),
        an_item(2, "Pressemitteilung"),
        an_item(3, "Bericht", more="<category>Aufruf</category>"),
        an_item(4, "Aufruf B (abgelaufen)"),
        an_item(5, "Bericht", link="/aufruf/5"),
    )
    titles = [
        call.url[-1] for call in read(a_feed(*items[:2], *items[2:]), a_source(keep="aufruf(?!-)", drop="ABGELAUFEN"))
    ]
    assert titles == ["1", "3", "5"]


# ---------------------------------------------------------------- ids and links


def test_tracking_and_visitor_ids_are_cut_from_links_and_from_ids_that_are_links():
    guid = "https://nordfonds.example/a;jsessionid=77.live21323?etcc_cmp=RSS"
    link = "https://nordfonds.example/a?id=7&amp;utm_campaign=x&amp;sess=9"
    (call,) = read(a_feed(an_item(link=link, guid=guid)), a_source(strip_query=["sess"]))
    assert (call.url, call.external_id) == ("https://nordfonds.example/a?id=7", "https://nordfonds.example/a")


def test_a_permanent_link_serves_as_link_where_there_is_no_other():
    item = "<item><title>A</title><guid>https://nordfonds.example/a?utm_source=x</guid></item>"
    (call,) = read(a_feed(item))
    assert call.url == call.external_id == "https://nordfonds.example/a"


def test_entries_without_id_go_by_their_link():
    found = read(a_feed(an_item(1), an_item(2)))
    assert [call.external_id for call in found] == [call.url for call in found]
    assert len({call.external_id for call in found}) == 2


def test_an_id_used_for_two_links_is_not_trusted():
    first, second, third = read(a_feed(an_item(1, guid="0"), an_item(2, guid="0"), an_item(3, guid="n-3")))
    assert (first.external_id, second.external_id, third.external_id) == (first.url, second.url, "n-3")


def test_ids_can_be_ignored_where_they_are_known_to_change():
    (call,) = read(a_feed(an_item(guid="changes-every-hour")), a_source(id="link"))
    assert call.external_id == call.url


def test_different_calls_that_share_id_and_link_are_skipped_and_named():
    same = {"guid": "CERV-2024", "link": "/gemeinsam"}
    *shared, other = read(a_feed(an_item(title="A", **same), an_item(title="B", **same), an_item(3)))
    assert [type(thing) for thing in shared] == [Skipped, Skipped]
    assert "'B' shares its id and its link" in shared[1].reason
    assert isinstance(other, RawCall)


def test_a_title_edited_later_keeps_the_id():
    old, new = (read(a_feed(an_item(title=title, guid="n-1")))[0] for title in ("Aufruf", "Aufruf (verlängert)"))
    assert old.external_id == new.external_id


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "https://bund.de@evil.example/"])
def test_an_entry_that_leads_nowhere_is_skipped_and_named(link):
    skipped, call = read(a_feed(an_item(1, link=link, guid="n-1"), an_item(2)))
    assert skipped == Skipped("n-1", "'Klimaschutz in Städten' has no web address")
    assert isinstance(call, RawCall)


def test_an_entry_without_title_is_skipped_and_named():
    (skipped,) = read(a_feed(an_item(title=" ", guid="n-1")))
    assert skipped == Skipped("n-1", "'' has no title")


def test_entries_without_id_whose_links_differ_in_their_tail_are_one_call():
    links = ("/a?utm_source=rss", "/a", "/a;jsessionid=7.live1?fbclid=9")
    found = read(a_feed(*(an_item(link=link) for link in links)))
    assert {call.external_id for call in found} == {"https://nordfonds.example/a"} and len(set(found)) == 1


def test_a_title_edited_later_keeps_the_call_of_an_entry_without_id():
    old, new = (read(a_feed(an_item(title=title)))[0] for title in ("Aufruf", "Aufruf (verlängert)"))
    assert old.external_id == new.external_id and old.title != new.title


def test_an_id_used_again_for_another_call_next_week_is_another_call_where_links_are_trusted():
    weeks = [read(a_feed(an_item(n, title=f"Aufruf {n}", guid="newest")), a_source(id="link"))[0] for n in (1, 2)]
    assert len({call.external_id for call in weeks}) == 2


# ---------------------------------------------------------------- one entry that holds several calls

SEVERAL = a_feed(an_item(summary="Geld für Kultur in Städten &gt;&gt; Geld für Klima in Städten. Frist: 1.2.2027"))
MARKED = {"digest": ">{2,}", "digest_mark": "Sammelmeldung", "deadline": "Frist: (?P<deadline>[0-9.]+)"}


def test_an_entry_of_several_calls_stays_one_and_says_so_and_has_no_deadline():
    (call,) = read(SEVERAL, a_source(**MARKED))
    assert call.title == "Klimaschutz in Städten (Sammelmeldung)"
    assert call.description == (
        "<ul><li>Geld für Kultur in Städten</li><li>Geld für Klima in Städten. Frist: 1.2.2027</li></ul>"
    )
    assert call.deadlines == ()


def test_an_entry_that_calls_itself_a_digest_is_not_marked_twice():
    (call,) = read(SEVERAL.replace("Klimaschutz in", "sammelmeldung:"), a_source(**MARKED))
    assert call.title == "sammelmeldung: Städten"


def test_the_same_entry_with_one_call_more_has_the_same_title():
    longer = SEVERAL.replace("Frist", "&gt;&gt; Geld für Sport in Städten. Frist")
    assert len({read(body, a_source(**MARKED))[0].title for body in (SEVERAL, longer)}) == 1


@pytest.mark.parametrize("summary", ["Geld für Klima in Städten &gt;&gt; mehr", "&gt;&gt;", "Frist: 1.2.2027"])
def test_an_arrow_alone_makes_no_digest(summary):
    (call,) = read(a_feed(an_item(summary=summary)), a_source(**MARKED))
    assert call.title == "Klimaschutz in Städten"


def test_without_the_option_nothing_is_told_apart():
    (call,) = read(SEVERAL)
    assert call.title == "Klimaschutz in Städten"


def test_hostile_parts_of_a_digest_are_words():
    (call,) = read(SEVERAL.replace("Klima in", "&amp;lt;script&amp;gt; in"), a_source(**MARKED))
    assert "<script" not in call.description and "&lt;script&gt;" in call.description


# ---------------------------------------------------------------- how many there are


def test_half_the_calls_gone_is_still_a_feed_for_the_checks_to_judge():
    assert len(read(a_feed(*map(an_item, range(5))))) == 5


def test_doubled_entries_are_told_twice_so_that_they_can_be_counted():
    first, second = read(a_feed(an_item(guid="n-1"), an_item(guid="n-1")))
    assert first == second


def test_the_order_of_the_entries_means_nothing():
    items = [an_item(number, guid=f"n-{number}") for number in range(5)]
    assert set(read(a_feed(*items))) == set(read(a_feed(*reversed(items))))


def test_a_feed_without_entries_is_an_error_unless_that_is_known_to_happen():
    with pytest.raises(ParseError, match="without entries"):
        read(a_feed())
    assert read(a_feed(), a_source(allow_empty=True)) == []


# ---------------------------------------------------------------- what is no feed, or not all of it


@pytest.mark.parametrize("allow_empty", [True, False])
@pytest.mark.parametrize(
    "body",
    [b"", b" ", b"{}", b'{"items": []}', b"<html></html>", b"PK\x03\x04", b"\xff\xfe", b"<?xml version='1.0'?><a/>"],
)
def test_what_is_no_feed_is_an_error_even_where_an_empty_feed_is_fine(body, allow_empty):
    with pytest.raises(ParseError):
        read(body, a_source(allow_empty=allow_empty))


@pytest.mark.parametrize("page", [WALL, OUTAGE])
def test_a_wall_with_status_200_is_called_by_its_name(page):
    with pytest.raises(ParseError, match="bot wall or an outage page"):
        read(page)


@pytest.mark.parametrize("body", [a_feed(*[an_item(n, guid=f"n-{n}", summary="x" * 50) for n in range(9)]), ATOM])
@pytest.mark.parametrize("share", [0.3, 0.5, 0.9, 0.97])
def test_a_feed_cut_off_on_its_way_is_an_error(body, share):
    with pytest.raises(ParseError):
        read(body.encode()[: int(len(body.encode()) * share)])


def test_a_feed_cut_off_between_two_entries_is_an_error():
    body = a_feed(an_item(1), an_item(2))
    with pytest.raises(ParseError, match="cut off"):
        read(body[: body.index("</item>") + 7])


def test_damage_that_swallows_entries_is_an_error():
    with pytest.raises(ParseError, match="only 1 of 2 entries"):
        read(a_feed(an_item(1, summary="<![CDATA[ never closed"), an_item(2)))


def test_a_body_that_is_the_name_of_a_file_is_not_opened(tmp_path):
    secret = tmp_path / "feed.rss"
    secret.write_text(a_feed(an_item()), "utf-8")
    with pytest.raises(ParseError, match="no RSS or Atom feed"):
        read(str(secret))


# ---------------------------------------------------------------- charsets and damage


@pytest.mark.parametrize(
    ("charset", "prolog", "header"),
    [
        ("utf-8", "utf-8", "text/xml; charset=iso-8859-1"),  # the header is wrong
        ("utf-8", "iso-8859-1", "text/xml"),  # the prolog is wrong
        ("utf-8", "", "text/xml"),  # nobody says
        ("iso-8859-1", "iso-8859-1", "text/xml"),
        ("iso-8859-1", "utf-8", "text/xml"),  # the prolog is wrong
        ("iso-8859-1", "", "text/xml; charset=utf-8"),  # the header is wrong
        ("iso-8859-2", "", "text/xml; charset=iso-8859-2"),  # only the header says
        ("iso-8859-2", "iso-8859-2", "text/xml; charset=iso-8859-1"),  # prolog and header disagree
        ("utf-16", "utf-16", "text/xml"),
    ],
)
def test_umlauts_survive_a_wrong_label(charset, prolog, header):
    start = f'<?xml version="1.0" encoding="{prolog}"?>' if prolog else ""
    body = a_feed(an_item(title="Förderung für Städte"), prolog=start).encode(charset)
    assert read(body, content_type=header)[0].title == "Förderung für Städte"


def test_bare_ampersands_and_html_entities_are_mended():
    body = a_feed(an_item(title="R&D f&uuml;r Städte", link="/a?x=1&y=2"))
    (call,) = read(body)
    assert (call.title, call.url) == ("R&D für Städte", "https://nordfonds.example/a?x=1&y=2")


def test_wrong_charset_and_bare_ampersand_together_are_mended():
    (call,) = read(a_feed(an_item(title="R&D für Städte")).encode("iso-8859-1"))
    assert call.title == "R&D für Städte"


# ---------------------------------------------------------------- hostile feeds


def a_bomb():
    layers = [f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12)]
    doctype = f'<!DOCTYPE rss [<!ENTITY e0 "ha">{"".join(layers)}]>'
    return a_feed(an_item(title="&e11;"), prolog=PROLOG + doctype)


@pytest.mark.parametrize("charset", ["utf-8", "utf-16"])
def test_a_feed_with_entities_of_its_own_is_refused(charset):
    with pytest.raises(ParseError, match="XML bomb"):
        read(a_bomb().encode(charset))


def test_an_entity_that_names_a_file_is_refused():
    doctype = '<!DOCTYPE rss [<!ENTITY file SYSTEM "file:///etc/passwd">]>'
    with pytest.raises(ParseError, match="XML bomb"):
        read(a_feed(an_item(title="&file;"), prolog=PROLOG + doctype))


def test_scripts_do_not_survive_in_descriptions():
    (call,) = read(a_feed(an_item(summary="&lt;p onclick='x'&gt;Text&lt;script&gt;alert(1)&lt;/script&gt;&lt;/p&gt;")))
    assert "script" not in call.description
    assert "onclick" not in call.description


def test_markup_nested_by_the_thousand_does_not_stop_the_run():
    found = read(a_feed(an_item(1, summary="&lt;div&gt;" * 3_000), an_item(2)), a_source(deadline="(?P<deadline>xx)"))
    assert len(found) == 2


def test_five_megabytes_are_read_in_the_time_of_a_request():
    body = a_feed(*[an_item(number, guid=f"n-{number}", summary="x" * 1_900) for number in range(2_500)])
    began = time.perf_counter()
    assert len(read(body)) == 2_500
    assert len(body) > 4_900_000
    assert time.perf_counter() - began < 30  # 0.8 s when written; a quadratic step would take minutes


# ---------------------------------------------------------------- options


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"kep": "x"}, "nordfonds.options.kep: unknown key; did you mean 'keep'?"),
        ({"keep": "("}, "nordfonds.options.keep: no regular expression"),
        ({"drop": ["x"]}, "nordfonds.options.drop: no regular expression"),
        ({"deadline": "Frist: (.+)"}, "has no group (?P<deadline>…)"),
        ({"id": "url"}, "expected guid or link"),
        ({"id": ["guid"]}, "nordfonds.options.id: expected str"),
        ({"allow_empty": "yes"}, "nordfonds.options.allow_empty: expected bool"),
        ({"strip_query": "s"}, "nordfonds.options.strip_query: expected list"),
        ({"digest": ">>"}, "nordfonds.options: digest and digest_mark belong together"),
        ({"digest_mark": "x"}, "nordfonds.options: digest and digest_mark belong together"),
        ({"digest": "(", "digest_mark": "x"}, "nordfonds.options.digest: no regular expression"),
    ],
)
def test_a_mistake_in_the_options_is_named_before_the_first_request(options, words):
    with pytest.raises(ConfigError) as caught:
        feed.start(a_source(**options))
    assert words in str(caught.value)


def test_good_options_ask_for_the_address_of_the_source():
    assert list(feed.start(a_source(keep="a", drop="b", deadline="(?P<deadline>x)", id="link"))) == [Request(URL)]


# ---------------------------------------------------------------- a recording


@needs_recorded
def test_a_real_feed_of_2026_06_holds_448_entries_none_of_them_lost_in_silence():
    found = read((RECORDED / "eu" / "third-party-feed.xml").read_bytes())
    calls = [thing for thing in found if isinstance(thing, RawCall)]
    skipped = [thing for thing in found if isinstance(thing, Skipped)]
    assert len(calls) + len(skipped) == len(found) == 448
    assert calls[0].external_id == "EuropeAid/186288/DD/ACT/Multi"
    assert calls[0].published == "Fri, 12 Jun 2026 13:00:26 +0000"
    assert {thing.reason.partition("'")[2].rpartition("'")[2] for thing in skipped} == {
        " shares its id and its link with another call"
    }  # cascade calls go by the identifier of the call that pays them
