"""What was not told yet → digest → ledger → files.

A week is told once; every later rendering starts from what is stored. The files are made from it too, so a run that was
killed between the ledger and the files loses nothing.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from tracker import rules, same, team
from tracker.digest import Entry, Material, build
from tracker.digest_json import from_json, to_json
from tracker.digest_model import Coverage, Digest, OriginLine, SaidDeadline, SourceLine
from tracker.errors import StoreError, UnknownError
from tracker.health import Health
from tracker.home import Home
from tracker.model import Call, Deadline, Match, Profile, Reader, Verdict
from tracker.normalize import next_deadline, status_on, summary
from tracker.records import StoredCall, StoredDigest, Told
from tracker.render import Rendered, render
from tracker.render.catalog import catalog
from tracker.standing import healths
from tracker.store import Store


def _(message: str) -> str:
    """Marks a sentence for the catalogue; it is translated when the reader's language is known."""
    return message


REASONS = {
    "walled": _("the site turns automatic readers away"),
    "shrunk": _("the answer was incomplete or much smaller than usual and was not applied"),
    "broken": _("the site does not answer, or has been rebuilt"),
    "late": _("it has not been read for longer than planned"),
    "not set up": _("its access key is missing"),
}
SILENT = _("unchanged for far longer than usual")
IN_ITS_PLACE = _("read in its place: %(name)s")
IN_ITS_PLACE_WITHOUT = _("read in its place: %(name)s, without %(without)s")
BLIND_TOO = _("%(name)s could not be read in its place either")


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One reader's digest of one week. `fresh`: told now for the first time."""

    digest: Digest
    rendered: Rendered
    fresh: bool
    files: tuple[Path, ...] = ()


# ---------------------------------------------------------------- weeks


def week_of(day: date) -> str:
    """The ISO week of a day: 2026-W47. At the turn of the year it may belong to the other year."""
    year, week, _weekday = day.isocalendar()
    return f"{year}-W{week:02d}"


def due_moment(profile: Profile, now: datetime) -> datetime:
    """The newest moment at which a digest was due, by the clock of the city."""
    zone = ZoneInfo(profile.city.zone)
    today = now.astimezone(zone).date()
    monday = today - timedelta(days=today.weekday())
    for week in (monday, monday - timedelta(days=7)):
        day = week + timedelta(days=profile.schedule.day)
        due = datetime.combine(day, time(profile.schedule.hour), zone)
        if now >= due:
            return due
    return due


def due_week(profile: Profile, now: datetime) -> str:
    """The newest week whose day and hour of the digest have come."""
    return week_of(due_moment(profile, now).date())


# ---------------------------------------------------------------- telling


def tell(home: Home, store: Store, reader: Reader, *, week: str, now: datetime) -> Telling:
    """Tell this week to this reader: what is stored, or, the first time, what the ledger does not hold."""
    stored = store.telling.digest(home.profile.key, reader.key, week)
    if stored:
        return _again(home, reader, _load(stored))
    digest, told = prepare(home, store, reader, week=week, now=now)
    rendered = render(digest)  # before it counts as told: what cannot be shown was not told
    data = StoredDigest(reader=reader.key, week=week, moment=now, data=json.dumps(to_json(digest), ensure_ascii=False))
    with store.atomic():
        fresh = store.telling.tell(home.profile.key, data, told)
    if not fresh:  # another run was first: its word stands
        return tell(home, store, reader, week=week, now=now)
    return Telling(digest=digest, rendered=rendered, fresh=True, files=tuple(_write(home, reader, week, rendered)))


def retell(home: Home, store: Store, reader: Reader, *, week: str) -> Telling:
    """A week already told, byte for byte. Raises UnknownError for a week that was never told."""
    stored = store.telling.digest(home.profile.key, reader.key, week)
    if not stored:
        raise UnknownError(f"there is no digest of {week} for {reader.key}")
    return _again(home, reader, _load(stored))


def preview(
    home: Home, store: Store, reader: Reader, *, week: str, now: datetime, matches: Mapping[int, Match]
) -> Telling:
    """What would be told now. Stores nothing, writes nothing: the matches are handed in."""
    digest, _told = prepare(home, store, reader, week=week, now=now, matches=matches)
    return Telling(digest=digest, rendered=render(digest), fresh=True)


def prepare(
    home: Home, store: Store, reader: Reader, *, week: str, now: datetime, matches: Mapping[int, Match] | None = None
) -> tuple[Digest, tuple[Told, ...]]:
    """Gather what the digest is made from and have it built. `matches`: instead of the stored ones."""
    today = now.astimezone(ZoneInfo(home.profile.city.zone)).date()
    earlier = store.telling.digests(home.profile.key, reader.key)
    found = entries(home, store, today=today, matches=matches)
    language = reader.language or home.profile.city.language
    searched = sum(1 for entry in found.values() if entry.alive and entry.is_offer)
    before = max((digest.moment for digest in earlier), default=None)
    return build(
        Material(
            profile=home.profile,
            reader=reader,
            week=week,
            moment=now,
            today=today,
            coverage=coverage(home, store, now=now, language=language, since=before, searched=searched),
            entries=found,
            changes=tuple(store.crawl.changes()),
            told=frozenset(store.telling.told(home.profile.key, reader.key)),
            first=not earlier,
        )
    )


def entries(home: Home, store: Store, *, today: date, matches: Mapping[int, Match] | None = None) -> dict[int, Entry]:
    """Every stored call with its match as the team taught it, its status today and its tags, by its number.

    `matches` are instead of the stored ones; the team's lessons and rules are laid over either.
    """
    if matches is None:
        matches = store.telling.matches(home.profile.key)
    calls = store.crawl.calls()
    said = team.listen(store, home.profile, calls, matches, home.names)
    taught = team.taught(said, home.profile, calls, matches)
    tags = store.people.keys(home.profile.key)
    return {
        stored.no: replace(
            _entry(home, stored, taught.matches.get(stored.no, team.UNJUDGED), tags.get(stored.no, ()), today),
            hiding=taught.hidden.get(stored.no),
        )
        for stored in calls
    }


def _entry(home: Home, stored: StoredCall, match: Match, tags: tuple[str, ...], today: date) -> Entry:
    rank = {source_id: place for place, source_id in enumerate(home.order)}
    origins = sorted(stored.origins, key=lambda origin: (origin[0] != stored.call.source_id, rank.get(origin[0], 999)))
    shown = tags or match.verdict in (Verdict.FOR_US, Verdict.PASS_ON)
    by_rule = tuple(sorted(set(rules.days_on(stored.call, today)) - set(stored.call.days)))
    conflict = same.conflict(stored.says, today)
    call = _prudent(stored, conflict, today)
    return Entry(
        stored=stored,
        match=match,
        status=status_on(call, today),
        next_deadline=next_deadline(call, today),
        summary=summary(stored.call) if shown else "",
        tags=tags,
        origins=tuple(OriginLine(source=home.names.get(source, source), url=url) for source, url in origins),
        by_rule=by_rule,
        conflict=tuple(SaidDeadline(source=home.names.get(source, source), deadline=said) for source, said in conflict),
    )


def _prudent(stored: StoredCall, conflict: Sequence[tuple[str, Deadline]], today: date) -> Call:
    """The call, with the earliest day ahead where its sources disagree: a day too early costs less than too late."""
    ahead = [said for _source, said in conflict if said.day and said.day >= today]
    if not ahead:
        return stored.call
    first = min(ahead, key=lambda said: said.day or today)
    own = tuple(deadline for deadline in stored.call.deadlines if deadline.day and deadline.day >= today)
    return replace(stored.call, deadlines=(first, *(deadline for deadline in own if deadline.day != first.day)))


# ---------------------------------------------------------------- coverage


def coverage(
    home: Home, store: Store, *, now: datetime, language: str, since: datetime | None, searched: int
) -> Coverage:
    """Which sources this digest rests on. `since` is the reader's last digest: sources first read after it are new.

    Stand-ins are none of them: what they do is told with the source in whose place they are read.
    """
    said = catalog(language).gettext
    enabled = [found for found in healths(home, store, now=now) if found.source.enabled]
    helpers = {found.source.stands_in_for: found for found in enabled if found.source.stands_in_for}
    standing = [found for found in enabled if not found.source.stands_in_for]
    wanted = [found for found in standing if found.state != "not set up"]
    first = store.crawl.first_healthy()
    added = [
        found for found in wanted if since is not None and (at := first.get(found.source.id)) is not None and at > since
    ]
    return Coverage(
        read=sum(1 for found in wanted if not found.blind),
        total=len(wanted),
        blind=tuple(
            _line(found, _and(_reason(found, said), _in_its_place(helpers.get(found.source.id), said)))
            for found in wanted
            if found.blind
        ),
        not_set_up=tuple(_line(found, _reason(found, said)) for found in standing if found.state == "not set up"),
        warnings=tuple(_line(found, said(SILENT)) for found in wanted if found.fault == "silent"),
        added=tuple(_line(found, "") for found in added),
        searched=searched,
    )


def _reason(found: Health, said: Callable[[str], str]) -> str:
    """For a lay reader; "" for a source that was never read, whose line says just that."""
    return said(REASONS[found.state]) if found.state != "never read" else ""


def _in_its_place(helper: Health | None, said: Callable[[str], str]) -> str:
    """Who is read instead of a blind source and what is missing then; "" where nobody is, or not yet."""
    if helper is None or helper.state == "in reserve":
        return ""
    words = BLIND_TOO if helper.blind else IN_ITS_PLACE_WITHOUT if helper.source.without else IN_ITS_PLACE
    return said(words) % {"name": helper.source.name or helper.source.id, "without": helper.source.without}


def _and(*reasons: str) -> str:
    return "; ".join(filter(None, reasons))


def _line(found: Health, reason: str) -> SourceLine:
    return SourceLine(
        id=found.source.id,
        name=found.source.name or found.source.id,
        state=found.state,
        last_success=found.last_success,
        reason=reason,
        calls=None if found.blind else found.calls,
    )


# ---------------------------------------------------------------- files


def _load(stored: StoredDigest) -> Digest:
    return from_json(json.loads(stored.data))


def _again(home: Home, reader: Reader, digest: Digest) -> Telling:
    rendered = render(digest)
    files = tuple(_write(home, reader, digest.week, rendered))
    return Telling(digest=digest, rendered=rendered, fresh=False, files=files)


def _write(home: Home, reader: Reader, week: str, rendered: Rendered) -> Iterator[Path]:
    """`<week>.html` and its siblings for the first reader of the profile, `<week>.<reader>.html` for the others."""
    texts = {"html": rendered.html, "txt": rendered.text, "ics": rendered.ics, "json": rendered.json}
    forms = {ending: text.encode("utf-8", "replace") for ending, text in texts.items()} | {"eml": rendered.eml}
    for ending, path in _paths(home, reader, week).items():
        yield write_whole(path, forms[ending])


def _paths(home: Home, reader: Reader, week: str) -> dict[str, Path]:
    stem = week if reader.key == home.profile.readers[0].key else f"{week}.{reader.key}"
    return {ending: home.digests / f"{stem}.{ending}" for ending in ("html", "txt", "eml", "ics", "json")}


def write_whole(path: Path, content: bytes) -> Path:
    """Write a file so that nobody ever sees half of it; an equal file is left alone. Raises StoreError."""
    try:
        if path.is_file() and path.read_bytes() == content:
            return path
        path.parent.mkdir(parents=True, exist_ok=True)
        half = path.with_name(f".{path.name}.half")
        with half.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)
    except OSError as error:
        raise StoreError(f"{path} could not be written: {error.strerror or error}") from error
    return path


def readers_due(home: Home, store: Store, *, now: datetime) -> Iterator[tuple[Reader, str]]:
    """Who has not been told the newest week that is due, or whose files are missing. It catches up missed weeks."""
    week = due_week(home.profile, now)
    for reader in home.profile.readers:
        told = store.telling.digest(home.profile.key, reader.key, week)
        if told is None or not all(path.is_file() for path in _paths(home, reader, week).values()):
            yield reader, week
