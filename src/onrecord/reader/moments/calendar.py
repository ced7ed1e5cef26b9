"""Arithmetic on TIMEX3 values: from a day to the value of a unit, from a value to the days it covers, and shifts
by units.

A value keeps the precision of its words (`2015`, `2015-W37`, `1989-Q3`, `199` for a decade), so all arithmetic is
on a
pair of day and unit and is written at the unit's precision. Where the anchor is unknown the digits are `X`.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

__all__ = ["UNKNOWN", "add_months", "interval", "make_day", "parse_day", "shift", "value_at"]

# What a unit's value looks like when the day it is reckoned from is not known.
UNKNOWN = {
    "D": "XXXX-XX-XX", "W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "M": "XXXX-XX", "Q": "XXXX-QX", "H": "XXXX-HX",
    "Y": "XXXX",
    "DE": "XXX", "CE": "XX", "SP": "XXXX-SP", "SU": "XXXX-SU", "FA": "XXXX-FA", "WI": "XXXX-WI",
}  # fmt: skip
SEASON_MONTH = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}

_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_FORMS = re.compile(
    r"(?P<y>\d{4})(?:-(?:(?P<m>\d{2})(?:-(?P<d>\d{2})(?P<t>T.*)?)?|W(?P<w>\d{2})(?P<we>-WE)?|Q(?P<q>[1-4])|H(?P<h>[12])))?"
)


def make_day(year: int, month: int, day: int) -> date | None:
    """That day, or None where the calendar has none (30 February)."""
    if not (1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
        return None
    return date(year, month, day)


def parse_day(published: str) -> date | None:
    """The day of an ISO 8601 date or date-time; None where it names no full day (`2015`, `2015-09`).

    Nor does a year that leaves no room to reckon back and forth from: nothing was published in the year 1.
    """
    match = _ISO_DAY.match(published)
    if match is None or not 1000 <= int(match[1]) < 9000:
        return None
    return make_day(int(match[1]), int(match[2]), int(match[3]))


def add_months(day: date, months: int) -> date:
    """The same day that many months on, or the last day of the month where that month is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    year = min(max(year, 1), 9999)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def shift(day: date, unit: str, count: int) -> date:
    """The day that lies `count` units on (negative: back)."""
    months = {"M": 1, "Q": 3, "H": 6, "Y": 12, "DE": 120, "CE": 1200, "ML": 12000}.get(unit)
    if months is not None:
        return add_months(day, months * count)
    if unit in SEASON_MONTH:
        return add_months(day, 12 * count)
    days = {"W": 7, "2W": 14, "WE": 7}.get(unit, 1) * count
    ordinal = min(max(day.toordinal() + days, date.min.toordinal()), date.max.toordinal())
    return date.fromordinal(ordinal)


def value_at(day: date | None, unit: str) -> str:
    """The value of the unit (D, W, WE, M, Q, H, Y, DE, CE or a season) that holds the day."""
    if day is None:
        return UNKNOWN.get(unit, "XXXX-XX-XX")
    if unit in ("W", "2W", "WE"):
        year, week, _ = day.isocalendar()
        return f"{year:04}-W{week:02}" + ("-WE" if unit == "WE" else "")
    if unit in SEASON_MONTH:
        return f"{day.year:04}-{unit}"
    return {
        "M": f"{day:%Y-%m}" if day.year > 999 else f"{day.year:04}-{day.month:02}",
        "Q": f"{day.year:04}-Q{(day.month + 2) // 3}",
        "H": f"{day.year:04}-H{(day.month + 5) // 6}",
        "Y": f"{day.year:04}",
        "DE": f"{day.year // 10:03}",
        "CE": f"{day.year // 100:02}",
    }.get(unit, day.isoformat())


def interval(value: str) -> tuple[str | None, str | None]:
    """The half-open interval of days that a value covers; (None, None) where it has none that is known.

    Seasons are left open: where they begin depends on the hemisphere and on who counts.
    """
    if re.fullmatch(r"\d{2,3}", value):
        span = 10 ** (4 - len(value))
        first = int(value) * span
        return (f"{first:04}-01-01", f"{first + span:04}-01-01") if first > 0 and first + span <= 9999 else (None, None)
    match = _FORMS.fullmatch(value)
    if match is None:
        return None, None
    year = int(match["y"])
    if not 1 <= year < 9999:
        return None, None
    start, end = date(year, 1, 1), date(year + 1, 1, 1)
    if match["w"]:
        try:
            start = date.fromisocalendar(year, int(match["w"]), 6 if match["we"] else 1)
        except ValueError:  # the year has no such week
            return None, None
        end = start + timedelta(days=2 if match["we"] else 7)
    elif match["q"]:
        start = date(year, 3 * int(match["q"]) - 2, 1)
        end = add_months(start, 3)
    elif match["h"]:
        start = date(year, 6 * int(match["h"]) - 5, 1)
        end = add_months(start, 6)
    elif match["d"]:
        day = make_day(year, int(match["m"]), int(match["d"]))
        if day is None:
            return None, None
        start, end = day, day + timedelta(days=1)
    elif match["m"]:
        start = date(year, int(match["m"]), 1)
        end = add_months(start, 1)
    return start.isoformat(), end.isoformat()
