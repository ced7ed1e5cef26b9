"""A process that is killed at any moment leaves whole documents, and one that waits its turn loses none."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from tests.ledger.databases import sqlite_only

from onrecord.ledger import Ledger

pytestmark = sqlite_only  # on a server: tests/postgres

TOTAL = 6

# Adds TOTAL documents, at most MOST at a time, and kills itself just before the LAST-th INSERT into TABLE (0: never).
ADD = """
import os, signal, sys
from importlib.util import module_from_spec, spec_from_file_location
spec = spec_from_file_location("readings", sys.argv[2])
readings = module_from_spec(spec)
spec.loader.exec_module(readings)
from sqlalchemy import event
from onrecord.ledger import Ledger, putting

putting.MOST = int(sys.argv[7])
ledger = Ledger.open(sys.argv[1])
left = int(sys.argv[4])

@event.listens_for(ledger._engine, "before_cursor_execute")
def count(connection, cursor, statement, parameters, context, many):
    global left
    if statement.startswith(f"INSERT INTO {sys.argv[3]} "):
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

first, last = int(sys.argv[5]), int(sys.argv[6])
for receipt in ledger.add(readings.news(id=f"{i:064x}", title=str(i)) for i in range(first, last)):
    print(receipt.outcome, flush=True)
ledger.close()
"""

READINGS = Path(__file__).parent / "conftest.py"


def command(path: Path, table: str = "none", last: int = 0, *, of: range = range(TOTAL), most: int = 1000) -> list[str]:
    given = (path, READINGS, table, last, of.start, of.stop, most)
    return [sys.executable, "-c", ADD, *map(str, given)]


def content(path: Path) -> list[str]:
    """Every document with all its records, and a check of the file as it is found."""
    with Ledger.open(path) as ledger:
        found = [ledger.document(row.id).to_json() for row in ledger.documents()]
    connection = sqlite3.connect(path)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        for table in ("documents", "statements", "figures"):
            connection.execute(f"INSERT INTO {table}_fts ({table}_fts, rank) VALUES ('integrity-check', 1)")
    finally:
        connection.close()
    return sorted(found)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="the system has no SIGKILL")
@pytest.mark.parametrize(
    ("table", "last", "most", "whole"),
    [
        ("documents", 3, 1, 2),
        ("statements", 3, 1, 1),
        ("rejected", 5, 1, 4),
        ("documents", 2, 4, 1),
        ("claims", 3, 4, 1),
    ],
)
def test_a_kill_leaves_whole_documents_and_the_rest_can_be_added(
    tmp_path: Path, table: str, last: int, most: int, whole: int
) -> None:
    """One by one, or in batches: of one, then of four."""
    killed, unkilled = tmp_path / "killed.db", tmp_path / "unkilled.db"
    done = subprocess.run(command(killed, table, last, most=most), capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert done.stdout.split() == ["added"] * whole
    partly = content(killed)
    assert len(partly) == whole

    resumed = subprocess.run(command(killed), capture_output=True, text=True, check=True)
    assert resumed.stdout.split() == ["known"] * whole + ["added"] * (TOTAL - whole)
    subprocess.run(command(unkilled), capture_output=True, check=True)
    assert content(killed) == content(unkilled)
    assert set(partly) < set(content(killed))


@pytest.mark.parametrize("most", [1, 1000])
def test_a_kill_from_outside_at_no_chosen_moment(tmp_path: Path, most: int) -> None:
    path = tmp_path / "l.db"
    with subprocess.Popen(command(path, of=range(500), most=most), stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        receipts = [process.stdout.readline() for _ in range(5)]
        os.kill(process.pid, signal.SIGKILL)
        receipts += process.stdout.readlines()
    found = content(path)
    # Every receipt that came out stands for a document in the file; the kill may fall between writing and telling.
    assert 5 <= len(receipts) <= len(found) <= len(receipts) + (most if most == 1 else 256) < 500


def test_two_processes_add_at_once(tmp_path: Path) -> None:
    path, alone = tmp_path / "both.db", tmp_path / "alone.db"
    # Neither file exists yet: the two also race to make it. Half of the documents are in both jobs.
    processes = [
        subprocess.Popen(command(path, of=of), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for of in (range(40), range(20, 60))
    ]
    outcomes = []
    for process in processes:
        stdout, stderr = process.communicate(timeout=60)
        assert process.returncode == 0, stderr
        outcomes += stdout.split()
    assert sorted(outcomes) == ["added"] * 60 + ["known"] * 20
    subprocess.run(command(alone, of=range(60)), capture_output=True, check=True)
    assert content(path) == content(alone)
