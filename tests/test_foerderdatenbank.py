"""The XML export of the Förderdatenbank: what it says and what is odd about it. Its faults: the file beside this."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest

from tests import fdb_export
from tests.fdb_export import FUNDER, LABEL, MUNICIPAL, PROGRAMME, URL, a_source, at, calls, document, pack, parse
from tests.shared import RECORDED, needs_recorded
from tracker.connectors import foerderdatenbank, load
from tracker.connectors.fdb_codes import AREAS, LISTS, area_of, programme
from tracker.connectors.fdb_text import heading, lines, rich
from tracker.errors import ConfigError
from tracker.model import Announced, DeadlineKind, Finding, Request

KLIMAFIT = "Land/Baden-Wuerttemberg/klimafit"


def one(place=KLIMAFIT, **changes):
    """The only call of an export that holds one programme, our fixture with these changes."""
    (call,) = calls({at(place): document(place, **changes)})
    return call


# ---------------------------------------------------------------- what is read


def test_a_programme_becomes_a_call_with_the_labels_of_its_codes():
    (call,) = calls({at(KLIMAFIT): PROGRAMME, "BMWI/FDB/Content/DE/Foerdergeber/U/um-bw.xml": FUNDER}, **MUNICIPAL)
    assert call.external_id == "/FDB/Content/DE/Foerderprogramm/Land/Baden-Wuerttemberg/klimafit"
    assert call.url == "https://www.foerderdatenbank.de" + call.external_id + ".html"
    assert call.title == "KLIMAfit – Einstieg in den Klimaschutz"
    assert (call.language, call.status, call.deadlines) == ("de", "", ())
    assert call.eligible == ("Kommune", "Unternehmen")
    assert call.areas == ("Baden-Württemberg",)
    assert call.divisions == ("Umwelt- & Naturschutz", "Beratung")
    assert (call.action, call.programme) == ("Zuschuss", "Land Baden-Württemberg")
    assert call.funder == "Ministerium für Umwelt, Klima und Energiewirtschaft Baden-Württemberg"
    assert call.published == "2021-03-04T09:30:00.000+01:00"
    assert call.attribution == (
        f"{call.title} von Bundesministerium für Wirtschaft und Energie, "
        f"lizensiert unter CC BY-ND 4.0, Quelle: {call.url}"
    )


def test_the_description_begins_with_the_kurztext_and_ends_with_the_keywords():
    call = one()
    assert call.description.startswith("<p>Städte und Betriebe, die zusammen")
    assert "<p>Das Land bezahlt einen Teil der Kosten" in call.description
    assert call.description.endswith("Treibhausgas CO2-Senkung</p>")
    assert "CDATA" not in call.description
    assert "Ticket#100001" not in call.description


def test_a_programme_without_kurztext_and_volltext_is_described_by_its_guideline():
    call = one(texts={"teaserText": "", "summary": "", "bodyText": "<p>Gegenstand der Richtlinie.</p>"})
    assert call.description.startswith("<p>Gegenstand der Richtlinie.</p>")
    long = one(texts={"teaserText": "", "summary": "", "bodyText": "<p>Ein Absatz.</p>" * 5_000})
    assert len(long.description) < 9_000
    assert long.description.count("<p>") == long.description.count("</p>")


def test_people_in_contacts_are_never_read():
    contact = "BMWI/FDB/Content/DE/Kontakt/L/l-bank.xml"
    secret = document(
        "L/l-bank", texts={"title": "<p>Erika Mustermann</p>"}, frame=FUNDER, folder="FDB/Content/DE/Kontakt"
    )
    assert "Mustermann" not in repr(parse({at(KLIMAFIT): PROGRAMME, contact: secret}))


def test_a_funder_that_the_export_does_not_hold_is_unknown():
    assert one().funder == ""


def test_expiration_dates_are_junk_and_are_not_read():
    assert "0207" not in repr(one())
    assert "2029" not in repr(one(texts={"teaserText": "<p>Kurz.</p>"}).deadlines)


def test_the_section_fristen_gives_deadlines_and_else_the_volltext():
    call = one(
        texts={"procInfluence": "<p>Termine für Anträge:</p><ul><li>bis 1.3.2027</li><li>bis 1.9.2027</li></ul>"}
    )
    assert [(each.day, each.kind) for each in call.deadlines] == [
        (date(2027, 3, 1), DeadlineKind.CUT_OFF),
        (date(2027, 9, 1), DeadlineKind.CUT_OFF),
    ]
    call = one(texts={"summary": "<p>Reichen Sie Ihren <b>Antrag</b> bis zum 30.<span>6.2027</span> ein.</p>"})
    assert [each.day for each in call.deadlines] == [date(2027, 6, 30)]


@pytest.mark.parametrize(
    ("note", "status"),
    [
        ("Antragstellung nicht mehr möglich", "closed"),
        ("Eine Antragstellung ist derzeit nicht möglich.", "closed"),
        ("Eine Antragstellung ist bis auf Weiteres nicht möglich.", "closed"),
        ("Das Programm ist ausgelaufen.", "closed"),
        ("Es können keine neuen Anträge gestellt werden.", "closed"),
        ("Die Antragstellung für Modul B ist nicht mehr möglich.", ""),
        ("Eine Antragstellung ist erst wieder ab 1.3.2027 möglich, derzeit nicht möglich.", ""),
        ("Die Mittel sind begrenzt.", ""),
        ("", ""),
    ],
)
def test_a_status_note_closes_a_call_only_where_it_speaks_of_all_of_it(note, status):
    assert one(texts={"header": f"<p>{note}</p>"}).status == status


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("Bund/BMUV/x", "Bund"),
        ("EU/x", "EU"),
        ("Land/NRW/x", "Land Nordrhein-Westfalen"),
        ("Land/Neuland/x", "Land Neuland"),
        ("Kommune/x", "Kommune"),
    ],
)
def test_the_path_says_whose_programme_it_is(place, said):
    assert one(place).programme == said
    assert programme("x") == ""


def test_two_programmes_of_one_slug_and_title_are_two_calls():
    places = ("Land/Hessen/meistergruendungspraemie", "Land/Saarland/meistergruendungspraemie")
    found = calls({at(place): document(place) for place in places})
    assert len({call.external_id for call in found}) == 2


# ---------------------------------------------------------------- the filter and the codes


@pytest.mark.parametrize("area", ["bundesweit", "_bundesweit", "baden_wuerttemberg"])
def test_the_filter_lets_through_what_a_town_in_baden_wuerttemberg_may_apply_for(area):
    changed = document(KLIMAFIT, codes={"Foerdergebiet": [area]})
    (call,) = calls({at(KLIMAFIT): changed}, **MUNICIPAL)
    assert call.areas == (AREAS[area.lstrip("_")],)


@pytest.mark.parametrize(
    "codes",
    [
        {"Foerdergebiet": ["bayern"]},
        {"Foerdergebiet": ["de_ni"]},
        {"Foerderberechtigte": ["unternehmen", "hochschule"]},
    ],
)
def test_the_filter_leaves_out_the_rest_without_calling_it_unread(codes):
    assert parse({at(KLIMAFIT): document(KLIMAFIT, codes=codes)}, **MUNICIPAL) == [Announced(0)]


def test_a_programme_that_names_no_area_passes_unless_its_path_names_another_land():
    silent = {"Foerdergebiet": []}
    assert calls({at("Bund/BMUV/x"): document("Bund/BMUV/x", codes=silent)}, **MUNICIPAL)
    assert calls({at(KLIMAFIT): document(KLIMAFIT, codes=silent)}, **MUNICIPAL)
    assert not calls({at("Land/Hessen/x"): document("Land/Hessen/x", codes=silent)}, **MUNICIPAL)
    assert one(codes=silent).areas == ()


def test_misspelt_areas_are_one_area():
    call = one(
        codes={"Foerdergebiet": ["schlesig_holstein", "schleswig_holstein", "de_st", "bundesweit", "_bundesweit"]}
    )
    assert call.areas == ("Schleswig-Holstein", "Sachsen-Anhalt", "bundesweit")


def test_a_code_that_we_do_not_know_is_kept_and_told():
    found = parse({at(KLIMAFIT): document(KLIMAFIT, codes={"Foerderbereich": ["raumfahrt"]})})
    assert found[1].divisions == ("raumfahrt",)
    assert isinstance(found[-1], Finding)
    assert not found[-1].fatal
    assert "Foerderbereich/raumfahrt in 1 programmes" in found[-1].message


def test_the_label_of_an_unknown_code_comes_from_the_export_itself():
    changed = document(KLIMAFIT, codes={"Foerderbereich": ["raumfahrt"]})
    (call,) = calls({at(KLIMAFIT): changed, "BMWI/_config/ResourceBundleEntries/Labels/FDB/raumfahrt.xml": LABEL})
    assert call.divisions == ("Raumfahrt & Mond",)


def test_an_unknown_code_cannot_exclude_a_programme():
    assert calls({at(KLIMAFIT): document(KLIMAFIT, codes={"Foerderberechtigte": ["kommunen_neu"]})}, **MUNICIPAL)


def test_every_land_folder_has_an_area():
    folders = (
        "Baden-Wuerttemberg Bayern Berlin Brandenburg Bremen Hamburg Hessen Mecklenburg-Vorpommern NRW Niedersachsen"
    )
    folders += " Rheinland-Pfalz Saarland Sachsen Sachsen-Anhalt Schleswig-Holstein Thueringen"
    areas = {area_of(f"Land/{folder}/x") for folder in folders.split()}
    assert len(areas) == 16
    assert areas <= set(AREAS)


def test_start_asks_for_the_one_address():
    assert list(foerderdatenbank.start(a_source(**MUNICIPAL))) == [Request(URL)]
    assert load("foerderdatenbank") is foerderdatenbank


@pytest.mark.parametrize(
    ("options", "word"),
    [
        ({"elligible": ["kommune"]}, "elligible"),
        ({"eligible": "kommune"}, "not a list"),
        ({"eligible": ["kommunen"]}, "kommunen"),
        ({"areas": ["Baden-Württemberg"]}, "Baden-Württemberg"),
    ],
)
def test_options_that_would_filter_everything_away_are_refused(options, word):
    with pytest.raises(ConfigError, match=word):
        list(foerderdatenbank.start(a_source(**options)))


# ---------------------------------------------------------------- damage in texts


@pytest.mark.parametrize(
    ("damaged", "shown"),
    [
        ("Kommunen innovativ ? Teil 2", "Kommunen innovativ – Teil 2"),
        ("?Zukunft Stadt? im Land", "„Zukunft Stadt“ im Land"),
        ("Film (?Minitraité?)", "Film („Minitraité“)"),
        ("Nový Ji?ín und Kolín", "Nový Ji?ín und Kolín"),
        ("?eské Bud?jovice", "?eské Bud?jovice"),
        ("Wer wird gefördert? Was nun?", "Wer wird gefördert? Was nun?"),
        ("Schon gewusst?", "Schon gewusst?"),
        ("Ist ?Zukunft Stadt? offen?", "Ist ?Zukunft Stadt? offen?"),
        ("Lebens\u00admittel<br/>retten&#xa0;&amp; teilen", "Lebensmittel retten & teilen"),
    ],
)
def test_question_marks_are_repaired_only_where_it_is_certain(damaged, shown):
    assert heading(damaged) == shown


def test_a_value_is_unwrapped_however_it_is_packed():
    inner = "<p>Ein Wort</p>"
    assert rich(fdb_export.WRAPPER.format(inner)) == inner
    assert rich(inner) == inner
    assert rich(None) == rich("") == rich(fdb_export.WRAPPER.format("")) == ""
    assert rich("<![CDATA[<p>Lebens&#xad;mittel&shy;rest</p>]]>") == "<p>Lebensmittelrest</p>"


def test_items_of_a_list_become_lines_of_their_own():
    assert lines("<p>Termine:</p><ul><li>A</li><li>B</li></ul>").split() == ["Termine:", "*", "A", "*", "B"]


def test_stray_control_bytes_do_not_break_a_programme():
    damaged = PROGRAMME.replace(b"Klimaschutz", b"Klima\x02schutz").replace(b"Einstieg", b"Ein&#2;stieg")
    (call,) = calls({at(KLIMAFIT): damaged})
    assert call.title == "KLIMAfit – Einstieg in den Klimaschutz"


@pytest.mark.parametrize(("declared", "real"), [("ISO-8859-1", "utf-8"), ("UTF-8", "cp1252"), ("UTF-16", "utf-8")])
def test_a_wrong_charset_in_the_declaration_does_no_harm(declared, real):
    text = PROGRAMME.decode().replace('encoding="UTF-8"', f'encoding="{declared}"')
    (call,) = calls({at(KLIMAFIT): text.encode(real)})
    assert "Städte und Betriebe" in call.description


def test_hostile_text_in_a_title_stays_text():
    call = one(
        texts={"title": "<p>Rad&amp;weg &lt;script&gt;alert(1)&lt;/script&gt;</p>"}, values={"keywords": "a <b> & c"}
    )
    assert call.title == "Rad&weg <script>alert(1)</script>"
    assert "Schlagwörter: a &lt;b> &amp; c</p>" in call.description


# ---------------------------------------------------------------- the real export


def recorded_export():
    root = RECORDED / "de" / "foerderdatenbank_xml_export" / "export"
    return pack((path.relative_to(root).as_posix(), path.read_bytes()) for path in sorted(root.rglob("*.xml")))


def letters(words):
    return re.sub(r"[\s?–]", "", words)


@needs_recorded
def test_the_real_programmes_say_what_was_labelled_by_hand():
    labelled = json.loads((RECORDED / "de" / "labelled_fdb_fixtures.json").read_text())
    by_url = {each["url"]: each for each in labelled if each["origin"].startswith("xml:")}
    found = calls(recorded_export())
    assert {call.url for call in found} == set(by_url)
    for call in found:
        label = by_url[call.url]
        codes = label["classifiers"]
        assert letters(call.title) == letters(label["title"])
        assert len(call.eligible) == len(codes["Foerderberechtigte"])
        assert list(call.divisions) == [LISTS["Foerderbereich"][code] for code in codes["Foerderbereich"]]
        assert call.areas == ("bundesweit",)
        assert call.published == label["props"]["dateOfIssue"]
        assert label["keywords"] in call.description
        assert letters(label["kurztext"])[:200] in letters(heading(call.description))
        assert call.deadlines == ()  # none of the three has a section "Fristen"


@needs_recorded
def test_the_real_programmes_carry_the_labels_of_their_web_pages():
    labelled = json.loads((RECORDED / "de" / "labelled_fdb_fixtures.json").read_text())
    page = next(each for each in labelled if each["origin"] == "html:detail_fail_07_25.html")
    (call,) = [call for call in calls(recorded_export()) if call.url == page["url"]]
    assert call.action == page["dl"]["Förderart"]
    assert ", ".join(call.divisions) == page["dl"]["Förderbereich"]
    assert ", ".join(call.areas) == page["dl"]["Fördergebiet"]
    assert ", ".join(call.eligible) == page["dl"]["Förderberechtigte"]


@needs_recorded
def test_the_real_funders_are_named_without_their_people():
    found = calls(recorded_export())
    assert {call.funder for call in found} == {
        "Der Beauftragte der Bundesregierung für Kultur und Medien (BKM)",
        "Bundesagentur für Arbeit (BA)",
    }
    assert not [call for call in found if "@" in repr(call)]


@needs_recorded
def test_our_code_lists_are_the_official_ones():
    official = json.loads((RECORDED / "de" / "foerderdatenbank_vocab" / "vocabulary.json").read_text())
    for classifier, key in (
        ("Foerderberechtigte", "FOERDERBERECHTIGTE"),
        ("Foerderart", "FOERDERART"),
        ("Foerderbereich", "FOERDERBEREICH"),
    ):
        assert LISTS[classifier] == official[key]
    assert sorted(LISTS["Foerdergebiet"].values()) == sorted(official["FOERDERGEBIET"].values())
    assert all(foerderdatenbank.plain("Foerdergebiet", code) in AREAS for code in official["FOERDERGEBIET"])


@needs_recorded
def test_every_programme_path_of_a_real_crawl_names_its_owner():
    urls = json.loads((RECORDED / "de" / "fdb_programme_urls_2025-10.json").read_text())
    places = [url.partition("/Foerderprogramm/")[2] for url in urls if "/Foerderprogramm/" in url]
    owners = {programme(place) for place in places}
    assert owners == {
        "Bund",
        "EU",
        "Kommune",
        *(f"Land {name}" for name in AREAS.values() if name not in {"bundesweit", "Sonstige"}),
    }
