"""Whether each reading is still what was stored: read back from its rows, held to its text, its seal and its own columns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Table, select
from sqlalchemy.exc import DBAPIError

from onrecord.errors import LedgerError
from onrecord.ledger import schema as t
from onrecord.ledger.rebuild import rebuild
from onrecord.ledger.seal import sealed
from onrecord.ledger.soundness.rows import FaultRow
from onrecord.ledger.storable import problem_of
from onrecord.ledger.store import rows_of
from onrecord.reading import Reading

__all__ = ["numbers", "of_readings", "read_back"]

# Tables whose rows other rows of a reading refer to, so that `rows_of` must be told their numbers.
_NUMBERED = (t.entities, t.statements, t.moments, t.events, t.figures)

# Who counts as the speaker is ruled by people, and derived: see ledger.ruled.
_DERIVED = {t.statements: frozenset({"speaker_name"})}


def numbers(connection: Connection) -> Iterator[int]:
    """The rows of all documents, in their order, also where a part of them cannot be read."""
    c = t.documents.c
    try:
        yield from connection.execute(select(c.id).order_by(c.id)).scalars().all()
    except DBAPIError:
        # A page of the table is damaged: what the others hold is found by asking for each number that there can be.
        last = connection.exec_driver_sql("SELECT seq FROM sqlite_sequence WHERE name = 'documents'").scalar() or 0
        yield from range(1, last + 1)


def of_readings(connection: Connection) -> Iterator[FaultRow]:
    """What is wrong with each reading, one line for each that is not what it was."""
    for number in numbers(connection):
        found = read_back(connection, number)
        if isinstance(found, FaultRow):
            yield found
        elif isinstance(found, Reading):
            for where, what in _columns(connection, number, found):
                called = found.document.url or found.document.title
                yield FaultRow("reading", found.document.id, f"{where}: {what}", called)


def read_back(connection: Connection, number: int) -> Reading | FaultRow | None:
    """The reading in this row, if it is the one that was stored; what is wrong with it; None where there is no such row."""
    c = t.documents.c
    try:
        row = connection.execute(select(c.hash, c.seal, c.url, c.title).where(c.id == number)).one_or_none()
    except DBAPIError as error:
        return FaultRow("reading", f"document {number}", f"it cannot be read ({error.orig})")
    if row is None:
        return None
    reading, wrong = _read(connection, number)
    if reading is not None and row.seal is None:
        wrong = "it has no seal"
    elif reading is not None and row.seal != sealed(reading):
        wrong = "it is not what was stored: its seal is another one"
    if reading is None or wrong is not None:
        return FaultRow("reading", str(row.hash), str(wrong), row.url or row.title)
    return reading


def _read(connection: Connection, number: int) -> tuple[Reading | None, str | None]:
    """The reading, or what keeps it from being one."""
    try:
        reading = rebuild(connection, number)
        problem = problem_of(reading)
    except DBAPIError as error:
        return None, f"it cannot be read ({error.orig})"
    except LedgerError as error:
        return None, str(error)
    except KeyError as error:  # what refers to another record refers to one of the same document
        return None, f"a record names row {error}, which is none of this document"
    except (TypeError, ValueError) as error:  # a value of a kind that the column does not hold, or a record forbids
        return None, f"a value is none that was ever stored ({error})"
    return (reading, None) if problem is None else (None, problem)


def _columns(connection: Connection, number: int, reading: Reading) -> Iterator[tuple[str, str]]:
    """Where the rows of a reading are not those that it makes: words beside spans, keys of names, days of dates."""
    free = {table: iter(_ids(connection, table, number)) for table in _NUMBERED}
    seal = sealed(reading)
    for table, expected in rows_of(reading, seal, number, free):
        ignored = _DERIVED.get(table, frozenset())
        found = _rows(connection, table, number)
        if len(found) != len(expected):
            yield table.name, f"{len(found)} rows where there should be {len(expected)}"
            continue
        for row, wanted in zip(found, expected, strict=True):
            wrong = [name for name, value in wanted.items() if name not in ignored and row[name] != value]
            if wrong:
                yield table.name, f"{', '.join(wrong)} of row {row['id']} is not what the reading says"


def _ids(connection: Connection, table: Table, document: int) -> list[int]:
    return list(
        connection.execute(select(table.c.id).where(table.c.document == document).order_by(table.c.id)).scalars()
    )


def _rows(connection: Connection, table: Table, document: int) -> list[dict[str, Any]]:
    query = select(table)
    if table is t.documents:
        query = query.where(table.c.id == document)
    elif "document" in table.c:
        query = query.where(table.c.document == document)
    else:
        # Of a row that belongs to two records, both are of its document.
        link = next(key for key in table.foreign_keys if key.ondelete == "CASCADE")
        parent = link.column.table
        query = query.join(parent, link.column == link.parent).where(parent.c.document == document)
    return [dict(row) for row in connection.execute(query.order_by(table.c.id)).mappings()]
