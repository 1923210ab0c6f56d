"""Messages of strangers: no sender is guessed, words are read however they are packed, names are not kept."""

from __future__ import annotations

import base64
from datetime import UTC, datetime

import pytest

from tracker import letters


def a_letter(body=b"", **headers):
    named = {"From": "info@rgre.de", **{name.replace("_", "-"): words for name, words in headers.items()}}
    lines = [f"{name}: {words}".encode("utf-8", "surrogateescape") for name, words in named.items() if words]
    return b"\r\n".join([*lines, b"", body])


def words(body, content_type, encoding="8bit"):
    raw = a_letter(body, Content_Type=content_type, Content_Transfer_Encoding=encoding)
    return letters.texts(letters.read(raw))


def parts(*bodies, kind="mixed"):
    joined = b"".join(b"--x\r\n" + body + b"\r\n" for body in bodies) + b"--x--\r\n"
    return a_letter(joined, Content_Type=f'multipart/{kind}; boundary="x"')


def part(kind, body, disposition=""):
    head = f"Content-Type: {kind}\r\n" + (f"Content-Disposition: {disposition}\r\n" if disposition else "")
    return head.encode() + b"\r\n" + body


# ---------------------------------------------------------------- who sent it


@pytest.mark.parametrize(
    "said",
    [
        "info@rgre.de",
        "<Info@RGRE.de>",
        '"RGRE, Deutsche Sektion" <info@rgre.de>',
        "=?utf-8?q?Rat_der_Gemeinden_=C3=BC?= <info@rgre.de>",
        "RGRE\r\n <info@rgre.de>",
    ],
)
def test_the_sender_is_the_one_address(said):
    assert letters.sender(letters.read(a_letter(From=said))) == "info@rgre.de"


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ('"info@rgre.de" <evil@x.example>', "evil@x.example"),
        ("info@rgre.de <evil@x.example>", "evil@x.example"),
        ("<info@rgre.de> <evil@x.example>", ""),
        ('"<info@rgre.de>" <evil@x.example>', ""),
        ("=?utf-8?q?=3Cinfo=40rgre.de=3E?= <evil@x.example>", "evil@x.example"),
        ("evil@x.example\r\nFrom: info@rgre.de", ""),
        ("info@rgre.de, evil@x.example", ""),
        ("info@rgre.de]<evil@x.example>", "evil@x.example"),
        ("info@rgre.de(comment)<evil@x.example", ""),
        ("undisclosed-recipients:;", ""),
        ("(" * 5_000, ""),
        ("", ""),
    ],
)
def test_a_forged_or_odd_sender_does_not_pass_for_another(said, found):
    assert letters.sender(letters.read(a_letter(From=said))) == found


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("info@rgre.de", ["rgre.de"]),
        ("info@news.rgre.de", ["rgre.de"]),
        ("info@rgre.de", ["Info@RGRE.de"]),
    ],
)
def test_a_domain_stands_for_all_below_it(address, allowed):
    assert letters.is_from(address, allowed)


@pytest.mark.parametrize(
    "address", ["info@evilrgre.de", "info@rgre.de.evil.example", "rgre.de@evil.example", "rgre.de", ""]
)
def test_a_domain_that_only_looks_alike_does_not(address):
    assert not letters.is_from(address, ["rgre.de"])
    assert not letters.is_from("other@rgre.de", ["info@rgre.de"])


def test_when_it_was_sent_is_read_or_unknown():
    said = letters.read(a_letter(Date="Fri, 13 Nov 2026 10:00:00 +0100"))
    assert letters.sent(said) == datetime(2026, 11, 13, 9, tzinfo=UTC)
    for odd in ("", "gestern", "Fri, 99 Nov 2026 10:00:00 +0100", "9" * 400):
        assert letters.sent(letters.read(a_letter(Date=odd))) is None


# ---------------------------------------------------------------- headers


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("=?utf-8?q?Br=C3=BCssel_Aktuell?= 21", "Brüssel Aktuell 21"),
        ("=?utf-8?B?QnLDvHNzZWw=?=\r\n =?utf-8?B?IEFrdHVlbGw=?=", "Brüssel Aktuell"),
        ("=?iso-8859-1?Q?Br=FCssel?=", "Brüssel"),
        ("Brüssel", "Brüssel"),
        ("=?x-unheard-of?Q?Br=FCssel?=", "=?x-unheard-of?Q?Br=FCssel?="),
        ("=?utf-8?q?Brief=0D=0ABcc:_evil=40x.example?=", "Brief Bcc: evil@x.example"),
        ("Bericht\r\n zur Lage", "Bericht zur Lage"),
    ],
)
def test_a_header_is_read_in_plain_words_on_one_line(said, read):
    assert letters.header(letters.read(a_letter(Subject=said)), "subject") == read


def test_an_injected_header_becomes_no_header():
    kept = letters.kept(a_letter(b"x", Subject="=?utf-8?q?Brief=0D=0AList-Archive:_<https://evil.example>?="))
    assert letters.header(letters.read(kept), "List-Archive") == ""
    assert "evil.example" in letters.header(letters.read(kept), "Subject")


# ---------------------------------------------------------------- texts

UMLAUTS = "Förderung für Städte – 2 €"


@pytest.mark.parametrize(
    ("body", "kind", "encoding"),
    [
        (UMLAUTS.encode(), "text/plain; charset=utf-8", "8bit"),
        (UMLAUTS.encode(), "text/plain; charset=iso-8859-1", "8bit"),  # a wrong label
        (UMLAUTS.encode("cp1252"), "text/plain; charset=windows-1252", "8bit"),
        (UMLAUTS.encode("cp1252"), "text/plain; charset=utf-8", "8bit"),  # a wrong label
        (UMLAUTS.encode("cp1252"), "text/plain; charset=unheard-of", "8bit"),
        (UMLAUTS.encode("cp1252"), "text/plain", "8bit"),
        (base64.encodebytes(UMLAUTS.encode()), 'text/plain; charset="UTF-8"', "base64"),
        ("Förderung für Städte =E2=80=93 2 =\r\n=E2=82=AC".encode(), "text/plain; charset=utf-8", "quoted-printable"),
    ],
)
def test_umlauts_survive_every_packing_and_wrong_labels(body, kind, encoding):
    assert words(body, kind, encoding) == [("text/plain", UMLAUTS)]


@pytest.mark.parametrize("body", [b"=ZZ=C3", b"!!!!", b"\x00\x01", b""])
def test_damaged_packing_is_no_bug(body):
    for encoding in ("base64", "quoted-printable", "x-uuencode", "unheard-of"):
        assert len(words(body, "text/plain; charset=utf-8", encoding)) == 1


def test_html_and_plain_text_are_both_found():
    raw = parts(part("text/plain", b"a"), part("text/html", b"<p>b"), kind="alternative")
    assert letters.texts(letters.read(raw)) == [("text/plain", "a"), ("text/html", "<p>b")]


@pytest.mark.parametrize(
    "attached",
    [
        part("text/html", b"<a href='https://evil.example'>", 'attachment; filename="a.html"'),
        part('text/plain; name="a.txt"', b"evil"),
        part("text/html", b"evil", "inline; filename*=utf-8''a.html"),
        part("text/calendar", b"BEGIN:VCALENDAR evil"),
        part("application/pdf", b"evil"),
        part("message/rfc822", b"From: a@b.example\r\nContent-Type: text/html\r\n\r\nevil"),
        part("message/rfc822", parts(part("text/plain", b"evil")).replace(b'"x"', b'"y"').replace(b"--x", b"--y")),
        part("text/x-script", b"evil"),
    ],
)
def test_attachments_are_never_text(attached):
    assert letters.texts(letters.read(parts(part("text/plain", b"a"), attached))) == [("text/plain", "a")]
    assert b"evil" not in letters.kept(parts(part("text/plain", b"a"), attached))


def test_parts_within_parts_without_end_are_refused():
    deep = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(3_000))
    with pytest.raises(ValueError, match="without end"):
        letters.read(deep)


@pytest.mark.parametrize(
    "raw", [b"", b"\xff\xfe", b"From", b"\n\n\n", parts(), a_letter(Content_Type="multipart/mixed")]
)
def test_what_is_no_message_has_no_sender_and_no_bug(raw):
    letter = letters.read(raw)
    assert letters.sender(letter) in {"", "info@rgre.de"} and letters.kept(raw)


def test_headers_of_a_megabyte_cost_no_more_than_reading_them():
    kept = letters.kept(a_letter(b"x", To="a" * 1_000_000, Subject="=?utf-8?q?" * 50_000, From="<" * 500_000))
    assert letters.sender(letters.read(kept)) == "" and b"a" * 100 not in kept


# ---------------------------------------------------------------- what is kept


def test_kept_is_what_a_second_reading_needs():
    raw = parts(part("text/plain; charset=utf-8", "Förderung".encode()), part("text/html; charset=utf-8", b"<p>x</p>"))
    raw = raw.replace(
        b"From:", b"List-Archive: <https://a.example/>\r\nMessage-ID: <1@rgre.de>\r\nX-Mailer: y\r\nFrom:"
    )
    kept = letters.read(letters.kept(raw))
    assert letters.texts(kept) == letters.texts(letters.read(raw))
    assert [name for name, _ in kept.raw_items()][:3] == ["From", "Message-ID", "List-Archive"]
    assert letters.header(kept, "X-Mailer") == ""
    assert letters.kept(letters.kept(raw)) == letters.kept(raw)  # so that equal messages are one body in the archive


def test_names_of_those_who_received_it_are_taken_out_everywhere():
    body = b"An EUROPA@stadt.example und https://x.example/?m=europa%40stadt.example, nicht info@rgre.de"
    raw = a_letter(
        body,
        To='"Eva" <europa@stadt.example>, info@rgre.de',
        Cc="chef@stadt.example",
        Subject="Fuer europa@stadt.example",
    )
    kept = letters.kept(raw, hushed=["Postfach7"])
    text = letters.texts(letters.read(kept))[0][1]
    assert text == "An *** und https://x.example/?m=***, nicht info@rgre.de"
    assert b"stadt.example" not in kept and b"Eva" not in kept


def test_a_text_cannot_end_its_part():
    evil = b"--=-kept-=\r\nContent-Type: text/html\r\n\r\n<a href='https://evil.example'>x</a>"
    kept = letters.read(letters.kept(a_letter(evil, Content_Type="text/plain")))
    assert [kind for kind, _ in letters.texts(kept)] == ["text/plain"]
