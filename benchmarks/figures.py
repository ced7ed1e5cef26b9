"""Scores figures on NewsQuant's development part with the shared scorer: value, + change, + unit, + both.

    python benchmarks/figures.py [FILE] [--errors N]

FILE is a NewsQuant file as JSON Lines (`.gz` or plain); without it `$ONRECORD_SHARED/data/newsquant-dev.jsonl.gz`. The
first table is the shared scorer's own, through the shared adapter, which knows the names of some unit codes, takes a
count's unit from the lemma of its head noun and passes no change on. The second adds what a reading also says and that
adapter leaves out: the names of the remaining codes and of rates (`USD/{barrel}`), the modifiers of a counted noun
("heart transplant"), and which way a figure moved. NewsQuant writes the change of an exact figure only, not the change
that a noun says ("a 3% drop"), and gives "from 5% to 4%" as one range.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))  # so that it runs by its path too

from benchmarks.scoring import load_module, records_in, shared

from onrecord.reader import load_encoder, read
from onrecord.reader.figures.change import change_by_noun
from onrecord.reader.figures.units import read_unit
from onrecord.records import Document, Figure

CODES = {
    "V": "volt", "dB": "decibel", "GPa": "gigapascal", "nm": "nanometre", "Gt": "gigaton",
    "F": "farad", "cal": "calorie",
    "[ppb]": "parts-per-billion", "[ppm]": "part per million", "[sft_i]": "square feet", "[smi_us]": "square mile",
    "10*6.[Btu]": "mega british thermal unit", "[cft_i]": "cubic foot",
    "GW.h": "gigawatt hour", "{rev}/min": "revolutions per minute", "DKK": "danish krone",
    "SGD": "singaporean dollar", "ZAR": "south african rand", "[ft_i].[lbf_av]": "pound-foot",
    "[acr_us]": "acre", "har": "hectare", "[oz_av]": "ounce", "[gal_us]": "gallon", "[pt_us]": "pint", "[kn_i]": "knot",
    "[ly]": "light year", "[nmi_i]": "nautical mile", "km2": "square kilometre", "m3": "cubic metre", "J": "joule",
    "kHz": "kilohertz", "MHz": "megahertz", "GHz": "gigahertz", "Pa": "pascal", "kPa": "kilopascal", "A": "ampere",
    "MPa": "megapascal", "By": "byte", "kBy": "kilobyte", "MBy": "megabyte", "TBy": "terabyte", "kW.h": "kilowatt hour",
    "MW.h": "megawatt hour", "SEK": "swedish krona", "NOK": "norwegian krone", "BRL": "brazilian real",
    "HRK": "croatian kuna", "kV/cm": "kilovolt per centimetre", "10*3.[psi]": "kilopound per square inch", "ug": "microgram",
}  # fmt: skip
# NewsQuant's own names for what is counted: it reads the p of pence as points.
NOUNS = {"time": "count", "p": "point"}
POSITIVE = {"best": "good", "better": "good", "worst": "bad", "worse": "bad"} | {
    adjective.removesuffix("e") + ending: adjective
    for adjective in "small large high low new old young rich great strong long short".split()
    for ending in ("er", "est")
}
DIVISORS = {"[sft_i]": "square foot"}


# What stands for one order of magnitude in NewsQuant ("thousands" is 1,000 to 10,000) and is open in a reading.
_TENS = "(?:ten|dozen|hundred|thousand|million|billion)s"
VAGUE = re.compile(rf"\b(?:{_TENS} of )?{_TENS}$", re.I)


def as_json(figure: Figure) -> dict[str, Any]:
    counted = figure.counted
    return {
        "low": figure.low,
        "high": figure.high,
        "bound": figure.bound,
        "unit": figure.unit,
        "counted": {"noun": counted.noun} if counted and counted.noun else None,
    }


def full_unit(figure: Figure, text: str, names: dict[str, str]) -> str:
    """The unit in words: rates by both their parts, counts with the modifiers of their noun."""
    names = {**CODES, **names}
    base, _, divisor = (figure.unit or "").partition("/")
    if figure.counted and figure.counted.noun == "age":
        return f"{names.get(base, base)} of age"
    if figure.unit in names:
        return names[figure.unit]
    if figure.counted and figure.counted.noun:
        words = figure.counted.span.of(text)
        modifiers = [POSITIVE.get(w, w) for w in words.split(" ")[:-1]] if " " not in figure.counted.noun else []
        base = " ".join([*modifiers, NOUNS.get(words, NOUNS.get(figure.counted.noun, figure.counted.noun))])
    else:
        base = names.get(base, base)
    if not divisor:
        return base or "-"
    return f"{base} per {DIVISORS.get(divisor) or names.get(divisor) or divisor.strip('{}')}"


def by_noun(figure: Figure, text: str) -> bool:
    """Whether a noun says which way a figure moved ("a 3% drop", "45% fewer")."""
    unit = read_unit(text, figure.span.end, Decimal(1), 1)
    counted = figure.counted if figure.unit is None else None
    end = counted.span.end if counted else unit.end if unit else figure.span.end
    window = text[max(0, figure.span.start - 72) : figure.span.start]
    measure = figure.unit or (counted.noun if counted else None)
    return bool(measure and change_by_noun(text, window, measure, end))


def changed(figures: Sequence[Figure], index: int, text: str) -> str | None:
    """NewsQuant's sign for a change: of an amount, or of a level where the text gives no amount ("climbed to 6.7%")."""
    change = figures[index].change
    if figures[index].bound != "exactly" or change is None or change.endswith("from"):
        return None
    if by_noun(figures[index], text):
        return None
    before = figures[index - 1].change if index else None
    if change.endswith("to") and before is not None and not before.endswith("to"):
        return None
    return change.partition(" ")[0]


def in_full(figures: Sequence[Figure], document: dict[str, Any], adapt: ModuleType) -> list[dict[str, Any]]:
    """The figures of a reading with units in words and with changes."""
    adapted = adapt.figures({"figures": [as_json(f) for f in figures]}, document)["quantities"]
    out: list[dict[str, Any]] = []
    for index, (figure, quantity) in enumerate(zip(figures, adapted, strict=True)):
        named = {**quantity, "unit": full_unit(figure, document["text"], adapt.UNITS)}
        change, *before = [f.change or "" for f in reversed(figures[max(0, index - 2) : index + 1])]
        spans = change.endswith("to") and before[:1] and before[0].endswith("from") and not before[-1].endswith("to")
        if spans and not isinstance(out[-1]["value"], list) and not isinstance(quantity["value"], list):
            named |= {"value": [out.pop()["value"], quantity["value"]], "change": change.partition(" ")[0]}
        elif way := changed(figures, index, document["text"]):
            named["change"] = way
        elif figure.high is None and (vague := VAGUE.search(figure.span.of(document["text"]))):
            named |= {"value": [figure.low, 10 * (figure.low or 0)], "change": "~" if vague.start() else "="}
        out.append(named)
    return out


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
    documents = records_in(arguments.file)
    encoder = load_encoder()
    plain: list[dict[str, Any]] = []
    full: list[dict[str, Any]] = []
    started = time.perf_counter()
    for document in documents:
        reading = read(Document(document["id"], document["text"]), encoder)
        adapted = adapt.figures({"figures": [as_json(f) for f in reading.figures]}, document)
        plain.append(adapted)
        full.append({"id": document["id"], "quantities": in_full(reading.figures, document, adapt)})
    seconds = time.perf_counter() - started
    words = sum(len(d["text"].split()) for d in documents)
    print(f"{len(documents)} sentences, {words} words, {words / seconds:.0f} words/s for the whole reading\n")
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as gold:
        gold.writelines(json.dumps(d, ensure_ascii=False) + "\n" for d in documents)
        gold.flush()
        print("shared scorer and adapter")
        print(score(Path(gold.name), plain, arguments.errors))
        print("the same with all unit codes and noun modifiers in words, and with changes")
        print(score(Path(gold.name), full, arguments.errors))
    return 0


if __name__ == "__main__":
    sys.exit(main())
