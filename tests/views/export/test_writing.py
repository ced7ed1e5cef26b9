"""An export takes its place whole or not at all, and never over what somebody else made."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from onrecord.errors import LedgerError, OutputError
from onrecord.ledger import Ledger, StatementRow
from onrecord.reading import Reading
from onrecord.views.cli import app
from onrecord.views.commands import exporting
from onrecord.views.export import FORMATS, Chosen, export, tabular
from onrecord.views.export.formats import ROWS
from onrecord.views.export.writing import file_at, folder_at

Run = Callable[..., Result]


@pytest.fixture
def run(path: Path) -> Run:
    def invoke(*arguments: str) -> Result:
        result = CliRunner().invoke(app, ["export", str(path), *arguments])
        assert "Traceback" not in result.output
        return result

    return invoke


def test_the_command_names_the_formats_that_there_are() -> None:
    assert tuple(FORMATS) == exporting.FORMATS
    assert tuple(tabular.KINDS) == ROWS


def test_every_format_writes_the_same_bytes_twice(book: Ledger, tmp_path: Path) -> None:
    for name, known in FORMATS.items():
        if name == "site":  # 2,000 files of the whole ledger: one article is enough here
            continue
        found = []
        for turn in ("one", "two"):
            target = tmp_path / f"{name}-{turn}"
            export(Chosen(book), name, target)
            files = sorted(p for p in target.rglob("*") if p.is_file()) if target.is_dir() else [target]
            found.append({p.relative_to(target): p.read_bytes() for p in files})
        assert found[0] == found[1], name
        assert any(found[0].values()), name
        assert known.about


def test_a_site_is_the_same_twice(flood: Reading, tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "flood.db") as book:
        list(book.add([flood]))
        found = []
        for turn in ("one", "two"):
            export(Chosen(book), "site", tmp_path / turn)
            found.append({p.relative_to(tmp_path / turn): p.read_bytes() for p in (tmp_path / turn).rglob("*.*")})
    assert len(found[0]) > 20
    assert found[0] == found[1]


def test_a_site_is_written_where_a_loop_runs_already(flood: Reading, tmp_path: Path) -> None:
    async def in_a_notebook() -> None:
        with Ledger.open(tmp_path / "flood.db") as book:
            list(book.add([flood]))
            export(Chosen(book), "site", tmp_path / "site")

    # Like a notebook's kernel, a thread with a loop of its own that runs.
    with ThreadPoolExecutor(max_workers=1) as apart:
        apart.submit(lambda: asyncio.run(in_a_notebook())).result()
    assert (tmp_path / "site" / "index.html").exists()


def test_a_file_is_not_written_over_without_force(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "statements.csv"
    target.write_text("mine")
    refused = run("csv", "--kind", "statements", "-o", str(target))
    assert refused.exit_code == 1
    assert len(refused.stderr.splitlines()) == 1
    assert "--force" in refused.stderr
    assert target.read_text() == "mine"
    assert run("csv", "--kind", "statements", "-o", str(target), "--force").exit_code == 0
    assert target.read_text().startswith("id,document,")
    assert [p.name for p in tmp_path.iterdir()] == ["statements.csv"]


def test_force_replaces_only_folders_that_an_export_wrote(run: Run, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "notes.txt").write_text("mine")
    for force in ([], ["--force"]):
        refused = run("csv", "-o", str(mine), *force)
        assert refused.exit_code == 1
        assert (mine / "notes.txt").read_text() == "mine"
    empty = tmp_path / "empty"
    empty.mkdir()
    assert run("csv", "-o", str(empty)).exit_code == 0
    (empty / "stale.csv").write_text("old")
    assert run("csv", "-o", str(empty)).exit_code == 1
    assert run("csv", "-o", str(empty), "--force").exit_code == 0
    assert not (empty / "stale.csv").exists()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["empty", "mine"]


def test_what_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "old").write_text("old")

    def write_half() -> None:
        with file_at(tmp_path / "old", force=True) as out:
            out.write(b"half")
            raise RuntimeError

    def fill_half() -> None:
        with folder_at(tmp_path / "new") as folder:
            (folder / "half").write_text("half")
            raise RuntimeError

    for attempt in (write_half, fill_half):
        with pytest.raises(RuntimeError):
            attempt()
    assert [p.name for p in tmp_path.iterdir()] == ["old"]
    assert (tmp_path / "old").read_text() == "old"


def test_a_ledger_that_changes_meanwhile_is_not_exported(
    flood: Reading, hostile: Reading, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "flood.db"
    with Ledger.open(source) as writer:
        list(writer.add([flood]))
        rows = Chosen.statements
        later = iter((hostile, replace(hostile, model="other weights")))

        def slow(chosen: Chosen) -> Iterator[StatementRow]:
            yield from rows(chosen)
            list(writer.add([next(later)]))

        statements = replace(tabular.KINDS["statements"], rows=slow)
        monkeypatch.setitem(tabular.KINDS, "statements", statements)
        with Ledger.open(source, create=False, read_only=True) as book:
            for kind in (None, "statements"):
                with pytest.raises(LedgerError, match="written to meanwhile"):
                    export(Chosen(book), "jsonl", tmp_path / "out", kind=kind)
                assert not (tmp_path / "out").exists()
            export(Chosen(book), "jsonl", tmp_path / "out", kind="claims")


def test_a_file_is_made_for_whoever_may_read_new_files(run: Run, tmp_path: Path) -> None:
    (tmp_path / "like").touch()
    assert run("jsonl", "--kind", "claims", "-o", str(tmp_path / "claims")).exit_code == 0
    assert (tmp_path / "claims").stat().st_mode == (tmp_path / "like").stat().st_mode


def test_without_a_path_or_with_a_dash_it_goes_to_standard_output(run: Run) -> None:
    one, other = run("jsonl", "--kind", "claims"), run("jsonl", "--kind", "claims", "-o", "-")
    assert one.exit_code == other.exit_code == 0
    assert one.stdout_bytes == other.stdout_bytes
    assert one.stdout.startswith("{")
    assert one.stderr == ""


def test_what_cannot_be_is_one_line(run: Run, tmp_path: Path) -> None:
    wrong = (
        (["csv"], 1, "--output"),
        (["nonsense"], 2, "nonsense"),
        (["csv", "--kind", "readings"], 1, "readings"),
        (["csv", "--story", "t000000000000", "-o", str(tmp_path / "x")], 1, "t000000000000"),
        (["csv", "--since", "yesterday"], 2, "yesterday"),
        (["csv", "--since", "2025", "--until", "2024", "-o", str(tmp_path / "x")], 1, "range"),
        (["csv", "-o", str(tmp_path / "no" / "folder")], 1, "no"),
    )
    for arguments, status, word in wrong:
        result = run(*arguments)
        assert result.exit_code == status, arguments
        assert word in result.stderr
        assert result.stdout == ""
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_kind_is_an_error_of_its_own(book: Ledger, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="is one of"):
        export(Chosen(book), "csv", tmp_path / "x", kind="nonsense")
