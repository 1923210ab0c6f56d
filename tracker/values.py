"""Frozen values to plain JSON and back, by their type hints. Pure.

Empty fields are left out, so that a field added later changes no stored value and no fingerprint.
"""

from __future__ import annotations

import hashlib
import json
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union

T = TypeVar("T")
_AS_IT_IS = {str, int, float, bool, types.NoneType}  # most of all values; what is derived from them is not
_EMPTY: dict[Any, Any] = {str: "", tuple: (), dict: {}, Mapping: {}}


def plain(value: Any) -> Any:
    """The value as JSON knows it: dates as ISO text, amounts as text, tuples as lists, empty fields left out.

    Moments are told in UTC; one without a zone raises ValueError.
    """
    if type(value) in _AS_IT_IS:
        return value
    if is_dataclass(value) and not isinstance(value, type):
        named = ((field.name, getattr(value, field.name)) for field in fields(value))
        return {name: plain(inner) for name, inner in named if not _empty(inner)}
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(inner) for inner in value]
    return _worded(value)


def _worded(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return _in_utc(value)
    if isinstance(value, (date, time)):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else value


def full(value: Any) -> Any:
    """As `plain`, with nothing left out: unknown is null. For answers that people's programs read."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: full(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): full(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [full(inner) for inner in value]
    return plain(value)


def load(kind: type[T], data: Any) -> T:
    """The value of type `kind` from what `plain` made of it. Raises KeyError, TypeError or ValueError on other data."""
    hint: Any = kind
    return typing.cast("T", _reader(hint)(data))


def dumps(value: Any) -> str:
    """One line of JSON, keys in the order of the fields, letters as they are."""
    return json.dumps(plain(value), ensure_ascii=False, separators=(",", ":"))


def fingerprint(value: Any) -> str:
    """Short name of a value: equal values have equal fingerprints."""
    return hashlib.sha256(dumps(value).encode("utf-8", "surrogatepass")).hexdigest()[:20]


def moment(at: datetime) -> str:
    """A moment as stored and told: UTC, whole seconds, so that the order of texts is the order of time."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S+00:00")


def _in_utc(at: datetime) -> str:
    if at.tzinfo is None:
        raise ValueError(f"a moment without a zone: {at.isoformat()}")
    return at.astimezone(UTC).isoformat()


def _empty(value: Any) -> bool:
    return value is None or value == "" or (isinstance(value, (tuple, list, Mapping)) and not value)


@cache
def _reader(kind: Any) -> Callable[[Any], Any]:
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin in (Union, types.UnionType):
        return _optional(_reader(next(arg for arg in inner if arg is not types.NoneType)))
    if origin is tuple:
        return _sequence(_reader(inner[0]))
    if isinstance(kind, type) and is_dataclass(kind):
        return _record(kind)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    if kind in (date, datetime, time):
        return typing.cast("Callable[[Any], Any]", kind.fromisoformat)
    return Decimal if kind is Decimal else _same


def _same(data: Any) -> Any:
    return data


def _optional(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda data: None if data is None else read(data)


def _sequence(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda data: tuple(read(inner) for inner in data)


def _record(kind: type) -> Callable[[Any], Any]:
    hints = typing.get_type_hints(kind)
    readers = {field.name: _reader(hints[field.name]) for field in fields(kind)}
    # What `plain` left out because it was empty, in fields that have no default.
    needed = {
        field.name: _EMPTY.get(typing.get_origin(hints[field.name]) or hints[field.name])
        for field in fields(kind)
        if field.default is MISSING and field.default_factory is MISSING
    }
    return lambda data: kind(**needed | {name: readers[name](inner) for name, inner in data.items()})
