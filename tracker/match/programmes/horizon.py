"""Horizon Europe by its missions, clusters and destinations: where a city has a part, and where not. Pure."""

from __future__ import annotations

from tracker.match.programmes.rule import FAR, RESEARCH, TOWNS, rule

HORIZON = (
    # Horizon Europe: what is made for cities
    rule(
        "Mission klimaneutrale Städte", r"HORIZON-MISS-\d{4}-\d\d-(?:CIT|CLIMA-CIT)", 2.7, 3.0, "urban climate", TOWNS
    ),
    rule("Mission Klimaanpassung", r"HORIZON-MISS-\d{4}-\d\d-CLIMA", 1.9, 2.7, "climate"),
    rule("Mission Krebs", r"HORIZON-MISS-\d{4}-\d\d-CANCER", 0.0, 0.3, "", FAR),
    rule("Mission Boden", r"HORIZON-MISS-\d{4}-\d\d-SOIL", 0.8, 1.6, "environment"),
    rule("Mission Gewässer", r"HORIZON-MISS-\d{4}-\d\d-OCEAN", 0.8, 1.9, "environment"),
    rule("Mission", r"HORIZON-MISS", 1.2, 2.0),
    rule("Neues Europäisches Bauhaus", r"HORIZON-NEB|New European Bauhaus Facility", 2.2, 2.8, "urban", TOWNS),
    rule("Preis Innovationshauptstadt", r"ICAPITAL", 2.4, 2.7, "urban", TOWNS),
    rule("Driving Urban Transitions", r"Driving Urban Transitions|\bDUT\b", 2.8, 3.0, "urban", TOWNS),
    rule("URBACT", r"\bURBACT\b", 2.8, 3.0, "urban twinning", TOWNS),
    rule("Europäische Stadtinitiative", r"European Urban Initiative|\bEUI\b", 2.8, 3.0, "urban", TOWNS),
    # Horizon Europe: where a city may be a partner or a place of trial
    rule("Horizont, Kreislaufwirtschaft", r"HORIZON-CL6-\d{4}-\d\d-CIRCBIO", 1.3, 2.6, "environment"),
    rule("Horizont, Artenvielfalt", r"HORIZON-CL6-\d{4}-\d\d-BIODIV", 1.2, 2.1, "environment"),
    rule("Horizont, Schadstoffe", r"HORIZON-CL6-\d{4}-\d\d-ZEROPOLLUTION", 0.8, 1.6, "environment"),
    rule("Horizont, Ernährung und Landwirtschaft", r"HORIZON-CL6", 0.3, 1.6),
    rule("Horizont, Gebäude", r"HORIZON-CL5-\d{4}-\d\d-D4", 0.9, 2.2, "energy"),
    rule("Horizont, Verkehr", r"HORIZON-CL5-\d{4}-\d\d-D6", 0.8, 2.1, "transport"),
    rule("Horizont, Fahrzeuge", r"HORIZON-CL5-\d{4}-\d\d-D5", 0.3, 0.9, "transport", RESEARCH),
    rule("Horizont, Energieerzeugung", r"HORIZON-CL5-\d{4}-\d\d-D3", 0.3, 1.6, "energy", RESEARCH),
    rule("Horizont, Batterien", r"HORIZON-CL5-\d{4}-\d\d-D2", 0.1, 0.7, "energy", RESEARCH),
    rule("Horizont, Klima und Energie", r"HORIZON-CL5|Cluster 5", 0.5, 1.7),
    rule("Horizont, Katastrophenvorsorge", r"HORIZON-CL3-\d{4}-\d\d-DRS", 1.5, 2.0),
    rule("Horizont, Schutz von Anlagen", r"HORIZON-CL3-\d{4}-\d\d-INFRA", 0.6, 1.7),
    rule("Horizont, Sicherheit", r"HORIZON-CL3|Cluster 3", 0.1, 1.0, "", RESEARCH),
    rule("Horizont, Kultur und Gesellschaft", r"HORIZON-CL2", 0.7, 1.8),
    # Horizon Europe: where it is not
    rule("Horizont, Wasserstoff", r"CLEANH2", 0.1, 1.2, "energy", RESEARCH),
    rule(
        "Horizont, Grundlagen und Industrie",
        r"HORIZON-(?:CL4|JU|EUROHPC|HLTH|ERC|INFRA|RAISE|CID)",
        0.0,
        0.7,
        "",
        RESEARCH,
    ),
    rule(
        "Horizont, Bürger und Wissenschaft",
        r"HORIZON-MSCA-\d{4}-CITIZENS"
        r"|[Ss]cience comes to town",
        1.7,
        2.6,
        "youth",
    ),
    rule("Horizont, Köpfe und Start-ups", r"HORIZON-(?:MSCA|EIC|WIDERA|EIT)", 0.1, 0.9, "", RESEARCH),
    rule("Horizont", r"HORIZON", 0.3, 1.5),
)
