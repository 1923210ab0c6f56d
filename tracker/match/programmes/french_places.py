"""French regions and départements by name, and the NUTS code of each. Pure.

NUTS 2021 (Eurostat, Commission Delegated Regulation (EU) 2019/1755): FRC21 is the département Doubs, FRC
Bourgogne-Franche-Comté.
"""

from __future__ import annotations

import re

REGIONS = {
    "FR1": "Île-de-France",
    "FRB": "Centre-Val de Loire",
    "FRC": "Bourgogne-Franche-Comté",
    "FRD": "Normandie",
    "FRE": "Hauts-de-France",
    "FRF": "Grand Est",
    "FRG": "Pays de la Loire",
    "FRH": "Bretagne",
    "FRI": "Nouvelle-Aquitaine",
    "FRJ": "Occitanie",
    "FRK": "Auvergne-Rhône-Alpes",
    "FRL": "Provence-Alpes-Côte d'Azur",
    "FRM": "Corse",
    "FRY1": "Guadeloupe",
    "FRY2": "Martinique",
    "FRY3": "Guyane",
    "FRY4": "La Réunion",
    "FRY5": "Mayotte",
}
# What these regions are called besides.
ALSO = {
    "FR1": ("Ile de France", "Ile-de-France", "Île de France", "Francilien", "ID77"),
    "FRC": ("Bourgogne", "Franche-Comté"),
    "FRF": ("Alsace", "Lorraine", "Champagne-Ardenne"),
    "FRI": ("Aquitaine", "Limousin", "Poitou-Charentes"),
    "FRJ": ("Languedoc-Roussillon", "Midi-Pyrénées"),
    "FRK": ("Auvergne", "Rhône-Alpes"),
    "FRL": ("PACA", "Région Sud", "Provence"),
    "FRY": ("Outre-mer", "Outre-Mer", "outre-mer"),
}
DEPARTEMENTS = {
    "FR101": "Paris",
    "FR102": "Seine-et-Marne",
    "FR103": "Yvelines",
    "FR104": "Essonne",
    "FR105": "Hauts-de-Seine",
    "FR106": "Seine-Saint-Denis",
    "FR107": "Val-de-Marne",
    "FR108": "Val-d'Oise",
    "FRB01": "Cher",
    "FRB02": "Eure-et-Loir",
    "FRB03": "Indre",
    "FRB04": "Indre-et-Loire",
    "FRB05": "Loir-et-Cher",
    "FRB06": "Loiret",
    "FRC11": "Côte-d'Or",
    "FRC12": "Nièvre",
    "FRC13": "Saône-et-Loire",
    "FRC14": "Yonne",
    "FRC21": "Doubs",
    "FRC22": "Jura",
    "FRC23": "Haute-Saône",
    "FRC24": "Territoire de Belfort",
    "FRD11": "Calvados",
    "FRD12": "Manche",
    "FRD13": "Orne",
    "FRD21": "Eure",
    "FRD22": "Seine-Maritime",
    "FRE11": "Nord",
    "FRE12": "Pas-de-Calais",
    "FRE21": "Aisne",
    "FRE22": "Oise",
    "FRE23": "Somme",
    "FRF11": "Bas-Rhin",
    "FRF12": "Haut-Rhin",
    "FRF21": "Ardennes",
    "FRF22": "Aube",
    "FRF23": "Marne",
    "FRF24": "Haute-Marne",
    "FRF31": "Meurthe-et-Moselle",
    "FRF32": "Meuse",
    "FRF33": "Moselle",
    "FRF34": "Vosges",
    "FRG01": "Loire-Atlantique",
    "FRG02": "Maine-et-Loire",
    "FRG03": "Mayenne",
    "FRG04": "Sarthe",
    "FRG05": "Vendée",
    "FRH01": "Côtes-d'Armor",
    "FRH02": "Finistère",
    "FRH03": "Ille-et-Vilaine",
    "FRH04": "Morbihan",
    "FRI11": "Dordogne",
    "FRI12": "Gironde",
    "FRI13": "Landes",
    "FRI14": "Lot-et-Garonne",
    "FRI15": "Pyrénées-Atlantiques",
    "FRI21": "Corrèze",
    "FRI22": "Creuse",
    "FRI23": "Haute-Vienne",
    "FRI31": "Charente",
    "FRI32": "Charente-Maritime",
    "FRI33": "Deux-Sèvres",
    "FRI34": "Vienne",
    "FRJ11": "Aude",
    "FRJ12": "Gard",
    "FRJ13": "Hérault",
    "FRJ14": "Lozère",
    "FRJ15": "Pyrénées-Orientales",
    "FRJ21": "Ariège",
    "FRJ22": "Aveyron",
    "FRJ23": "Haute-Garonne",
    "FRJ24": "Gers",
    "FRJ25": "Lot",
    "FRJ26": "Hautes-Pyrénées",
    "FRJ27": "Tarn",
    "FRJ28": "Tarn-et-Garonne",
    "FRK11": "Allier",
    "FRK12": "Cantal",
    "FRK13": "Haute-Loire",
    "FRK14": "Puy-de-Dôme",
    "FRK21": "Ain",
    "FRK22": "Ardèche",
    "FRK23": "Drôme",
    "FRK24": "Isère",
    "FRK25": "Loire",
    "FRK26": "Rhône",
    "FRK27": "Savoie",
    "FRK28": "Haute-Savoie",
    "FRL01": "Alpes-de-Haute-Provence",
    "FRL02": "Hautes-Alpes",
    "FRL03": "Alpes-Maritimes",
    "FRL04": "Bouches-du-Rhône",
    "FRL05": "Var",
    "FRL06": "Vaucluse",
    "FRM01": "Corse-du-Sud",
    "FRM02": "Haute-Corse",
}
# Names that other things bear too: rivers, points of the compass, cities. How the département itself is then called.
SPECIAL = {
    "Paris": r"Ville de Paris|Mairie de Paris|Département de Paris",
    "Nord": r"[Dd]épartement du Nord|[Dd]épartemental du Nord|DDTM du Nord|CAUE du Nord|Nord \(59\)",
    "Loire": r"[Dd]épartement de la Loire|[Dd]épartemental de la Loire|DDT de la Loire|dans la Loire",
    "Rhône": r"[Dd]épartement du Rhône|[Dd]épartemental du Rhône|dans le Rhône",
    "Vienne": r"de la Vienne|dans la Vienne",
    # In German "des Landes" is of the Land.
    "Landes": r"[Dd]épartement des Landes|[Dd]épartemental des Landes|dans les Landes",
    "Manche": r"[Dd]épartement de la Manche|[Dd]épartemental de la Manche|dans la Manche",
}
# Names of rivers and of common things: an article must stand before, or a body of the département behind.
COMMON = frozenset(
    word
    for line in (
        "Cher Indre Yonne Jura Orne Eure Aisne Oise Somme Ardennes Aube Marne Meuse Moselle Vosges Mayenne Sarthe",
        "Dordogne Gironde Creuse Charente Aude Gard Gers Lot Tarn Allier Ain Drôme Isère Savoie Var Essonne",
        "Hérault Ardèche Corrèze Ariège Aveyron Nièvre",
    )
    for word in line.split()
)
ARTICLES = ("du ", "de la ", "de l'", "de l’", "des ", "d'", "d’", "en ", "dans le ", "dans la ", "dans l'", "dans l’")
BODIES = ("Ingénierie", "Ingenierie", "Aménagement", "Habitat", "Tourisme", "Numérique")
NAMED = {name: code for code, name in (REGIONS | DEPARTEMENTS).items()} | {
    name: code for code, names in ALSO.items() for name in names
}


def pattern_for(name: str) -> str:
    """How a place is found in the name of a funder or a programme: as a whole name, not as a part of a longer one.

    Every alternative begins with plain letters, so that the rule is tried only where they stand.
    """
    if name in SPECIAL:
        return "|".join(rf"\b{part}(?![\w-])" for part in SPECIAL[name].split("|"))
    whole = re.escape(name).replace("'", ".").replace(r"\-", "[- ]").replace(r"\ ", " ") + r"(?![\w-])"
    if name not in COMMON:
        return rf"\b{whole}"
    # "Cher Ingénierie", "Drôme Aménagement Habitat": the name first, a body behind it
    return "|".join([*(rf"\b{article}{whole}" for article in ARTICLES), *(rf"\b{name} {body}" for body in BODIES)])


ANY_PLACE = re.compile(
    rf"(?<![\w-])(?:{'|'.join(re.escape(name) for name in sorted(NAMED, key=len, reverse=True))})(?![\w-])"
)


def areas_in(places: str) -> tuple[str, ...]:
    """The codes of the French places in a source's own list of areas ("Doubs ; Bourgogne-Franche-Comté").

    "France" alone, and any place that is not known, give nothing.
    """
    return tuple(dict.fromkeys(NAMED[name] for name in ANY_PLACE.findall(places)))
