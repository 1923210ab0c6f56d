"""Programmes of the Union for citizens, education, youth, sport and culture, by identifier. Pure.

CERV, Erasmus+, Solidarity Corps, Creative Europe, European Parliament: who may apply (programme guides 2021-2027).
Most of Erasmus+ goes through national agencies; on the portal stand the actions that the Union's agency runs itself.
"""

from __future__ import annotations

from tracker.match.programmes.rule import FIRMS, JOIN, STATES, TOWNS, UNIVERSITIES, rule

CERV = r"CERV-\d{4}-"
EDU = r"ERASMUS-EDU-\d{4}-"

PEOPLE_CULTURE = (
    # Citizens, Equality, Rights and Values
    rule("CERV Städtepartnerschaften und Städtenetze", CERV + r"CITIZENS-TOWN", 3.0, 3.0, "twinning", TOWNS),
    rule("CERV Erinnerung", CERV + r"CITIZENS-REM", 2.2, 2.7, "twinning culture", JOIN),
    rule("CERV Bürgerbeteiligung", CERV + r"CITIZENS-CIV", 2.2, 2.7, "twinning", JOIN),
    rule("CERV, Weitergabe durch Verbände", CERV + r"(?:CITIZENS-VALUES|UVALUES|\S*REGRANT)", 1.0, 1.6),
    rule("CERV", CERV + r"(?:CITIZENS|CIV|REM)", 2.0, 2.6, "twinning", JOIN),
    rule("CERV Charta der Grundrechte", CERV + r"CHAR", 1.9, 2.4, "twinning"),
    rule("CERV, nur für Behörden des Bundes", CERV + r"(?:DATA|NRCP|NCP|NFP|DPA|NEB-|ROMA-NRCP)", 0.2, 0.6, "", STATES),
    rule("CERV, Betriebskosten von Verbänden", CERV + r"(?:OG|POLI|CITIZENS-OG)\b", 0.3, 0.7, "", "für Verbände"),
    rule("CERV Lohntransparenz", CERV + r"GE-PAY", 1.2, 1.9, "integration"),
    rule("CERV Gleichstellung", CERV + r"(?:GE|EQUAL|GEND|ROMA|EQU)\b", 2.2, 2.8, "integration", JOIN),
    rule("CERV Gewalt gegen Kinder", CERV + r"DAPHNE-(?:CHILD|CPS)", 1.7, 2.3),
    rule("CERV Daphne", CERV + r"DAPHNE", 1.7, 2.4, "integration"),
    rule("CERV Kinderrechte", CERV + r"CHILD", 1.8, 2.5),
    rule("CERV", r"\bCERV-", 2.0, 2.6),
    # Erasmus+: sport and youth
    rule(
        "Erasmus+ Sport",
        r"ERASMUS-SPORT-\d{4}-(?:SCP|SSCP|SNCESE|SCE|SPORT)",
        1.9,
        2.5,
        "youth",
        "für Vereine und Städte",
    ),
    rule("Erasmus+ Sport, Aufbau", r"ERASMUS-SPORT-\d{4}-CB", 1.5, 2.0, "youth development"),
    rule("Erasmus+ Sport", r"ERASMUS-SPORT", 1.4, 2.1, "youth"),
    rule("Erasmus+ Jugend, Aufbau", r"ERASMUS-YOUTH-\d{4}-CB", 1.5, 2.0, "youth development"),
    rule(
        "Erasmus+ Jugend", r"ERASMUS-YOUTH-\d{4}-(?:TOG|EYT)", 1.4, 2.0, "youth", "für Jugendverbände mehrerer Länder"
    ),
    rule("Erasmus+ Jugend", r"ERASMUS-YOUTH", 1.5, 2.2, "youth"),
    # Erasmus+: education
    rule("Erasmus+ Jean Monnet, Schulen", r"ERASMUS-JMO-\d{4}-(?:OFET|SCHOOL|NETWORKS-SCH)", 1.2, 1.8, "youth"),
    rule("Erasmus+ Jean Monnet", r"ERASMUS-JMO", 0.1, 0.5, "", UNIVERSITIES),
    rule(
        "Erasmus+, Hochschulen",
        EDU + r"(?:EUR-UNIV|EMJM|EMDM|ECHE|CBHE|CB-HE|PE-EUED|PEX-EMJM|PEX-EMDM|PEX-EUR|DESIGN-EMJM|HEI)",
        0.1,
        0.5,
        "",
        UNIVERSITIES,
    ),
    rule("Erasmus+ Berufsbildung, Aufbau", EDU + r"CB-?VET", 1.3, 1.9, "youth development"),
    rule("Erasmus+ Austausch im Netz", EDU + r"VIRT", 1.3, 1.9, "youth development", "für Jugend und Hochschulen"),
    rule("Erasmus+ Berufsbildung", EDU + r"(?:PEX|PE|PI)-COVE", 1.0, 1.7, "youth", "für Berufsbildung"),
    rule("Erasmus+ Lehrkräfte", EDU + r"(?:PEX|PE|PI)-TEACH|" + EDU + r"TEACH", 0.8, 1.4, "youth", UNIVERSITIES),
    rule(
        "Erasmus+ Innovation",
        EDU + r"(?:PI-|BLUEPRINT|ALL-INNO|FORWARD|INNO)",
        0.6,
        1.2,
        "youth",
        "für Bildung und Firmen",
    ),
    rule(
        "Erasmus+ Verbände",
        r"ERASMUS-(?:EDU|YOUTH|SPORT)-\d{4}-(?:PCOOP-ENGO|CSC|OG)",
        0.4,
        0.8,
        "youth",
        "für Verbände",
    ),
    rule("Erasmus+ Erprobung", EDU + r"(?:POL|PEXP)", 0.7, 1.4, "youth", "für Behörden und Schulträger"),
    rule("Erasmus+ Schule und Bildung", r"ERASMUS-EDU", 0.9, 1.6, "youth"),
    rule("Erasmus+", r"\bERASMUS-", 1.2, 1.9, "youth"),
    # Solidarity Corps
    rule("Solidaritätskorps, humanitär", r"\bESC-HUMAID", 1.4, 1.9, "youth development"),
    rule("Europäisches Solidaritätskorps", r"\bESC-", 1.8, 2.3, "youth", "für Vereine und Jugendgruppen"),
    # Creative Europe
    rule("Kreatives Europa mit der Ukraine", r"CREA-CULT-\d{4}-COOP-UA", 1.9, 2.4, "culture development", JOIN),
    rule(
        "Kreatives Europa, Zusammenarbeit",
        r"CREA-CULT-\d{4}-COOP",
        2.5,
        2.9,
        "culture",
        "für Städte und Kultureinrichtungen",
    ),
    rule(
        "Kreatives Europa, Netze",
        r"CREA-CULT-\d{4}-(?:NET|PLAT)",
        0.9,
        1.5,
        "culture",
        "für Netze von Kultureinrichtungen",
    ),
    rule("Kreatives Europa, Bücher", r"CREA-CULT-\d{4}-(?:LIT|TRANS)", 0.3, 0.7, "culture", "für Verlage"),
    rule(
        "Kreatives Europa, Ensembles und Preise", r"CREA-CULT-\d{4}-(?:PAN|PLAY|AWARD|PRIZE|EHL)", 0.6, 1.2, "culture"
    ),
    rule("Kreatives Europa, Kultur", r"CREA-CULT", 1.4, 2.1, "culture"),
    rule(
        "Kreatives Europa, Presse",
        r"CREA-CROSS-\d{4}-(?:JOUR|MEDIAF|RAPID|NEWS|MONIT|DEFEND)",
        0.3,
        0.9,
        "culture",
        "für Medien",
    ),
    rule("Kreatives Europa, Medienbildung", r"CREA-CROSS-\d{4}-(?:MEDIALIT|MLIT|LITERACY)", 1.1, 1.8, "culture youth"),
    rule("Kreatives Europa, Labor", r"CREA-CROSS", 1.6, 2.1, "culture"),
    rule(
        "Kreatives Europa, Filmfeste und Publikum",
        r"CREA-MEDIA-\d{4}-(?:FEST|AUD)",
        1.2,
        1.8,
        "culture",
        "für Filmfeste",
    ),
    rule("Kreatives Europa, Weiterbildung", r"CREA-MEDIA-\d{4}-(?:TRAIN|SKILL|TALENT)", 0.6, 1.1, "culture", FIRMS),
    rule("Kreatives Europa, Medien", r"CREA-MEDIA", 0.3, 0.9, "culture", "für Film- und Medienunternehmen"),
    rule("Kreatives Europa", r"\bCREA-", 1.2, 2.0, "culture"),
    # European Parliament
    rule("Europäisches Parlament, Jugend", r"EP-COMM-\S*(?:EYE|YOUTH)", 1.0, 1.5, "youth"),
    rule("Europäisches Parlament, Sprachen", r"\bEP-LINC", 0.0, 0.3, "", UNIVERSITIES),
    rule("Europäisches Parlament", r"\bEP-COMM", 0.7, 1.3),
)

# The same where a portal names the programme in words.
PEOPLE_CULTURE_IN_WORDS = (
    rule(
        "CERV Städtepartnerschaften und Städtenetze",
        r"Town[- ]Twinning (?:and|&) Networks|Networks of Towns|Networks? of towns|Town[- ][Tt]winning (?:20|-)"
        r"|Europe for Citizens|Europa für Bürgerinnen",
        2.9,
        3.0,
        "twinning",
        TOWNS,
    ),
    rule(
        "CERV Erinnerung",
        r"European [Rr]emembrance|Europäisches Geschichtsbewusstsein",
        2.2,
        2.7,
        "twinning culture",
        JOIN,
    ),
    rule(
        "CERV",
        r"Equality, Rights and Values|Gleichstellung, Rechte und Werte|droits et valeurs|uguaglianza, diritti e valori"
        r"|\bCERV\b",
        2.2,
        2.7,
    ),
    rule(
        "Erasmus+, kleine und große Partnerschaften",
        r"Erasmus\+?.{0,80}(?:[Ss]mall-scale|[Cc]ooperation partnership|Kooperationspartnerschaft"
        r"|[Kk]leinere Partnerschaft|[Pp]artenariats? (?:simplifié|de coopération)|\bKA ?2[12]0\b)",
        2.0,
        2.6,
        "youth",
        "für Schulen, Vereine und Städte",
    ),
    rule("Erasmus+ Sport", r"Erasmus\+?.{0,40}Sport", 1.9, 2.5, "youth", "für Vereine und Städte"),
    rule(
        "Erasmus+ Jugend",
        r"Erasmus\+?.{0,30}(?:Jugend|Youth|Jeunesse|Gioventù)",
        1.9,
        2.4,
        "youth",
        "für Jugendgruppen",
    ),
    rule("Erasmus+ Schule", r"Erasmus\+?.{0,30}(?:Schul|School|scolaire|Scuola)", 1.9, 2.4, "youth", "für Schulen"),
    rule("DiscoverEU", r"DiscoverEU", 1.5, 2.0, "youth", "für Jugendgruppen"),
    rule(
        "Erasmus+, Hochschulen",
        r"Erasmus Charter|Erasmus Mundus|European Universities|Jean Monnet|Hochschulcharta",
        0.1,
        0.5,
        "",
        UNIVERSITIES,
    ),
    rule("Erasmus+", r"Erasmus\+|Erasmus plus|\bERASMUS\b|\bErasmus  \(", 1.2, 1.9, "youth"),
    rule(
        "Europäisches Solidaritätskorps",
        r"Solidarity Corps|Solidaritätskorps|Corps européen de solidarité",
        1.8,
        2.3,
        "youth",
    ),
    rule(
        "Kulturhauptstadt",
        r"European Capitals? of Culture|Kulturhauptstadt Europas|capitale européenne de la culture",
        2.0,
        2.6,
        "culture",
        TOWNS,
    ),
    rule(
        "Kulturerbe-Siegel",
        r"European Heritage (?:Label|Days)|Europäisches Kulturerbe-Siegel|Europa Nostra",
        1.3,
        2.0,
        "culture",
    ),
    rule(
        "Kulturaustausch",
        r"Culture Moves Europe|Perform Europe|Music Moves Europe",
        1.1,
        1.7,
        "culture",
        "für Kulturschaffende",
    ),
    rule(
        "Kreatives Europa, Zusammenarbeit",
        r"European [Cc]ooperation [Pp]rojects|Creative Europe.{0,60}[Cc]ooperation",
        2.3,
        2.8,
        "culture",
        "für Städte und Kultureinrichtungen",
    ),
    rule(
        "Kreatives Europa, Medien",
        r"Creative Europe.{0,20}MEDIA|KREATIVES EUROPA MEDIA|Creative MEDIA",
        0.4,
        0.9,
        "culture",
        FIRMS,
    ),
    rule("Kreatives Europa", r"Creative Europe|Kreatives Europa|Europe créative|Europa creativa", 1.5, 2.1, "culture"),
)
