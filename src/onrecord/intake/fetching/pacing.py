"""How often a host is asked: one request at a time, a pause between two, and no sooner than it says itself."""

from __future__ import annotations

import random

from onrecord.errors import Unfetched
from onrecord.intake.fetching.clock import Clock

__all__ = ["Pacing", "Resting", "backed_off"]

_ROUNDING = 1e-6
_MOST_HOSTS = 10_000  # that are remembered, before those that may be asked again are forgotten
_FIRST_REST, _LONGEST_REST = 120.0, 3600.0


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

    def wait(self, host: str, address: str, *, most: float) -> None:
        """Wait until `host` may be asked. Raises Unfetched, with the time, where that is longer than anybody would wait, or
        than the `most` seconds that there are."""
        left = self.left(host)
        if left > min(self._patience, most):
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
        now = self._clock.monotonic()
        if len(self._next) >= _MOST_HOSTS:
            self._next = {name: until for name, until in self._next.items() if until > now}
        self._next[host] = max(self._next.get(host, 0.0), now + seconds)


class Resting:
    """Hosts that took all the time they were given: one of them can hold up everybody else's for a minute each time that it
    is asked, so it is not asked for two minutes, then four, up to an hour, until it answers in time."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._slow: dict[str, tuple[int, float]] = {}  # how often in a row, and until when it is left

    def left(self, host: str) -> float:
        """The seconds for which `host` is left alone for being slow."""
        found = self._slow.get(host)
        return 0.0 if found is None else max(found[1] - self._clock.monotonic(), 0.0)

    def slow(self, host: str) -> None:
        """It took too long once more."""
        if len(self._slow) >= _MOST_HOSTS:
            self._slow.pop(next(iter(self._slow)))
        times = self._slow.pop(host, (0, 0.0))[0] + 1
        rest = min(_FIRST_REST * 2 ** min(times - 1, 16), _LONGEST_REST)
        self._slow[host] = times, self._clock.monotonic() + rest

    def answered(self, host: str) -> None:
        """It answered in time."""
        self._slow.pop(host, None)


def backed_off(tries: int, chance: random.Random, *, first: float, most: float) -> float:
    """Seconds before the next try after `tries` failures: doubling from `first` up to `most`, less up to a quarter
    by chance, so that those who failed together do not come back together."""
    return float(min(first * 2 ** min(tries - 1, 32), most)) * chance.uniform(0.75, 1.0)
