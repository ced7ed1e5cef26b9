"""What a cluster costs: `python benchmarks/cluster.py [FILE]`, on this machine, with Spark in two threads of one process.

1. Reading FILE (JSON Lines of articles with `text`, packed or not) by `onrecord.cluster.read` on `local[2]`, against
   `onrecord read --workers 2` of the same articles, by turns, the best of --rounds. Seconds of the clock and of the
   processor, since others may use the machine. The start of Java is told apart. Memory is what is not shared, and of what is
   each one's part (Pss), at its highest.
2. Deriving from invented articles (benchmarks/synthetic.py), in two sizes, so that growth is seen: seconds of the processor
   and bytes shuffled, an article, by step, as Spark's own event log has them. Of two tables that are joined Spark sends one
   that is smaller than 10 MB to all, and shuffles neither; with --as-large it does not, so that few articles are shuffled as
   many are.
3. Loading the smaller of these into a ledger, unless --no-load says otherwise.

Without FILE only what is invented is measured. --keep FOLDER keeps the invented articles there, and takes those that are.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord.cluster import Folder, Settings, derive, load, open_session, read
from onrecord.cluster.folder import Note
from onrecord.ledger import Ledger

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

sys.path.insert(0, str(Path(__file__).parents[1]))

_TICKS = os.sysconf("SC_CLK_TCK")
_TASK = 500  # invented articles of a task
_PAUSE = 1.0  # seconds between two looks at memory, which cost some hundredths of a second each

# As `onrecord read --json --workers 2` does it, from the first document to the last line, the weights being loaded.
_LOCAL = """
import sys, time, resource
from onrecord.errors import InputError
from onrecord.intake import documents
from onrecord.reader import load_encoder, read_all
load_encoder()

def used():
    found = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in found)

begun, before = time.perf_counter(), used()
with open(sys.argv[2], "w", encoding="utf-8") as out:
    for found in read_all(documents([sys.argv[1]]), workers=2):
        if not isinstance(found, InputError):
            out.write(found.to_json() + "\\n")
print(time.perf_counter() - begun, used() - before)
"""


@dataclass(slots=True)
class Cost:
    """Seconds of the clock and of the processor, and the highest memory by kind of process, in bytes."""

    wall: float = 0.0
    processor: float = 0.0
    memory: dict[str, int] = field(default_factory=dict)


def below(root: int) -> dict[int, str]:
    """The processes that this one has started, and they in turn, by number: their programs."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid=,comm="], capture_output=True, text=True, check=True).stdout
    rows = [line.split(None, 2) for line in listed.splitlines()]
    found: dict[int, str] = {}
    wanted = {root}
    while more := [r for r in rows if int(r[1]) in wanted and int(r[0]) not in wanted]:
        found |= {int(pid): program.strip() for pid, _, program in more if program.strip() != "ps"}
        wanted |= {int(pid) for pid, _, _ in more}
    return found


def processor(pids: dict[int, str]) -> float:
    """Seconds of the processor that these took, with those of their own that have ended."""
    total = 0
    for pid in pids:
        try:
            about = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        total += sum(map(int, about[11:15]))
    return total / _TICKS


def memory(pids: dict[int, str]) -> dict[str, int]:
    """Bytes that are not shared, or each one's share of them, of Java and of Python."""
    found: dict[str, int] = defaultdict(int)
    for pid, program in pids.items():
        try:
            about = Path(f"/proc/{pid}/smaps_rollup").read_text()
        except OSError:
            continue
        pss = next((int(line.split()[1]) * 1024 for line in about.splitlines() if line.startswith("Pss:")), 0)
        found["Java" if program == "java" else "Python"] += pss
    return dict(found)


@contextmanager
def measured() -> Iterator[Cost]:
    """The cost of what is done within, by all processes that this one has started (its own work is next to nothing)."""
    cost, done = Cost(), threading.Event()

    def watch() -> None:
        while not done.wait(_PAUSE):
            for kind, size in memory(below(os.getpid())).items():
                cost.memory[kind] = max(cost.memory.get(kind, 0), size)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    begun, before, own = time.perf_counter(), processor(below(os.getpid())), time.thread_time()
    yield cost
    cost.wall = time.perf_counter() - begun
    cost.processor = processor(below(os.getpid())) - before + time.thread_time() - own
    done.set()
    watcher.join()


@contextmanager
def session(events: Path | None = None, *, as_large: bool = False) -> Iterator[tuple[SparkSession, float]]:
    """A session on two threads, with the seconds that its start took."""
    conf = {"spark.sql.autoBroadcastJoinThreshold": "-1"} if as_large else {}
    if events is not None:
        events.mkdir()
        conf |= {
            "spark.eventLog.enabled": "true",
            "spark.eventLog.dir": events.as_uri(),
            "spark.eventLog.rolling.enabled": "false",
            "spark.eventLog.compress": "false",
        }
    begun = time.perf_counter()
    log = Path(tempfile.gettempdir()) / "onrecord-benchmark-spark.log"
    with open_session(Settings("local[2]", "2g", conf), log=log) as spark:
        yield spark, time.perf_counter() - begun


def read_both(file: Path, articles: int, rounds: int, work: Path) -> dict[str, Any]:
    """Reading by two workers and by Spark, by turns."""
    from onrecord.intake.article import About
    from onrecord.intake.found import Record
    from onrecord.intake.sources import find

    given = work / "articles.jsonl"
    with given.open("w", encoding="utf-8") as out:
        for found in islice((f for f in find(file, About()) if isinstance(f, Record)), articles):
            document = found.make()
            out.write(json.dumps({"text": document.text, "published": document.published}) + "\n")
    local: list[tuple[float, float]] = []
    spark: list[Cost] = []
    with session() as (running, start):
        warm = work / "warm.txt"
        warm.write_text("Warm up, he said.", encoding="utf-8")
        read(running, [warm], work / "warm")
        for number in range(rounds):
            command = [sys.executable, "-c", _LOCAL, str(given), str(work / "local.jsonl")]
            printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            wall, processor_ = map(float, printed.split())
            local.append((wall, processor_))
            with measured() as cost:
                done = read(running, [given], work / f"read{number}")
            assert done.documents + done.again == len((work / "local.jsonl").read_text(encoding="utf-8").splitlines())
            spark.append(cost)
    best_local = tuple(min(times) for times in zip(*local, strict=True))
    wall, cpu = min(cost.wall for cost in spark), min(cost.processor for cost in spark)
    return {
        "articles": done.documents,
        "start of Java, s": round(start, 1),
        "local, s": round(best_local[0], 2),
        "local, processor s": round(best_local[1], 2),
        "Spark, s": round(wall, 2),
        "Spark, processor s": round(cpu, 2),
        "Spark to local by the clock": round(best_local[0] / wall, 3),
        "Spark to local by the processor": round(best_local[1] / cpu, 3),
        "memory, MB": {kind: round(max(c.memory.get(kind, 0) for c in spark) / 1e6) for kind in ("Java", "Python")},
        "bytes an article in Parquet": round(_size(work / "read0" / "documents") / max(done.documents, 1)),
    }


def derive_each(options: argparse.Namespace, work: Path) -> Iterator[dict[str, Any]]:
    """Deriving from invented articles, and loading the fewest of them."""
    for size in options.sizes:
        output = work / f"derived{size}"
        shutil.copytree(invented(size, options.keep or work), output)
        events = work / f"events{size}"
        with session(events, as_large=options.as_large) as (running, _), measured() as cost:
            found = derive(running, output)
        steps = _steps(events, size)
        row = {
            "articles": found.documents,
            "as large": options.as_large,
            "rows": found.rows,
            "processor ms an article": round(1000 * cost.processor / size, 1),
            "by the clock ms an article": round(1000 * cost.wall / size, 1),
            "memory, MB": {kind: round(value / 1e6) for kind, value in cost.memory.items()},
            "shuffled bytes an article": round(sum(step["shuffled"] for step in steps.values())),
            "by step": {name: {k: round(v, 1) for k, v in step.items()} for name, step in steps.items()},
        }
        if options.load and size == min(options.sizes):
            with Ledger.open(work / "loaded.db") as ledger, measured() as cost:
                load(output, ledger)
            row["load: processor ms an article"] = round(1000 * cost.processor / size, 1)
        yield row
        shutil.rmtree(output)


def invented(size: int, work: Path) -> Path:
    """A folder as if a cluster had read so many invented articles."""
    from benchmarks.synthetic import STATEMENTS_AN_ARTICLE, readings

    output = work / f"invented{size}"
    if output.exists():
        return output
    begun = output.with_suffix(".begun")
    shutil.rmtree(begun, ignore_errors=True)
    folder = Folder(begun)
    folder.prepare()
    given = islice(readings(2 * size * STATEMENTS_AN_ARTICLE, seed=size), size)
    for number in range(-(-size // _TASK)):
        writer = folder.writer(Note(f"{number:032}", number, "invented", number, (f"part {number}",), ("none",)))
        for reading in islice(given, _TASK):
            writer.add(reading)
        writer.finish()
    return begun.rename(output)


def _steps(events: Path, articles: int) -> dict[str, dict[str, float]]:
    """By step: milliseconds of tasks (Java's and Python's) and bytes shuffled, an article."""
    step_of: dict[int, str] = {}
    found: dict[str, dict[str, float]] = defaultdict(lambda: {"task ms": 0.0, "shuffled": 0.0})
    for path in events.iterdir():
        for line in path.read_text(encoding="utf-8").splitlines():
            event = json.loads(line)
            if event["Event"] == "SparkListenerJobStart":
                described = event.get("Properties", {}).get("spark.job.description", "")
                step_of |= dict.fromkeys(event["Stage IDs"], described.rpartition(": ")[2])
            elif event["Event"] == "SparkListenerTaskEnd" and event.get("Task Metrics"):
                step = found[step_of.get(event["Stage ID"], "")]
                step["task ms"] += event["Task Metrics"]["Executor Run Time"] / articles
                step["shuffled"] += event["Task Metrics"]["Shuffle Write Metrics"]["Shuffle Bytes Written"] / articles
    return dict(found)


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*.parquet"))


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path, help="JSON Lines of articles")
    parser.add_argument("--articles", type=int, default=300, help="how many of them are read (%(default)s)")
    parser.add_argument("--rounds", type=int, default=3, help="of reading, the best of which counts (%(default)s)")
    parser.add_argument("--sizes", type=int, nargs="*", default=[1000, 10_000], help="invented articles (%(default)s)")
    parser.add_argument("--as-large", action="store_true", help="nothing is sent to all because it is small")
    parser.add_argument("--no-load", dest="load", action="store_false", help="leave out loading into a ledger")
    parser.add_argument("--keep", type=Path, help="where the invented articles stay")
    options = parser.parse_args(arguments)
    print_: Callable[[Any], None] = lambda found: print(json.dumps(found, indent=2))  # noqa: E731
    with tempfile.TemporaryDirectory() as folder:
        if options.file is not None:
            print_({"read": read_both(options.file, options.articles, options.rounds, Path(folder))})
        for row in derive_each(options, Path(folder)):
            print_({"derive": row})


if __name__ == "__main__":
    main()
