"""The joins bring those documents together, and only those, that share what the ledger asks for."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from onrecord.cluster import sharing as joins
from onrecord.cluster.candidates import _enough
from onrecord.cluster.session import answering
from onrecord.cluster.sharing import sharing
from onrecord.ledger.stories import candidates as ledger
from onrecord.ledger.stories.features import StoryFeatures, pack

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_SHAPE = "number long, day int, story_keys array<long>, story_named array<long>"


class Kept(NamedTuple):
    number: int
    day: int
    story_keys: list[int]
    story_named: list[int]


def near(one: Kept, other: Kept) -> bool:
    return not one.day or not other.day or abs(one.day - other.day) <= ledger.NEAR


def compared(documents: Sequence[Kept]) -> set[tuple[int, int]]:
    """What the ledger compares, said in its own words."""
    found = set()
    for one, other in combinations(sorted(documents), 2):
        shared = len(set(one.story_keys) & set(other.story_keys))
        named = set(one.story_named) & set(other.story_named)
        if shared >= ledger.SHARED_NEAR if near(one, other) else named and shared >= ledger.SHARED_FAR:
            found.add((one.number, other.number))
    return found


def brought(spark: SparkSession, documents: Sequence[Any]) -> list[tuple[int, int]]:
    with answering():  # without a warning of PySpark's about pandas
        near, others = sharing(spark.createDataFrame(documents, _SHAPE))
        return [(row["one"], row["other"]) for row in near.drop("day").union(others).collect()]


def some(seed: int, undated: float) -> list[Kept]:
    """Documents of some weeks (the windows of the joins begin anew among them), a few words of which are in most."""
    chance = random.Random(seed)
    words = [chance.randrange(1, 1 << 48) for _ in range(400)]
    names = [chance.randrange(1, 1 << 48) for _ in range(40)]
    first = joins.WINDOW * joins._WINDOWS - 30
    found = []
    for number in range(160):
        own = {words[int(len(words) * chance.random() ** 3)] for _ in range(14)}
        named = set(chance.sample(names, 3))
        day = 0 if chance.random() < undated else first + chance.randrange(60)
        found.append(Kept(number * 7 + (1 << 33), day, sorted(own | named), sorted(named)))
    chance.shuffle(found)
    return found


@pytest.mark.parametrize(("seed", "undated"), [(1, 0.0), (2, 0.1)])
def test_those_are_compared_that_the_ledger_compares(spark: SparkSession, seed: int, undated: float) -> None:
    given = some(seed, undated)
    expected = compared(given)
    found = brought(spark, given)
    assert sorted(found) == sorted(expected)
    by_number = {one.number: one for one in given}
    apart = [pair for pair in expected if not near(*(by_number[number] for number in pair))]
    assert len(apart) > 20
    assert len(expected) - len(apart) > 200
    assert len(expected) < len(given) * (len(given) - 1) / 4
    assert any(not by_number[number].day for pair in expected for number in pair) == bool(undated)


def test_keys_that_are_alike_in_a_digest_lose_no_pair(spark: SparkSession) -> None:
    """Five shared keys with the same last bits are one number of a digest; and what is no key of both may look like one."""
    alike = [(n << 16) + 5 for n in range(1, 6)]
    others = [(n << 16) + n for n in range(1, 9)]
    given = [
        Kept(1, 700_000, alike, alike[:1]),
        Kept(2, 700_100, alike, alike[:1]),
        Kept(3, 700_000, [9, *others], [9]),
        Kept(4, 700_100, [9, *(key + (1 << 40) for key in others)], [9]),
    ]
    found = brought(spark, given)
    assert compared(given) == {(1, 2)}
    assert sorted(found) == [(1, 2), (3, 4)]


def test_what_is_brought_together_in_vain_is_not_compared() -> None:
    """Of two articles that are far apart the ledger asks for four shared words beside a name; three are not enough."""
    words = {f"word{n}": 0.5 for n in range(4)}
    one, other = (pack(StoryFeatures(day, (), words, {"ann lee": 1.0}, {})) for day in (700_000, 700_011))
    fewer = pack(StoryFeatures(700_011, (), dict(list(words.items())[:3]), {"ann lee": 1.0}, {}))
    assert _enough(one, other)
    assert not _enough(one, fewer)
    assert _enough(one, pack(StoryFeatures(700_010, (), {}, {}, {})))
    assert _enough(one, pack(StoryFeatures(None, (), {}, {}, {})))
