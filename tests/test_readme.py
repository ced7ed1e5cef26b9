"""The examples of the documentation are run as they stand, each page from top to bottom in a folder of its own.

A block after `<!-- not run: why -->` is skipped, with the reason; one after `<!-- exit status 1 -->` must end so.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.thorough import tries

ROOT = Path(__file__).parents[1]
PAGES = (
    "README.md",
    "docs/tutorial.md",
    "docs/how-to/read-an-archive.md",
    "docs/how-to/json-lines.md",
    "docs/how-to/follow-an-event.md",
    "docs/how-to/check-a-draft.md",
    "docs/how-to/notebook.md",
    "docs/how-to/publish.md",
)
_BLOCK = re.compile(r"(?:<!-- (?P<note>[^>]*?) -->\n)?```(?P<language>sh|python)\n(?P<code>.*?)```", re.DOTALL)
SECONDS = 240  # for one block: the first reads forty articles, on two slow cores
FEWER = {"docs/how-to/publish.md": tries(30, check=8)}  # of the sample files: a site has 40 pages an article


class Example(NamedTuple):
    page: str
    line: int
    language: str
    code: str
    not_run: str | None
    status: int

    @property
    def name(self) -> str:
        return f"{self.page}:{self.line}"


def examples(page: str) -> list[Example]:
    text = (ROOT / page).read_text(encoding="utf-8")
    found = []
    for match in _BLOCK.finditer(text):
        note = match["note"] or ""
        assert not note or note.startswith(("not run: ", "exit status ")), f"{page}: what does {note!r} mean?"
        not_run = note.removeprefix("not run: ") if note.startswith("not run: ") else None
        status = int(note.removeprefix("exit status ")) if note.startswith("exit status ") else 0
        line = text.count("\n", 0, match.start("code")) + 1
        found.append(Example(page, line, match["language"], match["code"], not_run, status))
    return found


ALL = [example for page in PAGES for example in examples(page)]


@pytest.mark.parametrize("page", PAGES)
def test_the_examples_of_a_page_run(page: str, tmp_path: Path) -> None:
    if page in FEWER:
        there, here = ROOT / "samples" / "velna-dam", tmp_path / "samples" / "velna-dam"
        here.mkdir(parents=True)
        for file in sorted(there.iterdir())[: FEWER[page]]:
            (here / file.name).symlink_to(file)
    else:
        (tmp_path / "samples").symlink_to(ROOT / "samples", target_is_directory=True)
    # The commands are those of the interpreter that runs the tests, also where its environment is not activated.
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    environment = {**os.environ, "PATH": path, "PYTHONWARNINGS": "error", "COLUMNS": "120"}
    ran = 0
    for example in examples(page):
        if example.not_run:
            continue
        command = ["bash", "-euo", "pipefail", "-c"] if example.language == "sh" else [sys.executable, "-c"]
        done = subprocess.run(
            [*command, example.code],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
        assert done.returncode == example.status, f"{example.name}:\n{example.code}\n{done.stdout}\n{done.stderr}"
        assert "Traceback" not in done.stderr, f"{example.name}:\n{done.stderr}"
        ran += 1
    assert ran, f"{page} has no example"


@pytest.mark.parametrize("example", [e for e in ALL if e.not_run], ids=lambda e: e.name)
def test_examples_that_are_not_run_are_counted(example: Example) -> None:
    pytest.skip(f"{example.name} {example.not_run}")
