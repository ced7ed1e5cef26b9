"""Reads every gold case and scores it: `python benchmarks/cases.py` (or `make cases`) prints each score, the mean, and
every row of the scorer summed over the cases.

The cases and their scorer are found through ONRECORD_SHARED (default ../shared); `--gold training/gold` takes the
project's own check articles instead. `--misses` prints what was missed too.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # so that it runs by its path too

from benchmarks.scoring import measured, run, shared

import onrecord

_SCORE = re.compile(r"case score ([\d.]+)")
_BEYOND = re.compile(r"statements beyond the gold: (\d+)")
_ROW = re.compile(r"^(\w[\w ]*?) +(\d+) / (\d+)$", re.MULTILINE)
_OF_FOUND = ("speaker", "act", "manner", "said_on")


@dataclass(frozen=True)
class Case:
    """One case's score, its rows (kind → right, of all) and the scorer's whole report."""

    name: str
    score: float
    rows: dict[str, tuple[int, int]]
    report: str


def scored(folder: Path, names: list[str] | None = None) -> Iterator[Case]:
    """The cases of a folder in order of name; those whose name contains one of `names` if any are given."""
    for gold in sorted(folder.glob("*.gold.json")):
        name = gold.name.removesuffix(".gold.json")
        if names and not any(n in name for n in names):
            continue
        published = json.loads(gold.read_text(encoding="utf-8"))["published"]
        reading = onrecord.read_file(gold.with_name(f"{name}.txt"), published=published, model=measured())
        report = run([str(shared() / "bench" / "case.py"), str(gold)], reading.to_json() + "\n")
        found, beyond = _SCORE.search(report), _BEYOND.search(report)
        if found is None or beyond is None:
            raise ValueError(f"{gold}: the scorer gave no score")
        rows = {m[1]: (int(m[2]), int(m[3])) for m in _ROW.finditer(report)}
        yield Case(name, float(found[1]), rows | {"beyond the gold": (int(beyond[1]), 0)}, report)


def summed(cases: list[Case]) -> dict[str, tuple[int, int]]:
    """Every row over all cases; and for what is asked of a statement, the share of those found."""
    rows: dict[str, tuple[int, int]] = {}
    for case in cases:
        for kind, (right, of) in case.rows.items():
            before = rows.get(kind, (0, 0))
            rows[kind] = (before[0] + right, before[1] + of)
    found = rows.get("statement found", (0, 0))[0]
    return rows | {f"{kind}, of those found": (rows[kind][0], found) for kind in _OF_FOUND if kind in rows}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="cases whose name contains one of these; all if none")
    parser.add_argument("--gold", type=Path, help="a folder of gold cases")
    parser.add_argument("--misses", action="store_true")
    args = parser.parse_args()
    if not shared().is_dir():
        sys.exit(f"no shared data at {shared()}: set ONRECORD_SHARED")
    cases = []
    for case in scored(args.gold or shared() / "cases", args.names):
        cases.append(case)
        print(f"{case.name[:40]:40} {case.score:.3f}")
        if args.misses:
            print(case.report)
    if not cases:
        sys.exit("no such case")
    others = [c.score for c in cases if c.name.startswith("GUM_")]
    if others and not args.gold:
        print(f"{'mean of the GUM cases':40} {sum(others) / len(others):.3f}")
    print(f"{'mean':40} {sum(c.score for c in cases) / len(cases):.3f}")
    for kind, (right, of) in summed(cases).items():
        print(f"  {kind:38} {right:4}" + (f" / {of:4}  {right / of:.3f}" if of else ""))


if __name__ == "__main__":
    main()
