"""All that a ledger holds as plain values that can be compared: what is the same stands for the same, whatever its row.

Every table of METADATA is read as it is found, so that tables which are added later are compared without a line here.
Row numbers depend on the order of adding and mean nothing; a reference stands for what it points at: a document for its
hash, a record for its document and key, anything else for all its columns.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Boolean, Table, select
from tests.ledger.databases import ELSEWHERE

from onrecord.ledger import Ledger
from onrecord.ledger.tables import METADATA

__all__ = ["check_file", "contents", "contents_of", "differences", "tables_of"]

_ALL = METADATA.sorted_tables

Contents = dict[str, list[tuple[Any, ...]]]


def contents(path: Path) -> Contents:
    """For each table its rows, sorted, as (column, value) pairs; and each document as its reading, in "readings"."""
    with Ledger.open(path, read_only=True) as ledger:
        return contents_of(ledger)


def contents_of(ledger: Ledger) -> Contents:
    """As `contents`, of a ledger that is open: of one in memory, which has no path."""
    with ledger._engine.connect() as connection:
        found = _tables({t.name: [dict(r) for r in connection.execute(select(t)).mappings()] for t in _ALL})
    found["readings"] = sorted((ledger.document(row.id).to_json(),) for row in ledger.documents())
    return found


def tables_of(connection: sqlite3.Connection) -> Contents:
    """The tables alone, as this connection to a file sees them."""
    return _tables({table.name: _rows(connection, table) for table in _ALL})


def _tables(rows: dict[str, list[dict[str, Any]]]) -> Contents:
    by_number = {name: {row["id"]: row for row in found if "id" in row} for name, found in rows.items()}

    @cache
    def stands_for(name: str, number: int) -> tuple[Any, ...]:
        row = by_number[name][number]
        if name == "documents":
            return (row["hash"],)
        if row.get("key") is not None:
            document = row.get("document")
            return (name, stands_for("documents", document) if document is not None else None, row["key"])
        return (name, *_plain(METADATA.tables[name], row, stands_for))

    return {
        name: sorted((_plain(METADATA.tables[name], row, stands_for) for row in found), key=repr)
        for name, found in rows.items()
    }


def _rows(connection: sqlite3.Connection, table: Table) -> list[dict[str, Any]]:
    cursor = connection.execute(f'SELECT * FROM "{table.name}"')
    names = [column[0] for column in cursor.description]
    # SQLite stores truth as 0 and 1, which are equal to it, but are not written so.
    truths = {column.name for column in table.columns if isinstance(column.type, Boolean)}
    return [{n: bool(v) if n in truths else v for n, v in zip(names, row, strict=True)} for row in cursor]


def _plain(table: Table, row: dict[str, Any], stands_for: Callable[[str, int], tuple[Any, ...]]) -> tuple[Any, ...]:
    points_at = {key.parent.name: key.column.table.name for key in table.foreign_keys}
    return tuple(
        (name, stands_for(points_at[name], value) if name in points_at and value is not None else value)
        for name, value in sorted(row.items())
        if name != "id"
    )


def differences(one: Contents, other: Contents) -> dict[str, tuple[list[Any], list[Any]]]:
    """For each table that differs, up to three rows that only one has and up to three that only the other has."""
    found = {}
    for name in sorted(one.keys() | other.keys()):
        here, there = ([repr(row) for row in side.get(name, [])] for side in (one, other))
        if here != there:
            only = (
                [row for row in here if row not in set(there)][:3],
                [row for row in there if row not in set(here)][:3],
            )
            found[name] = only
    return found


def check_file(path: Path) -> None:
    """Assert what SQLite itself can tell of a file: its pages, its foreign keys, every full-text index.

    Of a ledger on a server there is nothing to tell: it holds references to be true, and keeps no index apart.
    """
    if ELSEWHERE is not None:
        return
    with closing(sqlite3.connect(path)) as connection:
        _check(connection)


def _check(connection: sqlite3.Connection) -> None:
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    indexes = "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE % USING fts5%'"
    for (name,) in connection.execute(indexes).fetchall():
        # With rank 1 the index is also held against the table that it indexes.
        connection.execute(f"INSERT INTO {name} ({name}, rank) VALUES ('integrity-check', 1)")
