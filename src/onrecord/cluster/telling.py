"""What follows from documents that copies or stories connect, told by a ledger in an executor's memory.

A *unit* is documents that stories and copies connect, and with them nothing else: a ledger that holds whole units tells of
each what a ledger of all documents tells (see `onrecord.ledger.portion`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord.cluster import columns
from onrecord.cluster.components import components
from onrecord.cluster.tables import Kinds, Tables, grouped, written
from onrecord.ledger import Ledger
from onrecord.ledger.claims.rows import ClaimRow
from onrecord.ledger.conflicts.rows import ConflictRow
from onrecord.ledger.copies.rows import CopyRow
from onrecord.ledger.portion import PersonPart, Tie, Voice, persons, ties, voices
from onrecord.ledger.series.rows import SeriesRow
from onrecord.ledger.stories.grouping import groups
from onrecord.ledger.stories.likeness import LINKED
from onrecord.ledger.stories.rows import StoryRow
from onrecord.reading import Reading

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import DataFrame

__all__ = ["PARTS", "TOLD", "Refusal", "stories", "tell", "units"]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A reading that a ledger would not take, and why."""

    document: str
    reason: str


TOLD: Kinds = {
    "stories": StoryRow,
    "copies": CopyRow,
    "claims": ClaimRow,
    "series": SeriesRow,
    "conflicts": ConflictRow,
    "refused": Refusal,
}
"""The tables that units fill by themselves."""

PARTS: Kinds = {"persons": PersonPart, "voices": Voice, "ties": Tie}
"""What is to be put together with what other units tell."""

_AT_ONCE = 300  # documents of one ledger: fewer pay more for its making, more for what they are searched through


def stories(links: DataFrame, ids: DataFrame) -> DataFrame:
    """`node` and `story`, a number that the documents of one story have in common, of all that may be in one with another.

    `links`: pairs `a`, `b` with their `likeness`; `ids`: `number` and `id` of documents. What strong links connect, however
    loosely, is looked at as a whole, but only its links; what they make is the ledger's to say.
    """
    from pyspark.sql import functions as f

    loose = components(links.where(f.col("likeness") >= LINKED).select("a", "b"))
    one, other = (
        loose.toDF(end, "component").join(ids.toDF(end, f"id_{end}"), end).toDF(end, f"component_{end}", f"id_{end}")
        for end in ("a", "b")
    )
    within = links.join(one, "a").join(other, "b").where(f.col("component_a") == f.col("component_b"))
    return within.groupBy("component_a").applyInArrow(_stories, "node long, story long")


def units(stories: DataFrame, pairs: DataFrame) -> DataFrame:
    """`number` and `unit` of all documents that a story or a copy connects with another."""
    from pyspark.sql import functions as f

    together = stories.where(f.col("node") != f.col("story")).union(pairs)
    return components(together).toDF("number", "unit")


def tell(documents: DataFrame, folder: Path) -> dict[str, int]:
    """Fill the tables of TOLD and PARTS in `folder` from readings with `number` and `unit`; how many rows each has."""
    sorted_ = documents.repartition("unit").sortWithinPartitions("unit", "number")
    return written(sorted_, folder, TOLD | PARTS, _tell)


def _stories(links: pyarrow.Table) -> pyarrow.Table:
    import pyarrow

    likenesses: dict[tuple[str, str], float] = {}
    numbers: dict[str, int] = {}
    for row in links.to_pylist():
        likenesses[row["id_a"], row["id_b"]] = row["likeness"]
        numbers |= {row["id_a"]: row["a"], row["id_b"]: row["b"]}
    found = [(numbers[one], min(numbers[d] for d in group)) for group in groups(numbers, likenesses) for one in group]
    nodes, named = zip(*found, strict=True)
    return pyarrow.table({"node": list(nodes), "story": list(named)})


def _tell(batches: Iterator[pyarrow.RecordBatch], tables: Tables) -> None:
    for some in _portions(grouped(batches, "unit", columns.readings)):
        _tell_portion(some, tables)


def _portions(units: Iterable[Sequence[Reading]]) -> Iterator[list[Reading]]:
    held: list[Reading] = []
    for unit in units:
        held += unit
        if len(held) >= _AT_ONCE:
            yield held
            held = []
    if held:
        yield held


def _tell_portion(readings: Sequence[Reading], tables: Tables) -> None:
    with Ledger.open(":memory:") as ledger:
        receipts = list(ledger.add(readings))
        refused = [receipt for receipt in receipts if receipt.outcome == "refused"]
        tables.add("refused", (Refusal(receipt.document or "", receipt.reason or "") for receipt in refused))
        told: dict[str, Iterable[Any]] = {
            "stories": ledger.stories(),
            "copies": ledger.copies(),
            "claims": ledger.claims(),
            "series": ledger.series(),
            "conflicts": ledger.conflicts(),
            "voices": voices(ledger),
            "ties": ties(ledger),
            "persons": persons(ledger),  # last: it takes the ledger apart
        }
        for name, rows in told.items():
            tables.add(name, rows)
