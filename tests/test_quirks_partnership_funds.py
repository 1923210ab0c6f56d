"""What is odd about funds for partnerships: SKEW, NKI, EUKI, DFJW, Bürgerfonds, Zukunftsfonds, UK-German Connection.

Each test reads a page by the entry of its source in sources.yaml, so that it fails when the option goes. Wordings are
those of the sources where they were seen, the rest is ours.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.catalogue import SOURCES
from tests.shared import RECORDED, needs_recorded
from tracker.changes import Known, compare
from tracker.checks import History, check
from tracker.connectors import load
from tracker.crawl import crawl
from tracker.errors import ParseError
from tracker.model import DeadlineKind, RawCall, RawDocument, Request, Status
from tracker.normalize import next_deadline, normalize, status_on
from tracker.page_text import difference
from tracker.parsing import clean_link

ROOT = Path(__file__).resolve().parents[1]
TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, tzinfo=UTC)
# What a page must say to be the right one (`states`), and enough words to be a page at all.
FILLING = {
    "skew-foerderung": "Unsere Förderangebote: Kleinprojektefonds, Nakopa und weitere für Kommunen.",
    "skew-nakopa": "Nakopa hilft Kommunen und ihren Partnern.",
    "skew-kleinprojektefonds": "Antragsberechtigt sind Kommunalverwaltungen.",
    "skew-klimapartnerschaften": "Kommunen geben eine Interessensbekundung ab.",
    "skew-fkkp": "FKKP hilft Kommunen und ihren Partnern.",
    "skew-kepol": "Gefördert wird entwicklungspolitisches Engagement.",
    "skew-ukraine": "Partnerschaften mit der Ukraine werden begleitet.",
    "nki-kommunalrichtlinie": "Die Kommunalrichtlinie hilft Kommunen beim Klimaschutz.",
    "euki": "EUKI sucht jedes Jahr Projektideen.",
    "dfjw": "Jede Ausschreibung steht auf einer Seite.",
    "buergerfonds": "Der Bürgerfonds arbeitet nach diesen Richtlinien.",
    "zukunftsfonds-programme": "Antragsfristen und Programme für Projekte mit Partnern.",
    "uk-german-flexible": "Gefördert werden Partner in beiden Ländern.",
    "uk-german-zuschuesse": "Zuschüsse erhält jede Schule mit einem Partner.",
}
WATCHED = sorted(FILLING)


def a_page(*paragraphs, language="de", title="Förderung", head=""):
    """A page that has the frames of all these sites."""
    text = "".join(words if words.startswith("<") else f"<p>{words}</p>" for words in paragraphs)
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><title>{title}</title>{head}</head><body>'
        "<header><nav>Menü</nav></header>"
        f'<main><div id="target_content"><div class="mod_article">{text}</div></div></main>'
        "<footer>Impressum</footer></body></html>"
    )


def answer(source, page, *, url="", kind="list", note=(), content_type="text/html; charset=utf-8"):
    body = page if isinstance(page, bytes) else page.encode()
    request = Request(url or source.url, kind=kind, note=note)
    return RawDocument(request=request, body=body, content_type=content_type, fetched_at=NOW)


def parse(source_id, page, **how):
    source = SOURCES[source_id]
    return list(load(source.connector).parse(answer(source, page, **how), source))


def read(source_id, *paragraphs, **how):
    """The call of a watched page that says these paragraphs."""
    filling = f"{FILLING[source_id]} {'Dazu beraten wir Sie gern und ausführlich. ' * 3}"
    (found,) = parse(source_id, a_page(filling, *paragraphs, **how))
    return normalize(found, SOURCES[source_id])


def days(source_id, *paragraphs):
    return [deadline.day for deadline in read(source_id, *paragraphs).deadlines]


def refused(source_id, page):
    with pytest.raises(ParseError) as caught:
        parse(source_id, page)
    return str(caught.value)


def told(source_id, before, after):
    """What the digest tells when a page that said `before` says `after`."""
    old, new = read(source_id, *before), read(source_id, *after)
    known = Known(call=old, first_seen=TODAY)
    return [
        (change.kind.value, change.old, change.new) for change in compare(known, new, today=TODAY, status_on=status_on)
    ]


# ---------------------------------------------------------------- all watched pages


@pytest.mark.parametrize("source_id", WATCHED)
def test_the_right_page_is_read(source_id):
    found = read(source_id)
    assert found.page and found.title and found.attribution and found.language == "de"


@pytest.mark.parametrize("source_id", WATCHED)
@pytest.mark.parametrize(
    "page",
    [
        a_page("Leider wurde nichts gefunden. " * 8, title="Seite nicht gefunden"),
        a_page("Funding for municipalities and their partners in other countries. " * 4, language="en"),
        a_page("Appel à projets : aide aux communes et à leurs partenaires. " * 4, language="fr"),
        a_page("Wir prüfen Ihren Browser. " * 8, title="Just a moment..."),
        a_page("Hier finden Sie allgemeine Auskünfte zu unserem Haus und zu den Zeiten. " * 4),
        a_page(),
    ],
    ids=["not found", "English", "French", "wall", "German, of something else", "emptied"],
)
def test_another_page_is_an_error_and_no_change(source_id, page):
    assert refused(source_id, page)


@pytest.mark.parametrize("source_id", WATCHED)
def test_a_validity_is_no_deadline(source_id):
    assert days(source_id, "Die Richtlinie ist befristet bis zum 31.12.2029.") == []


@pytest.mark.parametrize("source_id", WATCHED)
def test_the_frame_of_the_page_is_no_text(source_id):
    assert "Impressum" not in read(source_id).description and "Menü" not in read(source_id).description


# ---------------------------------------------------------------- SKEW


SKETCH = "Eine Antragstellung ist bis spätestens 30. September 2023 möglich."
SKETCH += " Zuvor ist eine Projektskizze einzureichen, die bis spätestens 31. Juli 2023 vorliegen muss."


def test_skew_nakopa_asks_for_a_sketch_before_the_application_that_its_page_names_first():
    call = read("skew-nakopa", "<h2>Bekanntmachung 2024</h2>", SKETCH)
    assert [(deadline.day, deadline.kind, deadline.stage) for deadline in call.deadlines] == [
        (date(2023, 9, 30), DeadlineKind.STAGE, 2),
        (date(2023, 7, 31), DeadlineKind.STAGE, 1),
    ]
    assert next_deadline(call, date(2023, 7, 1)).stage == 1
    assert next_deadline(call, date(2023, 8, 1)).stage == 2
    assert status_on(call, date(2023, 8, 1)) is Status.OPEN and status_on(call, TODAY) is Status.CLOSED


@pytest.mark.parametrize(
    "words",
    [
        # 2016 and 2017, read elsewhere
        (
            "Die deutsche Kommune kann bis spätestens Freitag, 29. Januar 2016 eine Interessenbekundung senden."
            " Projektanträge können bis spätestens Freitag 29. April 2016 eingereicht werden."
        ),
        (
            "In der ersten Stufe muss die Interessensbekundung bis zum 29.01.2016 eingegangen sein."
            " Projektanträge sind in der zweiten Stufe bis zum 29.04.2016 möglich."
        ),
    ],
)
def test_skew_nakopa_told_its_two_stages_in_other_words_in_former_years(words):
    found = [(deadline.day, deadline.stage) for deadline in read("skew-nakopa", words).deadlines]
    assert found == [(date(2016, 1, 29), 1), (date(2016, 4, 29), 2)]


def test_skew_nakopa_in_the_past_tense_is_closed():
    call = read("skew-nakopa", "Projektskizzen konnten bis zum 31. Juli 2023 eingereicht werden.")
    assert [deadline.day for deadline in call.deadlines] == [date(2023, 7, 31)]
    assert status_on(call, TODAY) is Status.CLOSED


def test_skew_nakopa_next_notice_is_told_as_its_moved_deadlines():
    new = SKETCH.replace("30. September 2023", "30. September 2027").replace("31. Juli 2023", "31. Juli 2027")
    changes = told("skew-nakopa", ["<h2>Bekanntmachung 2024</h2>", SKETCH], ["<h2>Bekanntmachung 2028</h2>", new])
    assert changes == [
        ("deadline", ["2023-07-31", "2023-09-30"], ["2027-07-31", "2027-09-30"]),
        ("page", ["Bekanntmachung 2024"], ["Bekanntmachung 2028"]),
    ]


def test_skew_nakopa_in_english_is_another_page():
    page = a_page("Funding from the Nakopa programme is for municipalities. " * 4)
    assert "no longer says 'Kommune'" in refused("skew-nakopa", page)


def test_skew_kleinprojektefonds_names_no_date_at_all():
    call = read(
        "skew-kleinprojektefonds", "Die Bundesregierung wird in das Jahr 2025 voraussichtlich vorläufig wirtschaften."
    )
    assert call.deadlines == () and status_on(call, TODAY) is Status.UNKNOWN


@pytest.mark.parametrize(
    "words",
    ["Anträge können laufend noch bis zum 15. Oktober eingereicht werden.", "Anträge sind laufend bis 15.10. möglich."],
)
def test_skew_kleinprojektefonds_that_runs_until_15_october_of_no_year_is_neither_a_date_nor_open_for_ever(words):
    call = read("skew-kleinprojektefonds", words)
    assert [(d.kind, d.day, d.words) for d in call.deadlines] == [(DeadlineKind.UNKNOWN, None, words)]
    assert status_on(call, TODAY) is Status.UNKNOWN


def test_skew_kleinprojektefonds_until_15_october_of_a_year_is_a_date():
    words = "Anträge für eine Förderung können noch bis 15. Oktober 2022 gestellt werden."
    assert days("skew-kleinprojektefonds", words) == [date(2022, 10, 15)]


@pytest.mark.parametrize("source_id", ["skew-kleinprojektefonds", "skew-nakopa", "skew-fkkp", "skew-kepol"])
def test_a_skew_programme_whose_time_is_up_is_closed_until_it_says_otherwise(source_id):
    gone = "Die Frist zur Einreichung von Förderanträgen ist abgelaufen. Wir informieren Sie über eine neue Frist."
    assert status_on(read(source_id, gone), TODAY) is Status.CLOSED
    assert status_on(read(source_id, gone, "Anträge sind wieder bis zum 31.3.2027 zu stellen."), TODAY) is Status.OPEN
    assert read(source_id).said is Status.UNKNOWN


def test_skew_foerderung_is_not_open_because_one_may_call_at_any_time():
    line = "<ul><li>Antragstellung: Die Frist ist abgelaufen. Bei Rückfragen sind wir jederzeit erreichbar.</li></ul>"
    assert read("skew-foerderung", line).deadlines == ()
    assert read("skew-foerderung", line).said is Status.UNKNOWN  # one of several instruments


def test_skew_foerderung_tells_that_a_window_has_opened():
    before = ["<ul><li>Antragstellung: Die Frist ist abgelaufen.</li></ul>"]
    after = ["<ul><li>Antragstellung: Anträge nehmen wir ab sofort an.</li></ul>"]
    assert told("skew-foerderung", before, after) == [
        ("page", ["Antragstellung: Die Frist ist abgelaufen."], ["Antragstellung: Anträge nehmen wir ab sofort an."])
    ]


def test_skew_klimapartnerschaften_gives_advice_at_any_time_and_that_is_no_call():
    assert read("skew-klimapartnerschaften", "Kommunen können sich jederzeit an die SKEW wenden.").deadlines == ()


def test_skew_klimapartnerschaften_calls_for_a_phase():
    words = "Interessensbekundungen für kommunale Klimapartnerschaften können bis zum 31. März 2022 eingereicht werden."
    assert days("skew-klimapartnerschaften", words) == [date(2022, 3, 31)]


def test_skew_fkkp_window_closed_is_closed():
    assert read("skew-fkkp", "<dl><dt>Förderfenster</dt><dd>Förderfenster geschlossen</dd></dl>").said is Status.CLOSED
    assert read("skew-fkkp", "Das Förderfenster ist geöffnet.").said is Status.UNKNOWN


def test_skew_fkkp_may_name_the_first_of_its_two_stages_only():
    words = (
        "Das Antragsverfahren startet mit einer Interessenbekundung, die spätestens bis zum 6. März 2023 eingereicht"
    )
    call = read("skew-fkkp", "<h2>Bekanntmachung 2023 bis 2026</h2>", f"{words} werden muss.")
    assert [(d.day, d.kind, d.stage) for d in call.deadlines] == [(date(2023, 3, 6), DeadlineKind.STAGE, 1)]


def test_skew_fkkp_told_both_stages_elsewhere():
    words = "Nächste Frist für Interessensbekundungen ist der 6. März 2023. Anträge können dann bis 7. Mai 2023 online"
    call = read("skew-fkkp", f"{words} eingereicht werden.")
    assert [(d.day, d.stage) for d in call.deadlines] == [(date(2023, 3, 6), 1), (date(2023, 5, 7), 2)]


def test_skew_fkkp_time_of_the_projects_is_no_deadline():
    assert days("skew-fkkp", "Die Projekte laufen ab 1. Oktober 2023 bis 31. Dezember 2026.") == []


@pytest.mark.parametrize(
    ("words", "kind", "day"),
    [
        (
            "Kommunen müssen bis spätestens zum 31. März 2025 einen Antragsentwurf einreichen.",
            "single",
            date(2025, 3, 31),
        ),
        ("Antragsentwürfe sind jährlich bis zum 31. März einzureichen.", "rule", None),
        ("Kommunen müssen bis zum 31. März einen Antragsentwurf einreichen.", "unknown", None),
    ],
)
def test_skew_kepol_draft_until_31_march_has_a_date_in_a_year_only(words, kind, day):
    (deadline,) = read("skew-kepol", words).deadlines
    assert (deadline.kind.value, deadline.day, deadline.rule) == (kind, day, ())


def test_skew_kepol_labels_its_dates_with_short_day_names():
    lines = ("Frist für die Interessensbekundung: Fr, 05.05.2017", "Frist für die Anträge: Fr, 14.07.2017")
    found = [(d.day, d.stage) for d in read("skew-kepol", *lines).deadlines]
    assert found == [(date(2017, 5, 5), 1), (date(2017, 7, 14), 2)]


def test_skew_ukraine_counts_its_partnerships_and_that_is_no_change():
    assert not SOURCES["skew-ukraine"].enabled
    before, after = ([f"Das Netzwerk hat inzwischen {number} Partnerschaften."] for number in (155, 268))
    assert told("skew-ukraine", before, after) == []


# ---------------------------------------------------------------- SKEW: the recorded pages of its CMS


def recorded(name):
    return (RECORDED / "de" / "engagement_global" / name).read_bytes()


@needs_recorded
def test_skew_termine_recorded_list_has_ten_events_and_a_next_page():
    found = parse("skew-termine", recorded("listings__test_it_scrapes_events.html"))
    calls = [thing for thing in found if isinstance(thing, RawCall)]
    assert [thing.url for thing in found if isinstance(thing, Request)] == [
        "https://www.engagement-global.de/veranstaltungssuche.html?page_e140=2"
    ]
    assert len(calls) == len(found) - 1 == len({call.external_id for call in calls}) == 10
    assert calls[0].external_id == "online-seminar-einstieg-in-den-kompass-nachhaltigkeit-3799"
    assert calls[0].title == "Online-Seminar Einstieg in den Kompass Nachhaltigkeit"
    assert calls[0].url.startswith("https://skew.engagement-global.de/veranstaltung-detail/")
    assert calls[3].url.startswith("https://www.engagement-global.de/veranstaltung-detail/")  # by <base>
    assert all(call.deadlines == () for call in calls)
    assert calls[1].description.startswith("Dienstag, 2. November und Mittwoch, 3. November 2021")


def test_skew_termine_are_off_since_events_are_no_calls():
    assert not SOURCES["skew-termine"].enabled


@needs_recorded
@pytest.mark.parametrize(
    "path", sorted(RECORDED.glob("de/engagement_global/events__*.html")), ids=lambda path: path.stem
)
def test_skew_pages_are_read_by_the_frame_that_the_recorded_pages_have(path):
    source = SOURCES["skew-nakopa"]
    source = replace(source, options={**source.options, "states": []})
    (found,) = load("watch_page").parse(answer(source, path.read_bytes()), source)
    lines = normalize(found, source).description.splitlines()
    assert any(line.startswith("Datum: ") for line in lines) and any(line.startswith("Ort: ") for line in lines)
    assert "Hauptnavigation" not in found.description and "Infotelefon" not in found.description
    assert not any("Anmeldeschluss" in deadline.words for deadline in found.deadlines)  # of an event, not of a call


# ---------------------------------------------------------------- Nationale Klimaschutzinitiative


WINDOWS = ("01. Nov. 2024 bis 31. Dez. 2027", "01. Febr. 2025 bis 31. Dez. 2027")


def test_nki_kommunalrichtlinie_windows_in_short_months_end_on_one_day():
    call = read("nki-kommunalrichtlinie", *WINDOWS)
    assert [(d.day, d.words) for d in call.deadlines] == [(date(2027, 12, 31), WINDOWS[0])]
    assert status_on(call, TODAY) is Status.OPEN


@pytest.mark.parametrize(
    "words", ["01. Jan. 2022 bis 31. Dez. 2027", "1. Juli 2025 bis 30. Sept. 2025", "1. März 2027 bis 31. Mai 2027"]
)
def test_nki_kommunalrichtlinie_windows_of_other_years_and_months_are_read(words):
    (deadline,) = read("nki-kommunalrichtlinie", words).deadlines
    assert deadline.day in {date(2027, 12, 31), date(2025, 9, 30), date(2027, 5, 31)} and deadline.words == words


def test_nki_kommunalrichtlinie_window_that_moves_is_a_moved_deadline_and_told_once():
    after = [words.replace("2027", "2028") for words in WINDOWS]
    assert told("nki-kommunalrichtlinie", WINDOWS, after) == [("deadline", ["2027-12-31"], ["2028-12-31"])]


@pytest.mark.parametrize(
    "words", ["Fokuskonzepte (4.1.10)", "Nummern 4.1.1 bis 4.2.12 der Richtlinie", "Vom 10. Oktober 2024"]
)
def test_nki_kommunalrichtlinie_numbers_of_sections_are_no_dates(words):
    assert days("nki-kommunalrichtlinie", words) == []


# ---------------------------------------------------------------- EUKI


def test_euki_names_the_day_of_its_first_stage_and_expects_the_second():
    call = read(
        "euki",
        "Für das Auswahlverfahren 2024 müssen die Projektideen bis zum 12. März 2024 über eine Online-Plattform"
        " eingereicht werden. Die ausgewählten Projekte werden voraussichtlich im Juni 2024 aufgefordert, einen"
        " vollständigen Vorschlag einzureichen. Die ersten Projekte sollen im Dezember 2024 starten.",
    )
    assert [deadline.day for deadline in call.deadlines] == [date(2024, 3, 12)]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Bis zum 13. Januar 2023 besteht die Möglichkeit, Vorschläge einzureichen.", date(2023, 1, 13)),
        ("Projektskizzen können bis zum 18. Februar 2020 eingereicht werden.", date(2020, 2, 18)),
    ],
)
def test_euki_deadline_stands_at_either_end_of_its_sentence(words, day):
    assert days("euki", "Am 25. November hat die Bewerbungsphase begonnen.", words) == [day]


def test_euki_german_page_with_an_english_label_is_read_and_an_english_one_is_not():
    assert read("euki", "<h2>Call for project ideas</h2>", language="en").page
    english = a_page("EUKI funds climate action. Project outlines are due on 12 March 2024. " * 3, language="de")
    assert "no longer says" in refused("euki", english)


def a_feed(*entries):
    items = "".join(
        f"<item><title>{title}</title><link>{link}</link><guid isPermaLink='false'>{guid}</guid>"
        f"<description>{words}</description></item>"
        for title, link, guid, words in entries
    )
    return f"<?xml version='1.0'?><rss version='2.0'><channel><title>EUKI</title>{items}</channel></rss>"


NEWS = ("Radwege in Zagreb", "https://www.euki.de/news/radwege/", "https://www.euki.de/?p=1", "Bis zum 31. Mai 2024.")
CALL = (
    "EUKI startet 8. Ideenwettbewerb",
    "https://www.euki.de/news/euki-call-2024/?utm_source=rss&amp;utm_medium=rss",
    "https://www.euki.de/?p=2",
    "Bis zum 12. März 2024 können Kommunen Ideen einreichen.",
)


def test_euki_news_keeps_only_those_on_a_call_and_cuts_tracking_tails():
    (call,) = parse("euki-news", a_feed(NEWS, CALL), content_type="application/rss+xml")
    assert call.url == "https://www.euki.de/news/euki-call-2024/"
    assert [deadline.words for deadline in call.deadlines] == ["12. März 2024"]


def test_euki_news_without_a_call_is_a_healthy_read():
    source = SOURCES["euki-news"]
    harvest = crawl(
        source, load("feed"), lambda _: answer(source, a_feed(NEWS), content_type="application/rss+xml")
    ).harvest
    assert harvest.calls == () and check(harvest, source.expect, History()) == ()


# ---------------------------------------------------------------- DFJW


LABELS = ("Bewerbungsfrist: 28.11.2025", "Zeitraum des Projekts: zwischen 01.01.2026 und 31.12.2026")


def test_dfjw_label_line_is_the_deadline_and_the_time_of_the_project_is_none():
    (deadline,) = read("dfjw", *LABELS).deadlines
    assert (deadline.day, deadline.words) == (date(2025, 11, 28), LABELS[0])


def test_dfjw_new_call_is_told_with_its_sentences_and_its_day():
    new = ("<h2>Klima und Jugend 2027</h2>", "Bewerbungsfrist: 15.01.2027")
    assert told("dfjw", LABELS, (*LABELS, *new)) == [
        ("deadline", ["2025-11-28"], ["2025-11-28", "2027-01-15"]),
        ("page", [], ["Klima und Jugend 2027"]),
    ]


def test_dfjw_links_with_visitor_ids_and_tracking_tails_are_the_same_page():
    link = '<p><a href="https://www.dfjw.org/ausschreibungen/a{}">Inklusion stärken</a></p>'
    tails = ("", ".html", "?utm_medium=email%5b&amp;%5dutm_campaign=NL", ";jsessionid=A1B2.live21323")
    texts = [read("dfjw", link.format(tail)).description for tail in tails]
    assert all(difference(texts[0], text) == ((), ()) for text in texts)


def test_dfjw_damaged_tracking_tail_is_cut_from_links():
    tail = "?utm_medium=email%5b&%5dutm_campaign=NL-instit-septembre22-VA%5b&%5dutm_source=NL"
    plain = "https://www.dfjw.org/ausschreibungen/engagement-leben-zukunft-gestalten.html"
    assert clean_link(plain + tail) == clean_link(plain + tail.upper().replace("UTM", "utm")) == plain


def test_dfjw_page_that_calls_itself_old_keeps_its_day():
    old = "Achtung: diese Seite wurde seit mehr als 6 Monaten nicht mehr aktualisiert."
    call = read("dfjw", old, LABELS[0])
    assert status_on(call, TODAY) is Status.CLOSED and old in call.description


# ---------------------------------------------------------------- Bürgerfonds


def test_buergerfonds_treaties_are_no_deadlines():
    words = "Mit dem Vertrag von Aachen vom 22. Januar 2019 wurde die Zusammenarbeit auf eine neue Stufe gehoben."
    assert days("buergerfonds", words) == []


def test_buergerfonds_is_open_all_year_but_for_its_largest_category():
    words = "Förderanträge können das ganze Jahr über einfach online gestellt werden."
    more = " (Nur für Projekte aus Kategorie 4 gibt es feste Antragsfristen, die online bekanntgegeben werden.)"
    call = read("buergerfonds", words + more)
    assert [(d.kind, d.words) for d in call.deadlines] == [(DeadlineKind.ROLLING, words)]
    assert status_on(call, TODAY) is Status.OPEN


FUND = "https://www.buergerfonds.eu/aktuelles"
TREATY = (
    "Anlass ist die Unterzeichnung des Élysée-Vertrags am 22. Januar 1963.",
    "Gefördert werden Projekte, die zwischen dem 16. und dem 31. Januar 2023 umgesetzt werden.",
    "Anträge können noch bis 13. November 2022 auf der Online-Plattform des Bürgerfonds gestellt werden.",
    "Bis spätestens 31. März 2023 reichen Sie Projektbericht und Abrechnung ein.",
)


def a_list(*links):
    return a_page("".join(f'<p><a href="{href}">{words}</a></p>' for href, words in links))


ARTICLE = (f"{FUND}/meldungen/haushalt-freigegeben", "Haushalt freigegeben")
DAY = (
    f"{FUND}/projektausschreibungen/deutsch-franzoesischer-tag-2023",
    "Projektausschreibung: Deutsch-Französischer Tag",
)


def test_buergerfonds_aufrufe_deadline_is_found_among_treaties_project_days_and_reports():
    (supplement,) = parse("buergerfonds-aufrufe", a_page(*TREATY), kind="detail", note=(("external_id", "tag"),))
    assert [deadline.words for deadline in supplement.fields["deadlines"]] == ["13. November 2022"]


def test_buergerfonds_aufrufe_are_links_that_speak_of_a_call():
    found = parse("buergerfonds-aufrufe", a_list(ARTICLE, DAY, ("/aktuelles/", "Aktuelles")))
    assert [thing.external_id for thing in found if isinstance(thing, RawCall)] == ["deutsch-franzoesischer-tag-2023"]
    assert [thing.url for thing in found if isinstance(thing, Request)] == [DAY[0]]


def test_buergerfonds_aufrufe_keep_their_id_whatever_tail_a_visitor_gets():
    tails = ("", "?mtm_campaign=a&PHPSESSID=1", ";jsessionid=A1.live", "?utm_source=nl")
    found = [parse("buergerfonds-aufrufe", a_list((DAY[0] + tail, DAY[1])))[0] for tail in tails]
    assert {(call.external_id, call.url) for call in found} == {("deutsch-franzoesischer-tag-2023", DAY[0])}


def test_buergerfonds_aufrufe_without_a_call_are_empty_and_healthy_and_a_redesign_is_an_error():
    source = SOURCES["buergerfonds-aufrufe"]
    assert parse(source.id, a_list(ARTICLE)) == []
    harvest = crawl(source, load("listing"), lambda _: answer(source, a_list(ARTICLE))).harvest
    assert check(harvest, source.expect, History()) == ()
    assert "has the page been redesigned" in refused(source.id, a_page("Projektausschreibung: siehe unten"))


def test_buergerfonds_aufrufe_that_leave_the_news_are_not_gone():
    assert SOURCES["buergerfonds-aufrufe"].expect.complete is False


# ---------------------------------------------------------------- Zukunftsfonds


RULE = (
    "Viermal im Jahr – je zum Quartalsende, aber mindestens drei Monate vor Projektbeginn – können Anträge eingereicht"
)
RULE += " werden."


def fund(*paragraphs, **how):
    (found,) = parse("zukunftsfonds", a_page("Unser übliches Förderprogramm.", *paragraphs, **how))
    return normalize(found, SOURCES["zukunftsfonds"])


@pytest.mark.parametrize(
    ("today", "day"),
    [
        (date(2026, 11, 22), date(2026, 12, 31)),
        (date(2026, 12, 31), date(2026, 12, 31)),
        (date(2027, 1, 1), date(2027, 3, 31)),
        (date(2027, 4, 1), date(2027, 6, 30)),
        (date(2027, 7, 1), date(2027, 9, 30)),
    ],
)
def test_zukunftsfonds_next_day_is_the_end_of_the_quarter(today, day):
    deadline = next_deadline(fund(RULE), today)
    assert (deadline.day, deadline.kind, deadline.lead) == (
        day,
        DeadlineKind.RULE,
        "mindestens drei Monate vor Projektbeginn",
    )


def test_zukunftsfonds_rolling_on_is_no_change():
    known = Known(call=fund(RULE), first_seen=TODAY)
    for today in (date(2026, 12, 31), date(2027, 1, 1), date(2027, 7, 1)):
        assert list(compare(known, fund(RULE), today=today, status_on=status_on)) == []


def test_zukunftsfonds_pays_half_and_more_for_the_theme_of_the_year():
    rate = fund(RULE).budget.rate
    assert "50 %" in rate and "70 %" in rate


@pytest.mark.parametrize(
    "words",
    [
        "Zweimal im Jahr – je zum Halbjahr, aber mindestens drei Monate vor Projektbeginn – sind Anträge möglich.",
        "Viermal im Jahr – je zum Quartalsende – können Anträge eingereicht werden.",
        "Viermal im Jahr – je zum Quartalsende, aber mindestens sechs Monate vor Projektbeginn – sind Anträge möglich.",
    ],
    ids=["other days", "no lead", "another lead"],
)
def test_zukunftsfonds_that_changes_its_rule_is_unhealthy_and_gives_no_day(words):
    assert "no longer states the rule" in refused("zukunftsfonds", a_page(words))


def test_zukunftsfonds_in_czech_is_another_page():
    page = a_page("Žádost je možné podávat čtyřikrát ročně, vždy ke konci čtvrtletí.", language="cs")
    assert "another language (cs)" in refused("zukunftsfonds", page)


def next_date(day, month):
    return ("<h3>Nächste Antragsfrist!</h3>", day, f"Antragsfrist für Projekte mit einer Laufzeit ab {month}.")


@pytest.mark.parametrize("after", [next_date("30.6.2027", "Oktober 2027"), next_date("31. 3. 2024", "Juli ")])
def test_zukunftsfonds_programme_moves_its_next_date_on_and_that_is_no_change(after):
    assert told("zukunftsfonds-programme", next_date("31. 3. 2027", "Juli 2027"), after) == []


def test_zukunftsfonds_programme_tells_a_special_call():
    theme = "Thema des Jahres 2027: Wasser, mit bis zu 70 %."
    assert told("zukunftsfonds-programme", [], [theme]) == [("page", [], [theme])]


def test_zukunftsfonds_programme_has_days_of_every_year_without_a_date():
    entry = "<ul><li>1. Quartal oder später: bis zum 30. September des Vorjahres</li></ul>"
    found = [(d.kind, d.day) for d in read("zukunftsfonds-programme", "Antragsfrist für Projekte im", entry).deadlines]
    assert found == [(DeadlineKind.RULE, None)]


# ---------------------------------------------------------------- UK-German Connection


OVER = "Das Antragsverfahren für dieses Programm ist nun abgeschlossen."
RESULT = "Schulen werden bis Ende Februar über den Ausgang des Antrags informiert."


@pytest.mark.parametrize("source_id", ["uk-german-zuschuesse", "uk-german-flexible"])
def test_uk_german_procedure_that_is_over_is_closed_and_the_day_of_its_result_is_no_deadline(source_id):
    call = read(source_id, OVER, RESULT)
    assert call.deadlines == () and status_on(call, TODAY) is Status.CLOSED
    assert read(source_id, RESULT).said is Status.UNKNOWN
    not_yet = "Das Antragsverfahren ist erst abgeschlossen, wenn beide Schulen zustimmen."
    assert read(source_id, not_yet).said is Status.UNKNOWN


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Antragsfrist: 31. Januar 2022", date(2022, 1, 31)),
        ("Antragstermin ist der 20. Oktober 2023.", date(2023, 10, 20)),
    ],
)
def test_uk_german_zuschuesse_round_is_read_by_its_label(words, day):
    assert days("uk-german-zuschuesse", "Anträge können ab dem 20. September 2023 eingereicht werden.", words) == [day]


def test_uk_german_zuschuesse_new_round_is_told_though_the_old_words_were_not_deleted():
    changes = told("uk-german-zuschuesse", [OVER], [OVER, "Antragsfrist: 31. Januar 2027"])
    assert changes == [("deadline", [], ["2027-01-31"])]
    assert status_on(read("uk-german-zuschuesse", OVER, "Antragsfrist: 31. Januar 2027"), TODAY) is Status.OPEN


# ---------------------------------------------------------------- the wordings that were really seen


SEEN = {  # source: (address of the excerpt, the days that a person reads there)
    "skew-nakopa": ("skew.engagement-global.de/unterstuetzung-durch-nakopa.html", ["2023-09-30", "2023-07-31"]),
    "skew-fkkp": ("skew.engagement-global.de/foerderprogramm-fuer-kommunale-klimaschutz-und", ["2023-03-06"]),
    "skew-klimapartnerschaften": ("skew.engagement-global.de/kommunale-klimapartnerschaften.html", []),
    "skew-kleinprojektefonds": ("skew.engagement-global.de/kleinprojektefonds.html", []),
    "skew-ukraine": ("skew.engagement-global.de/ukraine.html", []),
    "skew-kepol": ("skew.engagement-global.de/koordination-kommunaler-entwicklungspolitik.html", []),
    "nki-kommunalrichtlinie": (
        "klimaschutz.de/de/foerderung-der-nki/foerderprogramme/kommunalrichtlinie",
        ["2027-12-31"],
    ),
    "euki": ("www.euki.de/news/euki-call-2022/", ["2023-01-13"]),
    "dfjw": ("www.dfjw.org/ausschreibungen/inklusion-und-teilhabe", ["2025-11-28"]),
    "buergerfonds": ("www.buergerfonds.eu/richtlinien", []),
    "uk-german-zuschuesse": ("ukgermanconnection.org/pp/de/partnerschaften/zuschuesse-fuer-partnerschaften/", []),
}


def excerpt(address):
    lines = (RECORDED / "de" / "page-excerpts.jsonl").read_text("utf-8").splitlines()
    (words,) = [found["excerpt"] for found in map(json.loads, lines) if address in found["url"]]
    return [line for line in words.splitlines() if line.strip()]


@needs_recorded
@pytest.mark.parametrize("source_id", SEEN)
def test_the_words_that_were_seen_of_a_source_are_read_as_a_person_reads_them(source_id):
    address, expected = SEEN[source_id]
    assert [day.isoformat() for day in days(source_id, *excerpt(address))] == expected


@needs_recorded
def test_the_words_that_were_seen_of_zukunftsfonds_state_its_rule():
    assert fund(*excerpt("zukunftsfonds.cz")).deadlines[0].rule == ("03-31", "06-30", "09-30", "12-31")


@needs_recorded
def test_the_words_that_were_seen_of_uk_german_zuschuesse_close_it():
    assert read("uk-german-zuschuesse", *excerpt(SEEN["uk-german-zuschuesse"][0])).said is Status.CLOSED
