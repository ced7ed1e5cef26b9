"""Watching feeds: which is asked when, which article is fetched next, and rounds that never end.

One thing is done at a time, the one whose host is ready first: nothing waits for the pause that another host wants, and no
host is asked two things at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from sqlalchemy import Engine

from onrecord.errors import InputError
from onrecord.intake.addresses import host_of
from onrecord.intake.fetching import Fetcher
from onrecord.intake.opml import Subscription
from onrecord.ledger.database import reading
from onrecord.ledger.rows import Receipt
from onrecord.ledger.watched import store
from onrecord.ledger.watched.gathering import Gatherer
from onrecord.ledger.watched.rows import PutOff, Round, Trouble
from onrecord.ledger.watched.stop import Stop, Stopped

__all__ = ["Event", "Watch"]

Event = Receipt | PutOff | Trouble | Round

Subscriptions = Callable[[], list[Subscription | InputError]]
"""The feeds to watch as they are listed now. Raises InputError where the list cannot be read."""

_LOOKS_AGAIN = 300.0
"""Seconds after which the list of feeds is read again at the latest."""


class Watch:
    """Feeds that are read into a ledger as they bring something new."""

    def __init__(
        self,
        engine: Engine,
        name: str,
        gatherer: Gatherer,
        fetcher: Fetcher,
        *,
        every: timedelta,
        stop: Stop | None = None,
    ) -> None:
        self._engine = engine
        self._name = name
        self._gatherer = gatherer
        self._fetcher = fetcher
        self._every = every.total_seconds()
        self._stop = stop or Stop()
        self._listed: dict[str, Subscription] = {}
        self._complained: set[str] = set()

    def once(self, listed: Subscriptions) -> Iterator[Event]:
        """Ask every feed that is due, fetch every article that waits, and end with a Round.

        Ends early, with the Round so far, where a stop is asked for: the article in hand is whole, the rest comes next time.
        """
        outcomes: Counter[str] = Counter()
        asked = failed = put_off = 0
        for event in self._events(listed):
            if event is None:
                asked += 1
                continue
            if isinstance(event, Receipt):
                outcomes[event.outcome] += 1
            elif isinstance(event, PutOff):
                put_off += 1
            elif event.name in self._listed:
                asked, failed = asked + 1, failed + 1
            yield event
        yield Round(asked, failed, dict(outcomes), put_off, self._next())

    def rounds(self, listed: Subscriptions) -> Iterator[Event]:
        """Round after round, waiting in between until something is due, until a stop is asked for."""
        quiet = False
        while True:
            for event in self.once(listed):
                # A round in which nothing was due says nothing: the list was looked at again, no more.
                if not (
                    isinstance(event, Round) and quiet and not event.asked and not event.outcomes and not event.put_off
                ):
                    yield event
            quiet = True
            if self._stop.asked:
                return
            begins = self._next()
            wait = _LOOKS_AGAIN if begins is None else (datetime.fromisoformat(begins) - self._now()).total_seconds()
            try:
                with self._stop.may_break_off():
                    self._fetcher.clock.sleep(min(max(wait, 1.0), _LOOKS_AGAIN))
            except Stopped:
                return

    def _events(self, listed: Subscriptions) -> Iterator[Receipt | PutOff | Trouble | None]:
        """What happens, None for a feed that answered."""
        yield from self._read_list(listed)
        try:
            while (task := self._task()) is not None:
                self._stop.check()
                if isinstance(task, Subscription):
                    yield self._gatherer.poll(task, every=self._every).trouble
                else:
                    yield self._gatherer.fetch(task)
        except Stopped:
            return

    def _read_list(self, listed: Subscriptions) -> Iterator[Trouble]:
        try:
            found = listed()
        except InputError as error:
            # An editor that is saving the list must not end the watch: what it said last holds.
            yield Trouble(error.name, error.reason)
            return
        self._listed = {item.address: item for item in found if isinstance(item, Subscription)}
        for item in found:
            if isinstance(item, InputError) and str(item) not in self._complained:
                self._complained.add(str(item))
                yield Trouble(item.name if item.line is None else f"{item.name}:{item.line}", item.reason)

    def _task(self) -> Subscription | store.Waiting | None:
        """What is done next: of all that is due, that for which the least has to be waited; feeds before articles."""
        now = store.stamp(self._now())
        best: tuple[float, int] | None = None
        chosen: Subscription | store.Waiting | None = None
        with reading(self._engine, self._name) as connection:
            states = store.states(connection, self._listed)
            numbers = [state.number for state in states.values() if state.number is not None]
            waiting = store.waiting(connection, numbers, until=now)
        candidates: list[tuple[str, int, Subscription | store.Waiting]] = []
        for address, subscription in self._listed.items():
            state = states.get(address)
            if state is None or state.tried is None or (state.due is not None and state.due <= now):
                candidates.append(((state and state.url) or address, 0, subscription))
        candidates += [(entry.entry.url or "", 1, entry) for entry in waiting]
        ready: dict[str, float] = {}  # a host's once, so that its articles stay in the order of the feed
        for address, rank, candidate in candidates:
            host = host_of(address)
            if host not in ready:
                ready[host] = self._fetcher.ready_in(address)
            order = (ready[host], rank)
            if best is None or order < best:
                best, chosen = order, candidate
                if order == (0.0, 0):
                    break
        return chosen

    def _next(self) -> str | None:
        """When something is due again."""
        with reading(self._engine, self._name) as connection:
            states = store.states(connection, self._listed)
            numbers = [state.number for state in states.values() if state.number is not None]
            waiting = store.waiting(connection, numbers, limit=1)
        due = [state.due for state in states.values() if state.due is not None] + [entry.due for entry in waiting]
        if len(states) < len(self._listed):
            due.append(store.stamp(self._now()))
        return min(due, default=None)

    def _now(self) -> datetime:
        return self._fetcher.clock.now()
