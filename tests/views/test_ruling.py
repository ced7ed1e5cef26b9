"""Corrections from the command line: signed, shown, taken back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from onrecord.ledger import Ledger
from onrecord.reading import Reading
from onrecord.views.cli import app


@pytest.fixture
def path(tmp_path: Path, flood: Reading) -> Path:
    path = tmp_path / "news.db"
    with Ledger.open(path) as book:
        list(book.add([flood]))
    return path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments), env={"COLUMNS": "200"})


def listed(path: Path, *more: str) -> list[dict[str, str | None]]:
    return [json.loads(line) for line in run("correct", str(path), "--list", "--json", *more).stdout.splitlines()]


def test_a_correction_is_signed_shown_and_undone(path: Path, flood: Reading) -> None:
    record = f"{flood.document.id[:8]}:s3"
    done = run("correct", str(path), record, "--reject", "--reason", "no statement", "--by", "Ida Desk")
    assert done.exit_code == 0, done.output
    [row] = listed(path)
    assert row["id"] is not None
    assert row["id"] in done.stdout
    assert (row["kind"], row["by"], row["reason"], row["state"]) == ("reject", "Ida Desk", "no statement", "in force")
    assert row["at"] is not None
    assert row["at"][10] == "T"
    assert row["at"][-6] in "+-"
    undone = run("correct", str(path), "--undo", row["id"], "--reason", "it is one", "--by", "Ida Desk")
    assert undone.exit_code == 0, undone.output
    assert [row["state"] for row in listed(path)] == ["undone", "in force"]
    table = run("correct", str(path), "--list").stdout
    assert row["id"] in table
    assert "no statement" in table


def test_the_log_of_one_document(path: Path, flood: Reading) -> None:
    run("correct", str(path), f"{flood.document.id[:8]}:s1", "--confirm", "--reason", "heard it")
    assert len(listed(path, flood.document.id[:8])) == 1
    assert run("correct", str(path), "--orphans").stdout.strip() == "No corrections."
    assert run("correct", str(path), "ffffffffff", "--list").exit_code == 1


def test_without_a_name_the_user_signs(path: Path, flood: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.views.commands.ruling.getuser", lambda: "desk7")
    run("correct", str(path), f"{flood.document.id[:8]}:s1", "--confirm", "--reason", "heard it")
    assert [row["by"] for row in listed(path)] == ["desk7"]


def test_two_are_ruled_to_be_one_or_not(path: Path, flood: Reading) -> None:
    a, b = (f"{flood.document.id[:8]}:{entity}" for entity in ("e1", "e2"))
    done = run("merge", str(path), a, b, "--reason", "she is the prefect", "--by", "Ida Desk")
    assert done.exit_code == 0, done.output
    apart = run("merge", str(path), a, b, "--apart", "--reason", "she is not", "--by", "Ida Desk")
    assert apart.exit_code == 0, apart.output
    assert [(row["kind"], row["state"]) for row in listed(path)] == [("merge", "overruled"), ("split", "in force")]


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["x:s1"],
        ["x:s1", "--reject"],
        ["x:s1", "--reject", "--confirm", "--reason", "why"],
        ["--reject", "--reason", "why"],
        ["x:s1", "--undo", "k000000000000", "--reason", "why"],
        ["--list", "--orphans"],
    ],
)
def test_wrong_usage_is_status_2_and_changes_nothing(path: Path, arguments: list[str]) -> None:
    assert run("correct", str(path), *arguments).exit_code == 2
    assert listed(path) == []


def test_what_cannot_be_corrected_is_one_line(path: Path) -> None:
    result = run("correct", str(path), "no-record", "--reject", "--reason", "why")
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1


def test_no_ledger_is_made_by_a_ruling(tmp_path: Path) -> None:
    none = tmp_path / "none.db"
    assert run("merge", str(none), "a", "b", "--reason", "why").exit_code == 1
    assert not none.exists()
