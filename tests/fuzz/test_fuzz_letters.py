"""Whatever arrives in a mailbox: nothing raises but what is foreseen, every link is one of the web, no name is kept."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.test_mailbox import a_letter, a_mailbox, answered
from tracker import letters
from tracker.connectors import load
from tracker.connectors.letter_links import cleaned
from tracker.errors import ParseError
from tracker.model import RawCall

pytestmark = pytest.mark.fuzz
PIECES = st.sampled_from(
    [
        *(
            "From: info@rgre.de\r\n",
            "From: ",
            "<",
            ">",
            "@",
            "=?utf-8?q?",
            "?=",
            "\r\n",
            "\r\n\r\n",
            "--x",
            "--x--",
            ";",
        ),
        *(
            "Content-Type: ",
            "multipart/mixed",
            'boundary="x"',
            "text/html",
            "message/rfc822",
            "charset=",
            "utf-8",
            "base64",
        ),
        *(
            "<a href='https://a.example/1'>",
            "</a>",
            "<h2>",
            "</h2>",
            "<td>",
            "<b>",
            "<p>",
            "mehr",
            "bis 1. Februar 2027",
        ),
        *("Anträge ", "https://", "(", ")", "\ue000", "1\ue001", "\ue002", "&", "europa@stadt.example", "\x00", "ü"),
    ]
)
ANYTHING = st.lists(PIECES | st.text(max_size=8), max_size=60).map("".join)


@given(ANYTHING)
@settings(max_examples=2_000, deadline=None)
def test_any_message_is_read_or_refused(words):
    raw = words.encode("utf-8", "replace")
    for body in (raw, a_letter(words.encode("utf-8", "replace").decode()), letters.kept(raw)):
        try:
            found = list(load("mailbox").parse(answered(body), a_mailbox()))
        except ParseError:
            continue
        hints = [one for one in found if isinstance(one, RawCall)]
        assert all(hint.url.startswith(("https://", "http://")) and hint.title and hint.external_id for hint in hints)


@given(ANYTHING)
@settings(max_examples=1_000, deadline=None)
def test_whoever_received_a_message_is_not_in_what_is_kept(words):
    raw = b"To: europa@stadt.example\r\n" + words.encode("utf-8", "replace")
    kept = letters.read(letters.kept(raw))
    assert not any("europa@stadt.example" in text.lower() for _, text in letters.texts(kept))


@given(st.text(max_size=60))
@settings(max_examples=2_000, deadline=None)
def test_a_cleaned_link_is_one_of_the_web_or_none(words):
    for href in (words, f"https://a.example/{words}", f"https://{words}/x?{words}"):
        url = cleaned(href)
        assert not url or (url.startswith(("https://", "http://")) and not any(c.isspace() for c in url))
