"""The ledger's quality floors, pinned in benchmarks/ledger_floors.json beside the digests of the data."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("ONRECORD_SHARED", ROOT / ".." / "shared"))
FLOORS = ROOT / "benchmarks" / "ledger_floors.json"


@pytest.mark.parametrize("name", json.loads(FLOORS.read_text(encoding="utf-8")))
def test_every_floor_of_the_ledger_is_reached(name: str) -> None:
    if name != "demo" and not SHARED.is_dir():
        pytest.skip(f"no shared data at {SHARED}: set ONRECORD_SHARED")
    environment = {**os.environ, "ONRECORD_SHARED": str(SHARED.resolve())}
    command = [sys.executable, "-m", "benchmarks.ledger", "--only", name, "--floors", str(FLOORS)]
    result = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
