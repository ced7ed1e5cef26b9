"""The articles of feeds, and pages: each is fetched, and read into the ledger together with the note that it was.

That note is made in the transaction that writes the article. Were it made behind it, a process that is killed in between
would have the next one fetch the article again, and a page whose bytes differ each time would be there twice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Protocol

from sqlalchemy import Connection, Engine

from onrecord.errors import EmptyInput, InputError, Malformed, NotInLedger, Unfetched
from onrecord.intake.addresses import NOTHING_KNOWN, Validators, page_address
from onrecord.intake.article import About, host
from onrecord.intake.dates import choose
from onrecord.intake.feeds import Entry, whole
from onrecord.intake.fetching import Fetched, Fetcher
from onrecord.intake.web import about_entry, content_document, feeds_named, page_document
from onrecord.ledger.database import reading, writing
from onrecord.ledger.rebuild import document_number, rebuild_document
from onrecord.ledger.rows import Receipt
from onrecord.ledger.watched import schedule, store
from onrecord.ledger.watched.rows import PutOff
from onrecord.ledger.watched.stop import Stop, Stopped
from onrecord.ledger.watched.store import Waiting
from onrecord.records import Document

__all__ = ["Adds", "Articles", "with_feeds"]

Note = Callable[[Connection, Receipt], None]
"""What is to be noted of a document, together with it."""


class Adds(Protocol):
    """What reads a document into the ledger; `stated` are the facts in which it may differ from what is there. What is
    `also` to be noted is noted in the transaction that writes it, if one does."""

    def add_document(
        self, document: Document, name: str, stated: tuple[str, ...], also: Note | None = None
    ) -> Receipt: ...


class Articles:
    """Fetches pages for one ledger. `given` holds over what they and feeds state; `stop` breaks off what waits for the
    network."""

    def __init__(self, engine: Engine, name: str, adds: Adds, fetcher: Fetcher, *, given: About, stop: Stop) -> None:
        self._engine = engine
        self._name = name
        self._adds = adds
        self._fetcher = fetcher
        self._given = given
        self._stop = stop
        self._stated = tuple(fact for fact in ("published", "publisher") if getattr(given, fact) is not None)

    def fetch(self, waiting: Waiting) -> Receipt | PutOff:
        """Fetch the article of an entry and read it into the ledger.

        Where its page may not or cannot be fetched, the article as the feed holds it is read, if it holds the whole.
        """
        with reading(self._engine, self._name) as connection:
            entry = store.entry_of(connection, waiting.number)
        name = _named(waiting, entry)
        # One that came to no end counts twice: it may be the article that brought the process down.
        tries = waiting.tries + (2 if waiting.broke_off else 1)
        if tries > schedule.MOST_TRIES:
            reason = f"{waiting.url}: fetching or reading it has broken off too often"
            return self._refused(waiting, Receipt(name, None, "refused", reason=reason))
        retry = self._stamp(schedule.retry_article(tries, again=0.0, chance=self._fetcher.chance))
        with writing(self._engine, self._name) as connection:
            store.begin(connection, waiting.number, tries=tries, due=retry)
        try:
            return self._article(waiting, entry, name)
        except InputError as error:
            if tries >= schedule.most_tries(error, before=waiting.reason, whole=whole(entry)):
                return self._instead(waiting, entry, name, error)
            again = error.again or 0.0 if isinstance(error, Unfetched) else 0.0
            wait = schedule.retry_article(tries, again=again, chance=self._fetcher.chance)
            put_off = PutOff(name, f"{entry.url}: {error.reason}", self._stamp(wait))
            with writing(self._engine, self._name) as connection:
                store.settle(connection, waiting.number, "waiting", due=put_off.again, reason=error.reason)
            return put_off
        except (Stopped, KeyboardInterrupt):  # as if it had not begun; whatever else ends it here is noted already
            with writing(self._engine, self._name) as connection:
                store.begin(connection, waiting.number, tries=waiting.tries, due=waiting.due, reason=waiting.reason)
            raise

    def ask(self, address: str) -> tuple[Fetched, Document | None]:
        """The answer of a page, and the document that it was the last time, if that is still there."""
        with reading(self._engine, self._name) as connection:
            known = store.page_state(connection, page_address(address))
        kept = self._document(known[0]) if known is not None else None
        validators = known[1] if known is not None and kept is not None else NOTHING_KNOWN
        return self._fetcher.fetch(address, known=validators), kept

    def page(
        self, answer: Fetched, name: str, kept: Document | None, *, hint: About, entry: Waiting | None = None
    ) -> Receipt:
        """What a page is to the ledger; written down under its address, and under that where it was found."""
        if answer.unchanged and kept is not None:
            document = self._with_given(kept)
        else:
            try:
                document = page_document(answer, self._given, hint)
            except InputError as error:
                raise with_feeds(error, answer) from error
            kept = kept or self._known(answer.url)
            if kept is not None and kept.text == document.text:
                document = replace(document, id=kept.id)
        return self._add(
            document, name, self._stated, self._note([answer.address, answer.url], answer.validators, entry)
        )

    def _article(self, waiting: Waiting, entry: Entry, name: str) -> Receipt:
        """Raises InputError where its page cannot be had, or holds no article."""
        hint = about_entry(entry, waiting.feed.title)
        if entry.url is None:
            # Another day it says no more of it. What it holds of the article is read at once.
            raise Unfetched(name, "the feed gives no address of it", forbidden=True)
        if not waiting.read and (known := self._known(entry.url)) is not None:  # another feed has brought it
            return self._as_known(known, name, hint, waiting)
        with self._stop.may_break_off():
            answer, kept = self.ask(entry.url)
        return self.page(answer, name, kept, hint=hint, entry=waiting)

    def _instead(self, waiting: Waiting, entry: Entry, name: str, error: InputError) -> Receipt:
        """The article as the feed holds it, where it does; else what the page's trouble is."""
        reason = f"{entry.url}: {error.reason}" if entry.url else error.reason
        refused = Receipt(name, None, "refused", reason=reason)
        if not whole(entry):
            return self._refused(waiting, refused)
        try:
            document = content_document(entry, self._given, about_entry(entry, waiting.feed.title), name=name)
        except InputError:  # the page's own trouble is what matters
            return self._refused(waiting, refused)
        # Under the page's address too: a feed that lists it once more by another name does not bring it twice.
        note = self._note([entry.url] if entry.url else [], NOTHING_KNOWN, waiting)
        receipt = self._add(document, name, self._stated, note)
        return replace(receipt, reason=receipt.reason or f"as the feed holds it, for {reason}")

    def _as_known(self, document: Document, name: str, hint: About, waiting: Waiting) -> Receipt:
        """A page that is in the ledger already, with the date and publisher that it lacked, if the feed says them."""
        published = document.published or choose(hint.dates)
        publisher = hint.publisher if document.publisher in (None, host(document.url)) else document.publisher
        facts = replace(document, published=published, publisher=publisher or document.publisher)
        note = self._note([], NOTHING_KNOWN, waiting)
        return self._add(self._with_given(facts), name, ("published", "publisher"), note)

    def _add(self, document: Document, name: str, stated: tuple[str, ...], note: Note) -> Receipt:
        noted = False

        def also(connection: Connection, receipt: Receipt) -> None:
            nonlocal noted
            note(connection, receipt)
            noted = True

        receipt = self._adds.add_document(document, name, stated, also)
        if not noted:  # it was known, or is refused
            with writing(self._engine, self._name) as connection:
                note(connection, receipt)
        return receipt

    def _note(self, addresses: list[str], validators: Validators, entry: Waiting | None) -> Note:
        """That a page at these addresses is a document, and an entry done: to be written with the document."""

        def note(connection: Connection, receipt: Receipt) -> None:
            refused = receipt.outcome == "refused"
            if receipt.document is not None and not refused:
                for address in sorted({page_address(address) for address in addresses}):
                    store.save_page(connection, address, receipt.document, validators, self._stamp())
            if entry is not None:
                state = "refused" if refused else "done"
                store.settle(connection, entry.number, state, reason=receipt.reason, document=receipt.document)

        return note

    def _refused(self, waiting: Waiting, receipt: Receipt) -> Receipt:
        with writing(self._engine, self._name) as connection:
            store.settle(connection, waiting.number, "refused", reason=receipt.reason)
        return receipt

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
                return rebuild_document(connection, document_number(connection, id))
            except NotInLedger:
                return None

    def _stamp(self, later: float = 0.0) -> str:
        return store.stamp(self._fetcher.clock.now() + timedelta(seconds=later))


def with_feeds(error: InputError, answer: Fetched) -> InputError:
    """The error; where a page was found instead of a feed, with the feeds that it names."""
    named = feeds_named(answer.data, answer.url)
    if not named or not isinstance(error, EmptyInput | Malformed):
        return error
    return type(error)(
        error.name, f"{error.reason}; the page names these feeds: {', '.join(named[:3])}", line=error.line
    )


def _named(waiting: Waiting, entry: Entry) -> str:
    article = entry.title or entry.url or entry.id
    return f"{waiting.feed.title}: {article}" if waiting.feed.title else article
