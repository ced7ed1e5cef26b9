"""Fetching for a ledger: a page or the articles of a feed, each asked for only if it may have changed, and what became of it
written down, so that whoever comes next goes on from there.

What a feed lists is lined up in the transaction that notes that it answered: from then on nothing is lost by its dropping an
entry, by a server that fails, or by the end of the process. What came and went between two answers was never seen.

The bytes of a page differ each time it is fetched (counters, advertisements); its article seldom does. A page that was
fetched before and has the same text is the document that it was; with another text it is a new document, and where most of
the words are the same, the two are copies of each other, one an `update`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice

from sqlalchemy import Engine

from onrecord.errors import InputError, Unfetched
from onrecord.intake.addresses import NOTHING_KNOWN
from onrecord.intake.article import About
from onrecord.intake.feeds import Entry, is_feed, is_feed_list, read_feed
from onrecord.intake.fetching import Fetched, Fetcher
from onrecord.intake.found import Listing
from onrecord.intake.opml import Subscription, read_subscriptions
from onrecord.ledger.database import reading, writing
from onrecord.ledger.rows import Receipt
from onrecord.ledger.watched import schedule, store
from onrecord.ledger.watched.articles import Adds, Articles, with_feeds
from onrecord.ledger.watched.clocks import is_wrong, set_right
from onrecord.ledger.watched.rows import PutOff, Trouble
from onrecord.ledger.watched.stop import Stop, Stopped
from onrecord.ledger.watched.store import FeedState, Waiting

__all__ = ["Asked", "Gatherer"]

_EVERY = 900.0
_LINED_UP = 1000  # entries of a list that are written down, or looked up, at a time: such a list may name millions
_LONGEST_LEAVE = 7 * 86400.0  # as long as servers are taken at their word

_TRIES = 2
"""A line that breaks off once is no failure of a feed. What fails twice within seconds is asked again when it is due."""

_IN_FULL = 0.02
"""Of so many questions one asks for the whole feed, though it was had before: some servers say that nothing has changed
whatever has. At a quarter of an hour that is twice a day."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a feed answered: how many entries of it are new, or the trouble with it."""

    name: str
    lined_up: int = 0
    trouble: Trouble | None = None


class Gatherer:
    """Fetches for one ledger. `given` holds over what pages and feeds state; `every` is the seconds between two looks at a
    feed, at least; `stop` can break off what waits for the network."""

    def __init__(
        self,
        engine: Engine,
        name: str,
        adds: Adds,
        fetcher: Fetcher,
        *,
        given: About = About(),  # noqa: B008 - frozen
        stop: Stop | None = None,
    ) -> None:
        self._engine = engine
        self._name = name
        self._fetcher = fetcher
        self._stop = stop or Stop()
        self._pages = Articles(engine, name, adds, fetcher, given=given, stop=self._stop)

    def add(self, address: str) -> Iterator[Receipt]:
        """What is at an address: a page; a feed, whose articles are fetched; a list of feeds, whose articles are."""
        with reading(self._engine, self._name) as connection:
            feed = store.feed_state(connection, address)
        if feed.seen is not None:
            yield from self.add_feed(Subscription(address))
            return
        try:
            answer, kept = self._pages.ask(address)
            if not answer.unchanged and is_feed_list(answer.data):
                yield from self.add_listing(answer.data, address)
                return
            if not answer.unchanged and is_feed(answer.data):
                self._absorb(feed, answer, every=_EVERY)
                yield from self._articles(feed.address)
                return
            yield self._pages.page(answer, address, kept, hint=About())
        except InputError as error:
            yield Receipt(address, None, "refused", reason=error.reason)

    def add_listing(self, data: bytes, name: str) -> Iterator[Receipt]:
        """The articles of all feeds or sitemaps that a list names."""
        try:
            yield from self.add_listed(Listing(name, feeds=read_subscriptions(data, name=name)))
        except InputError as error:
            yield Receipt(name, None, "refused", reason=_reason(error))

    def add_listed(self, listing: Listing) -> Iterator[Receipt]:
        """The articles of a list that is here: of the feeds it names, or those it names itself, as of a feed in a file."""
        for subscription in listing.feeds:
            if isinstance(subscription, InputError):
                yield Receipt(subscription.name, None, "refused", reason=_reason(subscription))
            else:
                yield from self.add_feed(subscription)
        if listing.feeds:
            return
        waiting = iter(listing.entries)
        fresh = True
        while some := list(islice(waiting, _LINED_UP)):
            for item in some:
                if isinstance(item, InputError):
                    yield Receipt(item.name, None, "refused", reason=_reason(item))
            self._line_up(listing, {item.id: item for item in some if isinstance(item, Entry)}.values())
            fresh = False
        if fresh:
            self._line_up(listing, ())
        yield from self._articles(listing.name)

    def add_feed(self, subscription: Subscription) -> Iterator[Receipt]:
        """The articles of a feed that are not in the ledger yet, with those that were given up or put off before."""
        asked = self.poll(subscription)
        if asked.trouble is not None:
            yield Receipt(subscription.address, None, "refused", reason=asked.trouble.reason)
            return
        yield from self._articles(subscription.address)

    def poll(self, subscription: Subscription, *, every: float = _EVERY) -> Asked:
        """Ask a feed for what is new and line it up. Trouble is said, written down, and makes it wait longer."""
        with reading(self._engine, self._name) as connection:
            feed = store.feed_state(connection, subscription.address)
        feed = feed if feed.title else replace(feed, title=subscription.title)
        # Should what it answers bring the process down, the next one does not begin with it.
        self._save(replace(feed, tried=self._stamp(), due=self._stamp(every)))
        try:
            with self._stop.may_break_off():
                known = NOTHING_KNOWN if self._fetcher.chance.random() < _IN_FULL else feed.validators
                answer = self._fetcher.fetch(feed.url or feed.address, known=known, tries=_TRIES)
            return Asked(feed.title or feed.address, self._absorb(feed, answer, every=every))
        except InputError as error:
            return Asked(feed.title or feed.address, trouble=self._failed(feed, error, every=every))
        except (Stopped, KeyboardInterrupt):
            self._save(feed)
            raise

    def leave(self, tasks: Iterable[Subscription | Waiting], seconds: float) -> None:
        """Leave feeds and articles for later, because their host is to be left alone: that is no failure of theirs."""
        due = self._stamp(min(seconds, _LONGEST_LEAVE))
        entries = []
        with writing(self._engine, self._name) as connection:
            for task in tasks:
                if isinstance(task, Waiting):
                    entries.append(task.number)
                    continue
                feed = store.feed_state(connection, task.address)
                store.save_feed(connection, replace(feed, tried=feed.tried or self._stamp(), due=due))
            store.leave(connection, entries, due=due)

    def set_right(self) -> None:
        """Bring back what a clock that was wrong has put into the future."""
        now = self._fetcher.clock.now()
        with reading(self._engine, self._name) as connection:
            wrong = is_wrong(connection, now)
        if wrong:
            with writing(self._engine, self._name) as connection:
                set_right(connection, now)

    def fetch(self, waiting: Waiting) -> Receipt | PutOff:
        """Fetch the article of an entry and read it into the ledger; see `Articles.fetch`."""
        return self._pages.fetch(waiting)

    def _line_up(self, listing: Listing, entries: Iterable[Entry]) -> None:
        """Line up entries of a list that is a file here."""
        with writing(self._engine, self._name) as connection:
            feed = store.feed_state(connection, listing.name)
            number = store.save_feed(connection, replace(feed, title=listing.title))
            store.queue(connection, number, list(entries), due=self._stamp())

    def _articles(self, address: str) -> Iterator[Receipt]:
        with writing(self._engine, self._name) as connection:
            feed = store.feed_state(connection, address)
            assert feed.number is not None
            store.retry_refused(connection, feed.number, due=self._stamp())
        last = 0
        while True:
            with reading(self._engine, self._name) as connection:
                entries = store.waiting_of(connection, feed.number, after=last, limit=_LINED_UP)
            if not entries:
                break
            for entry in entries:
                last = entry.number
                found = self.fetch(entry)
                yield found if isinstance(found, Receipt) else Receipt(found.name, None, "refused", reason=found.reason)
        if not last:
            yield Receipt(feed.title or address, None, "known", reason="no new articles")

    def _absorb(self, feed: FeedState, answer: Fetched, *, every: float) -> int:
        """Write down what a feed answered, and line up what is new in it. Raises InputError for what is no feed."""
        read = None
        if not answer.unchanged:
            try:
                read = read_feed(answer.data, name=feed.address, url=answer.url, kind=_content_type(answer))
            except InputError as error:
                raise with_feeds(error, answer) from error
        now = self._fetcher.clock.now()
        pace = schedule.pace_of(read, now) if read is not None else feed.pace
        wait = schedule.after_answer(pace, every=every, fresh=answer.fresh, chance=self._fetcher.chance)
        state = replace(
            feed,
            url=answer.moved or feed.url,
            title=(read.title if read else None) or feed.title,
            # Of one that was cut off the rest is still to be had: it must not be answered that nothing has changed.
            validators=NOTHING_KNOWN if read is not None and read.cut else answer.validators,
            tried=store.stamp(now),
            seen=store.stamp(now),
            due=None if read is not None and read.ended else store.stamp(now + timedelta(seconds=wait)),
            pace=pace,
            failures=0,
            reason=None,
        )
        with writing(self._engine, self._name) as connection:
            number = store.save_feed(connection, state)
            return store.queue(connection, number, read.entries if read else (), due=store.stamp(now))

    def _failed(self, feed: FeedState, error: InputError, *, every: float) -> Trouble:
        now = self._fetcher.clock.now()
        failures = feed.failures + 1
        again = error.again or 0.0 if isinstance(error, Unfetched) else 0.0
        wait = schedule.after_failure(failures, every=every, again=again, chance=self._fetcher.chance)
        gone = schedule.sends_away(error, failures=failures, before=feed.reason)
        due = None if gone else store.stamp(now + timedelta(seconds=wait))
        # A feed that moved for good to where it fails is asked at its first address again.
        state = replace(feed, url=None, tried=store.stamp(now), due=due, failures=failures, reason=error.reason)
        self._save(state)
        return Trouble(feed.address, error.reason, due)

    def _save(self, state: FeedState) -> None:
        with writing(self._engine, self._name) as connection:
            store.save_feed(connection, state)

    def _stamp(self, later: float = 0.0) -> str:
        now: datetime = self._fetcher.clock.now()
        return store.stamp(now + timedelta(seconds=later))


def _content_type(answer: Fetched) -> str | None:
    if answer.kind is None:
        return None
    return f"{answer.kind}; charset={answer.charset}" if answer.charset else answer.kind


def _reason(error: InputError) -> str:
    return error.reason if error.line is None else f"line {error.line}: {error.reason}"
