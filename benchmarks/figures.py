"""Scores figures on NewsQuant's development part with the shared scorer: value, + change, + unit, + both.

    python benchmarks/figures.py [FILE] [--errors N]

FILE is a NewsQuant file as JSON Lines (`.gz` or plain); without it `$ONRECORD_SHARED/data/newsquant-dev.jsonl.gz`. The
first table is the shared scorer's own, through the shared adapter, which knows the names of some unit codes and takes a
count's unit from the lemma of its head noun. The second adds what a reading also says and that adapter leaves out: the
names of the remaining codes and of rates (`USD/{barrel}`), and the modifiers of a counted noun ("heart transplant").
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import ModuleType
from typing import Any

from onrecord.reader import load_encoder, read
from onrecord.records import Document, Figure

CODES = {
    "V": "volt", "dB": "decibel", "GPa": "gigapascal", "nm": "nanometre", "Gt": "gigaton",
    "F": "farad", "cal": "calorie",
    "[ppb]": "parts-per-billion", "[ppm]": "part per million", "[sft_i]": "square feet", "[smi_us]": "square mile",
    "[cft_i]": "cubic foot", "GW.h": "gigawatt hour", "{rev}/min": "revolutions per minute", "DKK": "danish krone",
    "SGD": "singaporean dollar", "ZAR": "south african rand", "[ft_i].[lbf_av]": "pound-foot",
    "kV/cm": "kilovolt per centimetre", "10*3.[psi]": "kilopound per square inch", "ug": "microgram",
}  # fmt: skip
DIVISORS = {"[sft_i]": "square foot"}


def shared() -> Path:
    return Path(os.environ.get("ONRECORD_SHARED", Path(__file__).parents[2] / "shared"))


def load_module(path: Path) -> ModuleType:
    """A script of the shared folder as a module. Raises FileNotFoundError where it is not there."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def as_json(figure: Figure) -> dict[str, Any]:
    counted = figure.counted
    return {
        "low": figure.low,
        "high": figure.high,
        "bound": figure.bound,
        "unit": figure.unit,
        "counted": {"noun": counted.noun} if counted else None,
    }


def full_unit(figure: Figure, text: str, names: dict[str, str]) -> str:
    """The unit in words: rates by both their parts, counts with the modifiers of their noun."""
    names = {**CODES, **names}
    base, _, divisor = (figure.unit or "").partition("/")
    if figure.unit in names:
        return names[figure.unit]
    if figure.counted:
        head = figure.counted.span.of(text)
        modifiers = head.rsplit(" ", 1)[0] + " " if " " in head and " " not in figure.counted.noun else ""
        base = modifiers + figure.counted.noun
    else:
        base = names.get(base, base)
    if not divisor:
        return base or "-"
    return f"{base} per {DIVISORS.get(divisor) or names.get(divisor) or divisor.strip('{}')}"


def score(gold: Path, predictions: list[dict[str, Any]], errors: int) -> str:
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.writelines(json.dumps(p, ensure_ascii=False) + "\n" for p in predictions)
        file.flush()
        scorer = [sys.executable, str(shared() / "bench" / "figures.py"), str(gold), file.name, "--errors", str(errors)]
        return subprocess.run(scorer, capture_output=True, text=True, check=True).stdout


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("file", nargs="?", type=Path, default=shared() / "data" / "newsquant-dev.jsonl.gz")
    options.add_argument("--errors", type=int, default=0)
    arguments = options.parse_args()
    if not arguments.file.exists():
        print(f"{arguments.file}: not there; set ONRECORD_SHARED or name a file", file=sys.stderr)
        return 2
    adapt = load_module(shared() / "bench" / "adapt.py")
    opener = gzip.open if arguments.file.suffix == ".gz" else open
    with opener(arguments.file, "rt", encoding="utf-8") as lines:
        documents = [json.loads(line) for line in lines]
    encoder = load_encoder()
    plain: list[dict[str, Any]] = []
    full: list[dict[str, Any]] = []
    started = time.perf_counter()
    for document in documents:
        reading = read(Document(document["id"], document["text"]), encoder)
        adapted = adapt.figures({"figures": [as_json(f) for f in reading.figures]}, document)
        units = [full_unit(f, document["text"], adapt.UNITS) for f in reading.figures]
        plain.append(adapted)
        named = [{**q, "unit": unit} for q, unit in zip(adapted["quantities"], units, strict=True)]
        full.append({"id": document["id"], "quantities": named})
    seconds = time.perf_counter() - started
    words = sum(len(d["text"].split()) for d in documents)
    print(f"{len(documents)} sentences, {words} words, {words / seconds:.0f} words/s for the whole reading\n")
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as gold:
        gold.writelines(json.dumps(d, ensure_ascii=False) + "\n" for d in documents)
        gold.flush()
        print("shared scorer and adapter")
        print(score(Path(gold.name), plain, arguments.errors))
        print("the same with all unit codes and noun modifiers in words")
        print(score(Path(gold.name), full, arguments.errors))
    return 0


if __name__ == "__main__":
    sys.exit(main())
