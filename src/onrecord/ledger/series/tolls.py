"""How many people suffered something in the story's own event, from all its series together.

Reports count in different ways: "five people shot, one fatally" says one killed and four wounded without the word. Here
the series are put together; each stays what it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from onrecord.ledger.series.grouping import Series
from onrecord.ledger.series.points import Interval

__all__ = ["toll"]


def toll(series: Iterable[Series], event: str) -> Interval | None:
    """The best value of the people who were `event` (`killed`, `injured` …) in the story; None where nothing tells.

    Totals of people come first, then totals of kinds of people, then the rest of a list with the one beside it. Those
    shot and not killed are injured.
    """
    known = list(series)
    found = _total(known, event)
    if event != "injured":
        return found
    for whole in ("shot", "stabbed"):
        shot = _total(known, whole)
        if found is None and shot is not None:
            found = _less(shot, _total(known, "killed"))
    return found if found is not None else _total(known, "hospitalised")


def _total(series: Sequence[Series], event: str) -> Interval | None:
    own = [
        s
        for s in series
        if s.key.event == event
        and not s.key.also
        and s.key.firmness == "fact"
        and not s.key.increment
        and s.key.scope == "event"
        and s.key.since is None
        and s.best is not None
    ]
    found = {part: _largest(own, part) for part in ("whole", "rest", "part")}
    rest = _plus_one(found["rest"])
    if found["whole"] is not None and rest is not None:
        # A total below what is only the rest of a list was none.
        return max(found["whole"], rest, key=_size)
    bodies = [(p.low, p.high) for s in series if s.key.event == event and s.key.increment for p in s.points]
    return found["whole"] or rest or (max(bodies, key=_size) if bodies else None) or found["part"]


def _largest(own: Sequence[Series], part: str) -> Interval | None:
    """The total of people; where there is none, that of the largest kind of people."""
    values = [(s.best.low, s.best.high, s.key.thing) for s in own if s.key.part == part and s.best is not None]
    people = [(low, high) for low, high, thing in values if thing == "people"]
    return max(people or [(low, high) for low, high, _ in values], key=_size, default=None)


def _plus_one(value: Interval | None) -> Interval | None:
    """The rest of a list with the one person who at least stands beside it."""
    if value is None:
        return None
    low, high = value
    return (None if low is None else low + 1), (None if high is None else high + 1)


def _size(value: Interval) -> tuple[float, float]:
    return (value[0] or value[1] or 0.0), (value[1] or 0.0)


def _less(whole: Interval, part: Interval | None) -> Interval | None:
    if part is None:
        return whole
    low = None if whole[0] is None or part[1] is None else max(0.0, whole[0] - part[1])
    high = None if whole[1] is None or part[0] is None else max(0.0, whole[1] - part[0])
    return (low, high) if low is not None or high is not None else None
