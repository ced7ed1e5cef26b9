"""A document: its text with what was read marked in it, and each record beside its words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from onrecord.ledger import Ledger
from onrecord.ledger.copies.rows import CopyRow
from onrecord.ledger.corrections import CorrectionRow
from onrecord.ledger.stories.rows import StoryRow
from onrecord.ledger.ties import TieRow
from onrecord.reading import Reading
from onrecord.records import Document, Span
from onrecord.views.web.marked import TextBlock, target_rules, text_blocks
from onrecord.views.web.page import page
from onrecord.views.web.record_lines import Line, NamedLine, named, record_lines

__all__ = ["ROUTES", "DocumentPage"]

_AT = re.compile(r"([0-9]{1,12})-([0-9]{1,12})")


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """`/documents/ID`: a document, its text in `blocks`, and a line for each record that leads to its characters.

    `found` are the spans that the address asked to mark. `lines` are the statements in the order of the text, each with
    the figures and events that it vouches for, and the outlet's own figures and events between them. `conflicts` are
    the ties to conflicts, `counted` those to series of people counted one by one: they are no record's. `copies` are the
    other members of its copy group, and `copy` is itself; `rulings` what people ruled that no record here shows. `unread`
    are the words that looked like a record and were not read as one, each with the reason. Its JSON twin is the record
    schema.
    """

    template: ClassVar[str] = "document.html"
    # `reading` is the JSON twin's; `found` are already in the blocks.
    unshown: ClassVar[tuple[str, ...]] = ("reading", "found")

    document: Document
    model: str
    blocks: Sequence[TextBlock]
    lines: Sequence[Line]
    named: Sequence[NamedLine]
    moments: Sequence[tuple[str, str, Span]]
    conflicts: Sequence[TieRow]
    counted: Sequence[TieRow]
    copy: CopyRow | None
    copies: Sequence[CopyRow]
    story: StoryRow | None
    rulings: Sequence[CorrectionRow]
    unread: Sequence[tuple[str, str, Span]]
    found: Sequence[Span]
    reading: Reading

    @classmethod
    def of(cls, ledger: Ledger, document: str, found: Sequence[Span] = ()) -> DocumentPage:
        """Raises NotInLedger for an unknown document, ValueError for a span of `found` outside its text."""
        reading = ledger.document(document)
        whole = reading.document
        ties = ledger.ties(whole.id)
        ruled = ledger.corrections(document=whole.id)
        copies = ledger.copies(whole.id)
        conflicts = {tie.id: tie for tie in reversed(ties) if tie.kind == "conflict"}
        return cls(
            document=whole,
            model=reading.model,
            blocks=text_blocks(reading, found),
            lines=record_lines(
                reading,
                ledger.statements(document=whole.id, rejected=True),
                ledger.figures(document=whole.id, rejected=True),
                ties,
                ruled,
            ),
            named=named(reading, ruled),
            moments=[(m.span.of(whole.text), m.value, m.span) for m in reading.moments],
            conflicts=list(reversed(conflicts.values())),
            counted=[tie for tie in ties if tie.kind == "series" and tie.record is not None and tie.record[0] != "f"],
            copy=next((row for row in copies if row.document == whole.id), None),
            copies=[row for row in copies if row.document != whole.id],
            story=next(iter(ledger.stories(whole.id)), None),
            rulings=[row for row in ruled if row.document == whole.id and row.record is None],
            unread=[(r.span.of(whole.text), r.reason, r.span) for r in reading.rejected],
            found=found,
            reading=reading,
        )

    @property
    def counts(self) -> dict[str, int]:
        """How many of each layer's records there are, and how many blocks of the page's own furniture."""
        read = self.reading
        counts = {kind: len(getattr(read, kind)) for kind in ("statements", "figures", "moments", "events")}
        return counts | {"furniture": sum(block.kind == "boilerplate" for block in self.blocks)}

    @property
    def numbers(self) -> dict[str, int]:
        """The number of each statement in the text, by its id."""
        return {row.id: number for number, row in enumerate(self.reading.statements, 1)}

    def as_json(self) -> dict[str, Any]:
        return self.reading.as_dict()


def _found(request: Request) -> list[Span]:
    found = []
    for value in request.query_params.getlist("at"):
        match = _AT.fullmatch(value)
        if match is None:
            raise HTTPException(400, f"at={value} is not a range of characters such as 120-180")
        found.append(Span(int(match[1]), int(match[2])))
    return found


def _document(ledger: Ledger, request: Request) -> DocumentPage:
    try:
        return DocumentPage.of(ledger, request.path_params["document"], _found(request))
    except ValueError as error:
        raise HTTPException(400, str(error)) from error


def _targets(request: Request) -> Response:
    """The style sheet of one document's page: which characters to light up for which address (see `target_rules`)."""
    ledger: Ledger = request.app.state.ledger
    try:
        blocks = text_blocks(ledger.document(request.path_params["document"]), _found(request))
    except ValueError as error:
        raise HTTPException(400, str(error)) from error
    return Response(target_rules(blocks), media_type="text/css")


ROUTES: list[BaseRoute] = [
    Route("/documents/{document}/targets.css", _targets),
    *page("/documents/{document}", _document),
]
