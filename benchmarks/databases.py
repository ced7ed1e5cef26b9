"""A ledger on PostgreSQL beside the same one in an SQLite file: what adding and asking cost, and whether the answers agree.

`python -m tests.postgres.server -- python benchmarks/databases.py [--statements 5000]` fills both with the same invented
readings (see synthetic), a few hundred articles into one and then into the other by turns, so that whatever else the
machine does falls on both. Prints one JSON object: of each thing the seconds on the clock, and those of processors, which
are the server's as well where it runs on this machine; the ratio is PostgreSQL's to SQLite's. Where others use it the
clock tells little: a question goes to the server and back for each of its parts, and each time waits for its turn. The
server that tests start does not wait for the disk; one in use does, once a commit. Without it, ONRECORD_TEST_DATABASE names
another: the ledger is a schema of its own there, and is dropped.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import create_engine, make_url

import synthetic
from onrecord.ledger import Ledger
from onrecord.ledger.batches import batched
from onrecord.reading import Reading

_AT_ONCE = 200  # articles into one, then into the other
_ALONE = 60  # articles that are added each by itself in the end
_ROUNDS = 25  # each question is asked so often of both, by turns

_TICKS = os.sysconf("SC_CLK_TCK")

_SCHEMA = "onrecord_benchmark"


def questions(ledger: Ledger) -> dict[str, Callable[[], Any]]:
    """What people ask, of a ledger that has something to answer; those of the first rows as a page asks them."""
    speaker = ledger.speakers(limit=1)[0]
    claim, story = ledger.claims(limit=1)[0], ledger.stories(limit=1)[0]
    document = ledger.documents(limit=1)[0]
    word = max(claim.says.split(), key=len)
    return {
        "overview": ledger.overview,
        "documents": lambda: ledger.documents(limit=50),
        "document": lambda: ledger.document(document.id),
        "statements": lambda: ledger.statements(limit=50),
        "statements about": lambda: ledger.statements(about=word, limit=50),
        "statements of a speaker": lambda: ledger.statements(speaker=speaker.key, limit=50),
        "figures": lambda: ledger.figures(limit=50),
        "speakers": lambda: ledger.speakers(limit=50),
        "search": lambda: ledger.search(word),
        "suggest": lambda: ledger.suggest(word[:3]),
        "stories": lambda: ledger.stories(limit=50),
        "story": lambda: ledger.story(story.id),
        "claims": lambda: ledger.claims(limit=50),
        "series": lambda: ledger.series(limit=50),
        "conflicts": lambda: ledger.conflicts(limit=50),
        "timeline": lambda: ledger.timeline(story.id),
        "who": lambda: ledger.who(speaker.name),
    }


class Watch:
    """Times what is done with a ledger, on the clock and in processors."""

    def __init__(self, backends: Sequence[int] = ()) -> None:
        self._stats = [path for pid in backends if (path := Path(f"/proc/{pid}/stat")).exists()]
        self.clock: list[float] = []
        self.processor = 0.0

    def _processors(self) -> float:
        # The two fields after the name in brackets and eleven more: ticks as a user, ticks in the kernel.
        ticks = (path.read_text().rpartition(")")[2].split()[11:13] for path in self._stats)
        return time.process_time() + sum(int(user) + int(kernel) for user, kernel in ticks) / _TICKS

    def time(self, done: Callable[[], Any]) -> None:
        processors, begun = self._processors(), time.perf_counter()
        done()
        self.clock.append(time.perf_counter() - begun)
        self.processor += self._processors() - processors


def added(ledger: Ledger, readings: Sequence[Reading]) -> None:
    outcomes = {receipt.outcome for receipt in ledger.add(readings)}
    assert outcomes == {"added"}, outcomes


def compared(file: Ledger, server: Ledger, readings: Sequence[Reading], backends: Sequence[int]) -> dict[str, Any]:
    alone, many = list(readings[-_ALONE:]), list(readings[:-_ALONE])
    ledgers, pair = (file, server), lambda: (Watch(), Watch(backends))
    in_bulk, each = pair(), pair()
    for some in batched(many, _AT_ONCE):
        for watch, ledger in zip(in_bulk, ledgers, strict=True):
            watch.time(partial(added, ledger, some))
        print(f"{sum(in_bulk[0].clock) + sum(in_bulk[1].clock):.0f} s", file=sys.stderr)
    for reading in alone:
        for watch, ledger in zip(each, ledgers, strict=True):
            watch.time(partial(added, ledger, [reading]))
    asked, differ = {}, []
    ours, theirs = (questions(ledger) for ledger in ledgers)
    for name, question in ours.items():
        watches = pair()
        for _ in range(_ROUNDS):
            for watch, ask in zip(watches, (question, theirs[name]), strict=True):
                watch.time(ask)
        asked[name] = both(*watches, min)
        # Which of what was found is the best is each database's own (see docs/how-to/team-database.md).
        one, two = question(), theirs[name]()
        if (set(one) != set(two)) if name == "search" else (one != two):
            differ.append(name)
    return {
        "statements": sum(len(reading.statements) for reading in many),
        "adding_in_bulk": both(*in_bulk, sum),
        "adding_one_article": both(*each, median),
        "questions": asked,
        "answers_that_differ": differ,
    }


def both(sqlite: Watch, postgres: Watch, of: Callable[[Sequence[float]], float]) -> dict[str, float]:
    """The clock's as `of` of all times; the processors' on the mean, or in all where it is a sum."""
    clock = of(sqlite.clock), of(postgres.clock)
    times = 1 if of is sum else len(sqlite.clock)
    processor = sqlite.processor / times, postgres.processor / times
    return {
        "sqlite": round(clock[0], 5),
        "postgres": round(clock[1], 5),
        "ratio": round(clock[1] / clock[0], 2),
        "sqlite_processor": round(processor[0], 5),
        "postgres_processor": round(processor[1], 5),
        "ratio_processor": round(processor[1] / processor[0], 2),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--statements", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    address = os.environ.get("ONRECORD_TEST_DATABASE")
    if address is None:
        parser.error("no server: python -m tests.postgres.server -- python benchmarks/databases.py")
    readings = list(synthetic.readings(asked.statements, seed=asked.seed))
    whole = make_url(address).update_query_dict({"schema": _SCHEMA}).render_as_string(hide_password=False)
    admin = create_engine(make_url(address).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    try:
        with (
            tempfile.TemporaryDirectory() as folder,
            Ledger.open(Path(folder) / "l.db") as file,
            Ledger.open(whole) as server,
            admin.connect() as connection,
        ):
            server.overview()
            ours = "SELECT pid FROM pg_stat_activity WHERE application_name = 'onrecord'"
            found = compared(file, server, readings, connection.exec_driver_sql(ours).scalars().all())
            version = connection.exec_driver_sql("SHOW server_version").scalar_one()
    finally:
        with admin.connect() as connection:
            connection.exec_driver_sql(f"DROP SCHEMA IF EXISTS {_SCHEMA} CASCADE")
        admin.dispose()
    about = {"when": datetime.now(UTC).isoformat("T", "seconds"), "machine": platform.machine(), "server": version}
    print(json.dumps(about | found, indent=2))


if __name__ == "__main__":
    main()
