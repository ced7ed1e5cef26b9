"""How figures are shown on pages: intervals on a common scale, sentences with their number, whose they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.ledger.series.course import StepRow
from onrecord.ledger.series.points import interval_of
from onrecord.ledger.series.rows import BestRow, PointRow, SeriesRow
from onrecord.records import Span
from onrecord.views.units import unit_words
from onrecord.views.wording import OUTLET, amount, number

__all__ = [
    "TRENDS",
    "Bar",
    "Shown",
    "best_words",
    "capital",
    "clock",
    "cut_at",
    "holders_of",
    "scale_of",
    "series_words",
    "shown_points",
    "spark_of",
]

TRENDS = {
    "rising": "rising",
    "falling": "falling",
    "steady": "unchanged",
    "mixed": "up and down",
    "single": "no change known",
}
"""How the best value moved, on a label."""

_WIDE, _HIGH = 120, 28  # of a spark, in its own units


@dataclass(frozen=True, slots=True)
class Bar:
    """An interval on a scale from 0 to 100. `point` is where its value stands; an open end runs to the edge."""

    start: float
    width: float
    point: float | None
    open_low: bool
    open_high: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A point of a series with what its row shows: its bar, its sentence in pieces (words, whether they are the number)."""

    point: PointRow
    bar: Bar
    pieces: tuple[tuple[str, bool], ...]
    who: str


def best_words(best: BestRow | StepRow | None, unit: str | None) -> str:
    """The best value in words: "57", "148–171", "≥ 1,000", "27 %"."""
    if best is None:
        return "no best value"
    if best.low is not None and best.high is not None:
        words = "–".join(number(end) for end in dict.fromkeys((best.low, best.high)))
        return f"{words} {unit_words(unit, one=best.low == best.high == 1)}" if unit else words
    return amount(best.low, best.high, "at least" if best.high is None else "at most", unit)


def capital(words: str) -> str:
    """The words as a heading begins; the rest of them as they are."""
    return words[:1].upper() + words[1:]


def clock(value: str | None) -> str:
    """A date as it is read: `2025-03-12T22:10+01:00` is "2025-03-12 22:10"."""
    return (value or "")[:16].replace("T", " ")


def scale_of(points: Iterable[PointRow]) -> tuple[float, float]:
    """From the lowest to the highest value that any of the points names, with room beside them; from zero where that lies
    near."""
    ends = [end for point in points for end in (point.low, point.high) if end is not None]
    low, high = min(ends, default=0.0), max(ends, default=1.0)
    if 0 <= low <= high * 0.6:
        low = 0.0
    room = (high - low or abs(high) or 1.0) * 0.08
    return (low if low == 0 else low - room), high + room


def series_words(row: SeriesRow) -> str:
    """What a series counts; of what is measured its unit as it is said: "years: serve" for "a: serve"."""
    if row.thing is not None or row.unit is None:
        return row.what
    unit = "per cent" if row.unit == "%" else unit_words(row.unit)
    return row.what.replace(f"{row.unit}:", f"{unit}:", 1) if f"{row.unit}:" in row.what else row.what


def shown_points(row: SeriesRow) -> tuple[Shown, ...]:
    """The points of a series as its table shows them, all bars on one scale."""
    scale = scale_of(row.points)
    return tuple(
        Shown(point, _bar(point, scale), cut_at(point.context, point.places[0].context_span, point.spans), _who(point))
        for point in row.points
    )


def cut_at(context: str, context_span: Span, spans: Sequence[Span]) -> tuple[tuple[str, bool], ...]:
    """A sentence in pieces, with whether each is what the spans mark; spans outside of it are passed over."""
    pieces: list[tuple[str, bool]] = []
    at = context_span.start
    for span in sorted(spans):
        if at <= span.start and span.end <= context_span.end:
            pieces.append((context[at - context_span.start : span.start - context_span.start], False))
            pieces.append((context[span.start - context_span.start : span.end - context_span.start], True))
            at = span.end
    pieces.append((context[at - context_span.start :], False))
    return tuple(piece for piece in pieces if piece[0])


def holders_of(row: SeriesRow) -> str:
    """Who gives the values of a series, in few words: "emergency service, Edrin Sauk and 3 others"."""
    names = list(dict.fromkeys(point.name for point in row.points if not point.outlet))
    if not names:
        return "outlets"
    if len(names) <= 2:
        return " and ".join(names)
    return f"{', '.join(names[:2])} and {len(names) - 2} other{'s' if len(names) > 3 else ''}"


def spark_of(row: SeriesRow) -> tuple[tuple[float, float, bool], ...]:
    """The dated points of a series in a drawing of 120 by 28: across, down, whether it gives the best value."""
    dated = [point for point in row.points if point.as_of is not None and _middle(point) is not None]
    days = sorted({(point.as_of or "")[:16] for point in dated})
    if len(days) < 2:
        return ()
    low, high = scale_of(dated)
    return tuple(
        (
            round(4 + (_WIDE - 8) * days.index((point.as_of or "")[:16]) / (len(days) - 1), 1),
            round(_HIGH - 4 - (_HIGH - 8) * ((_middle(point) or 0) - low) / (high - low), 1),
            point.best,
        )
        for point in dated
    )


def _middle(point: PointRow) -> float | None:
    if point.low is not None and point.high is not None:
        return (point.low + point.high) / 2
    return point.low if point.low is not None else point.high


def _bar(point: PointRow, scale: tuple[float, float]) -> Bar:
    low, high = interval_of(point.low, point.high, point.bound)

    def at(value: float) -> float:
        return round(max(0.0, min(100.0, 100 * (value - scale[0]) / (scale[1] - scale[0]))), 1)

    start = at(low) if low is not None else 0.0
    end = at(high) if high is not None else 100.0
    exact = point.bound != "between" and _middle(point) is not None
    middle = _middle(point)
    return Bar(
        start, round(end - start, 1), at(middle) if exact and middle is not None else None, low is None, high is None
    )


def _who(point: PointRow) -> str:
    if not point.outlet:
        return point.name
    publisher = point.places[0].publisher
    return f"{OUTLET} ({publisher})" if publisher else OUTLET
