"""Parquet: tables of articles as data sets have them, some rows at a time, and of those the columns that are understood."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, BinaryIO

from onrecord.errors import EmptyInput, InputError, Malformed, MissingExtra
from onrecord.intake.article import About
from onrecord.intake.found import Found, Listing, Record
from onrecord.intake.rows import HOLDING, NAMING, article, compact, listed_entry
from onrecord.intake.tables import known_fields
from onrecord.patience import in_time
from onrecord.records import Document

if TYPE_CHECKING:
    from pyarrow.parquet import ParquetFile

    from onrecord.intake.feeds import Entry

__all__ = ["parquet_groups", "parquet_rows", "read_parquet"]

_BATCH = 64
"""Rows that are in memory at a time: at 20 MB an article at the most, as many articles of 5 kB as take no time."""


def read_parquet(
    stream: BinaryIO, *, name: str, given: About, groups: tuple[int, int] | None = None
) -> Iterator[Found]:
    """The records of a Parquet file, which must be sought in; each is known by its understood fields as compact JSON.

    `groups`: only of the row groups from the first number up to and without the second. A table with a column of addresses
    and none of texts is a list of articles that are elsewhere.
    """
    file = _opened(stream, name)
    columns = list(file.schema_arrow.names)
    fields = dict(zip(columns, known_fields(columns), strict=True))
    there = [field for field in fields.values() if field is not None]
    if twice := next((field for field in there if there.count(field) > 1), None):
        raise Malformed(name, f"two columns `{twice}`")
    if HOLDING.intersection(there):
        for number, row in _rows(file, fields, name, groups):
            place = f"{name}:{number}"
            yield (
                row if isinstance(row, InputError) else Record(place, partial(_document, row, name=place, given=given))
            )
    elif NAMING.intersection(there):
        yield Listing(name, entries=_entries(file, fields, name))
    else:
        named = ", ".join(columns[:6]) + ("…" if len(columns) > 6 else "")
        raise Malformed(name, f"no column of texts, pages or addresses (its columns: {named})")


def parquet_rows(stream: BinaryIO, name: str) -> int:
    """How many rows the file has, by its footer. Raises InputError."""
    return int(_opened(stream, name).metadata.num_rows)


def parquet_groups(stream: BinaryIO, name: str) -> list[int]:
    """The bytes of each row group, unpacked, by the footer. Raises InputError."""
    about = _opened(stream, name).metadata
    return [about.row_group(number).total_byte_size for number in range(about.num_row_groups)]


def _opened(stream: BinaryIO, name: str) -> ParquetFile:
    try:
        from pyarrow import ArrowException
        from pyarrow.parquet import ParquetFile
    except ImportError as error:
        raise InputError(name, str(MissingExtra("tables", "pyarrow"))) from error
    try:
        return ParquetFile(stream, pre_buffer=False)
    except (ArrowException, OSError, ValueError, KeyError) as error:
        raise _damaged(name, error) from error


def _rows(
    file: ParquetFile, fields: dict[str, str | None], name: str, groups: tuple[int, int] | None = None
) -> Iterator[tuple[int, dict[str, Any] | InputError]]:
    """Each row with its number from 1, by its known fields; damage ends them with an InputError."""
    from pyarrow import ArrowException

    columns = [column for column, field in fields.items() if field is not None]
    wanted = range(*groups) if groups is not None else range(file.metadata.num_row_groups)
    number = sum(file.metadata.row_group(before).num_rows for before in range(wanted.start))
    try:
        for batch in file.iter_batches(batch_size=_BATCH, row_groups=list(wanted), columns=columns, use_threads=False):
            for row in batch.to_pylist():
                number += 1
                yield number, {str(fields[column]): _plain(value) for column, value in row.items() if value is not None}
    except (ArrowException, OSError, ValueError, KeyError, OverflowError) as error:
        yield number + 1, _damaged(f"{name}:{number + 1}", error)


def _entries(file: ParquetFile, fields: dict[str, str | None], name: str) -> Iterator[Entry | InputError]:
    for number, row in _rows(file, fields, name):
        yield row if isinstance(row, InputError) else listed_entry(row, name=f"{name}:{number}", line=None)


@in_time
def _document(row: dict[str, Any], *, name: str, given: About) -> Document:
    if not HOLDING & row.keys():
        raise EmptyInput(name, "no text: the field is empty")
    if any(isinstance(value, bytes) for value in row.values()):
        from onrecord.intake.html import decode_page

        row = {key: decode_page(v, name=name) if isinstance(v, bytes) else v for key, v in row.items()}
    try:
        raw = compact(row)
    except (TypeError, ValueError) as error:
        raise Malformed(name, f"a value that no article has ({error})") from error
    return article(row, raw=raw, name=name, line=None, given=given)


def _plain(value: Any) -> Any:
    """A value as JSON has it: times in ISO 8601."""
    return value.isoformat() if isinstance(value, datetime | date) else value


def _damaged(name: str, error: Exception) -> Malformed:
    return Malformed(name, f"Parquet that cannot be read ({' '.join(str(error).split())[:200]})")
