"""When a feed or an article is asked for next, at the edges of each rule."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest

from onrecord.errors import InputError, Malformed, Unfetched
from onrecord.intake.feeds import Entry, Feed
from onrecord.ledger.watched import schedule

NOW = datetime(2025, 3, 14, 12, 0, tzinfo=UTC)


class Never(random.Random):
    """Chance that takes nothing off."""

    def uniform(self, a: float, b: float) -> float:
        return max(a, b)


CHANCE = Never()


@pytest.mark.parametrize(
    ("pace", "every", "fresh", "wait"),
    [
        (0, 900, None, 900),
        (1800, 900, None, 1800),
        (0, 900, 1800, 1800),
        (0, 900, 7200, 7200),
        (0, 900, 7201, 7200),  # no server's word keeps it longer than two hours
        (9000, 900, 7201, 9000),
        (0, 900, 0, 900),
    ],
)
def test_a_feed_that_answered(pace: float, every: float, fresh: float | None, wait: float) -> None:
    assert schedule.after_answer(pace, every=every, fresh=fresh, chance=CHANCE) == wait


@pytest.mark.parametrize(
    ("failures", "every", "again", "wait"),
    [
        (1, 900, 0, 900),
        (2, 900, 0, 1800),
        (3, 900, 0, 3600),
        (4, 900, 0, 7200),
        (14, 900, 0, 7200),  # most of a day, up to two hours
        (15, 900, 0, 86400),
        (1, 10_000, 0, 10_000),  # one that is asked more seldom anyway
        (2, 10_000, 0, 10_000),
        (1, 900, 901, 901),
    ],
)
def test_a_feed_that_failed(failures: int, every: float, again: float, wait: float) -> None:
    assert schedule.after_failure(failures, every=every, again=again, chance=CHANCE) == wait


@pytest.mark.parametrize(
    ("tries", "again", "wait"), [(1, 0, 300), (2, 0, 600), (3, 0, 1200), (20, 0, 86400), (1, 400, 400)]
)
def test_an_article_that_failed(tries: int, again: float, wait: float) -> None:
    assert schedule.retry_article(tries, again=again, chance=CHANCE) == wait


@pytest.mark.parametrize(
    ("error", "failures", "before", "away"),
    [
        (Unfetched("x", "gone", status=410), 5, "gone", True),
        (Unfetched("x", "gone", status=410), 6, "gone", True),
        (Unfetched("x", "gone", status=410), 4, "gone", False),
        (Unfetched("x", "gone", status=410), 5, "other", False),
        (Unfetched("x", "gone", status=410), 5, None, False),
        (Unfetched("x", "gone", status=404), 5, "gone", False),
        (Unfetched("x", "gone", status=411), 5, "gone", False),
        (Malformed("x", "gone"), 5, "gone", False),
    ],
)
def test_a_feed_that_sends_away(error: InputError, failures: int, before: str | None, away: bool) -> None:
    assert schedule.sends_away(error, failures=failures, before=before) is away


@pytest.mark.parametrize(
    ("error", "before", "whole", "tries"),
    [
        (Unfetched("x", "down", again=60), "down", False, 12),
        (Unfetched("x", "down", again=0), "down", False, 12),
        (Unfetched("x", "down", again=60), "down", True, 6),
        (Unfetched("x", "none"), "none", False, 8),
        (Unfetched("x", "none"), "other", False, 12),
        (Unfetched("x", "none"), None, False, 12),
        (Unfetched("x", "none"), "none", True, 1),
        (Unfetched("x", "no", forbidden=True), "no", False, 1),
        (Malformed("x", "none"), "none", False, 8),
        (Malformed("x", "none"), "none", True, 1),
    ],
)
def test_how_often_an_article_is_tried(error: InputError, before: str | None, whole: bool, tries: int) -> None:
    assert schedule.most_tries(error, before=before, whole=whole) == tries


def feed(*minutes_ago: float, every: float | None = None) -> Feed:
    stamps = [(NOW - timedelta(minutes=minutes)).isoformat() for minutes in minutes_ago]
    return Feed("x", tuple(Entry(str(n), None, published=stamp) for n, stamp in enumerate(stamps)), every)


@pytest.mark.parametrize(
    ("made", "pace"),
    [
        (feed(10, 20), 0),  # of two nothing is told
        (feed(10, 20, 30), 300),
        (feed(30, 20, 10), 300),  # in whatever order
        (feed(10, 20, 30, every=301), 301),
        (feed(10, 20, 30, every=299), 300),
        (feed(10, 20, 30, every=86_401), 86_400),
        (feed(*range(10, 120, 10), *range(1000, 9000, 1000)), 300),  # the last ten gaps, and the time since the newest
        (feed(-59, 10, 20), 300),  # a clock that is ahead by less than an hour
        (feed(-61, 10, 20), 0),
        (feed(600, 601, 602), 30),  # the middle of the gaps: ten hours, a minute, a minute
        (feed(1000, 2000, 3000), 7200),
    ],
)
def test_how_long_a_feed_can_be_left_alone(made: Feed, pace: float) -> None:
    assert schedule.pace_of(made, NOW) == pytest.approx(pace)


def test_entries_without_a_time_of_day_tell_nothing() -> None:
    entries = (
        *feed(10, 20).entries,
        Entry("d", None, published="2025-03-14"),
        Entry("e", None),
        Entry("f", None, published="soon"),
    )
    assert schedule.pace_of(Feed("x", entries), NOW) == 0
    assert schedule.LONGEST_WAIT == 8 * 86_400
