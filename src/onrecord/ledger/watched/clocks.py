"""A clock that was wrong, or is: what was to be done at a time that it gave is brought back to where it can be waited for.

When something is due stands in the ledger as a time of day, since no other clock goes on while nobody watches.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, or_, select, update

from onrecord.ledger.watched.schedule import LONGEST_WAIT
from onrecord.ledger.watched.store import leave, stamp
from onrecord.ledger.watched.tables import watched_entries as e
from onrecord.ledger.watched.tables import watched_feeds as f

__all__ = ["is_wrong", "set_right"]

_TOLERANCE = timedelta(minutes=1)  # clocks are set right by seconds all the time


def is_wrong(connection: Connection, now: datetime) -> bool:
    """Whether anything lies so far in the future that a clock was wrong, or is."""
    last = stamp(now + timedelta(seconds=LONGEST_WAIT))
    feeds = select(f.c.id).where(or_(f.c.tried > stamp(now + _TOLERANCE), f.c.due > last))
    entries = select(e.c.id).where(e.c.state == "waiting", e.c.due > last)
    return any(connection.execute(asked.limit(1)).first() is not None for asked in (feeds, entries))


def set_right(connection: Connection, now: datetime) -> int:
    """Bring back what lies in the future because a clock was wrong; how many feeds and entries it was.

    A feed that was asked later than now: the clock has been set back since. It waits as long from now on as it was to wait
    then, and its entries are due as much sooner. What is due later than anything rightly is, is due now.
    """
    right, last = stamp(now), stamp(now + timedelta(seconds=LONGEST_WAIT))
    changed = 0
    for row in connection.execute(select(f).where(f.c.tried > stamp(now + _TOLERANCE))).all():
        ahead = datetime.fromisoformat(row.tried) - now
        due = None if row.due is None else _sooner(row.due, ahead, right)
        seen = None if row.seen is None else min(row.seen, right)
        connection.execute(update(f).where(f.c.id == row.id).values(tried=right, seen=seen, due=due))
        late = select(e.c.id, e.c.due).where(e.c.feed == row.id, e.c.state == "waiting", e.c.due > right)
        entries = connection.execute(late).all()
        for number, when in entries:
            leave(connection, [number], due=_sooner(when, ahead, right))
        changed += 1 + len(entries)
    feeds = update(f).where(f.c.due > last).values(due=right)
    entries_ = update(e).where(e.c.state == "waiting", e.c.due > last).values(due=right)
    return changed + connection.execute(feeds).rowcount + connection.execute(entries_).rowcount


def _sooner(due: str, ahead: timedelta, right: str) -> str:
    return max(stamp(datetime.fromisoformat(due) - ahead), right)
