"""Preparing readings for the ledger in other processes, while this one writes those that came before.

What can be made of a reading alone takes as long as putting it among the others, so that with two processes a ledger is
filled nearly twice as fast. Readings travel by the dozen: one alone would wait longer for its turn than it takes.
"""

from __future__ import annotations

import gc
import signal
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

from onrecord.ledger.prepared import Prepared, prepare
from onrecord.reading import Reading

__all__ = ["Preparing", "Task"]

_TOGETHER = 12  # readings
_FEW = (
    48  # readings, of which a job that has no more is not worth a process: starting one takes as long as preparing 30
)

_Found = Prepared | str


class _Dozen:
    """Readings that are prepared together: by this process, or by one to which they were given."""

    def __init__(self) -> None:
        self.readings: list[Reading] = []
        self.given: Future[list[_Found]] | None = None
        self.found: list[_Found] | None = None


class Task:
    """One reading of a dozen."""

    __slots__ = ("dozen", "place")

    def __init__(self, dozen: _Dozen, place: int) -> None:
        self.dozen, self.place = dozen, place


class Preparing:
    """`prepare` by `workers` processes, this one among them."""

    def __init__(self, workers: int) -> None:
        self._others = max(workers, 1) - 1
        self._pool: ProcessPoolExecutor | None = None
        self._begun = 0
        self._dozen = _Dozen()

    @property
    def beside(self) -> bool:
        """Whether other processes prepare what this one waits to write."""
        return self._pool is not None

    def begin(self, reading: Reading) -> Task:
        """Have a reading prepared some time before its result is asked for."""
        self._begun += 1
        if self._others and self._pool is None and self._begun > _FEW:
            self._pool = _pool(self._others)
        if len(self._dozen.readings) >= _TOGETHER or self._dozen.found is not None:
            self._dozen = _Dozen()
        dozen = self._dozen
        dozen.readings.append(reading)
        if self._pool is not None and len(dozen.readings) == _TOGETHER:
            self._give(dozen)
        return Task(dozen, len(dozen.readings) - 1)

    def results(self, tasks: Sequence[Task]) -> list[_Found]:
        """What was prepared, or the reasons why it cannot be stored. What no other process has begun is prepared here."""
        dozens = list(dict.fromkeys(task.dozen for task in tasks))
        while any(dozen.found is None for dozen in dozens):
            for dozen in dozens:
                if dozen.given is not None and dozen.given.done():
                    self._take(dozen)
            left = [dozen for dozen in dozens if dozen.found is None]
            if left:
                # The last: others go on from the first.
                mine = next((d for d in reversed(left) if d.given is None or d.given.cancel()), None)
                if mine is not None:
                    mine.given, mine.found = None, _prepare(mine.readings)
                else:
                    self._take(left[0])
        if self._dozen in dozens:
            self._dozen = _Dozen()
        return [found[task.place] for task in tasks if (found := task.dozen.found) is not None]

    def close(self) -> None:
        """End the other processes; what they have not prepared yet is not waited for."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None

    def _give(self, dozen: _Dozen) -> None:
        try:
            dozen.given = self._pool.submit(_prepare, dozen.readings) if self._pool is not None else None
        except BrokenProcessPool:
            self._alone()

    def _take(self, dozen: _Dozen) -> None:
        assert dozen.given is not None
        try:
            dozen.found = dozen.given.result()
        except BrokenProcessPool:
            # A process that was killed, for want of memory perhaps, takes nothing with it: this one does its work.
            self._alone()
            dozen.found = _prepare(dozen.readings)
        dozen.given = None

    def _alone(self) -> None:
        self.close()
        self._others = 0


def _prepare(readings: Sequence[Reading]) -> list[_Found]:
    return [prepare(reading) for reading in readings]


def _pool(others: int) -> ProcessPoolExecutor:
    # As the reader's workers are started: see reader.workers.
    forks = sys.platform == "linux" and threading.active_count() == 1
    context = get_context("fork" if forks else "spawn")
    return ProcessPoolExecutor(others, mp_context=context, initializer=_begin)


def _begin() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever stops the job with Ctrl+C ends these processes as well
    gc.freeze()
