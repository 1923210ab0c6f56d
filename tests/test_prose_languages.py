"""Deadlines in English, French, Italian and Czech prose: what is read, and above all what is not."""

from __future__ import annotations

import csv
import gzip
import html
import json
import random
import re
from datetime import UTC, date, datetime, time

import pytest
from bs4 import BeautifulSoup

from tests.shared import RECORDED, needs_recorded
from tracker.connectors import listing, watch_page
from tracker.connectors.page import text_lines
from tracker.model import DeadlineKind, RawDocument, Request, Source
from tracker.prose_deadlines import read

SINGLE, STAGE, CUT_OFF = DeadlineKind.SINGLE, DeadlineKind.STAGE, DeadlineKind.CUT_OFF
LANGUAGES = ("de", "en", "fr", "it", "cs")
JUNE = date(2026, 6, 17)


def days(text, language="en"):
    return [each.day for each in read(text, language)]


def kinds(text, language="en"):
    return [(each.kind, each.day) for each in read(text, language)]


# ---------------------------------------------------------------- English


@pytest.mark.parametrize(
    "text",
    [
        "Deadline: 17 June 2026",
        "Deadline for applications is 17 June 2026 at 14:00 CET",
        "The deadline for submitting proposals is Wednesday, 17 June 2026 (17:00 Brussels time).",
        "Deadline for submission of applications: 17 June 2026, 23:59",
        "The deadline to apply is June 17, 2026.",
        "The submission deadline is set for 17 June 2026.",
        "The application deadline has been extended to 17 June 2026.",
        "The deadline was extended from 10 June to 17 June 2026.",
        "Application deadline 17 Jun 2026",
        "Applications must be submitted by 17 June 2026.",
        "Proposals must be received no later than 5pm on 17 June 2026.",
        "Submit your application by June 17th, 2026.",
        "Please send your completed application form to the secretariat before 17 June 2026.",
        "All applications must be submitted via the online system by 17 June 2026 at the latest.",
        "Cities can apply until 17 June 2026.",
        "Apply by 17 June 2026",
        "Applications are due on 17 June 2026",
        "Submission of proposals: by 17 June 2026",
        "Applicants are welcome to send their project proposals until 17 June 2026.",
        "Closing date: 17/06/2026",
        "Closing date for applications: 17 June 2026, 12:00",
        "Call closes: 17 June 2026",
        "The call closes on 17 June 2026 at midday.",
        "Open until 17 June 2026",
        "The fund is open for applications until 17 June 2026.",
        "The call is open from 17 March to 17 June 2026.",
        "The call is open from 17 March 2026 until 17 June 2026, 14:00 CET.",
        "Applications are open between 17 March and 17 June 2026.",
        "Submission period: 17 March 2026 – 17 June 2026",
        "Published: 3 March 2026 | Deadline: 17 June 2026",
        "The call was published on 3 March 2026 and closes on 17 June 2026.",
        "The launch of the call is planned on 3. 3. 2026, deadline on 17. 6. 2026.",
        "The call is open until 17 June 2026 and results will be published by 30 September 2026.",
        "Applications are accepted until 17 June 2026, and the projects start on 1 January 2027.",
        "Deadline: 2026-06-17",
        "The call for proposals ends on 17 June 2026.",
        "Opening\n1 March 2026\nDeadline\n17.06.2026 17:00\nLink to the call",
        # The label behind its day: the pages of Alpine Space in 2017 and 2024.
        "17 June 2026 at 13:00 CET: Deadline for submitting applications",
        "17.06.2026 2 P.M.: Deadline for the submission of applications",
        "Timeline\n* 20 May 2026: Opening\n* 17 June 2026: Deadline for submission\n* 9 July 2026: Fair",
        "Dates and deadlines:\n* 20 May 2026: Opening\n* 17 June 2026: Submission\n* 9 July 2026: Committee meeting",
        "3 March 2026 – Application deadline: 17 June 2026",
        "News of 3 March 2026: application deadline 17 June 2026",
    ],
)
def test_an_english_day_to_hand_something_in_is_read(text):
    assert days(text) == [JUNE]


@pytest.mark.parametrize(
    "text",
    [
        "Published on 17 June 2026",
        "Last updated: 17 June 2026",
        "Results by 17 June 2026",
        "Results will be published by 17 June 2026.",
        "Applicants will be notified by 17 June 2026.",
        "Projects must start by 17 June 2026.",
        "Projects must end by 31 December 2027.",
        "Applications are invited for projects that end by 31 December 2027.",
        "Project period: 1 January 2026 – 31 December 2027",
        "The guidelines are valid until 31 December 2027.",
        "Eligible expenditure until 31 December 2027",
        "The programme runs until 31 December 2027.",
        "The new rules apply until 31 December 2027.",
        "The info day takes place on 17 June 2026.",
        "Register for the webinar by 17 June 2026.",
        "Registration deadline: 17 June 2026",
        "The deadline for registration is 17 June 2026.",
        "Event: closing conference, open until 17 June 2026",
        "The exhibition is open until 17 June 2026.",
        "The public consultation is open until 17 June 2026.",
        "Opening date: 17 March 2026",
        "The call opens on 17 March 2026.",
        "Applications open from 17 March 2026.",
        "Submit your application after 17 June 2026.",
        "Final reports must be submitted by 31 May 2026.",
        "Reports are due after the project. They must be submitted by 31 May 2026.",
        "Payment claims must be submitted no later than 17 June 2026.",
        "Grant agreements must be signed by 17 June 2026.",
        "Deadline for questions: 17 June 2026",
        "Submit your draft application by 17 June 2026 for feedback.",
        "If you apply by 17 June 2026, you receive 80 percent.",
        "Applications received by 30 June 2025 will be assessed under the old rules.",
        "Projects submitted after 1 August, and until 28 February 2026 will be part of the meeting in April 2026.",
        "Applications are not accepted until 17 June 2026.",
        "The call is expected to close on 17 June 2026.",
        "The indicative deadline is 17 June 2026.",
        "The deadline for the transposition is 17 June 2026.",
        "The deadline was set by Regulation of 17 June 2026.",
        "Apply for places at the summer school by 17 June 2026.",
        "Our office is closed until 7 January 2026; submit applications online.",
        "The portal will be closed from 1 June 2026 to 5 June 2026 for maintenance.",
        "Application form (version of 17 June 2026)",
        "17 June 2026: deadline for the final report",
        "17 June 2026: registration deadline for applicants",
        "17 June 2026: committee meeting, selection of projects",
        "From 25 May until 2 October 2026, towns had something to visit that one may apply for elsewhere.",
        "2026-06-17",
        "Applications must be submitted by 2026-06-17.",  # a machine's date goes with a label only
        "Applications must be submitted by 31 February 2026.",
        "Opening\nDeadline\n1 March 2026\n17 June 2026",  # a row of labels above a row of days
        "1 March 2026\nOpening\n17 June 2026\nDeadline\n1 January 2027\nStart of projects",  # days above their labels
        "Deadlines\n17 June 2026\nProject start\n1 January 2027",
        "Applications " + "that are described here without an end " * 60 + "must be submitted by 17 June 2026.",
        "",
    ],
)
def test_other_english_days_are_not_deadlines(text):
    assert read(text, "en") == ()


@pytest.mark.parametrize(
    ("text", "clock", "zone"),
    [
        ("Deadline: 17 June 2026 at 14:00 CET", time(14), "Europe/Brussels"),
        ("Applications must be submitted by 5pm on 17 June 2026.", time(17), ""),
        ("The call closes on 17 June 2026 at midday (UK time).", time(12), "Europe/London"),
        ("Deadline: 17 June 2026", None, ""),
    ],
)
def test_an_hour_beside_an_english_day_is_kept_with_its_zone(text, clock, zone):
    assert [(each.day, each.time, each.zone) for each in read(text, "en")] == [(JUNE, clock, zone)]


@pytest.mark.parametrize(
    "text",
    [
        "Cut-off dates: 15 January 2026, 15 May 2026 and 15 September 2026",
        "Cut-off dates are 15 January, 15 May and 15 September 2026.",
        "Cut-off dates are as follows:\n* 15 January 2026\n* 15 May 2026\n* 15 September 2026",
    ],
)
def test_every_cut_off_date_is_read(text):
    wanted = [(CUT_OFF, date(2026, month, 15)) for month in (1, 5, 9)]
    assert kinds(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Stage 1: 17 June 2026; full proposals by 15 January 2027.",
        "Concept notes by 17 June 2026; full proposals by 15 January 2027.",
        "Deadlines: Stage 1: 17 June 2026; Stage 2: 15 January 2027",
        "Deadline: 17 June 2026 (stage 1), 15 January 2027 (stage 2)",
        "Two-stage procedure:\n* First-stage deadline: 17 June 2026\n* Second-stage deadline: 15 January 2027",
    ],
)
def test_both_stages_of_an_english_procedure_are_told_apart(text):
    found = [(each.day, each.kind, each.stage) for each in read(text, "en")]
    assert found == [(JUNE, STAGE, 1), (date(2027, 1, 15), STAGE, 2)]


@pytest.mark.parametrize(
    "text",
    [
        "The call was open until 17 June 2026.",
        "The deadline was 17 June 2026.",
        "The call for networks closed on 17 June 2026.",
        "Applications had to be submitted by 17 June 2026.",
        "Opened on 26 March 2026, closed on 17 June 2026.",
        "Fourth call, the last of 2021-2027: launched on 29 March 2026, closed on 17 June 2026 at 16:00 CET.",
    ],
)
def test_an_english_deadline_in_the_past_tense_keeps_its_day_and_is_a_single_one(text):
    assert kinds(text) == [(SINGLE, JUNE)]


@pytest.mark.parametrize(
    "text",
    [
        "Rolling",
        "Deadline: rolling",
        "Applications are accepted on a rolling basis.",
        "Proposals can be submitted at any time.",
        "Applications are accepted continuously.",
        "There is no deadline: cities may apply all year round.",
    ],
)
def test_what_is_open_all_the_time_in_english_is_rolling(text):
    assert kinds(text) == [(DeadlineKind.ROLLING, None)]


@pytest.mark.parametrize(
    "text",
    [
        "Applications are not accepted on a rolling basis.",
        "You may contact us at any time.",
        "You can edit your application at any time before the deadline.",
        "The Commission may request applicants at any time to submit documents.",
        "Applications on a rolling basis are for projects that end on 31 December 2027.",
        "The platform is continuously developed and serves the exchange between the cities.",
    ],
)
def test_other_things_that_go_on_in_english_are_not_rolling(text):
    assert read(text, "en") == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Application deadline: 17 June", "Application deadline: 17 June"),
        ("Submit by Friday. Applications must be sent by 17 June, results by 1 September 2026.", "17 June"),
        ("Closing date: 05/06/2026", "Closing date: 05/06/2026"),  # the fifth of June, or the sixth of May?
    ],
)
def test_an_english_day_that_leaves_its_year_or_month_open_is_told_in_words_without_other_days(text, words):
    (found,) = read(text, "en")
    assert (found.kind, found.day) == (DeadlineKind.UNKNOWN, None)
    assert found.words.endswith(words) and "September" not in found.words


def test_an_english_day_of_every_year_is_a_rule_without_a_date():
    assert kinds("Applications must be submitted by 31 March each year.") == [(DeadlineKind.RULE, None)]


def test_of_two_tellings_of_one_day_the_one_with_its_hour_is_kept():
    for text in (
        "Application deadline: 17 June 2026\nThe call is open until 17 June 2026, 14:00 CET.",
        "The call is open until 17 June 2026, 14:00 CET.\nApplication deadline: 17 June 2026",
    ):
        assert [(each.day, each.time) for each in read(text, "en")] == [(JUNE, time(14))]


# ---------------------------------------------------------------- French

MARCH = date(2027, 3, 15)


@pytest.mark.parametrize(
    "text",
    [
        "Date limite : 15 mars 2027",
        "Date limite de candidature : lundi 15 mars 2027 à 12h00",
        "La date limite de dépôt des dossiers est fixée au 15 mars 2027.",
        "La date limite pour le dépôt d'un projet est le 15 mars 2027.",
        "Date limite de dépôt des candidatures : 15/03/2027",
        "Candidatures jusqu'au 15 mars 2027 inclus",
        "Vous pouvez déposer votre dossier jusqu’au 15 mars 2027.",
        "Les demandes doivent parvenir au plus tard le 15 mars 2027.",
        "Clôture le 15 mars 2027 à 17h",
        "Clôture de l'appel à projets: LUNDI 15 MARS 2027",
        "Date de lancement : 17 février 2027 Date de clôture : 15 mars 2027",
        "Dépôt des dossiers avant le 15 mars 2027",
        "Jusqu'au 15 mars 2027 : dépôt des demandes en ligne",
        "15 mars 2027 : date limite de dépôt des dossiers",
        "Dépôt des dossiers du 1er janvier au 15 mars 2027",
        "L'appel à projets est ouvert du 1er janvier 2027 au 15 mars 2027.",
        "L'appel à projets est ouvert jusqu'au 15 mars 2027.",
    ],
)
def test_a_french_day_to_hand_something_in_is_read(text):
    assert days(text, "fr") == [MARCH]


def test_the_first_of_a_french_month_and_its_short_name_are_read():
    assert days("Candidatures jusqu'au 1er mars 2027", "fr") == [date(2027, 3, 1)]
    assert days("Les dossiers sont à déposer au plus tard le 31 déc. 2026.", "fr") == [date(2026, 12, 31)]


@pytest.mark.parametrize(
    "text",
    [
        "Publié le 15 mars 2027",
        "Mis à jour le 15 mars 2027",
        "Ouverture des candidatures : 15 mars 2027",
        "Les travaux doivent être achevés avant le 31 décembre 2027.",
        "Les projets doivent démarrer avant le 31 décembre 2027.",
        "Les dépenses sont éligibles jusqu'au 31 décembre 2027.",
        "Le règlement est valable jusqu'au 31 décembre 2027.",
        "Inscription au webinaire avant le 15 mars 2027.",
        "Date limite d'inscription : 15 mars 2027",
        "Réunion d'information le 15 mars 2027",
        "Les résultats seront annoncés au plus tard le 15 mars 2027.",
        "Le bilan doit être déposé avant le 15 mars 2027.",
        "Les dossiers reçus avant le 15 mars 2027 seront examinés en avril.",
        "Si vous déposez votre dossier avant le 15 mars 2027, vous serez informé en avril.",
        "15 mars 2027 : clôture des inscriptions",
        "Au total, jusqu'au 15 mars 2027, le fonds a été sollicité pour 7 millions d'euros.",
        "Des demandes ont déjà été déposées au 15 mars 2027.",
        "Aucune demande ne peut être déposée avant le 15 mars 2027.",
        "Notre équipe répond toute l'année.",
        "Le comité permanent examine les dossiers.",
    ],
)
def test_other_french_days_are_not_deadlines(text):
    assert read(text, "fr") == ()


@pytest.mark.parametrize(
    "text",
    [
        "Les dossiers peuvent être déposés au fil de l'eau.",
        "Les demandes sont acceptées toute l'année.",
        "Candidatures en continu",
        "Au fil de l’eau",
    ],
)
def test_what_is_open_all_the_time_in_french_is_rolling(text):
    assert kinds(text, "fr") == [(DeadlineKind.ROLLING, None)]


@pytest.mark.parametrize(
    "text", ["L'appel était ouvert jusqu'au 15 mars 2027.", "L'appel à projets est clôturé depuis le 15 mars 2027."]
)
def test_a_french_deadline_that_is_over_keeps_its_day(text):
    assert kinds(text, "fr") == [(SINGLE, MARCH)]


def test_two_french_days_of_one_label_are_two_cut_offs():
    text = "Dates limites de dépôt : 15 mars 2027 et 15 septembre 2027"
    assert kinds(text, "fr") == [(CUT_OFF, MARCH), (CUT_OFF, date(2027, 9, 15))]


def test_a_french_day_without_its_year_is_told_in_words():
    assert kinds("Date limite : 15 avril", "fr") == [(DeadlineKind.UNKNOWN, None)]


# ---------------------------------------------------------------- Italian and Czech


@pytest.mark.parametrize(
    "text",
    [
        "Scadenza: 15 marzo 2027",
        "Scadenza presentazione domande: 15 marzo 2027 ore 12:00",
        "Termine ultimo per la presentazione delle domande: 15/03/2027",
        "Le domande devono essere presentate entro il 15 marzo 2027.",
        "Le candidature devono pervenire entro e non oltre le ore 12.00 del 15 marzo 2027.",
        "Il bando è aperto fino al 15 marzo 2027.",
        "Il bando era aperto fino al 15 marzo 2027.",
        "Le domande possono essere presentate dal 1 gennaio 2027 al 15 marzo 2027.",
        "Il bando scade il 15 marzo 2027",
    ],
)
def test_an_italian_day_to_hand_something_in_is_read(text):
    assert kinds(text, "it") == [(SINGLE, MARCH)]


@pytest.mark.parametrize(
    "text",
    [
        "Pubblicato il 15 marzo 2027",
        "Apertura del bando: 15 marzo 2027",
        "I lavori devono concludersi entro il 31 dicembre 2027.",
        "Le spese sono ammissibili fino al 31 dicembre 2027.",
        "Scadenza iscrizioni al webinar: 15 marzo 2027",
        "La rendicontazione va presentata entro il 15 marzo 2027.",
        "La graduatoria sarà pubblicata entro il 15 marzo 2027.",
        "Le domande non possono essere presentate prima del 15 marzo 2027.",
    ],
)
def test_other_italian_days_are_not_deadlines(text):
    assert read(text, "it") == ()


@pytest.mark.parametrize(
    "text",
    [
        "Uzávěrka: 15. 3. 2027",
        "Uzávěrka žádostí je 15. března 2027.",
        "Termín pro podání žádostí: 15. 3. 2027 do 12:00",
        "Příjem žádostí do 15. 3. 2027",
        "Příjem žádostí od 1. 1. 2027 do 15. 3. 2027",
        "Příjem žádostí byl ukončen 15. 3. 2027.",
        "Ukončení příjmu žádostí: 15. 3. 2027 14:00",
        "Žádosti lze podávat nejpozději do 15. března 2027.",
        "Výzva je otevřena do 15. 3. 2027.",
    ],
)
def test_a_czech_day_to_hand_something_in_is_read(text):
    assert kinds(text, "cs") == [(SINGLE, MARCH)]


@pytest.mark.parametrize(
    "text",
    [
        "Zveřejněno 15. 3. 2027",
        "Výzva vyhlášena 15. 3. 2027",
        "Zahájení příjmu žádostí: 15. 3. 2027",
        "Projekt musí být dokončen do 31. 12. 2027.",
        "Závěrečnou zprávu předložte do 31. 1. 2027.",
        "Výdaje jsou způsobilé do 31. 12. 2027.",
        "Výsledky budou oznámeny do 15. 3. 2027.",
        "Termín semináře: 15. 3. 2027",
        "Termín: 15. 3. 2027",  # of anything: the word alone also heads the day of a meeting
        "Registrace na webinář do 15. 3. 2027",
        "Žádosti se hodnotí průběžně.",
    ],
)
def test_other_czech_days_are_not_deadlines(text):
    assert read(text, "cs") == ()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Procedura a sportello.", "it"),
        ("Le domande possono essere presentate in qualsiasi momento.", "it"),
        ("Žádosti se přijímají průběžně.", "cs"),
        ("Žádosti lze podávat celoročně.", "cs"),
    ],
)
def test_what_is_open_all_the_time_in_italian_and_czech_is_rolling(text, language):
    assert kinds(text, language) == [(DeadlineKind.ROLLING, None)]


# ---------------------------------------------------------------- which language


def test_a_text_is_read_by_the_wording_of_its_own_language_only():
    assert days("Deadline: 17 June 2026", "de") == [] and days("Antragsfrist: 17.6.2026", "en") == []
    assert days("Deadline: 17 June 2026", "en-GB") == days("Deadline: 17 June 2026", "EN") == [JUNE]


def test_a_text_of_no_language_is_read_as_german_and_one_of_an_unknown_one_not_at_all():
    assert days("Antragsfrist: 17.6.2026", "") == days("Antragsfrist: 17.6.2026", "de") == [JUNE]
    assert days("Deadline: 17 June 2026. Antragsfrist: 17.6.2026", "uk") == []


def a_document(body):
    moment = datetime(2026, 11, 22, tzinfo=UTC)
    url = "https://fonds.example/aufruf"
    return RawDocument(request=Request(url), body=body.encode(), content_type="text/html", fetched_at=moment)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "The call is open until 17 June 2026."),
        ("fr", "L'appel à projets est ouvert jusqu'au 17 juin 2026."),
        ("it", "Il bando è aperto fino al 17 giugno 2026."),
        ("cs", "Příjem žádostí do 17. června 2026."),
        ("de", "Anträge sind bis zum 17. Juni 2026 einzureichen."),
    ],
)
def test_a_watched_page_and_a_detail_page_are_read_in_the_language_of_their_source(language, words):
    url = "https://fonds.example/aufruf"
    body = (
        f"<html lang={language}><main><h1>Aufruf</h1><p>{words}</p><p>" + "Lorem ipsum dolor. " * 9 + "</main></html>"
    )
    source = Source(id="f", connector="watch_page", url=url, language=language, options={"main": "main"})
    (page,) = watch_page.parse(a_document(body), source)
    assert [each.day for each in page.deadlines] == [JUNE]
    options = {"item": "main", "link": "a", "title": "h1", "detail": {"prose": "p"}}
    source = Source(id="f", connector="listing", url=url, language=language, options=options)
    detail = a_document(body)
    request = Request(url, kind="detail", note=(("external_id", "1"),))
    (added,) = listing.parse(
        RawDocument(request=request, body=detail.body, content_type="text/html", fetched_at=detail.fetched_at), source
    )
    assert [each.day for each in added.fields["deadlines"]] == [JUNE]


# ---------------------------------------------------------------- real texts


@needs_recorded
def test_no_deadline_read_from_recorded_descriptions_of_the_eu_portal_contradicts_their_metadata(capsys):
    rows = json.loads(gzip.decompress((RECORDED / "eu" / "sedia-days.json.gz").read_bytes()))["rows"]
    texts = {
        BeautifulSoup(html.unescape(words), "lxml").get_text("\n"): {
            day[:10] for day in row["metadata"]["deadlineDate"]
        }
        for row in rows
        for words in row["metadata"].get("descriptionByte", [])
    }
    found = [(each, true) for text, true in texts.items() for each in read(text, "en")]
    with capsys.disabled():
        dated = sum(re.search(r"\d{1,2} [A-Z][a-z]+ 20\d\d", text) is not None for text in texts)
        print(f"\nEU portal: {len(texts)} descriptions, {dated} with a day in them, {len(found)} deadlines read")
    assert len(texts) > 400 and dated
    # Their days are those of directives and conferences: what is read there would be wrong, and so would be "rolling".
    assert [each for each, true in found if not each.day or each.day.isoformat() not in true] == []


def parts(node):
    """The text in parts, as watch_page hands it over: a reader takes no more than 20,000 characters."""
    lines = list(text_lines(node))
    return ["\n".join(lines[first : first + 60]) for first in range(0, len(lines), 60)]


@needs_recorded
def test_the_deadline_of_a_recorded_call_on_euroaccess_is_read_from_its_label_and_no_other_day_is():
    page = BeautifulSoup((RECORDED / "partners/euroaccess/ErasmusCharterForHigherEducation.html").read_text(), "lxml")
    found = [each for part in parts(page.body) for each in read(part, "en")]
    assert [(each.day, each.time) for each in found] == [(date(2026, 1, 27), time(17))]


@needs_recorded
@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("lists/euro_access.html", ["2025-06-11"]),
        ("lists/eit_food.html", []),
        ("lists/giz_tenders.html", []),
        ("lists/webalkans_opportunities.html", []),
        ("eeas/eu_delegation_grants.html", []),
        ("euroaccess/SearchForFunding.html", []),
    ],
)
def test_on_recorded_lists_in_english_no_day_is_read_that_a_person_would_not_read_there(name, wanted):
    page = BeautifulSoup((RECORDED / "partners" / name).read_text("utf-8", errors="replace"), "lxml")
    assert [str(each.day) for part in parts(page.body) for each in read(part, "en")] == wanted


@needs_recorded
def test_of_274_recorded_french_aids_the_two_deadlines_of_their_prose_are_read_and_none_else():
    with (RECORDED / "partners/fr/aides-territoires_periurbain.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = [
        (each.day.isoformat() if each.day else each.kind.value, row["Date Clôture"])
        for row in rows
        for each in read(row["Descriptif"], "fr")
    ]
    assert len(rows) == 274
    # The second names the end of its first round; the date beside it is that of the whole programme.
    assert found == [("2022-12-28", "28/12/2022"), ("2022-05-18", "31/12/2024")]


@needs_recorded
def test_in_recorded_french_interfaces_only_what_runs_on_is_read_and_no_other_day():
    found = [
        (path.stem, each.kind, each.day)
        for path in sorted((RECORDED / "partners" / "fr").glob("*.json"))
        for words in _texts(json.loads(path.read_text("utf-8")))
        for each in read(BeautifulSoup(html.unescape(words), "lxml").get_text("\n"), "fr")
    ]
    assert found == [("ademe_agir_data", DeadlineKind.ROLLING, None)]


def _texts(found):
    """All longer texts within a JSON value."""
    if isinstance(found, str):
        return [found] if len(found) > 40 and " " in found else []
    values = found.values() if isinstance(found, dict) else found if isinstance(found, list) else ()
    return [words for value in values for words in _texts(value)]


# ---------------------------------------------------------------- hostile texts


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "piece",
    [
        *("by 1 June 2026 ", "Applications by 1 June 2026, ", "Deadline\n1 May 2026\n", "Deadline for ", "closes for "),
        *("deadline for applications (", "stage 1 ", "open from 1 May to ", "submit proposals ", "12:00 ", "((("),
        *("jusqu'au 1 mai 2026 ", "date limite de ", "dossier déposé ", "entro le ore ", "žádost podat do 1. 1. 2026 "),
        *("termín pro podání ", "termine per la presentazione delle ", "* \n", "•", "a", "1/1/2026 ", "İ1 May 2026 "),
    ],
)
def test_a_hostile_text_is_read_to_its_end_in_every_language(piece, language):
    """Only a window before a date is searched, and only some dates of a sentence: a slow reader would hang here."""
    for text in (piece * 100_000, "Deadline " + piece * 100_000, "* " + piece * 2_000):
        assert len(read(text, language)) < 2_000


HOSTILE = (
    "deadline for applications submit by until open from to 1 June 2026 17.06.2026 2026-06-17 05/06/2026 closed "
    "( ) : ; , . – call stage 1 full proposal rolling basis 14:00 CET noon midnight and date limite dossier avant "
    "le 1er mars 2027 clôture entro il domande scadenza žádost do 31. 12. uzávěrka 0 99 31.2.2026 00:00 \n *"
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_in_any_order_never_break_the_reader(language):
    chance = random.Random(20261122)
    for _ in range(300):
        text = " ".join(chance.choice(HOSTILE.split(" ")) for _ in range(chance.randint(1, 80)))
        assert all(each.words and (each.day is None or each.day.year >= 2000) for each in read(text, language))
