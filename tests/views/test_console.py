"""Progress is for people: on a terminal it is drawn on standard error, and results in a pipe never hold any of it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from onrecord.views.wording import printable

SCRIPT = """
import sys
from onrecord.views import console
with console.progress(sys.argv[1:], "reading") as done:
    for name in sys.argv[1:]:
        console.line("read " + name)
        done()
"""


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    paths = [tmp_path / f"{n}.txt" for n in range(3)]
    for path in paths:
        path.write_text("Seoul warned on Monday.")
    return [str(path) for path in paths]


def test_no_progress_where_nobody_looks(files: list[str]) -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT, *files], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [f"read {name}" for name in files]
    assert done.stderr == ""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals of this kind")
def test_progress_on_a_terminal_leaves_a_pipe_clean(files: list[str]) -> None:
    ours, theirs = os.openpty()
    environment = os.environ | {"TERM": "xterm", "COLUMNS": "100"}
    with subprocess.Popen(
        [sys.executable, "-c", SCRIPT, *files], stdout=subprocess.PIPE, stderr=theirs, text=True, env=environment
    ) as process:
        os.close(theirs)
        output = process.communicate(timeout=60)[0]
    drawn = os.read(ours, 100_000).decode()
    os.close(ours)
    assert process.returncode == 0
    assert output.splitlines() == [f"read {name}" for name in files]
    assert "reading" in drawn
    assert "3/3" in drawn


ARCHIVE = """
import sys
from onrecord.intake import documents
from onrecord.views import console
with console.progress(sys.argv[1:], "reading") as done:
    for found in documents(sys.argv[1:]):
        done()
"""


@pytest.fixture
def archive(tmp_path: Path) -> str:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as file:
        for n in range(3):
            file.writestr(f"{n}.txt", f"Seoul warned on Monday, and {n} others did. " * 2000)
        file.writestr("photo.jpg", b"x")
        file.writestr("film.mp4", b"x")
        file.writestr("other.mp4", b"x")
    return str(path)


def test_what_was_passed_over_is_said_at_the_end(archive: str) -> None:
    done = subprocess.run([sys.executable, "-c", ARCHIVE, archive], capture_output=True, text=True, check=True)
    assert done.stderr == (
        "passed over, as no articles: file of another kind in an archive (.mp4) 2, "
        "file of another kind in an archive (.jpg) 1\n"
    )


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals of this kind")
def test_progress_of_an_archive_is_in_bytes(archive: str) -> None:
    ours, theirs = os.openpty()
    environment = os.environ | {"TERM": "xterm", "COLUMNS": "100"}
    subprocess.run([sys.executable, "-c", ARCHIVE, archive], stderr=theirs, env=environment, check=True)
    os.close(theirs)
    drawn = os.read(ours, 100_000).decode()
    os.close(ours)
    size = Path(archive).stat().st_size
    assert re.search(rf"[\d.]+/{size / 1000:.1f} kB", drawn), drawn


@pytest.mark.parametrize(
    ("text", "shown"),
    [("a\x1b[2Jb", "a␛[2Jb"), ("a\nb\tc", "a\nb\tc"), ("\x9b1m", "\ufffd1m"), ("\x7f", "␡"), ("\udce4", "\ufffd")],
)
def test_what_a_terminal_would_obey_is_shown(text: str, shown: str) -> None:
    assert printable(text) == shown
