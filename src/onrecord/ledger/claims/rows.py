"""What a question about claims is answered with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from onrecord.ledger.claims.claim import Role, Standing
from onrecord.records import Span

__all__ = ["ClaimRow", "MemberRow", "Way"]

Way = Literal["words", "negation", "reference", "withdrawal"]
"""How a member bears on its claim: by its own words, by a bare negation ("has not left"), by words that only point at
it ("denied it"), by taking it back."""


@dataclass(frozen=True, slots=True)
class MemberRow:
    """Somebody's part in a claim. `document` is its hash, `spans` are code points in its text and `words` their text;
    `said_on` the day of the statement, else of publication (EDTF), None where neither is known.
    """

    role: Role
    way: Way
    name: str
    act: str
    document: str
    title: str | None
    publisher: str | None
    record: str
    spans: tuple[Span, ...]
    words: str
    said_on: str | None


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim of the story with this id. `says` are the words of its clearest member; `actor` … `figure` its normal form
    in words, None where the text gives none. `independent` is the number of independent holders. `holders`, `deniers`,
    `neither` and `reporters` are in the order in which they came out, each with every mention; `first` is the first
    mention.
    """

    id: str
    story: str
    says: str
    negative: bool
    standing: Standing
    independent: int
    actor: str | None
    event: str | None
    target: str | None
    place: str | None
    time: str | None
    status: str | None
    figure: str | None
    first: MemberRow
    holders: tuple[MemberRow, ...]
    deniers: tuple[MemberRow, ...]
    neither: tuple[MemberRow, ...]
    reporters: tuple[MemberRow, ...]

    @property
    def members(self) -> tuple[MemberRow, ...]:
        """All of them, by role."""
        return (*self.holders, *self.deniers, *self.neither, *self.reporters)
