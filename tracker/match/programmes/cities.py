"""Initiatives, funds and prizes that are made for cities, by name. Pure.

European ones from their own pages (2021-2026); what is paid in one group of countries only has its area.
"""

from __future__ import annotations

from tracker.match.programmes.rule import JOIN, PRIZE, STATES, TOWNS, rule

UNION = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"

CITIES = (
    # Networks and funds
    rule("URBACT", r"\bURBACT\b", 2.8, 3.0, "urban twinning", TOWNS, area=f"{UNION} NO CH AL BA ME MK RS UA MD"),
    rule(
        "Europäische Stadtinitiative",
        r"European Urban Initiative|Europäische (?:Stadtinitiative|Städteinitiative)|Urban Innovative Actions|\bEUI\b"
        r"|Initiative urbaine européenne|Iniziativa urbana europea",
        2.8,
        3.0,
        "urban",
        TOWNS,
        area=UNION,
    ),
    rule(
        "European City Facility",
        r"European City Facility|\bEUCF\b",
        2.6,
        2.8,
        "energy climate",
        TOWNS,
        area=f"{UNION} UA IS MD NO",
    ),
    rule("ELENA", r"European Local Energy Assistance|\bELENA\b", 1.9, 2.5, "energy", TOWNS),
    rule(
        "Konvent der Bürgermeister",
        r"Covenant of Mayors|Konvent der Bürgermeister|Convention des [Mm]aires|Patto dei Sindaci",
        2.4,
        2.8,
        "climate energy",
        TOWNS,
    ),
    rule("Beratung zu Energiearmut", r"Energy Poverty Advisory Hub|\bEPAH\b", 2.5, 2.9, "energy", TOWNS),
    rule(
        "Intelligente Städte",
        r"Intelligent Cities Challenge|Living-in\.EU|Smart Cities Marketplace|Scalable Cities",
        2.4,
        2.8,
        "urban",
        TOWNS,
    ),
    rule(
        "Beratung für Städte", r"TAIEX.REGIO|JASPERS|fi-compass|Policy Support Facility for Cities", 1.0, 1.6, "urban"
    ),
    rule("b-solutions", r"\bb-solutions\b|B-Solutions", 1.3, 2.0, "twinning", "für Behörden an Grenzen"),
    rule("Inseln und Täler", r"Clean [Ee]nergy for EU [Ii]slands|Hydrogen Valleys", 0.5, 1.3, "energy"),
    rule(
        "Donauraum, kleine Projekte",
        r"Danube Strategy Point|Danube Strategic Project Fund|\bDSPF\b",
        1.9,
        2.4,
        "twinning",
        JOIN,
        area="AT BG HR CZ HU RO SK SI DE1 DE2 BA ME RS MD UA",
    ),
    rule("Interkulturelle Städte", r"Intercultural Cities", 2.0, 2.6, "integration", TOWNS),
    rule("PLATFORMA", r"\bPLATFORMA\b", 1.9, 2.5, "development twinning", TOWNS),
    rule(
        "Städte mit der Ukraine",
        r"U-LEAD|Cities4Cities|Bridges of Trust|Ukraine.{0,40}(?:municipal partnership|Kommunalpartnerschaft)",
        2.2,
        2.7,
        "development twinning",
        TOWNS,
    ),
    rule(
        "EWR- und Norwegen-Mittel",
        r"EEA (?:and|&) Norway Grants|Norway Grants|EWR-Finanzierung",
        1.4,
        2.2,
        "",
        "für Mitgliedstaaten im Osten und Süden",
        area="BG CY CZ EE GR HR HU LT LV MT PL PT RO SI SK",
    ),
    rule(
        "Visegrad-Fonds",
        r"Visegrad (?:Fund|Grants|\+ )|Visegrad\+|Visegrád Fund|Visegrádský fond",
        2.1,
        2.6,
        "twinning",
        JOIN,
        area="CZ HU PL SK",
    ),
    rule("Anna-Lindh-Stiftung", r"Anna Lindh", 0.9, 1.4, "twinning", "für Vereine"),
    rule("Europäisches Jugendwerk", r"European Youth Foundation", 1.1, 1.5, "youth", "für Jugendverbände"),
    rule("Europarat", r"Council of Europe Development Bank|Congress of Local and Regional", 1.2, 2.2, "urban", TOWNS),
    # Prizes
    rule(
        "Innovationshauptstadt",
        r"European Capital of Innovation|\biCapital\b|Europäische Innovationshauptstadt",
        2.4,
        2.7,
        "urban",
        PRIZE,
    ),
    rule(
        "Grüne Hauptstadt",
        r"European Green (?:Capital|Leaf)|Grüne Hauptstadt Europas|Capitale verte",
        2.5,
        2.8,
        "environment urban",
        PRIZE,
    ),
    rule("Jugendhauptstadt", r"European Youth Capital|Europäische Jugendhauptstadt", 2.2, 2.7, "youth", PRIZE),
    rule("Stadt ohne Barrieren", r"Access City Award|Access\.City", 2.4, 2.8, "urban integration", PRIZE),
    rule("Hauptstadt der Vielfalt", r"Capitals? of Inclusion and Diversity", 2.5, 2.8, "integration", PRIZE),
    rule("Tourismushauptstadt", r"Capital of Smart Tourism|Green Pioneer of Smart Tourism", 2.1, 2.6, "culture", PRIZE),
    rule("Handel im Ort", r"Capitals? of Small Retail", 2.1, 2.6, "urban", PRIZE),
    rule(
        "Preise für Mobilität",
        r"European ?Mobility ?Week|EUROPEANMOBILITYWEEK|Urban Road Safety Award|SUMP Award|Europäische Mobilitätswoche",
        2.4,
        2.7,
        "transport",
        PRIZE,
    ),
    rule("Europapreis", r"\bEurope Prize\b|Europapreis des Europarat|Europadiplom", 2.4, 2.7, "twinning", PRIZE),
    rule(
        "Jugendkarlspreis",
        r"Charlemagne Youth|Europäischer Jugendkarlspreis",
        1.4,
        1.8,
        "youth twinning",
        "Preis für junge Menschen",
    ),
    rule(
        "Preise für Verwaltungen",
        r"European Public Sector Award|\bEPSA 20|European Broadband Award|RegioStars|REGIOSTARS|Procura\+ Award",
        1.7,
        2.3,
        "urban",
        PRIZE,
    ),
    rule(
        "Preise für Energie",
        r"European Sustainable Energy (?:Week )?Award|EUSEW Award|European Energy Award",
        1.4,
        2.1,
        "energy",
        PRIZE,
    ),
    rule(
        "Preise für Natur",
        r"Natura 2000 Award|LIFE Awards|Transformative Action Award|World Green City",
        1.5,
        2.1,
        "environment",
        PRIZE,
    ),
    rule("Schulessen und Ernährung", r"Milan Urban Food Policy|Milan Pact Award", 2.3, 2.7, "food-waste", PRIZE),
    rule("Hilfe der Staaten", r"Recovery and Resilience Facility", 0.4, 1.0, "", STATES),
)
