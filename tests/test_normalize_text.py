"""Words of strangers can be shown: titles on one line, harmless HTML, clean links, honest summaries."""

from __future__ import annotations

import re

import pytest

from tests.builders import a_call
from tracker.normalize import clean_link, one_line, one_title, plain_text, safe_html, summary

TITLE = "Combate ao tráfico de seres humanos"


@pytest.mark.parametrize(
    "words",
    [
        f"{TITLE}\r",
        "\r\n".join([TITLE] * 8),
        f"{TITLE}\n\n{TITLE}\n{TITLE}\nmaior disponibilidade de serviços\nresponder à violência.\n{TITLE}",
        f"  {TITLE}  ",
        f"<b>{TITLE}</b>",
    ],
)
def test_a_title_repeated_on_some_days_is_the_same_title(words):
    assert one_title(words) == TITLE


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("Fostering  circular\r\ncities", "Fostering circular cities"),
        ("Long title that\ngoes on\nLong title that\ngoes on", "Long title that goes on"),
        ("AI &amp; Digital Skills", "AI & Digital Skills"),
        ("Städte\u00adpartner\u200bschaften", "Städtepartnerschaften"),
        ("a\x00b\ud800c\x07", "abc"),
        ("ab\u202edc", "abdc"),  # a mark that turns the writing direction
        ("Heating < 5 MW > 2 MW", "Heating < 5 MW > 2 MW"),
        ("&#8238;evil", "evil"),
    ],
)
def test_a_title_is_one_clean_line(words, title):
    assert one_title(words) == title


def test_a_title_of_four_kilobytes_is_kept_and_a_longer_one_ends_at_a_word():
    assert one_title("word " * 800) == ("word " * 800).strip()
    assert one_title("word " * 2_000).endswith("word…")
    assert len(one_title("x" * 100_000)) <= 4_001


def test_a_line_has_single_spaces_of_any_kind():
    assert one_line(" a\u00a0\u202fb\t\r\n c ") == "a b c"


# ---------------------------------------------------------------- HTML


@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script><p>ok</p>",
        "<p onclick='x()'>ok</p>",
        "<img src=x onerror=alert(1)><p>ok</p>",
        "<svg/onload=alert(1)><p>ok</p>",
        "<p>ok<a href='javascript:alert(1)'>x</a></p>",
        "<p>ok<a href='  JaVaScRiPt:alert(1)'>x</a></p>",
        "<p>ok<a href='java\nscript:alert(1)'>x</a></p>",
        "<p>ok<a href='data:text/html,x'>x</a></p>",
        "<style>p{display:none}</style><p style='color:red'>ok</p>",
        "<iframe src='https://evil.example'></iframe><p>ok</p>",
        "<form action='https://evil.example'><input name=a><p>ok</p></form>",
        "<p>ok<!-- <script>alert(1)</script> --></p>",
        "&lt;script&gt;alert(1)&lt;/script&gt;&lt;p&gt;ok&lt;/p&gt;",
        "<p>ok<a href='https://eur01.safelinks.protection.outlook.com/?url=javascript%3Aalert(1)'>x</a></p>",
        "<math><mi//xlink:href='data:x,<script>alert(1)</script>'></math><p>ok</p>",
        "<p>ok</p><a href='//evil.example/x'>x</a>",
    ],
)
def test_nothing_that_acts_survives(words):
    shown = safe_html(words)
    assert "ok" in shown
    assert not re.search(r"script|onerror|onclick|onload|style|iframe|<form|<input|<svg|data:|href", shown)


def test_quill_markup_becomes_plain_paragraphs_and_lists():
    words = (
        '<p class="ql-align-justify"><span class="topicdescriptionkind">Scope:</span> Cities &amp; towns</p>'
        '<p><br></br></p><ul><li class="ql-indent-1">One</li><li>Two</li></ul>'
    )
    assert safe_html(words) == "<p>Scope: Cities &amp; towns</p><ul><li>One</li><li>Two</li></ul>"
    assert plain_text(safe_html(words)) == "Scope: Cities & towns\n- One\n- Two"


def test_links_lead_where_they_point():
    wrapped = "https://eur03.safelinks.protection.outlook.com/?url=https%3A%2F%2Fec.europa.eu%2Fcerv&amp;data=05%7C01"
    words = f'<p><a href="{wrapped}">Guide</a> <a href="mailto:a@b.example">write</a> <a href="doc.pdf">file</a></p>'
    shown = safe_html(words)
    assert 'href="https://ec.europa.eu/cerv"' in shown
    assert 'href="mailto:a@b.example"' in shown
    assert shown.count("href") == 2  # an address without a host leads nowhere from a mail


def test_plain_words_become_paragraphs():
    assert safe_html("5 < 6 & 7\nline\n\nnext") == "<p>5 &lt; 6 &amp; 7<br>line</p><p>next</p>"
    assert plain_text(safe_html("5 < 6 & 7\n\nnext")) == "5 < 6 & 7\nnext"
    assert safe_html("") == plain_text("") == ""


def test_cells_of_a_table_stay_apart():
    words = "<table><tr><td>bwirkt! Ausland</td><td>29. August 2025</td></tr><tr><td>Inland</td><td>31.10.</td></tr>"
    assert plain_text(safe_html(words)) == "bwirkt! Ausland 29. August 2025\nInland 31.10."


@pytest.mark.parametrize(
    "words",
    [
        "<ul><li>" * 50_000,
        "<div>" * 80_000,
        "<a" * 200_000,
        "&lt;" * 100_000,
        "<p>" + "\n " * 200_000,
        "<b><i>" * 60_000,
    ],
    ids=["lists", "divs", "open tags", "escaped", "blanks", "nested"],
)
def test_hostile_markup_is_read_without_a_crash(words):
    shown = safe_html(words + "<p>ok</p>")
    assert "<script" not in shown
    assert len(plain_text(shown)) <= len(words) + 10


# ---------------------------------------------------------------- links


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("https://a.example/x?etcc_cmp=rss&id=7", "https://a.example/x?id=7"),
        ("https://a.example/x?utm_source=a&utm_medium=b", "https://a.example/x"),
        ("https://a.example/x?utm_medium=email%5b&%5dutm_campaign=b", "https://a.example/x"),
        ("https://a.example/?fbclid=abc", "https://a.example/"),
        ("https://a.example/DE/aufruf.html;jsessionid=CBD5F0.live21323?nn=1", "https://a.example/DE/aufruf.html?nn=1"),
        ("https://a.example/x?a=1&b=%20c", "https://a.example/x?a=1&b=%20c"),
        (" https://a.example/a b\n", "https://a.example/a%20b"),
        ("https://a.example/x#part", "https://a.example/x#part"),
        ("javascript:alert(1)", ""),
        ("ftp://a.example/x", ""),
        ("/relative", ""),
        ("https://", ""),
        ("http://[", ""),
        ("", ""),
    ],
)
def test_a_link_is_the_same_without_its_tracking_tail(address, link):
    assert clean_link(address) == link


# ---------------------------------------------------------------- summary


def test_a_summary_skips_headings_and_keeps_the_sources_words():
    text = "Expected Outcome:\nScope: Cities test new ways against food waste. They share what they learn."
    assert summary(a_call(description=text)) == "Cities test new ways against food waste. They share what they learn."
    glued = "Expected Outcome:Projects shall contribute to less waste in cities."
    assert summary(a_call(description=glued)) == "Projects shall contribute to less waste in cities."
    german = "Kurztext\nWenn Sie als Kommune Lebensmittel retten, können Sie einen Zuschuss erhalten."
    assert summary(a_call(description=german)).startswith("Wenn Sie als Kommune")


def test_a_sentence_that_begins_like_a_heading_is_kept():
    text = "Objective criteria are applied by the jury in all cases."
    assert summary(a_call(description=text)) == text


def test_a_long_summary_ends_with_a_sentence_or_a_word():
    sentences = "Cities reduce food waste in schools and canteens. " * 10
    cut = summary(a_call(description=sentences), 120)
    assert (
        cut == "Cities reduce food waste in schools and canteens. Cities reduce food waste in schools and canteens. …"
    )
    word = summary(a_call(description="Lebensmittel " * 60), 100)
    assert word.endswith("Lebensmittel …")
    assert len(word) <= 100


def test_an_abbreviation_ends_no_sentence():
    text = (
        "Gefördert werden Kommunen und ihre Partner, z. B. Vereine, Schulen und die Verwaltung selbst in allen Ländern."
    )
    assert (
        summary(a_call(description=text), 70) == "Gefördert werden Kommunen und ihre Partner, z. B. Vereine, Schulen …"
    )


@pytest.mark.parametrize("text", ["", "Expected Outcome:", "Scope:\nObjective:\n"])
def test_a_silent_source_has_no_summary(text):
    assert summary(a_call(description=text)) == ""


@pytest.mark.parametrize("limit", [0, 1, 2, 10, 50, 300])
def test_a_summary_keeps_its_limit(limit):
    assert len(summary(a_call(description="Viele Worte ohne Ende " * 99), limit)) <= limit


def test_a_summary_begins_where_the_purpose_stands():
    text = "Expected Impact:\nApplicants should define the impacts.\nObjective:\nTowns prepare for heat and drought."
    assert summary(a_call(description=text)) == "Towns prepare for heat and drought."


def test_a_summary_leaves_out_what_stands_in_every_call():
    text = (
        "Expected Impact:\n"
        "Proposals should present the concrete results which will be delivered by the activities.\n"
        "In terms of qualitative impact, proposals should demonstrate how they will contribute:\n"
        "- empowering local authorities in heat planning"
    )
    assert summary(a_call(description=text)) == "empowering local authorities in heat planning"
