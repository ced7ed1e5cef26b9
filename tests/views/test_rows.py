"""Rows as JSON and CSV, and options in groups."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from onrecord.records import Span
from onrecord.views.options import AT_FIRST, Output
from onrecord.views.rows import as_csv, as_json, columns
from onrecord.views.spread import spread


@dataclass(frozen=True)
class Part:
    who: str
    day: str | None
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Whole:
    id: str
    sure: bool
    value: float | None
    first: Part
    best: Part | None
    parts: tuple[Part, ...]
    names: tuple[tuple[str, int], ...]
    span: Span | None


ADA = Part("Ada Holm", "2024-05-03", (Span(1, 5), Span(7, 9)))
POST = Part('The "Fjord" Post', None, (Span(20, 31),))
ROW = Whole("c1", True, 14.0, ADA, None, (ADA, POST), (("Ada", 2), ("Holm", 1)), Span(3, 8))


def read_back(lines: list[str]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO("\r\n".join(lines) + "\r\n", newline="")))


def test_a_record_becomes_columns_and_a_list_of_records_too() -> None:
    [row] = read_back(list(as_csv(Whole, [ROW])))
    assert row == {
        "id": "c1",
        "sure": "true",
        "value": "14",
        "first.who": "Ada Holm",
        "first.day": "2024-05-03",
        "first.spans": "1-5; 7-9",
        "best.who": "",
        "best.day": "",
        "best.spans": "",
        "parts.who": 'Ada Holm; The "Fjord" Post',
        "parts.day": "2024-05-03; ",
        "parts.spans": "1-5, 7-9; 20-31",
        "names": "Ada, 2; Holm, 1",
        "span": "3-8",
    }
    assert list(row) == [name for name, _ in columns(Whole)]


def test_each_of_a_list_may_have_a_line_of_its_own() -> None:
    one, other = read_back(list(as_csv(Whole, [ROW], "parts")))
    assert (one["parts.who"], other["parts.who"]) == ("Ada Holm", 'The "Fjord" Post')
    assert other["id"] == "c1"
    assert other["parts.spans"] == "20-31"


def test_without_rows_there_is_a_header() -> None:
    assert list(as_csv(Part, [])) == ["who,day,spans"]


def test_json_keeps_records_and_spans_as_they_are() -> None:
    [line] = as_json([ROW])
    row = json.loads(line)
    assert row["parts"][1] == {"who": 'The "Fjord" Post', "day": None, "spans": [[20, 31]]}
    assert row["best"] is None


@given(st.text(st.characters(exclude_categories=["Cs"])), st.none() | st.text(st.characters(exclude_categories=["Cs"])))
def test_whatever_words_hold_they_come_back(who: str, day: str | None) -> None:
    [row] = read_back(list(as_csv(Part, [Part(who, day, ())])))
    assert (row["who"], row["day"]) == (who, day or "")


@pytest.mark.parametrize(
    ("output", "most", "ask_for"),
    [
        (Output(), AT_FIRST, AT_FIRST + 1),
        (Output(limit=0), None, None),
        (Output(limit=7), 7, 8),
        (Output(as_json=True), None, None),
        (Output(as_csv=True), None, None),
        (Output(limit=3, as_csv=True), 3, 4),
    ],
)
def test_how_many_rows_are_shown(output: Output, most: int | None, ask_for: int | None) -> None:
    assert (output.most, output.ask_for) == (most, ask_for)


def test_the_fields_of_a_group_are_options() -> None:
    got: list[Output] = []
    app = typer.Typer()

    @app.command()
    @spread
    def command(name: str, output: Output) -> None:
        got.append(output)

    run = CliRunner().invoke
    assert run(app, ["x", "--json", "--limit", "3"]).exit_code == 0
    assert got == [Output(limit=3, as_json=True)]
    both = run(app, ["x", "--json", "--csv"])
    assert both.exit_code == 2
    assert "exclude each other" in both.output
    assert run(app, ["x", "--limit", "-1"]).exit_code == 2
