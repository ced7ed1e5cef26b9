"""Whether another processor reads the same: the sample articles here, and on a processor without AVX-512 and VNNI.

    python benchmarks/processors.py [--articles N]

The other processor is Valgrind's (Debian's package valgrind), which knows the instructions of 2013 (AVX2, FMA) and no newer
ones; it takes 20 s of processor time an article. There the articles are read twice: as the package reads, and with the
products of bytes that such processors are quickest at, which stop short (`onrecord.reader.heads.exactness`). Printed for
each: how many articles read the same as here, how many the same but for confidences, and the fields that differ.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # so that it runs by its path too

from onrecord.reader import read
from onrecord.reader.heads.encoder import WEIGHTS, Encoder
from onrecord.reader.heads.exactness import session
from onrecord.records import Document

SAMPLES = Path(__file__).parents[1] / "samples"


def readings(articles: int, *, short: bool) -> list[object]:
    """The first text articles' readings as JSON; `short` with products that may stop short."""
    encoder = Encoder(WEIGHTS, 1)
    if short:
        encoder._session = session((WEIGHTS / "reader.onnx").read_bytes(), exact=False)
    texts = [path.read_text(encoding="utf-8") for path in sorted(SAMPLES.rglob("*.txt"))[:articles]]
    return [json.loads(read(Document("d", text, published="2025-03-14"), encoder).to_json()) for text in texts]


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
    parser.add_argument("--articles", type=int, default=15)
    parser.add_argument(
        "--only", choices=["exact", "short"], help="print the readings themselves, of one way, made here"
    )
    arguments = parser.parse_args()
    if arguments.only:
        print(json.dumps(readings(arguments.articles, short=arguments.only == "short")))
        return
    if shutil.which("valgrind") is None:
        sys.exit("Valgrind is missing: apt-get install valgrind")
    here = readings(arguments.articles, short=False)
    for way in ("exact", "short"):
        command = ["valgrind", "-q", "--tool=none", sys.executable, "-W", "ignore", __file__, "--only", way]
        command += ["--articles", str(arguments.articles)]
        there = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        fields = [list(differing(left, right)) for left, right in zip(here, there, strict=True)]
        same = sum(not names for names in fields)
        nearly = sum(set(names) == {"confidence"} for names in fields)
        rest = f"{len(fields) - same - nearly} otherwise ({sum(map(len, fields))} fields in all)"
        print(f"{way}: of {len(fields)} articles {same} the same, {nearly} but for confidences, {rest}")


if __name__ == "__main__":
    main()
