"""Readings as columns: the record schema as a table with one row a document, from which the same readings come back.

The columns are those of the JSON form (docs/reference/schema.md), of the types that onrecord.arrow gives them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, make_dataclass
from typing import TYPE_CHECKING, Any, get_type_hints

from onrecord import arrow
from onrecord.reading import Reading
from onrecord.records import SCHEMA_VERSION, Document

if TYPE_CHECKING:
    import pyarrow

__all__ = ["readings", "schema", "table"]

_OF_DOCUMENT = [field.name for field in fields(Document)]
_OF_READING = [field.name for field in fields(Reading) if field.name != "document"]
_HINTS = get_type_hints(Document) | get_type_hints(Reading)
_Record: type[Any] = make_dataclass(
    "Record", [("schema", int), *((name, _HINTS[name]) for name in (*_OF_DOCUMENT, *_OF_READING))]
)


def schema() -> pyarrow.Schema:
    """The columns. Raises MissingExtra without pyarrow."""
    return arrow.schema(_Record)


def table(given: Iterable[Reading]) -> pyarrow.Table:
    """Readings as a table, a row each, in their order."""
    return arrow.table(_Record, map(_record, given))


def readings(found: pyarrow.Table | pyarrow.RecordBatch) -> list[Reading]:
    """The readings of a table that has these columns, and may have others."""
    return [_reading(record) for record in arrow.rows(_Record, found)]


def _record(reading: Reading) -> Any:
    of_document = (getattr(reading.document, name) for name in _OF_DOCUMENT)
    return _Record(SCHEMA_VERSION, *of_document, *(getattr(reading, name) for name in _OF_READING))


def _reading(record: Any) -> Reading:
    document = Document(**{name: getattr(record, name) for name in _OF_DOCUMENT})
    return Reading(document=document, **{name: getattr(record, name) for name in _OF_READING})
