"""All sources of sources.yaml in one run, by their real addresses: every one is complete, and no fault of one or three
touches the others.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.homes import PROFILE, collecting, make_home, opened
from tests.whole_web import HERE, Web, at_once, host_of, keys, whole_web
from tracker import notify
from tracker.collect import Outcome, collect
from tracker.home import Home
from tracker.store import Store

pytestmark = pytest.mark.faults

NOW = datetime(2026, 11, 23, 5, tzinfo=UTC)
SOURCES = Path(__file__).resolve().parents[1] / "sources.yaml"


@pytest.fixture(scope="module")
def web(tmp_path_factory):
    with whole_web(tmp_path_factory.mktemp("web")) as web:
        yield web


@pytest.fixture
def home(tmp_path, web) -> Home:
    home = make_home(tmp_path / "home", SOURCES.read_text(encoding="utf-8"), PROFILE)
    return replace(home, sources=tuple(at_once(source, web) for source in home.sources))


def read(home: Home, store: Store, web: Web) -> dict[str, Outcome]:
    """One run over every source that is on, without waiting between two tries."""
    environ = {**web.environ, **keys(home.sources)}
    public = ("9.9.9.9",)  # some public address; what is asked goes through the proxy
    with collecting(home, store, NOW, environ=environ, resolver=lambda _host, _port: public) as collector:
        return {outcome.source.id: outcome for outcome in collect(collector, home.enabled)}


def expected(source_id: str) -> int | None:
    """How many calls a person read from the pages of a source; None for those that a program makes."""
    path = HERE / source_id / "expected.json"
    return len({call["external_id"] for call in json.loads(path.read_text("utf-8"))}) if path.is_file() else None


def test_every_source_that_is_on_is_read_to_its_end(home, web):
    web.faults = {}
    with opened(home) as store:
        outcomes = read(home, store, web)
    assert set(outcomes) == {source.id for source in home.enabled}
    failed = {name: outcome.run.error for name, outcome in outcomes.items() if outcome.run.state != "ok"}
    assert failed == {}
    counted = {name: outcome.run.calls for name, outcome in outcomes.items()}
    wanted = {name: found for name in outcomes if (found := expected(name)) is not None}
    assert {name: counted[name] for name in wanted} == wanted


def test_with_one_source_hanging_one_walled_and_one_out_of_order_all_others_are_complete(home, web):
    """The digest names the three."""
    faults = {"euroaccess": "hang", "eeas-grants": "wall", "foerderdatenbank": "error"}
    hosts = {host_of(source): faults[source.id] for source in home.sources if source.id in faults}
    short = tuple(replace(s, timeout=0.5) if s.id == "euroaccess" else s for s in home.sources)
    home = replace(home, sources=short)
    web.faults = hosts
    with opened(home) as store:
        outcomes = read(home, store, web)
        covered = notify.coverage(home, store, now=NOW, language="de", since=None, searched=0)
        reader = home.profile.readers[0]
        text = notify.preview(home, store, reader, week="2026-W48", now=NOW, matches={}).rendered.text
    states = {name: outcomes[name].run.state for name in faults}
    assert states == {"euroaccess": "broken", "eeas-grants": "walled", "foerderdatenbank": "broken"}
    touched = {source.id for source in home.enabled if host_of(source) in hosts}
    assert all(outcome.run.state == "ok" for name, outcome in outcomes.items() if name not in touched)
    blind = {line.id for line in covered.blind}
    assert set(faults) <= blind <= touched
    said = " ".join(text.partition("Blind:")[2].split())
    assert all(home.names[name] in said for name in faults)
