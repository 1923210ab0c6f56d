"""The connector `watch_page`: the text of a page, without what never rests, and nothing that is no page of prose."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests.shared import RECORDED, needs_recorded
from tracker.connectors import load, watch_page
from tracker.errors import ConfigError, ParseError
from tracker.model import DeadlineKind, RawDocument, Request, Source
from tracker.normalize import normalize
from tracker.page_text import difference

URL = "https://skew.example/unterstuetzung-durch-nakopa.html"
OPTIONS = {"main": ".mod_article"}
# Built as Engagement Global builds its pages (recorded 2021-11); dates and amounts of Nakopa 2024, words ours.
TEXT = """
<div class="ce_text"><h1>Unterstützung durch Nakopa</h1>
<p>Die Servicestelle unterstützt Projekte deutscher Kommunen mit Partnern im globalen Süden.</p></div>
<h2>Bekanntmachung 2024</h2>
<p>Die Förderung liegt zwischen <strong>50.000</strong> und 250.000&nbsp;Euro.</p>
<p>Projektskizzen sind bis spätestens 31. Juli 2023 einzureichen, Anträge bis spätestens 30. September 2023.</p>
<ul><li>Kommunen</li><li>Landkreise</li></ul>
"""
CONSENT = (
    "<h1>Willkommen</h1><p>Wir und unsere Partner verarbeiten Angaben zu Ihrem Besuch, um besser zu werden.</p>"
    "<p>Sie können zustimmen oder ablehnen.</p><p><a>Alle akzeptieren</a></p>"
)
OUTAGE = (
    "<h1>SKEW</h1><p>Das Angebot ist wegen Wartung bis morgen früh geschlossen.</p>"
    "<p>Wir bitten um Verständnis und wünschen Ihnen einen guten Tag.</p>"
)


def a_page(text=TEXT, *, language="de", title="Nakopa - SKEW", head="", outside=""):
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><title>{title}</title>{head}</head><body>'
        f'<nav><a href="/">Start</a></nav><div class="mod_article">{text}</div>{outside}</body></html>'
    )


def a_source(**options):
    given = {name: value for name, value in (OPTIONS | options).items() if value is not None}
    return Source(id="skew-nakopa", connector="watch_page", url=URL, language="de", options=given, attribution="SKEW")


def document(page, url=URL, final=""):
    body = page if isinstance(page, bytes) else page.encode()
    moment = datetime(2026, 11, 22, tzinfo=UTC)
    return RawDocument(request=Request(url), body=body, content_type="text/html", fetched_at=moment, url=final)


def read(page=None, source=None, **where):
    (found,) = watch_page.parse(document(a_page() if page is None else page, **where), source or a_source())
    return found


def text_of(page=None, source=None):
    return normalize(read(page, source), a_source()).description


def refused(page, source=None, **where):
    with pytest.raises(ParseError) as caught:
        read(page, source, **where)
    return str(caught.value)


# ---------------------------------------------------------------- what it says


def test_a_page_is_one_call_that_is_marked_as_a_page():
    found = read()
    assert (found.external_id, found.title, found.url, found.page) == (
        "unterstuetzung-durch-nakopa.html",
        "Unterstützung durch Nakopa",
        URL,
        True,
    )
    assert found.status == "" and found.language == "de" and found.attribution == "SKEW"
    assert normalize(found, a_source()).page


def test_the_text_is_what_a_reader_sees_line_by_line():
    assert text_of() == (
        "Unterstützung durch Nakopa\n"
        "Die Servicestelle unterstützt Projekte deutscher Kommunen mit Partnern im globalen Süden.\n"
        "Bekanntmachung 2024\n"
        "Die Förderung liegt zwischen 50.000 und 250.000 Euro.\n"
        "Projektskizzen sind bis spätestens 31. Juli 2023 einzureichen, Anträge bis spätestens 30. September 2023.\n"
        "- Kommunen\n- Landkreise"
    )


def test_deadlines_that_are_certain_are_recognised():
    found = [(deadline.day, deadline.kind, deadline.stage) for deadline in read().deadlines]
    assert found == [
        (date(2023, 7, 31), DeadlineKind.STAGE, 1),
        (date(2023, 9, 30), DeadlineKind.STAGE, 2),
    ]


def test_a_page_without_a_date_has_none():
    text = "<h1>Kleinprojektefonds</h1><p>Gefördert werden Projekte der kommunalen Entwicklungspolitik.</p>"
    text += "<p>Die Förderung steht unter dem Vorbehalt verfügbarer Mittel.</p>"
    assert read(a_page(text)).deadlines == ()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("<dl><dt>Frist</dt><dd>24. März 2022</dd></dl>", "Frist: 24. März 2022"),  # kontaktstelle-cerv.de
        ("<table><tr><th>Fristen:</th><td><p>31.12.2026</p></td></tr></table>", "Fristen: 31.12.2026"),  # kea-bw.de
        (
            "<table><tr><td>Ausland</td><td>14. Juli 2025</td><td>29. August 2025</td></tr></table>",
            "Ausland | 14. Juli 2025 | 29. August 2025",  # sez.de
        ),
        ("<table><tr><td><p>Erster Absatz.</p><p>Zweiter.</p></td></tr></table>", "Zweiter."),  # a table for layout
        ("Frist<strong>en</strong> en<wbr>den <em>hier</em>.", "Fristen enden hier."),
        ("Erste Zeile<br>zweite Zeile", "zweite Zeile"),
        ("Grund&shy;stück", "Grundstück"),
        ("a &lt;b&gt; &amp; c", "a <b> & c"),
    ],
)
def test_a_line_is_what_stands_together(text, line):
    assert line in text_of(a_page(TEXT + f"<div>{text}</div>")).splitlines()


def test_deadlines_in_a_list_of_labels_are_recognised():
    text = TEXT.replace("<ul>", "<dl><dt>Antragsfrist</dt><dd>15. März 2027</dd></dl><ul>")
    assert date(2027, 3, 15) in [deadline.day for deadline in read(a_page(text)).deadlines]


def test_a_long_text_is_searched_to_its_end():
    text = TEXT + "<p>Ein Satz über Partnerschaften.</p>" + "".join(f"<p>Absatz {n} ist lang.</p>" for n in range(2000))
    days = [deadline.day for deadline in read(a_page(text + "<p>Anträge bis 15. März 2027 stellen.</p>")).deadlines]
    assert date(2027, 3, 15) in days and date(2023, 7, 31) in days


def test_the_title_may_be_given_where_the_page_has_no_single_heading():
    two = a_page(TEXT + "<h1>Noch eine</h1>")
    assert "expected one h1" in refused(two)
    assert read(two, a_source(title="Nakopa")).title == "Nakopa"


def test_the_heading_of_the_text_is_preferred_to_that_of_the_site():
    assert read(a_page(outside="<h1>SKEW</h1>")).title == "Unterstützung durch Nakopa"


def test_further_pages_of_the_same_make_are_read_too():
    source = a_source(pages=["kleinprojektefonds.html", URL])
    further = "https://skew.example/kleinprojektefonds.html"
    assert list(load("watch_page").start(source)) == [Request(URL), Request(further)]
    assert read(source=source, url=further).external_id == "kleinprojektefonds.html"


def test_a_page_that_moved_to_another_host_is_the_same():
    assert read(url="http://127.0.0.1:8080/unterstuetzung-durch-nakopa.html").external_id == read().external_id


# A page that calls itself closed, in the words of ukgermanconnection.org and klimaatlas.nrw.de (seen 2026-11).
CLOSED = ["Antragsverfahren.* abgeschlossen", "Förderfenster geschlossen"]


@pytest.mark.parametrize(
    "words",
    ["Das Antragsverfahren für dieses Programm ist nun abgeschlossen.", "Förderfenster: Förderfenster geschlossen"],
)
def test_a_page_that_says_so_is_closed(words):
    text = f"<h1>Zuschüsse</h1><p>{words}</p><p>{'Gefördert werden Begegnungen. ' * 5}</p>"
    assert read(a_page(text), a_source(closed=CLOSED)).status == "closed"
    assert read(a_page(text)).status == ""
    assert read(a_page(text.replace(words, "Anträge sind willkommen.")), a_source(closed=CLOSED)).status == ""


def test_a_deadline_on_the_page_weighs_more_than_a_word_that_nobody_has_deleted():
    found = read(a_page(TEXT + "<p>Förderfenster geschlossen</p>"), a_source(closed=CLOSED))
    assert found.status == "" and found.deadlines


def test_a_line_may_be_a_deadline_by_the_pattern_of_its_source():
    text = "<h1>Richtlinie</h1><p>01. Febr. 2025 bis 31. Dez. 2027</p><p>" + "Gefördert wird Klimaschutz. " * 5 + "</p>"
    assert read(a_page(text)).deadlines == ()
    found = read(a_page(text), a_source(deadline=r"\d\d\. \w+\.? 20\d\d bis \d\d\. \w+\.? 20\d\d"))
    (deadline,) = normalize(found, a_source()).deadlines
    assert (deadline.words, deadline.day) == ("01. Febr. 2025 bis 31. Dez. 2027", date(2027, 12, 31))


# ---------------------------------------------------------------- what never rests


@pytest.mark.parametrize(
    "restless",
    [
        "<p>Berechne Lesezeit • Teilen</p>",
        "<p>Lesezeit: 3 Minuten</p>",
        "<p>Stand: 22.11.2026</p>",
        "<p>Stand: November 2026</p>",
        "<p>(Stand: 1. März 2026)</p>",
        "<p>Zuletzt aktualisiert am 22. November 2026, 10:15 Uhr</p>",
        "<p>Letzte Änderung: 22.11.2026 10:15</p>",
        "<p>1.234 Besucher</p>",
        "<script>visitor('a1b2')</script><style>p{}</style><noscript>Bitte JavaScript</noscript>",
        "<!-- erzeugt 10:15:03 -->",
        "<p hidden>a1b2</p><p style='display: none'>c3d4</p><i aria-hidden=true>★</i>",
        "<nav>Weitere Themen</nav>",
        "<p> – </p><hr><p>•</p>",
        "<form><input name=token value=a1b2><select><option>2026</option></select><button>Los</button></form>",
    ],
)
def test_what_changes_on_every_visit_is_no_text(restless):
    assert text_of(a_page(TEXT + restless)) == text_of()


@pytest.mark.parametrize(
    "words", ["Stand der Technik 2026", "Der Stand am Markt kostet nichts.", "12 Aufrufe sind offen."]
)
def test_words_that_only_look_restless_stay(words):
    assert words in text_of(a_page(TEXT + f"<p>{words}</p>"))


def test_a_date_of_revision_within_a_sentence_leaves_the_sentence():
    days = ("01.03.2023", "4.5.2026")
    first, second = (f"<p>Es gilt die Richtlinie (Stand: {day}) für alle Kommunen.</p>" for day in days)
    assert text_of(a_page(TEXT + first)) == text_of(a_page(TEXT + second))
    assert "Es gilt die Richtlinie für alle Kommunen." in text_of(a_page(TEXT + first))


def test_what_sources_yaml_ignores_is_no_text():
    more = TEXT + "<div class=teaser><p>Aktuelles von heute</p></div><p>Noch 12 Plätze frei, melden Sie sich.</p>"
    source = a_source(ignore=[".teaser", {"pattern": r"Noch \d+ Plätze frei, "}])
    assert text_of(a_page(more), source) == text_of() + "\nmelden Sie sich."


@pytest.mark.parametrize(
    "page",
    [
        a_page(TEXT + TEXT),
        a_page(TEXT).replace("</div></body>", f'</div><div class="mod_article">{TEXT}</div></body>'),
        a_page(f'<div class="mod_article">{TEXT}</div>'),
        a_page(TEXT.replace("\n", " \n\t ").replace("<p>", "<div><p>").replace("</p>", "</p></div>")),
        a_page(TEXT).replace("&nbsp;", "\u00a0"),
        "\ufeff" + a_page(TEXT),
    ],
    ids=["doubled", "twice for narrow screens", "nested", "rebuilt", "entities", "byte order mark"],
)
def test_the_same_words_in_other_clothes_are_the_same_text(page):
    assert difference(text_of(), text_of(page)) == ((), ())


def test_a_reordered_page_has_the_same_sentences():
    parts = TEXT.strip().split("\n")
    assert difference(text_of(), text_of(a_page("\n".join(parts[:2] + parts[:1:-1])))) == ((), ())


def test_a_page_in_latin_1_keeps_its_umlauts():
    assert text_of(a_page(head="<meta charset=iso-8859-1>").encode("latin-1")) == text_of()


# ---------------------------------------------------------------- what is no page of prose


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (a_page(""), "the text has 0 characters: emptied"),
        (a_page("<h1>Nakopa</h1><p>Demnächst mehr.</p>"), "emptied, or redesigned"),
        (a_page().replace("mod_article", "content"), "found no '.mod_article': has the page been redesigned?"),
        (a_page()[:-30], "cut off on its way"),
        ("", "no HTML page at all"),
        ('<?xml version="1.0"?><feed/>', "XML, not HTML"),
        (a_page(title="Radware Captcha Page"), "a notice in place of the page"),
        (a_page(title="Wartungsarbeiten | SKEW"), "'Wartungsarbeiten | SKEW'"),
        (a_page(title="404 – Seite nicht gefunden"), "a notice"),
        (a_page(title="Anmeldung"), "'Anmeldung'"),
        (a_page(TEXT.replace("Unterstützung durch Nakopa", "Cookie-Einstellungen")), "'Cookie-Einstellungen'"),
        (a_page(TEXT + "<form><input name=u><input type=password name=p></form>"), "a field for a password"),
        (a_page(CONSENT), "'Alle akzeptieren'"),
        (a_page(OUTAGE), "'wegen Wartung'"),
        (a_page(language="en"), "came in another language (en)"),
        (a_page("".join(f"<p>Zeile {n}</p>" for n in range(5000))), "selects more than a page of prose"),
    ],
)
def test_what_is_shown_in_place_of_the_page_is_an_error_and_no_text(page, reason):
    assert reason in refused(page)


@pytest.mark.parametrize(
    "heading",
    [
        "Anmeldung zur Klimapartnerschaft",
        "500 Euro für Begegnungen",
        "Wartung und Betrieb fördern",
        "Antragstellung derzeit nicht möglich",
        "Einwilligung der Partnerkommune",
    ],
)
def test_a_heading_that_only_begins_like_a_notice_is_a_page(heading):
    assert read(a_page(TEXT.replace("Unterstützung durch Nakopa", heading), title=heading)).title == heading


def test_a_page_that_leads_home_was_taken_down():
    assert "led to the home page" in refused(a_page(), final="https://skew.example/")
    assert "led to the home page" in refused(a_page(), final="https://skew.example/de/index.html")
    assert read(final="https://skew.example/nakopa-neu.html").title == "Unterstützung durch Nakopa"


def test_a_page_that_no_longer_says_what_it_must_is_another_one():
    assert "no longer says 'Kleinprojektefonds'" in refused(a_page(), a_source(states=["Kleinprojektefonds"]))
    assert read(source=a_source(states=["nakopa"])).page


def test_a_wrong_declaration_of_the_language_can_be_overruled_by_words():
    assert read(a_page(language="en"), a_source(states=["Kommunen"])).language == "de"


def test_deep_nesting_is_read_without_falling_over():
    deep = "<div>" * 3000 + "ganz unten" + "</div>" * 3000
    assert read(a_page(TEXT + deep)).page


def test_markup_of_strangers_comes_out_as_words():
    text = text_of(a_page(TEXT + "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p><p onclick=x>Hallo</p>"))
    assert text.endswith("<script>alert(1)</script>\nHallo")
    html = normalize(read(a_page(TEXT + "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>")), a_source()).html
    assert "<script" not in html


# ---------------------------------------------------------------- mistakes in sources.yaml


@pytest.mark.parametrize(
    ("options", "line"),
    [
        ({"main": None}, "skew-nakopa.options.main: missing"),
        ({"main": "div["}, "main: no selector"),
        ({"main": ["div"]}, "main: expected a CSS selector"),
        ({"ignore": ".teaser"}, "ignore: expected a list"),
        ({"ignore": ["div["]}, "ignore: no selector"),
        ({"ignore": [{"pattern": "("}]}, "ignore.pattern: no regular expression"),
        ({"ignore": [{"patern": "x"}]}, "ignore.patern: unknown key; did you mean 'pattern'?"),
        ({"states": ["("]}, "states: no regular expression"),
        ({"closed": ["("]}, "closed: no regular expression"),
        ({"closed": "zu"}, "closed: expected a list"),
        ({"deadline": "("}, "deadline: no regular expression"),
        ({"deadline": ["a"]}, "deadline: expected text"),
        ({"pages": ["mailto:a@b.example"]}, "pages: 'mailto:a@b.example' is no address"),
        ({"pages": ["a.html"], "title": "Nakopa"}, "title: one title for 2 pages"),
        ({"title": ""}, "title: expected text"),
        ({"selector": "div"}, "options.selector: unknown key"),
    ],
)
def test_a_mistake_in_the_options_is_named_before_the_first_request(options, line):
    with pytest.raises(ConfigError) as caught:
        watch_page.start(a_source(**options))
    assert any(line in problem for problem in caught.value.problems), caught.value.problems


# ---------------------------------------------------------------- recorded pages of the same make


@needs_recorded
@pytest.mark.parametrize(
    ("name", "heading", "line"),
    [
        ("events__test_it_scrapes_event", "Online-Seminar Einstieg in den Kompass Nachhaltigkeit", "Ort: Online"),
        (
            "events__test_it_scrapes_multi_day_event",
            "6. Vernetzungstreffen Club der Agenda 2030 Kommunen (ausgebucht)",
            "Anmeldeschluss: Dienstag, 28. September 2021",
        ),
        (
            "events__test_it_scrapes_sdg_event",
            "Sustainable Partnerships for Sustainable Development",
            "Datum: Dienstag, 9. November bis Mittwoch, 10. November 2021",
        ),
    ],
)
def test_recorded_pages_of_engagement_global_are_read(name, heading, line):
    body = (RECORDED / "de" / "engagement_global" / f"{name}.html").read_bytes()
    call = normalize(read(body), a_source())
    assert call.title == heading and line in call.description.splitlines()
    assert "Hauptnavigation" not in call.description and difference(call.description, text_of(body)) == ((), ())
