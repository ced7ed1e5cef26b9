"""Fetching for a ledger: a page or the articles of a feed, each asked for only if it may have changed, and what became of it
written down, so that whoever comes next goes on from there.

The bytes of a page differ each time it is fetched (counters, advertisements); its article seldom does. A page that was
fetched before and has the same text is the document that it was; with another text it is a new document, and where most of
the words are the same, the two are copies of each other, one an `update`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice
from typing import Protocol

from sqlalchemy import Engine

from onrecord.errors import EmptyInput, InputError, Malformed, NotInLedger, Unfetched
from onrecord.intake.addresses import NOTHING_KNOWN, page_address
from onrecord.intake.article import About, host
from onrecord.intake.dates import choose
from onrecord.intake.feeds import Entry, is_feed, is_feed_list, read_feed, whole
from onrecord.intake.fetching import Fetched, Fetcher
from onrecord.intake.found import Listing
from onrecord.intake.opml import Subscription, read_subscriptions
from onrecord.intake.web import about_entry, content_document, feeds_named, page_document
from onrecord.ledger.database import reading, writing
from onrecord.ledger.rebuild import document_number, rebuild
from onrecord.ledger.rows import Receipt
from onrecord.ledger.watched import schedule, store
from onrecord.ledger.watched.rows import PutOff, Trouble
from onrecord.ledger.watched.stop import Stop, Stopped
from onrecord.ledger.watched.store import FeedState, Waiting
from onrecord.records import Document

__all__ = ["Adds", "Asked", "Gatherer"]

_EVERY = 900.0
_LINED_UP = 1000  # entries of a list that are written down at a time: such a list may name millions


class Adds(Protocol):
    """What reads a document into the ledger; `stated` are the facts in which it may differ from what is there."""

    def add_document(self, document: Document, name: str, stated: tuple[str, ...]) -> Receipt: ...


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
        self._adds = adds
        self._fetcher = fetcher
        self._given = given
        self._stop = stop or Stop()
        self._stated = tuple(fact for fact in ("published", "publisher") if getattr(given, fact) is not None)

    def add(self, address: str) -> Iterator[Receipt]:
        """What is at an address: a page; a feed, whose articles are fetched; a list of feeds, whose articles are."""
        with reading(self._engine, self._name) as connection:
            feed = store.feed_state(connection, address)
        if feed.seen is not None:
            yield from self.add_feed(Subscription(address))
            return
        try:
            answer, kept = self._asked(address)
            if not answer.unchanged and is_feed_list(answer.data):
                yield from self.add_listing(answer.data, address)
                return
            if not answer.unchanged and is_feed(answer.data):
                self._absorb(feed, answer, every=_EVERY)
                yield from self._articles(feed.address)
                return
            yield self._page(answer, address, About(), kept)
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
                answer = self._fetcher.fetch(feed.url or feed.address, known=feed.validators, tries=1)
            return Asked(feed.title or feed.address, self._absorb(feed, answer, every=every))
        except InputError as error:
            return Asked(feed.title or feed.address, trouble=self._failed(feed, error, every=every))
        except (Stopped, KeyboardInterrupt):
            self._save(feed)
            raise

    def leave(self, task: Subscription | Waiting, seconds: float) -> None:
        """Leave a feed or an article for later, because its host is to be left alone: that is no failure of it."""
        due = self._stamp(seconds)
        with writing(self._engine, self._name) as connection:
            if isinstance(task, Waiting):
                store.begin(connection, task.number, tries=task.tries, due=due)
            else:
                feed = store.feed_state(connection, task.address)
                store.save_feed(connection, replace(feed, tried=feed.tried or self._stamp(), due=due))

    def fetch(self, waiting: Waiting) -> Receipt | PutOff:
        """Fetch the article of an entry and read it into the ledger.

        Where its page may not or cannot be fetched, the article as the feed holds it is read, if it holds the whole.
        """
        name = _named(waiting)
        tries = waiting.tries + 1
        if tries > schedule.MOST_TRIES:  # none of them came to an end
            reason = f"{waiting.entry.url}: fetching or reading it has broken off {waiting.tries} times"
            with writing(self._engine, self._name) as connection:
                store.settle(connection, waiting.number, "refused", reason=reason)
            return Receipt(name, None, "refused", reason=reason)
        retry = self._stamp(schedule.retry_article(tries, again=0.0, chance=self._fetcher.chance))
        with writing(self._engine, self._name) as connection:
            store.begin(connection, waiting.number, tries=tries, due=retry)
        try:
            receipt = self._article(waiting, name, tries)
        except Unfetched as error:
            wait = schedule.retry_article(tries, again=error.again or 0.0, chance=self._fetcher.chance)
            put_off = PutOff(name, f"{waiting.entry.url}: {error.reason}", self._stamp(wait))
            with writing(self._engine, self._name) as connection:
                store.settle(connection, waiting.number, "waiting", due=put_off.again, reason=error.reason)
            return put_off
        except (Stopped, KeyboardInterrupt):  # as if it had not begun; whatever else ends it here is noted already
            with writing(self._engine, self._name) as connection:
                store.begin(connection, waiting.number, tries=waiting.tries, due=waiting.due)
            raise
        state = "refused" if receipt.outcome == "refused" else "done"
        with writing(self._engine, self._name) as connection:
            store.settle(connection, waiting.number, state, reason=receipt.reason, document=receipt.document)
        return receipt

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
        with reading(self._engine, self._name) as connection:
            entries = store.waiting(connection, [feed.number], limit=1_000_000)
        if not entries:
            yield Receipt(feed.title or address, None, "known", reason="no new articles")
        for entry in entries:
            found = self.fetch(entry)
            yield found if isinstance(found, Receipt) else Receipt(found.name, None, "refused", reason=found.reason)

    def _article(self, waiting: Waiting, name: str, tries: int) -> Receipt:
        """Raises Unfetched where the page is to be tried again."""
        entry = waiting.entry
        hint = about_entry(entry, waiting.feed.title)
        try:
            if entry.url is None:
                raise Malformed(name, "the feed gives no address of it")
            if not waiting.read and (known := self._known(entry.url)) is not None:  # another feed has brought it
                return self._as_known(known, name, hint)
            with self._stop.may_break_off():
                answer, kept = self._asked(entry.url)
            return self._page(answer, name, hint, kept)
        except InputError as error:
            if isinstance(error, Unfetched) and error.again is not None and tries < schedule.MOST_TRIES:
                raise
            reason = f"{entry.url}: {error.reason}" if entry.url else error.reason
            if not whole(entry):
                return Receipt(name, None, "refused", reason=reason)
        try:
            document = content_document(entry, self._given, hint, name=name)
        except InputError:  # the page's own trouble is what matters
            return Receipt(name, None, "refused", reason=reason)
        receipt = self._adds.add_document(document, name, self._stated)
        return replace(receipt, reason=receipt.reason or f"as the feed holds it, for {reason}")

    def _asked(self, address: str) -> tuple[Fetched, Document | None]:
        """The answer of a page, and the document that it was the last time, if that is still there."""
        with reading(self._engine, self._name) as connection:
            known = store.page_state(connection, page_address(address))
        kept = self._document(known[0]) if known is not None else None
        validators = known[1] if known is not None and kept is not None else NOTHING_KNOWN
        return self._fetcher.fetch(address, known=validators), kept

    def _page(self, answer: Fetched, name: str, hint: About, kept: Document | None) -> Receipt:
        """What a page is to the ledger; written down under its address, and under that where it was found."""
        if answer.unchanged and kept is not None:
            document = self._with_given(kept)
        else:
            try:
                document = page_document(answer, self._given, hint)
            except InputError as error:
                raise _with_feeds(error, answer) from error
            kept = kept or self._known(answer.url)
            if kept is not None and kept.text == document.text:
                document = replace(document, id=kept.id)
        receipt = self._adds.add_document(document, name, self._stated)
        if receipt.document is not None and receipt.outcome != "refused":
            with writing(self._engine, self._name) as connection:
                for address in sorted({page_address(answer.address), page_address(answer.url)}):
                    store.save_page(connection, address, receipt.document, answer.validators, self._stamp())
        return receipt

    def _as_known(self, document: Document, name: str, hint: About) -> Receipt:
        """A page that is in the ledger already, with the date and publisher that it lacked, if the feed says them."""
        published = document.published or choose(hint.dates)
        publisher = hint.publisher if document.publisher in (None, host(document.url)) else document.publisher
        facts = replace(document, published=published, publisher=publisher or document.publisher)
        return self._adds.add_document(self._with_given(facts), name, ("published", "publisher"))

    def _known(self, address: str) -> Document | None:
        """The document that the page at an address was the last time."""
        with reading(self._engine, self._name) as connection:
            known = store.page_state(connection, page_address(address))
        return self._document(known[0]) if known is not None else None

    def _with_given(self, document: Document) -> Document:
        return replace(document, **{fact: getattr(self._given, fact) for fact in self._stated})

    def _document(self, id: str) -> Document | None:
        with reading(self._engine, self._name) as connection:
            try:
                return rebuild(connection, document_number(connection, id)).document
            except NotInLedger:
                return None

    def _absorb(self, feed: FeedState, answer: Fetched, *, every: float) -> int:
        """Write down what a feed answered, and line up what is new in it. Raises InputError for what is no feed."""
        read = None
        if not answer.unchanged:
            try:
                read = read_feed(answer.data, name=feed.address, url=answer.url, kind=_content_type(answer))
            except InputError as error:
                raise _with_feeds(error, answer) from error
        now = self._fetcher.clock.now()
        pace = schedule.pace_of(read, now) if read is not None else feed.pace
        wait = schedule.after_answer(pace, every=every, fresh=answer.fresh, chance=self._fetcher.chance)
        state = replace(
            feed,
            url=answer.moved or feed.url,
            title=(read.title if read else None) or feed.title,
            validators=answer.validators,
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
        gone = isinstance(error, Unfetched) and error.status == 410
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


def _named(waiting: Waiting) -> str:
    entry = waiting.entry
    article = entry.title or entry.url or entry.id
    return f"{waiting.feed.title}: {article}" if waiting.feed.title else article


def _content_type(answer: Fetched) -> str | None:
    if answer.kind is None:
        return None
    return f"{answer.kind}; charset={answer.charset}" if answer.charset else answer.kind


def _with_feeds(error: InputError, answer: Fetched) -> InputError:
    """The error; where a page was found instead of a feed, with the feeds that it names."""
    named = feeds_named(answer.data, answer.url)
    if not named or not isinstance(error, EmptyInput | Malformed):
        return error
    return type(error)(
        error.name, f"{error.reason}; the page names these feeds: {', '.join(named[:3])}", line=error.line
    )


def _reason(error: InputError) -> str:
    return error.reason if error.line is None else f"line {error.line}: {error.reason}"
