"""Lists that are read a page at a time: each page but the last names the row behind which the next one begins."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from onrecord.ledger.cited import cited
from onrecord.views.web.page import LIMIT

__all__ = ["Listing", "listing"]

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Listing(Generic[Row]):
    """The rows of one page. `next` is the name of the last of them where there are more behind it, else None."""

    rows: Sequence[Row]
    next: str | None


def listing(ask: Callable[[int], Sequence[Row]], limit: int | None = None) -> Listing[Row]:
    """The page that `ask` answers with when it is told how many rows to give at most: one more tells that there are."""
    most = limit or LIMIT
    rows = ask(most + 1)
    return Listing(rows[:most], cited(rows[most - 1]) if len(rows) > most else None)
