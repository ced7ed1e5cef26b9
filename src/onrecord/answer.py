"""What a ledger answers a question about many things with: a list of rows that knows what its rows are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

__all__ = ["Answer"]

Row = TypeVar("Row")


class Answer(list[Row], Generic[Row]):
    """Rows in the order asked for. `kind` is the dataclass of each row, known also where there is none of them.

    A list in all else: it compares, counts and loops as one, and a slice of it is a plain list.
    """

    __slots__ = ("kind",)

    kind: type[Row]

    def __init__(self, kind: type[Row], rows: Iterable[Row] = ()) -> None:
        super().__init__(rows)
        self.kind = kind
