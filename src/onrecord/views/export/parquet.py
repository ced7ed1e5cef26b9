"""Parquet: a file for each kind of row, with the columns of `Answer.arrow()`, for pandas, polars, DuckDB and Spark."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import IO, Any

from onrecord.answer import Answer, schema
from onrecord.views.export.chosen import Chosen
from onrecord.views.export.tabular import KINDS
from onrecord.views.export.writing import dump

__all__ = ["fill", "write"]

# Rows of one group of columns: what is held in memory at once. A statement takes about 1 kB.
_GROUP = 10_000


def write(chosen: Chosen, out: IO[bytes], kind: str) -> int:
    """Gives the number of rows. Raises MissingExtra where pyarrow is not installed."""
    what = KINDS[kind]
    columns = schema(what.row)
    # Who reads the file alone sees which weights it comes from.
    columns = columns.with_metadata({**(columns.metadata or {}), "onrecord.models": dump(chosen.models)})
    from pyarrow.parquet import ParquetWriter  # after `schema`, which says what is to be installed

    number = 0
    with ParquetWriter(out, columns, compression="zstd") as parquet:
        for rows in _groups(iter(what.rows(chosen))):
            parquet.write_table(Answer(what.row, rows).arrow().cast(columns))
            number += len(rows)
    return number


def fill(chosen: Chosen, folder: Path) -> dict[str, int]:
    """A file for each kind of row; how many rows each holds."""
    rows = {}
    for kind in KINDS:
        with (folder / f"{kind}.parquet").open("wb") as out:
            rows[kind] = write(chosen, out, kind)
    return rows


def _groups(rows: Iterator[Any]) -> Iterator[list[Any]]:
    while group := list(islice(rows, _GROUP)):
        yield group
