"""Pairs of documents that may be of one story or one text, and what becomes of them: the ledger's keys and comparisons, with
the keys brought together by joins.

Documents are numbered, since a number is an eighth of a hash and keys are shuffled a hundred to a document.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from onrecord.cluster import columns
from onrecord.ledger.copies import store as copies
from onrecord.ledger.copies.compare import compare
from onrecord.ledger.copies.features import SENTENCE, CopyFeatures
from onrecord.ledger.stories import store as stories
from onrecord.ledger.stories.features import unpack
from onrecord.ledger.stories.likeness import likeness
from onrecord.reading import Reading

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import DataFrame

__all__ = ["copy_pairs", "features", "story_links"]

_FEATURES = (
    "number long, id string, day int, story_keys array<long>, story_named array<long>, story binary, "
    "copy_keys array<long>, sentences int, copy binary, title string, publisher string, published string, url string, "
    "text string"
)


def features(documents: DataFrame) -> DataFrame:
    """What the ledger keeps of each document to find its like: documents with `number`, in the columns of a reading, give
    the columns of `_FEATURES`."""
    return documents.mapInArrow(_features, _FEATURES)


def story_links(kept: DataFrame) -> DataFrame:
    """All pairs that share enough keys, with how alike they are: `a`, `b` (numbers, the document with the lesser hash
    first), `likeness`; those that the ledger would not keep are left out."""
    from pyspark.sql import functions as f

    days = kept.select("number", "day")
    # The names beside the keys, of which they are some: a pair has as many of either as both share.
    marked = f.concat(
        f.transform("story_keys", lambda key: key * 2), f.transform("story_named", lambda key: key * 2 + 1)
    )
    keys = kept.select("number", f.explode(marked).alias("key"))
    is_name = f.col("key").bitwiseAND(f.lit(1))
    counted = (f.sum(1 - is_name).alias("shared"), f.sum(is_name).alias("names"))
    shared = _pairs(keys).groupBy("one", "other").agg(*counted)
    shared = shared.where(f.col("shared") >= min(stories.SHARED_NEAR, stories.SHARED_FAR))
    one, other = (
        days.select(f.col("number").alias(name), f.col("day").alias(f"{name}_day")) for name in ("one", "other")
    )
    unknown = (f.col("one_day") == 0) | (f.col("other_day") == 0)
    near = unknown | (f.abs(f.col("one_day") - f.col("other_day")) <= stories.NEAR)
    enough = f.col("shared") >= f.when(near, stories.SHARED_NEAR).otherwise(stories.SHARED_FAR)
    pairs = shared.join(one, "one").join(other, "other").where(enough & (near | (f.col("names") > 0)))
    pairs = pairs.select("one", "other")
    told = _with_ends(pairs, kept.select("number", "id", "story"))
    return told.mapInArrow(_linked, "a long, b long, likeness double")


def copy_pairs(kept: DataFrame) -> DataFrame:
    """All pairs of which one is a copy of the other: `a`, `b` (numbers, the document with the lesser hash first)."""
    from pyspark.sql import functions as f

    keys = kept.select("number", f.explode("copy_keys").alias("key"))
    same = f.sum((f.col("key").bitwiseAND(f.lit(3)) == SENTENCE).cast("int"))
    shared = _pairs(keys).groupBy("one", "other").agg(f.count("*").alias("shared"), same.alias("same"))
    shared = shared.where(f.col("shared") >= copies.KEYS_LEAST)
    sentences = kept.select("number", "sentences")
    one, other = (
        sentences.select(f.col("number").alias(name), f.col("sentences").alias(f"{name}_sentences"))
        for name in ("one", "other")
    )
    shorter = f.least("one_sentences", "other_sentences")
    enough = (f.col("shared") > f.col("same")) | (f.col("same") >= f.lit(copies.SENTENCES_LEAST) * shorter)
    pairs = shared.join(one, "one").join(other, "other").where(enough).select("one", "other")
    facts = kept.select("number", "id", "copy", "title", "publisher", "published", "url", "text")
    return _with_ends(pairs, facts).mapInArrow(_copied, "a long, b long")


def _pairs(keys: DataFrame) -> DataFrame:
    """Each two documents with each key that both have."""
    from pyspark.sql import functions as f

    return (
        keys.withColumnRenamed("number", "one")
        .join(keys.withColumnRenamed("number", "other"), "key")
        .where(f.col("one") < f.col("other"))
    )


def _with_ends(pairs: DataFrame, facts: DataFrame) -> DataFrame:
    """Pairs with the facts of both: of each column one that ends in `_one` and one that ends in `_other`."""
    for end in ("one", "other"):
        named = facts.toDF(*(end if name == "number" else f"{name}_{end}" for name in facts.columns))
        pairs = pairs.join(named, end)
    return pairs


def _features(batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
    for batch in batches:
        numbers = batch.column("number").to_pylist()
        yield _batch(
            [_kept(number, reading) for number, reading in zip(numbers, columns.readings(batch), strict=True)],
            _FEATURES,
        )


def _kept(number: int | None, reading: Reading) -> dict[str, Any]:
    story, copy, document = stories.kept(reading), copies.kept(reading), reading.document
    return {
        "number": number,
        "id": document.id,
        "day": story.day,
        "story_keys": list(story.keys),
        "story_named": list(story.named),
        "story": story.packed,
        "copy_keys": sorted(copy.keys),
        "sentences": sum(key & 3 == SENTENCE for key in copy.keys),
        "copy": copy.packed,
        **{name: getattr(document, name) for name in ("title", "publisher", "published", "url", "text")},
    }


def _linked(batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
    for batch in batches:
        found = []
        for row in batch.to_pylist():
            like = likeness(unpack(row["story_one"]), unpack(row["story_other"]))
            if like >= stories.LEAST:
                a, b = _ordered(row)
                found.append({"a": a, "b": b, "likeness": like})
        yield _batch(found, "a long, b long, likeness double")


def _copied(batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
    for batch in batches:
        found = []
        for row in batch.to_pylist():
            if compare(_restored(row, "one"), _restored(row, "other")) is not None:
                a, b = _ordered(row)
                found.append({"a": a, "b": b})
        yield _batch(found, "a long, b long")


def _ordered(row: dict[str, Any]) -> tuple[int, int]:
    ends = (row["one"], row["other"])
    return ends if row["id_one"] < row["id_other"] else (ends[1], ends[0])


def _restored(row: dict[str, Any], end: str) -> CopyFeatures:
    facts = {name: row[f"{name}_{end}"] for name in ("title", "publisher", "published", "url", "text")}
    return CopyFeatures.restored(_opened(row[f"copy_{end}"]), document=row[f"id_{end}"], **facts)


@lru_cache(maxsize=256)
def _opened(packed: bytes) -> dict[str, Any]:
    stored: dict[str, Any] = json.loads(zlib.decompress(packed))
    return stored


def _batch(rows: list[dict[str, Any]], shape: str) -> pyarrow.RecordBatch:
    """Rows with the columns of a schema as Spark writes it."""
    import pyarrow

    return pyarrow.RecordBatch.from_pylist(rows, schema=_schema(shape))


@lru_cache
def _schema(shape: str) -> pyarrow.Schema:
    import pyarrow

    kinds: dict[str, pyarrow.DataType] = {
        "long": pyarrow.int64(),
        "int": pyarrow.int32(),
        "double": pyarrow.float64(),
        "string": pyarrow.string(),
        "binary": pyarrow.binary(),
        "array<long>": pyarrow.list_(pyarrow.int64()),
    }
    pairs = (column.split(" ") for column in shape.split(", "))
    return pyarrow.schema({name: kinds[kind] for name, kind in pairs})
