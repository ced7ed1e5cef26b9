"""Where a date lies on a chart's axis of time.

Dates are drawn as they are written, in their own offset: a report of 23:30 in Kyiv stands on that day for everybody. So
moments are given as if they were UTC and drawn on a UTC scale.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import groupby
from typing import Any

from onrecord.ledger.dates import EARLIEST, LATEST, days

__all__ = ["DAY", "Extent", "exact", "extent_of", "held_open", "spread", "time_axis", "written"]

DAY = timedelta(days=1)

Extent = tuple[datetime, datetime]
"""From the first moment of the first day that a date can mean to the last moment of its last."""


def exact(value: str | None) -> datetime | None:
    """The moment of a date with an hour (`2025-03-12T22:10`), else None."""
    if value is None or len(value) < 16 or value[10] not in "T " or days(value) is None:
        return None
    try:
        return datetime.fromisoformat(value[:16]).replace(tzinfo=UTC)
    except ValueError:  # 24:10
        return None


@lru_cache(maxsize=4096)
def extent_of(first: str | None, last: str | None = None) -> Extent | None:
    """All the time that a date, or two, can mean; None without a year, and where an end is open."""
    begin, end = days(first), days(last or first)
    if begin is None or end is None or begin[0] == EARLIEST or end[1] == LATEST or begin[0] > end[1]:
        return None
    return _midnight(begin[0]), _midnight(end[1]) + DAY


def spread(items: Iterable[tuple[str, Hashable]]) -> dict[Hashable, datetime]:
    """A moment for each item (its ISO day or moment, its name): those with an hour at it, those of one day that have none
    side by side within it, in their order, so that none hides another."""
    found: dict[Hashable, datetime] = {}
    dated = sorted(items, key=lambda item: item[0][:10])
    for day, group in groupby(dated, key=lambda item: item[0][:10]):
        vague: list[Hashable] = []
        for value, name in group:
            at = exact(value)
            if at is None:
                vague.append(name)
            else:
                found[name] = at
        found |= dict(zip(vague, _within(day, len(vague)), strict=True))
    return found


def time_axis(extent: Extent) -> dict[str, Any]:
    """The encoding of a horizontal axis of time (without its field) over all of `extent`, ticks at whole days or longer."""
    first, last = extent
    length = last - first
    if length <= 2 * DAY:
        ticks: dict[str, Any] = {"format": "%-d %b %H:%M", "tickCount": 4}
    elif length <= 12 * DAY:
        ticks = {"format": "%-d %b", "tickCount": "day"}
    elif length <= 300 * DAY:
        ticks = {"format": "%-d %b", "tickCount": 6}
    else:
        ticks = {"format": "%b %Y", "tickCount": 5}
    scale = {"type": "utc", "nice": False}
    return {"type": "temporal", "title": None, "scale": scale, "axis": {"grid": False, "labelFlush": True, **ticks}}


def held_open(extent: Extent) -> dict[str, Any]:
    """A layer that nobody sees, at both ends of the axis: it is as long as its data, and so at least as long as this.

    With a domain of its own, Vega-Lite warns of every layer that has bars along it: it compares the domain as it has read
    it from one layer with the next as written.
    """
    first, last = extent
    return {
        "data": {"values": [{"x": written(first)}, {"x": written(last)}]},
        "mark": {"type": "point", "opacity": 0, "size": 0, "aria": False},
        "encoding": {"x": {"field": "x", **time_axis(extent)}},
    }


def written(moment: datetime) -> str:
    """The moment as specifications give it: `2025-03-12T22:10:00Z`."""
    return f"{moment:%Y-%m-%dT%H:%M:%S}Z"


def _within(day: str, count: int) -> Sequence[datetime]:
    start = _midnight(day)
    return [start + DAY * (place + 1) / (count + 1) for place in range(count)]


def _midnight(day: str) -> datetime:
    # The year 10000 does not exist: LATEST has been turned away before a day is added to it.
    return datetime.fromisoformat(day).replace(tzinfo=UTC)
