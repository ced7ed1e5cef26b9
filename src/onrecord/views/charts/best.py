"""The best value of a series as marks below its points."""

from __future__ import annotations

from onrecord.ledger.series.rows import SeriesRow
from onrecord.views.charts.theme import Spec
from onrecord.views.charts.times import extent_of, written

__all__ = ["best_layers"]


def best_layers(row: SeriesRow, x: Spec, y: Spec) -> list[Spec]:
    """The current best value from the first day that it was given on: a line, with a band where it is a range."""
    if row.best is None:
        return []
    ends = [end for end in dict.fromkeys((row.best.low, row.best.high)) if end is not None]
    extents = [extent for point in row.points if (extent := extent_of(point.as_of)) is not None]
    given = [e for p in row.points if p.best and (e := extent_of(p.as_of)) is not None]
    if not ends or not extents or not given:
        return []
    values = [
        {
            "x": written(min(e[0] for e in given)),
            "x2": written(max(e[1] for e in extents)),
            "low": ends[0],
            "high": ends[-1],
        }
    ]
    dash = {"strokeDash": [6, 4]} if row.firmness == "open" else {}
    span = {"x": {**x, "field": "x"}, "x2": {"field": "x2"}}
    line = {"type": "rule", "style": "best", "aria": False, **dash}
    layers: list[Spec] = []
    if len(ends) > 1:
        band = {"y": {**y, "field": "low"}, "y2": {"field": "high"}}
        layers.append({"mark": {"type": "rect", "style": "band", "aria": False}, "encoding": {**span, **band}})
    for end in ("low", "high")[: len(ends)]:
        layers.append({"mark": line, "encoding": {**span, "y": {**y, "field": end}}})
    return [{"data": {"values": values}, "layer": layers}]
