"""Work done by threads a little ahead of whoever takes its results, in order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import chain, islice
from typing import Generic, TypeVar

__all__ = ["Given", "ahead"]

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


def ahead(work: Callable[[Item], Result], items: Iterable[Item], *, threads: int, most: int) -> Iterator[Result]:
    """`work` of each item, in their order, by `threads` threads; at most `most` items are under way or wait.

    Items are asked for in the caller's thread, and no further ones while the result whose turn it is is there. One thread,
    or one item, works in it too, when its result is asked for. An error of `work` comes out where its result would; one of
    `items` when what came before it is taken.
    """
    given = Given(items)
    rest = iter(given)
    first = list(islice(rest, 2))
    if threads == 1 or len(first) < 2:
        yield from map(work, chain(first, rest))
        given.check()
        return
    waiting: deque[Future[Result]] = deque()
    with ThreadPoolExecutor(threads, "onrecord-ahead") as pool:
        try:
            for item in chain(first, rest):
                waiting.append(pool.submit(work, item))
                while waiting and (len(waiting) >= most or waiting[0].done()):
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
            given.check()
        finally:
            for future in waiting:
                future.cancel()
