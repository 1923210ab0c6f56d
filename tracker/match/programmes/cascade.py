"""Calls by which running projects pass on money: judged by their own title, not by the programme behind. Pure."""

from __future__ import annotations

from tracker.match.programmes.rule import FIRMS, RESEARCH, TOWNS, Rule, rule

WHY = "Weitergabe von Mitteln durch ein laufendes Projekt"
CASCADE = Rule("Kaskadenförderung", "", 0.4, 2.0, (), WHY)
CASCADES = (
    rule(
        "Kaskade für Städte",
        r"NetZeroCities|Pathways2Resilience|Mission Cit(?:y|ies)|Twin Cit|CapaCITIES",
        2.3,
        2.9,
        "urban climate",
        TOWNS,
    ),
    rule(
        "Kaskade für Städte",
        r"[Ss]mart [Cc]ommunit|[Ll]ocal [Dd]igital [Tt]wins?|CitiVERSE|DS4SSCC|100 Intelligent",
        2.1,
        2.8,
        "urban",
        TOWNS,
    ),
    rule(
        "Kaskade für Städte",
        r"\bNEB\b|New European Bauhaus|[Pp]lacemaking|[Uu]rban [Mm]obility",
        1.7,
        2.7,
        "urban",
        WHY,
    ),
    rule(
        "Kaskade für Kultur",
        r"Perform Europe|Culture Moves|Music Moves|Liveurope|ZMINA|S\+T\+ARTS|STARTS",
        1.3,
        1.9,
        "culture",
        WHY,
    ),
    rule(
        "Kaskade für Unternehmen",
        r"[Ss]tart-?[Uu]p|START-?UP|\bSMEs?\b|[Aa]ccelerat|[Ii]ncubat|[Hh]ackathon|[Vv]enture|[Ii]nnovator|Eurostars|\bEIC\b"
        r"|[Bb]ootcamp|Pitch|Vouchers?\b",
        0.1,
        1.2,
        "",
        FIRMS,
    ),
    rule(
        "Kaskade für Forschung",
        r"[Tt]ransnational [Cc]all|\bJTC\b|[Rr]esearchers?\b|PhD|[Ff]ellowship|[Ss]cholarship|Cohort|NGI "
        r"|Next Generation Internet|[Tt]ransnational [Aa]ccess|[Tt]ech(?:nology)? [Pp]rovider|EDIH|cyber|Cyber",
        0.0,
        1.0,
        "",
        RESEARCH,
    ),
)
