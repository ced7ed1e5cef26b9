"""Opening a ledger, wherever it is kept, and the boundary where every error of its database becomes a LedgerError."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

from sqlalchemy import Connection, Engine, insert, select, text
from sqlalchemy.exc import DBAPIError

from onrecord.errors import LedgerError
from onrecord.ledger.backends import Place, backend_of, driver_errors, place, reason
from onrecord.ledger.backends.backend import MUCH, WRITES
from onrecord.ledger.migrations import migrate
from onrecord.ledger.readable import VIEWS
from onrecord.ledger.schema import LEDGER_VERSION, meta
from onrecord.ledger.tables import METADATA

_LOG = logging.getLogger(__name__)

__all__ = ["boundary", "may_write", "open_engine", "reading", "writing"]


@contextmanager
def boundary(name: str) -> Iterator[None]:
    """Map what SQLAlchemy, the database and the file system raise to LedgerError, naming the ledger and the reason."""
    try:
        yield
    except DBAPIError as error:
        raise LedgerError(f"{name}: {reason(error.orig or error)}") from error
    except driver_errors() as error:
        raise LedgerError(f"{name}: {reason(error)}") from error
    except UnicodeEncodeError as error:
        raise LedgerError(f"{name}: not valid Unicode text: {error.object!r}") from error


def open_engine(ledger: Path | str, *, create: bool, read_only: bool) -> Engine:
    """An engine over the ledger at `ledger` (see `Opened.open`), its schema made or checked.

    Raises LedgerError where there is no ledger and none may be made, where there is something else, or a newer one.
    """
    at = place(ledger)
    with boundary(at.name):
        engine = at.engine(create=create and not read_only, read_only=read_only)
    try:
        with boundary(at.name):
            _prepare(engine, at, create=create and not read_only, read_only=read_only)
    except LedgerError:
        engine.dispose()
        raise
    return engine


def may_write(ledger: Path | str) -> bool:
    """Whether this process may write to the ledger at `ledger`, which is there: its file, or as its user of a database."""
    at = place(ledger)
    with boundary(at.name):
        return at.may_write()


@contextmanager
def reading(engine: Engine, name: str) -> Iterator[Connection]:
    """A connection that sees the ledger as of one instant, whatever others write meanwhile."""
    with boundary(name), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def writing(
    engine: Engine,
    name: str,
    *,
    much: bool = False,
    meanwhile: Callable[[], AbstractContextManager[None]] = nullcontext,
) -> Iterator[Connection]:
    """A transaction that is alone in writing from its first line: it waits for its turn, and commits all or nothing.

    One of `much` may take memory for it. It commits within what `meanwhile` gives: until the disk has it all, this thread
    does nothing.
    """
    with boundary(name), _alone(engine, much=much, meanwhile=meanwhile) as connection:
        yield connection


@contextmanager
def _alone(
    engine: Engine, *, much: bool = False, meanwhile: Callable[[], AbstractContextManager[None]] = nullcontext
) -> Iterator[Connection]:
    with engine.connect() as connection:
        connection.execution_options(**{WRITES: True, MUCH: much})
        with connection.begin() as transaction:
            yield connection
            if transaction.is_active:  # who only wants to see what would come of it rolls it back
                with meanwhile():
                    transaction.commit()


def _prepare(engine: Engine, at: Place, *, create: bool, read_only: bool) -> None:
    backend, name = backend_of(engine), at.name
    with engine.connect() as connection:
        version = _version(connection, name)
    if version is None:
        if not create:
            raise LedgerError(f"{name}: it is not a ledger: {backend.nothing}")
        backend.prepare(engine, name)
        with _alone(engine) as connection:
            # Two processes may have found no ledger at the same time; the second finds the work done.
            version = _version(connection, name)
            if version is None:
                _make(connection, name)
                version = LEDGER_VERSION
    if version > LEDGER_VERSION:
        raise LedgerError(
            f"{name}: written by a newer Onrecord (ledger version {version}; this one reads {LEDGER_VERSION})"
        )
    if version < LEDGER_VERSION:
        if read_only:
            raise LedgerError(f"{name}: written by an older Onrecord: adding to it once brings it up to date")
        with _alone(engine) as connection:
            # Another process may have brought it up to date while this one waited for its turn.
            version = _version(connection, name)
            if version is not None and version < LEDGER_VERSION:
                _keep(engine, at, version)
                migrate(connection, version)


def _keep(engine: Engine, at: Place, version: int) -> None:
    """Put the ledger as it is into a file beside it, while nobody else can write."""
    spare = at.spare(version)
    if spare is not None and backend_of(engine).copy_file(engine, spare):
        _LOG.warning("%s is brought from version %s to %s; %s is as it was", at.name, version, LEDGER_VERSION, spare)


def _version(connection: Connection, name: str) -> int | None:
    """The version that the ledger's own `meta` table states; None where there is no table at all."""
    backend = backend_of(connection)
    tables = backend.tables(connection)
    if not tables:
        return None
    stated = None
    if meta.name in tables:
        stated = connection.execute(select(meta.c.value).where(meta.c.key == "ledger_version")).scalar()
    if stated is None or not stated.isdecimal():
        raise LedgerError(f"{name}: it is not a ledger: {backend.something_else}")
    return int(stated)


def _make(connection: Connection, name: str) -> None:
    backend = backend_of(connection)
    backend.make(connection, name)
    METADATA.create_all(connection)
    for view, query in VIEWS.items():
        connection.execute(text(f"CREATE VIEW {view} AS {query}"))
    backend.finish(connection)
    backend.stamp(connection, LEDGER_VERSION)
    connection.execute(insert(meta), [{"key": "ledger_version", "value": str(LEDGER_VERSION)}])
