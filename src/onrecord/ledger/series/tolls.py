"""How many people suffered something in the story's own event, from all its series together.

Reports count in different ways: "five people shot, one fatally" says one killed and four wounded without the word. Here
the series are put together; each stays what it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from onrecord.ledger.series.count import Part
from onrecord.ledger.series.grouping import Series
from onrecord.ledger.series.points import Interval
from onrecord.ledger.series.words import THINGS, thing_of

__all__ = ["toll"]


def toll(series: Iterable[Series], event: str) -> Interval | None:
    """How many people were `event` (`killed`, `injured` …) in the story, as an interval; None where nothing tells.

    Only series of people or of kinds of people count, of what happened in the story's own event. The evidence is taken
    in this order, and of the series at one step the largest, since the others count some of the same people:

    1. figures of the whole ("two people dead", "a man and three women were killed"); the rest of a list with one more
       ("killing a woman and two others"), where that is more; else figures of those who came on top ("another 17 bodies");
    2. people told of one by one, and lower bounds that a word gives ("a triple homicide", "a fourth victim has died");
    3. figures of a part ("one of the victims died").

    For `injured`, between 1 and 2: those shot or stabbed less the killed, where no figure of injured is given or it is the
    same as that of the shot and so counts the dead; then those who came to a hospital, also where they are more and nobody
    died. Who killed himself is one of the killed.
    """
    known = [s for s in series if s.best is not None and s.key.firmness == "fact" and s.key.scope == "event"]
    known = [s for s in known if s.key.since is None and not s.key.also]
    known = [s for s in known if s.key.thing is None or thing_of(s.key.thing) in THINGS]
    if event != "injured":
        return _figures(known, event) or _told(known, event) or _largest(known, event, "part")
    counted = _figures(known, "killed")
    killed = counted or _told(known, "killed") or _largest(known, "killed", "part")
    shot = _figures(known, "shot") or _figures(known, "stabbed") or _told(known, "shot") or _told(known, "stabbed")
    found = _figures(known, "injured")
    left = _less(shot, killed) if shot is not None else None
    if left is not None and (found is None or (found == shot and counted is not None)):
        # "Five people were injured" of the five who were shot counts the one who died as well.
        found = left
    treated = _figures(known, "hospitalised")
    if found is not None and treated is not None and killed is None:
        return max(found, treated, key=_size)  # nobody died: whoever came to a hospital was hurt
    return found or treated or _told(known, "injured")


def _figures(known: Sequence[Series], event: str) -> Interval | None:
    whole, rest = _largest(known, event, "whole"), _plus_one(_largest(known, event, "rest"))
    if whole is not None and rest is not None:
        # A total below what is only the rest of a list was none.
        return max(whole, rest, key=_size)
    return whole or rest or _largest(known, event, "whole", increment=True)


def _told(known: Sequence[Series], event: str) -> Interval | None:
    return _largest(known, event, "roll")


def _largest(known: Sequence[Series], event: str, part: Part, *, increment: bool = False) -> Interval | None:
    """The largest value among the series of people and of kinds of people."""
    values = [
        (s.best.low, s.best.high)
        for s in known
        if s.key.event == event and s.key.part == part and s.key.increment == increment and s.best is not None
    ]
    return max(values, key=_size, default=None)


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
