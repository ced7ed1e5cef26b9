"""Work done by threads a little ahead of whoever takes its results, in order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import chain, islice
from time import monotonic
from typing import Generic, TypeVar

__all__ = ["Given", "ahead"]

HELD = 0.02  # seconds that a result may wait while further items are asked for

Item = TypeVar("Item")
Result = TypeVar("Result")


class Given(Generic[Item]):
    """Items up to their end, or to the error that ends them. That one is kept for `check`, to be raised when what came
    before it is dealt with: whoever works ahead would lose it otherwise."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._items = items
        self._error: Exception | None = None

    def __iter__(self) -> Iterator[Item]:
        try:
            yield from self._items
        except Exception as error:  # noqa: BLE001  raised by `check`
            self._error = error

    def check(self) -> None:
        """Raises the error that ended the items, if one did."""
        if self._error is not None:
            raise self._error


class _Turn(Generic[Item, Result]):
    """An item and what comes of it."""

    __slots__ = ("_item", "outcome")

    def __init__(self, item: Item, outcome: Future[Result]) -> None:
        self._item = item
        self.outcome = outcome

    def done_here(self, work: Callable[[Item], Result]) -> bool:
        """Does the work in this thread, if no other has begun it."""
        if not self.outcome.cancel():
            return False
        self.outcome = Future()
        try:
            self.outcome.set_result(work(self._item))
        except Exception as error:  # noqa: BLE001  comes out when its turn comes
            self.outcome.set_exception(error)
        return True


def ahead(work: Callable[[Item], Result], items: Iterable[Item], *, threads: int, most: int) -> Iterator[Result]:
    """`work` of each item, in their order, by `threads` threads, the caller's among them; at most `most` items are under way
    or wait.

    Items are asked for in the caller's thread, each time that it takes a result, until `most` are there, or a result waits
    and `HELD` is over: the other threads have something to do while the caller is busy, and where items come slowly their
    results do not wait for each other. The caller works while the result whose turn it is is not there: one thread more,
    and on two cores a tenth of the time went into three threads' waiting for each other. An error of `work` comes out where
    its result would; one of `items` when what came before it is taken.
    """
    given = Given(items)
    rest = iter(given)
    first = list(islice(rest, 2))
    if threads == 1 or len(first) < 2:
        yield from map(work, chain(first, rest))
        given.check()
        return
    waiting: deque[_Turn[Item, Result]] = deque()

    def next_result() -> Result:
        turn = waiting[0]
        while not turn.outcome.done() and any(other.done_here(work) for other in waiting):
            pass
        return waiting.popleft().outcome.result()

    with ThreadPoolExecutor(threads - 1, "onrecord-ahead") as pool:
        try:
            asking = monotonic()
            for item in chain(first, rest):
                waiting.append(_Turn(item, pool.submit(work, item)))
                while waiting and (len(waiting) >= most or (waiting[0].outcome.done() and monotonic() - asking > HELD)):
                    yield next_result()
                    asking = monotonic()
            while waiting:
                yield next_result()
            given.check()
        finally:
            for turn in waiting:
                turn.outcome.cancel()
