"""The Förderdatenbank's code lists: what a code means, and which spellings of it mean the same. Pure.

Codes and labels as in the export's own label bundle, seen 2026-07 (published by CorrelAid/fdb-scraper).
"""

from __future__ import annotations

from collections.abc import Mapping

ELIGIBLE: Mapping[str, str] = {
    "bildungseinrichtung": "Bildungseinrichtung",
    "existenzgruenderin": "Existenzgründer/in",
    "forschungseinrichtung": "Forschungseinrichtung",
    "hochschule": "Hochschule",
    "kommune": "Kommune",
    "oeffentliche_einrichtung": "Öffentliche Einrichtung",
    "privatperson": "Privatperson",
    "unternehmen": "Unternehmen",
    "verband_vereinigung": "Verband/Vereinigung",
}
AREAS: Mapping[str, str] = {
    "bundesweit": "bundesweit",
    "baden_wuerttemberg": "Baden-Württemberg",
    "bayern": "Bayern",
    "berlin": "Berlin",
    "brandenburg": "Brandenburg",
    "bremen": "Bremen",
    "hamburg": "Hamburg",
    "hessen": "Hessen",
    "mecklenburg_vorpommern": "Mecklenburg-Vorpommern",
    "niedersachsen": "Niedersachsen",
    "nordrhein_westfalen": "Nordrhein-Westfalen",
    "rheinland_pfalz": "Rheinland-Pfalz",
    "saarland": "Saarland",
    "sachsen": "Sachsen",
    "sachsen_anhalt": "Sachsen-Anhalt",
    "schleswig_holstein": "Schleswig-Holstein",
    "thueringen": "Thüringen",
    "sonstige": "Sonstige",  # the ten programmes that have it in 2026-07 are for work abroad
}
ACTIONS: Mapping[str, str] = {
    "beteiligung": "Beteiligung",
    "buergschaft": "Bürgschaft",
    "darlehen": "Darlehen",
    "garantie": "Garantie",
    "sonstige": "Sonstige",
    "zuschuss": "Zuschuss",
}
DIVISIONS: Mapping[str, str] = {
    "arbeit": "Arbeit",
    "aus_weiterbildung": "Aus- & Weiterbildung",
    "aussenwirtschaft": "Außenwirtschaft",
    "beratung": "Beratung",
    "corona": "Corona-Hilfe",
    "digitalisierung": "Digitalisierung",
    "energieeffizienz_erneuerbare_energien": "Energieeffizienz & Erneuerbare Energien",
    "existenzgruendung_festigung": "Existenzgründung & -festigung",
    "forschung_innovation_themenoffen": "Forschung & Innovation (themenoffen)",
    "forschung_innovation_themenspezifisch": "Forschung & Innovation (themenspezifisch)",
    "frauenfoerderung": "Frauenförderung",
    "gesundheit_soziales": "Gesundheit & Soziales",
    "infrastruktur": "Infrastruktur",
    "kultur_medien_sport": "Kultur, Medien & Sport",
    "landwirtschaft_laendliche_entwicklung": "Landwirtschaft & Ländliche Entwicklung",
    "messen_ausstellungen": "Messen & Ausstellungen",
    "mobilitaet": "Mobilität",
    "regionalfoerderung": "Regionalförderung",
    "smart_cities_regionen": "Smart Cities & Regionen",
    "staedtebau_stadterneuerung": "Städtebau & Stadterneuerung",
    "umwelt_naturschutz": "Umwelt- & Naturschutz",
    "unternehmensfinanzierung": "Unternehmensfinanzierung",
    "wohnungsbau_modernisierung": "Wohnungsbau & -modernisierung",
}
# Classifier of gsb:cl2Processes → its code list.
LISTS: Mapping[str, Mapping[str, str]] = {
    "Foerderberechtigte": ELIGIBLE,
    "Foerdergebiet": AREAS,
    "Foerderart": ACTIONS,
    "Foerderbereich": DIVISIONS,
}
# The export spells four areas in two ways; each row is one that was seen beside the plain one.
SAME = {"schlesig_holstein": "schleswig_holstein", "de_ni": "niedersachsen", "de_st": "sachsen_anhalt"}
# The folder of a Land below Foerderprogramm/Land → its area. All sixteen, seen 2025-10.
LANDS = {
    "Baden-Wuerttemberg": "baden_wuerttemberg",
    "NRW": "nordrhein_westfalen",
    "Thueringen": "thueringen",
    **{name: code for code, name in AREAS.items() if name.isascii() and name not in {"bundesweit", "Sonstige"}},
}


def plain(classifier: str, code: str) -> str:
    """One spelling per code: `_bundesweit` and `bundesweit` are the same area."""
    if classifier != "Foerdergebiet":
        return code
    return SAME.get(code.lstrip("_"), code.lstrip("_"))


def programme(path: str) -> str:
    """Whose programme it is, from its path below Foerderprogramm: "Bund", "EU", "Land Baden-Württemberg", …"""
    first, _, rest = path.partition("/")
    if first != "Land":
        return first if rest else ""
    folder = rest.partition("/")[0]
    return f"Land {AREAS.get(LANDS.get(folder, ''), folder)}".strip()


def area_of(path: str) -> str:
    """The area of a programme that states none, where its path names a Land; otherwise ""."""
    first, _, rest = path.partition("/")
    return LANDS.get(rest.partition("/")[0], "") if first == "Land" else ""
