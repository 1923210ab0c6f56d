"""All sources in one run, every answer 100 ms away; and what each connector's parse costs beside its bare parser.

Prints medians and ratios of one run; asserts that everything was read, never a time.
"""

from __future__ import annotations

import email
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from statistics import median

import feedparser
import lxml.etree
import lxml.html
import pytest

from tests.homes import PROFILE, make_home, opened
from tests.portals import Shown, eu_row
from tests.shared import RECORDED
from tests.test_sources import FOLDERS, SOURCES, answer, evidence
from tests.test_whole_web import SOURCES as FILE
from tests.test_whole_web import read
from tests.whole_web import at_once, whole_web
from tracker.connectors import KNOWN, load
from tracker.model import RawDocument, Source

pytestmark = pytest.mark.benchmark
LATENCY = 0.1  # seconds
ROUNDS = 5


def test_all_sources_with_a_tenth_of_a_second_to_every_answer(tmp_path):
    home = make_home(tmp_path / "home", FILE.read_text(encoding="utf-8"), PROFILE)
    with whole_web(tmp_path) as web, opened(home) as store:
        home = replace(home, sources=tuple(at_once(source, web) for source in home.sources))
        web.latency = LATENCY
        start = time.perf_counter()
        outcomes = read(home, store, web)
        took = time.perf_counter() - start
    assert all(outcome.run.state == "ok" for outcome in outcomes.values())
    alone = LATENCY * len(web.asked)
    print(
        f"\n{len(outcomes)} sources, {len(web.asked)} answers of {LATENCY:.1f} s each: {took:.1f} s"
        f" = {took / alone:.2f} x the time that these answers take one after another; wanted: under 60 s"
    )


def _bare(content_type: str, connector: str) -> Callable[[bytes], object]:
    if connector == "feed":
        return feedparser.parse
    if "json" in content_type:
        return json.loads
    if "rfc822" in content_type:
        return email.message_from_bytes
    return lxml.html.document_fromstring if "html" in content_type else lxml.etree.fromstring


def _recorded(source: Source, document: RawDocument) -> RawDocument:
    path = RECORDED / evidence(source.id).get("file", "")
    whole = source.evidence == "recorded" and path.is_file()
    return replace(document, body=path.read_bytes()) if whole else document


def _pages() -> Iterator[tuple[Source, RawDocument]]:
    for folder in FOLDERS:
        source = SOURCES[folder.name]
        request = next(iter(load(source.connector).start(source)))
        yield source, _recorded(source, answer(folder, request))
    portal = SOURCES["eu-portal"]
    rows = [eu_row(Shown(key=f"TT-{number:02}", title="Town Twinning")) for number in range(50)]
    body = json.dumps({"apiVersion": "2.155", "totalResults": len(rows), "results": rows}).encode()
    request = next(iter(load(portal.connector).start(portal)))
    now = datetime(2026, 11, 22, tzinfo=UTC)
    yield portal, RawDocument(request=request, body=body, content_type="application/json", fetched_at=now)


def _seconds(work: Callable[[], object]) -> float:
    """The best of several: what the work costs, not what the machine did beside it."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for _ in range(20):
            work()
        times.append((time.perf_counter() - start) / 20)
    return min(times)


def test_parsing_beside_the_bare_parser():
    """The first page of every source: the recorded one where it is at hand, else the one that we wrote.

    The export of the Förderdatenbank is measured in bench_export.py; no source is read by wordpress yet.
    """
    ratios: dict[str, list[float]] = {}
    costs: dict[str, list[float]] = {}
    for source, document in _pages():
        connector, bare = load(source.connector), _bare(document.content_type, source.connector)
        ours = _seconds(lambda: list(connector.parse(document, source)))  # noqa: B023 - called at once
        theirs = _seconds(lambda: bare(document.body))  # noqa: B023 - called at once
        ratios.setdefault(source.connector, []).append(ours / theirs)
        costs.setdefault(source.connector, []).append(1000 * ours)
    print()
    for name in sorted(ratios):
        pages = f"{median(costs[name]):.1f} ms a page, {len(ratios[name])} pages"
        print(f"{name:<18} {median(ratios[name]):6.1f} x its bare parser ({pages})")
    assert set(ratios) <= set(KNOWN)
