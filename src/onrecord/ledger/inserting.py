"""Many rows put into a table at once, under numbers that are known before: what adding articles by the hundred needs.

A row given to SQLAlchemy as a dictionary is looked through twice before it reaches the database, 3 to 4 µs a row and more
than SQLite takes to store it. Each database has a way of its own to take many rows at once.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, Table

from onrecord.ledger.backends import backend_of

__all__ = ["numbers", "put"]


def put(connection: Connection, table: Table, columns: Sequence[str], rows: Collection[Sequence[Any]]) -> None:
    """Insert `rows`, each the values of these columns in their order, in the order in which they are given."""
    if rows:
        backend_of(connection).put(connection, table, tuple(columns), rows)


def numbers(connection: Connection, table: Table, count: int) -> Sequence[int]:
    """The numbers (`id`) for so many rows that are about to be put into `table`, ascending; nobody else is given them.

    In a transaction that is alone in writing. Asking for them afterwards costs a query a table and document, RETURNING
    inserts row by row.
    """
    return backend_of(connection).numbers(connection, table, count) if count else ()
