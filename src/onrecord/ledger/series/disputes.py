"""Figures that contradict each other. Pure: from the series of a story to conflicts.

`figures`: two holders give values of one series for the same day that exclude each other. What was overtaken during the
day is none: a value of a later hour, one that the words call a rise or a fall, or a higher toll in a later report.
`reversal`: a speaker gives another value for the very same moment.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from onrecord.ledger.conflicts.rows import Conflict, Rule, Side
from onrecord.ledger.series.best import disjoint
from onrecord.ledger.series.classes import TOLLS
from onrecord.ledger.series.grouping import Series
from onrecord.ledger.series.points import Placed, Point, interval_of

__all__ = ["disputes"]

_Value = tuple[float | None, float | None]

_MOST = 24  # points a day compared in one series: a pair of every two of hundreds is no help to anybody


def disputes(series: Iterable[Series]) -> tuple[Conflict, ...]:
    """All conflicts between figures, in canonical order of the series and of their points."""
    return tuple(conflict for one in series for conflict in _in_one(one))


def _in_one(series: Series) -> Iterator[Conflict]:
    if series.key.increment or series.key.scope != "event" or series.key.part == "part":
        return
    if series.key.event is None or series.key.firmness == "denied":
        return
    days: dict[str, list[Point]] = {}
    for point in series.points:
        if point.day and point.scope == "event":
            days.setdefault(point.day, []).append(point)
    for day, points in sorted(days.items()):
        told = sorted(points, key=lambda p: p.places[0].order)[:_MOST]
        givers: dict[float | None, set[str]] = {}
        for point in told:
            givers.setdefault(_size(point), set()).add(point.holder)
        found: dict[tuple[Rule, frozenset[_Value], str], list[tuple[Placed, Placed]]] = {}
        for i, later in enumerate(told):
            for earlier in told[:i]:
                rule = _rule(series, earlier, later)
                if rule is None:
                    continue
                if rule == "figures" and givers[_size(earlier)] & givers[_size(later)]:
                    continue  # somebody gives both: the number moved during the day
                values = frozenset(((earlier.low, earlier.high), (later.low, later.high)))
                who = later.holder if rule == "reversal" else ""
                found.setdefault((rule, values, who), []).append(_facing(earlier, later))
        for (rule, _, _), pairs in found.items():
            # Many may hold each of two values: shown are those whom one document sets against each other, headlines last.
            a, b = min(pairs, key=lambda pair: (_apart(*pair), pair[0].order, pair[1].order))
            yield Conflict(rule, _side(series, a), _side(series, b), _why(series, rule, day), day)


def _facing(earlier: Point, later: Point) -> tuple[Placed, Placed]:
    """The places of two points that stand in one document, where any do; else the first ones."""
    shared = {p.member.document for p in earlier.places} & {p.member.document for p in later.places}
    one, other = ([p for p in q.places if p.member.document in shared] or q.places[:1] for q in (earlier, later))
    pairs = [(a, b) for a in one for b in other]
    a, b = min(pairs, key=lambda pair: (_apart(*pair), pair[0].order, pair[1].order))
    return (a, b) if a.order <= b.order else (b, a)


def _apart(a: Placed, b: Placed) -> tuple[bool, bool]:
    return a.member.document != b.member.document, a.count.heading or b.count.heading


def _rule(series: Series, earlier: Point, later: Point) -> Rule | None:
    if not disjoint(
        interval_of(earlier.low, earlier.high, earlier.bound), interval_of(later.low, later.high, later.bound)
    ):
        return None
    if series.key.event in TOLLS and 0 in (earlier.high, later.high):
        return None  # "nobody was hurt" is said of a shot that missed, beside a toll, far more often than against it
    if earlier.holder == later.holder:
        if later.outlet or later.change is not None or earlier.change is not None:
            return None
        return "reversal" if earlier.as_of == later.as_of and _told_apart(earlier, later) else None
    if _updated(earlier, later) or _updated(later, earlier):
        return None
    rising = (later.low or 0.0) > (earlier.low or 0.0)
    reported = (earlier.reported or "", later.reported or "")
    if rising and "T" in reported[0] and "T" in reported[1] and reported[0] < reported[1]:
        return None
    if (
        later.outlet
        and earlier.outlet
        and series.key.event not in ("killed", "injured", "missing", "displaced", "sent")
    ):
        return None  # outlets that count different things in one sentence are no dispute
    return "figures"


def _told_apart(earlier: Point, later: Point) -> bool:
    """Whether two values for one moment are two words on it: it is a time of day, or a later report names the day again."""
    if "T" in later.as_of:
        return True
    reports = {(p.reported or "")[:10] for p in (earlier, later)}
    return len(reports) == 2 and all(p.places[0].count.as_of is not None for p in (earlier, later))


def _updated(before: Point, after: Point) -> bool:
    """`after` is of a later hour, or its words say that the number moved."""
    timed = "T" in before.as_of and "T" in after.as_of and before.as_of < after.as_of
    return timed or after.change is not None


def _size(point: Point) -> float | None:
    return point.low if point.low is not None else point.high


def _side(series: Series, place: Placed) -> Side:
    count = place.count
    start, end = count.spans[0].start, count.spans[-1].end
    return Side(
        place.member.document, place.member.hash, count.key, type(count.spans[0])(start, end), series.id, place.name
    )


def _why(series: Series, rule: Rule, day: str) -> str:
    key = series.key
    what = " ".join(filter(None, (key.thing or key.unit or "figure", key.event)))
    same = "the same holder" if rule == "reversal" else "different holders"
    return f"{what}: the same series, as of {day}, {same}, values that exclude each other"
