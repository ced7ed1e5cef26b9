"""Series in the tables: counts are kept with their document, series are made again whenever their story changes.

Everything here runs inside a transaction that the caller holds.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select

from onrecord.ledger.batches import WANTED, batched
from onrecord.ledger.conflicts.store import write as write_conflicts
from onrecord.ledger.ids import derived_id
from onrecord.ledger.scene import Scene
from onrecord.ledger.series import grouping
from onrecord.ledger.series import tables as t
from onrecord.ledger.series.count import Count, from_json, to_json
from onrecord.ledger.series.counts import counts
from onrecord.ledger.series.disputes import disputes
from onrecord.ledger.series.grouping import Series
from onrecord.ledger.series.points import Point
from onrecord.ledger.series.queries import series
from onrecord.reading import Reading

__all__ = ["counts_in", "refresh", "remember", "series"]

_FORGET = delete(t.counts).where(t.counts.c.document == bindparam("gone"))
_COUNTS = select(t.counts.c.document, t.counts.c.packed).where(t.counts.c.document.in_(WANTED)).order_by(t.counts.c.id)
_FORGET_STORY = delete(t.series).where(t.series.c.story == bindparam("gone"))
_SERIES = select(t.series.c.id).where(t.series.c.story == bindparam("told")).order_by(t.series.c.id)
_POINTS = select(t.series_points.c.id).where(t.series_points.c.series.in_(WANTED))


def remember(connection: Connection, document: int, reading: Reading) -> None:
    """Keep what the figures of a document count, in the place of whatever was kept of it."""
    connection.execute(_FORGET, {"gone": document})
    rows = [
        {
            "document": document,
            "key": count.key,
            "span_start": count.spans[0].start,
            "span_end": count.spans[-1].end,
            "event": count.event,
            "thing": count.thing,
            "packed": json.dumps(to_json(count), ensure_ascii=False, separators=(",", ":")),
        }
        for count in counts(reading)
    ]
    if rows:
        connection.execute(insert(t.counts), rows)


def counts_in(connection: Connection, documents: Iterable[int]) -> dict[int, list[Count]]:
    """The counts of these documents, in the order in which they were read."""
    found: dict[int, list[Count]] = {}
    for some in batched(sorted(set(documents))):
        for row in connection.execute(_COUNTS, {"wanted": some}):
            found.setdefault(row.document, []).append(_unpacked(row.packed))
    return found


@lru_cache(maxsize=8192)
def _unpacked(packed: str) -> Count:
    """A story that grows is read again with each article: of its others nothing has changed."""
    return from_json(json.loads(packed))


def refresh(connection: Connection, scene: Scene) -> tuple[Series, ...]:
    """Make the series of a story, and the conflicts between its figures, anew. The same scene always gives the same."""
    found = grouping.series(scene, counts_in(connection, [member.document for member in scene.members]))
    connection.execute(_FORGET_STORY, {"gone": scene.story})
    if found:
        connection.execute(insert(t.series), [_series_row(scene, one) for one in found])
        numbers = list(connection.execute(_SERIES, {"told": scene.story}).scalars())
        points = [
            (number, place, one, point)
            for number, one in zip(numbers, found, strict=True)
            for place, point in enumerate(one.points)
        ]
        connection.execute(insert(t.series_points), [_point_row(*point) for point in points])
        numbers = _points(connection, numbers)
        connection.execute(
            insert(t.series_places),
            [
                row
                for number, (_, _, _, point) in zip(numbers, points, strict=True)
                for row in _place_rows(number, point)
            ],
        )
    write_conflicts(connection, scene.story, disputes(found), maker="series")
    return found


def _points(connection: Connection, numbers: Sequence[int]) -> list[int]:
    """The numbers of the points of these series, just written, in the order of writing."""
    found: list[int] = []
    for some in batched(numbers):
        found += connection.execute(_POINTS, {"wanted": some}).scalars()
    return sorted(found)


def _series_row(scene: Scene, one: Series) -> dict[str, Any]:
    key = one.key
    days = [point.day for point in one.points if point.day]
    return {
        "key": one.id,
        "story": scene.story,
        "thing": key.thing,
        "event": key.event,
        "also": " or ".join(key.also) or None,
        "unit": key.unit,
        "whose": scene.names.get(key.whose) if key.whose is not None else None,
        "firmness": key.firmness,
        "tally": "increment" if key.increment else "total",
        "part": key.part,
        "scope": key.scope,
        "since": key.since,
        "trend": one.trend,
        "best_low": one.best.low if one.best is not None else None,
        "best_high": one.best.high if one.best is not None else None,
        "disputed": one.best is not None and one.best.disputed,
        "day": max(days, default=None),
        "points": len(one.points),
    }


def _point_row(series_number: int, place: int, one: Series, point: Point) -> dict[str, Any]:
    first, last = point.event_date if point.event_date is not None else (None, None)
    return {
        "series": series_number,
        "who": point.holder,
        "name": point.name,
        "outlet": point.outlet,
        "low": point.low,
        "high": point.high,
        "bound": point.bound,
        "status": point.status,
        "tally": point.tally,
        "change": point.change,
        "reported": point.reported,
        "as_of": point.as_of or None,
        "event_first": first,
        "event_last": last,
        "copies": point.copies,
        "best": one.best is not None and any(source is point for source in one.best.sources),
        "place": place,
    }


def _place_rows(point_number: int, point: Point) -> list[dict[str, Any]]:
    return [
        {
            "point": point_number,
            "document": place.member.document,
            "key": derived_id("f", place.member.hash, place.count.key),
            "record": place.count.key,
            "spans": json.dumps([list(span) for span in place.count.spans]),
            "context_start": place.count.context.start,
            "context_end": place.count.context.end,
        }
        for place in point.places
    ]
