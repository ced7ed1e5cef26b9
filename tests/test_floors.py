"""The quality floors of the weights that ship, and the model card that reports them.

Pinned in benchmarks/floors.json beside the digests of the data. The sets that take longest are left to `make accuracy`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("ONRECORD_SHARED", ROOT / ".." / "shared"))
FLOORS = ROOT / "benchmarks" / "floors.json"


def run(*command: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "ONRECORD_SHARED": str(SHARED.resolve())}
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("name", json.loads(FLOORS.read_text(encoding="utf-8")))
def test_every_floor_is_reached(name: str) -> None:
    if not SHARED.is_dir():
        pytest.skip(f"no shared data at {SHARED}: set ONRECORD_SHARED")
    result = run("-m", "benchmarks.accuracy", "--only", name, "--floors", str(FLOORS))
    assert result.returncode == 0, result.stdout + result.stderr


def test_the_model_card_is_what_the_run_says() -> None:
    result = run("-m", "training.card")
    assert result.returncode == 0, result.stderr
    assert (ROOT / "docs" / "model-card.md").read_text(encoding="utf-8") == result.stdout


def test_the_reliability_plot_is_what_was_measured() -> None:
    result = run("-m", "training.reliability")
    assert result.returncode == 0, result.stderr
    assert (ROOT / "docs" / "reliability.svg").read_text(encoding="utf-8") == result.stdout


def test_the_measured_figures_are_of_these_floors() -> None:
    """The figures in the card are not under the floors pinned beside them."""
    measured = json.loads((ROOT / "benchmarks" / "accuracy.json").read_text(encoding="utf-8"))["sets"]
    for name, pinned in json.loads(FLOORS.read_text(encoding="utf-8")).items():
        for metric, floor in pinned["floors"].items():
            assert measured[name][metric] >= floor, (name, metric)
