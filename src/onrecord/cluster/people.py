"""Who is who across stories, and who speaks how often: what units tell of their people, brought together by joins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord import arrow
from onrecord.cluster.components import components
from onrecord.cluster.tables import Kinds, Tables, grouped, written
from onrecord.ledger.identity.rows import PersonRow
from onrecord.ledger.portion import PersonPart, joined, speaker_of
from onrecord.ledger.rows import SpeakerRow

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import DataFrame

__all__ = ["PEOPLE", "SPEAKERS", "join_people", "sum_speakers"]


@dataclass(frozen=True, slots=True)
class Label:
    """The id of somebody of one story, and who that is across stories."""

    person: str
    label: str


PEOPLE: Kinds = {"people": PersonRow, "labels": Label}
SPEAKERS: Kinds = {"speakers": SpeakerRow}


def join_people(persons: DataFrame, folder: Path) -> dict[str, int]:
    """Fill the table `people` with everybody across stories, and `labels` with who is who, from PersonParts.

    Who offers no evidence is nobody else, and stays where it is: six in seven of the people of invented articles.
    """
    from pyspark.sql import functions as f

    # An id is 48 bits of a hash in hexadecimal behind its letter.
    numbered = persons.withColumn("node", f.conv(f.substring("row.id", 2, 12), 16, 10).cast("long"))
    alone, known = numbered.where("size(keys) = 0"), numbered.where("size(keys) > 0")
    offered = known.select("node", f.explode("keys.f1").alias("value"))
    first = offered.groupBy("value").agg(f.min("node").alias("first"))
    pairs = offered.join(first, "value").where(f.col("node") != f.col("first")).select("node", "first")
    sets = known.join(components(pairs), "node", "left").withColumn("set", f.coalesce("component", "node"))
    sets = sets.repartition("set").sortWithinPartitions("set").drop("component")
    return written(sets.unionByName(alone.withColumn("set", f.col("node"))), folder, PEOPLE, _join_people)


def sum_speakers(voices: DataFrame, ties: DataFrame, labels: DataFrame, folder: Path) -> dict[str, int]:
    """Fill the table `speakers` from the voices of all documents: the ledger's rule of who is the same speaker (see
    `ledger.identity.speakers`), as joins."""
    from pyspark.sql import functions as f

    tied = ties.groupBy("identity").agg(f.min("ref").alias("tied"), f.max("ref").alias("greatest"))
    tied = tied.where(f.col("tied") == f.col("greatest")).select("identity", "tied")
    known = voices.join(tied, "identity", "left").join(labels, "person", "left")
    keyed = known.withColumn("key", f.coalesce("known", "tied", "label", "identity"))
    forms = keyed.groupBy("key", "name", "ref", "type").agg(
        f.sum("statements").alias("statements"), f.min("first").alias("first"), f.max("last").alias("last")
    )
    documents = keyed.select("key", "document").distinct().groupBy("key").agg(f.count("*").alias("documents"))
    sums = forms.groupBy("key").agg(
        f.collect_list(f.struct("name", "ref", "type", "statements")).alias("forms"),
        f.min("first").alias("first"),
        f.max("last").alias("last"),
    )
    return written(sums.join(documents, "key"), folder, SPEAKERS, _sum_speakers)


def _join_people(batches: Iterator[pyarrow.RecordBatch], tables: Tables) -> None:
    for parts in grouped(batches, "set", partial(arrow.rows, PersonPart)):
        row = joined(parts)
        tables.add("people", [row])
        tables.add("labels", [Label(part.row.id, row.id) for part in parts])


def _sum_speakers(batches: Iterator[pyarrow.RecordBatch], tables: Tables) -> None:
    for batch in batches:
        tables.add("speakers", map(_speaker, batch.to_pylist()))


def _speaker(row: dict[str, Any]) -> SpeakerRow:
    forms = Counter({(form["name"], form["ref"], form["type"]): form["statements"] for form in row["forms"]})
    return speaker_of(row["key"], forms, row["documents"], row["first"], row["last"])
