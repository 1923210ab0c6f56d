"""Builds exports of the Förderdatenbank (documents, ZIPs, a full one of differing texts) and has them read."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from lxml import etree

from tests.shared import RECORDED
from tracker.connectors import foerderdatenbank
from tracker.model import RawCall, RawDocument, Request, Source

FIXTURES = Path(__file__).parent / "fixtures" / "fdb"
PROGRAMME, FUNDER, LABEL = (FIXTURES.joinpath(f"{name}.xml").read_bytes() for name in ("programme", "funder", "label"))
HREF = "{http://www.w3.org/1999/xlink}href"
WRAPPER = '<![CDATA[<div xmlns:xlink="http://www.w3.org/1999/xlink">{}</div>]]>'
EXPORT = RECORDED / "de" / "foerderdatenbank_xml_export" / "export"
URL = "https://www.foerderdatenbank.de/FDB/WS/export"
MUNICIPAL = {"eligible": ["kommune"], "areas": ["bundesweit", "baden_wuerttemberg"]}
VOCABULARY = (
    "Kommune Förderung Zuschuss Vorhaben Maßnahme Energie Klimaschutz Verkehr Radweg Städtebau Partnerschaft Jugend "
    "Kultur Bildung Gemeinde Landkreis Richtlinie Antrag Höhe Ausgaben zuwendungsfähig Eigenanteil Projekt Träger "
    "Verein Lebensmittel Abfall Wasser Wald Boden Gebäude Sanierung Schule Digitalisierung Beratung Konzept Umsetzung "
    "und oder für die der das mit bei nach wird werden kann können erhält Land Bund Prozent Euro höchstens mindestens"
)
WORDS = tuple(VOCABULARY.split())
AREAS = ("bundesweit", "_bundesweit", "baden_wuerttemberg", "bayern", "hessen", "de_ni", "schlesig_holstein", "sachsen")
ELIGIBLE = ("kommune", "unternehmen", "hochschule", "privatperson", "verband_vereinigung")


def document(
    place: str = "Land/Baden-Wuerttemberg/klimafit",
    *,
    texts: Mapping[str, str] = {},
    values: Mapping[str, str] = {},
    codes: Mapping[str, Sequence[str]] = {},
    frame: bytes | etree._Element = PROGRAMME,
    folder: str = "FDB/Content/DE/Foerderprogramm",
) -> bytes:
    """A document at `place` below `folder`: the frame with some properties (HTML), values and codes replaced."""
    root = deepcopy(frame) if isinstance(frame, etree._Element) else etree.fromstring(frame)
    parent, _, name = f"/BMWI/{folder}/{place}".rpartition("/")
    root.set("path", parent)
    root.set("name", name)
    for each in root.iterchildren("property"):
        called = str(each.get("name")).removeprefix("gsb:")
        if called in texts:
            each.find("text").text = WRAPPER.format(texts[called])
        if called in values:
            each.find("value").text = values[called]
        if called == "cl2Processes":
            _classify(each, codes)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _classify(element: etree._Element, codes: Mapping[str, Sequence[str]]) -> None:
    for each in element.iter("classifiedLinkList"):
        classifier = str(each.find("classifierLinks/link").get(HREF)).rpartition("/")[2]
        if classifier in codes:
            links = each.find("links")
            del links[:]
            for code in codes[classifier]:
                target = code if "/" in code else f"SiteGlobals/Categories/FDB/{classifier}/{code}"
                etree.SubElement(links, "link").set(HREF, f"target:/BMWI/{target}")


def at(place: str) -> str:
    """Where in the ZIP a programme stands."""
    return f"BMWI/FDB/Content/DE/Foerderprogramm/{place}.xml"


def pack(members: Mapping[str, bytes] | Iterable[tuple[str, bytes]]) -> bytes:
    """A ZIP; pairs may name one member twice."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members.items() if isinstance(members, Mapping) else members:
            archive.writestr(zipfile.ZipInfo(name), body, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def some_programmes(count: int) -> dict[str, bytes]:
    """That many programmes of Baden-Württemberg that pass the filter of a Kommune, each with a title of its own."""
    places = [f"Land/Baden-Wuerttemberg/programm-{number:04}" for number in range(count)]
    return {at(place): document(place, texts={"title": f"<p>Programm {place[-4:]}</p>"}) for place in places}


def full(programmes: int = 2_500, files: int = 10_000, *, seed: int = 7) -> bytes:
    """An export of real size: documents in the shape of recorded ones where they are at hand, else of our fixtures.

    Guidelines have about 17,500 characters, the average reported for 2026-07. No two texts are the same.
    """
    chance = random.Random(seed)
    frames = _shapes("Foerderprogramm/**/*.xml", PROGRAMME)
    linked = _shapes("[AEFK]*/[A-Z]/*.xml", FUNDER)
    members: list[tuple[str, bytes]] = []
    for number in range(programmes):
        place = f"{chance.choice(('Bund/BMUV', 'Land/Baden-Wuerttemberg', 'Land/Hessen', 'EU'))}/programm-{number:05}"
        members.append((at(place), _programme(place, frames[number % len(frames)], chance, files - programmes)))
    for number in range(files - programmes):
        folder = ("Foerdergeber", "Kontakt", "ExternerLink", "Adresse")[number % 4]
        place = f"X/eintrag-{number:05}"
        body = document(
            place,
            texts={"title": f"<p>{_prose(chance, 6)}</p>"},
            frame=linked[number % len(linked)],
            folder=f"FDB/Content/DE/{folder}",
        )
        members.append((f"BMWI/FDB/Content/DE/{folder}/{place}.xml", body))
    return pack(members)


def _shapes(pattern: str, own: bytes) -> list[etree._Element]:
    bodies = [path.read_bytes() for path in sorted((EXPORT / "BMWI/FDB/Content/DE").glob(pattern))]
    # One of the recorded members holds a control byte, as the export does.
    return [etree.fromstring(body, etree.XMLParser(recover=True)) for body in bodies or [own]]


def _programme(place: str, frame: etree._Element, chance: random.Random, funders: int) -> bytes:
    day = f"{chance.randint(1, 28)}.{chance.randint(1, 12)}.{chance.randint(2026, 2029)}"
    return document(
        place,
        texts={
            "title": f"<p>{_prose(chance, 7)} ? {place[-5:]}</p>",
            "teaserText": f"<p>{_prose(chance, 25)}</p>" if chance.random() < 0.9 else "",
            "summary": "".join(f"<p>{_prose(chance, 40)}.</p>" for _ in range(7)) if chance.random() < 0.9 else "",
            "bodyText": "".join(f"<p>{_prose(chance, 110)}.</p>" for _ in range(20)),
            "regulatoryFWork": f"<p>{_prose(chance, 90)}.</p>",
            "procInfluence": f"<p>Reichen Sie Ihren Antrag bis zum {day} ein.</p>" if chance.random() < 0.1 else "",
        },
        codes={
            "Foerdergebiet": chance.sample(AREAS, 1),
            "Foerderberechtigte": chance.sample(ELIGIBLE, chance.randint(1, 3)),
            "Foerderorganisation": [
                f"FDB/Content/DE/Foerdergeber/X/eintrag-{chance.randrange(0, min(funders, 400), 4):05}"
            ],
        },
        frame=frame,
    )


def _prose(chance: random.Random, count: int) -> str:
    return " ".join(chance.choices(WORDS, k=count)) + f" {chance.randint(1, 10**6)}"


def a_source(**options):
    return Source(id="fdb", connector="foerderdatenbank", url=URL, options=options)


def parse(body, **options):
    """What the connector yields for an export: bytes, or members to be packed."""
    if not isinstance(body, bytes):
        body = pack(body)
    answer = RawDocument(request=Request(URL), body=body, content_type="application/zip", fetched_at=datetime.now(UTC))
    return list(foerderdatenbank.parse(answer, a_source(**options)))


def calls(body, **options):
    return [each for each in parse(body, **options) if isinstance(each, RawCall)]
