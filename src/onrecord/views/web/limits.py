"""How often somebody may ask: a bucket that refills for requests, and a wait that doubles for passwords.

Kept in memory: a restart forgets it, which costs whoever guesses passwords more time than it gives.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from ipaddress import IPv6Address, ip_address, ip_network
from threading import Lock

__all__ = ["Attempts", "Buckets", "neighbourhood"]

_MOST = 50_000  # keys remembered; those not seen for the longest are forgotten first

_FREE = 5  # attempts at a password that cost no wait
_LONGEST = 900.0  # seconds that the wait grows to
_FORGOTTEN = 3600.0  # seconds after which failures do not count any more


def neighbourhood(address: str) -> str:
    """What is counted as one asker: an IPv4 address, or the /64 that one household or machine has of IPv6."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address):
        return str(parsed.ipv4_mapped or ip_network((parsed, 64), strict=False))
    return str(parsed)


class Buckets:
    """For each key a bucket of `burst` tokens that refills by `rate` a second. Safe to use from any thread."""

    def __init__(self, rate: float, burst: float, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate = rate
        self._burst = burst
        self._clock = clock
        self._levels: OrderedDict[Hashable, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def take(self, key: Hashable) -> float:
        """Take a token: 0 where there is one, else the seconds until there is."""
        with self._lock:
            now = self._clock()
            level, at = self._levels.get(key, (self._burst, now))
            level = min(self._burst, level + (now - at) * self._rate)
            wait = 0.0 if level >= 1 else (1 - level) / self._rate
            self._levels[key] = (level if wait else level - 1, now)
            self._levels.move_to_end(key)
            if len(self._levels) > _MOST:
                self._levels.popitem(last=False)
        return wait

    def give_back(self, key: Hashable) -> None:
        """Put the token back that was taken last."""
        with self._lock:
            if key in self._levels:
                level, at = self._levels[key]
                self._levels[key] = (min(self._burst, level + 1), at)


class Attempts:
    """Guesses at the password of a name from an address: the first five cost nothing, each further one doubles the wait.

    An attempt counts when it begins, so that many at once are not free; one that succeeds does not, and forgets those of
    its name before it. Names
    that there are not are counted as those that there are. From all addresses together a name may be tried twenty times
    at once and then four times a minute, and an address may try twenty names and then ten a minute.
    """

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failed: OrderedDict[Hashable, tuple[int, float]] = OrderedDict()
        self._of_name = Buckets(4 / 60, 20, clock=clock)
        self._of_address = Buckets(10 / 60, 20, clock=clock)
        self._lock = Lock()

    def begin(self, name: str, address: str) -> float:
        """Count an attempt: 0 where it may be made, else the seconds until another may."""
        with self._lock:
            now = self._clock()
            failed, last = self._failed.get((name, address), (0, now))
            if now - last > _FORGOTTEN:
                failed = 0
            wait = last + min(_LONGEST, 2.0 ** (failed - _FREE)) - now if failed >= _FREE else 0.0
            if wait > 0:
                return wait
            wait = self._of_address.take(address) or self._of_name.take(name)
            if wait > 0:
                return wait
            self._failed[(name, address)] = (failed + 1, now)
            self._failed.move_to_end((name, address))
            if len(self._failed) > _MOST:
                self._failed.popitem(last=False)
        return 0.0

    def succeeded(self, name: str, address: str) -> None:
        """The attempt that was begun last was no guess: a whole desk may log in from one address in the morning."""
        with self._lock:
            self._failed.pop((name, address), None)
            self._of_address.give_back(address)
            self._of_name.give_back(name)
