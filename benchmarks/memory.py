"""Memory of `onrecord read` on a stream without end: `python benchmarks/memory.py [FILE] [--articles N] [--workers N]`.

FILE is JSON Lines of articles with `text`; without it PolNeAR train, found through ONRECORD_SHARED. Short articles are made
of its sentences by a process of their own, as they are asked for, no two alike: every name is a new one and every digit
another, so that whatever is kept of words or names seen before has no end either. They go to the command through its
standard input; its lines of JSON are counted and thrown away.

Memory is the proportional set size of the command and of all its processes, in which pages that several share count once;
it is looked at after every `--every` articles (Linux). Printed is the most until then at 1,000, 10,000, 100,000 articles and
at the end, and the last thousand's to the first's. Exit status 1 where it was over `--most` megabytes.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path

MOST = 700  # MB, with two workers
MARKS = (1_000, 10_000, 100_000)
SENTENCES = 4  # an article, some 90 words
_END = re.compile(r"(?<=[.!?][\"”]) +|(?<=[.!?]) +|\n+")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}")
_SYLLABLES = (
    "ba",
    "do",
    "fe",
    "gri",
    "ho",
    "jal",
    "ka",
    "lem",
    "mo",
    "nur",
    "or",
    "pe",
    "ra",
    "sol",
    "ti",
    "vu",
    "wen",
    "zy",
)


def sentences(path: Path) -> list[str]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    return [s for text in texts for s in _END.split(text) if 40 <= len(s) <= 400]


def articles(known: list[str], seed: int) -> Iterator[str]:
    """Lines of JSON Lines without end: sentences that follow each other, in one with new names and numbers."""
    for number in count():
        chance = random.Random(f"{seed} {number}")
        start = chance.randrange(len(known) - SENTENCES)
        text = " ".join(known[start : start + SENTENCES])
        text = _NAME.sub(lambda _: "".join(chance.choices(_SYLLABLES, k=3)).title(), text)  # noqa: B023  used at once
        text = re.sub(r"[1-9]", lambda _: str(chance.randint(1, 9)), text)  # noqa: B023
        yield json.dumps({"id": str(number), "text": text, "published": "2024-10-28"}, ensure_ascii=False)


def family(pid: int) -> Iterator[int]:
    """A process and all that it started."""
    yield pid
    try:
        children = [int(c) for c in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return
    for child in children:
        yield from family(child)


def megabytes(pid: int) -> float:
    """Proportional set size of a process and its children. One that ends meanwhile has none."""
    total = 0
    for member in family(pid):
        try:
            rolled = Path(f"/proc/{member}/smaps_rollup").read_text()
        except OSError:
            continue
        total += int(re.search(r"^Pss: +(\d+) kB", rolled, re.M)[1])  # type: ignore[index]  # Linux writes one
    return total / 1024


def measure(file: Path, wanted: int, workers: int, every: int) -> list[tuple[int, float, float]]:
    """How many articles were read, memory then, and seconds since the first, at each look."""
    this = Path(__file__)
    made = subprocess.Popen(
        [sys.executable, this, str(file), "--write", "--articles", str(wanted)], stdout=subprocess.PIPE
    )
    onrecord = "from onrecord.views.cli import main; main()"
    command = [sys.executable, "-c", onrecord, "read", "-", "--json", "--workers", str(workers)]
    reading = subprocess.Popen(command, stdin=made.stdout, stdout=subprocess.PIPE)
    assert made.stdout is not None
    assert reading.stdout is not None
    made.stdout.close()
    looks = []
    begun = time.perf_counter()
    read = 0
    for read, _ in enumerate(reading.stdout, 1):
        if read % every == 0:
            looks.append((read, megabytes(reading.pid), time.perf_counter() - begun))
    if reading.wait() or made.wait() or read != wanted:
        sys.exit(f"the command ended with status {reading.returncode} after {read} of {wanted} articles")
    return looks


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path, help="JSON Lines of articles")
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--every", type=int, default=100, help="articles between two looks")
    parser.add_argument("--most", type=float, default=MOST, help="MB")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", action="store_true", help="print the articles and read none")
    args = parser.parse_args()
    file = args.file or Path(os.environ.get("ONRECORD_SHARED", "../shared")) / "data" / "polnear-train.jsonl.gz"
    if not file.exists():
        sys.exit(f"no articles at {file}: name a file or set ONRECORD_SHARED")
    if args.write:
        for line in islice(articles(sentences(file), args.seed), args.articles):
            print(line)
        return
    if not Path("/proc/self/smaps_rollup").exists():
        sys.exit("memory that is shared is counted by /proc/PID/smaps_rollup, which only Linux has")
    looks = measure(file, args.articles, args.workers, args.every)
    for mark in sorted({*(m for m in MARKS if m < args.articles), args.articles}):
        until = [look for look in looks if look[0] <= mark]
        if until:
            print(f"{mark:>9,} articles {until[-1][2]:8.0f} s {max(mb for _, mb, _ in until):8.0f} MB at most")
    first = max(mb for read, mb, _ in looks if read <= MARKS[0])
    last = max(mb for read, mb, _ in looks if read > args.articles - MARKS[0])
    print(f"the last thousand to the first {last / first:.2f}")
    if max(mb for _, mb, _ in looks) > args.most:
        sys.exit(f"over {args.most:.0f} MB")


if __name__ == "__main__":
    main()
