"""A call as found becomes a call as understood; a row that cannot be one is refused by name."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
from dataclasses import asdict
from datetime import date, time
from decimal import Decimal

import pytest

from tests.builders import a_raw_call, a_source
from tests.shared import RECORDED, needs_recorded
from tracker.errors import ParseError
from tracker.model import Certainty, DeadlineKind, RawBudget, RawDeadline, Status
from tracker.normalize import normalize, summary

TOWN_TWINNING = {
    "external_id": "CERV-2026-CITIZENS-TOWN-TT",
    "title": "Town\r\nTwinning &amp; exchange",
    "url": "https://portal.example/topic-details/CERV-2026-CITIZENS-TOWN-TT",
    "language": "EN",
    "status": "open",
    "opens": "2026-05-06T00:00:00.000+0000",
    "deadlines": (
        RawDeadline(
            words="2026-09-23T00:00:00.000+0000",
            day=date(2026, 9, 23),
            zone="Europe/Brussels",
            kind=DeadlineKind.SINGLE,
        ),
    ),
    "description": "<p>Towns meet <a href='https://portal.example/guide?utm_source=x'>each other</a>.</p>",
    "programme": " CERV\n",
    "divisions": ("Town-Twinning", "Town-Twinning ", ""),
    "budget": RawBudget(total="6000000", minimum="8455", maximum="50745", currency="EUR", scope="topic"),
    "identifiers": ("CERV-2026-CITIZENS-TOWN-TT",),
}


def test_every_field_of_a_call_is_read():
    call = normalize(a_raw_call(**TOWN_TWINNING), a_source(id="eu-portal", language="en", zone="Europe/Brussels"))
    assert call.id == "eu-portal:CERV-2026-CITIZENS-TOWN-TT"
    assert (call.title, call.language, call.said) == ("Town Twinning & exchange", "en", Status.OPEN)
    assert (call.opens, call.published, call.days) == (date(2026, 5, 6), None, (date(2026, 9, 23),))
    assert call.deadlines[0].certainty is Certainty.DATE_ONLY
    assert call.description == "Towns meet each other."
    assert 'href="https://portal.example/guide"' in call.html
    assert (call.programme, call.divisions) == ("CERV", ("Town-Twinning",))
    assert (call.budget.grant.minimum, call.budget.total.maximum) == (Decimal(8455), Decimal(6_000_000))
    assert call.identifiers == ("CERV-2026-CITIZENS-TOWN-TT",)


def test_the_same_row_gives_the_same_call():
    source = a_source()
    assert normalize(a_raw_call(**TOWN_TWINNING), source) == normalize(a_raw_call(**TOWN_TWINNING), source)


def test_what_the_source_does_not_say_stays_unsaid():
    call = normalize(a_raw_call(), a_source())
    assert (call.language, call.said, call.deadlines, call.opens) == (None, Status.UNKNOWN, (), None)
    assert (call.budget, call.description, call.html, call.funder) == (None, "", "", "")


@pytest.mark.parametrize(
    ("of_call", "of_source", "language"),
    [
        ("de", "", "de"),
        ("EN", "de", "en"),
        ("", "fr", "fr"),
        ("de-DE", "", "de"),
        ("Deutsch", "", None),
        ("", "", None),
    ],
)
def test_the_language_is_that_of_the_call_or_of_its_source(of_call, of_source, language):
    assert normalize(a_raw_call(language=of_call), a_source(language=of_source)).language == language


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"url": "javascript:alert(1)"}, "no web address"),
        ({"url": ""}, "no web address"),
        ({"url": "/relative"}, "no web address"),
        ({"title": " \r\n "}, "no title"),
        ({"external_id": "\x00"}, "no id"),
        ({"status": "geöffnet"}, "unknown status 'geöffnet'"),
    ],
)
def test_a_row_that_is_no_call_is_refused_with_its_source_and_id(given, reason):
    with pytest.raises(ParseError) as refused:
        normalize(a_raw_call(**{"external_id": "row-7", **given}), a_source())
    assert reason in str(refused.value)
    assert refused.value.source == "stadtnetz"
    assert "row-7" in str(refused.value) or "external_id" in given


# ---------------------------------------------------------------- dates in their country


def test_an_american_source_writes_the_month_first():
    raw = a_raw_call(deadlines=(RawDeadline(words="02/03/2027"),), language="en")
    assert normalize(raw, a_source(country="US")).days == (date(2027, 2, 3),)
    assert normalize(raw, a_source(country="GB")).days == (date(2027, 3, 2),)
    assert normalize(raw, a_source()).days == ()


def test_several_dates_in_one_string_are_several_deadlines_each_once():
    raw = a_raw_call(
        language="de",
        deadlines=(
            RawDeadline(words="15.4.2026 und 15.4.2027"),
            RawDeadline(words="15.04.2026"),
            RawDeadline(words=" "),
        ),
    )
    assert normalize(raw, a_source()).days == (date(2026, 4, 15), date(2027, 4, 15))
    assert len(normalize(raw, a_source()).deadlines) == 2


def test_a_deadline_that_cannot_be_read_is_kept_in_its_words():
    (deadline,) = normalize(a_raw_call(deadlines=(RawDeadline(words="Herbst 2026"),)), a_source()).deadlines
    assert (deadline.words, deadline.day) == ("Herbst 2026", None)


# ---------------------------------------------------------------- fixes


def test_odd_values_are_replaced_as_the_configuration_says():
    fixes = {
        "deadline": {"laufend": "", "31.02.2027": "28.02.2027"},
        "programme": {"kommune": "Kommune"},
        "divisions": {"x": ""},
        "budget": {"siehe unten": ""},
        "nonsense": {"a": "b"},
    }
    raw = a_raw_call(
        language="de",
        deadlines=(
            RawDeadline(words=" laufend\n"),
            RawDeadline(words="31.02.2027", day=date(2027, 3, 3), time=time(1)),
        ),
        programme="kommune",
        divisions=("x", "y"),
        budget=RawBudget(total="siehe unten", rate="80 %"),
    )
    call = normalize(raw, a_source(fixes=fixes))
    assert [(one.words, one.day, one.time) for one in call.deadlines] == [("28.02.2027", date(2027, 2, 28), None)]
    assert (call.programme, call.divisions) == ("Kommune", ("y",))
    assert (call.budget.total, call.budget.rate) == (None, "80 %")


# ---------------------------------------------------------------- hostile and real input


def test_invisible_characters_reach_no_field():
    odd = "\x00a\ud800\u202e\u200b\x1b[31m"
    call = normalize(
        a_raw_call(
            external_id=f"id{odd}",
            title=odd,
            url=f"https://a.example/{odd}",
            description=f"<p>{odd}&#8238;&#x202e;</p>",
            programme=odd,
            eligible=(odd,),
            deadlines=(RawDeadline(words=odd),),
            budget=RawBudget(total=odd, rate=odd),
            attribution=odd,
        ),
        a_source(),
    )
    written = json.dumps(asdict(call), default=str, ensure_ascii=False)
    assert not re.search("[\ud800-\udfff\u202e\u200b\x1b]|u0000|u001b", written)


def test_importing_loads_no_heavy_library():
    heavy = "{'nh3', 'lxml', 'bs4', 'dateparser', 'inscriptis', 'httpx'}"
    program = f"import sys, tracker.normalize; print(sorted({heavy} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


@needs_recorded
def test_every_recorded_row_of_the_eu_portal_is_understood():
    recording = json.loads(gzip.decompress((RECORDED / "eu" / "sedia-days.json.gz").read_bytes()))
    source = a_source(id="eu-portal", language="en", zone="Europe/Brussels")
    calls = []
    for row in recording["rows"]:
        meta = row["metadata"]
        raw = a_raw_call(
            external_id=row["reference"],
            title=meta["title"][0],
            url=row["url"],
            language=row["language"],
            status="open",
            opens=(meta["startDate"] or [""])[0],
            deadlines=tuple(RawDeadline(words=words) for words in meta["deadlineDate"]),
            description=(meta.get("descriptionByte") or meta.get("description") or [""])[0],
        )
        call = normalize(raw, source)
        written = {words[:10] for words in meta["deadlineDate"]}
        assert all(one.day for one in call.deadlines), row["reference"]
        # T22:00 and T23:00 are midnight in Brussels, of the day after: those days may differ, no other
        late = sum("T22:00" in words or "T23:00" in words for words in meta["deadlineDate"])
        assert len({str(day) for day in call.days} - written) <= late
        assert call.opens is not None or not raw.opens
        assert len(summary(call)) <= 300
        calls.append(call)
    assert len(calls) == len(recording["rows"]) > 1_000
    twinning = {call.title for call in calls if "Guiné-Bissau" in call.title}
    assert len(twinning) == 1, "one title in two forms must be one"


@needs_recorded
def test_the_recorded_sections_on_deadlines_never_yield_a_day_that_they_do_not_name():
    lines = (RECORDED / "de" / "fristen_sections.jsonl").read_text(encoding="utf-8").splitlines()
    sections = [json.loads(line)["fristen"] for line in lines]
    read = 0
    for words in sections:
        raw = a_raw_call(language="de", deadlines=(RawDeadline(words=words),))
        for day in normalize(raw, a_source()).days:
            assert str(day.year) in words
            read += 1
    assert read >= 30
