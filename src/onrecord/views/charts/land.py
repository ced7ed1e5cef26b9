"""The coasts of the world within a window, as GeoJSON: what a map lies on.

The outlines (`data/land-50m.json`) are Natural Earth's land, in the public domain, as the npm package world-atlas has them
(ISC License, `data/LICENSE`). Land alone: where one state ends and the next begins is often what the news is about, and a
map should not say.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cache
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any, Final

__all__ = ["Window", "land_within"]

Window = tuple[float, float, float, float]
"""South, west, north, east, in degrees."""

_Point = tuple[float, float]
"""Degrees east, then north, as GeoJSON has them."""

_Polygon = tuple[tuple[_Point, ...], ...]
"""An outer ring and its holes."""

_EDGE: Final = 179.99
_LONG: Final = 10  # degrees of an edge without a point on it

_DATA = Path(__file__).parent / "data" / "land-50m.json"


def land_within(window: Window) -> dict[str, Any]:
    """A GeoJSON Feature: the land in the window, cut at its edges, as finely as can be seen on six hundred pixels.

    The window is twice as wide as what a map shows of it. A map of the world is 120 kB (40 compressed), one of a country
    18 (5).
    """
    south, west, north, east = window
    # On the date line itself east and west are the same place, and a ring along it may hold the rest of the world.
    window = south, max(west, -_EDGE), north, min(east, _EDGE)
    step = max(east - west, north - south) / 600
    polygons = [
        cut
        for bounds, polygon in _polygons()
        for turn in (-360.0, 0.0, 360.0)
        if _meet(bounds, window, turn) and (cut := _cut_polygon(_turned(polygon, turn), window, step))
    ]
    return {
        "type": "Feature",
        "properties": {},
        "geometry": {"type": "MultiPolygon", "coordinates": polygons},
    }


def _meet(bounds: Window, window: Window, turn: float) -> bool:
    south, west, north, east = bounds
    return south <= window[2] and north >= window[0] and west + turn <= window[3] and east + turn >= window[1]


def _turned(polygon: _Polygon, turn: float) -> _Polygon:
    return tuple(tuple((x + turn, y) for x, y in ring) for ring in polygon) if turn else polygon


def _cut_polygon(polygon: _Polygon, window: Window, step: float) -> list[list[_Point]]:
    outer, *holes = (_thinned(_cut(ring, window), step) for ring in polygon)
    # On a sphere a ring that runs the wrong way round holds all the rest of the world. Outer rings run clockwise, holes
    # the other way; thinning turns some of the smallest over, which are left out as too small to be seen.
    if _area(outer) > -(step**2):
        return []
    return [outer, *(hole for hole in holes if _area(hole) > step**2)]


def _area(ring: Sequence[_Point]) -> float:
    """Square degrees; negative where the ring runs clockwise."""
    return sum(x * to_y - to_x * y for (x, y), (to_x, to_y) in pairwise(ring)) / 2


def _thinned(ring: Sequence[_Point], step: float) -> list[_Point]:
    """The ring without points that lie within `step` of the one before them. Longitudes and latitudes to 0.01 degrees."""
    kept: list[_Point] = []
    for x, y in ring[:-1]:
        if not kept or abs(x - kept[-1][0]) >= step or abs(y - kept[-1][1]) >= step:
            kept.append((round(x, 2), round(y, 2)))
    return _densified([*kept, kept[0]]) if kept else []


def _densified(ring: Sequence[_Point]) -> list[_Point]:
    """With points on the long edges that the cut made: projections follow the great circle between two points, and the one
    from 180 degrees west to 180 degrees east has no length."""
    found = [ring[0]]
    for (x, y), (to_x, to_y) in pairwise(ring):
        parts = int(max(abs(to_x - x), abs(to_y - y)) // _LONG) + 1
        found += [(round(x + (to_x - x) * n / parts, 2), round(y + (to_y - y) * n / parts, 2)) for n in range(1, parts)]
        found.append((to_x, to_y))
    return found


def _cut(ring: Sequence[_Point], window: Window) -> list[_Point]:
    """The ring cut along each edge of the window in turn (Sutherland and Hodgman, 1974)."""
    south, west, north, east = window
    points = list(ring)
    edges: tuple[tuple[Callable[[_Point], float], int], ...] = (
        (lambda p: p[0] - west, 0),
        (lambda p: east - p[0], 0),
        (lambda p: p[1] - south, 1),
        (lambda p: north - p[1], 1),
    )
    for inside, _ in edges:
        kept: list[_Point] = []
        for one, other in zip([points[-1], *points], points, strict=False):
            a, b = inside(one), inside(other)
            if (a < 0) != (b < 0):
                share = a / (a - b)
                kept.append((one[0] + share * (other[0] - one[0]), one[1] + share * (other[1] - one[1])))
            if b >= 0:
                kept.append(other)
        points = kept
        if not points:
            return []
    return [*points, points[0]]


def _unrolled(ring: Sequence[_Point]) -> tuple[_Point, ...]:
    """The ring as it lies on a plane: beyond 180 degrees where it goes on there, and by way of the pole where it goes all
    round one (Antarctica)."""
    found = [ring[0]]
    for x, y in ring[1:]:
        before = found[-1][0]
        found.append((x - 360 * round((x - before) / 360), y))
    if abs(found[-1][0] - found[0][0]) > 180:
        pole = -90.0 if found[0][1] < 0 else 90.0
        found += [(found[-1][0], pole), (found[0][0], pole), found[0]]
    return tuple(found)


@cache
def _polygons() -> tuple[tuple[Window, _Polygon], ...]:
    """All polygons with what they lie in: the arcs of the topology put together (TopoJSON 2.1.4)."""
    topology = json.loads(_DATA.read_text(encoding="utf-8"))
    (scale_x, scale_y), (move_x, move_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs: list[list[_Point]] = []
    for arc in topology["arcs"]:
        xs, ys = accumulate(x for x, _ in arc), accumulate(y for _, y in arc)
        arcs.append([(x * scale_x + move_x, y * scale_y + move_y) for x, y in zip(xs, ys, strict=True)])

    def ring(numbers: Sequence[int]) -> tuple[_Point, ...]:
        # ~n is arc n walked backwards; each arc begins where the last one ended.
        parts = [arcs[n] if n >= 0 else arcs[~n][::-1] for n in numbers]
        return _unrolled([*parts[0], *(point for part in parts[1:] for point in part[1:])])

    land = topology["objects"]["land"]["geometries"]
    polygons = [
        tuple(ring(numbers) for numbers in polygon)
        for shape in land
        for polygon in ([shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"])
    ]
    return tuple((_bounds(outer), (outer, *(_beside(hole, outer) for hole in holes))) for outer, *holes in polygons)


def _beside(hole: tuple[_Point, ...], outer: Sequence[_Point]) -> tuple[_Point, ...]:
    """The hole on the same turn round the world as the ring it lies in."""
    _, west, _, east = _bounds(outer)
    turn = 360.0 * round(((west + east) / 2 - hole[0][0]) / 360)
    inside = west <= hole[0][0] <= east
    return hole if inside else tuple((x + turn, y) for x, y in hole)


def _bounds(ring: Sequence[_Point]) -> Window:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return min(ys), min(xs), max(ys), max(xs)
