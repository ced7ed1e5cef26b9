"""The quality floors of the readers that ship, and the model card that reports them.

Pinned in benchmarks/floors.json and small_floors.json beside the digests of the data. The sets that take longest are left
to `make accuracy`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from onrecord.reader.models import FULL, SMALL

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("ONRECORD_SHARED", ROOT / ".." / "shared"))
BENCHMARKS = ROOT / "benchmarks"
FLOORS = {FULL: "floors.json", SMALL: "small_floors.json"}
MEASURED = {FULL: "accuracy.json", SMALL: "small_accuracy.json"}
MEAN = 0.02  # what the small reader may lose over all figures that have a floor


def load(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((BENCHMARKS / name).read_text(encoding="utf-8"))
    return content


def run(*command: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "ONRECORD_SHARED": str(SHARED.resolve())}
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("model", FLOORS)
def test_every_floor_is_reached(model: str) -> None:
    if not SHARED.is_dir():
        pytest.skip(f"no shared data at {SHARED}: set ONRECORD_SHARED")
    floors = BENCHMARKS / FLOORS[model]
    names = load(floors.name)
    result = run("-m", "benchmarks.accuracy", "--model", model, "--only", *names, "--floors", str(floors))
    assert result.returncode == 0, result.stdout + result.stderr


def test_the_model_card_is_what_the_run_says() -> None:
    result = run("-m", "training.card")
    assert result.returncode == 0, result.stderr
    assert (ROOT / "docs" / "model-card.md").read_text(encoding="utf-8") == result.stdout


def test_the_reliability_plot_is_what_was_measured() -> None:
    result = run("-m", "training.reliability")
    assert result.returncode == 0, result.stderr
    assert (ROOT / "docs" / "reliability.svg").read_text(encoding="utf-8") == result.stdout


@pytest.mark.parametrize("model", FLOORS)
def test_the_measured_figures_are_of_these_floors(model: str) -> None:
    """The figures in the card are not under the floors pinned beside them."""
    measured = load(MEASURED[model])["sets"]
    for name, pinned in load(FLOORS[model]).items():
        for metric, floor in pinned["floors"].items():
            assert measured[name][metric] >= floor, (name, metric)


def test_the_small_reader_loses_little() -> None:
    full, small = (load(MEASURED[model])["sets"] for model in (FULL, SMALL))
    pinned = [(name, metric) for name, row in load(FLOORS[FULL]).items() for metric in row["floors"]]
    lost = [full[name][metric] - small[name][metric] for name, metric in pinned]
    assert sum(lost) / len(lost) <= MEAN
