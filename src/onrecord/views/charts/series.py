"""A series of figures as a chart: each value at the day it is true for, by holder, with what it leaves open.

    series_chart(row)    over time; by holder where fewer than two days are known

Exact values are points; a range is a bar from its lower to its higher end; "at least" and "at most" have an arrow where
they are open; "about" has a faint bar of the tenth that the ledger allows it either way. Colour and shape say whose a
value is, and hollow grey points are the outlets' in their own voice. The line is the best value in its time, dashed where
it is planned or expected, with a band where it is a range.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from onrecord.ledger.series.course import StepRow
from onrecord.ledger.series.points import interval_of
from onrecord.ledger.series.rows import PointRow, SeriesRow
from onrecord.views.charts.best import best_layers
from onrecord.views.charts.theme import SCHEMA, Spec, config
from onrecord.views.charts.times import extent_of, held_open, spread, time_axis, written
from onrecord.views.charts.words import address, clipped, joined
from onrecord.views.wording import OUTLET, amount, movement, number

__all__ = ["HOLDERS", "MOST", "drawn_points", "series_chart", "series_notes"]

HOLDERS = 7
"""Holders with a colour of their own; eight colours can still be told apart, and the last is for all others."""

MOST = 300
"""Points that a chart shows: at 700 pixels more would lie on each other. The table has all."""

_OTHERS = "others"
_ARROW = 0.07  # of the axis: how far an open end reaches
_POINT = 70  # square pixels
_TOOLTIP = (
    ("value", "value"),
    ("who", "held by"),
    ("as_of", "as of"),
    ("reported", "reported"),
    ("happened", "happened"),
    ("words", "in the words"),
)


def series_chart(row: SeriesRow, links: bool = False, *, course: Sequence[StepRow] = ()) -> Spec:
    """The Vega-Lite 6 specification of a series. `links`: each point leads to its words on the ledger's web pages.
    `course`: how its best value moved (`Ledger.course`); without it the line is the current best value alone.

    At most MOST points are drawn, the newest; its notes (`series_notes`) say so. A series without a value that can be
    drawn gives a chart without a mark.
    """
    drawn = drawn_points(row)
    timed = _is_timed(drawn)
    data = _data(drawn, timed=timed, links=links)
    low, high = _domain([end for item in data for end in (item["from"], item["to"])], row)
    for item in data:
        item.update(_arrow(item, (high - low) * _ARROW))
    names = _names(drawn)
    return {
        "$schema": SCHEMA,
        "title": {"text": row.what, "subtitle": list(series_notes(row, course=course))},
        "description": _described(row),
        "width": 680,
        "height": 260 if timed else max(90, 34 * len({item["who"] for item in data}) + 30),
        "autosize": {"type": "fit-x", "contains": "padding"},
        "config": config(),
        "data": {"values": data},
        "layer": _over_time(row, course, (low, high), names) if timed else _by_holder(row, (low, high), names),
    }


def drawn_points(row: SeriesRow) -> tuple[PointRow, ...]:
    """The points that the chart shows: those whose day is known, the newest MOST; all where fewer than two days are."""
    valued = [point for point in row.points if point.low is not None or point.high is not None]
    dated = [point for point in valued if extent_of(point.as_of) is not None]
    chosen = dated if _is_timed(dated) else valued
    return tuple(chosen[-MOST:])


def series_notes(row: SeriesRow, *, course: Sequence[StepRow] = ()) -> tuple[str, ...]:
    """What a reader of the chart must know: how to read its marks, and what it leaves out."""
    drawn = drawn_points(row)
    bounds = {point.bound for point in drawn}
    marks = [
        "hollow: outlets in their own voice" if any(p.outlet for p in drawn) else None,
        "arrow: open end" if bounds & {"at least", "at most", "more than", "less than"} else None,
        "bar: range given" if "between" in bounds else None,
        "faint bar: “about”, a tenth either way" if "about" in bounds else None,
        f"line: best value {'in its time' if course else 'now'}{', dashed: no fact yet' if row.firmness == 'open' else ''}"
        if row.best is not None and _is_timed(drawn)
        else None,
    ]
    notes = [" · ".join(mark for mark in marks if mark)]
    dated = [point for point in row.points if extent_of(point.as_of) is not None]
    if _is_timed(drawn) and len(dated) < len(row.points):
        missing = len(row.points) - len(dated)
        notes.append(f"{missing} of {len(row.points)} values have no day of their own and stand in the table only")
    if len(drawn) == MOST and len(row.points) > MOST:
        notes.append(f"the newest {MOST} of {len(row.points)} values are drawn")
    return tuple(note for note in notes if note)


def _is_timed(points: Sequence[PointRow]) -> bool:
    return len({(point.as_of or "")[:10] for point in points if extent_of(point.as_of) is not None}) > 1


def _names(points: Sequence[PointRow]) -> list[str]:
    """The holders with a colour of their own, those with the most values first, in the order of the legend."""
    counted = Counter(point.name for point in points if not point.outlet)
    named = [name for name, _ in counted.most_common()]
    return named if len(named) <= HOLDERS + 1 else [*named[:HOLDERS], _OTHERS]


def _data(points: Sequence[PointRow], *, timed: bool, links: bool) -> list[Spec]:
    names = set(_names(points))
    places = spread((point.as_of or "", place) for place, point in enumerate(points)) if timed else {}
    return [
        _datum(point, who=point.name if point.name in names else _OTHERS, links=links)
        | ({"x": written(places[place])} if timed else {})
        for place, point in enumerate(points)
    ]


def _datum(point: PointRow, *, who: str, links: bool) -> Spec:
    value = joined(amount(point.low, point.high, point.bound, None), movement(point.change, point.tally))
    name = _holder(point)
    first, last = interval_of(point.low, point.high, point.bound)
    times = {
        "as_of": (point.as_of or "not known").replace("T", " "),
        "reported": (point.reported or "not known")[:16].replace("T", " "),
        "happened": " – ".join(dict.fromkeys(day for day in (point.event_first, point.event_last) if day)),
    }
    words = clipped(point.context)
    datum: Spec = {
        "at": _at(point),
        "from": first if first is not None else last,
        "to": last if last is not None else first,
        "open": "up" if last is None else "down" if first is None else "",
        "bound": point.bound,
        "who": name if point.outlet else who,
        "outlet": point.outlet,
        "value": value,
        **times,
        "words": words,
        "label": f"{value}, {name}, as of {times['as_of']}: {words}",
    }
    return datum | ({"href": address(point.document, point.spans)} if links else {})


def _holder(point: PointRow) -> str:
    if not point.outlet:
        return point.name
    return point.places[0].publisher or OUTLET


def _at(point: PointRow) -> float | None:
    """Where the point itself is drawn: in the middle of a range, at the known end of an open one."""
    if point.low is not None and point.high is not None:
        return (point.low + point.high) / 2
    return point.low if point.low is not None else point.high


def _arrow(item: Spec, length: float) -> Spec:
    if not item["open"]:
        return {}
    tip = item["at"] + (length if item["open"] == "up" else -length)
    return {"tip": tip}


def _domain(ends: Sequence[float], row: SeriesRow) -> tuple[float, float]:
    """The axis of values: from zero where that does not press the values together, with room for arrows."""
    best = (row.best.low, row.best.high) if row.best is not None else ()
    values = [*ends, *(end for end in best if end is not None)] or [0.0, 1.0]
    low, high = min(values), max(values)
    if 0 <= low <= high * 0.6 or low == high > 0:
        low = 0.0
    room = (high - low or abs(high) or 1.0) * 0.12
    return (low if low == 0 else low - room), high + room


def _described(row: SeriesRow) -> str:
    best = ""
    if row.best is not None:
        ends = [number(end) for end in dict.fromkeys((row.best.low, row.best.high)) if end is not None]
        best = f", best value {'–'.join(ends)}{' (disputed)' if row.best.disputed else ''}"
    return f"{row.what}: {len(row.points)} values, {row.trend}{best}"


def _over_time(row: SeriesRow, course: Sequence[StepRow], domain: tuple[float, float], names: list[str]) -> list[Spec]:
    extents = [extent for point in drawn_points(row) if (extent := extent_of(point.as_of)) is not None]
    extent = min(first for first, _ in extents), max(last for _, last in extents)
    x, y = time_axis(extent), _values(domain, row)
    return [held_open(extent), *best_layers(row, course, extent, (x, y)), *_points({"field": "x", **x}, "y", y, names)]


def _by_holder(row: SeriesRow, domain: tuple[float, float], names: list[str]) -> list[Spec]:
    y = {
        "field": "who",
        "type": "nominal",
        "title": None,
        "sort": {"field": "at", "order": "descending"},
        "axis": {"grid": False, "labelLimit": 200, "ticks": False, "domain": False},
    }
    return _points(y, "x", _values(domain, row), names, legend=False)


def _values(domain: tuple[float, float], row: SeriesRow) -> Spec:
    axis = {"format": ",~f", "tickCount": 5, "title": row.unit}
    return {"type": "quantitative", "scale": {"domain": list(domain), "zero": False, "nice": False}, "axis": axis}


def _points(other: Spec, channel: str, axis: Spec, names: list[str], *, legend: bool = True) -> list[Spec]:
    """The marks of the points: bars of what they leave open, arrows, the points of speakers, those of outlets.

    `channel` is that of the values (y, or x where holders stand beside each other), `other` the encoding across it.
    """
    across = "x" if channel == "y" else "y"
    colour: Spec = {
        "field": "who",
        "type": "nominal",
        "scale": {"domain": names},
        "legend": {"title": None, "symbolOpacity": 1} if legend and names else None,
    }
    told: Spec = {
        "tooltip": [{"field": field, "type": "nominal", "title": title} for field, title in _TOOLTIP],
        "description": {"field": "label", "type": "nominal"},
    }
    by_who: Spec = {"condition": {"test": "!datum.outlet", **colour}, "value": "#808890"}

    def layer(mark: Spec, test: str, **encoding: Spec) -> Spec:
        return {"transform": [{"filter": test}], "mark": mark, "encoding": {across: other, **encoding}}

    def value(field: str) -> Spec:
        return {**axis, "field": field}

    bar: Spec = {channel: value("from"), f"{channel}2": {"field": "to"}, "color": by_who}
    stem: Spec = {channel: value("at"), f"{channel}2": {"field": "tip"}, "color": by_who}
    head: Spec = {channel: value("tip"), "color": by_who}
    point: Spec = {channel: value("at"), "href": {"field": "href", "type": "nominal"}, **told}
    up, down = ("triangle-up", "triangle-down") if channel == "y" else ("triangle-right", "triangle-left")
    plain = {"aria": False}
    return [
        layer({"type": "rule", "strokeWidth": 5, "opacity": 0.25, **plain}, "datum.bound == 'about'", **bar),
        layer({"type": "rule", "strokeWidth": 2, **plain}, "datum.bound == 'between'", **bar),
        layer({"type": "rule", "strokeWidth": 1.5, **plain}, "datum.open != ''", **stem),
        layer({"type": "point", "shape": up, "filled": True, "size": 40, **plain}, "datum.open == 'up'", **head),
        layer({"type": "point", "shape": down, "filled": True, "size": 40, **plain}, "datum.open == 'down'", **head),
        layer({"type": "point", "style": "outlet", "size": _POINT, "opacity": 1}, "datum.outlet", **point),
        layer(
            {"type": "point", "filled": True, "size": _POINT, "opacity": 1},
            "!datum.outlet",
            **point,
            color=colour,
            shape=colour,
        ),
    ]
