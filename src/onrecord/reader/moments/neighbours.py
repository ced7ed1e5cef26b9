"""What two moments that stand side by side tell of each other: the ends of a range, and a day counted from another.

"May 5-7" and "between 5 and 9 June" are one stretch; "the day before March 5", "the Friday after Easter" and "two weeks
before Christmas" are counted from the day that follows.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from onrecord.reader.moments.calendar import interval, parse_day, shift, value_at
from onrecord.reader.moments.deictic import weekday_near
from onrecord.records import Moment

__all__ = ["counted_from", "is_range", "roll_on"]

_RANGE_MARKS = frozenset("-‐‑–/")
_RANGE_WORDS = _RANGE_MARKS | {"to", "through", "thru", "until", "till"}
_LENGTH = re.compile(r"P(\d{1,4})([DWMY])")


def is_range(one: Moment, other: Moment, before: str, between: str) -> bool:
    """Whether two moments are the ends of one stretch; `before` and `between` are the words around the first."""
    ordered = (one.start or one.value) < (other.start or other.value)
    if (
        not ordered
        or len(one.value[:10]) != len(other.value[:10])
        or "REF" in other.value
        or not {one.type, other.type} <= {"date", "time"}
    ):
        return False
    return between in _RANGE_MARKS or between in ("through", "thru") or (between == "and" and before == "between")


def roll_on(one: Moment, other: Moment, between: str) -> Moment:
    """The second of two days of the week, after the first: "Monday to Friday", "Sunday through Thursday"."""
    if between not in _RANGE_WORDS or one.type != "date" or other.type != "date":
        return other
    begun, ended = parse_day(one.value), parse_day(other.value)
    if begun is None or ended is None or ended > begun:
        return other
    return _on(other, weekday_near(shift(begun, "D", 1), ended.isoweekday(), 1))


def counted_from(rule: str, one: Moment, other: Moment, between: str) -> Moment:
    """The first of two moments that "before" or "after" joins, counted from the day of the second where it has one.

    A length keeps its value, as "three days later" does; only the days that it leads to are given.
    """
    day = parse_day(other.value) if other.type in ("date", "time") else None
    if day is None:
        return one
    step = -1 if between == "before" else 1
    if rule == "dayoff":
        return _on(one, shift(day, "D", step))
    if rule == "weekday" and one.type == "date" and one.start is not None:
        return _on(one, weekday_near(shift(day, "D", step), date.fromisoformat(one.start).isoweekday(), step))
    length = _LENGTH.fullmatch(one.value) if one.type == "duration" and one.start is None else None
    if length is None:
        return one
    there = shift(day, length[2], step * int(length[1]))
    if not 1000 <= there.year < 9000:
        return one
    start, end = interval(value_at(there, length[2] if length[2] in "MY" else "D"))
    return replace(one, start=start, end=end)


def _on(moment: Moment, day: date) -> Moment:
    start, end = interval(day.isoformat())
    return replace(moment, value=day.isoformat(), start=start, end=end)
