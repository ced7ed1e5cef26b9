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

_LONG: Final = 10  # degrees of an edge without a point on it

_DATA = Path(__file__).parent / "data" / "land-50m.json"


def land_within(window: Window) -> dict[str, Any]:
    """A GeoJSON Feature: the land in the window, cut at its edges, as finely as can be seen on a thousand pixels."""
    step = max(window[3] - window[1], window[2] - window[0]) / 1000
    polygons = [cut for polygon in _polygons() if (cut := _cut_polygon(polygon, window, step))]
    return {
        "type": "Feature",
        "properties": {},
        "geometry": {"type": "MultiPolygon", "coordinates": polygons},
    }


def _cut_polygon(polygon: Sequence[Sequence[_Point]], window: Window, step: float) -> list[list[_Point]]:
    outer, *holes = (_thinned(_cut(ring, window), step) for ring in polygon)
    # Without its outer ring nothing of it is in the window, or all of it is too small to be seen.
    return [ring for ring in (outer, *holes) if len(ring) > 3] if len(outer) > 3 else []


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
        found += [(x + (to_x - x) * n / parts, y + (to_y - y) * n / parts) for n in range(1, parts + 1)]
    return found


def _cut(ring: Sequence[_Point], window: Window) -> list[_Point]:
    """The ring cut along each edge of the window in turn (Sutherland and Hodgman, 1974)."""
    south, west, north, east = window
    points = list(ring)
    if max(x for x, _ in points) < west or min(x for x, _ in points) > east:
        return []
    if max(y for _, y in points) < south or min(y for _, y in points) > north:
        return []
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


@cache
def _polygons() -> tuple[tuple[tuple[_Point, ...], ...], ...]:
    """All polygons, each an outer ring and its holes: the arcs of the topology put together (TopoJSON 2.1.4)."""
    topology = json.loads(_DATA.read_text(encoding="utf-8"))
    (scale_x, scale_y), (move_x, move_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs: list[list[_Point]] = []
    for arc in topology["arcs"]:
        xs, ys = accumulate(x for x, _ in arc), accumulate(y for _, y in arc)
        arcs.append([(x * scale_x + move_x, y * scale_y + move_y) for x, y in zip(xs, ys, strict=True)])

    def ring(numbers: Sequence[int]) -> tuple[_Point, ...]:
        # ~n is arc n walked backwards; each arc begins where the last one ended.
        parts = [arcs[n] if n >= 0 else arcs[~n][::-1] for n in numbers]
        return (*parts[0], *(point for part in parts[1:] for point in part[1:]))

    land = topology["objects"]["land"]["geometries"]
    return tuple(
        tuple(ring(numbers) for numbers in polygon)
        for shape in land
        for polygon in ([shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"])
    )
