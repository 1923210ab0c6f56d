"""Every mistake in sources.yaml and profile.yaml is named with file, line and key, and all of them at once."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.config_texts import PROFILE, TWO_LINES, problems, profile_of, sources_of
from tracker import config
from tracker.config import schema
from tracker.config.reading import UnreadableError, understand
from tracker.errors import ConfigError

# ---------------------------------------------------------------- mistakes in sources.yaml

AT = "sources.yaml:5: stadtnetz."  # the line after TWO_LINES


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("conector: feed", AT + "conector: unknown key; did you mean 'connector'?"),
        ("min_calls: 3", AT + "min_calls: unknown key; min_calls belongs under expect:"),
        ("<<: {pause: 1}", AT + "<<: merge keys (<<) are not understood"),
        ("pause: two", AT + "pause: must be a number, not the text 'two'"),
        ("pause: '2'", AT + "pause: must be a number, not the text '2': remove the quotes"),
        ("pause: -1", AT + "pause: must be 0 or more, not -1"),
        ("pause: true", AT + "pause: must be a number, not true"),
        ("pause: 1e999", AT + "pause: must be a number, not the number inf"),
        ("timeout: 0", AT + "timeout: must be more than 0, not 0"),
        ("max_requests: 2.5", AT + "max_requests: must be a whole number, not the number 2.5"),
        ("max_bytes: 200 MB", AT + "max_bytes: must be a whole number, not the text '200 MB'"),
        ("pause:", AT + "pause: has no value: give one, or remove the line"),
        ("name: 2026", AT + "name: must be text, not the number 2026: put it in quotes"),
        ("name: ''", AT + "name: must not be empty"),
        ("name: [a]", AT + "name: must be text, not a list"),
        ("enabled: no", AT + "enabled: must be true or false, not the text 'no': in YAML 1.2 a bare no is a word"),
        ("robots: Off", "write false"),
        ("enabled: 1", AT + "enabled: must be true or false, not the number 1"),
        ("country: no", AT + "country: 'no': write the country code in capitals, NO"),
        ("country: false", AT + "country: must be text, not false"),
        ("country: Norway", AT + "country: 'Norway' is no country code of two capitals"),
        ("language: DE", AT + "language: 'DE' is no language code of two small letters"),
        ("evidence: rumour", AT + "evidence: must be one of recorded, excerpt, documented, not 'rumour'"),
        ("rhythm: sometimes", AT + "rhythm: 'sometimes' is no rhythm: write hourly, daily, weekly"),
        ("rhythm: 0 days", AT + "rhythm: '0 days' is no rhythm"),
        ("zone: Europe/Berln", AT + "zone: 'Europe/Berln' is no time zone; did you mean 'Europe/Berlin'?"),
        ("zone: Europe", AT + "zone: 'Europe' is no time zone"),
        ("zone: ../../etc/passwd", AT + "zone: '../../etc/passwd' is no time zone"),
        ("needs_env: s3cret!", AT + "needs_env: must be the name of an environment variable"),
        ("options: [a]", AT + "options: must be a mapping (key: value), not a list"),
        ("fixes: {deadline: laufend}", AT + "fixes.deadline: must be a mapping (key: value), not the text 'laufend'"),
        ("expect: {min_cals: 2}", AT + "expect.min_cals: unknown key; did you mean 'min_calls'?"),
        ("expect: {min_calls: 5, max_calls: 3}", AT + "expect: min_calls is larger than max_calls"),
        ("expect: {max_missing: 5}", AT + "expect.max_missing: must be 1 or less, not 5"),
        ("expect: {filled: {deadline: 1}}", AT + "expect.filled.deadline: unknown field of a call 'deadline'; did you"),
        ("expect: {filled: {title: 2}}", AT + "expect.filled.title: must be 1 or less, not 2"),
        ("url: https://b.example/", AT + "url: stands twice; the first is in line 4"),
    ],
)
def test_a_wrong_line_in_an_entry_is_told_in_plain_words(tmp_path, line, told):
    (problem,) = problems(sources_of, tmp_path, TWO_LINES + f"    {line}\n")
    assert told in problem
    assert problem.startswith(AT)


@pytest.mark.parametrize(
    "url",
    [
        "stadtnetz.example/a",
        "ftp://a.example/",
        "https://",
        "https://[",
        "http://a.example:port/",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "'https://a.example/ b'",
        "https:///path",
        "''",
        "'https://a.example\\evil'",
    ],
)
def test_only_http_addresses_with_a_host_are_good(tmp_path, url):
    (problem,) = problems(sources_of, tmp_path, f"sources:\n  a:\n    connector: feed\n    url: {url}\n")
    assert problem.startswith("sources.yaml:4: a.url: ")
    assert "is no web address" in problem


def test_a_password_in_an_address_is_refused_and_not_repeated(tmp_path):
    text = "sources:\n  a: {connector: feed, url: 'https://eva:geheim@a.example/'}\n"
    (problem,) = problems(sources_of, tmp_path, text)
    assert "secrets belong into the environment" in problem
    assert "geheim" not in problem


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("sources:\n  a: {url: https://a.example/}\n", "sources.yaml:2: a.connector: is missing"),
        ("sources:\n  a: {connector: feed}\n", "sources.yaml:2: a.url: is missing"),
        ("sources:\n  a:\n", "sources.yaml:2: a: has no value: give one, or remove the line"),
        ("sources:\n  a: feed\n", "sources.yaml:2: a: must be a mapping (key: value), not the text 'feed'"),
        (TWO_LINES.replace("listing", "listng"), "3: stadtnetz.connector: unknown connector 'listng'; did you mean"),
        (TWO_LINES.replace("stadtnetz:", "Stadt Netz:"), "sources.yaml:2: Stadt Netz: 'Stadt Netz' may hold only a-z"),
        (TWO_LINES + TWO_LINES[9:], "sources.yaml:5: stadtnetz: stands twice; the first is in line 2"),
        (TWO_LINES + "source: {}\n", "sources.yaml:5: source: unknown key; did you mean 'sources'?"),
        ("sources:\n", "sources.yaml:1: sources: has no value"),
        ("sources: [a]\n", "sources.yaml:1: sources: must be a mapping (key: value), not a list"),
        ("stadtnetz: {}\nsources: {}\n", "sources.yaml:1: stadtnetz: unknown key; known: sources"),
        ("- a\n", "sources.yaml:1: must be a mapping (key: value) at the outermost level"),
        ("", "sources.yaml:1: is empty"),
        ("# only a comment\n", "sources.yaml:1: is empty"),
        ("sources:\n\ta: b\n", "sources.yaml:2: a tab: indent with spaces"),
        ("sources:\n  a: b: c\n", "sources.yaml:2: a colon too many"),
        ("sources:\n  a: 'x\n  b: y\n", "sources.yaml:2: a quotation mark that is never closed"),
        ("sources:\n  a: [x\n  b: y\n", "sources.yaml:2: a list in [ ] that is never closed"),
        ("sources:\n  a: {x: 1\n", "a mapping in { } that is never closed"),
        ("sources:\n  a: {}\n b: {}\n", "sources.yaml:3: this line is not indented like its neighbours"),
        ("sources:\n  a: {}\n  b\n", "a key without its colon"),
        ("sources:\n  a: @x\n", "sources.yaml:2: text that begins with a special character needs quotes"),
        ("sources: {}\n---\nsources: {}\n", "sources.yaml:2: a line of '---' begins a second document"),
        ("sources: &a [*a]\n", "sources.yaml:1: anchors and aliases"),
        ("sources: !!python/object x\n", "sources.yaml:1: tags (!name) are not understood"),
        ("sources:\n  ? [a]\n  : b\n", "sources.yaml:2: a key must be a word"),
        ("sources:\n  a: x\x01\n", "sources.yaml:2: holds a control character"),
        ('sources:\n  a: "x\\0"\n', "sources.yaml:2: holds a control character"),
        ('sources:\n  a: "\\ud800"\n', "sources.yaml:2: holds a control character"),
        ('sources: "\\U00110000"\n', "sources.yaml: is not valid YAML"),
        ("[" * 5000, "sources.yaml:1: is nested too deeply"),
    ],
)
def test_a_broken_file_is_told_in_one_line_with_its_place(tmp_path, text, told):
    (problem,) = problems(sources_of, tmp_path, text)
    assert told in problem
    assert problem.startswith("sources.yaml:")
    assert "\n" not in problem


def test_all_mistakes_are_told_at_once_in_the_order_of_the_lines(tmp_path):
    text = TWO_LINES + "    pause: no\n    pause: 1\n  b:\n    conector: feed\n    url: gopher://b\n"
    told = problems(sources_of, tmp_path, text)
    assert [line.split(" ")[0:2] for line in told] == [
        ["sources.yaml:5:", "stadtnetz.pause:"],
        ["sources.yaml:6:", "stadtnetz.pause:"],
        ["sources.yaml:7:", "b.connector:"],
        ["sources.yaml:8:", "b.conector:"],
        ["sources.yaml:9:", "b.url:"],
    ]


def test_a_file_that_is_not_utf_8_names_the_line(tmp_path):
    path = tmp_path / "sources.yaml"
    path.write_bytes("sources:\n  a: Förderung\n".encode("latin-1"))
    with pytest.raises(ConfigError, match=r"^sources\.yaml:2: is not UTF-8"):
        config.load_sources(path)


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path):
    path = tmp_path / "sources.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + TWO_LINES.replace("\n", "\r\n").encode())
    assert [source.id for source in config.load_sources(path)] == ["stadtnetz"]


def test_a_missing_file_names_the_command_that_writes_it(tmp_path):
    with pytest.raises(ConfigError, match=r"^sources\.yaml: is missing: `tracker init "):
        config.load_sources(tmp_path / "sources.yaml")


def test_a_folder_in_place_of_the_file_is_told(tmp_path):
    (tmp_path / "sources.yaml").mkdir()
    with pytest.raises(ConfigError, match=r"^sources\.yaml: cannot be read"):
        config.load_sources(tmp_path / "sources.yaml")


# ---------------------------------------------------------------- mistakes in profile.yaml


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("[food-waste]", "[food-wast]", "11: partners.montbeliard.topics: unknown topic 'food-wast'; did you mean"),
        (
            "[food-waste]",
            "food-waste",
            "11: partners.montbeliard.topics: must be a list, not the text 'food-waste': wr",
        ),
        (
            "[montbeliard]",
            "[bergamo]",
            "20: readers.europabuero.cities: unknown partner city 'bergamo'; known: montbel",
        ),
        ("cities:", "topics:", "20: readers.europabuero.topics: unknown topic 'montbeliard'; known: food-waste"),
        ("    cities:", "    language: fr\n    cities:", "20: readers.europabuero.language: must be one of de, en"),
        ("day: Montag", "day: 1", "21: digest.day: write the day's name (monday or Montag): 1 is Monday for cron"),
        ("day: Montag", "day: '0'", "21: digest.day: write the day's name"),
        ("day: Montag", "day: mondy", "21: digest.day: must be the name of a day, not the text 'mondy'; did you mean"),
        ("day: Montag", "day: [Montag]", "21: digest.day: must be the name of a day, not a list"),
        ("day: Montag", "day: ", "21: digest.day: has no value"),
        ("hour: 6", "hour: 24", "21: digest.hour: must be 23 or less, not 24"),
        ("hour: 6", "hour: '06:30'", "21: digest.hour: must be a whole number, not the text '06:30'"),
        ("Europe/Berlin", "europe/berlin ", "5: city.zone: 'europe/berlin' is no time zone; did you mean"),
        ("country: FR", "country: F", "10: partners.montbeliard.country: 'F' is no country code"),
        ("country: FR", "nuts: fr1", "10: partners.montbeliard.nuts: 'fr1' is no NUTS code"),
        ("    focus", "    status: asleep\n    focus", "12: partners.montbeliard.status: must be one of active, dorm"),
        ("    focus", "    since: 50\n    focus", "12: partners.montbeliard.since: must be 1800 or more, not 50"),
        ("2026, 2027", "2026, soon", "12: partners.montbeliard.focus: must be a whole number, not the text 'soon'"),
        ("contact: europa@stadt.ludwigsburg.de", "", "1: contact: is missing"),
        ("contact: europa@", "contact: europa at ", "6: contact: 'europa at stadt.ludwigsburg.de' is no mail address"),
        (
            "email: europa@",
            'email: "a\\nBcc: b@b.de" #',
            "19: readers.europabuero.email: 'a\\nBcc: b@b.de' is no mail",
        ),
        ("  food-waste:\n", "  Food Waste:\n", "14: topics.Food Waste: 'Food Waste' may hold only a-z"),
        ("{de: Lebens", "{en: Lebens", "15: topics.food-waste.label: has no German words (de:)"),
        ("[Verschwendung]", "Verschwendung", "16: topics.food-waste.keywords.de: must be a list, not the text 'Versch"),
        ("no: [matsvinn]", "nor: [a]", "16: topics.food-waste.keywords.nor: 'nor' is no language code"),
        ("[Verschwendung]", "[Verschwendung, '']", "16: topics.food-waste.keywords.de: must not be empty"),
        ("  montbeliard:\n", "  montbeliard:\n    topic: [a]\n", "9: partners.montbeliard.topic: unknown key; did you"),
        ("key: ludwigsburg", "key: Ludwigsburg", "1: key: 'Ludwigsburg' may hold only a-z, 0-9 and '-'"),
        ("key: ludwigsburg", "key: a\nzone: UTC", "2: zone: unknown key; zone belongs under city:"),
        ("digest:", "sources: {}\ndigest:", "21: sources: unknown key"),
        ("digest:", "thresholds: {for_us: 1}\ndigest:", "21: thresholds: must fall from for_us over pass_on to margin"),
        ("digest:", "thresholds: {marginal: 4}\ndigest:", "21: thresholds.marginal: must be 3 or less, not 4"),
        ("digest:", "archive: {scans: 0}\ndigest:", "21: archive.scans: must be 1 or more, not 0"),
        ("digest:", "schedule: {retry_hours: 0}\ndigest:", "21: schedule.retry_hours: must be more than 0, not 0"),
    ],
)
def test_a_mistake_in_the_profile_is_told_in_plain_words(tmp_path, old, new, told):
    assert old in PROFILE
    found = problems(profile_of, tmp_path, PROFILE.replace(old, new, 1))
    assert any(problem.startswith(f"profile.yaml:{told}") for problem in found), found


@pytest.mark.parametrize("name", ["topics", "readers"])
def test_a_profile_without_topics_or_readers_is_refused(tmp_path, name):
    head, _, tail = PROFILE.partition(f"{name}:\n")
    rest = "readers:\n" + tail.partition("readers:\n")[2] if name == "topics" else "digest: {}\n"
    found = problems(profile_of, tmp_path, head + f"{name}: {{}}\n" + rest)
    assert any(f": {name}: is empty: at least one is needed" in problem for problem in found)


def test_a_mistake_elsewhere_does_not_hide_an_unknown_topic(tmp_path):
    text = PROFILE.replace("[food-waste]", "[food]").replace("hour: 6", "hour: six")
    assert [problem.split(": ")[1] for problem in problems(profile_of, tmp_path, text)] == [
        "partners.montbeliard.topics",
        "digest.hour",
    ]


# ---------------------------------------------------------------- hostile input

ANY_VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
SOURCE_KEYS = st.sampled_from([*schema.SourceEntry.model_fields, "conector", "<<"])
PROFILE_KEYS = st.sampled_from([*schema.ProfileFile.model_fields, "sources"])


def told(load) -> tuple[str, ...]:
    """The mistakes, empty where there are none; every other exception goes through."""
    try:
        load()
    except UnreadableError as error:
        return (error.message,)
    except ConfigError as error:
        return error.problems
    return ()


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.text() | st.text(alphabet="a: \n-[]{}'\"&*!|>%@?,#~\t1", max_size=60))
def test_no_text_raises_anything_but_our_own_error(text):
    assert all(message.strip() and "\n" not in message for message in told(lambda: understand(text, "sources.yaml")))


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.binary(max_size=60))
def test_no_bytes_raise_anything_but_our_own_error(tmp_path_factory, body):
    path = tmp_path_factory.mktemp("fuzz") / "sources.yaml"
    path.write_bytes(body)
    assert told(lambda: config.load_sources(path))  # sixty random bytes are never a good file


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.dictionaries(SOURCE_KEYS, ANY_VALUE, max_size=6), st.dictionaries(PROFILE_KEYS, ANY_VALUE, max_size=6))
def test_no_value_is_told_in_the_words_of_the_validator(tmp_path_factory, source, profile):
    home = tmp_path_factory.mktemp("fuzz")
    (home / "sources.yaml").write_text(json.dumps({"sources": {"a": source}}), encoding="utf-8")
    (home / "profile.yaml").write_text(json.dumps(profile), encoding="utf-8")
    found = [str(problem) for problem in config.check(home)]
    assert any(problem.startswith("profile.yaml") for problem in found)  # never complete
    assert not [problem for problem in found if "Input should" in problem or "cannot be used" in problem]
    assert not [problem for problem in found if "\n" in problem]
