"""What each source of training data brings: `python -m training.ablation` in the training environment.

Every row is a model of its own, trained from the base model for as many steps as every other, on batches drawn from its
data in proportion, so the figures compare with each other and not with the weights that ship, which were trained twenty
times as long. Seeded and resumable: runs stand in training/runs/ablation-NAME, and a finished one is not run
again. Writes benchmarks/ablation.json, which the model card shows.
"""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.robustness import damaged_articles
from benchmarks.robustness import score as score_statements
from benchmarks.scoring import records_of

ROOT = Path(__file__).parents[1]
RUNS = ROOT / "training/runs"
REPORT = ROOT / "benchmarks/ablation.json"
STEPS = 160

# Name → what it is trained on, in words, and the options that say so.
ROWS: dict[str, tuple[str, list[str]]] = {
    "all": ("PolNeAR, GUM, EWT; damage", "--polnear 1 --gum 1 --ewt 1".split()),
    "undamaged": ("the same, no damage", "--polnear 1 --gum 1 --ewt 1 --undamaged".split()),
    "open": (
        "openly licensed alone: GUM's attributions (5 passes), GUM, EWT; damage",
        "--polnear 0 --gum-attribution 5 --gum 1 --ewt 1".split(),
    ),
}


def trained(name: str, options: list[str]) -> Path:
    """The folder of weights of one row; trains and exports them where that is not done yet."""
    run = RUNS / f"ablation-{name}"
    weights = run / "weights"
    if not (weights / "reader.json").exists():
        command = [*options, "--seed", "7", "--steps", str(STEPS)]
        subprocess.run([sys.executable, "-m", "training.train", "--out", str(run), *command], cwd=ROOT, check=True)
        export = ["-m", "training.export", str(run), "--version", name, "--command", " ".join(command)]
        subprocess.run([sys.executable, *export, "--to", str(weights), "--last"], cwd=ROOT, check=True)
    return weights


def measured(weights: Path) -> dict[str, float]:
    """Points of found and attributed F1 on PolNeAR dev, whole and without quotation marks."""
    articles = records_of("polnear-dev.jsonl.gz")
    whole = score_statements(articles, weights)
    unquoted = score_statements(damaged_articles(articles, "no quotation marks"), weights)
    return {
        "found": round(whole["found"], 1),
        "attributed": round(whole["attributed"], 1),
        "attributed without quotation marks": round(unquoted["attributed"], 1),
    }


def main() -> None:
    rows: dict[str, Any] = {}
    for name, (data, options) in ROWS.items():
        weights = trained(name, options)
        about = json.loads((weights / "reader.json").read_text(encoding="utf-8"))
        rows[name] = {"data": data, "steps": about["steps"]} | measured(weights)
        print(name, rows[name], flush=True)
        today = datetime.now(UTC).date().isoformat()
        REPORT.write_text(json.dumps({"date": today, "rows": rows}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
