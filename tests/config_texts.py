"""A small sources.yaml and profile.yaml without mistakes, and how a test loads a changed one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tracker import config
from tracker.connectors import KNOWN
from tracker.errors import ConfigError
from tracker.model import Profile, Source

TWO_LINES = "sources:\n  stadtnetz:\n    connector: listing\n    url: https://stadtnetz.example/foerderung\n"
PROFILE = """\
key: ludwigsburg
city:
  name: Ludwigsburg
  country: DE
  zone: Europe/Berlin
contact: europa@stadt.ludwigsburg.de
partners:
  montbeliard:
    name: Montbéliard
    country: FR
    topics: [food-waste]
    focus: [2026, 2027]
topics:
  food-waste:
    label: {de: Lebensmittelverschwendung}
    keywords: {de: [Verschwendung], no: [matsvinn]}
readers:
  europabuero:
    email: europa@stadt.ludwigsburg.de
    cities: [montbeliard]
digest: {day: Montag, hour: 6}
"""


def sources_of(tmp_path: Path, text: str) -> tuple[Source, ...]:
    path = tmp_path / "sources.yaml"
    path.write_text(text, encoding="utf-8")
    return config.load_sources(path, KNOWN)


def profile_of(tmp_path: Path, text: str) -> Profile:
    path = tmp_path / "profile.yaml"
    path.write_text(text, encoding="utf-8")
    return config.load_profile(path)


def problems(load, tmp_path: Path, text: str) -> tuple[str, ...]:
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, text)
    return caught.value.problems
