"""Runs the grammar over a document and turns each hit into a Moment: value, interval and edge, or the reason why
not."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from onrecord.reader.annotated import Annotated
from onrecord.reader.moments.calendar import interval, parse_day
from onrecord.reader.moments.clocks import CLOCKS
from onrecord.reader.moments.dates import CALENDAR, MONTH_ALONE
from onrecord.reader.moments.deictic import DEICTIC
from onrecord.reader.moments.feasts import FEASTS
from onrecord.reader.moments.grammar import Grammar, Hit
from onrecord.reader.moments.lexer import lex
from onrecord.reader.moments.neighbours import counted_from, is_range, roll_on
from onrecord.reader.moments.quarters import QUARTERS
from onrecord.reader.moments.quoted import as_spoken
from onrecord.reader.moments.references import REFERENCES
from onrecord.reader.moments.scene import Reading, Scene
from onrecord.reader.moments.sets import SETS_OF_DAYS, SETS_OF_UNITS
from onrecord.reader.moments.spans import SPANS
from onrecord.reader.moments.tense import direction, is_finite, is_generic
from onrecord.reader.moments.years import SEASONAL, YEARS
from onrecord.records import Edge, Moment, Rejected, Span

__all__ = ["read_moments"]

# Long shapes before the short ones they contain.
_GRAMMAR = Grammar(
    [
        *CLOCKS, *CALENDAR, *FEASTS, *QUARTERS, *SETS_OF_DAYS, *DEICTIC, *SEASONAL, *SETS_OF_UNITS, *SPANS, MONTH_ALONE,
        *YEARS, *REFERENCES,
    ]
)  # fmt: skip

_EDGES: dict[str, Edge] = {
    "from": "from", "starting": "from", "beginning": "from", "effective": "from", "until": "until",
    "till": "until", "til": "until",
    "through": "until", "thru": "until", "to": "until", "by": "until", "before": "before", "after": "after",
    "since": "after",
    "following": "after", "about": "about", "around": "about", "circa": "about", "approximately": "about",
    "roughly": "about",
    "nearly": "about", "almost": "about",
}  # fmt: skip
_BEGUN = frozenset({"from", "extend", "extended", "extends", "prolonged", "up", "lasted", "ran", "runs", "open"})
_PERIODS = frozenset({"days", "weeks", "months", "quarter", "year", "period"})  # "the six months to June 30"
# How far (in tokens) a "from" may stand before the "to" that ends its range.
_FROM_REACH = 14
# How many tokens may stand between a time of the clock and the day it belongs to ("10:35 a.m. (0735 GMT) Friday").
_CLOCK_REACH = 6

_AFTER_NOON = frozenset({"TAF", "TEV", "TNI"})


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
        verb=lambda span: is_finite(annotated, span),
    )
    moments: list[Moment] = []
    rejected: list[Rejected] = []
    clocks: list[tuple[Hit, Reading]] = []
    previous: tuple[str, int, int] | None = None  # rule, first token and the one after the last
    for rule, hit in _GRAMMAR.hits(scene):
        reading = None if _is_title(lexed.text, hit.span) else rule.read(hit)
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
            late = not gap and reading.type == "time" and reading.value[10:] in _AFTER_NOON
            joined = clocks.pop() if late or (is_day and (not gap or gap == [","])) else None
            moments.extend(_at_clock(clock, reading.value if near else None) for clock in clocks)
            previous = previous if not clocks else None
            clocks.clear()
            if joined is not None:
                first = joined[0].first
                time = _after_noon(*joined) if late else joined[1].value
                reading = Reading("time", reading.value[:10] + time)
        scene.note(reading, hit.last)
        moment = _moment(hit, reading, lexed.span(first, hit.last), first)
        if previous is not None and previous[2] == first - 1:
            between = lexed.words[first - 1]
            if previous[0] == rule.name == "weekday":
                moment = roll_on(moments[-1], moment, between)
            if is_range(moments[-1], moment, lexed.words[previous[1] - 1] if previous[1] else "", between):
                moments[-1] = replace(moments[-1], edge="from")
                moment = replace(moment, edge="until")
            elif between in ("before", "after"):
                moments[-1] = counted_from(previous[0], moments[-1], moment, between)
        moments.append(moment)
        previous = rule.name, first, hit.last
    moments.extend(_at_clock(clock, None) for clock in clocks)
    return as_spoken(annotated.text, moments, scene.anchor), rejected


_OPEN, _CLOSE = re.compile(r"(?:[\"“”‘]|''|``)$"), re.compile(r"[,.]?(?:[\"”“’]|'')")


def _is_title(text: str, span: Span) -> bool:
    """Whether the expression stands alone in quotation marks and every word with a capital: CBS's "60 Minutes"."""
    return (
        _CLOSE.match(text, span.end) is not None
        and _OPEN.search(text[max(0, span.start - 2) : span.start]) is not None
        and all(word[0].isupper() or word.isdigit() for word in span.of(text).split())
    )


def _after_noon(hit: Hit, clock: Reading) -> str:
    """The time that a clock face shows in the later half of the day: "8 o'clock tonight"; "1 a.m." is told outright."""
    hours, told = int(clock.value[1:3]), any(word[:1] in "ap" for word in hit.tokens("time"))
    return (
        clock.value if told or not 0 < hours < 12 or clock.value.endswith("Z") else f"T{hours + 12:02}{clock.value[3:]}"
    )


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
    if not first or (
        words[first - 1] == "to"
        and words[first - 2] not in _PERIODS
        and _BEGUN.isdisjoint(words[max(0, first - _FROM_REACH) : first])
    ):
        return None  # "compared to 2014", "put off to Friday": "to" ends only what was begun
    return _EDGES.get(words[first - 1])
