"""What a cluster reads is what one machine reads; once, whatever dies on the way; and what cannot be read is set aside."""

from __future__ import annotations

import gzip
import json
import signal
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pyarrow import parquet
from tests.cluster.conftest import ROOT

from onrecord.cluster import Folder, columns, read
from onrecord.cluster.apart import read_apart
from onrecord.cluster.daemon import MODEL
from onrecord.cluster.reading import _told_to_load
from onrecord.errors import OutputError, ReaderError
from onrecord.intake import documents
from onrecord.intake.article import About
from onrecord.reader import read_all
from onrecord.reader.models import FULL, SMALL, folder_of
from onrecord.reading import Reading

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

SAMPLES = ROOT / "samples" / "velna-dam"
SHORT = "“We have all left the town,” Mayor Pavla Hemmerin said on Tuesday. At least 14 people died."


def lines(path: Path, texts: Iterable[str]) -> Path:
    rows = "".join(json.dumps({"text": text, "url": f"https://a.example/{n}"}) + "\n" for n, text in enumerate(texts))
    path.write_text(rows, encoding="utf-8")
    return path


def read_locally(inputs: list[Path]) -> list[Reading]:
    return [found for found in read_all(documents(inputs)) if isinstance(found, Reading)]


def readings_of(output: Path) -> list[Reading]:
    folder = Folder(output)
    return [
        reading
        for note in folder.notes()
        if note.documents
        for reading in columns.readings(parquet.read_table(folder.documents(note.key)))
    ]


def refusals_of(output: Path) -> dict[str, str]:
    folder = Folder(output)
    rows = [
        row
        for note in folder.notes()
        if note.refused
        for row in parquet.read_table(folder.refused(note.key)).to_pylist()
    ]
    return {row["name"]: row["reason"] for row in rows}


def test_what_is_read_is_what_one_machine_reads_and_only_once(
    spark: SparkSession, counted: Path, tmp_path: Path
) -> None:
    inputs = sorted(SAMPLES.iterdir())[:6]
    rows = lines(tmp_path / "rows.jsonl", [SHORT, SHORT + " It rained."])
    packed = tmp_path / "packed.jsonl.gz"
    packed.write_bytes(gzip.compress(rows.read_bytes().replace(b"Tuesday", b"Sunday")))
    given, output = [*inputs, rows, packed], tmp_path / "output"
    told: list[tuple[int, int]] = []
    first = read(spark, given, output, progress=lambda done, total: told.append((done, total)))
    expected = read_locally(given)
    assert [reading.to_json() for reading in readings_of(output)] == [reading.to_json() for reading in expected]
    assert (first.documents, first.refused, first.failed, first.parts_before) == (len(expected), 0, (), 0)
    assert told[-1][1] == first.tasks > 1
    assert len(counted.read_text().split()) == len(expected)
    more = tmp_path / "more.txt"
    more.write_text(SHORT, encoding="utf-8")
    second = read(spark, [*given, more], output)
    assert (second.documents, second.parts_before) == (1, first.parts)
    assert len(counted.read_text().split()) == len(expected) + 1
    assert readings_of(output) == [*expected, *read_locally([more])]


def test_the_small_reader_reads_too_and_is_another_job(spark: SparkSession, tmp_path: Path) -> None:
    rows, output = lines(tmp_path / "rows.jsonl", [SHORT, SHORT + " It rained."]), tmp_path / "output"
    assert read(spark, [rows], output, model="small").documents == 2
    assert readings_of(output) == list(read_all(documents([rows]), model="small"))
    again = read(spark, [rows], output)
    assert (again.documents, again.parts_before) == (2, 0)


def weights_at_hand(_: object) -> list[str]:
    """The folders of the weights that the process of an executor holds before it was asked for any."""
    from onrecord.reader.heads.encoder import _LOADED

    return [folder.name for folder, _ in _LOADED]


def test_executors_hold_the_weights_that_a_job_reads_with(spark: SparkSession) -> None:
    asked = spark.sparkContext.parallelize([0], 1)
    with _told_to_load(spark, SMALL):
        assert asked.map(weights_at_hand).collect() == [[folder_of(SMALL).name]]
    with _told_to_load(spark, FULL):
        assert asked.map(weights_at_hand).collect() == [[folder_of(FULL).name]]
    assert asked.map(weights_at_hand).collect() == [[]], "whoever derives needs none"


def test_a_job_tells_them_which(spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = []
    environment = spark.sparkContext.environment
    monkeypatch.setattr("onrecord.cluster.reading._run", lambda *_: told.append(environment.get(MODEL)) or [])
    read(spark, [lines(tmp_path / "rows.jsonl", [SHORT])], tmp_path / "output", model=SMALL)
    assert told == [SMALL]
    assert MODEL not in environment


def test_without_weights_a_task_is_left_for_another_run() -> None:
    """No document is taken for one that killed its process."""
    with pytest.raises(ReaderError, match="no reader is called 'gone'"):
        next(read_apart([], About(), model="gone", seconds=None))


def test_poison_is_set_aside_with_its_reason(spark: SparkSession, counted: Path, tmp_path: Path) -> None:
    texts = [
        SHORT,
        "POISON RAISE",
        "One more.",
        "POISON DIE",
        SHORT.replace("14", "15"),
        "POISON SLEEP",
        "Last.",
        SHORT,
    ]
    rows = lines(tmp_path / "rows.jsonl", texts)
    with rows.open("a", encoding="utf-8") as out:
        out.write("{broken\n" + json.dumps({"text": SHORT, "url": "https://a.example/0"}) + "\n")
    done = read(spark, [rows, tmp_path / "none.txt"], tmp_path / "output", seconds=3)
    refusals = refusals_of(tmp_path / "output")
    assert "no such luck" in refusals.pop(f"{rows}:2")
    assert refusals == {
        f"{rows}:4": f"the process that read it ended (signal {signal.SIGSEGV.name})",
        f"{rows}:6": "set aside: it takes more than 3 seconds",
        f"{rows}:9": "broken JSON: Expecting property name enclosed in double quotes at character 1",
    }
    assert [r.document.text for r in readings_of(tmp_path / "output")] == [texts[n] for n in (0, 2, 4, 6, 7)]
    # The last line has the bytes of the first.
    assert (done.documents, done.again, done.refused, done.failed) == (5, 1, 5, ())
    assert any("none.txt: no such file" in refusal for refusal in done.refusals)


def test_a_worker_that_is_killed_costs_nothing(spark: SparkSession, counted: Path, tmp_path: Path) -> None:
    rows = lines(tmp_path / "rows.jsonl", [SHORT, "POISON ONCE", "One more."])
    done = read(spark, [rows], tmp_path / "output")
    assert (done.documents, done.refused, done.failed) == (3, 0, ())
    assert readings_of(tmp_path / "output") == read_locally([rows])
    assert len(list((tmp_path / "output" / "documents").glob("*.parquet"))) == 1


def test_patterns_and_changed_files(spark: SparkSession, tmp_path: Path) -> None:
    for name in ("a", "b"):
        lines(tmp_path / f"{name}.jsonl", [f"{name}: {SHORT}"])
    pattern, output = str(tmp_path / "?.jsonl"), tmp_path / "output"
    assert read(spark, [pattern], output).documents == 2
    lines(tmp_path / "b.jsonl", ["Another article.", "And another."])
    again = read(spark, [pattern, str(tmp_path / "?.csv")], output, published="2024-10-28")
    # By another date all is read anew.
    assert (again.documents, again.parts_before) == (3, 0)
    assert again.refusals == (f"{tmp_path / '?.csv'}: no file is called so",)
    assert read(spark, [pattern], output).documents == 2
    assert read(spark, ["-", "https://a.example/"], output).refused == 2


def test_a_large_file_is_read_in_parts(spark: SparkSession, counted: Path, tmp_path: Path) -> None:
    padding = "x" * 400_000  # of a field that is not read
    rows = tmp_path / "rows.jsonl"
    rows.write_text("".join(json.dumps({"text": f"{SHORT} {n}", "padding": padding}) + "\n" for n in range(8)))
    done = read(spark, [rows], tmp_path / "output")
    assert (done.parts, done.documents) == (8, 8)
    assert [r.document.text for r in readings_of(tmp_path / "output")] == [f"{SHORT} {n}" for n in range(8)]


def test_a_folder_of_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(OutputError, match="something else"):
        Folder(tmp_path).prepare()
    with pytest.raises(OutputError, match="nothing here"):
        Folder(tmp_path).require()
