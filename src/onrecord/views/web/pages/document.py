"""A document: its text with what was read marked in it, and the rows that lead into it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.routing import BaseRoute

from onrecord.ledger import Ledger
from onrecord.ledger.rows import FigureRow, StatementRow
from onrecord.reading import Reading
from onrecord.records import Document, Span
from onrecord.views.web.marked import TextBlock, text_blocks
from onrecord.views.web.page import page

__all__ = ["ROUTES", "DocumentPage"]

_AT = re.compile(r"([0-9]{1,12})-([0-9]{1,12})")


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """`/documents/ID`: a document, its text in `blocks`, and the rows that lead to their characters in it.

    `found` are the spans that the address asked to mark. Statements and figures come in the order of the text; a
    statement's number is its place in the list. `unread` are the words that looked like a record and were not read as
    one, each with the reason. Its JSON twin is the record schema.
    """

    template: ClassVar[str] = "document.html"
    # `reading` is the JSON twin's; `found` are already in the blocks.
    unshown: ClassVar[tuple[str, ...]] = ("reading", "found")

    document: Document
    model: str
    blocks: Sequence[TextBlock]
    statements: Sequence[StatementRow]
    figures: Sequence[FigureRow]
    moments: Sequence[tuple[str, str, Span]]
    unread: Sequence[tuple[str, str, Span]]
    found: Sequence[Span]
    reading: Reading

    @classmethod
    def of(cls, ledger: Ledger, document: str, found: Sequence[Span] = ()) -> DocumentPage:
        """Raises NotInLedger for an unknown document, ValueError for a span of `found` outside its text."""
        reading = ledger.document(document)
        whole = reading.document
        return cls(
            document=whole,
            model=reading.model,
            blocks=text_blocks(reading, found),
            statements=ledger.statements(document=whole.id),
            figures=ledger.figures(document=whole.id),
            moments=[(m.span.of(whole.text), m.value, m.span) for m in reading.moments],
            unread=[(r.span.of(whole.text), r.reason, r.span) for r in reading.rejected],
            found=found,
            reading=reading,
        )

    @property
    def numbers(self) -> dict[str, int]:
        """The number of each statement in the text, by its id."""
        return {row.id: number for number, row in enumerate(self.reading.statements, 1)}

    @property
    def targets(self) -> Sequence[str]:
        """Every anchor in the text, each once."""
        return [name for block in self.blocks for piece in block.pieces for name in piece.anchors]

    def as_json(self) -> dict[str, Any]:
        return self.reading.as_dict()


def _document(ledger: Ledger, request: Request) -> DocumentPage:
    found = []
    for value in request.query_params.getlist("at"):
        match = _AT.fullmatch(value)
        if match is None:
            raise HTTPException(400, f"at={value} is not a range of characters such as 120-180")
        found.append(Span(int(match[1]), int(match[2])))
    try:
        return DocumentPage.of(ledger, request.path_params["document"], found)
    except ValueError as error:
        raise HTTPException(400, str(error)) from error


ROUTES: list[BaseRoute] = page("/documents/{document}", _document)
