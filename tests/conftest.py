"""Property tests draw the same examples in every run: a run that fails, fails again. `HYPOTHESIS_PROFILE=search` draws
new ones, to look for what no run has seen. No test leaves this machine (network.py)."""

from __future__ import annotations

import os
from collections.abc import Generator

import pytest
from hypothesis import settings
from tests import network

# Whoever runs several tests at once (pytest-xdist) tells each process the width of a terminal; tables in a pipe have none.
os.environ.pop("COLUMNS", None)

settings.register_profile("check", derandomize=True, deadline=None)
settings.register_profile("search", max_examples=2000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "check"))

network.watch()


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
