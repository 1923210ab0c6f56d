"""Förderdatenbank des Bundes: the official XML export, one ZIP with every programme and all it links to.

A full snapshot behind one address, no parameters (seen 2026-07: 2,488 programmes in 10,352 files). Only programmes are
read, and of what they link to only the funder's name: contacts hold people's mail and phone, which we do not want.
What is odd: values are HTML inside an escaped CDATA; characters outside Latin-1 arrive as "?"; names and titles repeat,
so the key is the path; `dateOfExpiration` is junk; deadlines exist only as prose. A catalogue more than a call alert.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote
from zipfile import ZipInfo

from tracker.connectors.fdb_archive import Export, MemberError, fingerprint
from tracker.connectors.fdb_codes import LISTS, area_of, plain, programme
from tracker.connectors.fdb_programme import Programme
from tracker.connectors.fdb_text import heading, lines, shorten
from tracker.connectors.fdb_text import plain as plain_text
from tracker.errors import ConfigError, ParseError
from tracker.model import Announced, Finding, RawCall, RawDeadline, RawDocument, Request, Skipped, Source, Yielded
from tracker.prose_deadlines import read

HOST = "https://www.foerderdatenbank.de"
PROGRAMMES = "BMWI/FDB/Content/DE/Foerderprogramm/"
LABELS = "BMWI/_config/ResourceBundleEntries/Labels/FDB/"
OPTIONS = {"eligible": "Foerderberechtigte", "areas": "Foerdergebiet"}
LICENCE = "{title} von Bundesministerium für Wirtschaft und Energie, lizensiert unter CC BY-ND 4.0, Quelle: {url}"
MANDATORY = ("well-formed XML", "gsb:title", "gsb:cl2Processes")
MISSING, SILENT, STUBS = (
    0.05,
    0.5,
    3,
)  # share of programmes without a mandatory property; three stubs without a title are normal
GUIDELINE = (
    8_000  # characters of a guideline's text that stand in for a description; the full one has 17,500 on average
)
CLOSED = re.compile(
    r"(?:antragstellung|anträge|antrag|förderung|bewerbung)\b[^.;]{0,60}\bnicht (?:mehr )?möglich"
    r"|keine (?:neuen )?(?:anträge|antragstellung)\b[^.;]{0,40}\b(?:möglich|gestellt|angenommen)"
    r"|(?:programm|richtlinie|förderung)\b[^.;]{0,60}\b(?:ausgelaufen|eingestellt|beendet)\b"
)
PARTLY = re.compile(  # closed for some, or for a time that the note names: then the note does not say "closed"
    r"\bmodul|\bteil|baustein|schwerpunkt|\bnur\b|außer|ausnahme|ausgenommen|\bfür \w|\bab \w|\bbis zum|\bwieder\b"
    r"|voraussichtlich|\bvom\b|\bwenn\b|\bsofern\b"
)


def start(source: Source) -> Iterable[Request]:
    """The one address; ConfigError for options we do not know. No option: every programme."""
    unknown = set(source.options) - set(OPTIONS)
    if unknown:
        raise ConfigError(f"{source.id}.options: unknown {sorted(unknown)}; known: {sorted(OPTIONS)}")
    for name, classifier in OPTIONS.items():
        codes = source.options.get(name, ())
        if not isinstance(codes, list | tuple):
            raise ConfigError(f"{source.id}.options.{name}: {codes!r} is not a list of codes")
        strange = [code for code in codes if plain(classifier, str(code)) not in LISTS[classifier]]
        if strange:
            raise ConfigError(f"{source.id}.options.{name}: unknown {strange}; known: {', '.join(LISTS[classifier])}")
    yield Request(source.url)


def parse(document: RawDocument, source: Source) -> Iterable[Yielded]:
    """A call per programme that passes the filter, in the order of their paths.

    `external_id` is the path below BMWI ("/FDB/Content/DE/Foerderprogramm/Bund/BKM/…"): slugs and titles repeat.
    `Announced` counts what passes the filter or cannot be judged. A member found twice gives the same call twice.
    ParseError where the answer is no whole ZIP, holds no programme, or has lost a property that all programmes have.
    """
    url = document.request.url
    export = Export(document.body, source=source.id, url=url)
    names = sorted(name for name in export.members if name.startswith(PROGRAMMES))
    reading = Reading(export, _wanted(source))
    rows = [row for name in names for info in export.members[name] for row in reading.row(name, info)]
    trouble = reading.trouble()
    if trouble:
        raise ParseError(url, trouble, source=source.id, hint="The export is built differently now: see its XML.")
    yield Announced(len(rows))
    yield from rows
    if reading.unknown:
        codes = "; ".join(f"{code} in {len(where)} programmes" for code, where in sorted(reading.unknown.items()))
        yield Finding(message=f"codes that our lists do not know, shown as they are: {codes}")


def essence(body: bytes) -> bytes:
    """The answer without the order and the times of its members: the ZIP is packed anew every day."""
    return fingerprint(body)


def _wanted(source: Source) -> Mapping[str, frozenset[str]]:
    """Classifier → the codes of which a programme must have one."""
    return {
        classifier: frozenset(plain(classifier, str(code)) for code in source.options[name])
        for name, classifier in OPTIONS.items()
        if source.options.get(name)
    }


# ---------------------------------------------------------------- one export


@dataclass
class Reading:
    """One pass over an export: what was seen so far, to judge in the end whether it is still the export we know."""

    export: Export
    wanted: Mapping[str, frozenset[str]]
    total: int = 0
    passed: int = 0
    missing: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    unknown: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    names: dict[str, str] = field(default_factory=dict)

    def row(self, name: str, info: ZipInfo) -> Iterator[RawCall | Skipped]:
        """The call in a member, or why it cannot be read, or nothing where the filter leaves it out."""
        self.total += 1
        try:
            found = Programme(self.export.tree(info))
        except MemberError as error:
            self.missing[MANDATORY[0]].append(name)
            yield Skipped(name, str(error))
            return
        lost = [what for what in MANDATORY[1:] if not found.has(what)]
        for what in lost:
            self.missing[what].append(name)
        if not self._passes(found, name):
            return
        if lost or not found.key:
            yield Skipped(name, f"has no {lost[0]}" if lost else f"names an odd path {found.path[:80]!r}")
            return
        self.passed += 1
        yield self._call(found)

    def trouble(self) -> str:
        """Why this export cannot be believed, or ""."""
        if self.total == 0:
            return f"the ZIP holds no programme below {PROGRAMMES}"
        for what, where in self.missing.items():
            silent = what.startswith("a code of")  # some programmes name no area, or nobody in particular
            if len(where) > max(STUBS, (SILENT if silent else MISSING) * self.total):
                return (
                    f"{what} is missing in {len(where)} of {self.total} programmes, for example {', '.join(where[:3])}"
                )
        if self.passed == 0 and self.total == max(len(self.missing[what]) for what in MANDATORY):
            return f"none of {self.total} programmes can be read: {' or '.join(MANDATORY)} is missing"
        if self.total > 100 and self.passed == 0:
            return f"not one of {self.total} programmes passes the filter: have the codes changed?"
        return ""

    def _passes(self, found: Programme, name: str) -> bool:
        """Has it a wanted code? Neither silence nor a code that we do not know can exclude it."""
        passes = True
        for classifier, known in LISTS.items():
            stated = found.codes.get(classifier, ())
            strange = [code for code in stated if code not in known]
            for code in strange:
                self.unknown[f"{classifier}/{code}"].append(name)
            if classifier in self.wanted:
                if len(strange) == len(stated):
                    self.missing[f"a code of {classifier}"].append(name)
                if not stated and classifier == "Foerdergebiet" and area_of(found.place):
                    stated = (area_of(found.place),)
                passes &= not stated or bool(strange) or not self.wanted[classifier].isdisjoint(stated)
        return passes

    def _call(self, found: Programme) -> RawCall:
        title, url = found.title, HOST + quote(found.key) + ".html"
        return RawCall(
            external_id=found.key,
            title=title,
            url=url,
            language="de",
            status=_status(plain_text(found.html("gsb:header"))),
            deadlines=_deadlines(found),
            published=found.value("gsb:dateOfIssue"),
            description=_description(found),
            programme=programme(found.place),
            action=", ".join(self._labels(found, "Foerderart")),
            divisions=self._labels(found, "Foerderbereich"),
            eligible=self._labels(found, "Foerderberechtigte"),
            areas=self._labels(found, "Foerdergebiet"),
            funder="; ".join(filter(None, (self._funder(path) for path in found.funders))),
            attribution=LICENCE.format(title=title, url=url),
        )

    def _labels(self, found: Programme, classifier: str) -> tuple[str, ...]:
        codes = found.codes.get(classifier, ())
        return tuple(dict.fromkeys(LISTS[classifier].get(code) or self._label(code) for code in codes))

    def _label(self, code: str) -> str:
        """What the export's own label bundle calls a code that we do not know: the German cell of a de/en table."""
        cells = re.findall(r"<td[^<>]*>(.*?)</td>", self._linked(f"{LABELS}{code}.xml", "gsb:value"), re.DOTALL)
        words = [plain_text(cell) for cell in cells]
        return words[2] if len(words) > 2 and words[0] == "de" and words[2] else code

    def _funder(self, path: str) -> str:
        return heading(self._linked(f"{path}.xml", "gsb:title"))

    def _linked(self, name: str, wanted: str) -> str:
        """A property of another member, read once; "" where the export does not have it."""
        if name not in self.names:
            try:
                self.names[name] = Programme(self.export.tree(self.export.members[name][0])).html(wanted)
            except (KeyError, MemberError):
                self.names[name] = ""
        return self.names[name]


def _description(found: Programme) -> str:
    """Kurztext and Volltext as they stand; where both are silent the beginning of the guideline; then the keywords."""
    told = [found.html("gsb:teaserText"), found.html("gsb:summary")]
    if not any(told):
        told = [shorten(found.html("gsb:bodyText"), GUIDELINE)]
    keywords = found.value("gsb:keywords")
    if keywords:
        told.append(f"<p>Schlagwörter: {keywords.replace('&', '&amp;').replace('<', '&lt;')}</p>")
    return "\n".join(filter(None, told))


def _deadlines(found: Programme) -> tuple[RawDeadline, ...]:
    """From the section "Fristen", else from the Volltext; not from the guideline, whose dates are mostly its own."""
    return read(lines(found.html("gsb:procInfluence"))) or read(lines(found.html("gsb:summary")))


def _status(note: str) -> str:
    """ "closed" where the note says so of the whole programme; the export has no word for anything else."""
    words = note.lower().replace("bis auf weiteres", "")
    return "closed" if CLOSED.search(words) and not PARTLY.search(words) else ""
