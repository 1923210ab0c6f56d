"""What the sources answered is kept, once, for as long as promised, and survives what happens to process and disk."""

from __future__ import annotations

import errno
import gzip
import json
import os
import resource
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tracker.archive import FORGET_MISSING, Archive, Scan, to_keep
from tracker.archive.files import in_plain_words
from tracker.errors import StoreError
from tracker.model import Part, RawDocument, Request

NOW = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
URL = "https://stadtnetz.example/foerderung"


def a_document(body: bytes = b"<html>", url: str = URL, at: datetime = NOW, **given) -> RawDocument:
    values = {"request": Request(url), "body": body, "content_type": "text/html", "fetched_at": at, "url": url}
    return RawDocument(**{**values, **given})


def save(
    archive: Archive, *documents: RawDocument, at: datetime = NOW, healthy: bool = True, source: str = "stadtnetz"
):
    return archive.save(source, at=at, documents=documents, healthy=healthy, mark="parser 1")


def days(count: int, start: datetime = NOW) -> list[datetime]:
    return [start + timedelta(days=n) for n in range(count)]


def bodies(root: Path) -> set[str]:
    return {path.name for path in root.glob("*/bodies/*")}


@pytest.fixture
def archive(tmp_path):
    return Archive(tmp_path)


# ---------------------------------------------------------------- what is kept


def test_an_answer_comes_back_as_it_was_saved(archive, tmp_path):
    request = Request(
        URL, kind="detail", parts=(Part("query", "{}"),), note=(("id", "\ud800"),), once=True, optional=True
    )
    document = a_document(
        b"\xff\x00" * 99, request=request, headers={"etag": '"7"', "x": "ü"}, url="https://b.example/"
    )
    scan = save(archive, document)
    again = Archive(tmp_path)
    assert again.last("stadtnetz") == scan
    assert again.documents(scan) == [document]
    assert again.find("stadtnetz", request.key) == document
    assert (scan.source_id, scan.at, scan.healthy, scan.mark) == ("stadtnetz", NOW, True, "parser 1")


def test_before_the_first_scan_there_is_nothing(archive):
    assert archive.last("stadtnetz") is None
    assert archive.scans("stadtnetz") == []
    assert archive.find("stadtnetz", URL) is None
    assert archive.missing("stadtnetz", URL, at=NOW) is None


def test_a_moment_is_kept_in_utc_whatever_its_zone(archive):
    local = datetime.fromisoformat("2026-11-23T07:00:00+01:00")
    assert save(archive, a_document(at=local), at=local).at.isoformat() == "2026-11-23T06:00:00+00:00"


def test_a_confirmed_answer_is_kept_as_the_answer_that_it_confirms(archive):
    scan = save(archive, a_document(status=304))
    assert archive.documents(scan)[0].status == 200


def test_an_unchanged_body_lies_there_once_and_is_not_written_again(archive, tmp_path):
    for day in days(5):
        save(archive, a_document(b"same"), a_document(b"same", url=f"{URL}/2"), at=day)
    assert len(bodies(tmp_path)) == 1
    (path,) = tmp_path.glob("*/bodies/*")
    before = path.stat()
    save(archive, a_document(b"same"), at=NOW + timedelta(days=9))
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_files_are_compressed_and_readable_with_zcat(archive, tmp_path):
    save(archive, a_document(b"Aufruf " * 10_000))
    (path,) = tmp_path.glob("*/bodies/*")
    assert path.stat().st_size < 2000
    assert gzip.decompress(path.read_bytes()) == b"Aufruf " * 10_000


def test_the_last_healthy_scan_is_not_the_last_scan(archive):
    good = save(archive, a_document(b"good"))
    bad = save(archive, a_document(b"bad"), at=NOW + timedelta(days=1), healthy=False)
    assert archive.last("stadtnetz") == good
    assert archive.last("stadtnetz", healthy=False) == bad
    assert archive.answer("stadtnetz", URL).body == b"good"
    assert archive.find("stadtnetz", URL).body == b"good"


def test_answer_looks_into_the_last_healthy_scan_only_and_find_into_all(archive):
    save(archive, a_document(b"list"), a_document(b"detail", url=f"{URL}/a"))
    save(archive, a_document(b"list 2"), at=NOW + timedelta(days=1))
    assert archive.answer("stadtnetz", f"{URL}/a") is None
    assert archive.find("stadtnetz", f"{URL}/a").body == b"detail"
    assert archive.find("stadtnetz", URL).body == b"list 2"


def test_sources_do_not_see_each_other(archive):
    save(archive, a_document(b"a"))
    save(archive, a_document(b"b"), source="nordfonds")
    assert archive.find("stadtnetz", URL).body == b"a"
    assert archive.find("nordfonds", URL).body == b"b"


@pytest.mark.parametrize("source", ["..", "../x", "a/b", "", "A", "a\n", "/etc", "a.b"])
def test_no_id_leads_out_of_the_archive(archive, tmp_path, source):
    with pytest.raises(StoreError, match="no id of a source"):
        save(archive, a_document(), source=source)
    with pytest.raises(StoreError, match="no id of a source"):
        archive.remember_missing(source, URL, status=404, at=NOW)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("url", ["../../../etc/passwd", "/etc/passwd", "a\x00b", "x" * 10_000, "\ud800"])
def test_no_address_leads_out_of_the_archive(archive, tmp_path, url):
    save(archive, a_document(url=url))
    archive.remember_missing("stadtnetz", url, status=404, at=NOW)
    assert archive.find("stadtnetz", url).body == b"<html>"
    assert [path.name for path in tmp_path.iterdir()] == ["stadtnetz"]


# ---------------------------------------------------------------- what is let go


def test_the_last_eight_scans_and_the_first_of_each_month_are_kept(archive, tmp_path):
    begin = datetime(2026, 9, 20, 5, 0, tzinfo=UTC)
    for day in days(65, begin):  # until November 23
        save(archive, a_document(day.isoformat().encode(), at=day), at=day)
    kept = [f"{scan.at:%m-%d}" for scan in archive.scans("stadtnetz")]
    assert kept == ["09-20", "10-01", "11-01", *(f"11-{day}" for day in range(16, 24))]
    assert len(bodies(tmp_path)) == len(kept)
    assert all(archive.documents(scan) for scan in archive.scans("stadtnetz"))


def test_how_many_are_kept_is_the_administrators_choice(tmp_path):
    archive = Archive(tmp_path, keep=2)
    for day in days(5):
        save(archive, a_document(), at=day)
    assert [scan.at.day for scan in archive.scans("stadtnetz")] == [23, 26, 27]


def test_a_source_that_is_blind_for_weeks_keeps_its_last_good_answer(archive):
    good = save(archive, a_document(b"good"), at=datetime(2026, 10, 20, tzinfo=UTC))
    save(archive, a_document(b"first"), at=datetime(2026, 10, 1, tzinfo=UTC))
    for day in days(30):
        save(archive, a_document(day.isoformat().encode()), at=day, healthy=False)
    assert archive.last("stadtnetz") == good
    assert archive.documents(good)[0].body == b"good"


def test_a_detail_page_stays_as_long_as_a_kept_scan_names_it(archive):
    detail = a_document(b"detail", url=f"{URL}/a")
    for day in days(20):
        known = archive.find("stadtnetz", f"{URL}/a")
        save(archive, a_document(day.isoformat().encode()), known or detail, at=day)
    assert archive.find("stadtnetz", f"{URL}/a") == detail


def a_scan(day: str, *, healthy: bool = True) -> Scan:
    return Scan(source_id="s", at=datetime.fromisoformat(f"{day}T05:00+00:00"), healthy=healthy, mark="", entries=())


@pytest.mark.parametrize(
    ("scans", "kept"),
    [
        ([], set()),
        ([a_scan("2026-10-01")], {0}),
        ([a_scan("2026-10-01"), a_scan("2026-10-02"), a_scan("2026-10-03")], {0, 2}),
        ([a_scan("2026-10-01", healthy=False), a_scan("2026-10-02"), a_scan("2026-10-03")], {1, 2}),
        ([a_scan("2026-10-01", healthy=False), a_scan("2026-10-02", healthy=False), a_scan("2026-11-03")], {0, 2}),
        ([a_scan("2025-10-01"), a_scan("2026-10-01"), a_scan("2026-10-02")], {0, 1, 2}),
    ],
)
def test_which_scans_stay(scans, kept):
    assert to_keep(scans, 1) == kept


def test_scans_of_one_moment_stay_in_their_order_however_many_there_are(archive):
    for number in range(25):
        save(archive, a_document(str(number).encode()))
    assert archive.answer("stadtnetz", URL).body == b"24"
    assert len(archive.scans("stadtnetz")) == 9


# ---------------------------------------------------------------- missing pages


def test_a_missing_page_is_remembered_for_a_month(archive, tmp_path):
    archive.remember_missing("stadtnetz", URL, status=404, at=NOW)
    archive.remember_missing("stadtnetz", f"{URL}/b", status=410, at=NOW)
    for reader in (archive, Archive(tmp_path)):
        assert reader.missing("stadtnetz", URL, at=NOW + FORGET_MISSING - timedelta(seconds=1)) == 404
        assert reader.missing("stadtnetz", f"{URL}/b", at=NOW) == 410
        assert reader.missing("stadtnetz", URL, at=NOW + FORGET_MISSING) is None
        assert reader.missing("nordfonds", URL, at=NOW) is None


@pytest.mark.parametrize(
    "torn", ['{"key": "ab', '{"key": "a"}\n', "[]\n", '{"key": 1, "status": "x", "at": 3}\n', "\xff\n"]
)
def test_a_torn_line_costs_one_request_and_nothing_else(archive, tmp_path, torn):
    archive.remember_missing("stadtnetz", URL, status=404, at=NOW)
    with (tmp_path / "stadtnetz" / "missing.jsonl").open("a", encoding="latin-1") as file:
        file.write(torn)
    assert Archive(tmp_path).missing("stadtnetz", URL, at=NOW) == 404


# ---------------------------------------------------------------- damage


def damage(path: Path, how: str) -> None:
    content = path.read_bytes()
    match how:
        case "empty":
            path.write_bytes(b"")
        case "cut":
            path.write_bytes(content[: len(content) // 2])
        case "rubbish":
            path.write_bytes(b"rubbish" * 99)
        case "flipped":
            path.write_bytes(content[:20] + bytes([content[20] ^ 0xFF]) + content[21:])
        case "other":
            path.write_bytes(gzip.compress(b'{"format": 1}'))
        case "gone":
            path.unlink()


HOW = ["empty", "cut", "rubbish", "flipped", "other", "gone"]


@pytest.mark.parametrize("how", HOW)
def test_a_damaged_body_is_no_answer_and_the_next_save_heals_it(archive, tmp_path, how):
    scan = save(archive, a_document(b"Aufruf " * 99))
    (path,) = tmp_path.glob("*/bodies/*")
    damage(path, how)
    again = Archive(tmp_path)
    assert again.answer("stadtnetz", URL) is None
    assert again.find("stadtnetz", URL) is None
    with pytest.raises(StoreError, match=f"lost the answer of {URL}.*collect stadtnetz again"):
        again.documents(scan)
    save(again, a_document(b"Aufruf " * 99), at=NOW + timedelta(days=1))
    assert again.documents(scan)[0].body == b"Aufruf " * 99


@pytest.mark.parametrize("how", HOW)
def test_a_damaged_scan_is_passed_over_and_said(archive, tmp_path, how, caplog):
    first = save(archive, a_document(b"first"))
    save(archive, a_document(b"second"), at=NOW + timedelta(days=1))
    damage(sorted(tmp_path.glob("*/scans/*"))[1], how)
    again = Archive(tmp_path)
    assert again.scans("stadtnetz") == [first]
    assert again.answer("stadtnetz", URL).body == b"first"
    assert ("passed over" in caplog.text) == (how != "gone")
    save(again, a_document(b"third"), at=NOW + timedelta(days=2))
    assert again.answer("stadtnetz", URL).body == b"third"


@pytest.mark.parametrize(
    "change",
    [{"format": 99}, {"entries": None}, {"entries": [{}]}, {"at": "gestern"}, {"entries": [{"sha256": "../../x"}]}],
)
def test_a_scan_of_the_wrong_shape_is_passed_over(archive, tmp_path, change):
    save(archive, a_document())
    (path,) = tmp_path.glob("*/scans/*")
    whole = json.loads(gzip.decompress(path.read_bytes()))
    path.write_bytes(gzip.compress(json.dumps(whole | change).encode()))
    assert Archive(tmp_path).scans("stadtnetz") == []


def test_what_a_crash_left_behind_is_swept_away_by_the_next_save(archive, tmp_path):
    save(archive, a_document(b"kept"))
    for name in ("bodies/abc.gz.1-1.tmp", "bodies/" + "0" * 64 + ".gz", "scans/x.json.gz.1-1.tmp"):
        (tmp_path / "stadtnetz" / name).write_bytes(b"half")
    save(archive, a_document(b"kept"), at=NOW + timedelta(days=1))
    left = sorted(path.name for path in tmp_path.rglob("*") if path.is_file())
    assert len(left) == 3
    assert not any(name.endswith(".tmp") for name in left)


WRITER = """
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tracker.archive import Archive
from tracker.model import RawDocument, Request
archive, at = Archive(Path(sys.argv[1]), keep=3), datetime(2026, 1, 1, tzinfo=UTC)
for n in range(100_000):
    at += timedelta(hours=7)
    pages = [RawDocument(request=Request(f"u{k}"), body=f"{n // 3} {k} ".encode() * 500, content_type="", fetched_at=at)
             for k in range(4)]
    archive.save("stadtnetz", at=at, documents=pages, healthy=True, mark="")
    print(n, flush=True)
"""


def test_killed_at_any_moment_all_scans_that_stand_are_whole(tmp_path):
    for pause in (0.0, 0.013, 0.031):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE, text=True)
        saved = [writer.stdout.readline() for _ in range(3)]
        time.sleep(pause)
        writer.send_signal(signal.SIGKILL)
        writer.communicate()
        archive = Archive(tmp_path)
        assert all(saved)
        assert len(archive.scans("stadtnetz")) >= 3
        for scan in archive.scans("stadtnetz"):
            assert len(archive.documents(scan)) == 4


OPENED: list[tuple[str, int]] = []
WATCHING: list[bool] = []


def _watch(event: str, args: tuple[object, ...]) -> None:
    if WATCHING and event == "open" and isinstance(args[2], int):
        OPENED.append((str(args[0]), args[2]))


sys.addaudithook(_watch)  # an audit hook cannot be undone, hence WATCHING


def test_no_file_is_ever_written_under_its_final_name(archive, tmp_path):
    WATCHING.append(True)
    try:
        save(archive, a_document())
    finally:
        WATCHING.clear()
    written = [name for name, flags in OPENED if name.startswith(str(tmp_path)) and flags & (os.O_WRONLY | os.O_RDWR)]
    assert len(written) == 2
    assert all(name.endswith(".tmp") for name in written)


# ---------------------------------------------------------------- a disk that refuses


def test_a_full_disk_is_said_and_what_was_kept_stays(archive, tmp_path):
    """The limit on file sizes stands in for a full disk: the write fails half-way."""
    scan = save(archive, a_document(b"kept"))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, hard))
    try:
        with pytest.raises(StoreError, match=r"archive of stadtnetz in .* cannot be written: the disk .* is full"):
            save(archive, a_document(os.urandom(100_000)), at=NOW + timedelta(days=1))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert archive.scans("stadtnetz") == [scan]
    assert archive.documents(scan)[0].body == b"kept"
    assert not list(tmp_path.rglob("*.tmp"))


def test_a_file_in_the_place_of_the_archive_is_said(tmp_path):
    (tmp_path / "archive").write_text("")
    archive = Archive(tmp_path / "archive")
    with pytest.raises(StoreError, match="cannot be written"):
        save(archive, a_document())
    with pytest.raises(StoreError, match="cannot be written"):
        archive.remember_missing("stadtnetz", URL, status=404, at=NOW)


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, "full"), (errno.EDQUOT, "full"), (errno.EROFS, "no permission"), (errno.EIO, "Input/output error")],
)
def test_what_a_disk_says_is_told_in_plain_words(number, words):
    assert words in in_plain_words(OSError(number, os.strerror(number)))
