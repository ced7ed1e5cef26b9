"""Figures over time: the list of series, one of them with its chart, its points and their words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any, ClassVar

from starlette.requests import Request
from starlette.routing import BaseRoute

from onrecord.ledger import Ledger
from onrecord.ledger.conflicts.rows import ConflictRow
from onrecord.ledger.series.course import StepRow
from onrecord.ledger.series.rows import SeriesRow
from onrecord.views.charts import series_chart, series_notes
from onrecord.views.charts.theme import Spec
from onrecord.views.web.charting import chart
from onrecord.views.web.figures import Shown, shown_points
from onrecord.views.web.listing import listing
from onrecord.views.web.page import asked, page
from onrecord.views.web.told import story_titles

__all__ = ["ROUTES", "SeriesListPage", "SeriesPage", "SeriesQuery"]

_LIMIT = 60
"""Series on a page of their list: each with all of its points, about 100 kB of HTML together."""

_MOVED = 8
_CONFLICTS = 20
_POINTS = 300


@dataclass(frozen=True, slots=True)
class SeriesQuery:
    """What a person asked of the list; None for what they left open. `after` names the series that a page begins behind."""

    about: str | None = None
    story: str | None = None
    moved: bool = False
    after: str | None = None

    @property
    def narrowed(self) -> bool:
        """Whether it asks for less than everything."""
        return bool(self.about or self.story or self.moved)


@dataclass(frozen=True, slots=True)
class SeriesListPage:
    """`/series`: the series that `query` asks for, the newest figure first; `next` names the last where there are more.

    `moved` are the first of those of which the best value changed, before the list of all: most are of one value.
    """

    template: ClassVar[str] = "series_list.html"

    query: SeriesQuery
    series: Sequence[SeriesRow]
    next: str | None
    moved: Sequence[SeriesRow]
    titles: dict[str, str | None]

    @classmethod
    def of(cls, ledger: Ledger, query: SeriesQuery) -> SeriesListPage:
        """Raises LedgerError for an `after` that nothing is called."""
        found = listing(lambda most: ledger.series(**asdict(query), limit=most), _LIMIT)
        moved = [] if query.narrowed or query.after else list(ledger.series(moved=True, limit=_MOVED))
        return cls(query, found.rows, found.next, moved, story_titles(ledger, found.rows, moved))

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class SeriesPage:
    """`/series/ID`: one series, how its best value moved (`course`), and the conflicts between its figures. `points` are
    what its table shows, at most 300: those without a day of their own come last."""

    template: ClassVar[str] = "series.html"

    series: SeriesRow
    course: Sequence[StepRow]
    story: str | None
    conflicts: Sequence[ConflictRow]

    @classmethod
    def of(cls, ledger: Ledger, wanted: str) -> SeriesPage:
        """Raises NotInLedger where there is no such series."""
        row = ledger.series(wanted)[0]
        of_story = ledger.conflicts(story=row.story, rule="figures")
        conflicts = [c for c in of_story if row.id in (c.a.of, c.b.of)]
        return cls(row, ledger.course(row.id), ledger.stories(row.story)[0].title, conflicts[:_CONFLICTS])

    @property
    def points(self) -> tuple[Shown, ...]:
        return tuple(sorted(shown_points(self.series), key=lambda shown: shown.point.as_of is None))[-_POINTS:]

    @property
    def notes(self) -> tuple[str, ...]:
        return series_notes(self.series, course=self.course)

    @property
    def events(self) -> tuple[str, ...]:
        """The days of what is counted, where the points name them."""
        found = {(p.event_first, p.event_last or p.event_first) for p in self.series.points if p.event_first}
        return tuple(sorted(" – ".join(dict.fromkeys(day for day in days if day)) for days in found))

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def _query(request: Request) -> SeriesQuery:
    given = {field.name: asked(request, field.name) for field in fields(SeriesQuery)}
    return SeriesQuery(given["about"], given["story"], given["moved"] is not None, given["after"])


def _chart(ledger: Ledger, wanted: str) -> Spec:
    return series_chart(ledger.series(wanted)[0], links=True, course=ledger.course(wanted))


ROUTES: list[BaseRoute] = [
    *page("/series", lambda ledger, request: SeriesListPage.of(ledger, _query(request))),
    chart("/series/{id}/chart.json", _chart),
    *page("/series/{id}", lambda ledger, request: SeriesPage.of(ledger, request.path_params["id"])),
]
