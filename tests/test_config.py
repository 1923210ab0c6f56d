"""What sources.yaml and profile.yaml say is understood, and what stands in the environment."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import fields
from datetime import timedelta

import pytest

from tests.config_texts import PROFILE, TWO_LINES, profile_of, sources_of
from tracker import config
from tracker.config import schema
from tracker.config.reading import bare
from tracker.errors import ConfigError
from tracker.model import Expectation, RawCall, Source, Thresholds

# ---------------------------------------------------------------- what is good


def test_a_two_line_entry_is_valid_and_takes_its_id_for_a_name(tmp_path):
    (source,) = sources_of(tmp_path, TWO_LINES)
    assert source == Source(
        id="stadtnetz", connector="listing", url="https://stadtnetz.example/foerderung", name="stadtnetz"
    )


def test_sources_keep_the_order_of_the_file(tmp_path):
    entry = "  {}: {{connector: feed, url: https://a.example/}}\n"
    found = sources_of(tmp_path, "sources:\n" + "".join(entry.format(key) for key in ("zett", "a", "m")))
    assert [source.id for source in found] == ["zett", "a", "m"]


def test_every_field_of_a_source_can_be_set(tmp_path):
    text = TWO_LINES + (
        "    name: Stadtnetz\n    publisher: Netz e.V.\n    country: NO\n    language: nb\n    evidence: recorded\n"
        "    rhythm: 3 days\n    enabled: false\n    options: {item: li, deep: [1, {a: off}]}\n"
        "    fixes: {deadline: {laufend: ''}}\n    expect: {min_calls: 2, max_calls: 9, filled: {deadlines: 1}}\n"
        "    pause: 0\n    timeout: 1.5\n    max_requests: 3\n    max_bytes: 4\n    robots: false\n"
        "    licence: CC0\n    attribution: © Netz\n    needs_env: NETZ_KEY\n    zone: Europe/Oslo\n"
    )
    (source,) = sources_of(tmp_path, text)
    assert source == Source(
        id="stadtnetz",
        connector="listing",
        url="https://stadtnetz.example/foerderung",
        name="Stadtnetz",
        publisher="Netz e.V.",
        country="NO",
        language="nb",
        evidence="recorded",
        rhythm="3 days",
        enabled=False,
        options={"item": "li", "deep": [1, {"a": "off"}]},
        fixes={"deadline": {"laufend": ""}},
        expect=Expectation(min_calls=2, max_calls=9, filled={"deadlines": 1}),
        pause=0,
        timeout=1.5,
        max_requests=3,
        max_bytes=4,
        robots=False,
        licence="CC0",
        attribution="© Netz",
        needs_env="NETZ_KEY",
        zone="Europe/Oslo",
    )


@pytest.mark.parametrize(
    ("entry", "value", "extra"),
    [(schema.SourceEntry, Source, {"id"}), (schema.ExpectEntry, Expectation, set())],
)
def test_the_file_knows_every_field_of_the_model_and_no_other(entry, value, extra):
    assert set(entry.model_fields) | extra == {field.name for field in fields(value)}


def test_a_profile_is_understood_with_the_defaults_of_the_model(tmp_path):
    profile = profile_of(tmp_path, PROFILE)
    (partner,), (topic,), (reader,) = profile.partners, profile.topics, profile.readers
    assert (profile.key, profile.city.name, profile.city.language) == ("ludwigsburg", "Ludwigsburg", "de")
    assert (partner.key, partner.status, partner.topics, partner.focus) == (
        "montbeliard",
        "active",
        ("food-waste",),
        (2026, 2027),
    )
    assert topic.keywords == {"de": ("Verschwendung",), "no": ("matsvinn",)}
    assert (reader.cities, reader.topics) == (("montbeliard",), ())
    assert (profile.schedule.day, profile.schedule.hour, profile.schedule.retry_hours) == (0, 6, 1)
    assert (profile.thresholds, profile.archive_scans) == (Thresholds(), 8)


def test_every_part_of_a_profile_can_be_set(tmp_path):
    more = (
        "schedule: {retry_hours: 0.5}\nthresholds: {for_us: 2, pass_on: 1, marginal: 0.2, closing_days: 30}\n"
        "exclude: {en: [digital twin]}\narchive: {scans: 3}\n"
    )
    profile = profile_of(tmp_path, PROFILE + more)
    assert profile.schedule.retry_hours == 0.5
    assert profile.thresholds == Thresholds(for_us=2, pass_on=1, marginal=0.2, closing_days=30)
    assert (profile.exclude, profile.archive_scans) == ({"en": ("digital twin",)}, 3)


@pytest.mark.parametrize(("day", "number"), [("monday", 0), ("Sonnabend", 5), ("SUNDAY", 6), ("mittwoch", 2)])
def test_days_are_named_in_english_or_german(tmp_path, day, number):
    assert profile_of(tmp_path, PROFILE.replace("Montag", day)).schedule.day == number


@pytest.mark.parametrize(
    ("words", "meaning"),
    [
        ("NO", "NO"),
        ("no", "no"),
        ("on", "on"),
        ("12:30", "12:30"),
        ("2026-11-22", "2026-11-22"),
        ("010", 10),
        ("1_000", "1_000"),
        ("true", True),
        ("False", False),
        ("~", None),
        ("", None),
        ("1.5", 1.5),
        (".5", 0.5),
        ("1e3", 1000.0),
        (".inf", ".inf"),
        ("-", "-"),
        (".", "."),
        ("9" * 5000, "9" * 5000),
    ],
)
def test_a_bare_word_means_what_yaml_1_2_says(words, meaning):
    found = bare(words)
    assert (found, type(found)) == (meaning, type(meaning))


def test_a_line_asking_for_yaml_1_1_does_not_turn_norway_into_false(tmp_path):
    (source,) = sources_of(tmp_path, "%YAML 1.1\n---\n" + TWO_LINES + "    country: NO\n")
    assert source.country == "NO"


@pytest.mark.parametrize(
    ("rhythm", "time"),
    [
        ("hourly", timedelta(hours=1)),
        ("weekly", timedelta(days=7)),
        ("monthly", timedelta(days=30)),
        ("1 day", timedelta(days=1)),
        ("12 hours", timedelta(hours=12)),
    ],
)
def test_a_rhythm_stands_for_a_time(rhythm, time):
    assert config.interval(rhythm) == time


# ---------------------------------------------------------------- the environment


def test_the_environment_sets_home_and_log():
    assert config.settings({}) == config.Settings(home=None, log="INFO")
    assert config.settings({"TRACKER_HOME": "/srv/radar", "TRACKER_LOG": "debug"}) == config.Settings(
        home="/srv/radar", log="DEBUG"
    )


def test_an_unknown_log_level_is_told():
    with pytest.raises(ConfigError, match=r"TRACKER_LOG: unknown level 'DEBGU'; did you mean 'DEBUG'\?"):
        config.settings({"TRACKER_LOG": "DEBGU"})


def test_every_variable_is_named_once_with_default_and_meaning():
    names = [name for name, _, _ in config.ENVIRONMENT]
    assert len(names) == len(set(names)) >= 2
    assert all(default and meaning for _, default, meaning in config.ENVIRONMENT)


def test_importing_the_package_loads_neither_yaml_nor_pydantic():
    code = "import sys, tracker.config; print(sorted({'pydantic', 'ruamel.yaml'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_field_of_a_raw_call_may_stand_under_filled(tmp_path):
    names = ", ".join(f"{field.name}: 0.5" for field in fields(RawCall))
    (source,) = sources_of(tmp_path, TWO_LINES + f"    expect: {{filled: {{{names}}}}}\n")
    assert set(source.expect.filled) == {field.name for field in fields(RawCall)}
