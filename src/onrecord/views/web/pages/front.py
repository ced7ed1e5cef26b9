"""The front page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.routing import BaseRoute

from onrecord.ledger import Ledger
from onrecord.ledger.rows import DocumentRow
from onrecord.views.web.page import LIMIT, page

__all__ = ["ROUTES", "FrontPage"]


@dataclass(frozen=True, slots=True)
class FrontPage:
    """`/`: the documents, newest first, from row `start` on; `counts` is the number of each kind of record in all."""

    template: ClassVar[str] = "front.html"

    documents: Sequence[DocumentRow]
    counts: dict[str, int]
    start: int
    before: int | None
    after: int | None

    @classmethod
    def of(cls, ledger: Ledger, start: int = 0) -> FrontPage:
        rows = ledger.documents()
        counts = {"documents": len(rows)}
        counts |= {kind: sum(getattr(row, kind) for row in rows) for kind in ("statements", "figures", "moments")}
        counts["speakers"] = len(ledger.speakers())
        before = max(0, start - LIMIT) if start else None
        after = start + LIMIT if start + LIMIT < len(rows) else None
        return cls(rows[start : start + LIMIT], counts, start, before, after)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def _front(ledger: Ledger, request: Request) -> FrontPage:
    start = request.query_params.get("from", "0")
    if not re.fullmatch("[0-9]{1,9}", start):
        raise HTTPException(400, f"from={start} is not a row to start from")
    return FrontPage.of(ledger, int(start))


ROUTES: list[BaseRoute] = page("/", _front, twin="/index.json")
