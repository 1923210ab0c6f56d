"""Every way in which the export of the Förderdatenbank can break: an error that says what, never a quiet week."""

from __future__ import annotations

import io
import re
import struct
import tracemalloc
import zipfile

import pytest

from tests import fdb_export
from tests.fdb_export import FUNDER, MUNICIPAL, PROGRAMME, URL, at, calls, document, pack, parse, some_programmes
from tracker.connectors import essence, foerderdatenbank
from tracker.errors import ParseError
from tracker.model import Announced, RawCall, Skipped

pytestmark = pytest.mark.faults


def with_member(info, body, count=30):
    """An export of healthy programmes with one odd member."""
    target = io.BytesIO(pack(some_programmes(count)))
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr(info, body)
    return target.getvalue()


# ---------------------------------------------------------------- broken answers


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"<html><head><title>Radware Captcha Page</title></head><body></body></html>", "blocked.*Radware"),
        (b"<!DOCTYPE html><html><head><title>F\xc3\xb6rderdatenbank</title></head>" + b"x" * 9000, "a web page"),
        (b"", "0 bytes of something else"),
        (b'{"error": 1}', "something else"),
        (b"PK", "cut off or damaged"),
        (pack(some_programmes(3))[:-200], "cut off or damaged"),
        (pack(some_programmes(3))[:5000], "cut off or damaged"),
        (pack({}), "no programme"),
        (pack({"BMWI/FDB/Content/DE/Foerdergeber/U/um-bw.xml": FUNDER}), "no programme"),
        (pack({"liesmich.txt": b"Wartung"}), "no programme"),
    ],
)
def test_an_answer_that_is_no_export_is_an_error_and_never_a_quiet_week(body, words):
    with pytest.raises(ParseError, match=words) as caught:
        parse(body)
    assert caught.value.url == URL
    assert caught.value.source == "fdb"


def test_one_damaged_member_is_skipped_by_name_and_the_others_are_kept():
    members = some_programmes(30)
    name = at("Land/Baden-Wuerttemberg/programm-0007")
    members[name] = members[name][:9000]
    found = parse(members)
    assert found[0] == Announced(30)
    assert len([each for each in found if isinstance(each, RawCall)]) == 29
    (skipped,) = [each for each in found if isinstance(each, Skipped)]
    assert skipped.where == name
    assert "well-formed" in skipped.reason


def test_bytes_that_rotted_inside_the_zip_cost_one_call():
    body = bytearray(pack(some_programmes(30)))
    body[200] ^= 0xFF  # inside the packed bytes of the first member
    found = parse(bytes(body))
    assert [type(each) for each in found].count(RawCall) == 29
    assert next(each.reason for each in found if isinstance(each, Skipped)).startswith("damaged")


def test_many_damaged_members_are_a_broken_source():
    members = {
        name: body[:500] if number % 3 else body for number, (name, body) in enumerate(some_programmes(30).items())
    }
    with pytest.raises(ParseError, match="well-formed XML is missing in 20 of 30 programmes"):
        parse(members)


def test_an_xml_bomb_costs_its_own_call_and_no_memory():
    bomb = b'<!DOCTYPE document [<!ENTITY a "lol">' + b"".join(
        b'<!ENTITY %c "%s">' % (98 + level, b"&%c;" % (97 + level) * 10) for level in range(10)
    )
    bomb += b"]><document><property name='gsb:title'><text>&k;</text></property></document>"
    found = parse(with_member(at("Bund/BMUV/bombe"), bomb))
    assert [type(each) for each in found].count(RawCall) == 30
    assert [each.reason for each in found if isinstance(each, Skipped)] == ["declares entities or a DTD of its own"]


@pytest.mark.parametrize("charset", ["utf-8", "utf-16"])
def test_an_external_entity_is_never_opened(charset, tmp_path):
    (tmp_path / "secret").write_text("geheim")
    text = f'<!DOCTYPE d [<!ENTITY x SYSTEM "{tmp_path}/secret">]>'
    text += '<document><property name="gsb:title"><text>&x;</text></property></document>'
    assert "geheim" not in repr(parse(with_member(at("Bund/BMUV/x"), text.encode(charset))))


def test_a_zip_bomb_is_refused_before_it_fills_the_memory():
    bomb = zipfile.ZipInfo(at("Bund/BMUV/bombe"))
    bomb.compress_type = zipfile.ZIP_DEFLATED
    body = with_member(bomb, b"\0" * 50_000_000)
    tracemalloc.start()
    try:
        with pytest.raises(ParseError, match=r"ZIP bomb\? .*bombe"):
            parse(body)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 25_000_000


def test_a_header_that_understates_a_member_does_not_help_a_bomb():
    body = bytearray(pack({**some_programmes(30), at("Bund/BMUV/bombe"): b"\0" * 20_000_000}))
    for match in list(re.finditer(struct.pack("<I", 20_000_000), bytes(body))):
        body[match.start() : match.end()] = struct.pack("<I", 1_000)
    found = parse(bytes(body))
    assert [type(each) for each in found].count(RawCall) == 30
    assert any(isinstance(each, Skipped) and "bombe" in each.where for each in found)


def test_many_small_bombs_are_one_bomb():
    padded = PROGRAMME + b" " * 3_000_000
    members = {at(f"Bund/BMUV/programm-{number:03}"): padded for number in range(40)}
    with pytest.raises(ParseError, match="ZIP bomb"):
        parse(members)


def test_too_many_members_are_refused_unread():
    with pytest.raises(ParseError, match="more than 60000 members"):
        parse(pack(some_programmes(1)) + b"PK\x01\x02" * 60_001)


def test_an_encrypted_member_is_skipped():
    body = bytearray(with_member(at("Bund/BMUV/geheim"), PROGRAMME))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        body[body.rindex(signature) + offset] |= 1
    found = parse(bytes(body))
    assert [each.reason for each in found if isinstance(each, Skipped)] == ["encrypted"]


def test_an_unusual_compression_is_skipped():
    odd = zipfile.ZipInfo(at("Bund/BMUV/odd"))
    odd.compress_type = zipfile.ZIP_LZMA
    found = parse(with_member(odd, PROGRAMME))
    assert [each.reason for each in found if isinstance(each, Skipped)] == ["unusual compression 14"]


def test_names_that_climb_out_of_the_zip_are_ignored():
    found = parse(with_member("BMWI/FDB/Content/DE/Foerderprogramm/../../../../../etc/passwd.xml", PROGRAMME))
    assert found[0] == Announced(30)
    assert "passwd" not in repr(found)


@pytest.mark.parametrize(
    "path",
    [
        "/BMWI/FDB/../../x",
        "/BMWI/FDB/Content/DE/Foerderprogramm/../../x",
        "javascript:alert(1)",
        '/BMWI/FDB/Content/DE/Foerderprogramm/"x',
        "",
    ],
)
def test_a_document_that_claims_an_odd_path_is_skipped(path):
    body = PROGRAMME.replace(
        b'path="/BMWI/FDB/Content/DE/Foerderprogramm/Land/Baden-Wuerttemberg"', b"path='%s'" % path.encode()
    )
    found = parse(with_member(at("Bund/BMUV/odd"), body))
    (skipped,) = [each for each in found if isinstance(each, Skipped)]
    assert "odd path" in skipped.reason


# ---------------------------------------------------------------- an export that is built differently


def test_stubs_without_a_title_are_skipped_by_name():
    stub = document("Bund/BMUV/stub", texts={"title": ""})
    found = parse(with_member(at("Bund/BMUV/stub"), stub), **MUNICIPAL)
    assert [(each.where, each.reason) for each in found if isinstance(each, Skipped)] == [
        (at("Bund/BMUV/stub"), "has no gsb:title")
    ]
    assert found[0] == Announced(31)


@pytest.mark.parametrize("name", ["gsb:title", "gsb:cl2Processes"])
@pytest.mark.parametrize("every", [1, 10])
def test_a_renamed_property_is_named_with_three_examples(name, every):
    members = {
        place: body.replace(name.encode(), b"gsb:renamed") if number % every == 0 else body
        for number, (place, body) in enumerate(some_programmes(100).items())
    }
    with pytest.raises(ParseError, match=f"{name} is missing in {100 // every} of 100 programmes") as caught:
        parse(members, **MUNICIPAL)
    assert str(caught.value).count("BMWI/FDB/Content/DE/Foerderprogramm/") == 3


def test_an_export_of_stubs_alone_is_an_error():
    with pytest.raises(ParseError, match="none of 2 programmes can be read"):
        parse({at(f"Bund/{name}"): document(f"Bund/{name}", texts={"title": ""}) for name in "ab"})


def test_a_renamed_classifier_is_an_error_and_no_flood():
    members = {
        name: body.replace(b"Common/Foerderberechtigte", b"Common/Wer") for name, body in some_programmes(30).items()
    }
    with pytest.raises(ParseError, match="a code of Foerderberechtigte is missing in 30 of 30"):
        parse(members, **MUNICIPAL)


def test_a_filter_that_nothing_passes_is_an_error_in_a_real_export_and_fine_in_a_small_one():
    small = {name: body.replace(b"/kommune", b"/hochschule") for name, body in some_programmes(20).items()}
    assert parse(small, **MUNICIPAL) == [Announced(0)]
    large = {name: body.replace(b"/kommune", b"/hochschule") for name, body in some_programmes(101).items()}
    with pytest.raises(ParseError, match="not one of 101 programmes passes the filter"):
        parse(large, **MUNICIPAL)


def test_reordered_members_give_the_same_calls_in_the_same_order():
    members = list(some_programmes(30).items())
    assert parse(members) == parse(members[::-1])


def test_doubled_members_are_given_twice_so_that_the_run_proves_no_absence():
    members = list(some_programmes(30).items())
    with pytest.warns(UserWarning, match="Duplicate name"):
        body = pack([*members, members[4]])
    found = calls(body)
    assert len(found) == 31
    assert len({call.external_id for call in found}) == 30


def test_an_export_packed_anew_is_the_same_answer_and_a_changed_word_is_not():
    members = list(some_programmes(5).items())
    first = pack(members)
    anew = io.BytesIO()
    with zipfile.ZipFile(anew, "w", zipfile.ZIP_STORED) as archive:
        for name, body in reversed(members):
            archive.writestr(zipfile.ZipInfo(name, date_time=(2026, 11, 23, 4, 0, 0)), body)
    changed = pack(
        [*members[:-1], (members[-1][0], members[-1][1].replace(b"0004<", b"0005<").replace(b"0004&", b"0005&"))]
    )
    assert essence(foerderdatenbank, first) == essence(foerderdatenbank, anew.getvalue()) != first
    assert essence(foerderdatenbank, first) != essence(foerderdatenbank, changed)
    assert essence(foerderdatenbank, b"<html>") == b"<html>"
    assert essence(foerderdatenbank, first[:-100]) == first[:-100]


def test_an_export_below_another_folder_is_read_the_same():
    members = some_programmes(3)
    assert parse({f"export/{name}": body for name, body in members.items()}) == parse(members)


def test_the_same_bytes_give_the_same_values():
    body = fdb_export.full(60, 150)
    first = parse(body, **MUNICIPAL)
    assert first == parse(body, **MUNICIPAL)
    assert 5 < len([each for each in first if isinstance(each, RawCall)]) < 60
    assert all(call.funder for call in calls(body))
