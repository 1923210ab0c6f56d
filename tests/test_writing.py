"""An entry written to the end of sources.yaml: read back as it was meant, whatever strangers wrote into it."""

from __future__ import annotations

import pytest

from tracker.config import append_source, entry_text, expect_lines, load_sources
from tracker.config.reading import understand
from tracker.errors import ConfigError

HELD = "sources:\n  old: {connector: feed, url: 'http://old.example/'}\n"
ODD = [
    "true",
    "12",
    "1e3",
    "~",
    "",
    " a ",
    "a: b",
    "a #b",
    "- a",
    "'",
    '"',
    "\\d+",
    "{a}",
    "[a]",
    "&a",
    "*a",
    "!a",
    "%a",
    "@href",
    "`a",
    "NO",
    "12:30",
    "ü: ß",
    "article.call > a",
    "//VYZVA",
    "https://x.example/a?b=c&d=e#f",
]


@pytest.mark.parametrize("words", ODD)
def test_a_text_is_read_as_it_was_written(words):
    values = {"name": words, "options": {"item": words, "more": {"path": words, "list": [words, 1, True, 0.5]}}}
    told = understand(f"sources:\n{entry_text('neu', values, ['x', words])}", "sources.yaml").values
    assert told == {"sources": {"neu": values}}


@pytest.mark.parametrize("words", ["a\nevil: b", "a\x00b\x1b", "\u2028x", "\ud800x", "\ufeffx", "\x85"])
def test_what_no_line_can_hold_becomes_a_blank(words):
    told = understand(f"sources:\n{entry_text('neu', {'name': words}, [words])}", "sources.yaml")
    assert list(told.values["sources"]) == ["neu"] and list(told.values["sources"]["neu"]) == ["name"]


def written(path, values, start=lambda _source: ()):
    return append_source(path, "neu", values, ["Warum?"], connectors=("feed",), start=start)


def test_options_that_make_no_sense_leave_the_file_alone(tmp_path):
    path = tmp_path / "sources.yaml"
    path.write_text(HELD, encoding="utf-8")

    def start(_source):
        raise ConfigError("neu.options.item: missing")

    for values, given in (
        ({"connector": "fed", "url": "http://x.example/"}, lambda _source: ()),
        ({"connector": "feed", "url": "nowhere"}, lambda _source: ()),
        ({"connector": "feed", "url": "http://x.example/"}, start),
    ):
        with pytest.raises(ConfigError, match="neu"):
            written(path, values, given)
    assert path.read_text(encoding="utf-8") == HELD and list(tmp_path.iterdir()) == [path]


def test_what_stands_there_stays_to_the_byte(tmp_path):
    path = tmp_path / "sources.yaml"
    path.write_text(f"# Kopf\n{HELD}  # Schluss", encoding="utf-8")
    written(path, {"connector": "feed", "url": "http://x.example/"})
    assert path.read_text(encoding="utf-8").startswith(f"# Kopf\n{HELD}  # Schluss\n\n  # Warum?\n  neu:\n")
    assert [source.id for source in load_sources(path)] == ["old", "neu"]


def test_a_file_that_cannot_be_written_is_named(tmp_path, monkeypatch):
    path = tmp_path / "sources.yaml"
    path.write_text(HELD, encoding="utf-8")
    (tmp_path / ".sources.yaml.half").mkdir()
    with pytest.raises(ConfigError, match="cannot be written"):
        written(path, {"connector": "feed", "url": "http://x.example/"})


def test_bounds_are_lines_to_paste():
    assert list(expect_lines({"min_calls": 4, "filled": {"deadlines": 0.8}}, "seen")) == [
        "expect:",
        "  min_calls: 4 # seen",
        "  filled: {deadlines: 0.8}",
    ]
