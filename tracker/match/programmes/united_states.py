"""Federal programmes of the United States: which of them towns get. Pure.

Known by the number of the assistance listing (two digits for the agency, a dot, three for the programme), by the
programme's name in a title, or by the agency. From SAM.gov's assistance listings and the agencies' pages, as generally
known in 2026-11. `city` is judged from a town in the United States of some 70,000 people.
"""

from __future__ import annotations

from tracker.match.programmes.rule import Rule, rule

US = "US"
TOWN = "US-Bundesprogramm für Städte und Gemeinden"
STATES = "US-Bundesprogramm, das Geld geht an die Bundesstaaten"
TRIBES = "US-Bundesprogramm für indigene Gemeinschaften"
SCIENCE = "US-Bundesprogramm für Forschung und Hochschulen"
OTHERS = "US-Bundesprogramm ohne Rolle für eine Stadt"
PLAIN = "US-Bundesprogramm"
RURAL = "US-Bundesprogramm für den ländlichen Raum"


def listed(*numbers: str) -> str:
    """A pattern for assistance listings: two digits for the agency, a dot, three for the programme; no amounts."""
    return "|".join(rf"\b{number.replace('.', chr(92) + '.')}(?!\d| ?€| Eur)" for number in numbers)


def us_rule(name: str, pattern: str, base: float, city: float, topics: str = "", why: str = PLAIN) -> Rule:
    """A rule that holds in the United States."""
    return rule(name, pattern, base, city, topics, why, area=US)


# Which programmes of an agency go to towns, to the states, to tribes: the rest of its numbers stand below.
PROGRAMMES = (
    us_rule(
        "Stadtentwicklung und Wohnen (HUD)",
        listed(r"14.(?:023|218|225|231|239|241|248|251|256|267|269|272|276|889|892|90\d)\b")
        + r"|Community Development Block Grant|HOME Investment Partnerships|Choice Neighborhoods|Emergency Solutions"
        r"|Continuum of Care|Pathways to Removing Obstacles|Lead Hazard|Community Project Funding",
        1.8,
        2.7,
        "urban",
        TOWN,
    ),
    us_rule(
        "Verkehr in Städten (DOT)",
        listed(r"20.(?:500|507|513|516|521|525|526|527|530|531|532|533|534|93[3479]|94\d)\b")
        + r"|Safe Streets and Roads|Reconnecting Communities|Low or No Emission|Buses and Bus Facilities"
        r"|\bRAISE\b.{0,20}Gr"
        r"|\bBUILD Grants?\b|Charging and Fueling Infrastructure|\bSMART Grants?\b|Railroad Crossing|Active"
        r" Transportation|Areas of Persistent Poverty|Pilot Program for Transit",
        1.8,
        2.7,
        "transport",
        TOWN,
    ),
    us_rule(
        "Umwelt und Klima in Städten (EPA)",
        listed(
            r"66.(?:034|039|045|046|049|051|203|306|309|312|461|462|475|508|604|61[0-6]|717|808|814|815|818"
            r"|92[01]|95\d)\b"
        )
        + r"|[Bb]rownfields?\b.{0,30}(?:[Aa]ssess|[Cc]lean|Multipurpose|Grant)|Climate Pollution Reduction"
        r"|Clean School"
        r" Bus|Clean Heavy-Duty|Community Change Grants|Environmental Justice|Solid Waste Infrastructure"
        r"|Water Infrastructure Financ|Recycling"
        r" Education",
        1.6,
        2.7,
        "environment",
        TOWN,
    ),
    us_rule(
        "Katastrophenvorsorge (FEMA)",
        listed(r"97.(?:010|024|029|036|039|044|047|052|083|138|141)\b")
        + r"|Building Resilient Infrastructure|Flood Mitigation Assistance|Hazard Mitigation Grant"
        r"|Assistance to Firefighters|Citizenship and Integration Grant",
        1.4,
        2.6,
        "",
        TOWN,
    ),
    us_rule(
        "Energie in Städten (DOE)",
        listed(r"81.(?:128|259|260)\b")
        + r"|Energy Efficiency and Conservation Block|Renew America.s Schools|Clean Cities|Communities LEAP",
        1.8,
        2.7,
        "energy",
        TOWN,
    ),
    us_rule(
        "Ernährung und Grün in Städten (USDA)",
        listed(r"10.(?:168|17[257]|182|225|331|522|575|664|675|904|923|928|932|935)\b")
        + r"|Farm to School|Urban Agriculture|Community Food Projects|Farmers.? Market|Local Food Promotion"
        r"|Composting and Food Waste|Food System Partnership|Urban and Community Forestry|Local Food Purchase"
        r"|Food Recovery|Food Waste",
        1.4,
        2.6,
        "",
        TOWN,
    ),
    us_rule(
        "Ländlicher Raum (USDA)",
        listed(r"10.(?:35\d|4\d\d|7\d\d|8\d\d)\b", r"20.(?:509|938)\b", r"23.\d\d\d", r"90.\d\d\d")
        + r"|\bRural\b|Appalachian Regional|Delta Regional|Denali",
        0.2,
        1.2,
        "",
        RURAL,
    ),
    us_rule(
        "Kultur und Museen (NEA, NEH, IMLS)",
        listed(r"45.(?:024|129|130|149|164|16[89]|30[19]|31[23])\b")
        + r"|National Endowment for the (?:Arts|Humanities)|Museum and Library Services|Our Town|Museums for America"
        r"|Save America.s Treasures|Grants for Arts Projects",
        1.5,
        2.4,
        "culture",
        TOWN,
    ),
    us_rule(
        "Parks und Denkmäler (NPS)",
        listed(r"15.(?:904|916|92[19]|93[19])\b") + r"|Outdoor Recreation Legacy|Land and Water Conservation Fund"
        r"|Historic Preservation Fund|Certified Local Government",
        1.1,
        2.3,
        "",
        TOWN,
    ),
    us_rule(
        "Freiwillige (AmeriCorps)",
        listed(r"94.(?:002|006|011|013|016|021|023|026)\b") + r"|AmeriCorps State|Senior Corps|Volunteer Generation",
        1.2,
        2.2,
        "youth",
        TOWN,
    ),
    us_rule(
        "Wirtschaft vor Ort (EDA)",
        listed(r"11.(?:30[0237]|020|039)\b") + r"|Public Works and Economic|Economic Adjustment Assistance",
        1.0,
        2.3,
        "",
        TOWN,
    ),
    us_rule(
        "Austausch (State Department)",
        listed(r"19.(?:009|02[1-5]|040|300|4[0-2]\d)\b")
        + r"|Citizen Exchange|Youth Exchange|Congress.Bundestag|Sister Cit|Professional and Cultural Exchange",
        1.0,
        1.9,
        "",
        "für Träger von Austausch in den USA",
    ),
    us_rule(
        "Flüchtlinge in Städten (HHS)",
        listed(r"93.(?:576|604|676)\b") + r"|Refugee and Entrant Assistance.{0,20}Discretionary",
        1.2,
        2.3,
        "integration",
        TOWN,
    ),
    us_rule(
        "Für indigene Gemeinschaften",
        listed(r"15.(?:0[2-6]\d|1[0-6]\d)\b", r"14.(?:86[2-7]|873)\b", r"66.(?:926|424|476)\b", r"10.(?:567|594)\b")
        + r"|\bTrib(?:al|es)\b(?!.{0,60}(?:[Ll]ocal|State))|\bIndian (?:Health|Child|Housing|Education"
        r"|Reservation|Tribe)"
        r"|Native (?:American|Hawaiian)|Alaska Native|Reservations\b",
        0.0,
        0.6,
        "",
        TRIBES,
    ),
    us_rule(
        "Geld für die Bundesstaaten",
        listed(
            r"10.(?:170|185|187|190|5[3-6]\d|57[0-46-9]|58\d|59[0-35-9]|6[0-4]\d)\b",
            r"14.(?:228|275|4\d\d)\b",
            r"15.(?:5\d\d|6\d\d)\b",
            r"16.(?:5[2-8]\d|609)\b",
            r"17.(?:2\d\d|225|50\d|60\d)\b",
            r"20.(?:2\d\d|6\d\d|7\d\d|505|806)\b",
            r"66.(?:001|4[3-6]\d|605|608|70\d|80[1-5]|817)\b",
            r"81.(?:041|042|119|254)\b",
            r"84.(?:0\d\d|1\d\d|287|365|36[79]|369|42[45])\b",
            r"93.(?:0[34]\d|5[5-9]\d|6[0-7]\d|667)\b",
            r"94.(?:003|008|009)\b",
            r"97.(?:01[27]|023|04[1235]|067|091)\b",
            r"21.(?:02[369]|031)\b",
            r"11.(?:032|035|407|419)\b",
        ),
        0.4,
        1.5,
        "",
        STATES,
    ),
    us_rule(
        "Steuerregeln und Leistungen an Einzelne",
        listed(
            r"TC.\d\d\d",
            r"64.\d\d\d",
            r"96.\d\d\d",
            r"57.\d\d\d",
            r"17.(?:30|31)\d\b",
            r"32.\d\d\d",
            r"53.\d\d\d",
            r"99.\d\d\d",
        )
        + r"|Veterans Affairs|Social Security Administration|Railroad Retirement",
        0.0,
        0.7,
        "",
        OTHERS,
    ),
)

AGENCIES = (
    us_rule(
        "Forschung der USA",
        listed(
            r"10.(?:00\d|2\d\d|3\d\d)\b",
            r"15.8\d\d",
            r"43.\d\d\d",
            r"47.\d\d\d",
            r"81.(?:049|057|08[679]|113|121|122|135)\b",
        )
        + r"|National Science Foundation|National Institutes? of|Aeronautics|Office of Science|Geological Survey"
        r"|Institute of Food and Agriculture|Standards and Technology|ARPA-E",
        0.0,
        0.8,
        "",
        SCIENCE,
    ),
    us_rule(
        "Gesundheit der USA",
        listed(r"93.\d\d\d")
        + r"|Centers for Disease Control|Health Resources|Substance Abuse|Food and Drug Administration"
        r"|Health and Human",
        0.1,
        0.9,
        "",
        OTHERS,
    ),
    us_rule(
        "Verteidigung, Firmen und Ausland der USA",
        listed(r"12.\d\d\d", r"59.\d\d\d", r"98.\d\d\d", r"19.\d\d\d", r"21.\d\d\d")
        + r"|Department of (?:Defense|the (?:Army|Navy|Air Force|Treasury))|\bDARPA\b|Naval Research|Army Research"
        r"|Small Business Administration|Agency for International Development|U\.S\. Mission|U\.S\. Embassy"
        r"|Department of State|Bureau of (?:Democracy|International|Population|Near)",
        0.1,
        0.9,
        "",
        OTHERS,
    ),
    us_rule(
        "Bauern und Natur der USA",
        listed(r"10.\d\d\d", r"11.4\d\d", r"15.[0-8]\d\d")
        + r"|Farm Service|Foreign Agricultural|Fish and Wildlife|Bureau of"
        r" (?:Land|Reclamation|Indian|Ocean)|Oceanic and Atmospheric|\bNOAA\b|Natural Resources Conservation",
        0.2,
        1.5,
    ),
    us_rule("Wohnen der USA", listed(r"14.\d\d\d") + r"|Housing and Urban Development", 0.7, 2.4),
    us_rule(
        "Verkehr der USA",
        listed(r"20.\d\d\d")
        + r"|Department of Transportation|(?:Transit|Highway|Railroad|Aviation|Maritime) Administration",
        0.6,
        2.2,
    ),
    us_rule("Umwelt der USA", listed(r"66.\d\d\d") + r"|Environmental Protection Agency", 0.7, 2.2),
    us_rule("Kultur der USA", listed(r"45.\d\d\d") + r"|Institute of Museum", 0.8, 1.9),
    us_rule("Freiwillige der USA", listed(r"94.\d\d\d") + r"|Corporation for National|AmeriCorps", 0.9, 2.0),
    us_rule(
        "Schutz der USA", listed(r"97.\d\d\d", r"16.\d\d\d") + r"|Homeland Security|Department of Justice", 0.3, 1.5
    ),
    us_rule(
        "Schule und Arbeit der USA",
        listed(r"84.\d\d\d", r"17.\d\d\d") + r"|Department of (?:Education|Labor)",
        0.4,
        1.5,
    ),
    us_rule("Energie der USA", listed(r"81.\d\d\d") + r"|Department of Energy", 0.3, 1.7),
    us_rule(
        "Innere Angelegenheiten der USA", listed(r"15.\d\d\d") + r"|Department of the Interior|National Park", 0.4, 1.7
    ),
    us_rule(
        "US-Bundesprogramm",
        r"Department of (?:the )?[A-Z]|Federal (?:Communications|Emergency)",
        0.1,
        1.6,
    ),
)

UNITED_STATES = (*PROGRAMMES, *AGENCIES)
