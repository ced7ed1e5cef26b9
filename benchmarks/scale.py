"""The ledger at 100,000 statements: what adding costs, how many bytes a record takes, how fast it answers.

`python benchmarks/scale.py [--statements 100000] [--keep FILE]` fills a ledger with invented readings (see synthetic), in
the order in which they came out, then measures. With --keep the filled ledger stays in FILE and is used again, if it is
there already; what was measured while it was filled stands beside it in FILE.json. Prints one JSON object; progress goes
to standard error. Times are wall-clock of one process; beside those of adding stands the process's own time, which tells
more where others share the machine.
"""

from __future__ import annotations

import argparse
import gc
import inspect
import json
import os
import platform
import random
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import synthetic
from onrecord.errors import OnrecordError
from onrecord.ledger import Ledger
from onrecord.reading import Reading

# Articles that are added on top of the full ledger, each timed; as many are timed before 10,000 statements are reached.
_TIMED = 250
_EARLY = 10_000
_QUERIES = 30
_STORY_SIZES = ((1, 1), (2, 8), (9, 20), (21, 99))
_TARGETS = {"add_ms": 100, "query_ms": 200, "bytes_a_record": 1000}

# What counts as a record: what was read in the text, and what is told of it across articles.
_READ = ("entities", "mentions", "statements", "moments", "figures", "events", "rejected")
_DERIVED = ("claims", "series", "conflicts", "people", "stories", "copy_groups")

# The methods that commands stand on; those that a ledger does not have are "absent".
_METHODS = (
    "documents",
    "document",
    "statements",
    "figures",
    "speakers",
    "speaker",
    "search",
    "stories",
    "timeline",
    "claims",
    "series",
    "conflicts",
    "copies",
    "who",
    "check",
    "corrections",
    "orphans",
)


def fill(path: Path, readings: Sequence[Reading]) -> dict[str, Any]:
    """Add all readings, together but for the last before 10,000 statements, which are added alone; their milliseconds."""
    begun = time.perf_counter()
    until = min(_EARLY // synthetic.STATEMENTS_AN_ARTICLE, len(readings))
    alone = max(until - _TIMED, 0)
    with Ledger.open(path) as ledger:
        add_together(ledger, readings[:alone], begun)
        early = [timed_add(ledger, reading) for reading in readings[alone:until]]
        add_together(ledger, readings[until:], begun)
    return {"early": both(early), "seconds": round(time.perf_counter() - begun, 1)}


def add_together(ledger: Ledger, readings: Sequence[Reading], begun: float) -> None:
    for number, receipt in enumerate(ledger.add(readings), 1):
        if receipt.outcome != "added":
            raise SystemExit(f"{receipt.name}: {receipt.outcome}: {receipt.reason}")
        if number % 500 == 0:
            print(f"{number} articles, {time.perf_counter() - begun:.0f} s", file=sys.stderr)


def timed_add(ledger: Ledger, reading: Reading) -> tuple[float, float]:
    """Milliseconds on the clock and of this process's own time."""
    begun, worked = time.perf_counter(), time.process_time()
    (receipt,) = ledger.add([reading])
    took = (time.perf_counter() - begun) * 1000, (time.process_time() - worked) * 1000
    if receipt.outcome != "added":
        raise SystemExit(f"{receipt.name}: {receipt.outcome}: {receipt.reason}")
    return took


def told_with(ledger: Ledger, reading: Reading) -> int:
    """How many articles the story of this one has by now: each is told anew when another is added."""
    return ledger.stories(reading.document.id)[0].documents


def both(took: Sequence[tuple[float, float]]) -> dict[str, dict[str, float]]:
    return {"clock": spread([clock for clock, _ in took]), "processor": spread([own for _, own in took])}


def spread(milliseconds: Sequence[float]) -> dict[str, float]:
    ordered = sorted(milliseconds)
    return {
        "p50": round(ordered[len(ordered) // 2], 2),
        "p95": round(ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))], 2),
        "max": round(ordered[-1], 2),
    }


def size(path: Path) -> dict[str, Any]:
    """Bytes of the file without free pages and without the articles' text, by record and by table."""
    with closing(sqlite3.connect(path)) as connection:

        def one(query: str) -> int:
            return int(connection.execute(query).fetchone()[0] or 0)

        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        records = {name: one(f"SELECT count(*) FROM {name}") for name in (*_READ, *_DERIVED) if name in tables}
        used = (one("PRAGMA page_count") - one("PRAGMA freelist_count")) * one("PRAGMA page_size")
        text = one("SELECT sum(length(CAST(text AS BLOB))) FROM documents")
        total = sum(records.values())
        try:
            parts: Any = dict(
                connection.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name ORDER BY 2 DESC").fetchall()
            )
        except sqlite3.OperationalError:  # SQLite built without dbstat
            parts = None
    return {
        "file": used,
        "text": text,
        "records": records,
        "bytes_a_record": round((used - text) / total),
        "largest": parts and {name: round(part / total, 1) for name, part in list(parts.items())[:40]},
    }


def asked(ledger: Ledger, chance: random.Random) -> dict[str, Any]:
    """One drawing of what people ask with: each a value for parameters of that name."""
    row = chance.choice(ledger.documents())
    said = ledger.statements(document=row.id)
    spoken = [s.speaker for s in said if s.speaker is not None]
    words = [w.strip(".,“”") for s in said for w in s.content.split() if len(w) > 5]
    speaker = chance.choice(spoken) if spoken else None
    values = {
        "document": row.id,
        "speaker": speaker,
        "name": speaker,
        "about": chance.choice(words or ["said"]),
        "since": (row.published or "2022-01-01")[:10],
        "standing": chance.choice(("disputed", "corroborated", "single source")),
        "rule": chance.choice(("figures", "denial", "reversal", "opposite")),
        # Read already: what the reader takes is no work of the ledger.
        "draft": ledger.document(row.id),
    }
    if hasattr(ledger, "stories"):
        values["story"] = ledger.stories(row.id)[0].id
        values["timeline.wanted"] = chance.choice((speaker, values["story"])) or row.id
        for name in ("claims", "series", "conflicts"):
            found = getattr(ledger, name)(story=values["story"]) if hasattr(ledger, name) else []
            values[f"{name}.wanted"] = chance.choice(found).id if found else None
    return values


_AS = {"id_or_prefix": "document", "key": "name", "wanted": "document", "words": "about"}


def calls(name: str, method: Callable[..., Any], values: dict[str, Any]) -> Iterator[tuple[str, Callable[[], Any]]]:
    """The ways to call it: with each parameter that `values` has something for, and without any where that may be."""
    values = values | {"wanted": values.get(f"{name}.wanted")} if f"{name}.wanted" in values else values
    parameters = list(inspect.signature(method).parameters.values())
    required = [p for p in parameters if p.default is p.empty and p.kind is not p.VAR_KEYWORD]
    fixed = [values.get(p.name, values.get(_AS.get(p.name, ""))) for p in required]
    if any(value is None for value in fixed):
        return
    limit = {"limit": 50} if any(p.name == "limit" for p in parameters) else {}
    named = ", ".join([p.name for p in required] + list(limit))
    yield named, lambda: method(*fixed, **limit)
    for parameter in parameters:
        value = values.get(parameter.name, values.get(_AS.get(parameter.name, "")))
        if parameter in required or value is None:
            continue
        given = {parameter.name: value}
        yield ", ".join(filter(None, (named, parameter.name))), lambda given=given: method(*fixed, **given, **limit)


def ask(path: Path, seed: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    with Ledger.open(path, read_only=True) as ledger:
        chance = random.Random(seed)
        drawn = [asked(ledger, chance) for _ in range(_QUERIES)]
        for name in _METHODS:
            method = getattr(ledger, name, None)
            if method is None:
                found[name] = "absent"
                continue
            times: dict[str, list[float]] = {}
            for values in drawn:
                for how, call in calls(name, method, values):
                    if len(times.get(how, [])) >= 5 and sum(times[how]) > 5_000:
                        continue  # slow, and known to be
                    begun = time.perf_counter()
                    try:
                        call()
                    except OnrecordError as error:
                        times.setdefault(f"{how}: {type(error).__name__}", []).append(0.0)
                        continue
                    times.setdefault(how, []).append((time.perf_counter() - begun) * 1000)
            for how, took in times.items():
                found[f"{name}({how})"] = spread(took)
            print(name, {how: value for how, value in found.items() if how.startswith(f"{name}(")}, file=sys.stderr)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--statements", type=int, default=100_000)
    parser.add_argument("--keep", type=Path, help="the filled ledger, used again if it is there")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--no-queries", action="store_true", help="measure adding and size only")
    args = parser.parse_args()
    extra = _TIMED * synthetic.STATEMENTS_AN_ARTICLE
    articles = list(synthetic.readings(args.statements + extra, seed=args.seed))
    # Whoever adds articles reads them one by one; collecting the garbage of thousands in memory is no part of adding.
    gc.freeze()
    print(f"{len(articles)} articles written", file=sys.stderr)
    with tempfile.TemporaryDirectory() as folder:
        full = args.keep or Path(folder) / "full.db"
        beside = full.with_name(full.name + ".json")
        if not full.exists():
            beside.write_text(json.dumps(fill(full, articles[:-_TIMED])), encoding="utf-8")
        filled = json.loads(beside.read_text(encoding="utf-8"))
        copied = Path(folder) / "measured.db"
        shutil.copy(full, copied)
        with Ledger.open(copied) as ledger:
            timed_add(ledger, articles[-_TIMED])
            timed = [(timed_add(ledger, reading), told_with(ledger, reading)) for reading in articles[-_TIMED + 1 :]]
        late = both([took for took, _ in timed])
        by_story = {
            f"{low} to {high}": both(found)["processor"] | {"articles": len(found)}
            for low, high in _STORY_SIZES
            if (found := [took for took, size in timed if low <= size <= high])
        }
        print(f"adding {late}", file=sys.stderr)
        measured = size(copied)
        answers = {} if args.no_queries else ask(copied, args.seed)
    slow = {name for name, took in answers.items() if isinstance(took, dict) and took["p95"] >= _TARGETS["query_ms"]}
    print(
        json.dumps(
            {
                "date": datetime.now(UTC).date().isoformat(),
                "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
                f"SQLite {sqlite3.sqlite_version}",
                "load": round(os.getloadavg()[0], 1),
                "statements": args.statements,
                "articles": len(articles),
                "fill_seconds": filled["seconds"],
                "add_ms": late,
                "add_ms_by_articles_of_the_story": by_story,
                "add_ms_at_10000": filled["early"],
                "growth": round(late["processor"]["p50"] / filled["early"]["processor"]["p50"], 2),
                "size": measured,
                "query_ms": answers,
                "targets": _TARGETS,
                "slower": sorted(slow),
            },
            ensure_ascii=False,
            indent=1,
        )
    )


if __name__ == "__main__":
    main()
