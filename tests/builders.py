"""Valid values to start from; a test names only what matters to it."""

from __future__ import annotations

from datetime import date
from typing import Any

from tracker.model import Call, Deadline, DeadlineKind, RawCall, Source, Status


def a_source(**given: Any) -> Source:
    return Source(**{"id": "stadtnetz", "connector": "listing", "url": "https://stadtnetz.example/foerderung", **given})


def a_raw_call(**given: Any) -> RawCall:
    return RawCall(**{"external_id": "a", "title": "Begegnungen", "url": "https://stadtnetz.example/a", **given})


def a_deadline(day: str, kind: DeadlineKind = DeadlineKind.SINGLE, **given: Any) -> Deadline:
    return Deadline(**{"words": day, "day": date.fromisoformat(day), "kind": kind, **given})


def a_call(key: str = "a", *days: str, kind: DeadlineKind = DeadlineKind.SINGLE, **given: Any) -> Call:
    """An open call of `stadtnetz`; `days` are its deadlines as ISO dates."""
    values = {
        "source_id": "stadtnetz",
        "external_id": key,
        "title": f"Begegnungen {key}",
        "url": f"https://stadtnetz.example/{key}",
        "said": Status.OPEN,
        "deadlines": tuple(
            a_deadline(day, kind, stage=n if kind is DeadlineKind.STAGE else None) for n, day in enumerate(days, 1)
        ),
    }
    return Call(**{**values, **given})
