"""A ledger made anew from what is stated in another one: its readings, the log of corrections, what was fetched.

All else follows from these by the code that adds to any ledger, so that one that was made anew is right, whatever became of
the indexes, copies, stories, claims and series of the old one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.exc import DBAPIError

from onrecord.ledger.adding import Adder
from onrecord.ledger.copying import copy_table
from onrecord.ledger.corrections.records import correction_id
from onrecord.ledger.corrections.store import expect_documents
from onrecord.ledger.corrections.tables import corrections
from onrecord.ledger.database import writing
from onrecord.ledger.opened import Opened
from onrecord.ledger.schema import meta
from onrecord.ledger.soundness.readings import numbers, read_back
from onrecord.ledger.soundness.rows import FaultRow
from onrecord.ledger.watched.tables import watched_entries, watched_feeds, watched_pages
from onrecord.reading import Reading

__all__ = ["of_log", "remake"]


def remake(
    stated: Connection, into: Opened, *, workers: int = 1, done: Callable[[], None] = lambda: None
) -> Iterator[FaultRow]:
    """Fill `into`, which holds nothing, from what `stated` holds; the documents that cannot be read back, as they are met.

    `done` is called for each document. Raises LedgerError where a table of what is stated cannot be read.
    """
    with writing(into._engine, into.name) as taken:
        for table in (corrections, watched_feeds, watched_entries, watched_pages):
            copy_table(stated, taken, table)
        expect_documents(taken)
    lost: list[FaultRow] = []
    adder = Adder(into._engine, into.name, published=None, publisher=None)
    told = 0
    for receipt in adder.add(_readings(stated, lost), workers=workers):
        if receipt.outcome == "refused":
            lost.append(FaultRow("reading", receipt.document or receipt.name, receipt.reason or ""))
        done()
        yield from lost[told:]
        told = len(lost)
    yield from lost[told:]
    with writing(into._engine, into.name) as taken:
        if lost:
            _fetch_again(taken, [row.where for row in lost])
        else:  # how far files were read: where a document is missing they are read again from their beginnings
            copy_table(stated, taken, meta)


def _readings(stated: Connection, lost: list[FaultRow]) -> Iterator[Reading]:
    for number in numbers(stated):
        found = read_back(stated, number)
        if isinstance(found, FaultRow):
            lost.append(found)
        elif found is not None:
            yield found


def _fetch_again(taken: Connection, documents: Collection[str]) -> None:
    """Have pages whose documents are lost count as never fetched, and their feeds be read again, should they still list
    them."""
    e, f, p = watched_entries.c, watched_feeds.c, watched_pages.c
    for document in documents:
        taken.execute(delete(watched_pages).where(p.document_hash == document))
        feeds = select(e.feed).where(e.document_hash == document)
        # A feed that has not changed since would not be looked into.
        taken.execute(update(watched_feeds).where(f.id.in_(feeds)).values(etag=None, modified=None))
        taken.execute(delete(watched_entries).where(e.document_hash == document))


def of_log(connection: Connection) -> Iterator[FaultRow]:
    """What is wrong with the log of corrections: a line that is missing, or says something else than when it was written."""
    c = corrections.c
    keys: dict[int, str] = {}
    try:
        log = connection.execute(select(corrections).order_by(c.id)).all()
    except DBAPIError as error:
        yield FaultRow("correction", "corrections", f"the log cannot be read ({error.orig})")
        return
    for place, row in enumerate(log, start=1):
        keys[row.id] = row.key
        if row.id != place:
            yield FaultRow("correction", row.key, f"line {place} of the log is missing")
            return
        said = {
            name: getattr(row, name) for name in ("at", "by_whom", "reason", "kind", "target", "value", "value_words")
        }
        undoes = keys.get(row.undoes) if row.undoes is not None else None
        if row.key != correction_id(row.id, said | {"undoes": undoes}):
            yield FaultRow("correction", row.key, "it does not say what it said when it was written")
