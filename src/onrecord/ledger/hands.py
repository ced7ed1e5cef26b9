"""Calls of pure functions shared among several processes, this one among them: who is free takes the next.

Nobody waits for another as long as there is something to do: the other processes take calls from the front, this one, when
it needs the results, those that nobody has begun from the back.
"""

from __future__ import annotations

import gc
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context
from threading import RLock
from typing import Any, Generic, TypeVar, cast

from onrecord.process import TURN, ready_to_work

__all__ = ["Call", "Hands"]

_AT_HAND = 2  # calls a process: the one that it does and the next

_Given = TypeVar("_Given")
_Found = TypeVar("_Found")


class Call(Generic[_Found]):
    """One call of a function, which every process can import by its name."""

    def __init__(self, do: Callable[[Any], _Found], what: Any) -> None:
        self._do, self._what = do, what
        self._found: _Found | None = None
        self.ended = False
        self.given: Future[_Found] | None = None

    def give(self, pool: ProcessPoolExecutor) -> Future[_Found]:
        self.given = pool.submit(self._do, self._what)
        return self.given

    def make(self) -> None:
        self._found, self.ended = self._do(self._what), True

    def take(self) -> None:
        assert self.given is not None
        self._found, self.ended = self.given.result(), True

    @property
    def found(self) -> _Found:
        return cast(_Found, self._found)


class Hands:
    """`workers` processes, this one among them; the others are started only when they are called."""

    def __init__(self, workers: int = 1) -> None:
        self._others = max(workers, 1) - 1
        self._pool: ProcessPoolExecutor | None = None
        self._turn: float | None = None  # of threads, as it was before the others were started, if that was longer
        # What no other process was given yet, in its order, and what is to be done before that. The thread that brings in
        # what they have done gives them more, and this one takes from the end: nobody waits for the other.
        self._waiting: deque[Call[Any]] = deque()
        self._first: deque[Call[Any]] = deque()
        self._out = 0
        self._giving = RLock()  # what is done at once is told in the middle of giving

    @property
    def beside(self) -> bool:
        """Whether other processes work beside this one."""
        return self._pool is not None

    def start(self) -> None:
        """Start the other processes, if there are to be any and there are none yet."""
        if self._others and self._pool is None:
            self._pool = _pool(self._others)
            # What others have done is brought in, and the next call sent to them, by threads that take several turns for it:
            # with Python's own 5 ms they stood idle for a quarter of the time in which this process did such calls too.
            if (turn := sys.getswitchinterval()) > TURN:
                self._turn = turn
                sys.setswitchinterval(TURN)

    def begin(self, do: Callable[[_Given], _Found], what: _Given) -> Call[_Found]:
        """Have `do(what)` called some time before its result is asked for."""
        call = Call(do, what)
        with self._giving:
            self._waiting.append(call)
        self._give()
        return call

    def begin_first(self, do: Callable[[_Given], _Found], parts: Iterable[_Given]) -> list[Call[_Found]]:
        """Have `do` of each part called before all that `begin` has begun and nobody does yet."""
        calls = [Call(do, part) for part in parts]
        with self._giving:
            self._first.extend(calls)
        self._give()
        return calls

    def drop_first(self) -> None:
        """Let go of what `begin_first` has begun and nobody does yet: its results are not asked for any more."""
        with self._giving:
            self._first.clear()

    def results(self, calls: Sequence[Call[_Found]]) -> list[_Found]:
        """What the calls gave. What no other process has begun is done here."""
        while left := [call for call in calls if not call.ended]:
            done = [call for call in left if call.given is not None and call.given.done()]
            mine = None if done else self._taken_back(set(left))
            if mine is not None:
                mine.make()
            for call in done or ([] if mine is not None else left[:1]):
                self._take(call)
        return [call.found for call in calls]

    @contextmanager
    def lent(self) -> Iterator[None]:
        """While this process waits within for a disk, a thread of it does what `begin` has begun and nobody does yet.

        Only where others work beside it: who asked for one process is given no second thread.
        """
        if not self.beside:
            yield
            return
        waited_for = threading.Event()
        thread = threading.Thread(target=self._work, args=(waited_for,), name="hands", daemon=True)
        thread.start()
        try:
            yield
        finally:
            waited_for.set()
            thread.join()

    def _work(self, until: threading.Event) -> None:
        while not until.is_set():
            with self._giving:
                if not self._waiting:
                    return
                call = self._waiting.pop()
            try:
                call.make()
            except Exception:  # noqa: BLE001  it is made again, and raises, where its result is asked for
                with self._giving:
                    self._waiting.append(call)
                return

    def close(self) -> None:
        """End the other processes; what they have not done yet is not waited for."""
        pool, self._pool = self._pool, None
        if pool is not None:
            if self._turn is not None:
                sys.setswitchinterval(self._turn)
            pool.shutdown(wait=True, cancel_futures=True)

    def _give(self, *_: object) -> None:
        """Give the other processes what they have room for."""
        with self._giving:
            pool = self._pool
            while (
                pool is not None and (waiting := self._first or self._waiting) and self._out < _AT_HAND * self._others
            ):
                try:
                    given = waiting[0].give(pool)
                except RuntimeError:  # it broke or was closed meanwhile: what waits is done here
                    return
                waiting.popleft()
                self._out += 1
                given.add_done_callback(self._done)

    def _done(self, _: object) -> None:
        with self._giving:
            self._out -= 1
        self._give()

    def _taken_back(self, wanted: Set[Call[_Found]]) -> Call[_Found] | None:
        """The last of these calls that still waits, which does so no longer: others go on from the first."""
        with self._giving:
            for waiting in (self._first, self._waiting):
                for call in reversed(waiting):
                    if call in wanted:
                        waiting.remove(call)
                        return cast(Call[_Found], call)
        return None

    def _take(self, call: Call[Any]) -> None:
        try:
            call.take()
        except BrokenProcessPool:
            # A process that was killed, for want of memory perhaps, takes nothing with it: this one does its work.
            self.close()
            self._others = 0
            call.make()


def _pool(others: int) -> ProcessPoolExecutor:
    # As the reader's workers are started: see reader.workers.
    forks = sys.platform == "linux" and threading.active_count() == 1
    context = get_context("fork" if forks else "spawn")
    return ProcessPoolExecutor(others, mp_context=context, initializer=_begin)


def _begin() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever stops the job with Ctrl+C ends these processes as well
    ready_to_work()
    gc.disable()  # of a thousand readings prepared and hundreds of stories told not one dead cycle is left
