"""Preparing readings for the ledger in other processes, while this one writes those that came before.

What can be made of a reading alone takes as long as putting it among the others, so that with two processes a ledger is
filled nearly twice as fast. Readings travel by the dozen: one alone would wait longer for its turn than it takes.
"""

from __future__ import annotations

import gc
import signal
import sys
import threading
from collections import deque
from collections.abc import Collection, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from threading import RLock

from onrecord.ledger.prepared import Prepared, prepare
from onrecord.reading import Reading

__all__ = ["Preparing", "Task"]

_TOGETHER = 12  # readings
_AT_HAND = 2  # dozens a process: the one that it prepares and the next
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
        # Those that no other process was given yet, oldest first. The thread that brings in what they have done gives them
        # more, and this one takes from the end: nobody waits for the other.
        self._waiting: deque[_Dozen] = deque()
        self._out = 0
        self._giving = RLock()  # what is done at once is told in the middle of giving

    @property
    def beside(self) -> bool:
        """Whether other processes prepare what this one waits to write."""
        return self._pool is not None

    def begin(self, reading: Reading, *, at_hand: bool) -> Task:
        """Have a reading prepared some time before its result is asked for.

        Others are started for many that are `at_hand`. Of those that must be read first the readers make no more than this
        process can prepare beside the writing.
        """
        self._begun += at_hand
        if self._others and self._pool is None and self._begun > _FEW:
            self._pool = _pool(self._others)
        dozen = self._dozen
        dozen.readings.append(reading)
        task = Task(dozen, len(dozen.readings) - 1)
        if len(dozen.readings) == _TOGETHER:
            self._close_dozen()
        return task

    def results(self, tasks: Sequence[Task]) -> list[_Found]:
        """What was prepared, or the reasons why it cannot be stored. What no other process has begun is prepared here."""
        dozens = list(dict.fromkeys(task.dozen for task in tasks))
        if self._dozen in dozens:
            self._close_dozen()
        while left := [dozen for dozen in dozens if dozen.found is None]:
            done = [dozen for dozen in left if dozen.given is not None and dozen.given.done()]
            mine = None if done else self._taken_back(left)
            if mine is not None:
                mine.found = _prepare(mine.readings)
            for dozen in done or ([] if mine is not None else left[:1]):
                self._take(dozen)
        return [found[task.place] for task in tasks if (found := task.dozen.found) is not None]

    def close(self) -> None:
        """End the other processes; what they have not prepared yet is not waited for."""
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.shutdown(wait=True, cancel_futures=True)

    def _close_dozen(self) -> None:
        with self._giving:
            self._waiting.append(self._dozen)
        self._dozen = _Dozen()
        self._give()

    def _give(self, *_: object) -> None:
        """Give the other processes what they have room for."""
        with self._giving:
            pool = self._pool
            while pool is not None and self._waiting and self._out < _AT_HAND * self._others:
                try:
                    given = pool.submit(_prepare, self._waiting[0].readings)
                except RuntimeError:  # it broke or was closed meanwhile: what waits is prepared here
                    return
                self._waiting.popleft().given = given
                self._out += 1
                given.add_done_callback(self._done)

    def _done(self, _: object) -> None:
        with self._giving:
            self._out -= 1
        self._give()

    def _taken_back(self, wanted: Collection[_Dozen]) -> _Dozen | None:
        """The last of these dozens that still waits, which does so no longer: others go on from the first."""
        with self._giving:
            mine = next((dozen for dozen in reversed(self._waiting) if dozen in wanted), None)
            if mine is not None:
                self._waiting.remove(mine)
        return mine

    def _take(self, dozen: _Dozen) -> None:
        given = dozen.given
        assert given is not None
        try:
            dozen.found = given.result()
        except BrokenProcessPool:
            # A process that was killed, for want of memory perhaps, takes nothing with it: this one does its work.
            self.close()
            self._others = 0
            dozen.found = _prepare(dozen.readings)


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
