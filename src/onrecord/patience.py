"""How long one document may take. Whoever works through many opens `patience` around it; whoever works on one looks at the
clock between steps, and a document over its time is set aside with an OutOfTime, so that the rest goes on.

Time is that of a clock on the wall, as people wait by it: a document that is set aside on a machine with too much to do may
be read on another day, and what is read of it is the same wherever it is read. A step that looks at no clock (the parser of
pages, one run of the encoder) ends when it ends, which limits on what it is given see to; a process of its own, where there
are several, is ended.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar, Token
from functools import wraps
from time import monotonic
from types import TracebackType
from typing import ParamSpec, Self, TypeVar

from onrecord.errors import OutOfTime

__all__ = ["SECONDS", "Deadline", "check_time", "in_time", "patience", "seconds_allowed"]

SECONDS = 120.0
"""Seconds that making one document of its bytes may take, and again as many that reading it may take.

The longest articles have some 200,000 characters, for which a reading takes nine seconds of one core.
"""

_SECONDS: ContextVar[float | None] = ContextVar("seconds a document", default=SECONDS)
_RUNNING: ContextVar[Deadline | None] = ContextVar("deadline", default=None)

Given = ParamSpec("Given")
Made = TypeVar("Made")


@contextmanager
def patience(seconds: float | None) -> Iterator[None]:
    """Each document that this thread makes or reads within gets so many seconds for either; None for any number."""
    token = _SECONDS.set(seconds)
    try:
        yield
    finally:
        _SECONDS.reset(token)


def seconds_allowed() -> float | None:
    """The seconds that a document gets here; None for any number."""
    return _SECONDS.get()


class Deadline:
    """The time of one document, which begins now. Within it (`with`), `check_time` goes by it."""

    __slots__ = ("_name", "_seconds", "_token", "_until")

    def __init__(self, name: str) -> None:
        self._name = name
        self._seconds = _SECONDS.get()
        self._until = None if self._seconds is None else monotonic() + self._seconds
        self._token: Token[Deadline | None] | None = None

    def check(self) -> None:
        """Raises OutOfTime where the time is over."""
        if self._until is not None and monotonic() > self._until:
            raise OutOfTime(self._name, f"set aside: it takes more than {self._seconds:g} seconds")

    def __enter__(self) -> Self:
        self._token = _RUNNING.set(self)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._token is not None:
            _RUNNING.reset(self._token)
            self._token = None


def check_time() -> None:
    """Raises OutOfTime where the time of the document in hand is over. Some 100 ns: for every paragraph or page."""
    if (running := _RUNNING.get()) is not None:
        running.check()


def in_time(make: Callable[Given, Made]) -> Callable[Given, Made]:
    """A function that makes one document under a deadline, or under the one that runs already. It has its `name` by
    keyword."""

    @wraps(make)
    def made(*args: Given.args, **given: Given.kwargs) -> Made:
        if _RUNNING.get() is not None:
            return make(*args, **given)
        with Deadline(str(given["name"])):
            return make(*args, **given)

    return made
