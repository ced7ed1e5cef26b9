"""Lists that are read a page at a time: a page begins behind a row that is named, never at a number of rows to skip.

What is added meanwhile then neither repeats a row on the next page nor hides one, and the thousandth page costs what the
first does, since the index is entered at the row.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, false, or_

from onrecord.errors import LedgerError, NotInLedger
from onrecord.ledger.rebuild import document_number

__all__ = ["Key", "document_before", "gone", "listed", "page", "record_before"]

_Row = TypeVar("_Row")


@dataclass(frozen=True, slots=True)
class Key:
    """What rows are ordered by: upwards and always there; or `down`, the greatest first and what is missing last."""

    column: ColumnElement[Any]
    down: bool = False

    @property
    def ordered(self) -> ColumnElement[Any]:
        # NULL is the least value of SQLite, so that it comes last without being told, and an index serves the order.
        return self.column.desc() if self.down else self.column

    def beyond(self, value: Any) -> ColumnElement[bool]:
        """Whether a row has a value that comes after this one."""
        if value is None:
            return false()
        higher: ColumnElement[bool] = self.column > value
        return or_(self.column < value, self.column.is_(None)) if self.down else higher

    def same(self, value: Any) -> ColumnElement[bool]:
        return self.column.is_(None) if value is None else self.column == value


def page(
    connection: Connection,
    query: Select[Any],
    keys: Sequence[Key],
    *,
    at: Sequence[Any] | None = None,
    limit: int | None = None,
) -> list[Row[Any]]:
    """The rows of `query` in the order of `keys`, of which all together are unique: at most `limit`, all for None.

    `at` are the keys' values of a row: the answer begins behind it.
    """
    most = None if limit is None else max(limit, 0)
    ordered = query.order_by(*(key.ordered for key in keys))
    if at is None:
        return list(connection.execute(ordered.limit(most)))
    lead, rest, value = keys[0], _behind(keys[1:], at[1:]), at[0]
    if value is None:
        return list(connection.execute(ordered.where(lead.column.is_(None), rest).limit(most)))
    # The first key alone bounds the rows, so that an index on it is entered there; what has none of it is asked for
    # apart, because "less, or missing" is no one stretch of an index.
    reached = lead.column <= value if lead.down else lead.column >= value
    beyond = lead.column < value if lead.down else lead.column > value
    rows = list(connection.execute(ordered.where(reached, or_(beyond, rest)).limit(most)))
    if lead.down and (most is None or len(rows) < most):
        left = None if most is None else most - len(rows)
        rows += connection.execute(ordered.where(lead.column.is_(None)).limit(left))
    return rows


def _behind(keys: Sequence[Key], at: Sequence[Any]) -> ColumnElement[bool]:
    if not keys:
        return false()
    first, value = keys[0], at[0]
    return or_(first.beyond(value), and_(first.same(value), _behind(keys[1:], at[1:])))


def listed(rows: Sequence[_Row], named: Callable[[_Row], str], after: str | None, limit: int | None) -> list[_Row]:
    """A page of rows that are all at hand. Raises LedgerError where none of them is called `after`."""
    start = 0
    if after is not None:
        start = next((place for place, row in enumerate(rows, 1) if named(row) == after), 0)
        if not start:
            raise gone(after)
    return list(rows[start:] if limit is None else rows[start : start + max(limit, 0)])


def gone(after: str) -> LedgerError:
    """The error of a row that an answer was to go on behind."""
    return LedgerError(f"there is no row {after!r} to go on behind: ask anew from the start")


def document_before(connection: Connection, after: str) -> int:
    """The row of the document that `after` names. Raises LedgerError where there is none."""
    try:
        return document_number(connection, after)
    except NotInLedger as error:
        raise gone(after) from error


def record_before(connection: Connection, after: str) -> tuple[int, str]:
    """The row of the document, and the key in it, that `after` names: `<document>:s3`."""
    document, colon, key = after.rpartition(":")
    if not colon:
        raise gone(after)
    return document_before(connection, document), key
