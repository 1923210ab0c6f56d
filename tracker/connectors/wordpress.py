"""Posts of WordPress sites by their own interface, /wp-json/wp/v2/posts or another kind of post. Knows no site.

https://developer.wordpress.org/rest-api/reference/posts/ (read 2026-11): at most 100 a page, titles and texts are
HTML under `rendered`, the headers X-WP-Total and X-WP-TotalPages count. A page beyond the last is answered with 400,
so a short page ends the list where a proxy has eaten the headers. Asked by id, so that a new post shifts nothing.
Title, link, id, description and date of publication are known; deadlines stand in `acf.…` or in the text:
deadline: {path: content.rendered, html: true, pattern: "Deadline: (.+?20\\d\\d)"}
"""

from __future__ import annotations

from collections.abc import Iterable

from tracker.connectors.json_reading import read_json
from tracker.connectors.lists import ListOptions, listed, read_list, read_size
from tracker.model import RawDocument, Request, Source, Yielded
from tracker.parsing import broken

POST = {
    "id": "id",
    "title": {"path": "title.rendered", "html": True},
    "link": "link",
    "description": "content.rendered || excerpt.rendered",
    "published": "date",
}


def start(source: Source) -> Iterable[Request]:
    """The first page. ConfigError names every mistake in the options, before the first request."""
    return (_options(source).paging.start(),)


def parse(document: RawDocument, source: Source) -> Iterable[Yielded]:
    """One call for each post, and the next page. ParseError for what is no list of posts."""
    posts = read_json(document, source)
    if not isinstance(posts, list):
        said = str(posts.get("message") or posts.get("code") or "")[:200] if isinstance(posts, dict) else ""
        raise broken(document, source, f"expected a list of posts, found {said or type(posts).__name__!r}")
    answer = {"posts": posts, "total": document.headers.get("x-wp-total")}
    yield from listed(answer, _options(source), document, source)


def _options(source: Source) -> ListOptions:
    size, mistakes = read_size(source, 100, 100)  # WordPress answers 400 for more
    paging = {"style": "page", "param": "page", "size_param": "per_page", "size": size, "total": "total"}
    preset = {**POST, "rows": "posts", "paging": paging}
    keys, query = ("query", "size", "key_header"), {"orderby": "id", "order": "asc"}
    return read_list(source, keys, preset=preset, query=query, short_is_last=True, mistakes=mistakes)
