"""What became of one text in another, word for word: stretches that are equal, replaced, dropped or added.

Both texts are covered whole and in their order, so that they can be read beside each other. A passage that was moved is
therefore dropped at one place and added at the other. Case and punctuation count here, unlike where copies are looked
for: an editor's full stop is a difference.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from onrecord.ledger.copies.align import Run, align
from onrecord.ledger.copies.rows import DifferenceKind, DifferenceRow
from onrecord.ledger.rebuild import document_number
from onrecord.ledger.schema import documents
from onrecord.records import Span

__all__ = ["Stretch", "differences", "stretches"]

# A number is one word with its separators: 12,000 became 15,000, and not 12 15.
_TOKEN = re.compile(r"\d+(?:[.,:]\d+)+|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of both texts; a side that has nothing of it is None. Each piece ends with the white space behind it."""

    kind: DifferenceKind
    span: Span | None
    other: Span | None


def differences(connection: Connection, document: str, other: str) -> list[DifferenceRow]:
    """The stretches of two documents, each named by its id or the beginning of it, in the order of the texts.

    Raises NotInLedger for an unknown document.
    """
    d = documents.c
    (one, a), (two, b) = (
        connection.execute(select(d.hash, d.text).where(d.id == document_number(connection, name))).one()
        for name in (document, other)
    )
    return [
        DifferenceRow(
            kind=piece.kind,
            document=one,
            span=piece.span,
            words="" if piece.span is None else piece.span.of(a),
            other=two,
            other_span=piece.other,
            other_words="" if piece.other is None else piece.other.of(b),
        )
        for piece in stretches(a, b)
    ]


def stretches(a: str, b: str) -> list[Stretch]:
    """The pieces of two texts: those with a `span`, joined, are `a`, those with an `other` are `b`.

    Equal pieces are equal but for white space. Of two pieces in a row never both are equal.
    """
    places = [match.span() for match in _TOKEN.finditer(a)]
    there = [match.span() for match in _TOKEN.finditer(b)]
    words, others = [a[s:e] for s, e in places], [b[s:e] for s, e in there]
    parts = list(_parts(_in_order(align(words, others).all), words, others))
    starts = _starts([part[1] for part in parts], places, len(a))
    begins = _starts([part[2] for part in parts], there, len(b))
    found = [Stretch(kind, span, other) for (kind, *_), span, other in zip(parts, starts, begins, strict=True)]
    # A text of white space alone has no word that a piece could begin with.
    if a and not places:
        found.insert(0, Stretch("dropped", Span(0, len(a)), None))
    if b and not there:
        found.append(Stretch("added", None, Span(0, len(b))))
    return found


_Part = tuple[DifferenceKind, tuple[int, int], tuple[int, int]]
"""A kind, and the words from and up to which it reaches in the two texts."""


def _in_order(runs: Sequence[Run]) -> list[Run]:
    """Of runs in the order of the first text those that stand in this order in the second too, with most words in all."""
    # For each end in the second text, best[k] is the most words that a chain up to there has; both lists only grow.
    ends: list[int] = [0]
    weights: list[int] = [0]
    last: list[int | None] = [None]
    before: list[int | None] = []
    for number, (_, j, n) in enumerate(runs):
        at = bisect_left(ends, j + 1) - 1
        before.append(last[at])
        weight, end = weights[at] + n, j + n
        place = bisect_left(ends, end)
        if place < len(ends) and ends[place] == end and weights[place] >= weight:
            continue
        if weights[place - 1] >= weight:
            continue
        stop = place
        while stop < len(ends) and weights[stop] <= weight:
            stop += 1
        ends[place:stop], weights[place:stop], last[place:stop] = [end], [weight], [number]
    chain: list[Run] = []
    step = last[-1]
    while step is not None:
        chain.append(runs[step])
        step = before[step]
    return chain[::-1]


def _parts(runs: Sequence[Run], words: Sequence[str], others: Sequence[str]) -> Iterator[_Part]:
    """The runs as equal parts and what is between them. Marks alone, between two differences, are part of these."""
    joined: list[list[int]] = []
    for i, j, n in runs:
        if joined and joined[-1][0] + joined[-1][2] == i and joined[-1][1] + joined[-1][2] == j:
            joined[-1][2] += n
        else:
            joined.append([i, j, n])
    at = to = 0
    for i, j, n in joined:
        alone = at < i and to < j and i + n < len(words) and j + n < len(others)
        if alone and not any(word[0].isalnum() for word in words[i : i + n]):
            continue
        yield from _between((at, i), (to, j))
        yield "equal", (i, i + n), (j, j + n)
        at, to = i + n, j + n
    yield from _between((at, len(words)), (to, len(others)))


def _between(mine: tuple[int, int], its: tuple[int, int]) -> Iterator[_Part]:
    if mine[0] < mine[1] and its[0] < its[1]:
        yield "replaced", mine, its
    elif mine[0] < mine[1]:
        yield "dropped", mine, its
    elif its[0] < its[1]:
        yield "added", mine, its


def _starts(parts: Sequence[tuple[int, int]], places: Sequence[tuple[int, int]], length: int) -> list[Span | None]:
    """The characters of each part of one text, from its first word to the next part's; the first from the start on."""
    held = [number for number, (start, end) in enumerate(parts) if start < end]
    bounds = [0, *(places[parts[number][0]][0] for number in held[1:]), length]
    spans: list[Span | None] = [None] * len(parts)
    for place, number in enumerate(held):
        spans[number] = Span(bounds[place], bounds[place + 1])
    return spans
