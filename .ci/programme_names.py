"""Writes tracker/data/programme_names.json from the official list of EU programmes: programme_names.py FOLDER.

FOLDER holds `codelists/eu-programme.gc` and `translations/code_<language>.xml` of the eForms SDK, OP-TED/eForms-SDK on
GitHub (CC BY 4.0, © European Union). Taken are the programmes of the present period, 2021 to 2027 and later.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

from lxml import etree

LANGUAGES = ("de", "en", "fr", "it", "cs")
TARGET = Path(__file__).resolve().parents[1] / "tracker" / "data" / "programme_names.json"
KEY = "code|name|eu-programme."
PERIOD = re.compile(r"\s*\((20\d\d/20\d\d)\)$")
ABOUT = {
    "about": "Names of the EU programmes of the period 2021-2027 by their code in the authority table eu-programme.",
    "source": "eForms SDK of the Publications Office of the European Union, https://github.com/OP-TED/eForms-SDK",
    "licence": "CC BY 4.0, https://creativecommons.org/licenses/by/4.0/",
    "attribution": "© European Union",
    "changes": "Older periods left out; the period beside the name; SINGLEMKT cut at its first comma.",
}


def labels(folder: Path, language: str) -> dict[str, str]:
    """Code → name with its period, in one language."""
    parser = etree.XMLParser(load_dtd=False, no_network=True, resolve_entities=False)
    root = etree.parse(folder / "translations" / f"code_{language}.xml", parser).getroot()
    return {
        entry.get("key").removeprefix(KEY): " ".join(entry.text.split())
        for entry in root.iter("entry")
        if entry.get("key", "").startswith(KEY)
    }


def programmes(folder: Path) -> dict[str, dict[str, str]]:
    """Code → period and names. A name that is missing in one language is a KeyError: the list is not as we know it."""
    named = {language: labels(folder, language) for language in LANGUAGES}
    found = {}
    for code, words in sorted(named["en"].items()):
        period = PERIOD.search(words)
        if period is None or period[1] < "2021/":
            continue
        names = {language: PERIOD.sub("", named[language][code]) for language in LANGUAGES}
        if code == "SINGLEMKT":  # 200 letters of what it includes
            names = {language: name.partition(",")[0] for language, name in names.items()}
        found[code] = {"period": period[1], **names}
    return found


def whole(folder: Path) -> str:
    """The text of the file."""
    codelist = (folder / "codelists" / "eu-programme.gc").read_text(encoding="utf-8")
    version = re.search(r"<Version>([^<]+)</Version>", codelist)
    assert version, "the code list has no version"
    data = {**ABOUT, "version": version[1], "programmes": programmes(folder)}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    TARGET.write_text(whole(Path(sys.argv[1])), encoding="utf-8")
    print(TARGET)
