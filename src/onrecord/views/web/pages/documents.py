"""The table of documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from starlette.routing import BaseRoute

from onrecord.ledger import Ledger
from onrecord.ledger.rows import DocumentRow
from onrecord.views.web.listing import listing
from onrecord.views.web.page import asked, page

__all__ = ["ROUTES", "DocumentsPage"]


@dataclass(frozen=True, slots=True)
class DocumentsPage:
    """`/documents`: the documents, newest first, behind the one called `after`; `next` where there are more."""

    template: ClassVar[str] = "documents.html"

    documents: Sequence[DocumentRow]
    after: str | None
    next: str | None

    @classmethod
    def of(cls, ledger: Ledger, after: str | None = None) -> DocumentsPage:
        """Raises LedgerError for an `after` that no document is called."""
        found = listing(lambda most: ledger.documents(limit=most, after=after))
        return cls(found.rows, after, found.next)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


ROUTES: list[BaseRoute] = page("/documents", lambda ledger, request: DocumentsPage.of(ledger, asked(request, "after")))
