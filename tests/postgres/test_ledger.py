"""The core of the ledger's own tests, with every ledger of theirs on the server. All of them: `make check-postgres`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.postgres.server import DATABASE

ROOT = Path(__file__).parents[2]

CORE = (
    "test_adding.py",  # with replacing
    "test_asking.py",  # with searching
    "test_ruling.py",
    "test_order.py::test_the_readings_do_make_what_is_derived",
    "test_order.py::test_forward_and_backward_are_the_same",
    "test_paging.py::test_pages_make_the_whole[statements]",
    "test_paging.py::test_pages_make_the_whole[claims]",
    "test_paging.py::test_pages_make_the_whole[series]",
    "test_paging.py::test_a_row_that_is_gone_is_said",
    "corrections/test_making.py",
    "corrections/test_subjects.py",
)
"""What of tests/ledger takes little on a server: those left out draw many ledgers, or are of a file's own. Verifying, and
that both databases answer alike, are this folder's other tests."""


@pytest.mark.skipif(DATABASE in os.environ, reason="all of the ledger's tests run on that server")
def test_what_a_ledger_means_holds_on_a_server(server: str) -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist"]
    done = subprocess.run(
        [*command, *(f"tests/ledger/{part}" for part in CORE)],
        cwd=ROOT,
        env=os.environ | {DATABASE: server},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout[-8000:]}{done.stderr[-2000:]}"
