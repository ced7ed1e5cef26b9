"""Scores the moments decoder: value F1 (TempEval-3) on TimeBank, AQUAINT and MEANTIME.

    python benchmarks/moments.py [FILE.jsonl[.gz] …] [--plain] [--errors N]

Without FILE the three sets under ONRECORD_SHARED (default ../shared) are scored by its own scorer, bench/moments.py.
The model gives tags and trees for the tense; `--plain` scores the decoder on bare text, without the model.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from onrecord.reader import annotate, load_encoder
from onrecord.reader.annotated import Annotated
from onrecord.reader.moments import read_moments
from onrecord.records import Document

SHARED = Path(os.environ.get("ONRECORD_SHARED", Path(__file__).resolve().parents[1] / ".." / "shared"))
SETS = ("timebank.jsonl.gz", "aquaint.jsonl.gz", "meantime-dev.jsonl.gz")


def load(path: Path) -> list[dict[str, Any]]:
    """The documents of a JSON Lines file (gzipped or not), each with `id`, `text`, `published` and gold `timexes`."""
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in raw.decode("utf-8").splitlines() if line.strip()]


def predict(
    documents: list[dict[str, Any]], annotator: Callable[[Document], Annotated]
) -> tuple[list[dict[str, Any]], float]:
    """The decoder's timexes for each document as the scorer reads them, and the decoder's own seconds of CPU."""
    predictions = []
    seconds = 0.0
    for document in documents:
        published = document.get("published")
        annotated = annotator(Document(id=document["id"], text=document["text"], published=published))
        begun = time.process_time()
        moments, _ = read_moments(annotated, published)
        seconds += time.process_time() - begun
        timexes = [{"span": list(m.span), "type": m.type.upper(), "value": m.value} for m in moments]
        predictions.append({"id": document["id"], "timexes": timexes})
    return predictions, seconds


def score(scorer: Path, gold: list[dict[str, Any]], predictions: list[dict[str, Any]], errors: int) -> dict[str, Any]:
    """What the shared scorer says of the predictions; with `errors`, its list of that many is printed too."""
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for name, rows in (("gold", gold), ("predicted", predictions)):
            path = Path(folder) / f"{name}.jsonl"
            path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
            paths.append(str(path))
        command = [sys.executable, str(scorer), *paths]
        done = subprocess.run([*command, "--json"], capture_output=True, text=True, check=True)
        if errors:
            print(
                subprocess.run([*command, "--errors", str(errors)], capture_output=True, text=True, check=True).stdout
            )
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def main() -> None:
    """Prints one line a set: value F1 and what it is made of, and the decoder's cost a word."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--plain", action="store_true", help="bare text, without the model's tags and trees")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="also list N errors of each set")
    arguments = parser.parse_args()
    scorer = SHARED / "bench" / "moments.py"
    files = arguments.files or [SHARED / "data" / name for name in SETS]
    missing = [str(path) for path in (scorer, *files) if not path.exists()]
    if missing:
        sys.exit(f"not found: {', '.join(missing)} (set ONRECORD_SHARED)")
    encoder = None if arguments.plain else load_encoder()

    def annotator(document: Document) -> Annotated:
        return Annotated(document, (), ()) if encoder is None else annotate(document, encoder)

    print(f"{'set':<24}{'value F1':>9}{'relaxed F1':>11}{'type F1':>9}{'strict value':>13}{'µs/word':>9}")
    for path in files:
        gold = load(path)
        predictions, seconds = predict(gold, annotator)
        result = score(scorer, gold, predictions, arguments.errors)
        cost = 1e6 * seconds / max(1, sum(len(d["text"].split()) for d in gold))
        print(
            f"{path.name.partition('.')[0]:<24}{result['value_F1']:>9.1f}{result['relaxed']['F']:>11.1f}"
            f"{result['type_F1']:>9.1f}{result['strict_value_F1']:>13.1f}{cost:>9.1f}"
        )


if __name__ == "__main__":
    main()
