"""What hangs together by pairs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

__all__ = ["connected"]

End = TypeVar("End", int, str)


def connected(ends: Iterable[End], pairs: Iterable[tuple[End, End]]) -> Mapping[End, End]:
    """Each of these ends, in their order, with the least of those that pairs of them connect it with; alone, itself."""
    above = {end: end for end in ends}

    def root(end: End) -> End:
        while above[end] != end:
            above[end] = above[above[end]]
            end = above[end]
        return end

    for one, other in pairs:
        low, high = sorted((root(one), root(other)))
        above[high] = low
    return {end: root(end) for end in above}
