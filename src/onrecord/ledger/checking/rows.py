"""What a check of a draft answers with: one frozen row a finding, with its place in the draft and in the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from onrecord.records import Span

__all__ = ["Change", "Finding", "Kind", "Place", "What"]

Kind = Literal["verbatim", "altered", "misattributed", "outdated", "contradicted", "not on record"]
What = Literal["quote", "attribution", "figure", "date"]

Change = tuple[Literal["replaced", "added", "dropped"], str, str]
"""What the draft did to the ledger's words, its words there (added, or instead), and the ledger's (dropped, or once)."""


@dataclass(frozen=True, slots=True)
class Place:
    """Words of the ledger that a finding rests on. `span` lies in the text of the document with the id `document`."""

    document: str
    title: str | None
    publisher: str | None
    published: str | None
    speaker: str | None
    said_on: str | None
    span: Span
    words: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One quotation, attribution, figure or date of a draft, compared with the ledger.

    `span` lies in the draft's text and `words` are the words there. `against` are the places of the ledger that it was
    compared with, those that decide first; none where nothing is on record. `difference` is given for altered words,
    in order. `reason` is one sentence for the editor. `statement` is the id of the draft's statement, where one holds
    the words.
    """

    kind: Kind
    what: What
    span: Span
    words: str
    against: tuple[Place, ...]
    difference: tuple[Change, ...]
    reason: str
    statement: str | None

    @property
    def mend(self) -> bool:
        """Whether an editor should look at it: everything but what stands in the ledger as it stands in the draft."""
        return self.kind != "verbatim"
