"""The mail and the calendar file, read back by other programs' parsers."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from email import message_from_bytes, policy

import pytest
from icalendar import Calendar

from tests.builders_digest import (
    SIX,
    a_card,
    a_deadline,
    a_digest,
    a_full_week,
    other_titles,
    town_twinning,
    two_stages,
)
from tracker.model import Certainty, DeadlineKind
from tracker.render import render


def parsed(digest):
    return message_from_bytes(render(digest).eml, policy=policy.default)


def events(digest):
    return {str(event["summary"]): event for event in Calendar.from_ical(render(digest).ics).walk("VEVENT")}


# ---------------------------------------------------------------- mail


def test_the_mail_says_who_when_and_what():
    mail = parsed(a_full_week())
    assert mail["Subject"] == render(a_full_week()).subject
    assert mail["From"] == "Förderradar Ludwigsburg <europa@ludwigsburg.example>"
    assert mail["To"] == "europa@ludwigsburg.example"
    assert mail["Date"].datetime == SIX
    assert str(mail["Date"]).endswith("06:00:00 +0200")
    assert mail["Message-ID"] == "<2026-W25.europabuero.ludwigsburg@ludwigsburg.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Content-Language"] == "de"


def test_the_mail_holds_both_readings_and_the_calendar():
    mail, rendered = parsed(a_full_week()), render(a_full_week())
    plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain.get_content().replace("\r\n", "\n") == rendered.text
    assert html.get_content().replace("\r\n", "\n") == rendered.html
    (calendar,) = mail.iter_attachments()
    assert calendar.get_filename() == "2026-W25.ics"
    assert calendar.get_content_type() == "text/calendar"
    assert calendar.get_param("method") == "PUBLISH"
    assert {part["Content-Transfer-Encoding"] for part in (plain, html, calendar)} == {"quoted-printable"}


@pytest.mark.parametrize("words", ["Förderradar größer", "péče o veřejnou zeleň", "Підтримка місцевого самоврядування"])
def test_letters_of_all_our_partners_arrive(words):
    other = replace(other_titles()[0], title=words)
    mail = parsed(a_digest(other=(other,)))
    assert words in mail.get_body(("plain",)).get_content()
    assert words in mail.get_body(("html",)).get_content()


def test_the_bytes_pass_any_server():
    raw = render(a_full_week()).eml
    raw.decode("ascii")
    lines = raw.split(b"\r\n")
    assert max(map(len, lines)) <= 78
    assert not any(b"\n" in line or b"\r" in line for line in lines)


def test_a_mail_without_dates_has_no_calendar():
    assert list(parsed(a_digest()).iter_attachments()) == []
    assert parsed(a_digest()).get_content_type() == "multipart/alternative"


def test_boundaries_differ_between_the_parts_and_stand_in_no_body():
    raw = render(a_full_week()).eml.decode()
    boundaries = set(re.findall(r'boundary="([^"]+)"', raw))
    assert len(boundaries) == 2
    for boundary in boundaries:
        assert all(line.startswith("--") for line in raw.split("\r\n") if boundary in line and "boundary=" not in line)


@pytest.mark.parametrize(
    "contact", ["", "Europabüro, Zimmer 3", "a@b@c", "ü@example.org", "@b.example", "a b@", "x" * 400]
)
def test_without_a_usable_contact_nobody_is_put_into_from(contact):
    mail = parsed(a_digest(contact=contact))
    assert mail["From"].addresses[0].addr_spec == "tracker@tracker.invalid"
    assert mail["From"].addresses[0].display_name == "Förderradar Ludwigsburg"
    assert not mail.defects


def test_a_contact_may_be_written_with_a_name():
    assert parsed(a_digest(contact="Europabüro <eu@lb.example>"))["From"].addresses[0].addr_spec == "eu@lb.example"


def test_a_mail_without_recipients_names_none():
    assert parsed(a_digest())["To"] is None


# ---------------------------------------------------------------- calendar


def test_a_date_without_an_hour_is_a_whole_day():
    event = events(a_digest(pass_on=(town_twinning(),)))["Frist: Town-Twinning"]
    assert event["dtstart"].dt == date(2026, 9, 23)
    assert event["dtend"].dt == date(2026, 9, 24)
    assert str(event["url"]).endswith("CERV-2026-CITIZENS-TOWN-TT")
    assert "17:00" in str(event["description"])


def test_a_stated_hour_is_a_moment_in_utc():
    event = events(a_digest(closing=(two_stages(),)))["Frist Stufe 1: Sustainable building renovation (two-stage)"]
    assert event["dtstart"].dt == datetime(2026, 7, 8, 15, 0, tzinfo=UTC)
    assert "dtend" not in event


@pytest.mark.parametrize("zone", [None, "Mars/Olympus"])
def test_an_hour_in_an_unknown_zone_is_no_moment(zone):
    deadline = a_deadline(time=time(17), zone=zone, certainty=Certainty.STATED)
    (event,) = events(a_digest(pass_on=(a_card(next_deadline=deadline),))).values()
    assert event["dtstart"].dt == date(2026, 9, 23)


def test_all_stages_and_cut_offs_ahead_are_events_and_past_ones_are_not():
    cut_offs = [
        a_deadline(date(2026, 6, 14) + timedelta(days=days), kind=DeadlineKind.CUT_OFF) for days in (0, 90, 180)
    ]
    card = a_card(next_deadline=cut_offs[0], later_deadlines=tuple(cut_offs[1:]))
    found = Calendar.from_ical(render(a_digest(pass_on=(card,))).ics).walk("VEVENT")
    assert [event["dtstart"].dt for event in found] == [date(2026, 9, 12), date(2026, 12, 11)]
    assert len({str(event["uid"]) for event in found}) == 2


def test_the_dates_of_a_rule_are_events_of_their_own_and_rolling_on_moves_none():
    def uid(day):
        deadline = a_deadline(day, kind=DeadlineKind.RULE, certainty=Certainty.RULE)
        (event,) = events(a_digest(pass_on=(a_card(next_deadline=deadline),))).values()
        return str(event["uid"])

    assert uid(date(2027, 3, 31)) == uid(date(2027, 3, 31)) != uid(date(2028, 3, 31))


def test_a_moved_deadline_moves_its_event_instead_of_adding_one():
    (before,) = events(a_digest(pass_on=(a_card(day=date(2026, 9, 1)),))).values()
    later = a_digest(pass_on=(a_card(day=date(2026, 9, 8)),), moment=SIX + timedelta(days=7), week="2026-W26")
    (after,) = events(later).values()
    assert before["uid"] == after["uid"]
    assert after["sequence"] > before["sequence"]
    assert before["dtstamp"].dt == SIX


def test_calls_that_are_only_listed_stay_out_of_the_calendar():
    assert events(a_digest(already_open=(town_twinning(),), other=other_titles())) == {}
    assert len(events(a_digest(pass_on=(town_twinning(),), closing=(town_twinning(),)))) == 1
