"""Whether another processor reads the same: the sample articles here, and by a Python that runs on another one.

    python benchmarks/processors.py [--model small] [--articles N] [--there COMMAND] [--without-check]

COMMAND is that Python with Onrecord installed: one that an emulator runs, or `ssh HOST PYTHON` where this file has the same
path. Unless it is named, Valgrind (Debian's package) runs this Python: it knows the instructions of 2013 (AVX2, FMA) and no
newer ones, and takes 20 s of processor time an article.

Printed: how many articles read the same as here, how many the same but for confidences, and the fields that differ. With
--without-check the other processor multiplies bytes as it is quickest at, whether it stops short or not
(`onrecord.reader.heads.exactness`).
"""

from __future__ import annotations

import argparse
import json
import platform
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))  # so that it runs by its path too

from onrecord.reader import read
from onrecord.reader.heads.encoder import Encoder
from onrecord.reader.heads.exactness import session
from onrecord.reader.heads.weights import about, borrowed
from onrecord.reader.models import FULL, MODELS
from onrecord.records import Document

SAMPLES = Path(__file__).parents[1] / "samples"


def readings(model: str, articles: int, *, check: bool = True) -> dict[str, Any]:
    """The first text articles' readings as JSON, and what read them."""
    folder = MODELS[model]
    encoder = Encoder(folder, 1)
    if not check:
        lent = borrowed(folder, about(folder))
        encoder._session = session((folder / "reader.onnx").read_bytes(), lent, exact=False)
    texts = [path.read_text(encoding="utf-8") for path in sorted(SAMPLES.rglob("*.txt"))[:articles]]
    found = [json.loads(read(Document("d", text, published="2025-03-14"), encoder).to_json()) for text in texts]
    return {"machine": platform.machine(), "by": encoder.name, "readings": found}


def differing(one: object, other: object, name: str = "") -> Iterator[str]:
    """The name of each field that is another one in the other value."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in one.keys() | other.keys():
            yield from differing(one.get(key), other.get(key), key)
    elif isinstance(one, list) and isinstance(other, list):
        for left, right in zip_longest(one, other):
            yield from differing(left, right, name)
    elif one != other:
        yield name


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", choices=MODELS, default=FULL)
    parser.add_argument("--articles", type=int, default=15)
    parser.add_argument("--there", help="the other processor's Python, a command")
    parser.add_argument("--without-check", action="store_true")
    parser.add_argument("--only", action="store_true", help="print the readings themselves, made here")
    arguments = parser.parse_args()
    if arguments.only:
        print(json.dumps(readings(arguments.model, arguments.articles, check=not arguments.without_check)))
        return
    there = shlex.split(arguments.there or f"valgrind -q --tool=none {shlex.quote(sys.executable)}")
    if shutil.which(there[0]) is None:
        sys.exit(f"{there[0]} is missing" + ("" if arguments.there else ": apt-get install valgrind"))
    command = [*there, "-W", "ignore", __file__, "--only"]
    command += ["--model", arguments.model, "--articles", str(arguments.articles)]
    command += ["--without-check"] * arguments.without_check
    other = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    here = readings(arguments.model, arguments.articles)
    fields = [list(differing(*pair)) for pair in zip(here["readings"], other["readings"], strict=True)]
    same = sum(not names for names in fields)
    nearly = sum(set(names) == {"confidence"} for names in fields)
    rest = f"{len(fields) - same - nearly} otherwise ({sum(map(len, fields))} fields in all)"
    print(f"here {here['machine']}, by {here['by']}; there {other['machine']}, by {other['by']}")
    print(f"of {len(fields)} articles {same} the same, {nearly} but for confidences, {rest}")


if __name__ == "__main__":
    main()
