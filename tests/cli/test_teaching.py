"""Commands about what the team's tags teach: lessons, evaluate --tags, rules, forget."""

from __future__ import annotations

import json

import pytest

from tests.builders import a_call
from tests.cli.said import mtimes, rows
from tests.homes import make_home, opened
from tests.test_notify import SOURCES, for_us, seed, tell
from tracker import judge

NOW = "2026-06-15T06:00"
REFUSED = [f"stadtnetz:LIFE-2026-SAP-CLIMA-{number}" for number in range(3)]
PLANNED = "stadtnetz:LIFE-2026-SAP-CLIMA-3"
OPEN = "stadtnetz:LIFE-2026-SAP-CLIMA-4"
OTHER = "stadtnetz:tt"


def climate(number):
    name = f"LIFE-2026-SAP-CLIMA-{number}"
    title = f"Climate change adaptation in municipalities: {'abcdefgh'[number] * 5}"
    return a_call(name, "2026-09-23", title=title, language="en", identifiers=(name,), programme="LIFE")


@pytest.fixture(scope="module")
def taught(tmp_path_factory):
    home = make_home(tmp_path_factory.mktemp("teaching") / "home", SOURCES)
    twinning = a_call("tt", "2026-09-23", title="Town twinning between municipalities", language="en")
    with opened(home) as store:
        seed(home, store, [*map(climate, range(6)), twinning], "2026-06-08T05:00")
    return home


@pytest.fixture
def home(taught, tmp_path):
    from tests.homes import copied

    return copied(taught, tmp_path / "copy")


def tag(tracker, home, *calls, key="not-relevant", reason="not-eligible"):
    for call in calls:
        assert tracker("tag", call, key, *(("--reason", reason) if reason else ()), home=home, now=NOW).code == 0


def the_call(tracker, home, call):
    return tracker("show", call, "--json", home=home, now=NOW).json


# ---------------------------------------------------------------- lessons


def test_without_tags_nothing_is_taught_and_nothing_is_measured(tracker, home):
    answer = tracker("lessons", "--json", home=home, now=NOW).json
    assert answer == {"tags": 0, "forgotten_at": None, "lessons": [], "before_and_after": None}
    assert tracker("lessons", home=home).out == "0 tags teach\n"


def test_a_tag_moves_like_calls_at_once_and_no_call_is_judged_again(tracker, home):
    before = {call: the_call(tracker, home, call) for call in (OPEN, OTHER)}
    tag(tracker, home, *REFUSED)
    found = the_call(tracker, home, OPEN)
    assert found["relevance"] < before[OPEN]["relevance"] - 0.2
    assert found["match"]["why"][-1].startswith("Das Team hat 3 ähnliche Aufrufe als „nicht relevant“ eingestuft (")
    assert the_call(tracker, home, OTHER)["relevance"] == before[OTHER]["relevance"]
    with opened(home) as store:
        assert judge.judge(store, home.profile) == 0


def test_a_tagged_call_keeps_what_the_shipped_knowledge_says_of_it(tracker, home):
    before = the_call(tracker, home, PLANNED)
    tag(tracker, home, *REFUSED)
    tag(tracker, home, PLANNED, key="planned", reason=None)
    assert the_call(tracker, home, PLANNED)["match"] == before["match"]


def test_lessons_tell_each_key_with_its_weight_and_tags_and_the_ranking_before_and_after(tracker, home):
    tag(tracker, home, *REFUSED)
    tag(tracker, home, OTHER, key="for-us", reason=None)
    answer = tracker("lessons", "--json", home=home, now=NOW).json
    of_life = next(one for one in answer["lessons"] if one["key"] == "programme:LIFE-SAP-CLIMA")
    assert of_life["weight"] < 0 and (of_life["tags"], of_life["not_relevant"], of_life["for_us"]) == (3, 3, 0)
    assert of_life["label"] == "Programm LIFE-SAP-CLIMA"
    measured = answer["before_and_after"]
    assert measured["tags"] == 4 and measured["wanted"] == 1 and set(measured["after"]) == set(measured["before"])
    said = tracker("lessons", home=home, now=NOW).out
    assert (
        said.startswith("4 tags teach\nmeasured on 4 tags: 1 on calls that the team wants, 3 on others\n")
        and "\tprogramme:LIFE-SAP-CLIMA\t" in said
    )


# ---------------------------------------------------------------- evaluate


def labelled(tmp_path):
    """A file of labelled calls: two of LIFE that the annotator does not want, town twinning that he does."""
    rows_ = [
        *(
            ("eu", f"LIFE-2026-SAP-CLIMA-{number}", f"Climate change adaptation in municipalities: part {number}", 0)
            for number in (20, 21)
        ),
        ("eu", "CERV-2026-CITIZENS-TOWN-TT", "Town twinning between municipalities", 3),
    ]
    path = tmp_path / "labelled.jsonl"
    path.write_text(
        "".join(
            json.dumps(
                {
                    "call": {
                        "id": f"{source}:{key}",
                        "source": source,
                        "title": title,
                        "identifiers": [key],
                        "programme": "LIFE",
                        "language": "en",
                    },
                    "topics": {},
                    "relevance": relevance,
                }
            )
            + "\n"
            for source, key, title, relevance in rows_
        ),
        encoding="utf-8",
    )
    return path


def test_the_team_s_own_tags_are_measured_before_and_after_without_a_file(tracker, home):
    tag(tracker, home, *REFUSED)
    tag(tracker, home, OTHER, key="for-us", reason=None)
    answer = tracker("evaluate", "--tags", "--json", home=home, now=NOW).json
    assert answer["tags"] == 4
    measured = answer["before_and_after"]
    assert (measured["tags"], measured["wanted"], measured["few"]) == (4, 1, True)
    for side in ("before", "after"):
        assert set(measured[side]["ranking"]["ndcg"]) == {"10", "25", "50"}
        assert 0 <= measured[side]["ranking"]["average_precision"] <= 1
    assert measured["after"]["others_kept"] <= measured["before"]["others_kept"]
    said = tracker("evaluate", "--tags", home=home, now=NOW).out
    assert said.startswith("4 tags teach\nmeasured on 4 tags") and "before   after" in said
    assert "these are few tags" in said
    assert tracker("evaluate", home=home, now=NOW).out == said  # a home that is named is meant


@pytest.mark.parametrize(("calls", "key"), [((), "for-us"), (REFUSED, "not-relevant"), ((OTHER,), "for-us")])
def test_where_there_are_too_few_tags_to_measure_it_is_said_and_no_figure_is_made_up(tracker, home, calls, key):
    tag(tracker, home, *calls, key=key, reason=None)
    answer = tracker("evaluate", "--tags", "--json", home=home, now=NOW)
    assert answer.code == 0 and answer.json == {"tags": len(calls), "before_and_after": None}
    assert "too few tags to measure" in tracker("evaluate", "--tags", home=home, now=NOW).out


def test_a_file_is_measured_before_and_after_the_lessons_of_a_home(tracker, home, tmp_path):
    path = labelled(tmp_path)
    alone = tracker("evaluate", path, "--profile", home.path / "profile.yaml", "--json").json
    assert alone["lessons"] is None
    untaught = tracker("evaluate", path, "--json", home=home, now=NOW).json
    assert (untaught["lessons"]["tags"], untaught["lessons"]["moved"]) == (0, 0)
    assert "no tag of the team teaches" in tracker("evaluate", path, home=home, now=NOW).out
    tag(tracker, home, *REFUSED)
    taught = tracker("evaluate", path, "--json", home=home, now=NOW).json
    assert (taught["lessons"]["tags"], taught["lessons"]["moved"]) == (3, 2)
    after = taught["lessons"]["after"]
    assert {key: taught[key] for key in after} == {
        key: alone[key] for key in after
    }  # the figures above stay as shipped
    assert after["ranking"]["average_precision"] >= taught["ranking"]["average_precision"]
    assert after["relevance"]["0"]["kept"] <= taught["relevance"]["0"]["kept"]
    said = tracker("evaluate", path, home=home, now=NOW).out
    assert "lessons of 3 tags of the team move 2 of these calls\n" in said and "before   after" in said


def test_a_file_alone_asks_no_home_even_where_one_is_set(tracker, home, tmp_path, monkeypatch):
    tag(tracker, home, *REFUSED)
    monkeypatch.setenv("TRACKER_HOME", str(home.path))
    path = labelled(tmp_path)
    assert tracker("evaluate", path, "--json").json["lessons"] is None
    assert tracker("evaluate", path, "--tags", "--json").json["lessons"]["tags"] == 3


@pytest.mark.parametrize("words", [("evaluate",), ("evaluate", "--tags", "--profile", "profile.yaml")])
def test_what_evaluate_cannot_know_it_asks_for(tracker, tmp_path, monkeypatch, words):
    monkeypatch.chdir(tmp_path)
    answer = tracker(*words)
    assert answer.code == 2 and "--tags" in answer.err and not answer.out
    assert tracker("evaluate", "--tags").code == 2  # no home here


# ---------------------------------------------------------------- rules


def test_three_reasons_propose_a_rule_that_hides_nothing_yet(tracker, home):
    tag(tracker, home, *REFUSED[:2])
    assert tracker("rules", "--json", home=home, now=NOW).json == []
    tag(tracker, home, REFUSED[2])
    (rule,) = tracker("rules", "--json", home=home, now=NOW).json
    assert rule["state"] == "proposed" and rule["rule"] == "Aufrufe des Programms LIFE-SAP-CLIMA"
    assert rule["preview"].startswith("blendet 6 Aufrufe aus, davon keiner als relevant markiert")
    assert len(rule["calls"]) == 6 and the_call(tracker, home, OPEN)["hidden_by"] is None


def test_an_accepted_rule_hides_says_so_and_spares_what_the_team_wants(tracker, home):
    tag(tracker, home, *REFUSED)
    (rule,) = tracker("rules", "--json", home=home, now=NOW).json
    tag(tracker, home, PLANNED, key="planned", reason=None)
    accepted = tracker("rules", "--accept", rule["id"], "--by", "Eva", "--json", home=home, now=NOW)
    assert accepted.code == 0 and accepted.json[0]["state"] == "accepted"
    assert "davon 1 als relevant markiert" in accepted.json[0]["preview"] and accepted.json[0]["wanted"] == [PLANNED]
    hidden = the_call(tracker, home, OPEN)
    assert hidden["verdict"] == "none" and hidden["hidden_by"] == rule["id"]
    assert hidden["match"]["why"][-1] == f"ausgeblendet durch Regel {rule['id']}: {rule['rule']}"
    wanted = the_call(tracker, home, PLANNED)
    assert wanted["verdict"] == "for-us" and wanted["hidden_by"] is None
    assert f"none (rule {rule['id']})" in tracker("calls", home=home, now=NOW).out


def test_a_hidden_call_is_still_counted_in_the_digest_and_stands_in_no_section(tracker, home):
    tag(tracker, home, *REFUSED)
    (rule,) = tracker("rules", "--json", home=home, now=NOW).json
    with opened(home) as store:
        seed(home, store, [*map(climate, range(8))], "2026-06-14T05:00", source="stadtnetz")
    tracker("rules", "--accept", rule["id"], home=home, now=NOW)
    with opened(home) as store:
        digest = tell(home, store, NOW).digest
    assert for_us(digest) == [] and {f"stadtnetz:LIFE-2026-SAP-CLIMA-{n}" for n in (6, 7)} <= {
        line.id for line in digest.other
    }


def test_the_digest_says_how_many_calls_the_rules_hide_and_which_rules(tracker, home):
    tag(tracker, home, *REFUSED)
    with opened(home) as store:
        seed(home, store, [*map(climate, range(8))], "2026-06-14T05:00", source="stadtnetz")
    (rule,) = tracker("rules", "--json", home=home, now=NOW).json
    assert "ausgeblendet" not in tracker("digest", "--preview", home=home, now=NOW).out
    tracker("rules", "--accept", rule["id"], home=home, now=NOW)
    with opened(home) as store:
        told = tell(home, store, NOW)
    (hidden,) = told.digest.hidden
    assert (hidden.rule, hidden.words) == (rule["id"], rule["rule"])
    assert hidden.calls == len(rule["shown"])  # open, and for us or to pass on without the rule; none that was tagged
    text = " ".join(told.rendered.text.split())
    words = "offener Aufruf ist" if hidden.calls == 1 else "offene Aufrufe sind"
    assert f"{hidden.calls} {words} durch Ihre Regeln ausgeblendet: {rule['rule']} ({hidden.calls})." in text
    assert text.count(f"ausgeblendet durch Regel {rule['id']}") == 2  # the two that are new this week


def test_a_dropped_rule_hides_nothing_and_is_proposed_no_more(tracker, home):
    tag(tracker, home, *REFUSED)
    (rule,) = tracker("rules", "--json", home=home, now=NOW).json
    for option, state in (("--drop", "dropped"), ("--accept", "accepted"), ("--drop", "dropped")):
        tracker("rules", option, rule["id"], "--by", "Eva", home=home, now=NOW)
        (now,) = tracker("rules", "--json", home=home, now=NOW).json
        assert (now["id"], now["state"], now["by"]) == (rule["id"], state, "Eva")
    assert the_call(tracker, home, OPEN)["hidden_by"] is None


def test_a_rule_keeps_its_id_from_day_to_day(tracker, home):
    tag(tracker, home, *REFUSED)
    ids = {tracker("rules", "--json", home=home, now=now).json[0]["id"] for now in (NOW, "2026-07-15T06:00")}
    assert len(ids) == 1


@pytest.mark.parametrize(
    ("words", "code"), [(("--accept", "00000000"), 4), (("--drop", "x"), 4), (("--accept", "a", "--drop", "b"), 2)]
)
def test_an_unknown_rule_is_said_and_nothing_is_stored(tracker, home, words, code):
    before = rows(home)
    assert tracker("rules", *words, home=home, now=NOW).code == code and rows(home) == before


@pytest.mark.parametrize(
    "words",
    [("lessons",), ("lessons", "--json"), ("evaluate", "--tags"), ("rules",), ("rules", "--json")],
)
def test_asking_what_was_taught_changes_no_file(tracker, home, words):
    tag(tracker, home, *REFUSED)
    before = mtimes(home)
    assert tracker(*words, home=home, now=NOW).code == 0 and mtimes(home) == before


# ---------------------------------------------------------------- forget


def test_forgetting_is_one_command_and_leaves_tags_as_history(tracker, home):
    shipped = the_call(tracker, home, OPEN)["match"]
    tag(tracker, home, *REFUSED)
    (rule,) = tracker("rules", "--json", home=home, now=NOW).json
    tracker("rules", "--accept", rule["id"], home=home, now=NOW)
    said = tracker("forget", "--by", "Eva", home=home, now=NOW)
    assert said.out.startswith("3 tags teach nothing any more, 1 accepted rules hide nothing any more; the tags stay.")
    assert the_call(tracker, home, OPEN)["match"] == shipped
    assert tracker("rules", "--json", home=home, now=NOW).json == []
    assert len(tracker("tags", "--json", home=home).json) == 3
    assert the_call(tracker, home, REFUSED[0])["verdict"] == "none"  # its own tag goes on speaking


def test_forgetting_can_be_taken_back(tracker, home):
    tag(tracker, home, *REFUSED)
    (rule,) = tracker("rules", "--json", home=home, now=NOW).json
    tracker("rules", "--accept", rule["id"], home=home, now=NOW)
    hidden = the_call(tracker, home, OPEN)
    tracker("forget", home=home, now=NOW)
    assert tracker("forget", "--undo", home=home, now=NOW).out == "what was forgotten last counts again\n"
    assert the_call(tracker, home, OPEN) == hidden
    assert tracker("forget", "--undo", home=home, now=NOW).out == "nothing was forgotten\n"


def test_tags_given_after_forgetting_teach_even_in_the_same_second(tracker, home):
    tag(tracker, home, *REFUSED)
    tracker("forget", home=home, now=NOW)
    tag(tracker, home, PLANNED, key="for-us", reason=None)
    answer = tracker("lessons", "--json", home=home, now=NOW).json
    assert answer["tags"] == 1 and answer["forgotten_at"] == "2026-06-15T04:00:00Z"
