"""What the matcher promises to any city: two real ones read the same calls, each from its own side."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.builders import a_call
from tracker.config.loading import load_profile
from tracker.match import match, prepare
from tracker.match.programmes import known_of
from tracker.match.programmes.areas import Where, area_of, holds, reason, standing
from tracker.match.programmes.rule import rule
from tracker.model import City, Match, PartnerCity, Profile, Verdict

ROOT = Path(__file__).resolve().parents[1]
FIXTURES = Path(__file__).parent / "fixtures" / "profiles"


LUDWIGSBURG = load_profile(ROOT / "profile.yaml")
BERGAMO = load_profile(FIXTURES / "bergamo.yaml")
MATCHERS = {"ludwigsburg": prepare(LUDWIGSBURG), "bergamo": prepare(BERGAMO)}


def seen(profile: Profile, title: str, **given: object) -> tuple[Where, list[str]]:
    """How the city stands to where a call holds, and the partner cities there."""
    call = a_call("x", **{"title": title, "language": "en", **given})
    found = standing(area_of(call, known_of(call).rule), profile.city, profile.partners)
    return found.where, [partner.key for partner in found.partners]


def judged(city: str, title: str, **given: object) -> Match:
    return match(a_call("x", **{"title": title, "language": "en", **given}), MATCHERS[city])


# ---------------------------------------------------------------- Interreg by area


@pytest.mark.parametrize(
    ("title", "ludwigsburg", "bergamo"),
    [
        ("Interreg Alpine Space: fourth call", Where.OWN, Where.OWN),
        ("Interreg Central Europe - Call 4", Where.OWN, Where.OWN),
        ("Interreg Europe: call", Where.OWN, Where.OWN),
        ("Interreg Danube Region Programme: third call", Where.OWN, Where.PARTNERS),
        ("Interreg VI-A Italia-Svizzera: secondo avviso", Where.OUTSIDE, Where.OUTSIDE),
        ("Interreg Oberrhein: Projektaufruf", Where.OUTSIDE, Where.PARTNERS),
        ("Interreg France-Suisse: appel", Where.PARTNERS, Where.OUTSIDE),
        ("Interreg Czechia-Poland: call", Where.PARTNERS, Where.OUTSIDE),
        ("Interreg South Baltic: sixth call", Where.OUTSIDE, Where.OUTSIDE),
        ("Interreg Euro-MED: call", Where.PARTNERS, Where.OWN),
        ("Interreg North-West Europe: call", Where.OWN, Where.PARTNERS),
        ("Interreg Neverland: call", Where.OPEN, Where.OPEN),
    ],
)
def test_an_interreg_programme_is_judged_by_the_area_of_each_city(title, ludwigsburg, bergamo):
    assert (seen(LUDWIGSBURG, title)[0], seen(BERGAMO, title)[0]) == (ludwigsburg, bergamo)


def test_the_partner_cities_inside_an_area_are_named():
    assert seen(LUDWIGSBURG, "Interreg France-Suisse: appel")[1] == ["montbeliard"]
    assert seen(LUDWIGSBURG, "Interreg Czechia-Poland: call")[1] == ["novy-jicin"]
    assert seen(BERGAMO, "Interreg Oberrhein: Projektaufruf")[1] == ["mulhouse"]
    assert seen(LUDWIGSBURG, "Interreg Alpine Space: call")[1] == ["montbeliard", "bergamo"]


# ---------------------------------------------------------------- national and regional programmes


@pytest.mark.parametrize(
    ("given", "ludwigsburg", "bergamo"),
    [
        ({"funder": "Regione Lombardia", "language": "it"}, Where.PARTNERS, Where.OWN),
        ({"funder": "Regione Piemonte", "language": "it"}, Where.OUTSIDE, Where.OUTSIDE),
        ({"funder": "Ministero della Cultura", "language": "it"}, Where.PARTNERS, Where.OWN),
        ({"areas": ("Baden-Württemberg",), "language": "de"}, Where.OWN, Where.PARTNERS),
        ({"areas": ("Hessen",), "language": "de"}, Where.OUTSIDE, Where.OUTSIDE),
        ({"areas": ("bundesweit",), "language": "de"}, Where.OWN, Where.PARTNERS),
        ({"programme": "UK-German Connection"}, Where.OWN, Where.PARTNERS),
        ({"programme": "Visegrad Fund"}, Where.PARTNERS, Where.OUTSIDE),
    ],
)
def test_a_national_or_regional_programme_is_at_home_in_one_of_the_two_cities(given, ludwigsburg, bergamo):
    title = "Begegnungen in der Stadt"
    assert (seen(LUDWIGSBURG, title, **given)[0], seen(BERGAMO, title, **given)[0]) == (ludwigsburg, bergamo)


def test_an_italian_regional_call_is_for_bergamo_and_to_be_passed_on_by_ludwigsburg():
    call = {
        "title": "Bando per la rigenerazione urbana e gli spazi pubblici dei comuni",
        "funder": "Regione Lombardia",
        "language": "it",
        "description": "Possono presentare domanda i comuni. Il bando sostiene la rigenerazione urbana e gli spazi"
        " pubblici nei quartieri.",
    }
    own, theirs = judged("bergamo", **call), judged("ludwigsburg", **call)
    assert own.relevance > theirs.relevance
    assert theirs.verdict is not Verdict.FOR_US
    assert {found.topic for found in own.topics} == {found.topic for found in theirs.topics}


def test_a_programme_of_baden_wuerttemberg_is_for_ludwigsburg_only():
    call = {
        "title": "Klimaschutz in Kommunen: Förderung des Landes Baden-Württemberg",
        "areas": ("Baden-Württemberg",),
        "eligible": ("Kommune",),
        "language": "de",
        "description": "Das Land Baden-Württemberg fördert den Klimaschutz in Städten und Gemeinden.",
    }
    own, theirs = judged("ludwigsburg", **call), judged("bergamo", **call)
    assert own.relevance > theirs.relevance
    assert theirs.verdict is not Verdict.FOR_US


@pytest.mark.parametrize("city", MATCHERS)
def test_town_twinning_of_the_union_is_for_both(city):
    found = judged(
        city,
        "Town Twinning",
        identifiers=("CERV-2026-CITIZENS-TOWN-TT",),
        programme="Citizens, Equality, Rights and Values",
        description="Municipalities and their twinning committees may apply for meetings of citizens of twinned towns.",
    )
    assert found.verdict is Verdict.FOR_US
    assert found.topics[0].topic == "twinning"


def test_the_reasons_name_the_right_city():
    title = "Interreg Danube Region Programme: call for cities on flood protection"
    own, other = judged("ludwigsburg", title), judged("bergamo", title)
    assert "Ludwigsburg liegt im Fördergebiet" in own.why
    assert "im Fördergebiet liegt Ludwigsburg, nicht Bergamo" in other.why
    assert not any("Bergamo liegt im" in reason for reason in other.why)


def test_the_code_of_the_matcher_does_not_name_the_city_that_ships_it():
    code = [path.read_text(encoding="utf-8") for path in (ROOT / "tracker" / "match").rglob("*.py")]
    assert code
    assert not any(LUDWIGSBURG.city.name in text for text in code)


# ---------------------------------------------------------------- areas

HERE = City(name="Hier", country="DE", zone="Europe/Berlin", nuts="DE115")


def a_partner(country: str, nuts: str = "", status: str = "active") -> PartnerCity:
    return PartnerCity(key=country.lower(), name=country, country=country, nuts=nuts, status=status)


def test_without_an_area_nothing_is_claimed():
    assert standing((), HERE, [a_partner("FR")]).where is Where.OPEN


def test_a_dormant_partner_city_is_never_counted():
    found = standing(("UA",), HERE, [a_partner("UA", status="dormant")])
    assert (found.where, found.partners) == (Where.OUTSIDE, ())


def test_a_partner_city_without_a_code_is_in_whole_countries_only():
    partner = a_partner("GB")
    assert standing(("GB",), HERE, [partner]).where is Where.PARTNERS
    assert standing(("UKN",), HERE, [partner]).where is Where.OUTSIDE


def test_a_city_without_a_code_is_not_put_outside_a_part_of_its_country():
    bare = replace(HERE, nuts="")
    assert standing(("DE2",), bare, []).where is Where.OPEN
    assert standing(("FR",), bare, []).where is Where.OUTSIDE


@pytest.mark.parametrize(
    ("area", "country", "nuts", "inside"),
    [
        (("EL5",), "GR", "EL51", True),
        (("GR",), "GR", "EL51", True),
        (("EL",), "GR", "", True),
        (("UKL",), "GB", "UKL16", True),
        (("GB",), "GB", "UKL16", True),
        (("DE1",), "DE", "DE115", True),
        (("DE115",), "DE", "DE115", True),
        (("DE11",), "DE", "DE2", False),
        (("DE115",), "DE", "DE1", None),
    ],
)
def test_codes_of_countries_and_of_regions_are_told_apart(area, country, nuts, inside):
    assert holds(area, country, nuts) is inside


def test_a_programme_without_an_area_is_open_in_whatever_language_it_is_told():
    call = a_call("x", title="Appel", language="fr")
    assert area_of(call, rule("LIFE", "LIFE", 1, 2)) == ()
    assert area_of(call, known_of(call).rule) == ("FR",)


def test_an_open_standing_gives_no_reason():
    assert reason(standing((), HERE, []), HERE) == ""
