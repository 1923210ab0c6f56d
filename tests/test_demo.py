"""The demo runs the real job: two recorded days, a fixed clock, this machine only, and nobody's files are harmed."""

from __future__ import annotations

import json
import re
from email import message_from_bytes
from email.policy import default

import pytest

from tracker import demo
from tracker.demo.rows import rows
from tracker.errors import ConfigError
from tracker.home import open_home

ENDINGS = ("eml", "html", "ics", "json", "txt")


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """The folder of a demo, the digest's page, and what was said. tests/conftest.py lets nothing leave this machine.

    The folder was there, but empty; the machine has a proxy that answers nobody.
    """
    folder, said = tmp_path_factory.mktemp("demo"), []
    with pytest.MonkeyPatch.context() as machine:
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy"):
            machine.setenv(name, "http://127.0.0.1:9")
        return folder, demo.show(folder, said.append), said


@pytest.fixture(scope="module")
def digest(shown):
    return json.loads(shown[1].with_suffix(".json").read_text(encoding="utf-8"))


def test_the_digest_is_that_of_the_second_recorded_monday(shown, digest):
    folder, page, _said = shown
    assert page == folder / "digests" / "2026-W25.html"
    assert sorted(path.name for path in page.parent.iterdir()) == [f"2026-W25.{ending}" for ending in ENDINGS]
    assert digest["moment"] == "2026-06-15T04:00:00+00:00" and digest["today"] == "2026-06-15"


def test_the_digest_has_news_for_us(digest):
    cards = {card["identifier"] for block in digest["for_us"] for card in block["cards"]}
    assert "SMP-FOOD-2026-FW-STAKEHOLDERS-PJ" in cards and digest["other"]


def test_the_digest_has_a_moved_deadline_and_a_vanished_call(digest):
    changed = {line["kind"]: line for line in digest["changed"]}
    assert set(changed) == {"deadline", "withdrawn"}
    assert (changed["deadline"]["old"], changed["deadline"]["new"]) == (["2026-06-09"], ["2026-06-16"])
    assert changed["withdrawn"]["id"].startswith("stiftung-beispiel:")  # no real funder is said to have withdrawn


def test_the_digest_names_the_blind_source_and_since_when(digest):
    (blind,) = digest["coverage"]["blind"]
    assert (blind["id"], blind["state"], blind["last_success"]) == (
        "foerderdatenbank",
        "walled",
        "2026-06-12T04:00:00+00:00",
    )
    assert (digest["coverage"]["read"], digest["coverage"]["total"]) == (3, 4)


def test_the_digest_says_what_is_already_open(digest):
    open_now = {card["identifier"] for card in digest["already_open"]}
    assert {"CERV-2026-CITIZENS-TOWN-TT", "LIFE-2026-SAP-CLIMA-CCA"} <= open_now
    assert digest["first"] and digest["already_open_more"] > 0


@pytest.mark.parametrize(
    ("identifier", "day"),
    [
        ("CERV-2026-CITIZENS-TOWN-TT", "2026-09-23"),
        ("CERV-2026-CITIZENS-TOWN-NT", "2026-04-16"),
        ("SMP-FOOD-2026-FW-STAKEHOLDERS-PJ", "2026-10-15"),
        ("LIFE-2026-SAP-CLIMA-CCA", "2026-09-22"),
        ("HORIZON-MISS-2027-04-CIT-03", "2027-10-07"),
    ],
)
def test_the_portal_carries_the_real_calls_with_their_dates(identifier, day):
    (row,) = [row for row in rows(second=True) if row["metadata"]["identifier"] == [identifier]]
    assert row["metadata"]["deadlineDate"][0].startswith(day)


def test_every_form_of_the_digest_is_whole(shown):
    page = shown[1]
    assert page.read_text(encoding="utf-8").rstrip().endswith("</html>")
    mail = message_from_bytes(page.with_suffix(".eml").read_bytes(), policy=default)
    assert "Förderradar KW 25" in mail["Subject"]
    assert page.with_suffix(".ics").read_text(encoding="utf-8").startswith("BEGIN:VCALENDAR")
    assert "Blind: Förderdatenbank" in page.with_suffix(".txt").read_text(encoding="utf-8")


def test_all_five_paths_and_the_next_step_are_printed(shown):
    _folder, page, said = shown
    assert [line.strip() for line in said if line.startswith("  /")] == [
        str(page.with_suffix(f".{ending}").resolve()) for ending in ("html", "txt", "eml", "ics", "json")
    ]
    assert "tracker --home" in said[-1]
    assert sum("the portal shows its second day" in line for line in said) == 3


def test_its_home_is_a_real_one_that_asks_only_this_machine(shown):
    home = open_home(shown[0])
    assert all(source.url.startswith("http://127.0.0.1:") for source in home.sources)
    options = [str(value) for source in home.sources for value in source.options.values()]
    assert not [value for value in options if value.startswith("http") and "//127.0.0.1:" not in value]


@pytest.mark.faults
def test_a_second_demo_in_the_same_folder_shows_the_same_and_what_somebody_put_beside_it_stays(tmp_path):
    folder = tmp_path / "here"
    first = unnumbered(demo.show(folder, lambda _line: None))
    (folder / "digests" / "old.html").write_text("of an earlier version", encoding="utf-8")
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    page = demo.show(folder, lambda _line: None)
    assert sorted(path.name for path in page.parent.iterdir()) == [f"2026-W25.{ending}" for ending in ENDINGS]
    assert unnumbered(page) == first
    assert (folder / "notes.txt").read_text(encoding="utf-8") == "mine"


def unnumbered(page):
    """The text without the port of the demo's portal, which is another one each time."""
    return re.sub(r"127\.0\.0\.1:\d+", "", page.with_suffix(".txt").read_text(encoding="utf-8"))


def test_a_folder_that_the_demo_did_not_make_is_refused_and_left_alone(tmp_path):
    (tmp_path / "work.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ConfigError, match="--dir"):
        demo.show(tmp_path, lambda _line: None)
    assert [path.name for path in tmp_path.iterdir()] == ["work.txt"]


@pytest.mark.parametrize("kind", ["file", "link"])
def test_what_is_no_folder_of_its_own_is_refused(tmp_path, kind):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "work.txt").write_text("mine", encoding="utf-8")
    target = tmp_path / "target"
    if kind == "file":
        target.write_text("mine", encoding="utf-8")
    else:
        target.symlink_to(tmp_path / "mine")
    with pytest.raises(ConfigError):
        demo.show(target, lambda _line: None)
    assert (tmp_path / "mine" / "work.txt").read_text(encoding="utf-8") == "mine"


def test_settings_of_the_machine_do_not_reach_the_demo(shown):
    assert not [line for line in shown[2] if "broken" in line]
