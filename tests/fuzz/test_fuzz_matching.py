"""Whatever a line of calls holds: with an id it gets an answer, without one it is refused, and nothing else happens."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.cli.lines import line_of
from tracker.cli.matching import answer
from tracker.config import load_profile
from tracker.errors import LineError
from tracker.labelled import labels_of, read
from tracker.match import match, prepare

pytestmark = pytest.mark.fuzz
MATCHER = prepare(load_profile(Path(__file__).resolve().parents[2] / "profile.yaml"))
FIELDS = (
    *("source", "language", "title", "call_title", "programme", "divisions", "action", "eligible", "text", "deadline"),
    *("url", "description", "identifiers", "areas", "funder"),
)
PIECES = st.sampled_from(
    [
        *(
            "Städtepartnerschaft",
            "Lebens\u00admittel",
            "food waste",
            "KLIMASCHUTZ",
            "Nový Ji?ín",
            "місто",
            "HORIZON-CL5-2027-",
        ),
        *(
            "EuropeAid/1/DD/ACT/",
            "EC",
            "-IBA",
            "competitive-calls-cs",
            "https://ec.europa.eu/",
            "St. ",
            "'",
            "['",
            "']",
        ),
        *(
            '["',
            ";",
            ",",
            "<p>",
            "</p>",
            "<ul><li>",
            "<script>",
            "&nbsp;",
            "&#x110000;",
            "\n",
            "\x00",
            "\ud800",
            "\udfff",
        ),
        *("\u2060", "?", "\ufffd", "~", "=", "*", "\\", "{{", " ", ".", "Interreg ", "Land Hessen", "\u202e", "1" * 30),
    ]
)
WORDS = st.lists(PIECES | st.text(st.characters(), max_size=6), max_size=30).map("".join)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=8,
)
CALLS = st.fixed_dictionaries({}, optional=dict.fromkeys(FIELDS, VALUES | WORDS))
IDS = WORDS.filter(str.strip) | st.integers()
many = settings(max_examples=800, deadline=None)


@many
@given(key=IDS, fields=CALLS, wrapped=st.booleans())
def test_any_object_with_an_id_gets_an_answer(key, fields, wrapped):
    call = {**fields, "id": key}
    text = json.dumps({"call": call, "topics": {}, "relevance": 0} if wrapped else call)
    line = read(text)
    found = answer(line.id, match(line.call, MATCHER))
    assert found["id"] == str(key)
    assert 0 <= found["relevance"] <= 3 and set(found["assigned"]) <= set(found["topics"])
    assert all(0 <= score <= 1 for score in found["topics"].values())
    written = line_of(found)
    written.encode("utf-8")
    assert json.loads(written) == found and "\n" not in written
    again = read(text)
    assert answer(again.id, match(again.call, MATCHER)) == found


@many
@given(value=VALUES)
def test_any_value_is_read_or_refused(value):
    for text in (json.dumps(value), json.dumps({"call": value})):
        try:
            line = read(text)
        except LineError:
            continue
        assert line.id


@many
@given(words=WORDS | st.text(st.characters(), max_size=80))
def test_any_text_is_read_or_refused(words):
    for text in (words, f'{{"id": "{words}"}}', f'{{"id": {words}}}'):
        try:
            line = read(text)
        except LineError:
            continue
        match(line.call, MATCHER)


@many
@given(topics=VALUES, relevance=VALUES)
def test_labels_are_ours_or_refused(topics, relevance):
    line = read(json.dumps({"call": {"id": "x:1"}, "topics": topics, "relevance": relevance}))
    try:
        found = labels_of(line)
    except LineError:
        return
    assert found.relevance in range(4) and all(label in {1, 2} for label in found.topics.values())
