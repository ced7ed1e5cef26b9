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
from onrecord.ledger.series.course import StepRow
from onrecord.ledger.series.rows import PointRow, SeriesRow
from onrecord.views.web.bars import Bar, bar
from onrecord.views.web.page import page
from onrecord.views.web.standing import telling
from onrecord.views.web.told import story_titles

__all__ = ["ROUTES", "Contested", "FrontPage", "Move", "Voices"]

CONTESTED: tuple[Standing, ...] = ("disputed", "denied")

_CLAIMS, _SERIES, _CONFLICTS, _STATEMENTS = 6, 6, 4, 8
"""How many of each: what fits two screens. Each list leads on to all."""

_LOOKED_AT = 60
"""Statements among which those last said are found: 40 papers that print one agency's words count once."""

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

    `by` is the newest point that gives the best value; None where the best value is put together from several. `between`
    is the value farthest from both where it went there and came back: "9 → 4 → 9".
    """

    row: SeriesRow
    first: PointRow
    by: PointRow | None
    between: StepRow | None
    drawn: Bar | None

    @classmethod
    def of(cls, ledger: Ledger, row: SeriesRow) -> Move:
        first = row.points[0]
        by = next((point for point in reversed(row.points) if point.best), None)
        best = (row.best.low, row.best.high) if row.best is not None else (None, None)
        there = _between(ledger, row) if (first.low, first.high) == best else None
        return cls(row, first, by, there, bar((first.low, first.high), best))


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
        contested = telling(ledger.claims(standing=CONTESTED, limit=_CLAIMS * 2), _CLAIMS)
        moved = ledger.series(moved=True, limit=_SERIES)
        conflicts = ledger.conflicts(limit=_CONFLICTS)
        return cls(
            overview=ledger.overview(),
            contested=[Contested.of(row) for row in contested],
            moved=[Move.of(ledger, row) for row in moved],
            conflicts=conflicts,
            statements=_latest(ledger),
            titles=story_titles(ledger, contested, moved, conflicts),
        )

    def as_json(self) -> dict[str, Any]:
        return {
            "overview": asdict(self.overview),
            "contested": [asdict(one.row) for one in self.contested],
            "moved": [asdict(one.row) for one in self.moved],
            "conflicts": [asdict(row) for row in self.conflicts],
            "statements": [asdict(row) for row in self.statements],
        }


def _between(ledger: Ledger, row: SeriesRow) -> StepRow | None:
    now = row.best.low if row.best is not None else None
    turns = [step for step in ledger.course(row.id) if step.low is not None and step.low != now]
    return max(turns, key=lambda step: abs((step.low or 0) - (now or 0)), default=None)


def _latest(ledger: Ledger) -> list[StatementRow]:
    """What was said last, once for all articles that print it in the same words."""
    said: dict[tuple[str | None, str], StatementRow] = {}
    for row in ledger.statements(limit=_LOOKED_AT):
        said.setdefault((row.speaker or row.source, row.content), row)
    return list(said.values())[:_STATEMENTS]


ROUTES: list[BaseRoute] = page("/", lambda ledger, request: FrontPage.of(ledger), twin="/index.json")
