"""An interval before and now as a small drawing within a line of a page: where each lies on one scale, in percent."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Bar", "Ends", "bar"]

Ends = tuple[float | None, float | None]
"""The lower and the upper end of an interval; None where it is open."""

_LEAST = 1.5  # percent: an exact value is a line that can be seen


@dataclass(frozen=True, slots=True)
class Bar:
    """Where `before` and `now` begin and how long each is, of 100."""

    before: tuple[float, float]
    now: tuple[float, float]


def bar(before: Ends, now: Ends) -> Bar | None:
    """The drawing of two intervals, from zero to the greatest end of both; None where neither has an end.

    An open end reaches to the end of the drawing.
    """
    ends = [end for end in (*before, *now) if end is not None]
    if not ends:
        return None
    low, high = min(0.0, *ends), max(0.0, *ends)
    if any(upper is None for _, upper in (before, now)):
        high += (high - low) * 0.15
    scale = 100 / ((high - low) or 1.0)

    def drawn(interval: Ends) -> tuple[float, float]:
        start = 0.0 if interval[0] is None else (interval[0] - low) * scale
        end = 100.0 if interval[1] is None else (interval[1] - low) * scale
        width = max(_LEAST, end - start)
        return round(min(start, 100 - width), 2), round(width, 2)

    return Bar(drawn(before), drawn(now))
