"""The tables of statements and of figures, with their filters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any, ClassVar

from starlette.requests import Request
from starlette.routing import BaseRoute

from onrecord.ledger import Ledger
from onrecord.ledger.corrections import Maker
from onrecord.ledger.rows import FigureRow, StatementRow
from onrecord.views.web.listing import listing
from onrecord.views.web.page import asked, page

__all__ = ["ROUTES", "FiguresPage", "Query", "StatementsPage"]


@dataclass(frozen=True, slots=True)
class Query:
    """What a person asked of a table; None for what they left open. `after` names the row that a page begins behind."""

    speaker: str | None = None
    about: str | None = None
    since: str | None = None
    until: str | None = None
    after: str | None = None

    @property
    def narrowed(self) -> bool:
        """Whether it asks for less than everything."""
        return any((self.speaker, self.about, self.since, self.until))


@dataclass(frozen=True, slots=True)
class StatementsPage:
    """`/statements`: the newest statements that `query` asks for; `next` names the last row where there are more.

    `makers` made the corrections that rows name as `ruled`.
    """

    template: ClassVar[str] = "statements.html"

    query: Query
    statements: Sequence[StatementRow]
    next: str | None
    makers: Mapping[str, Maker]

    @classmethod
    def of(cls, ledger: Ledger, query: Query) -> StatementsPage:
        """Raises LedgerError for a date that is none, and for an `after` that nothing is called."""
        found = listing(lambda most: ledger.statements(**asdict(query), limit=most))
        return cls(query, found.rows, found.next, ledger.makers(row.ruled for row in found.rows))

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class FiguresPage:
    """`/figures`: the newest figures that `query` asks for; `next` and `makers` are as on StatementsPage."""

    template: ClassVar[str] = "figures.html"

    query: Query
    figures: Sequence[FigureRow]
    next: str | None
    makers: Mapping[str, Maker]

    @classmethod
    def of(cls, ledger: Ledger, query: Query) -> FiguresPage:
        """Raises as StatementsPage.of does."""
        found = listing(lambda most: ledger.figures(**asdict(query), limit=most))
        return cls(query, found.rows, found.next, ledger.makers(row.ruled for row in found.rows))

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def _query(request: Request) -> Query:
    return Query(**{field.name: asked(request, field.name) for field in fields(Query)})


ROUTES: list[BaseRoute] = [
    *page("/statements", lambda ledger, request: StatementsPage.of(ledger, _query(request))),
    *page("/figures", lambda ledger, request: FiguresPage.of(ledger, _query(request))),
]
