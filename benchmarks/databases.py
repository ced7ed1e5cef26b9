"""A ledger on PostgreSQL beside the same one in an SQLite file: what adding and asking cost, and whether the answers agree.

`python -m tests.postgres.server -- python benchmarks/databases.py [--statements 5000]` fills both with the same invented
readings (see synthetic), a few hundred articles into one and then into the other by turns, so that whatever else the machine
does falls on both. Prints one JSON object; every time is seconds on the clock, since the server works in processes of its
own, with the ratio to SQLite's beside it. The server that tests start does not wait for the disk; one in use does, once a
commit. Without that server, ONRECORD_TEST_DATABASE names another: the ledger is a schema of its own there, and is dropped.
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
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, make_url

import synthetic
from onrecord.ledger import Ledger
from onrecord.ledger.batches import batched
from onrecord.reading import Reading

_AT_ONCE = 200  # articles into one, then into the other
_ALONE = 60  # articles that are added each by itself in the end
_ROUNDS = 5  # each question is asked so often of both, by turns

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


def added(ledger: Ledger, readings: Sequence[Reading]) -> float:
    begun = time.perf_counter()
    outcomes = {receipt.outcome for receipt in ledger.add(readings)}
    assert outcomes == {"added"}, outcomes
    return time.perf_counter() - begun


def best(question: Callable[[], Any], other: Callable[[], Any]) -> tuple[float, float]:
    took: tuple[list[float], list[float]] = ([], [])
    for _ in range(_ROUNDS):
        for one, times in zip((question, other), took, strict=True):
            begun = time.perf_counter()
            one()
            times.append(time.perf_counter() - begun)
    return min(took[0]), min(took[1])


def compared(file: Ledger, server: Ledger, readings: Sequence[Reading]) -> dict[str, Any]:
    alone, many = list(readings[-_ALONE:]), list(readings[:-_ALONE])
    in_bulk = [0.0, 0.0]
    for some in batched(many, _AT_ONCE):
        for place, ledger in enumerate((file, server)):
            in_bulk[place] += added(ledger, some)
        print(f"{sum(in_bulk):.0f} s", file=sys.stderr)
    each: tuple[list[float], list[float]] = ([], [])
    for reading in alone:
        for times, ledger in zip(each, (file, server), strict=True):
            times.append(added(ledger, [reading]))
    asked, differ = {}, []
    theirs = questions(server)
    for name, question in questions(file).items():
        ours, other = best(question, theirs[name])
        asked[name] = both(ours, other)
        # Which of what was found is the best is each database's own (see docs/explanation/limits.md).
        one, two = question(), theirs[name]()
        if (set(one) != set(two)) if name == "search" else (one != two):
            differ.append(name)
    statements = sum(len(reading.statements) for reading in many)
    return {
        "statements": statements,
        "bulk_statements_a_second": both(statements / in_bulk[0], statements / in_bulk[1]),
        "one_article_s": both(median(each[0]), median(each[1])),
        "questions_s": asked,
        "answers_that_differ": differ,
    }


def both(sqlite: float, postgres: float) -> dict[str, float]:
    return {"sqlite": round(sqlite, 5), "postgres": round(postgres, 5), "ratio": round(postgres / sqlite, 2)}


def median(times: Sequence[float]) -> float:
    return sorted(times)[len(times) // 2]


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
            found = compared(file, server, readings)
            version = connection.exec_driver_sql("SHOW server_version").scalar_one()
    finally:
        with admin.connect() as connection:
            connection.exec_driver_sql(f"DROP SCHEMA IF EXISTS {_SCHEMA} CASCADE")
        admin.dispose()
    about = {"when": datetime.now(UTC).isoformat("T", "seconds"), "machine": platform.machine(), "server": version}
    print(json.dumps(about | found, indent=2))


if __name__ == "__main__":
    main()
