"""Datasette's metadata: every table, column and facet that it names is in the ledger's file, every query answers.

Where Datasette itself is installed, it is started on the ledger with this metadata, and its pages are asked for.
"""

from __future__ import annotations

import asyncio
import importlib.util
import json
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from tests.views.export.conftest import whole

from onrecord.ledger import Ledger
from onrecord.ledger.tables import METADATA
from onrecord.views.export.datasette import TABLES
from onrecord.views.export.queries import QUERIES

# Keys that Datasette documents for a table (Metadata, docs of 0.65), of those that are used here.
KEYS = {"description", "columns", "facets", "label_column", "sort", "sort_desc", "size", "hidden"}


@pytest.fixture
def found(book: Ledger, tmp_path: Path) -> Any:
    return json.loads(whole(book, "datasette", tmp_path / "metadata.json").read_text(encoding="utf-8"))


@pytest.fixture
def connection(path: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    yield connection
    connection.close()


def test_every_table_and_column_that_is_named_is_there(found: Any, path: Path, connection: sqlite3.Connection) -> None:
    assert list(found["databases"]) == [path.stem]
    tables = found["databases"][path.stem]["tables"]
    names = {
        row["name"] for row in connection.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")
    }
    assert set(tables) <= names
    for name, shown in tables.items():
        assert set(shown) <= KEYS
        columns = {row["name"] for row in connection.execute(f"PRAGMA table_info({name})")}
        used = {*shown.get("columns", {}), *shown.get("facets", [])}
        used |= {shown[key] for key in ("label_column", "sort", "sort_desc") if key in shown}
        assert used <= columns, (name, used - columns)


def test_every_table_is_described_or_hidden(found: Any, path: Path, connection: sqlite3.Connection) -> None:
    tables = found["databases"][path.stem]["tables"]
    assert set(METADATA.tables) <= set(tables)
    views = {row["name"] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'view'")}
    assert views <= set(TABLES)
    assert all(shown.get("hidden") or shown["description"] for shown in tables.values())
    indexes = {name for name in tables if name.endswith("_fts")}
    assert len(indexes) == 3
    assert all(tables[name]["hidden"] for name in indexes)


@pytest.mark.parametrize("name", QUERIES)
def test_every_query_answers(connection: sqlite3.Connection, book: Ledger, name: str) -> None:
    query = QUERIES[name]
    moved = max(book.series(), key=lambda row: len(row.points))
    given = {"series": moved.id, "name": "Brezik", "words": "dam"}
    rows = connection.execute(query.sql, {taken: given[taken] for taken in query.takes}).fetchall()
    assert rows
    if name == "disputed":
        assert len(rows) == len(book.claims(standing="disputed")) + len(book.claims(standing="denied"))
        assert all(row["denied_by"] for row in rows)
    elif name == "series_values":
        assert [(row["low"], row["high"]) for row in rows] == [(point.low, point.high) for point in moved.points]
        assert rows[0]["words"] == moved.points[0].context
    elif name == "conflicting":
        assert {(row["id"], row["says"], row["but_says"]) for row in rows} == {
            (row.id, row.a.words, row.b.words) for row in book.conflicts()
        }
    elif name == "one_text":
        assert len(rows) == len(book.copies())


@pytest.mark.skipif(importlib.util.find_spec("datasette") is None, reason="Datasette is not installed")
def test_datasette_shows_every_table_and_query_with_it(found: Any, path: Path) -> None:
    from datasette.app import Datasette

    async def ask() -> dict[str, int]:
        served = Datasette([str(path)], metadata=found)
        await served.invoke_startup()
        names = [*TABLES, *QUERIES]
        given = "?series=f&name=Brezik&words=dam"
        return {name: (await served.client.get(f"/{path.stem}/{name}{given}")).status_code for name in names}

    with ThreadPoolExecutor(max_workers=1) as apart:  # tests in a browser leave a loop running in this thread
        assert set(apart.submit(lambda: asyncio.run(ask())).result().values()) == {200}
