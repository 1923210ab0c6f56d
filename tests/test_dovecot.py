"""The mailbox connector on a real mail server: Dovecot, as Debian packages it, through the whole job."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.dovecot import PROGRAM, USER, dovecot
from tests.homes import collecting, make_home, opened
from tests.test_mailbox import ENTRY, ONE, a_letter
from tracker.collect import collect

pytestmark = [
    pytest.mark.imap,
    pytest.mark.skipif(PROGRAM is None, reason="Dovecot is not on this machine (apt install dovecot-imapd)"),
]
OTHER = a_letter("<p>vertraulich</p>", sender="eva@privat.example", subject="Krankmeldung")
LETTER = a_letter(ONE, subject="Brief", To=USER)


@pytest.fixture(scope="module")
def server():
    with dovecot() as server:
        yield server


def read(server, home, *, environ=None):
    """One run, by the real clock: the server dates what arrives by its own."""
    now, environ = datetime.now(UTC), environ or server.environ
    with opened(home) as store, collecting(home, store, now, environ=environ, contact="") as collector:
        (outcome,) = collect(collector, home.enabled)
        return outcome, {entry.call.external_id: entry.call for entry in store.crawl.calls()}


def a_home(tmp_path, server, folder, *, after="leave", way="imaps"):
    port = server.secure if way == "imaps" else server.plain
    entry = ENTRY.format("mailbox", f"{way}://localhost:{port}/{folder}")
    return make_home(tmp_path / "home", entry.replace("from: [rgre.de]", f"from: [rgre.de], after: {after!r}"))


@pytest.mark.parametrize("way", ["imaps", "imap"])
def test_a_newsletter_is_read_encrypted_and_stays_unread(server, tmp_path, way):
    folder = f"Brief-{way}"
    server.put(folder, LETTER, OTHER)
    home = a_home(tmp_path, server, folder, way=way)
    outcome, calls = read(server, home)
    assert outcome.run.state == "ok", outcome.run.error
    assert calls["skew.example/klima"].days[0].isoformat() == "2027-02-12"
    assert server.held(folder) == [("Brief", False), ("Krankmeldung", False)]
    again, _ = read(server, home)
    assert again.run.unchanged


def test_messages_are_moved_into_a_folder_with_umlauts_and_the_others_stay(server, tmp_path):
    server.put("Eingang", LETTER, OTHER, LETTER)
    server.put('"F&APY-rder &- Rat"')
    home = a_home(tmp_path, server, "Eingang", after="move: Förder & Rat")
    assert read(server, home)[0].run.healthy
    assert server.held("Eingang") == [("Krankmeldung", False)]
    assert server.held('"F&APY-rder &- Rat"') == [("Brief", False), ("Brief", False)]
    outcome, calls = read(server, home)
    assert outcome.run.healthy and outcome.changes == 0 and list(calls) == ["skew.example/klima"]


def test_messages_are_marked_as_read_where_that_is_wanted(server, tmp_path):
    server.put("Gelesen", LETTER, OTHER)
    assert read(server, a_home(tmp_path, server, "Gelesen", after="seen"))[0].run.healthy
    assert server.held("Gelesen") == [("Brief", True), ("Krankmeldung", False)]


def test_a_folder_that_is_missing_as_a_target_loses_nothing(server, tmp_path, caplog):
    server.put("Ziellos", LETTER)
    outcome, calls = read(server, a_home(tmp_path, server, "Ziellos", after="move: Gibt es nicht"))
    assert outcome.run.healthy and calls and "could not be marked or moved" in caplog.text
    assert server.held("Ziellos") == [("Brief", False)]


def test_a_folder_with_spaces_and_umlauts_is_found_by_its_address(server, tmp_path):
    server.put('"Rundbriefe/Br&APw-ssel Aktuell"', LETTER)
    outcome, calls = read(server, a_home(tmp_path, server, "Rundbriefe/Br%C3%BCssel%20Aktuell"))
    assert outcome.run.healthy and len(calls) == 1, outcome.run.error


def test_a_folder_made_anew_is_read_anew_and_tells_nothing_twice(server, tmp_path):
    server.put("Anew", LETTER)
    home = a_home(tmp_path, server, "Anew")
    read(server, home)
    with server.logged_in() as line:
        line.delete("Anew")
    server.put("Anew", OTHER, LETTER)
    outcome, calls = read(server, home)
    assert outcome.run.healthy and (outcome.new, outcome.changes, len(calls)) == (0, 0, 1)


def test_20_megabytes_of_attachment_are_no_trouble_and_are_not_kept(server, tmp_path):
    attached = b"--x\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    attached += b"\r\n".join([b"QUJD" * 19] * 350_000)
    text = b"--x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + ONE.encode()
    head = b'From: info@rgre.de\r\nSubject: Brief\r\nContent-Type: multipart/mixed; boundary="x"\r\n\r\n'
    server.put("Gross", head + text + b"\r\n" + attached + b"\r\n--x--\r\n")
    home = a_home(tmp_path, server, "Gross")
    outcome, calls = read(server, home)
    assert outcome.run.healthy and len(calls) == 1, outcome.run.error
    assert sum(path.stat().st_size for path in home.archive.rglob("*") if path.is_file()) < 20_000


@pytest.mark.parametrize(
    ("folder", "environ", "words"),
    [
        ("Nirgends", {}, "'Nirgends' cannot be opened"),
        ("INBOX", {"MAILBOX": f"{USER}:falsch"}, "refuses name and password"),
        ("INBOX", {"SSL_CERT_FILE": ""}, "certificate is not trusted"),
    ],
)
def test_what_is_wrong_is_said_and_the_secret_is_not(server, tmp_path, folder, environ, words):
    outcome, _ = read(server, a_home(tmp_path, server, folder), environ={**server.environ, **environ})
    assert outcome.run.state == "broken" and words in outcome.run.error
    assert "falsch" not in outcome.run.error and "heim" not in outcome.run.error
