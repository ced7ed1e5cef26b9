"""Times of the clock: 9 a.m. Tuesday, 5 p.m. EST Nov. 9, 14:58 UTC, noon, 4 in the morning."""

from __future__ import annotations

import re

from onrecord.reader.moments.grammar import Hit, Rule
from onrecord.reader.moments.lexicon import NUMBERS
from onrecord.reader.moments.scene import Reading

__all__ = ["CLOCKS"]

_ZULU = frozenset({"utc", "gmt"})
_DIGITS = re.compile(r"(\d{1,2})[:.]?(\d{2})?(?::(\d{2}))?")


def _clock(hit: Hit) -> Reading | str | None:
    words = hit.tokens("time")
    first = words[0]
    if first in ("noon", "midday"):
        return Reading("time", "T12:00")
    if first == "midnight":
        return Reading("time", "T24:00")
    if first in NUMBERS:
        hours, minutes = NUMBERS[first], "00"
    else:
        match = _DIGITS.fullmatch(first)
        if match is None:
            return None
        hours, minutes = int(match[1]), match[2] or "00"
    half = "".join(c for c in words[1] if c.isalpha()) if len(words) > 1 else ""
    if "pod" in hit:
        half = "am" if hit.words("pod") in ("morning", "dawn", "daybreak") else "pm"
    if hours > 24 or int(minutes) > 59:
        return "no such time of day"
    if half in ("am", "pm"):
        if not 1 <= hours <= 12:
            return "no such hour on a twelve-hour clock"
        hours = hours % 12 + (12 if half == "pm" else 0)
    zone = "Z" if hit.words("zone") in _ZULU else ""
    return Reading("time", f"T{hours:02}:{minutes}{zone}")


CLOCKS = [
    Rule(
        "clock",
        """(?: about )? (?P<time> (?: clock | day | nword | one ) (?: ampm | oclock ) | clock (?! hyphen )
           | military | noon (?= comma? on? (?: weekday | MDY ) ) )
           (?: comma? (?P<zone>zone) time? )? (?: in the (?P<pod>POD) )?""",
        _clock,
    ),
    Rule("clockpod", "(?P<time>day | nword) in the (?P<pod>partofday)", _clock),
]
