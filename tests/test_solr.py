"""The solr connector on incentivi.gov.it, and on the faults of a search server."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.shared import RECORDED, needs_recorded
from tests.structured import FIXTURES, WALL, a_source, crawled, faults, mistakes, read
from tracker.errors import ParseError
from tracker.model import Announced, RawBudget, RawCall, RawDeadline
from tracker.normalize import normalize

PAGE = json.loads((FIXTURES / "incentivi_gov_it.json").read_bytes())
OPTIONS = {
    "id": "ID_Incentivo",
    "title": "Titolo",
    "link": "Link_istituzionale",
    "deadline": "Data_chiusura",
    "opens": "Data_apertura",
    "description": "Descrizione",
    "divisions": "Settore_Attivita",
    "areas": "Regioni",
    "budget": {"total": "Stanziamento_incentivo", "currency": {"const": "EUR"}},
    "only": "contains(Tipologia_Soggetto, 'Ente Pubblico')",
}


def incentivi(**changed):
    url = "https://www.incentivi.gov.it/solr/coredrupal/select?q=index_id:incentivi&q.op=OR&fl=Titolo:zs_title"
    return a_source("solr", {**OPTIONS, **changed}, url=url, language="it", country="IT", zone="Europe/Rome")


def documents(*found, total=None, **header):
    return {"responseHeader": header, "response": {"numFound": len(found) if total is None else total, "docs": found}}


def a_document(number, **changed):
    said = {"ID_Incentivo": str(number), "Titolo": f"Bando {number}", "Tipologia_Soggetto": ["Ente Pubblico"]}
    return {**said, "Link_istituzionale": f"https://bando.example/{number}", **changed}


def test_incentivi_gov_it_is_read_with_missing_fields_and_commas_within_values():
    first, second, announced, following = read(incentivi(), PAGE)
    assert first.divisions == ("Mobili, Legno e Carta", "Turismo")
    assert first.deadlines == (RawDeadline(words="2024-05-23T00:00:00"),)
    assert first.budget == RawBudget(total="15375383,50", currency="EUR")
    assert (second.deadlines, second.opens, second.budget, second.status) == ((), "", None, "")
    assert announced == Announced(3)
    asked = parse_qs(urlsplit(following.url).query)
    assert (asked["start"], asked["rows"], asked["wt"], asked["q"]) == (
        ["2"],
        ["500"],
        ["json"],
        ["index_id:incentivi"],
    )


def test_incentivi_gov_it_means_midnight_as_a_day():
    first, *_ = read(incentivi(), PAGE)
    assert [str(day) for day in normalize(first, incentivi()).days] == ["2024-05-23"]


def test_a_server_that_gives_less_than_asked_is_asked_on_from_there():
    asked, pages = [], (documents(a_document(1), a_document(2), total=3), documents(a_document(3), total=3))
    found = crawled(incentivi(size=1000), *pages, asked=asked)
    assert len(found.harvest.calls) == 3 and faults(incentivi(), found) == []
    assert [parse_qs(urlsplit(request.url).query)["start"] for request in asked] == [["0"], ["2"]]


def test_a_document_for_others_is_not_missed():
    found = crawled(incentivi(), documents(a_document(1), a_document(2, Tipologia_Soggetto=["Impresa"])))
    assert [call.external_id for call in found.harvest.calls] == ["1"] and faults(incentivi(), found) == []


def test_a_server_without_a_byte_too_many_and_one_with_a_byte_order_mark_say_the_same():
    assert read(incentivi(), b"\xef\xbb\xbf" + json.dumps(PAGE).encode()) == read(incentivi(), PAGE)


@pytest.mark.parametrize(
    ("page", "words"),
    [
        (documents(a_document(1), partialResults=True), "not as it must be"),
        ({"error": {"msg": "undefined field"}, **PAGE}, "not as it must be"),
        ({"response": {"docs": [a_document(1)]}}, "not as it must be"),
        ({"response": {"docs": [], "numFound": "1"}}, "not as it must be"),
        (documents(), r"the list at 'response\.docs' is empty"),
        ({"response": {"numFound": 1}}, r"expected a list at 'response\.docs', found nothing"),
        (documents({"zs_title": "Bando"}), "none of 1 rows is a call"),
        (WALL, "bot wall"),
        (b'{"response": {"numFound": 1, "docs": [', "does not read"),
    ],
)
def test_what_is_no_whole_answer_of_a_search_is_an_error(page, words):
    source = incentivi()
    source = a_source("solr", {key: value for key, value in source.options.items() if key != "only"}, url=source.url)
    with pytest.raises(ParseError, match=words):
        read(source, page)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"size": 0}, "options.size: 0 is not a number"),
        ({"paging": {"style": "none"}}, "options.paging: unknown key"),
        ({"link": 1}, "options.link: neither a path"),
    ],
)
def test_a_mistake_in_the_options_is_told_before_the_first_request(changed, words):
    assert any(words in line for line in mistakes("solr", {**OPTIONS, **changed}))


@needs_recorded
def test_two_recorded_documents_of_incentivi_gov_it_are_read():
    found = read(incentivi(), RECORDED / "partners/it/incentivi_gov_it_sample.EXCERPT.json")
    calls = [thing for thing in found if isinstance(thing, RawCall)]
    assert [call.external_id for call in calls] == ["1170", "790"] and Announced(37) in found
    assert calls[0].areas[-1] == "Estero" and calls[0].budget.total == "18000000"
