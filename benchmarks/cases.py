"""Reads every gold case and scores it: `python benchmarks/cases.py` (or `make cases`) prints each score and the mean.

The cases and their scorer are found through ONRECORD_SHARED (default ../shared). `--misses` prints what was missed too.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import onrecord

_SCORE = re.compile(r"case score ([\d.]+)")


def shared() -> Path:
    folder = Path(os.environ.get("ONRECORD_SHARED", "../shared"))
    if not folder.is_dir():
        sys.exit(f"no shared data at {folder}: set ONRECORD_SHARED")
    return folder


def score(gold: Path, scorer: Path) -> tuple[float, str]:
    """The case score of the reading of one case, and the scorer's whole report."""
    published = json.loads(gold.read_text(encoding="utf-8"))["published"]
    reading = onrecord.read_file(gold.with_name(gold.name.replace(".gold.json", ".txt")), published=published)
    command = [sys.executable, str(scorer), str(gold)]
    report = subprocess.run(command, input=reading.to_json(), capture_output=True, text=True, check=True).stdout
    found = _SCORE.search(report)
    if found is None:
        raise ValueError(f"{gold}: the scorer gave no score")
    return float(found[1]), report


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="cases whose name contains one of these; all if none")
    parser.add_argument("--misses", action="store_true")
    args = parser.parse_args()
    folder = shared()
    scores = {}
    for gold in sorted((folder / "cases").glob("*.gold.json")):
        name = gold.name.removesuffix(".gold.json")
        if args.names and not any(n in name for n in args.names):
            continue
        scores[name], report = score(gold, folder / "bench" / "case.py")
        print(f"{name:28} {scores[name]:.3f}")
        if args.misses:
            print(report)
    others = [s for name, s in scores.items() if name.startswith("GUM_")]
    if others:
        print(f"{'mean of the GUM cases':28} {sum(others) / len(others):.3f}")


if __name__ == "__main__":
    main()
