"""Pairs of documents that may be of one story or one text, and what becomes of them: the ledger's keys and comparisons, with
the keys brought together by joins.

Documents are numbered, since a number is an eighth of a hash and keys are shuffled a hundred to a document.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from onrecord.cluster import columns
from onrecord.cluster.batches import batch
from onrecord.cluster.sharing import WINDOW, sharing
from onrecord.ledger.copies import store as copies
from onrecord.ledger.copies.compare import compare
from onrecord.ledger.copies.features import SENTENCE, CopyFeatures
from onrecord.ledger.stories import store as stories
from onrecord.ledger.stories.candidates import NEAR, SHARED_FAR
from onrecord.ledger.stories.features import outline, unpack
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
_LINKS = "a long, b long, likeness double"
_A_CELL = 20_000  # documents whose features, 1 kB each, are held at once


def features(documents: DataFrame) -> DataFrame:
    """What the ledger keeps of each document to find its like: documents with `number`, in the columns of a reading, give
    the columns of `_FEATURES`."""
    return documents.mapInArrow(_features, _FEATURES)


def story_links(kept: DataFrame) -> DataFrame:
    """All pairs that share enough keys, with how alike they are: `a`, `b` (numbers, the document with the lesser hash
    first), `likeness`; those that the ledger would not keep are left out."""
    facts = kept.select("number", "day", "id", "story")
    near, others = sharing(kept)
    apart = _with_ends(others, facts.drop("day")).mapInArrow(_linked, _LINKS)
    return _within_days(near, facts).union(apart)


def _within_days(near: DataFrame, facts: DataFrame) -> DataFrame:
    """The links of pairs that came out within days of each other.

    Not each pair is sent what is kept of both, but each window of days what is kept of its documents and of those of the one
    before: a document is sent twice, however many pairs it is in. Where very many came out in a window it is divided into
    cells, each with the pairs of which the one is among some of them, and the other among some.
    """
    from pyspark.sql import functions as f

    window = f"day div {WINDOW}"
    most = facts.where("day <> 0").groupBy(f.expr(window)).count().agg(f.max("count")).collect()[0][0] or 0
    parts = -(-most // _A_CELL) or 1
    pairs = near.selectExpr("one", "other", f"{window} as window", f"one % {parts} * {parts} + other % {parts} as cell")
    part, all_ = f"number % {parts}", f"sequence(0, {parts - 1})"
    cells = f"transform({all_}, n -> {part} * {parts} + n), transform({all_}, n -> n * {parts} + {part})"
    sent = facts.where("day <> 0").withColumn("cell", f.explode(f.expr(f"array_union({cells})")))
    sent = sent.withColumn("window", f.explode(f.expr(f"array({window}, {window} + 1)"))).drop("day")
    by = ("window", "cell")
    return pairs.groupBy(*by).cogroup(sent.groupBy(*by)).applyInArrow(_linked_within, _LINKS)


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
    for given in batches:
        numbers = given.column("number").to_pylist()
        rows = [_kept(number, reading) for number, reading in zip(numbers, columns.readings(given), strict=True)]
        yield batch(rows, _FEATURES)


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
    for given in batches:
        rows = given.to_pylist()
        links = _links([(row[f"id_{end}"], row[end], row[f"story_{end}"]) for end in ("one", "other")] for row in rows)
        yield batch(list(links), _LINKS)


def _linked_within(pairs: pyarrow.Table, sent: pyarrow.Table) -> pyarrow.Table:
    import pyarrow

    facts = {row["number"]: (row["id"], row["number"], row["story"]) for row in sent.to_pylist()} if len(pairs) else {}
    # In their order, so that few features are unpacked twice.
    numbers = sorted((row["one"], row["other"]) for row in pairs.to_pylist())
    links = _links((facts[one], facts[other]) for one, other in numbers)
    return pyarrow.Table.from_batches([batch(list(links), _LINKS)])


def _links(pairs: Iterable[Iterable[tuple[str, int, bytes]]]) -> Iterator[dict[str, Any]]:
    """Links of pairs, each end of which is a hash, a number and features."""
    for ends in pairs:
        (_, a, first), (_, b, second) = sorted(ends)
        if (like := stories.like_enough(first, second)) is not None and _enough(first, second):
            yield {"a": a, "b": b, "likeness": like}


def _enough(one: bytes, other: bytes) -> bool:
    """Whether two that `sharing` gives share as much as the ledger asks for: of those near that is sure."""
    days = outline(one).published, outline(other).published
    if not days[0] or not days[1] or abs(days[0] - days[1]) <= NEAR:
        return True
    return len(unpack(one).keys() & unpack(other).keys()) >= SHARED_FAR


def _copied(batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
    for given in batches:
        found = []
        for row in given.to_pylist():
            if compare(_restored(row, "one"), _restored(row, "other")) is not None:
                a, b = _ordered(row)
                found.append({"a": a, "b": b})
        yield batch(found, "a long, b long")


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
