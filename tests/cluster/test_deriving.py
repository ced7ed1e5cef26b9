"""What a cluster derives is, row by row, what a ledger of the same documents tells."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from benchmarks.synthetic import readings as invented
from pyarrow import parquet
from tests.cluster.conftest import ROOT

from onrecord import arrow
from onrecord.cluster import TABLES, Folder, derive, deriving
from onrecord.cluster.components import components
from onrecord.cluster.folder import Note
from onrecord.errors import OutputError
from onrecord.intake import documents
from onrecord.ledger import Ledger
from onrecord.ledger.connected import connected
from onrecord.ledger.database import reading
from onrecord.ledger.identity.who import everybody
from onrecord.reader import read_all
from onrecord.reading import Reading

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


def put(output: Path, tasks: Iterable[Sequence[Reading]], *, first: int = 0, how: str = "weights 1") -> list[Note]:
    """A folder as if a cluster had read these, a task each."""
    folder = Folder(output)
    folder.prepare()
    notes = []
    for number, some in enumerate(tasks, start=first):
        writer = folder.writer(Note(f"{number:032}", number, "inputs", number, (f"part {number}",), (how, None, None)))
        for found in some:
            writer.add(found)
        notes.append(writer.finish())
    return notes


def told(ledger: Ledger) -> dict[str, Sequence[Any]]:
    """The tables of a ledger that a cluster derives too."""
    with reading(ledger._engine, ledger.name) as connection:
        people = list(everybody(connection).values())
    return {
        "stories": ledger.stories(),
        "copies": ledger.copies(),
        "claims": ledger.claims(),
        "series": ledger.series(),
        "conflicts": ledger.conflicts(),
        "speakers": ledger.speakers(),
        "people": people,
        "refused": [],
    }


def rows(output: Path, name: str) -> list[Any]:
    return arrow.rows(TABLES[name], parquet.read_table(Folder(output).derived(name)))


@pytest.fixture(scope="module")
def given() -> list[Reading]:
    """The articles of one event, and invented ones of many, with copies, and people who are in several stories; some have no
    date."""
    found = [r for r in read_all(documents([ROOT / "samples"])) if isinstance(r, Reading)]
    others = list(islice(invented(1200), 60))
    undated = [replace(r, document=replace(r.document, published=None)) for r in others[::9]]
    mixed = [*found, *undated, *(r for n, r in enumerate(others) if n % 9)]
    random.Random(7).shuffle(mixed)
    return mixed


def killed(*_: object) -> None:
    raise KeyboardInterrupt


def test_each_table_is_that_of_a_ledger_row_by_row(
    spark: SparkSession, given: list[Reading], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the run is killed on the way and goes on where it was."""
    output = tmp_path / "output"
    # Some are there with the same bytes again, under another address, and some as older weights read them.
    again = [replace(r, document=replace(r.document, url="https://again.example/")) for r in given[:5]]
    older = [replace(r, model="weights 0", statements=(), figures=()) for r in given[20:25]]
    put(output, [older], how="weights 0")
    put(output, [given[:50], [*again, *given[50:]]], first=1)
    with Ledger.open(":memory:") as ledger:
        assert {receipt.outcome for receipt in ledger.add(given)} == {"added"}
        expected = told(ledger)
    monkeypatch.setattr(deriving.candidates, "_A_CELL", 20)  # articles of a window: the samples are compared by parts
    with monkeypatch.context() as patch:
        patch.setattr(deriving, "tell", killed)
        with pytest.raises(KeyboardInterrupt):
            derive(spark, output)
    assert not (output / "derived" / "about.json").exists()
    steps: list[tuple[int, int]] = []
    with monkeypatch.context() as patch:
        patch.setattr(deriving.candidates, "features", killed)  # done before, and not to be done again
        found = derive(spark, output, progress=lambda done, total: steps.append((done, total)))
    assert set(expected) == set(TABLES) == set(found.rows)
    for name, wanted in expected.items():
        assert sorted(map(repr, rows(output, name))) == sorted(map(repr, wanted)), name
        assert found.rows[name] == len(wanted)
    assert all(len(expected[name]) > 3 for name in expected.keys() - {"refused"})
    assert found.documents == len(given)
    assert steps[-1] == (8, 8)
    assert derive(spark, output).before
    assert sorted(path.name for path in (output / "derived").iterdir()) == sorted(["about.json", *TABLES])


def test_what_is_linked_across_stories_is_linked(given: list[Reading]) -> None:
    """The test above would pass over nobody."""
    with Ledger.open(":memory:") as ledger:
        list(ledger.add(given))
        merges = [merge.rule for row in told(ledger)["people"] for merge in row.merges]
    assert any(rule.startswith("across stories") for rule in merges)


def test_nothing_follows_from_nothing(spark: SparkSession, tmp_path: Path) -> None:
    put(tmp_path / "output", [])
    with pytest.raises(OutputError, match="no documents"):
        derive(spark, tmp_path / "output")


def test_components_are_those_of_a_graph(spark: SparkSession) -> None:
    chance = random.Random(1)
    pairs = [(n + 1, n) for n in range(40)]  # a chain, the longest way to its least
    pairs += [(chance.randrange(100, 300), chance.randrange(100, 300)) for _ in range(150)]
    pairs += [(1000, n) for n in range(1001, 1030)] + [(2**62, n) for n in range(1100, 1130)]
    pairs += [(2000, 2001), (2001, 2000), (2000, 2001), (2005, 2005)]
    told = [pair for pair in pairs if pair[0] != pair[1]]
    expected = connected({end for pair in told for end in pair}, told)
    assert len(set(expected.values())) > 20
    found = components(spark.createDataFrame(pairs, "one long, other long")).collect()
    assert {row["node"]: row["component"] for row in found} == expected
    assert len(found) == len(expected)
    assert components(spark.createDataFrame([], "one long, other long")).collect() == []
