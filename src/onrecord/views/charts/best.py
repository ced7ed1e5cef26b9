"""The best value of a series as marks below its points: a line that steps, with a band where the value is a range."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from onrecord.ledger.series.course import StepRow
from onrecord.ledger.series.rows import SeriesRow
from onrecord.views.charts.theme import Spec
from onrecord.views.charts.times import Extent, extent_of, written

__all__ = ["best_layers"]


def best_layers(row: SeriesRow, course: Sequence[StepRow], extent: Extent, axes: tuple[Spec, Spec]) -> list[Spec]:
    """The best value in its time, from the days of `course` to the end of `extent`; without a course the current one alone,
    from the first day that it was given on. `axes` are the encodings across and up, without their fields.
    """
    x, y = axes
    bands = _bands(course or _current(row), extent)
    if not bands:
        return []
    dash = {"strokeDash": [6, 4]} if row.firmness == "open" else {}
    line = {"type": "rule", "style": "best", "aria": False, **dash}
    along = {"x": {**x, "field": "x"}, "x2": {"field": "x2"}}
    layers: list[Spec] = [
        {
            "transform": [{"filter": "datum.low != datum.high"}],
            "mark": {"type": "rect", "style": "band", "aria": False},
            "encoding": {**along, "y": {**y, "field": "low"}, "y2": {"field": "high"}},
        },
        {"mark": line, "encoding": {**along, "y": {**y, "field": "low"}}},
        {
            "transform": [{"filter": "datum.low != datum.high"}],
            "mark": line,
            "encoding": {**along, "y": {**y, "field": "high"}},
        },
    ]
    steps = [
        {"x": after["x"], "low": min(before["high"], after["high"]), "high": max(before["low"], after["low"])}
        for before, after in pairwise(bands)
        if before["high"] < after["low"] or before["low"] > after["high"]
    ]
    riser = {"x": {**x, "field": "x"}, "y": {**y, "field": "low"}, "y2": {"field": "high"}}
    stairs: list[Spec] = [{"data": {"values": steps}, "mark": line, "encoding": riser}] if steps else []
    return [{"data": {"values": bands}, "layer": layers}, *stairs]


def _bands(course: Sequence[StepRow], extent: Extent) -> list[Spec]:
    """Each step from its day to the next one's. An open end is drawn as the end that is known."""
    dated: list[tuple[datetime, StepRow]] = [
        (max(span[0], extent[0]), step) for step in course if (span := extent_of(step.on)) is not None
    ]
    ends = [*(start for start, _ in dated[1:]), extent[1]][: len(dated)]
    bands = []
    for (start, step), end in zip(dated, ends, strict=True):
        known = [value for value in (step.low, step.high) if value is not None]
        if known and start < end:
            bands.append({"x": written(start), "x2": written(end), "low": known[0], "high": known[-1]})
    return bands


def _current(row: SeriesRow) -> list[StepRow]:
    given = sorted(point.as_of for point in row.points if point.best and point.as_of is not None)
    if row.best is None or not given:
        return []
    return [StepRow(given[0], row.best.low, row.best.high, row.best.disputed)]
