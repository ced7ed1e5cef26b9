"""When a feed or an article is asked for next: as often as it brings something new, and no oftener than it wants.

Pure: the same for the same answers and the same chance.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from statistics import median

from onrecord.errors import InputError, Unfetched
from onrecord.intake.dates import read_date
from onrecord.intake.feeds import Feed
from onrecord.intake.fetching.pacing import backed_off

__all__ = [
    "LONGEST_WAIT",
    "MOST_TRIES",
    "after_answer",
    "after_failure",
    "most_tries",
    "pace_of",
    "retry_article",
    "sends_away",
]

_DAY = 86400.0
_QUIET = 2 * 3600.0
"""A feed that has something new once a month is still asked every other hour: what it has then may be what matters, and an
answer that nothing has changed costs its server next to nothing."""

_RECENT = 10
_FIRST_RETRY = 300.0
MOST_TRIES = 12
"""How often an article is tried before it is given up where its server or the line to it fails: over two and a half days at
least, so that a server that is down from Friday night to Monday morning loses nothing."""

_MOST_TRIES_IN_VAIN = 8
"""The same where the server gave an answer that is no use, the same twice in the end: over seven hours at least. That an
article is not there, or moved in a circle, or is a picture, is true of most that say so, but a site under repair says it of
all."""

_MOST_TRIES_OF_TWO = 6
"""The same where the feed holds the article, which is read instead then: over an hour and a half at least."""

_AT_FIRST = 14
"""So many failures in a row of a feed that is asked every quarter of an hour take most of a day."""

_SENT_AWAY = 5
"""How often in a row a feed fails, the last two times with "gone" (410), before it is asked no more: over two hours at
least. Once is not enough: who puts a site behind a new server sends everybody away for a while."""

LONGEST_WAIT = 8 * _DAY
"""No wait is longer: servers are taken at their word for a week. A time further away was written by a wrong clock."""


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
    """Seconds until a feed that has failed so often in a row is asked again: twice as long each time, up to a day; up to two
    hours at first, as most that fail are back on the same day, and what they list meanwhile they may have dropped on the
    next."""
    most = _QUIET if failures <= _AT_FIRST else _DAY
    return max(again, backed_off(failures, chance, first=every, most=max(most, every)))


def sends_away(error: InputError, *, failures: int, before: str | None) -> bool:
    """Whether a feed that has failed so often in a row, for this reason now and for another `before`, is to be asked no
    more."""
    gone = isinstance(error, Unfetched) and error.status == 410
    return gone and failures >= _SENT_AWAY and before == error.reason


def most_tries(error: InputError, *, before: str | None, whole: bool) -> int:
    """How often an article is tried that fails for this reason, and failed for the reason `before` the last time; `whole`:
    its feed holds all of it."""
    if isinstance(error, Unfetched) and error.again is not None:
        return _MOST_TRIES_OF_TWO if whole else MOST_TRIES
    if whole or (isinstance(error, Unfetched) and error.forbidden):
        return 1
    # One that fails in another way each time is there, on a server that is not well.
    return _MOST_TRIES_IN_VAIN if before == error.reason else MOST_TRIES


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
