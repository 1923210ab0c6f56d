"""What is an EU programme officially called in the reader's language? Knows the one file of names that we carry.

data/programme_names.json: labels of the EU's authority table eu-programme, © European Union, CC BY 4.0; made by
.ci/programme_names.py. It names the period 2021-2027. Programmes that are not on that list keep the words of their
source: Interreg, the older periods, I3, pilot projects (PPPA), RFCS, agencies.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

# What identifiers begin with ("CERV-2026-CITIZENS-TOWN-TT") and the code in the official list. Seen on the EU portal,
# 2025-10 to 2026-10.
CODES = {
    "AMIF": "AMIF",
    "BMVI": "BMVI",
    "CEF": "CEF_2021",
    "CERV": "CERV",
    "CREA": "CREATIVEEU",
    "DIGITAL": "DIGITALEU",
    "EDF": "EDF",
    "EMFAF": "EMFAF",
    "ERASMUS": "ERASMUS_PLUS",
    "ESC": "ESC_2021",
    "ESF": "ESF_PLUS",
    "EU4H": "EU4HEALTH",
    "EUAF": "ANTIFRAUD",
    "EURATOM": "EURATOM_21_27",
    "HORIZON": "HORIZONEU",
    "INNOVFUND": "IF",
    "ISF": "ISF_2021",
    "JUST": "JUSTICE",
    "LIFE": "LIFE_2021",
    "NDICI": "NDICI",
    "PERI": "PERICLES",
    "SMP": "SINGLEMKT",
}
# How portals call a programme where that is neither its official name nor its code.
CALLED = {
    "digital europe": "DIGITAL",
    "eu4health": "EU4H",
    "global europe": "NDICI",
    "horizon europe": "HORIZON",
    "pericles iv": "PERI",
}
OFFICIAL = re.compile(r"([A-Z0-9]+)-(?:.*-)?202[1-7](?:-|\Z)")
SHORT = re.compile(r"\s*\([^()]*\)\Z")
GENERIC = re.compile(r"\s+programme\Z")


def programme_name(said: str, identifiers: Iterable[str], language: str) -> str:
    """The official name with the code that people quote, "Kreatives Europa (CREA)"; else what the source has `said`.

    Known by an official identifier of 2021 to 2027, else by the source's name for it.
    """
    code = next((found for one in identifiers if (found := _of_identifier(one))), "") or _by_name().get(_bare(said), "")
    name = _names()[CODES[code]].get(language) if code else None
    if not name:
        return said
    return name if re.search(rf"\b{code}\b", name, re.IGNORECASE) else f"{name} ({code})"


def _of_identifier(words: str) -> str:
    found = OFFICIAL.match(words)
    return found[1] if found and found[1] in CODES else ""


@cache
def _names() -> Mapping[str, Mapping[str, str]]:
    text = files("tracker").joinpath("data", "programme_names.json").read_text(encoding="utf-8")
    named: Mapping[str, Mapping[str, str]] = json.loads(text)["programmes"]
    return named


@cache
def _by_name() -> Mapping[str, str]:
    """Every official name in every language, and the codes themselves → what identifiers begin with."""
    found = dict(CALLED)
    for code, official in CODES.items():
        found[code.casefold()] = code
        found |= {_bare(name): code for key, name in _names()[official].items() if key != "period"}
    return found


def _bare(words: str) -> str:
    """Without the short form in brackets behind it: "Citizens, Equality, Rights and Values Programme (CERV)"."""
    return GENERIC.sub("", SHORT.sub("", words.casefold()))
