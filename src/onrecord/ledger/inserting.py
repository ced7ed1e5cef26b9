"""Many rows put into a table at once, under numbers that are known before: what adding articles by the hundred needs.

A row given to SQLAlchemy as a dictionary is looked through twice before it reaches the database, 3 to 4 µs a row and more
than SQLite takes to store it. SQLite itself takes half the time, and a quarter where full text is kept, when one statement
brings many rows: what it does once a statement (triggers, the highest number of a table) it does once for all of them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any

from sqlalchemy import Connection, Table, insert
from sqlalchemy.dialects import sqlite

from onrecord.ledger.batches import BATCH

__all__ = ["numbers", "put"]

_ROWS = 64  # in one statement at most; twice as many take as long a row
_names = sqlite.dialect().identifier_preparer


def put(connection: Connection, table: Table, columns: Sequence[str], rows: Collection[Sequence[Any]]) -> None:
    """Insert `rows`, each the values of these columns in their order, in the order in which they are given."""
    if not rows:
        return
    names = tuple(columns)
    if connection.dialect.name != "sqlite":
        connection.execute(insert(table), [dict(zip(names, row, strict=True)) for row in rows])
        return
    listed = rows if isinstance(rows, list) else list(rows)
    size = _ROWS
    while size * len(names) > BATCH:
        size //= 2
    start = 0
    # Sizes by halves: a few statements a table, which the connection keeps compiled.
    while start < len(listed):
        while size > len(listed) - start:
            size //= 2
        some = listed[start : start + size]
        connection.exec_driver_sql(_statement(table, names, size), tuple(chain.from_iterable(some)))
        start += size


@lru_cache(maxsize=1024)
def _statement(table: Table, columns: tuple[str, ...], rows: int) -> str:
    row = f"({', '.join('?' * len(columns))})"
    quoted = ", ".join(_names.quote(column) for column in columns)
    return f"INSERT INTO {_names.format_table(table)} ({quoted}) VALUES {', '.join([row] * rows)}"


def numbers(connection: Connection, table: Table, count: int) -> Sequence[int]:
    """The numbers (`id`) for so many rows that are about to be put into `table`, ascending; nobody else is given them.

    In a transaction that is alone in writing. Asking for them afterwards costs a query a table and document, RETURNING
    inserts row by row.
    """
    if count == 0:
        return ()
    if connection.dialect.name == "sqlite":
        # AUTOINCREMENT goes on from here, whether it or the one who inserts chose the last number.
        query = "SELECT seq FROM sqlite_sequence WHERE name = ?"
        last = connection.exec_driver_sql(query, (table.name,)).scalar() or 0
        return range(last + 1, last + 1 + count)
    query = f"SELECT nextval(pg_get_serial_sequence('{table.name}', 'id')) FROM generate_series(1, {count})"
    return sorted(connection.exec_driver_sql(query).scalars())
