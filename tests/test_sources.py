"""Every folder in tests/sources: the pages as a source would answer them, and the calls a person read from them.

pages.yaml maps the key of a request (its address, then its body) to a file beside it. expected.json was written before
the connector ran: what each call says, a field that it leaves empty left out, and `understood`: its deadlines as
"2027-06-30 23:59 single stated". evidence.yaml names the recording in which its shape was seen (`file`, and of
excerpts the `url`); a source without one is `documented`.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from tests.catalogue import SOURCES
from tests.shared import RECORDED, needs_recorded
from tracker.connectors import load
from tracker.model import Call, Deadline, RawCall, RawDocument, Request, Source, Supplement
from tracker.normalize import normalize

ROOT = Path(__file__).resolve().parents[1]
HERE = ROOT / "tests" / "sources"
ELSEWHERE = {  # sources whose answers are made by a program, with tests of their own
    "eu-portal": "test_eu_portal.py",
    "foerderdatenbank": "test_foerderdatenbank.py",
}
FOLDERS = sorted(path.parent for path in HERE.glob("*/pages.yaml"))
# What was cut, copied by hand or derived, by SOURCES.md beside the recordings.
NOT_WHOLE = ("EXCERPT", "TRANSCRIBED", "transcribed/", "excerpts", "search2.json", "grantsTenders/", "_xml_export")
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".xml": "application/xml",
    ".json": "application/json",
    ".eml": "message/rfc822",
    ".js": "text/javascript",
}


def answer(folder: Path, request: Request) -> RawDocument:
    name = YAML(typ="safe").load((folder / "pages.yaml").read_text("utf-8"))[request.key]
    body = (folder / name).read_bytes()
    kind = TYPES[Path(name).suffix]
    return RawDocument(request=request, body=body, content_type=kind, fetched_at=datetime(2026, 11, 22, tzinfo=UTC))


def crawl(source: Source, folder: Path) -> list[RawCall]:
    """The calls of all pages in their order, with what detail pages add."""
    connector, calls = load(source.connector), []
    wanted, seen = list(connector.start(source)), set()
    while wanted:
        request = wanted.pop(0)
        if request.key in seen:
            continue
        seen.add(request.key)
        for thing in connector.parse(answer(folder, request), source):
            if isinstance(thing, RawCall):
                calls.append(thing)
            elif isinstance(thing, Request):
                wanted.append(thing)
            elif isinstance(thing, Supplement):
                calls = [filled(call, thing) for call in calls]
    return calls


def filled(call: RawCall, details: Supplement) -> RawCall:
    """As the crawl does it: details fill what is empty."""
    if call.external_id != details.external_id:
        return call
    return replace(call, **{name: value for name, value in details.fields.items() if not getattr(call, name)})


def said(value: object) -> object:
    """What of a raw value is said at all, as JSON has it."""
    if isinstance(value, dict):
        return {key: said(found) for key, found in value.items() if found not in ("", (), None, False, "unknown")}
    if isinstance(value, date | time):
        return value.isoformat()
    return [said(found) for found in value] if isinstance(value, tuple | list) else value


def understood(call: Call) -> list[str]:
    """Its deadlines in a line each: day or rule, hour where it is stated, kind, certainty."""
    return [" ".join(filter(None, _words(deadline))) for deadline in call.deadlines]


def _words(deadline: Deadline) -> tuple[str, ...]:
    day = deadline.day.isoformat() if deadline.day else " ".join(deadline.rule)
    hour = deadline.time.isoformat("minutes") if deadline.time else ""
    return day, hour, deadline.kind.value, deadline.certainty.value


def shown(raw: RawCall, source: Source) -> dict[str, object]:
    found = said(asdict(raw))
    assert isinstance(found, dict)
    deadlines = understood(normalize(raw, source))
    return {**found, "understood": deadlines} if deadlines else found


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_source_is_read_as_a_person_read_it(folder):
    source = SOURCES[folder.name]
    found = [shown(call, source) for call in crawl(source, folder)]
    assert found == json.loads((folder / "expected.json").read_text("utf-8"))


def test_every_source_has_pages_here_or_a_file_of_tests_and_no_pages_lie_here_for_one_that_is_gone():
    assert {path.name for path in HERE.iterdir() if path.is_dir()} == set(SOURCES)
    assert {folder.name for folder in FOLDERS} == set(SOURCES) - set(ELSEWHERE)
    assert all((ROOT / "tests" / name).is_file() for name in ELSEWHERE.values())


ENTRIES = YAML(typ="safe").load((ROOT / "sources.yaml").read_text("utf-8"))["sources"]
NEEDED = ("name", "publisher", "country", "language", "evidence", "rhythm", "expect", "licence", "attribution", "zone")


@pytest.mark.parametrize("source_id", ENTRIES)
def test_an_entry_says_whose_it_is_on_what_terms_how_often_and_what_is_odd(source_id):
    text = (ROOT / "sources.yaml").read_text("utf-8")
    before = text[: text.index(f"\n  {source_id}:\n")].rsplit("\n\n", 1)[-1]
    assert [name for name in NEEDED if not ENTRIES[source_id].get(name)] == []
    assert len(re.findall(r"^  # ", before, re.MULTILINE)) >= 2, "no comment tells what is odd and when it was seen"


# ---------------------------------------------------------------- how we know it


def evidence(source_id: str) -> dict[str, str]:
    path = HERE / source_id / "evidence.yaml"
    return YAML(typ="safe").load(path.read_text("utf-8")) if path.is_file() else {}


@pytest.mark.parametrize("source", SOURCES.values(), ids=lambda source: source.id)
def test_a_source_claims_no_more_evidence_than_there_is(source):
    """recorded: an untouched answer; excerpt: one that was cut, copied by hand, or is prose; documented: none."""
    file = evidence(source.id).get("file", "")
    whole = bool(file) and not any(word in file for word in NOT_WHOLE)
    assert source.evidence == ("recorded" if whole else "excerpt" if file else "documented")


@needs_recorded
@pytest.mark.parametrize("source", SOURCES.values(), ids=lambda source: source.id)
def test_the_recording_that_a_source_names_exists_and_is_of_that_source(source):
    named = evidence(source.id)
    if not named:
        assert source.evidence == "documented"
        return
    path = RECORDED / named["file"]
    assert path.exists(), f"{named['file']} is not among the recordings"
    if path.suffix == ".jsonl":
        lines = path.read_text("utf-8").splitlines()
        assert any(json.loads(line)["url"] == named["url"] for line in lines), "no excerpt has that address"
