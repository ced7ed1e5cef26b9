"""The tables of statements and of figures, with their filters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any, ClassVar

from starlette.requests import Request
from starlette.routing import BaseRoute

from onrecord.ledger import Ledger
from onrecord.ledger.rows import FigureRow, StatementRow
from onrecord.views.web.page import LIMIT, asked, page

__all__ = ["ROUTES", "FiguresPage", "Query", "StatementsPage"]


@dataclass(frozen=True, slots=True)
class Query:
    """What a person asked of a table; None for what they left open."""

    speaker: str | None = None
    about: str | None = None
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class StatementsPage:
    """`/statements`: the newest statements that `query` asks for; `more` where there are others beyond them."""

    template: ClassVar[str] = "statements.html"

    query: Query
    statements: Sequence[StatementRow]
    more: bool

    @classmethod
    def of(cls, ledger: Ledger, query: Query) -> StatementsPage:
        """Raises LedgerError for a date that is none."""
        rows = ledger.statements(
            speaker=query.speaker, about=query.about, since=query.since, until=query.until, limit=LIMIT + 1
        )
        return cls(query, rows[:LIMIT], len(rows) > LIMIT)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class FiguresPage:
    """`/figures`: the newest figures that `query` asks for; `more` where there are others beyond them."""

    template: ClassVar[str] = "figures.html"

    query: Query
    figures: Sequence[FigureRow]
    more: bool

    @classmethod
    def of(cls, ledger: Ledger, query: Query) -> FiguresPage:
        """Raises LedgerError for a date that is none."""
        rows = ledger.figures(
            speaker=query.speaker, about=query.about, since=query.since, until=query.until, limit=LIMIT + 1
        )
        return cls(query, rows[:LIMIT], len(rows) > LIMIT)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def _query(request: Request) -> Query:
    return Query(**{field.name: asked(request, field.name) for field in fields(Query)})


ROUTES: list[BaseRoute] = [
    *page("/statements", lambda ledger, request: StatementsPage.of(ledger, _query(request))),
    *page("/figures", lambda ledger, request: FiguresPage.of(ledger, _query(request))),
]
