"""Each command by what it prints and its exit status. The reader is stood in for: only the views are tested."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path

import pytest
from typer.testing import CliRunner

from onrecord.errors import InputError, Malformed, MissingInput, ReaderError, TooLarge
from onrecord.intake.article import About
from onrecord.intake.found import Record
from onrecord.ledger import Ledger
from onrecord.reading import Reading
from onrecord.records import Bound, Change, Document, Tally
from onrecord.views import wording
from onrecord.views.cli import app

run = CliRunner().invoke


def reads(monkeypatch: pytest.MonkeyPatch, read: Callable[[Document], Reading]) -> None:
    """From now on this is the reader."""

    def read_all(
        given: Iterable[Document | InputError], *, workers: int, model: str = "full"
    ) -> Iterator[Reading | InputError]:
        for item in given:
            try:
                yield read(item) if isinstance(item, Document) else item
            except InputError as error:
                yield error

    monkeypatch.setattr("onrecord.reader.read", read)
    monkeypatch.setattr("onrecord.reader.read_all", read_all)


@pytest.fixture
def ledger(tmp_path: Path, flood: Reading, hostile: Reading) -> str:
    path = tmp_path / "news.ledger"
    with Ledger.open(path) as book:
        assert [r.outcome for r in book.add([flood, hostile])] == ["added", "added"]
    return str(path)


@pytest.fixture
def road(monkeypatch: pytest.MonkeyPatch, flood: Reading) -> None:
    """An intake that knows some names, and a reader that knows the flood."""

    def documents(
        inputs: Iterable[str], *, published: str | None = None, publisher: str | None = None
    ) -> Iterator[Document | InputError]:
        for name in map(str, inputs):
            if name == "missing.txt":
                yield MissingInput(name, "no such file")
            elif name == "broken.jsonl":
                yield flood.document
                yield Malformed(name, "not JSON:\x1b[2J two\nlines", line=2)
            else:
                document = flood.document if name != "huge.txt" else replace(flood.document, text="huge", blocks=())
                yield replace(document, published=published or document.published, publisher=publisher)

    def find(path: Path, given: About) -> Iterator[Record | InputError]:
        for found in documents([str(path)], published=given.published, publisher=given.publisher):
            yield found if isinstance(found, InputError) else Record(str(path), partial(replace, found))

    def read(document: Document, *, model: str = "full") -> Reading:
        if document.text == "huge":
            raise TooLarge("huge.txt", "over the limit")
        return replace(flood, document=document)

    monkeypatch.setattr("onrecord.intake.documents", documents, raising=False)
    monkeypatch.setattr(import_module("onrecord.intake.sources"), "find", find)  # a function there has its name too
    reads(monkeypatch, read)


@pytest.mark.usefixtures("road")
class TestRead:
    def test_prints_tables_that_say_who_how_what_when(self) -> None:
        result = run(app, ["read", "flood.txt"])
        assert result.exit_code == 0
        for words in ("Ida Holm", "confirm “confirmed”", "about 1,200", "≥ 40", "2024-05-03", "not a number as"):
            assert words in result.stdout
        assert result.stderr == ""

    def test_json_is_one_schema_document_a_line(self, flood: Reading) -> None:
        result = run(app, ["read", "--json", "a.txt", "b.txt", "--published", "2024-06-01", "--publisher", "Bladet"])
        lines = [json.loads(line) for line in result.stdout.splitlines()]
        assert len(lines) == 2
        assert lines[0]["schema"] == 1
        assert lines[0]["text"] == flood.document.text
        assert (lines[0]["published"], lines[0]["publisher"]) == ("2024-06-01", "Bladet")

    def test_refusals_are_a_line_each_and_the_rest_is_done(self) -> None:
        result = run(app, ["read", "--json", "missing.txt", "huge.txt", "broken.jsonl", "flood.txt"])
        assert result.exit_code == 1
        assert len(result.stdout.splitlines()) == 2
        assert result.stderr.splitlines() == [
            "onrecord: refused missing.txt: no such file",
            "onrecord: refused huge.txt: over the limit",
            "onrecord: refused broken.jsonl:2: not JSON:␛[2J two lines",
        ]

    def test_an_error_of_the_reader_is_one_line(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def read(document: Document, *, model: str = "full") -> Reading:
            raise ReaderError("the weights are damaged")

        reads(monkeypatch, read)
        result = run(app, ["read", "flood.txt"])
        assert result.exit_code == 1
        assert result.stderr == "onrecord: the weights are damaged\n"

    def test_a_surrogate_leaves_as_its_escape(self, monkeypatch: pytest.MonkeyPatch, flood: Reading) -> None:
        odd = replace(flood, document=replace(flood.document, title="\ud800 Ørsta"))
        reads(monkeypatch, lambda document: odd)
        result = run(app, ["read", "--json", "flood.txt"])
        assert json.loads(result.stdout_bytes)["title"] == "\ud800 Ørsta"


@pytest.mark.parametrize(
    "arguments",
    [
        ["read"],
        ["read", "x.txt", "--published", "yesterday"],
        ["read", "x.txt", "--nonsense"],
        ["statements", "x.ledger", "--since", "2024-5"],
        ["serve", "x.ledger", "--host", "0.0.0.0"],
        ["serve", "x.ledger", "--host", "example.org"],
        ["nonsense"],
    ],
)
def test_wrong_usage_is_status_2(arguments: list[str]) -> None:
    result = run(app, arguments)
    assert result.exit_code == 2
    assert "Traceback" not in result.output


class TestAdd:
    @pytest.mark.usefixtures("road")
    def test_says_what_became_of_each_input(self, tmp_path: Path) -> None:
        path = str(tmp_path / "new.ledger")
        first = run(app, ["add", path, "flood.txt", "missing.txt"])
        assert first.exit_code == 1
        assert "added" in first.stdout
        assert "(3 statements, 2 figures, 1 moment)" in first.stdout
        assert "1 added, 1 refused" in first.stdout
        assert first.stderr == "onrecord: refused missing.txt: no such file\n"
        listed = run(app, ["documents", path])
        assert "Harbour flooded" in listed.stdout

    def test_a_ledger_that_is_none_is_one_line(self, tmp_path: Path) -> None:
        path = tmp_path / "not.ledger"
        path.write_text("this is not a database, it only stands where one should" * 50)
        result = run(app, ["add", str(path), "flood.txt"])
        assert result.exit_code == 1
        assert result.stderr.startswith("onrecord: ")
        assert len(result.stderr.splitlines()) == 1


class TestQuestions:
    def test_statements(self, ledger: str) -> None:
        result = run(app, ["statements", ledger, "--speaker", "ida holm", "--about", "harbour", "--since", "2024-05"])
        assert result.exit_code == 0
        assert "that about 1,200 people" in result.stdout
        assert "the dam will hold" not in result.stdout

    def test_statements_as_json(self, ledger: str) -> None:
        rows = [json.loads(line) for line in run(app, ["statements", ledger, "--json"]).stdout.splitlines()]
        assert {row["id"] for row in rows} == {"s1", "s2", "s3"}
        assert all(row["content_spans"] for row in rows)

    def test_figures(self, ledger: str) -> None:
        result = run(app, ["figures", ledger, "--about", "boats"], env={"COLUMNS": "200"})
        assert "≥ 40" in result.stdout
        assert "up to, in all" in result.stdout
        assert "the outlet (The Fjord Post)" in result.stdout
        assert "1,200" not in result.stdout

    def test_speakers(self, ledger: str) -> None:
        result = run(app, ["speakers", ledger])
        assert re.search(r"Ida Holm +person .* p[0-9a-f]{12}", result.stdout)

    def test_search(self, ledger: str) -> None:
        assert "the dam will hold" in run(app, ["search", ledger, "dam", "hold"]).stdout
        assert "Nothing found" in run(app, ["search", ledger, "zeppelin"]).stdout

    def test_show_marks_the_text_with_brackets_in_a_pipe(self, ledger: str, flood: Reading) -> None:
        result = run(app, ["show", ledger, flood.document.id[:8]])
        assert result.exit_code == 0
        assert "{Mayor Ida Holm} <confirmed> on ~3 May~ [1 that _about 1,200_ people had left" in result.stdout
        assert "[2 {the prefect} <believes> [3 the dam will hold 3] 2]." in result.stdout

    @pytest.mark.parametrize("command", ["statements", "figures", "speakers", "documents"])
    def test_no_ledger_is_one_line_and_none_is_made(self, command: str, tmp_path: Path) -> None:
        result = run(app, [command, str(tmp_path / "none.ledger")])
        assert result.exit_code == 1
        assert len(result.stderr.splitlines()) == 1
        assert "none.ledger" in result.stderr
        assert not (tmp_path / "none.ledger").exists()

    def test_no_such_document_is_one_line(self, ledger: str) -> None:
        result = run(app, ["show", ledger, "ffffffffffff"])
        assert result.exit_code == 1
        assert result.stderr.startswith("onrecord: ")

    @pytest.mark.parametrize(
        "command", "statements figures speakers documents search show stories claims who timeline".split()
    )
    def test_nothing_an_article_holds_reaches_the_terminal_as_a_command(
        self, command: str, ledger: str, hostile: Reading
    ) -> None:
        more = {
            "search": ["alert"],
            "show": [hostile.document.id],
            "timeline": [hostile.document.id],
            "who": [hostile.entities[0].name],
        }.get(command, [])
        result = run(app, [command, ledger, *more], env={"COLUMNS": "400"})
        assert result.exit_code == 0
        assert "\x1b" not in result.stdout
        assert "[red]said[/red]" in result.stdout.replace("<said>", "said")


def test_version_is_the_package_version() -> None:
    import onrecord

    assert run(app, ["--version"]).stdout == f"onrecord {onrecord.__version__}\n"


@pytest.mark.parametrize("arguments", [["--json"], []])
def test_a_reader_that_goes_away_is_no_error(ledger: str, arguments: list[str]) -> None:
    reading_end, writing_end = os.pipe()
    os.close(reading_end)
    command = [sys.executable, "-m", "onrecord.views.cli", "statements", ledger, *arguments]
    done = subprocess.run(command, stdout=writing_end, stderr=subprocess.PIPE, check=False, timeout=60)
    os.close(writing_end)
    assert done.stderr == b""
    assert done.returncode == 1


@pytest.mark.parametrize(
    ("low", "high", "bound", "unit", "words"),
    [
        (10000.0, 10000.0, "exactly", None, "10,000"),
        (11000.0, 11000.0, "about", None, "about 11,000"),
        (600000.0, None, "more than", None, "> 600,000"),
        (None, 3.0, "less than", "km", "< 3 km"),
        (107.0, None, "at least", None, "≥ 107"),
        (None, 8.0, "at most", None, "≤ 8"),
        (5.0, 7.5, "between", "%", "5–7.5 %"),
        (24.0, None, "exactly", None, "≥ 24"),
        (None, 100 / 3, "less than", "%", "< 33.333 %"),
        (0.00012, 0.00012, "exactly", None, "0.00012"),
        (0.0, 0.0, "exactly", None, "0"),
        (1234567.25, 1234567.25, "exactly", "USD", "1,234,567.25 USD"),
        (1e12, 1e12, "exactly", None, "1,000,000,000,000"),
    ],
)
def test_amounts_in_words(low: float | None, high: float | None, bound: Bound, unit: str | None, words: str) -> None:
    assert wording.amount(low, high, bound, unit) == words


@pytest.mark.parametrize(
    ("change", "tally", "words"),
    [
        (None, None, ""),
        ("down", None, "down"),
        (None, "increment", "more"),
        ("up to", "total", "up to, in all"),
    ],
)
def test_movements_in_words(change: Change | None, tally: Tally | None, words: str) -> None:
    assert wording.movement(change, tally) == words
