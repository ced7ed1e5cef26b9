"""Which documents share enough keys to be compared for stories, by joins that bring few together that do not.

The ledger asks more of two documents that came out far apart, a name before all, and so do the joins here:

- *Near* pairs meet by any key, among the documents of the same days alone: days are cut into windows of NEAR + 1, a document
  stands in its own and in the one behind it, and so each pair meets in one. What everybody has in common is not brought
  together to be counted: each row carries which of the commonest keys its document has, so that these are counted where two
  meet by a rarer one; and by common keys alone only those meet that share enough of them.
- *Far* pairs meet by a name. With it goes a digest of all keys of its document, so that a pair is counted where it meets.
- A document without a day is near to all others.

What is shuffled grows so with the documents, with the pairs within days of each other that share a key which is not one of
the commonest, and with the pairs that share enough; not with all that share any.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from onrecord.cluster.batches import batch
from onrecord.ledger.stories.candidates import NEAR, SHARED_FAR, SHARED_NEAR

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import DataFrame

__all__ = ["WINDOW", "sharing"]

WINDOW = NEAR + 1
"""Days. Two documents near each other are of one window or of two that follow each other."""
# A place to meet is one whole number: a window (some 490 years of them, after which they begin anew: days are compared too)
# above a key of 48 bits or, in the lowest 64, the rank of one of the commonest.
_WINDOWS, _KEY_BITS, _RANKS = 1 << 14, 49, 64
_COMMON = 62  # keys: their ranks are bits of a whole number. On incidents-dev the last is in 5 documents of 100.
_LOOKED_AT = 500  # documents that tell which keys are common

_PLACES = "number long, day int, common long, place long"
_NAMES = "number long, day int, digest array<short>, alike int, name long"

_RANK = f"(one.place & {(1 << _KEY_BITS) - 1})"
_BOTH = "(one.common & other.common)"
# By common keys alone a pair meets once, by the rarest that it shares.
_MET = f"""one.place = other.place and ({_RANK} >= {_RANKS} or (
    bit_count({_BOTH}) >= {SHARED_NEAR} and {_BOTH} < shiftleft(1L, cast({_RANK} + 1 as int))))"""
_HOME = f"div {WINDOW} % {_WINDOWS} = shiftright(one.place, {_KEY_BITS})"
_NEAR = f"""one.number < other.number and abs(one.day - other.day) <= {NEAR}
    and (one.day {_HOME} or other.day {_HOME})"""
_UNDATED = "one.day = 0 and (other.day <> 0 or one.number < other.number)"
_FAR = f"""one.name = other.name and one.number < other.number and abs(one.day - other.day) > {NEAR}
    and size(array_intersect(one.digest, other.digest)) + least(one.alike, other.alike) >= {SHARED_FAR}"""


def sharing(kept: DataFrame) -> tuple[DataFrame, DataFrame]:
    """All that the ledger would compare, each pair once: `one` and `other`, numbers of documents, the lesser first.

    In the first answer those near each other, with `day`, the later of theirs; in the second all others: without a day, or
    far apart, and with these some that share a key too few (see `_digest`). `kept` has the columns of `candidates.features`.
    """
    dated = kept.where("day <> 0")
    common = _common(kept)
    places = _places(dated, common, windows=True)
    near = _counted(places, places, _NEAR)
    others = _far(dated)
    if not kept.where("day = 0").isEmpty():
        undated = _places(kept.where("day = 0"), common, windows=False)
        others = others.union(_counted(undated, _places(kept, common, windows=False), _UNDATED).drop("day"))
    return near, others


def _common(kept: DataFrame) -> dict[int, int]:
    """The commonest keys and their ranks, as far as some documents tell: which they are changes what is shuffled, and
    nothing of what is found."""
    share = min(1.0, _LOOKED_AT / max(kept.count(), 1))
    looked_at = kept.select("story_keys").sample(fraction=share, seed=0).collect()
    times = Counter(key for row in looked_at for key in row["story_keys"])
    ranked = sorted(times, key=lambda key: (-times[key], key))[:_COMMON]
    return {key: rank for rank, key in enumerate(ranked)}


def _places(documents: DataFrame, common: Mapping[int, int], *, windows: bool) -> DataFrame:
    """Each document at each place where it may meet others, in windows of days or in one for all."""
    columns = documents.select("number", "day", "story_keys")
    return columns.mapInArrow(partial(_each_place, common=common, windows=windows), _PLACES)


def _counted(one: DataFrame, other: DataFrame, where: str) -> DataFrame:
    """Who meets and shares SHARED_NEAR keys: rare ones each where it is met by, the commonest all at once."""
    from pyspark.sql import functions as f

    met = one.alias("one").join(other.alias("other"), f.expr(f"{_MET} and {where}"))
    met = met.selectExpr(
        "least(one.number, other.number) as one",
        "greatest(one.number, other.number) as other",
        "greatest(one.day, other.day) as day",
        f"cast({_RANK} >= {_RANKS} as int) as rare",
        f"bit_count({_BOTH}) as common",
    )
    shared = met.groupBy("one", "other", "day").agg(f.sum("rare").alias("rare"), f.max("common").alias("common"))
    return shared.where(f"rare + common >= {SHARED_NEAR}").select("one", "other", "day")


def _far(dated: DataFrame) -> DataFrame:
    from pyspark.sql import functions as f

    names = dated.select("number", "day", "story_keys", "story_named").mapInArrow(_each_name, _NAMES)
    joined = names.alias("one").join(names.alias("other"), f.expr(_FAR))
    return joined.selectExpr("one.number as one", "other.number as other").distinct()


def _each_place(
    batches: Iterator[pyarrow.RecordBatch], *, common: Mapping[int, int], windows: bool
) -> Iterator[pyarrow.RecordBatch]:
    for given in batches:
        yield batch([place for row in given.to_pylist() for place in _of(row, common, windows)], _PLACES)


def _of(row: Mapping[str, Any], common: Mapping[int, int], windows: bool) -> Iterator[dict[str, int]]:
    ranks = sorted(common[key] for key in row["story_keys"] if key in common)
    # The rarest of SHARED_NEAR or more that two share is none of the SHARED_NEAR - 1 commonest of either.
    slots = [*ranks[SHARED_NEAR - 1 :], *(key + _RANKS for key in row["story_keys"] if key not in common)]
    about = {"number": row["number"], "day": row["day"], "common": sum(1 << rank for rank in ranks)}
    home = row["day"] // WINDOW
    for window in (home, home + 1) if windows else (0,):
        above = window % _WINDOWS << _KEY_BITS
        for slot in slots:
            yield about | {"place": above + slot}


def _each_name(batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
    for given in batches:
        yield batch([name for row in given.to_pylist() for name in _named(row)], _NAMES)


def _named(row: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    digest = _digest(row["story_keys"])
    about = {
        "number": row["number"],
        "day": row["day"],
        "digest": digest,
        "alike": len(row["story_keys"]) - len(digest),
    }
    for name in row["story_named"]:
        yield about | {"name": name}


def _digest(keys: Iterable[int]) -> Sequence[int]:
    """Sixteen bits of each key, which are hashes, as signed numbers: what two digests share, and the lesser number of keys
    that are alike in one, is never less than what their documents share. Of pairs with forty keys each one in forty has keys
    that differ and look alike."""
    return sorted({(key & 0xFFFF) - 0x8000 for key in keys})
