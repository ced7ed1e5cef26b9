"""Whether a ledger stays as it is while somebody reads it by many questions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from onrecord.errors import LedgerError
from onrecord.ledger.database import boundary
from onrecord.ledger.opened import Opened

__all__ = ["steady"]


@contextmanager
def steady(ledger: Opened) -> Iterator[None]:
    """Raises LedgerError at its end where anybody has written to the ledger since its beginning.

    Each question sees one state of the ledger; several may see several. One long transaction would see one, but would keep
    SQLite from folding its log into the file for as long as it takes: an export of 100,000 statements takes minutes.
    """
    with boundary(ledger.name):
        # A connection of its own, outside any transaction: SQLite tells it of the commits of all others.
        connection = ledger._engine.raw_connection()
    try:
        before = connection.cursor().execute("PRAGMA data_version").fetchone()
        yield
        if connection.cursor().execute("PRAGMA data_version").fetchone() != before:
            raise LedgerError(f"{ledger.name}: it was written to meanwhile, so that not all is of one state: try again")
    finally:
        connection.close()
