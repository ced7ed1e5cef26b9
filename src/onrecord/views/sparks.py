"""Small charts of characters: values over time as intervals, how dense something is, where something lies in time.

Drawn in braille and block characters, in ASCII where the output's encoding has none of these.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from onrecord.views.wording import number

__all__ = ["Bar", "Density", "Drawing", "moment", "stretch"]

_WIDEST = 64  # cells: at 120 columns a chart is not to be three times as long as its sentences
_HEIGHT = 4  # rows of cells, of four dots each in braille
_DAY_WIDE = 4  # cells at most that one day takes
_BLOCKS = " ▁▂▃▄▅▆▇█"
_LEVELS = " .:-=+*#@"
# The bit of each dot of a braille cell, by column and by row from above (Unicode 17.0, section 21.1).
_DOTS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))


@dataclass(frozen=True, slots=True)
class Bar:
    """One value: from `first` to `last` in days (see `moment`), between `low` and `high`.

    None is an open end; ValueError where both are.
    """

    first: float
    last: float
    low: float | None
    high: float | None
    best: bool = False

    def __post_init__(self) -> None:
        if self.low is None and self.high is None:
            raise ValueError("a bar that is open at both ends has no place")


@dataclass(frozen=True, slots=True)
class Drawing:
    """Values over time. Height is the value and width the time; an open end is dotted to the edge, the best is bold."""

    bars: tuple[Bar, ...]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield from self._texts(options.max_width, options.ascii_only)

    def lines(self, *, width: int = 80, ascii_only: bool) -> list[str]:
        """The chart as plain lines, none longer than `width`; none where there is nothing to compare."""
        return [text.plain.rstrip() for text in self._texts(width, ascii_only)]

    def _texts(self, width: int, ascii_only: bool) -> Iterator[Text]:
        ends = [end for bar in self.bars for end in (bar.low, bar.high) if end is not None]
        if len(self.bars) < 2:
            return
        bottom, top = min(ends), max(ends)
        rows = _HEIGHT if top > bottom else 1
        labels = [""] * rows
        labels[0], labels[-1] = number(top), number(bottom)
        margin = max(map(cell_len, labels))
        room = min(width - margin - 2, _WIDEST)
        if room < 10:  # the day below it takes as much
            return
        canvas = _Canvas(room, rows, self._scales(room, rows, bottom, top))
        for bar in sorted(self.bars, key=lambda bar: bar.best):
            canvas.draw(bar)
        tick, edge = ("|", "|") if ascii_only else ("┤", "│")
        for row, label in enumerate(labels):
            axis = (f"{label:>{margin}} {tick if label else edge}", "dim")
            yield Text.assemble(axis, canvas.row(row, ascii_only))
        yield Text(" " * (margin + 2) + self._days(room), "dim")

    def _scales(self, room: int, rows: int, bottom: float, top: float) -> tuple[_Scale, _Scale]:
        first, last = self._range()
        # A value is a block of two dots by two, its place the lower left one.
        return _Scale(first, last, room * 2 - 2), _Scale(bottom, top, rows * 4 - 2)

    def _range(self) -> tuple[float, float]:
        return min(bar.first for bar in self.bars), max(bar.last for bar in self.bars)

    def _days(self, room: int) -> str:
        """The first day at the left end and the last at the right one; the one day where it is one, or has no room."""
        first, last = (date.fromordinal(int(day)).isoformat() for day in self._range())
        return first if first == last or room < 22 else f"{first}{last:>{room - 10}}"


@dataclass(frozen=True, slots=True)
class _Scale:
    start: float
    end: float
    steps: int

    def __call__(self, value: float) -> int:
        reach = self.end - self.start
        return round((value - self.start) / reach * self.steps) if reach else self.steps // 2


class _Canvas:
    """Dots, two by four a cell; row 0 is the lowest. What is best, open or plain is kept apart for ASCII and colour."""

    def __init__(self, width: int, height: int, scales: tuple[_Scale, _Scale]) -> None:
        self._width, self._height = width, height
        self._across, self._up = scales
        self._dots: dict[tuple[int, int], str] = {}

    def draw(self, bar: Bar) -> None:
        left, right = self._across(bar.first), self._across(bar.last)
        mark = "best" if bar.best else "value" if bar.low == bar.high else "between"
        ends = [self._up(end) for end in (bar.low, bar.high) if end is not None]
        for across in range(left, right + 2):
            for up in range(min(ends), max(ends) + 2):
                self._dots[across, up] = mark
            if None in (bar.low, bar.high):
                rest = range(0, ends[0]) if bar.low is None else range(ends[0] + 2, self._height * 4)
                for up in rest[1 - rest.start % 2 :: 2]:
                    self._dots.setdefault((across, up), "open")

    def row(self, row: int, ascii_only: bool) -> Text:
        """One row of cells, 0 the highest."""
        text = Text()
        for cell in range(self._width):
            dots, marks = 0, set[str]()
            for column in range(2):
                for down in range(4):
                    mark = self._dots.get((cell * 2 + column, (self._height - row) * 4 - 1 - down))
                    if mark is not None:
                        dots |= _DOTS[column][down]
                        marks.add(mark)
            plain = next((sign for kind, sign in _SIGNS if kind in marks), " ")
            text.append(
                plain if ascii_only or not dots else chr(0x2800 + dots), "bold green" if "best" in marks else ""
            )
        return text


_SIGNS = (("best", "#"), ("value", "o"), ("between", "|"), ("open", ":"))


@dataclass(frozen=True, slots=True)
class Density:
    """How many of `moments` (days) fall on each day from `first` to `last`, on one line, with how many lie outside."""

    moments: tuple[int, ...]
    first: int
    last: int

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield from (Text(line, "dim") for line in self.lines(width=options.max_width, ascii_only=options.ascii_only))

    def lines(self, *, width: int = 80, ascii_only: bool) -> list[str]:
        """The line; none where there is no day to show, or no room to show it."""
        first, last = (date.fromordinal(day).isoformat() for day in (self.first, self.last))
        before = sum(day < self.first for day in self.moments)
        after = sum(day > self.last for day in self.moments)
        outside = [f"{count} {where}" for count, where in ((before, "before"), (after, "after")) if count]
        head, tail = f"a day: {first} ", f" {last}" + (f" ({', '.join(outside)})" if outside else "")
        room = min(width - len(head) - len(tail), _WIDEST)
        reach = self.last - self.first + 1
        if room < 1 or before + after == len(self.moments):
            return []
        bins = min(room, reach)
        counts = [0] * bins
        for day in self.moments:
            if self.first <= day <= self.last:
                counts[(day - self.first) * bins // reach] += 1
        each = min(room // bins, _DAY_WIDE)
        return [f"{head}{_levels([count for count in counts for _ in range(each)], ascii_only)}{tail}"]


def moment(day: str) -> float:
    """An ISO 8601 date or date-time as days, with the part of the day that has passed; its own offset is left out."""
    when = datetime.fromisoformat(day)
    return when.toordinal() + (when.hour * 60 + when.minute) / 1440


def _levels(counts: Sequence[int], ascii_only: bool) -> str:
    """One character a count, the higher the fuller; only a count of 0 is empty."""
    marks = _LEVELS if ascii_only else _BLOCKS
    most = max(counts, default=0)
    return "".join(marks[-(-count * (len(marks) - 1) // most)] if count else marks[0] for count in counts)


def stretch(first: float, last: float, whole: tuple[float, float], width: int, *, ascii_only: bool = False) -> str:
    """Where `first` to `last` lies in `whole`, on `width` characters: at least one is full."""
    scale = _Scale(*whole, width - 1)
    start, end = scale(first), scale(last)
    full, empty = ("=", ".") if ascii_only else ("━", "┈")
    return empty * start + full * (end - start + 1) + empty * (width - 1 - end)
