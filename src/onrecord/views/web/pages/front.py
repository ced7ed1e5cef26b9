"""The front page: what is contested now, which figures moved, what cannot be true together, what was said last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from starlette.routing import BaseRoute

from onrecord.ledger import Ledger, StatementRow
from onrecord.ledger.claims.claim import Standing
from onrecord.ledger.claims.rows import ClaimRow, MemberRow
from onrecord.ledger.conflicts.rows import ConflictRow
from onrecord.ledger.rows import OverviewRow
from onrecord.ledger.series.rows import PointRow, SeriesRow
from onrecord.views.web.bars import Bar, bar
from onrecord.views.web.page import page

__all__ = ["ROUTES", "Contested", "FrontPage", "Move", "Voices"]

CONTESTED: tuple[Standing, ...] = ("disputed", "denied")

_CLAIMS, _SERIES, _CONFLICTS, _STATEMENTS = 6, 6, 4, 8
"""How many of each: what fits two screens. Each list leads on to all."""

_NAMED = 2  # names that stand in a line before "and 3 more"


@dataclass(frozen=True, slots=True)
class Voices:
    """Who has the same part in a claim: the first mention by each, and how many more there are."""

    shown: Sequence[MemberRow]
    more: int

    @classmethod
    def of(cls, members: Sequence[MemberRow]) -> Voices:
        first: dict[str, MemberRow] = {}
        for member in members:
            first.setdefault(member.name, member)
        return cls(list(first.values())[:_NAMED], max(0, len(first) - _NAMED))


@dataclass(frozen=True, slots=True)
class Contested:
    """A claim that somebody denies, with who holds it and who denies it."""

    row: ClaimRow
    held: Voices
    denied: Voices

    @classmethod
    def of(cls, row: ClaimRow) -> Contested:
        return cls(row, Voices.of(row.holders), Voices.of(row.deniers))


@dataclass(frozen=True, slots=True)
class Move:
    """A series of which the best value changed: the value it began with, and who gives the one it has now.

    `by` is the newest point that gives the best value; None where the best value is put together from several.
    """

    row: SeriesRow
    first: PointRow
    by: PointRow | None
    drawn: Bar | None

    @classmethod
    def of(cls, row: SeriesRow) -> Move:
        first = row.points[0]
        by = next((point for point in reversed(row.points) if point.best), None)
        best = (row.best.low, row.best.high) if row.best is not None else (None, None)
        return cls(row, first, by, bar((first.low, first.high), best))


@dataclass(frozen=True, slots=True)
class FrontPage:
    """`/`: what an editor looks at first. `overview` says how much there is of everything; `titles` are those of the
    stories, by id, that the claims and series belong to.
    """

    template: ClassVar[str] = "front.html"

    overview: OverviewRow
    contested: Sequence[Contested]
    moved: Sequence[Move]
    conflicts: Sequence[ConflictRow]
    statements: Sequence[StatementRow]
    titles: dict[str, str | None]

    @classmethod
    def of(cls, ledger: Ledger) -> FrontPage:
        contested = ledger.claims(standing=CONTESTED, limit=_CLAIMS)
        moved = ledger.series(moved=True, limit=_SERIES)
        stories = dict.fromkeys([*(row.story for row in contested), *(row.story for row in moved)])
        return cls(
            overview=ledger.overview(),
            contested=[Contested.of(row) for row in contested],
            moved=[Move.of(row) for row in moved],
            conflicts=ledger.conflicts(limit=_CONFLICTS),
            statements=ledger.statements(limit=_STATEMENTS),
            titles={story: ledger.stories(story)[0].title for story in stories},
        )

    def as_json(self) -> dict[str, Any]:
        return {
            "overview": asdict(self.overview),
            "contested": [asdict(one.row) for one in self.contested],
            "moved": [asdict(one.row) for one in self.moved],
            "conflicts": [asdict(row) for row in self.conflicts],
            "statements": [asdict(row) for row in self.statements],
        }


ROUTES: list[BaseRoute] = page("/", lambda ledger, request: FrontPage.of(ledger), twin="/index.json")
