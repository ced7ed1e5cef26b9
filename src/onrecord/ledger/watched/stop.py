"""Ending in the middle: at once where it waits for a clock or a server, else when the article in hand is whole."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["Stop", "Stopped"]


class Stopped(BaseException):
    """Raised where there is nothing to be finished. Not an Exception: nothing that handles errors may swallow it."""


class Stop:
    """Whether somebody has asked for an end. `ask` may be called by the handler of a signal."""

    def __init__(self) -> None:
        self.asked = False
        self._may_break_off = False

    def ask(self) -> None:
        """Ends what may be broken off; what may not is told by `asked` and `check`."""
        self.asked = True
        if self._may_break_off:
            raise Stopped

    def check(self) -> None:
        """Raises Stopped where an end was asked for."""
        if self.asked:
            raise Stopped

    @contextmanager
    def may_break_off(self) -> Iterator[None]:
        """What is done within can be broken off at any point without a loss."""
        self._may_break_off = True
        try:
            self.check()
            yield
        finally:
            self._may_break_off = False
