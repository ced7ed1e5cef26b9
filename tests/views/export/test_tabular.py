"""CSV and JSON Lines read back by Python's own readers are the ledger's rows."""

from __future__ import annotations

import csv
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from tests.views.export.conftest import lines, whole

from onrecord.ledger import Ledger
from onrecord.views.export import FORMATS, Selection
from onrecord.views.export.tabular import KINDS
from onrecord.views.rows import columns


def asked(book: Ledger, kind: str) -> list[dict[str, Any]]:
    """What the ledger itself answers, in no particular order."""
    if kind == "timeline":
        rows: list[Any] = [row for story in book.stories() for row in book.timeline(story.id)]
    else:
        rows = getattr(book, kind)()
    return plain([asdict(row) for row in rows])


def plain(rows: Any) -> Any:
    """Tuples as lists, sorted."""
    return sorted(json.loads(json.dumps(rows)), key=lambda row: json.dumps(row, sort_keys=True))


@pytest.mark.parametrize("kind", KINDS)
def test_json_lines_read_back_are_the_rows_of_the_ledger(book: Ledger, tmp_path: Path, kind: str) -> None:
    rows = lines(whole(book, "jsonl", tmp_path / "rows.jsonl", kind=kind))
    assert rows
    assert plain(rows) == asked(book, kind)


@pytest.mark.parametrize("kind", KINDS)
def test_csv_read_back_has_the_columns_and_cells_of_the_rows(book: Ledger, tmp_path: Path, kind: str) -> None:
    path = whole(book, "csv", tmp_path / "rows.csv", kind=kind)
    with path.open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    rows = asked(book, kind)
    expected = [row for row in rows for _ in row["points"]] if kind == "series" else rows
    assert len(found) == len(expected)
    assert list(found[0]) == [name for name, _ in columns(KINDS[kind].row)]
    # Every plain column holds the values of the rows.
    for name in found[0]:
        values = {row.get(name) for row in rows if not isinstance(row.get(name), list | dict)}
        if name in rows[0] and all(not isinstance(row[name], list | dict) for row in rows):
            assert {cell(value) for value in values} == {row[name] for row in found}, name


def cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def test_readings_are_whole_articles(book: Ledger, tmp_path: Path) -> None:
    found = lines(whole(book, "jsonl", tmp_path / "readings.jsonl", kind="readings"))
    assert found == [json.loads(book.document(row.id).to_json()) for row in book.documents()]


def test_a_folder_holds_every_kind_and_says_what_it_holds(book: Ledger, tmp_path: Path) -> None:
    for name in ("csv", "jsonl"):
        folder = whole(book, name, tmp_path / name)
        about = json.loads((folder / "export.json").read_text())
        assert set(about["files"]) == {f"{kind}.{name}" for kind in FORMATS[name].kinds}
        assert about["models"] == sorted({row.model for row in book.documents()})
        assert about["counts"]["statements"] == len(book.statements())
        assert {path.name for path in folder.iterdir()} == {*about["files"], "export.json"}


def test_articles_are_chosen_by_story_and_day_of_publication(book: Ledger, tmp_path: Path) -> None:
    story = max(book.stories(), key=lambda row: row.documents)
    days = sorted({row.published[:10] for row in book.documents() if row.published})
    selection = Selection(story=story.id, since=days[1], until=days[-2])
    expected = {
        row.id
        for row in book.documents()
        if row.id in story.members and days[1] <= (row.published or "")[:10] <= days[-2]
    }
    assert 0 < len(expected) < len(story.members)
    documents = lines(whole(book, "jsonl", tmp_path / "d", selection, "documents"))
    assert {row["id"] for row in documents} == expected
    for kind in ("statements", "figures", "timeline", "copies"):
        rows = lines(whole(book, "jsonl", tmp_path / kind, selection, kind))
        assert {row["document"] for row in rows} <= expected
        full = {json.dumps(row, sort_keys=True) for row in asked(book, kind) if row["document"] in expected}
        assert {json.dumps(row, sort_keys=True) for row in rows} == full
    claims = lines(whole(book, "jsonl", tmp_path / "c", selection, "claims"))
    assert 0 < len(claims) < len(book.claims())
    for claim in claims:
        members = [m for role in ("holders", "deniers", "neither", "reporters") for m in claim[role]]
        assert expected & {member["document"] for member in members}
