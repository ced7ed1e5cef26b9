"""An accounts file: an SQLite file of its own that only its owner may read, beside the ledger and never inside it.

A ledger is handed on, published and opened in other tools; who may correct it is nobody's business there.
"""

from __future__ import annotations

import os
import sqlite3
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from threading import RLock
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.pool import QueuePool, StaticPool

from onrecord.errors import AccountsError
from onrecord.views.accounts.tables import METADATA, TRIGGERS

__all__ = ["Store"]

_APPLICATION_ID = 0x4F6E4163  # "OnAc", in the header of the file: see SQLite, PRAGMA application_id
_VERSION = 1
_MAGIC = b"SQLite format 3\0"
_BUSY = 10.0  # seconds to wait for another process that writes
_OWN = 0o600


class Store:
    """The open file. `clock` gives seconds since 1970."""

    def __init__(self, engine: Engine, name: str, *, lock: RLock | None = None) -> None:
        self._engine = engine
        self._lock = lock
        self.name = name
        self.clock: Callable[[], float] = time.time

    @classmethod
    def open(cls, path: Path, *, create: bool = False) -> Store:
        """The accounts in the file `path`, made (for its owner alone) if there is none and `create`.

        Raises AccountsError where there is none and none may be made, where there is something else, one of a newer
        version, or one that others may read.
        """
        try:
            made = create and _make(path)
            if not made:
                _refuse_foreign(path)
        except OSError as error:
            raise AccountsError(f"{path}: {error.strerror or error}") from error
        target = f"{path.absolute().as_uri()}?mode=rw"
        store = cls(_engine(target, {"poolclass": QueuePool, "pool_size": 5, "max_overflow": 60}), str(path))
        try:
            if made:
                store._fill()
            store._refuse_other()
        except AccountsError:
            store.close()
            raise
        return store

    @classmethod
    def in_memory(cls) -> Store:
        """Accounts that are gone when they are closed."""
        store = cls(_engine(":memory:", {"poolclass": StaticPool}), "accounts in memory", lock=RLock())
        store._fill()
        return store

    def close(self) -> None:
        with _boundary(self.name):
            self._engine.dispose()

    def now(self) -> str:
        """The time as it is written: ISO 8601 in UTC, to the second."""
        return datetime.fromtimestamp(self.clock(), UTC).isoformat("T", "seconds")

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with self._connection(writes=False) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is alone in writing, commits all or nothing, and is on the disk when it ends."""
        with self._connection(writes=True) as connection:
            yield connection

    @contextmanager
    def _connection(self, *, writes: bool) -> Iterator[Connection]:
        # In memory all threads share one connection.
        with self._lock or nullcontext(), _boundary(self.name), self._engine.connect() as connection:
            connection.execution_options(writes=writes)
            with connection.begin():
                yield connection

    def _fill(self) -> None:
        with self.writing() as connection:
            METADATA.create_all(connection)
            for trigger in TRIGGERS:
                connection.execute(text(trigger))
            connection.execute(text(f"PRAGMA application_id = {_APPLICATION_ID}"))
            connection.execute(text(f"PRAGMA user_version = {_VERSION}"))

    def _refuse_other(self) -> None:
        with self.reading() as connection:
            application, version = (
                connection.execute(text(f"PRAGMA {name}")).scalar_one() for name in ("application_id", "user_version")
            )
        if application != _APPLICATION_ID:
            raise AccountsError(f"{self.name}: it is not a file of accounts")
        if version > _VERSION:
            raise AccountsError(f"{self.name}: written by a newer Onrecord (accounts of version {version})")


def _make(path: Path) -> bool:
    """Make the file for its owner alone; whether there was none."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, _OWN))
    except FileExistsError:
        return False
    return True


def _refuse_foreign(path: Path) -> None:
    """What is no accounts file, and one that others than its owner may read or write."""
    if not path.exists():
        raise AccountsError(f"{path}: there are no such accounts: onrecord accounts add {path} NAME --role ROLE")
    if not path.is_file():
        raise AccountsError(f"{path}: it is not a file of accounts")
    mode = stat.S_IMODE(path.stat().st_mode)
    if os.name == "posix" and mode & 0o077:
        raise AccountsError(f"{path}: others than its owner may open it (mode {mode:04o}): chmod 600 {path}")
    with path.open("rb") as file:
        if file.read(len(_MAGIC)) != _MAGIC:
            raise AccountsError(f"{path}: it is not a file of accounts")


@contextmanager
def _boundary(name: str) -> Iterator[None]:
    """Map what SQLAlchemy and SQLite raise to AccountsError, naming the file and the reason."""
    try:
        yield
    except DBAPIError as error:
        raise AccountsError(f"{name}: {error.orig}") from error
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        raise AccountsError(f"{name}: {error}") from error
    except UnicodeEncodeError as error:
        raise AccountsError(f"{name}: not valid Unicode text: {error.object!r}") from error


def _engine(target: str, pool: dict[str, Any]) -> Engine:
    def connect() -> sqlite3.Connection:
        # Isolation level None: transactions are begun here, so that a writer can ask for its turn first.
        connection = sqlite3.connect(target, uri=True, timeout=_BUSY, isolation_level=None, check_same_thread=False)
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            if target != ":memory:":
                connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    engine = create_engine("sqlite://", creator=connect, **pool)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine
