"""Funds for partnerships and for municipal work abroad, by name (their own pages, 2021-2026). Pure."""

from __future__ import annotations

from tracker.match.programmes.rule import JOIN, TOWNS, rule

PARTNERSHIPS = (
    rule(
        "Deutsch-Französischer Bürgerfonds",
        r"Deutsch-Französische[rn]? (?:Bürgerfonds|Tag)|Fonds citoyen franco-allemand|Nouveaux horizons"
        r"|Mikroprojektefonds Frankreich|Austausch mit Frankreich|Baden-Württemberg und Frankreich",
        2.8,
        2.9,
        "twinning",
        "Fonds für Begegnungen mit einem Partnerland",
        area="DE FR",
    ),
    rule(
        "Deutsch-Tschechischer Zukunftsfonds",
        r"Deutsch-Tschechische[rn]? Zukunftsfonds|Česko-německý fond budoucnosti|Czech-German Future Fund",
        2.8,
        2.9,
        "twinning",
        "Fonds für Begegnungen mit einem Partnerland",
        area="DE CZ",
    ),
    rule(
        "Tandem",
        r"Tandem.{0,30}Jugendaustausch|Koordinierungszentrum.{0,20}Tandem",
        1.9,
        2.4,
        "youth twinning",
        "für Schulen und Jugendgruppen",
        area="DE CZ",
    ),
    rule(
        "Deutsch-Französisches Jugendwerk",
        r"Deutsch-Französisches Jugendwerk|\bDFJW\b|\bOFAJ\b|Office franco-allemand pour la Jeunesse",
        2.0,
        2.6,
        "youth twinning",
        "für Schulen, Vereine und Städte",
        area="DE FR",
    ),
    rule(
        "Deutsch-Polnisches Jugendwerk",
        r"Deutsch-Polnisches Jugendwerk|\bDPJW\b|Stiftung für deutsch-polnische Zusammenarbeit",
        2.0,
        2.6,
        "youth twinning",
        "für Schulen, Vereine und Städte",
        area="DE PL",
    ),
    rule(
        "Deutsch-Griechisches Jugendwerk",
        r"Deutsch-Griechisches Jugendwerk|\bDGJW\b",
        1.9,
        2.4,
        "youth twinning",
        area="DE GR",
    ),
    rule(
        "UK-German Connection",
        r"UK-German Connection",
        1.8,
        2.2,
        "youth twinning",
        "für Schulen und Jugendgruppen",
        area="DE GB",
    ),
    rule(
        "Cultural Bridge", r"\bCultural Bridge\b", 1.6, 2.1, "culture twinning", "für Kultureinrichtungen", area="DE GB"
    ),
    rule("Taith", r"\bTaith\b", 1.6, 2.2, "youth twinning", "für Schulen und Jugendgruppen", area="UKL"),
    rule("Turing", r"Turing [Ss]cheme", 0.8, 1.4, "youth", "für Schulen und Hochschulen", area="GB"),
    rule(
        "Deutsch-Italienischer Austausch",
        r"Villa Vigoni|Deutsch-Italienische[rsn]? (?:Städtepreis|Kooperationspreis|Zukunftsfonds)|Premio dei Pres",
        2.2,
        2.6,
        "twinning",
        area="DE IT",
    ),
    rule(
        "Transatlantischer Austausch",
        r"Transatlantik-Programm|ERP-Transatlantik|German American Partnership Program|\bGAPP\b"
        r"|Parlamentarisches Patenschafts",
        1.5,
        2.0,
        "youth twinning",
        area="DE US",
    ),
    rule(
        "Partnerschaften mit der Ukraine",
        r"Meet Up!? (?:Deutsch|Jugend)|Deutsch-Ukrainische[rsn]? (?:Jugend|Kommunal|Partnerschaft)",
        2.0,
        2.5,
        "twinning youth",
        area="DE UA",
    ),
    rule("EUKI", r"\bEUKI\b|Europäische Klimaschutzinitiative|European Climate Initiative", 2.3, 2.6, "climate", JOIN),
    rule(
        "IKI",
        r"\bIKI (?:Small|Medium|Large|-)|Internationale Klimaschutzinitiative|International Climate Initiative",
        0.8,
        1.4,
        "climate development",
    ),
    rule(
        "SKEW",
        r"\bSKEW\b|Servicestelle Kommunen in der Einen Welt|\bNakopa\b|\bNAKOPA\b"
        r"|Kleinprojektefonds kommunale Entwicklung|Kommunale Klimapartnerschaft"
        r"|kommunale Klimaschutz- und Klimaanpassungs|Kommunale[sn]? Entwicklungspolitik",
        2.5,
        2.8,
        "development",
        TOWNS,
        area="DE",
    ),
    rule(
        "Engagement Global",
        r"Engagement Global|\bFEB\b.{0,20}entwicklungspolitisch|Aktionsgruppenprogramm|\bweltwärts\b|\bENSA\b",
        1.8,
        2.2,
        "development",
        "für gemeinnützige Träger",
        area="DE",
    ),
    rule("bwirkt!", r"\bbwirkt!", 1.8, 2.0, "development", "für gemeinnützige Träger", area="DE1"),
    rule(
        "Baden-Württemberg und Burundi",
        r"SEZ (?:Baden|BW)|Entwicklungszusammenarbeit Baden-Württemberg",
        1.8,
        2.2,
        "development",
        area="DE1",
    ),
    rule(
        "Französische Zusammenarbeit der Städte",
        r"[Cc]oopération décentralisée|\bFICOL\b|Cités [Uu]nies France",
        2.3,
        2.7,
        "development",
        TOWNS,
        area="FR",
    ),
    rule("Zu gut für die Tonne", r"Zu gut für die Tonne", 2.5, 2.7, "food-waste", area="DE"),
)
