"""Who works at the same time: threads of their own for what takes long, so that what takes long waits for its like alone."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TypeVar
from weakref import WeakKeyDictionary

from anyio import CapacityLimiter, to_thread
from anyio.lowlevel import RunVar
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request

__all__ = ["READING", "few_threads", "limited", "limiter", "writing"]

READING = 6
"""Pages that are made at the same time; others wait their turn. Making one is mostly Python, of which one thread runs at a
time, so that more of them at once make none sooner; and each thread has a connection of its own with what it keeps in
memory. With 200 people at 100,000 statements the server grew from 110 to 348 MB in four minutes when these were 40 and it
wrote corrections itself; with six, and at most 150 MB in the process that writes, it stays at 172."""

_WAITING = 100
"""Corrections that wait for their turn; one takes a quarter of a second, so that the last one waits for half a minute."""

Answer = TypeVar("Answer")

_LIMITERS: RunVar[WeakKeyDictionary[Starlette, dict[str, CapacityLimiter]]] = RunVar("limiters")


def limiter(request: Request, name: str, at_once: int) -> CapacityLimiter:
    """The limiter called so of the whole application, in the loop that serves: one belongs to the loop that made it."""
    try:
        limiters = _LIMITERS.get()
    except LookupError:
        limiters = WeakKeyDictionary()
        _LIMITERS.set(limiters)
    return limiters.setdefault(request.app, {}).setdefault(name, CapacityLimiter(at_once))


@asynccontextmanager
async def few_threads(app: Starlette) -> AsyncIterator[None]:
    """As long as an application is served: no more threads than READING make its pages."""
    to_thread.current_default_thread_limiter().total_tokens = READING
    yield


async def limited(request: Request, name: str, at_once: int, work: Callable[[], Answer]) -> Answer:
    """What `work` gives, done in a thread while at most `at_once` others of this name are."""
    return await to_thread.run_sync(work, limiter=limiter(request, name, at_once))


async def writing(request: Request, work: Callable[[], Answer]) -> Answer:
    """What `work` gives, which writes into the ledger: one at a time, as the ledger has one writer.

    So it waits here and not in a thread that a page could have. Raises HTTPException (503) where too many wait already.
    """
    turn = limiter(request, "writing", 1)
    if turn.statistics().tasks_waiting >= _WAITING:
        raise HTTPException(503, "Too many corrections at once: send it again in a moment.", {"retry-after": "30"})
    return await to_thread.run_sync(work, limiter=turn)
