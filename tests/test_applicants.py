"""Who may apply is read from a source's own list first, then from sentences in six languages, and never guessed."""

from __future__ import annotations

from time import process_time

import pytest

from tests.builders import a_call
from tracker.match.applicant_reasons import reasons
from tracker.match.applicants import Applicants, Degree, applicants_of

TOWN = "municipality"


def told(text: str = "", *, eligible: tuple[str, ...] = (), title: str = "Aufruf") -> Applicants:
    return applicants_of(a_call("x", title=title, description=text, eligible=eligible))


# ---------------------------------------------------------------- sentences


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Antragsberechtigt sind Städte und Gemeinden sowie Vereine.", "municipality nonprofit"),
        ("Wer ist antragsberechtigt? Gemeinden, Schulen und Museen.", "municipality school culture"),
        ("Kommunen können Anträge stellen.", "municipality"),
        ("Wenn Sie als Hochschule forschen, können Sie einen Zuschuss erhalten.", "university"),
        ("Nicht nur Unternehmen, sondern auch Kommunen können Anträge stellen.", "company municipality"),
        ("Eligible applicants are local authorities, schools and non-profit organisations.", "municipality school"),
        ("Towns may apply together with NGOs.", "municipality nonprofit"),
        ("Only universities may apply.", "university"),
        ("Peuvent bénéficier de l'aide les communes et les EPCI.", "municipality"),
        ("L'aide s'adresse aux entreprises et aux associations.", "company nonprofit"),
        ("Faites un point sur votre entreprise.", "company"),
        ("Beneficiari: Comuni, Unioni di Comuni e associazioni.", "municipality nonprofit"),
        ("Possono presentare domanda le imprese e gli enti locali.", "company municipality"),
        ("Oprávnění žadatelé: obce, kraje a školy.", "municipality region school"),
        ("O dotaci mohou žádat spolky.", "nonprofit"),
        ("Заявники: територіальні громади, громадські організації.", "municipality nonprofit"),
        ("До участі запрошуються школи.", "school"),
    ],
)
def test_a_sentence_that_says_who_may_apply_makes_applicants_in_six_languages(text, kinds):
    found = told(text)
    assert {kind: found.degree(kind) for kind in kinds.split()} == dict.fromkeys(kinds.split(), Degree.MAY)


@pytest.mark.parametrize(
    "text",
    [
        "Antragsberechtigt sind Unternehmen und nicht Kommunen.",
        "Antragsberechtigt sind Unternehmen, nicht antragsberechtigt sind Kommunen.",
        "Nicht antragsberechtigt sind Kommunen und Zweckverbände.",
        "Kommunen sind nicht antragsberechtigt, wohl aber Vereine.",
        "Ausgenommen sind Gebietskörperschaften.",
        "Städte sind von der Förderung ausgeschlossen.",
        "This call is not open to local authorities. Companies can apply.",
        "Municipalities are not eligible. NGOs are eligible.",
        "Open to public bodies other than local authorities.",
        "Les communes ne sont pas éligibles.",
        "L'aide s'adresse aux entreprises, hors collectivités.",
        "Sont éligibles les associations, à l'exception des communes.",
        "Sono esclusi gli enti locali.",
        "I Comuni non possono presentare domanda.",
        "Obce nejsou oprávněnými žadateli.",
        "Podpora je určena podnikům, kromě obcí.",
        "Органи місцевого самоврядування не можуть подавати заявки.",
        "Заявники: громадські організації, крім територіальних громад.",
    ],
)
def test_a_negation_shuts_towns_out_in_six_languages(text):
    assert told(text).degree(TOWN) is Degree.NOT


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Antragsberechtigt sind Unternehmen und nicht Kommunen.", "company"),
        ("Kommunen sind nicht antragsberechtigt, wohl aber Vereine.", "nonprofit"),
        ("L'aide s'adresse aux entreprises, hors collectivités.", "company"),
        ("Podpora je určena podnikům, kromě obcí.", "company"),
        ("Toutes les communes (sauf Paris) et les associations sont éligibles.", "nonprofit"),
    ],
)
def test_a_negation_does_not_reach_the_others(text, kind):
    assert told(text).degree(kind) is Degree.MAY


def test_a_party_outside_such_a_sentence_is_only_named():
    found = told("Das Vorhaben soll Kommunen nützen. Antragsberechtigt sind Hochschulen.")
    assert found.degree(TOWN) is Degree.NAMED and found.degree("university") is Degree.MAY


@pytest.mark.parametrize(
    "text",
    [
        "Grants to States, which may subgrant to local governments.",
        "Die Mittel werden durch die Länder an Kommunen ausgezahlt.",
    ],
)
def test_money_that_others_pass_on_is_told_apart(text):
    assert told(text).degree(TOWN) is Degree.VIA


@pytest.mark.parametrize(
    "text",
    ["Städtebau in Europa", "member states and the United States", "Die Gemeinschaft ist stark.", "state of the art"],
)
def test_words_that_only_look_like_applicants_are_none(text):
    assert told(text).parties == ()


def test_an_abbreviation_ends_no_sentence():
    found = told("Antragsberechtigt sind z. B. Träger wie Musterhilfe e. V. und Kommunen.")
    assert found.degree(TOWN) is Degree.MAY


# ---------------------------------------------------------------- lists of applicants


@pytest.mark.parametrize(
    ("eligible", "kinds"),
    [
        (("Kommune", "Öffentliche Einrichtung"), "municipality public-body"),
        (("Unternehmen", "Existenzgründer/in"), "company startup"),
        (("Forschungseinrichtung", "Hochschule"), "research university"),
        (("Verband/Vereinigung", "Privatperson"), "nonprofit household"),
        (("Communes", "Intercommunalités / Pays"), "municipality"),
        (("Collectivités d'outre-mer à statuts particuliers",), "overseas"),
        (("Entreprises publiques locales (Sem, Spl, SemOp)",), "utility"),
        (("Établissements publics (écoles, bibliothèques…) / Services de l'État",), "public-body"),
        (("Agriculteurs", "Particuliers", "Recherche"), "farmer household research"),
        (("State", "U.S. Territories and possessions"), "state"),
        (
            ("Local (includes State-designated Indian Tribes, excludes institutions of higher education",),
            "municipality",
        ),
        (("City or township governments",), "municipality"),
        (("city_or_township_governments", "state_governments"), "municipality state"),
        (("Nonprofits having a 501(c)(3) status, other than institutions of higher education",), "nonprofit"),
        (("Public housing authorities/Indian housing authorities",), "housing tribe"),
        (("Public Body (national, regional and local; incl. EGTCs), Research Institution",), "public-body research"),
        (("Enti locali", "Imprese"), "municipality company"),
        (("Others",), ""),
    ],
)
def test_the_lists_of_the_portals_are_understood(eligible, kinds):
    found = told(eligible=eligible)
    assert {party.kind for party in found.parties} == set(kinds.split())


def test_a_list_is_believed_rather_than_the_text():
    found = told("Antragsberechtigt sind Vereine. Ausgenommen sind Kommunen.", eligible=("Kommune", "Unternehmen"))
    assert found.stated and found.degree(TOWN) is Degree.MAY and not found.only


@pytest.mark.parametrize(
    ("eligible", "only"),
    [
        (("Unternehmen",), "company"),
        (("Hochschule",), "university"),
        (("Hochschule", "Forschungseinrichtung"), "research"),
        (("Unternehmen", "Forschungseinrichtung"), "research-company"),
        (("Privatperson",), "household"),
        (("Agriculteurs",), "farmer"),
        (("State",), "state"),
        (("Federally Recognized Indian Tribal Governments",), "tribe"),
        (("State", "Federally Recognized Indian Tribal Governments"), "state"),
        (("Communes", "Intercommunalités / Pays"), "municipality"),
        (("Unternehmen", "Kommune"), ""),
        (("Unternehmen", "Öffentliche Einrichtung"), ""),
        ((), ""),
    ],
)
def test_the_one_group_that_may_apply_is_named(eligible, only):
    assert told(eligible=eligible).only == only


def test_a_text_that_breaks_off_while_it_lists_applicants_names_no_only_group():
    assert told("Zuschuss. Antragsberechtigt sind Unternehmen.").only == "company"
    assert (
        told("Zuschuss. Antragsberechtigt sind Unternehmen der gewerblichen Wirtschaft, Organisationen wi").only == ""
    )


def test_a_call_by_invitation_says_so():
    assert told("Grants are awarded to identified beneficiaries.").only == "invited"


# ---------------------------------------------------------------- figures and sentences


def test_features_have_names_that_stay():
    found = told("Vereine sind genannt.", eligible=("Unternehmen",))
    assert found.features() == {"may:company": 1.0, "named:nonprofit": 1.0, "only:company": 1.0, "stated": 1.0}


@pytest.mark.parametrize(
    ("text", "eligible", "said"),
    [
        ("", ("Kommune", "Unternehmen"), "Städte und Gemeinden können Anträge stellen"),
        ("", ("Unternehmen",), "nur für Unternehmen"),
        ("Antragsberechtigt sind Unternehmen.", (), "richtet sich an Unternehmen"),
        ("", ("Forschungseinrichtung",), "nur für Forschungseinrichtungen und Hochschulen"),
        ("", ("State",), "nur für US-Bundesstaaten und Bundesbehörden"),
        ("Vereine können Anträge stellen.", (), "Vereine können Anträge stellen (zum Weitergeben)"),
        ("Ausgenommen sind Städte.", (), "Städte und Gemeinden sind ausgeschlossen"),
        ("by invitation only", (), "nur eingeladene Einrichtungen"),
    ],
)
def test_the_reasons_are_german_sentences(text, eligible, said):
    assert said in reasons(told(text, eligible=eligible))


def test_nothing_said_is_an_empty_answer():
    assert told("") == Applicants() and reasons(Applicants()) == ()


# ---------------------------------------------------------------- bad input


@pytest.mark.parametrize(
    "text",
    [
        "Kommunen " * 60_000,
        "nicht antragsberechtigt " * 25_000,
        "a" * 500_000,
        "öffentliche " * 40_000,
        "Anträge stellen; " * 30_000,
        "\ud800 KOMMUNEN SIND ANTRAGSBERECHTIGT \u00ad\u0130",
        "Nový Ji?ín, M?sto",
        "<li>Kommunen</li>" * 20_000,
    ],
)
def test_any_text_is_answered_in_the_usual_time(text):
    begun = process_time()
    told(text, title=text)
    assert process_time() - begun < 3


def test_a_letter_that_grows_in_lower_case_moves_no_words():
    (party, *_) = told("İİİ Antragsberechtigt sind Kommunen.").parties
    assert party.words.lower() == "kommunen"
