"""What is to be done next: of all that is due, that for which the least has to be waited.

Kept in memory between two tasks and read anew where something may have changed: a round of a thousand feeds that have
nothing new takes 7 ms a feed beside the network; reading all of it before each of them, it took 42.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import Engine

from onrecord.intake.addresses import host_of
from onrecord.intake.fetching import Fetcher
from onrecord.intake.opml import Subscription
from onrecord.ledger.database import reading
from onrecord.ledger.watched import store
from onrecord.ledger.watched.store import FeedState, Waiting

__all__ = ["Agenda", "Task"]

Task = Subscription | Waiting

_LOOKS_AGAIN = timedelta(minutes=1)  # for articles that were put off and are due by now


class Agenda:
    """The feeds that are watched and the articles that wait, as one round sees them."""

    def __init__(self, engine: Engine, name: str, fetcher: Fetcher, listed: Iterable[Subscription]) -> None:
        self._engine = engine
        self._name = name
        self._fetcher = fetcher
        self._listed = {item.address: item for item in listed}
        with reading(engine, name) as connection:
            self._states = store.states(connection, self._listed)
        self._waiting: list[Waiting] | None = None
        self._until = ""

    def next(self) -> tuple[Task, float] | None:
        """What is done next, and the seconds until its host may be asked. None: nothing is due.

        Of one host the articles come before the feeds: one that wants an hour between two requests would be asked for
        nothing but its feed otherwise.
        """
        best: tuple[Task, float] | None = None
        ready: dict[str, float] = {}  # a host's once, so that its articles stay in the order of the feed
        for address, candidate in self._candidates(self._now()):
            host = host_of(address)
            if host not in ready:
                ready[host] = self._fetcher.ready_in(address)
            if best is None or ready[host] < best[1]:
                best = candidate, ready[host]
                if not ready[host]:
                    break
        return best

    def asked(self, feed: Subscription, lined_up: int) -> None:
        """A feed was asked, and so many of its entries were lined up."""
        with reading(self._engine, self._name) as connection:
            self._states |= store.states(connection, [feed.address])
        if lined_up:
            self._waiting = None

    def fetched(self, entry: Waiting) -> None:
        """An article was fetched, given up, or put off."""
        if self._waiting is not None:
            self._waiting.remove(entry)

    def begins(self) -> str | None:
        """When something is due again; None where nothing will be."""
        due = [state.due for state in self._states.values() if state.due is not None]
        due += [entry.due for entry in self._read(None, 1)]
        if len(self._states) < len(self._listed):
            due.append(self._now())
        return min(due, default=None)

    def _candidates(self, now: str) -> Iterable[tuple[str, Task]]:
        if not self._waiting and (self._waiting is None or now >= self._until):
            self._waiting = self._read(now, 500)
            self._until = store.stamp(self._fetcher.clock.now() + _LOOKS_AGAIN)
        for entry in self._waiting:
            yield entry.entry.url or "", entry
        for address, subscription in self._listed.items():
            state = self._states.get(address) or FeedState(address)
            if state.tried is None or (state.due is not None and state.due <= now):
                yield state.url or address, subscription

    def _read(self, until: str | None, limit: int) -> list[Waiting]:
        numbers = [state.number for state in self._states.values() if state.number is not None]
        with reading(self._engine, self._name) as connection:
            return store.waiting(connection, numbers, until=until, limit=limit)

    def _now(self) -> str:
        return store.stamp(self._fetcher.clock.now())
