"""The commands of a cluster, from files to a ledger."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.cluster.test_reading import SHORT, lines
from typer.testing import CliRunner

from onrecord.cluster import Derived, Folder
from onrecord.ledger import Ledger
from onrecord.views.cli import app

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


def test_from_files_to_a_ledger(spark: SparkSession, counted: Path, tmp_path: Path) -> None:
    rows = lines(tmp_path / "rows.jsonl", [SHORT, "POISON RAISE", SHORT.replace("14", "15")])
    output, book = str(tmp_path / "out"), str(tmp_path / "news.db")
    run = CliRunner().invoke
    found = run(app, ["cluster", "read", str(rows), output])
    assert found.exit_code == 1
    assert "refused" in found.stderr
    assert f"{rows}:2: set aside: it brings out a fault of the reader (ZeroDivisionError" in found.stderr
    assert found.stdout == "2 read, 1 refused\n"
    found = run(app, ["cluster", "read", str(rows), output])
    assert (found.exit_code, found.stdout) == (0, "0 read, 0 refused, 1 of 1 parts were read before\n")
    assert run(app, ["cluster", "load", output, book]).stdout == "2 added\n"
    assert run(app, ["cluster", "load", output, book]).stdout == "2 known\n"
    with Ledger.open(book, create=False) as ledger:
        assert len(ledger.documents()) == 2


@pytest.mark.parametrize(
    ("found", "status", "said"),
    [
        (
            Derived(2_000, {"stories": 1, "claims": 3_000, "refused": 0}),
            0,
            "2,000 documents: 1 stories, 3,000 claims\n",
        ),
        (Derived(2, {"claims": 3, "refused": 0}, before=True), 0, "2 documents: 3 claims (derived before)\n"),
        (Derived(2, {"claims": 3, "refused": 1}), 1, "2 documents: 3 claims\n"),
    ],
)
def test_what_is_derived_is_told(
    found: Derived, status: int, said: str, spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Folder(tmp_path).prepare()
    monkeypatch.setattr("onrecord.cluster.derive", lambda *_, **__: found)
    done = CliRunner().invoke(app, ["cluster", "derive", str(tmp_path)])
    assert (done.exit_code, done.stdout) == (status, said)
    assert ("left out" in done.stderr) == (status == 1)


@pytest.mark.parametrize(
    "wrong",
    [
        ["cluster", "read", "a.txt", "out", "--memory", "much"],
        ["cluster", "read", "a.txt", "out", "--conf", "executor.cores"],
        ["cluster", "read", "out"],
    ],
)
def test_wrong_usage(wrong: list[str]) -> None:
    assert CliRunner().invoke(app, wrong).exit_code == 2


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    for command in (["read", "a.txt", str(tmp_path)], ["derive", str(tmp_path)], ["load", str(tmp_path), "news.db"]):
        found = CliRunner().invoke(app, ["cluster", *command])
        assert found.exit_code == 1
        assert str(tmp_path) in found.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]
