"""When a feed or an article is asked for next: as often as it brings something new, and no oftener than it wants.

Pure: the same for the same answers and the same chance.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from statistics import median

from onrecord.intake.dates import read_date
from onrecord.intake.feeds import Feed
from onrecord.intake.fetching.pacing import backed_off

__all__ = ["MOST_TRIES", "after_answer", "after_failure", "pace_of", "retry_article"]

_DAY = 86400.0
_QUIET = 2 * 3600.0
"""A feed that has something new once a month is still asked every other hour: what it has then may be what matters, and an
answer that nothing has changed costs its server next to nothing."""

_RECENT = 10
_FIRST_RETRY = 300.0
MOST_TRIES = 6
"""How often an article is tried before it is given up: over two hours at least."""


def pace_of(feed: Feed, now: datetime) -> float:
    """The seconds that a feed can be left alone by what it holds: as long as it says itself (`ttl`, the syndication module),
    up to a day, and half the usual time between two of its entries, up to two hours."""
    return max(min(feed.every or 0.0, _DAY), min(_usual_gap(feed, now) / 2, _QUIET))


def after_answer(pace: float, *, every: float, fresh: float | None, chance: random.Random) -> float:
    """Seconds until a feed of that pace is asked again after it has answered.

    No less than nine tenths of `every`; more where its pace is slower, or its server says that the answer holds for longer.
    """
    wanted = max(every, pace, min(fresh or 0.0, _QUIET))
    # Only ever sooner: whoever runs a round every quarter of an hour finds every feed due that was asked in the last.
    return wanted * chance.uniform(0.9, 1.0)


def after_failure(failures: int, *, every: float, again: float, chance: random.Random) -> float:
    """Seconds until a feed that has failed so often in a row is asked again: twice as long each time, up to a day."""
    return max(again, backed_off(failures, chance, first=every, most=max(_DAY, every)))


def retry_article(tries: int, *, again: float, chance: random.Random) -> float:
    """Seconds until an article that could not be fetched `tries` times is tried again: five minutes, ten, twenty …"""
    return max(again, backed_off(tries, chance, first=_FIRST_RETRY, most=_DAY))


def _usual_gap(feed: Feed, now: datetime) -> float:
    """The usual seconds between two entries: the middle of the last ten gaps, and of the time since the newest."""
    moments = sorted(_moments([entry.published for entry in feed.entries], now), reverse=True)[: _RECENT + 1]
    if len(moments) < 3:
        return 0.0
    steps = [now, *moments]
    return median([(later - earlier).total_seconds() for later, earlier in pairwise(steps)])


def _moments(published: Sequence[str | None], now: datetime) -> list[datetime]:
    found = []
    for value in published:
        iso = read_date(value) if value else None
        if iso is None or len(iso) == 10:  # a day without a time says nothing about the hours between two
            continue
        moment = datetime.fromisoformat(iso).astimezone(UTC)
        if moment <= now + timedelta(hours=1):
            found.append(min(moment, now))
    return found
