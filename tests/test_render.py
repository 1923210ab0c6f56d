"""What the Europe officer reads on Monday morning."""

from __future__ import annotations

import itertools
import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

from tests.builders_digest import (
    SIX,
    a_card,
    a_deadline,
    a_digest,
    a_full_week,
    bridge_for_eu,
    food_waste,
    many_cards,
    the_coverage,
    town_twinning,
)
from tracker.digest_json import from_json
from tracker.digest_model import (
    ChangeLine,
    CityBlock,
    Coverage,
    HiddenLine,
    SaidDeadline,
    SourceLine,
    TopicBlock,
    TopicLine,
)
from tracker.errors import ConfigError
from tracker.model import Certainty, Deadline, DeadlineKind, Status, Verdict
from tracker.render import languages, render

ROOT = Path(__file__).resolve().parents[1]
TWINNING = TopicBlock(key="twinning", label="Städtepartnerschaften", cities=("Bergamo",), cards=(town_twinning(),))

CITY = {"key": "bergamo", "name": "Bergamo", "status": "active", "focus": False, "open_calls": 1}


def said(digest):
    """The plain text on one line with plain spaces, so that a claim does not depend on where it wraps."""
    return re.sub(r"\s+", " ", render(digest).text)


def a_change(kind, **values):
    return ChangeLine(id="eu-portal:LIFE-2026-X", title="LIFE", url="https://a.example/x", kind=kind, at=SIX, **values)


def changed(kind, **values):
    text = said(a_digest(changed=(a_change(kind, **values),)))
    return text.partition("GEÄNDERT ======== ")[2].partition(" https://")[0].removeprefix("- LIFE (LIFE-2026-X) ")


# ---------------------------------------------------------------- the same bytes


def test_two_renderings_are_equal_byte_for_byte():
    assert render(a_full_week()) == render(a_full_week())


def test_what_is_stored_renders_to_the_same_bytes():
    first = render(a_full_week())
    assert render(from_json(json.loads(first.json))) == first


# ---------------------------------------------------------------- subject


@pytest.mark.parametrize(
    ("values", "subject"),
    [
        ({}, "nichts Neues"),
        ({"for_us": (TWINNING,)}, "1 Aufruf für uns"),
        ({"for_us": (TWINNING, TWINNING)}, "2 Aufrufe für uns"),
        ({"pass_on": many_cards(2)}, "2 zum Weitergeben"),
        ({"next_deadline": bridge_for_eu()}, "nichts Neues, nächste Frist 16. Juni"),
        ({"next_deadline": a_card(day=date(2027, 2, 9))}, "nichts Neues, nächste Frist 9. Feb. 2027"),
        ({"coverage": the_coverage()}, "nichts Neues, 1 Quelle blind"),
        (
            {"coverage": replace(the_coverage(), blind=the_coverage().blind * 2)},
            "nichts Neues, 2 Quellen blind",
        ),
        ({"first": True, "already_open": many_cards(2)}, "erste Übersicht, 2 bereits offene Aufrufe zu unseren Themen"),
        (
            {"coverage": Coverage(read=0, total=1, blind=the_coverage().blind)},
            "keine Quelle gelesen, 1 Quelle blind",
        ),
        (
            {"changed": (a_change("deadline", old=("2026-06-09",), new=("2026-06-16",)),)},
            "kein Aufruf für uns, 1 Frist verschoben",
        ),
        ({"changed": (a_change("withdrawn"),)}, "kein Aufruf für uns, 1 Aufruf nicht mehr gelistet"),
    ],
)
def test_the_subject_carries_the_news(values, subject):
    assert render(a_digest(**values)).subject == f"Förderradar KW 25: {subject}"


def test_a_deadline_that_is_only_added_is_not_counted_as_moved():
    added = a_change("deadline", old=("2026-06-16",), new=("2026-06-16", "2026-12-01"))
    assert "verschoben" not in render(a_digest(changed=(added,))).subject


def test_a_full_subject_stays_short_enough_to_be_read():
    subject = render(a_full_week()).subject
    assert subject == (
        "Förderradar KW 25: 3 Aufrufe für uns, 1 Frist verschoben, 1 Aufruf nicht mehr gelistet, 1 Quelle blind, "
        "nächste Frist 16. Juni"
    )
    assert len(subject) < 130


# ---------------------------------------------------------------- coverage


def test_blind_sources_of_which_the_same_is_to_be_said_stand_together():
    one = the_coverage().blind[0]
    others = (replace(one, name="DBU"), replace(one, name="KEA-BW", reason="weist Automaten ab"))
    text = said(a_digest(coverage=Coverage(read=0, total=3, blind=(one, *others))))
    assert (
        "Blind: Regione Lombardia und DBU (zuletzt gelesen am 9. Juni, vor 6 Tagen; Seite umgebaut); KEA-BW (" in text
    )


def test_a_blind_source_stands_above_all_news_with_its_day_and_what_that_means():
    text = said(a_full_week())
    blind = "Blind: Regione Lombardia (zuletzt gelesen am 9. Juni, vor 6 Tagen; Seite umgebaut). Dort kann uns etwas"
    assert blind in text
    assert text.index(blind) < text.index("FÜR UNS")


def test_the_reader_is_told_what_was_read_added_and_never_set_up():
    text = said(a_full_week())
    assert "Gelesen: 41 von 43 Quellen; 379 offene Aufrufe durchsucht." in text
    assert "Neu hinzugekommen: Kontaktstelle CERV (9 Aufrufe)." in text
    assert "Nicht eingerichtet: MS2021+ (Tschechien) (Zugang fehlt)." in text


HIDDEN = (
    HiddenLine(rule="4d3f4f87", words="Aufrufe des Programms <b>CEF</b>", calls=2),
    HiddenLine(rule="0a1b2c3d", words="Aufrufe der Quelle X, nur für Unternehmen", calls=1),
)


def test_what_the_team_s_rules_hide_is_counted_and_named_in_both_readings():
    sentence = (
        "3 offene Aufrufe sind durch Ihre Regeln ausgeblendet: Aufrufe des Programms {}CEF{} (2); Aufrufe der Quelle X,"
        " nur für Unternehmen (1). Der Befehl „tracker rules“ zeigt die Regeln."
    )
    digest = a_digest(hidden=HIDDEN)
    assert sentence.format("<b>", "</b>") in said(digest)
    html = re.sub(r"</?span[^>]*>", "", render(digest).html)
    assert sentence.format("&lt;b&gt;", "&lt;/b&gt;") in html
    assert "1 offener Aufruf ist durch Ihre Regeln ausgeblendet: " in said(a_digest(hidden=HIDDEN[1:]))


def test_where_no_rule_hides_anything_no_word_is_said_of_rules():
    assert "ausgeblendet" not in said(a_full_week()) and "ausgeblendet" not in render(a_full_week()).html


def test_of_many_rules_the_first_five_are_named_and_the_others_counted():
    many = tuple(HiddenLine(rule=f"{n:08x}", words=f"Aufrufe des Programms P{n}", calls=1) for n in range(7))
    text = said(a_digest(hidden=many))
    assert "7 offene Aufrufe sind" in text and "P4 (1). Und 2 weitere Regeln. Der Befehl" in text and "P5" not in text


def test_the_words_of_a_rule_are_marked_as_german_for_other_readers():
    html = render(a_digest(hidden=HIDDEN, language="en")).html
    assert re.search(r'3 open calls are hidden by your rules: <span lang="de">Aufrufe des Programms', html)


def test_a_title_that_a_rule_keeps_below_says_so():
    line = replace(a_full_week().other[0], hidden_by="4d3f4f87")
    assert "ausgeblendet durch Regel 4d3f4f87" in said(a_digest(other=(line,)))


def test_a_week_in_which_all_is_well_says_so_in_one_line():
    assert "Gelesen: alle 43 Quellen; 379 offene Aufrufe durchsucht." in said(a_digest())
    assert "Blind" not in said(a_digest())


def test_a_source_that_was_never_read_is_blind_without_a_day():
    never = SourceLine(id="x", name="Portal X", state="never read")
    assert "Portal X (bisher nie gelesen)" in said(a_digest(coverage=Coverage(read=1, total=2, blind=(never,))))


def test_a_week_without_any_source_does_not_claim_that_nothing_was_published():
    text = said(a_digest(coverage=Coverage(read=0, total=1, blind=the_coverage().blind)))
    assert "ob es neue Aufrufe für uns gibt, ist unbekannt" in text
    assert "kein neuer Aufruf" not in text


def test_a_quiet_week_beside_a_blind_source_speaks_only_of_what_was_read():
    assert "Diese Woche kein neuer Aufruf für uns in den gelesenen Quellen." in said(a_digest(coverage=the_coverage()))


# ---------------------------------------------------------------- sections


def test_every_section_stands_in_its_place():
    headings = re.findall(r"^(.+)\n=+$", render(a_full_week()).text, re.MULTILINE)
    assert headings == [
        "FÜR UNS",
        "ZUM WEITERGEBEN",
        "BEREITS OFFEN",
        "GEÄNDERT",
        "FRISTEN DER NÄCHSTEN SECHS WOCHEN",
        "JE PARTNERSTADT",
        "AUSSERDEM NEU",
    ]
    html = [heading.upper() for heading in re.findall(r"<h2[^>]*>([^<]+)</h2>", render(a_full_week()).html)]
    assert html == headings


def test_a_week_without_news_is_a_digest_too():
    text = render(a_digest()).text
    assert re.findall(r"^(.+)\n=+$", text, re.MULTILINE) == ["FÜR UNS"]
    assert "Diese Woche kein neuer Aufruf für uns." in text


def test_calls_for_us_stand_under_their_topic_and_its_partner_cities():
    text = said(a_full_week())
    assert "Städtepartnerschaften · mit Montbéliard, Nový Jičín und Bergamo 1 Town-Twinning" in text


def test_at_most_fifteen_calls_get_a_card_and_none_is_left_out():
    rendered = render(a_digest(for_us=(replace(TWINNING, cards=many_cards(60)),)))
    assert rendered.html.count("<h4") == 15
    for place in range(60):
        assert f"CERV-2026-{place:03}" in rendered.text
        assert f'topic-details/CERV-2026-{place:03}"' in rendered.html


def test_cards_go_to_calls_for_us_first():
    digest = a_digest(already_open=many_cards(20), pass_on=(food_waste(),), for_us=(TWINNING,))
    text = render(digest).text
    assert re.findall(r"^(\d+)  +", text, re.MULTILINE) == [str(number) for number in range(1, 16)]
    assert "1   Town-Twinning" in text
    assert "2   Grants to stakeholders" in text


def test_a_call_that_has_a_card_is_referred_to_by_its_number():
    text = said(a_full_week()).partition("JE PARTNERSTADT")[2]
    assert "Montbéliard: Schwerpunkt, 2 offene Aufrufe - Mi, 23. September 2026 (noch 100 Tage): Town-Twinning" in text
    assert "wird beobachtet; siehe Nr. 1" in text


def test_cities_without_an_open_call_are_named_in_one_line():
    assert "Ohne offenen Aufruf: Caerphilly und Jewpatorija (Євпаторія)." in said(a_full_week())
    assert "Ambato: Klimapartnerschaft, 1 offener Aufruf" in said(a_full_week())


def test_open_calls_that_do_not_concern_us_are_a_count():
    text = "Und 367 weitere offene Aufrufe ohne deutlichen Bezug zu unseren Themen."
    assert text in said(a_full_week())
    assert "Und 1 weiterer offener Aufruf ohne" in said(a_digest(already_open_more=1))
    assert "BEREITS OFFEN" not in said(a_digest())


def test_every_further_new_call_is_named_by_its_title():
    rendered, digest = render(a_full_week()), a_full_week()
    assert len(digest.other) == 14
    for line in digest.other:
        assert line.title in re.sub(r"\s+", " ", rendered.text)
        assert line.title in rendered.html


def test_calls_that_left_after_their_deadline_are_a_count_at_the_end():
    assert "12 Aufrufe sind nach Ablauf ihrer Fristen aus den Listen ihrer Quellen verschwunden." in said(a_full_week())


def test_the_text_links_a_call_once_and_then_refers_to_that_place():
    digest = a_digest(closing=(bridge_for_eu(),), by_city=(CityBlock(**CITY, next=(bridge_for_eu(),)),))
    text = render(digest).text
    assert text.count(bridge_for_eu().url) == 1
    assert "markiert: für uns; siehe oben" in re.sub(r"\s+", " ", text)
    assert render(digest).html.count(f'href="{bridge_for_eu().url}"') == 2


def test_a_city_with_more_calls_than_are_listed_says_so():
    city = CityBlock(**(CITY | {"open_calls": 35}), next=(town_twinning(),))
    assert "Bergamo: 35 offene Aufrufe, die nächsten Fristen: -" in said(a_digest(by_city=(city,)))
    assert "die nächsten Fristen" not in said(a_digest(by_city=(CityBlock(**CITY, next=(town_twinning(),)),)))


def test_a_first_overview_does_not_say_that_there_is_nothing():
    text = said(a_digest(first=True, already_open=many_cards(2)))
    assert "Dies ist Ihre erste Übersicht. Was schon offen ist, steht unten." in text
    assert "kein neuer Aufruf" not in text


# ---------------------------------------------------------------- a card


def card_text(card):
    return said(a_digest(pass_on=(card,))).partition("ZUM WEITERGEBEN")[2]


def test_a_call_without_a_description_says_so():
    assert "Die Quelle beschreibt den Aufruf noch nicht; es liegt nur der Titel vor." in card_text(food_waste())
    assert "Die Quelle beschreibt" not in card_text(town_twinning())


def test_a_forthcoming_call_says_when_it_opens():
    assert "Beginn öffnet am Di, 16. Juni 2026 (morgen)" in card_text(food_waste())
    assert "Tag der Öffnung nicht genannt" in card_text(a_card(status=Status.FORTHCOMING))
    assert "Beginn" not in card_text(a_card())
    assert "unklar, ob man sich schon bewerben kann" in card_text(a_card(status=Status.UNKNOWN))


def test_what_the_source_does_not_say_is_said_to_be_missing():
    text = card_text(a_card(day=None))
    assert "Frist nicht genannt" in text
    assert "Geld nicht genannt" in text
    assert "Für wen nicht genannt" in text
    assert "k. A." not in text


@pytest.mark.parametrize(
    ("words", "in_title", "text"),
    [
        (("Town-Twinning", "town-twinning", "heavy rain"), True, "Klima: „Town-Twinning“ im Titel"),
        (("heavy rain", "drought"), True, "Klima: „heavy rain“, „drought“ im Text"),
        (("CERV-2026", "heavy rain"), False, "Klima: „heavy rain“ im Text"),
        (("CERV-2026",), False, "Klima: „CERV-2026“ in der Kennung"),
        ((), True, "Klima"),
    ],
)
def test_the_reason_names_the_words_where_they_really_stand(words, in_title, text):
    topic = TopicLine(key="climate", label="Klima", words=words, in_title=in_title)
    assert f"Warum {text} https://" in card_text(a_card(topics=(topic,)))


def test_further_topics_are_only_named():
    topics = tuple(TopicLine(key=key, label=key.title(), words=(key,)) for key in ("climate", "energy", "urban"))
    assert "Warum Climate: „climate“ im Text; auch: Energy, Urban https://" in card_text(a_card(topics=topics))


def test_a_reason_that_only_repeats_the_topic_is_told_once():
    text = card_text(town_twinning())
    assert "Städtepartnerschaften (Titel)" not in text
    assert "Städte und Gemeinden sind als Antragstellende genannt" in text


def test_sources_that_name_different_days_are_both_told():
    said_days = (("EuroAccess", date(2026, 9, 23)), ("Programmseite", date(2026, 12, 22)))
    conflict = tuple(SaidDeadline(source=name, deadline=a_deadline(day)) for name, day in said_days)
    text = card_text(a_card(conflict=conflict))
    assert "Widerspruch EuroAccess: Mi, 23. September 2026; Programmseite: Di, 22. Dezember 2026" in text
    assert "hier gilt vorsorglich der früheste noch kommende Tag" in text
    assert "Widerspruch" not in card_text(a_card())


def test_other_pages_of_the_call_are_linked_once():
    rendered = render(a_full_week())
    assert rendered.html.count('href="https://www.kontaktstelle-cerv.example/aufrufe/2026-tt"') == 1
    assert "Auch bei Kontaktstelle CERV https://www.kontaktstelle-cerv.example" in said(a_full_week())


def test_cities_given_by_key_are_told_by_name():
    assert "Thema mit Montbéliard, Nový Jičín und Bergamo" in said(a_full_week())


def test_the_attribution_of_the_source_is_kept():
    assert "© European Union, re-use under Decision 2011/833/EU" in said(a_full_week())


# ---------------------------------------------------------------- changes


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        (("2026-06-09",), ("2026-06-16",), "Frist verschoben vom 9. Juni auf den 16. Juni 2026 (7 Tage später)"),
        (("2026-06-16",), ("2026-06-15",), "Frist verschoben vom 16. Juni auf den 15. Juni 2026 (1 Tag früher)"),
        (
            ("2026-12-15",),
            ("2027-01-12",),
            "Frist verschoben vom 15. Dezember 2026 auf den 12. Januar 2027 (28 Tage später)",
        ),
        ((), ("2026-06-16",), "Frist jetzt genannt: 16. Juni 2026"),
        (("2026-06-16",), (), "Keine Frist mehr genannt; bisher: 16. Juni 2026"),
        (("2026-06-16",), ("2026-06-16", "2026-12-01"), "Weitere Frist: 1. Dezember 2026"),
        (
            ("2026-06-09", "2026-07-01"),
            ("2026-08-05",),
            "Fristen geändert; bisher: 9. Juni 2026 und 1. Juli 2026, jetzt: 5. August 2026",
        ),
    ],
)
def test_a_moved_deadline_is_told_from_old_to_new(old, new, text):
    assert changed("deadline", old=old, new=new) == text


@pytest.mark.parametrize(
    ("kind", "values", "text"),
    [
        ("withdrawn", {"old": ("2026-07-02",)}, "Von der Quelle nicht mehr gelistet; Frist war 2. Juli 2026"),
        ("withdrawn", {}, "Von der Quelle nicht mehr gelistet"),
        ("returned", {"new": ("2026-07-02",)}, "Wieder gelistet"),
        ("closed", {}, "Nicht mehr gelistet, die Frist ist abgelaufen"),
        ("page", {}, "Die Seite hat sich geändert"),
        ("new", {}, "Neu"),
        ("title", {"old": ("LIFE old",), "new": ("LIFE",)}, "Titel geändert; bisher: „LIFE old“"),
        ("status", {"old": ("forthcoming",), "new": ("open",)}, "Jetzt offen (bisher: angekündigt)"),
        ("status", {"old": ("open",), "new": ("closed",)}, "Jetzt geschlossen (bisher: offen)"),
        (
            "budget",
            {"field": "total", "old": ("6000000 EUR",), "new": ("7500000 EUR",)},
            "Budget geändert; bisher: 6 Mio. €, jetzt: 7,5 Mio. €",
        ),
        (
            "budget",
            {"field": "grant", "old": ("8455 EUR", "50745 EUR"), "new": ("60000 EUR",)},
            "Betrag je Projekt geändert; bisher: 8.455 € bis 50.745 €, jetzt: 60.000 €",
        ),
        ("budget", {"old": ("one half",), "new": ()}, "Budget geändert; bisher: one half, jetzt: nicht genannt"),
    ],
)
def test_every_kind_of_change_is_told_in_words(kind, values, text):
    assert changed(kind, **values) == text


def test_a_change_says_what_the_call_means_for_us_and_a_person_s_tag_comes_first():
    assert changed("page", verdict=Verdict.FOR_US) == "Die Seite hat sich geändert (für uns)"
    text = changed("page", verdict=Verdict.PASS_ON, tags=("planned",))
    assert text == "Die Seite hat sich geändert (markiert: Antrag geplant)"


def test_a_change_of_a_kind_that_nobody_knows_is_a_bug_and_not_a_silence():
    with pytest.raises(ValueError, match="vanished"):
        render(a_digest(changed=(a_change("vanished"),)))


# ---------------------------------------------------------------- form


@pytest.mark.parametrize("digest", [a_full_week(), a_full_week(language="en"), a_digest(pass_on=many_cards(60))])
def test_no_line_of_the_plain_text_is_wider_than_78_columns_but_an_address_alone(digest):
    lines = render(digest).text.splitlines()
    assert max(len(line) for line in lines if not re.fullmatch(r" *https?://\S+", line)) <= 78


def test_sixty_calls_are_not_clipped_by_gmail():
    rendered = render(a_digest(for_us=(replace(TWINNING, cards=many_cards(60)),), coverage=the_coverage()))
    assert len(rendered.html.encode()) < 100_000


def test_nothing_is_loaded_from_elsewhere_and_nobody_is_tracked():
    html = render(a_full_week()).html
    assert not re.search(r"<(?:img|script|link|iframe|form|input|object|embed|svg)\b", html)
    assert "url(" not in html
    assert "src=" not in html


def test_styles_stand_in_the_tags_and_only_media_rules_in_the_head():
    html = render(a_full_week()).html
    (rules,) = re.findall(r"<style>(.*?)</style>", re.sub(r"<!--.*?-->", "", html, flags=re.DOTALL), re.DOTALL)
    assert re.sub(r"@media[^{]+\{(?:[^{}]*\{[^{}]*\})*\s*\}", "", rules).strip() == ""
    assert '<h1 style="' in html


def test_foreign_titles_and_texts_carry_their_language():
    html = render(a_full_week()).html
    assert '<span lang="en">Town-Twinning</span>' in html
    assert re.search(r'<p lang="en"[^>]*>Supports meetings', html)
    assert re.search(r'<a href="[^"]+" lang="uk"[^>]*>Підтримка', html)
    assert re.search(r'<a href="[^"]+" style="[^"]*">Investitionszuschuss', html)
    assert "[UK]" in html


def test_headings_descend_without_a_gap():
    levels = [int(level) for level in re.findall(r"<h([1-6])", render(a_full_week()).html)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


# ---------------------------------------------------------------- languages


def test_an_english_reader_gets_english_sentences_and_the_reasons_marked_as_german():
    rendered = render(a_full_week(language="en"))
    assert rendered.subject.startswith("Funding radar week 25: 3 calls for us, 1 deadline moved")
    text = re.sub(r"\s+", " ", rendered.text)
    assert "Deadline Wed 23 September 2026 (100 days left)" in text
    assert "Deadline moved from 9 June to 16 June 2026 (7 days later)" in text
    assert "pot €6M; €8,455 to €50,745 per project" in text
    assert "[EN]" not in text
    assert '<html lang="en">' in rendered.html
    assert re.search(r'<span lang="de"[^>]*>Städte und Gemeinden', rendered.html)


def test_no_english_sentence_is_left_in_a_german_digest():
    words = re.sub(r"https?://\S+", "", render(a_full_week()).text)
    for sentence in (part for message, _ in messages() for part in message if len(part) > 12 and "%" not in part):
        assert sentence not in words, sentence


def messages():
    """Every sentence in the source as (its forms, the file), read by Babel's own extractors."""
    python = [*sorted((ROOT / "tracker" / "render").glob("*.py")), ROOT / "tracker" / "notify.py"]
    templates = sorted((ROOT / "templates" / "email").glob("digest.*"))
    for path in (*python, *templates):
        method, options = ("python", {}) if path.suffix == ".py" else ("jinja2", {"trim_blocks": "true"})
        for _, found, _, _ in extract_from_file(method, path, options=options):
            yield tuple(form for form in ((found,) if isinstance(found, str) else found) if form), path.name


def catalogue():
    with (ROOT / "tracker" / "locale" / "de.po").open("rb") as text:
        return {entry.id if isinstance(entry.id, tuple) else (entry.id,): entry for entry in read_po(text) if entry.id}


def test_the_catalogue_holds_every_sentence_and_no_other():
    assert {forms for forms, _ in messages()} == set(catalogue())


def test_every_sentence_is_translated_with_its_placeholders():
    for forms, entry in catalogue().items():
        translated = (entry.string,) if isinstance(entry.string, str) else entry.string
        assert len(translated) == len(forms)
        assert not entry.fuzzy
        for english, german in zip(forms, translated, strict=True):
            assert german.strip(), english
            assert set(re.findall(r"%\(\w+\)s", german)) == set(re.findall(r"%\(\w+\)s", english)), english


def test_a_language_without_a_catalogue_is_refused_by_name():
    with pytest.raises(ConfigError, match="'fr'; there are: en, de"):
        render(a_digest(language="fr"))
    assert languages() == ("en", "de")


# ---------------------------------------------------------------- watched pages and rules


def a_page_change(old=(), new=(), **values):
    return a_digest(changed=(a_change("page", field="text", old=old, new=new, **values),))


def test_a_changed_page_is_told_with_its_sentences_new_ones_first():
    text = changed("page", old=("Höhe: 50.000 Euro",), new=("Höhe: 60.000 Euro", "Vereine sind ausgeschlossen."))
    assert text == (
        "Die Seite hat sich geändert Neu: „Höhe: 60.000 Euro“ Neu: „Vereine sind ausgeschlossen.“ "
        "Nicht mehr da: „Höhe: 50.000 Euro“"
    )


@pytest.mark.parametrize(("more", "words"), [("… +1", "und 1 weiterer Satz"), ("… +1234", "und 1.234 weitere Sätze")])
def test_sentences_that_are_not_shown_are_counted(more, words):
    assert changed("page", new=("Eins.", more)).endswith(f"Neu: „Eins.“ Neu: {words}")


def test_every_sentence_of_a_page_stands_on_a_line_of_its_own():
    lines = render(a_page_change(("Alt.",), ("Neu.",))).text.splitlines()
    place = next(number for number, line in enumerate(lines) if line.startswith("    Die Seite hat sich"))
    assert lines[place + 1 : place + 4] == ["    Neu: „Neu.“", "    Nicht mehr da: „Alt.“", "    https://a.example/x"]


def test_the_words_of_a_page_carry_its_language_and_no_markup():
    html = render(a_page_change((), ("Des aides <script>alert(1)</script>",), language="fr")).html
    assert '<span lang="fr">„Des aides &lt;script&gt;alert(1)&lt;/script&gt;“</span>' in html
    assert "<script" not in html


def test_the_subject_counts_changed_pages():
    assert render(a_page_change((), ("Neu.",))).subject.endswith("kein Aufruf für uns, 1 Seite geändert")
    two = a_digest(changed=(a_change("page"), a_change("page"), a_change("title", old=("LIFE old",))))
    assert render(two).subject.endswith("2 Seiten geändert, 1 weitere Änderung")


def test_english_readers_are_told_in_english():
    text = said(replace(a_page_change(("Old.",), ("New.", "… +2")), language="en"))
    assert "New: “New.” New: and 2 further sentences No longer there: “Old.”" in text


def by_rule(day):
    return Deadline(
        words="je zum Quartalsende",
        day=day,
        kind=DeadlineKind.RULE,
        certainty=Certainty.RULE,
        lead="drei Monate vor Projektbeginn",
    )


def test_a_deadline_by_rule_is_marked_so_and_its_rule_is_said_once():
    later = (by_rule(date(2026, 9, 30)), by_rule(date(2026, 12, 31)))
    card = a_card(next_deadline=by_rule(date(2026, 6, 30)), days_left=15, later_deadlines=later)
    text = said(a_digest(pass_on=(card,)))
    assert (
        "Frist Di, 30. Juni 2026 (noch 15 Tage), nach Regel aus einer Regel der Quelle errechnet: "
        "„je zum Quartalsende“; drei Monate vor Projektbeginn "
        "Danach Mi, 30. September 2026, nach Regel; Do, 31. Dezember 2026, nach Regel"
    ) in text
    assert text.count("Quartalsende") == 1
    assert f'href="{card.url}"' in render(a_digest(pass_on=(card,))).html
