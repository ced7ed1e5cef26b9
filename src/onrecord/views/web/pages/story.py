"""A story: what is contested in it, how its figures moved, its timeline, who speaks, where, and in which articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from starlette.requests import Request
from starlette.routing import BaseRoute

from onrecord.ledger import Ledger
from onrecord.ledger.claims.rows import ClaimRow
from onrecord.ledger.conflicts.rows import ConflictRow
from onrecord.ledger.series.rows import SeriesRow
from onrecord.ledger.stories.contents import ArticleRow, StoryContents
from onrecord.ledger.stories.rows import MapRow
from onrecord.ledger.timeline import TimelineRow
from onrecord.views.charts import map_chart, map_notes, timeline_chart
from onrecord.views.web.charting import chart
from onrecord.views.web.listing import listing
from onrecord.views.web.page import asked, page
from onrecord.views.web.standing import telling

__all__ = ["ROUTES", "Article", "StoryPage", "TimelinePage"]

# What the page shows of each; it leads on to the rest, so that a story of 400 articles is no longer than one of ten.
_CONTESTED = 6
_AGREED = 6
_CHARTS = 6
_CHOSEN_FROM = 18  # series looked at for those
_CONFLICTS = 6
_SPEAKERS = 16
_PLACES = 20
_ARTICLES = 40


@dataclass(frozen=True, slots=True)
class Article:
    """One text of the story: the article that it comes from, and the others that print it."""

    first: ArticleRow
    copies: tuple[ArticleRow, ...]


@dataclass(frozen=True, slots=True)
class StoryPage:
    """`/stories/ID`: what there is in one story. `contested` are its claims that are disputed or denied, `agreed` those
    that several sources hold, `series` its leading figures; each the first few, with the way to all."""

    template: ClassVar[str] = "story.html"

    story: StoryContents
    contested: Sequence[ClaimRow]
    agreed: Sequence[ClaimRow]
    series: Sequence[SeriesRow]
    conflicts: Sequence[ConflictRow]
    places: Sequence[MapRow]

    @classmethod
    def of(cls, ledger: Ledger, wanted: str) -> StoryPage:
        """Raises NotInLedger where there is no such story."""
        story = ledger.story(wanted)
        return cls(
            story,
            telling(ledger.claims(story=story.id, standing=("disputed", "denied"), limit=_CONTESTED * 2), _CONTESTED),
            telling(ledger.claims(story=story.id, standing="corroborated", limit=_AGREED * 2), _AGREED),
            _leading(ledger, story.series),
            list(ledger.conflicts(story=story.id, limit=_CONFLICTS)),
            ledger.places(story.id)[:_PLACES],
        )

    @property
    def texts(self) -> tuple[Article, ...]:
        """The articles by text, in the order in which the texts came out."""
        groups: dict[str, list[ArticleRow]] = {}
        for article in self.story.articles:
            groups.setdefault(article.group or article.id, []).append(article)
        found = []
        for members in groups.values():
            origin = next((member for member in members if member.kind == "origin"), members[0])
            found.append(Article(origin, tuple(member for member in members if member is not origin)))
        return tuple(found)

    @property
    def drawn(self) -> tuple[SeriesRow, ...]:
        """The leading series that have a course to draw."""
        return tuple(row for row in self.series if len(row.points) > 1)

    @property
    def once(self) -> tuple[SeriesRow, ...]:
        """Those of which there is one value: a sentence says more of it than a chart of one dot."""
        return tuple(row for row in self.series if len(row.points) == 1)

    @property
    def shown(self) -> int:
        """How many texts stand open on the page; the others are folded."""
        return _ARTICLES

    @property
    def speakers(self) -> tuple[Any, ...]:
        return self.story.speakers[:_SPEAKERS]

    @property
    def days(self) -> tuple[tuple[str, int], ...]:
        """How many articles came out on each day."""
        return tuple(sorted(Counter((a.published or "no day")[:10] for a in self.story.articles).items()))

    @property
    def claims(self) -> int:
        return sum(count for _, count in self.story.standings)

    @property
    def map_notes(self) -> str:
        return ". ".join(map_notes(self.places))

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """`/stories/ID/timeline`: what happened, was said, denied and counted in one story, in the order of time, from `since`
    to `until`; `next` names the last entry where there are more."""

    template: ClassVar[str] = "timeline.html"
    unshown: ClassVar[tuple[str, ...]] = ("entries",)  # they are shown by the day

    story: str
    title: str | None
    since: str | None
    until: str | None
    entries: Sequence[TimelineRow]
    next: str | None

    @classmethod
    def of(cls, ledger: Ledger, wanted: str, request: Request) -> TimelinePage:
        """Raises NotInLedger for an unknown story, LedgerError for a date that is none and an `after` that is gone."""
        story = ledger.stories(wanted)[0]
        since, until, after = (asked(request, name) for name in ("since", "until", "after"))
        found = listing(lambda most: ledger.timeline(story.id, since=since, until=until, after=after, limit=most))
        return cls(story.id, story.title, since, until, found.rows, found.next)

    @property
    def by_day(self) -> tuple[tuple[str, tuple[TimelineRow, ...]], ...]:
        """The entries by the time they stand at: a day, the days that something lies between, "" where none is known."""
        days: dict[str, list[TimelineRow]] = {}
        for row in self.entries:
            days.setdefault(_stands_at(row), []).append(row)
        return tuple((day, tuple(rows)) for day, rows in days.items())

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def _leading(ledger: Ledger, known: Sequence[str]) -> list[SeriesRow]:
    """The series that are drawn: leading ones with more than one value first, for a chart of one dot tells little."""
    some = known[:_CHOSEN_FROM]
    found = {row.id: row for row in ledger.series(some)} if some else {}
    rows = [found[one] for one in some if one in found]
    several = [row for row in rows if len(row.points) > 1]
    return (several + [row for row in rows if row not in several])[:_CHARTS]


def _stands_at(row: TimelineRow) -> str:
    if row.on is None or not row.on[:4].isdigit():
        return ""
    first, last = row.happened_first, row.happened_last
    if row.kind == "event" and first is not None and last is not None and first != last and row.on == first:
        return f"{first} – {last}"
    return row.on[:10]


ROUTES: list[BaseRoute] = [
    chart(
        "/stories/{id}/timeline/chart.json", lambda ledger, wanted: timeline_chart(ledger.timeline(wanted), links=True)
    ),
    chart(
        "/stories/{id}/map/chart.json", lambda ledger, wanted: map_chart(ledger.places(wanted)[:_PLACES], links=True)
    ),
    *page(
        "/stories/{id}/timeline", lambda ledger, request: TimelinePage.of(ledger, request.path_params["id"], request)
    ),
    *page("/stories/{id}", lambda ledger, request: StoryPage.of(ledger, request.path_params["id"])),
]
