"""Words → windows: stretches of whole paragraphs, short enough for the encoder, as arrays of word pieces.

A window never cuts a word, cuts a sentence only when that sentence alone is too long, and a paragraph only when that
paragraph alone is too long: an attribution and its source mostly stand in one paragraph (99.2 % in PolNeAR train).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, repeat

from onrecord.reader.heads.wordpiece import WordPiece
from onrecord.reader.heads.words import Gap, Shape, shape_of

__all__ = ["WINDOW", "Window", "cut_windows", "make_window", "pieces_of", "window_ranges"]

WINDOW = 254  # word pieces, without the two marks that the encoder sets around them
CLS, SEP = 101, 102  # ids in the BERT uncased vocabulary
_NO_SHAPE, _GLUED, _PARAGRAPH = int(Shape.NONE), int(Gap.GLUED), int(Gap.PARAGRAPH)
_SENTENCE_END = frozenset(".!?…")
_CLOSERS = frozenset("\"'”’)]»")


@dataclass(frozen=True, slots=True)
class Window:
    """Words `start`..`end` of a document as the encoder takes them: one row a piece, marks included.

    `ids`, `shapes`, `gaps` have one entry a piece; `firsts` gives for each word the row of its first piece.
    """

    start: int
    end: int
    ids: list[int]
    shapes: list[int]
    gaps: list[int]
    firsts: list[int]


def pieces_of(words: Sequence[str], vocabulary: WordPiece) -> list[list[int]]:
    """The word-piece ids of each word, at least one."""
    return vocabulary.cut_all(words)


def cut_windows(
    words: Sequence[str], gaps: Sequence[int], pieces: Sequence[list[int]], limit: int = WINDOW
) -> list[Window]:
    """Greedy windows of whole paragraphs of at most `limit` pieces; longer paragraphs are cut at sentence ends."""
    windows = []
    for start, end in window_ranges(words, gaps, [len(p) for p in pieces], limit):
        windows.append(make_window(start, end, words, gaps, pieces))
    return windows


def make_window(start: int, end: int, words: Sequence[str], gaps: Sequence[int], pieces: Sequence[list[int]]) -> Window:
    """The arrays for words `start`..`end`. Only a word's first piece carries its gap: the rest are glued."""
    own = pieces[start:end]
    sizes = [len(ids) for ids in own]
    firsts = list(accumulate(sizes[:-1], initial=1))
    ids = [CLS, *chain.from_iterable(own), SEP]
    shapes = [_NO_SHAPE, *chain.from_iterable(map(repeat, map(int, map(shape_of, words[start:end])), sizes)), _NO_SHAPE]
    gap_row = [_GLUED] * len(ids)
    for first, gap in zip(firsts, gaps[start:end], strict=True):
        gap_row[first] = gap
    gap_row[1] = _PARAGRAPH
    return Window(start, end, ids, shapes, gap_row, firsts)


def window_ranges(words: Sequence[str], gaps: Sequence[int], sizes: Sequence[int], limit: int) -> list[tuple[int, int]]:
    """Word ranges of the windows: cut where the break is best (paragraph, line, sentence, word) before the limit."""
    ranges = []
    start = 0
    while start < len(words):
        end, size = start, 0
        while end < len(words) and size + sizes[end] <= limit:
            size += sizes[end]
            end += 1
        end = max(end, start + 1)
        if end < len(words):
            end = _best_cut(words, gaps, start, end)
        ranges.append((start, end))
        start = end
    return ranges


def _best_cut(words: Sequence[str], gaps: Sequence[int], start: int, end: int) -> int:
    """The last good place to cut in `start`+1..`end`: before a paragraph, else before a line that begins a sentence, else
    before a sentence, else before a line, else before a word."""

    def sentence(i: int) -> bool:
        last = i - 1
        while last > start and words[last] in _CLOSERS:
            last -= 1
        return words[last][-1] in _SENTENCE_END and gaps[i] != Gap.GLUED

    places = range(end, start, -1)
    for good in (
        lambda i: gaps[i] == Gap.PARAGRAPH,
        lambda i: gaps[i] == Gap.LINE and sentence(i),
        sentence,
        lambda i: gaps[i] == Gap.LINE,
    ):
        found = next((i for i in places if good(i)), None)
        if found is not None:
            return found
    return end
