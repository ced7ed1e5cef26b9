"""Many values asked for a few at a time: SQLite takes 32,766 in one statement by default, older builds 999."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

__all__ = ["BATCH", "batched"]

BATCH = 900

_Value = TypeVar("_Value")


def batched(values: Iterable[_Value], size: int = BATCH) -> Iterator[list[_Value]]:
    """The values in their order, `size` at a time. Of a set give them sorted: the order of asking must not vary."""
    rest = iter(values)
    while batch := list(islice(rest, size)):
        yield batch
