"""Which words of one text stand in another: long runs first, wherever they stand, then what is left between them.

A longest common subsequence alone would not do: it ties two unrelated texts together by their "the" and "of" (35 to
40 % of the words of two reports of one event), and loses a paragraph that was moved.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from onrecord.ledger.copies.words import Words, words_of
from onrecord.records import Span

__all__ = ["Alignment", "Run", "align", "aligned", "spans_of"]

_SEED = 3  # words: the shortest run that is looked for
_ALONE = 5  # words that a run needs where nothing around it is aligned: shorter ones are idioms and names
_DRIFT = 12  # words by which a run may be off the diagonal of the one before and still continue it
_GAP = 60  # words between two runs in sequence that are aligned word by word
_NARROW = 6  # words between two runs that belong to each other whatever they are
_DENSE = 0.4  # share of a wider gap that must be equal: unrelated English sentences share up to 0.35, by their "the"
_COMMON = 24  # places of one seed that are tried; a text that says the same three words more often is a list
_KEPT = 20_000  # words of a text whose rows of words are kept at hand

Run = tuple[int, int, int]  # first word in a, first word in b, number of words


@dataclass(frozen=True)
class Alignment:
    """`runs` are equal words in the order of a; `bridged` are those found only between two runs.

    No word of a and no word of b is in two of them.
    """

    runs: tuple[Run, ...]
    bridged: tuple[Run, ...]

    @property
    def all(self) -> tuple[Run, ...]:
        return tuple(sorted((*self.runs, *self.bridged)))


def align(a: Sequence[str], b: Sequence[str]) -> Alignment:
    """Align the words of `a` with those of `b`, in time linear in their lengths."""
    runs = _runs(a, b)
    return Alignment(tuple(runs), tuple(_bridges(a, b, runs)))


def _rows(a: Sequence[str]) -> list[tuple[str, ...]]:
    """Each row of _SEED words."""
    return list(zip(*(a[k:] for k in range(_SEED)), strict=False))


class _Places:
    """Where each row of _SEED words stands in a text. Nearly every row stands once, and has no list of its own."""

    def __init__(self, rows: Sequence[tuple[str, ...]]) -> None:
        self.first: dict[tuple[str, ...], int] = {}
        self._all: dict[tuple[str, ...], list[int]] = {}
        for j, row in enumerate(rows):
            first = self.first.setdefault(row, j)
            if first != j:
                self._all.setdefault(row, [first]).append(j)

    def of(self, row: tuple[str, ...]) -> Sequence[int]:
        """The places of a row that stands in the text, in their order."""
        return self._all.get(row) or (self.first[row],)


@lru_cache(maxsize=64)  # a new article is aligned with one after the other of its story
def _kept_rows(a: tuple[str, ...]) -> list[tuple[str, ...]]:
    return _rows(a)


@lru_cache(maxsize=64)
def _kept_places(b: tuple[str, ...]) -> _Places:
    return _Places(_kept_rows(b))


def _runs(a: Sequence[str], b: Sequence[str]) -> list[Run]:
    places = _kept_places(tuple(b)) if len(b) <= _KEPT else _Places(_rows(b))
    rows = _kept_rows(tuple(a)) if len(a) <= _KEPT else _rows(a)
    taken = bytearray(len(b))
    runs: list[Run] = []
    diagonal: int | None = None
    end = 0  # of the last run in a
    for i in [i for i, row in enumerate(rows) if row in places.first]:
        if i < end:
            continue
        best_length, best = 0, 0
        for j in places.of(rows[i])[:_COMMON]:
            length = 0
            while (
                i + length < len(a) and j + length < len(b) and not taken[j + length] and a[i + length] == b[j + length]
            ):
                length += 1
            near = diagonal is not None and abs(j - i - diagonal) <= _DRIFT
            if length >= (_SEED if near else _ALONE) and (
                length > best_length or (length == best_length and _nearer(j - i, best - i, diagonal))
            ):
                best_length, best = length, j
        if best_length:
            runs.append((i, best, best_length))
            taken[best : best + best_length] = b"\1" * best_length
            diagonal = best - i
            end = i + best_length
    return runs


def _nearer(one: int, other: int, diagonal: int | None) -> bool:
    return diagonal is not None and abs(one - diagonal) < abs(other - diagonal)


def _bridges(a: Sequence[str], b: Sequence[str], runs: Sequence[Run]) -> list[Run]:
    """Equal words between two runs that follow each other in both texts, before the first run and after the last."""
    taken = sorted((j, j + n) for _, j, n in runs)
    follows = dict(zip((0, *(end for _, end in taken)), (*(start for start, _ in taken), len(b)), strict=True))
    found: list[Run] = []
    edges = [(0, 0), *((i + n, j + n) for i, j, n in runs)]
    for (i, j), (next_i, next_j) in zip(edges, [*((i, j) for i, j, _ in runs), (len(a), len(b))], strict=True):
        long, short = max(next_i - i, next_j - j), min(next_i - i, next_j - j)
        # Only where the run that follows in a also follows in b: the words between belong to each other.
        if follows.get(j) != next_j or not 0 < short <= long <= _GAP:
            continue
        least = _DENSE * long if long > _NARROW else 0
        words, others = a[i:next_i], b[j:next_j]
        if _common(words, others) >= least:
            matcher = SequenceMatcher(None, words, others, autojunk=False)
            equal = [(i + m.a, j + m.b, m.size) for m in matcher.get_matching_blocks() if m.size]
            if sum(n for *_, n in equal) >= least:
                found += equal
    return found


def _common(a: Sequence[str], b: Sequence[str]) -> int:
    """How many words can be equal at most, in whatever order: counting takes a tenth of the time of matching."""
    ours, theirs = set(a), set(b)
    return min(sum(word in theirs for word in a), sum(word in ours for word in b))


def aligned(
    a_text: str, b_text: str, a_sentences: Sequence[Span] | None = None, b_sentences: Sequence[Span] | None = None
) -> list[tuple[int, int, int, int]]:
    """What of `a_text` stands in `b_text`: (start, end, start in b, end in b), in the order of a, in code points.

    Only the given sentences are compared, the whole texts where none are given. A span runs from the first to the last
    letter of a run of equal words; case, accents and punctuation inside it may differ.
    """
    a = words_of(a_text, [Span(0, len(a_text))] if a_sentences is None else a_sentences)
    b = words_of(b_text, [Span(0, len(b_text))] if b_sentences is None else b_sentences)
    return spans_of(a, b, align(a.forms, b.forms))


def spans_of(a: Words, b: Words, alignment: Alignment) -> list[tuple[int, int, int, int]]:
    """The runs of an alignment as spans of the two texts; runs that touch in both are one."""
    joined: list[list[int]] = []
    for i, j, n in alignment.all:
        if joined and joined[-1][0] + joined[-1][2] == i and joined[-1][1] + joined[-1][2] == j:
            joined[-1][2] += n
        else:
            joined.append([i, j, n])
    return [(a.places[i][0], a.places[i + n - 1][1], b.places[j][0], b.places[j + n - 1][1]) for i, j, n in joined]
