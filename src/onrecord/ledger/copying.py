"""A whole ledger from one place to another: from a file to a server, back again, or from an older server to a newer one.

Row by row and with the numbers of the rows, so that what was derived, what people ruled and links to rows stay as they are.
Nothing is derived anew.
"""

from __future__ import annotations

from sqlalchemy import Connection, Engine, Table, func, select

from onrecord.errors import LedgerError
from onrecord.ledger import schema as t
from onrecord.ledger.backends import backend_of
from onrecord.ledger.corrections.tables import corrections
from onrecord.ledger.database import reading, writing
from onrecord.ledger.inserting import put
from onrecord.ledger.tables import METADATA
from onrecord.ledger.watched.tables import watched_feeds

__all__ = ["copy", "copy_table", "require_empty"]

# Rows at hand at once; articles are long, so that of them it is a few megabytes.
_AT_ONCE = 500

# Whoever put something into a ledger has left a row in one of these.
_TELLING = (t.documents, corrections, watched_feeds)


def copy(source: Engine, named: str, target: Engine, target_named: str) -> dict[str, int]:
    """Put all that one ledger holds, as of one instant, into another, which holds nothing: rows of each table.

    Whole or not at all. Raises LedgerError where the other holds something.
    """
    with reading(source, named) as held, writing(target, target_named) as taken:
        require_empty(taken, target_named)
        backend_of(taken).defer(taken)
        counts = {table.name: copy_table(held, taken, table) for table in METADATA.sorted_tables}
        backend_of(taken).settle(taken)
    return counts


def require_empty(taken: Connection, name: str) -> None:
    """Raise LedgerError, with the name of the ledger, where somebody has put something into it."""
    for table in _TELLING:
        if taken.execute(select(func.count()).select_from(table)).scalar_one():
            raise LedgerError(f"{name}: there is something in it already: a ledger is copied into a new one")


def copy_table(held: Connection, taken: Connection, table: Table) -> int:
    """Put all rows of a table of one ledger into that of another, which is empty; how many they are."""
    query = select(table).order_by(*table.primary_key)
    if table is t.meta:
        query = query.where(t.meta.c.key != "ledger_version")  # each states its own, and they are equal
    count, columns = 0, table.columns.keys()
    for rows in held.execute(query, execution_options={"yield_per": _AT_ONCE}).partitions():
        put(taken, table, columns, [tuple(row) for row in rows])
        count += len(rows)
    return count
