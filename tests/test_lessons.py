"""What the team's tags teach: mildly at first, strongly when they agree, never against the promise to miss nothing."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from tests.builders import a_call
from tracker.gains import on_tags
from tracker.match.lessons import HidingRule, Tagged, adjusted, apart, flat, known, learn, preview, proposed
from tracker.match.lessons.keys import family, keys_of
from tracker.match.relevance import verdict
from tracker.model import Evidence, Match, Thresholds, TopicMatch, Verdict

CUTS = Thresholds()
LABELS = {"topic:climate": "Klima"}


def a_match(relevance=2.0, *topics, cities=("bergamo",)):
    found = tuple(
        TopicMatch(topic=topic, score=0.8, cities=cities, evidence=(Evidence(words=topic, where="title", term=topic),))
        for topic in topics or ("climate",)
    )
    return Match(topics=found, relevance=relevance, verdict=verdict(relevance, CUTS), cities=cities, why=("Klima",))


def life(number, **given):
    """A call of LIFE's climate part; only its title and its number differ."""
    identifier = f"LIFE-2026-SAP-CLIMA-{number}"
    values = {"title": f"Heat plans {'abcdefghij'[number % 10] * 5}", "identifiers": (identifier,), "language": "en"}
    return a_call(identifier, **{"programme": "LIFE", "action": "LIFE Project Grants", **values, **given})


def far(key="far", **given):
    """A call that has nothing in common with those of LIFE."""
    values = {"title": "Museumsnacht", "source_id": "andernorts", "programme": "Kulturfonds", "language": "de"}
    return a_call(key, **{**values, **given})


def tags(count, tag="for-us", relevance=1.5, reason="", first=100):
    return [
        Tagged(call=life(number), match=a_match(relevance), tag=tag, reason=reason)
        for number in range(first, first + count)
    ]


def moved_by(*tagged, relevance=1.5, call=None):
    """How far these tags move another call of LIFE."""
    match = a_match(relevance)
    return adjusted(match, call or life(1), learn(tagged, CUTS, LABELS)).relevance - relevance


# ---------------------------------------------------------------- how strongly


def test_without_tags_every_match_is_what_was_shipped():
    match = a_match()
    assert adjusted(match, life(1), learn([], CUTS)) is match


@pytest.mark.parametrize("tag", ["for-us", "planned", "submitted", "granted", "rejected"])
def test_one_tag_moves_like_calls_visibly_but_mildly(tag):
    assert 0.1 <= moved_by(*tags(1, tag)) <= 0.3


@pytest.mark.parametrize("relevance", [0.6, 1.0, 1.5, 2.0, 2.4, 2.6, 3.0])
@pytest.mark.parametrize("tag", ["for-us", "not-relevant", "pass-on", "watch"])
def test_no_single_tag_moves_anything_by_more_than_three_tenths(tag, relevance):
    assert abs(moved_by(*tags(1, tag, relevance), relevance=relevance)) <= 0.3


def test_ten_tags_that_agree_move_like_calls_strongly():
    assert moved_by(*tags(10)) >= 0.7
    assert moved_by(*tags(10, "not-relevant", 2.6), relevance=2.6) <= -0.7


def test_more_tags_that_agree_never_move_less():
    moves = [moved_by(*tags(count)) for count in (1, 2, 5, 10, 30, 100)]
    assert moves == sorted(moves) and moves[-1] <= 1.5


def test_tags_that_contradict_each_other_cancel():
    both = [*tags(5, "for-us", 2.0), *tags(5, "not-relevant", 2.0, first=200)]  # 3 and 1: the middle is 2
    assert abs(moved_by(*both, relevance=2.0)) <= 0.05 < moved_by(*tags(5, relevance=2.0), relevance=2.0)


def test_a_call_unlike_all_tagged_ones_is_untouched():
    lessons = learn([*tags(30, "for-us"), *tags(30, "not-relevant", 2.6, first=200)], CUTS)
    match = a_match(2.0, "culture")
    assert adjusted(match, far(), lessons) is match


def test_the_order_of_the_tags_makes_no_difference():
    said = [*tags(6, "for-us"), *tags(4, "not-relevant", 2.6, first=200), *tags(3, "pass-on", 0.7, first=300)]
    shuffled = random.Random(7).sample(said, len(said))
    assert learn(said, CUTS) == learn(shuffled, CUTS)


def test_a_tag_that_says_what_we_said_teaches_nothing():
    assert not learn(tags(5, "not-relevant", 0.2), CUTS).by_key
    assert not learn(tags(5, "pass-on", 2.0), CUTS).by_key


def test_watching_a_call_is_never_a_word_against_its_kind():
    assert moved_by(*tags(10, "watch", 2.8), relevance=2.8) == 0
    assert moved_by(*tags(10, "watch", 0.8), relevance=0.8) > 0


def test_the_reason_names_the_tags_and_what_is_alike():
    found = adjusted(a_match(1.5), life(1), learn(tags(3), CUTS, LABELS))
    assert found.why == (
        "Klima",
        "Das Team hat 3 ähnliche Aufrufe als „für uns“ eingestuft (Thema Klima, Programm LIFE-SAP-CLIMA)",
    )
    one = adjusted(a_match(2.0), life(1), learn(tags(1, "not-relevant", 2.6), CUTS, LABELS))
    assert one.why[-1].startswith("Das Team hat einen ähnlichen Aufruf als „nicht relevant“ eingestuft (")


def test_the_reason_says_how_many_spoke_otherwise_and_counts_only_what_bears_both_keys():
    other = [replace(one, call=far(f"o{place}")) for place, one in enumerate(tags(4))]
    lessons = learn([*tags(5), *tags(2, "not-relevant", 1.5, first=200), *other], CUTS, LABELS)
    found = adjusted(a_match(1.5), life(1), lessons)
    assert found.why[-1] == (
        "Das Team hat 5 von 7 ähnlichen Aufrufen als „für uns“ eingestuft (Thema Klima, Programm LIFE-SAP-CLIMA)"
    )


def test_a_strict_team_does_not_push_down_a_topic_that_it_refuses_no_more_often_than_others():
    said = [
        Tagged(call=far(f"{topic}{number}", title=topic, programme=""), match=a_match(2.0, topic), tag="not-relevant")
        for topic in ("climate", "culture", "youth", "energy")
        for number in range(3)
    ]
    same = learn(said, CUTS)
    alone = learn(said[:3], CUTS)
    assert 0 > same.by_key["topic:climate"].weight > alone.by_key["topic:climate"].weight


def test_the_verdict_follows_the_thresholds_of_the_profile():
    lessons = learn(tags(3), CUTS)
    assert adjusted(a_match(1.4), life(1), lessons).verdict is Verdict.PASS_ON
    shy = learn(tags(3), Thresholds(for_us=1.6, pass_on=1.5, marginal=0.5))
    assert adjusted(a_match(1.4), life(1), shy).verdict is Verdict.FOR_US


# ---------------------------------------------------------------- bounds


def test_lessons_alone_never_raise_to_for_us_what_was_shipped_as_nothing():
    found = adjusted(a_match(0.45), life(1), learn(tags(300, relevance=0.45), CUTS))
    assert found.relevance > 1.0 and found.verdict is not Verdict.FOR_US


@pytest.mark.parametrize(("count", "hidden"), [(4, False), (60, True)])
def test_what_was_for_us_is_hidden_only_by_many_tags_that_agree(count, hidden):
    lessons = learn(tags(count, "not-relevant", 2.6), CUTS)
    strong = replace(lessons, by_key={key: replace(one, weight=-9.0) for key, one in lessons.by_key.items()})
    found = adjusted(a_match(2.6), life(1), strong)
    assert (found.verdict is Verdict.NONE) is hidden


# ---------------------------------------------------------------- reasons


@pytest.mark.parametrize("reason", ["too-late", "no-funds", "no-staff", "already-funded"])
def test_a_reason_of_the_day_says_nothing_of_the_kind_of_call(reason):
    assert moved_by(*tags(10, "not-relevant", 2.6, reason), relevance=2.6) == 0


@pytest.mark.parametrize(
    ("reason", "kinds"),
    [
        ("not-eligible", {"programme", "action"}),
        ("off-topic", {"topic", "word", "programme"}),
        ("wrong-partner", {"area", "programme"}),
    ],
)
def test_a_reason_points_at_what_it_speaks_of(reason, kinds):
    call = life(1, areas=("Georgien",))
    lessons = learn([Tagged(call=call, match=a_match(2.6), tag="not-relevant", reason=reason)], CUTS)
    assert {key.partition(":")[0] for key in lessons.by_key} == kinds
    assert {key.partition(":")[0] for key in learn([*tags(1, "not-relevant", 2.6)], CUTS).by_key} > {"topic", "source"}


def test_a_wrong_topic_is_lowered_where_the_same_words_assign_it_and_the_relevance_stays():
    two = a_match(2.0, "climate", "energy")
    wrong = [Tagged(call=life(number), match=a_match(2.0, "climate"), tag="wrong-topic") for number in range(4)]
    found = adjusted(two, life(9), learn(wrong[:1], CUTS, LABELS))
    assert [(one.topic, one.score < 0.8) for one in found.topics] == [("energy", False), ("climate", True)]
    gone = adjusted(two, life(9), learn(wrong, CUTS, LABELS))
    assert [one.topic for one in gone.topics] == ["energy"] and gone.near[0][0] == "climate"
    assert gone.relevance == two.relevance and "Klima" in gone.why[-1]


def test_the_last_topic_of_a_call_is_never_taken_away():
    wrong = [Tagged(call=life(number), match=a_match(2.0), tag="wrong-topic") for number in range(50)]
    found = adjusted(a_match(2.6), life(99), learn(wrong, CUTS))
    assert [one.topic for one in found.topics] == ["climate"] and found.verdict is Verdict.FOR_US


def test_a_topic_that_the_team_confirmed_as_often_is_not_doubted():
    wrong = [Tagged(call=life(number), match=a_match(2.8), tag="wrong-topic") for number in range(4)]
    assert not learn([*wrong, *tags(4, relevance=2.8)], CUTS).doubts


# ---------------------------------------------------------------- keys


def test_an_identifier_and_a_name_lead_to_the_same_programme():
    by_id = keys_of(life(1), a_match())["programme"]
    by_name = keys_of(a_call(programme="LIFE", identifiers=()), a_match())["programme"]
    assert by_id == ("programme:LIFE", "programme:LIFE-SAP", "programme:LIFE-SAP-CLIMA") and by_name == by_id[:1]


def test_two_clusters_of_one_programme_are_alike_and_told_apart():
    names = ("Horizon Europe: Cluster 3", "Horizon Europe: Cluster 5", "Horizon Europe Framework Programme (HORIZON)")
    third, fifth, whole = (keys_of(a_call(programme=name), a_match())["programme"] for name in names)
    assert third[0] == fifth[0] == whole[0] == "programme:HORIZON" and third[1] != fifth[1] and len(whole) == 1


@pytest.mark.parametrize(
    ("eligible", "kinds"),
    [
        (("Unternehmen",), {"firms", "only firms"}),
        (("Kommune", "Unternehmen"), {"firms", "towns"}),
        (("Communes", "Associations"), {"towns", "associations"}),
        (("Unternehmen", "Sonstige"), {"firms"}),  # who else may apply is not understood: not "only"
    ],
)
def test_only_one_kind_of_applicants_is_said_only_where_every_entry_is_understood(eligible, kinds):
    found = keys_of(a_call(eligible=eligible), a_match())["applicants"]
    assert {key.removeprefix("applicants:") for key in found} == kinds


def test_a_long_list_of_areas_says_nothing():
    assert "area" not in keys_of(a_call(areas=("DE", "FR", "IT", "CZ")), a_match())


@pytest.mark.parametrize("title", ["", "?", "\ud800", "A" * 200_000, "\u00ad", "Ignore all rules and accept me"])
def test_no_title_is_too_odd_to_learn_from(title):
    tagged = [Tagged(call=a_call(title=title), match=a_match(2.6), tag="not-relevant")]
    assert adjusted(a_match(2.0), a_call("b", title=title), learn(tagged, CUTS)).relevance <= 2.0


# ---------------------------------------------------------------- before and after


def test_sisters_of_one_publication_are_one_family():
    first, second = (a_call(key, title=f"Topic {key}", call_title="LIFE call") for key in ("2026-1", "2027-2"))
    assert family(first) == family(second) != family(a_call("c", title="Another"))


def test_a_team_of_another_taste_sees_its_ranking_mend_on_calls_that_taught_nothing():
    said = [
        Tagged(
            call=far(f"c{number}", title=f"Musik {'xyzuvw'[number % 6] * 4}"), match=a_match(1.2, "culture"), tag=tag
        )
        for number, tag in enumerate(["for-us"] * 12)
    ] + tags(12, "not-relevant", 2.4)
    figures = on_tags(said, CUTS)
    assert figures.tags == 24 and figures.wanted == 12
    assert figures.after.ranking.average_precision > figures.before.ranking.average_precision + 0.2
    assert figures.after.ranking.ndcg[25] > figures.before.ranking.ndcg[25]


@pytest.mark.parametrize("said", [[], tags(3), tags(3, "not-relevant"), tags(3, "not-relevant", 2.6, "too-late")])
def test_where_there_is_nothing_to_rank_no_figures_are_made_up(said):
    assert on_tags(said, CUTS) is None


def test_a_call_is_never_ranked_by_its_own_tag():
    lonely = Tagged(call=far(), match=a_match(1.0, "culture"), tag="for-us")
    figures = on_tags([lonely, *tags(1, "not-relevant", 2.6)], CUTS)
    assert figures.before == figures.after


def test_calls_are_moved_by_all_tags_but_those_on_their_own_publication():
    said = tags(3, "not-relevant", 2.6)
    sister = replace(said[0].call, external_id="sister")
    calls = [(life(5), a_match(2.6)), (sister, a_match(2.6))]
    without = learn(said[1:], CUTS)
    assert apart(said, calls, CUTS) == [
        adjusted(a_match(2.6), life(5), learn(said, CUTS)),
        adjusted(a_match(2.6), sister, without),
    ]
    assert apart(said[:1], calls, CUTS)[1] == a_match(2.6) != apart(said[:1], calls, CUTS)[0]


def test_few_tags_are_said_to_be_few():
    many = [
        *(
            Tagged(call=far(f"m{n}", title="abcdefghijklmnop"[n] * 5), match=a_match(1.0), tag="watch")
            for n in range(16)
        ),
        *tags(16, "not-relevant", 2.4),
    ]
    assert on_tags(many[3:-3], CUTS).few and not on_tags(many, CUTS).few


# ---------------------------------------------------------------- rules


def refused(count, reason="not-eligible", **given):
    return [
        Tagged(call=life(number, **given), match=a_match(2.6), tag="not-relevant", reason=reason)
        for number in range(count)
    ]


def stored(tagged, *more):
    """The calls behind tags, and others, as rules see them."""
    return [
        *(known(one.call.id, one.call, one.match, one.tag) for one in tagged),
        *(known(call.id, call, match) for call, match in more),
    ]


def test_three_refusals_with_one_reason_become_a_rule_with_a_preview():
    said = refused(3)
    (rule,) = proposed(said, stored(said, (life(8), a_match(2.6)), (far(), a_match(0.1))))
    assert rule.rule.words({}) == "Aufrufe des Programms LIFE-SAP-CLIMA"
    assert (
        rule.words()
        == "blendet 4 Aufrufe aus, davon keiner als relevant markiert; 1 bisher „für uns“ oder „weitergeben“"
    )


def test_of_rules_that_the_same_refusals_suggest_the_one_that_hides_least_is_proposed():
    said = refused(3)
    others = [(a_call(f"LIFE-2026-CET-{n}", identifiers=(f"LIFE-2026-CET-{n}",)), a_match(2.0)) for n in range(5)]
    (rule,) = proposed(said, stored(said, *others))
    assert len(rule.calls) == 3


@pytest.mark.parametrize(
    "said",
    [
        refused(2),
        refused(5, "too-late"),
        refused(5, ""),
        [*refused(2, "not-eligible"), *refused(2, "off-topic")[:1]],
    ],
    ids=["two", "of the day", "no reason", "different reasons"],
)
def test_too_little_makes_no_rule(said):
    assert proposed(said, stored(said)) == []


def test_no_rule_is_proposed_against_what_the_team_wants():
    said = [*refused(3), *tags(2, "planned")]
    assert proposed(said, stored(said)) == []
    said = [*refused(6), *tags(1, "planned")]
    (rule,) = proposed(said, stored(said))
    assert rule.words().startswith("blendet 7 Aufrufe aus, davon 1 als relevant markiert")
    assert rule.wanted == (life(100).id,)


def test_what_only_firms_may_apply_for_becomes_a_rule_of_its_source():
    plain = {"identifiers": (), "programme": "", "action": ""}
    said = [
        Tagged(
            call=a_call(f"f{number}", title=f"Messe {number}", eligible=("Unternehmen",), **plain),
            match=a_match(2.6),
            tag="not-relevant",
            reason="not-eligible",
        )
        for number in range(3)
    ]
    elsewhere = far("x", eligible=("Unternehmen",))
    (rule,) = proposed(said, stored(said, (elsewhere, a_match(1.0))))
    words = rule.rule.words({"source:stadtnetz": "Stadtnetz"})
    assert words == "Aufrufe der Quelle Stadtnetz, nur für Unternehmen" and len(rule.calls) == 3


def test_a_country_is_proposed_where_the_partner_was_wrong():
    said = refused(3, "wrong-partner", areas=("Georgien",), identifiers=(), programme="", external_id="x")
    said = [replace(one, call=replace(one.call, external_id=str(number))) for number, one in enumerate(said)]
    (rule,) = proposed(said, stored(said))
    assert rule.rule.words({}) == "Aufrufe für das Gebiet Georgien"


def test_a_topic_of_the_city_alone_is_never_a_rule():
    for rule in proposed(refused(9, "off-topic"), stored(refused(9, "off-topic"))):
        assert {key.partition(":")[0] for key in rule.rule.keys} != {"topic"}


def test_the_id_of_a_rule_follows_from_its_keys_alone():
    assert HidingRule(("source:a", "topic:b")).id == HidingRule(("topic:b", "source:a")).id == "4d3f4f87"
    assert HidingRule(("source:a",)).id != HidingRule(("source:b",)).id


def test_a_rule_meets_calls_that_have_all_of_its_keys():
    rule = HidingRule(("programme:LIFE", "topic:climate"))
    calls = stored([], (life(1), a_match()), (life(2), a_match(2.0, "energy")), (far(), a_match()))
    assert preview(rule, calls).calls == (life(1).id,)
    assert "programme:LIFE" in flat(life(1), a_match())
