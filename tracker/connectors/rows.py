"""From the rows of an answer (JSON, XML) to calls as found: one mapping for every structured source. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

from tracker.connectors.places import Place
from tracker.connectors.row_options import SEVERAL, SINGLE, RowOptions
from tracker.errors import ParseError
from tracker.model import RawBudget, RawCall, RawDocument, Skipped, Source, Status
from tracker.parsing import broken, clean_link


def calls_of(
    rows: Sequence[Any], options: RowOptions, document: RawDocument, source: Source, *, is_first: bool = True
) -> list[RawCall | Skipped | None]:
    """One thing per row: its call, why it could not be read, or None where `only`, `keep` and `drop` leave it out.

    Raises ParseError for a row that breaks what `must` says, and where not one row of the first page can be read (the
    last page may hold a single one that is odd).
    """
    found = [_row(row, position, options, document, source) for position, row in enumerate(rows, 1)]
    skipped = [thing for thing in found if isinstance(thing, Skipped)]
    if is_first and skipped and len(skipped) == len(found):
        raise broken(document, source, f"none of {len(rows)} rows is a call; the first: {skipped[0].reason}")
    return found


def _row(
    row: Any, position: int, options: RowOptions, document: RawDocument, source: Source
) -> RawCall | Skipped | None:
    where = f"row {position}"
    try:
        _check_filter(row, where, options, document, source)
        if options.only is not None and not options.only(row):
            return None
        title, href = (options.fields[name].single(row) for name in ("title", "link"))
        link = clean_link(href, document.final_url, strip=options.strip_query)
        external_id = options.fields["id"].single(row) if "id" in options.fields else link
        if not _wanted(f"{title}\n{link}\n{external_id}", options):
            return None
        where = external_id or where
        if not link:
            return Skipped(where, f"{title[:80]!r} leads to {href[:80]!r}: no web address")
        return RawCall(
            external_id=external_id,
            title=title,
            url=link,
            attribution=source.attribution,
            **{"language": source.language, **values_of(row, options)},
        )
    except ValueError as error:
        return Skipped(where, str(error))


def _check_filter(row: Any, where: str, options: RowOptions, document: RawDocument, source: Source) -> None:
    """A row that the filter excludes means that no filter was applied: then nothing on the page can be believed."""
    if options.must is None or options.must(row):
        return
    message = f"{where} breaks the filter: {options.must_path}"
    hint = "the source has ignored the query; nothing was changed"
    raise ParseError(document.final_url, message, source=source.id, hint=hint)


def _wanted(words: str, options: RowOptions) -> bool:
    if options.drop and options.drop.search(words):
        return False
    return options.keep is None or bool(options.keep.search(words))


def values_of(row: Any, options: RowOptions) -> dict[str, Any]:
    """The optional RawCall fields of a row; a field without words is left out. ValueError for what is no words."""
    values = dict(_fields(row, options))
    if values.get("status", Status.OPEN) not in set(Status):
        raise ValueError(f"status: nobody knows what {values['status'][:60]!r} means; give it a map")
    amounts = {name: " ".join(place.words(row)) for name, place in options.budget.items()}
    if any(words for name, words in amounts.items() if name not in {"currency", "scope"}):
        values["budget"] = RawBudget(**amounts)
    return values


def _fields(row: Any, options: RowOptions) -> Iterator[tuple[str, Any]]:
    for name, place in options.fields.items():
        if name == "description":
            yield name, _description(row, place)
        elif name == "deadline" and (words := place.words(row)):
            yield "deadlines", tuple(place.deadline(one) for one in words)
        elif name in SEVERAL and (words := place.words(row)):
            yield name, words
        elif name in SINGLE and (words := place.words(row)):
            day = place.day(" ".join(words))
            yield name, day.isoformat() if day else " ".join(words)


def _description(row: Any, place: Place) -> str:
    """HTML: as it stands, unless something was cut out of it or the source says that it is none."""
    if place.is_whole and place.html is not False:
        return "\n".join(dict.fromkeys(text for text in map(str.strip, place.texts(row)) if text))
    return escape("\n".join(place.words(row)), quote=False)
