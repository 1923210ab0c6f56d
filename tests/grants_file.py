"""A made-up grantsTenders.json: one grant, or a file of the size of the real one (11,162 objects, 130 MB)."""

from __future__ import annotations

import json
from typing import Any

STATUSES = {"Forthcoming": 31094501, "Open": 31094502, "Closed": 31094503}
LETTER = "The call text has been updated; see the funding page. Ünïcode, – and “quotes”. "


def grant(identifier: str = "CERV-2026-CITIZENS-TOWN-TT", *, status: str = "Open", **given: Any) -> dict[str, Any]:
    """A topic in the shape of the file, open unless said otherwise."""
    return {
        "type": 1,
        "identifier": identifier,
        "title": f"Topic {identifier}",
        "plannedOpeningDateLong": 1778025600000,
        "deadlineDatesLong": [1790121600000],
        "frameworkProgramme": {"id": 43251589, "abbreviation": "CERV", "description": "CERV"},
        "programmeDivision": [],
        "status": {"id": STATUSES[status], "abbreviation": status, "description": status},
        "topicActions": [{"id": 15801, "description": "CERV Lump Sum Grants"}],
        "deadlineModel": {},
        **given,
    }


def one_file(*, objects: int = 11_162, size: int = 11_500) -> bytes:
    """That many objects of about `size` bytes: of eleven one is a tender, of 23 one is open or forthcoming."""
    parts = []
    for number in range(objects):
        status = ("Open", "Forthcoming")[number % 2] if number % 23 == 0 else "Closed"
        news = [{"approvalDate": "", "content": f"<p>{LETTER}</p>"}] * ((size - 700) // 115)
        found = grant(f"TOPIC-{number:05}", status=status, type=int(number % 11 != 1), latestInfos=news)
        parts.append(json.dumps(found, ensure_ascii=False))
    return ('{"fundingData": {"GrantTenderObj": [' + ", ".join(parts) + "]}}").encode()
