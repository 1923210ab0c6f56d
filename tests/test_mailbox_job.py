"""A mailbox through the whole job, against a mail server on this machine: nothing is lost, nothing is told twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.homes import make_home
from tests.mail_servers import SECRET, mail_server
from tests.test_mailbox import ENTRY, IN_PASSING, LATER, NOW, ONE, a_letter
from tracker.archive import Archive
from tracker.collect import Collector, collect
from tracker.errors import StoreError
from tracker.fetch import Fetcher
from tracker.reparse import reparse

pytestmark = pytest.mark.faults


class World:
    """A home with one mailbox, a mail server, and a clock that is told."""

    def __init__(self, folder, server, after):
        entry = ENTRY.format("mailbox", server.url).replace("from: [rgre.de]", f"from: [rgre.de], after: {after!r}")
        self.home = make_home(folder, entry)
        self.server, self.store, self.day = server, self.home.store(), 0

    def read(self, *, environ=None, archive=None, after=1):
        self.day += after
        with self.collector(environ, archive) as collector:
            (outcome,) = collect(collector, self.home.enabled)
        return outcome

    def collector(self, environ=None, archive=None):
        now, archive = NOW + timedelta(days=self.day), archive or Archive(self.home.archive)
        environ = {"MAILBOX": SECRET} if environ is None else environ
        fetcher = Fetcher(contact="", archive=archive, clock=lambda: now, environ=environ, sleep=lambda _: None)
        collector = Collector(
            store=self.store,
            fetcher=fetcher,
            archive=archive,
            order=self.home.order,
            now=now,
            zone="Europe/Berlin",
            environ=environ,
        )
        return _Closing(collector)

    @property
    def calls(self):
        return {entry.call.external_id: entry.call for entry in self.store.crawl.calls()}


class _Closing:
    def __init__(self, collector):
        self.collector = collector

    def __enter__(self):
        return self.collector

    def __exit__(self, *_):
        self.collector.fetcher.close()


@pytest.fixture
def world(tmp_path, request):
    with mail_server() as server:
        server.fill("INBOX", {4: a_letter(ONE), 7: a_letter("x", sender="eva@privat.example", subject="Krankmeldung")})
        world = World(tmp_path / "home", server, getattr(request, "param", "leave"))
        yield world
        world.store.close()


def test_without_its_secret_a_mailbox_is_not_set_up_and_asks_nobody(world):
    outcome = world.read(environ={})
    assert (outcome.run.state, outcome.failed, world.server.told) == ("not set up", False, [])


def test_a_message_is_fetched_once_however_often_the_folder_is_read(world):
    assert world.read().run.calls == 1
    assert world.read().run.unchanged
    assert sum("BODY.PEEK[])" in line for line in world.server.told) == 1
    assert not any(mail.seen for mail in world.server.folders["INBOX"].values())


def test_nothing_of_other_peoples_mail_and_no_secret_is_kept(world, tmp_path):
    world.read()
    with world.collector() as collector:
        kept = [collector.archive.documents(scan) for scan in collector.archive.scans("brief")]
    everything = repr(kept) + "\n".join(path.read_bytes().decode("latin-1") for path in world.home.path.glob("*.db*"))
    assert "skew.example" in everything
    assert "Krankmeldung" not in everything and "privat.example" not in everything and "geheim" not in everything


def test_an_emptied_folder_and_a_flood_are_both_fine(world):
    world.read()
    text = "".join(f"<p><a href='https://a.example/{n}'>Aufruf {n}</a></p>" for n in range(60))
    world.server.fill("INBOX", {9: a_letter(text)})
    assert world.read().run.healthy
    world.server.fill("INBOX", {})
    outcome = world.read()
    assert outcome.run.healthy and outcome.changes == 0 and len(world.calls) == 61


def test_a_later_message_moves_the_deadline_and_neither_words_nor_silence_tell_anything(world):
    world.read()
    world.server.fill("INBOX", {8: IN_PASSING})
    assert (world.read().new, world.read().changes) == (0, 0)
    assert world.calls["skew.example/klima"].days[0].isoformat() == "2027-02-12"
    world.server.fill("INBOX", {9: LATER})
    assert world.read().changes == 1
    call = world.calls["skew.example/klima"]
    assert call.days[0].isoformat() == "2027-03-01" and call.title == "Klimapartnerschaften"


@pytest.mark.parametrize("world", ["move: Gelesen"], indirect=True)
def test_messages_are_moved_once_they_are_stored_and_archived(world):
    assert world.read().run.healthy
    assert list(world.server.folders["INBOX"]) == [7] and list(world.server.folders["Gelesen"]) == [4]
    assert world.read().run.healthy and len(world.calls) == 1


class Full(Archive):
    """A disk without room."""

    def save(self, *_args, **_given):
        raise StoreError("the disk is full")


@pytest.mark.parametrize("world", ["move: Gelesen"], indirect=True)
def test_what_could_not_be_archived_stays_and_is_read_again_without_news(world):
    assert world.read(archive=Full(world.home.archive)).run.healthy
    assert list(world.server.folders["INBOX"]) == [4, 7]
    outcome = world.read()
    assert (outcome.new, outcome.changes, list(world.server.folders["INBOX"])) == (0, 0, [7])


@pytest.mark.parametrize("world", ["move: Gelesen"], indirect=True)
def test_a_crash_before_the_move_costs_a_second_reading_and_no_message(world, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr("tracker.collect._finish", lambda *_: None)  # killed in between
        world.read()
    assert list(world.server.folders["INBOX"]) == [4, 7]
    outcome = world.read()
    assert outcome.run.unchanged and list(world.server.folders["INBOX"]) == [7] and len(world.calls) == 1


@pytest.mark.parametrize("world", ["seen"], indirect=True)
def test_a_server_that_will_not_mark_is_no_fault_of_the_source(world, caplog):
    world.server.faults["UID STORE"] = lambda plug, tag: plug.say(f"{tag} NO read only")
    assert world.read().run.healthy and "could not be marked or moved" in caplog.text


@pytest.mark.parametrize("world", ["move: Gelesen"], indirect=True)
def test_an_unhealthy_run_moves_nothing(world):
    strict = tuple(replace(one, expect=replace(one.expect, min_calls=5)) for one in world.home.sources)
    world.home = replace(world.home, sources=strict)
    assert not world.read().run.healthy and list(world.server.folders["INBOX"]) == [4, 7]


def test_the_archive_is_enough_to_read_again(world):
    world.read()
    world.server.folders.clear()
    with world.collector() as collector:
        again = reparse(collector, world.home.enabled[0])
    assert (again.calls, again.error) == (1, "")
