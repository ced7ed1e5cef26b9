"""Rows of plain values as Arrow batches, by a schema as Spark writes it: `number long, keys array<long>`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow

__all__ = ["batch"]


def batch(rows: Sequence[Mapping[str, Any]], shape: str) -> pyarrow.RecordBatch:
    """Raises KeyError for a kind of column that none here has."""
    import pyarrow

    return pyarrow.RecordBatch.from_pylist(rows, schema=_schema(shape))


@lru_cache
def _schema(shape: str) -> pyarrow.Schema:
    import pyarrow

    kinds: dict[str, pyarrow.DataType] = {
        "long": pyarrow.int64(),
        "int": pyarrow.int32(),
        "double": pyarrow.float64(),
        "string": pyarrow.string(),
        "binary": pyarrow.binary(),
        "array<long>": pyarrow.list_(pyarrow.int64()),
        "array<short>": pyarrow.list_(pyarrow.int16()),
    }
    pairs = (column.split(" ") for column in shape.split(", "))
    return pyarrow.schema({name: kinds[kind] for name, kind in pairs})
