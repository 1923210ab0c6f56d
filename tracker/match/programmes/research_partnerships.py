"""European partnerships that research ministries pay together, by name: where a city can join. Pure.

Most publish on sites of their own and pass on money through national agencies (their joint calls 2021-2026).
"""

from __future__ import annotations

from tracker.match.programmes.rule import FAR, FIRMS, JOIN, RESEARCH, TOWNS, rule

RESEARCH_PARTNERSHIPS = (
    rule(
        "Driving Urban Transitions",
        r"Driving Urban Transitions|\bDUT (?:Call|Partnership)|\bDUT\b",
        2.8,
        3.0,
        "urban",
        TOWNS,
    ),
    rule("JPI Urban Europe", r"JPI Urban Europe|ERA-NET Cofund Urban", 2.5, 2.9, "urban", TOWNS),
    rule("Built4People", r"Built4People|Built-for-People", 0.9, 2.1, "energy"),
    rule("Biodiversa+", r"Biodiversa", 0.9, 1.9, "environment", RESEARCH),
    rule("Water4All", r"Water4All|JPI Water|Water JPI", 0.7, 1.7, "environment", RESEARCH),
    rule("FutureFoodS", r"FutureFoodS|Sustainable Food Systems Partnership|FOSC\b", 0.8, 1.9, "food-waste", RESEARCH),
    rule(
        "Resilient Cultural Heritage",
        r"Resilient Cultural Heritage|JPI Cultural Heritage|JPI CH\b",
        0.8,
        1.7,
        "culture",
        RESEARCH,
    ),
    rule(
        "Soziale Transformation",
        r"Social Transformations and Resilience|STR Partnership",
        0.6,
        1.5,
        "integration",
        RESEARCH,
    ),
    rule(
        "Clean Energy Transition", r"Clean Energy Transition Partnership|CETPartnership", 0.5, 1.6, "energy", RESEARCH
    ),
    rule("JPI Klima", r"JPI Climate|AXIS \(Assessment|Belmont Forum", 0.4, 1.2, "climate", RESEARCH),
    rule(
        "Blaue Wirtschaft",
        r"Sustainable Blue Economy Partnership|JPI Oceans|BlueBio\b",
        0.3,
        1.0,
        "environment",
        RESEARCH,
    ),
    rule("Wald", r"Forests? (?:and|&) Forestry for|ForestValue", 0.3, 1.1, "environment", RESEARCH),
    rule("CCAM", r"CCAM [Pp]artnership|Cooperative, Connected and Automated Mobility", 0.6, 1.7, "transport", RESEARCH),
    rule(
        "Fahrzeuge ohne Abgas",
        r"2Zero [Pp]artnership|Towards [Zz]ero [Ee]mission [Rr]oad",
        0.3,
        1.0,
        "transport",
        RESEARCH,
    ),
    rule(
        "PRIMA",
        r"\bPRIMA (?:Call|Foundation|Section|20)|Partnership for Research and Innovation in the Mediterranean",
        0.3,
        1.0,
        "environment",
        RESEARCH,
    ),
    rule("LEAP-RE", r"LEAP-RE\b|LEAP-SE\b", 0.2, 0.8, "energy development", RESEARCH),
    rule(
        "Agrarforschung",
        r"AGROECOLOGY [Pp]artnership|Agroecology [Pp]artnership|SusCrop|ICT-AGRI|EUPAHW|Animal Health (?:and|&) Wel",
        0.1,
        0.6,
        "",
        RESEARCH,
    ),
    rule(
        "Gesundheitsforschung",
        r"ERA4Health|ERDERA|EP PerMed|EPPerMed|OHAMR|One Health AMR|JPIAMR|BrainHealth|JPND\b|NEURON\b|BE READY|THCS\b"
        r"|Transforming Health and Care|PARC [Pp]artnership|TRANSCAN|EuroNanoMed|Innovative Health Initiative|EDCTP",
        0.0,
        0.4,
        "",
        FAR,
    ),
    rule(
        "Technologieforschung",
        r"M-ERA\.NET|QuantERA|CHIST-ERA|Eurostars|EUREKA (?:Network|Globalstars|Cluster)"
        r"|Eureka (?:Network|Globalstars|Cluster)|Chips Joint Undertaking|Chips JU|EuroHPC"
        r"|Smart Networks and Services|Clean Aviation|SESAR\b|Europe's Rail"
        r"|Batteries European Partnership|Clean Hydrogen (?:Partnership|Joint)|Circular Bio-based Europe|Clean Steel",
        0.0,
        0.5,
        "",
        FIRMS,
    ),
    rule("Geisteswissenschaften", r"CHANSE\b|HERA Joint Research|NORFACE", 0.1, 0.6, "", RESEARCH),
    rule("COST", r"COST (?:Action|Open Call|Association|Innovators)", 0.1, 0.5, "", RESEARCH),
    rule("ERA-NET", r"ERA-NET|ERA-Net|[Jj]oint [Tt]ransnational [Cc]all", 0.2, 0.8, "", RESEARCH),
    rule("CIVITAS", r"\bCIVITAS\b", 1.8, 2.6, "transport", JOIN),
)
