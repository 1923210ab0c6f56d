"""Reads pages as a browser does, at desk and phone width: axe-core's rules, nothing cut off, no network asked.

axe.py FILE.html...      exit 1 with every violation
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Request, sync_playwright

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",  # CI runs as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDTHS = {"desk": 1200, "phone": 390}


def violations(page: Page) -> list[str]:
    """One line per rule broken: the rule, how bad, and the first place."""
    page.add_script_tag(path=AXE)
    found: dict[str, Any] = page.evaluate("axe.run()")
    if len(found["passes"]) < 5:
        return ["axe judged next to nothing: is the page empty?"]
    return [f"{bad['id']} ({bad['impact']}): {bad['help']}: {bad['nodes'][0]['html']}" for bad in found["violations"]]


def judge(browser: Browser, file: Path, width: int) -> list[str]:
    """Everything wrong with one page at one width."""
    page = browser.new_page(viewport={"width": width, "height": 900})
    asked: list[str] = []

    def note(request: Request) -> None:
        if not request.url.startswith(("file:", "data:")):
            asked.append(f"the page asks for {request.url}")

    page.on("request", note)
    page.goto(file.resolve().as_uri())
    wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    cut = [f"the page is {wider} px wider than the window"] if wider > 0 else []
    found = [*violations(page), *cut, *asked]
    page.close()
    return found


def main(files: list[str]) -> int:
    """Prints one line per page and width; 1 where anything is wrong."""
    if not files:
        print("axe: no file named: nothing was judged")
        return 2
    failed = False
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for file in files:
            for name, width in WIDTHS.items():
                found = judge(browser, Path(file), width)
                failed = failed or bool(found)
                print(f"{'FAILED' if found else 'passed'}  axe-core {name}  {file}", *found, sep="\n  ")
        browser.close()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
