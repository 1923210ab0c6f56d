"""Topics have the words that come with tracker, unless a profile gives them words of its own."""

from __future__ import annotations

import re

import pytest

from tests.config_texts import PROFILE
from tracker.config.loading import load_profile
from tracker.config.vocabulary import joined, shipped

LANGUAGES = {"de", "en", "fr", "it", "cs", "uk"}


@pytest.fixture
def profile_of(tmp_path):
    def load(topics: str, rest: str = ""):
        text = re.sub(r"^topics:\n(?: .*\n)+", f"topics:\n{topics}", PROFILE, flags=re.MULTILINE) + rest
        text = re.sub(r"topics: \[[^\]]*\]", "topics: []", text)
        path = tmp_path / "profile.yaml"
        path.write_text(text, encoding="utf-8")
        return load_profile(path)

    return load


def test_every_shipped_topic_has_words_in_six_languages():
    known = shipped()
    assert {key: set(words) for key, words in known.keywords.items()} == dict.fromkeys(known.keywords, LANGUAGES)
    assert len(known.keywords) == 11


def test_a_topic_without_keywords_has_the_shipped_ones_of_its_key(profile_of):
    profile = profile_of("  climate: {label: {de: Klima}}\n")
    (topic,) = profile.topics
    assert topic.keywords == shipped().keywords["climate"]
    assert topic.exclude == shipped().exclude["climate"]
    assert profile.exclude == shipped().everywhere


def test_words_under_also_are_added_and_traps_too(profile_of):
    profile = profile_of(
        "  climate: {label: {de: Klima}, also: {de: [Streuobst], sv: [klimat]}, exclude: {de: [Klimaleerstelle]}}\n",
        "exclude: {de: [Nichtssagendes]}\n",
    )
    (topic,) = profile.topics
    assert topic.keywords["de"] == (*shipped().keywords["climate"]["de"], "Streuobst")
    assert topic.keywords["sv"] == ("klimat",)
    assert topic.exclude["de"][-1] == "Klimaleerstelle" and "Betriebsklima" in topic.exclude["de"]
    assert profile.exclude["de"][-1] == "Nichtssagendes" and len(profile.exclude["de"]) > 1


def test_a_topic_with_keywords_has_those_and_no_others(profile_of):
    profile = profile_of("  climate: {label: {de: Klima}, keywords: {de: [Wetter]}}\n")
    (topic,) = profile.topics
    assert (topic.keywords, topic.exclude, profile.exclude) == ({"de": ("Wetter",)}, {}, {})


def test_a_topic_that_only_this_city_has_needs_words_of_its_own(profile_of):
    profile = profile_of("  mills: {label: {de: Mühlen}, also: {de: [Mühle]}}\n  climate: {label: {de: Klima}}\n")
    assert [dict(topic.keywords) for topic in profile.topics if topic.key == "mills"] == [{"de": ("Mühle",)}]


def test_words_are_joined_each_once():
    assert joined({"de": ("a", "b")}, {"de": ("b", "c"), "en": ("d",)}) == {"de": ("a", "b", "c"), "en": ("d",)}
