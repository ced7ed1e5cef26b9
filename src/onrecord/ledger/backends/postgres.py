"""A ledger in a schema of a PostgreSQL database: for a team, with many who read and several processes that add.

Every reading transaction sees one instant (REPEATABLE READ) and waits for nobody. Those that write take their turn by a
lock that bears the schema's name, in the order in which they asked for it; the lock goes with the transaction, whatever
becomes of the process. Reading articles, which takes most of the time of adding, is not part of that turn.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from types import MappingProxyType
from typing import Any
from zlib import crc32

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event
from sqlalchemy.pool import QueuePool

from onrecord.errors import LedgerError
from onrecord.ledger.backends import backend
from onrecord.ledger.backends.backend import Finding
from onrecord.ledger.backends.dialect import NAME
from onrecord.ledger.backends.postgres_text import POSTGRES_TEXT, full_text_ddl, words_ddl
from onrecord.ledger.readable import FULL_TEXT
from onrecord.ledger.tables import METADATA

__all__ = ["POSTGRES", "Postgres", "connected", "may_write"]

# Below it a function cannot be written in SQL that the server has understood when it is made.
_OLDEST = 14

# "OnRe": the first half of the name of a lock, so that it is nobody else's. The second is made of the schema's name.
_LOCKS = 0x4F6E5265

# The snapshots that this thread's questions look at, by engine, while a ledger is to be `steady`.
_HELD: ContextVar[Mapping[int, str]] = ContextVar("_HELD", default=MappingProxyType({}))

# By code point, whatever the server's language is: what knows the letters of all languages, the best first.
_COLLATIONS = ("pg_c_utf8", "und-x-icu", "C.utf8", "C.UTF-8", "en_US.utf8", "en_US.UTF-8")

# Offsets are of 64 bits, as all whole numbers of a ledger are; the server's own function takes those of 32 alone.
_SUBSTR = """CREATE FUNCTION substr(whole text, start bigint, length bigint) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN pg_catalog.substr(whole, start::int, length::int)"""


def connected(url: URL, schema: str, *, read_only: bool) -> Engine:
    """An engine over a schema, which may not be there yet."""
    # The transactions are begun here, as those of SQLite are: what the driver would begin knows nothing of turns.
    engine = create_engine(
        url.set(drivername=f"postgresql+{NAME}"),
        isolation_level="AUTOCOMMIT",
        poolclass=QueuePool,
        pool_size=5,
        max_overflow=15,  # of the hundred connections that a server takes by default
        pool_pre_ping=True,  # a server that was restarted meanwhile is asked anew
    )
    lock = crc32(schema.encode()) - 2**31
    path = '"' + schema.replace('"', '""') + '"'

    @event.listens_for(engine, "connect")
    def connect(raw: object, _: object) -> None:
        with raw.cursor() as cursor:  # type: ignore[attr-defined]
            cursor.execute(f"SET search_path TO {path}")
            # To compile a question takes longer than to answer it.
            cursor.execute("SET jit TO off")
            if read_only:
                cursor.execute("SET default_transaction_read_only TO on")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if not connection.get_execution_options().get(backend.WRITES, False):
            connection.exec_driver_sql("BEGIN ISOLATION LEVEL REPEATABLE READ")
            if (snapshot := _HELD.get().get(id(engine))) is not None:
                connection.exec_driver_sql(f"SET TRANSACTION SNAPSHOT '{snapshot}'")
            return
        # Not a snapshot from before its turn: what it sees is what those before it have written.
        connection.exec_driver_sql("BEGIN ISOLATION LEVEL READ COMMITTED")
        wait = int(backend.BUSY_TIMEOUT * 1000)
        connection.exec_driver_sql(
            f"SELECT set_config('lock_timeout', '{wait}', true), pg_advisory_xact_lock({_LOCKS}, {lock})"
        )

    return engine


def may_write(engine: Engine) -> bool:
    """Whether this user may add to the ledger on this server, which may be the copy of another one."""
    query = "SELECT has_table_privilege('documents', 'INSERT, DELETE') AND NOT pg_is_in_recovery()"
    with engine.connect() as connection:
        return bool(connection.exec_driver_sql(query).scalar_one())


def _schema(connection: Connection) -> str:
    """The schema's name as a statement writes it."""
    path = str(connection.exec_driver_sql("SHOW search_path").scalar_one())
    return path.replace("%", "%%")  # which would begin a parameter


class Postgres:
    """See `Backend`."""

    full_text = POSTGRES_TEXT
    something_else = "a schema of something else"
    nothing = "there is nothing in this schema"
    made = frozenset(
        [f"ix_{table}_words" for table in FULL_TEXT] + ["corrections_only_added", "corrections_never_emptied"]
    )

    def tables(self, connection: Connection) -> set[str]:
        query = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
        return set(connection.exec_driver_sql(query).scalars())

    def prepare(self, engine: Engine, name: str) -> None:
        with engine.connect() as connection:
            version = int(connection.exec_driver_sql("SHOW server_version_num").scalar_one()) // 10_000
            encoding = connection.exec_driver_sql("SHOW server_encoding").scalar_one()
            if version < _OLDEST:
                raise LedgerError(f"{name}: PostgreSQL {version} is too old: a ledger needs {_OLDEST} or newer")
            if encoding != "UTF8":
                raise LedgerError(
                    f"{name}: the database stores text as {encoding}: a ledger needs UTF8 (createdb -E UTF8 -T template0)"
                )

    def make(self, connection: Connection, name: str) -> None:
        # Asked first: CREATE SCHEMA IF NOT EXISTS needs the right to make one even where there is one.
        if connection.exec_driver_sql("SELECT current_schema()").scalar() is None:
            connection.exec_driver_sql(f"CREATE SCHEMA {_schema(connection)}")
        known = set(connection.exec_driver_sql("SELECT collname FROM pg_collation").scalars())
        collation = next((name for name in _COLLATIONS if name in known), None)
        if collation is None:
            raise LedgerError(f"{name}: the server knows none of the collations {', '.join(_COLLATIONS)}")
        for statement in (_SUBSTR, *words_ddl(collation)):
            connection.exec_driver_sql(statement)

    def finish(self, connection: Connection) -> None:
        for table, columns in FULL_TEXT.items():
            for statement in full_text_ddl(table, columns):
                connection.exec_driver_sql(statement)

    def stamp(self, connection: Connection, version: int) -> None:
        schema = _schema(connection)
        connection.exec_driver_sql(f"COMMENT ON SCHEMA {schema} IS 'A ledger of Onrecord, version {version}'")

    def put(
        self, connection: Connection, table: Table, columns: tuple[str, ...], rows: Collection[Sequence[Any]]
    ) -> None:
        quote = connection.dialect.identifier_preparer.quote
        into = f"COPY {quote(table.name)} ({', '.join(map(quote, columns))}) FROM STDIN"
        raw: Any = connection.connection.driver_connection
        with raw.cursor() as cursor, cursor.copy(into) as copy:
            for row in rows:
                copy.write_row(row)

    def numbers(self, connection: Connection, table: Table, count: int) -> Sequence[int]:
        # The numbers up to the last of these are nobody else's from now on, even if what is done with them is taken back.
        last = connection.exec_driver_sql(
            f"SELECT setval(s, nextval(s) + {count - 1}) FROM pg_get_serial_sequence('{table.name}', 'id') AS s"
        ).scalar_one()
        return range(last - count + 1, last + 1)

    def defer(self, connection: Connection) -> None:
        pass  # see LedgerDialect: references within a document are always checked at the end

    def settle(self, connection: Connection) -> None:
        numbered = [table for table in METADATA.sorted_tables if table.autoincrement_column is not None]
        for table in numbered:
            connection.exec_driver_sql(
                f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), max(id)) FROM {table.name} HAVING count(*) > 0"
            )
        # The server plans by what it last counted, and would count these tables only minutes from now.
        connection.exec_driver_sql(f"ANALYZE {', '.join(table.name for table in METADATA.sorted_tables)}")

    @contextmanager
    def steady(self, engine: Engine, name: str) -> Iterator[None]:
        """Whatever is asked by this thread meanwhile is answered from the state that was there at the beginning.

        Nobody waits for it; the server only keeps longer what others delete.
        """
        with engine.connect() as connection, connection.begin():
            snapshot = connection.exec_driver_sql("SELECT pg_export_snapshot()").scalar_one()
            held = _HELD.set({**_HELD.get(), id(engine): snapshot})
            try:
                yield
            finally:
                _HELD.reset(held)

    @contextmanager
    def apart(self, engine: Engine) -> Iterator[Engine]:
        with self.steady(engine, ""):
            yield engine

    def objects(self, connection: Connection) -> set[str]:
        relations = "SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace"
        triggers = "SELECT tgname FROM pg_trigger JOIN pg_class AS c ON c.oid = tgrelid WHERE c.relnamespace = "
        query = f"{relations} UNION ALL {triggers} current_schema()::regnamespace"
        return set(connection.exec_driver_sql(query).scalars())

    def findings(self, connection: Connection) -> Iterator[Finding]:
        """References are held to by the server, and words are computed by it.

        Pages are the server's own to check (`initdb --data-checksums`, `pg_amcheck`).
        """
        invalid = (
            "SELECT indexrelid::regclass::text FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid WHERE "
        )
        mine = "c.relnamespace = current_schema()::regnamespace AND NOT i.indisvalid"
        for name in connection.exec_driver_sql(invalid + mine).scalars():
            yield Finding(name, "the index is not valid")

    def mend(self, engine: Engine) -> None:
        pass  # what a query finds does not depend on an index that is not valid

    def copy_file(self, engine: Engine, target: Path) -> bool:
        return False


POSTGRES = Postgres()
