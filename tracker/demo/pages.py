"""What the demo's other sources hold: example programmes, and a foundation and a newsletter that do not exist."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from html import escape
from io import BytesIO

WALL = b"<!DOCTYPE html><html><head><title>Radware Captcha Page</title></head><body>Please wait</body></html>"
LINK = "target:/BMWI/SiteGlobals/Classifications/Classifier/Common/{}"
CODE = "target:/BMWI/SiteGlobals/Categories/FDB/{}/{}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """A made-up programme in the manner of real ones. `place`: its path below Foerderprogramm; the rest are codes."""

    place: str
    title: str
    teaser: str
    area: str
    field: str
    deadlines: str = ""


PROGRAMMES = (
    Programme(
        place="Bund/Beispiel/klimaschutz-in-kommunen",
        title="Klimaschutz in Kommunen (Beispiel)",
        teaser="Städte, Gemeinden und Landkreise erhalten Zuschüsse für Klimaschutzkonzepte, Beratung und Technik.",
        deadlines="Anträge können laufend gestellt werden.",
        area="bundesweit",
        field="umwelt_naturschutz",
    ),
    Programme(
        place="Land/Baden-Wuerttemberg/beispiel-fuss-und-radverkehr",
        title="Kommunaler Fuß- und Radverkehr (Beispiel)",
        teaser="Das Land bezuschusst Radwege, Fußwege und Abstellanlagen der Städte und Gemeinden.",
        deadlines="Bitte stellen Sie Ihren Antrag bis spätestens 30.9.2026.",
        area="baden_wuerttemberg",
        field="mobilitaet",
    ),
    Programme(
        place="Bund/Beispiel/kommunale-partnerschaften",
        title="Kommunale Partnerschaften für nachhaltige Entwicklung (Beispiel)",
        teaser="Kommunen und ihre Partnerkommunen im Globalen Süden erhalten einen Zuschuss für gemeinsame Vorhaben.",
        area="bundesweit",
        field="aussenwirtschaft",
    ),
    Programme(
        place="Land/Hessen/beispiel-dorfentwicklung",
        title="Dorfentwicklung in Hessen (Beispiel)",
        teaser="Das Land Hessen fördert Dörfer bei ihrer Entwicklung.",
        area="hessen",
        field="staedtebau_stadterneuerung",
    ),
)


def export() -> bytes:
    """The ZIP of the Förderdatenbank, built as the real one is: one XML document per programme."""
    body = BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        for programme in PROGRAMMES:
            # A fixed time in the ZIP: equal contents are equal bytes.
            name = zipfile.ZipInfo(f"BMWI/FDB/Content/DE/Foerderprogramm/{programme.place}.xml")
            archive.writestr(name, _document(programme), zipfile.ZIP_DEFLATED)
    return body.getvalue()


def _document(programme: Programme) -> str:
    folder, _, name = programme.place.rpartition("/")
    texts = {
        "title": programme.title,
        "teaserText": programme.teaser,
        "summary": "",
        "bodyText": "",
        "procInfluence": programme.deadlines,
    }
    lists = {
        "Foerderart": "zuschuss",
        "Foerdergebiet": programme.area,
        "Foerderberechtigte": "kommune",
        "Foerderbereich": programme.field,
    }
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<document xmlns:xlink="http://www.w3.org/1999/xlink" name="{name}"'
        f' path="/BMWI/FDB/Content/DE/Foerderprogramm/{folder}" type="gsb:ServiceOffer">'
        + "".join(_text(key, words) for key, words in texts.items())
        + '<property name="gsb:cl2Processes" type="ClassifiedLinkLists"><classifiedLinkLists>'
        + "".join(_links(kind, code) for kind, code in lists.items())
        + "</classifiedLinkLists></property></document>"
    )


def _text(name: str, words: str) -> str:
    wrapped = f"<![CDATA[<div>{'<p>' + escape(words) + '</p>' if words else ''}</div>]]>"
    return f'<property name="gsb:{name}" type="RichText"><text>{escape(wrapped)}</text></property>'


def _links(kind: str, code: str) -> str:
    return (
        "<classifiedLinkList><classifierText></classifierText><classifierLinks>"
        f'<link xlink:href="{LINK.format(kind)}"/></classifierLinks>'
        f'<links><link xlink:href="{CODE.format(kind, code)}"/></links></classifiedLinkList>'
    )


# ---------------------------------------------------------------- a foundation and a newsletter that do not exist

FUNDS = (
    ("begegnungen", "Begegnungsfonds Partnerstädte: Zuschüsse für Bürgerreisen", "31.10.2026", True),
    ("radwege", "Ideenfonds Fahrradfreundliche Innenstadt", "15.09.2026", False),
    ("schulen", "Schulpartnerschaften in Europa: Reisekostenzuschuss", "01.12.2026", False),
)


def listing(*, second: bool) -> bytes:
    """The list of the foundation; the first fund is gone from it in the second recorded day."""
    shown = [fund for fund in FUNDS if not (second and fund[3])]
    items = "".join(
        f'<article class="fund"><h3><a href="https://stiftung.example/{key}">{escape(title)}</a></h3>'
        f'<p class="deadline">Frist: {deadline}</p></article>'
        for key, title, deadline, _vanishes in shown
    )
    head = '<!DOCTYPE html><html lang="de"><head><meta charset="utf-8"><title>Förderung</title></head><body><main>'
    return f"{head}<h1>Unsere Förderungen</h1>{items}</main></body></html>".encode()


def feed(*, second: bool) -> bytes:
    """The newsletter's feed; its second entry came during the week."""
    entries = [
        ("klimapartner", "Aufruf: Kleinprojekte mit Partnerkommunen in Ecuador und Burkina Faso", "Mon, 01 Jun 2026"),
        ("jugend", "Aufruf: Jugendbegegnungen mit Partnerstädten in Frankreich und Tschechien", "Thu, 11 Jun 2026"),
    ]
    items = "".join(
        f"<item><title>{escape(title)}</title><link>https://rundbrief.example/{key}</link>"
        f"<guid>rundbrief-{key}</guid><pubDate>{day} 08:00:00 +0200</pubDate></item>"
        for key, title, day in (entries if second else entries[:1])
    )
    head = '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Rundbrief</title>'
    return f"{head}<link>https://rundbrief.example/</link><description>Aufrufe</description>{items}</channel></rss>".encode()
