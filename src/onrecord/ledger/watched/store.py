"""Feeds, entries and pages in the ledger: what was fetched and what is still to be. The caller holds the transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, Table, func, insert, select, update

from onrecord.intake.addresses import NOTHING_KNOWN, Validators, is_address
from onrecord.intake.feeds import Entry
from onrecord.ledger.batches import batched
from onrecord.ledger.watched.rows import FeedRow, State
from onrecord.ledger.watched.tables import watched_entries as e
from onrecord.ledger.watched.tables import watched_feeds as f
from onrecord.ledger.watched.tables import watched_pages as p

__all__ = [
    "FeedState",
    "Waiting",
    "backlogs",
    "begin",
    "entry_of",
    "feed_state",
    "feeds",
    "first_due",
    "leave",
    "page_state",
    "queue",
    "retry_refused",
    "save_feed",
    "save_page",
    "settle",
    "stamp",
    "states",
    "waiting",
    "waiting_of",
]

_LIGHT = (e.c.id, e.c.feed, e.c.url, e.c.tries, e.c.due, e.c.document_hash, e.c.reason)


@dataclass(frozen=True, slots=True)
class FeedState:
    """What is known of one feed. Times are stamps; `due` None of one that was asked: it is not asked any more."""

    address: str
    number: int | None = None
    url: str | None = None
    title: str | None = None
    validators: Validators = NOTHING_KNOWN
    tried: str | None = None
    seen: str | None = None
    due: str | None = None
    pace: float = 0.0
    failures: int = 0
    reason: str | None = None

    @property
    def ended(self) -> bool:
        """Whether it is not to be asked any more."""
        return self.tried is not None and self.due is None


@dataclass(frozen=True, slots=True)
class Waiting:
    """An entry whose article is still to be fetched. `tries` counts those that were begun; `read` tells that it was fetched
    before, and has been updated since. What its feed says of it, which may be long, stays in the ledger (`entry_of`)."""

    number: int
    feed: FeedState
    url: str | None
    tries: int
    due: str
    read: bool
    reason: str | None = None

    @property
    def broke_off(self) -> bool:
        """Whether the last try has come to no end, neither a good one nor one for a reason."""
        return self.tries > 0 and self.reason is None


def stamp(moment: datetime) -> str:
    """A time as these tables write it, to the second: texts compare as the times do."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def feed_state(connection: Connection, address: str) -> FeedState:
    """The feed as it is known, or as one that was never asked."""
    row = connection.execute(select(f).where(f.c.address == address)).one_or_none()
    return FeedState(address) if row is None else _state(row)


def states(connection: Connection, addresses: Iterable[str]) -> dict[str, FeedState]:
    """Those of the feeds at these addresses that are known."""
    found: dict[str, FeedState] = {}
    for some in batched(sorted(addresses)):
        found |= {row.address: _state(row) for row in connection.execute(select(f).where(f.c.address.in_(some)))}
    return found


def save_feed(connection: Connection, state: FeedState) -> int:
    """Write what is known of a feed; its number."""
    values = {
        "url": state.url,
        "title": state.title,
        "etag": state.validators.etag,
        "modified": state.validators.modified,
        "tried": state.tried,
        "seen": state.seen,
        "due": state.due,
        "pace": state.pace,
        "failures": state.failures,
        "reason": state.reason,
    }
    return _put(connection, f, {"address": state.address}, values)


def queue(connection: Connection, feed: int, entries: Sequence[Entry], *, due: str) -> int:
    """Line up the entries that are new, and those that the feed says were updated since; how many they are."""
    known: dict[str, Row[Any]] = {}
    for names in batched([entry.id for entry in entries]):
        asked = select(e.c.id, e.c.entry, e.c.url, e.c.updated, e.c.state).where(e.c.feed == feed, e.c.entry.in_(names))
        known |= {row.entry: row for row in connection.execute(asked)}
    lined_up = 0
    for entry in entries:
        row = known.get(entry.id)
        values = {"url": entry.url, "updated": entry.updated, "saved": _saved(entry)}
        if row is None:
            fresh = {"feed": feed, "entry": entry.id, "state": "waiting", "due": due, "tries": 0}
            connection.execute(insert(e), fresh | values)
        elif row.state == "waiting":  # its turn has not come yet: what the feed says now holds
            connection.execute(update(e).where(e.c.id == row.id).values(values))
            continue
        elif (entry.updated is not None and entry.updated != row.updated) or (
            row.state == "refused" and entry.url != row.url  # it may be the first address that was wrong
        ):
            again = {"state": "waiting", "due": due, "tries": 0, "reason": None}
            connection.execute(update(e).where(e.c.id == row.id).values(values | again))
        else:
            continue
        lined_up += 1
    return lined_up


def retry_refused(connection: Connection, feed: int, *, due: str) -> None:
    """Line up again what waits for a later time, and what was given up but is still known."""
    again = update(e).where(e.c.feed == feed, e.c.state.in_(("waiting", "refused")), e.c.saved.is_not(None))
    connection.execute(again.values(state="waiting", due=due, tries=0))


def waiting(connection: Connection, feeds_: Iterable[int], *, until: str, limit: int) -> list[Waiting]:
    """The entries of these feeds that are due by then, of each feed the longest due first: first of all feeds their first,
    then of all their second, so that those of one that has thousands do not stand before all others."""
    place = func.row_number().over(partition_by=e.c.feed, order_by=(e.c.due, e.c.id)).label("place")
    found: list[Row[Any]] = []
    for numbers in batched(sorted(feeds_)):
        asked = select(*_LIGHT, place).where(e.c.state == "waiting", e.c.feed.in_(numbers), e.c.due <= until).subquery()
        found += connection.execute(select(asked).order_by(asked.c.place, asked.c.due, asked.c.id).limit(limit))
    found.sort(key=lambda row: (row.place, row.due, row.id))
    return _waiting(connection, found[:limit])


def waiting_of(connection: Connection, feed: int, *, after: int, limit: int) -> list[Waiting]:
    """The entries of a feed that wait, whenever they are due, in the order in which they came, those behind a number."""
    asked = select(*_LIGHT).where(e.c.state == "waiting", e.c.feed == feed, e.c.id > after)
    return _waiting(connection, connection.execute(asked.order_by(e.c.id).limit(limit)).all())


def first_due(connection: Connection, feeds_: Iterable[int]) -> str | None:
    """When the first of the entries of these feeds is due."""
    found = []
    for numbers in batched(sorted(feeds_)):
        asked = select(func.min(e.c.due)).where(e.c.state == "waiting", e.c.feed.in_(numbers))
        found.append(connection.execute(asked).scalar())
    return min((due for due in found if due is not None), default=None)


def backlogs(connection: Connection, feeds_: Iterable[int]) -> dict[int, int]:
    """How many entries of each of these feeds wait; none of a feed that has none."""
    found: dict[int, int] = {}
    for numbers in batched(sorted(feeds_)):
        asked = select(e.c.feed, func.count()).where(e.c.state == "waiting", e.c.feed.in_(numbers)).group_by(e.c.feed)
        found |= {row[0]: row[1] for row in connection.execute(asked)}
    return found


def entry_of(connection: Connection, number: int) -> Entry:
    """What the feed says of an entry that waits."""
    return _entry(connection.execute(select(e.c.saved).where(e.c.id == number)).scalar_one())


def leave(connection: Connection, entries: Sequence[int], *, due: str) -> None:
    """Leave entries for later that were not tried."""
    for numbers in batched(sorted(entries)):
        connection.execute(update(e).where(e.c.id.in_(numbers)).values(due=due))


def settle(
    connection: Connection,
    entry: int,
    state: str,
    *,
    due: str | None = None,
    reason: str | None = None,
    document: str | None = None,
) -> None:
    """What became of an entry: `done`, with its document; `refused` for good, or `waiting` until `due`, for a reason."""
    values: dict[str, Any] = {"state": state, "due": due, "reason": reason}
    if state == "done":
        values |= {"document_hash": document, "saved": None}
    connection.execute(update(e).where(e.c.id == entry).values(values))


def begin(connection: Connection, entry: int, *, tries: int, due: str, reason: str | None = None) -> None:
    """Note that an entry is being tried: should it bring the process down, the next one does not begin with it."""
    connection.execute(update(e).where(e.c.id == entry).values(tries=tries, due=due, reason=reason))


def page_state(connection: Connection, address: str) -> tuple[str, Validators] | None:
    """The hash of the document that a page was the last time, and by what its server recognises it."""
    row = connection.execute(select(p).where(p.c.address == address)).one_or_none()
    return None if row is None else (row.document_hash, Validators(row.etag, row.modified))


def save_page(connection: Connection, address: str, document: str, validators: Validators, fetched: str) -> None:
    """Write that a page was fetched and is this document."""
    values = {"etag": validators.etag, "modified": validators.modified, "fetched": fetched, "document_hash": document}
    _put(connection, p, {"address": address}, values)


def feeds(connection: Connection) -> list[FeedRow]:
    """All feeds that are known, by title, with what became of their entries."""
    counts: dict[int, dict[str, int]] = {}
    for feed, state, count in connection.execute(
        select(e.c.feed, e.c.state, func.count()).group_by(e.c.feed, e.c.state)
    ):
        counts.setdefault(feed, {})[state] = count
    rows = []
    for row in connection.execute(select(f)):
        if not is_address(row.address):  # the file of a feed that was read once
            continue
        known, counted = _state(row), counts.get(row.id, {})
        rows.append(
            FeedRow(
                known.address,
                known.title,
                _how(known),
                known.tried,
                known.seen,
                known.due,
                known.failures,
                known.reason,
                counted.get("done", 0),
                counted.get("waiting", 0),
                counted.get("refused", 0),
            )
        )
    return sorted(rows, key=lambda row: ((row.title or row.address).casefold(), row.address))


def _how(state: FeedState) -> State:
    if state.ended:
        return "ended"
    if state.failures:
        return "fails"
    return "answers" if state.seen else "new"


def _put(connection: Connection, into: Table, named: dict[str, str], values: dict[str, Any]) -> int:
    (column, name), *_ = named.items()
    number = connection.execute(select(into.c.id).where(into.c[column] == name)).scalar()
    if number is None:
        connection.execute(insert(into), [named | values])
        number = connection.execute(select(into.c.id).where(into.c[column] == name)).scalar_one()
    else:
        connection.execute(update(into).where(into.c.id == number).values(values))
    return int(number)


def _numbered(connection: Connection, numbers: set[int]) -> dict[int, FeedState]:
    found: dict[int, FeedState] = {}
    for some in batched(sorted(numbers)):
        found |= {row.id: _state(row) for row in connection.execute(select(f).where(f.c.id.in_(some)))}
    return found


def _state(row: Row[Any]) -> FeedState:
    return FeedState(
        row.address,
        row.id,
        row.url,
        row.title,
        Validators(row.etag, row.modified),
        row.tried,
        row.seen,
        row.due,
        row.pace,
        row.failures,
        row.reason,
    )


def _waiting(connection: Connection, rows: Iterable[Any]) -> list[Waiting]:
    found = list(rows)
    states = _numbered(connection, {row.feed for row in found})
    return [
        Waiting(row.id, states[row.feed], row.url, row.tries, row.due, bool(row.document_hash), row.reason)
        for row in found
    ]


def _saved(entry: Entry) -> str:
    return json.dumps(asdict(entry), ensure_ascii=False)


def _entry(saved: str) -> Entry:
    return Entry(**json.loads(saved))
