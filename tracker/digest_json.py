"""The stored form of a digest: plain JSON values out, the same digest back in. Pure.

Dates and moments are ISO text (moments in UTC), `Decimal` is text, tuples are lists, unknown is null, keys are the
field names of `digest_model`. Reading follows the declared types, so a value that does not fit its field is
noticed here and not in a reader's mail.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import is_dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from tracker.digest_model import Digest
from tracker.errors import StoreError
from tracker.values import full


def to_json(digest: Digest) -> dict[str, Any]:
    """Plain JSON values. A moment without a zone raises StoreError: nobody could tell later when it was."""
    try:
        encoded: dict[str, Any] = full(digest)
    except ValueError as error:
        raise StoreError(f"a digest cannot be stored: {error}") from error
    return encoded


def from_json(stored: Mapping[str, Any]) -> Digest:
    """The digest that `to_json` wrote. Fields younger than the text take their default; else StoreError."""
    digest: Digest = _decode(stored, Digest, "digest")
    return digest


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


def _without_none(kind: Any) -> Any:
    """`X` of `X | None`, anything else as it is."""
    if get_origin(kind) not in (Union, UnionType):
        return kind
    return next(part for part in get_args(kind) if part is not type(None))


def _decode(value: Any, kind: Any, where: str) -> Any:
    if value is None and kind is not _without_none(kind):
        return None
    kind = _without_none(kind)
    try:
        if is_dataclass(kind):
            return _decode_fields(value, kind, where)
        if get_origin(kind) is tuple:
            if not isinstance(value, list):
                raise TypeError(f"expected a list, found {type(value).__name__}")
            return tuple(_decode(part, get_args(kind)[0], f"{where}[{place}]") for place, part in enumerate(value))
        return _decode_plain(value, kind)
    except (TypeError, ValueError, ArithmeticError, AttributeError) as error:
        raise StoreError(f"a stored digest cannot be read: {where}: {error}") from error


def _decode_fields(value: Mapping[str, Any], kind: Any, where: str) -> Any:
    hints = _hints(kind)
    unknown = set(value) - set(hints)
    if unknown:
        raise StoreError(f"a stored digest cannot be read: {where}: unknown keys {sorted(unknown)}")
    return kind(**{name: _decode(part, hints[name], f"{where}.{name}") for name, part in value.items()})


def _decode_plain(value: Any, kind: Any) -> Any:
    if kind in (date, datetime, time):
        return kind.fromisoformat(value)
    if kind is Decimal or issubclass(kind, StrEnum):
        return kind(value)
    if kind is float and isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    if type(value) is not kind:
        raise TypeError(f"expected {kind.__name__}, found {type(value).__name__}")
    return value
