"""How often a host is asked: one request at a time, a pause between two, and no sooner than it says itself."""

from __future__ import annotations

import random

from onrecord.errors import Unfetched
from onrecord.intake.fetching.clock import Clock

__all__ = ["Pacing", "backed_off"]

_ROUNDING = 1e-6


class Pacing:
    """For each host when it may be asked next."""

    def __init__(self, clock: Clock, *, pause: float, patience: float) -> None:
        self._clock = clock
        self._pause = pause
        self._patience = patience
        self._next: dict[str, float] = {}

    def left(self, host: str) -> float:
        """The seconds until `host` may be asked."""
        return max(self._next.get(host, 0.0) - self._clock.monotonic(), 0.0)

    def wait(self, host: str, address: str) -> None:
        """Wait until `host` may be asked. Raises Unfetched, with the time, where that is longer than anybody would wait."""
        left = self.left(host)
        if left > self._patience:
            raise Unfetched(address, f"{host} asks for a longer pause between requests", again=left)
        if left > _ROUNDING:
            self._clock.sleep(left)

    def asked(self, host: str, *, pause: float | None = None) -> None:
        """It was asked, and has answered; `pause` is how long it wants to be left alone, where that is more than usual."""
        self._put_off(host, max(self._pause, pause or 0.0))

    def leave_alone(self, host: str, seconds: float) -> None:
        """It said that it is overloaded."""
        self._put_off(host, seconds)

    def _put_off(self, host: str, seconds: float) -> None:
        self._next[host] = max(self._next.get(host, 0.0), self._clock.monotonic() + seconds)


def backed_off(tries: int, chance: random.Random, *, first: float, most: float) -> float:
    """Seconds before the next try after `tries` failures: doubling from `first` up to `most`, less up to a quarter
    by chance, so that those who failed together do not come back together."""
    return float(min(first * 2 ** min(tries - 1, 32), most)) * chance.uniform(0.75, 1.0)
