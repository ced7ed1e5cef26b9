"""Each form in which rows are printed: tables that fit, JSON, JSON Lines, CSV, Markdown; colours; what excludes what."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from rich.cells import cell_len
from rich.console import Console, Group
from rich.text import Text
from tests.ledger.sample_readings import readings
from typer.testing import CliRunner, Result

from onrecord.ledger import Ledger
from onrecord.reading import Reading
from onrecord.views.cli import app
from onrecord.views.grid import _LONGEST_WORD, Grid, hanging
from onrecord.views.markdown import as_markdown

Run = Callable[..., Result]

COMMANDS = (
    ["documents"],
    ["statements"],
    ["figures"],
    ["speakers"],
    ["search", "dam"],
    ["stories"],
    ["copies"],
    ["claims"],
    ["series"],
    ["conflicts"],
    ["who", "Brezik"],
    ["timeline"],
    ["correct", "--list"],
)
_PARSER = MarkdownIt("commonmark").enable("table")
_SOURCE = Path(__file__).parents[2] / "samples" / "velna-dam" / "05-troops-plan.txt"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("formats") / "dam.db"
    with Ledger.open(path) as book:
        list(book.add(readings()))
        statement = book.statements(limit=1)[0]
    wrong = ["correct", str(path), f"{statement.document[:12]}:{statement.id}", "--reject", "--reason", "a | pipe"]
    assert CliRunner().invoke(app, [*wrong, "--by", "Ida Holm"]).exit_code == 0
    return path


@pytest.fixture
def run(path: Path) -> Run:
    def invoke(command: list[str], *arguments: str, width: int = 100, **environment: str) -> Result:
        given = [command[0], str(path), *command[1:], *arguments]
        result = CliRunner().invoke(app, given, env={"COLUMNS": str(width), **environment})
        assert result.exit_code == 0, result.output
        return result

    return invoke


def text_of(markdown: str) -> str:
    """The words of a page of Markdown as they are shown, without the headings of its tables."""
    html = re.sub(
        r"<br\s*/?>|</t[hd]>|</p>", " ", re.sub(r"<thead>.*?</thead>", "", _PARSER.render(markdown), flags=re.S)
    )
    return unescape(re.sub(r"<[^>]+>", "", html))


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_a_table_fits_and_cuts_no_word(run: Run, command: list[str], width: int) -> None:
    shown = run(command, "--limit", "25", width=width).stdout
    assert max(map(cell_len, shown.splitlines())) <= width
    # The same cells, and none of them folded.
    words = text_of(run(command, "--limit", "25", "--format", "md").stdout).split()
    words = [word for word in words if len(word) <= _LONGEST_WORD and not re.search("[⠀-⣿│┤┈━▁-█]", word)]
    assert len(words) > 8
    assert set(words) - {*shown.split(), *(word.removesuffix(":") for word in shown.split())} == set()


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_the_forms_hold_the_same_rows(run: Run, command: list[str]) -> None:
    lines = [json.loads(line) for line in run(command, "--format", "jsonl").stdout.splitlines()]
    assert lines
    assert json.loads(run(command, "--format", "json").stdout) == lines
    assert run(command, "--json").stdout == run(command, "--format", "jsonl").stdout
    assert run(command, "--csv").stdout_bytes == run(command, "--format", "csv").stdout_bytes
    cells = list(csv.reader(io.StringIO(run(command, "--csv").stdout_bytes.decode(), newline="")))
    points = sum(len(row["points"]) for row in lines) if command == ["series"] else len(lines)
    assert len(cells) == points + 1
    tables = [token for token in _PARSER.parse(run(command, "--format", "md").stdout) if token.type == "table_open"]
    assert tables or command == ["who", "Brezik"]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_rows_are_an_empty_array(command: list[str], tmp_path: Path) -> None:
    if command[0] in ("who", "timeline"):
        pytest.skip("they refuse what nothing has")
    Ledger.open(tmp_path / "empty.db").close()
    arguments = [command[0], str(tmp_path / "empty.db"), *command[1:]]
    assert json.loads(CliRunner().invoke(app, [*arguments, "--format", "json"]).stdout) == []
    assert CliRunner().invoke(app, [*arguments, "--format", "jsonl"]).stdout == ""
    assert len(CliRunner().invoke(app, [*arguments, "--format", "csv"]).stdout.splitlines()) == 1
    assert len(CliRunner().invoke(app, [*arguments, "--format", "md"]).stdout.split("\n")) <= 3


def test_what_a_person_wrote_is_no_markup_of_a_table(run: Run) -> None:
    shown = run(["correct", "--list"], "--format", "md").stdout
    assert "a \\| pipe" in shown
    assert "a | pipe" in text_of(shown)


@pytest.mark.parametrize(
    "forms", [["--json", "--csv"], ["--format", "md", "--json"], ["--format", "xml"], ["--color", "blue"]]
)
@pytest.mark.parametrize("command", [["claims"], ["show", "00"], ["correct", "--list"]])
def test_forms_exclude_each_other(path: Path, command: list[str], forms: list[str]) -> None:
    result = CliRunner().invoke(app, [command[0], str(path), *command[1:], *forms])
    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_read_prints_every_form(tmp_path: Path) -> None:
    def read(form: str) -> Result:
        result = CliRunner().invoke(app, ["read", str(_SOURCE), "--format", form])
        assert result.exit_code == 0, result.output
        return result

    [document] = json.loads(read("json").stdout)
    assert json.loads(read("jsonl").stdout) == document
    rows = list(csv.DictReader(io.StringIO(read("csv").stdout_bytes.decode(), newline="")))
    records = {
        kind: [row for row in rows if row["kind"] == kind] for kind in ("statement", "figure", "moment", "event")
    }
    assert {kind: len(found) for kind, found in records.items()} == {
        kind: len(document[f"{kind}s"]) for kind in records
    }
    for row in rows:
        pieces = [document["text"][int(a) : int(b)] for a, b in re.findall(r"(\d+)-(\d+)", row["spans"])]
        assert row["words"] == " … ".join(" ".join(piece.split()) for piece in pieces)
    assert [row["what"] for row in records["event"]] == [event["lemma"] for event in document["events"]]
    assert [row["on"] for row in records["statement"]] == [one["said_on"] or "" for one in document["statements"]]
    assert "### Statements" in read("md").stdout


def test_check_prints_every_form(path: Path, tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text("The burst of the Drusa dam killed 41 people, the emergency service said.\n")

    def check(form: str) -> str:
        arguments = ["check", str(draft), "--ledger", str(path), "--published", "2025-03-21", "--format", form]
        result = CliRunner().invoke(app, arguments)
        assert result.exit_code == 3, result.output
        return result.stdout

    findings = json.loads(check("json"))
    assert [json.loads(line) for line in check("jsonl").splitlines()] == findings
    assert len(list(csv.reader(io.StringIO(check("csv"), newline="")))) == len(findings) + 1
    shown = text_of(check("md"))
    assert all(" ".join(finding["reason"].split()) in shown for finding in findings)


class TestColour:
    def test_piped_output_has_none(self, run: Run) -> None:
        assert "\x1b" not in run(["claims"]).stdout

    def test_always_and_never_are_obeyed(self, run: Run) -> None:
        assert "\x1b[" in run(["claims"], "--color", "always", NO_COLOR="1").stdout
        assert "\x1b" not in run(["claims"], "--color", "never", FORCE_COLOR="1").stdout
        assert "\x1b" not in run(["claims"]).stdout  # one run does not colour the next

    def test_one_run_does_not_colour_a_command_without_the_option(self, run: Run, tmp_path: Path) -> None:
        article = tmp_path / "article.txt"
        article.write_text("The dam burst on Friday, the mayor said.\n")
        assert "\x1b[" in run(["claims"], "--color", "always").stdout
        added = CliRunner().invoke(app, ["add", str(tmp_path / "other.db"), str(article)])
        assert added.exit_code == 0
        assert "1 added" in added.stdout
        assert "\x1b" not in added.stdout

    def test_a_colour_ends_with_its_words(self, run: Run) -> None:
        shown = run(["claims"], "--standing", "disputed", "--color", "always", width=200).stdout
        assert re.search(r"\x1b\[32m[^\x1b]+\x1b\[0m · ", shown)  # who holds it is green, when is not
        assert "\x1b[1;31mdisputed\x1b[0m" in shown

    @pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals of this kind")
    @pytest.mark.parametrize(("no_color", "coloured"), [("", True), ("1", False)])
    def test_a_terminal_has_colours_unless_it_wants_none(self, path: Path, no_color: str, coloured: bool) -> None:
        shown = on_a_terminal(["claims", str(path), "--limit", "2"], NO_COLOR=no_color)
        assert bool(re.search(r"\x1b\[[\d;]*3\d", shown)) == coloured

    @pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals of this kind")
    def test_marks_that_would_be_colour_alone_are_brackets_without_colour(self, path: Path) -> None:
        with Ledger.open(path, read_only=True) as book:
            document = book.statements(limit=1)[0].document
        legend = "[n content n]"
        assert legend in on_a_terminal(["show", str(path), document], NO_COLOR="1")
        assert legend not in on_a_terminal(["show", str(path), document])


def on_a_terminal(arguments: list[str], **environment: str) -> str:
    """What a command prints on a terminal of 100 columns."""
    ours, theirs = os.openpty()
    settings = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "100", **environment}
    command = [sys.executable, "-m", "onrecord.views.cli", *arguments]
    shown = b""
    with subprocess.Popen(command, stdout=theirs, stderr=subprocess.PIPE, env=settings) as process:
        os.close(theirs)
        while True:
            try:
                part = os.read(ours, 65536)
            except OSError:  # Linux's way to say that the other end is closed
                break
            if not part:
                break
            shown += part
        assert process.wait(60) == 0
    os.close(ours)
    return shown.decode(environment.get("PYTHONIOENCODING", "utf-8").partition(":")[0])


@pytest.mark.parametrize("locale", ["C", "POSIX", "en_US.ISO-8859-1"])
def test_a_pipe_is_utf8_whatever_the_locale(path: Path, locale: str) -> None:
    environment = {**os.environ, "LC_ALL": locale, "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    for form in ("table", "md"):
        command = [
            sys.executable,
            "-m",
            "onrecord.views.cli",
            "statements",
            str(path),
            "--limit",
            "3",
            "--format",
            form,
        ]
        done = subprocess.run(command, capture_output=True, check=True, env=environment)
        assert "“" in done.stdout.decode("utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals of this kind")
def test_a_terminal_without_unicode_gets_charts_of_ascii(path: Path) -> None:
    shown = on_a_terminal(["series", str(path), "--about", "dead", "--limit", "1"], PYTHONIOENCODING="ascii:strict")
    assert re.search(r"\d+ \|.*[o#]", re.sub(r"\x1b\[[\d;]*m", "", shown))
    assert re.search(r"=+", on_a_terminal(["stories", str(path)], PYTHONIOENCODING="ascii:strict"))


_CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20).map(lambda text: " ".join(text.split()))


@given(st.lists(st.tuples(_CELLS, _CELLS, st.sampled_from(["", "bold"])), min_size=1, max_size=4))
def test_whatever_cells_hold_stays_words_in_markdown(cells: list[tuple[str, str, str]]) -> None:
    grid = Grid.of([("one", 1), ("two", 1)], [[Text(a, style), Text(f"{a}\n{b}")] for a, b, style in cells])
    html = _PARSER.render("\n".join(as_markdown(grid)))
    found = [re.sub(r"</?strong>", "", cell) for cell in re.findall(r"<td>(.*?)</td>", html)]
    expected = [cell for a, b, _ in cells for cell in (a, f"{a}<br>{b}")]
    assert [unescape(cell) for cell in found] == expected
    assert not re.search(r"<(?!/?(?:table|thead|tbody|tr|th|td|strong|br)\b)", html)


@given(st.lists(_CELLS, min_size=1, max_size=4))
def test_whatever_a_paragraph_holds_stays_words_in_markdown(lines: list[str]) -> None:
    html = _PARSER.render("\n".join(as_markdown(Group(Text("\n".join(lines)), Text("last")))))
    shown = unescape(re.sub(r"<br />|</?p>", " ", html))
    assert shown.split() == "\n".join([*lines, "last"]).split()


def test_a_narrow_table_is_stacked_with_its_headings() -> None:
    grid = Grid.of(
        [("id", 0), ("who", 1), ("words", 3)], [[Text("s1"), Text("Ida Holm"), Text("The dam will hold. " * 3)]]
    )
    shown = printed(grid, 30)
    assert shown[0] == "s1  who: Ida Holm"
    assert shown[1].startswith("  The dam will hold.")
    assert "id" not in shown[0]
    wide = printed(grid, 100)
    assert wide[0].split() == ["id", "who", "words"]
    assert wide[2].split()[:3] == ["s1", "Ida", "Holm"]


def test_counts_stand_at_the_right() -> None:
    rows = [[Text("a"), Text("7")], [Text("b"), Text("1,200")]]
    assert printed(Grid.of([("", 0), ("number", 0)], rows), 40)[2:] == ["a       7", "b   1,200"]


def test_lines_that_are_set_in_stay_set_in() -> None:
    text = Text("altered quote\n  one two three four five six seven\n\n    deep")
    assert printed(Group(*hanging(text)), 20) == [
        "altered quote", "  one two three four", "  five six seven", "", "    deep",
    ]  # fmt: skip


def printed(shown: Grid | Group, width: int) -> list[str]:
    out = io.StringIO()
    Console(file=out, width=width).print(shown)
    return [line.rstrip() for line in out.getvalue().splitlines()]


def test_a_record_of_the_outlet_has_nobody(flood: Reading) -> None:
    from onrecord.views.record_rows import record_rows

    figures = [row for row in record_rows(flood) if row.kind == "figure"]
    assert [(row.who, row.low, row.high) for row in figures] == [("Ida Holm", 1200, 1200), (None, 40, None)]


@given(
    st.lists(st.tuples(_CELLS, _CELLS, _CELLS), max_size=4), st.tuples(*[st.integers(0, 5)] * 3), st.integers(12, 90)
)
def test_no_grid_is_wider_than_its_terminal(
    cells: list[tuple[str, str, str]], shares: tuple[int, int, int], width: int
) -> None:
    columns = list(zip(("id", "who it is", "words"), shares, strict=True))
    shown = printed(Grid.of(columns, [[Text(cell) for cell in row] for row in cells]), width)
    assert all(cell_len(line) <= width for line in shown)
