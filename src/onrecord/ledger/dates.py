"""The days that an EDTF or TIMEX3 date can mean, so that dates of every precision can be compared with a range.

Read are: `2024`, `2024-10`, `2024-10-28`, date-times (their day as written, in their own offset), weeks (`2024-W43`,
`2024-W43-WE`, `2024-W43-2`), quarters and halves (`2024-Q3`, `2024-H1`), decades and centuries (`202X`, `202`,
`20XX`), unspecified parts (`2024-XX-18`, `2024-10-XX`), seasons (`2024-21`, `2024-SU`), intervals (`2024-03/2024-05`,
`../2024`), with the qualifiers `?`, `~`, `%`. A season may lie anywhere in its year, since the hemisphere is not
known. A date without a year (`XXXX-10-18`, `PRESENT_REF`, `T14:00`) means no days at all: it never matches a range.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from functools import lru_cache

from onrecord.errors import LedgerError

__all__ = ["EARLIEST", "LATEST", "days", "range_bounds"]

EARLIEST, LATEST = "0001-01-01", "9999-12-31"

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?")
_WEEK = re.compile(r"(\d{4})-W(\d{2})(?:-(WE|[1-7]))?")
_MONTH = re.compile(r"(\d{4})-(\d{2})(?:-XX)?")
_PART = re.compile(r"(\d{4})-([QH])([1-4])")
_YEAR = re.compile(r"(\d{4})(?:-XX(?:-\d\d|-XX)?|-(?:SP|SU|FA|WI))?")
_YEARS = re.compile(r"(\d{3})X?|(\d{2})(?:XX)?")


@lru_cache(maxsize=8192)  # each article asks for its own day and those that it names again and again
def days(value: str | None) -> tuple[str, str] | None:
    """First and last day (both included) that `value` can mean, as `YYYY-MM-DD`; None where it names no year."""
    if value is None:
        return None
    left, slash, right = value.partition("/")
    if not slash:
        return _span(left)
    first = (EARLIEST, EARLIEST) if left in ("", "..") else _span(left)
    last = (LATEST, LATEST) if right in ("", "..") else _span(right)
    if first is None or last is None or first[0] > last[1]:
        return None
    return first[0], last[1]


def range_bounds(since: str | None, until: str | None) -> tuple[str | None, str | None]:
    """First day of `since` and last day of `until`: `until="2024-10"` includes the whole of October.

    Raises LedgerError for a bound that names no year, or for a range that ends before it begins.
    """
    bounds: list[str | None] = []
    for name, value, end in (("since", since, 0), ("until", until, 1)):
        found = days(value)
        if value is not None and found is None:
            raise LedgerError(f"{name}: not a date with a year: {value!r}")
        bounds.append(None if found is None else found[end])
    if bounds[0] is not None and bounds[1] is not None and bounds[0] > bounds[1]:
        raise LedgerError(f"the range ends before it begins: since {since} until {until}")
    return bounds[0], bounds[1]


def _span(value: str) -> tuple[str, str] | None:
    value = value.rstrip("?~%")
    try:
        if match := _DAY.fullmatch(value):
            day = date(*(int(part) for part in match.groups()[:3]))
            return day.isoformat(), day.isoformat()
        if match := _WEEK.fullmatch(value):
            return _week(int(match[1]), int(match[2]), match[3])
        if match := _MONTH.fullmatch(value):
            year, month = int(match[1]), int(match[2])
            return (
                _months(year, 1, 12) if 21 <= month <= 24 and not value.endswith("X") else _months(year, month, month)
            )
        if match := _PART.fullmatch(value):
            length = 3 if match[2] == "Q" else 6
            last = int(match[3]) * length
            return _months(int(match[1]), last - length + 1, last)
        if match := _YEAR.fullmatch(value):
            return _months(int(match[1]), 1, 12)
        if match := _YEARS.fullmatch(value):
            low = int(match[1]) * 10 if match[1] else int(match[2]) * 100
            return _months(max(low, 1), 1, 12)[0], _months(low + (9 if match[1] else 99), 1, 12)[1]
    except ValueError:  # the 30th of February, month 13, week 54, year 0000: written like a date, but none
        return None
    return None


def _months(year: int, first: int, last: int) -> tuple[str, str]:
    if not 1 <= last <= 12:
        raise ValueError(last)
    return (
        date(year, first, 1).isoformat(),
        date(year, last, calendar.monthrange(year, last)[1]).isoformat(),
    )


def _week(year: int, week: int, day: str | None) -> tuple[str, str]:
    monday = date.fromisocalendar(year, week, 1)
    first, last = (0, 6) if day is None else (5, 6) if day == "WE" else (int(day) - 1, int(day) - 1)
    return (monday + timedelta(first)).isoformat(), (monday + timedelta(last)).isoformat()
