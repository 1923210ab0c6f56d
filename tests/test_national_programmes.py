"""What we know of national programmes: who gets them, where they hold, and that no name is taken for another."""

from __future__ import annotations

from time import process_time

import pytest

from tests.builders import a_call
from tracker.match.programmes import DEFAULT, RULES, Rule, known_of
from tracker.match.programmes.elsewhere import ELSEWHERE
from tracker.match.programmes.france import FRANCE
from tracker.match.programmes.french_places import DEPARTEMENTS, REGIONS, areas_in
from tracker.match.programmes.funders import funder_said
from tracker.match.programmes.germany import GERMANY
from tracker.match.programmes.germany_others import GERMAN_FUNDERS
from tracker.match.programmes.laender import LAENDER_RULES
from tracker.match.programmes.united_states import UNITED_STATES

NATIONAL = (*UNITED_STATES, *FRANCE, *GERMANY, *LAENDER_RULES, *ELSEWHERE, *GERMAN_FUNDERS)
FOR_US, PASS_ON, MARGINAL = 2.5, 1.5, 0.5


def rule_of(title: str = "Aufruf", **given: object) -> Rule:
    return known_of(a_call("x", title=title, **given)).rule


# ---------------------------------------------------------------- Germany


@pytest.mark.parametrize(
    "title",
    [
        "Kommunalrichtlinie: Energiemanagement",
        "Anpassung an den Klimawandel (DAS)",
        "Anpassung urbaner Räume an den Klimawandel",
        "Natürlicher Klimaschutz in Kommunen",
        "IKK – Energetische Stadtsanierung – Quartiersversorgung",
        "Investitionskredit Kommunen (IKK)",
        "Städtebauförderung – Lebendige Zentren",
        "Modellprojekte Smart Cities",
        "Zukunftsfähige Innenstädte und Zentren",
        "Sanierung kommunaler Einrichtungen in den Bereichen Sport, Jugend und Kultur",
        "Sonderprogramm Stadt und Land",
        "Ausbau und Erweiterung des Radnetzes Deutschland",
        "Demokratie leben!",
        "Bundesprogramm Mehrgenerationenhaus",
        "Kultur macht stark – Bündnisse für Bildung",
        "Denkmalschutz-Sonderprogramm",
        "chance.natur – Bundesförderung Naturschutz",
        "Ernährungswende in der Region",
        "Bildungskommunen (ESF Plus)",
        "Klimaschutz-Plus",
        "Landesgemeindeverkehrsfinanzierungsgesetz (LGVFG)",
    ],
)
def test_a_german_programme_for_towns_is_known_as_one(title):
    rule = rule_of(title)
    assert rule.city >= FOR_US and rule.area and rule.area[0].startswith("DE")


@pytest.mark.parametrize(
    "title",
    [
        "ZIM – Zentrales Innovationsprogramm Mittelstand",
        "KMU-innovativ: Materialforschung",
        "EXIST-Gründerstipendium",
        "ERP-Gründerkredit StartGeld",
        "Meistergründungsprämie",
        "Regionalprogramm der Mittelständischen Beteiligungsgesellschaft",
        "Richtlinie zur Förderung von Forschungsprojekten zu neuen Werkstoffen",
        "Aufbau von Nachwuchsgruppen in der Quantenphysik",
        "Wohneigentum für Familien",
        "BAföG",
        "Agrarinvestitionsförderungsprogramm",
        "Tierschutz in der Nutztierhaltung",
    ],
)
def test_what_is_for_firms_researchers_people_and_farms_is_kept_down(title):
    assert rule_of(title).base < MARGINAL


def test_research_on_a_subject_of_towns_stands_farther_than_the_subject():
    assert rule_of("Forschungsvorhaben zur Stadtentwicklung").base < rule_of("Stadtentwicklung").base


def test_the_international_initiative_is_not_the_national_one():
    assert rule_of("Internationale Klimaschutzinitiative (IKI)").name == "IKI"


@pytest.mark.parametrize(
    ("text", "funder"),
    [
        ("Volltext Das Bundesministerium für Bildung und Forschung ( BMBF ) unterstützt Sie.", "Bildung"),
        ("Das Land Hessen fördert Vorhaben.", "Land Hessen"),
        ("Der Freistaat Thüringen gewährt Zuschüsse.", "Freistaat Thüringen"),
        ("Das Auswärtige Amt fördert Begegnungen.", "Auswärtige Amt"),
    ],
)
def test_the_funder_is_read_from_the_first_sentences(text, funder):
    assert funder in funder_said(text)


@pytest.mark.parametrize(
    ("ministry", "rule"),
    [
        ("Bundesministerium für Ernährung und Landwirtschaft (BMEL)", "Bundeslandwirtschaftsministerium"),
        ("Bundesministerium für Wohnen, Stadtentwicklung und Bauwesen", "Bundesbauministerium"),
        ("Bundesministerium für Bildung, Familie, Senioren, Frauen und Jugend", "Bundesfamilienministerium"),
        ("Bundesministerium für Umwelt, Naturschutz, nukleare Sicherheit", "Bundesumweltministerium"),
        ("Bundesministerium für wirtschaftliche Zusammenarbeit und Entwicklung", "Bundesentwicklungsministerium"),
        ("Bundesministerium für Digitales und Verkehr", "Bundesverkehrsministerium"),
    ],
)
def test_the_subjects_in_a_ministry_s_name_are_not_those_of_the_call(ministry, rule):
    assert rule_of("Zuschüsse", funder=ministry).name == rule


def test_a_land_in_the_first_sentences_is_where_a_programme_holds():
    assert rule_of("Zuschüsse für Vorhaben", description="Das Land Hessen fördert Vorhaben.").area == ("DE7",)


def test_the_source_s_own_funder_counts_before_the_text():
    given = {"description": "Das Land Hessen fördert Vorhaben.", "funder": "Bundesministerium für Gesundheit"}
    assert rule_of("Zuschüsse", **given).name == "Bundesgesundheitsministerium"


@pytest.mark.parametrize("title", ["Förderung in Sachsen-Anhalt", "Richtlinie Sachsen-Anhalt"])
def test_saxony_anhalt_is_not_saxony(title):
    assert rule_of(title).area == ("DEE",)


# ---------------------------------------------------------------- France


@pytest.mark.parametrize(
    ("funder", "area"),
    [
        ("Conseil départemental du Doubs", "FRC21"),
        ("Conseil départemental de l'Ain", "FRK21"),
        ("Conseil départemental de la Loire", "FRK25"),
        ("Conseil départemental du Tarn-et-Garonne", "FRJ28"),
        ("Conseil départemental de Haute-Savoie", "FRK28"),
        ("Département de la Côte-d’Or", "FRC11"),
        ("DDT des Vosges", "FRF34"),
        ("Syndicat départemental d'énergie du Jura", "FRC22"),
        ("Gironde Habitat", "FRI12"),
        ("Région Bourgogne-Franche-Comté", "FRC"),
        ("Conseil régional des Pays de la Loire", "FRG"),
        ("Conseil régional d'Île-de-France", "FR1"),
        ("Région Auvergne-Rhône-Alpes", "FRK"),
        ("Collectivité de Corse", "FRM"),
        ("Région Guadeloupe", "FRY1"),
    ],
)
def test_a_french_place_in_the_funder_s_name_is_where_an_aid_holds(funder, area):
    assert rule_of("Aide", funder=funder, language="fr").area == (area,)


@pytest.mark.parametrize(
    "title", ["Accord de Paris sur le climat", "Mer du Nord", "Une somme pour la marne du sol", "Convention de Vienne"]
)
def test_words_that_places_bear_too_are_no_places(title):
    assert rule_of(title, language="fr") is DEFAULT


@pytest.mark.parametrize(
    ("name", "city", "area"),
    [
        ("Fonds vert", FOR_US, "FR"),
        ("Banque des Territoires", FOR_US, "FR"),
        ("Action cœur de ville", FOR_US, "FR"),
        ("Agence de l'eau Rhône Méditerranée Corse", FOR_US, "FRC"),
        ("ACTEE", FOR_US, "FR"),
        ("Agence nationale du sport", FOR_US, "FR"),
        ("DRAC Bourgogne-Franche-Comté", FOR_US, "FRC"),
        ("ADEME", PASS_ON, "FR"),
    ],
)
def test_a_french_programme_that_communes_get_is_known_as_one(name, city, area):
    rule = rule_of("Aide", programme=name, language="fr")
    assert rule.city >= city and rule.area[0] == area


@pytest.mark.parametrize(
    "name", ["Bpifrance", "DDFIP", "Opco Santé", "Chambre de Commerce et d'Industrie", "FranceAgriMer"]
)
def test_a_french_programme_for_firms_is_kept_down(name):
    assert rule_of("Aide", programme=name, language="fr").base == 0


def test_a_basin_of_another_river_does_not_hold_the_partner_city():
    area = rule_of("Aide", programme="Agence de l'eau Seine-Normandie", language="fr").area
    assert not any("FRC21".startswith(part) for part in area)


def test_every_french_place_has_its_own_code():
    codes = [*REGIONS, *DEPARTEMENTS]
    assert len(DEPARTEMENTS) == 96 and len(codes) == len(set(codes)) == len({*REGIONS.values(), *DEPARTEMENTS.values()})


@pytest.mark.parametrize(
    ("places", "areas"),
    [
        ("Doubs", ("FRC21",)),
        ("Bourgogne-Franche-Comté ; Haute-Savoie", ("FRC", "FRK28")),
        ("France", ()),
        ("Pays de Montbéliard Agglomération", ()),
    ],
)
def test_places_in_a_list_of_areas_are_told_by_their_codes(places, areas):
    assert areas_in(places) == areas


# ---------------------------------------------------------------- United States


@pytest.mark.parametrize(
    ("number", "title", "low", "high"),
    [
        ("14.218", "Community Development Block Grants/Entitlement Grants", FOR_US, 3),
        ("20.939", "Safe Streets and Roads for All", FOR_US, 3),
        ("66.818", "Brownfields Assessment and Cleanup", FOR_US, 3),
        ("97.047", "Building Resilient Infrastructure and Communities", FOR_US, 3),
        ("81.128", "Energy Efficiency and Conservation Block Grant", FOR_US, 3),
        ("45.024", "Promotion of the Arts Grants to Organizations", PASS_ON, 3),
        ("20.509", "Formula Grants for Rural Areas", 0, PASS_ON),
        ("66.458", "Clean Water State Revolving Fund", 0, PASS_ON),
        ("15.020", "Aid to Tribal Governments", 0, 1),
        ("47.050", "Geosciences", 0, 1),
        ("93.855", "Allergy and Infectious Diseases Research", 0, 1),
        ("12.300", "Basic and Applied Scientific Research", 0, 1),
        ("64.109", "Veterans Compensation", 0, 1),
    ],
)
def test_an_american_listing_is_known_by_its_number(number, title, low, high):
    rule = rule_of(title, call_title=number, language="en")
    assert low <= rule.city <= high and rule.area == ("US",)


@pytest.mark.parametrize("title", ["Zuschuss bis 10.500 Euro", "Förderung mit 66.808 € im Jahr"])
def test_an_amount_is_no_number_of_a_listing(title):
    assert rule_of(title) is DEFAULT


@pytest.mark.parametrize("funder", ["National Institutes of Health", "Office of Naval Research", "Geological Survey"])
def test_american_science_and_defence_are_kept_down(funder):
    assert rule_of("Research", funder=funder, language="en").city < 1


# ---------------------------------------------------------------- the other partners' countries


@pytest.mark.parametrize(
    ("words", "city", "area"),
    [
        ({"funder": "Regione Lombardia"}, FOR_US, "ITC4"),
        ({"funder": "Fondazione Cariplo"}, FOR_US, "ITC4"),
        ({"programme": "PNRR"}, FOR_US, "IT"),
        ({"funder": "Moravskoslezský kraj"}, FOR_US, "CZ08"),
        ({"programme": "Integrovaný regionální operační program"}, FOR_US, "CZ"),
        ({"funder": "Státní fond životního prostředí"}, FOR_US, "CZ"),
        ({"funder": "Welsh Government"}, FOR_US, "UKL"),
        ({"programme": "UK Shared Prosperity Fund"}, PASS_ON, "GB"),
        ({"funder": "Український культурний фонд"}, PASS_ON, "UA"),
    ],
)
def test_programmes_of_the_partners_countries_are_known(words, city, area):
    rule = rule_of("Aufruf", **words)
    assert rule.city >= city and rule.area == (area,)


@pytest.mark.parametrize("funder", ["Innovate UK", "Invitalia", "CzechInvest", "Grantová agentura ČR"])
def test_firms_and_research_there_are_kept_down(funder):
    assert rule_of("Aufruf", funder=funder).city < 1


# ---------------------------------------------------------------- all of them


@pytest.mark.parametrize(
    "given",
    [
        {"title": "Cities for climate", "identifiers": ("HORIZON-MISS-2026-04-CIT-01",)},
        {"title": "Town twinning", "identifiers": ("CERV-2026-CITIZENS-TOWN-TT",)},
        {"title": "Governance", "identifiers": ("LIFE-2026-SAP-CLIMA-GOV",)},
        {"title": "Third call", "programme": "Interreg Danube Region Programme"},
    ],
)
def test_a_call_of_the_union_is_never_taken_for_a_national_one(given):
    assert rule_of(**given) not in NATIONAL


def test_every_national_rule_stands_in_the_table_and_says_where_it_holds():
    assert set(NATIONAL) <= set(RULES)
    assert {rule.name for rule in NATIONAL if not rule.area} == {"Programm der EU auf einem französischen Portal"}


def test_no_rule_likes_a_call_less_that_means_towns():
    assert all(0 <= rule.base <= rule.city <= 3 for rule in NATIONAL)


@pytest.mark.parametrize("text", ["Agence ", "a", "Syndicat de ", "10.5", "ADEME | ", "Bundesministerium für "])
def test_no_text_makes_a_rule_slow(text):
    begun = process_time()
    for rule in NATIONAL:
        rule.pattern.search(text * (20_000 // len(text)))
    assert process_time() - begun < 2
    begun = process_time()
    rule_of(text * 20_000, funder=text * 20_000, description=text * 20_000)
    assert process_time() - begun < 1
