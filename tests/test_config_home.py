"""A home is checked as a whole, found, begun, and never overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.config_texts import PROFILE, TWO_LINES
from tracker import config
from tracker.connectors import KNOWN
from tracker.errors import ConfigError


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "sources.yaml").write_text(TWO_LINES, encoding="utf-8")
    (tmp_path / "profile.yaml").write_text(PROFILE, encoding="utf-8")
    return tmp_path


# ---------------------------------------------------------------- check: both files, doubts, options


def test_a_good_home_has_nothing_to_tell(home):
    assert config.check(home, KNOWN) == ()


def test_check_tells_the_mistakes_of_both_files(home):
    (home / "sources.yaml").write_text(TWO_LINES + "    pause: no\n", encoding="utf-8")
    (home / "profile.yaml").unlink()
    assert [str(problem).split(": ")[0] for problem in config.check(home, KNOWN)] == ["sources.yaml:5", "profile.yaml"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("contact: europa@stadt.ludwigsburg.de", "contact: a@example.org", "profile.yaml:6: contact: is a placeholder"),
        ("    email: europa@", "    email: x@mail.example.org #", "19: readers.europabuero.email: is a placeholder"),
        ("hour: 6", "hour: 2", "profile.yaml:21: digest.hour: comes twice in one night a year"),
        (
            "topics:\n  food-waste:",
            "topics:\n  mills: {label: {de: Mühlen}}\n  food-waste:",
            "profile.yaml:14: topics.mills: has no keywords",
        ),
        (
            "digest:",
            "  rathaus: {email: Europa@stadt.ludwigsburg.de}\ndigest:",
            "profile.yaml:21: readers.rathaus.email: is also the address of europabuero",
        ),
    ],
)
def test_what_may_be_meant_is_a_warning_and_the_profile_still_loads(home, old, new, told):
    path = home / "profile.yaml"
    path.write_text(PROFILE.replace(old, new, 1), encoding="utf-8")
    (problem,) = config.check(home, KNOWN)
    assert told in str(problem)
    assert problem.warning
    assert config.load_profile(path).key == "ludwigsburg"


@pytest.mark.parametrize("text", ["sources: {}\n", TWO_LINES + "    enabled: false\n"])
def test_a_home_that_reads_nothing_is_doubted(home, text):
    (home / "sources.yaml").write_text(text, encoding="utf-8")
    (problem,) = config.check(home, KNOWN)
    assert str(problem) == "sources.yaml:1: sources: no source is enabled: nothing is read"
    assert problem.warning


def test_a_connector_may_refuse_the_options_of_its_source(home):
    text = TWO_LINES + "    options:\n      item: li\n      lnik: a\n  b: {connector: feed, url: nowhere}\n"
    (home / "sources.yaml").write_text(text, encoding="utf-8")
    asked = []

    def start(source):
        asked.append(source.id)
        raise ConfigError((f"{source.id}.options.lnik: unknown", f"{source.id}: needs a title"))
        yield

    told = [str(problem) for problem in config.check(home, KNOWN, start)]
    assert asked == ["stadtnetz"]  # the other one has mistakes of its own
    assert told[:2] == [
        "sources.yaml:5: stadtnetz.options: needs a title",
        "sources.yaml:7: stadtnetz.options.lnik: unknown",
    ]
    assert told[2].startswith("sources.yaml:8: b.url: ")


# ---------------------------------------------------------------- the home


def test_what_init_writes_passes_check_untouched(tmp_path):
    written = config.init(tmp_path / "neu" / "home")
    assert [path.name for path in written] == ["sources.yaml", "profile.yaml"]
    assert (tmp_path / "neu" / "home" / "digests").is_dir()
    told = config.check(tmp_path / "neu" / "home", KNOWN)
    assert [str(problem) for problem in told if not problem.warning] == []
    assert any(problem.key == "contact" for problem in told)  # the placeholder is to be noticed


def test_init_twice_changes_nothing(tmp_path):
    config.init(tmp_path)
    assert config.init(tmp_path) == ()


def test_init_never_overwrites_and_says_which_file_stays(tmp_path):
    (tmp_path / "sources.yaml").write_text("mine", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"sources\.yaml exists already and stays as it is; written: profile\.yaml"):
        config.init(tmp_path)
    assert (tmp_path / "sources.yaml").read_text(encoding="utf-8") == "mine"
    assert config.load_profile(tmp_path / "profile.yaml").key == "ludwigsburg"


def test_init_where_a_file_stands_is_told(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(ConfigError, match="cannot be written"):
        config.init(tmp_path / "file")


def test_removing_every_source_leaves_the_profile_valid(tmp_path):
    config.init(tmp_path)
    (tmp_path / "sources.yaml").write_text("sources: {}\n", encoding="utf-8")
    assert all(problem.warning for problem in config.check(tmp_path, KNOWN))


def test_the_packaged_sources_are_the_ones_we_know():
    with_ids = {source.id: source for source in config.load_sources(Path(str(config.packaged("sources.yaml"))), KNOWN)}
    assert next(iter(with_ids)) == "eu-portal" and "foerderdatenbank" in with_ids
    assert with_ids["eu-portal"].attribution == "© European Union"
    assert all(source.url.startswith(("https://", "imaps://")) for source in with_ids.values())


def test_packaged_refuses_what_the_package_does_not_carry():
    with pytest.raises(ConfigError, match=r"lacks nothing\.yaml"):
        config.packaged("nothing.yaml")


def test_the_home_is_the_given_one_then_that_of_the_environment_then_the_current_folder(home, tmp_path_factory):
    other, empty = tmp_path_factory.mktemp("other"), tmp_path_factory.mktemp("empty")
    config.init(other)
    assert config.find_home(str(other), {"TRACKER_HOME": str(home)}, empty) == other
    assert config.find_home(None, {"TRACKER_HOME": str(home)}, other) == home
    assert config.find_home(None, {"TRACKER_HOME": ""}, home) == home
    assert config.find_home(home.name, {}, home.parent) == home


@pytest.mark.parametrize(
    ("given_home", "environ"),
    [(None, {}), ("sub", {}), (None, {"TRACKER_HOME": "~nobody-here/x"}), ("", {}), ("a\0", {})],
)
def test_without_a_home_init_is_named(tmp_path, given_home, environ):
    with pytest.raises(ConfigError) as caught:
        config.find_home(given_home, environ, tmp_path)
    assert "tracker init" in str(caught.value) or "names no folder" in str(caught.value)


def test_half_a_home_names_the_file_that_is_missing(home):
    (home / "profile.yaml").unlink()
    with pytest.raises(ConfigError, match=r"has no profile\.yaml: `tracker init "):
        config.find_home(str(home), {}, home.parent)
