"""The command that enters what somebody heard of: add."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tracker.cli import shapes
from tracker.cli.context import given, iso, print_json, say

if TYPE_CHECKING:
    from tracker.adding import Added
    from tracker.digest import Entry


def add(
    context: typer.Context,
    url: Annotated[str, typer.Argument(metavar="URL", help="The page of the call.")],
    title: Annotated[str, typer.Option(metavar="TEXT", help="Its title; without it that of the page.")] = "",
    deadline: Annotated[
        str, typer.Option(metavar="DATE", help="Its deadline; without it the one that the page states beyond doubt.")
    ] = "",
    programme: Annotated[str, typer.Option(metavar="TEXT", help="The programme that it belongs to.")] = "",
    by: Annotated[str | None, typer.Option(metavar="NAME", help="Who heard of it.")] = None,
    note: Annotated[str | None, typer.Option(metavar="TEXT", help="A sentence for the colleagues.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of lines for people.")] = False,
) -> None:
    """Enter a call that somebody heard of: its page is read once, the next digest tells it."""
    from tracker import adding
    from tracker.cli.asking import entries
    from tracker.fetch import Fetcher

    wish = adding.Wish(url=url, title=title, deadline=deadline, programme=programme, by=by, note=note)
    with given(context).open() as (home, store, now):
        contact = home.profile.contact
        with Fetcher(contact=contact, archive=None, clock=lambda: now, environ=os.environ) as fetcher:
            added = adding.add(home, store, wish, get=fetcher.get, now=now)
        found = entries(home, store, now)
        told = [found[stored.no] for stored in added.calls]
    if as_json:
        print_json(_shape(added, told))
        return
    for line in _lines(added, told):
        say(line)


def _shape(added: Added, told: list[Entry]) -> dict[str, Any]:
    return {
        "added": added.fresh,
        "joined": added.joined,
        "unread": added.unread or None,
        "candidates": [day.isoformat() for day in added.candidates],
        "calls": [shapes.call(entry) for entry in told],
    }


def _lines(added: Added, told: list[Entry]) -> list[str]:
    if not added.fresh:
        gone = {
            entry.stored.no: f", {entry.stored.gone} since {iso(entry.stored.gone_at)}"
            for entry in told
            if entry.stored.gone
        }
        known = [
            f"known already: {entry.stored.id}  {entry.stored.call.title}{gone.get(entry.stored.no, '')}"
            for entry in told
        ]
        return [*known, "Nothing was changed. `tracker tag CALL watch --note TEXT` says what the team thinks of it."]
    (entry,) = told
    lines = [f"{'joined to' if added.joined else 'entered'}: {entry.stored.id}", f"  {entry.stored.call.title}"]
    lines += [f"  {name}: {value}" for name, value in _facts(added, entry) if value]
    return lines


def _facts(added: Added, entry: Entry) -> list[tuple[str, str]]:
    call = entry.stored.call
    days = ", ".join(map(str, call.days)) or "not known; --deadline gives it"
    named = ", ".join(map(str, added.candidates))
    return [
        ("deadline", days),
        (
            "the page also names",
            f"{named} (not taken: nothing says beyond doubt that it is the deadline)" if named else "",
        ),
        ("the page could not be read", f"{added.unread} Only what was given is known." if added.unread else ""),
        ("told", _telling(added)),
        ("for the city", f"{entry.verdict.value}{_topics(entry)}"),
    ]


def _topics(entry: Entry) -> str:
    topics = ", ".join(match.topic for match in entry.match.topics)
    return f" ({topics})" if topics else ""


def _telling(added: Added) -> str:
    if added.joined:
        return "not again: another source names the same call, which is told from there"
    return "not as new, since its deadline is past" if added.past else "as new, in the next digest"
