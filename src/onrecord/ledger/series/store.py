"""Series in the tables: counts are kept with their document, series are made again whenever their story changes.

Everything here runs inside a transaction that the caller holds.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, select

from onrecord.ledger.batches import WANTED, batched
from onrecord.ledger.conflicts.store import write as write_conflicts
from onrecord.ledger.ids import derived_id
from onrecord.ledger.inserting import numbers, put
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

__all__ = ["Kept", "counts_in", "kept", "refresh", "remember", "series"]

_COUNTS = select(t.counts.c.document, t.counts.c.packed).where(t.counts.c.document.in_(WANTED)).order_by(t.counts.c.id)
_FORGET_STORIES = delete(t.series).where(t.series.c.story.in_(WANTED))


class Kept(NamedTuple):
    """What is kept of a count: the columns that are asked for, and all of it, packed."""

    key: str
    span_start: int
    span_end: int
    event: str | None
    thing: str | None
    packed: str


def kept(reading: Reading) -> list[Kept]:
    """What the figures of a reading count. Pure."""
    return [
        Kept(
            count.key,
            count.spans[0].start,
            count.spans[-1].end,
            count.event,
            count.thing,
            json.dumps(to_json(count), ensure_ascii=False, separators=(",", ":")),
        )
        for count in counts(reading)
    ]


def remember(connection: Connection, written: Mapping[int, Sequence[Kept]]) -> None:
    """Keep what the figures of documents count of which nothing was kept before."""
    rows = [(document, *one) for document, counted in written.items() for one in counted]
    put(connection, t.counts, ("document", *Kept._fields), rows)


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


def refresh(connection: Connection, scenes: Sequence[Scene]) -> dict[int, tuple[Series, ...]]:
    """Make the series of stories, and the conflicts between their figures, anew; by the rows of the stories.

    The same scene always gives the same.
    """
    known = counts_in(connection, [member.document for scene in scenes for member in scene.members])
    for some in batched(sorted(scene.story for scene in scenes)):
        connection.execute(_FORGET_STORIES, {"wanted": some})
    found = {
        scene.story: grouping.series(
            scene, {m.document: known[m.document] for m in scene.members if m.document in known}
        )
        for scene in scenes
    }
    listed = [(scene, one) for scene in scenes for one in found[scene.story]]
    rows = numbers(connection, t.series, len(listed))
    points = [
        (number, place, one, point)
        for number, (_, one) in zip(rows, listed, strict=True)
        for place, point in enumerate(one.points)
    ]
    point_rows = numbers(connection, t.series_points, len(points))
    put(
        connection,
        t.series,
        _SERIES,
        [(number, *_series_row(scene, one)) for number, (scene, one) in zip(rows, listed, strict=True)],
    )
    put(
        connection,
        t.series_points,
        _POINT,
        [(number, *_point_row(*point)) for number, point in zip(point_rows, points, strict=True)],
    )
    put(
        connection,
        t.series_places,
        _PLACE,
        [
            row
            for number, (_, _, _, point) in zip(point_rows, points, strict=True)
            for row in _place_rows(number, point)
        ],
    )
    write_conflicts(connection, {story: disputes(made) for story, made in found.items()}, maker="series")
    return found


_SERIES = (
    *("id", "key", "story", "thing", "event", "also", "unit", "whose", "firmness", "tally", "part", "scope", "since"),
    *("trend", "best_low", "best_high", "disputed", "day", "points"),
)
_POINT = (
    *("id", "series", "who", "name", "outlet", "low", "high", "bound", "status", "tally", "change", "reported"),
    *("as_of", "event_first", "event_last", "copies", "best", "place"),
)
_PLACE = ("point", "document", "key", "record", "spans", "context_start", "context_end")


def _series_row(scene: Scene, one: Series) -> tuple[Any, ...]:
    key = one.key
    days = [point.day for point in one.points if point.day]
    return (
        one.id,
        scene.story,
        key.thing,
        key.event,
        " or ".join(key.also) or None,
        key.unit,
        scene.names.get(key.whose) if key.whose is not None else None,
        key.firmness,
        "increment" if key.increment else "total",
        key.part,
        key.scope,
        key.since,
        one.trend,
        one.best.low if one.best is not None else None,
        one.best.high if one.best is not None else None,
        one.best is not None and one.best.disputed,
        max(days, default=None),
        len(one.points),
    )


def _point_row(series_number: int, place: int, one: Series, point: Point) -> tuple[Any, ...]:
    first, last = point.event_date if point.event_date is not None else (None, None)
    return (
        series_number,
        point.holder,
        point.name,
        point.outlet,
        point.low,
        point.high,
        point.bound,
        point.status,
        point.tally,
        point.change,
        point.reported,
        point.as_of or None,
        first,
        last,
        point.copies,
        one.best is not None and any(source is point for source in one.best.sources),
        place,
    )


def _place_rows(point_number: int, point: Point) -> list[tuple[Any, ...]]:
    return [
        (
            point_number,
            place.member.document,
            derived_id("f", place.member.hash, place.count.key),
            place.count.key,
            json.dumps([list(span) for span in place.count.spans]),
            place.count.context.start,
            place.count.context.end,
        )
        for place in point.places
    ]
