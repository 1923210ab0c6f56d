"""What is odd about the sources of Bund and Land, by the fact files: each entry of sources.yaml copes with it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from html import escape

import pytest

from tests import fdb_export
from tests.catalogue import SOURCES
from tests.fdb_export import at, pack
from tests.shared import RECORDED, needs_recorded
from tracker.changes import Known, compare
from tracker.connectors import foerderdatenbank, lists_all, load
from tracker.errors import ParseError
from tracker.match.places import is_named, names_of
from tracker.model import (
    ChangeKind,
    DeadlineKind,
    PartnerCity,
    RawCall,
    RawDocument,
    Request,
    Status,
    Supplement,
)
from tracker.normalize import normalize, status_on
from tracker.page_text import difference

TODAY = date(2026, 11, 22)
PRESS = ("um-bw-presse", "vm-bw-presse", "stm-bw-presse")
PROGRAMMES = ("um-bw-programme", "vm-bw-programme")
KOMMUNE = "Land/Baden-Wuerttemberg/klimafit"


def page(body, *, lang="de"):
    return f'<!DOCTYPE html><html lang="{lang}"><head><title>Seite</title></head><body>{body}</body></html>'


def read(source_id, body, *, url="", detail="", kind="text/html", final=""):
    """What the configured connector makes of an answer. `detail`: the id of the call whose page it is."""
    source = SOURCES[source_id]
    note = (("external_id", detail),) if detail else ()
    request = Request(url or source.url, kind="detail" if detail else "list", note=note)
    raw = body if isinstance(body, bytes) else body.encode()
    moment = datetime(2026, 11, 22, tzinfo=UTC)
    document = RawDocument(request=request, body=raw, content_type=kind, fetched_at=moment, url=final)
    return list(load(source.connector).parse(document, source))


def calls(source_id, body, **where):
    return [thing for thing in read(source_id, body, **where) if isinstance(thing, RawCall)]


def added(source_id, body):
    """A call of the source with what this detail page adds to it."""
    (supplement,) = read(source_id, body, detail="a")
    assert isinstance(supplement, Supplement)
    raw = RawCall(external_id="a", title="Aufruf", url="https://a.example/a", language="de")
    return normalize(replace(raw, **supplement.fields), SOURCES[source_id])


def watched(source_id, body):
    (found,) = calls(source_id, page(f"<main>{body}</main>"))
    return normalize(found, SOURCES[source_id])


def days(call):
    return [deadline.day for deadline in call.deadlines]


LONG = "<p>Ein Absatz, der lang genug ist, damit die Seite als Text gilt und nicht als leere Hülle.</p>"


# ---------------------------------------------------------------- Förderdatenbank, the export


def programme(place=KOMMUNE, **changes):
    """The programmes that the source of sources.yaml reads from an export with this one."""
    return calls("foerderdatenbank", pack({at(place): fdb_export.document(place, **changes)}), kind="application/zip")


@pytest.mark.parametrize(
    "fristen",
    [
        "Die Richtlinie ist befristet bis zum 31.12.2029.",
        "Es gelten die Abschnitte 3.1. und 5.1.10 der Richtlinie.",
        "Die Abrechnung ist bis zum 31.3.2027 vorzulegen.",
        "Der Mittelabruf muss bis zum 15.11.2026 erfolgt sein.",
        "Anträge sind innerhalb von 3 Monaten nach Veröffentlichung zu stellen.",
        "Bekanntmachung vom 00. November 2020: Anträge sind bis zum 00. November 2020 einzureichen.",
    ],
)
def test_foerderdatenbank_a_date_that_is_no_deadline_is_none(fristen):
    (call,) = programme(texts={"procInfluence": f"<p>{fristen}</p>", "summary": ""})
    assert [deadline.day for deadline in call.deadlines if deadline.day] == []


def test_foerderdatenbank_a_procedure_in_two_stages_has_two_deadlines():
    text = "<p>Skizzen sind bis zum 31.1.2027 einzureichen, Anträge dann bis zum 30.4.2027.</p>"
    (call,) = programme(texts={"procInfluence": text})
    assert [(one.day, one.stage) for one in call.deadlines] == [(date(2027, 1, 31), 1), (date(2027, 4, 30), 2)]


def test_foerderdatenbank_the_past_tense_means_closed():
    (raw,) = programme(texts={"procInfluence": "<p>Anträge konnten bis zum 31. Mai 2026 eingereicht werden.</p>"})
    call = normalize(raw, SOURCES["foerderdatenbank"])
    assert (days(call), status_on(call, TODAY)) == ([date(2026, 5, 31)], Status.CLOSED)


@pytest.mark.parametrize("words", ["laufend", "Anträge können fortlaufend gestellt werden."])
def test_foerderdatenbank_laufend_is_rolling(words):
    (call,) = programme(texts={"procInfluence": f"<p>{words}</p>"})
    assert [deadline.kind for deadline in call.deadlines] == [DeadlineKind.ROLLING]


def test_foerderdatenbank_the_date_of_expiration_is_junk():
    (call,) = programme(values={"dateOfExpiration": "2031-12-31T00:00:00.000+01:00"})
    assert not call.deadlines and "2031" not in call.description


def test_foerderdatenbank_letters_that_arrive_as_question_marks_still_name_the_city():
    (call,) = programme(texts={"title": "<p>Begegnungen mit Nový Ji?ín ? Aufruf</p>"})
    assert call.title == "Begegnungen mit Nový Ji?ín – Aufruf"
    assert is_named(names_of(PartnerCity(key="novy-jicin", name="Nový Jičín", country="CZ")), call.title)


def test_foerderdatenbank_internal_notes_and_text_for_search_engines_are_not_shown():
    (call,) = programme(texts={"comment": "<p>Ticket#4711</p>", "remark": "<p>Suchwort</p>", "functions": "<p>x</p>"})
    assert "4711" not in call.description and "Suchwort" not in call.description


def test_foerderdatenbank_keywords_without_separator_stay_one_text():
    (call,) = programme(values={"keywords": "Radverkehr Fußverkehr Ladepunkte"})
    assert "Schlagwörter: Radverkehr Fußverkehr Ladepunkte" in call.description


@pytest.mark.parametrize("area", ["bundesweit", "_bundesweit", "baden_wuerttemberg", "sonstige"])
def test_foerderdatenbank_areas_are_let_through_however_they_are_spelt(area):
    assert programme(codes={"Foerdergebiet": [area], "Foerderberechtigte": ["kommune"]})


@pytest.mark.parametrize("area", ["bayern", "schlesig_holstein", "de_ni", "de_st"])
def test_foerderdatenbank_other_laender_are_left_out_however_they_are_spelt(area):
    assert not programme(codes={"Foerdergebiet": [area]})


def test_foerderdatenbank_one_slug_and_title_in_two_laender_are_two_programmes():
    places = ("Land/Baden-Wuerttemberg/denkmalschutz", "Bund/BKM/denkmalschutz")
    found = calls("foerderdatenbank", pack({at(place): fdb_export.document(place) for place in places}))
    assert len({call.external_id for call in found}) == 2


def test_foerderdatenbank_several_divisions_stay_apart_though_a_label_holds_the_separator():
    (call,) = programme(codes={"Foerderbereich": ["kultur_medien_sport", "mobilitaet"]})
    assert call.divisions == ("Kultur, Medien & Sport", "Mobilität")


def test_foerderdatenbank_two_texts_of_one_programme_on_other_days_are_the_same_without_a_change():
    first, second = (programme(texts={"comment": f"<p>Ticket#{number}</p>"})[0] for number in (1, 2))
    assert first == second


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<html><head><title>Radware Captcha Page</title></head><body></body></html>", "blocked"),
        ("<html><head><title>Förderdatenbank - Startseite</title></head><body>Willkommen</body></html>", "web page"),
    ],
)
def test_foerderdatenbank_a_wall_or_the_home_page_instead_of_the_zip_is_no_empty_export(body, words):
    with pytest.raises(ParseError, match=words):
        read("foerderdatenbank", body)


def test_foerderdatenbank_texts_are_shown_as_they_stand_and_with_their_licence():
    (call,) = programme()
    assert call.attribution.startswith(f"{call.title} von Bundesministerium für Wirtschaft und Energie")
    assert "CC BY-ND 4.0" in call.attribution and call.attribution.endswith(call.url)
    assert SOURCES["foerderdatenbank"].licence.startswith("CC BY-ND 4.0")


def test_foerderdatenbank_is_asked_as_slowly_as_its_robots_want_and_for_all_at_once():
    source = SOURCES["foerderdatenbank"]
    assert source.pause == 30
    assert list(foerderdatenbank.start(source)) == [Request("https://www.foerderdatenbank.de/FDB/WS/export")]


def test_foerderdatenbank_programmes_that_left_the_export_are_gone_and_those_of_the_feed_are_not():
    assert lists_all(SOURCES["foerderdatenbank"])
    assert not lists_all(SOURCES["fdb-rss"])


# ---------------------------------------------------------------- Förderdatenbank, the feed


def an_item(tail="", title="Klimafit"):
    link = f"https://www.foerderdatenbank.de/FDB/Content/DE/Foerderprogramm/Land/Baden-Wuerttemberg/klimafit.html{tail}"
    items = f"<item><title>{title}</title><link>{escape(link)}</link></item>"
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>{items}</channel></rss>'


@pytest.mark.parametrize("tail", ["?etcc_cmp=RSS&etcc_med=feed", ";jsessionid=0A1B.live21323", ""])
def test_fdb_rss_the_tail_of_a_link_is_cut_and_the_id_is_the_link(tail):
    (call,) = calls("fdb-rss", an_item(tail), kind="application/rss+xml")
    assert call.external_id == call.url and call.url.endswith("/klimafit.html")


def test_fdb_rss_is_off_since_the_export_holds_all_of_it():
    assert not SOURCES["fdb-rss"].enabled


# ---------------------------------------------------------------- Kontaktstelle CERV

BLOCKS = (
    ("Status", "Angekündigt"),
    ("Beginn", "16. November 2021"),
    ("Frist", "24. März 2022"),
    ("Budget", "11.000.000 €"),
    ("ID", "CERV-CITIZENS-2022-TOWN"),
    ("Hinweis", "Auszug (Inoffizielle Übersetzung)"),
    ("Offizieller Titel", "Städtepartnerschaften und -netzwerke"),
)
SHAPES = ("<dl>{}</dl>|<dt>{}</dt><dd>{}</dd>", "<table>{}</table>|<tr><th>{}:</th><td>{}</td></tr>", "{}|<p>{}</p>{}")


@pytest.mark.parametrize("shape", SHAPES)
def test_kontaktstelle_cerv_labels_and_values_are_found_in_whatever_they_stand(shape):
    whole, row = shape.split("|")
    call = added("kontaktstelle-cerv", page(whole.format("".join(row.format(*block) for block in BLOCKS))))
    assert days(call) == [date(2022, 3, 24)] and call.opens == date(2021, 11, 16)
    assert call.identifiers == ("CERV-CITIZENS-2022-TOWN",)
    assert call.budget is not None and call.budget.total and call.budget.total.maximum == 11_000_000


def test_kontaktstelle_cerv_angekuendigt_with_a_deadline_of_2022_is_closed():
    call = added("kontaktstelle-cerv", page("".join(f"<p>{label}</p><p>{value}</p>" for label, value in BLOCKS)))
    assert call.said is Status.UNKNOWN
    assert status_on(call, TODAY) is Status.CLOSED
    assert status_on(call, date(2022, 1, 10)) is Status.OPEN


def test_kontaktstelle_cerv_befristet_is_no_label():
    call = added("kontaktstelle-cerv", page("<p>Der befristete Aufruf 2022 Budget</p><p>ID CERV-2027-CITIZENS</p>"))
    assert not call.deadlines


# ---------------------------------------------------------------- RGRE

ELYSEE = (
    "<p>Anlass ist der Élysée-Vertrag vom 22. Januar 1963.</p>"
    "<p>Gefördert werden Aktionen zwischen dem 16. und dem 31. Januar 2023.</p>"
    "<p>Anträge können noch bis 13. November 2022 auf der Plattform des Bürgerfonds gestellt werden.</p>"
)


def test_rgre_of_three_dates_in_a_text_only_the_last_is_a_deadline():
    assert days(added("rgre", page(f"<main>{ELYSEE}</main>"))) == [date(2022, 11, 13)]


def test_rgre_news_that_leave_the_list_are_not_gone():
    for source_id in ("rgre", "mobilitaetsforum", *PRESS):
        assert not lists_all(SOURCES[source_id])


def test_rgre_partnersuche_a_search_led_by_bergamo_is_told_as_a_sentence_and_no_new_call():
    new = "<h2>Projektpartnersuche aus Italien</h2><p>Bergamo (Koordinator) sucht Partner für Time4All.</p>"
    before = watched("rgre-partnersuche", "<h1>Projektpartnergesuche</h1>" + LONG)
    after = watched("rgre-partnersuche", "<h1>Projektpartnergesuche</h1>" + LONG + new)
    assert after.page and after.external_id == before.external_id
    gone, come = difference(before.description, after.description)
    assert not gone and any("Bergamo" in words for words in come)


# ---------------------------------------------------------------- DBU


def dbu(themes):
    return watched(
        "dbu",
        f"<h1>Projektförderung</h1>{LONG}<p>Es gibt {themes} Förderthemen, auch in Mittel- und Osteuropa (MOE).</p>"
        "<p>Projektskizzen und Förderanträge können jederzeit eingereicht werden.</p>",
    )


def test_dbu_sketches_at_any_time_are_rolling():
    assert [deadline.kind for deadline in dbu(12).deadlines] == [DeadlineKind.ROLLING]
    assert status_on(dbu(12), TODAY) is Status.OPEN


def test_dbu_eleven_themes_instead_of_twelve_is_one_changed_sentence():
    gone, come = difference(dbu(12).description, dbu(11).description)
    assert len(gone) == len(come) == 1


# ---------------------------------------------------------------- KEA-BW


def kea(*rows):
    return added(
        "kea-bw", page("<table>" + "".join(f"<tr><td>{a}</td><td>{b}</td></tr>" for a, b in rows) + "</table>")
    )


def test_kea_bw_of_deadline_validity_and_regulation_only_the_deadline_counts():
    call = kea(
        ("Fristen", "Der Antrag ist bei der L-Bank zu stellen. Antragsfrist ist am 31.12.2026."),
        ("Dokumente", "Verwaltungsvorschrift vom 09.01.2026 (Geltungsdauer: 31.05.2032)"),
    )
    assert days(call) == [date(2026, 12, 31)]


@pytest.mark.parametrize("label", ["Antragsberechtigte", "Antragsteller", "Antragsberechtigte:"])
def test_kea_bw_applicants_are_found_under_both_names(label):
    assert kea((label, "Kommunen (Städte, Gemeinden)"), ("Fristen", "laufend")).eligible == (
        "Kommunen (Städte, Gemeinden)",
    )


def test_kea_bw_a_programme_without_date_keeps_its_words():
    (deadline,) = kea(("Fristen", "Die Mittel werden in der Reihenfolge der Anträge vergeben."), ("x", "y")).deadlines
    assert deadline.day is None and deadline.words.startswith("Die Mittel")


def test_kea_bw_a_list_cut_to_its_first_page_is_noticed():
    assert (SOURCES["kea-bw"].expect.min_calls or 0) >= 100


# ---------------------------------------------------------------- ministries of Baden-Württemberg


def release(slug, title, teaser="", query=""):
    link = f'<a href="/de/service/presse/pressemitteilung/pid/{slug}{query}">'
    return (
        f'<div class="list__item">{link}<img></a><time datetime="2026-11-20">20.11.2026</time>'
        f'{link}<h3>{title}</h3></a><p class="teaser__text">{teaser}</p></div>'
    )


@pytest.mark.parametrize("source_id", PRESS)
def test_bw_presse_one_skin_serves_all_ministries(source_id):
    rows = release("a", "Neues Förderprogramm", "Für Städte.") + release("b", "Wolf gesichtet")
    (call,) = calls(source_id, page(rows))
    assert (call.external_id, call.title, call.published, call.description) == (
        "a",
        "Neues Förderprogramm",
        "2026-11-20",
        "Für Städte.",
    )


@pytest.mark.parametrize("source_id", PRESS)
def test_bw_presse_the_chash_of_an_address_stays_and_is_no_part_of_the_id(source_id):
    query = "?tx_rsmpress_detail%5Bministry%5D=4&amp;cHash=9f8e7d"
    old, new = (calls(source_id, page(release("a", "Förderaufruf", query=tail)))[0] for tail in (query, ""))
    assert old.url.endswith("?tx_rsmpress_detail%5Bministry%5D=4&cHash=9f8e7d")
    assert old.external_id == new.external_id == "a"


@pytest.mark.parametrize("source_id", PRESS)
def test_bw_presse_grants_that_were_handed_out_are_no_calls(source_id):
    rows = release("a", "Minister übergibt Förderbescheid") + release("b", "Förderaufruf für Kommunen")
    assert [call.external_id for call in calls(source_id, page(rows))] == ["b"]


@pytest.mark.parametrize("source_id", PRESS)
def test_bw_presse_another_skin_is_an_error_and_no_quiet_week(source_id):
    with pytest.raises(ParseError, match="redesigned"):
        read(source_id, page('<article><a href="/de/pid/a">Förderaufruf</a></article>'))


def test_stm_bw_presse_how_long_money_is_provided_is_no_deadline():
    text = "<p>Hierfür stellt das Land bis 2021 insgesamt 300.000 Euro zur Verfügung.</p>"
    assert not added("stm-bw-presse", page(f"<main>{text}</main>")).deadlines


@pytest.mark.parametrize(
    "filler", ["<p>Berechne Lesezeit • Teilen</p>", "<p>Berechne Lesezeit</p><ul><li>Teilen</li></ul>"]
)
@pytest.mark.parametrize("source_id", PROGRAMMES)
def test_bw_programme_the_filler_is_no_part_of_the_text(source_id, filler):
    heading = "<h1>Förderung: Klimaschutz-Plus</h1>"
    without, with_it = (watched(source_id, heading + words + LONG) for words in ("", filler))
    assert without.description == with_it.description


def test_vm_bw_programme_a_yearly_deadline_on_a_stale_page_is_told_in_words_and_not_computed():
    text = "<p>Frist zur Programmanmeldung von Maßnahmenvorschlägen der Kommunen ist jährlich der 30. September.</p>"
    call = watched("vm-bw-programme", f"<h1>Förderung des Radverkehrs</h1>{LONG}{text}")
    (deadline,) = call.deadlines
    assert deadline.kind is DeadlineKind.RULE and deadline.day is None and not deadline.rule
    assert "30. September" in deadline.words


def test_vm_bw_presse_the_deadline_that_contradicts_the_stale_page_is_read():
    text = "<p>Vorhaben des Radverkehrs sind bis zum 31. Oktober 2024 beim Regierungspräsidium anzumelden.</p>"
    assert days(added("vm-bw-presse", page(f"<main>{text}</main>"))) == [date(2024, 10, 31)]


def test_stm_bw_frankreich_a_fund_without_a_date_has_none():
    call = watched("stm-bw-frankreich", f"<h1>Frankreich</h1>{LONG}<p>500 bis 6.000 Euro, ab Januar.</p>")
    assert call.page and not call.deadlines


# ---------------------------------------------------------------- SEZ bwirkt


def bwirkt(year, head="td"):
    rows = (
        ("bwirkt! Ausland", f"14. Juli {year}", f"29. August {year}"),
        ("bwirkt! Inland", "", f"31. Oktober {year}"),
    )
    heading = "".join(
        f"<{head}>{words}</{head}>" for words in ("Förderlinie", "Start der Ausschreibung", "Bewerbungsfrist")
    )
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    found = calls("sez-bwirkt", page(f"<p>Termine {year} (unter Vorbehalt)</p><table><tr>{heading}</tr>{body}</table>"))
    return [normalize(call, SOURCES["sez-bwirkt"]) for call in found]


@pytest.mark.parametrize("head", ["td", "th"])
def test_sez_bwirkt_the_lines_of_one_table_are_calls_and_its_heading_is_none(head):
    abroad, home = bwirkt(2025, head)
    assert (abroad.title, abroad.opens, days(abroad)) == ("bwirkt! Ausland", date(2025, 7, 14), [date(2025, 8, 29)])
    assert (home.title, home.opens, days(home)) == ("bwirkt! Inland", None, [date(2025, 10, 31)])


def test_sez_bwirkt_the_next_year_is_the_same_call_with_a_moved_deadline():
    old, new = bwirkt(2026)[0], bwirkt(2027)[0]
    today = date(2026, 8, 1)
    (change,) = compare(Known(call=old, first_seen=today), new, today=today, status_on=status_on)
    assert change.kind is ChangeKind.DEADLINE


# ---------------------------------------------------------------- Baden-Württemberg Stiftung, Nouveaux horizons


def test_bw_stiftung_the_note_for_old_browsers_is_no_part_of_the_text():
    note = "<p>Nutzung des Internet Explorers 6/7/8</p><p>Sie nutzen eine alte Version des Internet Explorers.</p>"
    body = f"<h1>Nouveaux horizons</h1>{LONG}<p>Baden-Württemberg Stiftung</p>"
    assert watched("bw-stiftung", note + body).description == watched("bw-stiftung", body).description


def test_bw_stiftung_a_link_with_the_tail_of_facebook_is_the_page_itself():
    raw = RawCall(external_id="a", title="A", url=SOURCES["bw-stiftung"].url + "?fbclid=IwAR0LDHLJnAWog7x")
    assert normalize(raw, SOURCES["bw-stiftung"]).url == SOURCES["bw-stiftung"].url


def test_nouveaux_horizons_comes_by_the_two_days_that_the_page_states():
    text = "<p>Anträge können zum 31. März und 31. Oktober des Jahres eingereicht werden.</p>"
    (call,) = calls("nouveaux-horizons", page(text))
    assert call.deadlines[0].rule == ("03-31", "10-31")


def test_nouveaux_horizons_with_the_days_of_2019_the_source_is_unhealthy_and_no_date_is_told():
    text = "<p>Anträge können zum 30. April und 30. November eingereicht werden.</p>"
    with pytest.raises(ParseError, match="no longer states the rule"):
        read("nouveaux-horizons", page(text))


# ---------------------------------------------------------------- DSEE

ENTRY = (
    '<article><ul><li>Bundesweit</li></ul><h2>{0}</h2><a href="/institutionen/1">Eine Stiftung</a>'
    '<a href="/foerderprogramme/{0}">Mehr Informationen</a></article>'
)


def test_dsee_pages_are_numbered_behind_the_root():
    found = read("dsee", page(ENTRY.format("a") + "<p>Seite 1 von 54</p>"))
    wanted = [thing.url for thing in found if isinstance(thing, Request)]
    assert len(wanted) == 53
    assert (wanted[0], wanted[-1]) == tuple(f"https://foerderdatenbank.d-s-e-e.de/p{number}" for number in (2, 54))


def test_dsee_a_programme_is_called_by_its_heading_and_not_by_its_link():
    found = calls("dsee", page(ENTRY.format("a") + ENTRY.format("b") + "<p>Seite 1 von 1</p>"))
    assert [(call.title, call.funder, call.areas) for call in found] == [
        ("a", "Eine Stiftung", ("Bundesweit",)),
        ("b", "Eine Stiftung", ("Bundesweit",)),
    ]


def test_dsee_texts_and_details_are_not_copied():
    found = read("dsee", page(ENTRY.format("a") + "<p>Seite 1 von 1</p>"))
    assert [thing.description for thing in found if isinstance(thing, RawCall)] == [""]
    assert not [thing for thing in found if isinstance(thing, Request)]


# ---------------------------------------------------------------- Mobilitätsforum, Bundespreis, Interreg Oberrhein


@pytest.mark.parametrize("visitor", [";jsessionid=CBD5F0A8362D824B07B5A05DFAFA8FEF.live21323", ";jsid=1.live2", ""])
def test_mobilitaetsforum_the_visitor_id_is_cut_from_the_address(visitor):
    link = f"/DE/Themen/News-RADar/_texte/RND_Neuer_Foerderaufruf_2023.html{visitor}"
    (call,) = calls("mobilitaetsforum", page(f'<a href="{link}">Neuer Förderaufruf</a>'))
    assert call.external_id == "RND_Neuer_Foerderaufruf_2023.html"
    assert call.url.endswith("/_texte/RND_Neuer_Foerderaufruf_2023.html")


def test_mobilitaetsforum_a_beginning_and_two_ends_of_projects_are_no_deadlines():
    text = (
        "<p>Einreichung der Skizze ab: 3.5.2023</p><p>Kurzfristige Projekte mit Umsetzung bis spätestens 31.12.2024. "
        "Längerfristige Projekte mit Umsetzung bis 31.12.2028.</p>"
    )
    assert not added("mobilitaetsforum", page(f"<main>{text}</main>")).deadlines


def test_balm_pages_below_a_visitor_id_are_one_page():
    url = SOURCES["balm"].url
    raw = RawCall(external_id="a", title="A", url=url + ";jsessionid=0A1B.live21323")
    assert normalize(raw, SOURCES["balm"]).url == url


@pytest.mark.parametrize("day", ["31. Oktober 2018", "13. November 2020", "10. November 2021"])
def test_zu_gut_fuer_die_tonne_the_end_of_a_round_is_read_each_year_anew(day):
    text = f"<p>Bewerbungen für den Bundespreis sind bis zum {day} möglich.</p>"
    assert len(watched("zu-gut-fuer-die-tonne", f"<h1>Bundespreis</h1>{LONG}{text}").deadlines) == 1


def test_zu_gut_fuer_die_tonne_a_day_without_its_year_is_no_deadline():
    text = "<p>Am 31. Oktober endet die Bewerbungsfrist für den Bundespreis.</p>"
    assert not [day for day in days(watched("zu-gut-fuer-die-tonne", f"<h1>x</h1>{LONG}{text}")) if day]


def test_interreg_oberrhein_the_visitor_id_of_matomo_is_cut_from_links():
    source = SOURCES["interreg-oberrhein"]
    raw = RawCall(external_id="a", title="A", url=source.url + "?pk_vid=77cc8a4ab0c638a51660211316f7c2bf")
    assert normalize(raw, source).url == source.url


def test_interreg_oberrhein_the_beginning_of_a_call_is_never_its_deadline():
    text = "<p>Der Projektaufruf läuft vom 10. Juli bis 21. Oktober 2024.</p>"
    found = days(watched("interreg-oberrhein", f"<h1>Aufruf</h1>{LONG}{text}"))
    assert date(2024, 7, 10) not in found


# ---------------------------------------------------------------- the real words, as they were seen


def excerpt(url):
    lines = (RECORDED / "de" / "page-excerpts.jsonl").read_text("utf-8").splitlines()
    return next(found["excerpt"] for line in lines if (found := json.loads(line))["url"] == url)


def paragraphs(url):
    return "".join(f"<p>{escape(line)}</p>" for line in excerpt(url).splitlines() if line.strip())


@needs_recorded
def test_kontaktstelle_cerv_the_real_words_give_deadline_budget_and_id():
    call = added(
        "kontaktstelle-cerv", page(paragraphs("https://www.kontaktstelle-cerv.de/aufrufe/staedtepartnerschaften-23"))
    )
    assert (days(call), call.opens, call.identifiers) == (
        [date(2022, 3, 24)],
        date(2021, 11, 16),
        ("CERV-CITIZENS-2022-TOWN",),
    )


@needs_recorded
@pytest.mark.parametrize(
    ("slug", "day"),
    [
        ("projektausschreibung-zum-deutsch-franzoesischen-tag-2023", date(2022, 11, 13)),
        ("foerderaufruf-fuer-deutsch-ukrainische-kommunalpartnerschaften", date(2022, 10, 15)),
    ],
)
def test_rgre_the_real_words_give_one_deadline(slug, day):
    text = paragraphs(f"https://www.rgre.de/aktuell/einzelansicht/meldung/{slug}")
    assert days(added("rgre", page(f"<main>{text}</main>"))) == [day]


@needs_recorded
def test_kea_bw_the_real_words_give_the_deadline_and_the_applicants():
    url = "https://www.kea-bw.de/foerderprogrammsuche/detail/klimaschutz-plus-fuer-kommunen-teil-2-strategische-massnahmen"
    rows = [line.strip("| ").split(" | ", 1) for line in excerpt(url).splitlines() if line.startswith("|")]
    call = kea(*((label, escape(value)) for label, value in rows))
    assert days(call) == [date(2026, 12, 31)]
    assert call.eligible[0].startswith("Kommunen (Städte, Gemeinden")


@needs_recorded
def test_sez_bwirkt_the_real_words_give_three_calls():
    cells = [line for line in excerpt("https://sez.de/projekte/bwirkt/").splitlines() if line][1:]
    rows = [cells[number : number + 3] for number in range(0, len(cells), 3)]
    table = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    found = [normalize(call, SOURCES["sez-bwirkt"]) for call in calls("sez-bwirkt", page(f"<table>{table}</table>"))]
    assert [(call.title, days(call)) for call in found] == [
        ("bwirkt! Ausland", [date(2025, 8, 29)]),
        ("bwirkt! Inland", [date(2025, 10, 31)]),
        ("bwirkt! Burundi", [date(2025, 10, 17)]),
    ]


@needs_recorded
def test_mobilitaetsforum_the_real_words_give_no_deadline():
    url = "https://www.mobilitaetsforum.bund.de/DE/Themen/News-RADar/_texte/RND_Neuer_Foerderaufruf_2023.html"
    text = paragraphs(url + ";jsessionid=CBD5F0A8362D824B07B5A05DFAFA8FEF.live21323")
    assert not added("mobilitaetsforum", page(f"<main>{text}</main>")).deadlines


@needs_recorded
@pytest.mark.parametrize(
    ("source_id", "url"),
    [
        ("um-bw-programme", "https://um.baden-wuerttemberg.de/klimaschutz-plus-teil-2"),
        (
            "vm-bw-programme",
            "https://vm.baden-wuerttemberg.de/de/mobilitaet-verkehr/radverkehr/radwege/foerderung-kommunaler-radverkehrsinfrastruktur",
        ),
        ("rgre-partnersuche", "https://www.rgre.de/foerderung/projektpartnergesuche"),
        ("bw-stiftung", "https://www.bwstiftung.de/nouveaux-horizons/"),
    ],
)
def test_the_real_words_of_watched_pages_make_a_page_without_a_dated_deadline(source_id, url):
    call = watched(source_id, f"<h1>Überschrift</h1>{paragraphs(url)}")
    assert call.page and not any(days(call))
    assert "Lesezeit" not in call.description and "Teilen" not in call.description
