"""The tables, and how an older database becomes a newer one. A landed migration is never edited.

What scrapers write (runs, origins, calls, changes) and what people write (tags, additions, rule_words,
forgettings) never share a table.
What is derived for a reader (matches, ledger, digests, tags) carries the profile's key; crawl tables do not.
"""

from __future__ import annotations

from sqlite_utils import Database, Migrations

migrations = Migrations("tracker")


@migrations()
def m001_crawl(db: Database) -> None:
    """What was read: runs, calls, their origins, what changed."""
    db.executescript("""
        create table runs (
            no integer primary key,
            source_id text not null,
            started_at text not null,
            state text not null,               -- ok, walled, shrunk, broken, not set up
            healthy integer not null,
            calls integer,                     -- calls in this run; null where the source could not be read
            rows integer,
            repeated integer not null default 0,
            requests integer not null default 0,
            unchanged integer not null default 0,
            findings text not null default '[]',
            error text,
            mark text,                         -- the version and configuration that read it
            pages text not null                -- request → answer, in short: equal answers need no second parse
        );
        create index runs_source on runs (source_id, started_at);
        create table calls (
            no integer primary key,
            id text not null unique,           -- of the origin that stands first in sources.yaml
            source_id text not null,           -- the origin whose values readers see
            external_id text not null,
            first_seen text not null,
            stock integer not null             -- was there when we first read its source
        );
        create table origins (
            source_id text not null,
            external_id text not null,
            call_no integer not null references calls (no),
            first_seen text not null,
            changed_at text not null,
            gone text,                         -- withdrawn, closed or null
            gone_at text,
            absent text not null default '[]', -- days on which healthy runs did not find it
            title text not null,
            url text not null,
            language text,
            programme text,
            said text not null,
            opens text,
            first_day text,                    -- first and last deadline with a date
            last_day text,
            fingerprint text not null,
            call text not null,                -- the whole value but the two texts
            description text not null,
            html text not null,
            primary key (source_id, external_id)
        ) without rowid;
        create index origins_call on origins (call_no);
        create table identities (
            key text not null,                 -- "id:cerv-2026-…" or "url:…": by what other portals name the same call
            source_id text not null,
            external_id text not null,
            primary key (key, source_id, external_id)
        ) without rowid;
        create index identities_origin on identities (source_id, external_id);
        create table changes (
            no integer primary key,
            at text not null,
            run_no integer not null references runs (no),
            source_id text not null,
            call_no integer not null references calls (no),
            kind text not null,
            field text,
            old text,
            new text,
            title text not null,
            url text not null
        );
        create index changes_at on changes (at);
        create index changes_call on changes (call_no);
    """)


@migrations()
def m002_derived(db: Database) -> None:
    """What is derived for a profile and told to its readers."""
    db.executescript("""
        create table matches (
            profile text not null,
            call_no integer not null references calls (no),
            fingerprint text not null,         -- of the call, the profile and the matcher
            relevance real not null,
            verdict text not null,
            match text not null,
            primary key (profile, call_no)
        ) without rowid;
        create table ledger (
            profile text not null,
            reader text not null,
            kind text not null,                -- change, stock or card
            ref integer not null,              -- changes.no or calls.no
            week text not null,
            primary key (profile, reader, kind, ref)
        ) without rowid;
        create table digests (
            profile text not null,
            reader text not null,
            week text not null,
            moment text not null,
            digest text not null,
            primary key (profile, reader, week)
        ) without rowid;
    """)


@migrations()
def m003_people(db: Database) -> None:
    """People's words live apart from the scraper's, so no scrape can touch them."""
    db.executescript("""
        create table tags (
            no integer primary key,
            profile text not null,
            call_no integer not null references calls (no),
            key text not null,
            by text,
            reason text,
            note text,
            at text not null
        );
        create index tags_call on tags (profile, call_no);
    """)


@migrations()
def m004_faults(db: Database) -> None:
    """Which source was blind from when to when, and when the administrator was last told."""
    db.executescript("""
        create table faults (
            no integer primary key,
            source_id text not null,
            since text not null,
            state text not null,               -- walled, shrunk, broken, late or silent
            error text not null,
            told_at text,
            ended_at text,                     -- null as long as it lasts
            unique (source_id, since)
        );
        create index changes_source on changes (source_id, at);
    """)


@migrations()
def m005_additions(db: Database) -> None:
    """Who entered a call by hand: a name, so it stands apart from what was read."""
    db.executescript("""
        create table additions (
            no integer primary key,
            profile text not null,
            call_no integer not null references calls (no),
            url text not null,
            by text,
            note text,
            unread text not null,              -- why the page could not be read; empty where it could
            at text not null
        );
        create index additions_call on additions (profile, call_no);
    """)


@migrations()
def m006_lessons(db: Database) -> None:
    """Which rules people accepted or dropped, and from when on the team's words are to be forgotten."""
    db.executescript("""
        create table rule_words (
            no integer primary key,
            profile text not null,
            rule text not null,                -- follows from the keys
            keys text not null,                -- a call that has all of them is hidden
            word text not null,                -- accepted or dropped; the newest word counts
            by text,
            at text not null
        );
        create table forgettings (
            no integer primary key,
            profile text not null,
            last_tag integer not null,         -- tags up to this number teach nothing any more
            last_word integer not null,        -- nor do words on rules up to this one count
            by text,
            at text not null,
            undone_at text                     -- null while it holds; the newest that holds counts
        );
    """)


@migrations()
def m007_vectors(db: Database) -> None:
    """What texts mean to an embedding model (the extra `tracker[semantic]`); can be made again from the texts."""
    db.executescript("""
        create table vectors (
            model text not null,
            text text not null,                -- a name of the embedded text: role and hash
            vector blob not null,              -- 384 numbers as little-endian float16
            primary key (model, text)
        ) without rowid;
    """)
