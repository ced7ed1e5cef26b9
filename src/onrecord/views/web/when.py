"""Times as they are read: the records have TIMEX3 values, of which `2016-06-01TNI` tells few that it is a night."""

from __future__ import annotations

import re
from calendar import month_name

from onrecord.views.web.figures import clock

__all__ = ["moment_words"]

_REFERENCES = {"PRESENT_REF": "now", "PAST_REF": "in the past", "FUTURE_REF": "in the future"}
_PARTS = {
    "MO": "morning", "MI": "midday", "AF": "afternoon", "EV": "evening", "NI": "night", "DT": "daytime",
}  # fmt: skip
_SEASONS = {
    "SP": "spring", "SU": "summer", "FA": "autumn", "WI": "winter",
    "Q1": "first quarter of", "Q2": "second quarter of", "Q3": "third quarter of", "Q4": "fourth quarter of",
    "H1": "first half of", "H2": "second half of",
}  # fmt: skip
_LASTING = {"Y": "year", "M": "month", "W": "week", "D": "day", "DE": "decade", "CE": "century"}
_BY_CLOCK = {"H": "hour", "M": "minute", "S": "second"}
_DURATION = re.compile(r"P(T?)([\d.]+|X)(DE|CE|[YMWDHS])")
_WEEK = re.compile(r"(\d{4})-W(\d\d)(-WE)?")


def moment_words(value: str) -> str:
    """A TIMEX3 value in words: `P6Y` is "6 years", `2016-06-01TNI` "2016-06-01, night", `2016-W37` "week 37 of 2016".

    `XXXX-10-18` is "18 October, no year": the year is not known, and none is made up. What has no words here stays as it
    is.
    """
    if value in _REFERENCES:
        return _REFERENCES[value]
    if found := _DURATION.fullmatch(value):
        return _lasts(*found.groups())
    day, part = value[:-3], value[-2:]
    if value[-3:-2] == "T" and part in _PARTS:
        return f"{moment_words(day)}, {_PARTS[part]}"
    if found := _WEEK.fullmatch(value):
        year, week, weekend = found.groups()
        return f"{'weekend of ' if weekend else ''}week {int(week)} of {year}"
    if re.fullmatch(r"\d{4}-[A-Z][A-Z\d]", value) and value[5:] in _SEASONS:
        return f"{_SEASONS[value[5:]]} {value[:4]}"
    if re.fullmatch(r"\d{3}", value):
        return f"the {value}0s"
    if found := re.fullmatch(r"XXXX-(\d\d)(?:-(\d\d))?", value):
        month, number = found.groups()
        if 1 <= int(month) <= 12:
            return (
                f"{int(number)} {month_name[int(month)]}, no year" if number else f"{month_name[int(month)]}, no year"
            )
    return clock(value) if re.match(r"\d{4}-\d\d-\d\dT\d\d:", value) else value


def _lasts(by_clock: str, count: str, unit: str) -> str:
    words = (_BY_CLOCK if by_clock else _LASTING).get(unit)
    if words is None:
        return f"P{by_clock}{count}{unit}"
    several = "centuries" if words == "century" else f"{words}s"
    return f"some {several}" if count == "X" else f"{count} {words if count == '1' else several}"
