"""The xml_records connector on MS2021+ (its element names partly assumed: no body was ever recorded), and on faults."""

from __future__ import annotations

import pytest

from tests.structured import FIXTURES, WALL, a_source, crawled, faults, mistakes, read
from tracker.errors import ParseError
from tracker.model import RawBudget, RawDeadline, Request, Skipped
from tracker.normalize import normalize

PAGE = (FIXTURES / "ms2021.xml").read_text(encoding="utf-8")
OPTIONS = {
    "rows": "//VYZVA",
    "id": "KOD",
    "title": "NAZEV",
    "link": {"path": "KOD", "template": "https://www.dotaceeu.cz/cs/jak-ziskat-dotaci/vyzvy?kod={}"},
    "deadline": "DATUMUKONCENI",
    "opens": "DATUMOTEVRENI",
    "budget": {"total": "ALOKACE", "currency": "ALOKACE/@mena"},
    "status": {
        "path": "STAV",
        "map": {"Plánovaná": "forthcoming", "Vyhlášená": "forthcoming", "Otevřená": "open", "Pozastavená": "closed"},
    },
    "drop": "^Testovací|03_00_09[45]",
}
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;">]><VYZVY><VYZVA>&b;</VYZVA></VYZVY>'
)


def ms2021(**changed):
    url = "https://ms21opendata.mssf.cz/SeznamVyzev_21_27.xml"
    return a_source("xml_records", {**OPTIONS, **changed}, url=url, language="cs", country="CZ", zone="Europe/Prague")


def a_record(number, name="Call", more=""):
    return f"<VYZVA><KOD>{number}</KOD><NAZEV>{name}</NAZEV>{more}</VYZVA>"


def records(*found, prolog='<?xml version="1.0" encoding="utf-8"?>'):
    return f"{prolog}<VYZVY>{''.join(found)}</VYZVY>"


def test_ms2021_is_read_whatever_its_namespace():
    first, second = read(ms2021(), PAGE, content_type="application/xml")
    assert (first.external_id, first.title, first.status) == ("06_22_070", "Výzva na zelená města", "closed")
    assert first.url == "https://www.dotaceeu.cz/cs/jak-ziskat-dotaci/vyzvy?kod=06_22_070"
    assert first.deadlines == (RawDeadline(words="2027-02-26T14:00:00"),)
    assert first.budget == RawBudget(total="120000000", currency="CZK")
    assert (second.title, second.deadlines, second.budget) == ("Česko – Polsko: školy & mládež", (), None)
    assert str(normalize(first, ms2021()).days[0]) == "2027-02-26"


def test_ms2021_test_rows_are_no_calls_and_not_missed():
    found = crawled(ms2021(), PAGE)
    assert [call.external_id for call in found.harvest.calls] == ["06_22_070", "11_26_003"]
    assert faults(ms2021(), found) == []


def test_ms2021_with_a_state_nobody_knows_skips_that_row():
    found = read(ms2021(), PAGE.replace("Pozastavená", "Rozpracovaná"))
    assert found[0] == Skipped("06_22_070", "STAV: nobody knows what 'Rozpracovaná' means")


def test_namespaces_may_be_named_instead():
    names = {"namespaces": {"v": "http://ms21.example/vyzvy"}, "rows": "//v:VYZVA", "id": "v:KOD", "title": "v:NAZEV"}
    link = {"path": "v:KOD", "template": "https://www.dotaceeu.cz/vyzvy?kod={}"}
    found = read(a_source("xml_records", {**names, "link": link}), PAGE)
    assert [call.external_id for call in found] == ["06_22_070", "11_26_003", "03_00_094"]


def test_attributes_positions_and_several_elements_are_words():
    more = '<TERMIN od="1.2.2027">1.3.2027</TERMIN><TERMIN>1.9.2027</TERMIN><CIL>Obce</CIL><CIL>Kraje</CIL>'
    told = ms2021(deadline="TERMIN", opens="TERMIN[1]/@od", eligible="CIL", action="string(CIL[2])")
    (call,) = read(told, records(a_record(1, more=more)))
    assert [deadline.words for deadline in call.deadlines] == ["1.3.2027", "1.9.2027"]
    assert (call.opens, call.eligible, call.action) == ("1.2.2027", ("Obce", "Kraje"), "Kraje")


def test_a_filter_by_path_leaves_out_without_missing():
    found = read(ms2021(only="STAV = 'Otevřená'"), PAGE)
    assert [call.external_id for call in found] == ["11_26_003"]


@pytest.mark.parametrize(
    ("prolog", "encoding", "kind"),
    [
        ('<?xml version="1.0" encoding="windows-1250"?>', "windows-1250", "text/xml"),
        ('<?xml version="1.0" encoding="iso-8859-2"?>', "utf-8", "text/xml"),
        ('<?xml version="1.0"?>', "windows-1250", "text/xml; charset=windows-1250"),
        ('<?xml version="1.0" encoding="utf-8"?>', "utf-8-sig", "application/xml"),
        ('<?xml version="1.0" encoding="utf-16"?>', "utf-16", "application/xml"),
    ],
)
def test_letters_are_right_whatever_the_label_says(prolog, encoding, kind):
    page = records(a_record(1, "Žádost o příspěvek"), prolog=prolog).encode(encoding)
    assert read(ms2021(), page, content_type=kind)[0].title == "Žádost o příspěvek"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_an_xml_bomb_is_refused(encoding):
    with pytest.raises(ParseError, match="an XML bomb"):
        read(ms2021(), BOMB.encode(encoding))


def test_a_file_of_this_machine_is_never_read(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("geheim", encoding="utf-8")
    page = f'<!DOCTYPE b SYSTEM "{secret.as_uri()}">' + records(a_record(1), prolog="")
    assert "geheim" not in repr(read(ms2021(), page))


@pytest.mark.parametrize(
    ("page", "words"),
    [
        (PAGE[: len(PAGE) // 2], "expected XML, got application/json that does not read"),
        (PAGE.replace("VYZVA>", "CALL>"), "found no '//VYZVA': has the document changed"),
        (records(), "found no '//VYZVA'"),
        (records("<VYZVA><JMENO>x</JMENO></VYZVA>"), "none of 1 rows is a call; the first: NAZEV: expected one value"),
        (b"", "expected XML"),
        (b"{}", "expected XML"),
        (WALL, "bot wall"),
        (b"<a>" * 300 + b"</a>" * 300, "expected XML"),
        (records(a_record("é"), prolog='<?xml version="1.0" encoding="klingon"?>').encode("latin-1"), "expected XML"),
    ],
)
def test_a_document_that_is_not_as_expected_is_an_error(page, words):
    with pytest.raises(ParseError, match=words):
        read(ms2021(), page)


def test_an_empty_document_is_fine_only_where_the_source_says_so():
    assert read(ms2021(allow_empty=True), records()) == []


def test_a_path_that_leads_to_no_elements_is_noticed():
    with pytest.raises(ParseError, match="expected elements at"):
        read(ms2021(rows="count(//VYZVA)"), PAGE)


def test_doubled_records_are_counted_and_reordered_ones_are_the_same():
    one, two = records(a_record(1), a_record(2)), records(a_record(2), a_record(1), a_record(2))
    first, second = crawled(ms2021(), one).harvest, crawled(ms2021(), two).harvest
    assert set(first.calls) == set(second.calls) and (first.repeated, second.repeated) == (0, 1)


def test_the_document_is_asked_for_as_it_stands():
    asked: list[Request] = []
    crawled(ms2021(), PAGE, asked=asked)
    assert asked == [Request("https://ms21opendata.mssf.cz/SeznamVyzev_21_27.xml")]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"rows": "//["}, "options.rows: no path"),
        ({"rows": "//x:VYZVA"}, "options.rows: no path: Undefined namespace prefix"),
        ({"title": "nothing()"}, "options.title: no path"),
        ({"namespaces": {"": "http://x"}}, "options.namespaces: expected a mapping"),
        ({"paging": {}}, "options.paging: unknown key"),
    ],
)
def test_a_mistake_in_the_options_is_told_before_the_first_request(changed, words):
    assert any(words in line for line in mistakes("xml_records", {**OPTIONS, **changed}))
