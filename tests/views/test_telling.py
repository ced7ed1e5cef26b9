"""The commands over what follows from many articles, as their reader sees them: on a ledger of real readings."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.ledger.sample_readings import readings
from typer.testing import CliRunner, Result

from onrecord.ledger import Ledger
from onrecord.views.cli import app

Run = Callable[..., Result]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("telling") / "dam.db"
    with Ledger.open(path) as book:
        list(book.add(readings()))
    return path


@pytest.fixture
def run(path: Path) -> Run:
    def invoke(command: str, *arguments: str, width: int = 100) -> Result:
        result = CliRunner().invoke(app, [command, str(path), *arguments], env={"COLUMNS": str(width)})
        assert "Traceback" not in result.output
        return result

    return invoke


def rows(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


COMMANDS = (["stories"], ["copies"], ["claims"], ["series"], ["conflicts"], ["who", "Brezik"], ["timeline"])


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("width", [80, 120])
def test_a_table_fits_its_width(run: Run, command: list[str], width: int) -> None:
    result = run(*command, width=width)
    assert result.exit_code == 0, result.output
    assert result.stdout.strip()
    assert max(len(line) for line in result.stdout.splitlines()) <= width


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_json_and_csv_hold_the_same_rows(run: Run, command: list[str]) -> None:
    found = rows(run(*command, "--json"))
    result = run(*command, "--csv")
    assert result.stdout_bytes.count(b"\r\n") >= len(found)
    cells = list(csv.DictReader(io.StringIO(result.stdout_bytes.decode(), newline="")))
    expected = [row for row in found for _ in row.get("points", [None])] if command == ["series"] else found
    key = next(name for name in ("id", "of", "group") if name in found[0])
    assert [row[key] or "" for row in expected] == [row[key] for row in cells]


@pytest.mark.parametrize("command", COMMANDS[:5], ids=" ".join)
def test_a_row_is_found_by_its_id_and_names_documents_that_open(run: Run, command: list[str]) -> None:
    row = rows(run(*command, "--json"))[0]
    id = row.get("id") or row["group"]
    again = rows(run(*command, id, "--json"))
    assert again[0] == row
    table = run(*command, id).stdout
    assert id in table
    known = {document["id"] for document in rows(run("documents", "--json"))}
    assert any(document[:8] in table for document in known)


@pytest.mark.parametrize("command", ["claims", "series", "conflicts", "copies", "stories"])
def test_an_id_that_nothing_has_is_one_line(run: Run, command: str) -> None:
    result = run(command, "c000000000000")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1


def test_nobody_of_that_name_is_one_line(run: Run) -> None:
    for command in ("who", "timeline"):
        result = run(command, "Zebedee Quux")
        assert result.exit_code == 1
        assert "Zebedee Quux" in result.stderr


def test_a_table_says_that_there_is_more_and_json_does_not(run: Run) -> None:
    table = run("claims", "--limit", "3")
    assert "3 shown, there are more" in table.stderr
    assert "shown" not in table.stdout
    assert len(rows(run("claims", "--limit", "3", "--json"))) == 3
    assert len(rows(run("claims", "--json"))) > 50
    assert run("claims", "--limit", "0").stderr == ""
    entries = run("timeline", "--limit", "2")
    assert f"2 shown, {len(rows(run('timeline', '--json'))) - 2} more are not" in entries.stderr


def test_claims_are_narrowed(run: Run) -> None:
    everything = rows(run("claims", "--json"))
    disputed = rows(run("claims", "--json", "--standing", "disputed"))
    assert 0 < len(disputed) < len(everything)
    assert {row["standing"] for row in disputed} == {"disputed"}
    assert all(row["holders"] and row["deniers"] for row in disputed)
    story = everything[0]["story"]
    assert {row["story"] for row in rows(run("claims", "--json", "--story", story))} == {story}
    assert run("claims", "--standing", "true").exit_code == 2


def test_a_claim_shows_who_denies_it(run: Run) -> None:
    claim = rows(run("claims", "--json", "--standing", "disputed"))[0]
    table = run("claims", "--standing", "disputed", "--limit", "1", width=200).stdout
    assert claim["deniers"][0]["name"] in table
    assert "denies" in table
    full = run("claims", claim["id"], width=200).stdout
    assert all(member["document"][:8] in full for role in ("holders", "deniers") for member in claim[role])


def test_series_are_asked_for_in_plain_words(run: Run) -> None:
    dead = rows(run("series", "--about", "dead", "--json"))
    assert dead
    assert all("killed" in row["event"] for row in dead)
    soldiers = rows(run("series", "--about", "soldiers", "--json"))
    assert soldiers
    assert all("soldier" in (row["thing"], row["whose"]) for row in soldiers)


def test_both_sides_of_a_conflict_are_shown(run: Run) -> None:
    conflict = rows(run("conflicts", "--json"))[0]
    table = " ".join(run("conflicts", conflict["id"], width=240).stdout.split())
    for side in (conflict["a"], conflict["b"]):
        assert side["document"][:8] in table
        assert side["who"] in table
    assert conflict["comparable"] in table
    assert conflict["rule"] in {row["rule"] for row in rows(run("conflicts", "--rule", conflict["rule"], "--json"))}
    assert run("conflicts", "--rule", "taste").exit_code == 2


def test_who_shows_names_and_roles(run: Run) -> None:
    person = next(row for row in rows(run("who", "Brezik", "--json")) if row["names"])
    table = " ".join(run("who", person["id"], width=200).stdout.split())
    assert all(f"{name} ({count})" in table for name, count in person["names"])
    assert all(role["title"] in table for role in person["roles"])


LISTS = (
    *(["documents"], ["statements"], ["figures"], ["speakers"], ["search", "dam"]),
    *(["stories"], ["copies"], ["claims"], ["series"], ["conflicts"], ["who", "Brezik"], ["timeline"]),
)


@pytest.mark.parametrize("command", LISTS, ids=" ".join)
def test_a_list_goes_on_behind_the_row_that_its_note_names(run: Run, command: list[str]) -> None:
    whole = rows(run(*command, "--json"))
    result = run(*command, "--limit", "1")
    named = re.search(r"--after '?(.*?)'? those behind", result.stderr.replace("\n", ""))
    assert (named is not None) == (len(whole) > 1)
    if named is not None:
        assert rows(run(*command, "--json", "--after", named[1])) == whole[1:]


def test_a_row_that_is_gone_is_refused(run: Run) -> None:
    result = run("claims", "--after", "c000000000000")
    assert result.exit_code == 1
    assert "there is no row 'c000000000000' to go on behind" in result.stderr


def test_series_that_moved_and_claims_that_stand_in_several_ways(run: Run) -> None:
    moved = rows(run("series", "--moved", "--json"))
    assert {row["trend"] for row in moved} <= {"rising", "falling", "mixed"}
    assert 0 < len(moved) < len(rows(run("series", "--json")))
    contested = rows(run("claims", "--standing", "disputed", "--standing", "denied", "--json"))
    assert {row["standing"] for row in contested} == {"disputed", "denied"}
    refused = run("claims", "--standing", "denied", "--standing", "dubious")
    assert refused.exit_code == 2


def test_conflicts_of_a_speaker(run: Run) -> None:
    whole = rows(run("conflicts", "--json"))
    name = whole[0]["a"]["who"]
    theirs = rows(run("conflicts", "--speaker", name, "--json"))
    assert theirs
    assert all(name in (row["a"]["who"], row["b"]["who"]) for row in theirs)
    assert [row for row in whole if name in (row["a"]["who"], row["b"]["who"])] == theirs
