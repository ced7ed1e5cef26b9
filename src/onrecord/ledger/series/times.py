"""The three times of a count, from the moments of its sentence: as-of ("by noon", "a day earlier") and event date.

The report date is the document's. A time of day without a date is of the day of the report.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache

from onrecord.ledger.dates import days
from onrecord.reading import Reading
from onrecord.records import Moment, Span, Statement

__all__ = ["UNKNOWN", "as_of", "event_date", "exact_day", "moments_in", "qualifies"]

_NAMES_AS_OF = re.compile(r"(?:as of|as at|by|based on the figures of|figures of)\s+(?:the\s+)?$", re.IGNORECASE)
_AGO = re.compile(r"(?:earlier|ago|before|previously)\b", re.IGNORECASE)
_REPORT = re.compile(r"today|tonight|now\b|currently|this (?:morning|afternoon|evening)", re.IGNORECASE)
_CLOCK = re.compile(r"T(\d{2}:\d{2})")
UNKNOWN = ""
"""As of a day that nobody can know: the text names one without its year, and has no date of its own."""

_DAYS_BACK = re.compile(r"P(\d+)([DW])")


@lru_cache(maxsize=1 << 12)  # a document's date is asked for each of its counts
def exact_day(value: str | None) -> str | None:
    """The day that `value` means, where it means one day only."""
    found = days(value)
    return found[0] if found is not None and found[0] == found[1] else None


def moments_in(reading: Reading, context: Span) -> tuple[Moment, ...]:
    """The moments of a sentence, without those that only qualify a noun ("today's money", "Wednesday's disaster")."""
    return tuple(m for m in reading.moments if context.covers(m.span) and not qualifies(reading.document.text, m))


def qualifies(text: str, moment: Moment) -> bool:
    """Whether the moment only qualifies a noun: it dates nothing else in its sentence."""
    behind = text[moment.span.end : moment.span.end + 6]
    return behind[:2] in ("'s", "’s") or behind == " block"  # "the 2000 block of Main Street"


def as_of(
    reading: Reading, figure: Span, moments: Sequence[Moment], *, level: bool, statement: Statement | None
) -> str | None:
    """The moment that the figure is true for, as a date or date-time; None: that of the report; UNKNOWN.

    A moment counts where the words in front of it say so ("as of", "by"), where it lies back ("a day earlier"), or where
    the figure is the level of a named total ("the toll stood at 52 on Saturday"): then every moment behind it dates it.
    """
    report = exact_day(reading.document.published)
    said = exact_day(statement.said_on) if statement is not None else None
    text = reading.document.text
    base = said or report
    for moment in sorted(moments, key=lambda m: (abs(m.span.start - figure.start), m.span)):
        named = _NAMES_AS_OF.search(text, max(0, moment.span.start - 12), moment.span.start) is not None
        named = named or _NAMES_AS_OF.match(moment.span.of(text).partition(" ")[0] + " ") is not None
        back = _back(moment, text, report)
        if back is not None and moment.span.start >= figure.start and level:
            return back
        behind = moment.span.start >= figure.start
        if not ((named or (level and behind)) and (not behind or _close(text, figure, moment))):
            continue
        clock = _CLOCK.search(moment.value)
        day = exact_day(moment.value) or (base if clock else None)
        if day is None:
            continue
        return f"{day}T{clock[1]}" if clock else day
    if report is None and any(_another_day(m, text) for m in moments):
        return UNKNOWN
    return said if said != report else None


def _another_day(moment: Moment, text: str) -> bool:
    """A day of an unknown year, other than that of the report: "on March 12", "the same day", not "today"."""
    return moment.type == "date" and moment.value.startswith("XXXX") and not _REPORT.match(moment.span.of(text))


def _close(text: str, figure: Span, moment: Moment) -> bool:
    """No comma, semicolon or "while" between the figure and the moment."""
    return re.search(r"[,;.]\s|\bwhile\b|\band\b|\bwhen\b|\bafter\b", text[figure.end : moment.span.start]) is None


def _back(moment: Moment, text: str, report: str | None) -> str | None:
    length = _DAYS_BACK.fullmatch(moment.value)
    if length is None or report is None:
        return None
    if _AGO.search(text, moment.span.start, moment.span.end + 12) is None:
        return None
    return (date.fromisoformat(report) - timedelta(int(length[1]) * (7 if length[2] == "W" else 1))).isoformat()


def event_date(figure: Span, own: Moment | None, moments: Sequence[Moment]) -> tuple[str, str] | None:
    """First and last day on which what is counted happened: the moment of its event, else the nearest date behind it."""
    candidates = ([own] if own is not None else []) + sorted(
        (m for m in moments if m.type in ("date", "time")), key=lambda m: (abs(m.span.start - figure.start), m.span)
    )
    for moment in candidates:
        if moment.type not in ("date", "time") or moment.value.endswith("_REF"):
            continue
        found = days(moment.value)
        if found is not None:
            return found
    return None
