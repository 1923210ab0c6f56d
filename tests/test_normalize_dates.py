"""Dates and deadlines are read as their source means them, and stay unknown where it does not say."""

from __future__ import annotations

from datetime import date, time

import pytest

from tracker.model import Certainty, DeadlineKind, RawDeadline
from tracker.normalize import read_date, read_deadline, read_deadlines


def days(words: str, language: str = "", zone: str = "") -> list[str]:
    return [str(one.day) for one in read_deadlines(RawDeadline(words=words), language, zone) if one.day]


@pytest.mark.parametrize(
    ("words", "language", "day"),
    [
        ("15.03.2027", "de", "2027-03-15"),
        ("15.3.2027", "", "2027-03-15"),
        ("15. März 2027", "de", "2027-03-15"),
        ("15. Ma\u0308rz 2027", "de", "2027-03-15"),  # the umlaut as two characters
        ("Mi, 23. September 2026", "de", "2026-09-23"),
        ("30\\. April 2021", "de", "2021-04-30"),
        ("1. Febr. 2025", "de", "2025-02-01"),
        ("1. Jänner 2027", "de", "2027-01-01"),
        ("2027-03-15", "", "2027-03-15"),
        ("2027/03/15", "", "2027-03-15"),
        ("31 déc. 2026", "fr", "2026-12-31"),
        ("1er mars 2027", "fr", "2027-03-01"),
        ("15 avril 2022", "fr", "2022-04-15"),
        ("11. 10. 2022", "cs", "2022-10-11"),
        ("15. března 2027", "cs", "2027-03-15"),
        ("30. června 2027", "cs", "2027-06-30"),
        ("30. července 2027", "cs", "2027-07-30"),
        ("1° marzo 2027", "it", "2027-03-01"),
        ("30 settembre 2026", "it", "2026-09-30"),
        ("15 березня 2027 року", "uk", "2027-03-15"),
        ("30 листопада 2026 р.", "uk", "2026-11-30"),
        ("15 de marzo de 2027", "es", "2027-03-15"),
        ("March 15, 2027", "en", "2027-03-15"),
        ("1st of March 2027", "en", "2027-03-01"),
        ("Feb 22, 2021 12:00:00 AM EST", "en-US", "2021-02-22"),
        ("15\u00a0March\u202f2027", "en", "2027-03-15"),
        ("28/11/2026", "fr", "2026-11-28"),
        ("02/03/2027", "it", "2027-03-02"),
        ("28/11/2026", "en-GB", "2026-11-28"),
        ("02/03/2027", "en-GB", "2027-03-02"),
        ("02/28/2027", "en-US", "2027-02-28"),
        ("02/03/2027", "en-US", "2027-02-03"),
        ("02/28/2027", "en", "2027-02-28"),
        ("28/02/2027", "en", "2027-02-28"),
        ("03/03/2027", "en", "2027-03-03"),
        ("15-03-2027", "it", "2027-03-15"),
        ("Bewerbungsfrist: 28.11.2025", "de", "2025-11-28"),
        ("entro il 30/04/2027", "it", "2027-04-30"),
        ("до 15 березня 2027", "uk", "2027-03-15"),
    ],
)
def test_a_date_is_read_however_it_is_written(words, language, day):
    assert days(words, language) == [day]


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("02/03/2027", "en"),  # February or March
        ("02/03/2027", ""),
        ("02/28/2027", "fr"),  # contradicts the language
        ("28/02/2027", "en-US"),
        ("00. November 2020", "de"),  # stands so in the Förderdatenbank
        ("31.02.2027", "de"),
        ("31. April 2027", "de"),
        ("29.02.2027", "de"),
        ("2027-13-01", ""),
        ("15. März", "de"),
        ("15.03.", "de"),
        ("jeweils zum 15.2. eines Jahres", "de"),
        ("Herbst 2026", "de"),
        ("März 2027", "de"),
        ("November 2020", "en"),
        ("Q3 2027", "en"),
        ("3. Quartal 2027", "de"),
        ("15.03.1999", "de"),
        ("2101-01-01", ""),
        ("15.03.20271", "de"),
        ("115.03.2027", "de"),
        ("Version 1.2.2027.4", "de"),
        ("Ziffer 3.1.2024", "de"),
        ("siehe Abschnitt 3.1.", "de"),
        ("2027-03-15T25:61:00", ""),
        ("tbd", "en"),
    ],
)
def test_what_may_not_be_a_date_stays_unknown_with_its_words(words, language):
    deadline = read_deadline(RawDeadline(words=words), language)
    assert (deadline.day, deadline.time, deadline.certainty) == (None, None, Certainty.UNKNOWN)
    assert deadline.words == words


def test_american_english_is_recognised_by_its_zone_too():
    assert days("02/03/2027", "en", "America/New_York") == ["2027-02-03"]
    assert days("02/03/2027", "en", "Europe/London") == ["2027-03-02"]
    assert days("02/03/2027", "es", "America/Guayaquil") == ["2027-03-02"]


# ---------------------------------------------------------------- hours


@pytest.mark.parametrize(
    ("words", "hour"),
    [
        ("26.4.2024, 14:00 Uhr (MESZ)", time(14)),
        ("15.03.2027 12.00 Uhr", time(12)),
        ("15.03.2027, 12 Uhr", time(12)),
        ("12.00 Uhr am 15. März 2027", time(12)),
        ("31 March 2027 23:59 CET", time(23, 59)),
        ("31 March 2027 17.00 CET", time(17)),
        ("31.03.2027 17.00", None),
        ("14 May 2026 4:00pm UK time", time(16)),
        ("14 May 2026 at 12 noon", None),  # "12" and "noon": not a notation that we know for sure
        ("14 May 2026, noon", time(12)),
        ("31 décembre 2026 à 17h00", time(17)),
        ("17h le 31 décembre 2026", time(17)),
        ("1 marzo 2027 ore 12:00", time(12)),
        ("do 31. 3. 2027 14:00 hod.", time(14)),
        ("Thu, 26 Sep 2024 17:00:00 (Brussels local time)", time(17)),
        ("31.12.2027, 24:00 Uhr", None),  # the end of that day, an hour that no clock shows
        ("15.03.2027, 25:00 Uhr", None),
        ("15.03.2027, 3 Seiten", None),
        ("2027-06-30T23:59", time(23, 59)),
        ("2023-10-06T23:59:59+02:00", time(23, 59)),
    ],
)
def test_an_hour_is_read_beside_its_date(words, hour):
    deadline = read_deadline(RawDeadline(words=words), "de", "Europe/Berlin")
    assert deadline.day is not None
    assert deadline.time == hour
    assert deadline.certainty is (Certainty.STATED if hour else Certainty.DATE_ONLY)


@pytest.mark.parametrize(
    "words",
    ["31.03.2027, 00:00 Uhr", "31 March 2027, 00:00", "midnight on 31 March 2027", "12:00am on 31 March 2027"],
)
def test_midnight_ends_the_day_before(words):
    deadline = read_deadline(RawDeadline(words=words), "en")
    assert (deadline.day, deadline.time) == (date(2027, 3, 30), None)


@pytest.mark.parametrize(
    ("words", "zone", "day"),
    [
        ("2026-09-23T00:00:00.000+0000", "Europe/Brussels", "2026-09-23"),
        ("2026-09-23T12:00:00Z", "Europe/Brussels", "2026-09-23"),  # EEAS: a date
        ("2026-09-23T17:00:00.000+0000", "Europe/Brussels", "2026-09-23"),  # 17:00 in Brussels, labelled wrongly
        ("2026-12-31T23:59:00.000+0000", "Europe/Brussels", "2026-12-31"),
        ("2026-09-22T22:00:00.000+0000", "Europe/Brussels", "2026-09-23"),  # midnight in Brussels, summer
        ("2026-12-22T23:00:00.000+0000", "Europe/Brussels", "2026-12-23"),  # midnight in Brussels, winter
        ("2023-06-01T22:00:00.000Z", "Europe/Paris", "2023-06-02"),
        ("2023-06-01T22:00:00.000Z", "", "2023-06-01"),
        ("2023-06-01T22:00:00.000Z", "Middle-earth/Shire", "2023-06-01"),
        ("2023-06-01T22:00:00.000Z", "Europe", "2023-06-01"),
    ],
)
def test_a_machines_moment_in_utc_is_a_date_and_no_hour(words, zone, day):
    deadline = read_deadline(RawDeadline(words=words), "en", zone)
    assert (str(deadline.day), deadline.time, deadline.certainty) == (day, None, Certainty.DATE_ONLY)


def test_the_hour_keeps_the_zone_that_it_is_stated_in():
    brussels = read_deadline(RawDeadline(words="31 March 2027 17:00 Brussels time"), "en", "Europe/London")
    berlin = read_deadline(RawDeadline(words="31.03.2027, 17:00 Uhr MESZ"), "de", "Europe/Berlin")
    unsaid = read_deadline(RawDeadline(words="31.03.2027, 17:00 Uhr"), "de")
    assert (brussels.zone, berlin.zone, unsaid.zone) == ("Europe/Brussels", "Europe/Berlin", None)


# ---------------------------------------------------------------- which day is the deadline


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("vom 01. Febr. bis 31. Dez. 2027", ["2027-12-31"]),
        ("01. Nov. 2024 bis 31. Dez. 2027\n01. Febr. 2025 bis 31. Dez. 2027", ["2027-12-31"]),
        ("Projektaufruf 10.07. - 21.10.2024", ["2024-10-21"]),
        ("15.03.2027-31.03.2027", ["2027-03-31"]),
        ("vom 15.03.2027, 10 Uhr, bis zum 31.03.2027, 12 Uhr", ["2027-03-31"]),
        ("zwischen dem 1. März 2027 und dem 30. April 2027", ["2027-04-30"]),
        ("15.3. und 15.9.2027", ["2027-03-15", "2027-09-15"]),
        ("zu den Stichtagen 15.9.2023 oder 15.9.2024", ["2023-09-15", "2024-09-15"]),
        ("* 15.4.2024 \n * 15.4.2025 \n * 15.4.2026", ["2024-04-15", "2025-04-15", "2026-04-15"]),
        ("- 15.4.2024 - 15.4.2025 - 15.4.2026", ["2024-04-15", "2025-04-15", "2026-04-15"]),
        ("Modul A: 15.4.2024 oder 31.8.2024 \n * Modul B: 31.8.2024", ["2024-04-15", "2024-08-31"]),
        ("fortlaufend bis zum 31.10.2027", ["2027-10-31"]),
        ("31.02.2027 oder 15.03.2027", ["2027-03-15"]),
        ("Die Richtlinie ist befristet bis zum 31.12.2029.", []),
        ("Die Richtlinie ist bis zum 31.12.2029 befristet.", []),
        ("Anträge bis 31.3.2027; die Richtlinie gilt bis 31.12.2029", ["2027-03-31"]),
        ("Anträge bis 31.3.2027, Abrechnung bis zum 31.12.2027", ["2027-03-31"]),
        ("Abrechnung bis zum 31.12.2027", []),
        ("Mittelabruf bis 15.11.2026", []),
        ("Verwaltungsvorschrift vom 09.01.2026 (Geltungsdauer bis 31.12.2028)", []),
        ("Bundesanzeiger vom 05.06.2019 / Vom 20.05.2019", []),
        ("Einreichung der Skizze ab: 3.5.2023", []),
        ("Beginn 01.02.2027, Ende 31.03.2027", ["2027-03-31"]),
        ("Die Regelung tritt am 1.1.2027 in Kraft und am 31.12.2029 außer Kraft.", []),
        ("Projekte müssen bis spätestens 31.12.2028 abgeschlossen sein", []),
        ("Opening date: 1 March 2027 Closing date: 30 April 2027", ["2027-04-30"]),
    ],
)
def test_only_the_end_of_an_application_period_is_a_deadline(words, expected):
    assert days(words, "de") == expected


def test_running_text_makes_a_deadline_less_certain():
    words = "Bitte reichen Sie Ihre Projektskizze bis spätestens 26.4.2024, 14:00 Uhr (MESZ) ein."
    (deadline,) = read_deadlines(RawDeadline(words=words), "de", "Europe/Berlin")
    assert (deadline.day, deadline.time, deadline.certainty) == (date(2024, 4, 26), time(14), Certainty.PROSE)


def test_the_stages_of_a_text_are_counted():
    words = (
        "* Phase 1: bis spätestens 6.7.2023, 14:00 Uhr MESZ, \n * Phase 2: bis spätestens 10.10.2024, 14:00 Uhr MESZ."
    )
    read = read_deadlines(RawDeadline(words=words), "de", "Europe/Berlin")
    assert [(one.kind, one.stage, str(one.day)) for one in read] == [
        (DeadlineKind.STAGE, 1, "2023-07-06"),
        (DeadlineKind.STAGE, 2, "2024-10-10"),
    ]


def test_cut_offs_are_named_by_their_word():
    read = read_deadlines(RawDeadline(words="Stichtage: 15.4.2026, 15.4.2027"), "de")
    assert [one.kind for one in read] == [DeadlineKind.CUT_OFF, DeadlineKind.CUT_OFF]


def test_between_two_deadlines_one_is_not_chosen():
    assert read_deadline(RawDeadline(words="15.3.2027 und 15.9.2027"), "de").day is None


@pytest.mark.parametrize(
    "words",
    [
        *("laufend", "Anträge können fortlaufend gestellt werden.", "jederzeit", "ganzjährig möglich"),
        *("rolling", "Rolling basis", "Permanente", "permanent", "au fil de l'eau", "a sportello", "Bando a sportello"),
        *("průběžně", "průběžná výzva", "постійно"),
        "Anträge laufend möglich; die Richtlinie ist befristet bis 31.12.2029",
    ],
)
def test_a_rolling_call_says_so(words):
    deadline = read_deadline(RawDeadline(words=words))
    assert (deadline.kind, deadline.day) == (DeadlineKind.ROLLING, None)


@pytest.mark.parametrize("words", ["Anträge laufend noch bis zum 15. Oktober", "jederzeit bis 15.10."])
def test_what_runs_until_a_day_without_a_year_is_not_rolling(words):
    deadline = read_deadline(RawDeadline(words=words), "de")
    assert (deadline.kind, deadline.day, deadline.words) == (DeadlineKind.UNKNOWN, None, words)


@pytest.mark.parametrize(
    "words",
    ["nicht laufend", "im laufenden Jahr", "laufende Projekte", "non permanente", "keine laufende Antragstellung"],
)
def test_a_rolling_word_in_another_sense_makes_no_call_rolling(words):
    assert read_deadline(RawDeadline(words=words)).kind is DeadlineKind.UNKNOWN


def test_a_day_that_the_connector_knows_counts():
    raw = RawDeadline(words="x", day=date(2027, 3, 15), kind=DeadlineKind.STAGE, stage=2, zone="Europe/Brussels")
    deadline = read_deadline(raw, "en", "Europe/Berlin")
    assert (deadline.day, deadline.kind, deadline.stage) == (date(2027, 3, 15), DeadlineKind.STAGE, 2)
    assert (deadline.zone, deadline.certainty) == ("Europe/Brussels", Certainty.DATE_ONLY)
    stated = read_deadline(RawDeadline(words="x", day=date(2027, 3, 15), time=time(17)))
    assert (stated.time, stated.certainty) == (time(17), Certainty.STATED)


def test_a_day_that_cannot_be_is_not_believed_to_the_connector_either():
    assert read_deadline(RawDeadline(words="01.01.0207", day=date(207, 1, 1))).day is None


def test_a_rule_is_marked_and_a_year_in_its_words_is_no_deadline():
    words = "jährlich zum 31.3., erstmals am 31.3.2024"
    by_rule = read_deadline(RawDeadline(words=words, day=date(2027, 3, 31), kind=DeadlineKind.RULE))
    assert (by_rule.day, by_rule.certainty) == (date(2027, 3, 31), Certainty.RULE)
    assert read_deadline(RawDeadline(words=words, kind=DeadlineKind.RULE)).day is None


def test_long_words_are_kept_to_a_quotable_length():
    assert len(read_deadline(RawDeadline(words="wort " * 5_000)).words) <= 501


# ---------------------------------------------------------------- other dates


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2026-05-06", date(2026, 5, 6)),
        ("01.02.2027 bis 31.03.2027", date(2027, 2, 1)),
        ("ab 3.5.2023, 00:00 Uhr", date(2023, 5, 3)),
        ("01.02. bis 31.03.2027", None),
        ("05.06.2019 / 20.05.2019", None),
        ("", None),
        ("demnächst", None),
    ],
)
def test_an_opening_date_is_the_only_one_or_the_first_of_a_range(words, day):
    assert read_date(words, "de") == day


# ---------------------------------------------------------------- as portals of Italy, Ukraine and Britain write


@pytest.mark.parametrize(
    ("words", "language", "day"),
    [
        ("25.12.26", "uk", "2026-12-25"),
        ("Актуально до: 25.12.26.", "uk", "2026-12-25"),
        ("Frist: 31.03.27", "de", "2027-03-31"),
    ],
)
def test_a_year_of_two_digits_is_one_of_this_century(words, language, day):
    assert days(words, language) == [day]


@pytest.mark.parametrize(
    "words",
    [
        "Nr. 1.2.27",
        "31.02.27",
        "Version 10.12.26.1",
        "10.12.26.",
        "10.12.26:30",
        "110.12.26",
        "10.12.266",
        "1,10.12.26",
    ],
)
def test_two_digits_are_no_year_where_section_numbers_and_hours_have_them(words):
    assert days(words, "de") == (["2026-12-10"] if words == "10.12.26." else [])


@pytest.mark.parametrize(
    ("words", "hour"),
    [
        ("31 dicembre 2026 ore 12:00", "12:00"),
        ("entro il 15 gennaio 2027, ore 16.00", "16:00"),
        ("entro le ore 12.30 del 15 marzo 2027", "12:30"),
        ("alle ore 12.00 del 15/03/2027", "12:00"),
        ("2026-12-31 16:00", "16:00"),
        ("2026-12-31, 16:00", "16:00"),
        ("2026-12-31 16:00:00", "16:00"),
        ("14 May 2026 4:00pm UK time", "16:00"),
        ("15 січня 2027, 18:00", "18:00"),
        ("9. 1. 2026 v 12.00 hod.", "12:00"),
    ],
)
def test_hours_are_read_as_each_portal_writes_them(words, hour):
    found = read_deadline(RawDeadline(words=words), "it", "Europe/Rome")
    assert found.time is not None and found.time.isoformat("minutes") == hour


@pytest.mark.parametrize("words", ["15.03.2027 10.12", "15 marzo 2027 3.50", "2026-12-31", "2026-12-31 16"])
def test_a_number_with_a_dot_is_no_hour_without_a_word_that_says_so(words):
    assert read_deadline(RawDeadline(words=words), "it").time is None


def test_an_hour_of_nought_behind_a_day_of_machines_ends_the_day_before():
    assert days("2026-12-31 00:00", "it") == ["2026-12-30"]
    assert days("2026-12-31T00:00:00", "it") == ["2026-12-31"]


@pytest.mark.parametrize("words", ["No closing date", "Open - no closing date"])
def test_no_closing_date_means_that_it_never_ends(words):
    assert read_deadline(RawDeadline(words=words), "en-GB").kind is DeadlineKind.ROLLING


@pytest.mark.parametrize(
    ("words", "language", "day"),
    [
        ("11. 10. 2022", "cs", "2022-10-11"),
        ("1. 9. 2026 - 30. 11. 2026", "cs", "2026-11-30"),
        ("31. prosince 2026", "cs", "2026-12-31"),
        ("31 dicembre 2026", "it", "2026-12-31"),
        ("до 15 січня 2027 року", "uk", "2027-01-15"),
        ("02/28/2027", "en-US", "2027-02-28"),
    ],
)
def test_days_are_read_in_the_languages_of_the_partners(words, language, day):
    assert days(words, language) == [day]


@pytest.mark.parametrize("language", ["it", "cs", "uk", "en-GB"])
def test_a_day_of_month_28_is_unknown_where_the_day_comes_first(language):
    assert days("02/28/2027", language) == []
