"""The vocabularies of profile.yaml on calls that nobody had seen when the terms were chosen.

The claims in fixtures/claims were written first: realistic titles with one sentence, in our own words, five to eight
for each topic and language, and some that fund nothing of ours. At the first run, before any term was added for them
(2026-11-22), this was found; it is the most honest estimate of recall on unseen calls that we have:

    language   lines right   topics assigned   topics with a word for them   wrong topics
    de          38 of 96        30 of 88            71 of 88                       1
    en          32 of 96        26 of 88            50 of 88                       2
    fr          29 of 96        21 of 88            60 of 88                       3
    it          13 of 59         9 of 55            28 of 55                       0
    cs          15 of 59        11 of 55            32 of 55                       0
    uk           8 of 59         4 of 55            20 of 55                       0

Since then terms were added by kind with these lines known, so that they are no longer a measure, only a guard.
A line must have a word for each of its topics. Whether that is enough to assign a topic hangs on the learned weights as
well, and one sentence is less than a call says: there a share is asked for, not every line.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.builders import a_call
from tracker.config.loading import load_profile
from tracker.match import match, prepare

ROOT = Path(__file__).resolve().parents[1]
CLAIMS = ROOT / "tests" / "fixtures" / "claims"
PROFILE = load_profile(ROOT / "profile.yaml")
MATCHER = prepare(PROFILE)
TOPICS = frozenset(topic.key for topic in PROFILE.topics)
LANGUAGES = ("de", "en", "fr", "it", "cs", "uk")
ENOUGH = 0.9  # share of the topics that one title and one sentence must be enough for
WRONG = 0.16  # share of the lines that may be given a topic beside those that they fund: many are near it


class Claim(NamedTuple):
    """A line of the fixtures: topics that must be found, topics that may be, title, first sentence."""

    must: frozenset[str]
    may: frozenset[str]
    title: str
    sentence: str


class Found(NamedTuple):
    """What the matcher said of a claim: topics assigned, and all topics that some word speaks for."""

    claim: Claim
    assigned: frozenset[str]
    spoken: frozenset[str]


def claims(language: str) -> Iterator[Claim]:
    for line in (CLAIMS / f"{language}.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            keys, title, sentence = (part.strip() for part in line.split("|"))
            named = [key for key in keys.split() if key != "-"]
            may = frozenset(key.removeprefix("~") for key in named if key.startswith("~"))
            yield Claim(frozenset(key for key in named if not key.startswith("~")), may, title, sentence)


@cache
def found(language: str) -> tuple[Found, ...]:
    results = []
    for claim in claims(language):
        said = match(a_call("x", title=claim.title, description=claim.sentence, language=language), MATCHER)
        assigned = frozenset(topic.topic for topic in said.topics)
        results.append(Found(claim, assigned, assigned | {key for key, _ in said.near}))
    return tuple(results)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_claims_name_only_topics_of_the_profile_and_all_of_them(language):
    named = [claim.must | claim.may for claim in claims(language)]
    assert frozenset().union(*named) == TOPICS
    assert any(not keys for keys in named), "some calls must fund nothing of ours"


@pytest.mark.parametrize("topic", sorted(TOPICS))
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_topic_has_a_word_in_each_call_about_it(language, topic):
    mute = [one.claim.title for one in found(language) if topic in one.claim.must and topic not in one.spoken]
    assert mute == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_title_and_a_sentence_are_mostly_enough_to_assign_a_topic(language):
    musts = [(topic in one.assigned) for one in found(language) for topic in one.claim.must]
    assert sum(musts) >= ENOUGH * len(musts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_few_calls_are_given_a_topic_that_they_do_not_fund(language):
    wrong = [one.claim.title for one in found(language) if one.assigned - one.claim.must - one.claim.may]
    assert len(wrong) <= WRONG * len(found(language)), wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_call_that_funds_nothing_of_ours_is_given_no_topic(language):
    assert [one.claim.title for one in found(language) if not one.claim.must | one.claim.may and one.assigned] == []


FUNDERS = [
    ("en", "Research on proteins", "Funded by the Department of Transportation and the Department of Energy."),
    ("en", "Research on proteins", "The Environmental Protection Agency manages this award."),
    ("de", "Forschung zu Proteinen", "Das Bundesministerium für Umwelt, Naturschutz und nukleare Sicherheit fördert."),
    ("de", "Forschung zu Proteinen", "Zuwendungsgeber ist das Bundesministerium für Wirtschaft und Energie."),
    ("fr", "Recherche sur les protéines", "Une aide du ministère de la Transition écologique."),
    ("it", "Ricerca sulle proteine", "Fondo del Ministero dell'Ambiente e della Sicurezza energetica."),
    ("cs", "Výzkum bílkovin", "Podporu poskytuje Ministerstvo životního prostředí."),
    ("uk", "Дослідження білків", "Кошти надає Міністерство культури."),
]

FALSE_FRIENDS = [
    ("en", "Digital twins of cells"),
    ("en", "Cell culture and membrane transport"),
    ("en", "A better working environment and business climate"),
    ("de", "Digitaler Zwilling für Gehäuse"),
    ("de", "Systemintegration und Betriebsklima"),
    ("de", "Finanzierung gemeinsamer Vorhaben, Nebenkosten inklusive"),
    ("fr", "Jumeau numérique et climat social"),
    ("fr", "Une aide d'environ 5 000 euros, taxes incluses"),
    ("it", "Gemello digitale e integrazione dei sistemi"),
    ("it", "Solo le medie imprese possono partecipare"),
    ("cs", "Digitální dvojče a pracovní prostředí"),
    ("cs", "Žadatelem může být kraj v době krize"),
    ("uk", "Цифровий двійник і бізнес-клімат"),
    ("uk", "Менше спектрів за вибором"),
]


@pytest.mark.parametrize(("language", "title", "sentence"), FUNDERS)
def test_the_name_of_a_funder_is_no_topic(language, title, sentence):
    said = match(a_call("x", title=title, description=sentence, language=language), MATCHER)
    assert (said.topics, said.near) == ((), ())


@pytest.mark.parametrize(("language", "title"), FALSE_FRIENDS)
def test_a_word_of_the_same_stem_or_sound_is_no_topic(language, title):
    assert match(a_call("x", title=title, language=language), MATCHER).topics == ()
