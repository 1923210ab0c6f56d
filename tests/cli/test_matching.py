"""match, evaluate, explain: an answer for every line, figures that add up, a why for every word."""

from __future__ import annotations

import io
import json
import os
import random
import threading

import pytest

from tests.builders import a_call
from tests.cli.said import BRIDGE, FOOD, MONDAY, mtimes, rows
from tests.homes import PROFILE, make_home, opened
from tests.hostile_lines import HOSTILE
from tests.test_notify import SOURCES, seed
from tracker.cli import lines, matching
from tracker.cli.explaining import around

TOWNS = {"id": "eu:CERV-2027-CITIZENS-TOWN-TT", "source": "eu-portal", "language": "en", "title": "Town twinning"}
CHIPS = {"id": "eu:HORIZON-JU-CHIPS-2027-1", "source": "eu-portal", "language": "en", "title": "Photonic chips"}
WASTE = {
    "id": "fdb:1",
    "source": "foerderdatenbank",
    "language": "de",
    "title": "Lebensmittelverschwendung in Kantinen",
}
CLIMATE = {
    "id": "fdb:2",
    "language": "de",
    "title": "Klimaschutz in Kommunen",
    "text": "Antragsberechtigt sind Städte.",
}
CALLS = (TOWNS, CHIPS, WASTE, CLIMATE)
CLIMATE_CALL = "eu-portal:LIFE-2026-SAP-CLIMA-CCA"
LAND = "foerderdatenbank:/FDB/Content/DE/Foerderprogramm/Land/Baden-Wuerttemberg/beispiel-fuss-und-radverkehr"


@pytest.fixture
def file(tmp_path):
    """A file of these lines: objects as JSON, text and bytes as they are."""

    def written(*values, name="in.jsonl"):
        path = tmp_path / name
        made = (value if isinstance(value, (str, bytes)) else json.dumps(value) for value in values)
        path.write_bytes(b"".join((one.encode() if isinstance(one, str) else one) + b"\n" for one in made))
        return path

    return written


def answers(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


# ---------------------------------------------------------------- match


def test_every_line_gets_an_answer_in_its_place_with_exactly_these_keys(tracker, file, tmp_path):
    answer = tracker("match", file(*CALLS), "--out", tmp_path / "out.jsonl")
    assert (answer.code, answer.out, answer.err) == (0, "", "")
    found = answers(tmp_path / "out.jsonl")
    assert [one["id"] for one in found] == [one["id"] for one in CALLS]
    for one in found:
        assert list(one) == ["id", "topics", "assigned", "relevance", "why"]
        assert isinstance(one["relevance"], float) and 0 <= one["relevance"] <= 3
        assert all(0 <= score <= 1 for score in one["topics"].values())
        assert list(one["topics"].values()) == sorted(one["topics"].values(), reverse=True)
        assert set(one["assigned"]) <= set(one["topics"]) and all(isinstance(why, str) for why in one["why"])
    assert "twinning" in found[0]["assigned"] and "food-waste" in found[2]["assigned"]
    assert found[0]["relevance"] > found[1]["relevance"]


def test_without_out_or_with_a_dash_the_answers_are_printed(tracker, file):
    path = file(*CALLS)
    bare, dash = tracker("match", path), tracker("match", path, "--out", "-")
    assert bare.code == 0 and bare.out == dash.out and len(bare.lines) == len(CALLS)


def test_a_dash_reads_the_standard_input(tracker, monkeypatch):
    words = io.BytesIO(json.dumps(TOWNS).encode())
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(words, encoding="utf-8"))
    assert tracker("match", "-").lines[0]["id"] == TOWNS["id"]


def test_no_home_is_needed_and_none_is_made(tracker, file, tmp_path, monkeypatch):
    path = file(*CALLS)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TRACKER_HOME", str(tmp_path / "nowhere"))
    assert tracker("match", path).code == 0
    assert [one.name for one in tmp_path.iterdir()] == ["in.jsonl"]


@pytest.mark.faults
def test_an_answer_depends_neither_on_the_order_nor_on_the_company_of_a_line(tracker, file):
    together = {one["id"]: one for one in tracker("match", file(*CALLS)).lines}
    shuffled = random.sample(CALLS, len(CALLS))
    assert {one["id"]: one for one in tracker("match", file(*shuffled, *CALLS)).lines} == together
    for call in CALLS:
        assert tracker("match", file(call)).lines == [together[call["id"]]]


def test_labels_change_no_answer(tracker, file):
    bare = tracker("match", file(*CALLS)).out
    labelled = [{"call": call, "topics": {"culture": 2}, "relevance": 3} for call in CALLS]
    assert tracker("match", file(*labelled)).out == bare


def test_a_profile_may_be_named(tracker, file, tmp_path):
    (tmp_path / "profile.yaml").write_text(PROFILE, encoding="utf-8")
    path = file(WASTE, {**WASTE, "id": "fdb:3", "title": "Museen und Theater"})
    ours = tracker("match", path, "--profile", tmp_path / "profile.yaml").lines
    assert [one["assigned"] for one in ours] == [["food-waste"], []]
    assert tracker("match", path).lines[1]["assigned"] == ["culture"]


@pytest.mark.parametrize("command", ["match", "evaluate"])
def test_a_profile_or_a_file_that_is_not_there_ends_with_2_and_its_name(tracker, file, tmp_path, command):
    answer = tracker(command, file(*CALLS), "--profile", tmp_path / "none.yaml")
    assert answer.code == 2 and "none.yaml" in answer.err and not answer.out
    for place in (tmp_path / "none.jsonl", tmp_path):
        answer = tracker(command, place)
        assert answer.code == 2 and str(place) in answer.err and not answer.out


# ---------------------------------------------------------------- lines that nobody meant


def test_a_line_that_cannot_be_read_is_named_and_the_others_are_answered(tracker, file, tmp_path):
    path = file(TOWNS, "{broken", CHIPS, "[]", {"title": "no id"}, "", "  ", WASTE)
    answer = tracker("match", path, "--out", tmp_path / "out.jsonl")
    assert answer.code == 2
    assert [one["id"] for one in answers(tmp_path / "out.jsonl")] == [TOWNS["id"], CHIPS["id"], WASTE["id"]]
    said = answer.err.splitlines()
    assert [line.partition(": ")[0] for line in said[:3]] == [f"{path}:{number}" for number in (2, 4, 5)]
    assert "no JSON" in said[0] and "no JSON object" in said[1] and "no id" in said[2]
    assert said[3] == "tracker: 3 lines could not be read"


def test_a_line_too_long_to_be_a_call_is_named_and_not_held(tracker, file, monkeypatch):
    monkeypatch.setattr(lines, "LONGEST", 1_000)
    path = file(TOWNS, {**CHIPS, "text": "x" * 5_300}, WASTE)
    answer = tracker("match", path)
    assert answer.code == 2 and f"{path}:2: is longer than 1,000 bytes" in answer.err
    assert [one["id"] for one in answer.lines] == [TOWNS["id"], WASTE["id"]]


def test_a_file_is_read_line_by_line_and_an_answer_goes_out_before_the_next_line_comes_in():
    asked = []

    class Stream:
        def readline(self, _most):
            asked.append("line")
            return b'{"id": "x:1"}\n'

    endless = lines._lines(Stream())
    assert [next(endless)[0] for _ in range(3)] == [1, 2, 3] and len(asked) == 3


def test_a_mark_at_the_beginning_windows_ends_and_odd_separators_are_no_part_of_a_line(tracker, file):
    separated = json.dumps({**WASTE, "text": "a\u2028b\u0085c"}, ensure_ascii=False)
    path = file(b"\xef\xbb\xbf" + json.dumps(TOWNS).encode() + b"\r", separated)
    answer = tracker("match", path)
    assert answer.code == 0 and [one["id"] for one in answer.lines] == [TOWNS["id"], WASTE["id"]]


def test_a_file_in_another_encoding_loses_letters_and_no_line(tracker, file):
    answer = tracker("match", file('{"id": "x:1", "title": "Städtepartnerschaft Nový Jičín"}'.encode("cp1250")))
    assert answer.code == 0 and "twinning" in answer.lines[0]["assigned"]


@pytest.mark.faults
def test_whatever_calls_hold_every_one_gets_an_answer_and_none_changes_that_of_another(tracker, file, tmp_path):
    strange = [{"id": f"x:{name}", **fields} for name, fields in HOSTILE.items()]
    answer = tracker("match", file(*strange, TOWNS), "--out", tmp_path / "out.jsonl")
    assert (answer.code, answer.err) == (0, "")
    found = answers(tmp_path / "out.jsonl")
    assert [one["id"] for one in found] == [one["id"] for one in (*strange, TOWNS)]
    assert found[-1] == tracker("match", file(TOWNS)).lines[0]


def test_half_a_letter_in_an_id_comes_back_as_it_was(tracker, file, tmp_path):
    path = file('{"id": "x:\\ud800", "title": "Towns"}')
    tracker("match", path, "--out", tmp_path / "out.jsonl")
    assert answers(tmp_path / "out.jsonl")[0]["id"] == tracker("match", path).lines[0]["id"] == "x:\ud800"


# ---------------------------------------------------------------- where the answers go


def test_the_file_of_answers_may_be_the_file_of_calls(tracker, file):
    path = file(*CALLS)
    assert tracker("match", path, "--out", path).code == 0
    assert [one["id"] for one in answers(path)] == [call["id"] for call in CALLS]


def test_a_file_of_answers_stays_as_it_was_where_the_program_is_stopped(tracker, file, tmp_path, monkeypatch):
    out = tmp_path / "out.jsonl"
    out.write_text("last week's\n", encoding="utf-8")
    path = file(*CALLS)
    calls = iter(range(10))

    def stopped(key, found):
        if next(calls):
            raise KeyboardInterrupt
        return {"id": key}

    monkeypatch.setattr(matching, "answer", stopped)
    assert tracker("match", path, "--out", out).code == 130
    assert out.read_text(encoding="utf-8") == "last week's\n"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]


def test_a_place_that_takes_no_file_ends_with_2_and_its_name(tracker, file, tmp_path):
    path = file(*CALLS)
    for place in (tmp_path, tmp_path / "none" / "out.jsonl", path / "out.jsonl"):
        answer = tracker("match", path, "--out", place)
        assert answer.code == 2 and str(place) in answer.err and not answer.out
    assert [one.name for one in tmp_path.iterdir()] == ["in.jsonl"]


def test_a_pipe_is_written_to_and_not_put_aside(tracker, file, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    taken = []
    reader = threading.Thread(target=lambda: taken.append(pipe.read_text(encoding="utf-8")))
    reader.start()
    assert tracker("match", file(*CALLS), "--out", pipe).code == 0
    reader.join()
    assert len(taken[0].splitlines()) == len(CALLS) and pipe.is_fifo()


# ---------------------------------------------------------------- evaluate


def labelled(call, relevance, **topics):
    return {
        "call": call,
        "topics": {key.replace("_", "-"): label for key, label in topics.items()},
        "relevance": relevance,
    }


LABELLED = (
    labelled(TOWNS, 3, twinning=2),
    labelled(CHIPS, 0),
    labelled(WASTE, 2, food_waste=2),
    labelled(CLIMATE, 3, climate=2, urban=1),
)


def test_figures_are_told_for_all_and_by_topic_language_source_and_relevance(tracker, file):
    found = tracker("evaluate", file(*LABELLED), "--json").json
    assert found["calls"] == 4 and found["unread"] == 0
    assert found["topics"]["by_topic"]["climate"]["recall"] == 1.0
    assert found["topics"]["by_topic"]["food-waste"] == {
        "given": 1, "right": 1, "wanted": 1, "found": 1, "precision": 1.0, "recall": 1.0, "f1": 1.0
    }  # fmt: skip
    assert found["ranking"]["average_precision"] == 1.0 and found["ranking"]["ndcg"].keys() == {"10", "25", "50"}
    assert set(found["by_language"]) == {"de", "en"} and "foerderdatenbank" in found["by_source"]
    assert found["relevance"]["3"]["calls"] == 2 and found["relevance"]["0"]["kept"] == 0.0
    assert found["call_by_call"]["food-waste"][0]["id"] == WASTE["id"]
    assert found["speed"]["calls_per_second"] > 0


def test_what_cannot_be_known_is_null_and_a_dash(tracker, file):
    path = file(*LABELLED)
    found = tracker("evaluate", path, "--json").json
    assert found["topics"]["macro_f1"] is None and found["ranking"]["precision_at_25"] is None
    assert found["relevance"]["1"]["kept"] is None
    assert "precision@25 –" in tracker("evaluate", path).out


def test_figures_for_people_name_the_two_shares_that_count_and_the_rare_topics(tracker, file):
    said = tracker("evaluate", file(*LABELLED)).out
    assert "4 labelled calls, 3 of relevance 2 or 3" in said
    assert "for-us or pass-on: " in said and "of relevance 0" in said
    assert "food-waste, call by call" in said and WASTE["id"] in said and "calls a second" in said


def test_no_figure_depends_on_the_order_of_the_lines(tracker, file):
    def figures(*lines):
        return {key: value for key, value in tracker("evaluate", file(*lines), "--json").json.items() if key != "speed"}

    assert figures(*LABELLED) == figures(*reversed(LABELLED))


def test_a_line_without_labels_is_named_and_not_counted(tracker, file):
    path = file(*LABELLED, TOWNS, "{")
    answer = tracker("evaluate", path, "--json")
    assert answer.code == 2 and answer.json["calls"] == 4 and answer.json["unread"] == 2
    assert f"{path}:5: " in answer.err and f"{path}:6: " in answer.err


@pytest.mark.parametrize("content", [[], ["", " "], [TOWNS]])
def test_of_no_labelled_call_nothing_is_measured(tracker, file, content):
    answer = tracker("evaluate", file(*content))
    assert answer.code == 2 and "no labelled call" in answer.err and not answer.out


# ---------------------------------------------------------------- explain


def test_every_word_that_counted_is_shown_where_it_stands_with_the_term_behind_it(tracker, week):
    found = tracker("explain", FOOD, "--json", home=week, now=MONDAY).json
    (waste,) = [topic for topic in found["topics"] if topic["topic"] == "food-waste"]
    assert waste["score"] >= 0.5 and waste["label"]["de"] == "Lebensmittelverschwendung"
    assert {word["term"] for word in waste["evidence"]} >= {"food waste"}
    for word in waste["evidence"]:
        assert list(word) == ["words", "where", "structured", "term", "around"]
        assert word["structured"] is (word["where"] not in {"title", "description"})
    (known,) = [word for word in waste["evidence"] if word["term"] == "SMP Lebensmittelverschwendung"]
    assert (known["words"], known["where"], known["around"]) == (
        "SMP-FOOD-2026-FW",
        "identifiers",
        FOOD.partition(":")[2],
    )
    (title,) = [word for word in waste["evidence"] if word["where"] == "title"]
    assert title["words"].lower() in title["around"].lower()


def test_programme_cities_relevance_verdict_cuts_and_reasons_are_told(tracker, week):
    found = tracker("explain", FOOD, "--json", home=week, now=MONDAY).json
    assert found["programme"]["rule"].startswith("SMP") and "SMP-FOOD-2026-FW" in found["programme"]["words"]
    (city,) = [city for topic in found["topics"] for city in topic["cities"] if city["key"] == "montbeliard"]
    assert city == {"key": "montbeliard", "name": "Montbéliard", "why": ["tied to this topic in the profile"]}
    assert found["cuts"] == {"for-us": 2.5, "pass-on": 1.5, "marginal": 0.5}
    shown = tracker("show", FOOD, "--json", home=week, now=MONDAY).json
    assert (found["relevance"], found["verdict"]) == (shown["relevance"], shown["verdict"])
    assert found["why"] == shown["match"]["why"] and found["why"]


def test_an_explanation_for_people_says_the_same(tracker, week):
    found = tracker("explain", FOOD, "--json", home=week, now=MONDAY).json
    said = tracker("explain", FOOD, home=week, now=MONDAY).out
    assert said.startswith(f"{found['title']}\n{found['url']}\n")
    assert f"relevance {found['relevance']:.3f} of 3 (for-us from 2.50" in said
    assert all(reason in said for reason in found["why"])
    assert "Montbéliard: tied to this topic in the profile" in said and "by 'food waste'" in said
    assert f"programme: {found['programme']['rule']}" in said


def test_topics_that_came_near_say_how_much_is_missing(tracker, tmp_path):
    home = make_home(tmp_path / "home", SOURCES)
    extra = "  reporting:\n    label: {de: Berichte}\n    keywords: {en: [final report]}\nreaders:"
    (home.path / "profile.yaml").write_text(PROFILE.replace("readers:", extra), encoding="utf-8")
    text = "Towns exchange citizens and get to know one another. " * 20 + "They send a final report."
    with opened(home) as store:
        seed(home, store, [a_call("near", title="Networks of towns", description=text, language="en")], MONDAY)
    found = tracker("explain", "stadtnetz:near", "--json", home=home, now=MONDAY).json
    (near,) = [one for one in found["near"] if one["topic"] == "reporting"]
    assert 0 < near["score"] < near["needed"] and near["missing"] == round(near["needed"] - near["score"], 3)
    said = tracker("explain", "stadtnetz:near", home=home, now=MONDAY).out
    assert f"near: reporting {near['score']:.2f}, {near['missing']:.2f} below the {near['needed']:.2f}" in said


def test_who_may_apply_where_it_holds_and_which_learned_words_spoke_are_told(tracker, week):
    found = tracker("explain", CLIMATE_CALL, "--json", home=week, now=MONDAY).json
    town = next(one for one in found["applicants"]["parties"] if one["kind"] == "municipality")
    assert town["degree"] == "may" and town["where"] == "text" and town["words"]
    (climate,) = [topic for topic in found["topics"] if topic["topic"] == "climate"]
    adds = [one["adds"] for one in climate["learned_words"]]
    assert adds == sorted(adds, key=lambda one: -abs(one)) and max(adds) > 0.1
    assert any(one["begins"].startswith("clim") and one["in_title"] for one in climate["learned_words"])
    said = tracker("explain", CLIMATE_CALL, home=week, now=MONDAY).out
    assert f"municipality may (text: {town['words']!r})" in said and f"  learned words: {adds[0]:+.2f} " in said


def test_where_a_call_holds_is_told_with_what_that_allows(tracker, week):
    found = tracker("explain", LAND, "--json", home=week, now=MONDAY).json
    assert found["area"] == {"codes": ["DE1"], "why": [], "at_most": 3.0}
    assert "area DE1; relevance at most 3\n" in tracker("explain", LAND, home=week, now=MONDAY).out


def test_a_tag_stands_above_the_verdict_and_both_are_told(tracker, home):
    tracker("tag", BRIDGE, "submitted", home=home, now=MONDAY)
    found = tracker("explain", BRIDGE, "--json", home=home, now=MONDAY).json
    assert found["verdict"] == "for-us" and found["tags"] == ["submitted"]
    if found["verdict_of_the_matcher"] != "for-us":
        assert "the team's word stands above it: for-us" in tracker("explain", BRIDGE, home=home, now=MONDAY).out


def test_a_call_that_nobody_knows_ends_with_4(tracker, week):
    answer = tracker("explain", "eu-portal:NONE", home=week)
    assert answer.code == 4 and "eu-portal:NONE" in answer.err and not answer.out


def test_explaining_writes_nothing(tracker, home):
    before, held = mtimes(home), rows(home)
    tracker("explain", FOOD, home=home, now=MONDAY)
    assert rows(home) == held
    assert {path: at for path, at in mtimes(home).items() if path.name != "tracker.log"} == before


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Against food waste", "food waste", "Against food waste"),
        ("Against\n  FOOD\u00ad waste", "food waste", "Against FOOD waste"),
        ("Transport and sport", "sport", "Transport and sport"),
        ("", "food", None),
        ("nothing of it", "food", None),
        ("anything", "", None),
        (f"{'before ' * 30}food{' after' * 30}", "food", f"… {'before ' * 7}food{' after' * 8} …"),
        ("a" * 500 + "food" + "b" * 500, "food", "… food …"),
    ],
)
def test_a_word_is_shown_with_whole_words_around_it(text, words, expected):
    assert around(text, words) == expected


def test_a_word_of_its_own_is_shown_rather_than_letters_inside_another():
    assert around("transport " * 20 + "and sport", "sport").endswith("and sport")
