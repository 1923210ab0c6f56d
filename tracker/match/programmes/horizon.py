"""Horizon Europe by the identifiers of its missions, clusters and destinations: where a city has a part. Pure.

Work programmes 2021-2022 to 2026-2027. Between year and destination stand numbers, or words such as "Two-Stage".
"""

from __future__ import annotations

from tracker.match.programmes.rule import FAR, FIRMS, JOIN, RESEARCH, STATES, TOWNS, UNIVERSITIES, rule

CL1 = r"HORIZON-HLTH-\d{4}\S*?-"
CL2 = r"(?:HORIZON-CL2|\bCL2)-\d{4}\S*?-"
CL3 = r"(?:HORIZON-CL3|\bCL3)-\d{4}\S*?-"
CL4 = r"(?:HORIZON-CL4|\bCL4)-\d{4}\S*?-"
CL5 = r"(?:HORIZON-CL5|\bCL5)-\d{4}\S*?-"
CL6 = r"(?:HORIZON-CL6|\bCL6)-\d{4}\S*?-"
MISS = r"HORIZON-MISS-\d{4}\S*?-"

HORIZON = (
    # Prizes and missions: what is made for cities
    rule("Preis Innovationshauptstadt", r"HORIZON-EIC-\d{4}\S*ICAPITAL", 2.4, 2.7, "urban", TOWNS),
    rule("Mission klimaneutrale Städte", MISS + r"(?:CIT\b|CLIMA-CIT)", 2.7, 3.0, "urban climate", TOWNS),
    rule("Mission klimaneutrale Städte", MISS + r"NEB\b", 2.4, 2.9, "urban", TOWNS),
    rule("Mission Gewässer", MISS + r"(?:OCEAN|\d+-OCEAN)", 0.8, 1.9, "environment"),
    rule("Mission Klimaanpassung", MISS + r"CLIMA", 1.9, 2.7, "climate", JOIN),
    rule("Mission Boden und Ernährung", MISS + r"SOIL-(?:FOOD|CIT)", 1.3, 2.3, "environment food-waste"),
    rule("Mission Boden", MISS + r"SOIL", 0.8, 1.6, "environment"),
    rule("Mission Krebs", MISS + r"(?:CANCER|UNCAN)", 0.0, 0.3, "", FAR),
    rule("Missionen gemeinsam", MISS + r"CROSS", 1.2, 2.0),
    rule("Mission", r"HORIZON-MISS", 1.2, 2.0),
    rule("Neues Europäisches Bauhaus", r"HORIZON-NEB", 2.2, 2.8, "urban", TOWNS),
    # Cluster 6: food, bioeconomy, natural resources, environment
    rule("Horizont, Kreislaufwirtschaft", CL6 + r"(?i:CIRCBIO)", 1.3, 2.6, "environment"),
    rule("Horizont, Artenvielfalt", CL6 + r"(?i:BIODIV)", 1.2, 2.1, "environment"),
    rule("Horizont, Schadstoffe", CL6 + r"ZEROPOLL", 0.8, 1.6, "environment"),
    rule("Horizont, Land und Stadt", CL6 + r"COMMUNIT", 0.9, 2.0, "urban"),
    rule("Horizont, Land und Meer fürs Klima", CL6 + r"CLIMATE", 0.4, 1.4, "climate"),
    rule("Horizont, Landwirtschaft und Lebensmittel", CL6 + r"FARM2FORK", 0.3, 1.6),
    rule("Horizont, Umweltdaten", CL6 + r"GOVERNANCE", 0.2, 1.5, "", RESEARCH),
    rule("Horizont, Ernährung und Landwirtschaft", r"(?:HORIZON-CL6|\bCL6-20)", 0.3, 1.6),
    # Cluster 5: climate, energy, mobility
    rule("Horizont, Preis für Energie", r"HORIZON-CL5-\S*PRIZE", 1.2, 2.2, "energy"),
    rule("Horizont, Klimawissen", CL5 + r"D1\b", 0.5, 1.7, "climate", RESEARCH),
    rule("Horizont, Batterien", CL5 + r"D2\b", 0.1, 0.7, "energy", RESEARCH),
    rule("Horizont, Energieerzeugung", CL5 + r"D3\b", 0.3, 1.6, "energy", RESEARCH),
    rule("Horizont, Gebäude", CL5 + r"D4\b", 0.9, 2.2, "energy"),
    rule("Horizont, Fahrzeuge", CL5 + r"D5\b", 0.3, 0.9, "transport", RESEARCH),
    rule("Horizont, Verkehr", CL5 + r"D6\b", 0.8, 2.1, "transport"),
    rule("Horizont, Klima und Energie", r"(?:HORIZON-CL5|\bCL5-20)", 0.5, 1.7),
    # Cluster 3: civil security
    rule("Horizont, Katastrophenvorsorge", CL3 + r"DRS", 1.5, 2.0),
    rule("Horizont, Schutz von Anlagen", CL3 + r"INFRA", 0.6, 1.7),
    rule("Horizont, Schutz vor Verbrechen", CL3 + r"FCT", 0.2, 1.2, "", RESEARCH),
    rule("Horizont, Grenzen und Datensicherheit", CL3 + r"(?:BM|CS|SSRI)\b", 0.0, 0.6, "", RESEARCH),
    rule("Horizont, Sicherheit", r"(?:HORIZON-CL3|\bCL3-20)", 0.1, 1.0, "", RESEARCH),
    # Cluster 2: culture, creativity, inclusive society
    rule("Horizont, Demokratie", CL2 + r"DEMOCRACY", 0.7, 1.9, "twinning", RESEARCH),
    rule("Horizont, Kulturerbe", CL2 + r"HERITAGE", 0.8, 1.9, "culture", RESEARCH),
    rule("Horizont, Gesellschaft", CL2 + r"TRANSFO", 0.6, 1.7, "", RESEARCH),
    rule("Horizont, Kultur und Gesellschaft", r"(?:HORIZON-CL2|\bCL2-20)", 0.6, 1.7),
    # Cluster 1 and 4: where it is not
    rule("Horizont, Umwelt und Gesundheit", CL1 + r"ENVHLTH", 0.4, 1.2, "", RESEARCH),
    rule("Horizont, gesund bleiben", CL1 + r"STAYHLTH", 0.3, 1.1, "", RESEARCH),
    rule("Horizont, Gesundheit", r"HORIZON-(?:HLTH|CL1)", 0.0, 0.5, "", RESEARCH),
    rule("Horizont, Mensch und Technik", CL4 + r"HUMAN", 0.1, 1.0, "", RESEARCH),
    rule("Horizont, grüne Industrie", CL4 + r"(?:TWIN-|RESILIENCE)", 0.1, 0.8, "", RESEARCH, never="twinning"),
    rule("Horizont, Industrie und Weltraum", r"(?:HORIZON-CL4|\bCL4-20)", 0.0, 0.7, "", RESEARCH),
    # Science and people
    rule("Horizont, Bürger und Wissenschaft", r"HORIZON-MSCA-\d{4}-CITIZENS", 1.7, 2.4, "youth", JOIN),
    rule(
        "Horizont, ausgewählte Hochschulen",
        r"HORIZON-WIDERA-\d{4}\S*?-(?:TWINNING|TEAMING|ERACHAIR|ERA-CHAIR|CHAIR|TALENT|HOPON|HOP-ON|WIDENING|ACCESS)",
        0.0,
        0.4,
        "",
        UNIVERSITIES,
        never="twinning",
    ),
    rule("Horizont, Forschungsraum", r"HORIZON-WIDERA", 0.5, 1.6, "", RESEARCH, never="twinning"),
    rule("Horizont, Köpfe", r"HORIZON-(?:MSCA|ERC)|\bERC-20", 0.0, 0.5, "", UNIVERSITIES),
    rule("Horizont, Gründungen", r"HORIZON-EIC", 0.0, 0.5, "", FIRMS),
    rule("Horizont, Innovation im Ort", r"HORIZON-EIE", 0.5, 1.6),
    rule("EIT, Stadt und Bauhaus", r"HORIZON-EIT-\S*(?:URBAN|NEB|-UM\b)", 1.2, 2.2, "urban"),
    rule("EIT", r"HORIZON-EIT", 0.2, 1.0, "", FIRMS),
    # Partnerships with industry (joint undertakings), infrastructure, nuclear research
    rule("Horizont, Wasserstoff", r"HORIZON-(?:JU-)?CLEANH2", 0.1, 1.2, "energy", RESEARCH),
    rule("Horizont, Bahn", r"HORIZON-(?:JU-)?ER-(?:JU-)?20", 0.1, 0.6, "transport", RESEARCH),
    rule("Horizont, Luftfahrt", r"HORIZON-(?:JU-)?(?:CLEAN-AVIATION|SESAR)", 0.0, 0.3, "transport", RESEARCH),
    rule("Horizont, Biogrundstoffe", r"HORIZON-(?:JU-)?CBE", 0.0, 0.6, "", FIRMS),
    rule("Horizont, Industriepartnerschaft", r"HORIZON-(?:JU|EUROHPC|KDT|CHIPS|SNS|IHI|EDCTP)", 0.0, 0.4, "", FAR),
    rule("Kernforschung", r"HORIZON-EURATOM|EURATOM-20", 0.0, 0.3, "", FAR),
    rule("Horizont, Grundlagen und Industrie", r"HORIZON-(?:INFRA|RAISE|CID|FPA|SPACE|EUSPA)", 0.0, 0.6, "", RESEARCH),
    rule("Horizont, mitfinanzierte Partnerschaft", r"HORIZON-(?:COFUND|HE)\b", 0.2, 1.0, "", STATES),
    rule("Horizont", r"HORIZON-", 0.3, 1.5),
)

# The same where a portal names the programme in words.
HORIZON_IN_WORDS = (
    rule(
        "Mission klimaneutrale Städte", r"Climate[- ]Neutral and Smart Cities|NetZeroCities", 2.6, 3.0, "urban", TOWNS
    ),
    rule(
        "Mission Klimaanpassung",
        r"Mission (?:on )?Adaptation to Climate|Pathways2Resilience",
        2.0,
        2.7,
        "climate",
        JOIN,
    ),
    rule("Mission Gewässer", r"Mission Restore our Ocean|Mission Ocean", 0.8, 1.9, "environment"),
    rule("Mission Boden", r"Soil Deal for Europe|Mission Soil", 0.8, 1.6, "environment"),
    rule("Mission Krebs", r"Mission (?:on )?Cancer", 0.0, 0.3, "", FAR),
    rule(
        "Neues Europäisches Bauhaus",
        r"New European Bauhaus (?:Facility|Prize|Festival)|NEB Facility",
        2.2,
        2.8,
        "urban",
        TOWNS,
    ),
    rule(
        "Horizont, Bürger und Wissenschaft",
        r"MSCA and Citizens|Researchers'? Night|[Ss]cience comes to town",
        1.7,
        2.6,
        "youth",
    ),
    rule("EIT, Stadt", r"EIT Urban Mobility", 1.2, 2.3, "transport urban"),
    rule("EIT, Klima", r"EIT Climate|Climate-KIC", 1.1, 2.2, "climate"),
    rule("EIT, Kultur", r"EIT Culture", 0.8, 1.6, "culture"),
    rule("EIT, Ernährung", r"EIT Food", 0.5, 1.4),
    rule(
        "EIT", r"EIT (?:Health|Digital|Manufacturing|Raw ?Materials|Water|InnoEnergy)|InnoEnergy", 0.1, 0.5, "", FIRMS
    ),
    rule("EIT", r"European Institute of Innovation and Technology|Europäisches Innovations- und Techno", 0.4, 1.6),
    rule("Horizont, Cluster 6", r"Horizon.{0,30}Cluster 6|Food, Bioeconomy,? Natural Resources", 0.5, 1.8),
    rule("Horizont, Klima und Energie", r"Horizon.{0,30}Cluster 5|Cluster 5 - Climate", 0.5, 1.7),
    rule(
        "Horizont, Industrie und Weltraum",
        r"Horizon.{0,30}Cluster 4|Digital, Industry and Space",
        0.0,
        0.7,
        "",
        RESEARCH,
    ),
    rule("Horizont, Sicherheit", r"Horizon.{0,30}Cluster 3|Civil [Ss]ecurity for [Ss]ociety", 0.1, 1.0, "", RESEARCH),
    rule("Horizont, Kultur und Gesellschaft", r"Horizon.{0,30}Cluster 2|Creativity and Inclusive Society", 0.6, 1.7),
    rule("Horizont, Gesundheit", r"Horizon.{0,30}Cluster 1\b|Horizon.{0,30}Health", 0.0, 0.5, "", RESEARCH),
    rule(
        "Horizont, Köpfe",
        r"Marie Sk[lł]odowska|European Research Council|Europäischer Forschungsrat",
        0.0,
        0.5,
        "",
        UNIVERSITIES,
    ),
    rule(
        "Horizont, Gründungen",
        r"European Innovation Council|EIC (?:Accelerator|Pathfinder|Transition)",
        0.0,
        0.5,
        "",
        FIRMS,
    ),
    rule("Horizont, Forschungsraum", r"Widening [Pp]articipation|\bWIDERA\b", 0.2, 1.2, "", RESEARCH, never="twinning"),
    rule("Horizont", r"Horizon Europe|Horizont Europa|HORIZON EUROPE", 0.3, 1.5),
)
