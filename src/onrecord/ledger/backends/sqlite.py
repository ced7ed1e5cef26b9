"""A ledger in one SQLite file: in WAL, so that readers never wait for the writer, nor it for them."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, event, inspect
from sqlalchemy.dialects import sqlite
from sqlalchemy.pool import QueuePool, StaticPool

from onrecord.errors import LedgerError
from onrecord.ledger.backends import backend
from onrecord.ledger.backends.backend import Finding
from onrecord.ledger.backends.sqlite_file import copy_file, file_findings, mended_indexes
from onrecord.ledger.backends.sqlite_text import SqliteText, full_text_ddl
from onrecord.ledger.batches import BATCH
from onrecord.ledger.readable import FULL_TEXT

__all__ = ["SQLITE", "Sqlite", "SqlitePlace"]

_APPLICATION_ID = 0x4F6E5265  # "OnRe", in the header of the file: see SQLite, PRAGMA application_id

# Pages of 4 kB in the log before it is folded into the file: 32 MB. Of SQLite's own 1,000 an article fills a tenth, and
# adding to a ledger of 100,000 statements took 79 ms on the mean instead of 67. What is committed is safe either way.
_LOG_PAGES = 8000

# Kilobytes of the file that a connection which may write keeps in memory. Keys that are hashes go all over their indexes:
# with SQLite's own 2,000 a batch of articles writes the same pages to the log again and again.
_CACHE = 65_536

# The same of one that writes much. Pages that a batch alters and for which there is no room are written to the log, read and
# written again. For 1,600 articles put into a ledger of 718,000 statements 6.3 GB of the file were read and not 9.0, 3.6 GB
# written and not 4.1, and a tenth more put in in the same time; with twice as much room no more than that.
_CACHE_FOR_MUCH = 262_144

# Statements that a connection keeps compiled. Python's own 128 are too few for the shapes in which rows are put.
_STATEMENTS = 1024

_ROWS = 64  # in one statement at most; twice as many take as long a row
_names = sqlite.dialect().identifier_preparer

_MAGIC = b"SQLite format 3\0"


@dataclass(frozen=True, slots=True)
class SqlitePlace:
    """A file; `":memory:"` is gone when its engine is disposed of."""

    path: Path | str

    @property
    def name(self) -> str:
        return str(self.path)

    def engine(self, *, create: bool, read_only: bool) -> Engine:
        path = self.path
        if str(path) == ":memory:":
            return _engine(":memory:", shared=True, read_only=read_only)
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
        target = f"{location.absolute().as_uri()}?mode={mode}"
        if location.exists() and not os.access(location.absolute().parent, os.W_OK):
            at_rest = _at_rest(location)
            if at_rest and read_only:
                target += "&immutable=1"
        return _engine(target, shared=False, read_only=read_only)

    def may_write(self) -> bool:
        # SQLite makes files of its own beside the database.
        path = Path(self.path)
        return os.access(path, os.W_OK) and os.access(path.absolute().parent, os.W_OK)

    def spare(self, version: int) -> Path | None:
        if str(self.path) == ":memory:":
            return None
        path = Path(self.path)
        names = (f"{path.name}.version-{version}{f'-{again}' if again else ''}" for again in count())
        return next(spare for name in names if not (spare := path.with_name(name)).exists())


def _refuse_foreign(location: Path) -> None:
    """SQLite takes a file shorter than its header for an empty database, and would write over it."""
    with location.open("rb") as file:
        start = file.read(len(_MAGIC))
    if start not in (b"", _MAGIC):
        raise LedgerError(f"{location}: it is not a ledger: not an SQLite file")


def _at_rest(location: Path) -> bool:
    """Whether a ledger that lies where this process can make no file beside it, as on a published disk, has no log.

    SQLite keeps its log and locks in files beside the database. Where it can make none it uses those that are there, or must
    be told that nobody writes; and then it does not look into a log, which holds what was written last. Raises LedgerError
    where there is a log without what SQLite needs to read it.
    """
    log, locks = (location.with_name(f"{location.name}-{name}") for name in ("wal", "shm"))
    if log.exists() and not locks.exists():
        raise LedgerError(
            f"{location}: its log is not folded in, and nothing may be written in its folder: "
            "ask it something where it may be written first"
        )
    return not log.exists()


def _engine(target: str, *, shared: bool, read_only: bool) -> Engine:
    def connect() -> sqlite3.Connection:
        # Isolation level None: this package begins its transactions itself, so that a writer can ask for its turn
        # first.
        connection = sqlite3.connect(
            target,
            uri=True,
            timeout=backend.BUSY_TIMEOUT,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=_STATEMENTS,
        )
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            if read_only:
                connection.execute("PRAGMA query_only = ON")
            else:
                # On the disk before a commit is told: SQLite's own default, which a build of it may have changed.
                connection.execute("PRAGMA synchronous = FULL")
                connection.execute(f"PRAGMA wal_autocheckpoint = {_LOG_PAGES}")
                connection.execute(f"PRAGMA cache_size = -{_CACHE}")
                # What a statement needs to take itself back: a copy of each page that it alters. In a file beside the
                # temporary ones that was more than twice what a batch of articles writes to the ledger.
                connection.execute("PRAGMA temp_store = MEMORY")
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
        options = connection.get_execution_options()
        much = options.get(backend.MUCH, False)
        if much != connection.info.get(backend.MUCH, False):
            connection.exec_driver_sql(f"PRAGMA cache_size = -{_CACHE_FOR_MUCH if much else _CACHE}")
            connection.info[backend.MUCH] = much
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get(backend.WRITES, False) else "BEGIN")

    return engine


@lru_cache(maxsize=1024)
def _insert(table: Table, columns: tuple[str, ...], rows: int) -> str:
    row = f"({', '.join('?' * len(columns))})"
    quoted = ", ".join(_names.quote(column) for column in columns)
    return f"INSERT INTO {_names.format_table(table)} ({quoted}) VALUES {', '.join([row] * rows)}"


class Sqlite:
    """See `Backend`."""

    full_text = SqliteText()
    something_else = "an SQLite file of something else"
    nothing = "the file is empty"
    made = frozenset(
        [f"{table}_fts{part}" for table in FULL_TEXT for part in ("", "_insert", "_delete", "_update")]
        + [f"corrections_only_added_{on}" for on in ("update", "delete", "insert")]
    )

    def tables(self, connection: Connection) -> set[str]:
        return set(inspect(connection).get_table_names())

    def prepare(self, engine: Engine, name: str) -> None:
        """Readers never wait for the writer, nor it for them. The mode is a property of the file and stays with it."""
        deadline = time.monotonic() + backend.BUSY_TIMEOUT
        with engine.connect() as connection:
            raw = connection.connection.cursor()
            while True:
                try:
                    raw.execute("PRAGMA journal_mode = WAL")
                    return
                except sqlite3.OperationalError as error:
                    # SQLite does not wait here as it does elsewhere when another process changes the mode at the same
                    # time.
                    if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                        raise
                    time.sleep(0.01)

    def make(self, connection: Connection, name: str) -> None:
        connection.exec_driver_sql(f"PRAGMA application_id = {_APPLICATION_ID}")

    def finish(self, connection: Connection) -> None:
        for table, columns in FULL_TEXT.items():
            for statement in full_text_ddl(table, columns):
                connection.exec_driver_sql(statement)

    def stamp(self, connection: Connection, version: int) -> None:
        connection.exec_driver_sql(f"PRAGMA user_version = {version}")

    def put(
        self, connection: Connection, table: Table, columns: tuple[str, ...], rows: Collection[Sequence[Any]]
    ) -> None:
        """One statement brings many rows: half the time, a quarter where full text is kept, since what SQLite does once a
        statement (triggers, the highest number of a table) it does once for all of them."""
        listed = rows if isinstance(rows, list) else list(rows)
        size = _ROWS
        while size * len(columns) > BATCH:
            size //= 2
        start = 0
        # Sizes by halves: a few statements a table, which the connection keeps compiled.
        while start < len(listed):
            while size > len(listed) - start:
                size //= 2
            some = listed[start : start + size]
            connection.exec_driver_sql(_insert(table, columns, size), tuple(chain.from_iterable(some)))
            start += size

    def numbers(self, connection: Connection, table: Table, count: int) -> Sequence[int]:
        # AUTOINCREMENT goes on from here, whether it or the one who inserts chose the last number.
        query = "SELECT seq FROM sqlite_sequence WHERE name = ?"
        last = connection.exec_driver_sql(query, (table.name,)).scalar() or 0
        return range(last + 1, last + 1 + count)

    def defer(self, connection: Connection) -> None:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")

    def settle(self, connection: Connection) -> None:
        pass  # AUTOINCREMENT goes on from the highest number, whoever chose it

    @contextmanager
    def steady(self, engine: Engine, name: str) -> Iterator[None]:
        # One long transaction would see one state, but would keep SQLite from folding its log into the file for as long as
        # it takes: an export of 100,000 statements takes minutes. A connection of its own, outside any transaction, is told
        # of the commits of all others.
        connection = engine.raw_connection()
        try:
            before = connection.cursor().execute("PRAGMA data_version").fetchone()
            yield
            if connection.cursor().execute("PRAGMA data_version").fetchone() != before:
                raise LedgerError(f"{name}: it was written to meanwhile, so that not all is of one state: try again")
        finally:
            connection.close()

    @contextmanager
    def apart(self, engine: Engine) -> Iterator[Engine]:
        # A transaction that lasted as long as the looking would keep the log from being folded in, and a full-text index is
        # checked under the lock of a writer: so a copy is looked at. It takes a second a gigabyte, and its room.
        with TemporaryDirectory(prefix="onrecord-") as folder:
            copy = Path(folder) / "ledger.db"
            copy_file(engine, copy)
            apart = _engine(f"{copy.as_uri()}?mode=rw", shared=False, read_only=False)
            try:
                yield apart
            finally:
                apart.dispose()

    def objects(self, connection: Connection) -> set[str]:
        return set(connection.exec_driver_sql("SELECT name FROM sqlite_master").scalars())

    def findings(self, connection: Connection) -> Iterator[Finding]:
        return file_findings(connection, [f"{table}_fts" for table in FULL_TEXT])

    def mend(self, engine: Engine) -> None:
        mended_indexes(engine)

    def copy_file(self, engine: Engine, target: Path) -> bool:
        copy_file(engine, target)
        return True


SQLITE = Sqlite()
