"""The ledger's figures on small parts of the benchmarks' data, and the floors under them.

    python -m benchmarks.ledger [--json] [--floors FILE] [--only NAME …]

`demo` is the sample event against its golden file; `incidents` every fifth incident of the dev set; `copies` three in
ten of the pairs; `check` the hundred drafts. The whole of each is printed by golden.py, incidents.py, copies.py and
check.py. Each floor (benchmarks/ledger_floors.json) stands beside the digest of the data that it was measured on, and
data of another digest is refused; exit status 1 where one is not reached.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[1]))  # so that it runs by its path too

from benchmarks import check as checks
from benchmarks import copies as copying
from benchmarks import golden, incidents
from benchmarks.accuracy import Figures, below
from benchmarks.scoring import records_of, shared

from onrecord.ledger import Ledger

INCIDENTS = "incidents-dev.jsonl.gz"


def demo() -> Figures:
    return {f"{part}, {name}": value for part, shares in golden.score([]).items() for name, value in shares.items()}


def tolls() -> Figures:
    some = records_of(INCIDENTS)[::5]
    with TemporaryDirectory() as folder, Ledger.open(":memory:") as ledger:
        found = list(incidents.articles(some, Path(folder)))
        figures = incidents.score(some, incidents.fill(ledger, found), ledger)
    return {name: figures[name] for name in ("b3_f1", "killed", "injured", "both")}


def copies() -> Figures:
    made = copying.built(records_of(INCIDENTS), seed=1, scale=0.3)
    with Ledger.open(":memory:") as ledger:
        list(ledger.add(made.documents.values()))
        figures = copying.scored(made, ledger.copies())
    return {name: figures[name] for name in ("precision", "recall")}


def check() -> Figures:
    with Ledger.open(":memory:") as ledger:
        groups = checks.chosen(records_of(INCIDENTS), seed=1)
        stories = checks.filled(ledger, {**groups, "samples": checks.samples()})
        written = checks.drafts(stories, seed=1)
        figures = checks.scored(written, lambda draft: ledger.check(draft.text, published=draft.published))
    return {"flagged": figures["flagged"], "untouched quotes left alone": 1 - figures["untouched"]["quote"]["share"]}


SETS = {
    "demo": (["tests/golden/velna-dam.json"], demo),
    "incidents": ([f"data/{INCIDENTS}"], tolls),
    "copies": ([f"data/{INCIDENTS}"], copies),
    "check": ([f"data/{INCIDENTS}"], check),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--floors", type=Path)
    parser.add_argument("--only", nargs="+", choices=list(SETS), default=list(SETS))
    args = parser.parse_args()
    missing = [name for name in args.only if name != "demo" and not shared().is_dir()]
    if missing:
        sys.exit(f"no data at {shared()}, which {', '.join(missing)} need: set ONRECORD_SHARED")
    measured = {name: SETS[name][1]() for name in args.only}
    if args.json:
        print(json.dumps({name: {k: round(v, 4) for k, v in figures.items()} for name, figures in measured.items()}))
    else:
        for name, figures in measured.items():
            print(name, *(f"  {metric:28} {value:.4f}" for metric, value in figures.items()), sep="\n")
    if args.floors:
        misses = below(measured, args.floors, SETS)
        print(*misses, sep="\n", file=sys.stderr)
        sys.exit(1 if misses else 0)


if __name__ == "__main__":
    main()
