"""What a question about copies is answered with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from onrecord.ledger.copies.groups import CopyKind
from onrecord.records import Span

__all__ = ["CopyRow", "DifferenceKind", "DifferenceRow"]

DifferenceKind = Literal["equal", "replaced", "added", "dropped"]


@dataclass(frozen=True, slots=True)
class CopyRow:
    """One article of a copy group. `document` is its hash; `share` the share (0..1) of its words that are the origin's."""

    group: str
    document: str
    title: str | None
    publisher: str | None
    published: str | None
    kind: CopyKind
    share: float
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """A stretch of two texts: `span` and `words` of the one, `other_span` and `other_words` of the other.

    `kind` says what became of the first text in the other: `equal` (but for white space), `replaced`, `dropped` (then
    there is nothing of the other), `added` (nothing of the first). `document` and `other` are ids.
    """

    kind: DifferenceKind
    document: str
    span: Span | None
    words: str
    other: str
    other_span: Span | None
    other_words: str
