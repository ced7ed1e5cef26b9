"""What a ledger takes from the web and goes on taking: feeds that are watched, and what is known of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from onrecord.answer import Answer
from onrecord.errors import InputError
from onrecord.ledger.cited import cited
from onrecord.ledger.database import reading
from onrecord.ledger.opened import Opened
from onrecord.ledger.paging import listed as paged
from onrecord.ledger.watched.rows import FeedRow

if TYPE_CHECKING:
    from onrecord.intake.fetching import Fetcher
    from onrecord.intake.opml import Subscription
    from onrecord.ledger.watched.stop import Stop
    from onrecord.ledger.watched.watching import Event

__all__ = ["EVERY", "Watching"]

EVERY = timedelta(minutes=15)


class Watching(Opened):
    """The part of a Ledger that the web has a say in."""

    def feeds(self, *, limit: int | None = None, after: str | None = None) -> Answer[FeedRow]:
        """The feeds that were read into this ledger, by title: when each was asked, how it answered, what it brought.

        A feed is called by its address: `after` one, the answer goes on behind it. Raises LedgerError where it is gone.
        """
        from onrecord.ledger.watched import store  # only here: it imports intake, which no other question needs

        with reading(self._engine, self.name) as connection:
            rows = store.feeds(connection)
        return Answer(FeedRow, paged(rows, cited, after, limit))

    def watch(
        self,
        listed: Callable[[], list[Subscription | InputError]],
        *,
        fetcher: Fetcher,
        every: timedelta = EVERY,
        stop: Stop | None = None,
        once: bool = False,
    ) -> Iterator[Event]:
        """Read feeds into the ledger as they bring something new: round after round until a stop, or `once`.

        `listed` gives the feeds to watch, and is asked before every round. Each feed is asked when it is due, not sooner
        than `every` after the last time. What happens is told as it happens: a Receipt for each article, PutOff for one that
        is to be tried again, Trouble for a feed that fails, HeldBack for one whose articles are not kept up with, and a
        Round at the end of each. What is known of each feed lies in the ledger, so that whoever watches next goes on from
        there.
        """
        from onrecord.ledger.adding import Adder
        from onrecord.ledger.watched.gathering import Gatherer
        from onrecord.ledger.watched.stop import Stop
        from onrecord.ledger.watched.watching import Watch

        stop = stop or Stop()
        adder = Adder(self._engine, self.name, published=None, publisher=None, fetcher=fetcher)
        gatherer = Gatherer(self._engine, self.name, adder, fetcher, stop=stop)
        watch = Watch(self._engine, self.name, gatherer, fetcher, every=every, stop=stop)
        return watch.once(listed) if once else watch.rounds(listed)
