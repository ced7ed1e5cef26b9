"""What a question about conflicts is answered with, and what their makers hand over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from onrecord.records import Span

__all__ = ["Conflict", "ConflictRow", "Maker", "Rule", "Side", "SideRow"]

Rule = Literal["figures", "denial", "reversal", "opposite"]
Maker = Literal["series", "claims"]


@dataclass(frozen=True, slots=True)
class Side:
    """One side: the words in the document of row `document`, with the hash and the record's key that make its id.

    `of` is the series or claim that the words belong to, `who` the name of whoever holds it.
    """

    document: int
    hash: str
    record: str
    span: Span
    of: str
    who: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two things that cannot both be true. `comparable` says why they can be compared; `day` when both were on record."""

    rule: Rule
    a: Side
    b: Side
    comparable: str
    day: str | None = None


@dataclass(frozen=True, slots=True)
class SideRow:
    """One side as read: `document` is its hash, `span` are code points of its text and `words` their text.

    `context` is the sentence around them, which stands at `context_span`.
    """

    document: str
    title: str | None
    publisher: str | None
    published: str | None
    span: Span
    words: str
    context: str
    context_span: Span
    of: str
    who: str


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """A conflict. `id` is that of the side that came first; the id that the other would give finds it too."""

    id: str
    story: str
    rule: Rule
    a: SideRow
    b: SideRow
    comparable: str
    day: str | None
