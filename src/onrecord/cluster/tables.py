"""Tables that executors write: each task a file of its own for each table, put under its name when the task is done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from onrecord import arrow
from onrecord.cluster.folder import hidden, placed

if TYPE_CHECKING:
    import pyarrow
    from pyarrow.parquet import ParquetWriter
    from pyspark.sql import DataFrame

__all__ = ["Tables", "grouped", "written"]

Row = TypeVar("Row")
Kinds = dict[str, type[Any]]
_ROWS = 20_000  # of a group of columns at most


class Tables:
    """The files of one task, by table; rows are held until there are enough for a group of columns."""

    def __init__(self, folder: Path, kinds: Kinds, task: int) -> None:
        self._folder, self._kinds, self._task = folder, kinds, task
        self._held: dict[str, list[Any]] = {name: [] for name in kinds}
        self._open: dict[str, tuple[Path, ParquetWriter]] = {}
        self.rows = dict.fromkeys(kinds, 0)

    def add(self, name: str, rows: Iterable[Any]) -> None:
        """Rows of one table."""
        self._held[name].extend(rows)
        if len(self._held[name]) >= _ROWS:
            self._flush(name)

    def finish(self) -> None:
        """Put the files under their names."""
        for name in self._kinds:
            self._flush(name)
        for name, (begun, parquet) in self._open.items():
            parquet.close()
            placed(begun, self._folder / name / f"{self._task:05}.parquet")

    def _flush(self, name: str) -> None:
        if not self._held[name]:
            return
        from pyarrow.parquet import ParquetWriter

        table = arrow.table(self._kinds[name], self._held[name])
        if name not in self._open:
            begun = hidden(self._folder / name / f"{self._task:05}.parquet")
            begun.parent.mkdir(parents=True, exist_ok=True)
            self._open[name] = begun, ParquetWriter(begun, table.schema, compression="zstd")
        self._open[name][1].write_table(table)
        self.rows[name] += table.num_rows
        self._held[name] = []


def written(
    rows: DataFrame, folder: Path, kinds: Kinds, write: Callable[[Iterator[pyarrow.RecordBatch], Tables], None]
) -> dict[str, int]:
    """Have each partition of `rows` written into tables in `folder` by `write`; how many rows each table has.

    A table without rows is one file without rows, so that whoever reads the folder finds its columns.
    """

    def task(batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        import pyarrow
        from pyspark import TaskContext

        context = TaskContext.get()
        assert context is not None  # within a task
        tables = Tables(folder, kinds, context.partitionId())
        write(batches, tables)
        tables.finish()
        counted = [{"name": name, "rows": count} for name, count in tables.rows.items()]
        yield pyarrow.RecordBatch.from_pylist(counted)

    total = dict.fromkeys(kinds, 0)
    for name, count in rows.mapInArrow(task, "name string, rows long").groupBy("name").sum("rows").collect():
        total[name] = count
    for begun in folder.glob("*/.*"):  # of tasks that were killed
        begun.unlink()
    for name, count in total.items():
        if not count:
            _write_empty(folder / name, kinds[name])
    return total


def grouped(batches: Iterable[pyarrow.RecordBatch], by: str, read: Callable[[Any], list[Row]]) -> Iterator[list[Row]]:
    """What `read` makes of batches that are sorted by a column, the rows with one value of it together."""
    rows = (
        (value, row) for batch in batches for value, row in zip(batch.column(by).to_pylist(), read(batch), strict=True)
    )
    for _, group in groupby(rows, key=lambda pair: pair[0]):
        yield [row for _, row in group]


def _write_empty(folder: Path, kind: type[Any]) -> None:
    from pyarrow.parquet import write_table

    folder.mkdir(parents=True, exist_ok=True)
    write_table(arrow.table(kind, []), folder / "00000.parquet")
