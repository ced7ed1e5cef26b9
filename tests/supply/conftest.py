"""Tests of what is installed hold where the lock was installed; elsewhere they are skipped."""

from __future__ import annotations

import os
from importlib.metadata import PackageNotFoundError, version

import pytest
from supply.locks import REQUIREMENTS, read_lock


@pytest.fixture(scope="session")
def locked() -> None:
    """Skips where something else than the lock is installed; where the Makefile installed the lock, that is a failure."""
    check = read_lock(REQUIREMENTS / "check.txt")
    other = {name: (found, pin.version) for name, pin in check.items() if (found := installed(name)) != pin.version}
    if os.environ.get("LOCK"):
        assert not other, "installed, and locked"
    elif other:
        pytest.skip(f"not installed by the lock: {', '.join(sorted(other))}")


def installed(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
