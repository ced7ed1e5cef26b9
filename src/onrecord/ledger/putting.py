"""Putting readings into a ledger, as many at once as are at hand: one transaction, one telling anew of what they change.

What articles change is made anew once for all of a batch, and the disk is waited for once: 300 articles together take a
third of the processor's time that they take one by one. A batch is bounded, so that whoever else wants to write waits some
seconds at most, memory does not grow with the job, and nothing that was read waits long to be safe.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple, Self

from sqlalchemy import Connection, Engine, Row, select

from onrecord.ledger import schema as t
from onrecord.ledger.batches import WANTED, batched
from onrecord.ledger.collecting import uncollected
from onrecord.ledger.database import writing
from onrecord.ledger.derive import Left, Written, derive, forget
from onrecord.ledger.hands import Hands
from onrecord.ledger.prepared import Prepared
from onrecord.ledger.preparing import Preparing, Task
from onrecord.ledger.queries import counts
from onrecord.ledger.rebuild import rebuild
from onrecord.ledger.rows import Receipt
from onrecord.ledger.store import remove, write
from onrecord.ledger.stories.store import Others
from onrecord.reading import Reading

__all__ = ["MOST", "Also", "Batch"]

Also = Callable[[Connection, Receipt], None]
"""What is written in the transaction that writes a reading, once that has its receipt."""


MOST = 2000
"""Readings in a batch at most."""

_CHARACTERS = 10_000_000  # of their texts: of articles of the usual length two thousand have less
_MUCH = 100  # readings that are written together, for which SQLite is given more memory
_GROWTH = 4  # from one reading, which is there at once, to many: times as many as last time, at most

_LONGEST = 20.0
"""Seconds that a batch may keep others from writing: so many readings are taken as were put in that time the last time.

Where 76 articles come out a day, stories go on for ten days, and 400 articles are put in a batch, an article has 2.3 told
anew, those of its story; where 1,600 are, 1.4. A ledger of 718,000 statements took 470 more in a second in batches of 400,
595 in one of 1,600.
"""

_WAITS = 1.0
"""Seconds that an article that was read may wait for others to be put with it: a second's reading is a batch. Readings that
are at hand wait as long as a batch may last: inventing or parsing them takes time as well, and with a second for that no
more than 130 made a batch."""

_STORED = select(t.documents.c.id, t.documents.c.hash, t.documents.c.model).where(t.documents.c.hash.in_(WANTED))


class _Wanted(NamedTuple):
    """A reading to be put, under the name that its receipt bears, and what is being prepared of it."""

    reading: Reading
    name: str
    task: Task
    also: Also | None


class _Ready(NamedTuple):
    """A reading that can be put."""

    reading: Reading
    name: str
    kept: Prepared
    also: Also | None


_Item = _Wanted | Receipt | Callable[[], None]


class Batch:
    """What is held until it is written together, and what is told and done behind it: in the order in which it came.

    Its methods give the receipts that are due: those of readings once they are safe, others once those before them are.
    Where other processes prepare readings, a batch that is full waits until the next is, so that they have what to do while
    it is written. A context manager, which ends those processes.
    """

    def __init__(self, engine: Engine, name: str, *, workers: int = 1) -> None:
        self._engine, self._name = engine, name
        self._hands = Hands(workers)
        self._preparing = Preparing(self._hands)
        self._others = Others()
        self._held: list[_Item] = []
        self._full: list[_Item] = []
        self._ids: set[str] = set()  # of what is held, and with `_full_ids` of all that is not written
        self._full_ids: set[str] = set()
        self._characters = 0
        self._most = 1
        self._since = self._last = time.monotonic()
        self._waits = _WAITS

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._hands.close()

    def __contains__(self, document: object) -> bool:
        """Whether a reading of the document with this id waits to be written."""
        return document in self._ids or document in self._full_ids

    def put(self, reading: Reading, name: str, *, at_hand: bool = False, also: Also | None = None) -> Iterator[Receipt]:
        """A reading to be written; `at_hand` where it was given as one, and more may come as fast as they are taken."""
        document = reading.document.id
        if document in self:  # it may be the same again, or take the place of what is not there yet
            yield from self.write()
        if not self._ids:
            self._since, self._waits = time.monotonic(), _LONGEST
        if not at_hand:
            self._waits = min(self._waits, _WAITS)
        self._held.append(_Wanted(reading, name, self._preparing.begin(reading, at_hand=at_hand), also))
        self._ids.add(document)
        self._characters += len(reading.document.text)
        yield from self._due()

    def tell(self, receipt: Receipt) -> Iterator[Receipt]:
        """A receipt of what is not to be written."""
        self._held.append(receipt)
        yield from self._due()

    def behind(self, do: Callable[[], None]) -> Iterator[Receipt]:
        """Something that may be done once all that came before is written."""
        self._held.append(do)
        yield from self._due()

    def _due(self) -> Iterator[Receipt]:
        now = time.monotonic()
        took, self._last = now - self._last, now
        if not (self._ids or self._full_ids) or (self._ids and now + took - self._since >= self._waits):
            # The next one may take as long to come as this one did.
            yield from self.write()
        elif len(self._ids) >= self._most or self._characters >= _CHARACTERS:
            if not self._hands.beside:
                yield from self.write()
                return
            full, self._full, self._full_ids = self._full, self._held, self._ids
            self._held, self._ids, self._characters = [], set(), 0
            yield from self._write(full)

    def write(self) -> Iterator[Receipt]:
        """Write all that is held."""
        held = [*self._full, *self._held]
        self._held, self._full, self._ids, self._full_ids, self._characters = [], [], set(), set(), 0
        yield from self._write(held)

    def _write(self, held: Sequence[_Item]) -> Iterator[Receipt]:
        with uncollected():
            receipts = self._put([item for item in held if isinstance(item, _Wanted)])
        for item in held:
            if isinstance(item, _Wanted):
                yield next(receipts)
            elif isinstance(item, Receipt):
                yield item
            else:
                item()
        self._last = time.monotonic()

    def _put(self, wanted: Sequence[_Wanted]) -> Iterator[Receipt]:
        """Of each its receipt: of what can be stored once it is written, of what cannot why."""
        prepared = self._preparing.results([item.task for item in wanted])
        written = self._written(
            [
                _Ready(item.reading, item.name, found, item.also)
                for item, found in zip(wanted, prepared, strict=True)
                if isinstance(found, Prepared)
            ]
        )
        refused = [found if isinstance(found, str) else None for found in prepared]
        return (
            next(written) if reason is None else Receipt(item.name, item.reading.document.id, "refused", reason=reason)
            for item, reason in zip(wanted, refused, strict=True)
        )

    def _written(self, ready: Sequence[_Ready]) -> Iterator[Receipt]:
        if not ready:
            return iter(())
        begun: float | None = None
        try:
            much = len(ready) >= _MUCH
            with writing(self._engine, self._name, much=much, meanwhile=self._hands.lent) as connection:
                begun = time.monotonic()
                receipts = _put(connection, ready, self._hands, self._others)
        except Exception:
            # A single one that cannot be written must not take the others with it: then those before it are written, and
            # it raises what it raised here. Where it was not yet this process's turn, the others fare no better.
            self._hands.drop_first()
            if begun is None or len(ready) == 1:
                raise
            return (receipt for one in ready for receipt in self._written([one]))
        took = max(time.monotonic() - begun, 0.001)
        self._most = max(1, min(int(len(ready) * _LONGEST / took), _GROWTH * len(ready), MOST))
        return iter(receipts)


def _put(connection: Connection, wanted: Sequence[_Ready], hands: Hands, others: Others) -> list[Receipt]:
    # Asked only now that nobody else can write: another process may have added them while this one read.
    stored = _stored(connection, [one.reading.document.id for one in wanted])
    receipts: list[Receipt] = []
    fresh: list[Written] = []
    left, gone = Left(), set()
    for found, name, kept, _ in wanted:
        document = found.document.id
        before = stored.get(document)
        if before is not None:
            if before.model == found.model and rebuild(connection, before.id) == found:
                receipts.append(Receipt(name, document, "known", counts(connection, before.id)))
                continue
            left.add(forget(connection, before.id))
            remove(connection, before.id)
            gone.add(before.id)
        fresh.append(Written(found, kept))
        counted = {kind: len(getattr(found, kind)) for kind in t.RECORDS}
        receipts.append(Receipt(name, document, "added" if before is None else "replaced", counted))
    left.documents.difference_update(gone)
    if fresh:
        rows = write(connection, [(one.reading, one.kept.seal) for one in fresh])
        derive(connection, dict(zip(rows, fresh, strict=True)), left, hands, others)
    for one, receipt in zip(wanted, receipts, strict=True):
        if one.also is not None:
            one.also(connection, receipt)
    return receipts


def _stored(connection: Connection, ids: Sequence[str]) -> dict[str, Row[Any]]:
    rows: list[Row[Any]] = []
    for some in batched(ids):
        rows += connection.execute(_STORED, {"wanted": some})
    return {row.hash: row for row in rows}
