"""Small sites on loopback, one page per path, and the six kinds of pages that a new source may have."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.loopback import address_of, on_loopback
from tests.portals import Answer, _Handler

JSON, RSS = "application/json", "application/rss+xml"
NOTHING = Answer(status=404, body=b"<html><body>404 Not Found</body></html>")


@dataclass(slots=True)
class Site:
    """Pages by path; `asked` are the paths asked for, robots.txt included."""

    address: str = ""
    pages: dict[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def answer(self, path: str, _conditions: Mapping[str, str]) -> Answer:
        page = self.pages.get(path) or self.pages.get(urlsplit(path).path)
        if page is None and urlsplit(path).path == "/wp-json/wp/v2/posts" and "posts" in self.pages:
            return self._posts(path)
        return page or NOTHING

    def _posts(self, path: str) -> Answer:
        """As WordPress: 100 a page at most, the number of all in a header, 400 beyond the last page."""
        asked, posts = parse_qs(urlsplit(path).query), json.loads(self.pages["posts"].body)
        size, number = int(asked["per_page"][0]), int(asked["page"][0])
        here = posts[(number - 1) * size : number * size]
        if not here:
            return Answer(status=400, media_type=JSON, body=b'{"code": "rest_post_invalid_page_number"}')
        return Answer(media_type=JSON, body=json.dumps(here).encode(), headers={"X-WP-Total": str(len(posts))})

    def put(
        self, path: str, body: str | bytes | Any, media_type: str = "text/html; charset=utf-8", **given: Any
    ) -> str:
        """Show this at that path; returns its address. What is neither text nor bytes is shown as JSON."""
        if not isinstance(body, str | bytes):
            body, media_type = json.dumps(body, ensure_ascii=False), JSON
        told = body.encode() if isinstance(body, str) else body
        self.pages[path] = Answer(body=told, media_type=media_type, **given)
        return self.address + path


@contextmanager
def serving() -> Iterator[Site]:
    site = Site()
    with on_loopback(type("Handler", (_Handler,), {"portal": site})) as server:
        site.address = address_of(server)
        yield site


def page(body: str, head: str = "", lang: str = "de") -> str:
    return f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'


# ---------------------------------------------------------------- six kinds of pages


def feed(address: str, count: int = 6) -> str:
    items = "".join(
        f"<item><title>Förderrunde {n}: Begegnungen in der Donauregion</title><link>{address}/runde/{n}</link>"
        f"<guid>runde-{n}</guid><description>Städte können sich bewerben. Antragsfrist: {n + 10}.03.2027."
        "</description></item>"
        for n in range(count)
    )
    head = '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Donaubrief</title>'
    return f"{head}<link>{address}/</link><language>de-DE</language><description/>{items}</channel></rss>"


def api(address: str, count: int = 5) -> dict[str, Any]:
    rows = [
        {
            "uuid": f"a{n}",
            "callTitle": f"Open call {n} for twin towns",
            "summary": "Municipalities may apply together with a partner from another country.",
            "detailUrl": f"{address}/calls/a{n}",
            "submissionDeadline": f"2027-04-{n + 10}T17:00:00",
            "publishedOn": "2026-10-01",
            "tags": ["culture"],
        }
        for n in range(count)
    ]
    return {"status": "ok", "data": {"totalCount": count, "items": rows}, "facets": [{"name": "culture", "n": 3}]}


def posts(address: str, count: int = 7) -> list[dict[str, Any]]:
    return [
        {
            "id": 100 + n,
            "date": f"2026-10-{n + 1:02}T09:00:00",
            "link": f"{address}/2026/aufruf-{n}/",
            "title": {"rendered": f"Aufruf {n} &#8211; F&ouml;rderung f&uuml;r Vereine"},
            "content": {"rendered": "<p>Gefördert werden Reisen in die Partnerstadt.</p>"},
            "excerpt": {"rendered": "<p>Reisen</p>"},
            "acf": {"bewerbungsfrist": f"{n + 10}.05.2027"},
        }
        for n in range(count)
    ]


def wordpress(site: Site) -> str:
    site.put("posts", posts(site.address))
    site.put("/feed/", feed(site.address), RSS)
    head = (
        f'<title>Stiftung am Neckar</title><link rel="https://api.w.org/" href="{site.address}/wp-json/">'
        f'<link rel="alternate" type="application/rss+xml" title="Feed" href="{site.address}/feed/">'
    )
    return site.put("/", page("<main><h1>Stiftung am Neckar</h1><p>Willkommen.</p></main>", head))


def next_page(address: str, count: int = 4) -> str:
    rows = [
        {
            "slug": f"fund-{n}",
            "grantName": f"Town fund {n}",
            "grantShortDescription": "x" * 60,
            "closes": f"2027-06-{n + 10}",
        }
        for n in range(count)
    ]
    data = {"props": {"pageProps": {"list": rows, "total": count, "nav": [{"t": "Home"}]}}, "page": "/grants"}
    links = "".join(f'<li><a href="/grants/{row["slug"]}">{row["grantName"]}</a></li>' for row in rows)
    script = f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(data)}</script>'
    return page(f"<main><h1>Find a fund</h1><ul>{links}</ul></main>{script}", "<title>Find a fund</title>", "en")


def listing(count: int = 5) -> str:
    items = "".join(
        f'<article class="teaser teaser--{n} call"><h3><a href="/aufruf/{n}">Aufruf {n}: Jugend im Austausch</a></h3>'
        f'<p class="intro">Für Vereine und Städte.</p><p class="frist">Frist: {n + 10}. Februar 2027</p></article>'
        for n in range(count)
    )
    menu = "".join(f'<li><a href="/m{n}">Menüpunkt {n} der Seite</a></li>' for n in range(8))
    footer = "".join(f'<li class="foot"><a href="/f{n}">Impressum und Recht {n}</a></li>' for n in range(4))
    body = f"<nav><ul>{menu}</ul></nav><main><h1>Ausschreibungen</h1>{items}</main><footer><ul>{footer}</ul></footer>"
    return page(body, "<title>Landesstiftung – Ausschreibungen</title>")


PROSE = page(
    "<nav><a href='/'>Start</a></nav><main><h1>Kleinprojekte in Partnerstädten</h1>"
    "<p>Die Stiftung fördert Begegnungen von Vereinen mit Partnerstädten in Frankreich und Italien. "
    "Gefördert werden Fahrt und Unterkunft.</p>"
    "<p>Anträge können bis zum 30. April 2027 eingereicht werden.</p></main><footer>Impressum</footer>",
    "<title>Kleinprojekte | Stiftung</title>",
)
