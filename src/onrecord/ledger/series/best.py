"""The current best value of a series and how it moved. Pure functions of its points.

Latest as-of first. On one day the last word of each holder counts, and of values that exclude each other the one with
more holders; where that leaves a tie, the interval that spans both, marked as disputed. A number of dead or wounded
does not fall by itself: a later lower one is taken only where the words say that it fell, or where its holder gave the
higher one before, or two holders give it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from onrecord.ledger.series.points import Interval, Point, interval_of

__all__ = ["Best", "Trend", "best_of", "disjoint", "trend_of"]

Trend = Literal["rising", "falling", "steady", "mixed", "single"]


@dataclass(frozen=True, slots=True)
class Best:
    """The value as an interval, whether holders dispute it, and the points that give it."""

    low: float | None
    high: float | None
    disputed: bool
    sources: tuple[Point, ...]


def disjoint(one: Interval, other: Interval) -> bool:
    return (one[1] is not None and other[0] is not None and one[1] < other[0]) or (
        other[1] is not None and one[0] is not None and other[1] < one[0]
    )


def best_of(points: Sequence[Point], *, may_fall: bool) -> tuple[Best | None, tuple[Best, ...]]:
    """The best value, and all values that were the best in their time."""
    walk: list[Best] = []
    usable = [p for p in points if p.scope == "event" or p.day]
    days = sorted({p.day for p in usable})
    for day in days:
        value = _of_day([p for p in usable if p.day == day], may_fall=may_fall)
        if not walk or may_fall or not _below(value, walk[-1]) or _lowered(value, walk[-1]):
            walk.append(_narrowed(value, walk[-1]) if walk else value)
    return (walk[-1] if walk else None), tuple(walk)


def _interval(point: Point) -> Interval:
    return interval_of(point.low, point.high, point.bound)


def _of_day(points: Sequence[Point], *, may_fall: bool) -> Best:
    """The value of one day, from the last word of each holder on it."""
    last: dict[str, Point] = {}
    if not may_fall:
        parts = _parts(points)
        points = [p for p in points if id(p) not in parts]
    numbers = [p.low or 0.0 for p in points if any(place.count.figure is not None for place in p.places)]
    for point in points:
        listed = all(place.count.figure is None for place in point.places)
        if listed and numbers and (point.low or 0.0) < max(numbers):
            continue  # people listed by name are not always all of them
        held = last.get(point.holder)
        if held is None or _later(point, held, may_fall=may_fall):
            last[point.holder] = point
    ranked = sorted(last.values(), key=lambda p: (p.as_of, p.places[0].order))
    if not may_fall or all("T" in p.as_of for p in ranked):
        ranked = [p for p in ranked if not any(_overtakes(q, p) for q in ranked)]
    groups: list[list[Point]] = []
    for point in ranked:
        for group in groups:
            if not any(disjoint(_interval(point), _interval(other)) for other in group):
                group.append(point)
                break
        else:
            groups.append([point])
    outlets = all(point.outlet for point in ranked)
    support = [_support(group, outlets=outlets) for group in groups]
    most = max(support)
    leading = [group for group, its in zip(groups, support, strict=True) if its == most]
    values = [_intersection(g) for g in leading]
    sources = tuple(p for g in leading for p in g)
    if len(leading) == 1:
        return Best(*values[0], disputed=False, sources=sources)
    low = None if any(v[0] is None for v in values) else min(v[0] for v in values if v[0] is not None)
    high = None if any(v[1] is None for v in values) else max(v[1] for v in values if v[1] is not None)
    return Best(low, high, disputed=True, sources=sources)


def _parts(points: Sequence[Point]) -> set[int]:
    """Which points (by `id`) are only a part of another: a document gives a toll and, in its own voice, one below it.

    No word says that it changed, and nobody is quoted against the outlet: then it counts some of them, not all anew.
    """
    told: dict[int, dict[int, Point]] = {}
    for point in points:
        if point.change is None:
            for place in point.places:
                told.setdefault(place.member.document, {})[id(point)] = point
    return {
        id(part)
        for together in told.values()
        for part in together.values()
        if any((whole.outlet or part.outlet) and _is_below(part, whole) for whole in together.values())
    }


def _support(points: Sequence[Point], *, outlets: bool) -> tuple[int, int]:
    """How many holders; among outlets alone, how many sentences say it: a total is repeated, a part is said once."""
    return len(points), len({place.record for p in points for place in p.places}) if outlets else 0


def _later(point: Point, held: Point, *, may_fall: bool) -> bool:
    """Whether `point` is the same holder's later word on one day. Without times of day a toll's later word is higher."""
    if "T" in point.as_of and "T" in held.as_of and point.as_of != held.as_of:
        return point.as_of > held.as_of and (may_fall or not _is_below(point, held) or point.change is not None)
    if point.change is not None and held.change is None:
        return True
    if may_fall:
        return point.places[0].order > held.places[0].order
    return held.change is None and (point.low or 0, -(point.high or 0)) > (held.low or 0, -(held.high or 0))


def _is_below(one: Point, other: Point) -> bool:
    high, low = _interval(one)[1], _interval(other)[0]
    return high is not None and low is not None and high < low


def _overtakes(later: Point, earlier: Point) -> bool:
    """A value of a later hour, or one that the words call a rise or fall, replaces another that excludes it."""
    if later.holder == earlier.holder or not disjoint(_interval(later), _interval(earlier)):
        return False
    timed = "T" in later.as_of and "T" in earlier.as_of and later.as_of > earlier.as_of
    return later.as_of >= earlier.as_of and earlier.change is None and (timed or later.change in ("up to", "down to"))


def _intersection(points: Sequence[Point]) -> Interval:
    exact = [p for p in points if p.bound in ("exactly", "between")]
    intervals = [(p.low, p.high) for p in exact] or [_open(p) for p in points]
    lows = [low for low, _ in intervals if low is not None]
    highs = [high for _, high in intervals if high is not None]
    return (max(lows) if lows else None), (min(highs) if highs else None)


def _open(point: Point) -> Interval:
    return (point.low, point.high) if point.bound == "about" else _interval(point)


def _below(value: Best, current: Best) -> bool:
    return value.high is not None and current.low is not None and value.high < current.low


def _lowered(value: Best, current: Best) -> bool:
    holders = {p.holder for p in value.sources}
    said = any(p.change in ("down to", "down") for p in value.sources)
    own = any(not p.outlet and p.level and p.holder in {q.holder for q in current.sources} for p in value.sources)
    return said or own or len(holders) > 1


def _narrowed(value: Best, current: Best) -> Best:
    """ "At least 14" after "14" says nothing new: the number stands as long as nothing excludes it."""
    low, high = current.low, current.high
    if value.low is None or value.high is not None or low is None or high is None or current.disputed:
        return value
    if value.low <= low:
        return Best(low, high, disputed=False, sources=(*current.sources, *value.sources))
    return value


def trend_of(walk: Sequence[Best], points: Sequence[Point]) -> Trend:
    """How the best value moved from first to last; of a series without one, how its points did.

    It takes two moments that are told apart, and a value on which the holders of a day agree: a dispute is no movement.
    """
    earlier = [_interval(p) for p in points if p.scope == "earlier" and not p.day]
    settled = [_value(b) for b in walk if not b.disputed]
    values = [*earlier, *settled] if walk else [_interval(p) for p in points]
    # A value that a text recalls without its day is no moment of its own, unless it says that it has changed since.
    if len({p.day for p in points if p.day or p.scope != "earlier" or p.change is not None}) < 2:
        values = _hours(walk, points)
        if len(values) < 2:
            return "single"
    steps = {_step(a, b) for a, b in pairwise(values)} - {0}
    if not steps:
        return "steady"
    if len(steps) > 1:
        return "mixed"
    return "rising" if steps == {1} else "falling"


def _hours(walk: Sequence[Best], points: Sequence[Point]) -> list[Interval]:
    """The values that one holder of the best one gave in the hours of a single day, where they differ."""
    for source in walk[-1].sources if walk else ():
        told = {p.as_of: _interval(p) for p in points if p.holder == source.holder and "T" in p.as_of}
        values = [told[moment] for moment in sorted(told)]
        if len(set(values)) > 1:
            return values
    return []


def _value(best: Best) -> Interval:
    return best.low, best.high


def _step(before: Interval, after: Interval) -> int:
    """1 up, -1 down; 0 where the later value lies within the earlier one: "25,000 to 30,000", then 27,000."""
    if before[0] is not None and before[1] is not None and not disjoint(before, after):
        return 0
    one, other = (v[0] if v[0] is not None else v[1] for v in (before, after))
    if one is None or other is None or one == other:
        return 0
    return 1 if other > one else -1
