"""What a command does not need is not loaded: people wait for `onrecord --help`, and scripts call commands in a loop."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from onrecord.ledger import Ledger
from onrecord.reading import Reading

SCRIPT = """
import sys
from onrecord.views.cli import main
sys.argv = ["onrecord", *sys.argv[1:]]
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
print("\\n", *sys.modules, file=sys.stderr)
"""
HEAVY = {"pyarrow", "pandas", "polars", "altair", "vl_convert", "fastapi", "starlette", "httpx", "feedparser"}
HEAVY |= {"numpy", "onnxruntime", "tokenizers", "trafilatura", "jinja2", "uvicorn", "protego"}


@pytest.fixture
def ledger(tmp_path: Path, flood: Reading) -> str:
    with Ledger.open(tmp_path / "news.ledger") as book:
        list(book.add([flood]))
    return str(tmp_path / "news.ledger")


def loaded(*arguments: str) -> set[str]:
    done = subprocess.run([sys.executable, "-c", SCRIPT, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return set(done.stderr.split())


def test_help_loads_nothing_that_reads_asks_or_draws() -> None:
    assert loaded("--help") & (HEAVY | {"sqlalchemy"}) == set()
    assert loaded("chart", "--help") & (HEAVY | {"sqlalchemy"}) == set()


@pytest.mark.parametrize("command", ["documents", "statements", "claims", "series", "timeline"])
@pytest.mark.parametrize("form", ["table", "json", "csv", "md"])
def test_a_question_loads_the_ledger_alone(ledger: str, command: str, form: str) -> None:
    assert loaded(command, ledger, "--format", form) & HEAVY == set()
