"""Two texts with their differences, cut into rows that stand beside each other: paragraph by paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from onrecord.ledger.copies.rows import DifferenceRow
from onrecord.records import Span

__all__ = ["Pair", "Part", "pairs"]

_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Part:
    """Characters of one text, or of both: `same` in both, `gone` only in the first, `come` only in the second."""

    kind: Literal["same", "gone", "come"]
    text: str


@dataclass(slots=True)
class Pair:
    """A row. Joined, the texts of all rows' `left` are the first text, those of all `right` the second.

    `merged` is both in one: what is the same (as the second text has it), what went, what came. `number` counts the rows
    with a difference from 1; None where there is none. `span` and `other_span` are the row's places in the two texts.
    """

    left: list[Part] = field(default_factory=list)
    right: list[Part] = field(default_factory=list)
    merged: list[Part] = field(default_factory=list)
    number: int | None = None
    span: Span | None = None
    other_span: Span | None = None

    @property
    def changed(self) -> bool:
        return any(part.kind != "same" for part in self.merged)

    def add(self, kind: Literal["same", "gone", "come"], words: str, other: str) -> None:
        if kind != "come" and words:
            self.left.append(Part(kind, words))
        if kind != "gone" and other:
            self.right.append(Part(kind, other))
        text = words if kind == "gone" else other
        if text:
            self.merged.append(Part(kind, text))


def pairs(differences: Iterable[DifferenceRow]) -> list[Pair]:
    """The rows of two texts. A row ends where a paragraph ends in both."""
    found: list[Pair] = [Pair()]
    for row in differences:
        if row.kind == "equal":
            for words, other, ends in _paragraphs(row.words, row.other_words):
                found[-1].add("same", words, other)
                if ends:
                    found.append(Pair())
            continue
        found[-1].add("gone", row.words, "")
        found[-1].add("come", "", row.other_words)
    kept = [pair for pair in found if pair.left or pair.right]
    number = start = begin = 0
    for pair in kept:
        if pair.changed:
            number += 1
            pair.number = number
        end = start + sum(len(part.text) for part in pair.left)
        stop = begin + sum(len(part.text) for part in pair.right)
        pair.span = Span(start, end) if end > start else None
        pair.other_span = Span(begin, stop) if stop > begin else None
        start, begin = end, stop
    return kept


def _paragraphs(words: str, other: str) -> Iterator[tuple[str, str, bool]]:
    """Texts of the same words, cut behind each line end that both have: the pieces, and whether a paragraph ends there.

    White space between the words may differ, and where it has a line end in one text alone the paragraph goes on.
    """
    ends, stops = _word_ends(words), _word_ends(other)
    if len(ends) != len(stops):  # a space within what is one word in the other
        yield words, other, False
        return
    at = there = 0
    for (end, following), (stop, there_following) in zip(
        pairwise([*ends, (len(words), len(words))]), pairwise([*stops, (len(other), len(other))]), strict=True
    ):
        cut, there_cut = following[0], there_following[0]
        if "\n" in words[end[1] : cut] and "\n" in other[stop[1] : there_cut]:
            yield words[at:cut], other[there:there_cut], True
            at, there = cut, there_cut
    yield words[at:], other[there:], False


def _word_ends(text: str) -> list[tuple[int, int]]:
    """The place of each word: its first character, and the one behind its last; with the start of the text before."""
    return [(0, 0), *(match.span() for match in _WORD.finditer(text))]
