"""What a question about copies is answered with."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.ledger.copies.groups import CopyKind

__all__ = ["CopyRow"]


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
