"""Many new examples of what holds of every reader and decoder:  python -m tests.fuzz.searched [--cases 100000] [TARGET …]

Hypothesis draws damaged files, bytes, and words with what decoders trip over between them. A twentieth are whole
readings, by the weights. Prints what each target was given, and how long that took.
"""

from __future__ import annotations

import argparse
from math import ceil
from time import process_time

from hypothesis import HealthCheck, given, settings
from tests.fuzz.drawing import files, texts
from tests.fuzz.targets import INTAKE, READER, TARGETS

SHARES = {"decoders": 0.15, "read": 0.05}  # the rest is the readers' of intake, in equal parts


def search(target: str, cases: int) -> int:
    """Gives the target at least so many examples, and how many they were. Raises what it raises."""
    tried = 0

    @settings(
        max_examples=cases, deadline=None, database=None, derandomize=False, suppress_health_check=list(HealthCheck)
    )
    @given(data=texts() if target in READER else files(target))
    def run(data: bytes) -> None:
        nonlocal tried
        tried += 1
        TARGETS[target](data)

    while tried < cases:
        run()
    return tried


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.searched", description=__doc__.splitlines()[0])
    parser.add_argument("targets", nargs="*", metavar="TARGET")
    parser.add_argument("--cases", type=int, default=100_000)
    asked = parser.parse_args()
    names = asked.targets or list(TARGETS)
    even = (1 - sum(SHARES.values())) / len(INTAKE)
    whole = sum(SHARES.get(name, even) for name in names)
    total, began = 0, process_time()
    for name in names:
        before = process_time()
        tried = search(name, ceil(asked.cases * SHARES.get(name, even) / whole))
        total += tried
        print(f"{name:12} {tried:7,} cases, {process_time() - before:6.1f} s of processor time", flush=True)
    print(f"{'in all':12} {total:7,} cases, {process_time() - began:6.1f} s of processor time: all held")


if __name__ == "__main__":
    main()
