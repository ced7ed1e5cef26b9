"""The ledger's tests on another database than SQLite: with ONRECORD_TEST_DATABASE set to the address of a PostgreSQL server,
each ledger that a test opens by a path, or in memory, is one in a schema of its own there.

A schema is made once and emptied for the next ledger, since making one takes 0.2 s. All are dropped at the end.
"""

from __future__ import annotations

import atexit
import os
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, event

from onrecord.errors import LedgerError
from onrecord.ledger import backends
from onrecord.ledger.backends.sqlite import SqlitePlace
from onrecord.ledger.tables import METADATA

__all__ = ["ELSEWHERE", "Schemas", "install", "sqlite_only"]

ELSEWHERE = os.environ.get("ONRECORD_TEST_DATABASE")
"""The address of the server, if the tests are to run on one."""

sqlite_only = pytest.mark.skipif(ELSEWHERE is not None, reason="of SQLite's own files, not of what a ledger means")
"""Marks tests of what only SQLite has: a file, its log, its pragmas."""


class Schemas:
    """Schemas on a server, for ledgers that come and go."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._admin = create_engine(backends.place(address).url.set(drivername="postgresql+psycopg"),  # type: ignore[attr-defined]
                                    isolation_level="AUTOCOMMIT")  # fmt: skip
        self._made: list[str] = []
        self._free: list[str] = []
        self._of_path: dict[str, str] = {}
        atexit.register(self._drop)

    def engine(self, path: Path | str, *, create: bool, read_only: bool) -> Engine:
        """An engine over the schema that stands for `path`; for ":memory:" over one that is free again when it is closed."""
        if str(path) == ":memory:":
            schema = self._take()
            engine = self._engine(schema, create=create, read_only=read_only)
            event.listen(engine, "engine_disposed", lambda _: self._give_back(schema))
            return engine
        place = str(Path(path).absolute())
        if place not in self._of_path:
            if not create:
                raise LedgerError(f"{path}: there is no such ledger")
            self._of_path[place] = self._take()
        return self._engine(self._of_path[place], create=create, read_only=read_only)

    def forget(self, folder: Path) -> None:
        """What was under this folder is gone."""
        for place in [place for place in self._of_path if Path(place).is_relative_to(folder)]:
            self._give_back(self._of_path.pop(place))

    def _engine(self, schema: str, *, create: bool, read_only: bool) -> Engine:
        joint = "&" if "?" in self.address else "?"
        return backends.place(f"{self.address}{joint}schema={schema}").engine(create=create, read_only=read_only)

    def _take(self) -> str:
        if self._free:
            return self._free.pop()
        self._made.append(f"test_{os.getpid()}_{len(self._made)}")
        return self._made[-1]

    def _give_back(self, schema: str) -> None:
        if schema in self._free:
            return
        empty = [f'DELETE FROM {schema}."{name}"' for name in METADATA.tables if name != "meta"]
        empty.append(f"DELETE FROM {schema}.meta WHERE key != 'ledger_version'")
        numbers = (
            "SELECT setval(s.oid::regclass, 1, false) FROM pg_class AS s "
            f"WHERE s.relkind = 'S' AND s.relnamespace = '{schema}'::regnamespace"
        )
        with suppress(Exception), self._admin.connect() as connection:  # one that cannot be emptied is not used again
            # The log of corrections refuses to be emptied, and references need no checking where all goes.
            settings = "SET lock_timeout = '3s'; SET session_replication_role = replica"
            connection.exec_driver_sql("; ".join([settings, *empty, numbers, "RESET session_replication_role"]))
            self._free.append(schema)

    def _drop(self) -> None:
        with suppress(Exception), self._admin.connect() as connection:  # the server may have gone before
            for schema in self._made:
                connection.exec_driver_sql(f"DROP SCHEMA IF EXISTS {schema} CASCADE")


def install() -> Schemas | None:
    """Keep ledgers of files on the server, if there is to be one."""
    if ELSEWHERE is None:
        return None
    schemas = Schemas(ELSEWHERE)

    class Instead(SqlitePlace):
        def engine(self, *, create: bool, read_only: bool) -> Engine:
            return schemas.engine(self.path, create=create, read_only=read_only)

    backends.SqlitePlace = Instead  # type: ignore[misc]
    return schemas
