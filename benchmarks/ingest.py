"""Filling a ledger in bulk: statements a second, and whether the cost of a statement grows with the ledger.

`python benchmarks/ingest.py [--statements 1000000] [--workers 2] [--minutes M] [--keep FILE]` adds invented readings (see
synthetic) in the order in which they came out, all of them or those that are put in within so many minutes, as `Ledger.add`
is given them: nothing is read, everything is derived. Prints one JSON object; progress goes to standard error. The time that
inventing the readings takes is measured apart and is in no rate; the processor's time is that of this process and of its
workers together. The cost of a statement at 10,000, at 100,000 and so on is that of the batches around or just before that
number; growth is that of the last fifth of all to that at 10,000. In the end the ledger is held to what it must hold: a
receipt an article, every statement, and a sample of stories that is derived again and must come out the same.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import platform
import random
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, select
from sqlalchemy import func as sql

import synthetic
from onrecord.ledger import Ledger
from onrecord.reading import Reading

_SAMPLE = 40  # stories that are derived again
_TARGETS = {"statements_a_second": 2000, "growth": 1.3}
_BATCH = 0.02  # seconds between two receipts in which a batch was written
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Mark:
    """How far it was: statements whose receipts were given, and the seconds on the clock and of processors until then,
    without those in which readings were invented."""

    statements: int
    clock: float
    processor: float


class Source:
    """Readings, with the time that inventing them took."""

    def __init__(self, readings: Iterable[Reading], minutes: float | None) -> None:
        self._readings = iter(readings)
        self._until = time.monotonic() + minutes * 60 if minutes is not None else None
        self.articles = self.statements = 0
        self.clock = self.processor = 0.0

    def __iter__(self) -> Iterator[Reading]:
        while self._until is None or time.monotonic() < self._until:
            begun, worked = time.perf_counter(), time.process_time()
            reading = next(self._readings, None)
            self.clock += time.perf_counter() - begun
            self.processor += time.process_time() - worked
            if reading is None:
                return
            self.articles += 1
            self.statements += len(reading.statements)
            yield reading


def workers_time() -> float:
    """Processor seconds of the processes that this one has started."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    ticks = 0
    for child in multiprocessing.active_children():
        try:
            fields = Path(f"/proc/{child.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:  # it ended, or the system has no such file
            continue
        ticks += int(fields[11]) + int(fields[12])
    return ended.ru_utime + ended.ru_stime + ticks / _TICKS


def fill(path: Path, source: Source, workers: int) -> list[Mark]:
    begun, worked = time.perf_counter(), time.process_time()

    def now() -> tuple[float, float]:
        clock = time.perf_counter() - begun - source.clock
        return clock, time.process_time() - worked - source.processor + workers_time()

    statements = told = 0
    marks = [Mark(0, *now())]
    written = now()  # when the batch was, of which receipts come
    with Ledger.open(path) as ledger:
        asked = time.perf_counter()
        for receipt in ledger.add(source, workers=workers):
            if receipt.outcome != "added":
                raise SystemExit(f"{receipt.name}: {receipt.outcome}: {receipt.reason}")
            if time.perf_counter() - asked > _BATCH:
                marks.append(Mark(statements, *written))
                written = now()
                print(f"{statements:,} statements, {statements / written[0]:.0f} a second", file=sys.stderr, flush=True)
            statements += receipt.counts["statements"]
            told += 1
            asked = time.perf_counter()
    marks.append(Mark(statements, *now()))
    if (told, statements) != (source.articles, source.statements):
        raise SystemExit(f"{told} receipts of {statements} statements for {source.articles} of {source.statements}")
    return marks


def cost(marks: list[Mark], low: int, high: int) -> dict[str, float]:
    """Microseconds a statement between these numbers of statements."""
    first = max((m for m in marks if m.statements <= low), key=lambda m: m.statements)
    last = min((m for m in marks if m.statements >= high), key=lambda m: m.statements, default=marks[-1])
    count = last.statements - first.statements
    return {
        "clock": round((last.clock - first.clock) / count * 1e6, 1),
        "processor": round((last.processor - first.processor) / count * 1e6, 1),
    }


def costs(marks: list[Mark]) -> dict[str, dict[str, float]]:
    """At 10,000 around it, so that starting is not in it; at more in the fifth before."""
    whole = marks[-1].statements
    found = {"10,000": cost(marks, 5_000, 15_000)} if whole >= 15_000 else {}
    for number in (100_000, 1_000_000, 10_000_000):
        if whole >= 0.99 * number:
            found[f"{number:,}"] = cost(marks, int(0.8 * number), min(number, whole))
    return found | {"last fifth": cost(marks, int(0.8 * whole), whole)}


def check(path: Path, source: Source, seed: int) -> dict[str, Any]:
    """What the ledger holds; a sample of stories is derived again: copies, who is in them, claims, series, conflicts."""
    from onrecord.ledger import derive, schema
    from onrecord.ledger.copies import store as copies
    from onrecord.ledger.database import writing
    from onrecord.ledger.stories import store as stories
    from onrecord.ledger.stories.tables import stories as table

    with Ledger.open(path) as ledger:
        engine = ledger._engine
        with writing(engine, ledger.name) as connection:
            held = {
                name: connection.execute(select(sql.count()).select_from(of)).scalar_one()
                for name, of in (("documents", schema.documents), ("statements", schema.statements), ("stories", table))
            }
            if (held["documents"], held["statements"]) != (source.articles, source.statements):
                raise SystemExit(
                    f"the ledger holds {held}, of {source.articles} articles, {source.statements} statements"
                )
            numbers = sorted(connection.execute(select(table.c.id)).scalars())
            chosen = random.Random(seed).sample(numbers, min(_SAMPLE, len(numbers)))
            members = stories.members(connection, chosen)
            documents = {document for some in members.values() for document in some}
            before = told(connection, chosen)
            copies.regroup(connection, documents)
            if stories.regroup(connection, documents):
                raise SystemExit("stories of the sample come out otherwise when they are made again")
            derive.renew(connection, documents)
            if told(connection, chosen) != before:
                raise SystemExit("what is told of the sample comes out otherwise when it is derived again")
            connection.rollback()
    return held | {"derived_again": {"stories": len(chosen), "documents": len(documents)}}


def told(connection: Connection, chosen: list[int]) -> dict[str, list[str]]:
    """All that is told of these stories, without the numbers of rows."""
    from onrecord.ledger.claims.tables import claim_members, claims
    from onrecord.ledger.conflicts.tables import conflicts
    from onrecord.ledger.copies.tables import copy_members
    from onrecord.ledger.identity.tables import people, person_members
    from onrecord.ledger.series.tables import series, series_points
    from onrecord.ledger.stories.tables import story_members

    documents = select(story_members.c.document).where(story_members.c.story.in_(chosen))
    of_claims = select(claims.c.id).where(claims.c.story.in_(chosen))
    of_series = select(series.c.id).where(series.c.story.in_(chosen))
    named = select(person_members.c.person).where(person_members.c.document.in_(documents))

    def rows(table: Table, condition: Any, *without: str) -> list[str]:
        columns = [c for c in table.c if c.name not in ("id", *without)]
        return sorted(repr(tuple(row)) for row in connection.execute(select(*columns).where(condition)))

    return {
        "copies": rows(copy_members, copy_members.c.document.in_(documents), "copy_group"),
        "claims": rows(claims, claims.c.story.in_(chosen)),
        "members": rows(claim_members, claim_members.c.claim.in_(of_claims), "claim"),
        "series": rows(series, series.c.story.in_(chosen)),
        "points": rows(series_points, series_points.c.series.in_(of_series), "series"),
        "conflicts": rows(conflicts, conflicts.c.story.in_(chosen)),
        "people": rows(people, people.c.id.in_(named)),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--statements", type=int, default=1_000_000)
    parser.add_argument("--minutes", type=float, help="end, with what is put in by then, after so many")
    parser.add_argument(
        "--workers", type=int, default=2, help="processes that prepare readings, the one that writes among them"
    )
    parser.add_argument("--keep", type=Path, help="where the filled ledger stays; it must not be there yet")
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    if args.keep is not None and args.keep.exists():
        raise SystemExit(f"{args.keep} is there already")
    source = Source(synthetic.readings(args.statements, seed=args.seed), args.minutes)
    with tempfile.TemporaryDirectory() as folder:
        path = args.keep or Path(folder) / "filled.db"
        marks = fill(path, source, args.workers)
        size = path.stat().st_size
        print("checking", file=sys.stderr)
        held = check(path, source, args.seed)
    whole, by_size = marks[-1], costs(marks)
    first, last = by_size.get("10,000"), by_size["last fifth"]
    rate = whole.statements / whole.clock
    growth = round(last["processor"] / first["processor"], 2) if first and whole.statements >= 100_000 else None
    print(
        json.dumps(
            {
                "date": datetime.now(UTC).date().isoformat(),
                "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
                f"SQLite {sqlite3.sqlite_version}",
                "load": round(os.getloadavg()[0], 1),
                "workers": args.workers,
                "articles": source.articles,
                "statements": whole.statements,
                "seconds": {"clock": round(whole.clock, 1), "processor": round(whole.processor, 1)},
                "statements_a_second": {
                    "clock": round(rate),
                    "processor": round(whole.statements / whole.processor),
                },
                "microseconds_a_statement": by_size,
                "growth": growth,
                "inventing_ms_an_article": round(source.processor / source.articles * 1000, 2),
                "peak_megabytes": {
                    "this_process": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
                    "largest_worker": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024,
                },
                "file_megabytes": round(size / 1e6, 1),
                "bytes_a_statement": round(size / whole.statements),
                "checked": held,
                "targets": _TARGETS,
                "missed": [
                    name
                    for name, missed in (
                        ("statements_a_second", rate < _TARGETS["statements_a_second"]),
                        ("growth", growth is not None and growth > _TARGETS["growth"]),
                    )
                    if missed
                ],
            },
            indent=1,
        )
    )


if __name__ == "__main__":
    main()
