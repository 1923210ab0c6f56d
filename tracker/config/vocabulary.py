"""The words that come with tracker for its topics, and how a profile's own words join them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from tracker.model import Profile, Topic

Words = Mapping[str, tuple[str, ...]]  # by language
NOTHING: Words = {}


class Vocabulary(NamedTuple):
    """data/vocabulary.json: terms and traps of each topic by its key, and traps for all of them."""

    keywords: Mapping[str, Words]
    exclude: Mapping[str, Words]
    everywhere: Words


@cache
def shipped() -> Vocabulary:
    """What comes with the program."""
    said = json.loads((files("tracker") / "data" / "vocabulary.json").read_text(encoding="utf-8"))
    topics = said["topics"]
    return Vocabulary(
        keywords={key: _frozen(topic["keywords"]) for key, topic in topics.items()},
        exclude={key: _frozen(topic["exclude"]) for key, topic in topics.items()},
        everywhere=_frozen(said["exclude"]),
    )


def with_shipped(profile: Profile, also: Mapping[str, Words]) -> Profile:
    """A profile whose topics without keywords of their own have the shipped ones, and `also` the words added to them.

    The traps for all topics hold as soon as one topic has shipped words.
    """
    topics = tuple(_topic(topic, also.get(topic.key, NOTHING)) for topic in profile.topics)
    if topics == profile.topics:
        return profile
    return replace(profile, topics=topics, exclude=joined(shipped().everywhere, profile.exclude))


def _topic(topic: Topic, also: Words) -> Topic:
    if topic.keywords or topic.key not in shipped().keywords:
        return replace(topic, keywords=joined(topic.keywords, also))
    known = shipped()
    return replace(
        topic,
        keywords=joined(known.keywords[topic.key], also),
        exclude=joined(known.exclude[topic.key], topic.exclude),
    )


def joined(first: Words, second: Words) -> Words:
    """Words of both, each once, in this order."""
    if not second:
        return first
    return {
        language: tuple(dict.fromkeys((*first.get(language, ()), *second.get(language, ()))))
        for language in dict.fromkeys((*first, *second))
    }


def _frozen(given: Mapping[str, list[str]]) -> Words:
    return {language: tuple(terms) for language, terms in given.items()}
