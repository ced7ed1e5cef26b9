"""Records by their places in a text, to be asked which of them stand within some words of it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import Generic, TypeVar

from onrecord.records import Mention, Span

__all__ = ["Placed", "mentions_by_place"]

R = TypeVar("R")


class Placed(Generic[R]):
    """`records` in the order of their `spans`; what is asked of them takes the time of what is found, not of them all."""

    def __init__(self, records: Sequence[R], spans: Sequence[Span]) -> None:
        self.records = records
        self._starts = [span.start for span in spans]
        self._ends = [span.end for span in spans]
        self._farthest = [*accumulate(self._ends, max)]  # spans may lie in others, so that ends may fall

    def within(self, span: Span) -> list[R]:
        """Those that stand wholly in `span`."""
        start, end = span
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return [self.records[n] for n in range(first, last) if self._ends[n] <= end]

    def across(self, span: Span) -> list[R]:
        """Those that share a character with `span`."""
        start, end = span
        first, last = bisect_right(self._farthest, start), bisect_left(self._starts, end)
        return [self.records[n] for n in range(first, last) if self._ends[n] > start]


def mentions_by_place(mentions: Sequence[Mention]) -> Placed[Mention]:
    by_place = sorted(mentions, key=lambda m: (m.span, m.entity))
    return Placed(by_place, [m.span for m in by_place])
