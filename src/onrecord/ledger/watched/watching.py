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
from onrecord.intake.fetching import Fetcher
from onrecord.intake.opml import Subscription
from onrecord.ledger.rows import Receipt
from onrecord.ledger.watched.agenda import Agenda, Task, Turns
from onrecord.ledger.watched.gathering import Gatherer
from onrecord.ledger.watched.rows import HeldBack, PutOff, Round, Trouble
from onrecord.ledger.watched.stop import Stop, Stopped

__all__ = ["Event", "Watch"]

Event = Receipt | PutOff | Trouble | HeldBack | Round

Subscriptions = Callable[[], list[Subscription | InputError]]
"""The feeds to watch as they are listed now. Raises InputError where the list cannot be read."""

_LOOKS_AGAIN = 300.0
"""Seconds after which the list of feeds is read again at the latest where nothing is to be done."""

_LONGEST_ROUND = 900.0
"""The same where articles come as fast as they are read: then a round ends with the next one due at once."""


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
        self._held_back: set[str] = set()
        self._turns = Turns()

    def once(self, listed: Subscriptions, *, seconds: float | None = None) -> Iterator[Event]:
        """Ask every feed that is due, once, fetch every article that waits, and end with a Round; after so many `seconds`
        with what is left for the next, where that is told.

        Ends early, with the Round so far, where a stop is asked for: the article in hand is whole, the rest comes next time.
        """
        outcomes: Counter[str] = Counter()
        asked = failed = put_off = 0
        for event in self._events(listed, seconds):
            if event is None:
                asked += 1
                continue
            if isinstance(event, Receipt):
                outcomes[event.outcome] += 1
            elif isinstance(event, PutOff):
                put_off += 1
            elif isinstance(event, Trouble) and event.name in self._listed:
                asked, failed = asked + 1, failed + 1
            yield event
        yield Round(asked, failed, dict(outcomes), put_off, self._agenda().begins())

    def rounds(self, listed: Subscriptions) -> Iterator[Event]:
        """Round after round, waiting in between until something is due, until a stop is asked for."""
        quiet, begins = False, None
        while True:
            for event in self.once(listed, seconds=_LONGEST_ROUND):
                begins = event.begins if isinstance(event, Round) else begins
                # A round in which nothing was due says nothing: the list was looked at again, no more.
                if not (
                    isinstance(event, Round) and quiet and not event.asked and not event.outcomes and not event.put_off
                ):
                    yield event
            quiet = True
            if self._stop.asked:
                return
            now = self._fetcher.clock.now()
            wait = _LOOKS_AGAIN if begins is None else (datetime.fromisoformat(begins) - now).total_seconds()
            try:
                with self._stop.may_break_off():
                    self._fetcher.clock.sleep(min(max(wait, 1.0), _LOOKS_AGAIN))
            except Stopped:
                return

    def _events(
        self, listed: Subscriptions, seconds: float | None
    ) -> Iterator[Receipt | PutOff | Trouble | HeldBack | None]:
        """What happens, None for a feed that answered."""
        clock = self._fetcher.clock
        ends = None if seconds is None else clock.monotonic() + seconds
        try:
            yield from self._read_list(listed)
            self._gatherer.set_right()
            agenda = self._agenda()
            yield from self._told(agenda)
            while (found := agenda.next()) is not None and (ends is None or clock.monotonic() < ends):
                self._stop.check()
                task, wait = found
                if wait > self._fetcher.manners.patience:  # its host wants to be left alone for longer
                    self._gatherer.leave(agenda.of_host(task), wait)
                else:
                    yield self._done(task, agenda)
        except Stopped:
            return

    def _done(self, task: Task, agenda: Agenda) -> Receipt | PutOff | Trouble | None:
        if isinstance(task, Subscription):
            asked = self._gatherer.poll(task, every=self._every)
            agenda.asked(task, asked.lined_up)
            return asked.trouble
        fetched = self._gatherer.fetch(task)
        agenda.fetched(task, done=isinstance(fetched, Receipt))
        return fetched

    def _told(self, agenda: Agenda) -> Iterator[HeldBack]:
        """The feeds that are held back, each once until it no longer is."""
        held = agenda.held_back()
        for feed, waiting in held:
            if feed.address not in self._held_back:
                yield HeldBack(feed.address, waiting)
        self._held_back = {feed.address for feed, _ in held}

    def _agenda(self) -> Agenda:
        return Agenda(self._engine, self._name, self._fetcher, self._listed.values(), self._turns)

    def _read_list(self, listed: Subscriptions) -> Iterator[Trouble]:
        try:
            with self._stop.may_break_off():
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
