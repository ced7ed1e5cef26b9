"""JSON in the record schema → the reading that it was made of. What is no such JSON is refused by the field that is wrong.

The types of the records say what each field may hold, so that there is no second list of fields to keep.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from onrecord.errors import Malformed
from onrecord.reading import Reading
from onrecord.records import SCHEMA_VERSION, Document, Span

__all__ = ["reading_of"]

_NAME = "reading"
_OF_DOCUMENT = tuple(field.name for field in fields(Document))

Back = Callable[[Any, str], Any]
"""A value of JSON, and the path of its field, → the value of a record."""


def reading_of(line: str | bytes) -> Reading:
    """The reading of which `Reading.to_json` made this line. Raises Malformed."""
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise Malformed(_NAME, f"broken JSON ({error})") from error
    if not isinstance(value, dict):
        raise Malformed(_NAME, "not a JSON object")
    if value.pop("schema", None) != SCHEMA_VERSION:
        raise Malformed(_NAME, f"not a reading in version {SCHEMA_VERSION} of the record schema")
    document = {name: value.pop(name) for name in _OF_DOCUMENT if name in value}
    found: Reading = _record(Reading)({**value, "document": document}, "")
    return found


@cache
def _back(hint: Any) -> Back:
    """How a value of JSON becomes one of this type."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        (inner,) = (_back(argument) for argument in arguments if argument is not NoneType)
        return lambda value, path: None if value is None else inner(value, path)
    if origin is Literal:
        return _one_of(arguments)
    if origin is tuple:
        return _many(_back(arguments[0]))
    if hint is Span:
        return _span
    return _record(hint) if is_dataclass(hint) else _plain(hint)


def _record(kind: Any) -> Back:
    hints = get_type_hints(kind)
    known = {field.name: (_back(hints[field.name]), field.default is MISSING) for field in fields(kind)}

    def back(value: Any, path: str) -> Any:
        if not isinstance(value, dict):
            raise _wrong(path, "not an object")
        if unknown := next((name for name in value if name not in known), None):
            raise _wrong(f"{path}.{unknown}", "no such field")
        if missing := next((name for name, (_, needed) in known.items() if needed and name not in value), None):
            raise _wrong(f"{path}.{missing}", "it is missing")
        made = {name: known[name][0](item, f"{path}.{name}") for name, item in value.items()}
        try:
            return kind(**made)
        except ValueError as error:  # what a record's own invariants forbid
            raise _wrong(path, str(error)) from error

    return back


def _many(inner: Back) -> Back:
    def back(value: Any, path: str) -> Any:
        if not isinstance(value, list):
            raise _wrong(path, "not a list")
        return tuple(inner(item, f"{path}[{number}]") for number, item in enumerate(value))

    return back


def _one_of(words: tuple[Any, ...]) -> Back:
    def back(value: Any, path: str) -> Any:
        if not isinstance(value, str) or value not in words:
            raise _wrong(path, f"none of {', '.join(words)}")
        return value

    return back


def _plain(kind: type) -> Back:
    # JSON has one kind of number; true and false are numbers for Python alone.
    kinds = (int, float) if kind is float else (kind,)

    def back(value: Any, path: str) -> Any:
        if not isinstance(value, kinds) or (isinstance(value, bool) and kind is not bool):
            raise _wrong(path, f"not of type {kind.__name__}")
        return value

    return back


def _span(value: Any, path: str) -> Span:
    if not (isinstance(value, list) and len(value) == 2 and all(type(offset) is int for offset in value)):
        raise _wrong(path, "not a start and an end")
    return Span(*value)


def _wrong(path: str, reason: str) -> Malformed:
    return Malformed(_NAME, f"`{path.removeprefix('.') or 'it'}`: {reason}")
