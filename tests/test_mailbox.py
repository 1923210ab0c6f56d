"""A newsletter hints at calls: each link once, with its own paragraph and no other's date, and nothing in it is run."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.builders import a_source
from tests.homes import make_home
from tracker.config import check
from tracker.config import load_sources as sources_in
from tracker.connectors import KNOWN, load
from tracker.connectors.letter_links import cleaned, identity, is_junk
from tracker.crawl import crawl
from tracker.errors import ConfigError, ParseError
from tracker.model import Finding, RawCall, RawDocument, Request

NOW = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
URL = "imaps://imap.example.org/INBOX"
ADDRESS = f"{URL};UIDVALIDITY=1/;UID=2"


def a_mailbox(options=None, **given):
    values = {"id": "brief", "connector": "mailbox", "url": URL, "needs_env": "MAILBOX", "language": "de"}
    values |= {"name": "RGRE-Förderbrief", "attribution": "Hinweis aus dem RGRE-Förderbrief"}
    return a_source(**{**values, "options": {"from": ["rgre.de"], **(options or {})}, **given})


def a_letter(body, kind="text/html", sender="info@rgre.de", subject="Förderbrief 6/2026", **headers):
    more = "".join(f"{name.replace('_', '-')}: {words}\r\n" for name, words in headers.items())
    date = "" if "Date" in headers else "Date: Tue, 10 Nov 2026 16:40:00 +0100\r\n"
    head = f"From: {sender}\r\nSubject: {subject}\r\n{date}{more}Content-Type: {kind}; charset=utf-8\r\n\r\n"
    return (head + body).encode()


def answered(body, kind="message"):
    request = Request(ADDRESS if kind == "message" else URL, kind=kind)
    return RawDocument(request=request, body=body, content_type="", fetched_at=NOW)


def read(body, options=None, **given):
    """What a message yields; `body` is its HTML, or the whole message as bytes."""
    raw = body if isinstance(body, bytes) else a_letter(body, **given)
    return list(load("mailbox").parse(answered(raw), a_mailbox(options)))


def hints(body, options=None, **given):
    return [found for found in read(body, options, **given) if isinstance(found, RawCall)]


def days(hint):
    return [deadline.day.isoformat() for deadline in hint.deadlines]


ONE = (
    "<h2>Klimapartnerschaften</h2><p>Kommunen gesucht.</p><p>Skizzen sind bis 12. Februar 2027 möglich.</p>"
    "<p><a href='https://skew.example/klima'>Mehr erfahren</a></p>"
)

# ---------------------------------------------------------------- one hint


def test_a_link_under_its_heading_is_a_hint_with_origin_day_and_deadline():
    (hint,) = hints(ONE)
    assert (hint.external_id, hint.title, hint.url) == (
        "skew.example/klima",
        "Klimapartnerschaften",
        "https://skew.example/klima",
    )
    assert days(hint) == ["2027-02-12"] and hint.published == "2026-11-10"
    assert hint.attribution == "Hinweis aus dem RGRE-Förderbrief, 10.11.2026"
    assert hint.description == "<p>Kommunen gesucht.</p><p>Skizzen sind bis 12. Februar 2027 möglich.</p>"
    assert (hint.programme, hint.funder, hint.status, hint.page) == ("", "", "", False)


def test_without_an_attribution_the_source_is_named():
    (hint,) = list(load("mailbox").parse(answered(a_letter(ONE)), a_mailbox(attribution="")))
    assert hint.attribution == "RGRE-Förderbrief, 10.11.2026"


def test_a_message_without_a_date_gives_none():
    (hint,) = hints(ONE, Date="demnächst")
    assert hint.published == "" and hint.attribution == "Hinweis aus dem RGRE-Förderbrief"


def test_plain_text_is_read_where_there_is_no_html():
    (hint,) = hints(
        "Klimapartnerschaften\r\n====================\r\nSkizzen sind bis 12. Februar 2027\r\nmöglich: <https://skew.example/\r\nklima>.",
        kind="text/plain",
    )
    assert (hint.title, hint.url, days(hint)) == ("Klimapartnerschaften", "https://skew.example/klima", ["2027-02-12"])


@pytest.mark.parametrize(
    ("words", "url"),
    [
        ("siehe https://a.example/x.", "https://a.example/x"),
        ("(https://a.example/x)", "https://a.example/x"),
        ("https://a.example/x_(y)", "https://a.example/x_(y)"),
        ('"https://a.example/x?b=1&c=2", dort', "https://a.example/x?b=1&c=2"),
        ("HTTPS://A.example/x!", "https://a.example/x"),
    ],
)
def test_the_punctuation_around_an_address_is_none_of_it(words, url):
    assert [hint.url for hint in hints(f"Hinweis {words}", kind="text/plain")] == [url]


# ---------------------------------------------------------------- whose date is it


def test_two_links_in_one_section_keep_their_own_dates():
    first, second = hints(
        "<h2>Aufrufe</h2><ul><li><a href='https://a.example/1'>Erster Aufruf</a>: Anträge bis 1. Februar 2027</li>"
        "<li><a href='https://a.example/2'>Zweiter Aufruf</a></li></ul>"
    )
    assert (first.title, days(first)) == ("Erster Aufruf", ["2027-02-01"])
    assert (second.title, days(second)) == ("Zweiter Aufruf", [])


def test_mehr_belongs_to_the_paragraph_before_it():
    first, second = hints(
        "<p>Begegnungen mit Partnerstädten werden gefördert. Anträge bis 1. Februar 2027.</p><p><a href='https://a.example/1'>mehr</a></p>"
        "<p>Ein Preis für Klimaschutz.</p><p><a href='https://a.example/2'>» weiterlesen</a></p>"
    )
    assert (first.title, days(first)) == ("Begegnungen mit Partnerstädten werden gefördert", ["2027-02-01"])
    assert (second.title, days(second)) == ("Ein Preis für Klimaschutz", [])


def test_a_date_between_two_links_is_given_to_neither():
    found = read(
        "<p><a href='https://a.example/1'>Erster Aufruf</a></p><p>Anträge bis 1. Februar 2027.</p>"
        "<p><a href='https://a.example/2'>Zweiter Aufruf</a></p>"
    )
    assert [days(hint) for hint in found if isinstance(hint, RawCall)] == [[], []]
    assert [one.message for one in found if isinstance(one, Finding)] == ["dated passages without a link, not told: 1"]


@pytest.mark.parametrize("way", ["link", "header"])
def test_a_dated_passage_without_a_link_leads_to_the_message_on_the_web(way):
    text = "<h2>Bürgerfonds</h2><p>Anträge müssen bis zum 15. Januar 2027 gestellt werden.</p>"
    view = "<p><a href='https://rgre.example/brief/6'>Im Browser ansehen</a></p>" if way == "link" else ""
    more = {"List_Archive": "<https://rgre.example/brief/6>"} if way == "header" else {}
    (hint,) = hints(view + text, **more)
    assert (hint.url, hint.title, days(hint)) == ("https://rgre.example/brief/6", "Bürgerfonds", ["2027-01-15"])
    assert hint.external_id.startswith("rgre.example/brief/6#")


def test_a_passage_without_link_and_date_is_no_hint():
    assert read("<h2>Kurz</h2><p>Die Kommission tagt am 15. Januar 2027.</p>") == []


def test_the_name_of_the_newsletter_is_no_title():
    (hint,) = hints("<h1>Förderbrief 6/2026</h1><p>Neu: <a href='https://a.example/1'>Aufruf für Begegnungen</a></p>")
    assert hint.title == "Aufruf für Begegnungen"


def test_bold_lines_are_headings_unless_they_are_a_date():
    (hint,) = hints(
        "<table><tr><td><b>Begegnungen</b><br>Neue Runde.<br><b>Frist: 1. Februar 2027</b> für Anträge<br>"
        "<a href='https://a.example/1'>hier</a></td></tr></table>"
    )
    assert (hint.title, days(hint)) == ("Begegnungen", ["2027-02-01"])


def test_a_link_that_is_named_twice_is_one_hint_with_the_fuller_words():
    (hint,) = hints(f"<ul><li><a href='https://skew.example/klima?utm_source=x'>Inhalt</a></li></ul>{ONE}")
    assert hint.title == "Klimapartnerschaften" and days(hint) == ["2027-02-12"]


def test_a_digest_of_many_gives_each_of_them():
    text = "".join(f"<h2>Aufruf {n}</h2><p>Text {n}</p><a href='https://a.example/{n}'>mehr</a>" for n in range(40))
    assert [hint.title for hint in hints(text)] == [f"Aufruf {n}" for n in range(40)]


def test_more_links_than_anybody_reads_are_cut_and_said():
    found = read("".join(f"<p><a href='https://a.example/{n}'>Aufruf {n}</a></p>" for n in range(350)))
    assert sum(isinstance(one, RawCall) for one in found) == 300
    assert any("350 links" in one.message for one in found if isinstance(one, Finding))


@pytest.mark.parametrize(
    ("options", "kept"), [({"keep": "städte"}, 1), ({"drop": "städte"}, 1), ({"keep": "nichts"}, 0)]
)
def test_keep_and_drop_look_at_title_link_and_paragraph(options, kept):
    text = (
        "<p><a href='https://a.example/1'>Aufruf Partnerstädte</a></p><p><a href='https://a.example/2'>Anderes</a></p>"
    )
    assert len(hints(text, options)) == kept


# ---------------------------------------------------------------- links


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("https://a.example/x?utm_source=nl&id=3&mc_eid=9", "https://a.example/x?id=3"),
        ("https://a.example/x?_hsenc=p2A&_hsmi=1&mkt_tok=z&__s=q&vero_id=1&oly_enc_id=2", "https://a.example/x"),
        ("https://a.example/x?_se=ZXZh&ml_subscriber=1", "https://a.example/x"),
        ("https://a.example/x?leser=eva%40stadt.example&id=3", "https://a.example/x?id=3"),
        ("https://a.example/x?Email=eva@stadt.example", "https://a.example/x"),
        ("https://a.example/eva@stadt.example/x", ""),
        (
            "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fa.example%2Fx&data=eva%40stadt.example",
            "https://a.example/x",
        ),
        ("https://eur01.safelinks.protection.outlook.com/?data=eva%40stadt.example", ""),
        ("mailto:eva@stadt.example", ""),
        ("javascript:alert(1)", ""),
        ("#inhalt", ""),
        ("data:text/html,x", ""),
        ("https://bank.example@evil.example/", ""),
        ("http://[", ""),
        ("https://a.example/" + "x" * 3_000, ""),
        # Click counters are kept as they are: without e= it is not known to lead anywhere.
        ("https://x.list-manage.com/track/click?u=5&id=7&e=9", "https://x.list-manage.com/track/click?u=5&id=7&e=9"),
    ],
)
def test_what_names_the_reader_is_cut_where_the_link_works_without(href, url):
    assert cleaned(href) == url


def test_the_same_page_has_the_same_name_however_it_is_written():
    spelt = ("http://www.a.example/x/", "https://a.example/x", "https://A.example/x?utm_medium=email")
    assert {identity(cleaned(url)) for url in spelt} == {"a.example/x"}


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("https://x.example/1", "Newsletter abbestellen"),
        ("https://x.example/1", "Hier abmelden"),
        ("https://x.example/1", "Impressum"),
        ("https://x.example/1", "Datenschutzerklärung"),
        ("https://x.example/unsubscribe?u=1", "hier"),
        ("https://x.example/impressum.html", "hier"),
        ("https://x.example/1", "Im Browser ansehen"),
        ("https://www.facebook.com/x", "Begegnungen"),
        ("https://de.linkedin.com/company/x", ""),
        ("https://www.rgre.de/", "RGRE"),
    ],
)
def test_links_about_the_newsletter_are_no_hints(url, words):
    assert is_junk(url, words, "info@rgre.de")


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("https://www.rgre.de/foerderung/", "Förderung"),
        ("https://www.zukunftsfonds.cz/", "Deutsch-Tschechischer Zukunftsfonds"),
        ("https://x.example/1", "Neue Leitlinien zum Datenschutz in Kommunen"),
        ("https://x.example/datenschutz-in-kommunen-foerderung", "Aufruf"),
        ("https://netflix.com/1", "Aufruf"),
    ],
)
def test_links_to_calls_are_no_junk(url, words):
    assert not is_junk(url, words, "info@rgre.de")


# ---------------------------------------------------------------- hostile messages


def test_scripts_forms_and_pictures_are_not_text_and_nothing_is_asked_for():
    found = read(
        "<script>location='https://evil.example/1'</script><style>@import 'https://evil.example/2'</style>"
        "<form action='https://evil.example/3'><button>Anträge bis 1. Februar 2027</button></form>"
        "<img src='https://evil.example/4'><iframe src='https://evil.example/5'></iframe>"
        f"<div style='display:none'><a href='https://evil.example/6'>versteckt</a></div>{ONE}"
    )
    assert [one.url for one in found] == ["https://skew.example/klima"]
    assert not any(isinstance(one, Request) for one in found)


def test_marks_of_our_own_in_a_message_mean_nothing():
    (hint,) = hints("<p>\ue0007\ue001 \ue003Titel \ue004<a href='https://a.example/1'>Aufruf\ue002 eins</a></p>")
    assert (hint.url, hint.title) == ("https://a.example/1", "Aufruf eins")


@pytest.mark.faults
@pytest.mark.parametrize(
    "text", ["<p>" * 20_000, "<table><tr><td>" * 3_000, "<a href='https://a.example/1'>" * 3_000, "&" * 99_999]
)
def test_html_nested_beyond_reason_is_no_bug(text):
    assert isinstance(read(text), list)


@pytest.mark.parametrize(
    "raw",
    [
        a_letter("x" * 2_000_001),
        b"From: info@rgre.de\r\n"
        + b"".join(b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(3_000)),
    ],
)
def test_a_message_beyond_reason_is_refused_by_name(raw):
    with pytest.raises(ParseError, match="the message"):
        read(raw)


@pytest.mark.parametrize(
    "sender", ["evil@x.example", '"info@rgre.de" <evil@x.example>', "", "info@rgre.de.evil.example"]
)
def test_a_message_of_another_sender_gives_nothing_even_if_it_came_so_far(sender):
    (found,) = read(ONE, sender=sender)
    assert isinstance(found, Finding) and "another sender" in found.message and not found.fatal


def test_markup_in_words_stays_words():
    (hint,) = hints("<p><a href='https://a.example/1'>Aufruf &lt;script&gt;alert(1)&lt;/script&gt;</a> &lt;b&gt;</p>")
    assert "<script>" not in hint.description and "&lt;script&gt;" in hint.description


# ---------------------------------------------------------------- the folder


def folder(**told):
    return json.dumps({"uidvalidity": 7, "messages": [], "more": 0, "others": 0, "not_looked_at": 0, **told}).encode()


def test_each_message_is_asked_for_once_in_its_life_and_may_fail_alone():
    found = list(load("mailbox").parse(answered(folder(messages=[3, 5]), "list"), a_mailbox({"after": "seen"})))
    assert [one.url for one in found] == [f"{URL};UIDVALIDITY=7/;UID={uid}" for uid in (3, 5)]
    assert all(one.once and one.optional and one.note == (("after", "seen"),) for one in found)


def test_what_was_left_out_is_counted():
    found = list(
        load("mailbox").parse(answered(folder(messages=[3], others=4, more=2, not_looked_at=1), "list"), a_mailbox())
    )
    assert [one.message for one in found if isinstance(one, Finding)] == [
        "messages of other senders, not read: 4",
        "older messages, not read (most): 3",
    ]


@pytest.mark.parametrize(("after", "said"), [("leave", 1), ("move: Gelesen", 0)])
def test_an_empty_folder_is_fine_but_a_subscription_may_have_ended(after, said):
    found = list(load("mailbox").parse(answered(folder(), "list"), a_mailbox({"after": after})))
    assert len(found) == said and not any(one.fatal for one in found)


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b'{"uidvalidity": "x", "messages": []}', b"<html>", b"null", b'{"messages": 1}']
)
def test_a_folder_that_is_no_list_is_refused(body):
    with pytest.raises(ParseError, match="no list of messages"):
        list(load("mailbox").parse(answered(body, "list"), a_mailbox()))


# ---------------------------------------------------------------- several messages


def crawled(*bodies, source=None):
    source, answers = source or a_mailbox(), {}

    def get(request):
        if request.kind == "message":
            return replace(answered(answers[request.url]), request=request)
        answers.update({f"{URL};UIDVALIDITY=7/;UID={uid}": body for uid, body in enumerate(bodies, 1)})
        return replace(answered(folder(messages=list(range(1, len(bodies) + 1))), "list"), request=request)

    return crawl(source, load("mailbox"), get)


LATER = a_letter(
    "<h2>Verlängert</h2><p>Skizzen sind bis 1. März 2027 möglich.</p><a href='https://skew.example/klima'>mehr</a>"
)
IN_PASSING = a_letter("<p>Wie berichtet: <a href='https://skew.example/klima'>Klimapartnerschaften laufen</a></p>")


def test_the_same_link_in_two_messages_is_one_hint_with_its_first_title_and_its_last_date():
    harvest = crawled(a_letter(ONE), LATER).harvest
    (hint,) = harvest.calls
    assert hint.title == "Klimapartnerschaften" and days(hint) == ["2027-03-01"] and harvest.repeated == 0


def test_a_mention_in_passing_takes_no_deadline_away():
    (hint,) = crawled(a_letter(ONE), IN_PASSING).harvest.calls
    assert days(hint) == ["2027-02-12"]


def test_a_second_message_with_the_same_id_hides_nothing():
    forged = a_letter("<p><a href='https://a.example/1'>Anderes</a></p>", Message_ID="<1@rgre.de>")
    found = crawled(forged, a_letter(ONE, Message_ID="<1@rgre.de>")).harvest.calls
    assert {hint.external_id for hint in found} == {"a.example/1", "skew.example/klima"}


def test_one_unreadable_message_does_not_hide_the_others():
    found = crawled(a_letter("x" * 2_000_001), a_letter(ONE))
    assert len(found.harvest.calls) == 1 and any("more than 2000000" in one.message for one in found.findings)


# ---------------------------------------------------------------- mistakes in sources.yaml


def mistakes(options=None, **given):
    with pytest.raises(ConfigError) as caught:
        list(load("mailbox").start(a_mailbox(options, **given)))
    return "\n".join(caught.value.problems)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"from": []}, "from: missing"),
        ({"from": "rgre.de"}, "from: missing"),
        ({"from": ["rgre"]}, "'rgre' is neither"),
        ({"from": ["a b@rgre.de"]}, "neither"),
        ({"days": 0}, "days: expected a number"),
        ({"most": True}, "most: expected a number"),
        ({"most": 500}, "more than max_requests"),
        ({"after": "delete"}, "after: expected"),
        ({"after": "move:"}, "after: expected"),
        ({"after": "move: a\r\nb"}, "after: expected"),
        ({"keep": "("}, "keep"),
        ({"form": ["rgre.de"]}, "did you mean 'from'"),
    ],
)
def test_a_mistake_in_the_options_is_named(options, words):
    assert words in mistakes(options)


def test_a_mailbox_without_a_secret_is_a_mistake():
    assert "needs_env" in mistakes(needs_env="")


ENTRY = "sources:\n  brief:\n    connector: {}\n    url: {}\n    needs_env: MAILBOX\n    options: {{from: [rgre.de]}}\n"


@pytest.mark.parametrize(
    ("connector", "url", "words"),
    [
        ("mailbox", "https://imap.example.org/INBOX", "no address of a mailbox"),
        ("mailbox", "imaps://imap.example.org/", "no address of a mailbox"),
        ("mailbox", "imaps://imap.example.org/INBOX;UID=4", "no address of a mailbox"),
        ("mailbox", "imaps://eva:geheim@imap.example.org/INBOX", "secrets belong into the environment"),
        ("feed", "imaps://imap.example.org/INBOX", "no web address"),
    ],
)
def test_only_a_mailbox_may_have_an_address_of_imap_and_it_must(tmp_path, connector, url, words):
    path = tmp_path / "sources.yaml"
    path.write_text(ENTRY.format(connector, url), encoding="utf-8")
    with pytest.raises(ConfigError, match=words) as caught:
        sources_in(path, KNOWN)
    assert "geheim" not in str(caught.value)


def test_the_example_of_an_entry_is_without_mistakes(tmp_path):
    home = make_home(tmp_path / "home", ENTRY.format("mailbox", "imaps://imap.example.org/INBOX"))
    problems = check(home.path, KNOWN, lambda source: load(source.connector).start(source))
    assert [one for one in problems if one.file == "sources.yaml"] == []


# ---------------------------------------------------------------- the newsletters of sources.yaml

OURS = [one for one in sources_in(Path(__file__).parents[1] / "sources.yaml") if one.connector == "mailbox"]


@pytest.mark.parametrize("source", OURS, ids=lambda source: source.id)
def test_bruessel_aktuell_and_rgre_foerderbrief_name_their_origin_and_reach_nobody_before_they_are_set_up(source):
    assert source.id in {"bruessel-aktuell", "rgre-foerderbrief"} and source.enabled and source.evidence == "documented"
    assert source.url.split("/")[2].endswith(".invalid") and source.needs_env == "TRACKER_MAILBOX"
    assert source.attribution.startswith("Hinweis aus dem ")
