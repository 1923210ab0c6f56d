"""What we know of programmes: which rule holds for which identifier or name, and that it is found fast."""

from __future__ import annotations

import random
import re
from time import process_time

import pytest

from tests.builders import a_call
from tracker.match.programmes import DEFAULT, LONGEST, LOOKUP, RULES, known_of, names_of
from tracker.match.programmes.lookup import Lookup, starts
from tracker.match.programmes.rule import Rule, rule

BY_IDENTIFIER = {
    # Horizon Europe: missions, clusters, people, partnerships
    "HORIZON-MISS-2026-04-CIT-01": "Mission klimaneutrale Städte",
    "HORIZON-MISS-2026-04-CIT-NEB-B4P-CCRI-03": "Mission klimaneutrale Städte",
    "HORIZON-MISS-2025-01-CLIMA-CIT-02": "Mission klimaneutrale Städte",
    "HORIZON-MISS-2026-01-CLIMA-03": "Mission Klimaanpassung",
    "HORIZON-MISS-2024-OCEAN-02-01": "Mission Gewässer",
    "HORIZON-MISS-2026-05-SOIL-02-two-stage": "Mission Boden",
    "HORIZON-MISS-2026-02-CANCER-01": "Mission Krebs",
    "HORIZON-MISS-2024-CROSS-02-01": "Missionen gemeinsam",
    "HORIZON-NEB-2026-01-PARTICIPATION-01": "Neues Europäisches Bauhaus",
    "HORIZON-EIC-2026-PRIZE-ICAPITAL-01": "Preis Innovationshauptstadt",
    "HORIZON-EIC-2026-PATHFINDEROPEN-01": "Horizont, Gründungen",
    "HORIZON-CL6-2027-01-CIRCBIO-07": "Horizont, Kreislaufwirtschaft",
    "HORIZON-CL6-2024-CircBio-02-6-two-stage": "Horizont, Kreislaufwirtschaft",
    "HORIZON-CL6-2026-01-BIODIV-03": "Horizont, Artenvielfalt",
    "HORIZON-CL6-2026-01-ZEROPOLLUTION-01": "Horizont, Schadstoffe",
    "HORIZON-CL6-2025-02-COMMUNITIES-01": "Horizont, Land und Stadt",
    "HORIZON-CL6-2024-CLIMATE-01-6": "Horizont, Land und Meer fürs Klima",
    "HORIZON-CL6-2026-02-FARM2FORK-04": "Horizont, Landwirtschaft und Lebensmittel",
    "HORIZON-CL6-2024-GOVERNANCE-01-5": "Horizont, Umweltdaten",
    "HORIZON-CL5-2026-07-D1-01": "Horizont, Klimawissen",
    "HORIZON-CL5-2026-09-D2-04": "Horizont, Batterien",
    "HORIZON-CL5-2027-04-Two-Stage-D3-12": "Horizont, Energieerzeugung",
    "HORIZON-CL5-2026-02-D4-08": "Horizont, Gebäude",
    "HORIZON-CL5-2024-D5-01-09": "Horizont, Fahrzeuge",
    "HORIZON-CL5-2026-10-D6-07": "Horizont, Verkehr",
    "HORIZON-CL5-2026-09": "Horizont, Klima und Energie",
    "HORIZON-CL3-2026-01-DRS-04": "Horizont, Katastrophenvorsorge",
    "HORIZON-CL3-2026-01-INFRA-02": "Horizont, Schutz von Anlagen",
    "HORIZON-CL3-2026-01-FCT-05": "Horizont, Schutz vor Verbrechen",
    "HORIZON-CL3-2026-01-BM-02": "Horizont, Grenzen und Datensicherheit",
    "HORIZON-CL3-2025-02-CS-ECCC-01": "Horizont, Grenzen und Datensicherheit",
    "HORIZON-CL2-2026-01-DEMOCRACY-04": "Horizont, Demokratie",
    "HORIZON-CL2-2026-01-HERITAGE-02": "Horizont, Kulturerbe",
    "HORIZON-CL2-2026-01-TRANSFO-05": "Horizont, Gesellschaft",
    "HORIZON-HLTH-2026-01-ENVHLTH-04": "Horizont, Umwelt und Gesundheit",
    "HORIZON-HLTH-2026-01-DISEASE-04": "Horizont, Gesundheit",
    "HORIZON-CL4-2026-04-DIGITAL-EMERGING-01": "Horizont, Industrie und Weltraum",
    "CL4-2025-04-HUMAN-08": "Horizont, Mensch und Technik",
    "HORIZON-CL4-2022-TWIN-TRANSITION-01-06": "Horizont, grüne Industrie",
    "HORIZON-MSCA-2026-CITIZENS-01-01": "Horizont, Bürger und Wissenschaft",
    "HORIZON-MSCA-2026-DN-01-01": "Horizont, Köpfe",
    "ERC-2026-ADG": "Horizont, Köpfe",
    "HORIZON-WIDERA-2025-03-TWINNING-01": "Horizont, ausgewählte Hochschulen",
    "HORIZON-WIDERA-2026-01-WIDENING-01": "Horizont, ausgewählte Hochschulen",
    "HORIZON-WIDERA-2026-06-ERA-02": "Horizont, Forschungsraum",
    "HORIZON-EIE-2026-03-CONNECT-01": "Horizont, Innovation im Ort",
    "HORIZON-EIT-2023-25-KIC-EITURBANMOBILITY": "EIT, Stadt und Bauhaus",
    "HORIZON-EIT-2023-25-KIC-EITRAWMATERIALS": "EIT",
    "HORIZON-JU-CLEANH2-2026-06-01": "Horizont, Wasserstoff",
    "HORIZON-JU-ER-2026-FA7-01": "Horizont, Bahn",
    "HORIZON-JU-CLEAN-AVIATION-2026-04-FTA-01": "Horizont, Luftfahrt",
    "HORIZON-SESAR-2025-DES-ER-03": "Horizont, Luftfahrt",
    "HORIZON-JU-CBE-2026-IA-01": "Horizont, Biogrundstoffe",
    "HORIZON-JU-SNS-2026-STREAM-B-01": "Horizont, Industriepartnerschaft",
    "HORIZON-KDT-JU-2023-3-CSA": "Horizont, Industriepartnerschaft",
    "HORIZON-EUROHPC-JU-2023-BENCHMARK-04": "Horizont, Industriepartnerschaft",
    "HORIZON-EURATOM-2026-NRT-01-01": "Kernforschung",
    "HORIZON-INFRA-2026-01-EOSC-01": "Horizont, Grundlagen und Industrie",
    "HORIZON-XYZ-2027-01": "Horizont",
    # Citizens, education, youth, culture
    "CERV-2026-CITIZENS-TOWN-TT": "CERV Städtepartnerschaften und Städtenetze",
    "CERV-2025-CITIZENS-TOWN-NT": "CERV Städtepartnerschaften und Städtenetze",
    "CERV-2026-CITIZENS-REM": "CERV Erinnerung",
    "CERV-2026-CITIZENS-CIV-ENGAGEMENT-ELECTIONS": "CERV Bürgerbeteiligung",
    "CERV-2024-CITIZENS-VALUES": "CERV, Weitergabe durch Verbände",
    "CERV-2026-CHAR-LITI-CIVIC": "CERV Charta der Grundrechte",
    "CERV-2026-DATA": "CERV, nur für Behörden des Bundes",
    "CERV-2025-OG-SGA": "CERV, Betriebskosten von Verbänden",
    "CERV-2026-GE-EQUAL-PART-REP": "CERV Gleichstellung",
    "CERV-2025-EQUAL": "CERV Gleichstellung",
    "CERV-2026-DAPHNE-PREVENTION": "CERV Daphne",
    "CERV-2026-DAPHNE-REGRANTING": "CERV, Weitergabe durch Verbände",
    "CERV-2025-CHILD": "CERV Kinderrechte",
    "ERASMUS-SPORT-2026-SCP": "Erasmus+ Sport",
    "ERASMUS-SPORT-2026-SSCP": "Erasmus+ Sport",
    "ERASMUS-SPORT-2026-CB": "Erasmus+ Sport, Aufbau",
    "ERASMUS-YOUTH-2026-TOG": "Erasmus+ Jugend",
    "ERASMUS-YOUTH-2026-CB": "Erasmus+ Jugend, Aufbau",
    "ERASMUS-EDU-2026-CB-VET-LA": "Erasmus+ Berufsbildung, Aufbau",
    "ERASMUS-EDU-2026-CBHE-STRAND-1": "Erasmus+, Hochschulen",
    "ERASMUS-EDU-2026-EMJM-DESIGN": "Erasmus+, Hochschulen",
    "ERASMUS-EDU-2026-PEX-COVE": "Erasmus+ Berufsbildung",
    "ERASMUS-EDU-2026-PCOOP-ENGO": "Erasmus+ Verbände",
    "ERASMUS-EDU-2026-VIRT-EXCH-WB": "Erasmus+ Austausch im Netz",
    "ERASMUS-JMO-2026-HEI-TCH-RSCH": "Erasmus+ Jean Monnet",
    "ERASMUS-JMO-2026-OFET-LEARN": "Erasmus+ Jean Monnet, Schulen",
    "ESC-SOC-2026-VTHPA": "Europäisches Solidaritätskorps",
    "ESC-HUMAID-2026-VOLUN": "Solidaritätskorps, humanitär",
    "CREA-CULT-2026-COOP-1": "Kreatives Europa, Zusammenarbeit",
    "CREA-CULT-2025-COOP-UA-2": "Kreatives Europa mit der Ukraine",
    "CREA-CULT-2026-LIT": "Kreatives Europa, Bücher",
    "CREA-CULT-2027-NET": "Kreatives Europa, Netze",
    "CREA-CROSS-2026-INNOVLAB": "Kreatives Europa, Labor",
    "CREA-CROSS-2026-JOURPART": "Kreatives Europa, Presse",
    "CREA-MEDIA-2026-FESTNET": "Kreatives Europa, Filmfeste und Publikum",
    "CREA-MEDIA-2026-FILMDIST": "Kreatives Europa, Medien",
    "EP-COMM-SUBV-2026-EYE-VILLAGE": "Europäisches Parlament, Jugend",
    # Environment, climate, energy, networks
    "LIFE-2025-CET-LOCAL": "LIFE Energie in Städten",
    "LIFE-2026-CET-ENERPOV": "LIFE Energie für Menschen",
    "LIFE-2026-CET-HEATCOOLPLAN": "LIFE Wärmeplanung",
    "LIFE-2026-CET-PDA": "LIFE Beratung zur Sanierung",
    "LIFE-2026-CET-BETTERRENO": "LIFE Gebäude",
    "LIFE-2026-CET-POLICY": "LIFE Energiepolitik",
    "LIFE-2026-CET-INDUSTRY": "LIFE Energie in Betrieben",
    "LIFE-2026-SAP-CLIMA-CCA": "LIFE Klima",
    "LIFE-2026-SAP-NAT-GOV": "LIFE Natur",
    "LIFE-2026-SAP-ENV-ENVIRONMENT": "LIFE Umwelt",
    "LIFE-2026-STRAT-NAT-SNAP-two-stage": "LIFE, strategische Projekte",
    "LIFE-2026-NGO-OG-SGA": "LIFE, Betriebskosten von Verbänden",
    "LIFE-2026-TA-PP-ENV-SIP": "LIFE, Vorbereitung großer Projekte",
    "LIFE-2026-PLP-NAT-ENV": "LIFE, Vorhaben der Kommission",
    "CEF-T-2025-AFIFGEN-COSTS": "CEF Ladepunkte",
    "CEF-T-2026-MILMOB-WORKS": "CEF Straßen für das Militär",
    "CEF-T-2025-SAFEMOBGEN-EXTBORDER": "CEF sichere und kluge Verkehrswege",
    "CEF-T-2026-CORECOEN-RAIL": "CEF Verkehr",
    "CEF-E-2026-PCI-PMI-WORKS": "CEF Energie",
    "CEF-DIG-2024-5GSMARTCOM-WORKS": "CEF Netz für Orte",
    "CEF-DIG-2026-SMART-CABLES-WORKS": "CEF Digital",
    "INNOVFUND-2025-NZT-PILOTS": "Innovationsfonds",
    "RENEWFM-2026-INVEST-TECH-SPEC": "Erneuerbare gemeinsam",
    "JTM-2026-PSLF-STANDALONE-PROJECTS": "Darlehen für den gerechten Übergang",
    "UCPM-2026-KAPP-PVPP": "Katastrophenvorsorge der Union",
    "UCPM-2026-KAPP-EX": "Katastrophenschutz, Übungen",
    "UCPM-2026-TRACK1": "Katastrophenschutz der Staaten",
    "EMFAF-2026-PIA-MSP": "Meeresfonds",
    "RFCS-2026-BT-Coal": "Kohle und Stahl",
    # Market, work, security, the wider world
    "SMP-FOOD-2026-FW-STAKEHOLDERS-PJ": "SMP Lebensmittelverschwendung",
    "SMP-COSME-2026-TOURSME-01": "SMP Tourismus",
    "SMP-COSME-2024-CLUSTER-01": "Unternehmensförderung",
    "SMP-CONS-2026-ADR-RAD": "SMP Verbraucher",
    "DIGITAL-2022-CLOUD-AI-03-DS-SMART": "Digitale Städte",
    "DIGITAL-2024-ADVANCED-DIGITAL-07-KEYCAPACITY": "Digitales Europa",
    "DIGITAL-ECCC-2026-DEPLOY-CYBER-10": "Datensicherheit",
    "ESF-2026-EURES-TMS": "ESF+, Arbeitsvermittlung",
    "ESF-2027-PEP-ENGAGEMENT": "ESF+, europaweit",
    "AMIF-2025-TF2-AG-INTE-01-LRA": "AMIF Integration vor Ort",
    "ISF-2025-TF2-AG-PROTECT": "Schutz öffentlicher Räume",
    "ISF-2026-TF2-AG-CORRUPT": "Innere Sicherheit",
    "BMVI-2026-SA": "Innere Sicherheit",
    "JUST-2026-JCOO": "Justiz",
    "IMREG-2026-INFOME": "Werben für die Regionalpolitik",
    "PPPA-2026-COUNSEL": "Pilotprojekte der Union",
    "I3-2026-INV2a": "Innovation zwischen Regionen",
    "EU4H-2026-PJ-01": "Gesundheit",
    "AGRIP-SIMPLE-2026-IM-EU": "Agrarwerbung",
    "EDF-2026-DA-SPACE-PRS": "Verteidigung, Zoll, Steuern, Betrug",
    "EUAF-2026-TRAI-02": "Verteidigung, Zoll, Steuern, Betrug",
    "SOCPL-2026-SOC-DIALOG": "Soziale Partner",
    "EUBA-EFSA-2025-PLANTS-05-01-Lot1": "Agenturen der Union",
    "EuropeAid/186770/DD/ACT/UA": "EU-Außenhilfe",
}
BY_NAME = {
    "Interreg Central Europe: strategic call": "Interreg Mitteleuropa",
    "Interreg Europe: third call": "Interreg Europe",
    "Danube Region Programme - Third Call": "Interreg Donauraum",
    "INTERREG VI B Alpenraum": "Interreg Alpenraum",
    "Interreg VI-A Česko-Polsko": "Interreg CZ-PL",
    "Interreg SK-CZ 2025 - Small Projects Fund": "Interreg SK-CZ",
    "Interreg V A Deutschland–Nederland": "Interreg DE-NL",
    "Interreg Mecklenburg-Vorpommern / Brandenburg / Polska": "Interreg MV-BB-PL",
    "Interreg Brandenburg-Poland 6th Call": "Interreg BB-PL",
    "Interreg NEXT Hungary-Slovakia-Romania-Ukraine": "Interreg HU-SK-RO-UA",
    "Interreg Italia-Österreich": "Interreg IT-AT",
    "Appel à projets ALCOTRA": "Interreg ALCOTRA",
    "Interreg VI Oberrhein": "Interreg Oberrhein",
    "Interreg Neverland": "Interreg, Gebiet unbekannt",
    "European Urban Initiative - Innovative Actions": "Europäische Stadtinitiative",
    "URBACT IV Action Planning Networks": "URBACT",
    "European City Facility: call 8": "European City Facility",
    "European Green Leaf Award 2028": "Grüne Hauptstadt",
    "Access City Award 2027": "Stadt ohne Barrieren",
    "Visegrad Grants": "Visegrad-Fonds",
    "Driving Urban Transitions Partnership (DUT)": "Driving Urban Transitions",
    "Biodiversa+ joint call": "Biodiversa+",
    "Water4All 2026": "Water4All",
    "FutureFoodS call": "FutureFoodS",
    "Joint Transnational Call of ERA4Health": "Gesundheitsforschung",
    "Deutsch-Französischer Bürgerfonds": "Deutsch-Französischer Bürgerfonds",
    "Deutsch-Tschechischer Zukunftsfonds": "Deutsch-Tschechischer Zukunftsfonds",
    "Nakopa": "SKEW",
    "Citizens, Equality, Rights and Values programme": "CERV",
    "Erasmus+ Sport": "Erasmus+ Sport",
    "Erasmus+ | Small-scale partnerships in school education": "Erasmus+, kleine und große Partnerschaften",
    "European Solidarity Corps": "Europäisches Solidaritätskorps",
    "Creative Europe": "Kreatives Europa",
    "European Capital of Culture 2031": "Kulturhauptstadt",
    "LIFE Programme": "LIFE",
    "LIFE - Clean Energy Transition": "LIFE Energiewende",
    "Connecting Europe Facility for Transport": "CEF Verkehr",
    "Just Transition Mechanism": "Gerechter Übergang",
    "Horizon Europe: Cluster 6": "Horizont, Cluster 6",
    "Horizon Europe: Cluster 5 - Climate, Energy and Mobility": "Horizont, Klima und Energie",
    "Single Market Programme": "Unternehmensförderung",
    "Technical Support Instrument": "Hilfe bei Reformen",
    "EU4Health programme 2021-2027": "Gesundheit",
    "Twinning Light": "Twinning der Verwaltungen",
    "Regione Piemonte: bando": "Programm einer Region (ITC1)",
    "Zlínský kraj": "Programm einer Region (CZ072)",
}


def found_by_trying(names: str) -> tuple[Rule, str] | None:
    """The first rule that fits, found the slow way."""
    for candidate in RULES:
        if found := candidate.pattern.search(names):
            return candidate, found.group()
    return None


@pytest.mark.parametrize(("identifier", "name"), BY_IDENTIFIER.items())
def test_a_programme_is_known_by_its_identifier(identifier, name):
    assert known_of(a_call("x", title="Something else", identifiers=(identifier,))).rule.name == name


@pytest.mark.parametrize(("words", "name"), BY_NAME.items())
def test_a_programme_is_known_by_its_name(words, name):
    programme, _, title = words.partition(" | ")
    assert known_of(a_call("1234", title=title or "Call", programme=programme)).rule.name == name


def test_an_identifier_says_more_than_a_name():
    call = a_call(
        "x", title="Interreg and URBACT towns meet Driving Urban Transitions", identifiers=("CERV-2026-CITIZENS-REM",)
    )
    assert known_of(call).rule.name == "CERV Erinnerung"


@pytest.mark.parametrize(
    "title", ["Förderung von Begegnungen", "Quality of LIFE", "Digital twin", "The European Union"]
)
def test_plain_words_are_no_programme(title):
    assert known_of(a_call("1234", title=title)).rule is DEFAULT


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("NetZeroCities: call for pilot cities", "Kaskade für Städte"),
        ("Open call for start-ups", "Kaskade für Unternehmen"),
        ("PhD fellowships", "Kaskade für Forschung"),
        ("Open call 2", "Kaskadenförderung"),
    ],
)
def test_a_cascade_call_is_known_by_its_own_title(title, name):
    url = "https://portal.example/competitive-calls-cs/1"
    call = a_call("x", title=title, identifiers=("CERV-2026-CITIZENS-TOWN-TT",), url=url)
    assert known_of(call).rule.name == name


def test_figures_lie_between_nothing_and_the_digest_and_a_named_city_is_never_worse():
    assert all(0 <= rule.base <= rule.city <= 3 for rule in RULES)


def test_the_name_of_a_rule_can_be_told_to_readers():
    assert [rule.name for rule in RULES if re.search(r"[\\|?*\[\]]", rule.name)] == []


def test_areas_are_country_or_nuts_codes():
    code = re.compile(r"[A-Z]{2}[0-9A-Z]{0,3}")
    assert [part for rule in RULES for part in rule.area if not code.fullmatch(part)] == []


# ---------------------------------------------------------------- found fast


def test_the_lookup_finds_what_trying_every_rule_finds():
    dice = random.Random(4)
    words = [*BY_IDENTIFIER, *BY_NAME, "Région Bretagne", "Department of Energy", "Kommunalrichtlinie", "?", "ẞß İı"]
    texts = [" | ".join(dice.sample(words, dice.randint(0, 3))) for _ in range(400)]
    texts += [text.upper() for text in texts[:50]] + [text.lower() for text in texts[:50]]
    texts += [text[dice.randint(0, 9) :] for text in texts[:50]]
    assert [LOOKUP.first(text) for text in texts] == [found_by_trying(text) for text in texts]


@pytest.mark.parametrize(
    ("pattern", "beginnings"),
    [
        ("abc|def", ["abc", "def"]),
        (r"\bLIFE-\d{4}", ["LIFE-"]),
        ("(?:JU-)?CBE", ["JU-", "CBE"]),
        ("HORIZON-(?:HLTH|CL1)", ["HORIZON-HLTH", "HORIZON-CL1"]),
        ("HORIZON-(?:JU-)?ER-", ["HORIZON-JU-", "HORIZON-ER-"]),
        ("[Ff]ood [Ww]aste", ["Food Waste"]),
        ("R[ée]gion", ["R"]),
        ("Partners?", ["Partner"]),
        (r"M-ERA\.NET", ["M-ERA.NET"]),
        (r"\w+ kraj", [""]),
        ("(?=x)abc", [""]),
        ("(?:abc)*def", ["abc", ""]),
        (r"[|)(]x|ab\|c", ["", "ab|c"]),
    ],
)
def test_the_beginnings_of_a_pattern_are_those_letters_that_must_stand(pattern, beginnings):
    assert starts(pattern) == beginnings


def test_a_rule_without_plain_beginnings_is_still_tried():
    table = Lookup([rule("a", r"\w+ kraj", 0, 0), rule("b", "Vysočina", 0, 0)])
    found = table.first("Kraj Vysočina, Zlínský kraj")
    assert found is not None
    assert found[0].name == "a"
    assert table.first("nothing") is None


def test_few_rules_are_tried_for_a_call():
    tried = [len(LOOKUP.candidates(text)) for text in (*BY_IDENTIFIER, *BY_NAME)]
    assert sum(tried) / len(tried) < 25 < len(RULES) / 10


def test_a_programme_is_known_in_no_time():
    calls = [a_call("x", title=f"A call for something {n}", identifiers=(i,)) for n, i in enumerate(BY_IDENTIFIER)]
    spent = []
    for _ in range(3):
        begun = process_time()
        for call in calls:
            known_of(call)
        spent.append((process_time() - begun) / len(calls))
    assert min(spent) < 200e-6  # measured: 20 to 40 millionths of a second; 60 are allowed for


@pytest.mark.parametrize(
    "part",
    [
        "Interreg ",
        "EuropeAid/",
        "Erasmus+ ",
        "DIGITAL-2026-",
        "HORIZON-CL5-2026-D",
        "LIFE Single Market SMP ",
        "a" * 50,
    ],
)
def test_a_title_of_100_kb_takes_no_longer_than_a_long_one(part):
    call = a_call("x", title=part * (100_000 // len(part)))
    begun = process_time()
    known_of(call)
    assert process_time() - begun < 0.5
    assert len(names_of(call)) < 2 * LONGEST
