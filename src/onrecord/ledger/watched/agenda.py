"""What is to be done next: of all that is due, that for which the least has to be waited.

Kept in memory between two tasks and read anew where something may have changed: a round of a thousand feeds that have
nothing new takes 7 ms a feed beside the network; reading all of it before each of them, it took 42. What is kept of an
article that waits is its address; what its feed says of it stays in the ledger until its turn has come.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from sqlalchemy import Engine

from onrecord.intake.addresses import host_of
from onrecord.intake.fetching import Fetcher
from onrecord.intake.opml import Subscription
from onrecord.ledger.database import reading
from onrecord.ledger.watched import store
from onrecord.ledger.watched.store import FeedState, Waiting

__all__ = ["MOST_WAITING", "Agenda", "Task", "Turns"]

Task = Subscription | Waiting

MOST_WAITING = 1000
"""A feed so many of whose articles wait is not asked for more: reading, or their host, does not keep up with it. What waits
of one feed is at most this and what one answer of it lists."""

_AT_A_TIME = 2000  # articles of which is known where they are: a megabyte
_LOOKS_AGAIN = 60.0  # seconds, for articles that were put off and are due by now


class Turns:
    """Whose turn it was, from one round to the next: of a host, whether a feed was the last that was asked for; of feeds,
    whose article was fetched how long ago."""

    def __init__(self) -> None:
        self.fed: dict[str, bool] = {}
        self._served: dict[int | None, int] = {}
        self._count = 0

    def serve(self, feed: int | None) -> None:
        self._count += 1
        self._served[feed] = self._count

    def served(self, feed: int | None) -> int:
        return self._served.get(feed, 0)


class Agenda:
    """The feeds that are watched and the articles that wait, as one round sees them. Each feed is asked once a round.

    At one host the articles of its feeds take turns, too.
    """

    def __init__(
        self,
        engine: Engine,
        name: str,
        fetcher: Fetcher,
        listed: Iterable[Subscription],
        turns: Turns | None = None,
    ) -> None:
        self._engine = engine
        self._name = name
        self._fetcher = fetcher
        self._listed = {item.address: item for item in listed}
        self._to_ask = dict(self._listed)
        with reading(self._engine, self._name) as connection:
            self._states = store.states(connection, self._listed)
            self._backlogs = store.backlogs(connection, self._numbers())
        self._waiting: dict[str, dict[int | None, deque[Waiting]]] = {}  # of each host and feed, in their order
        self._looked: float | None = None
        self._more = False  # than those that are known of
        self._turns = turns or Turns()

    def next(self) -> tuple[Task, float] | None:
        """What is done next, and the seconds until its host may be asked. None: nothing is due.

        Feeds come before articles, which wait in the ledger, while a feed may drop what it lists. Of one host a feed and an
        article take turns: one that wants an hour between two requests would be asked for nothing but its feed otherwise.
        """
        self._look()
        feeds = self._due_feeds()
        best: tuple[tuple[float, bool, str], Task] | None = None
        for host in feeds.keys() | self._waiting.keys():
            task: Task
            if host in feeds and not (host in self._waiting and self._is_fed(host)):
                task, due = feeds[host], ""
            else:
                task = self._next_of(host)
                due = task.due
            key = self._fetcher.ready_in(self._address(task)), isinstance(task, Waiting), due + host
            if best is None or key < best[0]:
                best = key, task
        return None if best is None else (best[1], best[0][0])

    def asked(self, feed: Subscription, lined_up: int) -> None:
        """A feed was asked, and so many of its entries were lined up."""
        self._turns.fed[host_of(self._address(feed))] = True
        self._to_ask.pop(feed.address, None)
        with reading(self._engine, self._name) as connection:
            self._states |= store.states(connection, [feed.address])
        number = self._states[feed.address].number
        if lined_up and number is not None:
            self._backlogs[number] = self._backlogs.get(number, 0) + lined_up
            self._looked = None

    def fetched(self, entry: Waiting, *, done: bool) -> None:
        """An article was fetched or given up (`done`), or put off."""
        host, number = host_of(entry.url or ""), entry.feed.number
        if host in self._turns.fed:  # of hosts without a feed, which may be any number, nothing is to be known
            self._turns.fed[host] = False
        self._turns.serve(number)
        queues = self._waiting[host]
        queues[number].popleft()
        if not queues[number]:
            del queues[number]
        if not queues:
            del self._waiting[host]
        if done and number is not None:
            self._backlogs[number] = self._backlogs.get(number, 1) - 1

    def of_host(self, task: Task) -> list[Task]:
        """What is due at the host of a task: it, and whatever else is known of, off the agenda of this round."""
        host = host_of(self._address(task))
        now = self._now()
        feeds = [f for f in self._to_ask.values() if self._is_due(f, now) and host_of(self._address(f)) == host]
        for feed in feeds:
            del self._to_ask[feed.address]
        return [*feeds, *(entry for queue in self._waiting.pop(host, {}).values() for entry in queue)]

    def held_back(self) -> list[tuple[Subscription, int]]:
        """The feeds that are not asked because too many of their articles wait, and how many do."""
        return [(feed, waiting) for feed in self._listed.values() if (waiting := self._backlog(feed)) >= MOST_WAITING]

    def begins(self) -> str | None:
        """When something is due again; None where nothing will be."""
        now = self._now()
        due = [self._due(feed) or now for feed in self._listed.values() if self._may_be_asked(feed)]
        with reading(self._engine, self._name) as connection:
            first = store.first_due(connection, self._numbers())
        return min([*due, *filter(None, [first])], default=None)

    def _is_fed(self, host: str) -> bool:
        """Whether it is the turn of an article of a host. Of one that was not asked yet chance tells: where each round is a
        process of its own, none knows what the last one did."""
        if host not in self._turns.fed:
            self._turns.fed[host] = self._fetcher.chance.random() < 0.5
        return self._turns.fed[host]

    def _next_of(self, host: str) -> Waiting:
        queues = self._waiting[host]
        return min((queue[0] for queue in queues.values()), key=self._order)

    def _order(self, entry: Waiting) -> tuple[int, str, int]:
        return self._turns.served(entry.feed.number), entry.due, entry.number

    def _due_feeds(self) -> dict[str, Subscription]:
        """Of each host the feed that is due first."""
        found: dict[str, Subscription] = {}
        now = self._now()
        for feed in self._to_ask.values():
            if self._is_due(feed, now):
                host = host_of(self._address(feed))
                if host not in found or (self._due(feed) or "") < (self._due(found[host]) or ""):
                    found[host] = feed
        return found

    def _look(self) -> None:
        """Read which articles are due, where none is known of, or new ones may be."""
        now = self._fetcher.clock.monotonic()
        if self._looked is not None and now < self._looked + _LOOKS_AGAIN and (self._waiting or not self._more):
            return
        with reading(self._engine, self._name) as connection:
            found = store.waiting(connection, self._numbers(), until=self._now(), limit=_AT_A_TIME)
        self._waiting, self._looked, self._more = {}, now, len(found) == _AT_A_TIME
        for entry in found:
            queues = self._waiting.setdefault(host_of(entry.url or ""), {})
            queues.setdefault(entry.feed.number, deque()).append(entry)

    def _address(self, task: Task) -> str:
        if isinstance(task, Waiting):
            return task.url or ""
        return self._state(task).url or task.address

    def _is_due(self, feed: Subscription, now: str) -> bool:
        due = self._due(feed)
        return self._may_be_asked(feed) and (due is None or due <= now)

    def _may_be_asked(self, feed: Subscription) -> bool:
        return not self._state(feed).ended and self._backlog(feed) < MOST_WAITING

    def _due(self, feed: Subscription) -> str | None:
        """When it is due; None of one that was never asked."""
        state = self._state(feed)
        return None if state.tried is None else state.due

    def _backlog(self, feed: Subscription) -> int:
        return self._backlogs.get(self._state(feed).number or 0, 0)

    def _state(self, feed: Subscription) -> FeedState:
        return self._states.get(feed.address) or FeedState(feed.address)

    def _now(self) -> str:
        return store.stamp(self._fetcher.clock.now())

    def _numbers(self) -> list[int]:
        return [state.number for state in self._states.values() if state.number is not None]
