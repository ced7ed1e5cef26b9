"""Many values at a few at a time: SQLite takes 32,766 in one statement by default, older builds 999; and in which order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import BindParameter, Connection, Select, bindparam

from onrecord.ledger.connected import connected

__all__ = ["BATCH", "WANTED", "batched", "fetched", "huddled"]

BATCH = 900

WANTED: BindParameter[Any] = bindparam("wanted", expanding=True)
"""The list of values of a statement that is built once: `column.in_(WANTED)`, then execute(statement, {"wanted": some}).

A list that is built into a statement anew costs 90 µs each time, this one 30; an article asks some sixty times.
"""

_Value = TypeVar("_Value")


def batched(values: Iterable[_Value], size: int = BATCH) -> Iterator[list[_Value]]:
    """The values in their order, `size` at a time. Of a set give them sorted: the order of asking must not vary."""
    rest = iter(values)
    while batch := list(islice(rest, size)):
        yield batch


def fetched(connection: Connection, query: Select[Any], wanted: Iterable[Any]) -> list[Any]:
    """The rows that `query`, which asks for WANTED, gives for these values, which are asked for in their order."""
    found: list[Any] = []
    for some in batched(sorted(wanted)):
        found += connection.execute(query, {"wanted": some}).all()
    return found


def huddled(pairs: Sequence[tuple[int, int]]) -> list[int]:
    """The places of these pairs of documents, those one after the other whose documents hang together by pairs, and of these
    the ones of one second document. So what is made of a document to compare it is made once, by whoever keeps what was
    made last.
    """
    group = connected({end for pair in pairs for end in pair}, pairs)
    return sorted(range(len(pairs)), key=lambda place: (group[pairs[place][0]], pairs[place][1], pairs[place][0]))
