"""Every accuracy figure of the model card, on the dev sets: `python -m benchmarks.accuracy`.

    --json          prints the figures as JSON (benchmarks/accuracy.json holds those of the weights that ship)
    --model small   reads with the smaller reader (benchmarks/small_accuracy.json)
    --floors FILE   compares with pinned floors, exit status 1 where one is not reached; benchmarks/floors.json is ours,
                    benchmarks/small_floors.json the smaller reader's
    --only NAME …   these sets alone

The sets and their scorers are found through ONRECORD_SHARED (default ../shared); each floor stands beside the digest of
the data that it was measured on, and data of another digest is refused.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.cases import Case, scored, summed
from benchmarks.factuality import GOLD as SENTENCES
from benchmarks.factuality import paired
from benchmarks.factuality import score as score_firmness
from benchmarks.plover import tallied
from benchmarks.robustness import DAMAGES, damaged_articles
from benchmarks.robustness import score as score_statements
from benchmarks.scoring import by, digest, encoder, read_and_scored, records_in, records_of, shared
from training.evaluate import score as score_trees

from onrecord.reader.models import FULL, MODELS

Figures = dict[str, float]
CHECK = Path(__file__).parents[1] / "training/gold"


def attribution() -> Figures:
    report = json.loads(read_and_scored(records_of("polnear-dev.jsonl.gz"), "attribution", "--json"))
    figures = {f"{k} F1": v["f"] for k, v in report["statement"].items()}
    figures |= {f"{k} token F1": v["f"] for k, v in report["token"].items()}
    for kind, row in report["by_kind"].items():
        figures |= {f"{kind} found": row["found"], f"{kind} attributed": row["attributed"]}
    return figures


def damages() -> Figures:
    articles = records_of("polnear-dev.jsonl.gz")
    return {
        f"attributed F1, {name}": score_statements(damaged_articles(articles, name))["attributed"] / 100
        for name in DAMAGES
    }


def moments(name: str) -> Figures:
    report = json.loads(read_and_scored(records_of(f"{name}.jsonl.gz"), "moments", "--json"))
    return {"value F1": report["value_F1"] / 100, "relaxed F1": report["relaxed"]["F"] / 100}


def quantities() -> Figures:
    report = read_and_scored(records_of("newsquant-dev.jsonl.gz"), "figures")
    rows = re.findall(r"^(value\S*) +P +[\d.]+ R +[\d.]+ F1 +([\d.]+)", report, re.MULTILINE)
    return {f"{name} F1": float(value) / 100 for name, value in rows}


def trees(name: str) -> Figures:
    return score_trees(shared() / "data" / f"{name}-dev.conllu.gz", encoder())


ROWS = {
    "speaker, of those found": "speakers, of statements found",
    "act": "acts",
    "said_on": "said_on",
    "figure status": "figure status",
    "figure voucher": "figure voucher",
}


def of_rows(cases: list[Case]) -> Figures:
    """The rows of the case scorer that the model card shows, as shares."""
    rows = summed(cases)
    return {name: rows[kind][0] / rows[kind][1] for kind, name in ROWS.items()}


def gold_cases() -> Figures:
    cases = list(scored(shared() / "cases"))
    others = [c.score for c in cases if c.name.startswith("GUM_")]
    return {
        "seed article": next(c.score for c in cases if not c.name.startswith("GUM_")),
        "mean of the other cases": sum(others) / len(others),
        "lowest of the other cases": min(others),
    } | of_rows(cases)


def check_articles() -> Figures:
    """The project's own annotated articles: the half that nobody looks at when rules are written."""
    cases = list(scored(CHECK))[1::2]
    return {"mean": sum(c.score for c in cases) / len(cases)} | of_rows(cases)


def political_events() -> Figures:
    hits = tallied(records_of("plover-dev.jsonl.gz"))
    names = {"class at a trigger word": "class", "actor": "actor found", "target": "target found"}
    return {name: sum(hits[row]) / len(hits[row]) for row, name in names.items()}


def firmness() -> Figures:
    """Our own sentences: the half that rules were tuned on, and the half that was only measured."""
    halves = score_firmness(paired(records_in(SENTENCES)))
    rows = {half: tally.rows() for half, (tally, _) in halves.items()}
    return {f"status, {half} half": found["status"][0] / found["status"][1] for half, found in rows.items()}


# Set → the files that it reads and how it is measured.
SETS: dict[str, tuple[list[str], Callable[[], Figures]]] = {
    "PolNeAR dev": (["data/polnear-dev.jsonl.gz"], attribution),
    "PolNeAR dev, damaged": (["data/polnear-dev.jsonl.gz"], damages),
    "GUM dev": (["data/gum-dev.conllu.gz"], lambda: trees("gum")),
    "EWT dev": (["data/ewt-dev.conllu.gz"], lambda: trees("ewt")),
    "gold cases": (["cases"], gold_cases),
    "check articles": (["training/gold"], check_articles),
    "PLOVER dev": (["data/plover-dev.jsonl.gz"], political_events),
    "factuality": (["benchmarks/factuality.jsonl"], firmness),
    "MEANTIME dev": (["data/meantime-dev.jsonl.gz"], lambda: moments("meantime-dev")),
    "TimeBank": (["data/timebank.jsonl.gz"], lambda: moments("timebank")),
    "AQUAINT": (["data/aquaint.jsonl.gz"], lambda: moments("aquaint")),
    "NewsQuant dev": (["data/newsquant-dev.jsonl.gz"], quantities),
}


def below(
    measured: dict[str, Figures], floors: Path, sets: Mapping[str, tuple[list[str], Callable[[], Figures]]] = SETS
) -> list[str]:
    """What does not reach its floor, in words. Raises ValueError where the data is not the floor's."""
    pinned = json.loads(floors.read_text(encoding="utf-8"))
    misses = []
    for name, figures in measured.items():
        if name not in pinned:
            continue
        if pinned[name]["sha256"] != digest(sets[name][0]):
            raise ValueError(f"{name}: not the data that the floors were pinned on")
        for metric, floor in pinned[name]["floors"].items():
            if figures[metric] < floor:
                misses.append(f"{name}: {metric} {figures[metric]:.4f} is under its floor {floor}")
    return misses


def machine() -> str:
    return f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--floors", type=Path)
    parser.add_argument("--model", choices=MODELS, default=FULL)
    parser.add_argument("--only", nargs="+", choices=list(SETS), default=list(SETS))
    args = parser.parse_args()
    if not shared().is_dir():
        sys.exit(f"no data at {shared()}: set ONRECORD_SHARED")
    by(args.model)
    measured = {name: SETS[name][1]() for name in args.only}
    if args.json:
        rounded = {name: {k: round(v, 4) for k, v in figures.items()} for name, figures in measured.items()}
        today = datetime.now(UTC).date().isoformat()
        print(json.dumps({"date": today, "machine": machine(), "sets": rounded}, indent=1))
    else:
        for name, figures in measured.items():
            print(name)
            for metric, value in figures.items():
                print(f"  {metric:28} {value:.4f}")
    if args.floors:
        misses = below(measured, args.floors)
        print(*misses, sep="\n", file=sys.stderr)
        sys.exit(1 if misses else 0)


if __name__ == "__main__":
    main()
