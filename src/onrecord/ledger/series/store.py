"""Series in the tables: counts are kept with their document, series are made again whenever their story changes.

Everything here runs inside a transaction that the caller holds.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, select

from onrecord.ledger.batches import WANTED, batched, fetched
from onrecord.ledger.conflicts.rows import Conflict
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

__all__ = ["Kept", "Told", "counts_in", "kept", "packed_in", "remember", "series", "told", "write"]

_Row = tuple[Any, ...]

_COUNTS = select(t.counts.c.document, t.counts.c.packed).where(t.counts.c.document.in_(WANTED)).order_by(t.counts.c.id)
_FORGET_STORIES = delete(t.series).where(t.series.c.story.in_(WANTED))


_packed = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


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
            _packed(to_json(count)),
        )
        for count in counts(reading)
    ]


def remember(connection: Connection, written: Mapping[int, Sequence[Kept]]) -> None:
    """Keep what the figures of documents count of which nothing was kept before."""
    rows = [(document, *one) for document, counted in written.items() for one in counted]
    put(connection, t.counts, ("document", *Kept._fields), rows)


def packed_in(connection: Connection, documents: Iterable[int]) -> dict[int, list[str]]:
    """The counts of these documents as they are kept, in the order in which they were read."""
    found: dict[int, list[str]] = {}
    for document, packed in fetched(connection, _COUNTS, set(documents)):
        found.setdefault(document, []).append(packed)
    return found


def counts_in(connection: Connection, documents: Iterable[int]) -> dict[int, list[Count]]:
    """The counts of these documents, in the order in which they were read."""
    return _all_unpacked(packed_in(connection, documents))


def _all_unpacked(packed: Mapping[int, Sequence[str]]) -> dict[int, list[Count]]:
    return {document: [_unpacked(one) for one in some] for document, some in packed.items()}


@lru_cache(maxsize=8192)
def _unpacked(packed: str) -> Count:
    """A story that grows is read again with each article: of its others nothing has changed."""
    return from_json(json.loads(packed))


class Told(NamedTuple):
    """What is written of the series of a story: of each its row, with its points, each with its places; all without the
    numbers of rows. And the conflicts between their figures.
    """

    rows: Sequence[tuple[_Row, Sequence[tuple[_Row, Sequence[_Row]]]]]
    conflicts: Sequence[Conflict]


def told(scene: Scene, packed: Mapping[int, Sequence[str]]) -> tuple[tuple[Series, ...], Told]:
    """The series of a story from the counts that are kept of its documents, and what is written of them. Pure: the same
    scene always gives the same."""
    found = grouping.series(scene, _all_unpacked(packed))
    rows = [
        (
            _series_row(scene, one),
            [(_point_row(place, one, point), _place_rows(point)) for place, point in enumerate(one.points)],
        )
        for one in found
    ]
    return found, Told(rows, disputes(found))


def write(connection: Connection, made: Mapping[int, Told]) -> None:
    """Put the series of these stories, by their rows, and their conflicts in the place of those that were there."""
    for some in batched(sorted(made)):
        connection.execute(_FORGET_STORIES, {"wanted": some})
    series_rows = [row for one in made.values() for row in one.rows]
    series_numbers = numbers(connection, t.series, len(series_rows))
    points = [
        ((number, *point), places)
        for number, (_, points) in zip(series_numbers, series_rows, strict=True)
        for point, places in points
    ]
    point_numbers = numbers(connection, t.series_points, len(points))
    whole = [(number, *row) for number, (row, _) in zip(series_numbers, series_rows, strict=True)]
    put(connection, t.series, _SERIES, whole)
    whole = [(number, *row) for number, (row, _) in zip(point_numbers, points, strict=True)]
    put(connection, t.series_points, _POINT, whole)
    whole = [(number, *row) for number, (_, places) in zip(point_numbers, points, strict=True) for row in places]
    put(connection, t.series_places, _PLACE, whole)
    write_conflicts(connection, {story: one.conflicts for story, one in made.items()}, maker="series")


_SERIES = (
    *("id", "key", "story", "thing", "event", "also", "unit", "whose", "firmness", "tally", "part", "scope", "since"),
    *("trend", "best_low", "best_high", "disputed", "day", "points"),
)
_POINT = (
    *("id", "series", "who", "name", "outlet", "low", "high", "bound", "status", "tally", "change", "reported"),
    *("as_of", "event_first", "event_last", "copies", "best", "place"),
)
_PLACE = ("point", "document", "key", "record", "spans", "context_start", "context_end")


def _series_row(scene: Scene, one: Series) -> _Row:
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


def _point_row(place: int, one: Series, point: Point) -> _Row:
    first, last = point.event_date if point.event_date is not None else (None, None)
    return (
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


def _place_rows(point: Point) -> list[_Row]:
    return [
        (
            place.member.document,
            derived_id("f", place.member.hash, place.count.key),
            place.count.key,
            json.dumps([list(span) for span in place.count.spans]),
            place.count.context.start,
            place.count.context.end,
        )
        for place in point.places
    ]
