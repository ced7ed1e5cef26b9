"""Rows as Arrow tables, with a schema that follows from the row's dataclass and from nothing in the rows.

- str, and words of a fixed list: string; a date too stays the text that it is (`XXXX-10-18` is no date of any table)
- int, float, bool: int64, double, bool
- Span: struct<start: int64, end: int64>
- a record within the row: struct of its fields
- a tuple of any length: list; a tuple of fixed length: struct of f0, f1 …; a dict: map

A field that may be None is nullable; every other field and every item of a list is not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar, Union, get_args, get_origin, get_type_hints

from onrecord.errors import MissingExtra

if TYPE_CHECKING:
    import pyarrow

Row = TypeVar("Row")

__all__ = ["rows", "schema", "table"]


class _Form(NamedTuple):
    """How values of one type stand in Arrow: its type, whether it may be missing, what makes one of a value, and what makes
    the value again of what Arrow gives back."""

    type: pyarrow.DataType
    nullable: bool
    made: Callable[[Any], Any]
    back: Callable[[Any], Any]


def schema(kind: type[Any]) -> pyarrow.Schema:
    """The schema of a table of rows of this dataclass; its name stands in the metadata as `onrecord.kind`.

    Raises MissingExtra without pyarrow, TypeError for a field of a type that has no place in a table.
    """
    return _columns(kind)[0]


def table(kind: type[Any], rows: Iterable[Any]) -> pyarrow.Table:
    """The rows as a table with the schema of their kind, also where there is none of them."""
    arrow = _arrow()
    shape, forms = _columns(kind)
    listed = list(rows)
    arrays = [
        arrow.array([form.made(getattr(row, name)) for row in listed], type=form.type) for name, form in forms.items()
    ]
    made: pyarrow.Table = arrow.Table.from_arrays(arrays, schema=shape)
    return made


def rows(kind: type[Row], found: pyarrow.Table | pyarrow.RecordBatch) -> list[Row]:
    """The rows of a table or batch that has the columns of `table(kind, …)`, in any order, with others among them: equal to
    those that it was made of. Raises KeyError where a column is missing."""
    forms = _columns(kind)[1]
    columns = [map(form.back, found.column(name).to_pylist()) for name, form in forms.items()]
    return [kind(*values) for values in zip(*columns, strict=True)]


_KNOWN: dict[type[Any], tuple[pyarrow.Schema, dict[str, _Form]]] = {}


def _columns(kind: type[Any]) -> tuple[pyarrow.Schema, dict[str, _Form]]:
    if kind not in _KNOWN:
        arrow = _arrow()
        forms = _forms(kind)
        columns = [arrow.field(name, form.type, nullable=form.nullable) for name, form in forms.items()]
        _KNOWN[kind] = arrow.schema(columns, metadata={"onrecord.kind": kind.__name__}), forms
    return _KNOWN[kind]


def _forms(kind: type[Any]) -> dict[str, _Form]:
    hints = get_type_hints(kind)
    names = [field.name for field in fields(kind)] if is_dataclass(kind) else list(hints)
    return {name: _form(hints[name]) for name in names}


def _form(hint: Any) -> _Form:
    if get_origin(hint) in (Union, UnionType):
        members = [one for one in get_args(hint) if one is not NoneType]
        if len(members) != 1:
            raise TypeError(f"{hint} is of several types: a column has one")
        inner = _form(members[0])
        return _Form(
            inner.type,
            True,
            lambda value: None if value is None else inner.made(value),
            lambda value: None if value is None else inner.back(value),
        )
    return _plain(hint) or _record(hint) or _many(hint)


def _plain(hint: Any) -> _Form | None:
    arrow = _arrow()
    if get_origin(hint) is Literal and all(isinstance(word, str) for word in get_args(hint)):
        hint = str
    found = {str: arrow.string, int: arrow.int64, float: arrow.float64, bool: arrow.bool_}.get(hint)
    return None if found is None else _Form(found(), False, lambda value: value, lambda value: value)


def _record(hint: Any) -> _Form | None:
    """A dataclass or a named tuple: a struct of its fields."""
    if not isinstance(hint, type) or not (is_dataclass(hint) or hasattr(hint, "_fields")):
        return None
    forms = _forms(hint)

    def made(value: Any) -> dict[str, Any]:
        return {name: form.made(getattr(value, name)) for name, form in forms.items()}

    def back(value: dict[str, Any]) -> Any:
        return hint(*[form.back(value[name]) for name, form in forms.items()])

    return _Form(_struct(forms), False, made, back)


def _many(hint: Any) -> _Form:
    arrow, origin, inner = _arrow(), get_origin(hint), get_args(hint)
    if origin is dict:
        key, value = map(_form, inner)
        return _Form(
            arrow.map_(key.type, value.type),
            False,
            lambda found: list(_pairs(found, key, value)),
            lambda found: {key.back(one): value.back(other) for one, other in found},
        )
    if origin is list or (origin is tuple and inner[1:] == (Ellipsis,)):
        item = _form(inner[0])
        kind = arrow.list_(arrow.field("item", item.type, nullable=item.nullable))
        return _Form(
            kind, False, lambda found: [item.made(one) for one in found], lambda found: origin(map(item.back, found))
        )
    if origin is tuple:
        parts = {f"f{place}": _form(part) for place, part in enumerate(inner)}

        def made(found: Any) -> dict[str, Any]:
            return {name: form.made(one) for (name, form), one in zip(parts.items(), found, strict=True)}

        def back(found: dict[str, Any]) -> tuple[Any, ...]:
            return tuple(part.back(found[name]) for name, part in parts.items())

        return _Form(_struct(parts), False, made, back)
    raise TypeError(f"{hint} has no place in a table")


def _struct(forms: Mapping[str, _Form]) -> pyarrow.StructType:
    arrow = _arrow()
    made: pyarrow.StructType = arrow.struct(
        [arrow.field(name, form.type, nullable=form.nullable) for name, form in forms.items()]
    )
    return made


def _pairs(found: Mapping[Any, Any], key: _Form, value: _Form) -> Iterable[tuple[Any, Any]]:
    return ((key.made(one), value.made(other)) for one, other in found.items())


def _arrow() -> Any:
    try:
        import pyarrow
    except ImportError as error:
        raise MissingExtra("tables", "pyarrow") from error
    return pyarrow
