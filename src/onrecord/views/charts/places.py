"""The places that a story names, on a map: a circle each, as large as it is often named, over land without borders."""

from __future__ import annotations

from collections.abc import Sequence
from math import asinh, atan, cos, degrees, radians, sinh, sqrt, tan
from typing import Final

from onrecord.ledger.stories.rows import MapRow
from onrecord.reader.cities import cities_within
from onrecord.views.charts.land import Window, land_within
from onrecord.views.charts.theme import SCHEMA, Spec, config
from onrecord.views.charts.words import address

__all__ = ["map_chart", "map_notes"]

_WIDTH, _HEIGHT = 680, 380
_LEAST: Final = 3.0  # degrees of the shorter side at least: a map of one town still shows where it lies
_ROOM: Final = 1.35  # of what the places take up
_NAMED: Final = 15  # places with their names beside them; all say theirs when pointed at
_AROUND: Final = 6  # large cities for orientation
_POLE: Final = 84.0  # Mercator has no poles
_CIRCLE: Final = (60, 900)  # square pixels of the least and the most often named


def map_chart(rows: Sequence[MapRow], links: bool = False) -> Spec:
    """The Vega-Lite 6 specification of a map. `links`: each place leads to where it is first named, on the ledger's web
    pages. Without a place it has no mark.
    """
    spec: Spec = {
        "$schema": SCHEMA,
        "title": {"text": "Places", "subtitle": list(map_notes(rows))},
        "description": f"A map of {len(rows)} places",
        "width": _WIDTH,
        "height": _HEIGHT,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "config": config(),
    }
    if not rows:
        return {**spec, "data": {"values": []}, "mark": "point"}
    middle, spans, window = _window(rows)
    # The map fills the chart whatever its size: the world is as wide as 2 pi times the scale.
    scale = f"min(width / {spans[0]:.6f}, height / {spans[1]:.6f})"
    projection = {
        "type": "mercator",
        "center": middle,
        "scale": {"expr": scale},
        "translate": {"expr": "[width / 2, height / 2]"},
    }
    return {**spec, "layer": [{**layer, "projection": projection} for layer in _layers(rows, window, links)]}


def map_notes(rows: Sequence[MapRow]) -> tuple[str, ...]:
    """What a reader of the map must know."""
    if not rows:
        return ()
    return ("Larger: named more often", "Land: Natural Earth; grey towns, for orientation: GeoNames")


def _window(rows: Sequence[MapRow]) -> tuple[list[float], tuple[float, float], Window]:
    """The middle in degrees east and north, the width and height in radians on Mercator's map, and what to draw around."""
    xs = [row.longitude for row in rows]
    ys = [_mercator(row.latitude) for row in rows]
    middle_x, middle_y = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    least = _LEAST / max(cos(radians(_latitude(middle_y))), 0.1)
    wide, high = max((max(xs) - min(xs)) * _ROOM, least), max((max(ys) - min(ys)) * _ROOM, least)
    wide, high = max(wide, high * _WIDTH / _HEIGHT), max(high, wide * _HEIGHT / _WIDTH)
    # Half as much again on each side: a chart of another shape than this one shows more than its window.
    window = (
        max(-_POLE, _latitude(middle_y - high)),
        max(-180.0, middle_x - wide),
        min(_POLE, _latitude(middle_y + high)),
        min(180.0, middle_x + wide),
    )
    return [middle_x, _latitude(middle_y)], (radians(wide), radians(high)), window


def _mercator(latitude: float) -> float:
    """Degrees north on Mercator's map, in degrees of the equator."""
    return degrees(asinh(tan(radians(max(-_POLE, min(_POLE, latitude))))))


def _latitude(mercator: float) -> float:
    """The other way."""
    return degrees(atan(sinh(radians(max(-180.0, min(180.0, mercator))))))


def _layers(rows: Sequence[MapRow], window: Window, links: bool) -> list[Spec]:
    ordered = sorted(rows, key=lambda row: (-row.mentions, row.name))
    most = ordered[0].mentions
    places = [_datum(row, most, named=place < _NAMED, links=links) for place, row in enumerate(ordered)]
    spot = {
        "longitude": {"field": "longitude", "type": "quantitative"},
        "latitude": {"field": "latitude", "type": "quantitative"},
    }
    told = {
        "tooltip": [
            {"field": "name", "type": "nominal"},
            {"field": "mentions", "type": "quantitative"},
            {"field": "documents", "type": "quantitative", "title": "articles"},
        ],
        "description": {"field": "label", "type": "nominal"},
        "href": {"field": "href", "type": "nominal"},
    }
    size = {"field": "size", "type": "quantitative", "scale": None}
    name = {"type": "text", "clip": True, "baseline": "middle", "align": "left", "aria": False}
    text = {**spot, "text": {"field": "name", "type": "nominal"}}
    return [
        {
            "data": {"values": [land_within(window)]},
            "mark": {"type": "geoshape", "style": "land", "clip": True, "aria": False},
        },
        {
            "data": {"values": _orientation(rows, window)},
            "encoding": spot,
            "layer": [
                {"mark": {"type": "circle", "style": "town", "size": 10, "clip": True, "aria": False}},
                {"mark": {**name, "style": "note", "fontSize": 11, "dx": 5}, "encoding": text},
            ],
        },
        {
            "data": {"values": places},
            "mark": {"type": "circle", "style": "place", "clip": True},
            "encoding": {**spot, **told, "size": size},
        },
        {
            "data": {"values": [place for place in places if place["named"]]},
            "mark": {**name, "fontWeight": "bold", "dx": {"expr": "4 + sqrt(datum.size / PI)"}},
            "encoding": text,
        },
    ]


def _datum(row: MapRow, most: int, *, named: bool, links: bool) -> Spec:
    least, largest = _CIRCLE
    times = f"named {row.mentions} times in {row.documents} articles"
    datum: Spec = {
        "name": row.name,
        "longitude": row.longitude,
        "latitude": row.latitude,
        "mentions": row.mentions,
        "documents": row.documents,
        "size": least + (largest - least) * sqrt(row.mentions / most),
        "named": named,
        "label": f"{row.name}: {times}",
    }
    return datum | ({"href": address(row.document, [row.span])} if links else {})


def _orientation(rows: Sequence[MapRow], window: Window) -> list[Spec]:
    """The largest cities around that the story does not name, in the middle half of the window: what a map shows of it."""
    south, west, north, east = window
    high, wide = (north - south) / 4, (east - west) / 4
    taken = [(row.longitude, row.latitude) for row in rows]
    chosen = []
    for city in cities_within(south + high, west + wide, north - high, east - wide):
        # A name is about a tenth of the map long and a thirtieth high.
        if all(abs(city.longitude - x) > wide / 4 or abs(city.latitude - y) > high / 8 for x, y in taken):
            taken.append((city.longitude, city.latitude))
            chosen.append({"name": city.name, "longitude": city.longitude, "latitude": city.latitude})
        if len(chosen) == _AROUND:
            break
    return chosen
