"""Parquet read back by pyarrow and by polars is the ledger's rows."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path

import polars
import pyarrow.parquet
import pytest
from tests.views.export.conftest import whole
from tests.views.export.test_tabular import asked, plain

from onrecord.ledger import Ledger
from onrecord.views.export.tabular import KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_parquet_read_back_is_the_rows_of_the_ledger(book: Ledger, tmp_path: Path, kind: str) -> None:
    path = whole(book, "parquet", tmp_path / "rows.parquet", kind=kind)
    table = pyarrow.parquet.read_table(path)
    assert table.column_names == [field.name for field in fields(KINDS[kind].row)]
    expected = asked(book, kind)
    assert len(expected) == table.num_rows == polars.read_parquet(path).height
    assert plain([pairs(row) for row in table.to_pylist()]) == expected
    assert json.loads(table.schema.metadata[b"onrecord.models"]) == sorted({row.model for row in book.documents()})


def pairs(value: object) -> object:
    """Spans, and pairs, as lists: in Parquet they are structs."""
    if isinstance(value, dict):
        if set(value) in ({"start", "end"}, {"f0", "f1"}):
            return list(value.values())
        return {name: pairs(item) for name, item in value.items()}
    return [pairs(item) for item in value] if isinstance(value, list) else value


def test_a_folder_holds_every_kind(book: Ledger, tmp_path: Path) -> None:
    folder = whole(book, "parquet", tmp_path / "parquet")
    assert {path.stem for path in folder.glob("*.parquet")} == set(KINDS)
