"""What is found wrong with a ledger, and what became of one that was repaired."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["FaultRow", "Repaired"]


@dataclass(frozen=True, slots=True)
class FaultRow:
    """Something that is wrong with a ledger.

    kind        "file": the database itself, "reading": what was read of a document, "correction": the log of what people
                ruled, "derived": what follows from these two
    where       the document's id, the id of the correction, or the table
    what        what is wrong with it, in words
    called      the address or the title of the document, where that can still be read
    """

    kind: Literal["file", "reading", "correction", "derived"]
    where: str
    what: str
    called: str | None = None


@dataclass(frozen=True, slots=True)
class Repaired:
    """`documents` and `corrections` are in the new ledger; `lost` are the documents that could not be read back, each with
    the reason."""

    documents: int
    corrections: int
    lost: tuple[FaultRow, ...]
