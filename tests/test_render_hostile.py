"""Whatever a portal writes into a title, the mail stays a mail."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from email import message_from_bytes, policy
from html.parser import HTMLParser

import pytest
from icalendar import Calendar

from tests.builders_digest import SIX, a_card, a_digest, a_full_week
from tracker.digest_json import from_json
from tracker.digest_model import ChangeLine, OriginLine, SourceLine, TitleLine, TopicBlock, TopicLine
from tracker.render import render
from tracker.render.clean import clean, language_tag, safe_link

NASTY = {
    "a script": '<script>alert("x")</script>',
    "an image": '"><img src=x onerror=alert(1)>',
    "a comment": "--><!--[if mso]><style>",
    "a style": "</style><style>body{display:none}",
    "a template": "{{ 7*7 }}{% include 'x' %}%(name)s %d",
    "a header": "Title\r\nBcc: everybody@example.org\r\n\r\nbody",
    "a boundary": "--=_0\r\nContent-Type: text/html\r\n\r\n<b>x</b>",
    "an encoded word": "=?utf-8?q?=3Cscript=3E?=",
    "a calendar line": "Title\nEND:VEVENT\nBEGIN:VALARM;X=1:",
    "turned letters": "invoice\u202excod.exe\u2066 \u200fx",
    "a lone surrogate": "half \ud83d of it",
    "control characters": "a\x00b\x07c\x1bd\x85e\u2028f",
    "emoji": "Fördern 👩‍👩‍👧 statt warten 🇺🇦",
    "no spaces": "x" * 4096,
    "4 kB of words": "Lorem ipsum " * 340,
    "nothing": "",
}


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def tags(html):
    parser = Tags()
    parser.feed(html)
    return parser.found


def everywhere(words, url="https://a.example/"):
    """A digest in which `words` stand wherever a portal can put some."""
    card = a_card(
        title=words,
        url=url,
        identifier=words,
        call_title=words,
        programme=words,
        action=words,
        source=words,
        summary=words,
        eligible=(words, words),
        topics=(TopicLine(key="x", label=words, words=(words,), in_title=True),),
        why=(words,),
        tags=(words,),
        origins=(OriginLine(source=words, url=url + "2"),),
        attribution=words,
        language=words,
    )
    change = ChangeLine(id=words, title=words, url=url, kind="title", at=SIX, old=(words,), new=(words,))
    other = TitleLine(id=words, title=words, url=url, programme=words)
    coverage = replace(a_full_week().coverage, blind=(SourceLine(id="x", name=words, state="blind", reason=words),))
    block = TopicBlock(key="x", label=words, cities=(words,), cards=(card,))
    return a_digest(
        for_us=(block,),
        changed=(change,),
        other=(other,),
        coverage=coverage,
        closing=(card,),
        next_deadline=card,
        contact=words,
        city="Ludwigsburg",
    )


@pytest.mark.parametrize("words", NASTY.values(), ids=NASTY)
def test_no_words_of_a_portal_become_markup(words):
    calm, html = render(everywhere("Calm")).html, render(everywhere(words)).html
    allowed = {tag for tag, _ in tags(calm)} | {"p"}
    for tag, attributes in tags(html):
        assert tag in allowed
        assert not any(name.startswith("on") or name == "src" for name in attributes)
    assert "49" not in re.findall(r"<h4[^>]*>(.*?)</h4>", html, re.DOTALL)[0]


@pytest.mark.parametrize("words", NASTY.values(), ids=NASTY)
def test_every_form_survives_every_title(words):
    digest = everywhere(words)
    rendered = render(digest)
    assert rendered == render(from_json(json.loads(rendered.json)))
    rendered.text.encode()
    rendered.html.encode()
    rendered.json.encode()
    assert max(len(line) for line in rendered.text.splitlines() if "://" not in line) <= 78
    assert len(Calendar.from_ical(rendered.ics).walk("VEVENT")) == 1
    assert len(rendered.html.encode()) < 60_000


@pytest.mark.parametrize("words", NASTY.values(), ids=NASTY)
def test_no_title_adds_a_header_or_a_part_to_the_mail(words):
    calm, mail = (message_from_bytes(render(everywhere(w)).eml, policy=policy.default) for w in ("Calm", words))
    assert list(mail.keys()) == list(calm.keys())
    assert [part.get_content_type() for part in mail.walk()] == [part.get_content_type() for part in calm.walk()]
    assert not mail.defects
    assert "Bcc" not in mail


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "file:///etc/passwd",
        "//evil.example/x",
        "/relative",
        "https://",
        "https://ec.europa.eu@evil.example/",
        "http://[broken",
        "https://a b.example/",
        "",
    ],
)
def test_only_web_addresses_become_links(url):
    assert safe_link(url) == ""
    rendered = render(a_digest(pass_on=(a_card(url=url),)))
    assert not [attributes for tag, attributes in tags(rendered.html) if tag == "a"]
    assert not [event for event in Calendar.from_ical(rendered.ics).walk("VEVENT") if "url" in event]


def test_an_address_that_is_no_link_is_still_shown_as_text():
    text = render(a_digest(pass_on=(a_card(url="javascript:alert(1)"),))).text
    assert "kein Link, die Quelle nennt diese Adresse: javascript:alert(1)" in re.sub(r"\s+", " ", text)


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://a.example/x?y=1&z=%20#top", "https://a.example/x?y=1&z=%20#top"),
        (" https://a.example/x \n", "https://a.example/x"),
        ("https://a.example/a b", "https://a.example/a%20b"),
        ('https://a.example/"><script>', "https://a.example/%22%3E%3Cscript%3E"),
        ("https://a.example/förder", "https://a.example/f%C3%B6rder"),
    ],
)
def test_odd_addresses_are_quoted_once(url, link):
    assert safe_link(url) == link


def test_words_are_one_line_without_tricks():
    assert clean(" a\r\n\tb\u202e\u200bc\x00 ") == "a bc"
    assert clean("\ud83d") == "\ufffd"
    assert clean("👩‍👧") == "👩‍👧"


def test_long_words_are_cut_with_a_sign_of_it():
    cut = clean("word " * 1000, 100)
    assert len(cut) <= 100
    assert cut.endswith("word …")
    assert len(clean("x" * 5000, 100)) <= 100


@pytest.mark.parametrize(("given", "tag"), [("EN", "en"), ("ukr", "ukr"), ('e"n', ""), (None, ""), ("english", "")])
def test_a_language_is_a_code_or_nothing(given, tag):
    assert language_tag(given) == tag


def test_words_that_look_like_our_own_markup_are_printed_as_they_are():
    words = '<p class="note"> and class="note"'
    html = render(a_digest(pass_on=(a_card(title=words),))).html
    parser = Text()
    parser.feed(html)
    assert words in "".join(parser.found)


class Text(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_data(self, data):
        self.found.append(data)
