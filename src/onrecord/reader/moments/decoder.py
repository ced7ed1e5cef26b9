"""Runs the grammar over a document and turns each hit into a Moment: value, interval and edge, or the reason why
not."""

from __future__ import annotations

from datetime import date

from onrecord.reader.annotated import Annotated
from onrecord.reader.moments.calendar import interval, parse_day
from onrecord.reader.moments.clocks import CLOCKS
from onrecord.reader.moments.dates import CALENDAR, MONTH_ALONE
from onrecord.reader.moments.deictic import DEICTIC
from onrecord.reader.moments.grammar import Grammar, Hit
from onrecord.reader.moments.lexer import lex
from onrecord.reader.moments.quarters import QUARTERS
from onrecord.reader.moments.references import REFERENCES
from onrecord.reader.moments.scene import Reading, Scene
from onrecord.reader.moments.spans import SPANS
from onrecord.reader.moments.tense import direction, is_generic
from onrecord.reader.moments.years import SEASONAL, YEARS
from onrecord.records import Edge, Moment, Rejected, Span

__all__ = ["read_moments"]

# Long shapes before the short ones they contain.
_GRAMMAR = Grammar([*CLOCKS, *CALENDAR, *QUARTERS, *DEICTIC, *SEASONAL, *SPANS, MONTH_ALONE, *YEARS, *REFERENCES])

_EDGES: dict[str, Edge] = {
    "from": "from", "starting": "from", "beginning": "from", "effective": "from", "until": "until",
    "till": "until", "til": "until",
    "through": "until", "thru": "until", "to": "until", "by": "until", "before": "before", "after": "after",
    "since": "after",
    "following": "after", "about": "about", "around": "about", "circa": "about", "approximately": "about",
    "roughly": "about",
    "nearly": "about", "almost": "about",
}  # fmt: skip
# How many tokens may stand between a time of the clock and the day it belongs to ("10:35 a.m. (0735 GMT) Friday").
_CLOCK_REACH = 6


def read_moments(annotated: Annotated, published: str | None) -> tuple[list[Moment], list[Rejected]]:
    """All temporal expressions of the text in order, and what looked like one but names no time.

    `published` is the ISO 8601 date or date-time that relative expressions are reckoned from. Where it is None
    (or names
    no full day) the digits that it would give stay `X`: "October 18" is `XXXX-10-18`, "Tuesday" `XXXX-WXX-2`.
    """
    lexed = lex(annotated.text)
    scene = Scene(
        lexed,
        parse_day(published) if published else None,
        tense=lambda span: direction(annotated, span),
        generic=lambda span: is_generic(annotated, span),
    )
    moments: list[Moment] = []
    rejected: list[Rejected] = []
    clocks: list[tuple[Hit, Reading]] = []
    for rule, hit in _GRAMMAR.hits(scene):
        reading = rule.read(hit)
        if reading is None:
            continue
        if isinstance(reading, str):
            rejected.append(Rejected(f"{rule.name}: {reading}", hit.span))
            continue
        if reading.type == "time" and reading.value.startswith("T"):
            clocks.append((hit, reading))
            continue
        first = hit.first + reading.trim
        if clocks:
            gap = lexed.words[clocks[-1][0].last : hit.first]
            is_day = reading.type == "date" and len(reading.value) == 10 and reading.value[:4].isdigit()
            near = is_day and len(gap) <= _CLOCK_REACH and "." not in gap
            joined = clocks.pop() if is_day and (not gap or gap == [","]) else None
            moments.extend(_at_clock(clock, reading.value if near else None) for clock in clocks)
            clocks.clear()
            if joined is not None:
                first = joined[0].first
                reading = Reading("time", reading.value + joined[1].value)
        scene.note(reading)
        moments.append(_moment(hit, reading, lexed.span(first, hit.last), first))
    moments.extend(_at_clock(clock, None) for clock in clocks)
    return moments, rejected


def _at_clock(clock: tuple[Hit, Reading], day: str | None) -> Moment:
    """A time of the clock on the day named after it, else the last day named before it, else that of publication."""
    hit, reading = clock
    if day is None:
        known = hit.scene.day
        day = known.isoformat() if known else "XXXX-XX-XX"
    return _moment(hit, Reading("time", day + reading.value), hit.span, hit.first)


def _moment(hit: Hit, reading: Reading, span: Span, first: int) -> Moment:
    start: str | None
    end: str | None
    if reading.days is not None:
        start, end = (_text(d) for d in reading.days)
    elif reading.type in ("date", "time"):
        start, end = interval(reading.value)
    else:
        start = end = None
    return Moment(span, reading.type, reading.value, start, end, _edge(hit, first))


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _edge(hit: Hit, first: int) -> Edge | None:
    words = hit.scene.lexed.words
    if words[first] in ("about", "around", "nearly", "almost", "roughly", "approximately"):
        return "about"
    if first and words[first] in _EDGES:
        return _EDGES[words[first]]
    return _EDGES.get(words[first - 1]) if first else None
