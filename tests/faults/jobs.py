"""Jobs in processes that are killed. Run as a program this is a nursery: it imports once, warms up, and forks for each.

    python jobs.py READINGS    (a pickled list of lists of readings: each a job)

reads a line of JSON a job from standard input and answers each with a line of JSON (see `Asked`, `Died`). A child forked
from it starts in a millisecond, so that hundreds of processes can be killed within seconds.
"""

from __future__ import annotations

import gc
import json
import os
import pickle
import random
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Asked:
    """Do to the ledger `path` what `do` says: "add" the job's readings, "open" it, "back up" to `path`.backup, or "correct"
    it (see `CORRECTIONS`). Killed from outside after `delay` seconds, or by itself before its `statement`-th SQL statement
    (from 1), or not at all."""

    path: str
    job: int | None
    do: str = "add"
    delay: float | None = None
    statement: int | None = None


@dataclass(frozen=True)
class Died:
    """`receipts` are the outcomes that came out before the end; `statements` and `seconds` are what the job ran and took,
    known of a whole one only."""

    killed: bool
    receipts: list[str]
    statements: int | None
    seconds: float
    error: str | None


CORRECTIONS = 6
"""How many corrections the job "correct" makes, each if it is not made yet: of the first statements, by turns rejected and
confirmed."""


class Nursery:
    """The other end of a running nursery."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def run(self, asked: Asked) -> Died:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(asdict(asked)) + "\n")
        self._process.stdin.flush()
        answer = Died(**json.loads(self._process.stdout.readline()))
        assert answer.error is None, answer.error
        return answer


@contextmanager
def nursery(readings: Path) -> Iterator[Nursery]:
    command = [sys.executable, __file__, str(readings)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield Nursery(process)
        finally:
            assert process.stdin is not None
            process.stdin.close()


def moments(whole: Died, number: int, seed: int) -> Iterator[dict[str, Any]]:
    """When to kill: by turns after a random part of the time that the whole job takes, and before a random statement."""
    chance = random.Random(seed)
    assert whole.statements is not None
    for turn in range(number):
        if turn % 2:
            yield {"statement": chance.randint(1, whole.statements)}
        else:
            yield {"delay": chance.uniform(0, 0.95 * whole.seconds)}


_COMPILED: dict[Any, Any] = {}
_RUN = 0
_LAST: int | None = None


def _count(*_: Any) -> None:
    global _RUN  # noqa: PLW0603 - one process, one job
    _RUN += 1
    if _RUN == _LAST:
        os.kill(os.getpid(), signal.SIGKILL)


def _listen() -> None:
    """Count the statements of every engine from its first on: opening makes or migrates the file before it is returned.

    All engines of this process share the SQL that SQLAlchemy has compiled, a third of a short job's time.
    """
    from sqlalchemy import event

    from onrecord.ledger.backends import sqlite

    create = sqlite.create_engine

    def counting(*given: Any, **options: Any) -> Any:
        engine = create(*given, **options, execution_options={"compiled_cache": _COMPILED})
        event.listen(engine, "before_cursor_execute", _count)
        return engine

    sqlite.create_engine = counting  # type: ignore[attr-defined]


def _child(asked: Asked, readings: list[Any], tell: int) -> None:
    global _RUN, _LAST
    from onrecord.ledger import Ledger

    _RUN, _LAST = 0, asked.statement
    ledger = Ledger.open(asked.path)
    for receipt in _done(ledger, asked, readings):
        os.write(tell, f"{receipt}\n".encode())
    ledger.close()
    os.write(tell, f"{_RUN}\n".encode())


def _done(ledger: Any, asked: Asked, readings: list[Any]) -> Iterator[str]:
    """Do it, and tell of each part once it is done."""
    if asked.do == "back up":
        ledger.back_up(f"{asked.path}.backup")
        yield "backed up"
    elif asked.do == "correct":
        yield from correct(ledger)
    elif asked.do == "add":
        for receipt in ledger.add(readings):
            yield receipt.outcome


def correct(ledger: Any, most: int = CORRECTIONS) -> Iterator[str]:
    """Make those of the first `most` corrections that are not made, in their order; the id of each."""
    from onrecord.ledger.corrections import Signed, Wish

    statements = sorted((row.document, row.id) for row in ledger.statements(rejected=True))[:most]
    for number, (document, key) in enumerate(statements):
        if number < len(ledger.corrections()):
            continue
        wish = Wish(confirm=True) if number % 2 else Wish(reject=True)
        yield ledger.correct(f"{document}:{key}", wish, Signed("Ada", f"2025-04-01T12:00:{number:02}+00:00", "seen")).id


def _fork(asked: Asked, readings: list[Any]) -> Died:
    hear, tell = os.pipe()
    begun = time.monotonic()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.close(hear)
            _child(asked, readings, tell)
            status = 0
        except BaseException as error:  # noqa: BLE001 - what goes wrong in the child is told by the parent
            os.write(tell, f"error {error!r}\n".encode())
        finally:
            os._exit(status)
    os.close(tell)
    if asked.delay is not None:
        # The pipe closes when the child ends: then there is nobody left to kill.
        select.select([], [], [], asked.delay)
        os.kill(child, signal.SIGKILL)
    with os.fdopen(hear) as pipe:
        lines = pipe.read().split("\n")[:-1]
    _, status = os.waitpid(child, 0)
    took = time.monotonic() - begun
    error = next((line for line in lines if line.startswith("error ")), None)
    run = int(lines.pop()) if lines and lines[-1].isdecimal() else None
    return Died(os.WIFSIGNALED(status), lines, run, took, error)


def _main() -> None:
    from onrecord.ledger import Ledger

    _listen()
    with Path(sys.argv[1]).open("rb") as file:
        jobs: list[list[Any]] = pickle.load(file)
    # What is read or compiled once a process is so before the first fork: word lists, SQL.
    with Ledger.open(":memory:") as ledger:
        for readings in (*jobs, *jobs[-1:]):
            list(ledger.add(readings))
        list(correct(ledger))
    # Children share the memory of what is there: the collector must not touch it.
    gc.freeze()
    gc.disable()
    for line in sys.stdin:
        asked = Asked(**json.loads(line))
        died = _fork(asked, [] if asked.job is None else jobs[asked.job])
        print(json.dumps(asdict(died)), flush=True)


if __name__ == "__main__":
    _main()
