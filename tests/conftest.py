"""Property tests draw the same examples in every run: a run that fails, fails again. `HYPOTHESIS_PROFILE=search` draws
new ones, to look for what no run has seen. No test leaves this machine (network.py)."""

from __future__ import annotations

import os
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import settings
from tests import network

# Whoever runs several tests at once (pytest-xdist) tells each process the width of a terminal; tables in a pipe have none.
os.environ.pop("COLUMNS", None)

settings.register_profile("check", derandomize=True, deadline=None)
settings.register_profile("search", max_examples=2000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "check"))

network.watch()


# Several processes take a file at a time. Those that take long come first: at the end one would still be at them, and the
# others have nothing to do.
LONG = """test_floors test_readme browser/test_pages test_ledger_floors reader/test_read_all cluster/test_faults
cluster/test_deriving postgres/test_ledger ledger/soundness/test_verifying faults/test_killed views/test_watch
browser/test_accounts browser/test_torture faults/test_watching torture/test_pages torture/test_formats
ledger/test_interrupted""".split()
_RANKS = {Path(__file__).parent / f"{name}.py": rank for rank, name in enumerate(LONG)}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: _RANKS.get(item.path, len(LONG)))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Generator[None]:
    left: list[str] = []
    try:
        yield
    finally:
        left += network.attempts
        network.attempts.clear()
    if left:
        pytest.fail(f"went beyond this machine: {', '.join(left)}")
