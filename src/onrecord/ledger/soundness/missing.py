"""Whether tables, columns, views, indexes and triggers are all there: nothing else tells of one that was dropped."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, select
from sqlalchemy.exc import DBAPIError

from onrecord.ledger.backends import backend_of
from onrecord.ledger.backends.backend import Finding
from onrecord.ledger.readable import VIEWS
from onrecord.ledger.tables import METADATA

__all__ = ["missing"]


def missing(connection: Connection) -> Iterator[Finding]:
    """What a ledger of this version has, and this one has not. Outside any transaction, which a question that fails ends."""
    backend = backend_of(connection)
    there = backend.objects(connection)
    tables = {table.name for table in METADATA.sorted_tables}
    indexes = {str(index.name) for table in METADATA.sorted_tables for index in table.indexes}
    for name in sorted((tables | indexes | set(VIEWS) | backend.made) - there):
        yield Finding(name, "it is missing: a ledger has a table, a view, an index or a trigger of this name")
    for table in METADATA.sorted_tables:
        if table.name not in there:
            continue
        try:
            connection.execute(select(table).limit(0))
        except DBAPIError as error:
            yield Finding(table.name, f"it is not the table of a ledger ({str(error.orig).splitlines()[0]})")
