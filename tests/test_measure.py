"""Every figure of the measuring, against one worked out by hand."""

from __future__ import annotations

import random
from math import log2

import pytest

from tracker.measure import (
    ENOUGH,
    FEW,
    Answered,
    average_precision,
    f1,
    mean,
    measure,
    ndcg,
    of_ranking,
    of_topics,
    of_verdicts,
    share,
    tally,
)
from tracker.model import Verdict


def an_answer(key="a", **given):
    """A call of relevance 0 with no topic, judged so."""
    values = {
        "id": key,
        "title": f"Aufruf {key}",
        "language": "de",
        "source": "stadtnetz",
        "labels": {},
        "label": 0,
        "scores": {},
        "assigned": frozenset(),
        "relevance": 0.0,
        "verdict": Verdict.NONE,
    }
    return Answered(**{**values, **given})


def given_topics(key, labels, *assigned):
    return an_answer(key, labels=labels, assigned=frozenset(assigned))


def ranked(*labels):
    """Calls whose order by relevance is the order given here."""
    return [an_answer(f"{place:03}", label=label, relevance=3 - place / 100) for place, label in enumerate(labels)]


# ---------------------------------------------------------------- topics


def test_a_main_topic_must_be_found_a_side_topic_may_be_and_no_other_must():
    found = of_topics(
        [
            given_topics("main, found", {"climate": 2}, "climate"),
            given_topics("main, missed", {"climate": 2}),
            given_topics("side, found", {"climate": 1}, "climate"),
            given_topics("side, missed", {"climate": 1}),
            given_topics("neither, given", {}, "climate"),
        ]
    )
    counts = found.by_topic["climate"]
    assert (counts.given, counts.right, counts.wanted, counts.found) == (3, 2, 2, 1)
    assert counts.precision == pytest.approx(2 / 3) and counts.recall == pytest.approx(1 / 2)
    assert counts.f1 == pytest.approx(2 * (2 / 3) * (1 / 2) / (2 / 3 + 1 / 2)) == pytest.approx(4 / 7)


def test_micro_figures_add_the_counts_of_all_topics():
    found = of_topics(
        [
            given_topics("1", {"climate": 2, "energy": 2}, "climate"),
            given_topics("2", {"energy": 2}, "energy", "urban"),
            given_topics("3", {"youth": 1}),
        ]
    )
    micro = found.micro
    assert (micro.given, micro.right, micro.wanted, micro.found) == (3, 2, 3, 2)
    assert micro.precision == micro.recall == micro.f1 == pytest.approx(2 / 3)


def test_the_mean_over_topics_leaves_out_those_of_fewer_than_eight_main_calls():
    assert ENOUGH == 8
    eight = [given_topics(f"c{n}", {"climate": 2}, *(["climate"] if n < 4 else [])) for n in range(8)]
    seven = [given_topics(f"f{n}", {"food-waste": 2}, "food-waste") for n in range(7)]
    found = of_topics([*eight, *seven])
    assert found.counted == ("climate",)
    assert (found.macro_precision, found.macro_recall) == (1.0, 0.5)
    assert found.macro_f1 == pytest.approx(2 / 3)
    found = of_topics([*eight, *seven, given_topics("f7", {"food-waste": 2}, "food-waste")])
    assert found.counted == ("climate", "food-waste")
    assert found.macro_f1 == pytest.approx((2 / 3 + 1) / 2)


def test_a_topic_never_given_has_no_precision_and_is_a_failure_all_the_same():
    missed = tally(given=0, right=0, wanted=3, found=0)
    assert (missed.precision, missed.recall, missed.f1) == (None, 0.0, 0.0)


def test_a_topic_that_nobody_labelled_main_has_no_recall_and_no_f1():
    side_only = tally(given=2, right=1, wanted=0, found=0)
    assert (side_only.precision, side_only.recall, side_only.f1) == (0.5, None, None)


def test_wrong_throughout_is_zero_and_not_unknown():
    assert f1(0.0, 0.0) == f1(0.0, 1.0) == f1(None, 0.0) == 0.0


@pytest.mark.parametrize(("part", "whole", "expected"), [(1, 4, 0.25), (0, 4, 0.0), (0, 0, None)])
def test_a_share_of_nothing_is_unknown(part, whole, expected):
    assert share(part, whole) == expected


def test_a_mean_passes_over_what_is_unknown():
    assert mean([1.0, None, 0.0]) == 0.5
    assert mean([None]) is None and mean([]) is None


def test_a_rare_topic_is_told_call_by_call_missed_and_wrongly_given_ones_included():
    calls = [
        an_answer("wrong", assigned=frozenset({"food-waste"}), scores={"food-waste": 0.7}),
        an_answer("side", labels={"food-waste": 1}, scores={"food-waste": 0.3}),
        an_answer("missed", labels={"food-waste": 2}),
        an_answer("found", labels={"food-waste": 2}, assigned=frozenset({"food-waste"}), scores={"food-waste": 0.9}),
        an_answer("elsewhere", labels={"climate": 2}, scores={"food-waste": 0.2}),
    ]
    told = measure(calls).call_by_call["food-waste"]
    assert [(one.id, one.label, one.score, one.assigned) for one in told] == [
        ("found", 2, 0.9, True),
        ("missed", 2, None, False),
        ("side", 1, 0.3, False),
        ("wrong", None, 0.7, True),
    ]


def test_a_topic_of_many_calls_is_not_told_call_by_call():
    many = [given_topics(f"{n}", {"climate": 2}, "climate") for n in range(FEW)]
    assert measure(many).call_by_call == {}
    assert len(measure(many[1:]).call_by_call["climate"]) == FEW - 1


# ---------------------------------------------------------------- ranking


def test_average_precision_is_the_mean_of_the_precisions_at_each_relevant_call():
    assert average_precision([True, False, True, False]) == pytest.approx((1 + 2 / 3) / 2)
    assert average_precision([False, True]) == 0.5
    assert average_precision([True, True]) == 1.0


def test_without_a_relevant_call_there_is_no_average_precision_and_no_gain():
    found = of_ranking(ranked(0, 0, 0))
    assert found.relevant == 0 and found.average_precision is None
    assert found.ndcg == {10: None, 25: None, 50: None}
    assert average_precision([]) is None and ndcg([], 10) is None


def test_relevant_is_a_label_of_two_or_three():
    found = of_ranking(ranked(1, 3, 2))
    assert found.relevant == 2 and found.average_precision == pytest.approx((1 / 2 + 2 / 3) / 2)


def test_the_gain_of_a_call_is_two_to_its_label_less_one_and_shrinks_with_its_place():
    best = 7 + 3 / log2(3) + 1 / 2
    assert ndcg([3, 2, 1], 10) == 1.0
    assert ndcg([1, 2, 3], 10) == pytest.approx((1 + 3 / log2(3) + 7 / 2) / best)
    assert ndcg([0, 3], 10) == pytest.approx((7 / log2(3)) / 7)


def test_beyond_the_depth_nothing_gains():
    assert ndcg([0] * 10 + [3], 10) == 0.0
    assert ndcg([0] * 10 + [3], 25) == pytest.approx(1 / log2(12))


def test_the_best_order_is_cut_at_the_same_depth():
    assert ndcg([3] * 10 + [3] * 10, 10) == 1.0


def test_precision_at_25_counts_the_first_25_and_of_fewer_calls_is_unknown():
    found = of_ranking(ranked(*[3] * 20, *[1] * 5, *[3] * 5))
    assert found.precision_at_25 == 20 / 25
    assert of_ranking(ranked(*[3] * 24)).precision_at_25 is None
    assert of_ranking(ranked(*[3] * 25)).precision_at_25 == 1.0


def test_equal_relevances_are_ranked_by_id_whatever_the_order_of_the_lines():
    calls = [an_answer(key, label=label, relevance=1.5) for key, label in (("c", 3), ("a", 0), ("b", 2))]
    for _ in range(5):
        random.shuffle(calls)
        assert of_ranking(calls).average_precision == pytest.approx((1 / 2 + 2 / 3) / 2)


def test_calls_of_one_id_are_ranked_by_their_address():
    calls = [an_answer("a", twin="2", label=3), an_answer("a", twin="1", label=0)]
    assert of_ranking(calls).average_precision == of_ranking(calls[::-1]).average_precision == 0.5


# ---------------------------------------------------------------- verdicts, groups, nothing


def test_shares_of_verdicts_are_told_for_each_labelled_relevance():
    calls = [
        an_answer("1", label=3, verdict=Verdict.FOR_US),
        an_answer("2", label=3, verdict=Verdict.PASS_ON),
        an_answer("3", label=3, verdict=Verdict.MARGINAL),
        an_answer("4", label=3, verdict=Verdict.NONE),
        an_answer("5", label=0, verdict=Verdict.PASS_ON),
        an_answer("6", label=0, verdict=Verdict.NONE),
    ]
    found = measure(calls).relevance
    assert found[3].verdicts == {"for-us": 0.25, "pass-on": 0.25, "marginal": 0.25, "none": 0.25}
    assert (found[3].calls, found[3].kept) == (4, 0.5)
    assert (found[0].calls, found[0].kept) == (2, 0.5)


def test_of_a_relevance_that_nobody_gave_no_share_is_known():
    found = of_verdicts([])
    assert found.kept is None and set(found.verdicts.values()) == {None}


def test_every_language_and_source_has_figures_of_its_own():
    calls = [
        an_answer("1", language="de", source="dbu", labels={"climate": 2}, assigned=frozenset({"climate"})),
        an_answer("2", language="fr", source="dbu", labels={"climate": 2}),
    ]
    found = measure(calls)
    assert {name: group.topics.micro.f1 for name, group in found.by_language.items()} == {"de": 1.0, "fr": 0.0}
    assert list(found.by_source) == ["dbu"] and found.by_source["dbu"].calls == 2
    assert found.by_source["dbu"].topics.micro.recall == 0.5


def test_of_no_calls_nothing_is_known_and_nothing_is_zero():
    found = measure([])
    assert found.calls == 0 and found.topics.counted == () and found.by_language == {}
    assert (found.topics.micro.f1, found.topics.macro_f1, found.ranking.average_precision) == (None, None, None)
    assert found.ranking.precision_at_25 is None and found.relevance[3].kept is None


def test_no_figure_depends_on_the_order_of_the_calls():
    luck = random.Random(4)
    calls = [
        an_answer(
            f"{n:02}",
            label=luck.randrange(4),
            relevance=luck.randrange(3) * 1.0,
            labels={"climate": luck.choice((1, 2))},
            assigned=frozenset(luck.sample(["climate", "urban"], luck.randrange(3))),
            source=luck.choice("ab"),
        )
        for n in range(60)
    ]
    before = measure(calls)
    luck.shuffle(calls)
    assert measure(calls) == before
