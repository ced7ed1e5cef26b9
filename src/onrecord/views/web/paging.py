"""A listing in pages: the rows of one, and the name of the last of them where there are more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from onrecord.ledger.cited import cited

__all__ = ["first_page"]

Row = TypeVar("Row")


def first_page(rows: Sequence[Row], limit: int) -> tuple[Sequence[Row], str | None]:
    """The first `limit` rows of an answer, and the cursor behind them (`after=`) where the answer holds more.

    Ask the ledger for `limit + 1` rows: the one too many tells that there are more.
    """
    shown = rows[:limit]
    return shown, cited(shown[-1]) if len(rows) > limit else None
