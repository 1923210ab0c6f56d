"""French programmes: of the state and its agencies, of regions and départements. Pure."""

from __future__ import annotations

from tracker.match.programmes.rule import rule

FRENCH_REGION = (
    r"Conseil d[ée]partemental|Conseil r[ée]gional|Agence technique d[ée]partementale|\bR[ée]gion [A-Z]|\bID77\b"
    r"|\bDDTM?\b|[ÉE]tablissement [Pp]ublic [Ff]oncier|CAUE\b|Agglom[ée]ration|Communauté (?:de communes|urbaine)"
    r"|Parc naturel|\(PETR\)|Syndicat|Ing[ée]nierie (?:des|territor)"
)

FRANCE = (
    rule(
        "Programm einer französischen Region",
        FRENCH_REGION,
        0.4,
        1.1,
        "",
        "gilt nur in einer Region oder einem Département",
    ),
)
