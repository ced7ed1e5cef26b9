"""Rows of answers as JSON, JSON Lines and CSV. The fields are those of the row's dataclass, in its order, and no others.

In CSV a record within a row becomes columns of its own (`first.name`), and so does a list of records, with the values of
all of them in the same order (`holders.name`: "Ada Holm; The Fjord Post"). Lists are joined by "; ", lists within lists
by ", ". Spans are `start-end`, a missing value is an empty cell, true and false are `true` and `false`.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin, get_type_hints

from onrecord.reading import plain
from onrecord.records import Span

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

__all__ = ["as_csv", "as_json", "columns", "one_array"]

_JOINTS = ("; ", ", ", " ")
"""Between the values of a list, of a list in a list, of a list in that."""


def as_json(rows: Iterable[DataclassInstance]) -> Iterator[str]:
    """One JSON object a row; spans are [start, end]."""
    for row in rows:
        yield json.dumps(plain(row), ensure_ascii=False)


def one_array(objects: Iterable[str]) -> Iterator[str]:
    """Lines of JSON that are one array together, an object a line: it can be written before its end is known."""
    before = None
    for line in objects:
        yield "[" if before is None else f"{before},"
        before = line
    yield from ("[]",) if before is None else (before, "]")


def as_csv(kind: type[DataclassInstance], rows: Iterable[DataclassInstance], each: str | None = None) -> Iterator[str]:
    """The header of rows of this kind, then the rows, as lines of RFC 4180 without their line ends.

    `each` names a field that is a list of records: every one of these then has a line, with the row's other values.
    """
    yield _line([name for name, _ in columns(kind)])
    shape = [(field.name, field_kind) for field, field_kind in _fields(kind)]
    place = -1 if each is None else [name for name, _ in shape].index(each)
    for row in rows:
        cells = [[] if at == place else _cells(getattr(row, name), hint) for at, (name, hint) in enumerate(shape)]
        if each is None:
            yield _line([text for group in cells for text in group])
            continue
        item = _item(shape[place][1])
        for part in getattr(row, each):
            cells[place] = _cells(part, item)
            yield _line([text for group in cells for text in group])


def columns(kind: type[DataclassInstance]) -> list[tuple[str, Any]]:
    """The columns that rows of this kind have in CSV, with the type of the values."""
    found = []
    for field, field_kind in _fields(kind):
        record = _record(field_kind)
        if record is None:
            found.append((field.name, field_kind))
        else:
            found += [(f"{field.name}.{name}", inner) for name, inner in columns(record)]
    return found


def _cells(value: Any, kind: Any, depth: int = 0) -> list[str]:
    record = _record(kind)
    if record is None:
        return [_text(value, depth)]
    if isinstance(value, tuple):
        several = [_cells(one, record, depth + 1) for one in value]
        return [_JOINTS[depth].join(texts) for texts in zip(*several, strict=True)] if several else _nothing(record)
    if value is None:
        return _nothing(record)
    return [text for field, inner in _fields(record) for text in _cells(getattr(value, field.name), inner, depth)]


def _nothing(record: type[DataclassInstance]) -> list[str]:
    return [""] * len(columns(record))


def _text(value: Any, depth: int) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    if isinstance(value, Span):
        return f"{value.start}-{value.end}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return _JOINTS[depth].join(_text(one, depth + 1) for one in value)
    return str(value)


_FIELDS: dict[type, list[tuple[Any, Any]]] = {}


def _fields(kind: type[DataclassInstance]) -> list[tuple[Any, Any]]:
    """The fields of a kind of rows with their types, worked out once: it takes longer than a row."""
    if kind not in _FIELDS:
        hints = get_type_hints(kind)
        _FIELDS[kind] = [(field, hints[field.name]) for field in fields(kind)]
    return _FIELDS[kind]


def _record(kind: Any) -> type[DataclassInstance] | None:
    """The dataclass of a field that holds one, or a list of them, or none; None for a plain field."""
    item = _item(kind)
    return item if isinstance(item, type) and is_dataclass(item) else None


def _item(kind: Any) -> Any:
    if get_origin(kind) in (Union, UnionType):
        kind = next(one for one in get_args(kind) if one is not NoneType)
    return get_args(kind)[0] if get_origin(kind) is tuple else kind


def _line(cells: Iterable[str]) -> str:
    out = io.StringIO()
    # The writer quotes a cell that holds a character of its line end, and no other line end.
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue().removesuffix("\r\n")
