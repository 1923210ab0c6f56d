"""The digest in a real browser: nobody is shut out, and it fits a phone. `make check`."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.builders_digest import a_digest, a_full_week, many_cards
from tracker.render import render

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / ".ci" / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "")
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
DIGESTS = {
    "full": a_full_week(),
    "quiet": a_digest(),
    "english": a_full_week(language="en"),
    "first": a_digest(first=True, already_open=many_cards(40), already_open_more=320),
}


@pytest.fixture(scope="module")
def browser():
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed (make check)")
    if not CHROMIUM:
        pytest.skip("no Chromium on this machine (apt-get install chromium)")
    with playwright.sync_playwright() as started:
        found = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        yield found
        found.close()


@pytest.fixture
def opened(browser):
    """Opens a digest at a width; whatever it asks the network for is remembered and refused."""
    pages = []

    def at(name, width):
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.asked = []
        page.route("**/*", lambda route: (page.asked.append(route.request.url), route.abort()))
        page.set_content(render(DIGESTS[name]).html)
        pages.append(page)
        return page

    yield at
    for page in pages:
        page.close()


@pytest.mark.parametrize("name", DIGESTS)
def test_axe_finds_nothing_to_complain_of(opened, name):
    if not AXE.is_file():
        pytest.skip(f"axe-core is not at {AXE} (make check installs it)")
    page = opened(name, 1200)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    result = page.evaluate("axe.run()")
    assert len(result["passes"]) > 10, "axe judged nothing"
    assert [(found["id"], found["nodes"][0]["html"]) for found in result["violations"]] == []


@pytest.mark.parametrize("width", [1200, 600, 390, 320, 195])
@pytest.mark.parametrize("name", DIGESTS)
def test_nobody_has_to_scroll_sideways(opened, name, width):
    """195 px is a phone at 200 %."""
    page = opened(name, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_nothing_is_asked_of_the_network(opened):
    page = opened("full", 1200)
    page.wait_for_load_state("networkidle")
    assert page.asked == []


def test_lines_stay_short_enough_to_read_on_a_wide_screen(opened):
    page = opened("full", 1600)
    assert page.evaluate("document.querySelector('td.in').getBoundingClientRect().width") <= 680
