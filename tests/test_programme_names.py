"""An EU programme goes by its official name in the reader's language; where it has none, by the source's own words."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path

import pytest

from tests.shared import RECORDED, needs_recorded
from tracker.connectors.eu_codes import PROGRAMMES
from tracker.programme_names import CALLED, CODES, programme_name

ROOT = Path(__file__).resolve().parents[1]
FILE = ROOT / "tracker" / "data" / "programme_names.json"
DATA = json.loads(FILE.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("identifier", "german", "english"),
    [
        (
            "CERV-2026-CITIZENS-TOWN-TT",
            "Bürgerinnen und Bürger, Gleichstellung, Rechte und Werte (CERV)",
            "Citizens, Equality, Rights and Values (CERV)",
        ),
        (
            "LIFE-2026-SAP-CLIMA-CCA",
            "Programm für Umwelt- und Klimapolitik (LIFE)",
            "Programme for the Environment and Climate Action (LIFE)",
        ),
        ("ERASMUS-EDU-2022-ECHE-CERT-FP", "Erasmus+", "Erasmus+"),
        ("CREA-CULT-2026-COOP-1", "Kreatives Europa (CREA)", "Creative Europe (CREA)"),
        ("SMP-FOOD-2026-FW-STAKEHOLDERS-PJ", "Binnenmarktprogramm (SMP)", "Single Market Programme (SMP)"),
        ("CEF-T-2026-AFIFGEN", "Fazilität „Connecting Europe“ (CEF)", "Connecting Europe Facility (CEF)"),
        ("ESC-HUMAID-2021-QUAL-LABEL-FP", "Europäisches Solidaritätskorps (ESC)", "European Solidarity Corps (ESC)"),
        (
            "HORIZON-MISS-2026-04-CIT-01",
            "Rahmenprogramm für Forschung und Innovation Horizont Europa (HORIZON)",
            "Horizon Europe – the Framework Programme for Research and Innovation",
        ),
    ],
)
def test_an_official_identifier_names_the_programme(identifier, german, english):
    assert programme_name("whatever the source says", (identifier,), "de") == german
    assert programme_name("", ("EuropeAid/1/DD", identifier), "en") == english


@pytest.mark.parametrize(
    ("said", "german"),
    [
        (
            "Citizens, Equality, Rights and Values (CERV)",
            "Bürgerinnen und Bürger, Gleichstellung, Rechte und Werte (CERV)",
        ),
        (
            "Citizens, Equality, Rights and Values Programme (CERV)",
            "Bürgerinnen und Bürger, Gleichstellung, Rechte und Werte (CERV)",
        ),
        ("LIFE", "Programm für Umwelt- und Klimapolitik (LIFE)"),
        ("Erasmus+", "Erasmus+"),
        ("Horizon Europe (HORIZON)", "Rahmenprogramm für Forschung und Innovation Horizont Europa (HORIZON)"),
        (
            "Programme pour l’environnement et l’action pour le climat (LIFE)",
            "Programm für Umwelt- und Klimapolitik (LIFE)",
        ),
        ("Kreativní Evropa", "Kreatives Europa (CREA)"),
    ],
)
def test_where_there_is_no_identifier_the_source_s_own_name_is_enough(said, german):
    assert programme_name(said, (), "de") == german


@pytest.mark.parametrize(
    ("said", "identifiers"),
    [
        ("Interreg NEXT Hungary-Slovakia-Romania-Ukraine", ()),  # the list has only the period before
        ("Horizon 2020", ("H2020-SC5-2019-1",)),
        ("COSME", ()),
        ("Interregional Innovation Investments (I3)", ("I3-2026-INV1",)),
        ("Local Improvement For Everyone (LIFE)", ("LIFE/2026/7",)),  # another LIFE
        ("Pilot Projects and Preparatory Actions (PPPA)", ("PPPA-2026-BRIDGEFOREU2",)),
        ("Klimaschutz in Kommunen", ("BMBF-2026-1",)),
        ("", ()),
        ("", ("LIFE-2019-CLIMA", "LIFE-2028-SAP", "life-2026-sap", "XLIFE-2026-SAP")),
    ],
)
def test_what_is_not_on_the_list_of_this_period_keeps_the_words_of_its_source(said, identifiers):
    assert programme_name(said, identifiers, "de") == said


def test_a_language_without_names_keeps_the_words_of_the_source():
    assert programme_name("LIFE", ("LIFE-2026-SAP-CLIMA-CCA",), "uk") == "LIFE"


def test_every_code_of_ours_is_on_the_list_and_every_name_in_five_languages():
    assert set(CODES.values()) <= set(DATA["programmes"]) and set(CALLED.values()) <= set(CODES)
    for names in DATA["programmes"].values():
        assert list(names) == ["period", "de", "en", "fr", "it", "cs"] and all(names.values())
        assert not any(re.search(r"/20\d\d\)", words) for key, words in names.items() if key != "period")
        assert names["period"][:4] >= "2021"


def test_no_two_programmes_of_the_eu_portal_become_one():
    named = {programme_name(said, (), "de") for said in PROGRAMMES.values()}
    assert len(named) == len(PROGRAMMES)
    assert sum(programme_name(said, (), "de") != said for said in PROGRAMMES.values()) >= 15


def test_whose_names_these_are_stands_in_the_file_and_in_the_readme():
    assert DATA["attribution"] == "© European Union" and DATA["licence"].startswith("CC BY 4.0") and DATA["changes"]
    notices = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Licence and third-party notices")[2]
    assert "programme_names.json" in notices and "CC BY 4.0" in notices and DATA["version"] in notices


@needs_recorded
def test_the_file_is_what_the_script_makes_of_the_official_list():
    spec = importlib.util.spec_from_file_location("names", ROOT / ".ci" / "programme_names.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert script.whole(RECORDED / "vocabularies" / "eforms") == FILE.read_text(encoding="utf-8")
