"""What is particular to each database that a ledger may be kept in: one module each, which nothing else looks into.

Everything else in the ledger is SQLAlchemy Core, the same for all. `database` opens a ledger and draws the boundary of
errors, `search` asks in full text; both come here for the rest.
"""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from onrecord.ledger.backends import errors
from onrecord.ledger.backends.backend import Backend, Place
from onrecord.ledger.backends.sqlite import SQLITE, SqlitePlace

__all__ = ["Backend", "Place", "backend_of", "driver_errors", "is_database", "named", "place", "reason"]

_DATABASES = ("postgresql:", "postgres:", "postgresql+psycopg:")


def is_database(ledger: Path | str) -> bool:
    """Whether a ledger is named by the address of a database and not by a file."""
    return isinstance(ledger, str) and ledger.startswith(_DATABASES)


def place(ledger: Path | str) -> Place:
    """Where the ledger of this name is kept. Raises LedgerError for an address that is none."""
    if isinstance(ledger, str) and is_database(ledger):
        # Imported only where it is wanted: its driver is an extra, and takes 0.1 s to import.
        from onrecord.ledger.backends.address import PostgresPlace

        return PostgresPlace.of(ledger)
    return SqlitePlace(ledger)


def named(ledger: Path | str) -> str:
    """What a ledger is called in messages and on pages: its path, or its address without password and options."""
    return place(ledger).name


def backend_of(bind: Connection | Engine) -> Backend:
    """What is particular to the database behind an engine or a connection."""
    if bind.dialect.name == "postgresql":
        from onrecord.ledger.backends.postgres import POSTGRES

        return POSTGRES
    return SQLITE


def reason(error: BaseException) -> str:
    """What an error of a database means to people."""
    return errors.of_sqlite(error) or errors.of_postgres(error) or str(error)


def driver_errors() -> tuple[type[BaseException], ...]:
    """What SQLAlchemy, the drivers that are loaded and the file system raise."""
    psycopg = sys.modules.get("psycopg")
    known = (SQLAlchemyError, sqlite3.Error, OSError)
    return known if psycopg is None else (*known, psycopg.Error)
