"""The connector `rule`: it gives the rule while the page states it, and nothing once it does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tracker.connectors import load, rule
from tracker.errors import ConfigError, ParseError
from tracker.model import Certainty, DeadlineKind, RawBudget, RawDocument, Request, Source, Status
from tracker.normalize import next_deadline, normalize, status_on

URL = "https://www.zukunftsfonds.example/projektforderung/"
OPTIONS = {
    "title": "Deutsch-Tschechischer Zukunftsfonds: Standardförderung",
    "dates": ["03-31", "06-30", "09-30", "12-31"],
    "states": [r"viermal im Jahr.*Quartalsende"],
}
# The fund's rule in the order of its own page (seen 2026-11), the rest in our words.
SENTENCE = "Viermal im Jahr – je zum Quartalsende, mindestens drei Monate vor Projektbeginn – nehmen wir Anträge an."
TEXT = f"<h1>Standardförderung</h1><p>Wir fördern Begegnungen. {SENTENCE}</p><ul><li>bis zu 50 %</li></ul>"
TODAY = date(2026, 11, 22)


def a_page(text=TEXT, *, language="de", title="Projektförderung"):
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><title>{title}</title></head><body>'
        f"<nav>Start Förderung Kontakt</nav><div id=main>{text}</div><footer>Impressum</footer></body></html>"
    )


def a_source(**options):
    given = {name: value for name, value in (OPTIONS | options).items() if value is not None}
    return Source(id="zukunftsfonds", connector="rule", url=URL, language="de", options=given, attribution="DTZF")


def read(page=None, source=None):
    body = (a_page() if page is None else page).encode()
    moment = datetime(2026, 11, 22, tzinfo=UTC)
    document = RawDocument(request=Request(URL), body=body, content_type="text/html", fetched_at=moment)
    (found,) = rule.parse(document, source or a_source())
    return found


# ---------------------------------------------------------------- what it says


def test_the_page_is_read_and_gives_one_call_with_its_rule():
    assert list(load("rule").start(a_source())) == [Request(URL)]
    found = read()
    assert (found.external_id, found.title, found.url) == ("rule", OPTIONS["title"], URL)
    (deadline,) = found.deadlines
    assert (deadline.kind, deadline.rule) == (DeadlineKind.RULE, tuple(OPTIONS["dates"]))
    assert deadline.day is None and found.status == ""


def test_the_reader_sees_the_sentence_that_states_the_rule():
    assert read().deadlines[0].words == SENTENCE
    assert read().description == f"<p>{SENTENCE}</p>"


def test_what_the_page_must_say_may_be_given_literally_and_is_then_shown():
    words = "Viermal im Jahr – je zum\n Quartalsende"
    assert read(source=a_source(words=words, states=None)).deadlines[0].words == "Viermal im Jahr – je zum Quartalsende"
    with pytest.raises(ParseError, match="no longer states the rule"):
        read(source=a_source(words="Fünfmal im Jahr"))


def test_a_rule_that_is_spread_over_a_list_is_found_too():
    spread = "<p>Stichtage:</p><ul><li>31. März</li><li>30. Juni</li></ul>"
    found = read(a_page(spread), a_source(states=[r"31\. März\s+30\. Juni"], dates=["03-31", "06-30"]))
    assert found.deadlines[0].words == "31. März 30. Juni"


def test_all_facts_of_the_entry_reach_the_call():
    given = {
        "programme": "Standardförderung",
        "funder": "Deutsch-Tschechischer Zukunftsfonds",
        "lead": "mindestens drei Monate vor Projektbeginn",
        "identifiers": ["DTZF-STANDARD"],
        "eligible": ["Kommunen"],
        "budget": {"rate": "bis zu 50 %, Thema des Jahres 70 %"},
        "main": "#main",
    }
    call = normalize(read(source=a_source(**given)), a_source())
    assert (call.programme, call.funder, call.identifiers) == (
        "Standardförderung",
        "Deutsch-Tschechischer Zukunftsfonds",
        ("DTZF-STANDARD",),
    )
    assert call.budget.rate.startswith("bis zu 50 %") and call.eligible == ("Kommunen",)
    assert call.deadlines[0].lead == "mindestens drei Monate vor Projektbeginn"
    assert call.description == f"Standardförderung\nWir fördern Begegnungen. {SENTENCE}\n- bis zu 50 %"
    assert read(source=a_source(budget="5.000 Euro")).budget == RawBudget(total="5.000 Euro")


def test_the_next_quarter_is_the_next_deadline_and_one_may_apply_all_year():
    call = normalize(read(), a_source())
    assert next_deadline(call, TODAY).day == date(2026, 12, 31)
    assert next_deadline(call, date(2027, 1, 1)).day == date(2027, 3, 31)
    assert next_deadline(call, TODAY).certainty is Certainty.RULE
    assert status_on(call, TODAY) is Status.OPEN and not call.page


def test_a_round_opens_and_closes_every_year():
    text = "<p>Anträge vom 1. März bis 15. Mai jeden Jahres.</p>"
    source = a_source(dates=["05-15"], opens=["03-01"], states=[r"1\. März bis 15\. Mai jeden Jahres"])
    call = normalize(read(a_page(text), source), source)
    assert call.deadlines[0].rule == ("03-01/05-15",)
    assert status_on(call, TODAY) is Status.FORTHCOMING and status_on(call, date(2027, 4, 1)) is Status.OPEN


def test_the_order_of_dates_in_sources_yaml_means_nothing():
    assert read(source=a_source(dates=OPTIONS["dates"][::-1])).deadlines == read().deadlines


# ---------------------------------------------------------------- once the page no longer says it


@pytest.mark.parametrize(
    "page",
    [
        a_page("<h1>Standardförderung</h1><p>Zweimal im Jahr nehmen wir Anträge an.</p>"),
        a_page(""),
        a_page(f"<!-- {SENTENCE} --><script>var rule = '{SENTENCE}'</script><p hidden>{SENTENCE}</p>"),
        a_page("<p>Four times a year, at the end of each quarter, we accept applications.</p>", language="en"),
    ],
    ids=["another rule", "emptied", "only where nobody sees it", "in the other language"],
)
def test_a_page_without_the_rule_is_an_error_and_no_call(page):
    with pytest.raises(ParseError, match="the page no longer states the rule"):
        read(page)


def test_every_pattern_must_be_met():
    with pytest.raises(ParseError, match="no longer states"):
        read(source=a_source(states=[*OPTIONS["states"], "in diesem Jahr ausgesetzt"]))


def test_a_wall_is_named():
    wall = "<html><head><title>Radware Captcha Page</title></head><body>Are you human?</body></html>"
    with pytest.raises(ParseError, match="calls itself 'Radware'"):
        read(wall)


@pytest.mark.parametrize("page", ["", "kein HTML", '<?xml version="1.0"?><rss/>', a_page()[:-20]])
def test_what_is_no_whole_page_is_refused(page):
    with pytest.raises(ParseError, match=r"cut off|not HTML"):
        read(page)


def test_a_redesign_that_loses_the_main_part_is_named():
    with pytest.raises(ParseError, match="found no '#inhalt': has the page been redesigned"):
        read(source=a_source(main="#inhalt"))


def test_a_doubled_and_reordered_page_states_the_same_rule():
    again = a_page(f"<p>{SENTENCE}</p>{TEXT}{TEXT}")
    assert replace(read(again), description="") == replace(read(), description="")


# ---------------------------------------------------------------- mistakes in sources.yaml


@pytest.mark.parametrize(
    ("options", "line"),
    [
        ({"title": None}, "zukunftsfonds.options.title: missing"),
        ({"dates": None}, "zukunftsfonds.options.dates: missing"),
        ({"dates": []}, "zukunftsfonds.options.dates: missing"),
        ({"dates": "03-31"}, "dates: expected a list of texts, not '03-31'"),
        ({"dates": ["31.3."]}, "dates: '31.3.' is no day of every year, such as \"03-31\""),
        ({"dates": ["02-30"]}, "'02-30' is no day of every year"),
        ({"dates": ["03-31", "03-31"]}, "a day stands there twice"),
        ({"opens": ["03-01"]}, "opens: 1 for 4 dates"),
        ({"states": None}, "states: missing"),
        ({"states": ["("]}, "states: no. 1: no regular expression"),
        ({"states": ["x*"]}, "states: no. 1: is met by any page"),
        ({"main": "div["}, "main: no selector"),
        ({"lead": 3}, "lead: expected text, not 3"),
        ({"budget": 5000}, "budget: expected text, or a mapping"),
        ({"budget": {"totl": "5"}}, "budget.totl: unknown key; did you mean 'total'?"),
        ({"deadlines": ["03-31"]}, "options.deadlines: unknown key"),
    ],
)
def test_a_mistake_in_the_options_is_named_before_the_first_request(options, line):
    with pytest.raises(ConfigError) as caught:
        rule.start(a_source(**options))
    assert any(line in problem for problem in caught.value.problems), caught.value.problems


def test_all_mistakes_are_named_at_once():
    with pytest.raises(ConfigError) as caught:
        rule.start(a_source(title=None, dates=["x"], colour="red"))
    assert len(caught.value.problems) == 3
