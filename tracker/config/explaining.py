"""A validation's errors become problems in plain words, each with file, line and key."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, get_args, get_origin

from tracker.config.problem import Problem, nearest, shown
from tracker.config.reading import Document, Steps, dotted

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from tracker.config.schema import Entry

E = TypeVar("E", bound="Entry")

WANTED = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "finite_number": "a number",
    "bool_type": "true or false",
    "list_type": "a list",
    "dict_type": "a mapping (key: value)",
    "model_type": "a mapping (key: value)",
    "model_attributes_type": "a mapping (key: value)",
}
LIMITS = {
    "greater_than_equal": ("ge", "must be {} or more"),
    "greater_than": ("gt", "must be more than {}"),
    "less_than_equal": ("le", "must be {} or less"),
    "less_than": ("lt", "must be less than {}"),
}
TRUTH = {"yes": "true", "on": "true", "y": "true", "no": "false", "off": "false", "n": "false"}
DIGITS = re.compile(r"[-+]?[0-9.]+\Z")


def validate(
    model: type[E], values: Any, document: Document, context: Mapping[str, Collection[str] | None], at: Steps = ()
) -> tuple[E | None, tuple[Problem, ...]]:
    """The values at `at` of the document as a model, or None and every mistake in them."""
    from pydantic import ValidationError

    try:
        return model.model_validate(values, context=dict(context)), ()
    except ValidationError as error:
        return None, tuple(_problem(model, detail, document, at) for detail in error.errors(include_url=False))


def _problem(model: type[Entry], detail: ErrorDetails, document: Document, at: Steps) -> Problem:
    path = (*at, *detail["loc"])
    return Problem(document.file, document.line(path), dotted(path), explain(model, detail))


def explain(model: type[Entry], detail: ErrorDetails) -> str:
    """What is wrong, in plain words."""
    kind, given = detail["type"], detail["input"]
    if kind == "missing":
        return "is missing"
    if kind == "extra_forbidden":
        return _unknown_key(model, detail["loc"])
    if kind == "value_error":
        return str(detail["ctx"]["error"])
    if given is None:
        return "has no value: give one, or remove the line"
    if kind in LIMITS:
        name, words = LIMITS[kind]
        return f"{words.format(format(detail['ctx'][name], 'g'))}, not {given}"
    if kind in WANTED:
        return f"must be {WANTED[kind]}, not {shown(given)}{_hint(kind, given)}"
    return f"cannot be used: {detail['msg']}"


def _hint(kind: str, given: Any) -> str:
    if kind == "string_type" and not isinstance(given, list | dict):
        return ": put it in quotes"
    if not isinstance(given, str):
        return ""
    if kind == "bool_type" and given.lower() in TRUTH:
        return f": in YAML 1.2 a bare {given} is a word, write {TRUTH[given.lower()]}"
    if kind in {"int_type", "float_type"} and DIGITS.match(given):
        return ": remove the quotes"
    if kind == "list_type":
        return f": write [{given}]" if len(given) < 40 else ": write it in [ ]"
    return ""


def _unknown_key(model: type[Entry], path: Steps) -> str:
    key = str(path[-1])
    if key == "<<":
        return "merge keys (<<) are not understood: write the values out"
    here = _keys_at(model, path[:-1])
    for inner, keys in _children(model, path[:-1]).items():
        if key in keys and key not in here:
            return f"unknown key; {key} belongs under {inner}:"
    return f"unknown key; {nearest(key, here)}"


def _keys_at(model: type[Entry], path: Steps) -> Collection[str]:
    found = _model_at(model, path)
    return found.model_fields if found else ()


def _children(model: type[Entry], path: Steps) -> dict[str, Collection[str]]:
    """The keys of each mapping one level deeper: somebody may have indented too little."""
    names = _keys_at(model, path)
    return {name: _keys_at(model, (*path, name)) for name in names}


def _model_at(model: type[Entry], path: Steps) -> type[Entry] | None:
    """The model that validates the mapping at the path."""
    here: Any = model
    for step in path:
        if get_origin(here) in {dict, list}:
            here = get_args(here)[-1]
        else:
            field = getattr(here, "model_fields", {}).get(step)
            if field is None:
                return None
            here = field.annotation
        if get_origin(here) is Annotated:
            here = get_args(here)[0]
    return here if isinstance(here, type) and hasattr(here, "model_fields") else None
