"""What holds certain words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from starlette.routing import BaseRoute

from onrecord.ledger import Ledger
from onrecord.ledger.rows import SearchHit
from onrecord.marks import Mark, Segment, cut
from onrecord.records import Span
from onrecord.views.web.page import asked, page

__all__ = ["ROUTES", "Hit", "SearchPage"]


@dataclass(frozen=True, slots=True)
class Hit:
    """A search hit with its excerpt cut at the words that were found (segments with the label "found")."""

    row: SearchHit
    excerpt: Sequence[Segment[str]]

    @classmethod
    def of(cls, row: SearchHit) -> Hit:
        # An excerpt of several pieces has gaps between them, so that offsets into the document do not carry over to it.
        if len(row.spans) != 1:
            return cls(row, cut(row.excerpt, []))
        shift = row.spans[0].start
        return cls(row, cut(row.excerpt, [Mark(Span(s - shift, e - shift), "found") for s, e in row.hits]))


@dataclass(frozen=True, slots=True)
class SearchPage:
    """`/search?words=`: the statements and documents that hold the words; no hits where no words were given."""

    template: ClassVar[str] = "search.html"

    words: str
    hits: Sequence[Hit]

    @classmethod
    def of(cls, ledger: Ledger, words: str) -> SearchPage:
        return cls(words, [Hit.of(row) for row in ledger.search(words)] if words else [])

    def as_json(self) -> dict[str, Any]:
        return {"words": self.words, "hits": [asdict(hit.row) for hit in self.hits]}


ROUTES: list[BaseRoute] = page("/search", lambda ledger, request: SearchPage.of(ledger, asked(request, "words") or ""))
