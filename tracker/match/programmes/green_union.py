"""Programmes of the Union for environment, climate, energy and networks, by identifier. Pure.

LIFE, Connecting Europe, Innovation Fund, Just Transition, civil protection (programme documents 2021-2027).
"""

from __future__ import annotations

from tracker.match.programmes.rule import FAR, FIRMS, JOIN, STATES, TOWNS, rule

CET = r"LIFE-\d{4}-CET-"
CEF_T = r"CEF-T-\d{4}-"
# Territories of the Just Transition Fund near cities we know of, and whole countries where they are many (territorial
# plans of 2022); a region that is not on the list is not in the fund.
JUST_TRANSITION = (
    "DE40 DED2 DED4 DED5 DEE DEA1 DEA2 DEA3 DEA5 FRE11 FRE12 FRL04 FRF33 FRF12 FRD22 FRK24 FRK26 FRG01 ITF43 ITG2"
    " CZ041 CZ042 CZ080 PL22 PL41 PL51 PL71 SK021 SK032 SK042 HU312 HU311 HU231 RO BG SI015 SI035 HR036 HR028 EL53 EL65"
    " EL42 EE00 LV LT FI1D FI19 SE332 SE214 SE224 AT BE32 NL11 NL32 NL34 NL41 NL42 NL33 IE06 DK05 DK02 ES12 ES41 ES242"
    " ES611 ES111 ES532 PT16 PT18 PT11 LU CY MT"
)

GREEN_UNION = (
    # LIFE: clean energy transition, topic by topic
    rule("LIFE Energie in Städten", CET + r"(?:LOCAL|CITIES|MUNI|COM)", 2.6, 3.0, "energy climate", TOWNS),
    rule("LIFE Energie für Menschen", CET + r"(?:ENERCOM|ENERPOV|EMPOWER)", 2.2, 2.9, "energy", JOIN),
    rule("LIFE Wärmeplanung", CET + r"(?:HEATCOOL|DHC|RENEWHC|HEAT)", 2.1, 2.8, "energy", JOIN),
    rule("LIFE Beratung zur Sanierung", CET + r"(?:OSS|PDA)\b", 2.2, 2.9, "energy", JOIN),
    rule("LIFE Gebäude", CET + r"(?:BUILD|BETTER|SMARTREADY|ZEB|RENO)", 1.5, 2.4, "energy"),
    rule("LIFE Energiepolitik", CET + r"(?:POLICY|GOV|ESRGOV)", 1.5, 2.4, "energy"),
    rule("LIFE Geld für Energie", CET + r"(?:PRIVAFIN|FIN|DIGITAL|MAINSTREAM)", 1.0, 1.9, "energy"),
    rule(
        "LIFE Energie in Betrieben",
        CET + r"(?:INDUSTRY|BUSINESS|PRODUCTS|ECODESIGN|VALUECH)",
        0.6,
        1.3,
        "energy",
        FIRMS,
    ),
    rule("LIFE Energiewende", r"LIFE-\d{4}-CET", 1.9, 2.7, "energy", JOIN),
    # LIFE: the other strands
    rule("LIFE, Betriebskosten von Verbänden", r"LIFE-\d{4}-NGO", 0.5, 0.8, "environment climate", "für Verbände"),
    rule("LIFE Klima", r"LIFE-\d{4}-SAP-CLIMA", 2.6, 2.9, "climate", JOIN),
    rule("LIFE Natur", r"LIFE-\d{4}-SAP-NAT", 2.2, 2.7, "environment", JOIN),
    rule("LIFE Umwelt", r"LIFE-\d{4}-SAP", 2.4, 2.8, "environment", JOIN),
    rule(
        "LIFE, strategische Projekte Klima", r"LIFE-\d{4}-STRAT-CLIMA", 1.9, 2.3, "climate", "für Länder und Regionen"
    ),
    rule("LIFE, strategische Projekte", r"LIFE-\d{4}-STRAT", 1.9, 2.2, "environment", "für Länder und Regionen"),
    rule("LIFE, Vorbereitung großer Projekte", r"LIFE-\d{4}-TA-(?:PP|R|CAP)-CLIMA", 1.5, 2.1, "climate"),
    rule("LIFE, Vorbereitung großer Projekte", r"LIFE-\d{4}-TA", 1.4, 2.0, "environment", "für Länder und Regionen"),
    rule("LIFE, Vorhaben der Kommission", r"LIFE-\d{4}-PLP-(?:CET|ENER)", 0.8, 1.6, "energy", STATES),
    rule("LIFE, Vorhaben der Kommission", r"LIFE-\d{4}-PLP-CLIMA", 0.8, 1.7, "climate"),
    rule("LIFE, Vorhaben der Kommission", r"LIFE-\d{4}-PLP", 0.8, 1.7, "environment"),
    rule("LIFE", r"\bLIFE-\d{4}", 1.4, 2.2),
    # Connecting Europe
    rule("CEF Ladepunkte", CEF_T + r"AFIF", 1.8, 2.1, "transport"),
    rule("CEF Straßen für das Militär", CEF_T + r"MILMOB", 0.0, 0.3, "transport", FAR),
    rule("CEF Umsteigeorte", CEF_T + r"\S*(?:URB|MULTIM|PASS|HUB|MMH)", 1.2, 1.9, "transport"),
    rule(
        "CEF sichere und kluge Verkehrswege",
        CEF_T + r"(?:SAFEMOB|SIMOB|SUSTMOB|SMART|ITS)",
        0.6,
        1.3,
        "transport",
        STATES,
    ),
    rule("CEF Verkehr", r"\bCEF-T-", 0.4, 1.0, "transport", "für große Verkehrsachsen"),
    rule("CEF Energie", r"\bCEF-E-", 0.1, 0.6, "energy", "für große Netze"),
    rule("CEF Netz für Orte", r"CEF-DIG-\d{4}-\S*(?:SMARTCOM|COMMUNIT|WIFI)|WIFI4EU", 1.7, 2.4, "urban", TOWNS),
    rule("CEF Digital", r"\bCEF-DIG", 0.0, 0.6, "", FAR),
    rule("CEF", r"\bCEF-", 0.1, 0.8, "", FAR),
    # Industry, just transition
    rule("Innovationsfonds", r"\bINNOVFUND-", 0.5, 0.8, "energy climate", "für große Industrievorhaben"),
    rule("Erneuerbare gemeinsam", r"\bRENEWFM-", 0.6, 0.9, "energy", "für große Anlagen"),
    rule("Darlehen für den gerechten Übergang", r"\bJTM-", 2.3, 2.7, "urban", TOWNS, area=JUST_TRANSITION),
    # Civil protection
    rule("Katastrophenschutz, Übungen", r"UCPM-\d{4}-(?:KAPP-EX|EXER|FSX|MODEX|MOD)", 0.5, 1.1, "climate", STATES),
    rule(
        "Katastrophenvorsorge der Union",
        r"UCPM-\d{4}-(?:KAPP-)?P(?:V|P|VPP)\b",
        1.5,
        2.2,
        "climate",
        "für Feuerwehren und Behörden",
    ),
    rule("Katastrophenschutz, Wissen", r"UCPM-\d{4}-(?:KAPP|EXPERTS|KNOW|NET)", 1.0, 1.7, "climate"),
    rule("Katastrophenschutz der Staaten", r"UCPM-\d{4}-TRACK", 0.9, 1.2, "climate", STATES),
    rule("Katastrophenschutz der Union", r"\bUCPM-", 0.9, 1.5, "climate"),
    # Sea, soil, coal and nuclear
    rule("Meeresfonds", r"\bEMFAF-", 0.2, 0.8, "", "für Küste und Fischerei"),
    rule("Kohle und Stahl", r"\bRFCS-", 0.0, 0.2, "", FAR),
)

# The same where a portal names the programme in words.
GREEN_UNION_IN_WORDS = (
    rule(
        "LIFE Energiewende",
        r"LIFE.{0,30}Clean Energy Transition|LIFE.{0,30}Energiewende|Clean Energy Transition sub-?programme",
        1.9,
        2.7,
        "energy",
        JOIN,
    ),
    rule("LIFE Klima", r"LIFE.{0,30}(?:Climate Change|Klima)|LIFE.{0,12}CLIMA", 2.4, 2.8, "climate", JOIN),
    rule(
        "LIFE Umwelt",
        r"LIFE.{0,30}(?:Nature|Natur|Circular|Environment sub)|LIFE.{0,12}(?:NAT|ENV)\b",
        2.2,
        2.7,
        "environment",
        JOIN,
    ),
    rule(
        "LIFE",
        r"LIFE[ -](?:[Pp]rogram|20\d\d|Call)|\| LIFE \||[Pp]rogramm(?:e|a)? LIFE\b|Environment and Climate Action"
        r"|Programm für Umwelt- und Klima",
        1.7,
        2.4,
    ),
    rule("CEF Ladepunkte", r"Alternative Fuels Infrastructure Facility|\bAFIF\b", 1.8, 2.1, "transport"),
    rule("WiFi4EU", r"WiFi4EU|WIFI4EU", 2.5, 2.9, "urban", TOWNS),
    rule(
        "CEF Verkehr",
        r"Connecting Europe Facility (?:for|-|–) ?Transport|CEF Transport|CEF Verkehr",
        0.4,
        1.0,
        "transport",
        "für große Verkehrsachsen",
    ),
    rule(
        "CEF Energie",
        r"Connecting Europe Facility (?:for|-|–) ?Energy|CEF Energ",
        0.1,
        0.6,
        "energy",
        "für große Netze",
    ),
    rule("CEF", r"Connecting Europe Facility|Fazilität „?Connecting Europe|CEF Digital", 0.1, 0.8, "", FAR),
    rule(
        "Innovationsfonds",
        r"Innovation Fund\b(?=.{0,20}(?:20|\||[Cc]all))|EU-Innovationsfonds",
        0.5,
        0.8,
        "energy climate",
        "für große Industrievorhaben",
    ),
    rule(
        "Gerechter Übergang",
        r"Just Transition (?:Mechanism|Fund)|Fonds für einen gerechten Übergang|[Pp]ublic [Ss]ector [Ll]oan",
        2.2,
        2.6,
        "urban",
        TOWNS,
        area=JUST_TRANSITION,
    ),
    rule("Erneuerbare gemeinsam", r"Renewable Energy Financing Mechanism", 0.6, 0.9, "energy", "für große Anlagen"),
    rule(
        "Katastrophenschutz der Union",
        r"Union Civil Protection|Katastrophenschutzverfahren der Union|Civil Protection Mechanism",
        1.0,
        1.6,
        "climate",
    ),
    rule(
        "Meeresfonds",
        r"European Maritime,? Fisheries|Europäischer Meeres-|\bEMFAF\b",
        0.2,
        0.8,
        "",
        "für Küste und Fischerei",
    ),
    rule("Kohle und Stahl", r"Research Fund for Coal|Forschungsfonds für Kohle", 0.0, 0.2, "", FAR),
    rule("Kernforschung", r"\bEuratom\b|EURATOM", 0.0, 0.3, "", FAR),
)
