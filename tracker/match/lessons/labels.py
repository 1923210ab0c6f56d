"""What a key is called by German readers. Pure."""

from __future__ import annotations

from collections.abc import Mapping

LABELS = {
    "programme": "Programm {}",
    "division": "Programmteil {}",
    "funder": "Fördergeber {}",
    "topic": "Thema {}",
    "area": "Gebiet {}",
    "action": "Art der Förderung {}",
    "word": "Titelwort „{}“",
    "source": "Quelle {}",
}
WHO = {
    "towns": "Kommunen",
    "regions": "Länder und Regionen",
    "firms": "Unternehmen",
    "research": "Forschung und Hochschulen",
    "associations": "Vereine und Verbände",
    "schools": "Bildungseinrichtungen",
    "persons": "Privatpersonen",
}
CALLS = {
    "programme": "des Programms {}",
    "division": "des Programmteils „{}“",
    "funder": "des Fördergebers {}",
    "topic": "zum Thema {}",
    "area": "für das Gebiet {}",
    "action": "der Art „{}“",
    "word": "mit „{}“ im Titel",
    "source": "der Quelle {}",
}
CASCADE = "programme:cascade"
ONLY = "only "


def label_of(key: str, labels: Mapping[str, str]) -> str:
    """A key as a reason names it: "Thema Klima", "Programm LIFE"."""
    kind, _, value = key.partition(":")
    if key == CASCADE:
        return "Kaskadenförderung"
    if kind == "applicants":
        return f"Antragsberechtigte: {_who(value)}"
    return LABELS[kind].format(labels.get(key, value))


def calls_of(key: str, labels: Mapping[str, str]) -> str:
    """A key as a rule names it, behind the word "Aufrufe": "des Programms LIFE", "nur für Unternehmen"."""
    kind, _, value = key.partition(":")
    if key == CASCADE:
        return "der Kaskadenförderung"
    if kind == "applicants":
        alone = "nur " if value.startswith(ONLY) else ""
        return f"{alone}für {WHO[value.removeprefix(ONLY)]}"
    return CALLS[kind].format(labels.get(key, value))


def _who(value: str) -> str:
    who = WHO[value.removeprefix(ONLY)]
    return f"nur {who}" if value.startswith(ONLY) else who
