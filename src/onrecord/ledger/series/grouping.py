"""Which counts of a story are figures of the same thing. Pure: depends on the set of documents and rulings alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations

from onrecord.ledger.ids import derived_id
from onrecord.ledger.scene import Record, Scene
from onrecord.ledger.series.best import Best, Trend, best_of, trend_of
from onrecord.ledger.series.count import Count
from onrecord.ledger.series.joining import joined
from onrecord.ledger.series.keys import PEOPLE_CLASSES, Firmness, Key, base_key
from onrecord.ledger.series.points import Placed, Point, interval_of, place_counts, points_of

__all__ = ["Firmness", "Key", "Series", "may_fall", "series"]

_APART = 31  # days: a wounded man may die, and a trial name the day of death, weeks after the event
_SAME = 3  # days between dates that may be of one event: the night it began and the day that it was known


@dataclass(frozen=True, slots=True)
class Series:
    """The figures of one thing in one story. `members` are all its counts in canonical order."""

    id: str
    story: int
    key: Key
    points: tuple[Point, ...]
    trend: Trend
    best: Best | None
    members: tuple[Record, ...]


def series(scene: Scene, counts: Mapping[int, Sequence[Count]]) -> tuple[Series, ...]:
    """All series of a story from the counts of its documents (by row), in canonical order of their first members."""
    placed = place_counts(scene, counts)
    groups = joined(_grouped(scene, placed))
    groups = _moved(scene, groups)
    found = [_series(scene, key, members) for key, members in groups if members]
    return tuple(sorted(found, key=lambda s: _order(placed, s)))


def _order(placed: Sequence[Placed], one: Series) -> tuple[object, ...]:
    first = one.points[0].places[0]
    return min((p.order for point in one.points for p in point.places), default=first.order)


def _series(scene: Scene, key: Key, members: Sequence[Placed]) -> Series:
    ordered = sorted(members, key=lambda p: p.order)
    points = points_of(ordered)
    falling = may_fall(key.event, increment=key.increment)
    best, walk = best_of(points, may_fall=falling) if key.scope == "event" else (None, ())
    return Series(
        id=derived_id("f", ordered[0].member.hash, ordered[0].count.key),
        story=scene.story,
        key=key,
        points=points,
        trend=trend_of(walk, points),
        best=best,
        members=tuple(p.record for p in ordered),
    )


def may_fall(event: str | None, *, increment: bool) -> bool:
    """Whether a number of what `event` happened to falls by itself: the missing are found, the dead stay dead."""
    passing = event in ("missing", "displaced", "evacuated", "homeless", "arrested")
    return passing or event not in PEOPLE_CLASSES or increment


def _grouped(scene: Scene, placed: Sequence[Placed]) -> list[tuple[Key, list[Placed]]]:
    since = _own_times(placed)
    groups: dict[Key, list[Placed]] = {}
    for item in placed:
        key = base_key(item.count)
        if (day := since(item.count)) is not None:  # most are of the story's own event
            key = replace(key, since=day)
        groups.setdefault(key, []).append(item)
    found: list[tuple[Key, list[Placed]]] = []
    for key, members in groups.items():
        owners = [tuple(filter(None, (_who(scene, m, m.count.whose),))) for m in members]
        for whose, owned in _apart(members, owners):
            places = [tuple(sorted(filter(None, (_who(scene, m, e) for e in m.count.places)))) for m in owned]
            for place, there in _apart(owned, places):
                told_apart = replace(key, whose=whose[0] if whose else None, place=place) if whose or place else key
                found.append((told_apart, there))
    return found


def _own_times(placed: Iterable[Placed]) -> Callable[[Count], str | None]:
    """Gives a count the first day of the event it is of, or None for the story's own event and for undated counts.

    The story's own event lies on the days that most documents date figures of. What is dated days before is another one;
    what comes up to a month after may still be its outcome.
    """
    dated = [(p.count.event_date, p.member.hash) for p in placed if p.count.event_date is not None]
    short = sorted({d for d, _ in dated if _length(d) <= _APART})
    clusters: list[list[tuple[str, str]]] = []
    for interval in short:
        if clusters and _days_between(max(end for _, end in clusters[-1]), interval[0]) <= _SAME:
            clusters[-1].append(interval)
        else:
            clusters.append([interval])
    if not clusters:
        return lambda count: count.event_date[0] if count.event_date is not None else None
    weights = [len({doc for d, doc in dated if d in set(cluster)}) for cluster in clusters]
    best = max(range(len(clusters)), key=lambda i: (weights[i], -_length(clusters[i][0]), clusters[i][0]))
    main = (clusters[best][0][0], max(end for _, end in clusters[best]))

    def since(count: Count) -> str | None:
        when = count.event_date
        if when is None or (_days_between(main[1], when[0]) <= _APART and _days_between(when[1], main[0]) <= _SAME):
            return None
        return next((c[0][0] for c in clusters if when in c), when[0])

    return since


def _length(interval: tuple[str, str]) -> int:
    return _days_between(*interval)


def _days_between(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)) // timedelta(1)


def _who(scene: Scene, item: Placed, entity: str | None) -> str | None:
    if entity is None:
        return None
    return scene.people.get((item.member.document, entity)) or derived_id("p", item.member.hash, entity)


def _apart(members: Sequence[Placed], marks: Sequence[tuple[str, ...]]) -> list[tuple[tuple[str, ...], list[Placed]]]:
    """Apart by marks (places, owners) only where one voice in one document gives disjoint values for different ones:
    "12 in Drusa, 3 in Karst". Elsewhere a mark is only what one report happens to name."""
    telling: set[tuple[str, ...]] = set()
    voices: dict[tuple[str, str], list[tuple[tuple[str, ...], Count]]] = {}
    for mark, item in zip(marks, members, strict=True):
        if mark:
            voices.setdefault((item.member.hash, item.holder), []).append((mark, item.count))
    for told in voices.values():
        for (one, count), (other, another) in combinations(told, 2):
            if not set(one) & set(other) and _disjoint(count, another):
                telling |= {one, other}
    found: dict[tuple[str, ...], list[Placed]] = {}
    for mark, item in zip(marks, members, strict=True):
        found.setdefault(mark if mark in telling else (), []).append(item)
    return list(found.items())


def _disjoint(one: Count, other: Count) -> bool:
    a, b = interval_of(one.low, one.high, one.bound), interval_of(other.low, other.high, other.bound)
    return (a[1] is not None and b[0] is not None and a[1] < b[0]) or (
        b[1] is not None and a[0] is not None and b[1] < a[0]
    )


def _moved(scene: Scene, groups: list[tuple[Key, list[Placed]]]) -> list[tuple[Key, list[Placed]]]:
    """People's rulings: a figure goes into the series that holds another one, or into one of its own."""
    moved = scene.rulings.moved
    where = {item.record: i for i, (_, members) in enumerate(groups) for item in members}
    targets: dict[int, list[Placed]] = {}
    alone: list[tuple[Key, list[Placed]]] = []
    kept: list[list[Placed]] = []
    for key, members in groups:
        stay = []
        for item in members:
            if item.record not in moved:
                stay.append(item)
                continue
            target = _settled(moved, item.record)
            if target is None or target not in where:
                alone.append((key, [item]))
            else:
                targets.setdefault(where[target], []).append(item)
        kept.append(stay)
    result = [(key, [*kept[i], *targets.get(i, ())]) for i, (key, _) in enumerate(groups)]
    return [*result, *alone]


def _settled(moved: Mapping[Record, Record | None], record: Record) -> Record | None:
    """Where a chain of moves ends; a figure moved to one that was moved itself follows it. Circles end where they began."""
    seen = {record}
    target = moved[record]
    while target is not None and target in moved and target not in seen:
        seen.add(target)
        target = moved[target]
    return target
