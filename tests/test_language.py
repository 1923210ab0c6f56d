"""In which language a call is written: what its source declares, unless its words are clear; unknown before wrong."""

from __future__ import annotations

import gzip
import html
import json
import re
import time

import pytest
from bs4 import BeautifulSoup

from tests.builders import a_call, a_raw_call, a_source
from tests.shared import RECORDED, SHARED, needs_recorded
from tracker.changes import Known, plan
from tracker.normalize import detect, language_of, normalize, status_on
from tracker.normalize.language import LANGUAGES, LETTERS, OTHERS, WORDS

LONG_GERMAN = (
    "Gefördert werden Begegnungen zwischen Partnerstädten. Anträge können Gemeinden und Vereine stellen. "
    "Die Förderung beträgt höchstens 80 Prozent der Ausgaben, die für das Vorhaben notwendig sind. "
    "Anträge sind spätestens drei Monate vor Beginn bei der Geschäftsstelle einzureichen."
)
TITLES = {
    "de": [
        "Förderung von Begegnungen zwischen Partnerstädten",
        "Richtlinie zur Förderung des Radverkehrs in Städten und Gemeinden",
        "Kommunale Klimapartnerschaften mit dem Globalen Süden",
        "Zuschuss für die Sanierung von Schulen",
    ],
    "en": [
        "Call for proposals for town twinning and networks of towns",
        "Strengthening the capacity of local authorities in the field of waste management",
        "Enhancing circular economy in the Mediterranean",
        "Support for the strengthening and adaptation of forestry training provision in Côte d’Ivoire",
    ],
    "fr": [
        "Appel à projets pour la coopération décentralisée",
        "Soutenir les collectivités dans la lutte contre le gaspillage alimentaire",
        "Aide à l’étude et à la rénovation énergétique des bâtiments communaux",
        "Accompagnement des communes vers la transition écologique",
    ],
    "it": [
        "Avviso pubblico per la presentazione di proposte progettuali",
        "Bando per il sostegno alla mobilità ciclistica nei comuni della Lombardia",
        "Contributi a fondo perduto per la riqualificazione degli edifici",
        "Interventi in favore della cooperazione tra città gemellate",
    ],
    "cs": [
        "Výzva k předkládání žádostí o podporu v oblasti životního prostředí",
        "Podpora česko-německé spolupráce obcí a měst",
        "Program na podporu vzdělávání ve školách",
        "Dotace pro obce na rozvoj cyklistické dopravy",
    ],
    "uk": [
        "Конкурс проєктів для громад і міст",
        "Підтримка молодіжних обмінів між містами-побратимами",
        "Гранти для громад на розвиток туризму",
    ],
    "es": [
        "Convocatoria de subvenciones para proyectos de cooperación al desarrollo",
        "Fortalecimiento de las organizaciones de la sociedad civil en Ecuador",
        "Ayudas para la movilidad sostenible en los municipios",
    ],
}
OTHER = [
    "Combate ao tráfico de seres humanos e à violência sexual e de género na Guiné-Bissau",
    "Výzva na predkladanie žiadostí o podporu v oblasti vzdelávania a ktoré sa týkajú obcí",
    "Nabór wniosków o wsparcie dla gmin oraz projektów, które się kończą",
    "Поддержка проектов для городов, которые развивают культуру и туризм",
    "Subsidieregeling voor gemeenten en het onderwijs van de regio met deze projecten",
]


@pytest.mark.parametrize(("code", "title"), [(code, title) for code, titles in TITLES.items() for title in titles])
def test_a_clear_title_is_recognised(code, title):
    assert detect(title) == code
    assert language_of(title, "", None) == language_of(title, "", "xx") == code


@pytest.mark.parametrize("title", OTHER)
def test_a_language_that_is_none_of_ours_is_not_taken_for_its_neighbour(title):
    assert detect(title) is None
    assert language_of(title, "", "en") in {None, "en"} and language_of(title, "", None) is None


def test_a_portuguese_title_in_an_english_list_is_of_unknown_language():
    assert language_of(OTHER[0], "", "en") is None


@pytest.mark.parametrize(
    "title",
    [
        "",
        " ",
        "NAKOPA",
        "EXIST",
        "LIFE-2026-SAP-CLIMA",
        "Interreg Italia-Österreich",
        "2026",
        "…",
        "KEPOL 2026",
        "Klima",
    ],
)
def test_a_short_title_stays_undecided_and_keeps_what_its_source_declares(title):
    assert detect(title) is None
    assert language_of(title, "", None) is None
    assert [language_of(title, "", code) for code in ("de", "cs", "en")] == ["de", "cs", "en"]


def test_an_english_title_with_a_foreign_name_in_it_stays_english():
    for title in (
        "Support to “Ville de demain” and Les Halles de la Villette in Paris",
        "Restoring the Lagoa da Conceição and the Serra do Mar",
        "Cooperation of the Städtetag with the Fédération nationale des communes",
    ):
        assert language_of(title, "", "en") == "en"


def test_a_spanish_title_in_an_english_list_is_spanish():
    title = "CONVOCATORIA TEMÁTICA PARA LAS ORGANIZACIONES DE LA SOCIEDAD CIVIL EN ECUADOR"
    call = normalize(a_raw_call(title=title, language=""), a_source(language="en"))
    assert (call.language, call.title) == ("es", title)
    assert normalize(a_raw_call(title=title, language="en"), a_source()).language == "es"


def test_a_title_that_contradicts_its_own_text_leaves_the_language_unknown():
    title = "Promotion des droits de l'Homme et de la société civile"
    text = "The programme supports civil society and the rights of women. Grants are paid for projects in the country."
    assert language_of(title, text, "en") is None
    assert language_of(title, text, "fr") == "fr" and language_of(title, text, None) == "fr"


def test_where_the_title_says_nothing_a_long_text_counts_and_a_short_one_only_where_nobody_declared():
    assert len(LONG_GERMAN) >= 200
    assert language_of("NAKOPA", LONG_GERMAN, "en") == language_of("NAKOPA", LONG_GERMAN, None) == "de"
    short = LONG_GERMAN[:120]
    assert language_of("NAKOPA", short, "en") == "en" and language_of("NAKOPA", short, None) == "de"


def test_a_language_that_we_do_not_know_may_still_be_declared():
    assert language_of("Støtte til vennskapsbyer", "", "no") == "no"


def test_what_decides_how_dates_are_read_is_the_declared_language_only():
    raw = a_raw_call(title="Appel à projets pour les communes et la culture", language="en", opens="03/04/2027")
    american = normalize(raw, a_source(country="US"))
    assert american.language == "fr" and american.opens.isoformat() == "2027-03-04"


def test_another_language_mark_is_no_change_of_the_call():
    old, new = a_call("a", "2027-01-31", language="en"), a_call("a", "2027-01-31", language="fr")
    today = new.deadlines[0].day
    known = {"a": Known(call=old, first_seen=today)}
    planned = plan(known, [new], today=today, first_run=False, proves_absence=True, status_on=status_on)
    assert planned.changes == () and planned.updated == (new,)


def test_every_word_and_letter_belongs_to_a_language_that_has_a_name():
    assert set(WORDS) == LANGUAGES | OTHERS
    assert {code for codes in LETTERS.values() for code in codes.split()} <= set(WORDS)
    assert all(words == words.lower() for words in WORDS.values())


def test_any_title_is_judged_in_less_than_a_third_of_a_millisecond():
    titles = [title for titles in TITLES.values() for title in titles] * 20
    start = time.process_time()
    for title in titles:
        language_of(title, LONG_GERMAN * 4, "en")
    assert (time.process_time() - start) / len(titles) < 0.003  # 0.07 ms were measured; ten times that is a bug


# ---------------------------------------------------------------- real titles


def bench_calls():
    for line in (SHARED / "bench" / "calls.jsonl").read_text("utf-8").splitlines():
        yield json.loads(line)["call"]


def portal_titles():
    rows = json.loads(gzip.decompress((RECORDED / "eu" / "sedia-days.json.gz").read_bytes()))["rows"]
    named = ("title", "caName", "callTitle")
    return {words.split("\n")[0] for row in rows for name in named for words in row["metadata"].get(name) or ()}


@needs_recorded
def test_no_declared_language_of_a_thousand_real_calls_is_overturned_but_where_it_is_wrong():
    """1,037 calls of six portals: 12 titles that the EU portal calls English are French, Spanish or Portuguese."""
    overturned = {
        (call["title"][:40], call["language"], found)
        for call in bench_calls()
        if (found := language_of(call["title"], call.get("text", ""), call["language"])) != call["language"]
    }
    assert {declared for _title, declared, _found in overturned} == {"en"}
    assert {found for _title, _declared, found in overturned} == {"fr", "es", None}
    assert 8 <= len(overturned) <= 14
    english = re.compile(r"\b(the|of|for|and|to)\b")
    assert not any(english.search(title.lower()) for title, _declared, _found in overturned)


@needs_recorded
def test_every_real_text_whose_language_nobody_declared_is_recognised():
    texts = [(call["text"], call["language"]) for call in bench_calls() if len(call.get("text", "")) >= 200]
    assert len(texts) > 700
    assert all(language_of("", text, None) in {language, None} for text, language in texts)
    assert sum(language_of("", text, None) == language for text, language in texts) > 0.99 * len(texts)


@needs_recorded
def test_of_all_titles_of_the_eu_portal_only_the_foreign_ones_lose_their_english():
    titles = portal_titles()
    foreign = {title for title in titles if language_of(title, "", "en") != "en"}
    assert len(titles) > 700 and 8 <= len(foreign) <= 20
    assert not any(re.search(r"\b(the|of|for|and|to)\b", title.lower()) for title in foreign)


@needs_recorded
@pytest.mark.parametrize("code", ["de", "en", "fr", "it", "cs"])
def test_of_thousands_of_official_labels_none_is_taken_for_another_language(code):
    """Labels of the EU's tender forms, three words and more: 28,530 in five languages, none of them sentences."""
    folder = RECORDED / "vocabularies" / "eforms" / "translations"
    entries = re.findall(r'<entry key="([^"]+)">([^<]+)<', (folder / f"code_{code}.xml").read_text("utf-8"))
    labels = [html.unescape(words) for key, words in entries if "|name|cpv" in key or "|description|" in key]
    labels = [label for label in labels if len(label.split()) >= 3]
    found = [detect(label) for label in labels]
    assert len(labels) > 4000 and set(found) == {code, None}
    assert found.count(code) > 0.15 * len(labels)


@needs_recorded
def test_euroaccess_and_eeas_grants_have_no_title_that_is_taken_for_another_language():
    for file, selector in (
        ("euroaccess/SearchForFunding.html", "table#calls-overview tbody tr td:nth-of-type(2) a"),
        ("eeas/eu_delegation_grants.html", "div.card-title a"),
    ):
        page = BeautifulSoup((RECORDED / "partners" / file).read_bytes(), "lxml")
        titles = [link.get_text(" ", strip=True) for link in page.select(selector)]
        assert len(titles) > 20 and all(language_of(title, "", "en") == "en" for title in titles)
