"""Connected components by joins: what belongs together where pairs do, however many machines the pairs lie on.

Large-star and small-star by turns (Kiveris et al., "Connected Components in MapReduce and Beyond", 2014): every step hangs
the neighbours of a node under the least of them, until each component is a star around its least node. The number of steps
grows with the logarithm of the longest path; no step holds a component in one place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

__all__ = ["components"]


def components(pairs: DataFrame) -> DataFrame:
    """`node` and `component`, the least node that it is connected with, of all nodes of pairs (two columns of long, of any
    names) that are connected with another one. A node that is least is given too."""
    from pyspark.sql import functions as f

    one, other = pairs.columns
    edges = _least_first(pairs.select(f.col(one).alias("u"), f.col(other).alias("v")))
    before = None
    while True:
        edges = _small_star(_large_star(edges)).localCheckpoint()
        now = edges.agg(f.count("*"), f.sum(f.xxhash64("u", "v").cast("decimal(38,0)"))).first()
        if now == before:
            break
        before = now
    found = edges.select(f.col("v").alias("node"), f.col("u").alias("component"))
    return found.union(edges.select(f.col("u").alias("node"), f.col("u").alias("component")).distinct())


def _least_first(edges: DataFrame) -> DataFrame:
    """Edges as u < v, each once."""
    from pyspark.sql import functions as f

    least, greatest = f.least("u", "v").alias("u"), f.greatest("u", "v").alias("v")
    return edges.select(least, greatest).where(f.col("u") < f.col("v")).distinct()


def _large_star(edges: DataFrame) -> DataFrame:
    """All greater neighbours of a node under the least of it and its neighbours."""
    from pyspark.sql import functions as f

    both = edges.union(edges.select(f.col("v").alias("u"), f.col("u").alias("v")))
    least = both.groupBy("u").agg(f.min("v").alias("m")).select("u", f.least("u", "m").alias("m"))
    return _least_first(both.where(f.col("v") > f.col("u")).join(least, "u").select(f.col("m").alias("u"), f.col("v")))


def _small_star(edges: DataFrame) -> DataFrame:
    """All lesser neighbours of a node, and itself, under the least of them: of v those u that edges, as u < v, give it."""
    from pyspark.sql import functions as f

    least = edges.groupBy("v").agg(f.min("u").alias("m"))
    hung = edges.join(least, "v")
    lesser = hung.select(f.col("m").alias("u"), f.col("u").alias("v"))
    itself = least.select(f.col("m").alias("u"), f.col("v"))
    return _least_first(lesser.union(itself))
