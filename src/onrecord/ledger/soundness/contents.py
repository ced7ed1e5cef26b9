"""All that two ledgers hold, compared: what is the same stands for the same, whatever the numbers of its rows.

Numbers of rows depend on the order of adding and mean nothing. So a reference stands for what it points at: a document for
its hash, a record for its document and key, anything else for all its columns. Of each row 64 bits of a digest are kept, so
that a ledger of ten million rows is compared within some hundred megabytes.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator
from hashlib import blake2b
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table, select

from onrecord.ledger.corrections.tables import corrections
from onrecord.ledger.schema import meta
from onrecord.ledger.tables import METADATA
from onrecord.ledger.watched.tables import watched_entries, watched_feeds, watched_pages

__all__ = ["Difference", "differences"]

# What is stated, and follows from nothing else: facts about the ledger itself, the log, what was fetched.
_STATED = frozenset({meta, corrections, watched_feeds, watched_entries, watched_pages})

_AT_ONCE = 2000  # rows at hand
_SHOWN = 3  # rows of a difference that are named


class Difference(NamedTuple):
    """Rows of one table that only one of two ledgers holds: how many, and what some of them are called."""

    table: str
    surplus: int  # only in the first
    missing: int  # only in the second
    called: tuple[str, ...]


def differences(stored: Connection, derived: Connection) -> Iterator[Difference]:
    """The tables, of those that follow from readings and rulings, in which two ledgers differ."""
    one, other = _Contents(stored), _Contents(derived)
    for table in METADATA.sorted_tables:
        here, there = one.rows(table), other.rows(table)
        if table in _STATED or sorted(here) == sorted(there):
            continue
        held, wanted = Counter(here), Counter(there)
        surplus, missing = held - wanted, wanted - held
        called = [*_called(stored, table, here, surplus), *_called(derived, table, there, missing)]
        yield Difference(table.name, surplus.total(), missing.total(), tuple(called[:_SHOWN]))


class _Contents:
    """The digests of one ledger's rows, table by table in an order in which references come after what they refer to."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._stand_for: dict[Table, dict[int, int]] = {}

    def rows(self, table: Table) -> array[int]:
        """A digest for each row, in the order of the primary key."""
        refers = {key.parent.name: key.column.table for key in table.foreign_keys}
        names = self._stand_for[table] = {}
        wanted = any(table in {key.column.table for key in other.foreign_keys} for other in METADATA.sorted_tables)
        if table in refers.values():  # rows that refer to others of the same table, before or behind them
            names.update((row["id"], _named(table, row, self._of_document(row))) for row in self._all(table))
        found = array("Q")
        for row in self._all(table):
            plain = [
                (
                    name,
                    self._stand_for[refers[name]].get(value, value) if name in refers and value is not None else value,
                )
                for name, value in row.items()
                if name != "id"
            ]
            digest = _digest(plain)
            found.append(digest)
            if wanted and row["id"] not in names:
                keyed = row.get("key") is not None or "hash" in row
                names[row["id"]] = _named(table, row, self._of_document(row)) if keyed else digest
        return found

    def _of_document(self, row: dict[str, Any]) -> int | None:
        documents = self._stand_for.get(METADATA.tables["documents"], {})
        return documents.get(row["document"]) if row.get("document") is not None else None

    def _all(self, table: Table) -> Iterator[dict[str, Any]]:
        query = select(*sorted(table.c, key=lambda column: column.name)).order_by(*table.primary_key)
        for rows in self._connection.execute(query, execution_options={"yield_per": _AT_ONCE}).mappings().partitions():
            yield from map(dict, rows)


def _named(table: Table, row: dict[str, Any], document: int | None) -> int:
    return _digest((table.name, row["hash"]) if "hash" in row else (table.name, document, row.get("key")))


def _digest(value: object) -> int:
    return int.from_bytes(blake2b(repr(value).encode(), digest_size=8).digest())


def _called(connection: Connection, table: Table, digests: array[int], odd: Counter[int]) -> Iterator[str]:
    """What the first of the rows with these digests are called: by key where they have one, else by number."""
    names = [column for column in ("key", "id") if column in table.c]
    if not odd or not names:
        return
    called = connection.execute(select(table.c[names[0]]).order_by(*table.primary_key)).scalars().all()
    left = Counter(odd)
    for digest, name in zip(digests, called, strict=True):
        if left[digest]:
            left[digest] -= 1
            yield f"{name}" if names[0] == "key" else f"row {name}"
