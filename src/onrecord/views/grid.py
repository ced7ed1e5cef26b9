"""A table that fits: columns where they fit without cutting a word, one entry below the other where they do not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rich import box
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

__all__ = ["Column", "Grid", "hanging"]

Column = tuple[str, int]
"""A heading, and the share of the width that the column takes; 0 for as narrow as its widest cell, never folded."""

_GAP = 2  # cells between two columns
# A longer word is an address or a hash: it may be folded, and makes no table of a hundred rows too wide for a terminal.
_LONGEST_WORD = 30
_READABLE = 24  # cells that the widest column must have: with fewer, sentences become a tower of words
_COUNT = re.compile(r"[\d,.]+")


@dataclass(frozen=True)
class Grid:
    """Rows of cells under headings, for a terminal (Rich renders it) and for Markdown. `headed`: headings are shown."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Text, ...], ...]
    title: str | None = None
    headed: bool = True

    @classmethod
    def of(
        cls,
        columns: Sequence[Column],
        rows: Iterable[Sequence[Text]],
        *,
        title: str | None = None,
        headed: bool = True,
    ) -> Grid:
        return cls(tuple(columns), tuple(tuple(row) for row in rows), title, headed)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        if self.title:
            yield Text(f"\n{self.title}", style="bold")
        widths = self._widths(options.max_width)
        if widths is None:
            yield from self._stacked(options.max_width)
        else:
            yield self._table(widths)

    def _widths(self, width: int) -> list[int] | None:
        """The width of each column, None where some word would be cut. What is left over goes by shares."""
        least, most, main = [], [], self._main()
        for place, (heading, share) in enumerate(self.columns):
            lines = [line for row in self.rows for line in row[place].plain.split("\n")]
            lines += [heading] if self.headed else []
            longest = max(map(cell_len, lines), default=0)
            words = max((cell_len(word) for line in lines for word in line.split()), default=0)
            narrow = longest if not share else min(words, _LONGEST_WORD)
            least.append(max(narrow, min(longest, _READABLE)) if place == main and share else narrow)
            most.append(longest)
        left = width - sum(least) - _GAP * (len(least) - 1)
        if left < 0:
            return None
        return _shared_out(least, most, [share for _, share in self.columns], left)

    def _main(self) -> int:
        """The column that holds the words: the one with the largest share."""
        return max(range(len(self.columns)), key=lambda place: self.columns[place][1])

    def _table(self, widths: Sequence[int]) -> Table:
        look = box.SIMPLE_HEAD if self.headed else None
        gap = (0, _GAP - 1 if self.headed else _GAP, 0, 0)  # the box has one cell between columns
        table = Table(box=look, pad_edge=False, padding=gap, show_edge=False, show_header=self.headed)
        for place, ((heading, share), width) in enumerate(zip(self.columns, widths, strict=True)):
            counts = [row[place].plain for row in self.rows if row[place].plain]
            right = bool(counts) and not share and all(map(_COUNT.fullmatch, counts))
            table.add_column(
                heading, width=width, no_wrap=not share, overflow="fold", justify="right" if right else "left"
            )
        for row in self.rows:
            table.add_row(*row)
        return table

    def _stacked(self, width: int) -> Iterator[Text | Padding]:
        """A few lines a row: the short cells one after the other with their headings, below them the words."""
        main = self._main()
        for row in self.rows:
            head = [
                _labelled(heading if place and self.headed else "", cell)
                for place, ((heading, _), cell) in enumerate(zip(self.columns, row, strict=True))
                if place != main and cell.plain
            ]
            yield from (_flow(head, width) if head else ())
            if row[main].plain:
                yield Padding(row[main], (0, 0, 0, 2 if head else 0))
            yield Text()


def hanging(text: Text) -> Iterator[Padding]:
    """The lines of a text, each folded below its own beginning: lines that begin with spaces stay set in."""
    for line in text.split("\n", allow_blank=True):
        inset = len(line.plain) - len(line.plain.lstrip(" "))
        yield Padding(line[inset:] if inset < len(line) else Text(), (0, 0, 0, inset))


def _shared_out(least: Sequence[int], most: Sequence[int], shares: Sequence[int], left: int) -> list[int]:
    """Widths from `least` towards `most`: each column gets of what is left what its share lacks most."""
    widths = list(least)
    while left > 0:
        growing = [place for place in range(len(widths)) if shares[place] and widths[place] < most[place]]
        if not growing:
            break
        place = min(growing, key=lambda at: widths[at] / shares[at])
        widths[place] += 1
        left -= 1
    return widths


def _labelled(heading: str, cell: Text) -> Text:
    words = Text(" ").join(cell.split("\n"))
    return Text.assemble((f"{heading}: ", "dim"), words) if heading else words


def _flow(parts: Sequence[Text], width: int) -> Iterator[Text]:
    """The parts on as few lines as they need, none broken that fits a line."""
    line = Text()
    for part in parts:
        if line.plain and cell_len(line.plain) + _GAP + cell_len(part.plain) > width:
            yield line
            line = Text()
        line = line + Text(" " * _GAP) + part if line.plain else part
    yield line
