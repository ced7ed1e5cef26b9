"""The file of an SQLite ledger as a whole: a copy of it as of one instant, and what SQLite finds wrong with it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from onrecord.ledger.backends.backend import Finding
from onrecord.ledger.backends.errors import of_sqlite

__all__ = ["copy_file", "file_findings", "mended_indexes"]

_MOST = 100  # findings of each kind; a file that has more is not read to its end


def copy_file(engine: Engine, target: Path) -> None:
    """Write the ledger behind `engine`, as of one instant, to the file `target`: whole or not at all.

    Whoever reads or writes the ledger meanwhile does not wait: the copy is made under one reading transaction. The file is
    on the disk, and not only in the system's memory, before it bears its name. What SQLite and the system raise goes on.
    """
    part = target.with_name(f".{target.name}.part")
    part.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(part)) as copy:
            raw = engine.raw_connection()
            try:
                source = raw.driver_connection
                assert isinstance(source, sqlite3.Connection)
                source.backup(copy)
            finally:
                raw.close()
            # A file that is moved about should be one: its readers turn the log on again when they write.
            copy.execute("PRAGMA journal_mode = DELETE").fetchone()
        _flush(part)
        part.replace(target)
        _flush(target.absolute().parent)
    finally:
        part.unlink(missing_ok=True)


def _flush(path: Path) -> None:
    if os.name == "nt" and path.is_dir():  # where a folder cannot be opened
        return
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def file_findings(connection: Connection, full_text: list[str]) -> Iterator[Finding]:
    """What SQLite finds wrong with its pages, its references, and these full-text indexes, which it must be allowed to
    write: the check of an index is written as an insertion into it."""
    try:
        for (found,) in connection.exec_driver_sql(f"PRAGMA integrity_check({_MOST})").fetchall():
            if found != "ok":
                yield Finding("the file", str(found).replace("\n", " "))
        for row in connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(_MOST):
            yield Finding(str(row[0]), f"row {row[1]} belongs to a row of {row[2]} that is not there")
    except DBAPIError as error:
        yield Finding("the file", of_sqlite(error.orig or error) or str(error.orig))
    for name in full_text:
        try:
            # With rank 1 the index is also held against the table that it indexes.
            connection.exec_driver_sql(f"INSERT INTO {name} ({name}, rank) VALUES ('integrity-check', 1)")
        except DBAPIError as error:
            yield Finding(name, f"the index does not hold the words of its table ({error.orig})")


def mended_indexes(engine: Engine) -> None:
    """Make the indexes of a copy anew from its tables, so that what is read by them is what the tables hold. One that cannot
    be made stays as it is."""
    with engine.connect() as connection:
        raw = connection.connection.cursor()
        names = [row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'index'").fetchall()]
        for name in names:
            try:
                raw.execute(f'REINDEX "{name}"')
            except sqlite3.DatabaseError:
                continue
