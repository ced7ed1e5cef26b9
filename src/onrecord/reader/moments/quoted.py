"""Days inside quotation marks, counted from the day that the words were spoken: "Today we won," he said on Sunday.

Where the sentence around the quotation names no day of its own, publication is the day, as everywhere else.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from onrecord.reader.moments.calendar import interval, parse_day
from onrecord.records import Moment

__all__ = ["as_spoken"]

_POINTING = re.compile(
    r"(?:earlier |late |early )?(?:today|tonight|tomorrow|yesterday|this (?:morning|afternoon|evening)|last night)",
    re.IGNORECASE,
)
# An opening mark and the one that closes it.
_QUOTATION = re.compile(r"“[^“”\n]*”|``(?:(?!''|``)[^\n])*''|\"[^\"\n]*\"")
_SAYING = re.compile(
    r"\b(?:said|told|tweeted|wrote|announced|declared|added|stated|warned|insisted|posted|recalled|explained|replied)\b"
)
# How many characters from the quotation the day of the utterance may stand.
_REACH = 90
_ENDS = re.compile(r"(?<!\b[A-Z])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z]{2})[.!?](?:\s|$)|\n")


def as_spoken(text: str, moments: list[Moment], anchor: date | None) -> list[Moment]:
    """The moments, those that point from inside a quotation shifted to the day that the sentence says it was spoken."""
    pointing = [i for i, m in enumerate(moments) if _POINTING.match(text, m.span.start, m.span.end)]
    if anchor is None or not pointing:
        return moments
    found = list(moments)
    for quotation in _QUOTATION.finditer(text):
        start, end = quotation.span()
        inside = [i for i in pointing if start < moments[i].span.start < end]
        spoken = _spoken_on(text, start, end, moments) if inside else None
        if spoken is not None and spoken < anchor:
            for i in inside:
                found[i] = _counted(found[i], spoken, anchor)
    return found


def _spoken_on(text: str, start: int, end: int, moments: list[Moment]) -> date | None:
    """The day named beside the word of saying that stands before or after the quotation, in the same sentence."""
    for m in moments:
        day = parse_day(m.value) if m.type in ("date", "time") else None
        if day is None:
            continue
        if end <= m.span.start <= end + _REACH:
            between = text[end : m.span.start]
            if _SAYING.search(between) and not _ENDS.search(between):
                return day
        elif start - _REACH <= m.span.end <= start:
            before = text[max(0, m.span.start - _REACH) : start]
            ends = [e.end() for e in _ENDS.finditer(before)]
            if _SAYING.search(before, ends[-1] if ends else 0) and not _ENDS.search(text[m.span.end : start]):
                return day
    return None


def _counted(moment: Moment, spoken: date, anchor: date) -> Moment:
    named = parse_day(moment.value)
    if named is None:
        return moment
    day = (spoken + (named - anchor)).isoformat()
    start, end = interval(day)
    return replace(moment, value=day + moment.value[10:], start=start, end=end)
