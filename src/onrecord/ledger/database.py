"""Opening the file, and the boundary where every error of SQLite and SQLAlchemy becomes a LedgerError."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, insert, inspect, select, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.pool import QueuePool, StaticPool

from onrecord.errors import LedgerError
from onrecord.ledger.migrations import migrate
from onrecord.ledger.readable import FULL_TEXT, VIEWS, full_text_ddl
from onrecord.ledger.schema import LEDGER_VERSION, meta
from onrecord.ledger.tables import METADATA

__all__ = ["BUSY_TIMEOUT", "boundary", "open_engine", "reading", "writing"]

# Seconds that a writer waits for another. A document is written in milliseconds, so only a process that was stopped in
# the middle of one, or a backup that holds the file, is ever waited for this long.
BUSY_TIMEOUT = 30.0

_APPLICATION_ID = 0x4F6E5265  # "OnRe", in the header of the file: see SQLite, PRAGMA application_id

# Pages of 4 kB in the log before it is folded into the file: 32 MB. Of SQLite's own 1,000 an article fills a tenth, and
# adding to a ledger of 100,000 statements took 79 ms on the mean instead of 67. What is committed is safe either way.
_LOG_PAGES = 8000

_MAGIC = b"SQLite format 3\0"

_REASONS = {
    "SQLITE_NOTADB": "it is not a ledger: not an SQLite file, or an encrypted one",
    "SQLITE_CORRUPT": "the file is damaged",
    "SQLITE_BUSY": f"another process kept it locked for more than {BUSY_TIMEOUT:.0f} seconds",
    "SQLITE_LOCKED": "it is locked",
    "SQLITE_READONLY": "it may not be written",
    "SQLITE_FULL": "the disk is full",
    "SQLITE_IOERR": "the disk could not be read or written",
    "SQLITE_CANTOPEN": "the file cannot be opened",
    "SQLITE_PERM": "access is not permitted",
    "SQLITE_CONSTRAINT": "the record breaks a rule of the schema",
    "SQLITE_TOOBIG": "a text is larger than SQLite stores",
    "SQLITE_NOMEM": "out of memory",
}


@contextmanager
def boundary(name: str) -> Iterator[None]:
    """Map what SQLAlchemy, sqlite3 and the file system raise to LedgerError, naming the ledger and the reason."""
    try:
        yield
    except DBAPIError as error:
        raise LedgerError(f"{name}: {_reason(error.orig)}") from error
    except (sqlite3.Error, SQLAlchemyError, OSError) as error:
        raise LedgerError(f"{name}: {_reason(error)}") from error
    except UnicodeEncodeError as error:
        raise LedgerError(f"{name}: not valid Unicode text: {error.object!r}") from error


def _reason(error: BaseException | None) -> str:
    code = str(getattr(error, "sqlite_errorname", ""))
    for family, reason in _REASONS.items():
        if code.startswith(family):
            return f"{reason} ({error})"
    return str(error)


def open_engine(path: Path | str, *, create: bool, read_only: bool) -> Engine:
    """An engine over the ledger at `path`, its schema made or checked. `":memory:"` gives one that is gone when closed.

    Raises LedgerError where there is no file and none may be made, where the file is not a ledger, or is a newer one.
    """
    with boundary(str(path)):
        engine = _engine(path, create=create and not read_only, read_only=read_only)
    try:
        with boundary(str(path)):
            _prepare(engine, str(path), create=create and not read_only, read_only=read_only)
    except LedgerError:
        engine.dispose()
        raise
    return engine


@contextmanager
def reading(engine: Engine, name: str) -> Iterator[Connection]:
    """A connection that sees the ledger as of one instant, whatever others write meanwhile."""
    with boundary(name), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine, name: str) -> Iterator[Connection]:
    """A transaction that is alone in writing from its first line: it waits for its turn, and commits all or nothing."""
    with boundary(name), engine.connect() as connection:
        connection.execution_options(begin="BEGIN IMMEDIATE")
        with connection.begin():
            yield connection


def _refuse_foreign(location: Path) -> None:
    """SQLite takes a file shorter than its header for an empty database, and would write over it."""
    with boundary(str(location)), location.open("rb") as file:
        start = file.read(len(_MAGIC))
    if start not in (b"", _MAGIC):
        raise LedgerError(f"{location}: it is not a ledger: not an SQLite file")


def _at_rest(location: Path) -> bool:
    """Whether a ledger lies where this process can make no file beside it, as on a published disk, and has no log.

    SQLite keeps its log and locks in files beside the database and cannot open one in this mode without them, unless it
    is told that nobody writes.
    """
    log = location.with_name(location.name + "-wal")
    return not os.access(location.absolute().parent, os.W_OK) and not log.exists()


def _engine(path: Path | str, *, create: bool, read_only: bool) -> Engine:
    if str(path) == ":memory:":
        target, shared = ":memory:", True
    else:
        location = Path(path)
        if location.is_dir():
            raise LedgerError(f"{path}: it is a folder")
        if location.exists():
            _refuse_foreign(location)
        elif not create:
            raise LedgerError(f"{path}: there is no such ledger")
        elif not location.absolute().parent.is_dir():
            raise LedgerError(f"{path}: there is no folder {location.absolute().parent}")
        mode = "ro" if read_only else "rwc" if create else "rw"
        target, shared = f"{location.absolute().as_uri()}?mode={mode}", False
        if read_only and _at_rest(location):
            target += "&immutable=1"

    def connect() -> sqlite3.Connection:
        # Isolation level None: this package begins its transactions itself, so that a writer can ask for its turn
        # first.
        connection = sqlite3.connect(
            target, uri=True, timeout=BUSY_TIMEOUT, isolation_level=None, check_same_thread=False
        )
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            if read_only:
                connection.execute("PRAGMA query_only = ON")
            else:
                connection.execute(f"PRAGMA wal_autocheckpoint = {_LOG_PAGES}")
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    # A web server reads from as many threads as it has; each takes a connection of its own from the pool.
    pool: dict[str, Any] = (
        {"poolclass": StaticPool} if shared else {"poolclass": QueuePool, "pool_size": 5, "max_overflow": 60}
    )
    engine = create_engine("sqlite://", creator=connect, **pool)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))

    return engine


def _prepare(engine: Engine, name: str, *, create: bool, read_only: bool) -> None:
    with engine.connect() as connection:
        version = _version(connection, name)
    if version is None:
        if not create:
            raise LedgerError(f"{name}: it is not a ledger: the file is empty")
        _use_wal(engine)
        with engine.connect() as connection:
            connection.execution_options(begin="BEGIN IMMEDIATE")
            with connection.begin():
                # Two processes may have found no ledger at the same time; the second finds the work done.
                version = _version(connection, name)
                if version is None:
                    _make(connection)
                    version = LEDGER_VERSION
    if version > LEDGER_VERSION:
        raise LedgerError(
            f"{name}: written by a newer Onrecord (ledger version {version}; this one reads {LEDGER_VERSION})"
        )
    if version < LEDGER_VERSION:
        if read_only:
            raise LedgerError(f"{name}: written by an older Onrecord: adding to it once brings it up to date")
        with engine.connect() as connection:
            connection.execution_options(begin="BEGIN IMMEDIATE")
            with connection.begin():
                # Another process may have brought it up to date while this one waited for its turn.
                version = _version(connection, name)
                if version is not None and version < LEDGER_VERSION:
                    migrate(connection, version)


def _version(connection: Connection, name: str) -> int | None:
    """The version that the ledger's own `meta` table states; None for a file without any table."""
    tables = inspect(connection).get_table_names()
    if not tables:
        return None
    stated = None
    if meta.name in tables:
        stated = connection.execute(select(meta.c.value).where(meta.c.key == "ledger_version")).scalar()
    if stated is None or not stated.isdecimal():
        raise LedgerError(f"{name}: it is not a ledger: an SQLite file of something else")
    return int(stated)


def _use_wal(engine: Engine) -> None:
    """Readers never wait for the writer, nor it for them. The mode is a property of the file and stays with it."""
    deadline = time.monotonic() + BUSY_TIMEOUT
    with engine.connect() as connection:
        raw = connection.connection.cursor()
        while True:
            try:
                raw.execute("PRAGMA journal_mode = WAL")
                return
            except sqlite3.OperationalError as error:
                # SQLite does not wait here as it does elsewhere when another process changes the mode at the same time.
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                    raise
                time.sleep(0.01)


def _make(connection: Connection) -> None:
    METADATA.create_all(connection)
    for view, query in VIEWS.items():
        connection.execute(text(f"CREATE VIEW {view} AS {query}"))
    for table, columns in FULL_TEXT.items():
        for statement in full_text_ddl(table, columns):
            connection.exec_driver_sql(statement)
    connection.exec_driver_sql(f"PRAGMA application_id = {_APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {LEDGER_VERSION}")
    connection.execute(insert(meta), [{"key": "ledger_version", "value": str(LEDGER_VERSION)}])
