"""A mailbox is read without a trace, encrypted, bounded; what the server does is said, the password never is."""

from __future__ import annotations

import itertools
import json
import logging
import socket
import ssl
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import trustme

from tests.builders import a_source
from tests.mail_servers import PASSWORD, SECRET, USER, broken_off, mail_server, says, silent
from tracker import letters
from tracker.connectors import load
from tracker.errors import FetchError
from tracker.fetch import Fetcher, imap
from tracker.fetch.imap_names import place_in, quoted
from tracker.model import Request

pytestmark = pytest.mark.faults

NOW = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
LETTER = b"From: <info@rgre.de>\r\nTo: europa@ludwigsburg.example\r\nSubject: Brief\r\n\r\nhttps://a.example/1\r\n"
OTHER = LETTER.replace(b"info@rgre.de", b"eva@privat.example").replace(b"Brief", b"Krankmeldung")


@pytest.fixture
def server():
    with mail_server() as server:
        server.fill("INBOX", {4: LETTER, 7: OTHER, 9: LETTER})
        yield server


def a_mailbox(server, **given):
    options = {"from": ["rgre.de"], **given.pop("options", {})}
    values = {"id": "brief", "connector": "mailbox", "url": server.url, "needs_env": "MAILBOX", "timeout": 3.0}
    return a_source(**{**values, "options": options, **given})


def a_fetcher(environ=None, **given):
    environ = {"MAILBOX": SECRET, **(environ or {})}
    values = {"contact": "", "archive": None, "clock": lambda: NOW, "environ": environ, "sleep": lambda _: None}
    return Fetcher(**{**values, **given})


def listed(fetcher, source):
    (request,) = load("mailbox").start(source)
    return fetcher.get(source, request)


def messages(fetcher, source):
    """All that is in the folder: the list, and each message."""
    found = listed(fetcher, source)
    wanted = [one for one in load("mailbox").parse(found, source) if isinstance(one, Request)]
    return found, [fetcher.get(source, request) for request in wanted]


def refused(server, *, environ=None, **given):
    with a_fetcher(environ) as fetcher, pytest.raises(FetchError) as caught:
        messages(fetcher, a_mailbox(server, **given))
    return caught.value


# ---------------------------------------------------------------- reading


def test_only_the_messages_of_these_senders_are_read_the_others_are_counted(server):
    with a_fetcher() as fetcher:
        found, read = messages(fetcher, a_mailbox(server))
    told = json.loads(found.body)
    assert (told["messages"], told["others"], told["uidvalidity"]) == ([4, 9], 1, 17)
    assert b"Krankmeldung" not in found.body + b"".join(one.body for one in read)
    assert [letters.header(letters.read(one.body), "Subject") for one in read] == ["Brief", "Brief"]


def test_reading_marks_nothing_and_the_folder_is_opened_for_reading_only(server):
    with a_fetcher() as fetcher:
        messages(fetcher, a_mailbox(server))
    assert not any(mail.seen for mail in server.folders["INBOX"].values())
    assert "SELECT" not in server.commands() and "UID STORE" not in server.commands()


def test_one_login_is_enough_for_a_run_and_is_ended_politely(server):
    with a_fetcher() as fetcher:
        messages(fetcher, a_mailbox(server))
    assert server.logins == 1 and server.commands()[-1] == "LOGOUT"


def test_the_newest_are_read_where_there_are_more_than_wanted(server):
    with a_fetcher() as fetcher:
        told = json.loads(listed(fetcher, a_mailbox(server, options={"most": 1})).body)
    assert (told["messages"], told["more"]) == ([9], 1)


def test_only_so_many_days_are_looked_at(server):
    with a_fetcher() as fetcher:
        listed(fetcher, a_mailbox(server, options={"days": 30}))
    assert any(line.endswith("UID SEARCH SINCE 24-Oct-2026") for line in server.told)


def test_who_received_a_message_is_not_kept(server):
    raw = LETTER + b"Sie lesen mit als EUROPA@ludwigsburg.example (https://x.example/?u=europa%40ludwigsburg.example)"
    server.fill("INBOX", {4: raw})
    with a_fetcher() as fetcher:
        _, (read,) = messages(fetcher, a_mailbox(server))
    kept = letters.texts(letters.read(read.body))[0][1]
    assert "ludwigsburg" not in (read.body.decode() + kept).lower() and "https://a.example/1" in kept


def test_an_attachment_of_20_megabytes_stays_on_the_server(server):
    packed = b"\r\n".join([b"A" * 76] * 350_000)
    raw = (
        b'From: info@rgre.de\r\nContent-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\nContent-Type: text/plain\r\n'
        b"\r\nhttps://a.example/1\r\n--x\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n"
        b'Content-Disposition: attachment; filename="a.pdf"\r\n\r\n' + packed + b"\r\n--x--\r\n"
    )
    server.fill("INBOX", {4: raw})
    with a_fetcher() as fetcher:
        _, (read,) = messages(fetcher, a_mailbox(server, timeout=30.0))
    assert len(read.body) < 1_000 and letters.texts(letters.read(read.body)) == [("text/plain", "https://a.example/1")]


def test_a_folder_may_have_any_name():
    assert quoted('Förder & "Rat"') == '"F&APY-rder &- \\"Rat\\""'
    source = a_source(url="imaps://imap.example.org:1993/INBOX/F%C3%B6rder%20Briefe")
    place = place_in(source)
    assert (place.host, place.port, place.tls, place.folder) == ("imap.example.org", 1993, True, "INBOX/Förder Briefe")


@pytest.mark.parametrize(
    "url", ["imaps://h/", "imaps:///INBOX", "https://h/INBOX", "imaps://h:x/INBOX", "imaps://h/a%0D"]
)
def test_an_address_of_no_folder_is_refused(url):
    with pytest.raises(FetchError, match="no address of a folder"):
        place_in(a_source(url=url))


@pytest.mark.parametrize(
    "url", ["imap://127.0.0.1:1/Anderer", "{}/../Privat", "{};UIDVALIDITY=17/;UID=4;DELETE", "{}x"]
)
def test_a_source_reaches_its_own_folder_only(server, url):
    with a_fetcher() as fetcher, pytest.raises(FetchError, match="not in the folder"):
        fetcher.get(a_mailbox(server), Request(url.format(server.url)))


def test_a_link_in_a_page_leads_to_no_mailbox(server):
    with a_fetcher() as fetcher, pytest.raises(FetchError, match="not in the folder"):
        fetcher.get(a_source(robots=False), Request(server.url))
    assert server.told == []


# ---------------------------------------------------------------- marked and moved afterwards


def finished(server, after):
    source = a_mailbox(server, options={"after": after})
    with a_fetcher() as fetcher:
        _, read = messages(fetcher, source)
        fetcher.finish(source, read)


def test_read_messages_are_marked_once_that_is_asked_for(server):
    finished(server, "seen")
    assert [uid for uid, mail in server.folders["INBOX"].items() if mail.seen] == [4, 9]


def test_read_messages_are_moved_and_those_of_others_stay(server):
    finished(server, "move: Gelesen & fertig")
    assert list(server.folders["INBOX"]) == [7] and list(server.folders["Gelesen &- fertig"]) == [4, 9]


def test_left_messages_cost_no_further_word(server):
    finished(server, "leave")
    assert server.commands().count("EXAMINE") == 1 and "SELECT" not in server.commands()


def test_a_server_that_cannot_move_loses_nothing(server):
    server.abilities = "IMAP4rev1 AUTH=PLAIN"
    with pytest.raises(FetchError, match="cannot move"):
        finished(server, "move: Gelesen")
    assert list(server.folders["INBOX"]) == [4, 7, 9]


def test_a_line_that_broke_while_others_were_read_is_opened_again(server):
    source = a_mailbox(server, options={"after": "seen"})
    with a_fetcher() as fetcher:
        _, read = messages(fetcher, source)
        faults = [lambda plug, _: plug.socket.shutdown(socket.SHUT_RDWR)]
        server.faults["SELECT"] = lambda plug, tag: (
            faults.pop()(plug, tag) if faults else server.answer(plug, tag, "SELECT", '"INBOX"')
        )
        fetcher.finish(source, read)
    assert server.folders["INBOX"][4].seen and server.logins == 2


def test_a_folder_made_anew_meanwhile_is_not_touched(server):
    source = a_mailbox(server, options={"after": "move: Weg"})
    with a_fetcher() as fetcher:
        _, read = messages(fetcher, source)
        fetcher.close()
        server.validity = 18
        fetcher.finish(source, read)
        assert list(server.folders["INBOX"]) == [4, 7, 9]
        with pytest.raises(FetchError, match="made anew"):
            fetcher.get(source, read[0].request)


def test_a_message_deleted_meanwhile_is_gone_and_no_fault_of_the_server(server):
    source = a_mailbox(server)
    with a_fetcher() as fetcher:
        _, read = messages(fetcher, source)
        del server.folders["INBOX"][4]
        with pytest.raises(FetchError, match="no longer there") as caught:
            fetcher.get(source, read[0].request)
    assert caught.value.status == 404


# ---------------------------------------------------------------- encryption


@pytest.fixture(scope="module")
def tls(tmp_path_factory):
    """A server's side of TLS, and the file with the authority that signed it."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    path = tmp_path_factory.mktemp("tls") / "authority.pem"
    authority.cert_pem.write_to_path(path)
    return context, {"SSL_CERT_FILE": str(path)}


@pytest.mark.parametrize("way", ["tls", "start_tls"])
def test_a_certificate_named_in_the_environment_is_trusted(tls, way):
    with mail_server(**{way: tls[0]}, abilities="IMAP4rev1 STARTTLS AUTH=PLAIN") as server:
        server.fill("INBOX", {4: LETTER})
        with a_fetcher(tls[1]) as fetcher:
            _, (read,) = messages(fetcher, a_mailbox(server))
    assert b"rgre.de" in read.body


@pytest.mark.parametrize("way", ["tls", "start_tls"])
def test_an_unknown_certificate_ends_it_before_the_password(tls, way):
    with mail_server(**{way: tls[0]}, abilities="IMAP4rev1 STARTTLS AUTH=PLAIN") as server:
        error = refused(server)
    assert "certificate is not trusted" in error.message and error.permanent and server.logins == 0


def test_a_server_without_encryption_never_gets_the_password(server, monkeypatch):
    monkeypatch.setattr(imap, "_is_here", lambda _host: False)  # as if it were another machine
    assert "offers no encryption" in refused(server).message and server.logins == 0


def test_words_sent_along_with_starttls_are_not_believed(server):
    server.abilities = "IMAP4rev1 STARTTLS AUTH=PLAIN"
    server.faults["STARTTLS"] = says(b"TAG OK begin\r\n* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\nx OK in plain words\r\n")
    assert "does not keep to STARTTLS" in refused(server).message and server.logins == 0


def test_a_server_that_claims_we_are_in_already_is_left(server):
    server.greeting = b"* PREAUTH welcome\r\n"
    server.abilities = "IMAP4rev1 STARTTLS AUTH=PLAIN"
    assert refused(server).permanent and "EXAMINE" not in server.commands()


def test_a_server_that_speaks_plainly_where_tls_is_expected_is_explained(server):
    error = refused(server, url=server.url.replace("imap:", "imaps:"))
    assert "speaks no TLS" in error.message and "STARTTLS" in error.message


# ---------------------------------------------------------------- name and password


@pytest.mark.parametrize("secret", ["", "nur-ein-name", ":kein-name", "kein-passwort:"])
def test_a_secret_without_name_or_password_is_said_without_it(server, secret):
    error = refused(server, environ={"MAILBOX": secret})
    assert "MAILBOX must hold name:password" in str(error) and (not secret or secret not in str(error))
    assert server.told == []


def test_a_refused_login_is_tried_once_and_repeats_no_secret(server, caplog):
    caplog.set_level(logging.DEBUG)
    error = refused(server, environ={"MAILBOX": f"{USER}:falsch-wie-nie"})
    assert "refuses name and password" in error.message and "MAILBOX" in error.hint
    assert server.logins == 1 and error.permanent
    assert "falsch-wie-nie" not in str(error) + caplog.text and error.__cause__ is None


def test_no_answer_of_the_server_carries_the_secret_into_an_error(server):
    server.faults["EXAMINE"] = says(f"TAG NO {USER} with {PASSWORD} may not\r\n".encode())
    error = str(refused(server))
    assert "may not" in error and PASSWORD not in error and USER not in error


def test_a_name_that_could_become_a_command_is_not_sent(server):
    server.abilities = "IMAP4rev1"
    error = refused(server, environ={"MAILBOX": "a b) DELETE INBOX:geheim"})
    assert "these characters" in error.message and not any("DELETE" in line for line in server.told)


def test_a_server_that_only_knows_login_gets_it(server):
    server.abilities = "IMAP4rev1"
    with a_fetcher({"MAILBOX": "europa@ludwigsburg.example:ge heim"}) as fetcher:
        messages(fetcher, a_mailbox(server))
    assert any(line.endswith('LOGIN europa@ludwigsburg.example "ge heim"') for line in server.told)


def test_a_server_that_is_busy_is_asked_again(server):
    server.faults["AUTHENTICATE"] = says(b"TAG NO [UNAVAILABLE] later\r\n")
    error = refused(server)
    assert "busy" in error.message and "3 times" in error.message and not error.permanent


# ---------------------------------------------------------------- servers that misbehave

FAULTS = {
    "a wrong folder": ("EXAMINE", says(b"TAG NO no such folder\r\n"), "'INBOX' cannot be opened"),
    "no numbers": ("EXAMINE", says(b"* 3 EXISTS\r\nTAG OK open\r\n"), "UIDVALIDITY"),
    "a search refused": ("UID SEARCH", says(b"TAG NO sorry\r\n"), "the search was refused"),
    "a fetch refused": ("UID FETCH", says(b"TAG NO sorry\r\n"), "refused"),
    "broken off": ("UID FETCH", broken_off, "broke off"),
    "thrown out": ("UID SEARCH", says(b"* BYE too many connections\r\n"), "broke off"),
    "silence": ("UID SEARCH", silent, "did not answer within 0.5 s"),
    "no IMAP at all": ("CAPABILITY", says(b"HTTP/1.1 400 Bad Request\r\n\r\n"), "broke off"),
    "an endless line": ("UID SEARCH", says(b"* SEARCH " + b"1 " * 600_000), "a line of more than"),
    "an endless answer": ("UID SEARCH", says(b"* 1 EXISTS\r\n" * 300_000), "larger than 1.0 MB"),
    "a huge literal": ("UID FETCH", says(b"* 1 FETCH (UID 4 BODY[] {9999999999}\r\n"), "larger than 1.0 MB"),
    "a number beyond reason": ("UID FETCH", says(b"* 1 FETCH ({" + b"9" * 5_000 + b"}\r\n"), "no IMAP"),
    "bytes of another world": ("UID FETCH", says(b"\xff\xfe\x00 \xe4\r\n"), "broke off"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_server_that_misbehaves_is_explained_and_keeps_its_messages(server, fault):
    command, misbehaviour, words = FAULTS[fault]
    server.faults[command] = misbehaviour
    error = refused(server, timeout=0.5 if fault == "silence" else 3.0, max_bytes=1_000_000)
    assert words in str(error) and server.url in error.url and PASSWORD not in str(error)
    assert list(server.folders["INBOX"]) == [4, 7, 9]


def test_a_server_that_drips_is_given_up_when_its_time_is_over(server):
    """Each byte comes in time, the answer never; nobody waits here, since the clock of the test runs by itself."""
    now = itertools.count()
    server.faults["UID SEARCH"] = lambda plug, _tag: [plug.say(b"* OK still here\r\n" * 999) for _ in itertools.count()]
    with a_fetcher(monotonic=lambda: next(now) / 10.0) as fetcher, pytest.raises(FetchError, match="did not answer"):
        listed(fetcher, a_mailbox(server, timeout=5.0))


def test_a_message_that_is_too_large_is_named_and_not_fetched(server):
    server.folders["INBOX"][4].raw = LETTER + b"x" * 2_000_000
    with a_fetcher() as fetcher, pytest.raises(FetchError, match="larger than") as caught:
        messages(fetcher, a_mailbox(server, max_bytes=1_000_000))
    assert ";UID=4" in caught.value.url and not any("BODY.PEEK[])" in line for line in server.told)


def test_a_message_with_parts_without_end_is_named_and_no_bug(server):
    deep = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(3_000))
    server.fill("INBOX", {4: b"From: info@rgre.de\r\n" + deep})
    assert "without end" in refused(server).message


def test_nobody_at_the_other_end_is_said(server):
    gone = replace(a_mailbox(server), url="imap://127.0.0.1:1/INBOX")
    with a_fetcher() as fetcher, pytest.raises(FetchError, match="no connection") as caught:
        listed(fetcher, gone)
    assert "993" in caught.value.hint
