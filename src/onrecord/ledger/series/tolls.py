"""How many people suffered something in the story's own event, from all its series together.

Reports count in different ways: "five people shot, one fatally" says one killed and four wounded without the word. Here
the series are put together; each stays what it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from onrecord.ledger.series.grouping import Series
from onrecord.ledger.series.points import Interval
from onrecord.ledger.series.words import THINGS, thing_of

__all__ = ["toll"]


def toll(series: Iterable[Series], event: str) -> Interval | None:
    """The best value of the people who were `event` (`killed`, `injured` …) in the story; None where nothing tells.

    Totals of people come first, then totals of kinds of people, then the rest of a list with the one beside it. Those
    shot and not killed are injured.
    """
    known = list(series)
    if event != "injured":
        return _total(known, event)
    killed = _total(known, "killed")
    shot = _total(known, "shot", parts=False) or _total(known, "stabbed", parts=False)
    found = _total(known, "injured", parts=False)
    left = _less(shot, killed) if shot is not None else None
    if left is not None and (found is None or found == shot or _size(found) < _size(left)):
        # "Five people were injured" of the five who were shot counts the one who died as well.
        return left
    return found or _total(known, "hospitalised") or _total(known, "injured")


def _total(series: Sequence[Series], event: str, *, parts: bool = True) -> Interval | None:
    own = [
        s
        for s in series
        if s.key.event == event
        and not s.key.also
        and (s.key.thing is None or thing_of(s.key.thing) in THINGS)
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
    return found["whole"] or rest or (max(bodies, key=_size) if bodies else None) or (found["part"] if parts else None)


def _largest(own: Sequence[Series], part: str) -> Interval | None:
    """The largest total: that of people, unless that of a kind of people is larger."""
    values = [(s.best.low, s.best.high, s.key.thing) for s in own if s.key.part == part and s.best is not None]
    return max([(low, high) for low, high, _ in values], key=_size, default=None)


def _plus_one(value: Interval | None) -> Interval | None:
    """The rest of a list with the one person who at least stands beside it."""
    if value is None:
        return None
    low, high = value
    return (None if low is None else low + 1), (None if high is None else high + 1)


def _size(value: Interval) -> tuple[float, float]:
    return (value[0] or value[1] or 0.0), (value[1] or 0.0)


def _less(whole: Interval, part: Interval | None) -> Interval | None:
    """Those shot without the killed; None where that leaves nobody: then the killed were not among them, or all were."""
    if part is None:
        return whole
    low = None if whole[0] is None or part[1] is None else whole[0] - part[1]
    high = None if whole[1] is None or part[0] is None else whole[1] - part[0]
    return (low, high) if (high if low is None else low) is not None and (high or low or 0) > 0 else None
